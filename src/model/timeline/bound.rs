//! How many entries one blog may hold. Beyond that its oldest go, and the reader is told.
//!
//! What went is remembered by its id, so that telling it again does not bring it back.

use crate::model::{Entry, Problem, SourceId, limits};

use super::{Change, Flags, Timeline};

/// How many entries more than allowed may stand until a look is complete, so that a long one is cut now and then only.
const SLACK: usize = limits::ENTRIES / 64;

impl Timeline {
    /// Lets the oldest entries of `source` go when it holds more than a blog may.
    pub(super) fn bound(&mut self, source: SourceId, is_complete: bool, change: &mut Change) {
        let slack = if is_complete { 0 } else { SLACK };
        if self.source(source).held > limits::ENTRIES + slack {
            self.keep_newest(source, limits::ENTRIES, change);
        }
    }

    /// Keeps the newest `most` entries of `source`.
    pub(super) fn keep_newest(&mut self, source: SourceId, most: usize, change: &mut Change) {
        let over = self.source(source).held.saturating_sub(most);
        let mut order = std::mem::take(&mut self.order);
        let gone = order.take_oldest(over, |row| self.entry(row).map(Entry::source) == Some(source));
        self.order = order;
        for row in &gone {
            self.removed_count -= usize::from(self.is_removed(*row));
            self.set_flag(*row, Flags::REMOVED, false);
            self.set_flag(*row, Flags::DROPPED, true);
        }
        change.added.retain(|row| !self.is_dropped(*row));
        let source = self.source(source);
        source.held -= gone.len();
        if !gone.is_empty() && !std::mem::replace(&mut source.is_over, true) {
            let message =
                format!("it has more than {most} entries, the most that are kept; the oldest are left out");
            source.problems.push(Problem::new(None, &message));
            change.problems = true;
        }
    }

    /// Whether the entry in `row` went because there were too many.
    pub(super) fn is_dropped(&self, row: crate::model::Row) -> bool {
        self.flag(row, Flags::DROPPED)
    }
}
