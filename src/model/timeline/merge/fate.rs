//! What is to be done with each entry of a reading.

use std::collections::HashMap;

use crate::model::{Entry, Row, Segment, SourceId, Stamp};

use super::super::Timeline;

/// What is to be done with one entry of a reading.
pub(super) enum Fate {
    New,
    Revises(Row),
    Known(Row),
    /// It is older than what is known, or than what its reading says later.
    Outdated(Row),
    /// It is an earlier version of what is known, which was told first.
    Earlier(Row),
    /// It is a version of what is known that the same look has told, and tells again in its place.
    ToldAgain(Row),
    /// Its look may say more of it: it is merged at the look's end.
    Waits(Row),
    /// It stands before all that is kept of a blog that has too many.
    Gone,
}

impl Fate {
    /// Whether a row is kept for it.
    pub(super) fn brings_a_row(&self) -> bool {
        matches!(self, Self::New | Self::Revises(_) | Self::Earlier(_))
    }

    /// The row of the entry it speaks of, where that is known.
    fn row(&self) -> Option<Row> {
        match self {
            Self::Revises(row)
            | Self::Known(row)
            | Self::Outdated(row)
            | Self::Earlier(row)
            | Self::ToldAgain(row)
            | Self::Waits(row) => Some(*row),
            Self::New | Self::Gone => None,
        }
    }
}

impl Timeline {
    /// What is to be done with each entry of `segment`, if it were the only one.
    pub(super) fn fates(&self, segment: &Segment) -> Vec<Fate> {
        let entries = (0..segment.len()).filter_map(|index| Entry::new(segment, index));
        entries.map(|entry| self.fate(entry)).collect()
    }

    /// What comes first goes on from the open entry, unless that is told again elsewhere.
    pub(super) fn go_on_from_open(&self, source: SourceId, fates: &mut [Fate]) {
        let open = self.sources.get(usize::from(source)).and_then(|source| source.open);
        let Some(open) = open.filter(|open| !self.is_dropped(*open)) else { return };
        let is_told = fates.iter().any(|fate| fate.row() == Some(open));
        if !is_told && let Some(first) = fates.first_mut().filter(|fate| matches!(fate, Fate::New)) {
            *first = Fate::Revises(open);
        }
    }

    /// Whether `entry` was revised later than the entry in `row`.
    pub(in super::super) fn is_newer(&self, entry: Entry<'_>, row: Row) -> bool {
        let told = entry.revised().map(Stamp::millis);
        told.zip(self.revised(row)).is_some_and(|(told, known)| told > known)
    }

    /// Whether `entry` was revised earlier than the entry in `row`.
    pub(super) fn is_older(&self, entry: Entry<'_>, row: Row) -> bool {
        let told = entry.revised().map(Stamp::millis);
        told.zip(self.revised(row)).is_some_and(|(told, known)| told < known)
    }

    /// Settles what is to be done where `segment` speaks of a known entry more than once: each time as if what stands
    /// before were entered already, so that it does not matter where readings are cut.
    pub(super) fn settle_repeats(&self, segment: &Segment, fates: &mut [Fate]) {
        if !fates.iter().any(|fate| matches!(fate, Fate::Revises(_))) {
            return;
        }
        // What says last what an entry is, and when that was revised last.
        let mut words: HashMap<Row, (Entry<'_>, Option<i64>)> = HashMap::new();
        for (index, fate) in fates.iter_mut().enumerate() {
            let (Some(row), Some(entry)) = (fate.row(), Entry::new(segment, index)) else { continue };
            let told = entry.revised().map(Stamp::millis);
            match (words.get_mut(&row), &fate) {
                (None, Fate::Revises(_)) => {
                    words.insert(row, (entry, told.or_else(|| self.revised(row))));
                }
                (None, _) | (_, Fate::Waits(_)) => {}
                (Some((_, last)), _) if told.zip(*last).is_some_and(|(told, last)| told < last) => {
                    *fate = Fate::Outdated(row);
                }
                (Some((word, _)), _) if word.says_the_same(entry) => *fate = Fate::Known(row),
                (Some(said), _) => {
                    *said = (entry, told.or(said.1));
                    *fate = Fate::Revises(row);
                }
            }
        }
    }

    fn fate_of_unknown(&self, entry: Entry<'_>) -> Fate {
        let floor = self.sources.get(usize::from(entry.source())).and_then(|source| source.floor);
        if floor.is_some_and(|floor| (entry.place(), entry.position()) <= floor) {
            Fate::Gone
        } else {
            Fate::New
        }
    }

    fn fate(&self, entry: Entry<'_>) -> Fate {
        let Some(row) = self.rows.get(&entry.key()).copied() else { return self.fate_of_unknown(entry) };
        let Some(known) = self.entry(row) else { return Fate::New };
        if self.is_earlier(entry, row) {
            Fate::Earlier(row)
        } else if self.is_told_again(entry, row) {
            Fate::ToldAgain(row)
        } else if entry.says_the_same(known) {
            Fate::Known(row)
        } else if self.is_older(entry, row) {
            Fate::Outdated(row)
        } else {
            Fate::Revises(row)
        }
    }
}
