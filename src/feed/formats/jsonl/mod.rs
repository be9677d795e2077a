//! JSON entries: one object a line, or one array or object of them. The program's own schema and the usual aliases.
//!
//! What is written as JSON Lines reads back as the same blog.

mod document;
mod fields;
mod fill;
mod lines;
mod repair;
pub mod write;

use crate::feed::{Format, Likeness, Reader};

/// One object a line.
pub const LINES: Format = Format {
    name: "jsonl",
    about: "one JSON object a line: this program's own, or with the usual keys",
    looks_for: "lines of JSON objects with a text and a time",
    sample: "harbour.jsonl",
    rate: rate_lines,
    reader: Reader::Stream { open: lines::open, lines_stand_alone: true },
};

/// One array or object of entries.
pub const DOCUMENT: Format = Format {
    name: "json",
    about: "one JSON array of entries, or an object that holds one",
    looks_for: "a JSON array of objects with a text and a time",
    sample: "harbour.json",
    rate: rate_document,
    reader: Reader::Document(document::read),
};

/// How many lines are tried before a source is taken for something else.
const TRIED: usize = 20;

fn rate_lines(head: &str, is_all: bool) -> Likeness {
    if !head.trim_start().starts_with('{') {
        return Likeness::No;
    }
    let ended = head.rfind('\n').map_or("", |end| head.get(..end).unwrap_or_default());
    let tried = if is_all { head } else { ended };
    let mut lines = tried.lines().filter(|line| !line.trim().is_empty()).take(TRIED).peekable();
    let is_single = lines.clone().count() == 1;
    if lines.peek().is_none() {
        return Likeness::Unsure;
    }
    let rated = lines.map(|line| fields::rate(line, is_single)).max().unwrap_or(Likeness::No);
    if rated == Likeness::No && !is_all && is_single { Likeness::Unsure } else { rated }
}

fn rate_document(head: &str, is_all: bool) -> Likeness {
    let start = head.trim_start();
    if !start.starts_with(['[', '{']) {
        return Likeness::No;
    }
    if !is_all {
        // Whether its entries are ones can be told from the whole alone; a line of JSON Lines is surer.
        return Likeness::Likely;
    }
    document::rate(start)
}
