//! Bytes that come once and cannot be looked at again: standard input and named pipes.
//!
//! What a read brings is told at once. A document is read when its end has come, or nothing more for two seconds. A named
//! pipe that is followed outlives its writers: lines of all of them are one log, and each brings a document of its own.
//! While it is not followed, what comes waits, and so does its writer once there is no more room.

mod reading;
mod thread;

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use crate::{
    feed::{Format, Stream},
    model::{Coverage, Packer, Status, limits},
    text::line::Line,
};

use super::{
    Brief, Follow, Origin, Outbox, QUIET, Step,
    bell::{Bell, Call, End},
    breath::Breath,
    document::Document,
};
use thread::Opening;

/// How long nothing must come until all that was there has been read, and what comes now is new.
const LULL: Duration = Duration::from_millis(500);
/// What is said while no liveblog is recognised in what came.
const NOTHING_YET: &str = "no liveblog has come yet";
/// How long a look at a log goes on at least while more comes within the lull; after it, it is over as soon as nothing waits.
const MOMENT: Duration = Duration::from_millis(500);
/// How long a first look may be: what still comes then comes from one who goes on.
const LONGEST_LOOK: Duration = Duration::from_secs(5);

/// How the bytes of a pipe are read.
enum Body {
    /// It is not known yet what they are.
    Unknown(Vec<u8>),
    Stream(Box<dyn Stream>),
    Document(&'static Format, Vec<u8>),
    /// There is no liveblog in them.
    Nothing,
}

/// Why nothing comes at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pause {
    /// Nothing has come for two seconds.
    Quiet,
    /// Whoever wrote has gone; another may come.
    WriterGone,
    /// Nothing will come any more.
    Over,
}

/// The look that goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    /// What was there at first is being read.
    First,
    /// What has come while it was not followed is being read, as was asked.
    Asked,
    /// None: what comes is new.
    Over,
}

/// A pipe being read.
pub(super) struct Pipe {
    brief: Brief,
    bell: Arc<Bell>,
    opening: Option<Opening>,
    /// Whether another writer is waited for when one has gone.
    is_kept: bool,
    packer: Packer,
    body: Body,
    /// The document that the writer before brought.
    document: Option<Document>,
    read: u64,
    quiet_at: Option<Instant>,
    /// Whether what comes is read as it comes.
    follow: bool,
    look: Look,
    /// When the look is over, unless more comes.
    lull_at: Option<Instant>,
    /// When what was there for the look began to come.
    look_since: Option<Instant>,
    /// Between what is new.
    breath: Breath,
}

impl Pipe {
    /// Standard input.
    pub(super) fn stdin(brief: Brief, bell: Arc<Bell>) -> Self {
        Self::new(Opening::Stdin, false, brief, bell)
    }

    /// What is at `path` and no regular file: a named pipe, or a device.
    pub(super) fn named(path: &Path, is_fifo: bool, brief: Brief, bell: Arc<Bell>) -> Self {
        let is_kept = is_fifo && brief.options.follow.is_possible();
        Self::new(Opening::Named(path.to_path_buf(), is_kept), is_kept, brief, bell)
    }

    fn new(opening: Opening, is_kept: bool, brief: Brief, bell: Arc<Bell>) -> Self {
        Self {
            packer: Packer::new(brief.id),
            // What is never followed is one look, up to its end.
            follow: brief.options.follow != Follow::WhenAsked,
            brief,
            bell,
            opening: Some(opening),
            is_kept,
            body: Body::Unknown(Vec::new()),
            document: None,
            read: 0,
            quiet_at: None,
            look: Look::First,
            lull_at: None,
            look_since: None,
            breath: Breath::default(),
        }
    }

    /// Takes `bytes`; tells whether the source goes on.
    fn take(&mut self, bytes: &[u8], outbox: &mut Outbox) -> bool {
        self.read += bytes.len() as u64;
        if let Body::Unknown(kept) | Body::Document(_, kept) = &self.body
            && kept.len() + bytes.len() > limits::DOCUMENT
        {
            return self.found_too_much(outbox);
        }
        match &mut self.body {
            Body::Unknown(head) => {
                head.extend_from_slice(bytes);
                return self.recognize(false, outbox);
            }
            Body::Document(_, whole) => whole.extend_from_slice(bytes),
            Body::Stream(stream) => {
                stream.push(bytes, &mut self.packer);
                self.tell(outbox);
            }
            Body::Nothing => {}
        }
        true
    }

    /// Tells what the stream has given so far.
    fn tell(&mut self, outbox: &mut Outbox) {
        let Body::Stream(stream) = &mut self.body else { return };
        let is_emptied = !self.bell.has_bytes();
        if is_emptied {
            stream.pause(&mut self.packer);
        }
        let is_complete = is_emptied && self.look == Look::Over && !self.packer.is_empty();
        outbox.reading(self.packer.take(Coverage::Delta, is_complete));
        outbox.status(if is_emptied || !self.follow { self.state() } else { self.progress() });
    }

    fn progress(&self) -> Status {
        Status::Reading { read: self.read, total: None }
    }

    /// How the source is doing when nothing waits to be read.
    fn state(&self) -> Status {
        match self.look {
            Look::First => self.progress(),
            Look::Asked | Look::Over if self.follow && self.has_found_nothing() => {
                Status::Waiting(Line::new(NOTHING_YET))
            }
            Look::Asked | Look::Over => self.brief.well(self.follow),
        }
    }

    /// Whether no liveblog has come yet.
    fn has_found_nothing(&self) -> bool {
        self.document.is_none() && matches!(self.body, Body::Unknown(_) | Body::Nothing)
    }

    /// Heeds what is wished for. A look that goes on is not broken off.
    fn heed(&mut self, call: &Call, outbox: &mut Outbox) {
        let was_idle = self.is_idle();
        if let Some(follow) = call.follow.filter(|_| self.brief.options.follow.is_possible()) {
            self.follow = follow;
            if self.look == Look::First {
                // It is no longer waited for what has not come yet.
                self.prolong_look();
            } else {
                outbox.status(self.state());
            }
        }
        if call.look && self.is_idle() {
            self.look = Look::Asked;
            self.prolong_look();
        }
        if was_idle && !self.is_idle() {
            // Nobody listened, so it was not the writer who was quiet.
            self.quiet_at = self.quiet_at.map(|_| Instant::now() + QUIET);
        }
    }

    /// Whether what comes is left waiting.
    fn is_idle(&self) -> bool {
        !self.follow && self.look == Look::Over
    }

    /// Whether the look ends when nothing comes, whatever was found.
    fn is_bounded(&self) -> bool {
        match self.look {
            Look::First => !self.follow,
            Look::Asked => true,
            Look::Over => false,
        }
    }

    /// The look goes on, but what a writer who goes on has to say is no part of it: nobody waits for more of a log than was
    /// there. What is never followed is looked at once, to its end.
    fn prolong_look(&mut self) {
        if self.look != Look::Over && self.brief.options.follow.is_possible() {
            let now = Instant::now();
            let since = *self.look_since.get_or_insert(now);
            let is_taken =
                matches!(self.body, Body::Stream(_)) && now >= since + MOMENT && !self.bell.has_bytes();
            self.lull_at = Some(if is_taken { now } else { (since + LONGEST_LOOK).min(now + LULL) });
        }
    }

    /// Nothing came for a moment: a log has been read as far as it goes. Of a document, that is not known before it was quiet
    /// for longer, if anything came of it at all.
    fn lull(&mut self, outbox: &mut Outbox) {
        self.lull_at = None;
        let is_late = self.look_since.is_some_and(|since| since.elapsed() >= LONGEST_LOOK);
        let is_read = match &self.body {
            Body::Stream(_) => true,
            Body::Unknown(_) | Body::Nothing | Body::Document(..) => {
                self.is_bounded() && (is_late || self.quiet_at.is_none())
            }
        };
        if is_read {
            self.end_look();
            if matches!(self.body, Body::Stream(_)) {
                outbox.reading(self.packer.take(Coverage::Delta, true));
            }
            outbox.status(self.state());
        }
    }

    fn end_look(&mut self) {
        (self.look, self.lull_at, self.look_since) = (Look::Over, None, None);
    }

    /// Nothing comes at the moment: reads what is there; tells whether the source goes on.
    fn rest(&mut self, pause: Pause, outbox: &mut Outbox) -> bool {
        self.quiet_at = None;
        let goes_on = self.read_on(pause, outbox);
        if goes_on && pause == Pause::Quiet && self.is_bounded() {
            self.end_look();
            outbox.status(self.state());
        }
        if pause == Pause::WriterGone && !matches!(self.body, Body::Stream(_)) {
            self.body = Body::Unknown(Vec::new());
        }
        goes_on
    }
}

impl Origin for Pipe {
    fn step(&mut self, outbox: &mut Outbox) -> Step {
        if let Some(opening) = self.opening.take() {
            outbox.status(self.progress());
            if let Err(error) = thread::spawn(opening, Arc::clone(&self.bell)) {
                outbox.status(self.brief.unreadable(&error));
                return Step::Over;
            }
            self.quiet_at = Some(Instant::now() + QUIET);
        }
        let call = if self.is_idle() {
            self.bell.wait_for_call()
        } else {
            self.bell.wait([self.quiet_at, self.lull_at].into_iter().flatten().min())
        };
        self.heed(&call, outbox);
        if self.is_idle() {
            return Step::On;
        }
        if self.look == Look::Over && self.bell.has_bytes() {
            self.breath.take();
        }
        let (bytes, end) = self.bell.bytes();
        if !bytes.is_empty() {
            self.quiet_at = Some(Instant::now() + QUIET);
            if !self.take(&bytes, outbox) {
                return Step::Over;
            }
            self.prolong_look();
        }
        self.go_on(end, outbox)
    }
}

impl Pipe {
    /// All that came was taken, and ends like this.
    fn go_on(&mut self, end: End, outbox: &mut Outbox) -> Step {
        let is_due = |at: Option<Instant>| at.is_some_and(|at| at <= Instant::now());
        let goes_on = match end {
            End::Open => {
                if is_due(self.lull_at) {
                    self.lull(outbox);
                }
                !is_due(self.quiet_at) || self.rest(Pause::Quiet, outbox)
            }
            End::WriterGone => self.rest(Pause::WriterGone, outbox),
            End::Closed => {
                if self.rest(Pause::Over, outbox) {
                    outbox.status(Status::Ended);
                }
                false
            }
            End::Broken(error) => {
                // What came before the fault is told all the same.
                if self.read > 0 {
                    self.rest(Pause::Over, outbox);
                }
                outbox.status(self.brief.unreadable(&error));
                false
            }
        };
        if goes_on { Step::On } else { Step::Over }
    }
}

/// Whether it is of a named pipe.
#[cfg(unix)]
pub(super) fn is_fifo(metadata: &std::fs::Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&metadata.file_type())
}

/// Whether it is of a named pipe.
#[cfg(not(unix))]
pub(super) fn is_fifo(_: &std::fs::Metadata) -> bool {
    false
}
