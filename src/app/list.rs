//! The list: which entry is selected, and which rows are in sight.
//!
//! Selection and scroll hold on to entries, never to numbers of rows, so that nothing moves under the eye when entries
//! arrive. Only at the live edge, where the newest row is in sight, does the list make room.
//!
//! A screen that becomes so small that the live edge and the selection have no room together shows what a key took hold of,
//! else the live edge: then the selection, which the detail shows, is out of the list's sight until a key moves it.

use std::ops::Range;

use chrono::{NaiveDate, TimeDelta};

use crate::model::{Row, Stamp};

use super::{App, Order};

/// A row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// The blog's own introduction.
    Standfirst,
    Entry(Row),
}

impl Item {
    /// The row of the entry, if it is one.
    pub fn row(self) -> Option<Row> {
        match self {
            Self::Entry(row) => Some(row),
            Self::Standfirst => None,
        }
    }
}

/// Selection and scroll. See the module's description.
#[derive(Debug, Default)]
pub struct List {
    pub(super) selected: Option<Item>,
    /// The first item in sight.
    pub(super) top: Option<Item>,
    /// Whether the newest row was in sight when the list was last settled.
    is_at_edge: bool,
    /// Whether the list belongs to the live edge: it was there when a key last moved it. When there is no room for both
    /// the newest row and the selection, arrivals wait; with room, the edge is in sight again.
    keeps_edge: bool,
    /// What happened to it since it was last settled.
    pub(super) touch: Touch,
    /// Whether the selection may be out of sight.
    lets_go: bool,
    /// The items in sight, as last settled.
    in_sight: Range<usize>,
    /// The silence between two entries that is told: that of the rhythm at opening, so that no line comes or goes by itself.
    pub(super) lull: Option<TimeDelta>,
    /// What that is to be once it puts no line between rows in sight: a key took hold of the list before it was known.
    pub(super) coming_lull: Option<TimeDelta>,
}

/// What may happen to the list between two draws.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Touch {
    #[default]
    None,
    /// The screen got another size, and no key has ever taken hold of the selection.
    Resized,
    /// A key moved it.
    Moved,
}

/// A line of the list as it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListLine {
    Item {
        item: Item,
        is_selected: bool,
    },
    /// The day of the entries below.
    Day(NaiveDate),
    /// How long nothing came between the entry above and the one below.
    Lull(TimeDelta),
}

impl List {
    /// The items in sight, as last settled.
    pub fn in_sight(&self) -> Range<usize> {
        self.in_sight.clone()
    }

    /// Whether the newest row is in sight.
    pub fn is_at_edge(&self) -> bool {
        self.is_at_edge
    }
}

impl App {
    /// The entries in sight of the list.
    pub(super) fn rows_in_sight(&self) -> impl DoubleEndedIterator<Item = Row> {
        self.list.in_sight().filter_map(|index| self.item(index)?.row())
    }

    /// The rows of entries that are shown, oldest first.
    pub fn rows(&self) -> &[Row] {
        match self.search() {
            Some(search) => search.rows(),
            None => self.rows_in_tab(),
        }
    }

    /// How many items the list has.
    pub fn item_count(&self) -> usize {
        self.rows().len() + usize::from(self.shows_standfirst())
    }

    /// Item `index` of the list, from the top.
    pub fn item(&self, index: usize) -> Option<Item> {
        let offset = usize::from(self.shows_standfirst());
        if index < offset {
            return Some(Item::Standfirst);
        }
        let rows = self.rows();
        let index = index - offset;
        let index = match self.order() {
            Order::Oldest => index,
            Order::Newest => rows.len().checked_sub(index + 1)?,
        };
        rows.get(index).copied().map(Item::Entry)
    }

    /// `item` as it is told now: it may have been revised.
    pub(super) fn current_item(&self, item: Item) -> Item {
        match item {
            Item::Standfirst => item,
            Item::Entry(row) => Item::Entry(self.timeline.current(row)),
        }
    }

    /// Where `item` stands in the list, or where it would stand: (index, whether it is there).
    fn place_of(&self, item: Item) -> (usize, bool) {
        let Item::Entry(row) = item else { return (0, self.shows_standfirst()) };
        let offset = usize::from(self.shows_standfirst());
        let rows = self.rows();
        let timeline = self.timeline();
        let row = timeline.current(row);
        let place = timeline.place(row);
        let index = rows.partition_point(|other| timeline.place(*other) < place);
        let is_there = rows.get(index) == Some(&row);
        let index = match self.order() {
            Order::Oldest => index,
            Order::Newest => rows.len() - index - usize::from(is_there),
        };
        (index + offset, is_there)
    }

    /// Where `item` stands in the list.
    pub fn index_of(&self, item: Item) -> Option<usize> {
        let (index, is_there) = self.place_of(item);
        is_there.then_some(index)
    }

    /// The selected item, when it is shown.
    pub fn selected(&self) -> Option<Item> {
        self.list.selected
    }

    /// The number of the selected item, from 0.
    pub fn selected_index(&self) -> Option<usize> {
        self.index_of(self.list.selected?)
    }

    /// Selects item `index`, or the last when there are fewer.
    pub(super) fn select(&mut self, index: usize) {
        let last = self.item_count().saturating_sub(1);
        self.list.selected = self.item(index.min(last));
    }

    /// Moves the selection by `steps` items.
    pub(super) fn move_selection(&mut self, steps: isize) {
        let index = self.list.selected.map_or(0, |item| self.place_of(item).0);
        self.select(index.saturating_add_signed(steps));
    }

    /// The item after `item` in the list, or the one before it.
    pub(super) fn neighbour(&self, item: Item, forward: bool) -> Option<Item> {
        let (index, is_there) = self.place_of(item);
        // What is gone left its place to the next.
        let next = if forward { index + usize::from(is_there) } else { index.checked_sub(1)? };
        self.item(next)
    }

    /// The index of the newest entry.
    pub(super) fn newest_index(&self) -> usize {
        match self.order() {
            Order::Oldest => self.item_count().saturating_sub(1),
            Order::Newest => usize::from(self.shows_standfirst() && !self.rows().is_empty()),
        }
    }

    /// The day that an entry's time falls on, as it is shown; `None` when it has no time.
    pub(super) fn day_of(&self, item: Item) -> Option<NaiveDate> {
        let Item::Entry(row) = item else { return None };
        let entry = self.timeline().entry(row)?;
        let stamp: Stamp = entry.published()?;
        Some(self.clock().show(stamp).date_naive())
    }

    /// The day heading above item `index`: where the day differs from that of the entry before.
    fn heading(&self, index: usize) -> Option<NaiveDate> {
        let day = self.day_of(self.item(index)?)?;
        let mut before = index;
        // Entries without a time stand under their neighbour's day.
        while let Some(item) = before.checked_sub(1).and_then(|above| self.item(above)) {
            match self.day_of(item) {
                Some(above) => return (above != day).then_some(day),
                None if item == Item::Standfirst || index - before > 50 => break,
                None => before -= 1,
            }
        }
        Some(day)
    }

    /// The silence to tell above item `index`: a long one within a day, where all entries are shown. Between what came and
    /// a time that the clock had not reached by then is none, also once it has: no line comes by the clock.
    fn lull(&self, index: usize) -> Option<TimeDelta> {
        self.lull_over(self.list.lull?, index)
    }

    /// The silence to tell above item `index`, if it is longer than `least`.
    fn lull_over(&self, least: TimeDelta, index: usize) -> Option<TimeDelta> {
        if self.search().is_some() {
            return None;
        }
        let time = |index| {
            let row = self.item(index)?.row().filter(|row| !self.arrivals.was_ahead(*row))?;
            Some(self.timeline().entry(row)?.published()?.utc())
        };
        let silence = time(index)?.signed_duration_since(time(index.checked_sub(1)?)?).abs();
        (silence > least && self.heading(index).is_none()).then_some(silence)
    }

    /// How many lines item `index` takes.
    fn height_of(&self, index: usize) -> usize {
        1 + usize::from(self.heading(index).is_some() || self.lull(index).is_some())
    }

    /// Puts selection and scroll in order for a list of `height` lines.
    pub(super) fn settle_list(&mut self, height: usize) {
        let count = self.item_count();
        if count == 0 {
            self.list.top = None;
            self.list.is_at_edge = true;
            self.list.keeps_edge = true;
            self.list.in_sight = 0..0;
            return;
        }
        let selected = self.settle_selection(count);
        let touch = std::mem::take(&mut self.list.touch);
        match touch {
            Touch::None => {}
            Touch::Moved => self.list.lets_go = false,
            Touch::Resized => {
                self.list.lets_go = self.list.keeps_edge;
                let edge = self.settle_top(count, selected, height);
                self.list.lets_go &= !self.sight(edge, count, height).contains(&selected);
            }
        }
        let top = self.settle_top(count, selected, height);
        self.list.top = self.item(top);
        self.list.in_sight = self.sight(top, count, height);
        let newest = self.newest_index();
        let coming = self.list.coming_lull;
        let moves = |least| self.list.in_sight().any(|index| self.lull_over(least, index).is_some());
        if coming.is_some_and(|least| !moves(least)) {
            self.list.lull = self.list.coming_lull.take();
        }
        self.list.is_at_edge = self.list.in_sight.contains(&newest);
        self.list.keeps_edge = self.list.is_at_edge || self.list.keeps_edge && touch != Touch::Moved;
    }

    /// The items in sight when `top` is the first.
    fn sight(&self, top: usize, count: usize, height: usize) -> Range<usize> {
        let mut lines = 0;
        let fits = |index: &usize| {
            lines += self.height_of(*index);
            lines <= height
        };
        top..top + (top..count).take_while(fits).count()
    }

    /// The selected index; what is selected and not shown gives way to its neighbour.
    fn settle_selection(&mut self, count: usize) -> usize {
        let (index, is_there) = match self.list.selected {
            Some(item) => self.place_of(item),
            None => (self.newest_index(), false),
        };
        let index = index.min(count - 1);
        if !is_there {
            self.list.selected = self.item(index);
        }
        index
    }

    /// The first index in sight: where it was, unless the list keeps to the live edge or would lose the selection.
    fn settle_top(&self, count: usize, selected: usize, height: usize) -> usize {
        let held = self.list.top.map_or(0, |item| self.place_of(item).0.min(count - 1));
        let mut top = match self.order() {
            Order::Newest if self.list.keeps_edge => 0,
            Order::Oldest if self.list.keeps_edge => self.top_for_bottom(count - 1, height).max(held),
            _ => held,
        };
        let most = self.top_for_bottom(count - 1, height);
        if self.list.lets_go {
            return top.min(most);
        }
        if selected < top {
            top = selected;
        }
        // The standfirst stays in sight above the first entry.
        if top == 1 && self.shows_standfirst() && selected == 1 {
            top = 0;
        }
        let least = self.top_for_bottom(selected, height);
        top.max(least).min(most.max(least)).min(selected)
    }

    /// The first index in sight when `bottom` is the last one.
    fn top_for_bottom(&self, bottom: usize, height: usize) -> usize {
        let mut lines = self.height_of(bottom);
        let mut top = bottom;
        while top > 0 {
            lines += self.height_of(top - 1);
            if lines > height {
                break;
            }
            top -= 1;
        }
        top
    }

    /// The lines of the list, as last settled.
    pub fn list_lines(&self) -> Vec<ListLine> {
        let mut lines = Vec::new();
        for index in self.list.in_sight() {
            lines.extend(self.heading(index).map(ListLine::Day));
            lines.extend(self.lull(index).map(ListLine::Lull));
            if let Some(item) = self.item(index) {
                lines.push(ListLine::Item { item, is_selected: self.list.selected == Some(item) });
            }
        }
        lines
    }
}
