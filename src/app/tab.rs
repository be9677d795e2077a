//! Tabs: the timeline narrowed to one of several sources, and back to all of them.
//!
//! A tab is no timeline of its own: list, filter, views, indexes, strip and header are made of those rows that are in it.
//! It holds no place either: the selection stays on its entry, or goes to the one that is nearest in time.

use std::ops::Range;

use crate::{
    model::{Change, Problem, Row, SourceId, Timeline},
    story::{Admission, Holder},
};

use super::{
    App, Focus, Item, Order,
    detail::Detail,
    list::Touch,
    sources::{SourceInfo, range},
    subset::Subset,
};

/// How many entries either way are looked at for one that the filter shows.
const FAR: usize = 2000;

/// What the timeline is narrowed to. See the module's description.
#[derive(Debug, Default)]
pub(super) struct Tab {
    /// The source; none while all are shown.
    source: Option<SourceId>,
    /// The rows of that source; all of them.
    rows: Subset,
    /// Those of them that arrived since opening.
    arrivals: Subset,
    /// Those of them that are key events.
    key_events: Subset,
}

impl Tab {
    fn holds(&self, timeline: &Timeline, row: Row) -> bool {
        only(self.source).admits(timeline, row)
    }

    /// Lets it take in what a merge changed.
    fn merged(&mut self, timeline: &Timeline, change: &Change) {
        let only = only(self.source);
        self.rows.merged(timeline, change, |row| only.admits(timeline, row));
        self.arrivals.revise(timeline, change);
    }

    /// `news` have arrived.
    pub(super) fn note_arrivals(&mut self, timeline: &Timeline, news: &[Row]) {
        if self.source.is_some() {
            let only = only(self.source);
            let news = news.iter().copied().filter(|row| only.admits(timeline, *row));
            self.arrivals.add(timeline, news);
        }
    }

    /// Lets its key events take in what a merge changed.
    pub(super) fn note_key_events(
        &mut self,
        timeline: &Timeline,
        change: &Change,
        is_key: impl Fn(Row) -> bool,
    ) {
        if self.source.is_some() {
            let only = only(self.source);
            self.key_events.merged(timeline, change, |row| is_key(row) && only.admits(timeline, row));
        }
    }
}

impl App {
    /// Whether there are tabs: there are, where there are several sources.
    pub fn has_tabs(&self) -> bool {
        self.sources().len() > 1
    }

    /// The sources that have a tab, with their numbers.
    pub fn tabs(&self) -> impl Iterator<Item = (SourceId, &SourceInfo)> {
        self.shown.clone().zip(self.sources())
    }

    /// The source that the timeline is narrowed to; none while all are shown.
    pub fn tab(&self) -> Option<SourceId> {
        self.tab.source
    }

    /// The numbers of the sources that are in the tab.
    pub(super) fn in_tab(&self) -> Range<SourceId> {
        self.tab.source.map_or(self.shown.clone(), |source| source..source.saturating_add(1))
    }

    /// The sources that are in the tab.
    pub fn sources_in_tab(&self) -> &[SourceInfo] {
        self.sources.get(range(&self.in_tab())).unwrap_or_default()
    }

    /// All rows of the tab, oldest first, whatever the filter and the view.
    pub fn rows_in_tab(&self) -> &[Row] {
        if self.tab.source.is_some() { self.tab.rows.rows() } else { self.timeline.order() }
    }

    /// The arrivals that are in the tab, oldest first.
    pub fn arrivals_in_tab(&self) -> &[Row] {
        if self.tab.source.is_some() { self.tab.arrivals.rows() } else { self.arrivals.rows() }
    }

    /// The key events that are in the tab, oldest first.
    pub fn key_events_in_tab(&self) -> &[Row] {
        if self.tab.source.is_some() { self.tab.key_events.rows() } else { self.arrivals.key_events() }
    }

    /// Whether the entry in `row` is in the tab.
    pub fn is_in_tab(&self, row: Row) -> bool {
        self.tab.holds(&self.timeline, row)
    }

    /// The selected item, unless it is an entry of another tab: one that is empty has nothing to select.
    pub(super) fn selected_in_tab(&self) -> Option<Item> {
        self.selected().filter(|item| match item {
            Item::Standfirst => true,
            Item::Entry(row) => self.is_in_tab(*row),
        })
    }

    /// How many entries of the tab were taken down; the list shows them still.
    pub fn removed_count(&self) -> usize {
        match self.tab.source {
            None => self.timeline.removed_count(),
            Some(source) => self.timeline.removed_of(source),
        }
    }

    /// The problems of the sources that are in the tab, with the source of each.
    pub fn problems_in_tab(&self) -> impl Iterator<Item = (SourceId, &Problem)> {
        let sources = self.in_tab();
        self.timeline.problems().filter(move |(source, _)| sources.contains(source))
    }

    /// How many problems there are in the tab, with those that are too many to be kept.
    pub fn problem_count(&self) -> usize {
        let left_out = self.in_tab().map(|source| self.timeline.problems_left_out(source));
        self.problems_in_tab().count() + left_out.sum::<usize>()
    }

    /// The source of the selected entry, or of the selected mention of an index.
    pub(super) fn source_of_this(&self) -> Option<SourceId> {
        let holder = if self.shows_index() {
            self.mention(self.mention_place())?.spot.holder
        } else {
            self.holder_of(self.selected()?)
        };
        holder.source(self.timeline())
    }

    /// What holds the text of `item`.
    pub(super) fn holder_of(&self, item: Item) -> Holder {
        match item {
            Item::Entry(row) => Holder::Entry(row),
            Item::Standfirst => Holder::Standfirst(self.in_tab().start),
        }
    }

    /// Lets the tab take in what a merge changed.
    pub(super) fn merged_into_tab(&mut self, change: &Change) {
        if self.tab.source.is_some() {
            self.tab.merged(&self.timeline, change);
        }
    }

    /// Narrows the timeline to `source`, or shows all sources again.
    pub(super) fn narrow(&mut self, source: Option<SourceId>) {
        if source == self.tab() {
            return;
        }
        let before = self.selected();
        self.tab = self.tab_of(source);
        self.forget_standfirst();
        self.arrivals.look_at(self.in_tab());
        self.has_moved = true;
        self.list.touch = Touch::Moved;
        (self.list.lull, self.list.coming_lull) = (self.opened().and_then(|_| self.pulse().lull()), None);
        if self.detail.item == Some(Item::Standfirst) {
            // That of another blog takes its place.
            self.detail = Detail::default();
        }
        let newest = self.timeline.order().last().map(|row| Item::Entry(*row));
        let from = if self.is_riding { newest } else { before };
        let found = from.and_then(|item| self.nearest(item));
        self.list.selected = found.or(before);
        if found != before && !self.shows_index() {
            self.set_focus(Focus::List);
        }
        self.renew_search();
        self.begin_search();
        // What is selected is among the first that is looked through.
        while found.is_some_and(|item| self.index_of(item).is_none()) && self.work_on_search() {}
    }

    fn tab_of(&self, source: Option<SourceId>) -> Tab {
        let Some(only) = source else { return Tab::default() };
        let timeline = &self.timeline;
        let rows = Subset::of(timeline, |entry| entry.source() == only);
        let mut tab = Tab { source, rows, ..Tab::default() };
        tab.note_arrivals(timeline, self.arrivals.rows());
        let is_of_tab = |row: &Row| tab.holds(timeline, *row);
        let key_events: Vec<Row> = self.arrivals.key_events().iter().copied().filter(is_of_tab).collect();
        tab.key_events.add(timeline, key_events.into_iter());
        tab
    }

    /// `item` when the tab shows it, else what stands nearest to it: for an entry, the one that is nearest in time.
    fn nearest(&self, item: Item) -> Option<Item> {
        let Item::Entry(row) = item else {
            let rows = self.rows_in_tab();
            let first = match self.order() {
                Order::Newest => rows.last(),
                Order::Oldest => rows.first(),
            };
            return if self.shows_standfirst() { Some(item) } else { self.nearest(Item::Entry(*first?)) };
        };
        let timeline = self.timeline();
        let here = timeline.place(timeline.current(row))?;
        let rows = self.rows_in_tab();
        let (before, after) =
            rows.split_at(rows.partition_point(|other| timeline.place(*other) < Some(here)));
        let is_shown = |row: &&Row| self.is_admitted(**row);
        let before = before.iter().rev().take(FAR).find(is_shown);
        let after = after.iter().take(FAR).find(is_shown);
        let distance = |row: &&Row| timeline.place(**row).map(|place| place.millis.abs_diff(here.millis));
        after.into_iter().chain(before).min_by_key(distance).map(|row| Item::Entry(*row))
    }
}

/// What lets in the entries of `source` alone.
fn only(source: Option<SourceId>) -> Admission {
    Admission { source, ..Admission::default() }
}
