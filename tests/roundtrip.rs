//! What is printed can be read again: any liveblog becomes JSON Lines, JSON or Markdown, and stays the same blog.

#![expect(clippy::expect_used, reason = "a helper that fails is a test that fails")]

#[path = "support/program.rs"]
mod program;

use std::{fs, path::Path};

use chrono::DateTime;
use program::run_with;
use serde_json::Value;

/// Keys that tell of a reading, not of the blog: where it came from, in which format, and what was wrong there.
const OF_THE_READING: [&str; 3] = ["location", "format", "problems"];

/// What the program prints of a `source` in the format `output`, given `input` to read.
fn printed(source: &str, output: &str, input: impl AsRef<[u8]>) -> String {
    program::printed(&run_with(input, &[source, "-o", output]))
}

/// Calls `check` with each sample, and the demo, as JSON Lines: printed once, for the demo has other times the next time.
fn each_sample(check: impl Fn(&str, &str)) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_feeds");
    let files = fs::read_dir(folder).expect("the samples").flatten();
    let names = files.map(|file| format!("sample_feeds/{}", file.file_name().display()));
    let sources: Vec<String> = names.chain(["--demo".to_owned()]).collect();
    assert!(sources.len() > 15, "the samples are not there");
    sources.iter().for_each(|source| check(source, &printed(source, "jsonl", "")));
}

/// The lines of `text` without what tells of the reading.
fn lines(text: &str) -> Vec<Value> {
    let mut lines: Vec<Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    for object in lines.iter_mut().filter_map(Value::as_object_mut) {
        OF_THE_READING.iter().for_each(|key| _ = object.remove(*key));
    }
    lines
}

fn assert_same(source: &str, before: &[Value], after: &[Value]) {
    assert_eq!(before.len(), after.len(), "{source}");
    for (before, after) in before.iter().zip(after) {
        assert_eq!(before, after, "{source}");
    }
}

#[test]
fn what_is_printed_as_json_lines_is_read_as_the_same_blog() {
    each_sample(|source, first| {
        let second = printed("-", "jsonl", first);
        assert_same(source, &lines(first), &lines(&second));
        let third = printed("-", "jsonl", &second);
        assert_same(source, &lines(&second), &lines(&third));
    });
}

#[test]
fn what_is_printed_as_one_json_object_is_read_as_the_same_blog() {
    each_sample(|source, first| {
        let object = printed("-", "json", first);
        let again = printed("-", "jsonl", &object);
        assert!(again.contains("\"format\":\"json\""), "{source}");
        assert_same(source, &lines(first), &lines(&again));
    });
}

/// What Markdown has a place for: no ids, no state, no time of a revision, no place for pictures behind the words; times
/// on the clock that is shown.
fn of_markdown(lines: &[Value]) -> Vec<Value> {
    let mut lines = lines.to_vec();
    for object in lines.iter_mut().filter_map(Value::as_object_mut) {
        let is_blog = object.get("type").is_some_and(|kind| kind == "blog");
        if is_blog {
            object.retain(|key, _| {
                ["type", "publisher", "summary", "summary_marks", "summary_links"].contains(&key.as_str())
            });
            continue;
        }
        let told = |key: &str| object.get(key).and_then(Value::as_str).unwrap_or_default();
        let instant = DateTime::parse_from_rfc3339(told("published")).map(|time| time.timestamp()).ok();
        let is_assumed =
            ["zone_assumed", "date_assumed"].iter().any(|key| object.get(*key) == Some(&true.into()));
        for key in ["id", "revised", "precision", "zone_assumed", "date_assumed"] {
            object.remove(key);
        }
        object.insert("published".to_owned(), instant.into());
        object.insert("assumed".to_owned(), is_assumed.into());
        if let Some(blocks) = object.get_mut("blocks").and_then(Value::as_array_mut) {
            while blocks.pop_if(|block| !block["media"].is_null()).is_some() {}
        }
    }
    lines
}

#[test]
fn what_is_printed_as_markdown_is_read_as_the_same_words_times_and_names() {
    each_sample(|source, first| {
        let markdown = printed("-", "markdown", first);
        let again = printed("-", "jsonl", &markdown);
        assert_same(source, &of_markdown(&lines(first)), &of_markdown(&lines(&again)));
        let title = |lines: &[Value]| lines.first().map(|blog| blog["title"].clone()).unwrap_or_default();
        let before = title(&lines(first));
        assert!(before.is_null() || before == title(&lines(&again)), "{source}: {before}");
        let second = printed("-", "markdown", &markdown);
        assert_eq!(second, markdown, "{source}");
    });
}
