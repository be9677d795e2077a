//! The pages that are ready, and those that are wanted: the one that is shown, and its neighbours ahead of it.
//!
//! What is short is made in the machine: at once for the page that is shown, in slices of [`App::work`] for its neighbours.
//! What is long leaves as [`Effect::Prepare`] and comes back as `Event::Prepared`, one at a time; only the answer to the
//! last one asked for is taken.

use std::{collections::VecDeque, sync::Arc};

use super::{
    App, Effect, Effects, Item, Redraw, Screen,
    page::{Manuscript, Page, Setting, Subject},
};

/// How many pages are kept: the one that is shown, its neighbours, and the one that was shown before.
const KEPT: usize = 4;

/// The longest text whose page is made before anyone asks for it, in bytes: the page takes several times as much memory.
const LONGEST_AHEAD: usize = 4 << 20;

/// Pages that are ready or wanted. See the module's description.
#[derive(Debug, Default)]
pub(super) struct Pages {
    /// Whole pages, the last used first.
    ready: VecDeque<(Setting, Arc<Page>)>,
    /// The number of the last manuscript.
    last: u64,
    /// What was asked for and has not come yet.
    awaited: Option<(u64, Setting)>,
    /// What is to be asked for.
    asked: Option<Manuscript>,
    /// Whether a neighbour of the page that is shown may not be ready.
    looks_ahead: bool,
}

impl Pages {
    /// The page made for `setting`, if it is ready.
    fn ready(&mut self, setting: Setting) -> Option<Arc<Page>> {
        let index = self.ready.iter().position(|(made_for, _)| *made_for == setting)?;
        let found = self.ready.remove(index)?;
        let page = Arc::clone(&found.1);
        self.ready.push_front(found);
        Some(page)
    }

    fn keep(&mut self, setting: Setting, page: Arc<Page>) {
        self.ready.push_front((setting, page));
        self.ready.truncate(KEPT);
    }

    /// Wants a page made elsewhere, in place of what was wanted before.
    fn ask(&mut self, manuscript: Manuscript) {
        self.awaited = Some((manuscript.number, manuscript.setting));
        self.asked = Some(manuscript);
    }

    /// Whether the page for `setting` is being made elsewhere.
    fn is_awaited(&self, setting: Setting) -> bool {
        self.awaited.is_some_and(|(_, awaited)| awaited == setting)
    }

    /// Forgets what was made and asked for of `item`, which says something else now.
    pub(super) fn forget(&mut self, item: Item) {
        self.ready.retain(|(setting, _)| setting.item != item);
        if self.awaited.is_some_and(|(_, setting)| setting.item == item) {
            (self.awaited, self.asked) = (None, None);
        }
    }

    /// Forgets all pages. What still comes of them is known by its number.
    pub(super) fn clear(&mut self) {
        *self = Self { last: self.last, ..Self::default() };
    }
}

impl App {
    /// What is wanted since this was last asked. To be asked after the machine was settled or has worked.
    pub fn take_effects(&mut self) -> Effects {
        let mut effects = std::mem::take(&mut self.wanted);
        effects.extend(self.pages.asked.take().map(Effect::Prepare));
        effects
    }

    /// What the page for `setting` is made of.
    fn manuscript(&mut self, setting: Setting) -> Option<Manuscript> {
        let subject = match setting.item {
            Item::Entry(row) => {
                let (first, segment) = self.timeline.segment(row)?;
                Subject::Entry(Arc::clone(segment), row.checked_sub(first)? as usize)
            }
            Item::Standfirst => Subject::Standfirst(Arc::clone(self.standfirst()?)),
        };
        let known = self.pages.ready.iter().find(|(made_for, _)| made_for.item == setting.item);
        let facts = known.map(|(_, page)| Arc::clone(&page.facts));
        let query = self.search().map(|search| search.query().clone()).unwrap_or_default();
        let is_ascii = self.is_ascii();
        self.pages.last += 1;
        Some(Manuscript { number: self.pages.last, setting, subject, query, is_ascii, facts })
    }

    /// The page to show for `setting`: the whole, else its beginning; `None` while that which is shown may stay.
    pub(super) fn page_for(&mut self, setting: Setting) -> Option<Arc<Page>> {
        self.pages.looks_ahead = true;
        if let Some(page) = self.pages.ready(setting) {
            return Some(page);
        }
        let manuscript = self.manuscript(setting)?;
        if manuscript.is_short() {
            let page = Arc::new(manuscript.page());
            self.pages.keep(setting, Arc::clone(&page));
            return Some(page);
        }
        let beginning = (!self.detail.page().is_whole).then(|| Arc::new(manuscript.beginning()));
        if !self.pages.is_awaited(setting) {
            self.pages.ask(manuscript);
        }
        beginning
    }

    /// A page was made elsewhere.
    pub(super) fn page_is_ready(&mut self, number: u64, page: Arc<Page>) {
        let Some((_, setting)) = self.pages.awaited.take_if(|(awaited, _)| *awaited == number) else {
            return;
        };
        self.pages.looks_ahead = true;
        self.pages.keep(setting, Arc::clone(&page));
        if self.detail.setting == Some(setting) {
            self.turn_to(page);
            self.redraw(Redraw::Now);
        }
    }

    /// Makes one neighbour of the page that is shown ready, or asks for it; tells whether more are left.
    pub(super) fn work_on_pages(&mut self) -> bool {
        let is_read = self.screen == Screen::Reader && !self.shows_index() && self.prompt.is_none();
        if !self.pages.looks_ahead || !is_read || self.opened().is_none() {
            return false;
        }
        self.pages.looks_ahead = self.make_neighbour();
        self.pages.looks_ahead
    }

    /// Makes one page that is not ready; tells whether there was one.
    fn make_neighbour(&mut self) -> bool {
        let Some(shown) = self.detail.setting else { return false };
        let Some(index) = self.index_of(shown.item) else { return false };
        for neighbour in [index.checked_add(1), index.checked_sub(1)] {
            let Some(item) = neighbour.and_then(|index| self.item(index)) else { continue };
            let setting = Setting { item, ..shown };
            if self.pages.is_awaited(setting) || self.pages.ready(setting).is_some() {
                continue;
            }
            let Some(manuscript) = self.manuscript(setting) else { continue };
            if manuscript.is_short() {
                self.pages.keep(setting, Arc::new(manuscript.page()));
                return true;
            }
            if self.pages.awaited.is_none() && manuscript.size() <= LONGEST_AHEAD {
                self.pages.ask(manuscript);
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use crate::story::Query;

    use super::*;

    fn setting(row: u32) -> Setting {
        Setting { item: Item::Entry(row), measure: 70, stamp: 0 }
    }

    fn manuscript(number: u64) -> Manuscript {
        let subject = Subject::Standfirst(Arc::default());
        let query = Query::default();
        Manuscript { number, setting: setting(0), subject, query, is_ascii: false, facts: None }
    }

    #[test]
    fn the_pages_that_were_used_last_are_kept() {
        let mut pages = Pages::default();
        (0..KEPT as u32).for_each(|row| pages.keep(setting(row), Arc::default()));
        assert!(pages.ready(setting(0)).is_some());
        pages.keep(setting(9), Arc::default());
        assert!(pages.ready(setting(0)).is_some() && pages.ready(setting(9)).is_some());
        assert!(pages.ready(setting(1)).is_none(), "which was used before all others");
        assert_eq!(pages.ready.len(), KEPT);
    }

    #[test]
    fn nothing_is_awaited_of_what_was_shown_before_and_no_number_comes_again() {
        let mut pages = Pages { last: 7, ..Pages::default() };
        pages.ask(manuscript(7));
        assert!(pages.is_awaited(setting(0)));
        pages.clear();
        assert!(!pages.is_awaited(setting(0)) && pages.asked.is_none());
        assert_eq!(pages.last, 7);
        pages.ask(manuscript(8));
        pages.forget(Item::Standfirst);
        assert!(pages.is_awaited(setting(0)), "it is of another item");
        pages.forget(Item::Entry(0));
        assert!(!pages.is_awaited(setting(0)));
    }
}
