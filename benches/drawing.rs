//! Drawing: what stands between a key and the screen, on a terminal of 120×36 that is kept in memory.
//!
//! `cargo bench --bench drawing`. The counter counts frames. `a_frame` draws list and detail anew when nothing changed;
//! `a_key` also does what `j` asks for and puts the screen in order, with a small and a large timeline, which should not
//! differ; the indexes of quotes and numbers are measured the same way. Beside them stands ratatui alone, which draws as
//! much text as one paragraph. Compare figures of one run with each other only.

mod support;

use divan::{Bencher, counter::ItemsCount};
use liveblog::{
    app::{App, Event, Key, Options, Order, Size},
    model::{Location, News, Status},
    story::View,
    view::{
        self,
        theme::{self, Colours},
    },
};
use ratatui::{
    Terminal,
    backend::TestBackend,
    widgets::{Paragraph, Wrap},
};
use support::entries::{self, Told};

/// The size of the screen.
const SIZE: Size = Size { columns: 120, rows: 36 };
/// Entries of a small timeline and of a large one.
const COUNTS: [usize; 2] = [1_000, 100_000];
/// Entries of which indexes are made.
const INDEXED: usize = 1_000;

fn main() {
    divan::main();
}

/// A reader, and the screen it is drawn on.
struct Shown {
    app: App,
    terminal: Terminal<TestBackend>,
}

impl Shown {
    /// A reader of `count` entries, all read and put in order, in `view`.
    fn new(count: usize, view: View) -> Self {
        let (app, _) = App::new(options(view, count));
        let mut shown = Self { app, terminal: terminal() };
        for reading in support::readings(&entries::oldest_first(count)) {
            shown.event(Event::News(News::Reading(reading)));
        }
        shown.event(Event::News(News::Status(0, Status::Following)));
        shown.frame();
        shown
    }

    fn event(&mut self, event: Event) {
        let _ = self.app.update(event);
    }

    /// Puts the screen in order, and draws it.
    fn frame(&mut self) {
        while self.app.work() {}
        self.app.settle();
        self.draw();
    }

    /// Draws the screen as it was put in order last.
    fn draw(&mut self) {
        let theme = theme::counted(self.app.theme(), Colours::True);
        let Ok(_) = self.terminal.draw(|frame| view::draw(&self.app, theme, frame));
    }

    /// Types `key`, and shows what comes of it.
    fn key(&mut self, key: Key) {
        self.event(Event::Key(key));
        self.frame();
    }
}

/// A screen in memory.
fn terminal() -> Terminal<TestBackend> {
    let Ok(terminal) = Terminal::new(TestBackend::new(SIZE.columns, SIZE.rows));
    terminal
}

/// What the reader is asked for: `count` entries, the newest first, at the time of the last of them.
fn options(view: View, count: usize) -> Options {
    let locations = vec![Location::File("ladder.jsonl".into())];
    Options { order: Some(Order::Newest), view, ..Options::new(locations, Told::new(count).time, SIZE) }
}

#[divan::bench(args = COUNTS, sample_count = 100, sample_size = 5)]
fn a_frame(bencher: Bencher<'_, '_>, count: usize) {
    let mut shown = Shown::new(count, View::Entries);
    bencher.counter(ItemsCount::new(1_usize)).bench_local(|| shown.draw());
}

#[divan::bench(args = COUNTS, sample_count = 100, sample_size = 5)]
fn a_key(bencher: Bencher<'_, '_>, count: usize) {
    let mut shown = Shown::new(count, View::Entries);
    let Some(key) = Key::parse("j") else { return };
    bencher.counter(ItemsCount::new(1_usize)).bench_local(|| shown.key(key));
}

#[divan::bench(args = ["quotes", "numbers"], sample_count = 100, sample_size = 1)]
fn a_frame_of_an_index(bencher: Bencher<'_, '_>, name: &str) {
    let mut shown = Shown::new(INDEXED, index(name));
    assert!(shown.app.shows_index() && shown.app.index().row_count() > 0);
    bencher.counter(ItemsCount::new(1_usize)).bench_local(|| shown.draw());
}

#[divan::bench(args = ["quotes", "numbers"], sample_count = 100, sample_size = 1)]
fn a_key_in_an_index(bencher: Bencher<'_, '_>, name: &str) {
    let mut shown = Shown::new(INDEXED, index(name));
    let keys = [Key::parse("j"), Key::parse("k")];
    let mut keys = keys.into_iter().flatten().cycle();
    bencher.counter(ItemsCount::new(1_usize)).bench_local(|| keys.next().map(|key| shown.key(key)));
}

/// The index called `name`.
fn index(name: &str) -> View {
    View::ALL.into_iter().find(|view| view.name() == name).unwrap_or_default()
}

#[divan::bench(sample_count = 100, sample_size = 5)]
fn ratatui_alone(bencher: Bencher<'_, '_>) {
    let mut terminal = terminal();
    let text = entries::prose(10);
    bencher.counter(ItemsCount::new(1_usize)).bench_local(|| {
        let paragraph = Paragraph::new(text.as_str()).wrap(Wrap { trim: true });
        let Ok(_) = terminal.draw(|frame| frame.render_widget(paragraph, frame.area()));
    });
}
