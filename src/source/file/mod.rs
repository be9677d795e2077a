//! A file, read and followed: what becomes of it, and when it is looked at.
//!
//! Events say that something may have changed; stat and the bytes say what. A file that is empty, half-written or gone
//! for a moment is no news: what does not only grow is settled once it has been left alone for a while.

mod bytes;
mod document;
mod former;
mod log;
mod memory;
mod pair;
mod print;
mod reading;
mod successors;
mod telling;
mod watch;

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Weak},
    time::{Duration, Instant},
};

use crate::{
    feed::Format,
    model::{Packer, Problem, Segment},
    text::line::Line,
};

use super::{
    BLOCK, Brief, Origin, Outbox, Step,
    bell::Bell,
    breath::Breath,
    pipe::{Pipe, is_fifo},
    reason,
};
use document::Document;
use former::Left;
use log::{Log, Verdict};
use memory::Memory;
use print::Stat;
use watch::{Departure, Watch};

/// How often the file is looked at whatever the watch says: network file systems deliver no events and raise no error.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How long a file must be left alone to be settled.
const SETTLE: Duration = Duration::from_millis(150);
/// When a file that is never left alone is settled all the same.
const SETTLE_AT_LAST: Duration = Duration::from_secs(1);

/// What was recognised in the file.
enum Body {
    Log(Box<Log>),
    Document(Document),
}

impl Body {
    fn format(&self) -> &'static Format {
        match self {
            Self::Log(log) => log.format,
            Self::Document(document) => document.whole.format(),
        }
    }
}

/// Something that waits until the file has been left alone.
#[derive(Debug, Clone, Copy)]
struct Doubt {
    since: Instant,
    until: Instant,
    /// Whether it was written to or touched without getting longer.
    is_touched: bool,
}

/// How far one got with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// It was not looked at yet.
    New,
    Seen,
    /// It was seen without a liveblog in it, or not seen where it should be: what comes then is just being written.
    Awaited,
}

/// A file that is read, and followed if that is wanted.
pub(super) struct Followed {
    path: PathBuf,
    brief: Brief,
    bell: Arc<Bell>,
    watch: Watch,
    /// Why nothing tells that the file changed. Each look tells it.
    unwatched: Option<Problem>,
    packer: Packer,
    body: Option<Body>,
    memory: Memory,
    /// What this look has read, while it may have to be folded.
    unfolded: Vec<Weak<Segment>>,
    follow: bool,
    stage: Stage,
    /// Why it cannot be read at the moment, though it could before.
    gone: Option<Line>,
    /// Since when its name leads elsewhere, though it may still be written to.
    left: Option<Left>,
    /// What the watch saw of the file going away, between the last two looks.
    seen: Departure,
    /// The document that may be half-written.
    held: Option<Stat>,
    doubt: Option<Doubt>,
    /// When what is still open is closed.
    quiet_at: Option<Instant>,
    look_at: Instant,
    /// Between looks because of changes.
    breath: Breath,
    /// Whether what is to be watched may have changed.
    is_aimless: bool,
}

impl Followed {
    pub(super) fn new(path: &Path, brief: Brief, bell: Arc<Bell>) -> Self {
        Self {
            path: path.to_path_buf(),
            bell,
            watch: Watch::default(),
            unwatched: None,
            packer: Packer::new(brief.id),
            body: None,
            memory: Memory::default(),
            unfolded: Vec::new(),
            follow: brief.options.follow.is_now(),
            stage: Stage::New,
            gone: None,
            left: None,
            seen: Departure::default(),
            held: None,
            doubt: None,
            quiet_at: None,
            look_at: brief.opened,
            breath: Breath::default(),
            is_aimless: true,
            brief,
        }
    }
}

impl Origin for Followed {
    fn step(&mut self, outbox: &mut Outbox) -> Step {
        if let Some(Body::Log(log)) = &self.body
            && log.has_more()
        {
            match self.bell.follow_asked().filter(|_| self.brief.options.follow.is_possible()) {
                Some(follow) => self.set_follow(follow, outbox),
                None => self.read_block(outbox),
            }
            if self.is_long_way() {
                self.keep_aim(outbox);
            }
            return Step::On;
        }
        if let Some(step) = self.take_over(outbox) {
            return step;
        }
        if self.stage == Stage::New {
            // What was never to be followed is read once all the same.
            let asked = self.bell.follow_asked().filter(|_| self.brief.options.follow.is_possible());
            self.follow = asked.unwrap_or(self.follow);
            self.stage = Stage::Seen;
            return self.look(true, outbox);
        }
        if !self.brief.options.follow.is_possible() {
            self.end(outbox);
            return Step::Over;
        }
        self.wait(outbox)
    }
}

impl Followed {
    fn wait(&mut self, outbox: &mut Outbox) -> Step {
        self.keep_aim(outbox);
        let timers = [self.quiet_at, Some(self.look_at)].into_iter().filter(|_| self.follow);
        let doubt = self.doubt.map(|doubt| doubt.until);
        let call = self.bell.wait(timers.chain([doubt]).flatten().min());
        if let Some(follow) = call.follow {
            self.set_follow(follow, outbox);
        }
        if call.look {
            return self.look(true, outbox);
        } else if call.changed && self.follow {
            // What was noticed before it was stopped waits until it is followed again.
            self.breath.take();
            return self.look(true, outbox);
        }
        let now = Instant::now();
        if self.doubt.is_some_and(|doubt| doubt.until <= now) {
            return self.settle(outbox);
        } else if self.follow && self.quiet_at.is_some_and(|at| at <= now) {
            self.close_what_is_open(outbox);
        } else if self.follow && self.look_at <= now {
            self.is_aimless = true;
            return self.look(false, outbox);
        }
        Step::On
    }

    /// Whether so much of a log was read, and more is left, that its file may go meanwhile. To begin watching takes longer
    /// than to read a short one.
    fn is_long_way(&self) -> bool {
        matches!(&self.body, Some(Body::Log(log)) if log.has_more() && log.progress().0 > BLOCK as u64)
    }

    /// Aims the watch where that is due, also on the way through a long log: who waits for its reader sees nothing go.
    fn keep_aim(&mut self, outbox: &mut Outbox) {
        // What changed between the last look and the watch is told by nobody.
        if self.follow && std::mem::take(&mut self.is_aimless) && self.aim(outbox) {
            self.bell.changed();
        }
    }

    /// Tells the watch which log is read, so that it keeps those that come after it.
    fn tell_watch(&self) {
        let log = if let Some(Body::Log(log)) = &self.body { log.identity() } else { None };
        self.watch.reads(log);
    }

    /// Aims the watch; tells whether something is watched that was not before.
    fn aim(&mut self, outbox: &mut Outbox) -> bool {
        let aimed = self.watch.aim(&self.path, &self.bell);
        self.tell_watch();
        aimed.unwrap_or_else(|error| {
            let why = match error.kind {
                notify::ErrorKind::MaxFilesWatch => "no watches are left in this system".to_owned(),
                notify::ErrorKind::Io(error) => reason(&error),
                _ => "it cannot be watched".to_owned(),
            };
            self.unwatched = Some(Problem::new(
                None,
                &format!("{why}, so changes are not noticed at once: it is looked at every two seconds"),
            ));
            self.tell_problem(self.unwatched.clone(), outbox);
            false
        })
    }

    /// Follows from here on, or stops: reading, too, where it has come to.
    fn set_follow(&mut self, follow: bool, outbox: &mut Outbox) {
        let reading = match &mut self.body {
            Some(Body::Log(log)) if log.has_more() && !follow => Some(log),
            _ => None,
        };
        if follow == self.follow && reading.is_none() {
            return;
        }
        reading.into_iter().for_each(|log| log.pause());
        self.follow = follow;
        if follow {
            (self.look_at, self.is_aimless) = (Instant::now(), true);
        } else {
            self.watch.rest();
        }
        self.tell_state(outbox);
    }

    /// Looks at the file. `is_told`: somebody says that it changed.
    fn look(&mut self, is_told: bool, outbox: &mut Outbox) -> Step {
        self.look_at = Instant::now() + LOOK_EVERY;
        self.seen = self.watch.departure();
        if self.watch.has_missed() {
            let why = format!(
                "it was rotated more than {} times before it could be read: not all of those files were read",
                successors::MOST
            );
            self.tell_problem(Some(Problem::new(None, &why)), outbox);
        }
        let found = fs::metadata(&self.path);
        if self.watch.has_successor() {
            self.gone = None;
            let named = found.ok().map(|metadata| (Stat::new(&metadata), print::changed(&metadata)));
            return self.leave(named, outbox);
        }
        let (stat, changed) = match found {
            Err(error) => return self.cannot(&error, outbox),
            Ok(metadata) if metadata.is_dir() => {
                return self.cannot(&io::Error::from(io::ErrorKind::IsADirectory), outbox);
            }
            Ok(metadata) if !metadata.is_file() && self.body.is_none() => {
                let (mut brief, bell) = (self.brief.clone(), Arc::clone(&self.bell));
                brief.options.follow = brief.options.follow.asked(self.follow);
                let pipe = Pipe::named(&self.path, is_fifo(&metadata), brief, bell);
                return Step::Becomes(Box::new(pipe));
            }
            Ok(metadata) if !metadata.is_file() => {
                return self.cannot(&io::Error::other("it is no file any more"), outbox);
            }
            Ok(metadata) => (Stat::new(&metadata), print::changed(&metadata)),
        };
        let was_gone = self.gone.take().is_some();
        match &mut self.body {
            None => return self.begin(false, outbox),
            Some(Body::Document(document)) if document.stat != stat => self.unsettle(),
            Some(Body::Document(_)) => {}
            Some(Body::Log(log)) => match log.compare(&self.path, stat, is_told) {
                Err(error) => return self.cannot(&error, outbox),
                Ok(Verdict::Same) => {}
                Ok(Verdict::Grown) => {
                    log.grow(stat);
                    self.is_no_longer_touched();
                }
                Ok(Verdict::Touched) => {
                    self.unsettle();
                    self.doubt.iter_mut().for_each(|doubt| doubt.is_touched = true);
                }
                Ok(Verdict::Replaced) => return self.restart(outbox),
                Ok(Verdict::Another) => return self.leave(Some((stat, changed)), outbox),
            },
        }
        self.left = None;
        if was_gone && self.doubt.is_none() {
            self.tell_state(outbox);
        }
        Step::On
    }

    fn unsettle(&mut self) {
        let now = Instant::now();
        let doubt = self.doubt.unwrap_or(Doubt { since: now, until: now, is_touched: false });
        let until = (now + SETTLE).min(doubt.since + SETTLE_AT_LAST);
        self.doubt = Some(Doubt { until, ..doubt });
    }

    fn is_no_longer_touched(&mut self) {
        self.doubt.iter_mut().for_each(|doubt| doubt.is_touched = false);
    }

    /// The file has been left alone: what was doubtful is taken for what it is.
    fn settle(&mut self, outbox: &mut Outbox) -> Step {
        let doubt = self.doubt.take();
        let is_touched = doubt.is_some_and(|doubt| doubt.is_touched);
        if self.gone.is_some() {
            self.tell_state(outbox);
        }
        // One that is read to its end and was stopped on the way goes on when that is asked.
        if self.left.as_ref().is_some_and(|left| !left.is_ending()) {
            return self.look(false, outbox);
        } else if self.gone.is_some() {
            return Step::On;
        }
        match &mut self.body {
            None => self.begin(true, outbox),
            Some(Body::Log(log)) if log.is_midway() => {
                self.tell_state(outbox);
                Step::On
            }
            Some(Body::Log(_)) if is_touched => self.restart(outbox),
            Some(Body::Log(_)) => {
                self.settle_log(doubt, outbox);
                Step::On
            }
            Some(Body::Document(_)) => self.read_document(outbox),
        }
    }

    /// What a log that was written anew, or is the next of its name, says by its silence is told: since `doubt`, all of it was
    /// read.
    fn settle_log(&mut self, doubt: Option<Doubt>, outbox: &mut Outbox) {
        let Some(Body::Log(log)) = &mut self.body else { return };
        if log.is_unsettled && !log.is_of_lines() {
            // What a text says, its end tells: before that, its silence means nothing.
            let now = Instant::now();
            let at_last = doubt.map_or(now, |doubt| doubt.since + SETTLE_AT_LAST);
            if let Some(until) = self.quiet_at.filter(|at| now < *at && now < at_last) {
                self.doubt = doubt.map(|doubt| Doubt { until: until.min(at_last), ..doubt });
                return;
            }
            if self.quiet_at.take_if(|at| *at <= now).is_some()
                && let Some(reading) = log.finish(&mut self.packer)
            {
                self.memory.note(&reading, true);
                outbox.reading(reading);
            }
        }
        if std::mem::take(&mut log.is_unsettled) {
            outbox.reading(self.packer.take(self.memory.coverage(log.at()), true));
            self.memory.settle(log.at());
        }
        self.tell_state(outbox);
    }
}
