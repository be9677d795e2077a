//! Who said what, as the program prints it.

#[path = "support/program.rs"]
mod program;

use std::{path::PathBuf, process::Output};

use program::{feed, shown};

/// What comes of the program asked for quotes.
fn run(arguments: &[&str]) -> Output {
    program::run(&[&["--no-config", "--tz", "UTC", "--view", "quotes"], arguments].concat())
}

fn printed(arguments: &[&str]) -> String {
    program::printed(&run(arguments))
}

fn lines(arguments: &[&str]) -> Vec<serde_json::Value> {
    program::lines(&run(arguments))
}

/// A feed whose only entry, and whose standfirst, set words off as a quotation without any mark.
fn set_off() -> (tempfile::TempDir, PathBuf) {
    let blocks = r#"[{"start":0,"end":12,"kind":"paragraph"},{"start":14,"end":24,"kind":"quote"}]"#;
    feed(&format!(
        r#"{{"type":"blog","title":"Osby","summary":"Lind warned:\n\nStay away.","summary_blocks":{blocks}}}
{{"type":"entry","id":"one","published":"2025-10-14T09:00:00Z","body":"Orr said so:\n\nWe go now.","blocks":{blocks}}}"#
    ))
}

const HARBOUR: &str = "sample_feeds/harbour.jsonl";

#[test]
fn speakers_stand_over_what_they_say() {
    let text = printed(&[HARBOUR]);
    assert!(text.contains("Pelle Amadi · 1 quote\n  06:52  “I have rolls for the north side"), "{text}");
    assert!(text.starts_with("Old harbour bridge reopens"), "{text}");
    let markdown = printed(&[HARBOUR, "-o", "markdown"]);
    assert!(markdown.contains("## Pelle Amadi · 1 quote\n\n- 06:52 “I have rolls"), "{markdown}");
}

#[test]
fn a_quote_is_a_line_of_json_and_the_standfirst_has_no_entry() {
    let lines = lines(&[HARBOUR, "-o", "jsonl"]);
    assert_eq!(lines[0]["type"], "blog");
    assert!(lines[1..].iter().all(|line| line["type"] == "quote" && line["kind"] != "other"));
    assert!(lines[1]["entry"].is_null() && lines[1]["published"].is_null());
    assert_eq!(lines[1]["speaker"], "Odile Brandt");
    let whole = printed(&[HARBOUR, "-o", "json"]);
    let whole: serde_json::Value = serde_json::from_str(&whole).unwrap();
    assert_eq!(whole["quotes"].as_array().unwrap(), &lines[1..]);
}

#[test]
fn who_said_it_can_be_asked_for() {
    let text = printed(&[HARBOUR, "--filter", "said:amadi"]);
    assert!(text.contains("Pelle Amadi") && !text.contains("Odile Brandt"), "{text}");
    let none = run(&[HARBOUR, "--filter", "said:nobody"]);
    assert_eq!((none.status.code(), none.stdout.len()), (Some(1), 0));
}

#[test]
fn words_that_are_only_set_off_are_told_like_those_between_marks() {
    let (_folder, path) = set_off();
    let path = shown(&path);
    let told = lines(&[path, "-o", "jsonl"]);
    let told: Vec<_> =
        told[1..].iter().map(|line| (line["speaker"].as_str(), line["text"].as_str())).collect();
    assert_eq!(told, [(Some("Lind"), Some("Stay away.")), (Some("Orr"), Some("We go now."))]);
    let text = printed(&[path]);
    assert!(text.contains("Orr · 1 quote\n  09:00  We go now."), "{text}");
    let asked = lines(&[path, "-o", "jsonl", "--filter", "said:orr"]);
    assert_eq!(asked.len(), 2, "the blog and what is asked for: {asked:?}");
    let asked = lines(&[path, "-o", "jsonl", "--filter", "said:lind"]);
    assert_eq!(asked.len(), 2, "the blog and what is asked for: {asked:?}");
}

#[test]
fn sorted_text_cannot_follow() {
    assert_eq!(run(&[HARBOUR, "-f"]).status.code(), Some(2));
    assert_eq!(run(&[HARBOUR, "-f", "-o", "json"]).status.code(), Some(2));
}
