//! Earlier versions that are told late: a long log may be read from its end first, and what stands before it afterwards.
//!
//! Positions tell which came first, as long as one look goes on: they are places in one and the same file.

use std::collections::HashMap;

use crate::model::{Entry, Row};

use super::{Flags, SourceState, Timeline};

/// How far a look that tells changes has come. See the module's description.
#[derive(Debug, Default)]
pub(super) struct Course {
    /// The first row that came with it.
    first: Row,
    /// The version that stands first in what was told first, by the key of its entry, where earlier ones were told since.
    eldest: HashMap<u64, Row>,
}

impl Course {
    /// A look that begins when the next row is `first`.
    pub(super) fn new(first: Row) -> Self {
        Self { first, eldest: HashMap::new() }
    }
}

impl SourceState {
    /// Whether positions tell which version of an entry came first.
    fn tells_positions(&self) -> bool {
        self.look.is_none()
    }
}

impl Timeline {
    /// Whether `entry` stands before all that was told of the entry in `row` first, and is no newer.
    pub(super) fn is_earlier(&self, entry: Entry<'_>, row: Row) -> bool {
        let source = self.sources.get(usize::from(entry.source()));
        let Some(source) = source.filter(|source| source.tells_positions()) else { return false };
        let stands_before = |row| {
            let position = self.entry(row).map_or(0, Entry::position);
            row >= source.course.first && (0..position).contains(&entry.position())
        };
        let is_newer = self.is_newer(entry, row);
        !is_newer && stands_before(row) && stands_before(self.eldest(entry.key(), source, row))
    }

    /// The version that stands first in what was told first of the entry in `row`.
    fn eldest(&self, key: u64, source: &SourceState, row: Row) -> Row {
        source.course.eldest.get(&key).copied().unwrap_or_else(|| self.first_version(row))
    }

    /// Enters `new` into the history of the entry in `row`: as the latest of those that stand before what was told first.
    pub(super) fn enter_earlier(&mut self, row: Row, new: Row) {
        self.set_flag(new, Flags::SUPERSEDED, true);
        let Some(entry) = self.entry(new) else { return };
        let (key, source) = (entry.key(), entry.source());
        let Some(state) = self.sources.get(usize::from(source)) else { return };
        let eldest = self.eldest(key, state, row);
        let before = self.older(eldest);
        if before.and_then(|before| self.entry(before)).is_some_and(|before| before.says_the_same(entry)) {
            self.bury(new);
            return;
        }
        let has_words_of = |other| self.entry(other).is_some_and(|other| other.has_the_words_of(entry));
        let is_edit = before.is_some_and(|before| self.is_edited(before) || !has_words_of(before));
        let is_edited_since = is_edit || !has_words_of(eldest);
        self.set_flag(new, Flags::EDITED, is_edit);
        if is_edited_since {
            self.set_flag(row, Flags::EDITED, true);
        }
        before.map(|before| self.older.insert(new, before));
        self.older.insert(eldest, new);
        self.source(source).course.eldest.insert(key, eldest);
    }
}
