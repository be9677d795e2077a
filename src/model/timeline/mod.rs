//! Readings merged: each entry once, in order, with its earlier versions.
//!
//! The order is (place on the clock, source, position). A row is an entry's number of arrival; a revision is a new row
//! that takes the old row's place in the order, and the old row stays as the older version. Segments are shared and never
//! changed; small neighbours are joined unnoticed, which is why a row is never named by segment and place.

mod bound;
mod history;
mod listing;
mod look;
mod merge;
mod order;
mod problems;

use std::{collections::HashMap, sync::Arc};

use super::{Blog, Entry, Problem, Row, Segment, SourceId, Stamp, limits};

pub use merge::Change;
pub use order::{Order, Place};

/// Segments below this many bytes of text are joined with their neighbours.
const TINY: usize = 128 << 10;

/// What is known of a row beside its entry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Flags(u8);

impl Flags {
    const SUPERSEDED: u8 = 1;
    const REMOVED: u8 = 2;
    const EDITED: u8 = 4;
    /// Nobody can ask for it: it went because its blog holds too many, or was no version of its own.
    const DROPPED: u8 = 8;
    /// It came with a further part of its blog.
    const FURTHER: u8 = 16;
    /// It is no longer in its file.
    const FALLEN: u8 = 32;
    /// It was told by another look than one at a further part: looks may miss it.
    const LISTED: u8 = 64;

    fn has(self, flag: u8) -> bool {
        self.0 & flag != 0
    }

    fn set(&mut self, flag: u8, on: bool) {
        self.0 = if on { self.0 | flag } else { self.0 & !flag };
    }
}

/// A segment and the number of its first row.
#[derive(Debug, Clone)]
struct Slot {
    first: Row,
    segment: Arc<Segment>,
    /// How many of its rows nobody needs any more.
    dead: usize,
}

impl Slot {
    fn new(first: Row, segment: Arc<Segment>) -> Self {
        Self { first, segment, dead: 0 }
    }

    /// The row after its last.
    fn end(&self) -> Row {
        self.first + self.segment.len() as Row
    }

    fn is_dead(&self) -> bool {
        self.dead == self.segment.len()
    }
}

/// What is known of a source.
#[derive(Debug, Default)]
struct SourceState {
    format: &'static str,
    blog: Option<Arc<Blog>>,
    problems: problems::Problems,
    unreadable: usize,
    /// How many entries of it are in the order.
    held: usize,
    /// How many of those were taken down.
    removed: usize,
    /// Where the last of those stood that went because there were too many: nothing up to there comes back.
    floor: Option<(i64, i64)>,
    /// The look that goes on.
    look: Option<look::Look>,
    /// The look that came last or goes on.
    course: history::Course,
    /// What stood in its file when that was read anew last.
    listing: listing::Listing,
    /// The row whose end is not certain yet: the next entry takes its place.
    open: Option<Row>,
}

/// All entries of all sources. See the module's description.
#[derive(Debug, Default)]
pub struct Timeline {
    /// In order; where one is missing, nothing of it is needed any more.
    slots: Vec<Slot>,
    /// Whether there is one of which nothing is needed any more.
    has_dead: bool,
    flags: Vec<Flags>,
    order: Order,
    /// The row that holds an entry now, by the key of its id.
    rows: HashMap<u64, Row, order::Identity>,
    /// The row before, of rows that revise another.
    older: HashMap<Row, Row>,
    /// When an entry was revised last, of rows that do not say so and revise one that does. In milliseconds since 1970.
    last_revised: HashMap<Row, i64>,
    /// The row whose place in the order a revision took.
    places: HashMap<Row, Row>,
    sources: Vec<SourceState>,
}

impl Timeline {
    /// An empty timeline with room for about `entries` entries.
    pub fn with_capacity(entries: usize) -> Self {
        let entries = entries.min(limits::ENTRIES);
        let mut timeline = Self::default();
        timeline.rows.reserve(entries);
        timeline
    }

    /// The rows in order, oldest first; removed ones are among them.
    pub fn order(&self) -> &[Row] {
        self.order.rows()
    }

    /// How many entries there are, without those taken down.
    pub fn len(&self) -> usize {
        self.order.rows().len() - self.removed_count()
    }

    /// How many entries were taken down; they keep their place in the order.
    pub fn removed_count(&self) -> usize {
        self.sources.iter().map(|source| source.removed).sum()
    }

    /// How many entries of `source` were taken down.
    pub fn removed_of(&self, source: SourceId) -> usize {
        self.sources.get(usize::from(source)).map_or(0, |source| source.removed)
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.order.rows().is_empty()
    }

    /// How many rows ever arrived: every row is below this.
    pub fn row_count(&self) -> usize {
        self.flags.len()
    }

    /// The entry in `row`.
    pub fn entry(&self, row: Row) -> Option<Entry<'_>> {
        let slot = self.slot(row)?;
        Entry::new(&slot.segment, (row - slot.first) as usize)
    }

    fn slot(&self, row: Row) -> Option<&Slot> {
        let after = self.slots.partition_point(|slot| slot.first <= row);
        self.slots.get(after.checked_sub(1)?)
    }

    /// The segment that holds `row`, or the next one where that went, with the number of its first row.
    pub fn segment(&self, row: Row) -> Option<(Row, &Arc<Segment>)> {
        let before = self.slots.partition_point(|slot| slot.end() <= row);
        self.slots.get(before).map(|slot| (slot.first, &slot.segment))
    }

    /// Where `row` stands in the order; for a superseded row, where its newest version stands.
    pub fn index_of(&self, row: Row) -> Option<usize> {
        let row = self.current(row);
        let place = self.place(row)?;
        self.order.find(row, place, |other| self.place(other))
    }

    /// The key that `row` is ordered by.
    pub fn place(&self, row: Row) -> Option<Place> {
        let placed = self.places.get(&row).copied().unwrap_or(row);
        let entry = self.entry(placed)?;
        Some(Place { millis: entry.place(), source: entry.source(), position: entry.position(), row: placed })
    }

    /// Where `old` stood, of which nobody can ask any more, if `new` took that place.
    fn place_left_to(&self, old: Row, new: Row) -> Option<Place> {
        self.place(new).filter(|place| place.row <= old)
    }

    /// Whether there are rows that have no place in the order yet.
    pub fn has_waiting(&self) -> bool {
        self.order.has_waiting()
    }

    /// Whether `row` holds the newest version of an entry that did not go.
    pub fn is_current(&self, row: Row) -> bool {
        !self.flag(row, Flags::SUPERSEDED | Flags::DROPPED)
    }

    /// The newest version of the entry in `row`.
    pub fn current(&self, row: Row) -> Row {
        if !self.flag(row, Flags::SUPERSEDED) {
            return row;
        }
        let key = self.entry(row).map(Entry::key);
        key.and_then(|key| self.rows.get(&key)).copied().unwrap_or(row)
    }

    /// The row of the entry called `id` by `source`.
    pub fn row_of(&self, source: SourceId, id: &str) -> Option<Row> {
        let row = *self.rows.get(&super::packer::key(source, id))?;
        self.entry(row).is_some_and(|entry| entry.id() == id).then_some(row)
    }

    /// The first version of the entry in `row`.
    pub fn first_version(&self, row: Row) -> Row {
        let mut first = row;
        while let Some(older) = self.older(first) {
            first = older;
        }
        first
    }

    /// The row that the entry in `row` was told in first, be it only in part: one that was open then has no version of that.
    pub fn first_row(&self, row: Row) -> Row {
        let first = self.first_version(row);
        self.places.get(&first).copied().unwrap_or(first)
    }

    /// The version before `row`, if there is one.
    pub fn older(&self, row: Row) -> Option<Row> {
        self.older.get(&row).copied()
    }

    /// When the entry in `row` was revised last, as far as this or an earlier version says.
    fn revised(&self, row: Row) -> Option<i64> {
        let own = self.entry(row).and_then(Entry::revised).map(Stamp::millis);
        own.or_else(|| self.last_revised.get(&row).copied())
    }

    fn flag(&self, row: Row, flag: u8) -> bool {
        self.flags.get(row as usize).is_some_and(|flags| flags.has(flag))
    }

    fn set_flag(&mut self, row: Row, flag: u8, on: bool) {
        if let Some(flags) = self.flags.get_mut(row as usize) {
            flags.set(flag, on);
        }
    }

    /// Whether the publisher took the entry in `row` down.
    pub fn is_removed(&self, row: Row) -> bool {
        self.flag(row, Flags::REMOVED)
    }

    /// Whether the entry in `row` is no longer in its file, which was cut, rotated or written anew: nobody took it down.
    pub fn has_fallen_away(&self, row: Row) -> bool {
        self.flag(row, Flags::FALLEN)
    }

    /// Whether the words of the entry in `row` changed since an earlier version was read.
    pub fn is_edited(&self, row: Row) -> bool {
        self.flag(row, Flags::EDITED)
    }

    /// Whether the entry in `row` came with a further part of its blog, which the reader asked for.
    pub fn is_further(&self, row: Row) -> bool {
        self.flag(row, Flags::FURTHER)
    }

    /// The blog of `source`, if it told one.
    pub fn blog(&self, source: SourceId) -> Option<&Arc<Blog>> {
        self.sources.get(source as usize)?.blog.as_ref()
    }

    /// The numbers of the sources, up to the last that said something.
    pub fn sources(&self) -> impl Iterator<Item = SourceId> + use<> {
        0..self.sources.len() as SourceId
    }

    /// Whether a look at `source` was begun and has not come to its end.
    pub fn is_looked_at(&self, source: SourceId) -> bool {
        self.sources.get(usize::from(source)).is_some_and(|source| source.look.is_some())
    }

    /// The name of the format that `source` is read in; empty while that is not known.
    pub fn format(&self, source: SourceId) -> &'static str {
        self.sources.get(source as usize).map_or("", |source| source.format)
    }

    /// The problems of all sources, with the source of each.
    pub fn problems(&self) -> impl Iterator<Item = (SourceId, &Problem)> {
        self.sources.iter().enumerate().flat_map(|(source, state)| {
            state.problems.iter().map(move |problem| (source as SourceId, problem))
        })
    }

    /// How many problems of `source` there are beside those: there were too many to keep.
    pub fn problems_left_out(&self, source: SourceId) -> usize {
        self.sources.get(usize::from(source)).map_or(0, |source| source.problems.left_out())
    }

    /// How many entries could not be read.
    pub fn unreadable(&self) -> usize {
        self.sources.iter().map(|source| source.unreadable).sum()
    }

    fn source(&mut self, source: SourceId) -> &mut SourceState {
        let index = source as usize;
        if self.sources.len() <= index {
            self.sources.resize_with(index + 1, SourceState::default);
        }
        &mut self.sources[index]
    }
}
