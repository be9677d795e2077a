//! Rows in order, and how new ones are woven in.
//!
//! Appending in order costs what is appended. What falls among very many other rows waits, so that weaving stays cheap
//! whatever the order in which a long source tells its entries.

use std::{
    cmp::Ordering,
    collections::{HashMap, HashSet},
    hash::{BuildHasherDefault, Hasher},
};

use super::{Change, Row, SourceId, Timeline};

/// Rows that fall among more than this many times as many others wait.
const AMONG: usize = 8;

/// Fewer others than this are never worth waiting for.
const FEW: usize = 4096;

/// More rows than this are taken out all at once, which costs as much as all rows there are.
const SEVERAL: usize = 16;

/// Among how many of the last rows one is looked for that may have lost its place.
const NEAR: usize = 64;

/// What a row is ordered by, oldest first; rows of one place are in order of arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub millis: i64,
    pub source: SourceId,
    pub position: i64,
    pub row: Row,
}

/// Rows in order, and those that wait to be woven in.
#[derive(Debug, Clone, Default)]
pub struct Order {
    rows: Vec<Row>,
    waiting: Vec<Row>,
}

impl Order {
    /// An order of `rows`, which are oldest first already.
    pub fn of(rows: Vec<Row>) -> Self {
        Self { rows, waiting: Vec::new() }
    }

    /// The rows, oldest first.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Whether rows wait to be woven in.
    pub fn has_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// All rows: those in order, then those that wait.
    pub fn all(self) -> impl Iterator<Item = Row> {
        self.rows.into_iter().chain(self.waiting)
    }

    /// Puts `fresh` rows in their places, or lets them wait. With `all`, nothing waits afterwards.
    /// Gives the rows that got their place.
    pub fn weave(
        &mut self,
        mut fresh: Vec<Row>,
        all: bool,
        place: impl Fn(Row) -> Option<Place>,
    ) -> Vec<Row> {
        let is_sorted = fresh.is_sorted_by_key(|row| place(*row));
        if !is_sorted {
            fresh.sort_by_cached_key(|row| place(*row));
        }
        let first = fresh.first().and_then(|row| place(*row));
        let start = self.rows.partition_point(|row| place(*row) < first);
        let among = self.rows.len() - start;
        if among > FEW && among > AMONG * fresh.len() {
            self.waiting.append(&mut fresh);
        }
        let is_due = !self.waiting.is_empty() && (all || 2 * self.waiting.len() >= self.rows.len());
        if is_due {
            fresh.append(&mut self.waiting);
            fresh.sort_by_cached_key(|row| place(*row));
        }
        weave_into(&mut self.rows, &fresh, place);
        fresh
    }

    /// Puts `row` in the place of what stands at `index`.
    pub(super) fn replace(&mut self, index: usize, row: Row) {
        if let Some(old) = self.rows.get_mut(index) {
            *old = row;
        }
    }

    /// Lets the newest versions wait in the place of those rows that wait and have newer ones.
    pub(super) fn replace_waiting(&mut self, newer: &HashMap<Row, Row>) {
        for row in &mut self.waiting {
            while let Some(newer) = newer.get(row) {
                *row = *newer;
            }
        }
    }

    /// Keeps those rows alone that are to stay.
    pub fn retain(&mut self, stays: impl Fn(Row) -> bool) {
        self.rows.retain(|row| stays(*row));
        self.waiting.retain(|row| stays(*row));
    }

    /// Takes out what stands at `indices`.
    pub(super) fn take_out_at(&mut self, mut indices: Vec<usize>) {
        indices.retain(|index| *index < self.rows.len());
        indices.sort_unstable();
        indices.dedup();
        let mut gone = indices.into_iter().peekable();
        let Some(mut end) = gone.peek().copied() else { return };
        // What stands between two that go moves at once.
        while let Some(index) = gone.next() {
            let (start, next) = (index + 1, gone.peek().copied().unwrap_or(self.rows.len()));
            self.rows.copy_within(start..next, end);
            end += next - start;
        }
        self.rows.truncate(end);
    }

    /// Lets those of its rows go that a merge replaced or dropped; gives what was replaced, with the newest version.
    pub fn settle(&mut self, timeline: &Timeline, change: &Change) -> Vec<(Row, Row)> {
        if self.must_look_at_all(timeline, change) {
            let newer: HashMap<Row, Row> = change.revised.iter().copied().collect();
            let all = self.rows.iter().chain(&self.waiting);
            let replaced = all.filter_map(|row| Some((*row, *newer.get(row)?))).collect();
            self.retain(|row| timeline.is_current(row));
            return replaced;
        }
        // What lost its place and stands at the end goes first, so that the others can be found by theirs.
        let (mut lost, others): (Vec<_>, Vec<_>) =
            change.revised.iter().partition(|(old, _)| timeline.is_dropped(*old));
        let left: HashMap<Row, Place> =
            lost.iter().filter_map(|(old, new)| Some((*old, timeline.place_left_to(*old, *new)?))).collect();
        lost.extend(others);
        lost.retain(|(old, _)| {
            self.take(*old, |row| left.get(&row).copied().or_else(|| timeline.place(row)))
        });
        lost
    }

    /// Whether what a merge replaced or dropped cannot be found by its place.
    fn must_look_at_all(&self, timeline: &Timeline, change: &Change) -> bool {
        // What was dropped may have lost its place, and be among the others. Most often what replaces it stands there.
        let is_lost = |(old, new): &(Row, Row)| {
            timeline.is_dropped(*old) && timeline.place_left_to(*old, *new).is_none() && !self.ends_with(*old)
        };
        !change.dropped.is_empty() || change.revised.len() > SEVERAL || change.revised.iter().any(is_lost)
    }

    /// Whether `row` is among the last rows.
    fn ends_with(&self, row: Row) -> bool {
        self.rows.iter().rev().take(NEAR).any(|other| *other == row)
    }

    /// Takes `row` out; tells whether it was there.
    fn take(&mut self, row: Row, place: impl Fn(Row) -> Option<Place>) -> bool {
        if let Some(at) = self.waiting.iter().position(|other| *other == row) {
            self.waiting.swap_remove(at);
            return true;
        }
        let near = self.rows.iter().rev().take(NEAR).position(|other| *other == row);
        let index = near.map(|back| self.rows.len() - 1 - back);
        let index = index.or_else(|| self.find(row, place(row)?, &place));
        index.map(|index| self.rows.remove(index)).is_some()
    }

    /// Takes `gone` out.
    pub fn take_out(&mut self, gone: &[Row], place: impl Fn(Row) -> Option<Place>) {
        if gone.len() > SEVERAL {
            let gone: HashSet<Row> = gone.iter().copied().collect();
            self.retain(|row| !gone.contains(&row));
        } else {
            gone.iter().for_each(|row| _ = self.take(*row, &place));
        }
    }

    /// Takes out the oldest `most` rows of those that are meant, and gives them.
    pub(super) fn take_oldest(&mut self, most: usize, is_meant: impl Fn(Row) -> bool) -> Vec<Row> {
        let (mut gone, mut kept, mut end) = (Vec::new(), Vec::new(), 0);
        for row in &self.rows {
            if gone.len() == most {
                break;
            }
            end += 1;
            if is_meant(*row) { gone.push(*row) } else { kept.push(*row) }
        }
        drop(self.rows.splice(..end, kept));
        gone
    }

    /// Where `row`, whose key is `key`, stands among the rows.
    pub fn find(&self, row: Row, key: Place, place: impl Fn(Row) -> Option<Place>) -> Option<usize> {
        let index = self.rows.partition_point(|other| place(*other) < Some(key));
        self.rows.get(index).is_some_and(|found| *found == row).then_some(index)
    }
}

/// Merges `fresh`, sorted, into `rows`, sorted: from the end, moving only what lies behind the first of them.
pub(super) fn weave_into(rows: &mut Vec<Row>, fresh: &[Row], place: impl Fn(Row) -> Option<Place>) {
    let Some(first) = fresh.first() else { return };
    if rows.last().is_none_or(|last| place(*last) < place(*first)) {
        rows.extend_from_slice(fresh);
        return;
    }
    let (mut old, mut new) = (rows.len(), fresh.len());
    rows.resize(old + new, 0);
    let mut old_place = rows.get(old - 1).and_then(|row| place(*row));
    while new > 0 {
        let next = fresh[new - 1];
        let next_place = place(next);
        // Runs of old rows behind the next fresh one move at once.
        let run_start = if old_place.cmp(&next_place) == Ordering::Greater {
            rows[..old].partition_point(|row| place(*row) < next_place)
        } else {
            old
        };
        rows.copy_within(run_start..old, run_start + new);
        old = run_start;
        old_place = old.checked_sub(1).and_then(|last| place(rows[last]));
        new -= 1;
        rows[old + new] = next;
    }
}

/// Hashes keys that are hashes already.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Key(u64);

impl Hasher for Key {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = self.0.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// Builds [`Key`].
pub(super) type Identity = BuildHasherDefault<Key>;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[expect(clippy::unnecessary_wraps, reason = "it stands in for a function that may find nothing")]
    fn at(row: Row) -> Option<Place> {
        // Rows of these tests are ordered by their number alone.
        Some(Place { millis: i64::from(row), source: 0, position: 0, row })
    }

    proptest! {
        #[test]
        fn weaving_keeps_the_rows_sorted_and_loses_none(old in prop::collection::btree_set(0u32..500, 0..60), new in prop::collection::btree_set(500u32..1000, 0..60)) {
            let spread = |row: u32| Some(Place { millis: i64::from(row % 500 * 7 % 500), source: 0, position: 0, row });
            let mut rows: Vec<Row> = old.iter().copied().collect();
            rows.sort_by_key(|row| spread(*row));
            let mut fresh: Vec<Row> = new.iter().copied().collect();
            fresh.sort_by_key(|row| spread(*row));
            weave_into(&mut rows, &fresh, spread);
            prop_assert_eq!(rows.len(), old.len() + new.len());
            prop_assert!(rows.is_sorted_by_key(|row| spread(*row)));
        }
    }

    #[test]
    fn few_rows_among_very_many_wait_until_told() {
        let mut order = Order::default();
        let all: Vec<Row> = (10..20_000).collect();
        assert_eq!(order.weave(all, false, at).len(), 19_990);
        assert!(order.weave(vec![3], false, at).is_empty());
        assert_eq!(order.weave(vec![20_001], false, at), [20_001]);
        assert_eq!(order.weave(vec![], true, at), [3]);
        assert_eq!(order.rows().first(), Some(&3));
    }

    proptest! {
        #[test]
        fn what_stands_at_some_places_is_taken_out_and_nothing_else(count in 0usize..40, gone in prop::collection::vec(0usize..40, 0..20)) {
            let gone: Vec<usize> = gone.into_iter().filter(|index| *index < count).collect();
            let mut order = Order::of((0..count as Row).collect());
            order.take_out_at(gone.clone());
            let kept: Vec<Row> = (0..count).filter(|index| !gone.contains(index)).map(|index| index as Row).collect();
            prop_assert_eq!(order.rows(), kept);
        }
    }

    /// An entry in the middle of many that is told in part, and then each time with more words: the last merge and what it
    /// changed.
    fn gone_on() -> (Timeline, Change, [Row; 2]) {
        use crate::model::{Coverage, Draft, Packer, Precision, Stamp};
        let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
        let mut tell = |id: &str, minute: i64, words: &str, is_open: bool| {
            let time = chrono::DateTime::from_timestamp(60 * minute, 0).unwrap_or_default().fixed_offset();
            let published = Stamp::new(time, Precision::Minute);
            let mut draft = Draft { published, is_open, ..Draft::default() };
            draft.id.set(id);
            draft.body.set(words);
            draft.position = minute;
            packer.entry(&mut draft);
            timeline.merge(packer.take(Coverage::Delta, true))
        };
        for minute in 1..200 {
            tell(&format!("e{minute}"), minute, "words", false);
        }
        for words in ["some", "some more", "some more words"] {
            tell("open", 50, words, true);
        }
        let change = tell("open", 50, "some more words still", true);
        let [(old, new)] = change.revised.as_slice() else { panic!("it goes on: {change:?}") };
        let rows = [*old, *new];
        (timeline, change, rows)
    }

    #[test]
    fn an_open_entry_that_goes_on_is_found_by_its_place() {
        let (timeline, change, [old, new]) = gone_on();
        assert!(timeline.is_dropped(old), "nobody can ask for what it said");
        let all: Vec<Row> = timeline.order().to_vec();
        let of = |holds: bool| {
            let before = all.iter().map(|row| if *row == new { old } else { *row });
            Order::of(before.filter(|row| holds || *row != old).collect())
        };
        for holds in [true, false] {
            let mut order = of(holds);
            assert!(!order.must_look_at_all(&timeline, &change), "held: {holds}");
            let replaced = order.settle(&timeline, &change);
            assert_eq!(replaced, if holds { vec![(old, new)] } else { vec![] });
            assert_eq!(order.rows().len(), all.len() - 1);
            assert!(!order.rows().contains(&old));
        }
    }

    #[test]
    fn the_newest_version_waits_in_the_place_of_what_it_revises() {
        let mut order = Order::default();
        order.weave((10..20_000).collect(), false, at);
        order.weave(vec![1, 3], false, at);
        order.replace_waiting(&HashMap::from([(3, 4), (4, 5)]));
        assert_eq!(order.weave(vec![], true, at), [1, 5]);
    }
}
