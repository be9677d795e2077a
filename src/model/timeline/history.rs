//! Earlier versions that are told late: a long log may be read from its end first, and what stands before it afterwards.
//!
//! Positions tell which came first, as long as one look goes on: they are places in one and the same file.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
};

use crate::model::{Coverage, Entry, Row, Stamp};

use super::{Flags, Timeline};

/// How far a look that tells changes has come. See the module's description.
#[derive(Debug, Default)]
pub(super) struct Course {
    /// The first row that came with it.
    first: Row,
    /// Whether positions tell which version of an entry came first.
    tells_positions: bool,
    /// The version that stands first in what was told first, by the key of its entry, where earlier ones were told since.
    eldest: HashMap<u64, Row>,
}

impl Course {
    /// A look that begins when the next row is `first`.
    pub(super) fn new(first: Row, coverage: Coverage) -> Self {
        Self { first, tells_positions: coverage == Coverage::Delta, eldest: HashMap::new() }
    }
}

/// The earlier versions of an entry, found by what they say: there may be many, and many that are told again.
pub(super) struct History<'a>(HashMap<u64, Vec<Entry<'a>>>);

impl<'a> History<'a> {
    /// Those among which `entry` is, if it is one of them.
    pub(super) fn alike(&self, entry: Entry<'_>) -> &[Entry<'a>] {
        self.0.get(&gist(entry, self.0.hasher())).map_or(&[], Vec::as_slice)
    }
}

/// A number of most of what `entry` says.
fn gist(entry: Entry<'_>, hasher: &RandomState) -> u64 {
    let times = [entry.published(), entry.revised()].map(|time| time.map(Stamp::millis));
    let gist = (entry.headline(), entry.body().text(), times, entry.link());
    hasher.hash_one(gist)
}

impl Timeline {
    /// The versions before that in `row`.
    pub(super) fn history(&self, row: Row) -> History<'_> {
        let mut history = History(HashMap::default());
        let older = std::iter::successors(self.older(row), |row| self.older(*row));
        for entry in older.filter_map(|row| self.entry(row)) {
            let gist = gist(entry, history.0.hasher());
            let alike = history.0.entry(gist).or_default();
            if !alike.iter().any(|other| other.says_the_same(entry)) {
                alike.push(entry);
            }
        }
        history
    }

    /// Whether `entry` stands before all that was told of the entry in `row` first, and is no newer.
    pub(super) fn is_earlier(&self, entry: Entry<'_>, row: Row) -> bool {
        self.stands_before(entry, row)
            && !self.is_newer(entry, row)
            && self.stands_before(entry, self.eldest(entry, row))
    }

    /// Whether `entry` stands among the earlier versions that were told first of the entry in `row`: it is told again.
    pub(super) fn is_told_again(&self, entry: Entry<'_>, row: Row) -> bool {
        self.stands_before(entry, row) && !self.stands_before(entry, self.eldest(entry, row))
    }

    /// Whether positions tell which comes first, `entry` or the version in `row`.
    fn tells_positions(&self, entry: Entry<'_>, row: Row) -> bool {
        let source = self.sources.get(usize::from(entry.source()));
        source.is_some_and(|source| source.course.tells_positions && row >= source.course.first)
    }

    fn stands_before(&self, entry: Entry<'_>, row: Row) -> bool {
        let position = self.entry(row).map_or(0, Entry::position);
        (0..position).contains(&entry.position()) && self.tells_positions(entry, row)
    }

    /// The version that stands first in what was told first of the entry in `row`.
    fn eldest(&self, entry: Entry<'_>, row: Row) -> Row {
        let source = self.sources.get(usize::from(entry.source()));
        let eldest = source.and_then(|source| source.course.eldest.get(&entry.key()));
        eldest.copied().unwrap_or_else(|| self.first_version(row))
    }

    /// Enters `new` into the history of the entry in `row`: as the latest of those that stand before what was told first.
    pub(super) fn enter_earlier(&mut self, row: Row, new: Row) {
        self.set_flag(new, Flags::SUPERSEDED, true);
        let Some(entry) = self.entry(new) else { return };
        let (key, source) = (entry.key(), entry.source());
        let eldest = self.eldest(entry, row);
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

    /// All that stands before what was told first of the entry in `row` is told: where both meet they may say the same.
    pub(super) fn end_earlier(&mut self, row: Row) {
        let Some(entry) = self.entry(row) else { return };
        let source = self.sources.get(usize::from(entry.source()));
        let eldest = source.and_then(|source| source.course.eldest.get(&entry.key()).copied());
        let Some(eldest) = eldest else { return };
        let Some(before) = self.older(eldest) else { return };
        let is_same = self.entry(before).zip(self.entry(eldest)).is_some_and(|(a, b)| a.says_the_same(b));
        if is_same {
            match self.older.remove(&before) {
                Some(older) => self.older.insert(eldest, older),
                None => self.older.remove(&eldest),
            };
            self.bury(before);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Timeline, merge::tests::reading};
    use crate::model::{Coverage, Packer};

    #[test]
    fn a_version_is_found_among_many_by_what_it_says() {
        let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
        for version in 0..100 {
            timeline.merge(reading(&mut packer, &[(1, version % 50, "words", None)], Coverage::Delta));
        }
        let newest = timeline.row_of(0, "e1").unwrap();
        let history = timeline.history(newest);
        let older = std::iter::successors(timeline.older(newest), |row| timeline.older(*row));
        let mut count = 0;
        for entry in older.filter_map(|row| timeline.entry(row)) {
            assert!(matches!(history.alike(entry), [alike] if alike.says_the_same(entry)));
            count += 1;
        }
        assert_eq!(count, 99);
    }
}
