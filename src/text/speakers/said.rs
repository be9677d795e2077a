//! The quotations whose speakers are wanted, as `quotes` hands them over.

use std::ops::Range;

/// How the words of a quotation are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::text) enum Manner {
    /// A whole utterance.
    Whole,
    /// A part inside the writer's sentence.
    Part,
    /// Not as anybody's words.
    Unsaid,
}

/// A quotation whose speaker is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::text) struct Said {
    pub(in crate::text) range: Range<usize>,
    pub(in crate::text) line: Range<usize>,
    /// The speech of the quotation before goes on here.
    pub(in crate::text) continues: bool,
    pub(in crate::text) manner: Manner,
}

/// A line with more quotations than this is no prose, and nobody is named in it.
pub(super) const MOST: usize = 64;
