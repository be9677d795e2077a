//! The reader as a pure machine: events in, effects out; the same events give the same screen.
//!
//! No ratatui, crossterm, files, threads or clock. What the time is, how large the screen is and what the sources say
//! comes in as [`Event`]s; what is to be done outside goes out as [`Effect`]s. Slow work is done in slices by
//! [`App::work`]. Before a draw, [`App::settle`] puts list, detail and strip in order for the screen.

pub mod command;
pub mod compose;
pub mod detail;
pub mod effect;
pub mod event;
pub mod filter;
pub mod help;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod library;
pub mod list;
pub mod news;
pub mod options;

use std::{collections::HashMap, rc::Rc, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    model::{Blog, Failure, Location, Row, SourceId, State, Status, Timeline, entry::Label},
    story::{
        facts::Findings,
        pulse::{self, Pulse},
        strip::{Shown, Strip},
    },
    text::{line::Line, span::Span, when},
};

pub use detail::{Cursor, Detail, DetailLine, Target};
pub use effect::{Effect, Effects};
pub use event::{Event, Found, Redraw, Size};
pub use filter::{Filter, Prompt};
pub use help::{Help, HelpRow};
pub use key::{Code, Key};
pub use keymap::{Context, Keymap};
pub use layout::{Area, Layout, Tier};
pub use library::Library;
pub use list::{Item, List, ListLine};
pub use news::{Arrivals, SourceInfo};
pub use options::{At, Clock, Options, Order, View};

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
    /// The source that is shown; news of others is old.
    current: SourceId,
    now: DateTime<Utc>,
    size: Size,
    screen: Screen,
    focus: Focus,
    view: View,
    order: Option<Order>,
    time_format: TimeFormat,
    theme: usize,
    list: List,
    detail: Detail,
    filter: Filter,
    prompt: Option<Prompt>,
    help: Option<Help>,
    library: Library,
    arrivals: Arrivals,
    /// Whether a key has moved the selection since opening.
    has_moved: bool,
    /// Whether the selection stays on the newest entry.
    is_riding: bool,
    is_following: bool,
    came_from_library: bool,
    message: Option<(Line, DateTime<Utc>)>,
    failure: Option<Failure>,
    labels: HashMap<Row, Rc<[Span]>>,
    strip: Strip,
    strip_is_stale: bool,
    strip_made_for: (u16, Option<Row>, usize, usize),
    redraw: Redraw,
}

impl App {
    /// A reader that shows what `options` ask for, and what it asks for at the start.
    pub fn new(options: Options) -> (Self, Effects) {
        let (typed, query) = options.filter.clone();
        let mut app = Self {
            keymap: Keymap::default(),
            timeline: Timeline::default(),
            sources: Vec::new(),
            current: 0,
            now: options.now,
            size: options.size,
            screen: Screen::Library,
            focus: Focus::List,
            view: options.view,
            order: options.order,
            time_format: TimeFormat::Clock,
            theme: options.theme,
            list: List::default(),
            detail: Detail::default(),
            filter: Filter::new(typed, query),
            prompt: None,
            help: None,
            library: Library::default(),
            arrivals: Arrivals::default(),
            has_moved: false,
            is_riding: false,
            is_following: options.follow,
            came_from_library: false,
            message: None,
            failure: None,
            labels: HashMap::new(),
            strip: Strip::default(),
            strip_is_stale: true,
            strip_made_for: (0, None, 0, 0),
            redraw: Redraw::Now,
            options,
        };
        let effects = match app.options.location.clone() {
            Some(location) => {
                app.open(location.clone());
                vec![Effect::Open(location)]
            }
            None => vec![Effect::Scan],
        };
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
                self.redraw(Redraw::Now);
                Effects::new()
            }
            Event::News(news) => {
                let source = match &news {
                    crate::model::News::Reading(reading) => reading.source,
                    crate::model::News::Status(source, _) => *source,
                };
                if source == self.current && self.screen == Screen::Reader {
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
        if self.prompt.is_some() {
            return self.prompt_key(key);
        }
        if self.help.as_ref().is_some_and(Help::is_typing) {
            return self.help_search_key(key);
        }
        self.begin_search();
        if let Some(command) = self.keymap.command(self.context(), key) {
            return (command.run)(self);
        }
        self.say(&format!("{} does nothing here; ? shows the keys", keymap::shown(&key.to_string())));
        Effects::new()
    }

    /// What was true at an earlier `now` may read otherwise.
    fn clock_moved(&mut self, now: DateTime<Utc>) {
        let is_due = self.wake_at().is_some_and(|due| due <= now);
        self.now = now;
        if self.message.as_ref().is_some_and(|(_, until)| *until <= now) {
            self.message = None;
        }
        if is_due {
            self.redraw(Redraw::Soon);
        }
    }

    /// Does a slice of slow work; tells whether more is left.
    pub fn work(&mut self) -> bool {
        let is_busy = self.filter.is_active() || self.search().is_some();
        let is_left = self.work_on_search();
        if is_busy && !is_left {
            self.redraw(Redraw::Soon);
        }
        is_left
    }

    /// How urgently the screen wants to be drawn; asking answers it.
    pub fn take_redraw(&mut self) -> Redraw {
        std::mem::take(&mut self.redraw)
    }

    fn redraw(&mut self, redraw: Redraw) {
        self.redraw = self.redraw.max(redraw);
    }

    /// When words on the screen change by themselves next.
    pub fn wake_at(&self) -> Option<DateTime<Utc>> {
        let message = self.message.as_ref().map(|(_, until)| *until);
        let zone = self.options.zone;
        let change = |then: DateTime<Utc>| {
            self.now.checked_add_signed(when::next_change(zone.at(self.now), zone.at(then)))
        };
        let in_reader = self.screen == Screen::Reader;
        let last = self.pulse().last.filter(|_| in_reader).and_then(DateTime::from_timestamp_millis);
        let shown = self.detail.row().and_then(|row| self.timeline.entry(row)?.published());
        let shown = shown.filter(|_| in_reader).map(crate::model::Stamp::utc);
        let soonest = [message, last.and_then(change), shown.and_then(change)].into_iter().flatten().min();
        let listed = self.list.in_sight().filter(|_| in_reader && self.time_format == TimeFormat::Ago);
        let listed = listed.filter_map(|index| match self.item(index)? {
            Item::Entry(row) => change(self.timeline.entry(row)?.published()?.utc()),
            Item::Standfirst => None,
        });
        listed.chain(soonest).min()
    }

    /// Puts list, detail and strip in order for the screen.
    pub fn settle(&mut self) {
        self.begin_search();
        if self.screen == Screen::Library {
            return;
        }
        let layout = self.layout();
        // Where one pane hides the other, the list keeps its place behind the detail.
        let list = layout.list.or(layout.detail).map_or(0, |area| usize::from(area.height));
        self.settle_list(list.max(1));
        let detail = layout.detail.map_or(0, |area| usize::from(area.height));
        self.settle_detail(layout.measure(), detail);
        if layout.list.is_some() {
            self.note_seen();
        }
        self.settle_labels();
        self.settle_strip(layout.strip);
    }

    /// Finds what is in the labels in sight.
    fn settle_labels(&mut self) {
        let mut labels = HashMap::new();
        for index in self.list.in_sight() {
            let Some(Item::Entry(row)) = self.item(index) else { continue };
            let spans = self.labels.remove(&row).or_else(|| {
                let label = self.timeline.entry(row)?.label();
                let (Label::Headline(text) | Label::Beginning(text)) = label else { return None };
                Some(Findings::new(text).spans().into())
            });
            labels.extend(spans.map(|spans| (row, spans)));
        }
        self.labels = labels;
    }

    fn settle_strip(&mut self, area: Option<Area>) {
        let width = area.map_or(0, |area| area.width.saturating_sub(2));
        let selected = match self.list.selected {
            Some(Item::Entry(row)) => Some(row),
            _ => None,
        };
        let hits = self.search().map_or(0, |search| search.rows().len());
        let made_for = (width, selected, hits, self.arrivals.count());
        if !self.strip_is_stale && made_for == self.strip_made_for {
            return;
        }
        let shown = Shown {
            rows: self.timeline.order(),
            key_events: &self.arrivals.key_events,
            new: self.arrivals.rows(),
            hits: self.search().map_or(&[], |search| search.rows()),
            selected,
        };
        let zone = self.options.zone;
        let local =
            |millis: i64| zone.at(DateTime::from_timestamp_millis(millis).unwrap_or_default()).naive_local();
        self.strip = Strip::new(&self.timeline, shown, width.into(), local);
        self.strip_is_stale = false;
        self.strip_made_for = made_for;
    }

    /// Begins to show a source.
    fn open(&mut self, location: Location) {
        self.current = self.sources.len() as SourceId;
        let status = Status::Reading { read: 0, total: None };
        self.sources.push(SourceInfo { location, status, has_been_read: false });
        self.screen = Screen::Reader;
    }

    /// Forgets the blog that is shown.
    fn close(&mut self) {
        self.timeline = Timeline::default();
        self.arrivals = Arrivals::default();
        self.list = List::default();
        self.detail = Detail::default();
        self.labels.clear();
        self.strip_is_stale = true;
        self.order = self.options.order;
        self.focus = Focus::List;
        self.has_moved = false;
        self.is_riding = false;
        self.view = View::Entries;
        self.clear_filter();
    }

    /// A key took hold of the selection: nothing moves it by itself any more.
    fn take_hold(&mut self) {
        self.has_moved = true;
        self.is_riding = false;
    }

    fn set_focus(&mut self, focus: Focus) {
        self.focus = focus;
    }

    fn set_view(&mut self, view: View) {
        self.view = view;
        self.renew_search();
        self.begin_search();
    }

    /// Shows the newest version of the entry that is open.
    fn show_edit(&mut self) {
        let item = self.selected();
        self.detail.show(item);
    }

    /// Where a key is pressed.
    pub fn context(&self) -> Context {
        match (&self.help, self.screen, self.focus) {
            (Some(_), ..) => Context::Help,
            (None, Screen::Library, _) => Context::Library,
            (None, Screen::Reader, Focus::List) => Context::List,
            (None, Screen::Reader, Focus::Detail) => Context::Detail,
        }
    }

    /// Where things are on the screen.
    pub fn layout(&self) -> Layout {
        Layout::new(self.size, self.focus)
    }

    /// The rows of a page that fills the screen, such as the help.
    fn layout_rows(&self) -> u16 {
        self.size.rows.saturating_sub(4).max(1)
    }
}

/// What the view asks.
impl App {
    /// All entries.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// The blog that is shown, if it told about itself.
    pub fn blog(&self) -> Option<&Arc<Blog>> {
        self.timeline.blog(self.current)
    }

    /// The source that is shown.
    pub fn source(&self) -> Option<&SourceInfo> {
        self.sources.get(self.current as usize)
    }

    /// What stands at the top: the blog's title, else the name of its source.
    pub fn title(&self) -> Line {
        match self.blog().filter(|blog| !blog.title.is_empty()) {
            Some(blog) => blog.title.clone(),
            None => self.source().map(|source| source.location.name()).unwrap_or_default(),
        }
    }

    /// Whether the list has the standfirst as its first row.
    pub fn shows_standfirst(&self) -> bool {
        let has_one = self.blog().is_some_and(|blog| !blog.standfirst.as_ref().is_empty());
        has_one && self.view == View::Entries && self.query_shows_standfirst()
    }

    /// Whether more is expected of the blog: its source is kept an eye on, and it does not say that it ended.
    pub fn is_live(&self) -> bool {
        let is_watched = self.source().is_some_and(|source| source.status == Status::Following);
        is_watched && self.is_following && self.blog().is_none_or(|blog| blog.state != State::Ended)
    }

    /// When the last entry came, and how far they are usually apart.
    pub fn pulse(&self) -> Pulse {
        pulse::pulse(&self.timeline)
    }

    /// The order of the list.
    pub fn order(&self) -> Order {
        self.order.unwrap_or(Order::Newest)
    }

    /// The clock that times are shown by.
    pub fn clock(&self) -> Clock {
        match self.time_format {
            TimeFormat::AsWritten => Clock::AsWritten,
            TimeFormat::Clock | TimeFormat::Ago => self.options.clock,
        }
    }

    /// How the list tells times.
    pub fn time_format(&self) -> TimeFormat {
        self.time_format
    }

    /// The time it is.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The day it is where the reader sits.
    pub fn today(&self) -> chrono::NaiveDate {
        self.options.zone.at(self.now).date_naive()
    }

    /// What clocks show at `time` where the reader sits.
    pub fn here(&self, time: DateTime<Utc>) -> DateTime<chrono::FixedOffset> {
        self.options.zone.at(time)
    }

    /// The size of the screen.
    pub fn size(&self) -> Size {
        self.size
    }

    /// What fills the screen.
    pub fn screen(&self) -> Screen {
        self.screen
    }

    /// Which pane has the keys.
    pub fn focus(&self) -> Focus {
        self.focus
    }

    /// The view.
    pub fn view(&self) -> View {
        self.view
    }

    /// The detail.
    pub fn detail(&self) -> &Detail {
        &self.detail
    }

    /// The list.
    pub fn list(&self) -> &List {
        &self.list
    }

    /// The strip, as last settled.
    pub fn strip(&self) -> &Strip {
        &self.strip
    }

    /// What stands over the label of `row`, which is in sight.
    pub fn label_spans(&self, row: Row) -> Option<&Rc<[Span]>> {
        self.labels.get(&row)
    }

    /// Where the filter matches in `text`.
    pub fn hits(&self, text: &str) -> Vec<std::ops::Range<usize>> {
        self.search().map(|search| search.query().hits(text)).unwrap_or_default()
    }

    /// The number of the theme.
    pub fn theme(&self) -> usize {
        self.theme
    }

    /// Whether only ASCII is drawn around the text.
    pub fn is_ascii(&self) -> bool {
        self.options.is_ascii
    }

    /// Whether the selection stays on the newest entry.
    pub fn is_riding(&self) -> bool {
        self.is_riding
    }

    /// Whether the source is kept an eye on.
    pub fn is_following(&self) -> bool {
        self.is_following
    }

    /// What is said in the status line for a while.
    pub fn message(&self) -> Option<&str> {
        self.message.as_ref().map(|(line, _)| line.as_str())
    }

    /// Whether Esc leads back to the library.
    pub fn came_from_library(&self) -> bool {
        self.came_from_library
    }

    /// Why the program ended, when a source could not be read.
    pub fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }
}
