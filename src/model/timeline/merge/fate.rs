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
}

impl Timeline {
    /// What is to be done with each entry of `segment`, knowing those before it.
    pub(super) fn fates(&self, source: SourceId, segment: &Segment) -> Vec<Fate> {
        let entries = || (0..segment.len()).filter_map(|index| Entry::new(segment, index));
        let mut fates: Vec<Fate> = entries().map(|entry| self.fate(entry)).collect();
        // What comes first goes on from the open entry, unless that is told again elsewhere.
        let open = self
            .sources
            .get(source as usize)
            .and_then(|source| source.open)
            .filter(|open| !self.is_dropped(*open));
        let is_told = |open| {
            let is_it = |fate: &Fate| match fate {
                Fate::Revises(row) | Fate::Known(row) | Fate::Outdated(row) | Fate::Earlier(row) => {
                    *row == open
                }
                Fate::New | Fate::Waits(_) | Fate::Gone => false,
            };
            fates.iter().any(is_it)
        };
        if let Some(open) = open.filter(|open| !is_told(*open))
            && let Some(first) = fates.first_mut().filter(|fate| matches!(fate, Fate::New))
        {
            *first = Fate::Revises(open);
        }
        if fates.iter().any(|fate| matches!(fate, Fate::Revises(_))) {
            self.settle_repeats(segment, &mut fates);
        }
        fates
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

    /// Settles what is to be done where `segment` speaks of an entry more than once.
    ///
    /// A log tells old versions before the newest: where its last word on an entry is known already, the ones before
    /// are history told again. What is older than what was said before it is no word at all.
    fn settle_repeats(&self, segment: &Segment, fates: &mut [Fate]) {
        // When each entry was revised last, and whether what was said last of it is known.
        let mut words: HashMap<Row, (Option<i64>, bool)> = HashMap::new();
        for (index, fate) in fates.iter_mut().enumerate() {
            let (Fate::Revises(row) | Fate::Known(row)) = *fate else { continue };
            let (last, is_known) = words.entry(row).or_insert_with(|| (self.revised(row), true));
            let told = Entry::new(segment, index).and_then(Entry::revised).map(Stamp::millis);
            if told.zip(*last).is_some_and(|(told, last)| told < last) {
                *fate = Fate::Outdated(row);
            } else {
                (*last, *is_known) = (told.or(*last), matches!(fate, Fate::Known(_)));
            }
        }
        for fate in fates {
            if let Fate::Revises(row) = *fate
                && words.get(&row).is_some_and(|(_, is_known)| *is_known)
            {
                *fate = Fate::Outdated(row);
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
        if entry.says_the_same(known) {
            Fate::Known(row)
        } else if self.is_earlier(entry, row) {
            Fate::Earlier(row)
        } else if self.is_older(entry, row) {
            Fate::Outdated(row)
        } else {
            Fate::Revises(row)
        }
    }
}
