//! What sources say, taken in: merging readings, arrivals, edits, and the order the list opens in.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    model::{Change, Entry, Kinds, News, Problem, Reading, Row, SourceId, State, Status, Timeline},
    story::pulse::last_times,
};

use super::{App, Arrivals, At, Effects, Item, List, Order, Redraw};

/// An ended story is read from its beginning; one that was added to within this many hours is taken for a live one.
const LIVE_HOURS: i64 = 12;

/// An entry that is so much earlier than another may have come after it: stamps are of minutes. In milliseconds.
const A_MOMENT: i64 = 60_000;
/// Among how many of the newest entries one of the same source is looked for.
const LOOKED_AT: usize = 200;

impl App {
    /// The first row that arrived since opening.
    pub(super) fn opened(&self) -> Option<Row> {
        self.arrivals.opened
    }

    /// The arrivals since opening.
    pub fn arrivals(&self) -> &Arrivals {
        &self.arrivals
    }

    /// Whether the entry in `row` came after later ones of its source.
    pub fn is_late(&self, row: Row) -> bool {
        self.arrivals.late.contains(&row)
    }

    /// Whether the entry in `row` arrived since opening and has not been opened yet.
    pub fn is_unread(&self, row: Row) -> bool {
        self.arrivals.unread.contains(row)
    }

    /// Something a source says.
    pub(super) fn news(&mut self, news: News) -> Effects {
        match news {
            News::Reading(reading) => {
                match self.arrivals.keep_back(reading, &self.timeline, self.now) {
                    Some(reading) => self.merge(reading, self.now),
                    None => self.redraw(Redraw::Soon),
                }
                if self.arrivals.let_in_overflow() {
                    self.say("held: full, let in");
                }
                Effects::new()
            }
            News::Status(source, status) => self.status_changed(source, status),
            News::Readiness(source, readiness) => {
                self.note_readiness(source, readiness);
                Effects::new()
            }
            News::Unfetched(source, unfetched) => {
                self.could_not_fetch(source, unfetched);
                Effects::new()
            }
        }
    }

    fn status_changed(&mut self, source: SourceId, status: Status) -> Effects {
        self.redraw(if matches!(status, Status::Reading { .. }) { Redraw::Counts } else { Redraw::Now });
        let effects = match status {
            Status::Failed(failure) => self.source_failed(source, &failure),
            status => {
                self.note_status(source, status);
                Effects::new()
            }
        };
        if self.all_were_looked_at() {
            self.look_is_over = true;
            self.first_look_is_over();
        }
        effects
    }

    /// Merges `reading`, the last news in which was heard of at `heard`, and takes in what changed.
    pub(super) fn merge(&mut self, reading: Reading, heard: DateTime<Utc>) {
        let is_first = self.timeline.is_empty();
        let was_opened = self.arrivals.opened.is_some();
        let (source, is_complete) = (reading.source, reading.complete);
        // A look tells its problems anew, perhaps the same ones in other lines.
        let tells_problems = reading.begins || !reading.problems.is_empty();
        let change = self.timeline.merge(reading);
        if tells_problems || change.mended || !change.problems.is_empty() {
            self.problems_stamp += 1;
        }
        if change.blog {
            self.note_standfirst();
        }
        self.merged_into_tab(&change);
        self.note_key_events(&change);
        self.note_ahead(&change);
        self.note_known(&change);
        // What was replaced goes first: what is new is put in its place among what stands.
        self.note_revisions(&change);
        self.note_dropped(&change);
        self.note_arrivals(&change, heard);
        self.merged_into_search(&change);
        self.merged_into_index(&change);
        self.strip_is_stale = true;
        self.settle_order(was_opened);
        if !self.has_moved {
            self.select_first(is_complete);
        } else if self.is_riding && !change.added.is_empty() {
            let newest = self.newest_index();
            self.select(newest);
        }
        if was_opened {
            self.tell_problems(change.problems.last().map(|problem| (source, problem)));
        }
        if self.look_is_over {
            self.first_look_is_over();
        }
        let brings = !change.is_empty();
        self.redraw(match (is_first, was_opened, is_complete) {
            (true, ..) if brings => Redraw::Now,
            (_, false, true) => Redraw::Now,
            (_, false, false) => Redraw::Counts,
            _ if brings => Redraw::Soon,
            _ => Redraw::None,
        });
    }

    fn note_key_events(&mut self, change: &Change) {
        let timeline = &self.timeline;
        let is_key = |row| timeline.entry(row).is_some_and(|entry| entry.kinds().contains(Kinds::KEY));
        self.arrivals.key_events.merged(timeline, change, is_key);
        self.tab.note_key_events(timeline, change, is_key);
    }

    fn note_arrivals(&mut self, change: &Change, heard: DateTime<Utc>) {
        if self.arrivals.opened.is_none() {
            return;
        }
        let timeline = &self.timeline;
        let is_news = |row: &Row| !timeline.is_further(*row);
        let news: Vec<Row> = change.added.iter().copied().filter(is_news).collect();
        self.arrivals.late.extend(late(timeline, &news));
        self.arrivals.unread.add(timeline, &news);
        for source in news.iter().filter_map(|row| timeline.entry(*row)).map(Entry::source) {
            let came = self.arrivals.came.entry(source).or_insert(heard);
            *came = (*came).max(heard);
        }
        self.tab.note_arrivals(timeline, &news);
        self.arrivals.rows.add(timeline, news.iter().copied());
        self.note_missed(&news);
        self.note_returns(change);
        self.arrivals.unread.take_down(&self.timeline, &change.removed);
        for row in &change.removed {
            for missed in self.arrivals.missed.values_mut() {
                missed.remove(row);
            }
        }
    }

    /// `news` are missed, as far as the timeline is narrowed to another source.
    fn note_missed(&mut self, news: &[Row]) {
        let in_tab = self.in_tab();
        for row in news {
            let source = self.timeline.entry(*row).map(Entry::source);
            if let Some(source) = source.filter(|source| !in_tab.contains(source)) {
                self.arrivals.missed.entry(source).or_default().insert(*row);
            }
        }
    }

    /// What was taken down unopened is unread again when it comes back, as it was or with other words.
    fn note_returns(&mut self, change: &Change) {
        // What the search had found by then is told apart from what it finds anew.
        self.note_found();
        let back = change.restored.iter().copied().chain(change.revised.iter().map(|(_, new)| *new));
        let back = self.arrivals.unread.bring_back(&self.timeline, back);
        self.note_missed(&back);
        let is_found = |row: &Row| self.search().is_some_and(|search| search.has_found(*row));
        let found = back.into_iter().filter(is_found).collect();
        self.arrivals.unread.add_found(&self.timeline, found);
    }

    /// A revision takes the place of what it revises, everywhere but in the detail, where it waits.
    fn note_revisions(&mut self, change: &Change) {
        self.arrivals.rows.revise(&self.timeline, change);
        self.arrivals.unread.revise(&self.timeline, change);
        for (old, new) in &change.revised {
            let Arrivals { late, missed, .. } = &mut self.arrivals;
            for rows in std::iter::once(late).chain(missed.values_mut()) {
                if rows.remove(old) {
                    rows.insert(*new);
                }
            }
            if self.list.selected == Some(Item::Entry(*old)) {
                self.list.selected = Some(Item::Entry(*new));
            }
            self.note_edit(*old, *new);
        }
    }

    /// What went because there were too many is nowhere any more.
    fn note_dropped(&mut self, change: &Change) {
        let Arrivals { late, missed, .. } = &mut self.arrivals;
        for row in &change.dropped {
            late.remove(row);
            missed.values_mut().for_each(|missed| _ = missed.remove(row));
        }
    }

    /// What comes from here on is new. A blog that has nothing yet is not open before it has something.
    fn first_look_is_over(&mut self) {
        if self.arrivals.opened.is_none() && !self.timeline.is_empty() {
            self.arrivals.opened = Some(self.timeline.row_count() as Row);
            let lull = self.pulse().lull();
            if self.has_moved {
                self.list.coming_lull = lull;
            } else {
                self.list.lull = lull;
            }
            let last = self.problems_in_tab().last().map(|(source, problem)| (source, problem.clone()));
            self.tell_problems(last.as_ref().map(|(source, problem)| (*source, problem)));
            if self.view() == super::View::New {
                self.renew_search();
            }
        }
    }

    /// Chooses the order of the list, unless it was asked for: as long as the first look goes on and no key took hold of the
    /// list, what comes last tells it.
    fn settle_order(&mut self, was_opened: bool) {
        let is_settled = self.order.is_some() && (was_opened || self.has_moved);
        if is_settled || self.options.order.is_some() || self.timeline.is_empty() {
            return;
        }
        let before = self.order.replace(self.fitting_order());
        if before.is_some() && before != self.order {
            self.list = List::default();
        }
    }

    /// The order for what is known now: a story that goes on from its newest end, one that ended from its beginning.
    fn fitting_order(&self) -> Order {
        if self.sources().len() > 1 {
            return Order::Newest;
        }
        let state = self.blog().map_or(State::Unknown, |blog| blog.state);
        let is_recent = || {
            let newest = last_times(&self.timeline, self.timeline.order()).next();
            let age = newest.map(|stamp| self.now.signed_duration_since(stamp.utc()));
            age.is_some_and(|age| age < TimeDelta::hours(LIVE_HOURS))
        };
        match state {
            State::Live => Order::Newest,
            State::Unknown if is_recent() => Order::Newest,
            State::Unknown | State::Ended => Order::Oldest,
        }
    }

    /// What is selected before any key moved the selection: the entry asked for, else where the story is best begun.
    fn select_first(&mut self, is_complete: bool) {
        if self.arrivals.opened.is_some() && self.list.selected.is_some() {
            return;
        }
        let asked = self.options.at.clone().and_then(|at| self.find(&at));
        if let Some(row) = asked {
            self.list.selected = Some(Item::Entry(row));
            return;
        }
        if is_complete && (self.look_is_over || self.source().is_some()) && self.options.at.take().is_some() {
            self.say("the entry asked for is not in this blog");
        }
        let index = match self.order() {
            Order::Newest => self.newest_index(),
            Order::Oldest => 0,
        };
        self.select(index);
    }

    fn find(&self, at: &At) -> Option<Row> {
        match at {
            At::Id(id) => self.row_called(id),
            At::Time(time) => {
                let rows = self.timeline.order();
                let millis = time.timestamp_millis();
                let place = |row: &Row| self.timeline.entry(*row).map_or(i64::MIN, Entry::place);
                let index = rows.partition_point(|row| place(row) < millis);
                rows.get(index).or_else(|| rows.last()).copied()
            }
        }
    }

    /// Says how many problems there are in the tab, and which came last, if that is one of them.
    fn tell_problems(&mut self, last: Option<(SourceId, &Problem)>) {
        let in_tab = self.in_tab();
        let Some((source, problem)) = last.filter(|(source, _)| in_tab.contains(source)) else { return };
        let info = self.sources.get(usize::from(source)).filter(|_| self.has_tabs());
        let label = info.map(|info| format!("{}, ", info.label)).unwrap_or_default();
        let place = problem.line.map(|line| format!("line {line}: ")).unwrap_or_default();
        let count = match self.problem_count() {
            1 => "1 problem".to_owned(),
            count if count > self.problems_in_tab().count() => format!("{count} problems, one of them"),
            count => format!("{count} problems, the last"),
        };
        let words = format!("{count}: {label}{place}{}", problem.message);
        self.say(&words);
    }
}

/// The rows among `news` that belong more than a moment before what their source had told already.
fn late(timeline: &Timeline, news: &[Row]) -> Vec<Row> {
    let place = |row: &Row| timeline.place(*row);
    let Some(first) = news.iter().min() else { return Vec::new() };
    let Some(source) = place(first).map(|place| place.source) else { return Vec::new() };
    let known = timeline.order().iter().rev().take(LOOKED_AT).filter(|row| *row < first);
    let newest = known.filter_map(place).find(|place| place.source == source);
    let Some(newest) = newest else { return Vec::new() };
    let is_late = |row: &Row| {
        let has_time = timeline.entry(*row).is_some_and(|entry| entry.published().is_some());
        let place = place(row).filter(|place| place.source == source && has_time);
        place.is_some_and(|place| place.millis.saturating_add(A_MOMENT) < newest.millis)
    };
    news.iter().copied().filter(is_late).collect()
}
