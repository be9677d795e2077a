//! What comes while somebody reads: nothing under the eye moves by itself.

mod support;

use liveblog::{
    app::Options,
    model::{Coverage, Draft, Location, Packer},
    text::{line::Line, prose::Prose},
};
use ratatui::style::Modifier;
use support::{STORM, Screen, Session, entry, options};

/// One more entry, an hour and so many minutes after the last.
fn news(id: &str, minute: u32, headline: &str) -> String {
    entry(id, &format!("2025-10-14T19:{minute:02}:00Z"), headline, "Nothing more is known yet.")
}

#[test]
fn what_arrives_moves_neither_selection_nor_text() {
    let mut session = Session::open(STORM).size(120, 10).keys("Gk");
    let before = session.screen();
    let mut session = session.arrive(&news("n1", 0, "First")).arrive(&news("n2", 5, "Second"));
    let after = session.screen();
    assert_eq!(session.selected().as_deref(), Some("e2"), "the selection stays on its entry");
    let body = |screen: &Screen| screen.lines()[2..9].to_vec();
    assert_eq!(body(&after), body(&before), "list and detail stay as they are");
    assert!(after.line(0).contains("2 new ↑"), "the header counts: {}", after.line(0));
    let mut session = session.keys("]");
    let screen = session.screen();
    assert_eq!(session.selected().as_deref(), Some("n1"), "] goes to the oldest that is new");
    let header = screen.line(0);
    assert!(header.ends_with("1 new ↑"), "what is open is no longer counted, the other is: {header}");
    assert!(!screen.contains("Second"), "for it is still out of sight:\n{screen}");
}

#[test]
fn at_the_live_edge_the_list_makes_room_and_the_selection_keeps_its_entry() {
    let mut session = Session::open(STORM).keys("j").arrive(&news("n1", 0, "Harbour reopens"));
    let screen = session.screen();
    assert_eq!(session.selected().as_deref(), Some("e5"), "the selection stays on its entry");
    assert!(screen.contains("19:00 ● Harbour reopens"), "the arrival is in sight, marked as new:\n{screen}");
    assert!(screen.looks("Harbour reopens").has(Modifier::BOLD), "and bold until it is opened");
    assert!(!screen.line(0).contains("new ↑"), "what is in sight is not counted");
    let mut session = session.keys("]");
    assert!(!session.screen().contains("19:00 ●"), "opening it makes it read");
}

#[test]
fn the_dot_rides_the_live_edge_until_a_key_moves_the_selection() {
    let mut session = Session::open(STORM).keys("G.").arrive(&news("n1", 0, "First"));
    assert_eq!(session.selected().as_deref(), Some("n1"), "the selection follows what arrives");
    assert!(session.screen().status().contains("FOLLOWING"), "the status line says so");
    let mut session = session.keys("j").arrive(&news("n2", 1, "Second"));
    assert_eq!(session.selected().as_deref(), Some("e6"), "a key takes hold of the selection");
    let status = session.screen().status();
    assert!(status.contains("following") && !status.contains("FOLLOWING"), "{status}");
}

#[test]
fn held_arrivals_wait_and_are_counted() {
    let mut session = Session::open(STORM).keys("=").arrive(&news("n1", 0, "First"));
    session = session.keys("j");
    let screen = session.screen();
    assert!(screen.status().contains("HELD · 1 not shown yet"), "{}", screen.status());
    for columns in [120, 60] {
        session = session.size(columns, 20).keys("r");
        let status = session.screen().status();
        assert!(
            status.contains("looking") && status.contains("HELD · 1 not"),
            "a message hides nothing: {status}"
        );
    }
    session = session.size(120, 36);
    assert!(!screen.contains("First"), "what is held is not shown");
    let mut session = session.keys("=");
    assert!(session.screen().contains("● First"), "= lets it in");
}

#[test]
fn an_edit_that_no_longer_matches_keeps_its_place_until_the_filter_changes() {
    let edit = entry("e5", "2025-10-14T18:20:00Z", "Corrected", "See above.");
    let mut session = Session::open(STORM).keys("/44,000<enter>");
    session.screen();
    assert_eq!(session.selected().as_deref(), Some("e5"), "the one match is selected");
    let mut session = session.arrive(&edit);
    let screen = session.screen();
    assert_eq!(session.selected().as_deref(), Some("e5"), "the entry that is read stays");
    assert!(screen.contains("The utility corrected its figure"), "with the words that are read");
    assert!(screen.contains("Corrected"), "the list tells that it changed");
    let mut session = session.keys("/<c-u>corrected its<enter>");
    assert!(session.screen().contains("0 of 6"), "another filter looks at what it says now");
}

#[test]
fn what_was_taken_down_is_struck_and_says_so() {
    let gone = r#"{"type":"removed","id":"e5"}"#;
    let mut session = Session::open(STORM).arrive(gone).keys("j");
    let screen = session.screen();
    assert!(screen.contains("taken down"), "the list says so:\n{screen}");
    let rows = screen.lines();
    let row = rows.iter().position(|line| line.starts_with("▌18:20")).unwrap_or_default();
    assert!(rows[row].contains("taken down"), "the row in the list says so: {}", rows[row]);
    assert!(screen.looks_of(9, row as u16).has(Modifier::CROSSED_OUT), "its label is struck");
    let told = screen.lines().iter().filter(|line| line.contains("taken down")).count();
    assert_eq!(told, 2, "the list and the detail say so");
}

#[test]
fn the_order_turns_and_the_arrow_with_it() {
    let session = Session::open(STORM).size(120, 12).keys("s");
    let mut session = session.keys("gg");
    assert!(session.screen().status().contains("oldest first"), "{}", session.screen().status());
    let mut session = session.arrive(&news("n1", 0, "First")).arrive(&news("n2", 1, "Second"));
    let header = session.screen().line(0);
    assert!(header.ends_with("2 new ↓"), "new ones are below: {header}");
}

#[test]
fn a_list_at_the_live_edge_stays_there_when_the_screen_changes_and_no_key_was_pressed() {
    let arrivals = |session: Session| {
        (0..12).fold(session, |session, minute| {
            let headline = format!("Arrival {minute}");
            session
                .arrive(&news(&format!("n{minute}"), minute, &headline))
                .size(20 + minute as u16, 5)
                .size(120, 12)
        })
    };
    let mut session = arrivals(Session::open(STORM));
    let screen = session.screen();
    assert_eq!(session.selected().as_deref(), Some("e6"), "the selection stays on its entry");
    assert!(screen.contains("● Arrival 11"), "the list stays at the live edge:\n{screen}");
    assert!(!screen.line(0).contains("new ↑"), "nothing waits above: {}", screen.line(0));
    let mut session = session.keys("j");
    assert!(session.screen().contains("6 new ↑"), "a key goes on from the selection:\n{}", session.screen());
    let mut session = arrivals(Session::open(STORM).keys("jk"));
    let screen = session.screen();
    assert!(screen.contains("▌18:31"), "what a key took hold of stays in sight:\n{screen}");
}

#[test]
fn what_comes_late_goes_to_its_own_time_and_is_marked() {
    let late = entry("n1", "2025-10-14T18:00:00Z", "Found again", "It was sent an hour ago.");
    let mut session = Session::open(STORM).arrive(&late).arrive(&news("n2", 0, "On time"));
    let screen = session.screen();
    assert!(screen.contains("18:00 ● Found again"), "{screen}");
    let line = |words: &str| screen.lines().into_iter().find(|line| line.contains(words)).unwrap_or_default();
    assert!(line("Found again").contains("again  late"), "{}", line("Found again"));
    assert!(!line("On time").contains("late"), "{}", line("On time"));
    let mut session = session.keys("]");
    let screen = session.screen();
    assert!(screen.line(3).contains("came late"), "the detail says so as well:\n{screen}");
    assert!(!screen.contains("again  late"), "what was opened is marked no more");
}

#[test]
fn a_long_silence_is_told_between_the_entries_around_it() {
    let minutes = [0, 10, 20, 30, 40, 50, 60, 300, 310];
    let feed: String = minutes
        .iter()
        .map(|minute| {
            let time = format!("2025-10-14T{:02}:{:02}:00Z", 13 + minute / 60, minute % 60);
            entry(&format!("e{minute}"), &time, &format!("At {minute}"), "Words.") + "\n"
        })
        .collect();
    let mut session = Session::open(&feed);
    let screen = session.screen();
    let at = |words: &str| screen.place(words, 0).map(|(_, y)| y);
    assert_eq!(at("quiet 4 h"), at("At 300").map(|y| y + 1), "{screen}");
    assert_eq!(at("At 60"), at("At 300").map(|y| y + 2));
    let mut session = session.keys("/at<enter>");
    assert!(!session.screen().contains("quiet 4 h"), "between matches there is no silence");
}

#[test]
fn an_entry_that_is_revised_twice_at_once_stands_once_wherever_it_is_shown() {
    let feed: String = (0..4)
        .map(|number| {
            let time = format!("2025-10-14T18:{number}0:00Z");
            let line = entry(&format!("e{number}"), &time, &format!("Flood {number}"), "Water.");
            line.replace("\"body\"", "\"kinds\":[\"key\"],\"body\"") + "\n"
        })
        .collect();
    let mended = |minute: u32, words: &str| {
        let time = format!("2025-10-14T18:{minute:02}:00Z");
        entry("e1", &time, words, "Water.").replace("\"body\"", "\"kinds\":[\"key\"],\"body\"")
    };
    // The time stays, or moves twice.
    for (second, third) in [(10, 10), (12, 14)] {
        let twice = format!("{}\n{}", mended(second, "Flood again"), mended(third, "Flood at last"));
        for keys in ["/flood<enter>jj", "3jj", "jj"] {
            let mut session = Session::open(&feed).keys(keys).arrive(&twice);
            let screen = session.screen();
            assert_eq!(session.selected().as_deref(), Some("e1"), "{keys}: the selection stays on its entry");
            assert_eq!(session.app().rows().len(), 4, "{keys} {second} {third}:\n{screen}");
            assert_eq!(session.app().arrivals().key_events().len(), 4, "{keys} {second} {third}");
            assert_eq!(session.app().arrivals().count(), 0, "what is revised does not arrive");
            assert!(screen.contains("Flood at last") && !screen.contains("Flood again"), "{keys}:\n{screen}");
        }
    }
}

#[test]
fn what_is_revised_and_taken_down_at_once_is_new_no_more() {
    let both = format!("{}\n{}", news("n1", 0, "Second"), r#"{"type":"removed","id":"n1"}"#);
    let session = Session::open(STORM).arrive(&news("n1", 0, "First"));
    assert!(session.app().has_unread());
    assert!(!session.arrive(&both).app().has_unread());
}

#[test]
fn an_unread_entry_that_is_taken_down_and_comes_back_is_unread_again() {
    let gone = r#"{"type":"removed","id":"n1"}"#;
    for (keys, again) in [("", "First"), ("", "First, mended"), ("/first<enter>", "First")] {
        let mut session = Session::open(STORM).keys("jk").keys(keys).arrive(&news("n1", 0, "First"));
        assert!(session.app().has_unread());
        session = session.arrive(gone);
        assert!(!session.app().has_unread(), "there is nothing to read");
        session = session.arrive(&news("n1", 0, again));
        session.screen();
        assert!(session.app().has_unread(), "{keys} {again}: nobody has read it");
        session = session.keys("]");
        assert_eq!(session.selected().as_deref(), Some("n1"), "{keys} {again}");
        session = session.arrive(gone).arrive(&news("n1", 0, again));
        assert!(!session.app().has_unread(), "what was opened stays read");
    }
}

#[test]
fn the_status_tells_how_many_edits_are_held_as_well() {
    let edit = entry("e5", "2025-10-14T18:20:00Z", "Corrected", "See above.");
    let mut session = Session::open(STORM).keys("=").arrive(&edit).keys("j");
    assert!(
        session.screen().status().contains("HELD · 1 edit not shown yet"),
        "{}",
        session.screen().status()
    );
    session = session.arrive(&news("n1", 0, "First")).keys("j");
    let status = session.screen().status();
    assert!(status.contains("HELD · 1 not shown yet, 1 edit"), "{status}");
    session = session.arrive(r#"{"type":"removed","id":"n1"}"#).keys("j");
    let status = session.screen().status();
    assert!(status.contains("HELD · 1 edit not shown yet"), "what is gone since is not counted: {status}");
}

#[test]
fn a_tab_counts_what_is_held_of_its_own_source() {
    let locations = ["north.jsonl", "south.jsonl"].map(|name| Location::File(name.into())).to_vec();
    let said = |id: &str| entry(id, "2025-10-14T19:00:00Z", id, "Words.");
    let session = Session::opening(Options { locations, ..options() });
    let session = session.told_by(0, &said("n1")).told_by(1, &said("s1")).keys("=");
    let session = session.told_by(0, &said("n2")).told_by(1, &said("s2")).told_by(1, &said("s3"));
    let held = |session: &Session| session.app().held().map(|held| held.new);
    assert_eq!(held(&session), Some(3), "in all");
    let session = session.keys("<c-n>");
    assert_eq!(held(&session), Some(1), "in the first tab");
    assert_eq!(held(&session.keys("<c-n>")), Some(2), "in the second");
}

#[test]
fn what_is_held_has_come_when_it_was_heard_of() {
    let untimed = |id: &str| format!("{{\"type\":\"entry\",\"id\":\"{id}\",\"body\":\"It is open.\"}}\n");
    let session = Session::open(&untimed("a")).keys("=").wait(20).arrive(&untimed("b"));
    let mut session = session.wait(30).keys("=");
    let header = session.screen().line(0);
    assert!(header.contains("last entry 30 min ago"), "{header}");
}

#[test]
fn what_is_held_is_let_in_when_it_becomes_too_much() {
    let (mut packer, mut draft) = (Packer::new(0), Draft::default());
    let words = "Nothing more is known yet. ".repeat(2000);
    for number in 0..20 {
        draft.clear();
        draft.id = Line::new(&format!("n{number}"));
        draft.body = Prose::new(&words);
        draft.position = number;
        packer.entry(&mut draft);
    }
    let rewritten = packer.take(Coverage::Rewritten, true);
    let mut session = Session::open(STORM).keys("=");
    let mut looks = 0;
    while !session.app().message().is_some_and(|words| words.contains("held: full")) {
        session = session.reading(rewritten.clone());
        looks += 1;
        assert!(looks < 100, "it grows for ever");
    }
    let status = session.screen().status();
    assert!(status.contains("held: full, let in") && status.contains("HELD"), "{status}");
    assert_eq!(session.app().arrivals().count(), 20, "it stands");
    let session = session.arrive(&news("late", 0, "Held on"));
    assert_eq!(session.app().held().map(|held| held.new), Some(1), "what comes then is held on");
}
