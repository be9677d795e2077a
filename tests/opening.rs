//! How a blog opens: the order of its list, and what stays when its source fails or waits.

mod support;

use chrono::TimeDelta;
use liveblog::{
    app::{Options, Order, Screen},
    model::{Coverage, Draft, Failure, FailureKind, Kinds, Packer, Precision, Reading, Row, Stamp, Status},
    story::Query,
    text::{line::Line, prose::Prose},
};
use support::{STORM, Session, entry, found, options, time};

/// A reading of entries that are called after their times.
fn reading(packer: &mut Packer, times: &[&str], is_complete: bool) -> Reading {
    let mut draft = Draft::default();
    for text in times {
        draft.clear();
        draft.id.set(text);
        draft.headline = Line::new(&format!("At {text}"));
        draft.published = Stamp::new(time(text).fixed_offset(), Precision::Second);
        draft.position += 1;
        packer.entry(&mut draft);
    }
    packer.take(Coverage::Delta, is_complete)
}

const EARLY: &str = "2025-10-13T08:00:00Z";
const LATE: &str = "2025-10-14T18:00:00Z";

#[test]
fn the_order_is_that_of_all_that_was_there_and_not_of_the_first_block() {
    let mut packer = Packer::new(0);
    let session = Session::opening(options()).reading(reading(&mut packer, &[EARLY], false));
    assert_eq!(session.app().order(), Order::Oldest);
    let mut session = session.reading(reading(&mut packer, &[LATE], true)).status(Status::Following);
    assert_eq!(session.app().order(), Order::Newest, "its last entry is of this hour");
    assert_eq!(session.selected().as_deref(), Some(LATE));
    assert!(session.screen().lines().iter().any(|line| line.contains("▌18:00")), "{}", session.screen());
}

#[test]
fn the_order_never_turns_by_itself_once_the_reader_moved_or_the_look_is_over() {
    let mut packer = Packer::new(0);
    let mut session = Session::opening(options())
        .reading(reading(&mut packer, &[EARLY, "2025-10-13T09:00:00Z"], false))
        .keys("j");
    session = session.reading(reading(&mut packer, &[LATE], true)).status(Status::Following);
    assert_eq!(session.app().order(), Order::Oldest, "a key took hold of the list");
    let mut packer = Packer::new(0);
    let session = Session::opening(options())
        .reading(reading(&mut packer, &[EARLY], true))
        .status(Status::Following)
        .reading(reading(&mut packer, &[LATE], true));
    assert_eq!(session.app().order(), Order::Oldest, "what came then is an arrival");
}

#[test]
fn what_was_read_stays_when_the_source_fails_that_was_chosen_in_the_library() {
    let failure = || Failure { kind: FailureKind::Unreadable, message: Line::new("it went away") };
    let opened = || {
        Session::library(vec![found("storm.jsonl", "Storm", 6, "2025-10-14T18:00:00Z")], true).keys("<enter>")
    };
    let session = opened().fail(failure());
    assert_eq!(session.app().screen(), Screen::Library, "there is nothing to read");
    let mut session = opened().told_by(0, STORM).fail(failure());
    assert_eq!(session.app().screen(), Screen::Reader);
    assert!(session.screen().contains("it went away"), "{}", session.screen());
}

#[test]
fn a_further_part_is_let_in_while_arrivals_are_held() {
    let mut packer = Packer::new(0);
    let further = Reading { is_further: true, ..reading(&mut packer, &[EARLY], true) };
    let mut session = Session::open(STORM).keys("=").reading(further);
    assert!(session.screen().contains("At 2025-10-13"), "it was asked for:\n{}", session.screen());
    assert_eq!(session.app().held().map(|held| held.new), Some(0));
}

#[test]
fn what_was_held_is_let_in_bit_by_bit_and_in_the_order_in_which_it_came() {
    let said = |words: &str| entry("n1", "2025-10-14T19:00:00Z", words, "Words.");
    let mut session = Session::open(STORM).keys("=");
    for words in ["First", "Second", "Third"] {
        session = session.arrive(&said(words));
    }
    assert_eq!(session.app().held().map(|held| held.new), Some(1), "one entry, three times");
    let mut session = session.keys("=");
    assert_eq!(session.app().held(), None);
    let screen = session.screen();
    assert!(screen.contains("Third") && !screen.contains("First"), "the last word counts:\n{screen}");
    assert_eq!(session.app().arrivals().count(), 1);
}

#[test]
fn the_strip_marks_what_is_looked_for_now_though_as_much_was_found_before() {
    let feed: String = [(10, "Blue"), (12, "Red"), (14, "Blue and red")]
        .iter()
        .map(|(hour, words)| {
            entry(&format!("e{hour}"), &format!("2025-10-14T{hour}:00:00Z"), words, "") + "\n"
        })
        .collect();
    let marks = |keys: &str| -> Vec<bool> {
        let session = Session::open(&feed).keys(keys);
        session.app().strip().cells.iter().map(|cell| cell.has_hit).collect()
    };
    let blue = marks("/blue<enter>");
    assert_ne!(blue, marks("/red<enter>"));
    assert_eq!(marks("/blue<enter>/<c-u>red<enter>/<up><up>"), blue);
}

#[test]
fn what_is_no_longer_in_its_file_stays_and_says_so() {
    let mut packer = Packer::new(0);
    let session = Session::opening(options())
        .reading(reading(&mut packer, &["2025-10-14T17:00:00Z", LATE], true))
        .status(Status::Following)
        .keys("j");
    packer.begin();
    let cut = Reading { coverage: Coverage::Cut, ..reading(&mut packer, &[LATE], true) };
    let mut session = session.reading(cut);
    let screen = session.screen();
    let told = |words: &str| screen.lines().iter().filter(|line| line.contains(words)).count();
    assert_eq!((told("not in the file"), told("no longer in the file")), (1, 1), "{screen}");
    assert_eq!(session.app().arrivals().count(), 0);
}

#[test]
fn a_page_that_is_looked_at_again_and_again_while_arrivals_are_held_counts_what_is_new_in_it_once() {
    let page = |stamps: &[&str]| {
        let mut packer = Packer::new(0);
        Reading { coverage: Coverage::Window, ..reading(&mut packer, stamps, true) }
    };
    let (first, second, third) = ("2025-10-14T17:00:00Z", "2025-10-14T17:10:00Z", "2025-10-14T17:20:00Z");
    let mut session = Session::opening(options()).reading(page(&[first])).status(Status::Following).keys("=");
    for _ in 0..3 {
        session = session.reading(page(&[second, first]));
    }
    session = session.reading(page(&[third, second, first]));
    assert_eq!(session.app().held().map(|held| held.new), Some(2));
    session = session.reading(page(&[third, first]));
    assert_eq!(session.app().held().map(|held| held.new), Some(1), "one was taken down before it was let in");
    let mut session = session.keys("=");
    let screen = session.screen();
    assert_eq!(session.app().arrivals().count(), 1);
    assert!(screen.contains(third) && !screen.contains("taken down"), "{screen}");
}

/// A reading of entries a second apart that begin with `first` and stand from `position` on in their source, each with words
/// of `size` bytes.
fn block(packer: &mut Packer, first: &str, count: usize, position: usize, size: usize) -> Reading {
    let mut draft = Draft::default();
    for number in 0..count {
        draft.clear();
        let time = time(first) + TimeDelta::seconds(number as i64);
        draft.id.set(&time.to_rfc3339());
        draft.headline = Line::new(&format!("Row {}", position + number));
        draft.body = Prose::new(&"w".repeat(size));
        draft.published = Stamp::new(time.fixed_offset(), Precision::Second);
        draft.kinds = Kinds::KEY;
        draft.position = (position + number) as i64;
        packer.entry(&mut draft);
    }
    packer.take(Coverage::Delta, false)
}

/// What is shown, and how many entries there are of each sort.
fn shown(session: &Session) -> (Vec<Row>, Vec<usize>) {
    let app = session.app();
    let counts = [app.timeline().len(), app.rows_in_tab().len(), app.key_events_in_tab().len()];
    (app.rows().to_vec(), counts.to_vec())
}

#[test]
fn an_entry_that_comes_late_and_is_edited_while_a_long_source_is_read_is_there_once() {
    for typed in ["", "row"] {
        let filter = (typed.to_owned(), Query::parse(typed).unwrap());
        let mut packer = Packer::new(0);
        let mut readings = vec![
            block(&mut packer, LATE, 10_000, 0, 0),
            block(&mut packer, EARLY, 1, 10_000, 0),
            block(&mut packer, EARLY, 1, 10_001, 0),
            block(&mut packer, "2025-10-14T21:00:00Z", 1, 10_002, 0),
        ];
        readings.last_mut().unwrap().complete = true;
        let session = Session::opening(Options { filter, ..options() });
        let mut session = readings.into_iter().fold(session, Session::reading).status(Status::Following);
        session.screen();
        let (rows, counts) = shown(&session);
        assert_eq!(counts, [10_002; 3], "{typed}");
        assert!(rows == session.app().timeline().order(), "{typed}");
    }
}

#[test]
fn what_gets_its_place_while_a_filter_looks_through_what_was_read_is_found_once() {
    let mut packer = Packer::new(0);
    let session = Session::opening(options()).reading(block(&mut packer, LATE, 10_000, 0, 0)).reading(block(
        &mut packer,
        EARLY,
        1,
        10_000,
        0,
    ));
    let mut session = session.keys("/");
    session.press("row");
    let end = Reading { complete: true, ..block(&mut packer, "2025-10-14T21:00:00Z", 1, 10_001, 0) };
    let mut session = session.reading(end).status(Status::Following);
    session.screen();
    assert!(shown(&session).0 == session.app().timeline().order());
}

#[test]
fn a_key_that_leads_from_an_index_to_an_entry_looks_through_no_more_than_it_must() {
    let mut packer = Packer::new(0);
    let mut session = Session::opening(options());
    for number in 0..4 {
        let first = format!("2025-10-14T0{number}:00:00Z");
        session = session.reading(block(&mut packer, &first, 2000, 2000 * number, 400));
    }
    let mut draft = Draft::default();
    draft.id.set("last");
    draft.published = Stamp::new(time(LATE).fixed_offset(), Precision::Second);
    draft.headline = Line::new("Row of boats");
    draft.body = Prose::new("“We go home,” Ivo Orr said.");
    draft.position = 9000;
    packer.entry(&mut draft);
    let mut session = session.reading(packer.take(Coverage::Delta, true)).status(Status::Following);
    session = session.keys("/row<enter>5<enter>");
    session.press("<enter>");
    assert_eq!(session.selected().as_deref(), Some("last"));
    assert!(!session.app().search_is_done(), "the rest is looked through bit by bit");
    session.screen();
    assert_eq!(session.app().rows().len(), 8001);
}

#[test]
fn an_entry_that_was_there_in_part_is_not_new_when_it_goes_on() {
    let line = |minute: usize| format!("12:{minute:02} A thing went well, and nobody minded.\n");
    let lines: String = (0..50).map(line).collect();
    let session = Session::open(&format!("Mill log\n\n{lines}"));
    let there = session.app().timeline().len();
    let session =
        session.arrive("It went on in a line of its own.\n12:52 Another thing.\n12:53 One more.").keys("2");
    let app = session.app();
    assert!(there >= 49 && app.timeline().len() > there, "{there}, then {}", app.timeline().len());
    assert_eq!(app.rows().len(), app.timeline().len() - there);
}

#[test]
fn no_silence_is_put_between_rows_that_a_key_chose_while_the_first_look_went_on() {
    let early = (0..50).map(|minute| format!("2025-10-14T10:{minute:02}:00Z"));
    let late = (0..10).map(|minute| format!("2025-10-14T16:{minute:02}:00Z"));
    let times: Vec<String> = early.chain(late).collect();
    let times: Vec<&str> = times.iter().map(String::as_str).collect();
    let mut packer = Packer::new(0);
    let mut session = Session::opening(options()).reading(reading(&mut packer, &times, false)).keys("jj");
    let before = session.screen();
    let mut session = session.reading(reading(&mut packer, &[], true)).status(Status::Following);
    let body = |screen: &support::Screen| screen.lines()[2..34].to_vec();
    assert_eq!(body(&session.screen()), body(&before), "nothing under the eye moves:\n{}", session.screen());
    let mut session = session.keys("G");
    assert!(!session.screen().contains("quiet"), "{}", session.screen());
    let mut session = session.keys("g");
    assert!(session.screen().contains("quiet 5 h"), "what was out of sight has it:\n{}", session.screen());
}
