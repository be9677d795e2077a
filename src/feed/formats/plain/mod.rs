//! Liveblogs as plain text: copied or scraped from a page, or kept by hand.
//!
//! A line is judged by itself first (`sight`), as text or as a line that carries a time. The first stamps of a text decide
//! together which of those are stamps, and whether a stamp heads its entry or closes it (`choice`). Then lines become
//! entries as they come (`page`, `entry`), days and zones are settled in order (`days`), and what the page has beside its
//! entries is left out (`noise`, `intro`). No rule knows a publisher.

pub(super) mod calendar;
mod choice;
pub(super) mod days;
mod entry;
mod intro;
pub(super) mod name;
pub(super) mod noise;
mod page;
mod queue;
mod row;
pub(super) mod scan;
pub(super) mod sight;
mod stream;

#[cfg(test)]
mod tests;

use crate::feed::{Format, Likeness, Reader, detect};

use self::{
    row::Row,
    sight::{Sight, Strength},
};

/// Plain text with a time above or below each entry.
pub const FORMAT: Format = Format {
    name: "plain",
    about: "plain text, copied from a page or kept by hand, with a time above or below each entry",
    looks_for: "Markdown or text with a time for each entry",
    sample: "harbour.txt",
    rate,
    reader: Reader::Stream { open: stream::open, lines_stand_alone: false },
};

/// How many stamps make sure that a text is a liveblog.
const SURE: usize = 3;

fn rate(head: &str, is_all: bool) -> Likeness {
    let start = head.trim_start();
    if start.starts_with(['{', '[', '<']) || is_binary(head) || is_markdown(start) {
        return Likeness::No;
    }
    // The last line may be half there.
    let ended =
        if is_all { head } else { head.rfind('\n').and_then(|end| head.get(..end)).unwrap_or_default() };
    let mut seen = Seen::default();
    ended.split(['\n', '\r']).for_each(|line| seen.add(line));
    let likeness = seen.likeness();
    let may_come = !is_all && head.len() + 4 < detect::HEAD;
    if likeness == Likeness::No && may_come { Likeness::Unsure } else { likeness }
}

/// Whether more than a stray character of `text` is none.
fn is_binary(text: &str) -> bool {
    100 * text.bytes().filter(|byte| *byte == 0).count() > text.len()
}

/// Whether `text` begins with front matter or a heading of Markdown.
fn is_markdown(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    let heading = line.trim_start_matches('#');
    line.trim_end() == "---" || (heading.len() < line.len() && heading.starts_with(' '))
}

/// What has been seen of a text.
#[derive(Debug, Default)]
struct Seen {
    strong: usize,
    fair: usize,
    weak: usize,
    dashes: usize,
    relatives: usize,
    texts: usize,
    sentences: usize,
    /// Whether the line before was a stamp too.
    is_stamp: bool,
}

impl Seen {
    fn add(&mut self, line: &str) {
        let row = Row::new(line, 0, false);
        if row.text.is_empty() {
            return;
        }
        let was_stamp = std::mem::take(&mut self.is_stamp);
        match &row.sight {
            Sight::Stamp(found) => {
                self.texts += usize::from(found.is_inline);
                self.is_stamp = !found.is_inline;
                match found.strength {
                    // A column of times is a table.
                    _ if was_stamp => {}
                    Strength::Strong => self.strong += 1,
                    Strength::Fair => self.fair += 1,
                    Strength::Weak => self.weak += 1,
                }
            }
            Sight::Dash => self.dashes += 1,
            Sight::Text => {
                self.texts += 1;
                self.sentences += usize::from(noise::is_sentence(&row.text));
            }
            Sight::Relative { .. } => self.relatives += 1,
            Sight::Updated(_) | Sight::Day(_) => {}
        }
    }

    fn likeness(&self) -> Likeness {
        let (strong, fair) = (self.strong, self.strong + self.fair);
        // The stamps of a liveblog stand among text, but not one in every few hundred lines of it.
        let is_dense = |count: usize| count > 0 && self.texts > 0 && self.texts / count < 300;
        let is_sure = (strong >= 1 && self.sentences > 0) || strong >= 2 || fair >= SURE;
        if is_sure && is_dense(fair) {
            Likeness::Sure
        } else if (fair >= 1 && is_dense(fair) && self.sentences > 0)
            || (self.weak >= SURE && is_dense(10 * self.weak))
            || (self.relatives >= SURE && self.sentences >= self.relatives)
            || (self.dashes >= 2 && self.sentences > 0 && is_dense(self.dashes))
        {
            Likeness::Likely
        } else {
            Likeness::No
        }
    }
}
