//! The detail: one entry, marked up and wrapped, and its scroll.
//!
//! What it shows is fixed until a key changes it: an edit of the entry that is open waits.

mod cursor;

use std::sync::Arc;

use crate::{
    model::{Blog, Row},
    story::{Findings, Spot},
};

use super::{
    App, DetailLine, Item,
    compose::Composed,
    page::{Page, Setting},
};

pub use cursor::{Cursor, Target};

/// What a key asked of a part of the page that was not ready yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    /// This line as the first in sight.
    Top(usize),
    /// The next thing of a sort.
    Next(Target),
    /// The last thing of a sort.
    Last(Target),
    /// What stands there.
    Spot(Spot),
    /// What changed, and what was at the top as long as that is in sight from there.
    Change(Change),
}

/// Where an edit changed a text first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) in_headline: bool,
    /// A byte offset into the headline or the prose.
    pub(super) offset: usize,
}

/// The detail. See the module's description.
#[derive(Debug, Default)]
pub struct Detail {
    /// What it shows; the row may be an older version than the list's.
    pub(super) item: Option<Item>,
    /// The blog whose standfirst it shows, which may be older than the timeline's.
    pub(super) standfirst: Option<Arc<Blog>>,
    pub(super) has_edit: bool,
    page: Arc<Page>,
    pub(super) top: usize,
    pub(super) cursor: Option<Cursor>,
    /// What a page was last wanted for; where the page is not ready, what is shown meanwhile was made for less.
    pub(super) setting: Option<Setting>,
    /// Granted when the whole page is there, unless a key takes it back.
    wish: Option<Wish>,
    pub(super) height: usize,
    /// The words at the top since a key moved them, as a byte offset; kept while the screen changes its size.
    anchor: Option<usize>,
}

impl Detail {
    /// One of `item`, which for a standfirst is that of a blog.
    pub(super) fn of(item: Option<Item>, standfirst: Option<Arc<Blog>>) -> Self {
        Self { item, standfirst, ..Self::default() }
    }

    /// All lines.
    pub fn lines(&self) -> &[DetailLine] {
        &self.page.lines
    }

    /// What is shown, as far as it is ready.
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// The number of the first line in sight.
    pub fn top(&self) -> usize {
        self.top
    }

    /// The row it shows, which may be an older version than the list's.
    pub fn row(&self) -> Option<Row> {
        self.item?.row()
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
        self.page.lines.len().saturating_sub(self.height.max(1))
    }

    /// Whether its last line is in sight.
    pub fn is_at_end(&self) -> bool {
        self.page.is_whole && self.top >= self.last_top()
    }

    /// Whether something waits for the whole page.
    pub(super) fn is_waiting(&self) -> bool {
        self.wish.is_some()
    }

    /// Scrolls by `lines`.
    pub(super) fn scroll(&mut self, lines: isize) {
        let top = self.top.saturating_add_signed(lines);
        self.put_top(top);
    }

    fn put_top(&mut self, top: usize) {
        self.anchor = None;
        self.top = top.min(self.last_top());
        self.wish = (top > self.top && !self.page.is_whole).then_some(Wish::Top(top));
    }

    /// Wants line `top` as the first in sight, unless `change` is out of sight from there.
    pub(super) fn return_to(&mut self, top: usize, change: Option<Change>) {
        self.top = top;
        self.wish = Some(change.map_or(Wish::Top(top), Wish::Change));
    }

    /// Wants its page made anew when it is next settled.
    pub(super) fn forget(&mut self) {
        self.setting = None;
    }

    /// Turns to `page`, with the words at the top that were there; tells whether what a key waited for is granted.
    fn turn_to(&mut self, page: Arc<Page>) -> bool {
        let position = self.page.lines.get(self.top).cloned();
        self.page = page;
        self.keep_place(position);
        self.find_cursor_again();
        match self.wish.take_if(|_| self.page.is_whole) {
            None => return true,
            Some(Wish::Top(top)) => self.put_top(top),
            Some(Wish::Next(target)) => return self.step(target, true),
            Some(Wish::Last(target)) => return self.step_to_end(target, false),
            Some(Wish::Spot(spot)) => self.step_to(spot),
            Some(Wish::Change(change)) => self.show_change(change),
        }
        true
    }

    /// Keeps the words that were at the top there, when lines were cut anew.
    fn keep_place(&mut self, position: Option<DetailLine>) {
        let Some(position) = position else { return };
        let lines = &self.page.lines;
        let DetailLine::Text(line) = &position else {
            // Of those that are alike, as empty lines are, the nearest.
            let alike = (0..lines.len()).filter(|index| lines.get(*index) == Some(&position));
            self.top = alike.min_by_key(|index| index.abs_diff(self.top)).unwrap_or(self.top);
            return;
        };
        let offset = *self.anchor.get_or_insert(line.range.start);
        let holds = |line: &DetailLine| matches!(line, DetailLine::Text(line) if line.range.end > offset);
        if let Some(top) = lines.iter().position(holds) {
            self.top = top;
        }
    }

    /// The text of the headline or the body, and what was found there.
    fn part(&self, in_headline: bool) -> (&Composed, &Findings) {
        let Page { facts, headline, body, .. } = &*self.page;
        if in_headline { (headline, &facts.headline) } else { (body, &facts.body) }
    }

    /// The number of the line that holds `offset` of the headline or the body, as they are composed.
    fn line_at(&self, in_headline: bool, offset: usize) -> usize {
        let holds = |line: &DetailLine| match line {
            DetailLine::Headline(range) => in_headline && range.end > offset,
            DetailLine::Text(line) => !in_headline && line.range.end > offset,
            _ => false,
        };
        self.page.lines.iter().position(holds).unwrap_or(0)
    }

    /// Brings what changed into sight, with the lines around it.
    fn show_change(&mut self, change: Change) {
        let (composed, _) = self.part(change.in_headline);
        let offset = composed.shifted(&(change.offset..change.offset)).start;
        let line = self.line_at(change.in_headline, offset);
        self.anchor = None;
        if !(self.top..self.top + self.height).contains(&line) {
            self.top = line.saturating_sub(self.height / 3);
        }
        self.top = self.top.min(self.last_top());
    }
}

impl App {
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
            Some(Item::Standfirst) => {
                self.detail().standfirst.as_ref().map(|blog| blog.standfirst.as_ref()).unwrap_or_default()
            }
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
            self.put_in_detail(selected);
        }
        self.detail.height = height;
        let setting = self.detail.item.map(|item| Setting { item, measure, stamp: self.filter_stamp() });
        if self.detail.setting != setting && measure > 0 {
            self.detail.setting = setting;
            if let Some(page) = setting.and_then(|setting| self.page_for(setting)) {
                self.turn_to(page);
            }
        }
        self.detail.top = self.detail.top.min(self.detail.last_top());
    }

    /// Shows `page` in the detail.
    pub(super) fn turn_to(&mut self, page: Arc<Page>) {
        if !self.detail.turn_to(page) {
            self.say("no more of these in this entry");
        }
    }
}
