//! A file, read and followed: what becomes of it, and when it is looked at.
//!
//! Events say that something may have changed; stat and the bytes say what. A file that is empty, half-written or gone
//! for a moment is no news: what does not only grow is settled once it has been left alone for a while.

mod document;
mod log;
mod print;
mod watch;

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use crate::{
    feed::{Format, Recognition, detect, recognize},
    model::{Packer, Status},
    text::line::Line,
};

use super::{Brief, Origin, Outbox, QUIET, Step, bell::Bell, pipe::Pipe, reason};
use document::Document;
use log::{Log, Memory, Verdict};
use print::Stat;
use watch::Watch;

/// How often the file is looked at whatever the watch says: network file systems deliver no events and raise no error.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How long a file must be left alone to be settled.
const SETTLE: Duration = Duration::from_millis(150);
/// When a file that is never left alone is settled all the same.
const SETTLE_AT_LAST: Duration = Duration::from_secs(1);

/// What was recognised in the file.
enum Body {
    Log(Log),
    Document(Document),
}

impl Body {
    fn format(&self) -> &'static Format {
        match self {
            Self::Log(log) => log.format,
            Self::Document(document) => document.format,
        }
    }
}

/// Something that waits until the file has been left alone.
#[derive(Debug, Clone, Copy)]
struct Doubt {
    since: Instant,
    until: Instant,
}

/// A file that is read, and followed if that is wanted.
pub(super) struct Followed {
    path: PathBuf,
    brief: Brief,
    bell: Arc<Bell>,
    watch: Watch,
    packer: Packer,
    body: Option<Body>,
    memory: Memory,
    follow: bool,
    has_looked: bool,
    /// Whether it was seen without a liveblog in it: what comes then is just being written.
    has_waited: bool,
    /// Why it cannot be read at the moment, though it could before.
    gone: Option<Line>,
    /// Whether it was written to or touched without getting longer.
    is_touched: bool,
    /// The document that may be half-written.
    held: Option<Stat>,
    doubt: Option<Doubt>,
    /// When what is still open is closed.
    quiet_at: Option<Instant>,
    look_at: Instant,
    /// Whether what is to be watched may have changed.
    is_aimless: bool,
}

impl Followed {
    pub(super) fn new(path: &Path, brief: Brief, bell: Arc<Bell>) -> Self {
        Self {
            path: path.to_path_buf(),
            bell,
            watch: Watch::default(),
            packer: Packer::new(brief.id),
            body: None,
            memory: Memory::default(),
            follow: brief.options.follow,
            has_looked: false,
            has_waited: false,
            gone: None,
            is_touched: false,
            held: None,
            doubt: None,
            quiet_at: None,
            look_at: brief.opened,
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
            self.read_block(outbox);
            return Step::On;
        }
        if !self.has_looked {
            self.has_looked = true;
            return self.look(true, outbox);
        }
        if !self.brief.options.follow {
            return Step::Over;
        }
        self.wait(outbox)
    }
}

/// Waiting and looking.
impl Followed {
    fn wait(&mut self, outbox: &mut Outbox) -> Step {
        if self.follow && std::mem::take(&mut self.is_aimless) && self.aim(outbox) {
            // What changed between the last look and the watch was told by nobody.
            return self.look(true, outbox);
        }
        let timers = [self.quiet_at, Some(self.look_at)].into_iter().filter(|_| self.follow);
        let doubt = self.doubt.map(|doubt| doubt.until);
        let call = self.bell.wait(timers.chain([doubt]).flatten().min());
        if let Some(follow) = call.follow {
            self.set_follow(follow, outbox);
        }
        if call.look || call.changed {
            return self.look(true, outbox);
        }
        let now = Instant::now();
        if self.doubt.is_some_and(|doubt| doubt.until <= now) {
            self.settle(outbox);
        } else if self.follow && self.quiet_at.is_some_and(|at| at <= now) {
            self.close_what_is_open(outbox);
        } else if self.follow && self.look_at <= now {
            self.is_aimless = true;
            return self.look(false, outbox);
        }
        Step::On
    }

    /// Aims the watch; tells whether something is watched that was not before.
    fn aim(&mut self, outbox: &mut Outbox) -> bool {
        match self.watch.aim(&self.path, &self.bell) {
            Ok(is_new) => is_new,
            Err(error) => {
                let why = match error.kind {
                    notify::ErrorKind::MaxFilesWatch => "no watches are left in this system".to_owned(),
                    notify::ErrorKind::Io(error) => reason(&error),
                    _ => "it cannot be watched".to_owned(),
                };
                let last = outbox.last.clone();
                outbox.status(Status::Waiting(Line::new(&format!("{why}: looked at every two seconds"))));
                last.into_iter().for_each(|status| outbox.status(status));
                false
            }
        }
    }

    fn set_follow(&mut self, follow: bool, outbox: &mut Outbox) {
        if follow == self.follow {
            return;
        }
        self.follow = follow;
        if follow {
            (self.look_at, self.is_aimless) = (Instant::now(), true);
        } else {
            self.watch.rest();
        }
        self.is_well(outbox);
    }

    /// Looks at the file. `is_told`: somebody says that it changed.
    fn look(&mut self, is_told: bool, outbox: &mut Outbox) -> Step {
        self.look_at = Instant::now() + LOOK_EVERY;
        let stat = match fs::metadata(&self.path) {
            Err(error) => return self.cannot(&error, outbox),
            Ok(metadata) if metadata.is_dir() => {
                return self.cannot(&io::Error::from(io::ErrorKind::IsADirectory), outbox);
            }
            Ok(metadata) if !metadata.is_file() && self.body.is_none() => {
                let pipe = Pipe::named(&self.path, self.brief.clone(), Arc::clone(&self.bell));
                return Step::Becomes(Box::new(pipe));
            }
            Ok(metadata) if !metadata.is_file() => {
                return self.cannot(&io::Error::other("it is no file any more"), outbox);
            }
            Ok(metadata) => Stat::new(&metadata),
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
                    self.is_touched = false;
                }
                Ok(Verdict::Touched) => {
                    self.is_touched = true;
                    self.unsettle();
                }
                Ok(Verdict::Replaced) => return self.restart(outbox),
            },
        }
        if was_gone && self.doubt.is_none() {
            self.is_well(outbox);
        }
        Step::On
    }

    /// The file is not there, or cannot be read.
    fn cannot(&mut self, error: &io::Error, outbox: &mut Outbox) -> Step {
        let is_missing = error.kind() == io::ErrorKind::NotFound;
        let is_hopeless =
            error.kind() == io::ErrorKind::IsADirectory && self.body.is_none() && !self.has_waited;
        if !self.brief.options.follow || is_hopeless {
            outbox.status(self.brief.unreadable(error));
            return Step::Over;
        }
        self.is_aimless = true;
        self.has_waited = true;
        if self.body.is_none() {
            let why = match is_missing {
                true => "the file is not there yet".to_owned(),
                false => format!("the file cannot be read yet: {}", reason(error)),
            };
            outbox.status(Status::Waiting(Line::new(&why)));
            return Step::On;
        }
        let why = match is_missing {
            true => "the file is gone; what was read stays, and its return is awaited".to_owned(),
            false => format!("the file cannot be read: {}; what was read stays", reason(error)),
        };
        let why = Some(Line::new(&why));
        if self.gone != why {
            self.gone = why;
            self.unsettle();
        }
        Step::On
    }

    fn unsettle(&mut self) {
        let now = Instant::now();
        let since = self.doubt.map_or(now, |doubt| doubt.since);
        self.doubt = Some(Doubt { since, until: (now + SETTLE).min(since + SETTLE_AT_LAST) });
    }

    /// The file has been left alone: what was doubtful is taken for what it is.
    fn settle(&mut self, outbox: &mut Outbox) {
        self.doubt = None;
        if let Some(why) = &self.gone {
            outbox.status(Status::Lost(why.clone()));
            return;
        }
        match &mut self.body {
            None => {
                self.begin(true, outbox);
            }
            Some(Body::Log(_)) if std::mem::take(&mut self.is_touched) => {
                self.restart(outbox);
            }
            Some(Body::Log(log)) => {
                if std::mem::take(&mut log.is_unsettled) {
                    outbox.reading(self.packer.take(self.memory.coverage(log.at()), true));
                    self.memory.settle(log.at());
                }
                self.is_well(outbox);
            }
            Some(Body::Document(_)) => self.read_document(outbox),
        }
    }

    /// Tells how the source is doing when nothing is wrong with it.
    fn is_well(&self, outbox: &mut Outbox) {
        let is_empty = matches!(&self.body, Some(Body::Log(log)) if log.at() == 0);
        match (&self.body, self.follow) {
            (None, _) => {}
            (Some(_), false) => outbox.status(Status::Ended),
            (Some(_), true) if is_empty && !self.memory.is_empty() => {
                outbox.status(Status::Lost(Line::new("the file is empty; what was read stays")));
            }
            (Some(_), true) => outbox.status(Status::Following),
        }
    }
}

/// Reading.
impl Followed {
    /// Opens the file: itself, how it looks, and its first bytes.
    fn open(&self) -> io::Result<(File, Stat, Vec<u8>)> {
        let mut file = File::open(&self.path)?;
        let stat = Stat::new(&file.metadata()?);
        let mut head = Vec::new();
        print::read(&mut file, 0, detect::HEAD, &mut head)?;
        Ok((file, stat, head))
    }

    /// Looks for a liveblog in a file in which none was found so far. `is_settled`: it has been left alone for a while.
    fn begin(&mut self, is_settled: bool, outbox: &mut Outbox) -> Step {
        let (file, stat, head) = match self.open() {
            Ok(opened) => opened,
            Err(error) => return self.cannot(&error, outbox),
        };
        let is_all = head.len() as u64 >= stat.length;
        // What is just being written may be the beginning of anything.
        let recognition = recognize(&head, is_all && (is_settled || !self.has_waited));
        let format = match (self.brief.options.format, recognition) {
            (Some(format), _) | (None, Recognition::Known(format)) => format,
            (None, Recognition::Unsure) if !is_settled && !head.is_empty() => {
                self.unsettle();
                return Step::On;
            }
            (None, _) => return self.found_nothing(head.is_empty(), outbox),
        };
        let context = self.brief.context(stat.modified);
        match Log::new(format, file, stat, &context, false) {
            Some(mut log) => {
                let end = match self.brief.options.newest_first {
                    true => log.read_end(&context, &mut self.packer),
                    false => Ok(None),
                };
                let is_empty = stat.length == 0;
                self.body = Some(Body::Log(log));
                match end {
                    Ok(end) => end.into_iter().for_each(|reading| {
                        self.memory.note(&reading, false);
                        outbox.reading(reading);
                    }),
                    Err(error) => return self.cannot(&error, outbox),
                }
                if is_empty {
                    self.read_block(outbox);
                }
            }
            None => {
                self.body = Some(Body::Document(Document::new(format, stat)));
                self.read_document(outbox);
            }
        }
        Step::On
    }

    fn found_nothing(&mut self, is_empty: bool, outbox: &mut Outbox) -> Step {
        if !self.brief.options.follow {
            outbox.status(self.brief.unrecognized(is_empty));
            return Step::Over;
        }
        self.has_waited = true;
        let why = if is_empty { "the file is empty so far" } else { "no liveblog is in the file yet" };
        outbox.status(Status::Waiting(Line::new(why)));
        Step::On
    }

    /// Begins anew with a file that was replaced, cut or written anew.
    fn restart(&mut self, outbox: &mut Outbox) -> Step {
        let (file, stat, head) = match self.open() {
            Ok(opened) => opened,
            Err(error) => return self.cannot(&error, outbox),
        };
        self.is_touched = false;
        self.has_waited = true;
        let before = self.body.as_ref().map(Body::format);
        let format = match (self.brief.options.format, recognize(&head, head.len() as u64 >= stat.length)) {
            (Some(format), _) => format,
            (None, Recognition::Known(format)) => format,
            // What was recognised once stays what it was until it is surely something else.
            (None, _) => match before {
                Some(format) => format,
                None => return self.found_nothing(head.is_empty(), outbox),
            },
        };
        self.packer.begin();
        self.memory.begin();
        self.body = match Log::new(format, file, stat, &self.brief.context(stat.modified), true) {
            Some(log) => Some(Body::Log(log)),
            None => Some(Body::Document(Document::new(format, stat))),
        };
        self.unsettle();
        Step::On
    }

    /// Reads the next block of a log.
    fn read_block(&mut self, outbox: &mut Outbox) {
        let Some(Body::Log(log)) = &mut self.body else { return };
        let readings = match log.read(&mut self.packer, !self.follow) {
            Ok(readings) => readings,
            Err(error) => {
                log.give_up();
                self.cannot(&error, outbox);
                return;
            }
        };
        for reading in readings {
            self.memory.note(&reading, log.is_unsettled);
            outbox.reading(reading);
        }
        let (read, total) = log.progress();
        if log.has_more() {
            outbox.status(Status::Reading { read, total: Some(total) });
            return;
        }
        self.quiet_at = Some(Instant::now() + QUIET);
        if log.is_unsettled {
            self.unsettle();
        } else {
            self.memory.settle(total);
            self.is_well(outbox);
        }
    }

    fn close_what_is_open(&mut self, outbox: &mut Outbox) {
        self.quiet_at = None;
        if let Some(Body::Log(log)) = &mut self.body
            && let Some(reading) = log.finish(&mut self.packer)
        {
            outbox.reading(reading);
        }
    }

    /// Reads a document, whole.
    fn read_document(&mut self, outbox: &mut Outbox) {
        let opened = File::open(&self.path).and_then(|mut file| document::whole(&mut file));
        let (bytes, stat, is_steady) = match opened {
            Ok(read) => read,
            Err(error) => {
                self.cannot(&error, outbox);
                return;
            }
        };
        let Some(Body::Document(document)) = &mut self.body else { return };
        if self.brief.options.format.is_none()
            && let Recognition::Known(format) = recognize(bytes.get(..detect::HEAD).unwrap_or(&bytes), true)
            && format.name != document.format.name
        {
            self.restart(outbox);
            return;
        }
        let is_patient = self.follow && self.held != Some(stat);
        document.stat = stat;
        let context = self.brief.context(stat.modified);
        match document.read(&bytes, &context, self.brief.id, is_patient) {
            Some(reading) => {
                self.held = None;
                outbox.reading(reading);
                self.is_well(outbox);
            }
            None => {
                let now = Instant::now();
                self.held = Some(stat);
                self.doubt = Some(Doubt { since: now, until: now + QUIET });
            }
        }
        if !is_steady && self.follow {
            self.unsettle();
        }
    }
}
