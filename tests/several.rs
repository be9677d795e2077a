//! Several sources in one timeline, printed and in the reader.

#![expect(clippy::expect_used, reason = "a helper that fails is a test that fails")]

#[path = "support/program.rs"]
mod program;
mod support;

use std::{fs, path::PathBuf, process::Output};

use liveblog::{
    app::{Effect, Options},
    model::{Failure, FailureKind, Location, Status},
    text::line::Line,
};
use program::{lines, liveblog, stderr, stdout};
use support::{Session, options};

const FERRY: &str = r#"{"type":"blog","title":"Ferry"}
{"type":"entry","id":"a","published":"2025-10-13T10:00:00Z","headline":"Ferry leaves"}
{"type":"entry","id":"b","published":"2025-10-13T12:00:00Z","headline":"Ferry is back"}
"#;
const STORM: &str = r#"{"type":"blog","title":"Storm","state":"live"}
{"type":"entry","id":"a","published":"2025-10-13T11:00:00Z","headline":"Wind rises"}
"#;

/// What the program prints of these feeds; one without text does not exist.
fn print(feeds: &[(&str, &str)], arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in feeds.iter().filter(|(_, text)| !text.is_empty()) {
        fs::write(folder.path().join(name), text).expect("it is written");
    }
    let names: Vec<&str> = feeds.iter().map(|(name, _)| *name).collect();
    liveblog(&[&names, arguments].concat()).current_dir(folder.path()).output().expect("the program starts")
}

/// The type, the source and the id or title of each line.
fn outline(output: &Output) -> Vec<(String, u64, String)> {
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let outline = |line: &serde_json::Value| {
        let name = if line["type"] == "blog" { &line["title"] } else { &line["id"] };
        (text(&line["type"]), line["source"].as_u64().expect("a number"), text(name))
    };
    lines(output).iter().map(outline).collect()
}

#[test]
fn blogs_are_printed_in_the_order_given_and_entries_in_that_of_time() {
    let output = print(&[("ferry.jsonl", FERRY), ("storm.jsonl", STORM)], &["-o", "jsonl"]);
    let expected =
        [("blog", 0, "Ferry"), ("blog", 1, "Storm"), ("entry", 0, "a"), ("entry", 1, "a"), ("entry", 0, "b")];
    assert_eq!(
        outline(&output),
        expected.map(|(kind, source, name)| (kind.to_owned(), source, name.to_owned()))
    );
    assert_eq!(output.status.code(), Some(0));
    let output = print(&[("ferry.jsonl", FERRY), ("storm.jsonl", STORM)], &["-o", "json"]);
    let whole: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    assert_eq!(whole["blogs"].as_array().map(Vec::len), Some(2));
    assert_eq!(whole["entries"].as_array().map(Vec::len), Some(3));
}

#[test]
fn text_says_where_an_entry_comes_from() {
    let output = print(&[("ferry.jsonl", FERRY), ("storm.jsonl", STORM)], &["-o", "text", "--tz", "UTC"]);
    let text = stdout(&output);
    let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("no {words}:\n{text}"));
    assert!(place("Ferry\n") < place("Storm\n") && place("Storm\n") < place("10:00  Ferry leaves"));
    assert!(
        place("11:00  Wind rises\n       storm.jsonl") < place("12:00  Ferry is back\n       ferry.jsonl")
    );
}

#[test]
fn a_source_that_cannot_be_read_costs_the_others_nothing_but_the_exit_code() {
    let missing = [("ferry.jsonl", FERRY), ("none.jsonl", "")];
    let output = print(&missing, &["-o", "jsonl"]);
    assert_eq!((lines(&output).len(), output.status.code()), (3, Some(3)));
    assert!(
        stderr(&output).contains("none.jsonl") && stderr(&output).lines().count() == 1,
        "{}",
        stderr(&output)
    );
    let output = print(&[("ferry.jsonl", FERRY), ("other.txt", "fn main() {}\n")], &["-o", "jsonl"]);
    assert_eq!((lines(&output).len(), output.status.code()), (3, Some(4)));
    let output = print(&[("none.jsonl", ""), ("no.jsonl", "")], &["-o", "jsonl"]);
    assert_eq!(
        (lines(&output).len(), output.status.code(), stderr(&output).lines().count()),
        (0, Some(3), 2)
    );
}

#[test]
fn problems_name_their_feed() {
    let output = print(&[("ferry.jsonl", FERRY), ("storm.jsonl", &format!("{STORM}not json\n"))], &[]);
    assert!(stderr(&output).starts_with("liveblog: storm.jsonl:3: "), "{}", stderr(&output));
}

#[test]
fn standard_input_is_named_once() {
    let output = print(&[("-", ""), ("-", "")], &[]);
    assert_eq!(output.status.code(), Some(2));
}

fn reader() -> Session {
    let locations = ["ferry.jsonl", "storm.jsonl"].map(|name| Location::File(PathBuf::from(name))).to_vec();
    Session::opening(Options { locations, ..options() })
}

fn failure(kind: FailureKind, words: &str) -> Status {
    Status::Failed(Failure { kind, message: Line::new(words) })
}

#[test]
fn the_reader_shows_one_timeline_and_where_each_entry_comes_from() {
    let mut session = reader();
    assert_eq!(session.effects().len(), 2, "both are opened");
    let mut session = session.told_by(0, FERRY).told_by(1, STORM);
    let screen = session.screen();
    assert!(screen.line(0).starts_with(" All  ferry  storm "), "{}", screen.line(0));
    assert!(screen.line(1).starts_with(" Ferry · Storm "), "both titles: {}", screen.line(1));
    let at = |words: &str| screen.place(words, 0).unwrap_or_else(|| panic!("no {words}:\n{screen}")).1;
    assert!(at("ferry Ferry is back") < at("storm Wind rises"));
    assert!(at("storm Wind rises") < at("ferry Ferry leaves"));
    assert!(screen.line(4).contains("yesterday · ferry"), "the detail says so too: {}", screen.line(4));
    for (columns, rows) in [(40, 10), (20, 5), (1, 1)] {
        session = session.size(columns, rows);
        session.screen();
    }
}

#[test]
fn nothing_is_new_before_all_sources_were_looked_at() {
    let session = reader().told_by(0, FERRY).told_by(1, STORM);
    assert_eq!(session.app().arrivals().count(), 0);
    let late = r#"{"type":"entry","id":"c","published":"2025-10-13T12:30:00Z","headline":"Calm again"}"#;
    let session = session.told_by(1, &format!("{STORM}{late}\n"));
    assert_eq!(session.app().arrivals().count(), 1);
    let waiting = Status::Waiting(Line::new("the file is not there yet"));
    let session = reader().status_of(1, waiting).told_by(0, FERRY).told_by(1, STORM);
    assert_eq!(session.app().arrivals().count(), 1, "a file that comes later is new");
}

#[test]
fn one_of_several_that_fails_is_told_and_when_all_do_the_program_ends() {
    let mut session =
        reader().told_by(0, FERRY).status_of(1, failure(FailureKind::Unrecognized, "no blog in it"));
    session.effects();
    let screen = session.screen();
    assert!(
        screen.line(1).contains("storm: no blog in it") && screen.contains("Ferry is back"),
        "{}",
        screen.line(1)
    );
    assert!(session.app().failure().is_none());
    let screen = session.keys("!").screen();
    assert!(screen.line(0).contains("1 of 2 sources cannot be read"), "{screen}");
    assert!(
        screen.lines().iter().any(|line| line.contains("storm") && line.contains("no blog in it")),
        "{screen}"
    );
    let mut session = reader()
        .status_of(1, failure(FailureKind::Unrecognized, "no blog in it"))
        .status_of(0, failure(FailureKind::Unreadable, "not there"));
    assert_eq!(session.effects().last(), Some(&Effect::Quit));
    assert_eq!(session.app().failure().map(|failure| failure.kind), Some(FailureKind::Unreadable));
}

#[test]
fn the_problems_page_names_the_feed() {
    let mut session = reader().told_by(0, FERRY).told_by(1, &format!("{STORM}not json\n")).keys("!");
    assert!(session.screen().contains("storm, line 3"), "{}", session.screen());
}
