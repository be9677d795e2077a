//! Markdown: what this program writes, and logs kept by hand, with a heading or a list item for each entry.
//!
//! An entry begins at a heading or an item that begins with a time. A heading that is a day dates what follows; other
//! headings of the same level are entries without a time. What is written reads back: who wrote an entry and what it is
//! stand in a line of their own below its heading, its address in one at its end.

mod blocks;
mod body;
mod inline;
mod read;
mod stamp;
pub mod write;

use crate::{
    feed::{Format, Likeness, Reader, detect},
    model::Kinds,
    text::line::Line,
};

use self::{blocks::Block, stamp::Lead};

/// Markdown with a heading or a list item for each entry.
pub const FORMAT: Format = Format {
    name: "markdown",
    about: "Markdown, as this program writes it or kept by hand, with a time at each heading or list item",
    looks_for: "Markdown or text with a time for each entry",
    sample: "lantern.md",
    rate,
    reader: Reader::Document(read::read),
};

/// The words for what an entry is.
const KINDS: [(&str, Kinds); 4] = [
    ("key event", Kinds::KEY),
    ("summary", Kinds::SUMMARY),
    ("pinned", Kinds::PINNED),
    ("breaking", Kinds::BREAKING),
];
/// The word for an entry that is printed again because it changed.
const EDITED: &str = "edited";
/// Stands above a paragraph that only looks like the line about an entry.
const GUARD: &str = "<!-- text -->";

/// How many items must begin with a time where no heading does.
const ITEMS: usize = 3;

fn rate(head: &str, is_all: bool) -> Likeness {
    let start = head.trim_start();
    if start.starts_with(['{', '[', '<']) || start.contains('\0') {
        return Likeness::No;
    }
    let blocks = blocks::split(head);
    let (mut days, mut headings, mut timed, mut items, mut timed_items, mut others) = (0, 0, 0, 0, 0, 0);
    for block in &blocks {
        match block {
            Block::Heading { text, .. } => match stamp::lead(text) {
                Some(Lead::Day(_)) => days += 1,
                Some(Lead::Stamp(..)) => timed += 1,
                None => headings += 1,
            },
            Block::Item { text, depth: 0 } => {
                items += 1;
                timed_items += usize::from(matches!(stamp::lead(text), Some(Lead::Stamp(..))));
            }
            Block::Item { .. } => {}
            Block::Paragraph(_) | Block::Quote(_) | Block::Code(_) => others += 1,
        }
    }
    // A manual has a heading with a number here and there; a log of items has little else.
    let has_headings = timed + days >= 2 && timed > 0 && timed >= headings / 2;
    let has_items = timed_items >= ITEMS && 2 * timed_items >= items && timed_items >= others / 2;
    match (has_headings, has_items) {
        (true, _) | (false, true) => Likeness::Sure,
        _ if timed > 0 && (is_all || head.len() + 4 >= detect::HEAD) => Likeness::Likely,
        _ if is_all || head.len() + 4 >= detect::HEAD => Likeness::No,
        _ => Likeness::Unsure,
    }
}

/// The authors and kinds that a line about an entry tells; `None` when `text` is no such line.
fn about(text: &str) -> Option<(Vec<Line>, Kinds)> {
    let (mut authors, mut kinds) = (Vec::new(), Kinds::NONE);
    for part in text.trim().split(" · ") {
        let bold = part.strip_prefix("**").and_then(|part| part.strip_suffix("**"));
        let kind = bold.and_then(|name| KINDS.iter().find(|(known, _)| *known == name));
        let italic = part.strip_prefix('*').and_then(|part| part.strip_suffix('*'));
        match (kind, italic) {
            (Some((_, kind)), _) => kinds |= *kind,
            (None, Some(name)) if bold.is_none() && !name.is_empty() && !has_mark(name) => {
                authors.push(inline::line(name));
            }
            _ if part == EDITED => {}
            _ => return None,
        }
    }
    Some((authors, kinds))
}

/// Whether a star stands in `text` that is not escaped, or a line ends in it.
fn has_mark(text: &str) -> bool {
    let mut before = ' ';
    text.chars().any(|char| {
        let is_mark = (char == '*' && before != '\\') || char == '\n';
        before = if before == '\\' { ' ' } else { char };
        is_mark
    })
}

#[cfg(test)]
mod tests;
