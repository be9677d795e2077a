//! Entries too long for one frame: their beginning is there at once, the rest comes, and nothing moves when it does.

mod support;

use liveblog::app::DetailLine;
use support::{Session, entry};

/// A paragraph with two quotes and two numbers.
fn paragraph(number: usize) -> String {
    format!(
        "“The water has risen {number} metres and it will rise further before the morning comes,” Ines Calloway said. \
         Police told {number} people that ‘the old bridge’ was closed.\\n\\n"
    )
}

/// A blog of three entries, the middle one of which is long.
fn blog(paragraphs: usize) -> String {
    let long: String = (0..paragraphs).map(paragraph).collect();
    [
        entry("first", "2025-10-14T18:00:00Z", "The first", "Before."),
        entry("long", "2025-10-14T18:10:00Z", "The long one", &format!("{long}“The end,” Ivo Orr said.")),
        entry("last", "2025-10-14T18:20:00Z", "The last", "After, “all is well,” Ivo Orr said."),
    ]
    .join("\n")
        + "\n"
}

fn held() -> Session {
    Session::open(&blog(500)).hold_pages()
}

#[test]
fn the_beginning_of_a_long_entry_is_shown_at_once_and_nothing_moves_when_the_rest_comes() {
    for (columns, rows) in [(120, 36), (80, 24), (44, 12)] {
        let mut session = held().size(columns, rows).keys("j<enter>J");
        let before = session.screen();
        assert!(before.contains("risen 0 metres"), "{before}");
        assert_eq!(session.held_pages(), 1);
        let lines = session.app().detail().lines().len();
        let mut session = session.make_pages();
        let after = session.screen();
        assert!(session.app().detail().lines().len() > 2 * lines);
        let rows = |screen: &support::Screen| screen.lines().split_last().unwrap().1.to_vec();
        assert_eq!(rows(&before), rows(&after), "all but the status line stays");
        assert_eq!(before.looks("The water"), after.looks("The water"));
        assert_eq!(session.app().detail().top(), 1);
        assert_eq!(session.selected().as_deref(), Some("long"));
    }
}

#[test]
fn every_line_of_the_beginning_is_one_of_the_whole() {
    let quoted: String = (0..500).map(paragraph).collect();
    let bodies = [
        quoted.replace("\\n", " "),
        quoted,
        "A line by itself.\\n".repeat(3000),
        "hush".repeat(10_000),
        "川は高い。".repeat(8_000),
        "แม่น้ำสูงขึ้น ".repeat(400),
        "12 34 “” ".repeat(4_000),
        format!("Short.\\n\\n{}", "Long ".repeat(8_000)),
    ];
    for body in bodies {
        let feed = entry("long", "2025-10-14T18:10:00Z", "The long one", &body);
        let mut session = Session::open(&feed).hold_pages();
        session.screen();
        let beginning = session.app().detail().lines().to_vec();
        let mut session = session.make_pages();
        session.screen();
        assert!(session.app().detail().page().is_whole);
        let (more, known) = beginning.split_last().unwrap();
        assert_eq!(*more, DetailLine::More, "{body:.40}");
        assert!(known.len() > 10, "{body:.40}");
        assert_eq!(session.app().detail().lines()[..known.len()], *known, "{body:.40}");
    }
}

#[test]
fn a_key_that_goes_to_the_end_is_granted_when_the_end_is_there() {
    let mut session = held().keys("j<enter>G");
    let screen = session.screen();
    assert!(screen.contains("…") && !screen.contains("The end"), "{screen}");
    let mut session = session.make_pages();
    assert!(session.screen().contains("The end"), "{}", session.screen());
    assert!(session.app().detail().is_at_end());
    assert!(!session.screen().contains("…"));
}

#[test]
fn a_key_that_waits_gives_way_to_the_next_one() {
    let session = held().keys("j<enter>Gk");
    let top = session.app().detail().top();
    let mut session = session.make_pages();
    session.screen();
    assert_eq!(session.app().detail().top(), top);
}

#[test]
fn reading_on_does_not_leave_a_long_entry_before_its_end() {
    let session = held().keys("j<enter>G<space><space>");
    assert_eq!(session.selected().as_deref(), Some("long"));
    let session = session.make_pages().keys("G<space>");
    assert_eq!(session.selected().as_deref(), Some("first"));
}

#[test]
fn a_step_to_what_is_not_found_yet_waits_and_says_so() {
    let mut session = held().keys("G(");
    assert_eq!(session.selected().as_deref(), Some("long"));
    assert!(session.screen().status().contains("not ready yet"), "{}", session.screen());
    let mut session = session.make_pages();
    assert!(session.screen().contains("The end"), "{}", session.screen());
    assert_eq!(session.app().detail().words_under_cursor(), Some("“The end,”"), "the last quote of all");
    // Where all is known, the next key goes on.
    let session = session.keys(")");
    assert!(session.app().message().is_some_and(|message| message.contains("no more quotes")));
}

#[test]
fn a_step_on_from_the_last_that_is_known_goes_on_when_the_rest_comes() {
    let mut session = held().keys("j<enter>G)");
    while session.app().message().is_none() {
        session = session.keys(")");
    }
    let known = session.app().detail().cursor().unwrap().range.clone();
    let mut session = session.make_pages();
    session.screen();
    let next = session.app().detail().cursor().unwrap().range.clone();
    assert!(next.start >= known.end, "{known:?} {next:?}");
    assert!(
        session.screen().contains(session.app().detail().words_under_cursor().unwrap().get(..20).unwrap())
    );
}

#[test]
fn an_answer_that_nobody_waits_for_any_more_is_dropped() {
    let mut session = held().keys("j");
    session.screen();
    // A narrower screen wants another page; the one made for the wider comes late.
    let mut session = session.size(60, 30).keys("<enter>");
    session.screen();
    assert!(session.held_pages() >= 2);
    let mut session = session.make_pages();
    let screen = session.screen();
    let measure = usize::from(session.app().layout().measure());
    assert!(screen.lines().iter().all(|line| line.chars().count() <= measure + 2), "{screen}");
    assert!(session.app().detail().page().is_whole);
}

#[test]
fn an_edit_of_a_long_entry_that_waits_is_not_shown_by_an_answer() {
    let mut session = held().keys("j");
    session.screen();
    let edit = entry("long", "2025-10-14T18:10:00Z", "The long one", "It is short now.");
    let mut session = session.arrive(&edit).make_pages();
    assert!(session.screen().contains("edited"), "{}", session.screen());
    assert!(session.screen().contains("risen 0 metres"));
    let mut session = session.keys("<enter>").make_pages();
    assert!(session.screen().contains("It is short now."), "{}", session.screen());
}

#[test]
fn the_neighbours_of_what_is_shown_are_ready_before_they_are_asked_for() {
    let mut session = held();
    session.screen();
    session.screen();
    assert_eq!(session.held_pages(), 1, "the long neighbour was asked for");
    let mut session = session.make_pages().keys("j");
    assert_eq!(session.held_pages(), 0, "and need not be asked for again");
    session.screen();
    assert!(session.app().detail().page().is_whole);
}

#[test]
fn once_the_neighbours_are_ready_no_work_is_left() {
    for keys in ["", "j", "/metres", "/metres<enter>", "/nothing", "v", "?"] {
        let mut session = Session::open(&blog(2)).keys(keys);
        session.screen();
        assert!(session.is_idle(), "{keys}");
    }
    assert!(held().keys("jk").is_idle(), "while a page is waited for");
}

/// So many entries without a quote, each as long as `words` times three, between the newest and the oldest.
fn far_apart(count: usize, words: usize) -> String {
    let between = (0..count).map(|number| {
        entry(&format!("e{number}"), "2025-10-14T18:10:00Z", "Between", &"it rains ".repeat(words))
    });
    let oldest = entry("oldest", "2025-10-14T18:00:00Z", "The oldest", "Once, “all is well,” Ivo Orr said.");
    let newest = entry("newest", "2025-10-14T18:20:00Z", "The newest", "After.");
    let lines: Vec<String> = std::iter::once(oldest).chain(between).chain([newest]).collect();
    lines.join("\n") + "\n"
}

#[test]
fn a_quote_behind_many_long_entries_is_looked_for_in_slices_until_another_key() {
    let feed = far_apart(300, 300);
    let mut session = Session::open(&feed);
    session.screen();
    assert_eq!(session.selected().as_deref(), Some("newest"));
    session.press(")");
    let mut slices = 0;
    while session.selected().as_deref() == Some("newest") && session.work() {
        slices += 1;
    }
    assert!((5..30).contains(&slices), "800 KB are not looked through in one key: {slices}");
    assert_eq!(session.selected().as_deref(), Some("oldest"));
    assert_eq!(session.app().detail().cursor().map(|cursor| cursor.in_headline), Some(false));
    let mut session = Session::open(&feed);
    session.press(")");
    session.press("j");
    let before = session.selected();
    session.screen();
    assert_eq!(session.selected(), before, "who has gone on is not fetched back");
}

#[test]
fn what_is_looked_for_in_vain_says_how_far_it_was_looked() {
    let said = |count: usize| {
        let mut session = Session::open(&far_apart(count, 1)).keys(")");
        session.screen().status()
    };
    assert!(said(2100).contains("no quotes in the next 2000 entries that way"), "{}", said(2100));
    let mut session = Session::open(&far_apart(200, 1)).keys(">");
    assert!(session.screen().status().contains("no more numbers that way"), "{}", session.screen());
}
