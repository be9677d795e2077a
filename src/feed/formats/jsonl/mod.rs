//! JSON entries: one object a line, or one array or object of them. The program's own schema and the usual aliases.
//!
//! What is written as JSON Lines reads back as the same blog.

mod document;
mod fields;
mod fill;
pub mod found;
mod lines;
mod outline;
pub(super) mod repair;
mod words;
pub mod write;

use crate::feed::{Format, Likeness, Reader};

/// One object a line.
pub const LINES: Format = Format {
    name: "jsonl",
    about: "one JSON object a line: this program's own, or with the usual keys",
    looks_for: "JSON objects with a text and a time",
    sample: "harbour.jsonl",
    rate: rate_lines,
    reader: Reader::Stream { open: lines::open, lines_stand_alone: true },
};

/// One array or object of entries.
pub const DOCUMENT: Format = Format {
    name: "json",
    about: "one JSON array of entries, or an object that holds one",
    looks_for: "JSON objects with a text and a time",
    sample: "harbour.json",
    rate: rate_document,
    reader: Reader::Document(document::read),
};

/// How many lines are tried before a source is taken for something else.
const TRIED: usize = 20;

fn rate_lines(head: &str, is_all: bool) -> Likeness {
    let head = head.trim_start_matches(|char: char| char.is_whitespace() || char == '\u{1e}');
    if !head.starts_with('{') {
        return Likeness::No;
    }
    let ended = head.rfind('\n').map_or("", |end| head.get(..end).unwrap_or_default());
    let tried = if is_all { head } else { ended };
    let lines: Vec<&str> = tried.lines().filter(|line| !line.trim().is_empty()).take(TRIED).collect();
    let rate = |line: &&str| fields::rate(line, lines.len() == 1);
    // A document may hold each of its entries in a line.
    if lines.first().is_some_and(|first| rate(first) == Likeness::No) && outline::is_document(head) {
        return Likeness::No;
    }
    match lines.iter().map(rate).max() {
        Some(rated) if rated != Likeness::No || is_all || lines.len() > 1 => rated,
        // The first line is longer than what is known of it, or an object over many lines has just begun.
        _ => outline::rate_lines(head, is_all),
    }
}

fn rate_document(head: &str, is_all: bool) -> Likeness {
    let start = head.trim_start();
    if !start.starts_with(['[', '{']) {
        return Likeness::No;
    }
    if is_all { document::rate(start) } else { outline::rate_document(start) }
}
