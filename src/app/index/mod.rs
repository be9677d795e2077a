//! The indexes: who said what, and the numbers and how they moved, each with the places in the blog it comes from.
//!
//! A row is a speaker or a series; its mentions are the quotes or figures, each of which leads to its entry. List and
//! detail of the entries stay as they are meanwhile. The selection holds on to a mention, wherever its row goes while
//! the index is being built.

mod build;
mod mention;

use crate::{
    model::SourceId,
    story::{Anchor, Holder, Spot, View},
};

use super::{App, Focus, Item, Order, Screen};
pub use crate::story::IndexRow;
use build::Building;
pub use mention::Mention;

/// What is selected, and what is in sight. See the module's description.
#[derive(Debug, Default)]
pub struct Index {
    building: Building,
    /// The row that is selected.
    selected: usize,
    /// The first row in sight.
    top: usize,
    /// The mention that is selected, counted in order of time.
    mention: usize,
    /// The first mention in sight, in the order that is shown.
    mention_top: usize,
    /// What was selected when the rows were last forgotten, until it is there again or all are there.
    held: Option<Grip>,
    /// Whether a key chose the row.
    has_moved: bool,
    /// The view and the tab that an entry was opened from, and that entry.
    left_for: Option<(View, Option<SourceId>, Item)>,
}

/// What is held on to while rows change.
#[derive(Debug, Clone, Copy)]
struct Grip {
    /// The mention that is selected.
    mention: Option<Anchor>,
    /// What tells its row from others.
    row: Option<u32>,
    /// How many rows in sight stand above that.
    above: usize,
}

/// What there is in all rows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Totals {
    pub mentions: usize,
    /// Rows that have a name.
    pub named: usize,
    /// The most mentions of a row that has a name.
    pub most: usize,
}

impl Index {
    /// How many rows there are that the filter lets through.
    pub fn row_count(&self) -> usize {
        self.building.roll.len()
    }

    /// The rows that the filter lets through, from number `index` on.
    pub fn rows_from(&self, index: usize) -> impl Iterator<Item = IndexRow<'_>> {
        self.building.roll.rows(index)
    }

    /// What there is in all rows.
    pub fn totals(&self) -> Totals {
        let roll = &self.building.roll;
        // Where rows are drawn by how much there is in them, they stand so.
        let most = roll.rows(0).next().filter(|row| row.name().is_some()).map_or(0, IndexRow::count);
        Totals { mentions: roll.mentions(), named: roll.named(), most }
    }

    /// The number of the selected row.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// The number of the first row in sight.
    pub fn top(&self) -> usize {
        self.top
    }

    /// The row that is selected.
    pub fn row(&self) -> Option<IndexRow<'_>> {
        self.rows_from(self.selected).next()
    }

    /// How much of the blog has been read for it, from 0 to 100; `None` when all of it has.
    pub fn progress(&self) -> Option<usize> {
        self.building.progress()
    }

    fn start(&mut self) {
        (self.selected, self.top, self.mention, self.mention_top) = (0, 0, usize::MAX, 0);
        self.has_moved = false;
        self.held = None;
    }

    /// Forgets the rows of the view that is left.
    pub(super) fn leave(&mut self) {
        self.hold();
        self.building.forget_rows();
    }

    /// Holds on to what is selected, as other rows take the place of these. Where no key chose a row, the first of them is
    /// selected.
    fn hold(&mut self) {
        self.held = self.grip().filter(|_| self.has_moved);
    }

    /// The mention that is selected.
    fn spot(&self) -> Option<Spot> {
        self.row()?.spot(self.mention)
    }

    /// What is to be selected when rows have changed; nothing where that is the first row.
    fn grip(&self) -> Option<Grip> {
        if self.held.is_some() {
            return self.held;
        }
        let row = self.row().filter(|_| self.has_moved || self.building.is_made())?;
        let above = self.selected.saturating_sub(self.top);
        Some(Grip { mention: row.anchor(self.mention), row: row.key(), above })
    }

    /// Selects what `grip` holds: its mention, else its row and what stands where that stood, else the row of that number.
    fn regrip(&mut self, grip: Option<Grip>) {
        let Some(grip) = grip else {
            (self.selected, self.top, self.mention, self.mention_top) = (0, 0, usize::MAX, 0);
            return;
        };
        let roll = &self.building.roll;
        let found = grip.mention.and_then(|mention| {
            let row = roll.find(mention)?;
            Some((row, roll.rows(row).next()?.index_of(mention)?))
        });
        let same = || {
            let row = roll.find_row(grip.row?)?;
            let nearest = grip.mention.and_then(|mention| Some(roll.rows(row).next()?.nearest(mention)));
            Some((row, nearest.unwrap_or(self.mention)))
        };
        if let Some(place) = found.or_else(same) {
            (self.selected, self.mention) = place;
        } else {
            self.selected = self.selected.min(self.row_count().saturating_sub(1));
            (self.mention, self.mention_top) = (usize::MAX, 0);
        }
        if found.is_some() {
            self.held = None;
        }
        self.top = self.selected.saturating_sub(grip.above);
    }

    /// A key chose a row or a mention.
    fn take_hold(&mut self) {
        self.has_moved = true;
        self.held = None;
    }
}

impl App {
    /// Whether an index is shown in place of the entries.
    pub fn shows_index(&self) -> bool {
        self.screen == Screen::Reader && matches!(self.view, View::Quotes | View::Numbers)
    }

    /// The index.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// The number of the mention that stands at `place`, as the order of the list has it.
    pub fn mention_at(&self, place: usize) -> Option<usize> {
        let count = self.index.row()?.count();
        let index = match self.order() {
            Order::Oldest => place,
            Order::Newest => count.checked_sub(place + 1)?,
        };
        (index < count).then_some(index)
    }

    /// Where the selected mention stands, as the order of the list has it.
    pub fn mention_place(&self) -> usize {
        self.place_of_mention(self.index.mention)
    }

    /// Where mention `index` stands, as the order of the list has it.
    fn place_of_mention(&self, index: usize) -> usize {
        let count = self.index.row().map_or(0, IndexRow::count);
        match self.order() {
            Order::Oldest => index,
            Order::Newest => count.saturating_sub(index.saturating_add(1)),
        }
    }

    /// The first mention in sight, which stays the first while rows change.
    fn anchor_in_sight(&self) -> Option<Anchor> {
        self.index.row()?.anchor(self.mention_at(self.index.mention_top)?)
    }

    /// Scrolls to `anchor`, if the selected row has it.
    fn scroll_to(&mut self, anchor: Option<Anchor>) {
        if let Some(index) = anchor.and_then(|anchor| self.index.row()?.index_of(anchor)) {
            self.index.mention_top = self.place_of_mention(index);
        }
    }

    /// Whether other rows wait: the mentions are read, and the rows are those of the view and the filter.
    fn holds_rows(&self) -> bool {
        self.focus() == Focus::Detail && self.index.building.is_made() && self.index.row_count() > 0
    }

    /// How many mentions came that wait until the keys leave those that are read.
    pub fn waiting_for_index(&self) -> usize {
        if self.shows_index() && self.holds_rows() { self.index.building.arrived() } else { 0 }
    }

    /// Whether a part of what was there waits until the keys leave the mentions that are read.
    pub fn is_index_held(&self) -> bool {
        self.shows_index() && self.holds_rows() && !self.index.building.is_whole()
    }

    /// The place of the first mention in sight.
    pub fn mention_top(&self) -> usize {
        self.index.mention_top
    }

    /// Begins an index at its first row.
    pub(super) fn start_index(&mut self) {
        if self.shows_index() {
            self.index.start();
            self.set_focus(Focus::List);
        }
    }

    /// Moves the selection by `steps` rows.
    pub(super) fn step_row(&mut self, steps: isize) {
        let last = self.index.row_count().saturating_sub(1);
        self.index.take_hold();
        self.index.selected = self.index.selected.saturating_add_signed(steps).min(last);
        self.index.mention_top = 0;
        self.select_mention(0);
    }

    /// Moves the selection by `steps` mentions of the row.
    pub(super) fn step_mention(&mut self, steps: isize) {
        self.index.take_hold();
        let place = self.mention_place();
        self.select_mention(place.saturating_add_signed(steps));
    }

    fn select_mention(&mut self, place: usize) {
        let last = self.index.row().map_or(0, IndexRow::count).saturating_sub(1);
        self.index.mention = self.mention_at(place.min(last)).unwrap_or(0);
    }

    /// Opens the entry of the selected mention, with the cursor on it.
    pub(super) fn open_mention(&mut self) {
        let Some(spot) = self.index.spot() else { return };
        let (from, tab) = (self.view, self.tab());
        self.index.take_hold();
        let item = self.item_of(spot.holder);
        if let Holder::Standfirst(source) = spot.holder
            && self.has_tabs()
        {
            self.narrow(Some(source));
        }
        let before = self.list.selected.replace(item);
        self.set_view(View::Entries);
        let is_hidden = item.row().is_some_and(|row| !self.is_admitted(row));
        // What is selected is among the first that is looked through.
        while !is_hidden && self.index_of(item).is_none() && self.work_on_search() {}
        let Some(index) = self.index_of(item) else {
            self.list.selected = before;
            self.set_view(from);
            self.narrow(tab);
            self.say("that entry is hidden by the filter");
            return;
        };
        self.take_hold();
        self.select(index);
        self.note_opened();
        self.index.left_for = self.selected().map(|item| (from, tab, item));
        self.set_focus(Focus::Detail);
        if self.detail.has_edit() {
            // The index is made of what is told now.
            self.put_in_detail(self.selected());
        }
        self.settle();
        self.detail.step_to(spot);
    }

    /// Goes back to the index that the entry was opened from; tells whether it was.
    pub(super) fn back_to_index(&mut self) -> bool {
        let Some((view, tab, item)) = self.index.left_for.take() else { return false };
        if self.view != View::Entries || self.selected() != Some(self.current_item(item)) {
            return false;
        }
        self.set_view(view);
        self.narrow(tab);
        self.set_focus(Focus::Detail);
        true
    }

    /// Puts the selection in sight.
    pub(super) fn settle_index(&mut self) {
        let layout = self.layout();
        let height = layout.list.map_or(1, |area| usize::from(area.height)).max(1);
        let last = self.index.row_count().saturating_sub(height);
        let selected = self.index.selected;
        self.index.top = self.index.top.clamp((selected + 1).saturating_sub(height), selected).min(last);
        let count = self.index.row().map_or(0, IndexRow::count);
        if self.index.mention >= count {
            self.index.mention_top = 0;
            self.select_mention(0);
        }
        let height = layout.detail.map_or(1, |area| usize::from(area.height)).max(1);
        self.settle_mentions(usize::from(layout.measure()), height);
    }

    /// Scrolls so that all of the selected mention is in sight.
    fn settle_mentions(&mut self, measure: usize, height: usize) {
        let place = self.mention_place();
        let (mut top, mut lines) = (place, mention::HEAD + self.mention_height(place, measure));
        while let Some(above) = top.checked_sub(1).filter(|above| *above >= self.index.mention_top) {
            lines += self.mention_height(above, measure);
            // The day of the first in sight is always told.
            if lines + usize::from(self.mention_day(above).is_none()) > height {
                break;
            }
            top = above;
        }
        self.index.mention_top = top;
    }
}
