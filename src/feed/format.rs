//! What a format is: a row of the table, and how its bytes become drafts.

use crate::model::Packer;

use super::{Context, decode};

/// How much the beginning of some bytes looks like a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// It is something else.
    No,
    /// It may become this format when more is known.
    Unsure,
    /// It looks like it, unless another format is surer.
    Likely,
    /// It is this format.
    Sure,
}

/// A format: one row of [`FORMATS`](super::FORMATS).
#[derive(Debug)]
pub struct Format {
    /// The name that `--format` takes.
    pub name: &'static str,
    /// What it is, in one line of lower case without a full stop.
    pub about: &'static str,
    /// What is looked for when a file is taken for it, in a few words that formats alike have in common.
    pub looks_for: &'static str,
    /// The invented feed in `sample_feeds/` that shows it.
    pub sample: &'static str,
    /// Rates the beginning of a source: its text so far, and whether that is all of it.
    pub rate: fn(&str, bool) -> Likeness,
    pub reader: Reader,
}

impl Format {
    /// Reads all of a source at once, whichever way the format is read, after decoding it.
    pub fn read_whole(&self, bytes: &[u8], context: &Context, packer: &mut Packer) {
        match self.reader {
            Reader::Document(read) => read(decode::text(bytes).as_bytes(), context, packer),
            Reader::Stream { open, .. } => {
                let mut stream = decode::stream(open, bytes, context);
                stream.push(bytes, packer);
                stream.end(packer);
            }
        }
    }
}

/// How bytes of a format are read.
#[derive(Debug, Clone, Copy)]
pub enum Reader {
    /// All at once: the whole source is read into the packer.
    Document(fn(&[u8], &Context, &mut Packer)),
    /// As they come. Takes the byte offset at which the bytes begin.
    Stream {
        open: fn(&Context, u64) -> Box<dyn Stream>,
        /// Whether every line can be read without the others, so that the end may be read before the start.
        lines_stand_alone: bool,
    },
}

/// A format being read as its bytes come. Bytes may be cut anywhere.
pub trait Stream: Send {
    /// Takes more bytes.
    fn push(&mut self, bytes: &[u8], packer: &mut Packer);

    /// A stream that goes on behind `ahead`, which would be pushed next and ends a line. `None` when that cannot be known
    /// without reading it.
    fn behind(&self, _ahead: &[u8]) -> Option<Box<dyn Stream>> {
        None
    }

    /// There are no more bytes for the moment: packs what is whole, and drafts that are still open as such.
    fn pause(&mut self, packer: &mut Packer);

    /// The source has been quiet: packs what is left. More may still come.
    fn finish(&mut self, packer: &mut Packer);

    /// Whoever wrote has gone: packs what is left, and says what was left unfinished. What comes now begins a line.
    fn end(&mut self, packer: &mut Packer) {
        self.finish(packer);
    }
}
