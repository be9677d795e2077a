//! A file that is read as it grows: block by block, then what is appended.
//!
//! It is never read past the length it had when it was looked at, so a length that is all read and a time that changed
//! mean that it was written to in place. A long one whose newest entries are shown first is read from its end first.

use std::{
    fs::File,
    io,
    path::Path,
    time::{Duration, SystemTime},
};

use chrono::{DateTime, Utc};

use crate::{
    feed::{Context, Format, Reader, Stream, decode},
    model::{Coverage, Packer, Point, Reading},
    source::{QUIET, opening},
};

use super::{
    bytes::Bytes,
    print::{self, Stat},
};

/// Files up to this length are read from the start whatever is shown first.
const SHORT: u64 = 256 << 10;
/// How long a text must be left alone until its last entry is taken for whole.
const SETTLED: Duration = Duration::from_millis(700);

/// What became of a file since it was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Same,
    Grown,
    /// It is as long as it was, and was written to or only touched.
    Touched,
    /// It was written anew.
    Replaced,
    /// Its name leads to another file now; the one before may still be written to.
    Another,
}

/// What the file that was read is like, whose name may lead elsewhere by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Former {
    /// Whether more stands in it than was read.
    pub(super) has_grown: bool,
    /// Whether it has another name, as a log that was rotated away does.
    pub(super) has_name: bool,
}

/// What is known of a file that is read as it grows.
pub(super) struct Log {
    pub(super) format: &'static Format,
    /// The file as it was when it was looked at last.
    stat: Stat,
    bytes: Bytes,
    stream: Box<dyn Stream>,
    /// How far it was read.
    at: u64,
    /// The part before, while it is read after the end.
    early: Option<Early>,
    /// Whether it is read no further before the next look, though there may be more.
    is_paused: bool,
    /// Whether this look began anew with a file that is known already; it is not settled yet what it lacks.
    pub(super) is_unsettled: bool,
    stage: Stage,
}

/// How far a look has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nothing was read yet.
    New,
    /// More blocks follow; the last of them ends the look even when it brings nothing.
    Midway,
    /// All was read once; what comes now was appended.
    Through,
}

/// What stands before the end of a file whose end was read first.
struct Early {
    stream: Box<dyn Stream>,
    at: u64,
    until: u64,
    /// Where the packer was at the file's end, and goes on when this part is through.
    behind: Point,
    /// What the end told, to be told again behind the start: the blog and what was taken down are as it says last.
    end: Reading,
}

impl Log {
    /// Begins with `file`, which looks like `stat` and begins with `head`; `is_again` when an older look at the same source
    /// is known. `None` when it can only be read whole: `format` is no stream, or it is packed.
    pub(super) fn new(
        format: &'static Format,
        file: File,
        stat: Stat,
        head: &[u8],
        context: &Context,
        is_again: bool,
    ) -> Option<Self> {
        let Reader::Stream { open, lines_stand_alone } = format.reader else { return None };
        if decode::is_gzip(head) {
            return None;
        }
        Some(Self {
            format,
            stat,
            // In UTF-16, the end of a line is no single byte.
            bytes: Bytes::new(file, lines_stand_alone && !decode::is_utf16(head)),
            stream: decode::stream(open, head, context),
            at: 0,
            early: None,
            is_paused: false,
            is_unsettled: is_again,
            stage: Stage::New,
        })
    }

    /// Device and inode of its file, where there are such.
    pub(super) fn identity(&self) -> Option<(u64, u64)> {
        self.stat.identity
    }

    /// How far it was read.
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    /// How many bytes were read, of how many.
    pub(super) fn progress(&self) -> (u64, u64) {
        let unread = self.early.as_ref().map_or(0, |early| early.until - early.at);
        (self.at.saturating_sub(unread), self.stat.length)
    }

    /// Whether there is more to read at once.
    pub(super) fn has_more(&self) -> bool {
        !self.is_paused && self.is_midway()
    }

    /// Whether there is more to read, be it at once or after the next look.
    pub(super) fn is_midway(&self) -> bool {
        self.early.is_some() || self.at < self.stat.length
    }

    /// Reads the last 64 KB of a long file whose lines stand alone. `None` when it is better read from its start, as it is
    /// where none of those entries has a time: they stand where those before them do.
    pub(super) fn read_end(&mut self, context: &Context, packer: &mut Packer) -> io::Result<Option<Reading>> {
        let Reader::Stream { open, .. } = self.format.reader else { return Ok(None) };
        if self.stat.length <= SHORT || !self.bytes.lines_stand_alone {
            return Ok(None);
        }
        let Some((start, bytes)) = self.bytes.end(self.stat.length)? else { return Ok(None) };
        let mut stream = open(context, start);
        stream.push(bytes, packer);
        stream.pause(packer);
        if !packer.has_place() {
            packer.begin();
            return Ok(None);
        }
        self.at = start + bytes.len() as u64;
        let early_stream = std::mem::replace(&mut self.stream, stream);
        self.stage = Stage::Midway;
        let end = packer.take(Coverage::Delta, false);
        let again = Reading {
            begins: false,
            complete: true,
            problems: Vec::new(),
            problems_left_out: 0,
            unreadable: 0,
            ..end.clone()
        };
        let behind = packer.go_back();
        self.early = Some(Early { stream: early_stream, at: 0, until: start, behind, end: again });
        Ok(Some(end))
    }

    /// Whether nobody has written to the file for as long as an entry without an end is waited for.
    pub(super) fn is_quiet_since(&self, now: DateTime<Utc>) -> bool {
        let age =
            self.stat.modified.map(|modified| now.signed_duration_since(DateTime::<Utc>::from(modified)));
        age.and_then(|age| age.to_std().ok()).is_some_and(|age| age > QUIET)
    }

    /// Reads a block. `is_final`: what comes after the file's end is not waited for.
    pub(super) fn read(&mut self, packer: &mut Packer, is_final: bool) -> io::Result<Vec<Reading>> {
        if self.early.is_some() {
            return self.read_early(packer);
        }
        let from = self.at;
        self.at = self.bytes.push_next(from, self.stat.length, &mut self.stream, packer)?;
        if self.at == from {
            // It shrank in this moment; the next look finds out.
            self.stat.length = self.at;
        }
        let is_end = !self.has_more();
        if is_end && is_final {
            self.stream.finish(packer);
        } else if is_end && !self.awaits_line_end() {
            self.stream.pause(packer);
        }
        let reading = self.take(packer, is_end);
        self.end_block(is_end);
        Ok(vec![reading])
    }

    /// Whether a line that was appended and has no end yet is left to its writer until it has been quiet: who writes a
    /// line in pieces may write anything behind what looks whole. A file that lay there so has all it will have.
    fn awaits_line_end(&self) -> bool {
        self.is_of_lines() && self.stage == Stage::Through
    }

    /// Whether every line can be read without the others.
    pub(super) fn is_of_lines(&self) -> bool {
        matches!(self.format.reader, Reader::Stream { lines_stand_alone: true, .. })
    }

    /// How long nothing may come until what has no certain end is taken for ended: half a line means nothing, but an entry
    /// without its last words is one that will be revised.
    pub(super) fn patience(&self) -> Duration {
        if self.is_of_lines() { QUIET } else { SETTLED }
    }

    fn take(&mut self, packer: &mut Packer, is_end: bool) -> Reading {
        if self.is_unsettled {
            return packer.take(Coverage::Window, false);
        }
        let is_due = self.stage != Stage::Through || !packer.is_empty();
        packer.take(Coverage::Delta, is_end && is_due)
    }

    /// Reads a block of what stands before the end that was read first.
    fn read_early(&mut self, packer: &mut Packer) -> io::Result<Vec<Reading>> {
        let Some(early) = &mut self.early else { return Ok(Vec::new()) };
        let from = early.at;
        early.at = self.bytes.push_next(from, early.until, &mut early.stream, packer)?;
        let is_end = early.at >= early.until || early.at == from;
        if is_end {
            early.stream.pause(packer);
        }
        let mut readings = vec![packer.take(Coverage::Delta, false)];
        if is_end {
            self.end_block(true);
            if let Some(Early { behind, end, .. }) = self.early.take() {
                packer.go_on_behind(behind);
                readings.push(end);
            }
        }
        Ok(readings)
    }

    /// Notes how far the look has come; gives the memory of large blocks back when there is nothing more to read.
    fn end_block(&mut self, is_end: bool) {
        self.stage = if is_end { Stage::Through } else { Stage::Midway };
        if is_end {
            self.bytes.rest();
        }
    }

    /// The source has been quiet: closes what is still open.
    pub(super) fn finish(&mut self, packer: &mut Packer) -> Option<Reading> {
        self.stream.finish(packer);
        (!packer.is_empty()).then(|| self.take(packer, true))
    }

    /// The source is over: says what was left unfinished.
    pub(super) fn end(&mut self, packer: &mut Packer) -> Option<Reading> {
        self.stream.end(packer);
        (!packer.is_empty()).then(|| self.take(packer, true))
    }

    /// What became of the file, which looks like `stat` now. `is_told`: somebody says that it changed.
    pub(super) fn compare(&mut self, path: &Path, stat: Stat, is_told: bool) -> io::Result<Verdict> {
        if stat.identity != self.stat.identity {
            return Ok(Verdict::Another);
        }
        let is_empty_no_more = self.at == 0 && stat.length > 0;
        if stat.length < self.at || is_empty_no_more {
            return Ok(Verdict::Replaced);
        }
        if stat == self.stat && !is_told && !self.is_paused {
            return Ok(Verdict::Same);
        }
        if stat.identity.is_none() {
            // Without inodes, a file that was renamed over shows in its bytes alone.
            self.bytes.file = opening::file(path)?;
        }
        if !self.bytes.print.matches(&mut self.bytes.file)? {
            return Ok(Verdict::Replaced);
        }
        Ok(match (self.is_paused || stat.length > self.at, stat.modified == self.stat.modified) {
            (true, _) => Verdict::Grown,
            (false, true) => Verdict::Same,
            (false, false) => Verdict::Touched,
        })
    }

    /// Goes on reading up to what `stat` says.
    pub(super) fn grow(&mut self, stat: Stat) {
        self.stat = stat;
        self.is_paused = false;
    }

    /// Whether the file that was read still has a name, wherever it stands.
    pub(super) fn has_name(&self) -> bool {
        self.bytes.file.metadata().is_ok_and(|metadata| print::has_name(&metadata))
    }

    /// How the file that was read stands now, and when it was changed last, wherever its name leads.
    pub(super) fn sight(&self) -> io::Result<(Stat, Option<SystemTime>)> {
        let metadata = self.bytes.file.metadata()?;
        Ok((Stat::new(&metadata), print::changed(&metadata)))
    }

    /// Looks at the file that was read, wherever its name leads, and goes on reading it when it grew.
    pub(super) fn look_behind(&mut self) -> io::Result<Former> {
        let metadata = self.bytes.file.metadata()?;
        let stat = Stat::new(&metadata);
        let is_known = stat.identity.is_some() && stat.identity == self.stat.identity;
        let has_grown = is_known && self.go_on_to(stat)?;
        Ok(Former { has_grown, has_name: is_known && print::has_name(&metadata) })
    }

    /// Goes on reading up to what `stat` says, unless all that was read or it was written anew; tells whether it does.
    pub(super) fn go_on_to(&mut self, stat: Stat) -> io::Result<bool> {
        let is_longer = self.is_paused || stat.length > self.at;
        let goes_on = is_longer && self.bytes.print.matches(&mut self.bytes.file)?;
        if goes_on {
            self.grow(stat);
        }
        Ok(goes_on)
    }

    /// Goes on reading, up to what is known of it.
    pub(super) fn resume(&mut self) {
        self.is_paused = false;
    }

    /// Reads no further at all.
    pub(super) fn give_up(&mut self) {
        self.bytes.rest();
        self.early = None;
        self.stat.length = self.at;
    }

    /// Reads no further before the next look.
    pub(super) fn pause(&mut self) {
        self.bytes.rest();
        self.is_paused = true;
    }
}

#[cfg(test)]
mod tests;
