//! Looking through a timeline for what is to be shown, in slices.
//!
//! A search has no thread: it notes the segments to look through, and [`Search::work`] looks through one of them. A query
//! that narrows the one before looks only at what that one found. Its rows are always in the timeline's order.

use std::{collections::VecDeque, ops::Range};

use memchr::memmem::Finder;

use crate::model::{Change, Entry, Row, Timeline, timeline::Order};

use super::Query;

/// How many rows that were found before are looked at in one slice.
const SLICE: usize = 4096;

/// Whether a row may be shown at all, apart from the query.
pub type Admits<'a> = dyn Fn(&Timeline, Row) -> bool + 'a;

/// A search under way, or done. See the module's description.
#[derive(Debug, Default)]
pub struct Search {
    query: Query,
    order: Order,
    /// The rows that are still to be looked through, a segment's at a time. They are told by their numbers, for segments
    /// may be joined meanwhile.
    segments: VecDeque<Range<Row>>,
    /// Rows found by a wider query that are still to be looked at: in the timeline's order, then those that had no place
    /// in it yet.
    candidates: VecDeque<Row>,
    /// All that was found, a bit for each row.
    found: Vec<u64>,
    /// What was found since this was last taken.
    fresh: Vec<Row>,
}

impl Search {
    /// Begins to look for `query`, first in the segments that hold `near`, then from the newest segment down.
    pub fn begin(timeline: &Timeline, query: Query, near: &[Row]) -> Self {
        let mut segments: Vec<Range<Row>> = Vec::new();
        let mut next = 0;
        while let Some((first, segment)) = timeline.segment(next) {
            next = first + segment.len() as Row;
            segments.push(first..next);
        }
        segments.reverse();
        segments.sort_by_key(|rows| !near.iter().any(|row| rows.contains(row)));
        Self { query, segments: segments.into(), ..Self::default() }
    }

    /// Goes on with `query`, which narrows the one before: only what was found is looked at again.
    #[must_use]
    pub fn narrowed(self, query: Query) -> Self {
        let candidates = self.order.all().chain(self.candidates).collect();
        Self { query, segments: self.segments, candidates, ..Self::default() }
    }

    /// What is looked for.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// The rows found so far, oldest first.
    pub fn rows(&self) -> &[Row] {
        self.order.rows()
    }

    /// Whether `row`, which holds what its entry says now, was found.
    pub fn has_found(&self, row: Row) -> bool {
        let bits = self.found.get(row as usize / 64).copied().unwrap_or_default();
        bits >> (row % 64) & 1 == 1
    }

    /// Takes what was found since this was last asked, in no order.
    pub fn take_fresh(&mut self) -> Vec<Row> {
        std::mem::take(&mut self.fresh)
    }

    /// Puts what was found in its place. What got its place in the timeline meanwhile may be found a second time, as its
    /// segment is looked through.
    fn add(&mut self, timeline: &Timeline, mut found: Vec<Row>) {
        found.retain(|row| self.note(*row));
        self.fresh.extend(&found);
        let is_done = self.is_done();
        self.order.weave(found, is_done, |row| timeline.place(row));
    }

    /// Notes that `row` was found; tells whether it had not been.
    fn note(&mut self, row: Row) -> bool {
        let (word, bit) = (row as usize / 64, 1 << (row % 64));
        if self.found.len() <= word {
            self.found.resize(word + 1, 0);
        }
        let Some(bits) = self.found.get_mut(word) else { return false };
        let is_new = *bits & bit == 0;
        *bits |= bit;
        is_new
    }

    /// Whether everything has been looked through.
    pub fn is_done(&self) -> bool {
        self.segments.is_empty() && self.candidates.is_empty()
    }

    /// Looks through one slice; tells whether more are left.
    pub fn work(&mut self, timeline: &Timeline, admits: &Admits<'_>) -> bool {
        let mut found = Vec::new();
        if !self.candidates.is_empty() {
            let slice = self.candidates.drain(..SLICE.min(self.candidates.len()));
            let matches = |row: &Row| timeline.entry(*row).is_some_and(|entry| self.query.matches(entry));
            found.extend(
                slice.filter(|row| timeline.is_current(*row) && matches(row) && admits(timeline, *row)),
            );
        } else if let Some(rows) = self.segments.pop_front() {
            let is_placed = |row| !timeline.has_waiting() || timeline.index_of(row).is_some();
            self.scan(timeline, rows, |row| {
                if timeline.is_current(row) && is_placed(row) && admits(timeline, row) {
                    found.push(row);
                }
            });
        }
        self.add(timeline, found);
        !self.is_done()
    }

    /// Gives those of `rows`, which lie in one segment, that match; in order of arrival.
    fn scan(&self, timeline: &Timeline, rows: Range<Row>, mut give: impl FnMut(Row)) {
        let held = timeline.segment(rows.start).filter(|(first, _)| *first <= rows.start);
        let Some((first, segment)) = held else { return };
        let indices = (rows.start - first) as usize..(rows.end - first) as usize;
        let mut offer = |index: usize| {
            let is_match = Entry::new(segment, index).is_some_and(|entry| self.query.matches(entry));
            if is_match {
                give(first + index as Row);
            }
        };
        let Some(needle) = self.query.needle() else {
            indices.for_each(offer);
            return;
        };
        let end = segment.folded_end(indices.end.saturating_sub(1));
        let folded = segment.folded().as_bytes().get(..end).unwrap_or_default();
        let finder = Finder::new(needle.as_bytes());
        let mut from = indices.start.checked_sub(1).map_or(0, |before| segment.folded_end(before));
        while let Some(at) = folded.get(from..).and_then(|rest| finder.find(rest)) {
            let index = segment.index_at(from + at);
            offer(index);
            from = segment.folded_end(index);
        }
    }

    /// Shows `row` though it may not match, until something else is looked for.
    pub fn keep(&mut self, timeline: &Timeline, row: Row) {
        self.add(timeline, vec![row]);
    }

    /// Takes in what a merge changed.
    pub fn merged(&mut self, timeline: &Timeline, change: &Change, admits: &Admits<'_>) {
        let matches = |row: Row| {
            admits(timeline, row) && timeline.entry(row).is_some_and(|entry| self.query.matches(entry))
        };
        self.order.settle(timeline, change);
        let fresh: Vec<Row> = change.placed(timeline).filter(|row| matches(*row)).collect();
        if !fresh.is_empty() {
            self.add(timeline, fresh);
        }
    }
}
