//! The reader as a pure machine: events in, effects out; the same events give the same screen.
//!
//! No ratatui, crossterm, files, threads or clock. What the time is, how large the screen is and what the sources say
//! comes in as [`Event`]s; what is to be done outside goes out as [`Effect`]s. Slow work is done in slices by
//! [`App::work`]. Before a draw, [`App::settle`] puts list, detail and strip in order for the screen.

mod answers;
pub mod arrivals;
mod body;
mod cite;
pub mod command;
pub mod compose;
pub mod detail;
mod edit;
pub mod effect;
pub mod event;
pub mod filter;
mod further;
mod held;
pub mod help;
pub mod index;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod library;
pub mod list;
pub mod news;
pub mod options;
pub mod page;
mod pages;
pub mod problems;
mod pursuit;
mod settle;
pub mod sources;
mod subset;
mod tab;
mod unread;
mod waking;

use std::{collections::HashMap, ops::Range, rc::Rc};

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    model::{Failure, Row, SourceId, Timeline},
    story::strip::Strip,
    text::{
        line::Line,
        link::Link,
        span::{Roles, Span},
    },
};

pub use crate::story::View;
pub use arrivals::Arrivals;
pub use detail::{Cursor, Detail, Target};
pub use effect::{Effect, Effects};
pub use event::{Event, Found, Redraw, Size};
pub use filter::{Filter, Prompt};
use further::Part;
pub use held::HeldCount;
pub use help::{Help, HelpRow};
pub use index::{Index, IndexRow, Mention};
pub use key::{Code, Key};
pub use keymap::{Context, Keymap};
pub use layout::{Area, Layout, Tier};
pub use library::Library;
use list::Touch;
pub use list::{Item, List, ListLine};
pub use options::{At, Clock, Options, Order};
pub use page::{DetailLine, Manuscript, Page};
use pages::Pages;
pub use problems::Problems;
use pursuit::Pursuit;
pub use sources::{SourceInfo, Standing};
use tab::Tab;

/// How long a message stays in the status line.
const MESSAGE_LASTS: TimeDelta = TimeDelta::seconds(4);

/// Which pane has the keys.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Focus {
    #[default]
    List,
    Detail,
}

/// What fills the screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Screen {
    #[default]
    Library,
    Reader,
}

/// How the list tells times.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TimeFormat {
    #[default]
    Clock,
    /// How long ago.
    Ago,
    /// The clock of the zone a time was written in.
    AsWritten,
}

impl TimeFormat {
    /// The format in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Clock => "times by the clock",
            Self::Ago => "times by how long ago",
            Self::AsWritten => "times as they were written",
        }
    }
}

/// The reader. See the module's description.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a state of its own, and all can be at once")]
pub struct App {
    options: Options,
    keymap: Keymap,
    timeline: Timeline,
    sources: Vec<SourceInfo>,
    /// The sources that are shown; news of others is old.
    shown: Range<SourceId>,
    tab: Tab,
    now: DateTime<Utc>,
    size: Size,
    screen: Screen,
    focus: Focus,
    view: View,
    order: Option<Order>,
    time_format: TimeFormat,
    theme: usize,
    /// The roles that are not highlighted.
    plain: Roles,
    list: List,
    detail: Detail,
    pages: Pages,
    pursuit: Option<Pursuit>,
    /// What is to be done outside since work brought the selection somewhere.
    wanted: Effects,
    filter: Filter,
    prompt: Option<Prompt>,
    help: Option<Help>,
    problems: Option<Problems>,
    /// Counts the changes of what feeds told that was wrong.
    problems_stamp: u64,
    index: Index,
    library: Library,
    arrivals: Arrivals,
    /// What became of further parts, by their addresses.
    parts: HashMap<Link, Part>,
    /// Whether a key has moved the selection since opening.
    has_moved: bool,
    /// Whether the selection stays on the newest entry.
    is_riding: bool,
    is_following: bool,
    came_from_library: bool,
    /// Whether all there was has been looked at once.
    look_is_over: bool,
    message: Option<(Line, DateTime<Utc>)>,
    failure: Option<Failure>,
    labels: HashMap<Row, Rc<[Span]>>,
    strip: Strip,
    strip_is_stale: bool,
    strip_is_for: settle::StripIsFor,
    redraw: Redraw,
    /// Whether the screen has been put in order to be shown.
    is_shown: bool,
}

impl App {
    /// A reader that shows what `options` ask for, and what it asks for at the start.
    pub fn new(options: Options) -> (Self, Effects) {
        let (typed, query) = options.filter.clone();
        let mut app = Self {
            keymap: Keymap::default(),
            timeline: Timeline::default(),
            sources: Vec::new(),
            shown: 0..0,
            tab: Tab::default(),
            now: options.now,
            size: options.size,
            screen: Screen::Library,
            focus: Focus::List,
            view: options.view,
            order: options.order,
            time_format: TimeFormat::Clock,
            theme: options.theme,
            plain: Roles::default(),
            list: List::default(),
            detail: Detail::default(),
            pages: Pages::default(),
            pursuit: None,
            wanted: Effects::new(),
            filter: Filter::new(typed, query),
            prompt: None,
            help: None,
            problems: None,
            problems_stamp: 0,
            index: Index::default(),
            library: Library::default(),
            arrivals: Arrivals::default(),
            parts: HashMap::new(),
            has_moved: false,
            is_riding: false,
            is_following: options.follow,
            came_from_library: false,
            look_is_over: false,
            message: None,
            failure: None,
            labels: HashMap::new(),
            strip: Strip::default(),
            strip_is_stale: true,
            strip_is_for: settle::StripIsFor::default(),
            redraw: Redraw::Now,
            is_shown: false,
            options,
        };
        let locations = app.options.locations.clone();
        let effects = if locations.is_empty() { vec![Effect::Scan] } else { app.open(locations) };
        (app, effects)
    }

    /// Something happened.
    #[must_use]
    pub fn update(&mut self, event: Event) -> Effects {
        match event {
            Event::Key(key) => self.key(key),
            Event::Paste(text) => {
                if self.prompt.is_some() {
                    self.prompt_paste(&text);
                    self.redraw(Redraw::Now);
                }
                Effects::new()
            }
            Event::Resized(size) => {
                self.size = size;
                if self.opened().is_some() && !self.has_moved {
                    self.list.touch = Touch::Resized;
                }
                self.redraw(Redraw::Now);
                Effects::new()
            }
            Event::News(news) => {
                if self.shown.contains(&news.source()) && self.screen == Screen::Reader {
                    self.news(news)
                } else {
                    Effects::new()
                }
            }
            Event::Found(found, is_all) => {
                self.library.take(found, is_all);
                self.redraw(Redraw::Now);
                Effects::new()
            }
            Event::Prepared(number, page) => {
                self.page_is_ready(number, page);
                Effects::new()
            }
            Event::Clock(now) => {
                self.clock_moved(now);
                Effects::new()
            }
            Event::Notice(line) | Event::Fault(line) => {
                self.say(&line);
                self.redraw(Redraw::Now);
                Effects::new()
            }
        }
    }

    fn key(&mut self, key: Key) -> Effects {
        self.redraw(Redraw::Now);
        self.message = None;
        self.pursuit = None;
        let is_searching_help = self.help.as_ref().is_some_and(Help::is_typing);
        let command = self.keymap.command(self.context(), key);
        match command.filter(|command| command.works_while_typing(key)) {
            None if self.prompt.is_some() => return self.prompt_key(key),
            None if is_searching_help => return self.help_search_key(key),
            _ => self.begin_search(),
        }
        if let Some(command) = command {
            let mut effects = (command.run)(self);
            effects.extend(self.fetch_at_the_ends());
            return effects;
        }
        self.say(&format!("{} does nothing here; ? shows the keys", keymap::shown(&key.to_string())));
        Effects::new()
    }

    /// Does a slice of slow work; tells whether more is left.
    pub fn work(&mut self) -> bool {
        // A key waits for what is found.
        let was_pursuing = self.pursuit.is_some();
        if self.work_on_pursuit() {
            return true;
        }
        if was_pursuing {
            self.wanted = self.fetch_at_the_ends();
        }
        let waits = self.let_in();
        let was_searching = self.search().is_some_and(|search| !search.is_done());
        let is_left = self.work_on_search();
        if was_searching && !is_left {
            // A key began it, and waits for what it found.
            self.redraw(Redraw::Now);
        }
        let is_index_left = self.work_on_index();
        waits || is_left || is_index_left || self.work_on_pages()
    }

    /// How urgently the screen wants to be drawn; asking answers it.
    pub fn take_redraw(&mut self) -> Redraw {
        std::mem::take(&mut self.redraw)
    }

    fn redraw(&mut self, redraw: Redraw) {
        self.redraw = self.redraw.max(redraw);
    }

    /// Forgets the blog that is shown.
    fn close(&mut self) {
        self.timeline = Timeline::default();
        self.tab = Tab::default();
        self.arrivals = Arrivals::default();
        self.parts.clear();
        self.list = List::default();
        self.detail = Detail::default();
        self.pages.clear();
        self.index = Index::default();
        self.labels.clear();
        self.strip_is_stale = true;
        self.order = self.options.order;
        self.focus = Focus::List;
        self.has_moved = false;
        self.look_is_over = false;
        self.is_riding = false;
        self.is_following = self.options.follow;
        self.view = View::Entries;
        self.problems = None;
        self.clear_filter();
    }

    /// A key took hold of the selection: nothing moves it by itself any more.
    fn take_hold(&mut self) {
        self.has_moved = true;
        self.is_riding = false;
        self.list.touch = Touch::Moved;
    }

    fn set_focus(&mut self, focus: Focus) {
        self.focus = focus;
    }

    fn set_view(&mut self, view: View) {
        self.view = view;
        self.index.leave();
        self.renew_search();
        self.begin_search();
    }

    /// Highlights `roles`, or leaves them plain; tells whether they are highlighted now.
    fn toggle_highlight(&mut self, roles: Roles) -> bool {
        let is_plain = roles.iter().all(|role| self.plain.contains(role));
        self.plain = if is_plain { self.plain.without(roles) } else { self.plain.union(roles) };
        is_plain
    }

    /// Where a key is pressed.
    pub fn context(&self) -> Context {
        match (&self.help, &self.problems, self.screen, self.focus) {
            (Some(_), ..) => Context::Help,
            (None, Some(_), ..) => Context::Problems,
            (None, None, Screen::Library, _) => Context::Library,
            (None, None, Screen::Reader, Focus::List) if self.shows_index() => Context::Index,
            (None, None, Screen::Reader, Focus::Detail) if self.shows_index() => Context::Mentions,
            (None, None, Screen::Reader, Focus::List) => Context::List,
            (None, None, Screen::Reader, Focus::Detail) => Context::Detail,
        }
    }

    /// Where things are on the screen.
    pub fn layout(&self) -> Layout {
        Layout::new(self.size, self.focus, self.has_tabs())
    }

    /// The lines of a page that fills the screen, such as the help.
    fn layout_rows(&self) -> u16 {
        self.layout().page().height.max(1)
    }
}
