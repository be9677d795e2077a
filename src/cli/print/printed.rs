//! What was printed of each entry: what stands in the output last is what the timeline says, and it stands there once.

use std::collections::HashMap;

use crate::model::{Row, Timeline};

/// What is due of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// It does not stand in the output.
    Entry,
    /// An earlier version of it stands there.
    Revision,
    /// It stands there and was taken down.
    Removal,
}

/// See the module's description.
#[derive(Debug, Default)]
pub(super) struct Printed {
    is_any: bool,
    /// By the key of an entry, where more may be printed of it.
    last: HashMap<u64, Last>,
}

/// What was printed of an entry last.
#[derive(Debug, Clone, Copy)]
struct Last {
    row: Row,
    is_removal: bool,
}

impl Printed {
    /// Whether nothing was printed.
    pub(super) fn is_empty(&self) -> bool {
        !self.is_any
    }

    /// What is due of the entry in `row`, its newest version.
    pub(super) fn due(&self, timeline: &Timeline, row: Row) -> Option<Due> {
        let entry = timeline.entry(row)?;
        let last = self.last.get(&entry.key()).copied();
        match last.filter(|last| !last.is_removal) {
            None => (!timeline.is_removed(row)).then_some(Due::Entry),
            Some(_) if timeline.is_removed(row) => Some(Due::Removal),
            // What is open goes on.
            Some(_) if entry.is_open() => None,
            Some(last) => {
                let is_same = timeline.entry(last.row).is_some_and(|last| last.says_the_same(entry));
                (!is_same).then_some(Due::Revision)
            }
        }
    }

    /// Notes that something was printed, of which no more will be.
    pub(super) fn note_any(&mut self) {
        self.is_any = true;
    }

    /// Notes that what was due of the entry in `row` was printed.
    pub(super) fn note(&mut self, timeline: &Timeline, row: Row, due: Due) {
        let Some(entry) = timeline.entry(row) else { return };
        self.is_any = true;
        self.last.insert(entry.key(), Last { row, is_removal: due == Due::Removal });
    }

    /// Forgets what `timeline` has let go because there was too much.
    pub(super) fn forget_dropped(&mut self, timeline: &Timeline) {
        if self.last.len() > 2 * timeline.order().len() {
            self.last.retain(|_, last| !timeline.is_dropped(last.row));
        }
    }
}
