//! What is taken down, and what comes back.
//!
//! A merge tells what is different after it: what came back and went again within it is told as neither.

use std::collections::HashSet;

use crate::model::{Entry, Row};

use super::{Change, Flags, Timeline};

impl Timeline {
    /// How many entries of the source of `row` were taken down.
    fn removed_beside(&mut self, row: Row) -> Option<&mut usize> {
        let source = self.entry(row).map(Entry::source)?;
        Some(&mut self.source(source).removed)
    }

    pub(super) fn remove(&mut self, row: Row, change: &mut Change) {
        if !self.is_removed(row) && !self.is_dropped(row) {
            self.set_flag(row, Flags::REMOVED, true);
            self.removed_beside(row).into_iter().for_each(|removed| *removed += 1);
            change.removed.push(row);
        }
    }

    pub(super) fn restore(&mut self, row: Row, change: &mut Change) {
        if self.is_removed(row) {
            self.set_flag(row, Flags::REMOVED, false);
            self.removed_beside(row).into_iter().for_each(|removed| *removed -= 1);
            change.restored.push(row);
        }
        if self.has_fallen_away(row) {
            self.set_flag(row, Flags::FALLEN, false);
            change.fell_away = true;
        }
    }

    /// Leaves among the restored what stands as it was: not what a later version replaced, nor what was taken down again,
    /// of which nothing changed.
    pub(super) fn settle_restored(&self, change: &mut Change) {
        if change.restored.is_empty() {
            return;
        }
        let back: HashSet<Row> = change.restored.iter().map(|row| self.current(*row)).collect();
        change.removed.retain(|row| !back.contains(row));
        change.restored.retain(|row| self.is_current(*row) && !self.is_removed(*row));
    }
}
