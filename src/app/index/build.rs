//! Building the indexes in slices: what is in sight first, then from the newest entry down; and keeping them current.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::{
    app::{App, Redraw},
    model::{Change, Row, Timeline},
    story::{Holder, Ledger, View, Voices, voices::Words},
};

use super::IndexRow;

/// How many bytes of text are looked through in one slice: a few thousandths of a second.
const SLICE: usize = 32 << 10;

/// What an entry costs beside its text, in bytes.
const COST: usize = 64;

/// How many holders are taken before the first rows are shown.
const FIRST: usize = 256;

/// What has been taken, and what is left to be.
#[derive(Debug, Default)]
pub(super) struct Building {
    voices: Voices,
    ledger: Ledger,
    queue: VecDeque<Holder>,
    /// What came since that was begun: it is taken first.
    fresh: VecDeque<Holder>,
    is_begun: bool,
    taken: usize,
    /// How many are to be taken before rows are shown again.
    next: usize,
    /// Whether something was taken or forgotten since the rows were made.
    is_stale: bool,
    /// What the rows were made for: the view, a stamp of the filter, and whether all was looked through.
    made_for: Option<(View, u64, bool)>,
    /// How many rows the timeline had when they were made.
    made_at: usize,
    /// How many mentions there are in each entry that came since, by its first version, and in all.
    arrived: HashMap<Row, usize>,
    arrived_in_all: usize,
}

impl Building {
    pub(super) fn progress(&self) -> Option<usize> {
        let left = self.left();
        (left > 0).then(|| self.taken * 100 / (self.taken + left))
    }

    /// How many mentions came since the rows were made.
    pub(super) fn arrived(&self) -> usize {
        self.arrived_in_all
    }

    fn left(&self) -> usize {
        self.fresh.len() + self.queue.len()
    }

    /// Whether other rows than those `made_for` are shown, and there is something to make them of.
    fn owes(&self, made_for: Option<(View, u64, bool)>) -> bool {
        self.made_for != made_for && (self.is_stale || self.taken > 0)
    }

    fn begin(&mut self, queue: VecDeque<Holder>) {
        self.is_begun = true;
        self.queue = queue;
        self.taken = 0;
        self.next = FIRST;
    }

    /// Takes one slice of what is left; gives those entries of it that came since the rows were made.
    fn work(&mut self, timeline: &Timeline) -> Vec<Row> {
        let (mut left, mut arrived) = (SLICE, Vec::new());
        while left > 0
            && let Some(holder) = self.fresh.pop_front().or_else(|| self.queue.pop_front())
        {
            let bytes: usize = holder.parts(timeline).map(|(_, prose)| prose.text().len()).sum();
            left = left.saturating_sub(bytes + COST);
            self.taken += 1;
            if is_shown(timeline, holder) {
                self.voices.take(timeline, holder);
                self.ledger.take(timeline, holder);
                self.is_stale = true;
                let is_new = |row: &Row| timeline.first_version(*row) as usize >= self.made_at;
                arrived.extend(holder.row().filter(is_new));
            }
        }
        arrived
    }

    /// Notes that there are so many mentions in the entry whose first version is `first`.
    fn note_arrived(&mut self, first: Row, mentions: usize) {
        let before = self.arrived.insert(first, mentions).unwrap_or_default();
        self.arrived_in_all = self.arrived_in_all + mentions - before;
    }

    /// Makes the rows be made anew.
    pub(super) fn forget_rows(&mut self) {
        self.made_for = None;
    }

    fn forget(&mut self, timeline: &Timeline, row: Row) {
        if let Some(mentions) = self.arrived.remove(&timeline.first_version(row)) {
            self.arrived_in_all -= mentions;
        }
        self.voices.forget(Holder::Entry(row));
        self.ledger.forget(Holder::Entry(row));
        self.is_stale = true;
    }
}

/// Whether `holder` is what the blog says now: neither revised nor taken down.
fn is_shown(timeline: &Timeline, holder: Holder) -> bool {
    match holder {
        Holder::Standfirst(_) => true,
        Holder::Entry(row) => timeline.is_current(row) && !timeline.is_removed(row),
    }
}

impl App {
    /// Works on the index for one slice while it is shown; tells whether more is left.
    pub(in crate::app) fn work_on_index(&mut self) -> bool {
        if !self.shows_index() {
            return false;
        }
        if !self.index.building.is_begun {
            let queue = self.holders();
            self.index.building.begin(queue);
        }
        let made_for = Some((self.view, self.filter_stamp(), self.search_is_done()));
        let holds_rows = self.holds_rows();
        let building = &mut self.index.building;
        // What came while something else was shown is among the rows that are shown first.
        if building.owes(made_for) && building.fresh.is_empty() {
            let asked = |made_for: Option<(View, u64, bool)>| made_for.map(|(view, stamp, _)| (view, stamp));
            let are_asked_for = asked(building.made_for) != asked(made_for);
            building.made_for = made_for;
            self.make_rows(are_asked_for);
            return true;
        }
        for row in building.work(&self.timeline) {
            let mentions = if self.has_listed(row) { self.mentions_in(Holder::Entry(row)) } else { 0 };
            self.index.building.note_arrived(self.timeline.first_version(row), mentions);
        }
        let building = &mut self.index.building;
        let is_left = building.left() > 0;
        let is_due = !is_left || building.taken >= building.next;
        if building.is_stale && is_due && !holds_rows {
            building.next = building.taken * 2;
            let is_first = building.made_for.is_none();
            building.made_for = made_for;
            self.make_rows(is_first);
        } else if is_left {
            self.redraw(Redraw::Counts);
        }
        is_left || self.index.building.owes(made_for)
    }

    /// How many mentions the view tells of `holder`, whose entry the list has.
    fn mentions_in(&self, holder: Holder) -> usize {
        let building = &self.index.building;
        match self.view {
            View::Quotes => building.voices.of(holder).filter(|words| self.lets_speak(words)).count(),
            _ => building.ledger.count(holder),
        }
    }

    /// Whether the query lets the speaker of `words` through.
    fn lets_speak(&self, words: &Words) -> bool {
        self.filter.query().lets_speak(words.speaker.and_then(|speaker| speaker.text(&self.timeline)))
    }

    /// All that is to be taken, in that order.
    fn holders(&self) -> VecDeque<Holder> {
        let sources = self.shown.clone().map(Holder::Standfirst);
        let first: Vec<Holder> = self.rows_in_sight().map(Holder::Entry).collect();
        let known: HashSet<Holder> = first.iter().copied().collect();
        let rest = self.timeline.order().iter().rev().map(|row| Holder::Entry(*row));
        sources.chain(first).chain(rest.filter(|holder| !known.contains(holder))).collect()
    }

    /// Makes the rows of the view anew from what was taken. `are_asked_for`: the reader asked for other rows than those that
    /// are shown.
    fn make_rows(&mut self, are_asked_for: bool) {
        let building = &mut self.index.building;
        building.is_stale = false;
        building.made_at = self.timeline.row_count();
        building.arrived.clear();
        building.arrived_in_all = 0;
        let is_narrowed = self.search().is_some() || self.tab().is_some();
        let query = self.filter.query();
        let admits = |holder| match holder {
            Holder::Entry(row) => !is_narrowed || self.has_listed(row),
            Holder::Standfirst(source) => {
                let blog = self.timeline.blog(source).filter(|_| self.in_tab().contains(&source));
                query.is_empty() && blog.is_some()
                    || blog.is_some_and(|blog| query.matches_prose(blog.standfirst.as_ref()))
            }
        };
        let building = &self.index.building;
        let rows = if self.view == View::Quotes {
            let is_asked = |words: &Words| admits(words.spot.holder) && self.lets_speak(words);
            building.voices.only(is_asked).into_iter().map(IndexRow::Voice).collect()
        } else {
            building.ledger.only(admits).into_iter().map(IndexRow::Series).collect()
        };
        self.put_rows(rows, are_asked_for);
        self.redraw(Redraw::Soon);
    }

    /// Lets the index take in what a merge changed.
    pub(in crate::app) fn merged_into_index(&mut self, change: &Change) {
        let building = &mut self.index.building;
        if !building.is_begun {
            return;
        }
        let old = change.revised.iter().map(|(old, _)| old);
        for row in change.removed.iter().chain(&change.dropped).chain(old) {
            building.forget(&self.timeline, *row);
        }
        let fresh =
            change.added.iter().chain(&change.restored).chain(change.revised.iter().map(|(_, new)| new));
        building.fresh.extend(fresh.map(|row| Holder::Entry(*row)));
        if change.blog {
            let sources = self.shown.clone().map(Holder::Standfirst);
            building.fresh.extend(sources);
        }
    }
}
