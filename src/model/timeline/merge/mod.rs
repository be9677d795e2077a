//! Merging a reading into the timeline.
//!
//! Merging the same reading twice changes nothing. An older `revised` never replaces a newer one; without `revised`, what is
//! told later wins, wherever readings are cut. What a look's silence means is told by its coverage. What was known before a
//! look is revised, or comes back, at the look's end.

mod fate;
mod removal;
mod silence;
mod waiting;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use crate::model::{Entry, Problem, Reading, Row, Segment, SourceId, Stamp};

use super::{Flags, Slot, TINY, Timeline};
use fate::Fate;

/// What merging a reading changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Rows that are new and have their place in the order, oldest first.
    pub added: Vec<Row>,
    /// Rows that were replaced by a newer version, and that version.
    pub revised: Vec<(Row, Row)>,
    /// Rows that the publisher took down.
    pub removed: Vec<Row>,
    /// Rows that went because there were too many.
    pub dropped: Vec<Row>,
    /// Rows that came back as they were; what came back with other words is revised.
    pub restored: Vec<Row>,
    /// Whether something of the blog changed.
    pub blog: bool,
    /// Problems that are new.
    pub problems: Vec<Problem>,
    /// How many more problems are new, which are counted only.
    pub problems_left_out: usize,
    /// Whether problems are gone that were told before.
    pub mended: bool,
    /// Whether entries fell away from a file, or stand in it again.
    pub fell_away: bool,
}

impl Change {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The rows that `timeline`, in which it was made, has in its order now and had not before: new entries and newer
    /// versions. What waits for its place is told when it gets one.
    pub fn placed(&self, timeline: &Timeline) -> impl Iterator<Item = Row> {
        let is_placed = |row: &Row| !timeline.has_waiting() || timeline.index_of(*row).is_some();
        let revised = self.revised.iter().map(|(_, new)| *new).filter(is_placed);
        self.added.iter().copied().chain(revised)
    }
}

/// What a merge brings to the order and takes from it, done at once when all of it is entered.
#[derive(Default)]
struct Fresh {
    /// The first row that came with it.
    first: Row,
    /// Ascending.
    rows: Vec<Row>,
    /// Whether some of them were replaced by later ones of the same merge.
    has_superseded: bool,
    /// Where rows stand whose revision stands elsewhere.
    left_at: Vec<usize>,
    /// And those of them that were not found by their places.
    left: HashSet<Row>,
    /// What revises rows that wait for a place, in theirs.
    newer: HashMap<Row, Row>,
}

impl Timeline {
    /// Merges `reading`.
    #[expect(clippy::needless_pass_by_value, reason = "a reading is used up: merging it is what it is for")]
    pub fn merge(&mut self, reading: Reading) -> Change {
        let mut change = Change::default();
        self.merge_blog(&reading, &mut change);
        let source = reading.source;
        let mut fresh = Fresh { first: self.flags.len() as Row, ..Fresh::default() };
        if reading.begins {
            self.begin_look(&reading, &mut fresh, &mut change);
        }
        let mut fates = self.fates(&reading.segment);
        self.go_on_from_open(source, &mut fates);
        self.postpone(source, &reading.segment, &mut fates);
        self.settle_repeats(&reading.segment, &mut fates);
        let rows = self.enter(source, &reading.segment, &fates, reading.is_further, &mut fresh, &mut change);
        if let Some(last) = rows.last().copied().flatten() {
            let is_open = self.entry(last).is_some_and(Entry::is_open);
            self.source(source).open = is_open.then_some(last);
        }
        if reading.complete {
            self.end_waiting(source, &mut fresh, &mut change);
        }
        if !change.revised.is_empty() {
            change.revised = chained(&change.revised, fresh.first);
        }
        self.weave(fresh, reading.complete, &mut change);
        for id in &reading.removed {
            if let Some(row) = self.row_of(source, id) {
                self.source(source).look.iter_mut().for_each(|look| look.forget(row));
                self.remove(row, &mut change);
            }
        }
        if reading.complete {
            self.settle_the_unseen(source, reading.coverage, &mut change);
        }
        self.bound(source, reading.complete, &mut change);
        self.settle_restored(&mut change);
        self.release();
        change
    }

    fn merge_blog(&mut self, reading: &Reading, change: &mut Change) {
        let source = self.source(reading.source);
        source.format = reading.format;
        // A look tells its problems anew, whatever its silence means, and goes on from no entry that was open; a further
        // part is no look.
        if reading.begins && !reading.is_further {
            source.problems.begin();
            source.open = None;
            source.unreadable = 0;
        }
        if let Some(blog) = &reading.blog
            && source.blog.as_ref() != Some(blog)
        {
            source.blog = Some(Arc::clone(blog));
            change.blog = true;
        }
        source.unreadable += reading.unreadable;
        change.problems = source.problems.note(&reading.problems, reading.problems_left_out);
        change.problems_left_out = source.problems.new_left_out();
        if reading.complete && !reading.is_further {
            change.mended = source.problems.end();
        }
    }

    /// Enters `segment`; gives the row of each of its entries.
    fn enter(
        &mut self,
        source: SourceId,
        segment: &Arc<Segment>,
        fates: &[Fate],
        is_further: bool,
        fresh: &mut Fresh,
        change: &mut Change,
    ) -> Vec<Option<Row>> {
        let rows = self.keep(segment, fates, is_further);
        self.apply(source, fates, &rows, fresh, change);
        rows
    }

    /// Keeps the entries that bring something, and gives the row of each entry of `segment`.
    fn keep(&mut self, segment: &Arc<Segment>, fates: &[Fate], is_further: bool) -> Vec<Option<Row>> {
        let first = self.flags.len() as Row;
        let news: Vec<usize> = (0..fates.len()).filter(|index| fates[*index].brings_a_row()).collect();
        let mut next = first;
        let rows = fates
            .iter()
            .map(|fate| match fate {
                Fate::Known(row) | Fate::Outdated(row) | Fate::ToldAgain(row) | Fate::Waits(row) => {
                    Some(*row)
                }
                Fate::Gone => None,
                Fate::New | Fate::Revises(_) | Fate::Earlier(_) => {
                    next += 1;
                    Some(next - 1)
                }
            })
            .collect();
        if news.is_empty() {
            return rows;
        }
        let kept =
            if news.len() == segment.len() { Arc::clone(segment) } else { Arc::new(segment.select(news)) };
        let mut flags = Flags::default();
        flags.set(Flags::FURTHER, is_further);
        self.flags.resize(next as usize, flags);
        self.slots.push(Slot::new(first, kept));
        self.join_tiny_neighbours();
        rows
    }

    /// Joins the last segments as a binary counter carries, so that following leaves few of them.
    fn join_tiny_neighbours(&mut self) {
        while let [.., before, last] = self.slots.as_slice() {
            let size = before.segment.size() + last.segment.size();
            if before.end() != last.first || size > TINY || before.segment.size() > 2 * last.segment.size() {
                return;
            }
            let segment = Arc::new(before.segment.joined(&last.segment));
            let joined = Slot { first: before.first, segment, dead: before.dead + last.dead };
            self.slots.truncate(self.slots.len() - 2);
            self.slots.push(joined);
        }
    }

    /// Enters the rows of a reading.
    fn apply(
        &mut self,
        source: SourceId,
        fates: &[Fate],
        rows: &[Option<Row>],
        fresh: &mut Fresh,
        change: &mut Change,
    ) {
        for (fate, row) in fates.iter().zip(rows.iter().copied()) {
            let Some(row) = row else { continue };
            match fate {
                Fate::New => {
                    let Some(key) = self.entry(row).map(Entry::key) else { continue };
                    if let Some(earlier) = self.rows.insert(key, row) {
                        // The same entry stood twice in this reading: the later one is what it says now.
                        self.supersede_within(earlier, row, fresh, change);
                    } else {
                        fresh.rows.push(row);
                        self.source(source).held += 1;
                    }
                }
                Fate::Revises(old) => {
                    let old = self.current(*old);
                    self.restore(old, change);
                    self.supersede_within(old, row, fresh, change);
                }
                Fate::Earlier(known) => self.enter_earlier(self.current(*known), row),
                Fate::Known(known) | Fate::ToldAgain(known) | Fate::Outdated(known) => {
                    self.end_earlier(self.current(*known));
                    self.come_back(source, self.current(*known), change);
                }
                Fate::Waits(_) | Fate::Gone => {}
            }
            let current = self.current(row);
            let look = self.source(source).look.as_mut();
            let is_further = look.is_some_and(|look| look.see(current));
            if !is_further {
                self.set_flag(current, Flags::LISTED, true);
            }
        }
    }

    /// Puts `new` in the place of `old`, unless both say the same or `old` is the later revision.
    fn supersede_within(&mut self, old: Row, new: Row, fresh: &mut Fresh, change: &mut Change) {
        let (Some(before), Some(after)) = (self.entry(old), self.entry(new)) else { return };
        let key = after.key();
        let is_outdated = self.is_older(after, old);
        let last_revised = if after.revised().is_some() { None } else { self.revised(old) };
        // What an open entry said was no version of it.
        let version = if before.is_open() { self.older(old) } else { Some(old) };
        let version = version.filter(|_| before.key() == key);
        let has_words_of = |row| self.entry(row).is_some_and(|entry| after.has_the_words_of(entry));
        let is_edit = version.is_some_and(|version| self.is_edited(version) || !has_words_of(version));
        let was_open = before.is_open().then(|| before.key());
        let is_same = after.says_the_same(before);
        let has_moved = after.published().map(Stamp::millis) != before.published().map(Stamp::millis);
        if is_outdated || is_same {
            self.rows.insert(key, old);
            self.set_flag(new, Flags::SUPERSEDED, true);
            self.bury(new);
            return;
        }
        let index = self.index_of(old);
        self.rows.insert(key, new);
        self.set_flag(old, Flags::SUPERSEDED, true);
        self.set_flag(new, Flags::EDITED, is_edit);
        self.set_flag(new, Flags::LISTED, self.flag(old, Flags::LISTED));
        if let Some(before) = was_open {
            self.older.remove(&old);
            // It may even have got another id.
            if before != key {
                self.rows.remove(&before);
            }
        }
        version.map(|version| self.older.insert(new, version));
        last_revised.map(|millis| self.last_revised.insert(new, millis));
        let placed = self.places.get(&old).copied().unwrap_or(old);
        if was_open.is_some() && (has_moved || placed != old) {
            self.places.remove(&old);
            self.bury(old);
        }
        if !has_moved {
            self.places.insert(new, placed);
        }
        if old >= fresh.first && fresh.rows.binary_search(&old).is_ok() {
            fresh.rows.push(new);
            fresh.has_superseded = true;
        } else if has_moved {
            match index {
                Some(index) => fresh.left_at.push(index),
                None => _ = fresh.left.insert(old),
            }
            fresh.rows.push(new);
        } else {
            match index {
                Some(index) => self.order.replace(index, new),
                None => drop(fresh.newer.insert(old, new)),
            }
        }
        change.revised.push((old, new));
    }

    fn weave(&mut self, mut fresh: Fresh, all: bool, change: &mut Change) {
        let mut order = std::mem::take(&mut self.order);
        // Nothing has moved since these were looked up.
        order.take_out_at(fresh.left_at);
        if !fresh.newer.is_empty() {
            order.replace_waiting(&fresh.newer);
        }
        if !fresh.left.is_empty() {
            order.retain(|row| !fresh.left.contains(&row));
        }
        if fresh.has_superseded {
            fresh.rows.retain(|row| !self.flag(*row, Flags::SUPERSEDED));
        }
        let mut added = order.weave(fresh.rows, all, |row| self.place(row));
        self.order = order;
        if !change.revised.is_empty() {
            let revised: HashSet<Row> = change.revised.iter().map(|(_, new)| *new).collect();
            added.retain(|row| !revised.contains(row));
        }
        change.added = added;
    }
}

/// `revised` with an entry that was revised more than once told once: what was known before the merge, and what it says
/// now. What was new in the merge, from row `first` on, was not known before.
fn chained(revised: &[(Row, Row)], first: Row) -> Vec<(Row, Row)> {
    let mut told: Vec<(Row, Row)> = Vec::with_capacity(revised.len());
    let mut ends: HashMap<Row, usize> = HashMap::new();
    for (old, new) in revised.iter().copied() {
        let at = match ends.remove(&old) {
            Some(at) => at,
            None if old >= first => continue,
            None => {
                told.push((old, new));
                told.len() - 1
            }
        };
        if let Some(pair) = told.get_mut(at) {
            pair.1 = new;
        }
        ends.insert(new, at);
    }
    told
}

#[cfg(test)]
pub(super) mod tests;
