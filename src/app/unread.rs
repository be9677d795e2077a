//! What arrived and has not been opened yet: asked of by row, and counted by place.
//!
//! Counting costs the same however many there are: those of each source are kept in order, and so are those that filter
//! and view have found.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use crate::model::{Change, Entry, Row, SourceId, Timeline, timeline::Place};

use super::subset::Subset;

/// Unopened arrivals. See the module's description.
#[derive(Debug, Default)]
pub(super) struct Unread {
    rows: HashSet<Row>,
    /// Those that were taken down unopened: they are unread again when they come back.
    taken_down: HashSet<Row>,
    /// Those in `rows`.
    by_source: HashMap<SourceId, Subset>,
    /// Those among them that the search in force has found.
    found: Subset,
}

impl Unread {
    pub(super) fn contains(&self, row: Row) -> bool {
        self.rows.contains(&row)
    }

    /// `news` have arrived.
    pub(super) fn add(&mut self, timeline: &Timeline, news: &[Row]) {
        self.rows.extend(news);
        let mut by_source: HashMap<SourceId, Vec<Row>> = HashMap::new();
        for row in news {
            let source = timeline.entry(*row).map(Entry::source);
            source.into_iter().for_each(|source| by_source.entry(source).or_default().push(*row));
        }
        for (source, rows) in by_source {
            self.by_source.entry(source).or_default().add(timeline, rows.into_iter());
        }
    }

    /// The entry in `row` was opened.
    pub(super) fn open(&mut self, timeline: &Timeline, row: Row) {
        self.taken_down.remove(&row);
        self.take_out(timeline, &[row]);
    }

    /// `rows` were taken down.
    pub(super) fn take_down(&mut self, timeline: &Timeline, rows: &[Row]) {
        let gone = self.take_out(timeline, rows);
        self.taken_down.extend(gone);
    }

    /// `rows` came back, as they were or with other words; gives those that are unread again.
    pub(super) fn bring_back(&mut self, timeline: &Timeline, rows: impl Iterator<Item = Row>) -> Vec<Row> {
        let back: Vec<Row> =
            rows.filter(|row| !timeline.is_removed(*row) && self.taken_down.remove(row)).collect();
        self.add(timeline, &back);
        back
    }

    /// Takes those of `rows` out that are unread; gives them.
    fn take_out(&mut self, timeline: &Timeline, rows: &[Row]) -> Vec<Row> {
        let gone: Vec<Row> = rows.iter().copied().filter(|row| self.rows.remove(row)).collect();
        if !gone.is_empty() {
            for subset in self.by_source.values_mut().chain([&mut self.found]) {
                subset.take_out(timeline, &gone);
            }
        }
        gone
    }

    /// Lets newest versions take the places of older ones, and those go that were dropped.
    pub(super) fn revise(&mut self, timeline: &Timeline, change: &Change) {
        for rows in [&mut self.rows, &mut self.taken_down] {
            for (old, new) in &change.revised {
                if rows.remove(old) {
                    rows.insert(*new);
                }
            }
            for row in &change.dropped {
                rows.remove(row);
            }
        }
        self.by_source.values_mut().for_each(|subset| subset.revise(timeline, change));
        // The search finds the newest versions by itself.
        self.found.settle(timeline, change);
    }

    /// The search in force has found `found`, unread or not.
    pub(super) fn add_found(&mut self, timeline: &Timeline, found: Vec<Row>) {
        let rows = &self.rows;
        self.found.add(timeline, found.into_iter().filter(|row| rows.contains(row)));
    }

    /// Another search is in force, or none.
    pub(super) fn forget_found(&mut self) {
        self.found = Subset::default();
    }

    /// How many of `sources` stand behind `edge`: those that the search in force has found, and all.
    pub(super) fn count_beyond(
        &self,
        timeline: &Timeline,
        sources: Range<SourceId>,
        edge: Option<Place>,
    ) -> (usize, usize) {
        let subsets = sources.filter_map(|source| self.by_source.get(&source));
        let all = subsets.map(|subset| subset.count_beyond(timeline, edge)).sum();
        (self.found.count_beyond(timeline, edge), all)
    }

    /// Whether there is one of `sources`.
    pub(super) fn has_any(&self, mut sources: Range<SourceId>) -> bool {
        sources.any(|source| self.by_source.get(&source).is_some_and(|subset| !subset.rows().is_empty()))
    }

    /// The oldest of each of `sources`.
    pub(super) fn oldest(&self, sources: Range<SourceId>) -> impl Iterator<Item = Row> {
        sources.filter_map(|source| self.by_source.get(&source)?.rows().first().copied())
    }

    /// Those that the search in force has found, oldest first.
    pub(super) fn found(&self) -> &[Row] {
        self.found.rows()
    }
}
