//! The indexes: who said what, and the numbers and how they moved, each with the places in the blog it comes from.
//!
//! A row is a speaker or a series; its mentions are the quotes or figures, each of which leads to its entry. List and
//! detail of the entries stay as they are meanwhile. The selection holds on to a mention, wherever its row goes while
//! the index is being built.

mod build;
mod mention;

use crate::{
    model::SourceId,
    story::{
        Holder, Spot, View,
        ledger::Series,
        voices::{Voice, Words},
    },
    text::quotes::QuoteKind,
};

use super::{App, Focus, Item, Order, Screen};
use build::Building;
pub use mention::Mention;

/// A row of an index.
#[derive(Debug, Clone)]
pub enum IndexRow {
    Voice(Voice),
    Series(Series),
}

/// What is selected, and what is in sight. See the module's description.
#[derive(Debug, Default)]
pub struct Index {
    building: Building,
    rows: Vec<IndexRow>,
    totals: Totals,
    /// The row that is selected.
    selected: usize,
    /// The first row in sight.
    top: usize,
    /// The mention that is selected, counted in order of time.
    mention: usize,
    /// The first mention in sight, in the order that is shown.
    mention_top: usize,
    /// The mention that was selected when the rows were last forgotten.
    held: Option<Spot>,
    /// Whether a key chose the row.
    has_moved: bool,
    /// The view and the tab that an entry was opened from, and that entry.
    left_for: Option<(View, Option<SourceId>, Item)>,
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

impl IndexRow {
    /// What the row is called: a speaker, or what was counted. Nothing for words that nobody is named for.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Voice(voice) => voice.name.as_deref(),
            Self::Series(series) => Some(&series.label),
        }
    }

    /// How many mentions it has.
    pub fn count(&self) -> usize {
        match self {
            Self::Voice(voice) => voice.quotes.len(),
            Self::Series(series) => series.figures.len(),
        }
    }

    /// Where mention `index`, counted in order of time, stands.
    pub fn spot(&self, index: usize) -> Option<Spot> {
        match self {
            Self::Voice(voice) => voice.quotes.get(index).map(|words| words.spot),
            Self::Series(series) => series.figures.get(index).map(|figure| figure.spot),
        }
    }

    /// Whether mention `index` is words within a sentence of somebody else.
    fn is_mixed(&self, index: usize) -> bool {
        let is_mixed = |words: &Words| words.kind == QuoteKind::Mixed;
        matches!(self, Self::Voice(voice) if voice.quotes.get(index).is_some_and(is_mixed))
    }

    fn place_of(&self, spot: Spot) -> Option<usize> {
        match self {
            Self::Voice(voice) => voice.quotes.iter().position(|words| words.spot == spot),
            Self::Series(series) => series.figures.iter().position(|figure| figure.spot == spot),
        }
    }
}

impl Index {
    /// All rows that the filter lets through.
    pub fn rows(&self) -> &[IndexRow] {
        &self.rows
    }

    /// What there is in all rows.
    pub fn totals(&self) -> Totals {
        self.totals
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
    pub fn row(&self) -> Option<&IndexRow> {
        self.rows.get(self.selected)
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
        self.held = self.spot().or(self.held);
        self.rows.clear();
        self.totals = Totals::default();
        self.building.forget_rows();
    }

    /// The mention that is selected.
    fn spot(&self) -> Option<Spot> {
        self.row()?.spot(self.mention)
    }

    /// Puts other rows in place. The selection stays on the mention it is on, else on the row of that name, and the
    /// selected row stays at its height. Where other rows were asked for before any key chose one, the first is selected.
    fn put(&mut self, rows: Vec<IndexRow>, are_asked_for: bool) {
        let is_held = self.has_moved || !are_asked_for;
        let held = self.spot().or(self.held.take()).filter(|_| is_held);
        let before = std::mem::replace(&mut self.rows, rows);
        let named = || self.rows.iter().filter(|row| row.name().is_some());
        self.totals = Totals {
            mentions: self.rows.iter().map(IndexRow::count).sum(),
            named: named().count(),
            most: named().map(IndexRow::count).max().unwrap_or(0),
        };
        let before = before.get(self.selected).filter(|_| is_held);
        let above = self.selected.saturating_sub(self.top);
        let mut places = self.rows.iter().enumerate();
        let found = held.and_then(|spot| places.find_map(|(row, index)| Some((row, index.place_of(spot)?))));
        let named = || {
            let row =
                self.rows.iter().position(|row| before.is_some_and(|before| before.name() == row.name()));
            row.map(|row| (row, self.mention))
        };
        if let Some((row, mention)) = found.or_else(named) {
            (self.selected, self.mention) = (row, mention);
        } else {
            self.selected =
                if held.is_some() { self.selected.min(self.rows.len().saturating_sub(1)) } else { 0 };
            (self.mention, self.mention_top) = (usize::MAX, 0);
        }
        self.top = self.selected.saturating_sub(above);
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

    /// Puts other rows in place; the mentions in sight stay where they are.
    fn put_rows(&mut self, rows: Vec<IndexRow>, are_asked_for: bool) {
        let top = self.mention_at(self.index.mention_top);
        let top = top.and_then(|index| self.index.row()?.spot(index));
        self.index.put(rows, are_asked_for);
        if let Some(index) = top.and_then(|spot| self.index.row()?.place_of(spot)) {
            self.index.mention_top = self.place_of_mention(index);
        }
    }

    /// Whether other rows wait: the mentions are read, and the rows are those of the view and the filter.
    fn holds_rows(&self) -> bool {
        self.focus() == Focus::Detail && !self.index.rows.is_empty()
    }

    /// How many mentions came that wait until the keys leave those that are read.
    pub fn waiting_for_index(&self) -> usize {
        if self.shows_index() && self.holds_rows() { self.index.building.arrived() } else { 0 }
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
        let last = self.index.rows.len().saturating_sub(1);
        self.index.has_moved = true;
        self.index.selected = self.index.selected.saturating_add_signed(steps).min(last);
        self.index.mention_top = 0;
        self.select_mention(0);
    }

    /// Moves the selection by `steps` mentions of the row.
    pub(super) fn step_mention(&mut self, steps: isize) {
        self.index.has_moved = true;
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
        self.index.has_moved = true;
        let item = self.item_of(spot.holder);
        if let Holder::Standfirst(source) = spot.holder
            && self.has_tabs()
        {
            self.narrow(Some(source));
        }
        self.set_view(View::Entries);
        while self.work_on_search() {}
        let Some(index) = self.index_of(item) else {
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
        if self.view != View::Entries || self.selected() != Some(item) {
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
        let last = self.index.rows.len().saturating_sub(height);
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
