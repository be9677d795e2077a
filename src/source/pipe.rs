//! Bytes that come once and cannot be looked at again: standard input and named pipes.
//!
//! A thread of its own reads, for a read of a pipe can be interrupted by nothing; it sleeps on when the source is over.
//! What a read brings is told at once. A document is read when its end has come, or nothing more for two seconds.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
    thread,
    time::Instant,
};

use crate::{
    feed::{Format, Reader, Recognition, Stream, decode, detect, recognize},
    model::{Coverage, Packer, Status},
    text::line::Line,
};

use super::{
    Brief, FIRST_BLOCK, Origin, Outbox, QUIET, Step,
    bell::{Bell, End},
};

/// How many first bytes tell whether a source is packed, or UTF-16.
const MARK: usize = 4;

/// How the bytes of a pipe are read.
enum Body {
    /// It is not known yet what they are.
    Unknown(Vec<u8>),
    Stream(Box<dyn Stream>),
    Document(&'static Format, Vec<u8>),
}

/// What the reading thread reads.
enum Opening {
    Stdin,
    /// A named pipe, and whether it is opened again when its last writer has gone.
    Named(PathBuf, bool),
}

/// A pipe being read.
pub(super) struct Pipe {
    brief: Brief,
    bell: Arc<Bell>,
    opening: Option<Opening>,
    packer: Packer,
    body: Body,
    read: u64,
    quiet_at: Option<Instant>,
}

impl Pipe {
    /// Standard input.
    pub(super) fn stdin(brief: Brief, bell: Arc<Bell>) -> Self {
        Self::new(Opening::Stdin, brief, bell)
    }

    /// What is at `path` and no regular file: a named pipe, or a device.
    pub(super) fn named(path: &Path, is_fifo: bool, brief: Brief, bell: Arc<Bell>) -> Self {
        let opening = Opening::Named(path.to_path_buf(), is_fifo && brief.options.follow);
        Self::new(opening, brief, bell)
    }

    fn new(opening: Opening, brief: Brief, bell: Arc<Bell>) -> Self {
        let (packer, body) = (Packer::new(brief.id), Body::Unknown(Vec::new()));
        Self { brief, bell, opening: Some(opening), packer, body, read: 0, quiet_at: None }
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
                self.tell(false, outbox);
            }
        }
        true
    }

    /// Tells what the stream has given so far.
    fn tell(&mut self, is_all: bool, outbox: &mut Outbox) {
        let Body::Stream(stream) = &mut self.body else { return };
        let is_emptied = is_all || !self.bell.has_bytes();
        match (is_all, is_emptied) {
            (true, _) => stream.finish(&mut self.packer),
            (false, true) => stream.pause(&mut self.packer),
            (false, false) => {}
        }
        let is_due = is_all || !self.packer.is_empty();
        outbox.reading(self.packer.take(Coverage::Delta, is_emptied && is_due));
        outbox.status(if is_emptied {
            Status::Following
        } else {
            Status::Reading { read: self.read, total: None }
        });
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
                outbox.status(self.brief.unrecognized(head));
                return false;
            }
        };
        let bytes = std::mem::take(head);
        self.packer.reads(format.name);
        match format.reader {
            Reader::Stream { open, .. } if !decode::is_gzip(&bytes) => {
                let mut stream = decode::stream(open, &bytes, &self.brief.context(None));
                stream.push(&bytes, &mut self.packer);
                self.body = Body::Stream(stream);
                self.tell(is_all, outbox);
            }
            _ => self.body = Body::Document(format, bytes),
        }
        true
    }

    /// Nothing more came for two seconds, or will come at all (`is_all`); tells whether the source goes on.
    fn rest(&mut self, is_all: bool, outbox: &mut Outbox) -> bool {
        self.quiet_at = None;
        match &mut self.body {
            Body::Stream(stream) => {
                stream.finish(&mut self.packer);
                if !self.packer.is_empty() {
                    outbox.reading(self.packer.take(Coverage::Delta, true));
                }
            }
            Body::Document(format, bytes) => {
                let whole = match decode::unpack(bytes) {
                    Ok(whole) => whole,
                    Err(_) if !is_all => return true,
                    Err(why) => {
                        outbox.status(self.brief.unreadable(&io::Error::other(why)));
                        return false;
                    }
                };
                if is_all && self.brief.options.format.is_none() && !detect::holds(format, &whole.bytes) {
                    match recognize(&whole.bytes, true) {
                        Recognition::Known(other) if matches!(other.reader, Reader::Document(_)) => {
                            *format = other;
                        }
                        _ => {
                            outbox.status(self.brief.unrecognized(&whole.bytes));
                            return false;
                        }
                    }
                }
                let format = *format;
                let mut packer = Packer::new(self.brief.id);
                packer.reads(format.name);
                format.read_whole(&whole.bytes, &self.brief.context(None), &mut packer);
                whole.fault.filter(|_| is_all).into_iter().for_each(|fault| packer.problem(None, fault));
                // Without its end, a document may say nothing yet.
                let reading = packer.take(Coverage::Window, true);
                if is_all || !reading.segment.is_empty() {
                    outbox.reading(reading);
                    outbox.status(Status::Following);
                }
            }
            Body::Unknown(_) if is_all => return self.recognize(true, outbox) && self.rest(true, outbox),
            Body::Unknown(head) => {
                if matches!(recognize(head, true), Recognition::Known(_)) {
                    return self.recognize(true, outbox) && self.rest(false, outbox);
                }
                outbox.status(Status::Waiting(Line::new("no liveblog has come yet")));
            }
        }
        true
    }
}

impl Origin for Pipe {
    fn step(&mut self, outbox: &mut Outbox) -> Step {
        if let Some(opening) = self.opening.take() {
            outbox.status(Status::Reading { read: 0, total: None });
            if let Err(error) = spawn(opening, Arc::clone(&self.bell)) {
                outbox.status(self.brief.unreadable(&error));
                return Step::Over;
            }
            self.quiet_at = Some(Instant::now() + QUIET);
        }
        self.bell.wait(self.quiet_at);
        let (bytes, end) = self.bell.bytes();
        let has_bytes = !bytes.is_empty();
        if has_bytes {
            self.quiet_at = Some(Instant::now() + QUIET);
            if !self.take(&bytes, outbox) {
                return Step::Over;
            }
        }
        match end {
            End::Open => {
                let is_quiet = self.quiet_at.is_some_and(|at| at <= Instant::now());
                if is_quiet && !has_bytes && !self.rest(false, outbox) {
                    return Step::Over;
                }
                Step::On
            }
            End::Closed => {
                if self.rest(true, outbox) {
                    outbox.status(Status::Ended);
                }
                Step::Over
            }
            End::Broken(error) => {
                // What came before the fault is told all the same.
                if self.read > 0 {
                    self.rest(true, outbox);
                }
                outbox.status(self.brief.unreadable(&error));
                Step::Over
            }
        }
    }
}

/// Reads on a thread of its own until the end, or until nobody wants the bytes.
fn spawn(opening: Opening, bell: Arc<Bell>) -> io::Result<()> {
    let read = move || {
        let end = match opening {
            Opening::Stdin => drain(&mut io::stdin().lock(), &bell),
            Opening::Named(path, is_kept) => loop {
                let result = File::open(&path).and_then(|mut file| drain(&mut file, &bell));
                // Its last writer went; opening it again waits for the next one.
                if !is_kept || bell.is_stopped() || result.is_err() {
                    break result;
                }
            },
        };
        bell.end(end);
    };
    thread::Builder::new().name("pipe".to_owned()).spawn(read).map(drop)
}

fn drain(from: &mut dyn Read, bell: &Bell) -> io::Result<()> {
    let mut buffer = vec![0; FIRST_BLOCK];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(length) => {
                if !bell.deliver(buffer.get(..length).unwrap_or_default()) {
                    return Ok(());
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
