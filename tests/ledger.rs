//! The numbers and how they moved, as the program prints them.

#![expect(clippy::expect_used, reason = "a helper that fails is a test that fails")]

use std::{
    io::Write,
    process::{Command, Stdio},
};

/// Three entries, an hour apart.
const STORM: &str = "\
{\"type\":\"entry\",\"id\":\"a\",\"published\":\"2025-04-28T04:10:00Z\",\"body\":\"At least 12 people were killed, and 300 boats sank.\"}
{\"type\":\"entry\",\"id\":\"b\",\"published\":\"2025-04-28T05:10:00Z\",\"body\":\"The storm has killed 17 people.\"}
{\"type\":\"entry\",\"id\":\"c\",\"published\":\"2025-04-28T06:10:00Z\",\"body\":\"19 killed on 28 April.\"}
";

/// What the program prints of the storm, and its exit code.
fn printed(arguments: &[&str]) -> (String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_liveblog"));
    command.args(["-", "--no-config", "--tz", "UTC", "--view", "numbers"]).args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program runs");
    child.stdin.take().expect("it is piped").write_all(STORM.as_bytes()).expect("it is read");
    let output = child.wait_with_output().expect("it ends");
    (String::from_utf8(output.stdout).expect("what is printed is text"), output.status.code())
}

#[test]
fn what_moved_is_one_line_and_the_rest_stands_alone() {
    let (text, code) = printed(&[]);
    assert_eq!(code, Some(0));
    let moved = "killed: 12 → 17 → 19 (04:10 … 06:10)\n\n300: At least 12 people were killed";
    assert!(text.contains(moved), "{text}");
    assert!(printed(&["--ascii"]).0.contains("killed: 12 -> 17 -> 19 (04:10 ... 06:10)"));
    assert!(printed(&["-o", "markdown"]).0.contains("- **killed**: 12 → 17 → 19 (04:10 … 06:10)"));
}

#[test]
fn time_and_filter_leave_entries_out() {
    assert!(printed(&["--since", "2025-04-28T05:00:00Z"]).0.contains("killed: 17 → 19"));
    assert!(printed(&["--filter", "-storm"]).0.contains("killed: 12 → 19"));
    assert_eq!(printed(&["--filter", "nothing"]), (String::new(), Some(1)));
}

#[test]
fn a_number_is_a_line_of_json_with_its_sentence() {
    let (lines, _) = printed(&["-o", "jsonl", "--limit", "1"]);
    let lines: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told: Vec<_> = lines[1..].iter().map(|line| (&line["entry"], &line["text"], &line["kind"])).collect();
    assert_eq!(told.len(), 2, "{lines:?}");
    assert_eq!((told[0].0.as_str(), told[0].1.as_str()), (Some("c"), Some("19")));
    assert_eq!(lines[1]["sentence"], "19 killed on 28 April.");
    assert_eq!(lines[1]["value"], 19.0);
}
