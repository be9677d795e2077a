//! The detail: one entry, marked up and wrapped, its scroll, and the cursor that steps through quotes and numbers.
//!
//! What it shows is fixed until a key changes it: an edit of the entry that is open waits.

use std::ops::Range;

use crate::{
    model::Row,
    story::{Facts, Part, Spot, facts},
    text::line::Line,
};

use super::{
    App, Item, body,
    compose::{Composed, TextLine},
};

/// What the cursor is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Quote,
    Number,
    /// A match of the filter.
    Hit,
}

/// The thing under the cursor: what it is, and where in the headline or the body it stands (in composed text).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    pub target: Target,
    pub in_headline: bool,
    pub range: Range<usize>,
    /// Its number among the findings of its sort.
    index: usize,
}

/// One line of the detail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DetailLine {
    /// Time and kinds.
    Meta,
    Authors(String),
    Blank,
    Headline(Range<usize>),
    Text(TextLine),
    Media(String),
    /// The address of the link with this number.
    Link(usize, String),
}

/// The detail. See the module's description.
#[derive(Debug, Default)]
pub struct Detail {
    /// What it shows; the row may be an older version than the list's.
    pub(super) item: Option<Item>,
    pub(super) has_edit: bool,
    pub headline: Composed,
    pub body: Composed,
    facts: Facts,
    lines: Vec<DetailLine>,
    pub(super) top: usize,
    pub(super) cursor: Option<Cursor>,
    /// What the lines were made for: width, height and a stamp of the filter.
    made_for: (u16, u64),
    pub(super) height: usize,
    /// The words at the top since a key moved them, as a byte offset; kept while the screen changes its size.
    anchor: Option<usize>,
}

impl Detail {
    /// All lines.
    pub fn lines(&self) -> &[DetailLine] {
        &self.lines
    }

    /// The number of the first line in sight.
    pub fn top(&self) -> usize {
        self.top
    }

    /// The row it shows, which may be an older version than the list's.
    pub fn row(&self) -> Option<Row> {
        match self.item? {
            Item::Entry(row) => Some(row),
            Item::Standfirst => None,
        }
    }

    /// Whether a newer version waits for a key.
    pub fn has_edit(&self) -> bool {
        self.has_edit
    }

    /// The thing under the cursor.
    pub fn cursor(&self) -> Option<&Cursor> {
        self.cursor.as_ref()
    }

    /// The last line that may be the first in sight.
    fn last_top(&self) -> usize {
        self.lines.len().saturating_sub(self.height.max(1))
    }

    /// Whether its last line is in sight.
    pub fn is_at_end(&self) -> bool {
        self.top >= self.last_top()
    }

    /// Scrolls by `lines`.
    pub(super) fn scroll(&mut self, lines: isize) {
        self.anchor = None;
        self.top = self.top.saturating_add_signed(lines).min(self.last_top());
    }

    /// Shows `item`, at the place where the one before was scrolled to.
    pub(super) fn show(&mut self, item: Option<Item>) {
        *self = Self { item, top: self.top, ..Self::default() };
    }

    /// Makes everything be made anew when it is next settled.
    pub(super) fn forget(&mut self) {
        self.made_for = (0, 0);
    }

    /// How many findings of a sort there are in the headline and in the body.
    fn counts(&self, target: Target) -> (usize, usize) {
        let hits = |composed: &Composed| composed.hits.len();
        match target {
            Target::Quote => (self.facts.headline.quotes.len(), self.facts.body.quotes.len()),
            Target::Number => (self.facts.headline.numbers.len(), self.facts.body.numbers.len()),
            Target::Hit => (hits(&self.headline), hits(&self.body)),
        }
    }

    /// The finding `index` of a sort, counted through headline and body.
    fn finding(&self, target: Target, index: usize) -> Option<Cursor> {
        let (before_body, _) = self.counts(target);
        let in_headline = index < before_body;
        let (composed, findings) =
            if in_headline { (&self.headline, &self.facts.headline) } else { (&self.body, &self.facts.body) };
        let number = if in_headline { index } else { index - before_body };
        let range = match target {
            Target::Quote => composed.shifted(&findings.quotes.get(number)?.range),
            Target::Number => composed.shifted(&findings.numbers.get(number)?.range),
            Target::Hit => composed.hits.get(number)?.clone(),
        };
        Some(Cursor { target, in_headline, range, index })
    }

    /// Moves the cursor to the next finding of a sort, or the one before; tells whether there is one in this entry.
    pub(super) fn step(&mut self, target: Target, forward: bool) -> bool {
        let (headline, body) = self.counts(target);
        let count = headline + body;
        let here = self.cursor.as_ref().filter(|cursor| cursor.target == target).map(|cursor| cursor.index);
        let next = match (here, forward) {
            (Some(index), true) => Some(index + 1),
            (Some(index), false) => index.checked_sub(1),
            (None, true) => Some(self.first_in_sight(target, count)),
            (None, false) => self.first_in_sight(target, count).checked_sub(1),
        };
        let found = next.filter(|index| *index < count).and_then(|index| self.finding(target, index));
        if found.is_none() {
            return false;
        }
        self.cursor = found;
        self.show_cursor();
        true
    }

    /// Puts the cursor on what stands at `spot`, if it is of this entry.
    pub(super) fn step_to(&mut self, spot: Spot) {
        let (headline, _) = self.counts(Target::Quote);
        let (headline_numbers, _) = self.counts(Target::Number);
        let in_headline = spot.part == Part::Headline;
        let findings = if in_headline { &self.facts.headline } else { &self.facts.body };
        let quote = findings.quotes.iter().position(|quote| quote.range == spot.range());
        let number = findings.numbers.iter().position(|number| number.range == spot.range());
        let before = |count| if in_headline { 0 } else { count };
        self.cursor = quote
            .and_then(|index| self.finding(Target::Quote, before(headline) + index))
            .or_else(|| self.finding(Target::Number, before(headline_numbers) + number?));
        self.show_cursor();
    }

    /// Puts the cursor on the first or the last finding of a sort.
    pub(super) fn step_to_end(&mut self, target: Target, first: bool) -> bool {
        let (headline, body) = self.counts(target);
        let index = if first { Some(0) } else { (headline + body).checked_sub(1) };
        self.cursor = index.and_then(|index| self.finding(target, index));
        self.show_cursor();
        self.cursor.is_some()
    }

    /// The number of the first finding that is not above the first line in sight.
    fn first_in_sight(&self, target: Target, count: usize) -> usize {
        let is_in_sight = |index: &usize| {
            self.finding(target, *index).is_some_and(|cursor| self.line_of(&cursor) >= self.top)
        };
        (0..count).find(is_in_sight).unwrap_or(count)
    }

    /// The number of the line that the cursor stands on.
    fn line_of(&self, cursor: &Cursor) -> usize {
        let holds = |line: &DetailLine| match line {
            DetailLine::Headline(range) => cursor.in_headline && range.end > cursor.range.start,
            DetailLine::Text(line) => !cursor.in_headline && line.range.end > cursor.range.start,
            _ => false,
        };
        self.lines.iter().position(holds).unwrap_or(0)
    }

    fn show_cursor(&mut self) {
        let Some(cursor) = &self.cursor else { return };
        let line = self.line_of(cursor);
        self.anchor = None;
        if line < self.top {
            self.top = line.saturating_sub(1);
        } else if line >= self.top + self.height {
            self.top = (line + 2).saturating_sub(self.height);
        }
    }

    /// The words under the cursor.
    pub fn words_under_cursor(&self) -> Option<&str> {
        let cursor = self.cursor.as_ref()?;
        let composed = if cursor.in_headline { &self.headline } else { &self.body };
        composed.text.get(cursor.range.clone())
    }
}

impl App {
    /// Where the quote or number under the cursor stands.
    pub(super) fn spot_under_cursor(&self) -> Option<(Spot, Target)> {
        let detail = self.detail();
        let cursor = detail.cursor.as_ref()?;
        let (before, _) = detail.counts(cursor.target);
        let (findings, part, index) = if cursor.in_headline {
            (&detail.facts.headline, Part::Headline, cursor.index)
        } else {
            (&detail.facts.body, Part::Body, cursor.index.checked_sub(before)?)
        };
        let range = match cursor.target {
            Target::Quote => &findings.quotes.get(index)?.range,
            Target::Number => &findings.numbers.get(index)?.range,
            Target::Hit => return None,
        };
        Some((Spot::new(self.holder_of(detail.item?), part, range), cursor.target))
    }

    /// What is told of the thing under the cursor: kind, value and speaker.
    pub fn cursor_words(&self) -> Option<String> {
        let detail = self.detail();
        let cursor = detail.cursor.as_ref()?;
        let (in_headline, _) = detail.counts(cursor.target);
        let (findings, text) = if cursor.in_headline {
            (&detail.facts.headline, self.detail_headline().unwrap_or_default())
        } else {
            (&detail.facts.body, self.detail_prose().text())
        };
        let number = if cursor.in_headline { cursor.index } else { cursor.index - in_headline };
        match cursor.target {
            Target::Quote => findings.quotes.get(number).map(|quote| facts::describe_quote(text, quote)),
            Target::Number => findings.numbers.get(number).map(|number| facts::describe_number(text, number)),
            Target::Hit => {
                let (headline, body) = detail.counts(Target::Hit);
                Some(format!("match {} of {} here", cursor.index + 1, headline + body))
            }
        }
    }

    /// The headline of what the detail shows.
    pub fn detail_headline(&self) -> Option<&str> {
        self.timeline().entry(self.detail().row()?)?.headline()
    }

    /// The prose of what the detail shows.
    pub fn detail_prose(&self) -> crate::text::prose::ProseRef<'_> {
        match self.detail().item {
            Some(Item::Entry(row)) => {
                self.timeline().entry(row).map(crate::model::Entry::body).unwrap_or_default()
            }
            Some(Item::Standfirst) => self.blog().map(|blog| blog.standfirst.as_ref()).unwrap_or_default(),
            None => crate::text::prose::ProseRef::default(),
        }
    }

    /// Puts the detail in order for its area: shows the selected item, wrapped to the width there is.
    pub(super) fn settle_detail(&mut self, measure: u16, height: usize) {
        let selected = self.selected_in_tab();
        let is_other = match (self.detail.item, selected) {
            (Some(Item::Entry(shown)), Some(Item::Entry(row))) => self.timeline().current(shown) != row,
            (shown, selected) => shown != selected,
        };
        if is_other {
            self.detail = Detail { item: selected, ..Detail::default() };
        }
        self.detail.height = height;
        let made_for = (measure, self.filter_stamp());
        if self.detail.made_for != made_for && measure > 0 {
            self.make_detail(measure);
            self.detail.made_for = made_for;
        }
        self.detail.top = self.detail.top.min(self.detail.last_top());
    }

    fn make_detail(&mut self, measure: u16) {
        let prose = self.detail_prose();
        let entry = self.detail.row().and_then(|row| self.timeline().entry(row));
        let facts = entry.map_or_else(|| Facts::of_prose(prose), Facts::of);
        let headline = entry.and_then(crate::model::Entry::headline).unwrap_or_default();
        let hits = |text: &str| self.search().map(|search| search.query().hits(text)).unwrap_or_default();
        let composed_headline = Composed::line(headline, &facts.headline, &hits(headline));
        let composed = Composed::prose(prose, &facts.body, &hits(prose.text()));
        let mut lines: Vec<DetailLine> = self.detail.item.map(|_| DetailLine::Meta).into_iter().collect();
        let authors: Vec<&str> = match (entry, self.blog()) {
            (Some(entry), _) => entry.authors().collect(),
            (None, Some(blog)) => blog.authors.iter().map(Line::as_str).collect(),
            (None, None) => Vec::new(),
        };
        if !authors.is_empty() {
            lines.push(DetailLine::Authors(authors.join(", ")));
        }
        if !headline.is_empty() {
            lines.push(DetailLine::Blank);
            let ranges = crate::text::wrap::wrap(headline, measure.into(), measure.into());
            lines.extend(ranges.into_iter().map(DetailLine::Headline));
        }
        let media = entry.map(crate::model::Entry::media).unwrap_or_default();
        body::push(&mut lines, &composed, &facts, media, measure, self.is_ascii());
        let position = self.detail.lines.get(self.detail.top).cloned();
        self.detail.facts = facts;
        self.detail.headline = composed_headline;
        self.detail.body = composed;
        self.detail.lines = lines;
        self.keep_place(position);
        self.refresh_cursor();
    }

    /// Keeps the words that were at the top there, when lines were cut anew.
    fn keep_place(&mut self, position: Option<DetailLine>) {
        let Some(position) = position else { return };
        let DetailLine::Text(line) = &position else {
            // Of those that are alike, as empty lines are, the nearest.
            let (lines, top) = (&self.detail.lines, self.detail.top);
            let alike = (0..lines.len()).filter(|index| lines.get(*index) == Some(&position));
            self.detail.top = alike.min_by_key(|index| index.abs_diff(top)).unwrap_or(top);
            return;
        };
        let offset = *self.detail.anchor.get_or_insert(line.range.start);
        let holds = |line: &DetailLine| matches!(line, DetailLine::Text(line) if line.range.end > offset);
        if let Some(top) = self.detail.lines.iter().position(holds) {
            self.detail.top = top;
        }
    }

    fn refresh_cursor(&mut self) {
        if let Some(cursor) = self.detail.cursor.take() {
            self.detail.cursor = self.detail.finding(cursor.target, cursor.index);
        }
    }
}
