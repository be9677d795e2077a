//! Bytes that come once and cannot be looked at again: standard input and named pipes.
//!
//! What a read brings is told at once. A document is read when its end has come, or nothing more for two seconds. A named
//! pipe that is followed outlives its writers: lines of all of them are one log, and each brings a document of its own.

mod thread;

use std::{
    io,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use crate::{
    feed::{
        Format, Reader, Recognition, Stream,
        decode::{self, Unpacked},
        detect, recognize,
    },
    model::{Coverage, Packer, Status},
    text::line::Line,
};

use super::{
    Brief, Origin, Outbox, QUIET, Step,
    bell::{Bell, End},
    document::{Document, Wholeness},
};
use thread::Opening;

/// How many first bytes tell whether a source is packed, or UTF-16.
const MARK: usize = 4;
/// How long nothing must come until all that was there has been read, and what comes now is new.
const LULL: Duration = Duration::from_millis(500);
/// How long a first look may be: what still comes then comes from one who goes on.
const LONGEST_LOOK: Duration = Duration::from_secs(5);
/// What is said while no liveblog is recognised in what came.
const NOTHING_YET: &str = "no liveblog has come yet";

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
    look: Look,
    /// When the look is over, unless more comes.
    lull_at: Option<Instant>,
    /// When the look is over, whatever comes.
    look_until: Option<Instant>,
}

impl Pipe {
    /// Standard input.
    pub(super) fn stdin(brief: Brief, bell: Arc<Bell>) -> Self {
        Self::new(Opening::Stdin, false, brief, bell)
    }

    /// What is at `path` and no regular file: a named pipe, or a device.
    pub(super) fn named(path: &Path, is_fifo: bool, brief: Brief, bell: Arc<Bell>) -> Self {
        let is_kept = is_fifo && brief.options.follow;
        Self::new(Opening::Named(path.to_path_buf(), is_kept), is_kept, brief, bell)
    }

    fn new(opening: Opening, is_kept: bool, brief: Brief, bell: Arc<Bell>) -> Self {
        Self {
            packer: Packer::new(brief.id),
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
            look_until: None,
        }
    }

    /// Takes `bytes`; tells whether the source goes on.
    fn take(&mut self, bytes: &[u8], outbox: &mut Outbox) -> bool {
        self.read += bytes.len() as u64;
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
        outbox.status(if is_emptied { self.state() } else { self.progress() });
    }

    fn progress(&self) -> Status {
        Status::Reading { read: self.read, total: None }
    }

    /// How the source is doing when nothing waits to be read.
    fn state(&self) -> Status {
        match self.look {
            Look::First => self.progress(),
            Look::Over => Status::Following,
        }
    }

    /// Something came: the look goes on. One that is not followed is looked at once, to its end.
    fn prolong_look(&mut self) {
        if self.look == Look::First && self.brief.options.follow {
            let now = Instant::now();
            let until = *self.look_until.get_or_insert(now + LONGEST_LOOK);
            self.lull_at = Some(until.min(now + LULL));
        }
    }

    /// Nothing came for a moment: a log has been read as far as it goes. Of anything else, that is not known yet.
    fn lull(&mut self, outbox: &mut Outbox) {
        self.lull_at = None;
        if matches!(self.body, Body::Stream(_)) {
            self.end_look();
            outbox.reading(self.packer.take(Coverage::Delta, true));
            outbox.status(self.state());
        }
    }

    fn end_look(&mut self) {
        (self.look, self.lull_at, self.look_until) = (Look::Over, None, None);
    }

    /// Looks what the bytes are; tells whether the source goes on.
    fn recognize(&mut self, is_all: bool, outbox: &mut Outbox) -> bool {
        let Body::Unknown(head) = &mut self.body else { return true };
        // What the beginning does not tell, all of it may.
        let start: &[u8] = if is_all { &*head } else { head.get(..detect::HEAD).unwrap_or(head) };
        let recognition = match self.brief.options.format {
            // How it is wrapped, its first bytes tell.
            Some(_) if head.len() < MARK && !is_all => Recognition::Unsure,
            Some(format) => Recognition::Known(format),
            None => recognize(start, is_all && start.len() == head.len()),
        };
        let format = match recognition {
            Recognition::Known(format) => format,
            Recognition::Unsure if !is_all => return true,
            Recognition::Unknown if !is_all && head.len() < detect::HEAD => return true,
            Recognition::Unsure | Recognition::Unknown => {
                let why = self.brief.unrecognized(head);
                return self.found_nothing(why, outbox);
            }
        };
        let bytes = std::mem::take(head);
        self.packer.reads(format.name);
        match format.reader {
            Reader::Stream { open, .. } if !decode::is_gzip(&bytes) => {
                let mut stream = decode::stream(open, &bytes, &self.brief.context(None));
                stream.push(&bytes, &mut self.packer);
                self.body = Body::Stream(stream);
                self.tell(outbox);
            }
            _ => self.body = Body::Document(format, bytes),
        }
        true
    }

    /// There is no liveblog in what came, for the reason `why`; tells whether the source goes on.
    fn found_nothing(&mut self, why: Status, outbox: &mut Outbox) -> bool {
        let is_awaited = self.is_kept && (self.brief.options.waits || self.document.is_some());
        if !is_awaited {
            outbox.status(why);
            return false;
        }
        self.body = Body::Nothing;
        match &self.document {
            Some(document) => {
                let mut packer = Packer::new(self.brief.id);
                packer.reads(document.format().name);
                packer.problem(None, "no liveblog is in what came last; what was read stays");
                outbox.reading(packer.take(Coverage::Delta, true));
            }
            None => outbox.status(Status::Waiting(Line::new(NOTHING_YET))),
        }
        true
    }

    /// Nothing comes at the moment: reads what is there; tells whether the source goes on.
    fn rest(&mut self, pause: Pause, outbox: &mut Outbox) -> bool {
        self.quiet_at = None;
        let goes_on = self.read_on(pause, outbox);
        if pause == Pause::WriterGone && !matches!(self.body, Body::Stream(_)) {
            self.body = Body::Unknown(Vec::new());
        }
        goes_on
    }

    fn read_on(&mut self, pause: Pause, outbox: &mut Outbox) -> bool {
        match &mut self.body {
            Body::Stream(stream) => {
                if pause == Pause::Quiet {
                    stream.finish(&mut self.packer);
                } else {
                    stream.end(&mut self.packer);
                }
                let is_awaited = pause == Pause::WriterGone || !self.brief.options.follow;
                if pause == Pause::Over || self.look == Look::First && !is_awaited {
                    self.lull(outbox);
                } else if !self.packer.is_empty() {
                    outbox.reading(self.packer.take(Coverage::Delta, self.look == Look::Over));
                }
                true
            }
            Body::Document(format, bytes) => {
                let (format, bytes) = (*format, std::mem::take(bytes));
                let goes_on = self.read_document(format, &bytes, pause, outbox);
                if let Body::Document(_, kept) = &mut self.body {
                    *kept = bytes;
                }
                goes_on
            }
            // A writer who said nothing.
            Body::Unknown(head) if pause == Pause::WriterGone && head.is_empty() => true,
            Body::Unknown(head)
                if pause == Pause::Quiet && !matches!(recognize(head, true), Recognition::Known(_)) =>
            {
                if self.document.is_none() {
                    outbox.status(Status::Waiting(Line::new(NOTHING_YET)));
                }
                true
            }
            Body::Unknown(_) => {
                self.recognize(true, outbox)
                    && (matches!(self.body, Body::Nothing) || self.read_on(pause, outbox))
            }
            Body::Nothing => true,
        }
    }

    /// Reads a document, of which `bytes` came; tells whether the source goes on.
    fn read_document(
        &mut self,
        format: &'static Format,
        bytes: &[u8],
        pause: Pause,
        outbox: &mut Outbox,
    ) -> bool {
        let is_all = pause != Pause::Quiet;
        if !is_all && self.document.is_some() {
            // It may be half-written, and there is a whole one before it.
            return true;
        }
        let whole = match decode::unpack(bytes) {
            Ok(whole) => Unpacked { fault: whole.fault.filter(|_| is_all), ..whole },
            Err(_) if !is_all => return true,
            Err(why) => {
                let why = self.brief.unreadable(&io::Error::other(why));
                return self.found_nothing(why, outbox);
            }
        };
        let Some(format) = self.what_it_holds(format, &whole.bytes, is_all) else {
            let why = self.brief.unrecognized(&whole.bytes);
            return self.found_nothing(why, outbox);
        };
        let before = self.document.take().filter(|document| document.format().name == format.name);
        let mut document = before.unwrap_or_else(|| Document::new(format));
        let context = self.brief.context(None);
        let reading = document.read(&whole, &context, self.brief.id, Wholeness::Doubtful);
        // Without its end, a document may say nothing yet.
        let reading = reading.filter(|reading| is_all || !reading.segment.is_empty());
        self.document = Some(document).filter(|_| is_all);
        if let Some(reading) = reading {
            self.end_look();
            outbox.reading(reading);
            outbox.status(self.state());
        }
        true
    }

    /// The format of a document that began like `format`. `None`: all of it (`is_all`) tells that it is no liveblog.
    fn what_it_holds(&self, format: &'static Format, whole: &[u8], is_all: bool) -> Option<&'static Format> {
        if !is_all || self.brief.options.format.is_some() || detect::holds(format, whole) {
            return Some(format);
        }
        match recognize(whole, true) {
            Recognition::Known(other) if matches!(other.reader, Reader::Document(_)) => Some(other),
            _ => None,
        }
    }
}

impl Origin for Pipe {
    fn step(&mut self, outbox: &mut Outbox) -> Step {
        if let Some(opening) = self.opening.take() {
            outbox.status(Status::Reading { read: 0, total: None });
            if let Err(error) = thread::spawn(opening, Arc::clone(&self.bell)) {
                outbox.status(self.brief.unreadable(&error));
                return Step::Over;
            }
            self.quiet_at = Some(Instant::now() + QUIET);
        }
        self.bell.wait([self.quiet_at, self.lull_at].into_iter().flatten().min());
        let (bytes, end) = self.bell.bytes();
        let has_bytes = !bytes.is_empty();
        if has_bytes {
            self.quiet_at = Some(Instant::now() + QUIET);
            self.prolong_look();
            if !self.take(&bytes, outbox) {
                return Step::Over;
            }
        }
        match end {
            End::Open => {
                if self.lull_at.is_some_and(|at| at <= Instant::now()) {
                    self.lull(outbox);
                }
                let is_quiet = self.quiet_at.is_some_and(|at| at <= Instant::now());
                if is_quiet && !has_bytes && !self.rest(Pause::Quiet, outbox) {
                    return Step::Over;
                }
                Step::On
            }
            End::WriterGone if self.rest(Pause::WriterGone, outbox) => Step::On,
            End::WriterGone => Step::Over,
            End::Closed => {
                if self.rest(Pause::Over, outbox) {
                    outbox.status(Status::Ended);
                }
                Step::Over
            }
            End::Broken(error) => {
                // What came before the fault is told all the same.
                if self.read > 0 {
                    self.rest(Pause::Over, outbox);
                }
                outbox.status(self.brief.unreadable(&error));
                Step::Over
            }
        }
    }
}
