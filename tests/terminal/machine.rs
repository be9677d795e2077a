//! A reader of a few keys that the runtime runs for tests, started as a program of its own.
//!
//! It draws what happened to it: keys typed, its size, news counted, lines told.

use std::{
    env,
    ops::ControlFlow,
    process,
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use liveblog::{
    app::{Effect, Effects, Event, Key, Redraw, Size},
    model::{Location, News, SourceId, Status},
    runtime::{self, Heard, Machine, Outside},
    text::link::Link,
    view::theme::Background,
};
use ratatui::{Frame, text::Line};

/// Names what is run: `reader` or `printer`.
pub(crate) const VARIABLE: &str = "LIVEBLOG_TEST_MACHINE";

/// Runs what the environment asks for, as a program would, and leaves. Does nothing when it asks for nothing.
pub(crate) fn run_if_asked() {
    let code = match env::var(VARIABLE).as_deref() {
        Ok("reader") => read(vec![Effect::Open(Location::Demo)]),
        Ok("crash") => read(vec![Effect::Open(Location::File("crash".into()))]),
        Ok("printer") => print(),
        _ => return,
    };
    process::exit(code);
}

fn read(start: Effects) -> i32 {
    let outside = Outside {
        open: Box::new(Scripted::open),
        scan: Arc::new(|found| found(vec![], true)),
        asks_background: true,
    };
    match runtime::run(&mut Probe::default(), outside, start, Probe::draw) {
        Ok(end) => end.code().into(),
        Err(error) => {
            eprintln!("liveblog: {error}");
            70
        }
    }
}

fn print() -> i32 {
    let printed = runtime::stream([Scripted::open(&Location::Stdin, 0)], None, |heard| {
        if let Heard::News(news) = heard {
            println!("{}", described(&news));
        }
        ControlFlow::<()>::Continue(())
    });
    i32::from(printed.is_err())
}

fn described(news: &News) -> String {
    match news {
        News::Status(_, Status::Reading { read, .. }) => format!("read {read}"),
        News::Status(_, Status::Failed(failure)) => format!("failed: {}", failure.message),
        other => format!("{other:?}"),
    }
}

/// A source that does what its location is called: nothing, a flood, a crash.
struct Scripted {
    location: Location,
    said: u64,
    wake: Receiver<()>,
    waker: Sender<()>,
}

#[derive(Clone)]
struct Waker(Sender<()>);

impl Scripted {
    fn open(location: &Location, _: SourceId) -> Self {
        let (waker, wake) = channel();
        Self { location: location.clone(), said: 0, wake, waker }
    }
}

impl runtime::Source for Scripted {
    type Waker = Waker;

    fn waker(&self) -> Waker {
        Waker(self.waker.clone())
    }

    fn next(&mut self) -> Option<News> {
        self.said += 1;
        let news = News::Status(0, Status::Reading { read: self.said, total: None });
        match &self.location {
            // One thing to say, and another each time it is woken.
            Location::Demo => {
                if self.said > 1 {
                    self.wake.recv().ok()?;
                }
                Some(news)
            }
            // Three things, then a long silence.
            Location::Stdin => {
                if self.said > 3 {
                    self.wake.recv().ok()?;
                }
                Some(news)
            }
            Location::File(path) if path.ends_with("flood") => Some(news),
            Location::File(_) | Location::Address(_) => panic!("the source broke"),
        }
    }
}

impl runtime::Waker for Waker {
    fn look(&self) {
        let _ = self.0.send(());
    }

    fn fetch(&self, _: &Link) {}

    fn follow(&self, _: bool) {}

    fn stop(&self) {
        let _ = self.0.send(());
    }
}

#[derive(Debug, Default)]
struct Probe {
    keys: Vec<Key>,
    pasted: String,
    size: Size,
    news: u64,
    line: String,
    now: DateTime<Utc>,
    wake_at: Option<DateTime<Utc>>,
    redraw: Redraw,
    /// So many slices of work are left.
    work: u32,
    breaks_drawing: bool,
}

impl Probe {
    fn draw(&self, background: Background, frame: &mut Frame<'_>) {
        let keys: Vec<String> = self.keys.iter().map(Key::to_string).collect();
        let lines = [
            format!("keys [{}]", keys.join(" ")),
            format!("pasted [{}]", self.pasted),
            format!("size {}x{}", self.size.columns, self.size.rows),
            format!("news {}", self.news),
            format!("line [{}]", self.line),
            format!("background {background:?}"),
            format!("work {}", self.work),
        ];
        for (text, row) in lines.iter().zip(frame.area().rows()) {
            frame.render_widget(Line::raw(text), row);
        }
        assert!(!self.breaks_drawing, "drawing broke");
    }

    fn press(&mut self, key: Key) -> Effects {
        self.keys.push(key);
        self.redraw = Redraw::Now;
        match key.to_string().as_str() {
            "q" => return vec![Effect::Quit],
            "ctrl-z" => return vec![Effect::Suspend],
            "p" => panic!("\u{1b}[2Jupdate broke"),
            "P" => self.breaks_drawing = true,
            "w" => self.work = 3000,
            "t" => self.wake_at = Some(self.now + TimeDelta::milliseconds(300)),
            "l" => return vec![Effect::Look],
            "f" => return vec![Effect::Open(Location::File("flood".into()))],
            "b" => return vec![Effect::Open(Location::File("crash".into()))],
            "c" => return vec![Effect::Copy("é".repeat(10))],
            "C" => return vec![Effect::Copy("x".repeat(200 << 10))],
            "o" => return Link::parse("http://example.org/").map(Effect::Browse).into_iter().collect(),
            "s" => return vec![Effect::Scan],
            "ctrl-l" => return vec![Effect::Repaint],
            _ => {}
        }
        vec![]
    }
}

impl Machine for Probe {
    fn settle(&mut self) {}

    fn update(&mut self, event: Event) -> Effects {
        let mut redraw = Redraw::Soon;
        match event {
            Event::Key(key) => return self.press(key),
            Event::Paste(text) => self.pasted = text,
            Event::Resized(size) => self.size = size,
            Event::News(news) => {
                self.news += 1;
                if let News::Status(_, Status::Failed(_)) = &news {
                    self.line = described(&news);
                }
            }
            Event::Clock(now) => {
                self.now = now;
                redraw = Redraw::None;
                if self.wake_at.is_some_and(|time| time <= now) {
                    self.wake_at = None;
                    self.line = "woken".into();
                    redraw = Redraw::Now;
                }
            }
            Event::Notice(line) | Event::Fault(line) => self.line = line.to_string(),
            Event::Prepared(..) => {}
            Event::Found(found, is_all) => self.line = format!("found {} {is_all}", found.len()),
        }
        self.redraw = self.redraw.max(redraw);
        vec![]
    }

    fn work(&mut self) -> bool {
        if self.work > 0 {
            self.work -= 1;
            self.redraw = self.redraw.max(Redraw::Soon);
            std::thread::sleep(Duration::from_millis(1));
        }
        self.work > 0
    }

    fn take_redraw(&mut self) -> Redraw {
        std::mem::take(&mut self.redraw)
    }

    fn take_effects(&mut self) -> Effects {
        vec![]
    }

    fn wake_at(&self) -> Option<DateTime<Utc>> {
        self.wake_at
    }
}
