//! Tabs: several sources narrowed to one of them, and back to all.

#![expect(clippy::expect_used, reason = "a helper that fails is a test that fails")]

mod support;

use std::path::PathBuf;

use liveblog::{
    app::{App, Effect, Focus, Item, Options, View},
    model::{Entry, Failure, FailureKind, Location, Status},
    text::line::Line,
    view::theme::Colours,
};
use proptest::prelude::*;
use ratatui::style::Modifier;
use support::{STORM, Session, entry, options};

const FERRY: &str = r#"{"type":"blog","title":"The ferry","state":"live","summary":"All about the ferry, with 3 boats."}
{"type":"entry","id":"f1","published":"2025-10-14T10:00:00Z","headline":"Ferry leaves in the wind"}
{"type":"entry","id":"f2","published":"2025-10-14T12:00:00Z","headline":"Ferry is back","kinds":["key"]}
{"type":"entry","id":"f3","published":"2025-10-14T18:00:00Z","headline":"Crew of 40 thanked"}
"#;
const GALE: &str = r#"{"type":"blog","title":"The gale","state":"ended","summary":"All about the gale."}
{"type":"entry","id":"g1","published":"2025-10-14T09:00:00Z","headline":"Wind rises"}
{"type":"entry","id":"g2","published":"2025-10-14T12:30:00Z","headline":"Wind turns","body":"“It turned north,” said Ada Holm. It took 12 trees."}
{"type":"entry","id":"g3","published":"2025-10-14T17:00:00Z","headline":"Wind drops"}
"#;

/// What comes to the ferry and to the gale later.
const FERRY_LATER: &str =
    r#"{"type":"entry","id":"f4","published":"2025-10-14T18:40:00Z","headline":"Ferry moored in the wind"}"#;
const GALE_LATER: &str =
    r#"{"type":"entry","id":"g4","published":"2025-10-14T18:41:00Z","headline":"All calm"}"#;

fn opening(names: &[&str]) -> Session {
    let locations = names.iter().map(|name| Location::File(PathBuf::from(name))).collect();
    Session::opening(Options { locations, ..options() })
}

/// A reader of both, which have been read.
fn reader() -> Session {
    opening(&["ferry.jsonl", "gale.jsonl"]).told_by(0, FERRY).told_by(1, GALE)
}

fn ids(session: &Session) -> Vec<String> {
    let app = session.app();
    let id = |row: &u32| app.timeline().entry(*row).expect("an entry").id().to_owned();
    app.rows().iter().map(id).collect()
}

/// The name on the tab that is shown.
fn tab(session: &Session) -> Option<String> {
    let source = session.app().tab()?;
    session.app().tabs().find(|(number, _)| *number == source).map(|(_, info)| info.label.to_string())
}

#[test]
fn keys_go_round_the_tabs_and_back_to_all() {
    let mut session = reader();
    insta::assert_snapshot!("all", session.screen());
    assert_eq!(ids(&session), ["g1", "f1", "f2", "g2", "g3", "f3"]);
    session = session.keys("<ctrl-n>");
    assert_eq!((tab(&session).as_deref(), ids(&session).join(" ")), (Some("ferry"), "f1 f2 f3".to_owned()));
    insta::assert_snapshot!("one", session.screen());
    session = session.keys("<ctrl-n>");
    assert_eq!((tab(&session).as_deref(), ids(&session).join(" ")), (Some("gale"), "g1 g2 g3".to_owned()));
    session = session.keys("<ctrl-n>");
    assert_eq!((tab(&session), ids(&session).len()), (None, 6));
    session = session.keys("<ctrl-p>");
    assert_eq!(tab(&session).as_deref(), Some("gale"));
    session = session.keys("<ctrl-p><ctrl-p>");
    assert_eq!(tab(&session), None);
}

#[test]
fn a_tab_has_the_header_the_standfirst_and_the_strip_of_its_own_source() {
    let mut session = reader().keys("<ctrl-n><ctrl-n>");
    let screen = session.screen();
    assert!(
        screen.line(1).starts_with(" The gale ") && screen.line(1).contains("ENDED"),
        "{}",
        screen.line(1)
    );
    assert!(screen.line(1).contains("last entry 1 h ago"), "its own: {}", screen.line(1));
    assert!(screen.contains("About this blog"), "{screen}");
    assert!(!screen.contains("gale Wind"), "the name of the source would stand in every row: {screen}");
    session = session.keys("g");
    assert_eq!(session.selected().as_deref(), Some("about"));
    assert!(session.screen().contains("All about the gale."), "{}", session.screen());
    session = session.keys("<ctrl-p>");
    assert_eq!(session.selected().as_deref(), Some("about"), "from one to the other");
    let screen = session.screen();
    assert!(screen.contains("All about the ferry, with 3 boats."), "{screen}");
    assert!(screen.line(1).contains("LIVE"), "{}", screen.line(1));
    session = session.keys(">Y");
    let cited = "“All about the ferry, with 3 boats.” — The ferry".to_owned();
    assert_eq!(session.effects().last(), Some(&Effect::Copy(cited)));
    session = session.keys("<ctrl-p>");
    assert_eq!(session.selected().as_deref(), Some("f3"), "that of all has none, and begins with the newest");
    assert!(!session.screen().contains("About this blog"), "{}", session.screen());
}

#[test]
fn the_selection_stays_on_its_entry_or_goes_to_the_one_nearest_in_time() {
    let session = reader().keys("j");
    assert_eq!(session.selected().as_deref(), Some("g3"));
    let session = session.keys("<ctrl-p>");
    assert_eq!(session.selected().as_deref(), Some("g3"), "it is in the tab");
    let session = session.keys("<ctrl-p>");
    assert_eq!(session.selected().as_deref(), Some("f3"), "an hour away");
    let session = session.keys("j<ctrl-n>");
    assert_eq!(session.selected().as_deref(), Some("g2"), "f2 is half an hour away");
    let session = session.keys("<ctrl-n>");
    assert_eq!(session.selected().as_deref(), Some("g2"), "all: where the reader is");
    let session = session.keys("<ctrl-n>").keys("/leaves<enter><ctrl-n>");
    assert_eq!((ids(&session).len(), session.selected().as_deref()), (0, Some("f1")), "nothing to go to");
    let session = session.keys("<ctrl-p>");
    assert_eq!(session.selected().as_deref(), Some("f1"), "and back it is where it was");
}

#[test]
fn one_key_keeps_the_source_of_the_entry_and_shows_all_again() {
    let session = reader().keys("jS");
    assert_eq!((tab(&session).as_deref(), session.selected().as_deref()), (Some("gale"), Some("g3")));
    let session = session.keys("S");
    assert_eq!((tab(&session), session.selected().as_deref()), (None, Some("g3")));
}

#[test]
fn the_filter_counts_and_walks_within_the_tab() {
    let mut session = reader().keys("/wind<enter>");
    assert_eq!(ids(&session), ["g1", "f1", "g2", "g3"]);
    session = session.keys("<ctrl-p>");
    assert_eq!(ids(&session), ["g1", "g2", "g3"]);
    assert!(session.screen().status().contains("3 of 3"), "{}", session.screen().status());
    session = session.keys("<ctrl-p>");
    assert_eq!(ids(&session), ["f1"]);
    assert!(session.screen().status().contains("1 of 3"), "{}", session.screen().status());
    session = session.keys("nnn");
    assert_eq!(session.selected().as_deref(), Some("f1"), "there is no other in this tab");
    session = session.keys("<esc><esc>");
    assert_eq!((tab(&session).as_deref(), ids(&session).len()), (Some("ferry"), 3));
    let session = session.keys("3");
    assert_eq!(ids(&session), ["f2"]);
    let mut session = session.keys("<ctrl-n>");
    assert_eq!(ids(&session), [""; 0]);
    assert!(session.screen().contains("marks no key events"), "{}", session.screen());
}

#[test]
fn esc_goes_from_the_cursor_to_the_entry_the_filter_the_view_and_the_tab() {
    let mut session = reader().keys("<ctrl-p>5<esc>2<esc>1<ctrl-n>");
    assert_eq!(session.app().tab(), None);
    session = session.keys("<ctrl-p>").keys("3").keys("/wind<enter>");
    let state = |session: &Session| {
        let app = session.app();
        (app.filter().is_active(), app.view() == View::KeyEvents, app.tab().is_some())
    };
    assert_eq!(state(&session), (true, true, true));
    session = session.keys("<esc>");
    assert_eq!(state(&session), (false, true, true));
    session = session.keys("<esc>");
    assert_eq!(state(&session), (false, false, true));
    session = session.keys("<enter>");
    assert_eq!(session.app().focus(), Focus::Detail);
    session = session.keys("<esc>");
    assert_eq!((session.app().focus(), state(&session)), (Focus::List, (false, false, true)));
    session = session.keys("<esc>");
    assert_eq!(state(&session), (false, false, false));
    session = session.keys("<esc><esc>");
    assert_eq!(ids(&session).len(), 6, "it never quits");
}

#[test]
fn what_comes_to_another_source_waits_behind_its_tab() {
    let mut session = reader().keys("<ctrl-p>");
    let before = session.screen();
    session = session.told_by(0, &format!("{FERRY}{FERRY_LATER}\n"));
    let screen = session.screen();
    assert!(screen.line(0).contains("ferry 1 new"), "{}", screen.line(0));
    assert_eq!(before.lines()[1..], screen.lines()[1..], "nothing else changed");
    assert_eq!(session.app().arrivals().waiting(), (0, 0));
    session = session.keys("]");
    assert!(session.screen().contains("nothing new since you opened this"), "{}", session.screen());
    session = session.told_by(1, &format!("{GALE}{GALE_LATER}\n"));
    assert_eq!(ids(&session).last().map(String::as_str), Some("g4"), "its own shows");
    let screen = session.keys("2").screen();
    assert!(screen.contains("All calm") && !screen.contains("moored"), "{screen}");
}

#[test]
fn a_tab_that_is_looked_at_has_missed_nothing() {
    let later = format!("{FERRY}{FERRY_LATER}\n");
    let mut session = reader().keys("<ctrl-p>").told_by(0, &later).keys("<ctrl-p>");
    assert!(!session.screen().line(0).contains("new"), "{}", session.screen().line(0));
    assert!(session.app().is_unread(session.app().rows()[3]), "the entry itself is still unread");
    let mut session = reader().told_by(0, &later);
    assert!(!session.screen().line(0).contains("new"), "among all, everything is shown");
    let taken = format!("{FERRY}{FERRY_LATER}\n{}\n", r#"{"type":"removed","id":"f4"}"#);
    let mut session = reader().keys("<ctrl-p>").told_by(0, &later).told_by(0, &taken);
    assert!(!session.screen().line(0).contains("new"), "what was taken down: {}", session.screen().line(0));
}

#[test]
fn the_live_edge_is_that_of_the_tab_and_stays_so_in_another() {
    let mut session = reader().keys("<ctrl-p>.");
    assert_eq!(session.selected().as_deref(), Some("g3"));
    session = session.told_by(0, &format!("{FERRY}{FERRY_LATER}\n"));
    assert_eq!(session.selected().as_deref(), Some("g3"), "what comes elsewhere moves nothing");
    session = session.told_by(1, &format!("{GALE}{GALE_LATER}\n"));
    assert_eq!(session.selected().as_deref(), Some("g4"));
    session = session.keys("<ctrl-p>");
    assert!(session.app().is_riding());
    assert_eq!(session.selected().as_deref(), Some("f4"), "the newest of the other");
}

#[test]
fn an_edit_keeps_its_place_in_the_tab() {
    let edited = FERRY.replace("Ferry is back", "Ferry is back at last");
    let mut session = reader().keys("<ctrl-n>").told_by(0, &edited);
    assert_eq!(ids(&session), ["f1", "f2", "f3"]);
    assert!(session.screen().contains("Ferry is back at last"), "{}", session.screen());
}

#[test]
fn the_indexes_are_those_of_the_tab_and_lead_to_a_standfirst_from_all() {
    let mut session = reader().keys("6");
    let screen = session.screen();
    assert!(screen.contains("boats") && screen.contains("trees"), "{screen}");
    session = session.keys("<ctrl-p>");
    let screen = session.screen();
    assert!(!screen.contains("boats") && screen.contains("trees"), "{screen}");
    let mut session = session.keys("5");
    assert!(session.screen().contains("Ada Holm"), "{}", session.screen());
    session = session.keys("S");
    assert_eq!(tab(&session), None, "back to all");
    session = session.keys("S");
    assert_eq!(tab(&session).as_deref(), Some("gale"), "the source of the quote");
    session = session.keys("<ctrl-n>6");
    while session.app().index().row().and_then(liveblog::app::IndexRow::name) != Some("boats") {
        session = session.keys("j");
    }
    session = session.keys("<enter><enter>");
    assert_eq!((tab(&session).as_deref(), session.app().selected()), (Some("ferry"), Some(Item::Standfirst)));
    session = session.keys("<esc>");
    assert_eq!((tab(&session), session.app().view()), (None, View::Numbers), "and back");
}

#[test]
fn a_source_that_fails_says_so_on_its_tab_and_in_it() {
    let failure =
        Failure { kind: FailureKind::Unrecognized, message: Line::new("gale.jsonl: no liveblog in it") };
    let mut session =
        opening(&["ferry.jsonl", "gale.jsonl"]).told_by(0, FERRY).status_of(1, Status::Failed(failure));
    assert!(session.screen().line(0).contains("gale failed"), "{}", session.screen().line(0));
    session = session.keys("<ctrl-p>");
    insta::assert_snapshot!("failed", session.screen());
    session = session.keys("<ctrl-n>");
    assert_eq!(session.selected().as_deref(), Some("f3"));
}

#[test]
fn problems_are_those_of_the_tab() {
    let mut session =
        opening(&["ferry.jsonl", "gale.jsonl"]).told_by(0, FERRY).told_by(1, &format!("{GALE}not json\n"));
    assert!(session.screen().line(1).contains("1 problem"), "{}", session.screen().line(1));
    session = session.keys("<ctrl-n>!");
    assert!(session.screen().contains("none: all of the feed could be read"), "{}", session.screen());
    session = session.keys("<esc>");
    assert!(!session.screen().line(1).contains("problem"), "{}", session.screen().line(1));
    let mut session = session.keys("<ctrl-n>!");
    assert!(session.screen().contains("line 5  "), "{}", session.screen());
}

#[test]
fn tabs_fit_screens_of_any_size() {
    let names =
        ["harbour-office.jsonl", "ferry.jsonl", "gale.jsonl", "a-name-that-is-longer-than-any-tab.jsonl"];
    let mut session = opening(&names).told_by(1, FERRY).told_by(2, GALE).told_by(0, GALE).told_by(3, FERRY);
    session = session.keys("<ctrl-n>").told_by(1, &format!("{FERRY}{FERRY_LATER}\n"));
    for (columns, expected) in [
        (80, " All  harbour-office  ferry 1 new  gale  a-name-that-is-long…"),
        (50, " All  harbour-office  ferry 1  gale …"),
        (40, " All  harbour-office  ferry 1  gale …"),
        (20, "… harbour-office …"),
    ] {
        session = session.size(columns, 12);
        assert_eq!(session.screen().line(0), expected, "{columns}");
    }
    let mut session = reader().keys("<ctrl-n>").size(40, 12);
    insta::assert_snapshot!("small", session.screen());
    session = session.size(40, 9);
    assert!(session.screen().status().contains("ferry"), "without a row of tabs: {}", session.screen());
    for (columns, rows) in [(20, 5), (19, 4), (7, 3), (1, 1), (0, 0), (200, 1), (1, 60)] {
        session = session.size(columns, rows).keys("<ctrl-n>S<ctrl-p>");
        assert_eq!(session.screen().lines().len(), usize::from(rows));
    }
}

#[test]
fn the_tab_that_is_shown_stands_out_without_colours_and_in_ascii() {
    let mut session = reader().keys("<ctrl-n>").colours(Colours::None);
    let screen = session.screen();
    assert!(screen.looks("ferry").has(Modifier::REVERSED | Modifier::BOLD));
    assert!(!screen.looks("All").has(Modifier::REVERSED) && !screen.looks("gale").has(Modifier::REVERSED));
    let locations = ["ferry.jsonl", "gale.jsonl"].map(|name| Location::File(PathBuf::from(name))).to_vec();
    let ascii = Options { locations, is_ascii: true, ..options() };
    let mut session = Session::opening(ascii).told_by(0, FERRY).told_by(1, GALE).size(60, 24);
    assert!(session.screen().text().is_ascii(), "{}", session.screen());
}

#[test]
fn one_source_alone_has_no_tabs() {
    let mut session = Session::open(STORM);
    let before = session.screen();
    session = session.keys("<ctrl-n>");
    let screen = session.screen();
    assert_eq!(before.lines()[..35], screen.lines()[..35]);
    assert!(screen.status().contains("there is one source alone"), "{}", screen.status());
}

/// The unopened arrivals beyond what is in sight: those that are shown, and all.
fn waiting(app: &App) -> (usize, usize) {
    let timeline = app.timeline();
    let sight = app.list().in_sight().filter_map(|index| timeline.place(app.item(index)?.row()?));
    let edge = sight.max();
    let is_beyond = |row: &&u32| timeline.place(**row) > edge && app.is_unread(**row);
    let shown = app.rows().iter().filter(is_beyond).count();
    (shown, app.rows_in_tab().iter().filter(is_beyond).count())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_tab_holds_and_counts_what_is_of_its_source_in_order_whatever_comes(
        told in prop::collection::vec((0u16..2, 0u8..9, 0u8..60, 0u8..6), 1..24),
        keys in prop::collection::vec(prop::sample::select(vec![
            "", "", "j", "G", "]", "2", "3", "1", "/3<enter>", "/<c-u><enter>", "<ctrl-n>", "s",
        ]), 24),
    ) {
        let mut session = reader().keys("<ctrl-n>").size(120, 10);
        for ((source, id, minute, words), keys) in told.into_iter().zip(keys) {
            let line = if words == 0 {
                format!("{{\"type\":\"removed\",\"id\":\"x{id}\"}}")
            } else {
                let time = format!("2025-10-14T{}:{minute:02}:00Z", 12 + 5 * (id % 2));
                let line = entry(&format!("x{id}"), &time, "Words", &words.to_string());
                if words == 5 { line.replace("\"body\"", "\"kinds\":[\"key\"],\"body\"") } else { line }
            };
            session = session.told_by(source, &format!("{{\"type\":\"blog\"}}\n{line}\n")).keys(keys);
            session.screen();
            let app = session.app();
            let timeline = app.timeline();
            let is_of_tab = |row: &&u32| {
                let source = timeline.entry(**row).map(Entry::source);
                app.tab().is_none() || source == app.tab()
            };
            let expected: Vec<u32> = timeline.order().iter().filter(is_of_tab).copied().collect();
            prop_assert_eq!(app.rows_in_tab(), expected.as_slice());
            let of_tab = |rows: &[u32]| -> Vec<u32> { rows.iter().filter(is_of_tab).copied().collect() };
            prop_assert_eq!(app.arrivals_in_tab(), of_tab(app.arrivals().rows()));
            prop_assert_eq!(app.key_events_in_tab(), of_tab(app.arrivals().key_events()));
            let is_removed = |row: &&u32| timeline.is_removed(**row);
            prop_assert_eq!(app.removed_count(), expected.iter().filter(is_removed).count());
            prop_assert_eq!(app.has_unread(), expected.iter().any(|row| app.is_unread(*row)));
            prop_assert_eq!(app.arrivals().waiting(), waiting(app));
            prop_assert!(session.selected().is_some() || app.item_count() == 0);
        }
    }
}

#[test]
fn what_was_missed_and_taken_down_is_missed_again_when_it_comes_back() {
    let later = format!("{FERRY}{FERRY_LATER}\n");
    let taken = format!("{FERRY}{FERRY_LATER}\n{}\n", r#"{"type":"removed","id":"f4"}"#);
    let session = reader().keys("<ctrl-p>").told_by(0, &later).told_by(0, &taken);
    let mut session = session.told_by(0, &later);
    assert!(session.screen().line(0).contains("ferry 1 new"), "{}", session.screen().line(0));
}
