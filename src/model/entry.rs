//! One entry of a liveblog, as everyone holds it: a handle into a segment, with methods.

use crate::text::{link::Link, prose::ProseRef};

use super::{
    Kinds, Media, Segment, SourceId, Stamp,
    segment::{Extras, Record},
};

/// How much of a body's first sentence is shown in place of a headline, in characters.
const LONGEST_LABEL: usize = 200;

/// A handle to an entry.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    segment: &'a Segment,
    record: &'a Record,
    text_start: u32,
    index: u32,
}

/// What stands in a list for an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label<'a> {
    /// Its headline.
    Headline(&'a str),
    /// The beginning of its body; the bytes of the body it covers start at 0.
    Beginning(&'a str),
    /// It has no words; the kind of its first medium, or that it is empty.
    Media(&'static str),
}

impl<'a> Entry<'a> {
    /// Entry `index` of `segment`.
    pub fn new(segment: &'a Segment, index: usize) -> Option<Self> {
        let (record, text_start) = segment.record(index)?;
        Some(Self { segment, record, text_start, index: index as u32 })
    }

    fn part(self, start: u32, end: u32) -> &'a str {
        self.segment.text.get(start as usize..end as usize).unwrap_or_default()
    }

    fn extras(self) -> Option<&'a Extras> {
        self.record.extras.checked_sub(1).and_then(|number| self.segment.extras.get(number as usize))
    }

    /// Its id within its source.
    pub fn id(self) -> &'a str {
        self.part(self.text_start, self.record.id_end)
    }

    /// The source it came from.
    pub fn source(self) -> SourceId {
        self.record.source
    }

    /// Its headline, if it has one.
    pub fn headline(self) -> Option<&'a str> {
        let headline = self.part(self.record.id_end, self.record.headline_end);
        (!headline.is_empty()).then_some(headline)
    }

    /// Who wrote it.
    pub fn authors(self) -> impl Iterator<Item = &'a str> {
        let authors = self.part(self.record.headline_end, self.record.authors_end);
        authors.split('\n').filter(|author| !author.is_empty())
    }

    /// What it says.
    pub fn body(self) -> ProseRef<'a> {
        let text = self.part(self.record.authors_end, self.record.body_end);
        match self.extras() {
            Some(extras) => ProseRef::from_parts(text, &extras.blocks, &extras.marks, &extras.links),
            None => ProseRef::from_parts(text, &[], &[], &[]),
        }
    }

    /// Its pictures, videos and embeds.
    pub fn media(self) -> &'a [Media] {
        self.extras().map_or(&[], |extras| &extras.media)
    }

    /// Where it stands on the web.
    pub fn link(self) -> Option<Link> {
        Link::parse(self.part(self.record.body_end, self.record.link_end))
    }

    /// When it was published, if that is known.
    pub fn published(self) -> Option<Stamp> {
        self.record.published
    }

    /// When it was last revised, if the source says so.
    pub fn revised(self) -> Option<Stamp> {
        self.record.revised
    }

    /// Its place on the clock, in milliseconds since 1970: its own time or that of its neighbour.
    pub fn place(self) -> i64 {
        self.record.place
    }

    /// Its place among entries of one moment.
    pub fn position(self) -> i64 {
        self.record.position
    }

    /// Whether its end is not certain yet.
    pub fn is_open(self) -> bool {
        self.record.is_open
    }

    /// What it is beside an entry.
    pub fn kinds(self) -> Kinds {
        self.record.kinds
    }

    /// Headline, authors and body, folded, with a line end after each.
    pub fn folded(self) -> &'a str {
        let index = self.index as usize;
        let start = index.checked_sub(1).map_or(0, |before| self.segment.folded_end(before));
        self.segment.folded().get(start..self.segment.folded_end(index)).unwrap_or_default()
    }

    /// What stands for it in a list.
    pub fn label(self) -> Label<'a> {
        if let Some(headline) = self.headline() {
            return Label::Headline(headline);
        }
        let beginning = beginning(self.body().text());
        if !beginning.is_empty() {
            return Label::Beginning(beginning);
        }
        Label::Media(self.media().first().map_or("(empty)", |media| match media.kind {
            super::MediaKind::Image => "(picture)",
            super::MediaKind::Video => "(video)",
            super::MediaKind::Audio => "(sound)",
            super::MediaKind::Embed => "(embed)",
        }))
    }

    /// The key of what `source` calls `id`.
    pub fn key_of(source: SourceId, id: &str) -> u64 {
        super::packer::key(source, id)
    }

    /// A hash of source and id, of use in this run only.
    pub fn key(self) -> u64 {
        self.record.key
    }

    /// Whether both say the same: everything but where they stood in their source.
    pub fn says_the_same(self, other: Entry<'_>) -> bool {
        self.is_set_like(other)
            && self.is_open() == other.is_open()
            && self.published() == other.published()
            && self.revised() == other.revised()
            && self.kinds() == other.kinds()
            && self.link() == other.link()
    }

    /// Whether both give the same page: words, markup, links and media.
    pub fn is_set_like(self, other: Entry<'_>) -> bool {
        self.has_the_words_of(other) && self.extras() == other.extras()
    }

    /// Whether this is `other`, whose end was not certain, with more words at its end.
    pub fn goes_on_from(self, other: Entry<'_>) -> bool {
        let goes_on = |now: &str, before: &str| now.starts_with(before.trim_end());
        let (headline, before) = (self.headline().unwrap_or_default(), other.headline().unwrap_or_default());
        let ends_in_headline = other.body().text().is_empty();
        other.is_open()
            && self.authors().eq(other.authors())
            && (headline == before || ends_in_headline && goes_on(headline, before))
            && goes_on(self.body().text(), other.body().text())
    }

    /// Whether headline, authors and body are the same, letter by letter.
    pub(super) fn has_the_words_of(self, other: Entry<'_>) -> bool {
        self.headline() == other.headline()
            && self.authors().eq(other.authors())
            && self.body().text() == other.body().text()
    }
}

/// The first sentence of `text`, or as much of its first line as a list can use.
fn beginning(text: &str) -> &str {
    let line = text.lines().next().unwrap_or_default();
    let end = line.char_indices().nth(LONGEST_LABEL).map_or(line.len(), |(at, _)| at);
    let line = line.get(..end).unwrap_or(line);
    let mut before = ' ';
    for (at, char) in line.char_indices() {
        let is_end = matches!(before, '.' | '!' | '?' | '”' | '’') && char == ' ';
        let is_long_enough = at >= 40;
        if is_end && is_long_enough {
            return line.get(..at).unwrap_or(line);
        }
        before = char;
    }
    line
}
