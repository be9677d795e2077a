//! A reader without a terminal: a feed and a script of keys go in, a screen comes out.
//!
//! ```text
//! Session::open(feed).size(120, 36).keys("jj/flood<enter>").screen()
//! ```
//!
//! Keys are written as they are typed; names stand in angle brackets: `<enter>`, `<ctrl-d>`, `<space>`. The clock stands
//! still until it is moved, and zones are UTC.

#![allow(dead_code, unused_imports, reason = "each test file uses a part of this")]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a helper that fails is a test that fails")]

mod screen;

use std::{path::PathBuf, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use liveblog::{
    app::{App, Clock, Code, Effect, Event, Found, Item, Key, Manuscript, Options, Redraw, Size, View},
    feed::{self, Context, Format, Reader, Recognition},
    model::{Coverage, Failure, Location, News, Packer, Reading, SourceId, Status, Zone},
    story::Query,
    text::line::Line,
    view::{
        self,
        theme::{self, Colours},
    },
};
use ratatui::{Terminal, backend::TestBackend};
pub(crate) use screen::{Looks, Screen};

/// The time at which sessions begin.
pub(crate) const NOW: &str = "2025-10-14T18:42:00Z";

/// An invented blog of six entries on two days: key events, quotes, numbers, a list, a link, an edit, no headlines.
pub(crate) const STORM: &str = include_str!("storm.jsonl");

/// A reader, and what it asked for.
pub(crate) struct Session {
    app: App,
    effects: Vec<Effect>,
    colours: Colours,
    reader: Option<Box<dyn feed::Stream>>,
    packer: Packer,
    /// What long pages are to be made of, while they are held back.
    held: Option<Vec<Manuscript>>,
}

/// The options that sessions begin with.
pub(crate) fn options() -> Options {
    let locations = vec![Location::File(PathBuf::from("storm.jsonl"))];
    let size = Size { columns: 120, rows: 36 };
    Options { theme: theme::by_name("dark").unwrap(), ..Options::new(locations, time(NOW), size) }
}

/// The moment that `text` names.
pub(crate) fn time(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

/// The keys that `script` types.
pub(crate) fn script(script: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = script;
    while let Some(char) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        match named.and_then(|(name, after)| Some((Key::parse(&name.replace("c-", "ctrl-"))?, after))) {
            Some((key, after)) if after.len() + 3 < rest.len() => {
                keys.push(key);
                rest = after;
            }
            _ => {
                keys.push(Key::new(Code::Char(char)));
                rest = &rest[char.len_utf8()..];
            }
        }
    }
    keys
}

impl Session {
    /// A reader of `feed`, which has been read and is followed.
    pub(crate) fn open(feed: &str) -> Self {
        Self::open_with(feed, options())
    }

    /// A reader of `feed` that was asked for `options`.
    pub(crate) fn open_with(feed: &str, options: Options) -> Self {
        let mut session = Self::opening(options);
        session.read(feed);
        session.status(Status::Following)
    }

    /// A reader whose source has said nothing yet.
    pub(crate) fn opening(options: Options) -> Self {
        let (app, effects) = App::new(options);
        Self { app, effects, colours: Colours::True, reader: None, packer: Packer::new(0), held: None }
    }

    /// The library, with these feeds found.
    pub(crate) fn library(found: Vec<Found>, is_all: bool) -> Self {
        let mut session = Self::opening(Options { locations: Vec::new(), ..options() });
        session.event(Event::Found(found, is_all));
        session
    }

    /// The library as `options` say, with these feeds found.
    pub(crate) fn library_with(found: Vec<Found>, options: Options) -> Self {
        let mut session = Self::opening(Options { locations: Vec::new(), ..options });
        session.event(Event::Found(found, true));
        session
    }

    fn event(&mut self, event: Event) {
        self.effects.extend(self.app.update(event));
    }

    /// Puts everything in order for the screen, with the pages this takes.
    fn settle(&mut self) {
        loop {
            while self.app.work() {}
            self.app.settle();
            let effects = self.app.take_effects();
            if effects.is_empty() {
                return;
            }
            for effect in effects {
                match (effect, &mut self.held) {
                    (Effect::Prepare(manuscript), Some(held)) => held.push(manuscript),
                    (Effect::Prepare(manuscript), None) => self.prepared(&manuscript),
                    (effect, _) => self.effects.push(effect),
                }
            }
        }
    }

    fn prepared(&mut self, manuscript: &Manuscript) {
        self.event(Event::Prepared(manuscript.number(), Arc::new(manuscript.page())));
    }

    /// Holds long pages back from here on.
    pub(crate) fn hold_pages(mut self) -> Self {
        self.held = Some(Vec::new());
        self
    }

    /// Makes all pages that were held back, in the order they were asked for.
    pub(crate) fn make_pages(mut self) -> Self {
        let held = self.held.as_mut().map(std::mem::take).unwrap_or_default();
        held.iter().for_each(|manuscript| self.prepared(manuscript));
        self
    }

    /// Whether the machine has nothing to do and nothing to show once the screen is drawn.
    pub(crate) fn is_idle(&mut self) -> bool {
        self.settle();
        self.app.take_redraw();
        !self.app.work() && self.app.take_redraw() == Redraw::None
    }

    /// How many pages are held back.
    pub(crate) fn held_pages(&self) -> usize {
        self.held.as_ref().map_or(0, Vec::len)
    }

    fn context(&self) -> Context {
        Context { assumed_zone: None, local_zone: Zone::UTC, date: None, modified: None, now: self.app.now() }
    }

    /// Reads `feed` from its beginning.
    fn read(&mut self, feed: &str) {
        let context = self.context();
        let Recognition::Known(format) = feed::recognize(feed.as_bytes(), true) else {
            assert!(feed.is_empty(), "this is no feed: {feed:.60}");
            self.news(Coverage::Delta, true);
            return;
        };
        match format.reader {
            Reader::Document(read) => read(feed.as_bytes(), &context, &mut self.packer),
            Reader::Stream { open, .. } => {
                let mut reader = open(&context, 0);
                reader.push(feed.as_bytes(), &mut self.packer);
                reader.pause(&mut self.packer);
                self.reader = Some(reader);
            }
        }
        self.news(Coverage::Delta, true);
    }

    fn news(&mut self, coverage: Coverage, is_complete: bool) {
        let reading: Reading = self.packer.take(coverage, is_complete);
        self.event(Event::News(News::Reading(reading)));
    }

    /// A source says something.
    pub(crate) fn told(mut self, news: News) -> Self {
        self.event(Event::News(news));
        self
    }

    /// The source says how it is doing.
    pub(crate) fn status(mut self, status: Status) -> Self {
        self.event(Event::News(News::Status(0, status)));
        self
    }

    /// Source number `source` tells `lines`, which stand alone, as a whole look at it.
    pub(crate) fn told_by(mut self, source: SourceId, lines: &str) -> Self {
        let context = self.context();
        let mut packer = Packer::new(source);
        let Recognition::Known(Format { reader: Reader::Stream { open, .. }, .. }) =
            feed::recognize(lines.as_bytes(), true)
        else {
            panic!("these are no lines");
        };
        let mut reader = open(&context, 0);
        reader.push(lines.as_bytes(), &mut packer);
        reader.finish(&mut packer);
        self.event(Event::News(News::Reading(packer.take(Coverage::Delta, true))));
        self.status_of(source, Status::Following)
    }

    /// A reading comes as it is.
    pub(crate) fn reading(mut self, reading: Reading) -> Self {
        self.event(Event::News(News::Reading(reading)));
        self
    }

    /// Source number `source` says how it is doing.
    pub(crate) fn status_of(mut self, source: SourceId, status: Status) -> Self {
        self.event(Event::News(News::Status(source, status)));
        self
    }

    /// The source fails.
    pub(crate) fn fail(self, failure: Failure) -> Self {
        self.status(Status::Failed(failure))
    }

    /// Lines come to the feed that is followed.
    pub(crate) fn arrive(mut self, lines: &str) -> Self {
        let mut reader = self.reader.take().expect("only a stream grows");
        reader.push(format!("{}\n", lines.trim_end()).as_bytes(), &mut self.packer);
        reader.pause(&mut self.packer);
        self.reader = Some(reader);
        self.news(Coverage::Delta, true);
        self.settle();
        self
    }

    /// Types a script of keys; the screen is put in order after each, as it is between two draws.
    pub(crate) fn keys(mut self, keys: &str) -> Self {
        for key in script(keys) {
            self.key(key);
        }
        self
    }

    /// Types one key, and does none of the work it makes.
    pub(crate) fn press(&mut self, key: &str) {
        for key in script(key) {
            self.event(Event::Key(key));
        }
        self.app.settle();
    }

    /// Does a slice of work, and draws what there is then; tells whether more is left.
    pub(crate) fn work(&mut self) -> bool {
        let is_left = self.app.work();
        self.app.settle();
        is_left
    }

    /// Types one key.
    pub(crate) fn key(&mut self, key: Key) {
        self.event(Event::Key(key));
        self.settle();
    }

    /// Pastes text.
    pub(crate) fn paste(mut self, text: &str) -> Self {
        self.event(Event::Paste(text.to_owned()));
        self
    }

    /// Makes the screen so large.
    pub(crate) fn size(mut self, columns: u16, rows: u16) -> Self {
        self.event(Event::Resized(Size { columns, rows }));
        self.settle();
        self
    }

    /// Lets minutes pass.
    pub(crate) fn wait(mut self, minutes: i64) -> Self {
        let now = self.app.now() + TimeDelta::minutes(minutes);
        self.event(Event::Clock(now));
        self
    }

    /// Lets the clock go on to `now`.
    pub(crate) fn at(mut self, now: DateTime<Utc>) -> Self {
        self.event(Event::Clock(now));
        self
    }

    /// Draws with so many colours.
    pub(crate) fn colours(mut self, colours: Colours) -> Self {
        self.colours = colours;
        self
    }

    /// The machine itself.
    pub(crate) fn app(&self) -> &App {
        &self.app
    }

    /// Takes what was asked for since the last time.
    pub(crate) fn effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// The id of the selected entry; `about` for the standfirst.
    pub(crate) fn selected(&self) -> Option<String> {
        match self.app.selected()? {
            Item::Standfirst => Some("about".to_owned()),
            Item::Entry(row) => Some(self.app.timeline().entry(row)?.id().to_owned()),
        }
    }

    /// Draws the screen.
    pub(crate) fn screen(&mut self) -> Screen {
        self.settle();
        let Size { columns, rows } = self.app.size();
        self.drawn_on(columns, rows)
    }

    /// Draws the screen on a terminal that has another size than the reader knows of, as for a moment after a change.
    pub(crate) fn drawn_on(&self, columns: u16, rows: u16) -> Screen {
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        let theme = theme::counted(self.app.theme(), self.colours);
        let mut shown = None;
        terminal
            .draw(|frame| {
                view::draw(&self.app, theme, frame);
                shown = Some(frame.buffer_mut().clone());
            })
            .unwrap();
        let is_shown = terminal.backend().cursor_visible();
        let cursor = is_shown.then(|| terminal.backend().cursor_position());
        Screen { buffer: shown.unwrap(), cursor }
    }
}

/// Runs a journey on screens of other sizes too; nothing may panic, and what was drawn has the size of the screen.
pub(crate) fn also_small(feed: &str, keys: &str) {
    for (columns, rows) in [(40, 10), (20, 5), (19, 4), (7, 3), (1, 1), (0, 0), (200, 1), (1, 60)] {
        let mut session = Session::open(feed).size(columns, rows);
        for key in script(keys) {
            session.key(key);
            let screen = session.screen();
            assert_eq!(screen.lines().len(), usize::from(rows), "{columns}×{rows}");
        }
        let mut session = session.size(120, 36);
        assert!(session.screen().contains("Storm"), "the screen grows back from {columns}×{rows}");
    }
}

/// One entry as a line of JSON.
pub(crate) fn entry(id: &str, published: &str, headline: &str, body: &str) -> String {
    format!(
        "{{\"type\":\"entry\",\"id\":\"{id}\",\"published\":\"{published}\",\"headline\":\"{headline}\",\"body\":\"{body}\"}}"
    )
}

/// A feed in a folder.
pub(crate) fn found(name: &str, title: &str, entries: usize, modified: &str) -> Found {
    Found {
        location: Location::File(PathBuf::from(name)),
        format: "jsonl",
        title: Line::new(title),
        entries,
        is_all: true,
        modified: Some(time(modified)),
    }
}
