//! What stood in a file when it was read anew last, in the order of the file.
//!
//! What came since was added behind that, and its position tells where. What is neither stood in a file before.

use std::collections::HashMap;

use crate::model::{Entry, Row};

use super::Timeline;

/// See the module's description.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// The first row that came since.
    first: Row,
    /// Empty while the file was never read anew.
    rows: Vec<Row>,
    /// The next row that came when the file was found empty since: who fills it again may go on with it or begin anew.
    emptied: Option<Row>,
}

/// Where an entry stands in a file: within what was read anew, or behind that.
pub(super) type Rank = (usize, i64);

impl Listing {
    /// `rows` stand in a file; the next row that comes is `first`.
    pub(super) fn new(rows: Vec<Row>, first: Row) -> Self {
        Self { first, rows, emptied: None }
    }

    /// The file is empty; the next row that comes is `next`.
    pub(super) fn empty(&mut self, next: Row) {
        self.emptied = Some(next);
    }

    /// `held` stand in the file now: where some of them came after it was found empty, nothing else stood in it.
    pub(super) fn hold(&mut self, held: &[Row], timeline: &Timeline, before: Row) {
        let is_since = |next: Row| {
            let mut known = held.iter().filter_map(|row| known_before(timeline, *row, before));
            known.any(|row| row >= next)
        };
        if let Some(next) = self.emptied.filter(|next| is_since(*next)) {
            *self = Self::new(Vec::new(), next);
        }
    }

    /// Gives where each row stands, as far as `timeline` knew it before row `before`. An entry that stands in the file more
    /// than once stands where it stands last.
    pub(super) fn ranks(&self, timeline: &Timeline, before: Row) -> impl Fn(Row) -> Option<Rank> {
        let known = move |row| known_before(timeline, row, before);
        let listed: HashMap<Row, i64> = self
            .rows
            .iter()
            .zip(0..)
            .filter_map(|(row, index)| Some((known(timeline.current(*row))?, index)))
            .collect();
        let (first, count) = (self.first, self.rows.len());
        move |row| {
            let row = known(row)?;
            if row >= first {
                timeline.entry(row).map(|entry| (count, entry.position()))
            } else {
                listed.get(&row).map(|index| (0, *index))
            }
        }
    }
}

/// The newest version of the entry in `row` that came before row `before`.
fn known_before(timeline: &Timeline, row: Row, before: Row) -> Option<Row> {
    std::iter::successors(Some(row), |row| timeline.older(*row)).find(|row| *row < before)
}

/// Whether entries in the order of their file go back in time more often than on.
pub(super) fn is_newest_first<'a>(entries: impl Iterator<Item = Entry<'a>>) -> bool {
    let places: Vec<i64> = entries.map(Entry::place).collect();
    let count = |is_step: fn(&[i64]) -> bool| places.windows(2).filter(|pair| is_step(pair)).count();
    count(|pair| pair[0] > pair[1]) > count(|pair| pair[0] < pair[1])
}
