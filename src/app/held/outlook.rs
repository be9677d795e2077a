//! Outlook: what will stand once the readings of one source that are held are let in.
//!
//! It goes through each reading once, when that comes, as merging it will: what it knows depends on no reading being kept.
//! What a file lacks that was written anew is told by its order, which is known when it is let in: until then it counts.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};

use crate::model::{Coverage, Entry, Kinds, Reading, Stamp, Timeline};

/// The end of a look that listed nothing: its silence means nothing.
const NOWHERE: i64 = i64::MAX;

/// See the module's description.
#[derive(Debug, Default)]
pub(super) struct Outlook {
    entries: HashMap<u64, Expected>,
    /// The keys of what the look that goes on has shown.
    look: Option<HashSet<u64>>,
    /// How many entries stand that are not known, and how many that are known will be set otherwise.
    count: HeldCount,
    /// Where the look ended that was completed last, and the one before it.
    ends: (i64, i64),
}

/// How much is held.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HeldCount {
    /// Entries that are not known yet.
    pub new: usize,
    /// Known entries that say something else.
    pub edits: usize,
}

/// What is expected of one entry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expected {
    /// Its place on the clock.
    pub(super) place: i64,
    /// Whether it is in its place, and not pinned above all others.
    pub(super) is_listed: bool,
    /// When it was revised last, as far as any version says.
    pub(super) revised: Option<i64>,
    known: Known,
    stands: bool,
    /// When it was heard of first.
    heard: DateTime<Utc>,
}

/// How the timeline knows an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    No,
    /// As it will be.
    Alike,
    /// It will be set otherwise.
    Otherwise,
}

impl Expected {
    fn count(&self) -> HeldCount {
        HeldCount {
            new: usize::from(self.stands && self.known == Known::No),
            edits: usize::from(self.stands && self.known == Known::Otherwise),
        }
    }
}

impl Outlook {
    pub(super) fn count(&self) -> HeldCount {
        self.count
    }

    /// What is expected of the entry with this key.
    pub(super) fn entry(&self, key: u64) -> Option<&Expected> {
        self.entries.get(&key)
    }

    /// Where the look ended that was completed last, and the one before it.
    pub(super) fn ends(&self) -> (i64, i64) {
        self.ends
    }

    /// The last two looks became one.
    pub(super) fn join_ends(&mut self) {
        self.ends.0 = self.ends.0.min(self.ends.1);
    }

    /// When the last of what is new was heard of.
    pub(super) fn last_heard(&self) -> Option<DateTime<Utc>> {
        let new = self.entries.values().filter(|entry| entry.count().new > 0);
        new.map(|entry| entry.heard).max()
    }

    /// `entry` is known now. What was told of it and will stand is found by `last`, given when that was revised.
    pub(super) fn know<'a>(&mut self, entry: Entry<'_>, last: impl FnOnce(Option<i64>) -> Option<Entry<'a>>) {
        let own = entry.revised().map(Stamp::millis);
        self.change(entry.key(), |expected| {
            expected.known = Known::Alike;
            if is_outdated(expected.revised, own) {
                (expected.place, expected.is_listed) = (entry.place(), is_listed(entry));
            } else if last(expected.revised).is_some_and(|told| !told.is_set_like(entry)) {
                expected.known = Known::Otherwise;
            }
            expected.revised = expected.revised.max(own);
        });
    }

    /// `reading` came at `now`.
    pub(super) fn note(&mut self, reading: &Reading, timeline: &Timeline, now: DateTime<Utc>) {
        if reading.begins {
            self.look = Some(HashSet::new());
        }
        for entry in reading.entries() {
            self.note_entry(entry, timeline, now);
        }
        for id in &reading.removed {
            // One that is known and that no reading spoke of is counted in neither way.
            let key = Entry::key_of(reading.source, id);
            self.change(key, |entry| entry.stands = false);
        }
        if reading.complete
            && let Some(look) = self.look.take()
        {
            self.note_end(&look, reading.coverage);
        }
    }

    fn note_entry(&mut self, entry: Entry<'_>, timeline: &Timeline, now: DateTime<Utc>) {
        let key = entry.key();
        self.look.iter_mut().for_each(|look| _ = look.insert(key));
        let row = timeline.row_of(entry.source(), entry.id());
        let known = row.and_then(|row| timeline.entry(row));
        let told = entry.revised().map(Stamp::millis);
        self.entries.entry(key).or_insert_with(|| {
            let versions = std::iter::successors(row, |row| timeline.older(*row));
            let revised = versions.filter_map(|row| timeline.entry(row)?.revised()).map(Stamp::millis).max();
            let last = known.unwrap_or(entry);
            Expected {
                place: last.place(),
                is_listed: is_listed(last),
                revised,
                known: known.map_or(Known::No, |_| Known::Alike),
                stands: false,
                heard: now,
            }
        });
        self.change(key, |expected| {
            expected.stands = true;
            if !is_outdated(told, expected.revised) {
                expected.place = entry.place();
                expected.is_listed = is_listed(entry);
                expected.revised = told.or(expected.revised);
                expected.known = match known {
                    None => expected.known,
                    Some(known) if entry.is_set_like(known) => Known::Alike,
                    Some(_) => Known::Otherwise,
                };
            }
        });
    }

    /// A look that showed the entries with the keys `shown` has come to its end.
    fn note_end(&mut self, shown: &HashSet<u64>, coverage: Coverage) {
        let listed = shown.iter().filter_map(|key| self.entries.get(key)).filter(|entry| entry.is_listed);
        let end = listed.map(|entry| entry.place).min().unwrap_or(NOWHERE);
        self.ends = (end, self.ends.0);
        let above = match coverage {
            Coverage::Delta | Coverage::Cut | Coverage::Rewritten => return,
            Coverage::Window => Some(end),
            Coverage::Whole => None,
        };
        let is_missing = |key: &u64, entry: &Expected| {
            !shown.contains(key) && above.is_none_or(|above| entry.place > above)
        };
        let stands = self.entries.iter().filter(|(_, entry)| entry.stands);
        let missing: Vec<u64> =
            stands.filter(|(key, entry)| is_missing(key, entry)).map(|(key, _)| *key).collect();
        missing.into_iter().for_each(|key| self.change(key, |entry| entry.stands = false));
    }

    fn change(&mut self, key: u64, change: impl FnOnce(&mut Expected)) {
        let Some(entry) = self.entries.get_mut(&key) else { return };
        let before = entry.count();
        change(entry);
        let after = entry.count();
        self.count.new = self.count.new + after.new - before.new;
        self.count.edits = self.count.edits + after.edits - before.edits;
    }
}

fn is_listed(entry: Entry<'_>) -> bool {
    !entry.kinds().contains(Kinds::PINNED)
}

/// Whether what was revised when it is `told` is older than what is `known`.
fn is_outdated(told: Option<i64>, known: Option<i64>) -> bool {
    told.zip(known).is_some_and(|(told, known)| told < known)
}
