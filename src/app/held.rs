//! What is held: readings that wait to be let in, those of each source in the order in which they came.
//!
//! What a source only adds is kept as it came. Of one that is looked at again and again, what an older look said is kept
//! no longer than it counts: letting in what is kept leaves every entry as letting in everything would, but for what came
//! and went meanwhile.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::model::{Coverage, Entry, Kinds, Reading, SourceId, Timeline};

/// Readings that wait. See the module's description.
#[derive(Debug, Default)]
pub(super) struct Held {
    sources: BTreeMap<SourceId, Waiting>,
}

/// The readings of one source.
#[derive(Debug, Default)]
struct Waiting {
    readings: Vec<Reading>,
    /// The keys of those entries in them that are not known yet.
    new: HashSet<u64>,
}

/// What a look says, by id.
type Said<'a> = HashMap<&'a str, Vec<Entry<'a>>>;

impl Held {
    /// How many entries are in it that are not known yet.
    pub(super) fn count(&self) -> usize {
        self.sources.values().map(|waiting| waiting.new.len()).sum()
    }

    /// Keeps `reading`.
    pub(super) fn push(&mut self, reading: Reading, timeline: &Timeline) {
        let waiting = self.sources.entry(reading.source).or_default();
        waiting.new.extend(new(&reading, timeline));
        waiting.readings.push(reading);
        if waiting.join_looks() {
            waiting.new = waiting.readings.iter().flat_map(|reading| new(reading, timeline)).collect();
        }
    }

    /// `entry` is known now.
    pub(super) fn know(&mut self, entry: Entry<'_>) {
        if let Some(waiting) = self.sources.get_mut(&entry.source()) {
            waiting.new.remove(&entry.key());
        }
    }

    /// All that waits.
    pub(super) fn into_readings(self) -> impl Iterator<Item = Reading> {
        self.sources.into_values().flat_map(|waiting| waiting.readings)
    }
}

/// The keys of the entries of `reading` that are not known yet.
fn new<'a>(reading: &'a Reading, timeline: &'a Timeline) -> impl Iterator<Item = u64> + 'a {
    let is_new = |entry: &Entry<'_>| timeline.row_of(reading.source, entry.id()).is_none();
    reading.entries().filter(is_new).map(Entry::key)
}

impl Waiting {
    /// Where a look has just come to its end right behind another one whose silence means the same, keeps of that one what
    /// still counts alone; tells whether it did.
    fn join_looks(&mut self) -> bool {
        let Some(start) = last_look(&self.readings) else { return false };
        let (before, newer) = self.readings.split_at(start);
        let Some(begin) = last_look(before) else { return false };
        let coverage = newer.first().map(|reading| reading.coverage);
        let mut both = self.readings.iter().skip(begin);
        let Some(coverage) = coverage.filter(|_| both.all(|reading| Some(reading.coverage) == coverage))
        else {
            return false;
        };
        // What falls away with a file depends on each look at it.
        if matches!(coverage, Coverage::Rewritten | Coverage::Cut) {
            return false;
        }
        let mut newer = self.readings.split_off(start);
        let mut older = self.readings.split_off(begin);
        keep_what_counts(&mut older, &mut newer, coverage);
        self.readings.append(&mut older);
        self.readings.append(&mut newer);
        true
    }
}

/// Where the look begins that ends with the last of `readings`; `None` where none does.
fn last_look(readings: &[Reading]) -> Option<usize> {
    let (last, before) = readings.split_last().filter(|(last, _)| last.complete)?;
    if last.begins {
        return Some(before.len());
    }
    let start = before.iter().rposition(|reading| reading.begins || reading.complete)?;
    before.get(start).is_some_and(|reading| !reading.complete).then_some(start)
}

/// Keeps of the look `older` what still counts beside `newer`, which followed it. Both become one look, unless their
/// silence means nothing.
fn keep_what_counts(older: &mut Vec<Reading>, newer: &mut [Reading], coverage: Coverage) {
    let said = said(newer);
    let listed = said.values().flatten().filter(|entry| !entry.kinds().contains(Kinds::PINNED));
    let end = listed.map(|entry| entry.place()).min();
    let counts = |entry: Entry<'_>| match (coverage, said.get(entry.id())) {
        // All that was said makes the history of an entry; the same words, said twice, do not.
        (Coverage::Delta, Some(again)) => !again.iter().any(|again| again.says_the_same(entry)),
        (Coverage::Delta, None) => true,
        // What stands beyond the end of the newer look was not missing there.
        (Coverage::Window, None) => end.is_none_or(|end| entry.place() <= end),
        _ => false,
    };
    for reading in &mut *older {
        reading.keep(counts);
        reading.removed.retain(|id| !said.contains_key(id.as_str()));
        // A look tells its problems anew.
        (reading.problems, reading.problems_left_out, reading.unreadable) = (Vec::new(), 0, 0);
    }
    let blog = older.iter_mut().filter_map(|reading| reading.blog.take()).last();
    older.retain(|reading| !(reading.segment.is_empty() && reading.removed.is_empty()));
    let tells_blog = newer.iter().any(|reading| reading.blog.is_some());
    if let Some(first) = newer.first_mut() {
        first.blog = first.blog.take().or(blog.filter(|_| !tells_blog));
        first.begins = coverage == Coverage::Delta || older.is_empty();
    }
    let last = older.len().saturating_sub(1);
    for (index, reading) in older.iter_mut().enumerate() {
        reading.begins = index == 0;
        reading.complete = coverage == Coverage::Delta && index == last;
    }
}

fn said(look: &[Reading]) -> Said<'_> {
    let mut said = Said::new();
    for entry in look.iter().flat_map(Reading::entries) {
        said.entry(entry.id()).or_default().push(entry);
    }
    said
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Draft, Packer, Precision, Stamp};

    /// A look at what says these words at these minutes.
    fn look(told: &[(u8, u8)], coverage: Coverage) -> Reading {
        look_at(0, told, coverage)
    }

    /// The same, with the first of it at `position`.
    fn look_at(position: i64, told: &[(u8, u8)], coverage: Coverage) -> Reading {
        let (mut packer, mut draft) = (Packer::new(0), Draft::default());
        for (position, (minute, word)) in (position..).zip(told) {
            draft.clear();
            draft.id.set(&format!("e{minute}"));
            let time = DateTime::from_timestamp(60 * i64::from(*minute), 0).unwrap();
            draft.published = Stamp::new(time.fixed_offset(), Precision::Minute);
            draft.headline.set(&format!("Word {word}"));
            draft.position = position;
            packer.entry(&mut draft);
        }
        packer.take(coverage, true)
    }

    /// Each entry with its words, unless it was taken down.
    fn state(timeline: &Timeline) -> Vec<(String, Option<String>)> {
        let row = |row: &u32| {
            let entry = timeline.entry(*row).unwrap();
            let words = entry.headline().unwrap_or_default().to_owned();
            (entry.id().to_owned(), Some(words).filter(|_| !timeline.is_removed(*row)))
        };
        timeline.order().iter().map(row).collect()
    }

    fn after(known: &Reading, readings: impl Iterator<Item = Reading>) -> Timeline {
        let mut timeline = Timeline::default();
        timeline.merge(known.clone());
        readings.for_each(|reading| drop(timeline.merge(reading)));
        timeline
    }

    fn told() -> impl Strategy<Value = Vec<(u8, u8)>> {
        let told = proptest::collection::btree_map(0..12_u8, 0..3_u8, 0..9);
        told.prop_map(|told| told.into_iter().rev().collect())
    }

    #[test]
    fn a_document_that_is_read_again_and_again_is_held_once() {
        let known = look(&[(1, 0)], Coverage::Window);
        let timeline = after(&known, std::iter::empty());
        let mut held = Held::default();
        for newest in 2..60 {
            let told: Vec<(u8, u8)> = (1..=newest).rev().map(|minute| (minute, newest)).collect();
            look(&told, Coverage::Window)
                .in_pieces(40)
                .into_iter()
                .for_each(|piece| held.push(piece, &timeline));
        }
        assert_eq!(held.count(), 58, "the one that is known is not new");
        assert_eq!(held.into_readings().map(|reading| reading.segment.len()).sum::<usize>(), 59);
    }

    #[test]
    fn what_has_left_a_window_is_held_and_what_was_taken_down_in_it_is_not() {
        let timeline = Timeline::default();
        let mut held = Held::default();
        for told in [&[(3, 0), (2, 0), (1, 0)][..], &[(5, 0), (4, 0), (2, 0)], &[(6, 0), (4, 0)]] {
            held.push(look(told, Coverage::Window), &timeline);
        }
        assert_eq!(held.count(), 4);
        let timeline = after(&look(&[], Coverage::Delta), held.into_readings());
        let ids: Vec<String> = state(&timeline).into_iter().map(|(id, ..)| id).collect();
        assert_eq!(ids, ["e1", "e2", "e4", "e6"]);
    }

    #[test]
    fn what_a_log_adds_is_all_kept() {
        let mut held = Held::default();
        for word in 0..3 {
            let reading = Reading { begins: false, ..look(&[(1, word)], Coverage::Delta) };
            held.push(reading, &Timeline::default());
        }
        assert_eq!(held.count(), 1);
        assert_eq!(held.into_readings().count(), 3);
    }

    proptest! {
        #[test]
        fn letting_in_what_is_kept_leaves_what_letting_in_everything_would(
            known in told(),
            is_log in any::<bool>(),
            looks in proptest::collection::vec((told(), 0..8_u8, 20..200_usize, any::<bool>()), 0..7),
        ) {
            let known = look(&known, Coverage::Delta);
            let timeline = after(&known, std::iter::empty());
            let (mut held, mut all) = (Held::default(), Vec::new());
            for (number, (told, coverage, size, begins)) in looks.into_iter().enumerate() {
                let coverage = match (is_log, coverage) {
                    (_, 0) | (true, 3..) => Coverage::Delta,
                    (true, _) => Coverage::Rewritten,
                    (false, 1) => Coverage::Whole,
                    (false, _) => Coverage::Window,
                };
                let begins = begins || coverage != Coverage::Delta;
                // What a log adds stands behind what it told before.
                let first = if begins { 0 } else { 100 * (1 + number as i64) };
                let reading = look_at(first, &told, coverage);
                all.extend(Reading { begins, ..reading }.in_pieces(size));
            }
            all.iter().for_each(|reading| held.push(reading.clone(), &timeline));
            let count = held.count();
            let (kept, whole) = (after(&known, held.into_readings()), after(&known, all.into_iter()));
            // What came and went meanwhile may never have come.
            let is_known = |id: &str| timeline.row_of(0, id).is_some();
            let stands = |(id, words): &(String, Option<String>)| is_known(id) || words.is_some();
            let expected: Vec<_> = state(&whole).into_iter().filter(stands).collect();
            let found: Vec<_> = state(&kept).into_iter().filter(stands).collect();
            prop_assert_eq!(found, expected);
            prop_assert_eq!(state(&kept).iter().filter(|(id, _)| !is_known(id)).count(), count);
        }
    }
}
