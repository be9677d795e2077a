//! How many entries one blog may hold. Beyond that its oldest go, and the reader is told.
//!
//! What went stands before all that is kept, so that telling it again does not bring it back. Its memory is given back
//! once nothing of its segment is held any more.

use crate::model::{Entry, Row, SourceId, limits};

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
        let floor =
            gone.iter().filter_map(|row| self.place(*row)).map(|place| (place.millis, place.position));
        let floor = floor.max();
        for row in &gone {
            self.source(source).removed -= usize::from(self.is_removed(*row));
            self.forget(*row);
        }
        change.added.retain(|row| !self.is_dropped(*row));
        let source = self.source(source);
        source.held -= gone.len();
        source.floor = source.floor.max(floor);
        if !gone.is_empty() {
            let message =
                format!("it has more than {most} entries, the most that are kept; the oldest are left out");
            change.problems.extend(source.problems.cut(&message));
        }
        change.dropped = gone;
    }

    /// Forgets the entry in `row`, with its earlier versions.
    fn forget(&mut self, row: Row) {
        if let Some(key) = self.entry(row).map(Entry::key) {
            self.rows.remove(&key);
        }
        let mut next = Some(row);
        while let Some(row) = next {
            next = self.older.remove(&row);
            self.last_revised.remove(&row);
            if let Some(placed) = self.places.remove(&row) {
                self.bury(placed);
            }
            self.bury(row);
        }
    }

    /// Notes that nobody needs what `row` says any more.
    pub(super) fn bury(&mut self, row: Row) {
        if self.is_dropped(row) {
            return;
        }
        self.set_flag(row, Flags::DROPPED, true);
        let after = self.slots.partition_point(|slot| slot.first <= row);
        if let Some(slot) = after.checked_sub(1).and_then(|index| self.slots.get_mut(index)) {
            slot.dead += 1;
            self.has_dead |= slot.is_dead();
        }
    }

    /// Gives back the memory of segments of which nothing is needed any more.
    pub(super) fn release(&mut self) {
        if std::mem::take(&mut self.has_dead) {
            self.slots.retain(|slot| !slot.is_dead());
        }
    }

    /// Whether the entry in `row` went because there were too many, or is an earlier version that nobody can ask for.
    pub fn is_dropped(&self, row: Row) -> bool {
        self.flag(row, Flags::DROPPED)
    }
}
