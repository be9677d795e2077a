//! Packs drafts into segments, and keeps what one source's readings have in common.
//!
//! Here entries get an id, a key and a place on the clock, and the bounds of [`limits`] are enforced and told.

mod cut_short;
mod identity;

use std::{collections::HashMap, sync::Arc, time::Duration};

use crate::text::line::Line;

pub use cut_short::CutShort;
pub(super) use identity::key;
use identity::{Repeats, bound_id};

use super::{Blog, Coverage, Draft, Entry, Problem, Reading, Segment, SourceId, limits, segment::Placing};

/// Packs the drafts of one source. Formats fill it; the source takes its readings.
#[derive(Debug)]
pub struct Packer {
    source: SourceId,
    format: &'static str,
    segment: Segment,
    blog: Option<Arc<Blog>>,
    point: Point,
    /// What was taken down, and how many entries were packed by then.
    removed: Vec<(Line, usize)>,
    problems: Vec<Problem>,
    /// How many of them the look has told so far; what comes after its end is told anew.
    problem_count: usize,
    problems_left_out: usize,
    unreadable: usize,
    repeats: Repeats,
    /// Whether what was packed depends on what came before: ids were numbered, or an entry had its neighbour's place.
    leans: bool,
    begins: bool,
    /// Whether the source tells only what is new, whatever the reader of it takes it for.
    tells_changes: bool,
    rest: Option<Duration>,
    cut_short: CutShort,
}

/// What goes on from one entry to the next: it belongs to a point of the source, wherever that is read before or after.
#[derive(Debug, Default)]
pub struct Point {
    /// The place of the entry before.
    place: Option<i64>,
    /// How many entries without a place of their own came first.
    unplaced: usize,
    /// The blog as told last.
    told: Option<Arc<Blog>>,
}

impl Point {
    /// This point, which was reached without knowing what stands before it, now that `before` has been reached.
    fn behind(self, before: Self) -> Self {
        Self {
            place: self.place.or(before.place),
            unplaced: before.unplaced,
            told: self.told.or(before.told),
        }
    }
}

impl Packer {
    /// A packer for the readings of `source`, at the beginning of a look.
    pub fn new(source: SourceId) -> Self {
        Self {
            source,
            format: "",
            segment: Segment::default(),
            blog: None,
            point: Point::default(),
            removed: Vec::new(),
            problems: Vec::new(),
            problem_count: 0,
            problems_left_out: 0,
            unreadable: 0,
            repeats: Repeats::default(),
            leans: false,
            begins: true,
            tells_changes: false,
            rest: None,
            cut_short: CutShort::default(),
        }
    }

    /// Notes the name of the format that the source is read in.
    pub fn reads(&mut self, format: &'static str) {
        self.format = format;
    }

    /// Begins another look at the same source, from its start. What was packed and not taken is left.
    pub fn begin(&mut self) {
        let cut_short = std::mem::take(&mut self.cut_short).in_another_look();
        *self = Self { format: self.format, cut_short, ..Self::new(self.source) };
    }

    /// What was cut short, for the packer of another look at the same source.
    pub fn into_cut_short(self) -> CutShort {
        self.cut_short.in_another_look()
    }

    /// Tells entries that are among `cut_short` by the ids they were told by.
    pub fn remembers(&mut self, cut_short: CutShort) {
        self.cut_short = cut_short;
    }

    /// Goes on with what stands before all that was packed so far, as from the start of the source; gives the point that was
    /// reached, for [`Self::go_on_behind`].
    pub fn go_back(&mut self) -> Point {
        std::mem::take(&mut self.point)
    }

    /// What stood before `point` has been packed: goes on there.
    pub fn go_on_behind(&mut self, point: Point) {
        let before = std::mem::take(&mut self.point);
        self.point = point.behind(before);
    }

    /// Whether an entry had a time, so that what follows has its place on the clock.
    pub fn has_place(&self) -> bool {
        self.point.place.is_some()
    }

    /// Makes room for what `bytes` more bytes of the source may tell.
    pub fn expects(&mut self, bytes: usize) {
        self.segment.reserve(bytes);
    }

    /// Packs `draft`.
    pub fn entry(&mut self, draft: &mut Draft) {
        self.bound(draft);
        let draft = &*draft;
        let id = self.id_of(draft);
        let place = draft.published.map(super::Stamp::millis).or(self.point.place);
        if place.is_none() {
            self.leans = true;
            self.point.unplaced += 1;
        } else if self.point.place.is_none() {
            self.place_the_first(place.unwrap_or_default());
        }
        self.point.place = place;
        let placing = Placing {
            id: &id,
            source: self.source,
            place: place.unwrap_or(i64::MIN),
            key: key(self.source, &id),
        };
        self.segment.push(draft, placing);
    }

    /// Gives the entries that came before the first one with a time its place.
    fn place_the_first(&mut self, place: i64) {
        let unplaced = std::mem::take(&mut self.point.unplaced);
        if unplaced > 0 {
            self.segment
                .records
                .iter_mut()
                .filter(|record| record.place == i64::MIN)
                .for_each(|record| record.place = place);
        }
    }

    /// Tells the blog; telling the same again says nothing.
    pub fn blog(&mut self, mut blog: Blog) {
        blog.title.cut(limits::HEADLINE);
        blog.publisher.cut(limits::HEADLINE);
        blog.authors.truncate(limits::AUTHORS);
        if self.point.told.as_deref() != Some(&blog) {
            let blog = Arc::new(blog);
            self.point.told = Some(Arc::clone(&blog));
            self.blog = Some(blog);
        }
    }

    /// The blog as told last.
    pub fn told_blog(&self) -> Option<&Blog> {
        self.point.told.as_deref()
    }

    /// Says that the source took the entry called `id` down.
    pub fn removed(&mut self, id: &str) {
        let mut id = Line::new(id);
        bound_id(&mut id);
        self.removed.push((id, self.segment.len()));
    }

    /// Says that this look tells only what has changed: its silence about an entry means nothing.
    pub fn tells_changes(&mut self) {
        self.tells_changes = true;
    }

    /// Says that the source asks not to be looked at again for so long.
    pub fn asks_rest(&mut self, rest: Duration) {
        self.rest = Some(rest);
    }

    /// Notes a problem, in `line` where that is known.
    pub fn problem(&mut self, line: Option<u64>, message: &str) {
        if self.problem_count < limits::PROBLEMS {
            self.problem_count += 1;
            self.problems.push(Problem::new(line, message));
        } else {
            self.problems_left_out += 1;
        }
    }

    /// Notes that an entry could not be read, and why.
    pub fn unreadable(&mut self, line: Option<u64>, message: &str) {
        self.unreadable += 1;
        self.problem(line, message);
    }

    /// How many entries wait to be taken.
    pub fn len(&self) -> usize {
        self.segment.len()
    }

    /// Whether nothing waits to be taken.
    pub fn is_empty(&self) -> bool {
        self.segment.is_empty()
            && self.removed.is_empty()
            && self.blog.is_none()
            && self.problems.is_empty()
            && self.problems_left_out == 0
    }

    /// Takes what was packed since the last time as a reading.
    pub fn take(&mut self, coverage: Coverage, complete: bool) -> Reading {
        let is_delta = std::mem::take(&mut self.tells_changes);
        let removed = self.take_removed();
        if complete {
            self.problem_count = 0;
        }
        Reading {
            source: self.source,
            format: self.format,
            segment: Arc::new(std::mem::take(&mut self.segment).seal()),
            blog: self.blog.take(),
            removed,
            coverage: if is_delta { Coverage::Delta } else { coverage },
            begins: std::mem::take(&mut self.begins),
            complete,
            problems: std::mem::take(&mut self.problems),
            problems_left_out: std::mem::take(&mut self.problems_left_out),
            unreadable: std::mem::take(&mut self.unreadable),
            rest: self.rest.take(),
            is_further: false,
        }
    }

    /// What was taken down and not told again after that.
    fn take_removed(&mut self) -> Vec<Line> {
        let removed = std::mem::take(&mut self.removed);
        if removed.is_empty() {
            return Vec::new();
        }
        let entries =
            (0..self.segment.len()).filter_map(|index| Some((Entry::new(&self.segment, index)?, index)));
        let told: HashMap<&str, usize> = entries.map(|(entry, index)| (entry.id(), index)).collect();
        let is_gone = |id: &Line, by: usize| told.get(id.as_str()).is_none_or(|last| *last < by);
        removed.into_iter().filter_map(|(id, by)| is_gone(&id, by).then_some(id)).collect()
    }

    /// A packer for what follows in the same look, filled at the same time by another thread. `None` once entries were
    /// met that depend on those before them: more of them will follow.
    pub fn beside(&self) -> Option<Self> {
        (!self.leans).then(|| Self { begins: false, format: self.format, ..Self::new(self.source) })
    }

    /// Goes on with what `beside` packed, when nothing waits to be taken. Tells whether that could be: where what it
    /// packed depends on what came before, it is left, and must be packed again.
    pub fn go_on_with(&mut self, mut beside: Self) -> bool {
        if self.leans || beside.leans || !self.is_empty() {
            return false;
        }
        let told = beside.problems.len().min(limits::PROBLEMS.saturating_sub(self.problem_count));
        self.problems_left_out = beside.problems_left_out + beside.problems.len() - told;
        beside.problems.truncate(told);
        self.segment = beside.segment;
        self.removed = beside.removed;
        self.problems = beside.problems;
        self.problem_count += told;
        self.unreadable = beside.unreadable;
        self.go_on_behind(beside.point);
        self.blog = beside.blog;
        self.tells_changes = beside.tells_changes;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(packer: &mut Packer, id: &str) {
        let mut draft = Draft::default();
        draft.id.set(id);
        packer.entry(&mut draft);
    }

    #[test]
    fn what_is_told_again_after_it_was_taken_down_is_there() {
        let mut packer = Packer::new(0);
        entry(&mut packer, "gone");
        for id in ["gone", "back", "unknown"] {
            packer.removed(id);
        }
        entry(&mut packer, "back");
        let removed = packer.take(Coverage::Delta, true).removed;
        assert_eq!(removed.iter().map(Line::as_str).collect::<Vec<_>>(), ["gone", "unknown"]);
    }

    #[test]
    fn every_look_may_tell_its_problems() {
        let mut packer = Packer::new(0);
        for _ in 0..3 {
            packer.begin();
            (0..limits::PROBLEMS).for_each(|line| packer.problem(Some(line as u64), "half a line"));
            assert_eq!(packer.take(Coverage::Window, true).problems.len(), limits::PROBLEMS);
        }
    }
}
