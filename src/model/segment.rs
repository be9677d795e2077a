//! Entries packed for keeping: one text, one row of numbers each, and one folded text once they are searched.
//!
//! Folding takes as long as reading and as much memory as the text, so it is left to whoever looks for something first:
//! a search, or a source that has read all it has. Immutable once sealed, and shared by everyone. An entry's text is its
//! id, headline, authors (a line each), body and address, end to end; where a row's parts end is all that is stored, for
//! they begin where the one before ended.

use std::{ops::Range, sync::OnceLock};

use crate::text::{
    fold,
    link::Link,
    prose::{Block, Mark},
};

use super::{Draft, Kinds, Media, SourceId, Stamp};

/// Where the parts of an entry end, and its numbers.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) id_end: u32,
    pub(super) headline_end: u32,
    pub(super) authors_end: u32,
    pub(super) body_end: u32,
    pub(super) link_end: u32,
    /// The number of its extras, counted from 1; 0 for none.
    pub(super) extras: u32,
    pub(super) source: SourceId,
    pub(super) is_open: bool,
    pub(super) kinds: Kinds,
    pub(super) published: Option<Stamp>,
    pub(super) revised: Option<Stamp>,
    /// Its place on the clock, in milliseconds since 1970: its own time or that of its neighbour.
    pub(super) place: i64,
    pub(super) position: i64,
    /// A hash of source and id.
    pub(super) key: u64,
}

/// What few entries have: told blocks, marks, links and media.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Extras {
    pub(super) blocks: Box<[Block]>,
    pub(super) marks: Box<[Mark]>,
    pub(super) links: Box<[Link]>,
    pub(super) media: Box<[Media]>,
}

/// Packed entries. See the module's description.
#[derive(Debug, Clone, Default)]
pub struct Segment {
    pub(super) text: String,
    folded: OnceLock<Folded>,
    pub(super) records: Vec<Record>,
    pub(super) extras: Vec<Extras>,
}

/// The text of all entries as it is searched.
#[derive(Debug, Clone, Default)]
struct Folded {
    /// Headline, authors and body of each, a line end after each.
    text: String,
    /// Where each entry ends in it.
    ends: Vec<u32>,
}

/// What the packer knows of an entry beside its draft.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placing<'a> {
    pub(super) id: &'a str,
    pub(super) source: SourceId,
    pub(super) place: i64,
    pub(super) key: u64,
}

impl Segment {
    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The folded text of all entries, end to end; each entry's ends with a line end. Worked out when it is asked for first.
    pub fn folded(&self) -> &str {
        &self.folding().text
    }

    /// The number of the entry that holds byte `at` of the folded text.
    pub fn index_at(&self, at: usize) -> usize {
        self.folding().ends.partition_point(|end| *end as usize <= at)
    }

    /// Where the folded text of entry `index` ends.
    pub fn folded_end(&self, index: usize) -> usize {
        let Folded { text, ends } = self.folding();
        ends.get(index).map_or(text.len(), |end| *end as usize)
    }

    /// Bytes of text held when it is folded, about.
    pub fn size(&self) -> usize {
        2 * self.text.len()
    }

    fn folding(&self) -> &Folded {
        self.folded.get_or_init(|| {
            let mut folded = Folded {
                text: String::with_capacity(self.text.len() + 3 * self.len()),
                ends: Vec::with_capacity(self.len()),
            };
            for record in &self.records {
                let parts = [
                    record.id_end..record.headline_end,
                    record.headline_end..record.authors_end,
                    record.authors_end..record.body_end,
                ];
                for part in parts {
                    let part = self.text.get(part.start as usize..part.end as usize);
                    fold::fold_into(part.unwrap_or_default(), &mut folded.text);
                    folded.text.push('\n');
                }
                folded.ends.push(folded.text.len() as u32);
            }
            folded.text.shrink_to_fit();
            folded
        })
    }

    /// The record of entry `index`, and where its text begins.
    pub(super) fn record(&self, index: usize) -> Option<(&Record, u32)> {
        let record = self.records.get(index)?;
        let before = index.checked_sub(1).and_then(|before| self.records.get(before));
        Some((record, before.map_or(0, |before| before.link_end)))
    }

    /// Makes room for `bytes` more bytes of text.
    pub(super) fn reserve(&mut self, bytes: usize) {
        self.text.reserve(bytes);
    }

    /// Appends an entry. The texts of a segment must stay below 4 GB.
    pub(super) fn push(&mut self, draft: &Draft, placing: Placing<'_>) {
        let body = draft.body.as_ref();
        self.text.push_str(placing.id);
        let id_end = self.text.len() as u32;
        self.text.push_str(&draft.headline);
        let headline_end = self.text.len() as u32;
        for (index, author) in draft.authors.iter().enumerate() {
            if index > 0 {
                self.text.push('\n');
            }
            self.text.push_str(author);
        }
        let authors_end = self.text.len() as u32;
        self.text.push_str(body.text());
        let body_end = self.text.len() as u32;
        self.text.push_str(draft.link.as_ref().map_or("", Link::as_str));
        let link_end = self.text.len() as u32;
        let extras = Extras {
            blocks: body.told_blocks().into(),
            marks: body.marks().into(),
            links: body.links().into(),
            media: draft.media.as_slice().into(),
        };
        let extras = if extras == Extras::default() {
            0
        } else {
            self.extras.push(extras);
            self.extras.len() as u32
        };
        self.records.push(Record {
            id_end,
            headline_end,
            authors_end,
            body_end,
            link_end,
            extras,
            source: placing.source,
            is_open: draft.is_open,
            kinds: draft.kinds,
            published: draft.published,
            revised: draft.revised,
            place: placing.place,
            position: draft.position,
            key: placing.key,
        });
    }

    /// Appends entry `index` of `other` as it is.
    pub(super) fn push_from(&mut self, other: &Self, index: usize) {
        let Some((record, text_start)) = other.record(index) else { return };
        let text = other.text.get(text_start as usize..record.link_end as usize).unwrap_or_default();
        let to = self.text.len() as u32;
        self.text.push_str(text);
        let extras = record.extras.checked_sub(1).and_then(|number| other.extras.get(number as usize));
        let extras = extras.map_or(0, |extras| {
            self.extras.push(extras.clone());
            self.extras.len() as u32
        });
        let moved = |end: u32| end - text_start + to;
        self.records.push(Record {
            id_end: moved(record.id_end),
            headline_end: moved(record.headline_end),
            authors_end: moved(record.authors_end),
            body_end: moved(record.body_end),
            link_end: moved(record.link_end),
            extras,
            ..record.clone()
        });
    }

    /// The entries of `self` at `indices`, in that order.
    pub(super) fn select(&self, indices: impl IntoIterator<Item = usize>) -> Self {
        let mut selected = Self::default();
        indices.into_iter().for_each(|index| selected.push_from(self, index));
        selected.seal()
    }

    /// Runs of entries that hold about `size` bytes of text each.
    pub(super) fn runs(&self, size: usize) -> Vec<Range<usize>> {
        let mut runs = Vec::new();
        let (mut start, mut from) = (0, 0);
        for (index, record) in self.records.iter().enumerate() {
            if record.link_end as usize - from >= size {
                runs.push(start..index + 1);
                (start, from) = (index + 1, record.link_end as usize);
            }
        }
        if start < self.len() {
            runs.push(start..self.len());
        }
        runs
    }

    /// The entries of `self` and then those of `other`.
    pub(super) fn joined(&self, other: &Self) -> Self {
        let mut joined = Self {
            text: String::with_capacity(self.text.len() + other.text.len()),
            folded: OnceLock::new(),
            records: Vec::with_capacity(self.len() + other.len()),
            extras: Vec::new(),
        };
        (0..self.len()).for_each(|index| joined.push_from(self, index));
        (0..other.len()).for_each(|index| joined.push_from(other, index));
        joined
    }

    /// Gives back memory that was reserved and not used.
    pub(super) fn seal(mut self) -> Self {
        self.text.shrink_to_fit();
        self.records.shrink_to_fit();
        self.extras.shrink_to_fit();
        self
    }
}
