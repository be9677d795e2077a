//! Arrivals: what came since opening, what of it is unread, and what is held.
//!
//! What was held is let in bit by bit: no key waits for all of it.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    ops::Range,
};

use chrono::{DateTime, Utc};

use crate::model::{Change, Entry, Reading, Row, SourceId, Timeline};

use super::{
    App, Item, Order,
    held::{Held, HeldCount},
    subset::Subset,
    unread::Unread,
};

/// Arrivals since opening.
#[derive(Debug, Default)]
pub struct Arrivals {
    /// Rows below this were there at opening; `None` while the first look goes on.
    pub(super) opened: Option<Row>,
    /// Arrivals that have not been opened yet.
    pub(super) unread: Unread,
    /// Arrivals that belong among what had been there already.
    pub(super) late: HashSet<Row>,
    /// Entries, arrivals or not, whose time the clock had not reached when they came.
    ahead: HashSet<Row>,
    /// Arrivals that came while the timeline was narrowed to another source, by their own.
    pub(super) missed: HashMap<SourceId, HashSet<Row>>,
    /// When the last one came, of each source.
    pub(super) came: HashMap<SourceId, DateTime<Utc>>,
    /// Every arrival.
    pub(super) rows: Subset,
    /// Every key event.
    pub(super) key_events: Subset,
    /// How many unopened arrivals stand on the live side of what is in sight: those that are shown, and all.
    waiting: (usize, usize),
    /// News that came while arrivals are held.
    held: Option<Held>,
    /// News that were held and are being let in, and what came since; with when the last was heard of that is new in it.
    let_in: VecDeque<(Reading, Option<DateTime<Utc>>)>,
}

impl Arrivals {
    /// How many unopened arrivals stand on the live side of what is in sight, as last settled: those that the filter and
    /// the view show, and all.
    pub fn waiting(&self) -> (usize, usize) {
        self.waiting
    }

    /// How many arrivals there are in all.
    pub fn count(&self) -> usize {
        self.rows.rows().len()
    }

    /// Arrivals, oldest first.
    pub fn rows(&self) -> &[Row] {
        self.rows.rows()
    }

    /// Key events, oldest first.
    pub fn key_events(&self) -> &[Row] {
        self.key_events.rows()
    }

    /// How many arrivals of `source` came while the timeline was narrowed to another.
    pub fn missed(&self, source: SourceId) -> usize {
        self.missed.get(&source).map_or(0, HashSet::len)
    }

    /// Whether the clock had not reached the time of the entry in `row` when that came.
    pub(super) fn was_ahead(&self, row: Row) -> bool {
        self.ahead.contains(&row)
    }

    /// When the last arrival of `sources` came.
    pub(super) fn last_came(&self, sources: Range<SourceId>) -> Option<DateTime<Utc>> {
        sources.filter_map(|source| self.came.get(&source)).max().copied()
    }

    /// The reader looks at `sources`: nothing of them is missed any more.
    pub(super) fn look_at(&mut self, sources: Range<SourceId>) {
        self.missed.retain(|source, _| !sources.contains(source));
    }

    /// Whether arrivals are held.
    pub fn are_held(&self) -> bool {
        self.held.is_some()
    }

    /// Takes `reading` when it has to wait: it is held, or what was held before it is not all let in yet. A further part
    /// was asked for and is not held: it waits for what is let in of its source alone, whose look it would end. Gives it back
    /// when it is to be merged at once.
    pub(super) fn keep_back(
        &mut self,
        reading: Reading,
        timeline: &Timeline,
        now: DateTime<Utc>,
    ) -> Option<Reading> {
        if self.opened.is_none() {
            return Some(reading);
        }
        if reading.is_further {
            let waits = self.let_in.iter().any(|(other, _)| other.source == reading.source);
            if !waits {
                return Some(reading);
            }
            self.let_in.push_back((reading, Some(now)));
            return None;
        }
        match &mut self.held {
            Some(held) => held.push(reading, timeline, now),
            None if self.let_in.is_empty() => return Some(reading),
            None => self.let_in.push_back((reading, Some(now))),
        }
        None
    }

    /// Begins to let in what is held, where that became too much; tells whether it did. What comes then is held on.
    pub(super) fn let_in_overflow(&mut self) -> bool {
        let overflow = self.held.take_if(|held| held.is_full());
        let Some(overflow) = overflow else { return false };
        self.held = Some(Held::default());
        self.let_in.extend(overflow.into_readings());
        true
    }
}

impl App {
    /// Notes which of the entries that a merge changed are ahead of the clock.
    pub(super) fn note_ahead(&mut self, change: &Change) {
        let (timeline, now) = (&self.timeline, self.now.timestamp_millis());
        let ahead = &mut self.arrivals.ahead;
        let is_later = |row: &&Row| timeline.place(**row).is_some_and(|place| place.millis > now);
        ahead.extend(change.added.iter().rev().take_while(is_later));
        let time = |row: Row| timeline.entry(row).and_then(Entry::published);
        for (old, new) in &change.revised {
            let was_ahead = ahead.remove(old) && time(*old) == time(*new);
            if was_ahead || time(*new).is_some_and(|time| time.millis() > now) {
                ahead.insert(*new);
            }
        }
        for row in &change.dropped {
            ahead.remove(row);
        }
    }

    /// Counts the unopened arrivals on the live side of what is in sight.
    pub(super) fn count_waiting(&mut self) {
        let mut in_sight = self.rows_in_sight();
        let edge = match self.order() {
            Order::Newest => in_sight.next(),
            Order::Oldest => in_sight.next_back(),
        };
        drop(in_sight);
        let edge = edge.and_then(|row| self.timeline.place(row));
        self.note_found();
        let (shown, all) = self.arrivals.unread.count_beyond(&self.timeline, self.in_tab(), edge);
        self.arrivals.waiting = if self.search().is_some() { (shown, all) } else { (all, all) };
    }

    /// Takes in what the search has found.
    pub(super) fn note_found(&mut self) {
        let found = self.take_found();
        self.arrivals.unread.add_found(&self.timeline, found);
    }

    /// Notes that the entry in the detail has been opened by a key.
    pub(super) fn note_opened(&mut self) {
        if let Some(Item::Entry(row)) = self.list.selected {
            self.arrivals.unread.open(&self.timeline, row);
        }
    }

    /// Whether an arrival of the tab has not been opened yet.
    pub fn has_unread(&self) -> bool {
        self.arrivals.unread.has_any(self.in_tab())
    }

    /// Where in the list the oldest unopened arrival is shown.
    pub(super) fn oldest_unread(&mut self) -> Option<usize> {
        self.note_found();
        let unread = &self.arrivals.unread;
        if self.search().is_some() {
            return unread.found().iter().find_map(|row| self.index_of(Item::Entry(*row)));
        }
        let oldest = unread.oldest(self.in_tab()).min_by_key(|row| self.timeline.place(*row));
        self.index_of(Item::Entry(oldest?))
    }

    /// What of the tab is held, where arrivals are.
    pub fn held(&self) -> Option<HeldCount> {
        self.arrivals.held.as_ref().map(|held| held.count(self.in_tab()))
    }

    /// Holds arrivals, or begins to let in those that waited. What is let in of a look that was begun, and a further part, is
    /// not held again.
    pub(super) fn toggle_hold(&mut self) {
        let arrivals = &mut self.arrivals;
        match arrivals.held.take() {
            None => {
                let (mut held, mut ended) = (Held::default(), HashSet::new());
                for (reading, heard) in std::mem::take(&mut arrivals.let_in) {
                    let source = reading.source;
                    let goes_on = self.timeline.is_looked_at(source) && !ended.contains(&source);
                    if reading.begins || reading.complete {
                        ended.insert(source);
                    }
                    if reading.is_further || goes_on && !reading.begins {
                        arrivals.let_in.push_back((reading, heard));
                    } else {
                        held.push(reading, &self.timeline, heard.unwrap_or(self.now));
                    }
                }
                arrivals.held = Some(held);
            }
            Some(held) => arrivals.let_in.extend(held.into_readings()),
        }
    }

    /// What is merged while others are held is known now.
    pub(super) fn note_known(&mut self, change: &Change) {
        if let Some(held) = &mut self.arrivals.held {
            change
                .added
                .iter()
                .filter_map(|row| self.timeline.entry(*row))
                .for_each(|entry| held.know(entry));
        }
    }

    /// Merges one of the readings that were held; tells whether more are left.
    pub(super) fn let_in(&mut self) -> bool {
        if let Some((reading, heard)) = self.arrivals.let_in.pop_front() {
            self.merge(reading, heard.unwrap_or(self.now));
        }
        !self.arrivals.let_in.is_empty()
    }
}
