//! The loop: wait; take keys, then a little news, then do a little work; draw once.
//!
//! Nothing here takes longer than a few milliseconds, so a key is answered at once whatever else goes on. Without keys,
//! news and times that change nothing wakes it.

use std::{
    collections::VecDeque,
    io, mem,
    sync::Arc,
    time::{Duration, Instant},
};

use ratatui::Frame;

use crate::{
    app::{Effect, Effects, Event, Found, Redraw, Size},
    model::{Location, SourceId},
    text::line::Line,
};

use super::{
    Background, End, Error, Machine, Source, Waker, clock, effects, faults, input,
    lanes::{Control, Lanes},
    pace::Pace,
    preparer::Preparer,
    probe, signals,
    source::{self, Wakers},
    terminal::{self, Terminal},
    watchdog,
};

/// For so long news is taken before the next frame.
const NEWS: Duration = Duration::from_millis(4);
/// For so long work is done before the next frame.
const WORK: Duration = Duration::from_millis(4);
/// For so long the first frame waits for news, so that it need not be drawn twice.
const FIRST_NEWS: Duration = Duration::from_millis(50);
/// For so long after the question an answer of the terminal is waited for before it is given back.
const LAST_ANSWER: Duration = Duration::from_millis(250);
/// An answer that has not come by then after the question never comes.
const LATEST_ANSWER: Duration = Duration::from_secs(2);

/// Looks through a folder, and hands over what it finds; the last time with `true`.
pub type Scan = Arc<dyn Fn(&mut dyn FnMut(Vec<Found>, bool)) + Send + Sync>;

/// Begins reading a source.
pub type Open<S> = Box<dyn FnMut(&Location, SourceId) -> S>;

/// What the reader needs from outside.
#[expect(missing_debug_implementations, reason = "functions have nothing to show")]
pub struct Outside<S> {
    pub open: Open<S>,
    pub scan: Scan,
    /// Whether the terminal is asked for its background.
    pub asks_background: bool,
}

/// Runs `machine` on the terminal until it asks to quit or has to. `start` is performed first; `draw` draws a frame.
///
/// Must be called on the main thread, and panics of it are caught: when this returns, the terminal is given back.
pub fn run<M: Machine, S: Source>(
    machine: &mut M,
    outside: Outside<S>,
    start: Effects,
    draw: impl FnMut(&M, Background, &mut Frame<'_>),
) -> Result<End, Error> {
    let lanes = Arc::new(Lanes::new());
    let ended = faults::catch(|| {
        signals::start(&lanes)?;
        let terminal = Terminal::enter().map_err(Error::Terminal)?;
        watchdog::start(&lanes)?;
        Loop::new(machine, outside, draw, terminal, Arc::clone(&lanes)).run(start)
    });
    lanes.close();
    ended.map_err(Error::Fault).flatten()
}

struct Loop<'a, M, S: Source, D> {
    machine: &'a mut M,
    outside: Outside<S>,
    draw: D,
    terminal: Terminal,
    lanes: Arc<Lanes>,
    wakers: Wakers<S::Waker>,
    size: Size,
    background: Background,
    /// When the terminal was asked, while it may still answer.
    asked: Option<Instant>,
    pace: Pace,
    /// Whether work is left.
    is_busy: bool,
    /// Whether news had to wait for a key in the turn before.
    has_news_waited: bool,
    preparer: Preparer,
    /// How often we have been continued, as far as that is drawn.
    continued: u64,
    /// How it ends, once that is known.
    end: Option<End>,
}

impl<'a, M, S, D> Loop<'a, M, S, D>
where
    M: Machine,
    S: Source,
    D: FnMut(&M, Background, &mut Frame<'_>),
{
    fn new(machine: &'a mut M, outside: Outside<S>, draw: D, terminal: Terminal, lanes: Arc<Lanes>) -> Self {
        Self {
            machine,
            outside,
            draw,
            terminal,
            lanes,
            wakers: Wakers::default(),
            size: Size::default(),
            background: Background::Unknown,
            asked: None,
            pace: Pace::default(),
            is_busy: true,
            // What is known before the first frame, the first frame shows.
            has_news_waited: true,
            preparer: Preparer::default(),
            continued: 0,
            end: None,
        }
    }

    /// Runs until something asks to leave, and tells the sources once the terminal is given back.
    fn run(mut self, start: Effects) -> Result<End, Error> {
        let ended = self.begin(start).and_then(|()| self.turns());
        self.await_answer();
        drop(self.terminal);
        // Nobody is waited for: the kernel alone may take 14 ms to forget that a file is watched.
        self.wakers.close();
        match ended {
            // The terminal went away while it was read or written to, or asked for its size.
            Err(Error::Terminal(error) | Error::Keys(error)) if is_hang_up(&error) => Ok(End::HungUp),
            ended => ended,
        }
    }

    /// Starts the sources, asks the terminal while they read, and starts reading keys.
    fn begin(&mut self, start: Effects) -> Result<(), Error> {
        self.update(Event::Clock(clock::now()))?;
        self.measure()?;
        let started = Instant::now();
        self.perform(start)?;
        let mut half = None;
        if self.outside.asks_background {
            let asked = Instant::now();
            let answer = probe::ask();
            self.background = answer.background;
            self.asked = answer.is_open.then_some(asked);
            terminal::expect_answer(self.asked.map(|asked| asked + LATEST_ANSWER));
            self.lanes.send_all(answer.typed.into_iter().map(|key| Control::Event(Event::Key(key))));
            half = answer.half;
        }
        input::start(&self.lanes, half)?;
        // What the machine was told so far makes the first frame, and that is drawn anyway.
        self.machine.take_redraw();
        let wait = if self.wakers.open().is_empty() { Duration::ZERO } else { FIRST_NEWS };
        self.pace = Pace::first(started + wait);
        Ok(())
    }

    /// Turn after turn until one ends it.
    fn turns(&mut self) -> Result<End, Error> {
        loop {
            if let Some(end) = self.end {
                return Ok(end);
            }
            self.lanes.wait(self.deadline());
            self.turn()?;
        }
    }

    /// When to go on although nothing comes; `None` for never.
    fn deadline(&self) -> Option<Instant> {
        let now = Instant::now();
        if self.is_busy {
            return Some(now);
        }
        // What waits to be drawn is drawn soon, and tells the time then.
        self.pace.due(now).or_else(|| {
            let time = self.machine.wake_at()?;
            // A machine that wants to be woken in the past is woken once a second, for it was just told the time.
            Some(now + (time - clock::now()).to_std().unwrap_or(Duration::from_secs(1)))
        })
    }

    fn turn(&mut self) -> Result<(), Error> {
        let control = self.lanes.take_control();
        // A key is drawn before news is looked at, unless news has waited for a key already.
        self.has_news_waited = !control.is_empty() && !self.has_news_waited;
        self.update(Event::Clock(clock::now()))?;
        self.take_control(control)?;
        if !self.has_news_waited {
            self.take_news()?;
        }
        if self.end.is_none() {
            self.work();
            self.draw_if_due()?;
        }
        let effects = self.machine.take_effects();
        self.perform(effects)
    }

    fn take_control(&mut self, batch: VecDeque<Control>) -> Result<(), Error> {
        for control in batch {
            if self.end.is_some() {
                break;
            }
            match control {
                // A window that is dragged tells many sizes; the one it has when it is drawn counts.
                Control::Event(Event::Resized(_)) => self.pace.want(Redraw::Now),
                Control::Event(event) => self.update(event)?,
                Control::Background(background) => {
                    self.asked = None;
                    terminal::expect_answer(None);
                    self.background = background;
                    self.pace.want(Redraw::Now);
                }
                Control::Stop(continued) => self.stop(continued)?,
                Control::Continued(count) if count > self.continued => {
                    self.continued = count;
                    // Stopped unasked, and the shell has set the terminal as it likes.
                    self.lend_terminal(|| ())?;
                }
                Control::Continued(_) | Control::Over => {}
                Control::Quit(end) => self.end = Some(end),
                Control::Failed(error) => return Err(error),
            }
        }
        // What is typed after a key that leaves is the shell's.
        if self.end.is_none() {
            self.lanes.let_input_on();
        }
        Ok(())
    }

    /// Takes news for a few milliseconds, or until there is a key; but one in any case, so that keys which come faster than
    /// they are drawn do not keep it away.
    fn take_news(&mut self) -> Result<(), Error> {
        let started = Instant::now();
        while self.end.is_none()
            && let Some(news) = self.lanes.take_news()
        {
            self.update(Event::News(news))?;
            if started.elapsed() >= NEWS || self.lanes.has_control() {
                break;
            }
        }
        Ok(())
    }

    fn work(&mut self) {
        let started = Instant::now();
        self.is_busy = self.machine.work();
        while self.is_busy && started.elapsed() < WORK && !self.lanes.has_control() {
            self.is_busy = self.machine.work();
        }
    }

    /// Works on what may be wanted after what is drawn now, unless a key is there already.
    fn work_ahead(&mut self) {
        if self.lanes.has_control() {
            self.is_busy = true;
        } else {
            self.work();
            self.pace.want(self.machine.take_redraw());
        }
    }

    fn draw_if_due(&mut self) -> Result<(), Error> {
        self.pace.want(self.machine.take_redraw());
        let now = Instant::now();
        if self.pace.due(now).is_some_and(|due| due <= now) {
            // ratatui looks again: what is drawn must be laid out for the screen there is.
            self.measure()?;
            self.machine.settle();
            self.machine.take_redraw();
            let (machine, background, draw) = (&*self.machine, self.background, &mut self.draw);
            self.terminal.draw(|frame| draw(machine, background, frame)).map_err(Error::Terminal)?;
            self.pace.drew(Instant::now());
            self.work_ahead();
        }
        Ok(())
    }

    /// Lets the machine take in `event`, and does what it asks for.
    fn update(&mut self, event: Event) -> Result<(), Error> {
        let effects = self.machine.update(event);
        self.perform(effects)
    }

    fn perform(&mut self, effects: Effects) -> Result<(), Error> {
        for effect in effects {
            match effect {
                Effect::Quit => self.end = Some(End::Quit),
                Effect::Suspend => signals::ask_job_to_stop(&self.lanes),
                Effect::Repaint => self.repaint()?,
                Effect::Open(location) => self.open(&location),
                Effect::Close => self.wakers.close(),
                Effect::Look => self.wakers.open().iter().for_each(Waker::look),
                Effect::Fetch(source, link) => {
                    self.wakers.get(source).into_iter().for_each(|waker| waker.fetch(&link));
                }
                Effect::Follow(is_on) => self.wakers.open().iter().for_each(|waker| waker.follow(is_on)),
                Effect::Scan => effects::scan(Arc::clone(&self.outside.scan), &self.lanes),
                Effect::Prepare(manuscript) => self.preparer.prepare(manuscript, &self.lanes),
                Effect::Copy(text) => {
                    let line = effects::copy(&mut self.terminal, &text);
                    self.notice(line);
                }
                Effect::Browse(link) => effects::browse(link, &self.lanes),
            }
        }
        Ok(())
    }

    /// Begins reading a source.
    fn open(&mut self, location: &Location) {
        match self.wakers.next_id() {
            Some(id) => {
                let source = (self.outside.open)(location, id);
                self.wakers.push(source.waker());
                source::start(source, id, &self.lanes);
            }
            None => self.notice(Line::new("too many sources are open")),
        }
    }

    /// Tells the machine one line in the next turn.
    fn notice(&self, line: Line) {
        self.lanes.send(Control::Event(Event::Notice(line)));
    }

    /// Gives the terminal back and stops until we are continued, which had happened `before` times when that was asked.
    fn stop(&mut self, before: u64) -> Result<(), Error> {
        if signals::can_stop() {
            let mut continued = before;
            self.lend_terminal(|| continued = signals::stop(before))?;
            self.continued = continued;
        } else {
            self.notice(Line::new("there is no shell to go back to"));
        }
        Ok(())
    }

    /// Gives the terminal back while `pause` lasts, then draws every cell anew.
    fn lend_terminal(&mut self, pause: impl FnOnce()) -> Result<(), Error> {
        self.terminal.lend(pause).map_err(Error::Terminal)?;
        self.repaint()?;
        self.update(Event::Clock(clock::now()))?;
        self.measure()
    }

    fn repaint(&mut self) -> Result<(), Error> {
        self.pace.want(Redraw::Now);
        let size = self.terminal.size().map_err(Error::Terminal)?;
        self.terminal.repaint(size).map_err(Error::Terminal)
    }

    /// Tells the machine the size of the screen when it is another.
    fn measure(&mut self) -> Result<(), Error> {
        let size = self.terminal.size().map_err(Error::Terminal)?;
        if mem::replace(&mut self.size, size) == size {
            return Ok(());
        }
        self.pace.want(Redraw::Now);
        self.update(Event::Resized(size))
    }

    /// Waits for an answer of the terminal that is under way, for a moment: the shell would take it for typing.
    fn await_answer(&self) {
        let Some(until) = self.asked.map(|asked| asked + LAST_ANSWER) else { return };
        // News would wake it again and again.
        self.lanes.close();
        while Instant::now() < until {
            self.lanes.let_input_on();
            self.lanes.wait(Some(until));
            // Whatever is not a key is that answer, or a reason not to wait.
            if self.lanes.take_control().iter().any(|control| !matches!(control, Control::Event(_))) {
                return;
            }
            while self.lanes.take_news().is_some() {}
        }
    }
}

/// Whether this error of the terminal means that it is gone.
fn is_hang_up(error: &io::Error) -> bool {
    #[cfg(unix)]
    if error.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error()) {
        return true;
    }
    matches!(error.kind(), io::ErrorKind::BrokenPipe | io::ErrorKind::NotConnected)
}
