//! Entries that are closed, on their way to the packer.
//!
//! The first of them wait until it is known which way time runs, and that they are no list of key events; then they go as
//! they come. Days are settled here, in order.

use crate::model::{Draft, Kinds, Packer, Stamp};

use super::{
    days::{self, Days, Direction},
    entry::{self, Facts, Pending},
    scan::Clock,
};

/// How many steps from entry to entry tell which way time runs.
const STEPS: usize = 3;
/// The most entries that wait.
const MOST_HELD: usize = 64;
/// The fewest entries of a list of key events.
const LIST: usize = 3;

/// Where entries go.
#[derive(Debug)]
pub(super) struct Out<'a> {
    pub packer: &'a mut Packer,
    pub draft: &'a mut Draft,
    mode: Mode,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Entries are packed.
    Firm,
    /// The next entry is packed as an open one, and no other: whatever is packed after it takes its place.
    Trial,
    /// It has been.
    Tried,
}

impl<'a> Out<'a> {
    /// Packs entries that are closed.
    pub(super) fn firm(packer: &'a mut Packer, draft: &'a mut Draft) -> Self {
        Self { packer, draft, mode: Mode::Firm }
    }

    /// Shows the next entry as it stands.
    pub(super) fn trial(packer: &'a mut Packer, draft: &'a mut Draft) -> Self {
        Self { packer, draft, mode: Mode::Trial }
    }

    /// Whether what is packed is said again when more is known.
    pub(super) fn is_trial(&self) -> bool {
        self.mode != Mode::Firm
    }

    fn entry(&mut self, is_last: bool) {
        self.draft.is_cut_short = is_last && self.mode == Mode::Firm;
        self.draft.is_open = self.mode == Mode::Trial;
        if self.mode != Mode::Tried {
            self.packer.entry(self.draft);
        }
        if self.mode == Mode::Trial {
            self.mode = Mode::Tried;
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct Queue {
    pub days: Days,
    pub facts: Facts,
    held: Vec<Pending>,
    /// Copies of entries further down that have not been met.
    copies: Vec<Pending>,
    direction: Option<Direction>,
    /// Clock and headline of the entries that the page lists as key events.
    keys: Vec<(i64, String)>,
}

impl Queue {
    pub(super) fn new(days: Days) -> Self {
        Self {
            days,
            facts: Facts::default(),
            held: Vec::new(),
            copies: Vec::new(),
            direction: None,
            keys: Vec::new(),
        }
    }

    /// Takes an entry that is closed.
    pub(super) fn add(&mut self, closed: Pending) {
        self.facts.endings.count(&closed.rows);
        if closed.is_copy { &mut self.copies } else { &mut self.held }.push(closed);
    }

    /// Takes an entry that was packed at an end that was none: only the day goes on from it.
    pub(super) fn skip(&mut self, packed: &Pending) {
        self.facts.endings.count(&packed.rows);
        self.moment(packed);
    }

    /// The queue as it was `before`, but for what has been packed since.
    pub(super) fn back_to(self, before: Self) -> Self {
        let days = if before.held.is_empty() { before.days } else { self.days };
        Self { days, facts: before.facts, ..self }
    }

    /// Packs the entries that wait, when enough is known of them and of `next`, or the text has ended.
    pub(super) fn release(&mut self, next: Option<&Pending>, is_end: bool, out: &mut Out<'_>) {
        if self.held.is_empty() {
            return;
        }
        if self.direction.is_none() {
            let (direction, steps) = self.vote(next);
            let is_known = steps >= STEPS && !self.is_listing();
            if !is_known && !is_end && self.held.len() < MOST_HELD {
                return;
            }
            self.drop_list();
            self.direction = direction;
        }
        for pending in std::mem::take(&mut self.held) {
            self.pack(&pending, false, out);
        }
    }

    /// Whether those that wait may be a list of key events, which is not to be shown.
    pub(super) fn is_listing(&self) -> bool {
        !self.held.is_empty() && self.direction.is_none() && self.held.iter().all(is_list_item)
    }

    /// Packs what is left at the end of the text, `last` before the copies that were not met. Time does not go on from
    /// them: the next stamp closes the last entry.
    pub(super) fn finish(&mut self, last: Option<&Pending>, out: &mut Out<'_>) {
        let days = self.days.clone();
        if let Some(last) = last {
            self.pack(last, true, out);
        }
        for copy in std::mem::take(&mut self.copies) {
            self.days = days.clone();
            self.pack(&copy, false, out);
        }
        self.days = days;
    }

    /// Which way time runs by most steps from entry to entry, and how many there are. Of as many, the first tells. Without
    /// times, the newest come first, as on most pages.
    fn vote(&self, next: Option<&Pending>) -> (Option<Direction>, usize) {
        let all: Vec<&Pending> = self.held.iter().chain(next).filter(|pending| !pending.is_copy).collect();
        let step = |pair: &[&Pending]| match pair {
            [before, after] => days::step(&before.found, &after.found).signum(),
            _ => 0,
        };
        let steps: Vec<i64> = all.windows(2).map(step).filter(|step| *step != 0).collect();
        let sum = match steps.iter().sum() {
            0 => steps.first().copied().unwrap_or(0),
            sum => sum,
        };
        let is_untimed = all.iter().all(|pending| pending.found.clock.is_none());
        let direction = match sum {
            1.. => Some(Direction::OldestFirst),
            0 if !is_untimed => None,
            _ => Some(Direction::NewestFirst),
        };
        (direction, steps.len())
    }

    /// Drops a list of key events above the entries: clocks with a headline each, then a clock that jumps back to where
    /// the list began.
    fn drop_list(&mut self) {
        let listed = self.held.iter().take_while(|pending| is_list_item(pending)).count();
        let Some(first) = self.held.first().map(minutes) else { return };
        let end = (LIST..=listed).find(|at| {
            let before = self.held.get(at - 1).map_or(first, minutes);
            self.held.get(*at).is_some_and(|next| minutes(next) >= first && before < first)
        });
        if let Some(end) = end {
            let key = |item: Pending| Some((minutes(&item), item.rows.into_iter().next()?.text));
            self.keys = self.held.drain(..end).filter_map(key).collect();
        }
    }

    /// When `pending` was published.
    fn moment(&mut self, pending: &Pending) -> Option<Stamp> {
        if let Some(day) = pending.day {
            self.days.enter(day);
        }
        let direction = self.direction.unwrap_or(Direction::NewestFirst);
        self.days.resolve(&pending.found, direction, pending.day.is_some())
    }

    fn pack(&mut self, pending: &Pending, is_last: bool, out: &mut Out<'_>) {
        let published = self.moment(pending);
        let draft = &mut *out.draft;
        draft.clear();
        draft.published = published;
        draft.revised = pending.revised.as_ref().and_then(|found| self.days.revised(found, published));
        draft.written.push_str(&pending.written);
        entry::fill(pending, &self.facts, is_last, draft);
        let is_original = |copy: &Pending| {
            copy.found.clock == pending.found.clock && copy.first_line() == pending.first_line()
        };
        if let Some(at) = self.copies.iter().position(is_original) {
            self.copies.remove(at);
            draft.kinds |= Kinds::PINNED;
        }
        let clock = minutes(pending);
        if self.keys.iter().any(|(key, headline)| *key == clock && headline == draft.headline.as_str()) {
            draft.kinds |= Kinds::KEY;
        }
        let offset = pending.offset as i64;
        draft.position = if self.direction == Some(Direction::NewestFirst) { -offset } else { offset };
        out.entry(is_last);
    }
}

/// Minutes since midnight; before all of them when there is no clock.
fn minutes(pending: &Pending) -> i64 {
    pending.found.clock.map_or(-1, Clock::minutes)
}

/// Whether `pending` could be an item of a list: a clock with one line, which is no sentence.
fn is_list_item(pending: &Pending) -> bool {
    let is_title = !pending.rows.iter().any(|row| row.text.ends_with(['.', '!', '?', '”', '"']));
    pending.rows.len() == 1 && is_title && pending.found.is_bare()
}
