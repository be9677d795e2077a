//! The cursor in the detail: it steps through quotes, numbers and matches, from the headline into the body.

use std::ops::Range;

use crate::{
    app::{App, page::Page},
    story::{Part, Spot, facts},
};

use super::{Detail, Wish};

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

impl Detail {
    /// How many findings of a sort there are in the headline and in the body, as far as that is ready.
    fn counts(&self, target: Target) -> (usize, usize) {
        let Page { facts, headline, body, .. } = &*self.page;
        match target {
            Target::Quote => (facts.headline.quotes.len(), facts.body.quotes.len()),
            Target::Number => (facts.headline.numbers.len(), facts.body.numbers.len()),
            Target::Hit => (headline.hits.len(), body.hits.len()),
        }
    }

    /// The finding `index` of a sort, counted through headline and body.
    fn finding(&self, target: Target, index: usize) -> Option<Cursor> {
        let (before_body, _) = self.counts(target);
        let in_headline = index < before_body;
        let (composed, findings) = self.part(in_headline);
        let number = if in_headline { index } else { index - before_body };
        let range = match target {
            Target::Quote => composed.shifted(&findings.quotes.get(number)?.range),
            Target::Number => composed.shifted(&findings.numbers.get(number)?.range),
            Target::Hit => composed.hits.get(number)?.clone(),
        };
        Some(Cursor { target, in_headline, range, index })
    }

    /// Puts the cursor on the finding it was on, in a page that was made anew.
    pub(super) fn find_cursor_again(&mut self) {
        if let Some(cursor) = self.cursor.take() {
            self.cursor = self.finding(cursor.target, cursor.index);
        }
    }

    /// Moves the cursor to the next finding of a sort, or the one before; tells whether there is one in this entry, or may
    /// be one that is waited for.
    pub(in crate::app) fn step(&mut self, target: Target, forward: bool) -> bool {
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
        self.wish = (found.is_none() && forward && !self.page.is_whole).then_some(Wish::Next(target));
        if found.is_none() {
            return self.wish.is_some();
        }
        self.cursor = found;
        self.show_cursor();
        true
    }

    /// Puts the cursor on what stands at `spot`, if it is of this entry.
    pub(in crate::app) fn step_to(&mut self, spot: Spot) {
        let (headline, _) = self.counts(Target::Quote);
        let (headline_numbers, _) = self.counts(Target::Number);
        let in_headline = spot.part == Part::Headline;
        let (_, findings) = self.part(in_headline);
        let quote = findings.quotes.iter().position(|quote| quote.range == spot.range());
        let number = findings.numbers.iter().position(|number| number.range == spot.range());
        let before = |count| if in_headline { 0 } else { count };
        self.cursor = quote
            .and_then(|index| self.finding(Target::Quote, before(headline) + index))
            .or_else(|| self.finding(Target::Number, before(headline_numbers) + number?));
        self.wish = (self.cursor.is_none() && !self.page.is_whole).then_some(Wish::Spot(spot));
        self.show_cursor();
    }

    /// Puts the cursor on the first or the last finding of a sort; tells whether there is one, or may be one that is
    /// waited for.
    pub(in crate::app) fn step_to_end(&mut self, target: Target, first: bool) -> bool {
        let (headline, body) = self.counts(target);
        let index = if first { Some(0) } else { (headline + body).checked_sub(1) };
        self.cursor = index.and_then(|index| self.finding(target, index));
        self.show_cursor();
        let wish = if first { Wish::Next(target) } else { Wish::Last(target) };
        let is_there = self.cursor.is_some() && (first || self.page.is_whole);
        self.wish = (!is_there && !self.page.is_whole).then_some(wish);
        self.cursor.is_some() || self.wish.is_some()
    }

    /// The number of the first finding that is not above the first line in sight.
    fn first_in_sight(&self, target: Target, count: usize) -> usize {
        let (mut first, mut after) = (0, count);
        while first < after {
            let middle = first.midpoint(after);
            let is_above =
                self.finding(target, middle).is_some_and(|cursor| self.line_of(&cursor) < self.top);
            if is_above { first = middle + 1 } else { after = middle }
        }
        first
    }

    /// The number of the line that the cursor stands on.
    fn line_of(&self, cursor: &Cursor) -> usize {
        self.line_at(cursor.in_headline, cursor.range.start)
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
        let (composed, _) = self.part(cursor.in_headline);
        composed.text.get(cursor.range.clone())
    }
}

impl App {
    /// Where the quote or number under the cursor stands; it stands nowhere in what a blog does not tell any more.
    pub(in crate::app) fn spot_under_cursor(&self) -> Option<(Spot, Target)> {
        let detail = self.detail();
        let cursor = detail.cursor.as_ref().filter(|_| !self.shows_old_standfirst())?;
        let (before, _) = detail.counts(cursor.target);
        let (_, findings) = detail.part(cursor.in_headline);
        let (part, index) = if cursor.in_headline {
            (Part::Headline, cursor.index)
        } else {
            (Part::Body, cursor.index.checked_sub(before)?)
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
        let (_, findings) = detail.part(cursor.in_headline);
        let text = if cursor.in_headline {
            self.detail_headline().unwrap_or_default()
        } else {
            self.detail_prose().text()
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
}
