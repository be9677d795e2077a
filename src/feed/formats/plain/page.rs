//! The text as it is read, line by line, and what has become of it: the lines above the first entry, entries that wait for
//! the way time runs to be known, and the one that still grows.
//!
//! All of it can be cloned, so that a pause shows what would be said if the text ended here, and changes nothing.

use std::collections::VecDeque;

use crate::{
    feed::Context,
    model::{Draft, Kinds, Packer},
};

use super::{
    choice::Choice,
    days::{self, Days, Direction},
    entry::{self, Around, Pending},
    intro, noise,
    row::{self, Row},
    scan::Day,
    sight::{Found, Sight},
};

/// The most lines kept above the first stamp; the first of them goes when there are more.
const MOST_WAITING: usize = 6_000;
/// How many steps from entry to entry tell which way time runs.
const STEPS: usize = 3;
/// The most entries that wait.
const MOST_HELD: usize = 64;

/// The most lines above the first entry that are remembered as possible headlines.
const MOST_LISTED: usize = 200;
/// The longest of them, in bytes.
const LONGEST_LISTED: usize = 160;

/// Where entries go.
#[derive(Debug)]
pub(super) struct Out<'a> {
    pub packer: &'a mut Packer,
    pub draft: &'a mut Draft,
    /// Whether more may come of every entry.
    pub all_open: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Page {
    days: Days,
    /// An empty line stands before the next.
    gap: bool,
    /// Lines that wait for the choice.
    waiting: VecDeque<Row>,
    choice: Option<Choice>,
    /// Lines that belong to no entry: above the first, or, where stamps close entries, to the next.
    loose: Vec<Row>,
    has_menu: bool,
    /// The day that the next entry stands under.
    day: Option<Day>,
    is_copy_next: bool,
    /// Copies of entries further down that have not been met.
    copies: Vec<Pending>,
    /// Entries that are closed and wait.
    held: Vec<Pending>,
    /// The last entry.
    current: Option<Pending>,
    /// Whether `current` has been packed as it is.
    is_packed: bool,
    direction: Option<Direction>,
    /// Clock and headline of the entries that the page lists as key events.
    keys: Vec<(i64, String)>,
    endings: noise::Endings,
    /// Lines above the first entry that may be headlines, though they end as sentences do.
    listed: Vec<String>,
    has_ended_headlines: bool,
    has_begun: bool,
}

impl Page {
    pub(super) fn new(context: &Context) -> Self {
        Self {
            days: Days::new(context),
            gap: false,
            waiting: VecDeque::new(),
            choice: None,
            loose: Vec::new(),
            has_menu: false,
            day: None,
            is_copy_next: false,
            copies: Vec::new(),
            held: Vec::new(),
            current: None,
            is_packed: false,
            direction: None,
            keys: Vec::new(),
            endings: noise::Endings::default(),
            listed: Vec::new(),
            has_ended_headlines: false,
            has_begun: false,
        }
    }

    /// Reads a line that begins at `offset`.
    pub(super) fn line(&mut self, line: &str, offset: u64, out: &mut Out<'_>) {
        let row = Row::new(line, offset, self.gap);
        self.gap = row.text.is_empty();
        if row.text.is_empty() {
            return;
        }
        if let Some(choice) = self.choice {
            return self.row(row, choice, out);
        }
        let may_settle = matches!(row.sight, Sight::Stamp(_));
        self.waiting.push_back(row);
        if self.waiting.len() > MOST_WAITING {
            self.waiting.pop_front();
        }
        if may_settle {
            self.settle(false, out);
        }
    }

    /// Packs what is left, the text having ended.
    pub(super) fn end(&mut self, out: &mut Out<'_>) {
        if self.choice.is_none() {
            self.settle(true, out);
        }
        if let Some(choice) = self.choice.filter(|choice| choice.is_dashed)
            && self.has_begun
            && has_prose(&self.loose)
        {
            self.stamp(Row::new("", 0, false), Found::untimed(""), choice, out);
        }
        self.release(true, out);
        let days = self.days.clone();
        for copy in std::mem::take(&mut self.copies) {
            self.pack(&copy, false, out);
        }
        self.days = days;
        let Some(current) = self.current.take() else { return };
        let is_empty = current.rows.is_empty() && current.found.is_bare();
        if !self.is_packed && !(out.all_open && is_empty) {
            // Time goes on from it when the next stamp closes it.
            let days = self.days.clone();
            self.pack(&current, true, out);
            self.days = days;
            self.is_packed = true;
        }
        self.current = Some(current);
    }

    /// Whether entries were found.
    pub(super) fn has_entries(&self) -> bool {
        self.choice.is_some()
    }

    fn settle(&mut self, is_end: bool, out: &mut Out<'_>) {
        let Some(choice) = Choice::make(self.waiting.make_contiguous(), is_end) else { return };
        self.choice = Some(choice);
        if choice.is_dashed {
            noise::drop_repeated(&mut self.waiting);
        }
        for row in std::mem::take(&mut self.waiting) {
            self.row(row, choice, out);
        }
    }

    fn row(&mut self, mut row: Row, choice: Choice, out: &mut Out<'_>) {
        match &row.sight {
            Sight::Stamp(found) if choice.takes(found) => {
                let found = (**found).clone();
                self.stamp(row, found, choice, out);
            }
            Sight::Dash if choice.is_dashed => {
                let found = Found::untimed(&row.text);
                self.stamp(row, found, choice, out);
            }
            Sight::Updated(found) => {
                let found = (**found).clone();
                self.updated(found, choice);
            }
            Sight::Day(day) => {
                if self.has_begun {
                    self.day = Some(*day);
                } else {
                    self.days.note_page(Some(*day), "");
                }
            }
            Sight::Relative { is_copy } => {
                self.is_copy_next |= *is_copy;
                if let Some(current) =
                    self.current.as_mut().filter(|current| !choice.is_footer && !current.rows.is_empty())
                {
                    current.is_over = true;
                }
            }
            Sight::Text if choice.is_dashed && self.is_parted_by(&row) => {
                self.stamp(Row { text: String::new(), ..row }, Found::untimed(""), choice, out);
            }
            Sight::Text | Sight::Stamp(_) | Sight::Dash => {
                row.sight = Sight::Text;
                self.text(row, choice);
            }
        }
    }

    /// Whether `row` ends an entry that nobody signed.
    fn is_parted_by(&self, row: &Row) -> bool {
        noise::is_advertisement(&row.text) && self.has_begun && has_prose(&self.loose)
    }

    fn text(&mut self, row: Row, choice: Choice) {
        match &mut self.current {
            Some(current) if !choice.is_footer => {
                if !current.is_over {
                    row::add(&mut current.rows, row);
                    self.is_packed = false;
                }
            }
            _ => row::add(&mut self.loose, row),
        }
    }

    /// `Updated at …`: when the entry above was revised, or above the first entry, the page.
    fn updated(&mut self, found: Found, choice: Choice) {
        match &mut self.current {
            None => self.days.note_page(found.day, &found.zone),
            Some(current) if !choice.is_footer || self.loose.is_empty() => {
                // Below the text, it is the entry's last line.
                current.is_over |= !choice.is_footer && !current.rows.is_empty();
                current.revised = Some(found);
                self.is_packed = false;
            }
            Some(_) => {}
        }
    }

    fn stamp(&mut self, row: Row, mut found: Found, choice: Choice, out: &mut Out<'_>) {
        // Old pages show the time twice, in words for one reader and in figures for another.
        let repeats = |current: &Pending| {
            let is_same =
                current.found.clock.map(|clock| clock.minutes()) == found.clock.map(|clock| clock.minutes());
            current.rows.is_empty()
                && is_same
                && found.is_bare()
                && found.day.is_none()
                && !current.found.is_inline
        };
        if !choice.is_footer && self.current.as_ref().is_some_and(repeats) && !row.gap {
            return;
        }
        let mut rows = std::mem::take(&mut self.loose);
        if !self.has_begun {
            self.begin(&mut rows, choice, out);
        }
        let offset = rows.first().map_or(row.offset, |row| row.offset);
        if choice.is_log && found.is_name_loose {
            found.byline.clear();
            found.is_inline = true;
        }
        let mut written = row.text.clone();
        if found.is_inline {
            let text = row.text.get(found.text_at..).unwrap_or_default();
            written.truncate(found.text_at.min(written.len()));
            rows.push(Row::new(text.trim_start(), row.offset, false).as_text());
        }
        let pending = Pending {
            found,
            rows,
            written,
            offset,
            revised: None,
            day: self.day.take(),
            is_copy: std::mem::take(&mut self.is_copy_next) && !choice.is_footer,
            is_over: false,
        };
        self.close(pending, out);
    }

    /// Begins the entries: what stands above the first is told as the blog, and taken from `rows`.
    fn begin(&mut self, rows: &mut Vec<Row>, choice: Choice, out: &mut Out<'_>) {
        self.has_begun = true;
        self.is_copy_next &= !choice.is_footer;
        let first = if choice.is_footer { intro::first_entry(rows) } else { rows.len() };
        let entry = rows.split_off(first);
        self.has_menu = noise::has_menu(rows);
        let is_listed = |row: &&Row| noise::is_ended(&row.text) && row.text.len() <= LONGEST_LISTED;
        self.listed = rows.iter().filter(is_listed).take(MOST_LISTED).map(|row| row.text.clone()).collect();
        self.has_ended_headlines = entry.first().is_some_and(|row| self.listed.contains(&row.text));
        out.packer.blog(intro::blog(rows));
        *rows = entry;
    }

    /// Closes the last entry, and makes `next` the last.
    fn close(&mut self, next: Pending, out: &mut Out<'_>) {
        let was_packed = std::mem::take(&mut self.is_packed);
        if let Some(closed) = self.current.replace(next) {
            self.endings.count(&closed.rows);
            if closed.is_copy {
                self.copies.push(closed);
            } else if was_packed {
                // It was packed at an end that was none; only the day goes on from it.
                self.moment(&closed);
            } else {
                self.held.push(closed);
            }
        }
        self.release(false, out);
    }

    /// Packs the entries that wait, when the way time runs is known, and whether they are only a list of key events.
    fn release(&mut self, is_end: bool, out: &mut Out<'_>) {
        if self.held.is_empty() {
            return;
        }
        if self.direction.is_none() {
            let (direction, steps) = self.vote();
            let is_listing =
                self.held.iter().all(|pending| pending.rows.len() == 1 && !pending.found.is_inline);
            let is_known = steps >= STEPS && !is_listing;
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

    /// Which way time runs by most steps from entry to entry, and how many there are. Of as many, the first tells. Without
    /// times, the newest come first, as on most pages.
    fn vote(&self) -> (Option<Direction>, usize) {
        let all: Vec<&Pending> =
            self.held.iter().chain(&self.current).filter(|pending| !pending.is_copy).collect();
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
        let clock = |pending: &Pending| pending.found.clock.map_or(0, |clock| clock.minutes());
        let is_row = |pending: &Pending| pending.rows.len() == 1 && pending.found.is_bare();
        let listed = self.held.iter().take_while(|pending| is_row(pending)).count();
        let Some(first) = self.held.first().map(clock) else { return };
        let end = (3..=listed).find(|at| {
            let before = self.held.get(at - 1).map_or(0, clock);
            self.held.get(*at).is_some_and(|next| clock(next) >= first && before < first)
        });
        if let Some(end) = end {
            let key = |pending: Pending| {
                let headline = pending.rows.into_iter().next().map(|row| row.text)?;
                Some((pending.found.clock?.minutes(), headline))
            };
            self.keys = self.held.drain(..end).filter_map(key).collect();
        }
    }

    /// When `pending` was published.
    fn moment(&mut self, pending: &Pending) -> Option<crate::model::Stamp> {
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
        let around = Around {
            is_footer: self.choice.is_some_and(|choice| choice.is_footer),
            has_menu: self.has_menu,
            is_last,
            endings: &self.endings,
            listed: &self.listed,
            has_ended_headlines: self.has_ended_headlines,
        };
        entry::fill(pending, around, draft);
        let minutes = pending.found.clock.map_or(-1, |clock| clock.minutes());
        let is_same = |copy: &Pending| {
            copy.found.clock == pending.found.clock && first_line(copy) == first_line(pending)
        };
        if let Some(at) = self.copies.iter().position(is_same) {
            self.copies.remove(at);
            draft.kinds |= Kinds::PINNED;
        }
        if self.keys.iter().any(|(key, headline)| *key == minutes && headline == draft.headline.as_str()) {
            draft.kinds |= Kinds::KEY;
        }
        let offset = pending.offset as i64;
        draft.position = if self.direction == Some(Direction::NewestFirst) { -offset } else { offset };
        draft.is_open = out.all_open;
        out.packer.entry(draft);
    }
}

fn has_prose(rows: &[Row]) -> bool {
    rows.iter().any(|row| noise::is_sentence(&row.text))
}

fn first_line(pending: &Pending) -> Option<&str> {
    pending.rows.first().map(|row| row.text.as_str())
}
