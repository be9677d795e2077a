//! What one look at a source gave, packed for the timeline.
//!
//! A long source gives several readings for one look: the first `begins` it, the last is `complete`.

use std::{sync::Arc, time::Duration};

use crate::text::line::Line;

use super::{Blog, Entry, Segment, SourceId, limits};

/// What a reading's silence about an entry means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Coverage {
    /// Nothing: it tells only what is new.
    #[default]
    Delta,
    /// The entry is gone, when the look is complete and still held an older one.
    Window,
    /// The entry is gone, when the look is complete.
    Whole,
    /// Of a file that was written anew: as a window, and what is not gone is no longer in the file.
    Rewritten,
    /// Of a file that was cut or rotated: the entry is no longer in it, when the look is complete and held any.
    Cut,
}

/// A fault in a feed: shown to the reader, never fatal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line it is in, from 1.
    pub line: Option<u64>,
    /// What was wrong, and what was done.
    pub message: Line,
}

impl Problem {
    /// A problem with `message`, cut to its bound.
    pub fn new(line: Option<u64>, message: &str) -> Self {
        let mut message = Line::new(message);
        message.cut(limits::PROBLEM);
        Self { line, message }
    }
}

/// One reading of a source.
#[derive(Debug, Clone)]
pub struct Reading {
    pub source: SourceId,
    /// The name of the format it was read in.
    pub format: &'static str,
    /// The entries, in the order the source told them.
    pub segment: Arc<Segment>,
    /// The blog, when this reading told it or it changed.
    pub blog: Option<Arc<Blog>>,
    /// Ids of entries that the source says were taken down, after those in `segment`.
    pub removed: Vec<Line>,
    pub coverage: Coverage,
    /// Whether this is the first reading of a look.
    pub begins: bool,
    /// Whether the look ends with this reading.
    pub complete: bool,
    pub problems: Vec<Problem>,
    /// How many problems there are beside those: too many to keep.
    pub problems_left_out: usize,
    /// How many entries could not be read at all.
    pub unreadable: usize,
    /// How long the source asks not to be looked at again.
    pub rest: Option<Duration>,
    /// Whether it is of a further part of the blog, which the reader asked for: nothing in it is news.
    pub is_further: bool,
}

impl Reading {
    /// This reading in pieces of about `size` bytes of text, which mean the same one after the other.
    pub fn in_pieces(self, size: usize) -> Vec<Self> {
        let runs = self.segment.runs(size);
        if runs.len() < 2 {
            return vec![self];
        }
        let last = runs.len() - 1;
        let piece = |(index, run)| {
            let is_last = index == last;
            Self {
                segment: Arc::new(self.segment.select(run)),
                blog: self.blog.clone().filter(|_| index == 0),
                removed: if is_last { self.removed.clone() } else { Vec::new() },
                begins: self.begins && index == 0,
                complete: self.complete && is_last,
                problems: if index == 0 { self.problems.clone() } else { Vec::new() },
                problems_left_out: if index == 0 { self.problems_left_out } else { 0 },
                unreadable: if index == 0 { self.unreadable } else { 0 },
                ..self
            }
        };
        runs.into_iter().enumerate().map(piece).collect()
    }

    /// Keeps those of its entries alone that are to stay.
    pub fn keep(&mut self, stays: impl Fn(Entry<'_>) -> bool) {
        let is_kept = |index: &usize| Entry::new(&self.segment, *index).is_some_and(&stays);
        let kept: Vec<usize> = (0..self.segment.len()).filter(is_kept).collect();
        if kept.len() < self.segment.len() {
            self.segment = Arc::new(self.segment.select(kept));
        }
    }

    /// Its entries, in the order the source told them.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = Entry<'_>> {
        (0..self.segment.len()).filter_map(|index| Entry::new(&self.segment, index))
    }

    /// Whether it brings nothing and means nothing.
    pub fn is_empty(&self) -> bool {
        self.segment.is_empty()
            && self.blog.is_none()
            && self.removed.is_empty()
            && self.problems.is_empty()
            && self.problems_left_out == 0
            && !self.begins
            && !self.complete
    }
}
