//! What was there when a file was settled last: it tells a file that was rewritten from one that was cut or rotated.

use crate::{
    model::{Coverage, Entry, Reading},
    text::line::Line,
};

/// See the module's description.
#[derive(Debug, Default)]
pub(super) struct Memory {
    length: u64,
    /// The entry that stood last.
    last: Option<Line>,
    /// Whether this look shows that entry again.
    holds_last: bool,
    /// The entry that stands last in this look, and where.
    newest: Option<(i64, Line)>,
    /// Whether the file that was settled last has another name now.
    is_rotated: bool,
}

impl Memory {
    /// Whether nothing was ever read.
    pub(super) fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// A look begins anew; `is_rotated`: what was read before stands elsewhere now.
    pub(super) fn begin(&mut self, is_rotated: bool) {
        self.is_rotated |= is_rotated;
        self.holds_last = false;
        self.newest = None;
    }

    /// Notes what a look shows; `is_again` when it began anew.
    pub(super) fn note(&mut self, reading: &Reading, is_again: bool) {
        if is_again && !self.holds_last {
            self.holds_last = ids(reading).any(|id| self.last.as_deref() == Some(id));
        }
        let last = reading.segment.len().checked_sub(1);
        if let Some(entry) = last.and_then(|index| Entry::new(&reading.segment, index))
            && self.newest.as_ref().is_none_or(|(position, _)| *position <= entry.position())
        {
            self.newest = Some((entry.position(), Line::new(entry.id())));
        }
    }

    /// What the silence of a look at a file of `length` bytes means. What a file lost by being cut, emptied or rotated
    /// away was not taken down by anyone.
    pub(super) fn coverage(&self, length: u64) -> Coverage {
        let is_rewritten = self.holds_last || (length >= self.length && !self.is_rotated);
        if is_rewritten { Coverage::Rewritten } else { Coverage::Cut }
    }

    /// The look is settled. One that shows nothing is no look: what follows is compared with what was there before.
    pub(super) fn settle(&mut self, length: u64) {
        if length > 0 {
            self.length = length;
            self.is_rotated = false;
            if let Some((_, id)) = &self.newest {
                self.last = Some(id.clone());
            }
        }
    }
}

/// The ids of the entries in `reading`.
fn ids(reading: &Reading) -> impl Iterator<Item = &str> {
    let segment = &reading.segment;
    (0..segment.len()).filter_map(|index| Entry::new(segment, index)).map(Entry::id)
}
