//! The numbers and how they moved, as the program prints them.

#[path = "support/program.rs"]
mod program;

use std::process::Output;

use program::{lines, run_with, stdout};

/// Three entries, an hour apart.
const STORM: &str = "\
{\"type\":\"entry\",\"id\":\"a\",\"published\":\"2025-04-28T04:10:00Z\",\"body\":\"At least 12 people were killed, and 300 boats sank.\"}
{\"type\":\"entry\",\"id\":\"b\",\"published\":\"2025-04-28T05:10:00Z\",\"body\":\"The storm has killed 17 people.\"}
{\"type\":\"entry\",\"id\":\"c\",\"published\":\"2025-04-28T06:10:00Z\",\"body\":\"19 killed on 28 April.\"}
";

/// What comes of the storm when the program is asked for its numbers.
fn run(arguments: &[&str]) -> Output {
    run_with(STORM, &[&["-", "--no-config", "--tz", "UTC", "--view", "numbers"], arguments].concat())
}

/// What the program prints of the storm, and its exit code.
fn printed(arguments: &[&str]) -> (String, Option<i32>) {
    let output = run(arguments);
    (stdout(&output), output.status.code())
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
    let lines = lines(&run(&["-o", "jsonl", "--limit", "1"]));
    let told: Vec<_> = lines[1..].iter().map(|line| (&line["entry"], &line["text"], &line["kind"])).collect();
    assert_eq!(told.len(), 2, "{lines:?}");
    assert_eq!((told[0].0.as_str(), told[0].1.as_str()), (Some("c"), Some("19")));
    assert_eq!(lines[1]["sentence"], "19 killed on 28 April.");
    assert_eq!(lines[1]["value"], 19.0);
}
