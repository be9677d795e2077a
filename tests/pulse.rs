//! What the header makes of a blog's rhythm, of what it says of itself, and of its source.

mod support;

use liveblog::{
    app::Options,
    model::{Location, News, Readiness, Status},
    text::line::Line,
};
use support::{Session, options};

/// A reader of two sources, called alpha and beta.
fn two_sources() -> Session {
    let locations = ["alpha.jsonl", "beta.jsonl"].map(|name| Location::File(name.into())).into();
    Session::opening(Options { locations, ..options() })
}

/// Entries ten minutes apart, the last at half past six.
fn feed(state: &str) -> String {
    let entry = |number: usize| {
        format!(
            "{{\"type\":\"entry\",\"id\":\"{number}\",\"published\":\"2025-10-14T{}:{}0:00Z\",\"headline\":\"Words\"}}\n",
            16 + number / 6,
            number % 6
        )
    };
    let blog = format!("{{\"type\":\"blog\",\"title\":\"Storm\",\"state\":\"{state}\"}}\n");
    blog + &(0..16).map(entry).collect::<String>()
}

fn header(state: &str, minutes: i64) -> String {
    Session::open(&feed(state)).wait(minutes).screen().line(0)
}

#[test]
fn a_blog_is_live_in_its_rhythm_then_quiet_and_at_last_stalled() {
    assert!(header("live", 0).contains("● LIVE"), "{}", header("live", 0));
    assert!(header("live", 0).contains("usually every 10 min"));
    assert!(header("live", 90).contains("QUIET"));
    assert!(header("live", 5 * 60).contains("STALLED"), "it claims to be live, and is not");
    assert!(header("unknown", 5 * 60).contains("QUIET"), "it claims nothing");
    assert!(header("ended", 0).contains("ENDED"));
}

#[test]
fn a_page_saved_long_ago_is_not_live_whatever_it_says() {
    assert!(!header("live", 60 * 24 * 365).contains("LIVE"));
}

#[test]
fn the_screen_is_drawn_anew_when_the_beat_changes() {
    let mut session = Session::open(&feed("live"));
    session.screen();
    let mut minutes = 0;
    while session.screen().line(0).contains("LIVE") {
        let wake = session.app().wake_at().expect("something changes");
        let wait = (wake - session.app().now()).num_minutes() + 1;
        session = session.wait(wait);
        minutes += wait;
        assert!(minutes < 120, "it stays live for ever");
    }
}

#[test]
fn an_address_that_cannot_be_reached_is_stalled_and_says_why_and_since_when() {
    let url = url::Url::parse("https://example.org/live").expect("an address");
    let locations = vec![Location::Address(url)];
    let lost = Status::Lost(Line::new("there is no such host; what was read stays"));
    let mut session = Session::opening(Options { locations, ..options() })
        .told_by(0, &feed("live"))
        .wait(3)
        .status(lost)
        .wait(10)
        .size(160, 36);
    let line = session.screen().line(0);
    assert!(line.contains("STALLED · there is no such host · since 18:"), "{line}");
    assert!(session.screen().contains("Words"), "what was read stays");
    let mut session = session.status(Status::Following);
    assert!(session.screen().line(0).contains("LIVE"));
}

#[test]
fn an_entry_ahead_of_the_clock_is_no_sign_of_life_and_ends_no_silence() {
    let ahead = support::entry("ahead", "2025-10-14T23:00:00Z", "Tides", "High at eleven.");
    let mut session = Session::open(&(feed("unknown") + &ahead)).wait(60);
    let screen = session.screen();
    assert!(screen.line(0).contains("last entry 1 h"), "{screen}");
    assert!(!screen.contains("quiet"), "{screen}");
    let mut session = session.wait(90);
    assert!(session.screen().line(0).contains("QUIET"), "{}", session.screen());
}

#[test]
fn what_was_taken_down_for_good_has_ended_and_says_why() {
    let gone = Status::Gone(Line::new("the server answered 410 Gone; what was read stays"));
    let mut session = Session::open(&feed("live")).status(gone);
    assert!(
        session.screen().line(0).contains("ENDED · the server answered 410 Gone"),
        "{}",
        session.screen()
    );
}

#[test]
fn entries_without_a_time_are_alive_when_they_arrive_and_not_by_themselves() {
    let timeless =
        |number: usize| format!("{{\"type\":\"entry\",\"id\":\"{number}\",\"headline\":\"Words\"}}\n");
    let mut session = Session::open(&(0..3).map(timeless).collect::<String>());
    assert!(session.screen().line(0).contains("QUIET"), "{}", session.screen().line(0));
    let mut session = session.arrive(&timeless(3)).wait(3);
    let line = session.screen().line(0);
    assert!(line.contains("LIVE") && line.contains("last entry 3 min ago"), "{line}");
}

#[test]
fn no_line_slips_into_the_list_when_the_clock_passes_an_entry_that_was_ahead_of_it() {
    let ahead = support::entry("ahead", "2025-10-14T23:00:00Z", "Tides", "High at eleven.");
    let later = support::entry("later", "2025-10-15T04:00:00Z", "More tides", "High at four.");
    let mut session = Session::open(&format!("{}{ahead}\n{later}\n", feed("unknown")));
    let body = |screen: &support::Screen| -> Vec<String> {
        screen.lines()[3..34].iter().map(|line| line.chars().skip(1).take(48).collect()).collect()
    };
    let before = body(&session.screen());
    let mut session = session.wait(5 * 60);
    assert_eq!(body(&session.screen()), before, "the clock passed its time");
    let mut session = session.keys("j");
    assert_eq!(body(&session.screen()), before, "and no key tells a silence that was none when it came");
    let edited = support::entry("ahead", "2025-10-14T23:00:00Z", "Tides", "High at eleven, and a bit.");
    let mut session = session.arrive(&edited);
    assert!(!session.screen().contains("quiet"), "nor does an edit of its words");
}

#[test]
fn what_changes_by_the_clock_is_drawn_when_it_does() {
    let ahead = support::entry("ahead", "2025-10-14T20:00:20Z", "Tides", "High at eight.");
    let mut session = Session::open(&(feed("unknown") + &ahead));
    let mut screen = session.screen().text();
    let mut moments = Vec::new();
    while session.app().now() < support::time("2025-10-14T20:10:00Z") {
        let due = session.app().wake_at().expect("something changes");
        assert!(due > session.app().now(), "time goes on");
        for now in [due - chrono::TimeDelta::milliseconds(1), due] {
            session = session.at(now);
            let after = session.screen().text();
            if after != screen {
                moments.push(now);
                assert_eq!(now, due, "nothing changes before it was told to:\n{screen}\n{after}");
            }
            screen = after;
        }
    }
    assert!(moments.contains(&support::time("2025-10-14T20:00:20Z")), "what was ahead is the last that came");
}

#[test]
fn a_day_gains_its_year_when_that_is_over() {
    let mut session = Session::open(&feed("ended")).at(support::time("2025-12-31T23:30:00Z"));
    let year = |screen: support::Screen| screen.contains("14 October 2025");
    assert!(!year(session.screen()));
    let mut due = session.app().now();
    while due < support::time("2026-01-01T00:00:00Z") {
        due = session.app().wake_at().expect("something changes");
        session = session.at(due);
    }
    assert_eq!(due, support::time("2026-01-01T00:00:00Z"));
    assert!(year(session.screen()));
}

#[test]
fn since_when_one_of_several_is_lost_is_told_with_its_reason_and_the_state_goes_last() {
    let lost = Status::Lost(Line::new("the file is gone; what was read stays"));
    let news = support::entry("news", "2025-10-14T18:41:00Z", "Ferry", "It sails.");
    let read = || two_sources().told_by(0, &feed("live")).told_by(1, &feed("live").replace("Storm", "Ferry"));
    let mut session = read().keys("G").told_by(0, &news).status_of(1, lost);
    for columns in (20..=160).rev() {
        session = session.size(columns, 24);
        let header = session.screen().line(1);
        assert!(header.contains("LIVE") || columns < 30, "at {columns}: {header}");
        assert_eq!(header.contains("since"), header.contains("beta: the"), "at {columns}: {header}");
    }
}

#[test]
fn the_fresh_entry_of_a_blog_that_ended_makes_no_other_live() {
    let fresh = support::entry("fresh", "2025-10-14T22:29:00Z", "Storm", "That was all.");
    let ended = format!("{}{fresh}\n", feed("ended"));
    let mut session = two_sources().wait(4 * 60 - 12).told_by(0, &ended).told_by(1, &feed("unknown"));
    let header = session.screen().line(1);
    assert!(header.contains("QUIET · last entry 4 h ago"), "{header}");
    let mut session = session.status_of(1, Status::Ended);
    let header = session.screen().line(1);
    assert!(header.contains("ENDED · last entry 1 min ago"), "of all, where none is followed: {header}");
}

#[test]
fn nothing_wakes_the_screen_for_what_is_not_on_it() {
    let wake = |session: &mut Session| {
        session.screen();
        session.app().wake_at()
    };
    let open = || Session::open(&feed("live"));
    assert!(wake(&mut open()).is_some(), "the header tells how long ago");
    assert_eq!(wake(&mut open().keys("?")), None, "the help tells no time");
    assert_eq!(wake(&mut open().keys("!")), None, "nor do problems that are none");
    assert_eq!(wake(&mut open().size(30, 3)), None, "nor does one line");
    let year = Some(support::time("2026-01-01T00:00:00Z"));
    assert_eq!(wake(&mut open().size(60, 6)), year, "nor a list without a header, but of its days");
    assert_ne!(wake(&mut open().size(60, 6).keys("t")), year, "unless it tells how long ago");
}

#[test]
fn the_problems_page_wakes_when_a_wait_it_tells_of_is_over() {
    let until = support::time(support::NOW) + chrono::TimeDelta::seconds(44);
    let lost = Status::Lost(Line::new("the server answered 503 Service Unavailable"));
    let mut session = Session::open(&feed("live")).status(lost);
    session = session.told(News::Readiness(0, Readiness::NotBefore(until))).keys("!");
    let screen = session.screen();
    assert!(screen.contains("the server asks to wait until 18:43, then"), "by the clock:\n{screen}");
    assert_eq!(session.app().wake_at(), Some(until));
    session = session.at(until);
    let screen = session.screen();
    assert!(!screen.contains("asks to wait"), "{screen}");
    assert_eq!(session.app().wake_at(), None);
    let tomorrow = support::time("2025-10-15T09:00:00Z");
    session = session.told(News::Readiness(0, Readiness::NotBefore(tomorrow)));
    assert!(session.screen().contains("until Wed 15 09:00"), "{}", session.screen());
    let midnight = support::time("2025-10-15T00:00:00Z");
    assert_eq!(session.app().wake_at(), Some(midnight));
    session = session.at(midnight);
    assert!(session.screen().contains("until 09:00"), "{}", session.screen());
}
