//! The text as it is read, line by line: what stands above the first entry, which lines are of which entry, and the entry
//! that still grows.
//!
//! All of it can be cloned, so that a pause shows what would be said if the text ended here, and changes nothing.

use std::collections::VecDeque;

use crate::feed::Context;

use super::{
    calendar::Day,
    choice::{Above, Choice, Style, When},
    days::Days,
    entry::{Facts, Pending},
    intro, noise,
    queue::{Out, Queue},
    row::{self, Row},
    scan::Clock,
    sight::{Found, Sight},
};

/// The most lines kept above the first stamp; the first of them goes when there are more.
const MOST_WAITING: usize = 20_000;
/// After how many lines above or below a single stamp the choice is tried again.
const LONG: usize = 5_000;
/// The most lines above the first entry that are remembered as possible headlines.
const MOST_LISTED: usize = 200;
/// The longest of them, in bytes.
const LONGEST_LISTED: usize = 160;

/// Whether the entry that goes on was packed already.
#[derive(Debug, Clone, Copy, Default)]
struct Packed {
    as_it_is: bool,
    /// With a line that had no end then.
    within_line: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Page {
    /// An empty line stands before the next.
    gap: bool,
    /// Lines that wait for the choice.
    waiting: VecDeque<Row>,
    choice: Option<Choice>,
    /// Lines that belong to no entry: above the first, or, where stamps close entries, to the next.
    loose: Vec<Row>,
    /// The day that the next entry stands under.
    day: Option<Day>,
    is_copy_next: bool,
    /// The last entry.
    current: Option<Pending>,
    /// Whether `current` has been packed as it is.
    packed: Packed,
    queue: Queue,
}

impl Page {
    pub(super) fn new(context: &Context) -> Self {
        Self {
            gap: false,
            waiting: VecDeque::new(),
            choice: None,
            loose: Vec::new(),
            day: None,
            is_copy_next: false,
            current: None,
            packed: Packed::default(),
            queue: Queue::new(Days::new(context)),
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
        let is_long = !self.waiting.is_empty() && self.waiting.len().is_multiple_of(LONG);
        let may_settle = matches!(row.sight, Sight::Stamp(_)) || is_long;
        self.waiting.push_back(row);
        if self.waiting.len() > MOST_WAITING {
            self.waiting.pop_front();
        }
        if may_settle {
            self.settle(When::Reading, out);
        }
    }

    /// Packs the entries that are whole, nothing having come for a while.
    pub(super) fn pause(&mut self, out: &mut Out<'_>) {
        self.settle(When::Paused, out);
        if self.choice.is_some() && !self.queue.is_listing() {
            self.queue.release(self.current.as_ref(), true, out);
        }
    }

    /// Shows the next entry that will be packed as it would be if the text ended with `tail`, a line without an end.
    pub(super) fn show(&mut self, tail: &str, offset: u64, out: &mut Out<'_>) {
        let mut page = self.clone();
        if !Row::new(tail, offset, false).may_become_a_stamp() {
            page.line(tail, offset, out);
        }
        // Shown with words that may turn out to be none of its own, it is to be packed again.
        if let (Some(before), Some(after)) = (&self.current, &page.current)
            && before.offset == after.offset
        {
            self.packed.as_it_is &= before.rows.len() == after.rows.len();
        }
        if !page.queue.is_listing() {
            page.end(out);
        }
    }

    /// Packs what is left, the text having ended.
    pub(super) fn end(&mut self, out: &mut Out<'_>) {
        self.settle(When::Ended, out);
        if let Some(choice) =
            self.choice.filter(|choice| choice.style == Style::Dashes && self.has_unsigned())
        {
            self.stamp(&Row::new("", 0, false), Found::signed(""), choice, out);
        }
        self.queue.release(self.current.as_ref(), true, out);
        // A stamp that the text ends on may get its entry yet.
        let is_due = |current: &&Pending| {
            let is_empty = current.rows.is_empty() && current.found.is_bare();
            current.is_told() && !(self.packed.as_it_is || (out.is_trial() && is_empty))
        };
        let last = self.current.as_ref().filter(is_due);
        self.queue.finish(last, out);
        self.packed.as_it_is |= last.is_some();
    }

    /// Packs what is left, as if the text had ended with `tail`, a line without an end, but goes on before that line: its
    /// rest may come. Tells whether entries were found.
    pub(super) fn end_within(&mut self, tail: &str, offset: u64, out: &mut Out<'_>) -> bool {
        let mut row = Row::new(tail, offset, self.gap);
        if row.text.is_empty() || row.may_become_a_stamp() {
            self.packed.within_line = false;
            self.end(out);
            return self.has_entries();
        }
        // A time without the words behind it does not tell yet where those will stand.
        let is_early = matches!(&row.sight, Sight::Stamp(found) if !found.is_inline);
        if is_early {
            self.settle(When::Ended, out);
        }
        // Of an entry that such a time heads nothing is known yet, and the line may turn out to be of the one above. Nor is
        // it known whether letters behind it are a label.
        let tells_nothing =
            matches!(&row.sight, Sight::Stamp(found) if found.is_bare() || found.may_have_half_a_zone());
        if tells_nothing && self.choice.is_some_and(|choice| choice.style == Style::Headers) {
            self.packed.within_line = false;
            self.end(out);
            return true;
        }
        let before = self.clone();
        let choice = self.choice.or_else(|| {
            self.waiting.push_back(row.clone());
            let choice = Choice::make(self.waiting.make_contiguous(), When::Ended);
            row = self.waiting.pop_back()?;
            choice
        });
        let Some(choice) = choice else { return false };
        if self.choice.is_none() {
            self.take_up(choice, out);
        }
        let before = if is_early { before } else { self.clone() };
        self.row(row, choice, out);
        self.end(out);
        self.go_back_to(before);
        true
    }

    /// Goes on from `before`, one line back, but for what has been packed since.
    fn go_back_to(&mut self, before: Self) {
        if before.choice.is_none() {
            let packed = Packed { within_line: false, ..before.packed };
            *self = Self { packed, ..before };
            return;
        }
        let is_packed = match (&before.current, &self.current) {
            (Some(before), Some(after)) if before.offset == after.offset => {
                self.packed.as_it_is && before.rows.len() == after.rows.len()
            }
            // The line closed the entry above it.
            _ => true,
        };
        let queue = self.queue.clone().back_to(before.queue);
        let packed = Packed { as_it_is: is_packed, within_line: self.packed.as_it_is };
        *self = Self { packed, queue, ..before };
    }

    /// The line that was read last is the one that was told when it had no end.
    pub(super) fn was_told(&mut self) {
        self.packed.as_it_is |= std::mem::take(&mut self.packed.within_line) && self.current.is_some();
    }

    /// Whether entries were found.
    pub(super) fn has_entries(&self) -> bool {
        self.choice.is_some()
    }

    fn settle(&mut self, when: When, out: &mut Out<'_>) {
        if self.choice.is_some() {
            return;
        }
        let Some(choice) = Choice::make(self.waiting.make_contiguous(), when) else { return };
        self.take_up(choice, out);
    }

    /// Reads the lines that waited for `choice`.
    fn take_up(&mut self, choice: Choice, out: &mut Out<'_>) {
        self.choice = Some(choice);
        if choice.style == Style::Dashes {
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
                self.stamp(&row, found, choice, out);
            }
            Sight::Dash if choice.style == Style::Dashes => {
                let found = Found::signed(&row.text);
                self.stamp(&row, found, choice, out);
            }
            Sight::Updated(found) => {
                let found = (**found).clone();
                self.updated(found, choice);
            }
            Sight::Day(day) => {
                if self.current.is_some() {
                    self.day = Some(*day);
                } else {
                    self.queue.days.note_page(Some(*day), "");
                }
            }
            Sight::Relative { is_copy: false } if choice.has_relatives => {
                // What it says was true when the page was copied: it is no part of what was written.
                let row = Row { text: String::new(), ..row };
                self.stamp(&row, Found::undated(), choice, out);
            }
            Sight::Relative { is_copy } => {
                self.is_copy_next |= *is_copy;
                if let Some(current) = self
                    .current
                    .as_mut()
                    .filter(|current| choice.style == Style::Headers && !current.rows.is_empty())
                {
                    current.is_over = true;
                }
            }
            Sight::Text
                if choice.style == Style::Dashes
                    && noise::is_advertisement(&row.text)
                    && self.has_unsigned() =>
            {
                self.stamp(&Row { text: String::new(), ..row }, Found::signed(""), choice, out);
            }
            Sight::Text | Sight::Stamp(_) | Sight::Dash => {
                row.sight = Sight::Text;
                self.text(row, choice);
            }
        }
    }

    /// Whether there is an entry that nobody has signed yet.
    fn has_unsigned(&self) -> bool {
        self.current.is_some() && self.loose.iter().any(|row| noise::is_sentence(&row.text))
    }

    fn text(&mut self, row: Row, choice: Choice) {
        match &mut self.current {
            Some(current) if choice.style == Style::Headers => {
                if !current.is_over {
                    row::add(&mut current.rows, row);
                    self.packed.as_it_is = false;
                }
            }
            _ => row::add(&mut self.loose, row),
        }
    }

    /// `Updated at …`: when the entry above was revised, or above the first entry, the page.
    fn updated(&mut self, found: Found, choice: Choice) {
        match &mut self.current {
            None => self.queue.days.note_page(found.day, &found.zone),
            Some(current) if choice.style == Style::Headers || self.loose.is_empty() => {
                // Below the text, it is the entry's last line.
                current.is_over |= choice.style == Style::Headers && !current.rows.is_empty();
                current.revised = Some(found);
                self.packed.as_it_is = false;
            }
            Some(_) => {}
        }
    }

    fn stamp(&mut self, row: &Row, mut found: Found, choice: Choice, out: &mut Out<'_>) {
        if choice.style == Style::Headers
            && !row.gap
            && self.current.as_ref().is_some_and(|current| is_repeat(current, &found))
        {
            return;
        }
        let above = (choice.above != Above::Other).then(|| self.take_above()).flatten();
        let mut rows = std::mem::take(&mut self.loose);
        if self.current.is_none() {
            rows = self.begin(rows, choice, out);
        }
        match above {
            Some(above) if choice.above == Above::Byline => found.byline = above.text,
            Some(above) => rows.push(above),
            None => {}
        }
        let offset = rows.first().map_or(row.offset, |row| row.offset);
        if choice.is_log && found.is_name_loose {
            found.byline.clear();
            found.is_inline = true;
        }
        let mut written = row.text.clone();
        if found.is_inline {
            let text = written.split_off(found.text_at.min(written.len()));
            rows.push(Row::new(text.trim_start(), row.offset, false).into_text());
        }
        let next = Pending {
            found,
            rows,
            written,
            offset,
            revised: None,
            day: self.day.take(),
            is_copy: std::mem::take(&mut self.is_copy_next) && choice.style == Style::Headers,
            is_over: false,
        };
        match self.current.replace(next).filter(Pending::is_told) {
            Some(packed) if self.packed.as_it_is => self.queue.skip(&packed),
            Some(closed) => self.queue.add(closed),
            None => {}
        }
        self.packed.as_it_is = false;
        self.queue.release(self.current.as_ref(), false, out);
    }

    /// Takes the line above a stamp, which belongs to the entry below it.
    fn take_above(&mut self) -> Option<Row> {
        match &mut self.current {
            Some(current) => current.rows.pop(),
            None => self.loose.pop(),
        }
    }

    /// Begins the entries: of `rows`, what stands above the first is told as the blog; the rest is of the entry.
    fn begin(&mut self, mut rows: Vec<Row>, choice: Choice, out: &mut Out<'_>) -> Vec<Row> {
        let first = if choice.style == Style::Headers { rows.len() } else { intro::first_entry(&rows) };
        let entry = rows.split_off(first);
        let is_listed = |row: &&Row| noise::is_ended(&row.text) && row.text.len() <= LONGEST_LISTED;
        let listed: Vec<String> =
            rows.iter().filter(is_listed).take(MOST_LISTED).map(|row| row.text.clone()).collect();
        self.queue.facts = Facts {
            is_footer: choice.style != Style::Headers,
            has_menu: noise::has_menu(&rows),
            has_ended_headlines: entry.first().is_some_and(|row| listed.contains(&row.text)),
            listed,
            ..Facts::default()
        };
        out.packer.blog(intro::blog(&rows));
        entry
    }
}

/// Whether `found` repeats the stamp of `current`: old pages show the time twice, in words and in figures.
fn is_repeat(current: &Pending, found: &Found) -> bool {
    let is_same = current.found.clock.map(Clock::minutes) == found.clock.map(Clock::minutes);
    let is_empty = current.rows.is_empty() && !current.found.is_inline;
    is_empty && is_same && found.is_bare() && found.day.is_none()
}
