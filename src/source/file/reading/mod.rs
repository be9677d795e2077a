//! Reading a file: what it is recognised as, its blocks, and beginning anew.

use std::{
    fs::File,
    io, mem,
    sync::{Arc, Weak},
    thread,
    time::Instant,
};

use crate::{
    feed::{Format, Recognition, decode, detect, recognize},
    model::{Segment, Status},
    source::{
        Outbox, QUIET, Step,
        document::{Wholeness, settled},
        opening,
    },
    text::line::Line,
};

use super::{
    Body, Doubt, Followed, Stage,
    document::{self, Document},
    former::Left,
    log::Log,
    print::{self, Stat},
};

/// What is told where a log was rotated while the watch lost events.
const MISSED: &str = "the system told too little when it was rotated: if that was more than once, not all of those files were read";

/// So many blocks are folded in no time when they are searched.
const FEW: usize = 4;

impl Followed {
    /// Opens the file, unless it is `opened`: itself, how it looks, its first bytes that are not blank, and whether they are
    /// the last.
    fn open(&self, opened: Option<File>) -> io::Result<(File, Stat, Vec<u8>, bool)> {
        let mut file = opened.map_or_else(|| opening::file(&self.path), Ok)?;
        let stat = Stat::new(&file.metadata()?);
        let mut head = Vec::new();
        let mut from = 0;
        loop {
            head.clear();
            print::read(&mut file, from, detect::HEAD, &mut head)?;
            from += head.len() as u64;
            if head.len() < detect::HEAD || head.iter().any(|byte| !byte.is_ascii_whitespace()) {
                return Ok((file, stat, head, from >= stat.length));
            }
        }
    }

    /// Looks for a liveblog in a file in which none was found so far. `is_settled`: it has been left alone for a while.
    pub(super) fn begin(&mut self, is_settled: bool, outbox: &mut Outbox) -> Step {
        let (file, stat, head, is_all) = match self.open(None) {
            Ok(opened) => opened,
            Err(error) => return self.cannot(&error, outbox),
        };
        // What is just being written may be the beginning of anything.
        let mut recognition = recognize(&head, is_all && (is_settled || self.stage != Stage::Awaited));
        if !is_all && self.brief.options.format.is_none() && matches!(recognition, Recognition::Unsure) {
            recognition = self.recognize_whole().map_or(recognition, Recognition::Known);
        }
        let format = match (self.brief.options.format, recognition) {
            (Some(format), _) | (None, Recognition::Known(format)) => format,
            (None, Recognition::Unsure) if self.follow && !is_settled && !head.is_empty() => {
                self.unsettle();
                return Step::On;
            }
            (None, _) => return self.found_nothing(head.is_empty(), outbox),
        };
        let context = self.brief.context(stat.modified);
        self.packer.reads(format.name);
        let Some(log) = Log::new(format, file, stat, &head, &context, false) else {
            self.body = Some(Body::Document(Document::new(format, stat)));
            return self.read_document(outbox);
        };
        let log = self.body.insert(Body::Log(Box::new(log)));
        let mut end = None;
        if self.brief.options.newest_first
            && let Body::Log(log) = log
        {
            end = match log.read_end(&context, &mut self.packer) {
                Err(error) => return self.cannot(&error, outbox),
                Ok(end) => end,
            };
        }
        self.tell_watch();
        self.note_unwatched();
        match end {
            Some(end) => {
                self.memory.note(&end, false);
                outbox.reading(end);
            }
            None => self.read_block(outbox),
        }
        Step::On
    }

    /// What all of the file is, where its beginning does not tell.
    fn recognize_whole(&self) -> Option<&'static Format> {
        recognize(&self.whole()?, true).known()
    }

    /// All that is in the file, unpacked. `None` when it cannot be read.
    fn whole(&self) -> Option<Vec<u8>> {
        let (bytes, _, _) = document::whole(&mut opening::file(&self.path).ok()?).ok()?;
        Some(decode::unpack(&bytes).ok()?.bytes.into_owned())
    }

    /// A look tells why its file is not watched, if that is so.
    fn note_unwatched(&mut self) {
        self.unwatched.iter().for_each(|problem| self.packer.problem(None, &problem.message));
    }

    fn found_nothing(&mut self, is_empty: bool, outbox: &mut Outbox) -> Step {
        if !self.is_awaited() {
            let whole = self.whole().unwrap_or_default();
            outbox.status(self.brief.unrecognized(&whole));
            return Step::Over;
        }
        self.stage = Stage::Awaited;
        let why = if is_empty { "the file is empty so far" } else { "no liveblog is in the file yet" };
        outbox.status(Status::Waiting(Line::new(why)));
        Step::On
    }

    /// Begins anew with a file that was replaced, cut or written anew, or with the next one that came to have its name.
    pub(super) fn restart(&mut self, outbox: &mut Outbox) -> Step {
        let successor = self.watch.successor();
        if successor.is_some() {
            // Its name leads elsewhere already.
            self.look_at = Instant::now();
        }
        let (file, stat, head, is_all) = match self.open(successor) {
            Ok(opened) => opened,
            Err(error) => return self.cannot(&error, outbox),
        };
        self.is_no_longer_touched();
        self.is_aimless = true;
        self.stage = Stage::Awaited;
        let before = self.body.as_ref().map(Body::format);
        let format = match (self.brief.options.format, recognize(&head, is_all)) {
            (Some(format), _) | (None, Recognition::Known(format)) => format,
            // What was recognised once stays what it was until it is surely something else.
            (None, _) => match before {
                Some(format) => format,
                None => return self.found_nothing(head.is_empty(), outbox),
            },
        };
        // Nothing more comes behind what the former look left open.
        self.close_what_is_open(outbox);
        self.packer.begin();
        self.packer.reads(format.name);
        self.note_unwatched();
        let left = self.left.take();
        if left.as_ref().is_some_and(Left::may_have_missed) {
            self.packer.problem(None, MISSED);
        }
        self.memory.begin(left.is_some_and(|left| left.is_rotated()));
        self.body = match Log::new(format, file, stat, &head, &self.brief.context(stat.modified), true) {
            Some(log) => Some(Body::Log(Box::new(log))),
            None => Some(Body::Document(Document::new(format, stat))),
        };
        self.tell_watch();
        self.unsettle();
        Step::On
    }

    /// Reads the next block of a log, and tells how it is doing when that was the last.
    pub(super) fn read_block(&mut self, outbox: &mut Outbox) {
        let Some(Body::Log(log)) = &mut self.body else { return };
        let now = self.brief.context(None).now;
        let readings = match log.read(&mut self.packer, !self.follow || log.is_quiet_since(now)) {
            Ok(readings) => readings,
            Err(_) if self.left.as_ref().is_some_and(Left::is_ending) => {
                log.give_up();
                return;
            }
            Err(error) => {
                log.pause();
                self.cannot(&error, outbox);
                return;
            }
        };
        for reading in readings {
            self.memory.note(&reading, log.is_unsettled);
            self.unfolded.push(Arc::downgrade(&reading.segment));
            outbox.reading(reading);
        }
        let (read, total) = log.progress();
        // Who was told how far it came is told that it came to the end.
        if log.has_more() || matches!(outbox.last, Some(Status::Reading { .. })) {
            outbox.status(Status::Reading { read, total: Some(total) });
        }
        if log.has_more() {
            return;
        }
        let read = mem::take(&mut self.unfolded);
        // What is read once and never again is printed, and nothing is looked for in it.
        if self.brief.options.follow.is_possible() {
            fold_ahead(read);
        }
        self.quiet_at = Some(Instant::now() + log.patience());
        if log.is_unsettled {
            self.unsettle();
        } else {
            self.memory.settle(total);
            self.tell_state(outbox);
        }
    }

    /// Closes what has no certain end yet: its source has been quiet.
    pub(super) fn close_what_is_open(&mut self, outbox: &mut Outbox) {
        self.quiet_at = None;
        if let Some(Body::Log(log)) = &mut self.body
            && !log.is_midway()
            && let Some(reading) = log.finish(&mut self.packer)
        {
            self.memory.note(&reading, log.is_unsettled);
            if !log.is_unsettled {
                self.memory.settle(log.at());
            }
            outbox.reading(reading);
        }
    }

    /// No more is waited for: what was left unfinished stays so.
    pub(super) fn end(&mut self, outbox: &mut Outbox) {
        if let Some(Body::Log(log)) = &mut self.body
            && let Some(reading) = log.end(&mut self.packer)
        {
            outbox.reading(reading);
        }
    }

    /// Reads a document, whole.
    pub(super) fn read_document(&mut self, outbox: &mut Outbox) -> Step {
        let opened = opening::file(&self.path).and_then(|mut file| document::whole(&mut file));
        let (bytes, stat, is_steady) = match opened {
            Ok(read) => read,
            Err(error) => return self.cannot_read_document(&error, outbox),
        };
        let whole = match decode::unpack(&bytes) {
            Ok(whole) => whole,
            Err(why) => return self.cannot_read_document(&io::Error::other(why), outbox),
        };
        let Some(Body::Document(document)) = &mut self.body else { return Step::On };
        if self.brief.options.format.is_none() {
            if document.whole.is_first() {
                // Its beginning looked like the format; whether there is a liveblog in it, all of it tells.
                let Some(format) = settled(document.whole.format(), &whole.bytes) else {
                    self.body = None;
                    return self.found_nothing(false, outbox);
                };
                *document = Document::new(format, stat);
            }
            if is_another(document.whole.format(), &whole.bytes) {
                return self.restart(outbox);
            }
        }
        let is_patient = self.follow && self.held != Some(stat);
        let wholeness = if is_patient { Wholeness::Awaited } else { Wholeness::Doubtful };
        document.stat = stat;
        let is_strange = self.brief.options.format.is_none()
            && !document.whole.is_first()
            && !detect::holds(document.whole.format(), &whole.bytes);
        document.is_strange = is_strange && !is_patient;
        let context = self.brief.context(stat.modified);
        if document.is_strange {
            // What was read stays, the title too.
            self.tell_state(outbox);
        } else if !is_strange
            && let Some(mut reading) = document.whole.read(&whole, &context, self.brief.id, wholeness)
        {
            self.held = None;
            reading.problems.extend(self.unwatched.clone());
            outbox.reading(reading);
            self.tell_state(outbox);
        } else {
            let now = Instant::now();
            self.held = Some(stat);
            self.doubt = Some(Doubt { since: now, until: now + QUIET, is_touched: false });
        }
        if !is_steady && self.follow {
            self.unsettle();
        }
        Step::On
    }

    fn cannot_read_document(&mut self, error: &io::Error, outbox: &mut Outbox) -> Step {
        // What has never been read is not awaited because of what it seemed to be.
        if matches!(&self.body, Some(Body::Document(document)) if document.whole.is_first()) {
            self.body = None;
        }
        self.cannot(error, outbox)
    }
}

/// Folds what was read of a long log, on a thread that nobody waits for: all of it is on the screen by now, and when a
/// reader looks for something, that is at hand.
fn fold_ahead(segments: Vec<Weak<Segment>>) {
    if segments.len() > FEW {
        let fold = move || {
            for segment in segments.iter().filter_map(Weak::upgrade) {
                segment.folded();
            }
        };
        // Without a thread, the search folds it.
        let _ = thread::Builder::new().name("folding".to_owned()).spawn(fold);
    }
}

/// Whether a document that was read as `format` is surely something else now.
fn is_another(format: &Format, whole: &[u8]) -> bool {
    detect::beginning(whole).is_some_and(|other| other.name != format.name && detect::holds(other, whole))
}

#[cfg(test)]
mod tests;
