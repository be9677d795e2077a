//! A line of the text, as it is kept until its entry is made.

use super::{
    calendar::starts_with_digit,
    scan,
    sight::{self, Sight},
};

/// The most lines of one entry that are kept apart; those after them join the last.
const MOST: usize = 20_000;

/// A line that is not empty.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Clean, without white space at its ends.
    pub text: String,
    /// The byte offset at which the line begins in the source.
    pub offset: u64,
    /// Whether an empty line stands before it.
    pub gap: bool,
    pub sight: Sight,
}

impl Row {
    /// The row of a line that begins at `offset`.
    pub(super) fn new(line: &str, offset: u64, gap: bool) -> Self {
        let text = sight::cleaned(line).into_owned();
        let sight = sight::sight(&text);
        Self { text, offset, gap, sight }
    }

    /// Whether a line that is not over may have only half of its stamp, or a stamp without enough words to be known for one.
    pub(super) fn may_become_a_stamp(&self) -> bool {
        let is_clock = || scan::times(&self.text).is_some_and(|(times, _)| times.clock.is_some());
        let is_text = self.sight == Sight::Text && starts_with_digit(&self.text);
        is_text && (!self.text.contains(char::is_alphabetic) || is_clock())
    }

    /// Makes it text, for want of others like it.
    pub(super) fn into_text(mut self) -> Self {
        self.sight = Sight::Text;
        self
    }
}

/// Adds `row` to `rows`, within bounds.
pub(super) fn add(rows: &mut Vec<Row>, row: Row) {
    let is_full = rows.len() >= MOST;
    match rows.last_mut() {
        Some(last) if is_full => {
            last.text.push_str("\n\n");
            last.text.push_str(&row.text);
        }
        _ => rows.push(row),
    }
}
