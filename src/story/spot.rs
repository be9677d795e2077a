//! Where something was found: in an entry or a standfirst, in its headline or its body, and between which bytes.

use std::ops::Range;

use crate::{
    model::{Entry, Row, SourceId, Timeline, timeline::Place},
    text::prose::ProseRef,
};

pub use super::clause::sentence;

/// What holds a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// The standfirst of a source.
    Standfirst(SourceId),
    Entry(Row),
}

/// A part of what a holder says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    Headline,
    Body,
}

/// A place in a part of a holder: bytes, on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    pub holder: Holder,
    pub part: Part,
    pub start: u32,
    pub end: u32,
}

impl Holder {
    /// The parts of this holder that have words; none when the timeline does not have it.
    pub fn parts(self, timeline: &Timeline) -> impl Iterator<Item = (Part, ProseRef<'_>)> {
        [Part::Headline, Part::Body]
            .into_iter()
            .filter_map(move |part| Some((part, self.prose(timeline, part)?)))
            .filter(|(_, prose)| !prose.text().is_empty())
    }

    /// One part with its markup.
    pub fn prose(self, timeline: &Timeline, part: Part) -> Option<ProseRef<'_>> {
        match (self, part) {
            (Self::Entry(row), Part::Headline) => timeline.entry(row)?.headline().map(ProseRef::plain),
            (Self::Entry(row), Part::Body) => timeline.entry(row).map(Entry::body),
            (Self::Standfirst(_), Part::Headline) => None,
            (Self::Standfirst(source), Part::Body) => Some(timeline.blog(source)?.standfirst.as_ref()),
        }
    }

    /// The text of one part.
    pub fn text(self, timeline: &Timeline, part: Part) -> Option<&str> {
        self.prose(timeline, part).map(ProseRef::text)
    }

    /// The row of the entry, if it is one.
    pub fn row(self) -> Option<Row> {
        match self {
            Self::Entry(row) => Some(row),
            Self::Standfirst(_) => None,
        }
    }

    /// The source that it is of.
    pub fn source(self, timeline: &Timeline) -> Option<SourceId> {
        match self {
            Self::Entry(row) => timeline.entry(row).map(Entry::source),
            Self::Standfirst(source) => Some(source),
        }
    }

    /// Where it stands in time; a standfirst stands before all entries.
    pub fn place(self, timeline: &Timeline) -> Option<Place> {
        match self {
            Self::Entry(row) => timeline.place(row),
            Self::Standfirst(source) => Some(Place { millis: i64::MIN, source, position: 0, row: 0 }),
        }
    }
}

impl Spot {
    /// A spot at `range` of a part.
    pub fn new(holder: Holder, part: Part, range: &Range<usize>) -> Self {
        Self { holder, part, start: range.start as u32, end: range.end as u32 }
    }

    /// Its bytes.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// What stands there.
    pub fn text(self, timeline: &Timeline) -> Option<&str> {
        self.holder.text(timeline, self.part)?.get(self.range())
    }

    /// The sentence it stands in, cut where it is very long.
    pub fn sentence(self, timeline: &Timeline) -> Option<&str> {
        self.holder.text(timeline, self.part)?.get(self.sentence_range(timeline)?)
    }

    /// Where that sentence is in its part.
    pub fn sentence_range(self, timeline: &Timeline) -> Option<Range<usize>> {
        Some(sentence(self.holder.text(timeline, self.part)?, &self.range()))
    }
}
