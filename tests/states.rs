//! What the screen says of the feed itself: live, ended, lost, empty, how much there is and why nothing is shown.

mod support;

use chrono::TimeDelta;
use liveblog::{
    app::{Effect, Options, Size},
    feed::{Context, named},
    model::{Coverage, Failure, FailureKind, Location, News, Packer, Readiness, Status},
    text::line::Line,
};
use support::{STORM, Session, also_small, options};

#[test]
fn a_list_without_rows_says_what_happened_and_the_next_key() {
    let mut session = Session::open(STORM).keys("/nato<enter>");
    let screen = session.screen();
    assert!(screen.contains("0 of 6 match: “nato”"), "the filter hides all:\n{screen}");
    assert!(screen.contains("Esc clears the filter"), "and Esc clears it");
    assert!(screen.status().contains("Esc clear"), "which the status line names too: {}", screen.status());
    let wait = Status::Waiting(Line::new("the file is not there yet"));
    let mut session = Session::opening(options()).status(wait);
    let screen = session.screen();
    assert!(screen.contains("WAITING"), "the header says that it waits");
    assert!(screen.contains("waiting for storm.jsonl: the file is not there"), "and the list why");
    assert!(screen.contains("yet"), "to its last word");
    assert!(screen.contains("r looks now · q quits"), "and what can be done");
    let blog = STORM.lines().next().expect("a blog");
    let screen = Session::open(blog).keys("j").screen();
    assert!(screen.contains("About this blog"), "a blog without entries has its standfirst");
    let screen = Session::opening(options()).status(Status::Following).screen();
    assert!(screen.contains("has no entries yet"), "recognised, and nothing in it:\n{screen}");
    let screen = Session::opening(options()).status(Status::Reading { read: 45, total: Some(100) }).screen();
    assert!(screen.contains("READING 45 %"), "the header tells how far a reading has come");
    also_small(STORM, "/nato<enter>");
}

#[test]
fn an_empty_list_says_what_esc_does_where_it_is_pressed_and_counts_the_view() {
    let screen = Session::open(STORM).keys("/nato").screen();
    assert!(screen.contains("Esc restores the list"), "while it is typed:\n{screen}");
    assert!(screen.status().contains("Esc restores"), "as the row of keys says: {}", screen.status());
    assert!(!screen.contains("Esc clears"), "and nothing else");
    let screen = Session::open(STORM).keys("3/nato").screen();
    assert!(screen.contains("0 of 2 match: “nato”"), "of the two key events:\n{screen}");
    assert!(screen.prompt().ends_with("0 of 2"), "in both places: {}", screen.prompt());
    let screen = Session::open(STORM).keys("3/nato<enter>").screen();
    assert!(screen.contains("Esc clears the filter"), "once it is kept:\n{screen}");
    assert!(screen.status().contains("/nato · 0 of 2"), "{}", screen.status());
    let news = support::entry("n", "2025-10-14T18:40:00Z", "Ferry", "It sails.");
    let screen = Session::open(STORM).arrive(&news).keys("2/nato<enter>").screen();
    assert!(screen.contains("0 of 1 match"), "of the one that is new:\n{screen}");
}

#[test]
fn a_long_reading_is_stopped_by_f_or_esc_and_says_how_far_it_came() {
    for key in ["F", "<esc>"] {
        let mut packer = Packer::new(0);
        named("jsonl").expect("lines").read_whole(
            STORM.as_bytes(),
            &Context::bare(options().now),
            &mut packer,
        );
        let mut session = Session::opening(options()).reading(packer.take(Coverage::Delta, false));
        session = session.status(Status::Reading { read: 27, total: Some(100) }).keys("=");
        assert!(session.screen().status().contains("once all was read"), "{}", session.screen().status());
        session = session.keys("=");
        session.effects();
        session = session.keys(key);
        assert_eq!(session.effects(), [Effect::Follow(false)], "{key}");
        session = session.status(Status::Unwatched);
        assert!(
            session.screen().line(0).contains("NOT FOLLOWED · 27 % read"),
            "{}",
            session.screen().line(0)
        );
        assert!(session.screen().status().contains("r or F reads on"), "{}", session.screen().status());
        session = session.keys("<esc>");
        assert_eq!(session.effects(), [], "there is nothing to stop any more");
        session = session.keys("r").status(Status::Reading { read: 40, total: Some(100) });
        session.effects();
        session = session.keys("<esc>");
        assert_eq!(session.effects(), [Effect::Follow(false)], "what reads on when asked is stopped as well");
        session = session.status(Status::Unwatched);
        session = session.keys("F").status(Status::Reading { read: 100, total: Some(100) });
        assert_eq!(session.effects(), [Effect::Follow(true)]);
        session = session.status(Status::Following);
        assert!(!session.screen().line(0).contains("read"), "{}", session.screen().line(0));
        assert!(!session.screen().line(0).contains("new"), "what was there is no news");
    }
}

#[test]
fn a_source_that_is_lost_or_fails_says_why() {
    let lost = Status::Lost(Line::new("the file is gone"));
    let screen = Session::open(STORM).status(lost).screen();
    assert!(screen.line(0).contains("LOST · the file is gone"), "{}", screen.line(0));
    assert!(screen.contains("Storm surge passes"), "what was read stays");
    let failure =
        Failure { kind: FailureKind::Unrecognized, message: Line::new("no liveblog found in 'storm.jsonl'") };
    let screen = Session::opening(options()).fail(failure).screen();
    assert!(screen.contains("no liveblog found in 'storm.jsonl'"), "the failure is told:\n{screen}");
}

#[test]
fn a_failure_ends_the_program_only_before_anything_is_shown_and_where_it_can_be_read() {
    let failed = || {
        let message = Line::new("no liveblog found in 'storm.jsonl': looked for all kinds of things");
        Failure { kind: FailureKind::Unrecognized, message }
    };
    let quits = |session: &mut Session| session.effects().contains(&Effect::Quit);
    let mut session = Session::opening(options()).fail(failed());
    assert!(quits(&mut session) && session.app().failure().is_some(), "at once it leaves, and tells why");
    for small in [Size { columns: 12, rows: 3 }, Size { columns: 1, rows: 1 }] {
        let mut session = Session::opening(Options { size: small, ..options() }).fail(failed());
        assert!(!quits(&mut session), "where the message does not fit it stays: {small:?}");
        let screen = session.size(80, 24).screen();
        assert!(screen.contains("looked for all kinds of things"), "and tells it:\n{screen}");
    }
    let mut session = Session::opening(options());
    session.screen();
    let mut session = session.fail(failed());
    assert!(!quits(&mut session), "a screen that is looked at does not vanish");
    assert!(session.screen().line(0).contains("FAILED"));
    let mut session = session.keys("q");
    assert!(quits(&mut session) && session.app().failure().is_none(), "who quits has read it");
}

#[test]
fn why_a_source_is_lost_takes_the_room_that_is_left_and_stands_whole_on_the_page_of_problems() {
    let long = STORM
        .replace("live\",\"url\"", "with all the day’s news, pictures and sounds from the coast\",\"url\"");
    assert_ne!(long, STORM);
    for (feed, columns) in [(STORM, 120), (STORM, 100), (STORM, 80), (&long, 120), (&long, 100), (&long, 80)]
    {
        let lost = Status::Lost(Line::new("the file is gone"));
        let line = Session::open(feed).status(lost).size(columns, 30).screen().line(0);
        assert!(line.contains("LOST · the file is gone"), "at {columns}: {line}");
        assert!(line.starts_with(" Storm on the coast"), "beside the title at {columns}: {line}");
        let lost = Status::Lost(Line::new(&"it cannot be read for a reason that is long, ".repeat(9)));
        let line = Session::open(feed).status(lost).size(columns, 30).screen().line(0);
        assert!(
            line.contains("LOST · it cannot ") && line.contains("… · since 18:42"),
            "at {columns}: {line}"
        );
    }
    let lost = || Status::Lost(Line::new("the file is gone; what was read stays, and its return is awaited"));
    let news = support::entry("n", "2025-10-14T18:41:00Z", "Ferry", "It sails.");
    for columns in [120, 80, 60] {
        let mut session = Session::open(&long).size(columns, 7).keys("G").arrive(&news).status(lost());
        let line = session.screen().line(0);
        for words in ["○ LOST · ", "since 18:42", "1 new ↑"] {
            assert!(line.contains(words), "{columns}: {line}");
        }
        let screen = session.size(columns, 20).keys("!").screen();
        assert!(!screen.contains("none") && screen.contains("the source cannot be read"), "{screen}");
        let page = screen.lines()[2..].join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(page.contains("and its return is awaited (since 18:42;"), "{screen}");
    }
}

#[test]
fn the_header_tells_live_ended_quiet_and_not_followed() {
    let state = |feed: &str, status: Status| Session::open(feed).status(status).screen().line(0);
    assert!(state(STORM, Status::Following).contains("● LIVE"));
    assert!(state(&STORM.replace("\"live\"", "\"ended\""), Status::Following).contains("○ ENDED"));
    assert!(state(STORM, Status::Ended).contains("○ ENDED"));
    let unknown = STORM.replace("\"state\":\"live\",", "");
    let mut session = Session::open(&unknown).wait(60 * 24);
    assert!(session.screen().line(0).contains("○ QUIET"), "nothing came for a day");
    let mut session = Session::open(STORM).keys("F");
    assert!(session.screen().line(0).contains("○ NOT FOLLOWED"), "F stops following");
}

#[test]
fn how_far_apart_entries_usually_are_is_told_only_while_more_may_come() {
    let unknown = STORM.replace("\"state\":\"live\",", "");
    let ended = STORM.replace("\"live\"", "\"ended\"");
    let line = |feed: &str, minutes| Session::open(feed).wait(minutes).screen().line(0);
    assert!(line(&unknown, 0).contains("LIVE · last entry 11 min ago, usually every 1 h 28 min"));
    assert!(line(&unknown, 60 * 24).ends_with("QUIET · last entry yesterday"));
    assert!(line(&ended, 0).ends_with("ENDED · last entry 11 min ago"));
}

#[test]
fn without_a_stretch_of_time_the_strips_row_tells_who_writes_and_when() {
    let one: Vec<&str> = STORM.lines().take(2).collect();
    let screen = Session::open(&one.join("\n")).screen();
    assert_eq!(screen.line(1), " Harbour Courier · Monday 13 October");
    let by = one.join("\n").replace("\"url\"", "\"authors\":[\"Kim Ash\",\"Lee Oak\"],\"url\"");
    let screen = Session::open(&by).screen();
    assert_eq!(screen.line(1), " Harbour Courier · Kim Ash, Lee Oak · Monday 13 October");
    let bare = r#"{"type":"entry","id":"a","body":"Water."}"#;
    assert_eq!(Session::open(bare).screen().line(1), " storm.jsonl · 1 entry");
    assert!(Session::open(STORM).screen().line(1).starts_with(" Mon 13 "), "else the strip stands there");
    also_small(STORM, "k");
}

#[test]
fn one_entry_is_one_entry() {
    let one: Vec<&str> = STORM.lines().take(2).collect();
    let mut session = Session::open(&one.join("\n")).keys("k");
    let screen = session.screen();
    assert!(screen.status().ends_with("1 entry"), "the status line says so: {}", screen.status());
    assert_eq!(screen.lines().iter().filter(|line| line.ends_with("1 entry")).count(), 2, "and the detail");
    let mut session = session.status(Status::Reading { read: 1, total: None });
    assert!(session.screen().line(0).contains("READING 0 KB · 1 entry ·"), "{}", session.screen().line(0));
}

/// What a source may say of how it is doing, and what the header says of it then; those that are more alive come first.
fn standings() -> Vec<(Option<&'static str>, Status, &'static str)> {
    let line = |words| Line::new(words);
    let failure = Failure { kind: FailureKind::Unreadable, message: line("it cannot be read") };
    vec![
        (None, Status::Reading { read: 45, total: Some(100) }, "READING 45 %"),
        (Some("live"), Status::Following, "● LIVE"),
        (Some("live"), Status::Unwatched, "○ NOT FOLLOWED"),
        (Some("live"), Status::Lost(line("the file is gone")), "○ LOST"),
        (None, Status::Waiting(line("the file is not there yet")), "WAITING"),
        (Some("ended"), Status::Following, "○ ENDED"),
        (Some("live"), Status::Ended, "○ ENDED"),
        (Some("live"), Status::Gone(line("it was taken down")), "○ ENDED"),
        (None, Status::Failed(failure), "○ FAILED"),
    ]
}

#[test]
fn the_header_tells_of_several_sources_what_is_most_alive_and_each_tab_its_own() {
    let locations = ["one.jsonl", "two.jsonl"].map(|name| Location::File(name.into())).to_vec();
    for (place, first) in standings().iter().enumerate() {
        for (other, second) in standings().iter().enumerate() {
            let mut session = Session::opening(Options { locations: locations.clone(), ..options() });
            for (number, (state, status, _)) in [(0, first), (1, second)] {
                if let Some(state) = state {
                    session = session.told_by(number, &STORM.replace("\"live\"", &format!("\"{state}\"")));
                }
                session = session.status_of(number, status.clone());
            }
            let both = if place <= other { first.2 } else { second.2 };
            for expected in [both, first.2, second.2] {
                let line = session.screen().line(1);
                assert!(line.contains(expected), "{} and {}: {expected} in {line}", first.2, second.2);
                session = session.keys("<ctrl-n>");
            }
        }
    }
}

#[test]
fn who_follows_nothing_waits_for_nothing() {
    let waiting = Status::Waiting(Line::new("the file is not there yet"));
    let mut session = Session::opening(options()).status(waiting).keys("F");
    assert!(session.screen().line(0).contains("○ NOT FOLLOWED"), "{}", session.screen().line(0));
    session = session.keys("F");
    assert!(session.screen().line(0).contains("WAITING"), "{}", session.screen().line(0));
}

#[test]
fn all_that_count_entries_count_those_the_list_shows_and_tell_what_was_taken_down() {
    let gone = r#"{"type":"removed","id":"e5"}"#;
    let mut session = Session::open(STORM).arrive(gone).keys("g");
    let screen = session.screen();
    assert!(screen.status().ends_with("6 entries"), "the status line: {}", screen.status());
    assert!(screen.contains("6 entries, 1 taken down"), "the standfirst:\n{screen}");
    let mut session = session.keys("j").status(Status::Reading { read: 1, total: None });
    let screen = session.screen();
    assert!(screen.line(0).contains("6 entries, 1 taken down"), "the header: {}", screen.line(0));
    assert!(screen.status().contains("1/6"), "the place: {}", screen.status());
    let bare = "{\"type\":\"entry\",\"id\":\"a\",\"body\":\"Water.\"}\n{\"type\":\"entry\",\"id\":\"b\",\"body\":\"Wind.\"}\n";
    let mut session = Session::open(bare).arrive(r#"{"type":"removed","id":"a"}"#);
    assert_eq!(session.screen().line(1), " storm.jsonl · 2 entries, 1 taken down", "the row of the strip");
}

#[test]
fn a_look_that_is_asked_for_says_what_comes_of_it() {
    let says = |session: Session, words: &str| {
        let mut session = session;
        session.effects();
        let mut session = session.keys("r");
        let status = session.screen().status();
        assert!(status.contains(words), "{words}: {status}");
        session.effects()
    };
    let (look, now) = (vec![Effect::Look], support::time(support::NOW));
    assert_eq!(says(Session::open(STORM), "looking at the source"), look);
    let gone = || Session::open(STORM).status(Status::Gone(Line::new("the server answered 404 Not Found")));
    assert_eq!(says(gone(), "looking at the source"), look, "it may come back");
    let over = gone().told(News::Readiness(0, Readiness::Over));
    assert_eq!(says(over, "it has ended, and is not looked at again"), []);
    for (seconds, words) in [
        (40, "the server asks to wait 40 s; it is looked at then"),
        (23 * 60 - 20, "the server asks to wait until 19:05; it is looked at then"),
        (24 * 60 * 60, "the server asks to wait until Wed 15 18:42; it is looked at then"),
        (-1, "looking at the source"),
    ] {
        let until = Readiness::NotBefore(now + TimeDelta::seconds(seconds));
        let lost = Status::Lost(Line::new("the server answered 429 Too Many Requests"));
        let session = Session::open(STORM).status(lost).told(News::Readiness(0, until));
        assert_eq!(says(session, words), look);
    }
    let until = Readiness::NotBefore(now + TimeDelta::minutes(9));
    let lost = Status::Lost(Line::new("the server answered 429 Too Many Requests"));
    let screen = Session::open(STORM).status(lost).told(News::Readiness(0, until)).keys("!").screen();
    assert!(screen.contains("the server asks to wait until 18:51, then it is"), "{screen}");
}
