//! Building the indexes in slices: what is in sight first, then from the newest entry down; and keeping them current.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    ops::Range,
    sync::Arc,
};

use crate::{
    app::{App, Redraw},
    model::{Blog, Change, Row, SourceId, Timeline},
    story::{Holder, Roll, View, voices::Words},
};

/// How many bytes of text are looked through in one slice: a few thousandths of a second.
///
/// What is in an entry is worked out whole, since who is who within it depends on all of it: one of 16 KB takes about three
/// thousandths of a second, and one as long as a book makes a slice that is as much longer.
const SLICE: usize = 16 << 10;

/// What an entry costs beside its text, in bytes.
const COST: usize = 64;

/// How many holders are taken before the first rows are shown.
const FIRST: usize = 256;

/// How much the rows once had since they were last made for something else.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Made {
    #[default]
    Nothing,
    /// All that was taken by then.
    Taken,
    /// All that there was.
    Whole,
}

/// What has been taken, and what is left to be.
#[derive(Debug, Default)]
pub(super) struct Building {
    pub(super) roll: Roll,
    queue: VecDeque<Holder>,
    /// What came since that was begun: it is taken first.
    fresh: VecDeque<Holder>,
    /// The blogs whose standfirsts were taken. Unlike an entry, a standfirst does not stay as it was.
    blogs: HashMap<SourceId, Arc<Blog>>,
    /// Whether a blog told something else of itself since.
    has_new_blog: bool,
    is_begun: bool,
    taken: usize,
    /// What the rows are made for: the view, and a stamp of the filter.
    made_for: Option<(View, u64)>,
    made: Made,
    /// How many rows the timeline had when nothing was left to be put into rows.
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

    /// Whether the rows once had all that was taken since they were made for something else.
    pub(super) fn is_made(&self) -> bool {
        self.made != Made::Nothing
    }

    /// Whether they once had all that there is.
    pub(super) fn is_whole(&self) -> bool {
        self.made == Made::Whole
    }

    fn left(&self) -> usize {
        self.fresh.len() + self.queue.len()
    }

    /// The blog of `source` whose standfirst was taken.
    pub(super) fn blog(&self, source: SourceId) -> Option<&Arc<Blog>> {
        self.blogs.get(&source)
    }

    /// Takes the standfirsts of `sources` anew, if a blog told something else of itself.
    fn take_new_blogs(&mut self, timeline: &Timeline, sources: Range<SourceId>) {
        if std::mem::take(&mut self.has_new_blog) {
            sources.for_each(|source| self.take(timeline, Holder::Standfirst(source)));
        }
    }

    fn take(&mut self, timeline: &Timeline, holder: Holder) {
        if let Holder::Standfirst(source) = holder
            && let Some(blog) = timeline.blog(source)
        {
            self.blogs.insert(source, Arc::clone(blog));
        }
        self.roll.take(timeline, holder);
    }

    fn begin(&mut self, queue: VecDeque<Holder>) {
        self.is_begun = true;
        self.queue = queue;
        self.taken = 0;
    }

    /// Whether what was taken may be put into rows: what came while something else was shown is among the first, and the
    /// first are not too few.
    fn may_show(&self) -> bool {
        let is_enough = self.taken >= FIRST || self.left() == 0;
        self.is_made() || self.fresh.is_empty() && is_enough
    }

    /// All that came is in the rows.
    fn note_made(&mut self, timeline: &Timeline) {
        let made = if self.left() == 0 { Made::Whole } else { Made::Taken };
        self.made = self.made.max(made);
        if self.fresh.is_empty() {
            self.made_at = timeline.row_count();
            self.arrived.clear();
            self.arrived_in_all = 0;
        }
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
                self.take(timeline, holder);
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

    /// Forgets the rows of the view that is left.
    pub(super) fn forget_rows(&mut self) {
        self.made_for = None;
        self.made = Made::Nothing;
        self.roll.hide();
    }

    fn forget(&mut self, timeline: &Timeline, row: Row) {
        if let Some(mentions) = self.arrived.remove(&timeline.first_version(row)) {
            self.arrived_in_all -= mentions;
        }
        self.roll.forget(Holder::Entry(row));
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
        let gives_back = self.index.building.roll.give_back();
        if !self.shows_index() {
            return gives_back;
        }
        if !self.index.building.is_begun {
            let queue = self.holders();
            self.index.building.begin(queue);
        }
        let made_for = Some((self.view, self.filter_stamp()));
        if self.index.building.made_for != made_for {
            // The rows of before stay until it is known what the filter lets through.
            if !self.search_is_done() {
                return gives_back;
            }
            self.index.hold();
            let building = &mut self.index.building;
            (building.made_for, building.made) = (made_for, Made::Nothing);
            building.roll.show(self.view);
        }
        // Standfirsts that are read stay as they are.
        if !self.holds_rows() {
            self.index.building.take_new_blogs(&self.timeline, self.shown.clone());
        }
        for row in self.index.building.work(&self.timeline) {
            let mentions = if self.has_listed(row) { self.mentions_in(Holder::Entry(row)) } else { 0 };
            self.index.building.note_arrived(self.timeline.first_version(row), mentions);
        }
        let is_left = self.work_on_rows();
        let is_left = self.index.building.left() > 0 || is_left;
        if is_left {
            self.redraw(Redraw::Counts);
        }
        is_left || gives_back
    }

    /// Puts a bit of what was taken into rows, unless they are held; tells whether more is left.
    fn work_on_rows(&mut self) -> bool {
        let holds_rows = self.holds_rows();
        let building = &mut self.index.building;
        if building.is_made() && (holds_rows || !building.roll.is_left()) {
            return false;
        }
        if !building.may_show() {
            return true;
        }
        let (grip, in_sight) = (self.index.grip(), self.anchor_in_sight());
        let mut roll = std::mem::take(&mut self.index.building.roll);
        let is_left = roll.work(|holder| self.is_indexed(holder), |words| self.lets_speak(words));
        self.index.building.roll = roll;
        self.index.regrip(grip);
        self.scroll_to(in_sight);
        if !is_left {
            self.index.building.note_made(&self.timeline);
            self.index.held = None;
            self.redraw(Redraw::Soon);
        }
        is_left
    }

    /// Whether tab, view and filter let `holder` into the index.
    fn is_indexed(&self, holder: Holder) -> bool {
        match holder {
            Holder::Entry(row) => self.search().is_none() && self.tab().is_none() || self.has_listed(row),
            Holder::Standfirst(source) => {
                let query = self.filter.query();
                let blog = self.timeline.blog(source).filter(|_| self.in_tab().contains(&source));
                query.is_empty() && blog.is_some()
                    || blog.is_some_and(|blog| query.matches_prose(blog.standfirst.as_ref()))
            }
        }
    }

    /// How many mentions the view tells of `holder`, whose entry the list has.
    fn mentions_in(&self, holder: Holder) -> usize {
        self.index.building.roll.count(holder, |words| self.lets_speak(words))
    }

    /// Whether the query lets the speaker of `words` through.
    fn lets_speak(&self, words: &Words) -> bool {
        self.filter.query().lets_speak(words.speaker.and_then(|speaker| self.words_at(speaker)))
    }

    /// All that is to be taken, in that order.
    fn holders(&self) -> VecDeque<Holder> {
        let sources = self.shown.clone().map(Holder::Standfirst);
        let first: Vec<Holder> = self.rows_in_sight().map(Holder::Entry).collect();
        let known: HashSet<Holder> = first.iter().copied().collect();
        let rest = self.timeline.order().iter().rev().map(|row| Holder::Entry(*row));
        sources.chain(first).chain(rest.filter(|holder| !known.contains(holder))).collect()
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
        building.has_new_blog |= change.blog;
    }
}
