//! The bytes of a log: read block by block and pushed to a stream, a long way by two threads.

use std::{fs::File, io};

use crate::{
    feed::Stream,
    model::Packer,
    source::{BLOCK, FIRST_BLOCK},
};

use super::{
    pair::{Pair, Part},
    print::{self, Print},
};

/// More than this is read by two threads, where lines stand alone.
const LONG: u64 = 4 << 20;

/// See the module's description.
pub(super) struct Bytes {
    pub(super) file: File,
    pub(super) print: Print,
    /// Whether every line can be read without the others.
    pub(super) lines_stand_alone: bool,
    buffer: Vec<u8>,
    /// Who reads ahead, from the place that was reached last.
    pair: Option<Pair>,
}

impl Bytes {
    pub(super) fn new(file: File, lines_stand_alone: bool) -> Self {
        Self { file, print: Print::default(), lines_stand_alone, buffer: Vec::new(), pair: None }
    }

    /// Reads the lines that begin in the last [`FIRST_BLOCK`] before `until`, and gives where they begin. `None` when no line
    /// does.
    pub(super) fn end(&mut self, until: u64) -> io::Result<Option<(u64, &[u8])>> {
        let from = until.saturating_sub(FIRST_BLOCK as u64);
        print::read(&mut self.file, from, FIRST_BLOCK, &mut self.buffer)?;
        let Some(line_end) = memchr::memchr(b'\n', &self.buffer) else { return Ok(None) };
        let (start, bytes) =
            (from + line_end as u64 + 1, self.buffer.get(line_end + 1..).unwrap_or_default());
        self.print.note(start, bytes);
        Ok(Some((start, bytes)))
    }

    /// Pushes the next block between `at` and `until` to `stream`, and gives where it ends: at `at` when there is none.
    pub(super) fn push_next(
        &mut self,
        at: u64,
        until: u64,
        stream: &mut Box<dyn Stream>,
        packer: &mut Packer,
    ) -> io::Result<u64> {
        let mut end = at;
        if let Some(pair) = &mut self.pair {
            let is_read = pair.next(stream, packer, |bytes| {
                self.print.note(at, bytes);
                end += bytes.len() as u64;
            });
            if !is_read || packer.beside().is_none() {
                self.pair = None;
            }
            if is_read {
                return Ok(end);
            }
        }
        let rest = until.saturating_sub(at);
        if !self.lines_stand_alone || rest <= LONG {
            return self.push_pieces(at, at + rest.min(block(at)), stream, packer);
        }
        print::read(&mut self.file, at, block(at) as usize, &mut self.buffer)?;
        let line_end = memchr::memrchr(b'\n', &self.buffer);
        // Others may go on where a line ends.
        self.buffer.truncate(line_end.map_or(self.buffer.len(), |line_end| line_end + 1));
        end += self.push(at, stream, packer);
        if line_end.is_some() {
            // Without threads, it is read here.
            let file = self.file.try_clone();
            let pair = file.and_then(|file| {
                Pair::start(Part { file, at: end, until, block: BLOCK }, stream.as_ref(), packer)
            });
            self.pair = pair.unwrap_or_default();
        }
        Ok(end)
    }

    /// Pushes what stands between `at` and `until` a piece at a time, so that a small buffer does; gives where it ends.
    fn push_pieces(
        &mut self,
        mut at: u64,
        until: u64,
        stream: &mut Box<dyn Stream>,
        packer: &mut Packer,
    ) -> io::Result<u64> {
        let start = at;
        while at < until {
            let length = (until - at).min(FIRST_BLOCK as u64) as usize;
            match print::read(&mut self.file, at, length, &mut self.buffer) {
                Ok(()) if self.buffer.is_empty() => break,
                Ok(()) => {}
                // What was pushed is not pushed again: the next call meets the error first.
                Err(_) if at > start => break,
                Err(error) => return Err(error),
            }
            at += self.push(at, stream, packer);
        }
        Ok(at)
    }

    /// Pushes what was read at `at`; gives how much that is.
    fn push(&mut self, at: u64, stream: &mut Box<dyn Stream>, packer: &mut Packer) -> u64 {
        self.print.note(at, &self.buffer);
        stream.push(&self.buffer, packer);
        self.buffer.len() as u64
    }

    /// Gives the memory of large blocks back, when there is nothing more to read.
    pub(super) fn rest(&mut self) {
        self.pair = None;
        if self.buffer.capacity() > FIRST_BLOCK {
            self.buffer = Vec::new();
        }
    }
}

/// How long the block is that begins at `at`.
fn block(at: u64) -> u64 {
    (if at == 0 { FIRST_BLOCK } else { BLOCK }) as u64
}
