//! The filter: what is typed, what it means, and the search that finds it.
//!
//! While a query is typed the list narrows with every letter. A query with a fault leaves the last good one in force and
//! says where the fault is. Leaving the prompt with Esc puts everything back as it was.

use tui_input::{Input, InputRequest};

use crate::{
    model::{Change, Row, Timeline},
    story::{Admission, Query, QueryError, Search},
};

use super::{App, Code, Effects, Item, Key};

/// How many queries are remembered.
const REMEMBERED: usize = 50;

/// The filter. See the module's description.
#[derive(Debug, Default)]
pub struct Filter {
    /// The good query as typed, in force.
    typed: String,
    query: Query,
    search: Option<Search>,
    /// Whether the query changed since the search was last brought up to date.
    is_stale: bool,
    /// Counts the changes of what is shown.
    stamp: u64,
    history: Vec<String>,
}

/// The line in which a query is typed.
#[derive(Debug)]
pub struct Prompt {
    input: Input,
    error: Option<QueryError>,
    /// What was in force, selected and at the top before.
    before: (String, Option<Item>, Option<Item>),
    /// How far back in the history.
    recalled: usize,
}

impl Prompt {
    /// What is typed.
    pub fn typed(&self) -> &str {
        self.input.value()
    }

    /// Where the cursor stands, in characters.
    pub fn cursor(&self) -> usize {
        self.input.cursor()
    }

    /// Why what is typed is no query.
    pub fn error(&self) -> Option<&QueryError> {
        self.error.as_ref()
    }
}

impl Filter {
    /// A filter with `typed`, which means `query`, in force.
    pub(super) fn new(typed: String, query: Query) -> Self {
        Self { typed, query, is_stale: true, ..Self::default() }
    }

    /// The query in force, as typed.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// What the query in force means.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Whether a query is in force.
    pub fn is_active(&self) -> bool {
        !self.query.is_empty()
    }
}

impl App {
    /// The search in force; `None` when everything is shown.
    pub(super) fn search(&self) -> Option<&Search> {
        self.filter.search.as_ref()
    }

    /// The filter.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// The prompt, while one is open.
    pub fn prompt(&self) -> Option<&Prompt> {
        self.prompt.as_ref()
    }

    /// Whether everything has been looked through.
    pub fn search_is_done(&self) -> bool {
        !self.filter.is_stale && self.search().is_none_or(Search::is_done)
    }

    /// Changes with everything that the filter shows or marks.
    pub(super) fn filter_stamp(&self) -> u64 {
        self.filter.stamp
    }

    fn admission(&self) -> Admission {
        Admission {
            source: self.tab(),
            view: self.view(),
            opened: self.opened(),
            since: self.options.since,
            until: self.options.until,
        }
    }

    /// Whether filter, view and tab show the entry in `row`.
    pub(super) fn is_admitted(&self, row: Row) -> bool {
        let matches = self.timeline.entry(row).is_some_and(|entry| self.filter.query.matches(entry));
        matches && self.admission().admits(&self.timeline, row)
    }

    /// Puts a query in force. The search follows when the machine next works or draws.
    pub(super) fn set_query(&mut self, typed: &str, query: Query) {
        typed.clone_into(&mut self.filter.typed);
        let narrows = query.narrows(&self.filter.query);
        self.filter.query = query;
        self.filter.stamp += 1;
        if !narrows || self.filter.search.is_none() {
            self.filter.is_stale = true;
        } else if let Some(search) = self.filter.search.take() {
            self.filter.search = Some(search.narrowed(self.filter.query.clone()));
            self.arrivals.unread.forget_found();
        }
    }

    /// Looks through everything anew, as after a change of view.
    pub(super) fn renew_search(&mut self) {
        self.filter.is_stale = true;
        self.filter.stamp += 1;
    }

    /// Begins the search when what is looked for has changed.
    pub(super) fn begin_search(&mut self) {
        if !std::mem::take(&mut self.filter.is_stale) {
            return;
        }
        self.arrivals.unread.forget_found();
        if self.filter.query.is_empty() && self.admission().is_open() {
            self.filter.search = None;
            return;
        }
        let selected = self.selected().and_then(Item::row);
        let near: Vec<Row> = selected.into_iter().chain(self.rows_in_sight()).collect();
        let search = Search::begin(&self.timeline, self.filter.query.clone(), &near);
        self.filter.search = Some(search);
    }

    /// Looks through one slice; tells whether more are left.
    pub(super) fn work_on_search(&mut self) -> bool {
        self.begin_search();
        let admission = self.admission();
        let Some(search) = self.filter.search.as_mut().filter(|search| !search.is_done()) else {
            return false;
        };
        search.work(&self.timeline, &|timeline: &Timeline, row| admission.admits(timeline, row))
    }

    /// Takes what the search in force has found since this was last asked, in no order.
    pub(super) fn take_found(&mut self) -> Vec<Row> {
        self.filter.search.as_mut().map(Search::take_fresh).unwrap_or_default()
    }

    /// Whether the list has the entry in `row`, which holds what it says now: as far as everything was looked through.
    pub(super) fn has_listed(&self, row: Row) -> bool {
        match self.search() {
            Some(search) => search.has_found(row),
            None => self.is_in_tab(row),
        }
    }

    /// Lets the search take in what a merge changed.
    pub(super) fn merged_into_search(&mut self, change: &Change) {
        let admission = self.admission();
        let Some(search) = self.filter.search.as_mut() else { return };
        search.merged(&self.timeline, change, &|timeline: &Timeline, row| admission.admits(timeline, row));
        // The entry that is selected stays, even when an edit takes the words away that it was found by.
        let mut revised = change.revised.iter();
        if let Some((_, new)) = revised.find(|(_, new)| self.list.selected == Some(Item::Entry(*new))) {
            search.keep(&self.timeline, *new);
        }
    }

    /// Whether the query in force lets the standfirst through.
    pub(super) fn query_shows_standfirst(&self) -> bool {
        let query = &self.filter.query;
        query.is_empty()
            || self.standfirst().is_some_and(|blog| query.matches_prose(blog.standfirst.as_ref()))
    }

    /// Opens the prompt with the query in force.
    pub(super) fn open_prompt(&mut self) {
        let typed = self.filter.typed.clone();
        let before = (typed.clone(), self.selected(), self.list.top);
        self.prompt = Some(Prompt { input: Input::new(typed), error: None, before, recalled: 0 });
    }

    /// A key while the prompt is open.
    pub(super) fn prompt_key(&mut self, key: Key) -> Effects {
        match (key.code, key.ctrl) {
            (Code::Enter, _) => self.keep_query(),
            (Code::Escape, _) | (Code::Char('g'), true) => self.cancel_prompt(),
            (Code::Up, _) | (Code::Char('p'), true) => self.recall(1),
            (Code::Down, _) | (Code::Char('n'), true) => self.recall(-1),
            _ => {
                let is_empty = self.prompt.as_ref().is_none_or(|prompt| prompt.typed().is_empty());
                if key.code == Code::Backspace && is_empty {
                    self.cancel_prompt();
                } else if let Some(request) = request(key) {
                    self.edit(request);
                }
            }
        }
        Effects::new()
    }

    /// Text pasted while the prompt is open. Line ends become spaces.
    pub(super) fn prompt_paste(&mut self, text: &str) {
        let clean = crate::text::line::Line::new(text);
        let room = crate::model::limits::QUERY;
        let mut is_cut = false;
        if let Some(prompt) = &mut self.prompt {
            for char in clean.chars() {
                is_cut = prompt.typed().len() >= room;
                if is_cut {
                    break;
                }
                prompt.input.handle(InputRequest::InsertChar(char));
            }
        }
        if is_cut {
            self.say("the pasted text was cut: it is longer than a query may be");
        }
        self.typed_changed();
    }

    fn edit(&mut self, request: InputRequest) {
        let changed = self.prompt.as_mut().and_then(|prompt| prompt.input.handle(request));
        if changed.is_some_and(|change| change.value) {
            self.typed_changed();
        }
    }

    fn typed_changed(&mut self) {
        let Some(prompt) = &mut self.prompt else { return };
        let typed = prompt.input.value().to_owned();
        match Query::parse(&typed) {
            Ok(query) => {
                prompt.error = None;
                self.set_query(&typed, query);
            }
            Err(error) => prompt.error = Some(error),
        }
    }

    fn recall(&mut self, steps: isize) {
        let Some(prompt) = &mut self.prompt else { return };
        let history = &self.filter.history;
        prompt.recalled = prompt.recalled.saturating_add_signed(steps).min(history.len());
        let recalled = match prompt.recalled {
            0 => prompt.before.0.clone(),
            back => history.get(history.len() - back).cloned().unwrap_or_default(),
        };
        prompt.input = Input::new(recalled);
        self.typed_changed();
    }

    /// Leaves the prompt and keeps what was typed, unless it has a fault.
    fn keep_query(&mut self) {
        let Some(prompt) = &self.prompt else { return };
        if prompt.error.is_some() {
            return;
        }
        let typed = prompt.typed().to_owned();
        self.remember(typed);
        self.prompt = None;
    }

    /// Leaves the prompt and puts back what was there before.
    fn cancel_prompt(&mut self) {
        let Some(prompt) = self.prompt.take() else { return };
        let (typed, selected, top) = prompt.before;
        if typed != self.filter.typed
            && let Ok(query) = Query::parse(&typed)
        {
            self.set_query(&typed, query);
        }
        self.list.selected = selected.map(|item| self.current_item(item));
        self.list.top = top;
        self.begin_search();
    }

    /// Puts the query `typed` in force, as if it had been typed and kept.
    pub(super) fn filter_by(&mut self, typed: &str) {
        match Query::parse(typed) {
            Ok(query) => {
                self.set_query(typed, query);
                self.remember(typed.to_owned());
                self.begin_search();
            }
            Err(error) => self.say(&error.message),
        }
    }

    fn remember(&mut self, typed: String) {
        if !typed.trim().is_empty() {
            self.filter.history.retain(|known| *known != typed);
            self.filter.history.push(typed);
            let extra = self.filter.history.len().saturating_sub(REMEMBERED);
            self.filter.history.drain(..extra);
        }
    }

    /// Takes the filter away.
    pub(super) fn clear_filter(&mut self) {
        self.set_query("", Query::default());
        self.begin_search();
    }
}

/// What a key does to the line that is typed, as in a shell.
fn request(key: Key) -> Option<InputRequest> {
    use InputRequest as Do;
    if let Some(char) = key.typed() {
        return (!crate::text::clean::is_dropped(char)).then_some(Do::InsertChar(char));
    }
    Some(match (key.code, key.ctrl, key.alt) {
        (Code::Backspace | Code::Char('w'), true, _) | (Code::Backspace, _, true) => Do::DeletePrevWord,
        (Code::Backspace, ..) | (Code::Char('h'), true, _) => Do::DeletePrevChar,
        (Code::Delete, ..) | (Code::Char('d'), true, _) => Do::DeleteNextChar,
        (Code::Left, true, _) | (Code::Char('b'), _, true) => Do::GoToPrevWord,
        (Code::Right, true, _) | (Code::Char('f'), _, true) => Do::GoToNextWord,
        (Code::Left, ..) | (Code::Char('b'), true, _) => Do::GoToPrevChar,
        (Code::Right, ..) | (Code::Char('f'), true, _) => Do::GoToNextChar,
        (Code::Home, ..) | (Code::Char('a'), true, _) => Do::GoToStart,
        (Code::End, ..) | (Code::Char('e'), true, _) => Do::GoToEnd,
        (Code::Char('u'), true, _) => Do::DeleteLine,
        (Code::Char('k'), true, _) => Do::DeleteTillEnd,
        _ => return None,
    })
}
