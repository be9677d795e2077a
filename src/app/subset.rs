//! Some rows of the timeline, in its order, kept so while readings are merged.

use crate::model::{
    Change, Entry, Row, Timeline,
    timeline::{Order, Place},
};

/// Some rows. See the module's description.
#[derive(Debug, Default)]
pub(super) struct Subset {
    order: Order,
}

impl Subset {
    /// Those rows of `timeline` whose entries are meant.
    pub(super) fn of(timeline: &Timeline, is_meant: impl Fn(Entry<'_>) -> bool) -> Self {
        // Segments are gone through as they lie: looking for that of each row would cost most of the time.
        let mut meant = Vec::with_capacity(timeline.row_count());
        while let Some((first, segment)) = timeline.segment(meant.len() as Row) {
            // Of segments that went, no row is meant.
            meant.resize(first as usize, false);
            meant.extend((0..segment.len()).map(|index| Entry::new(segment, index).is_some_and(&is_meant)));
        }
        let is_meant = |row: &Row| meant.get(*row as usize).is_some_and(|is_meant| *is_meant);
        Self { order: Order::of(timeline.order().iter().copied().filter(is_meant).collect()) }
    }

    /// The rows, oldest first.
    pub(super) fn rows(&self) -> &[Row] {
        self.order.rows()
    }

    /// Takes in what a merge changed, as far as it is meant.
    pub(super) fn merged(&mut self, timeline: &Timeline, change: &Change, is_meant: impl Fn(Row) -> bool) {
        self.order.settle(timeline, change);
        self.add(timeline, change.placed(timeline).filter(|row| is_meant(*row)));
    }

    /// Puts `rows` in their places.
    pub(super) fn add(&mut self, timeline: &Timeline, rows: impl Iterator<Item = Row>) {
        self.order.weave(rows.collect(), true, |row| timeline.place(row));
    }

    /// Puts the newest versions of its rows in their places, and lets those go that were dropped.
    pub(super) fn revise(&mut self, timeline: &Timeline, change: &Change) {
        let revised = self.order.settle(timeline, change);
        self.add(timeline, revised.into_iter().map(|(_, new)| new));
    }

    /// Lets those of its rows go that a merge replaced or dropped.
    pub(super) fn settle(&mut self, timeline: &Timeline, change: &Change) {
        self.order.settle(timeline, change);
    }

    /// Takes `rows` out.
    pub(super) fn take_out(&mut self, timeline: &Timeline, rows: &[Row]) {
        self.order.take_out(rows, |row| timeline.place(row));
    }

    /// How many of them stand behind `edge`.
    pub(super) fn count_beyond(&self, timeline: &Timeline, edge: Option<Place>) -> usize {
        let rows = self.rows();
        rows.len() - rows.partition_point(|row| timeline.place(*row) <= edge)
    }
}
