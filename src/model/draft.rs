//! An entry as a format yields it: owned, filled, packed, and filled again.

use std::ops::{BitOr, BitOrAssign};

use crate::text::{line::Line, link::Link, prose::Prose};

use super::Stamp;

/// What an entry is beside an entry; a set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Kinds(u8);

impl Kinds {
    pub const NONE: Self = Self(0);
    pub const KEY: Self = Self(1);
    pub const SUMMARY: Self = Self(2);
    pub const PINNED: Self = Self(4);
    pub const BREAKING: Self = Self(8);

    const NAMES: [(&'static str, Self); 4] = [
        ("key", Self::KEY),
        ("summary", Self::SUMMARY),
        ("pinned", Self::PINNED),
        ("breaking", Self::BREAKING),
    ];

    /// Whether all of `other` are in this set.
    pub fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether this is the empty set.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The words for the kinds in this set.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Self::NAMES.into_iter().filter(move |(_, kind)| self.contains(*kind)).map(|(name, _)| name)
    }

    /// The kind called `name` in printed feeds.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(known, _)| *known == name).map(|(_, kind)| kind)
    }
}

impl BitOr for Kinds {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Kinds {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// What a medium is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaKind {
    Image,
    Video,
    Audio,
    Embed,
}

impl MediaKind {
    const NAMES: [(&'static str, Self); 4] =
        [("image", Self::Image), ("video", Self::Video), ("audio", Self::Audio), ("embed", Self::Embed)];

    /// The word for it in printed feeds.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, kind)| *kind == self).map_or("embed", |(name, _)| name)
    }

    /// The medium called `name` in printed feeds.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(known, _)| *known == name).map(|(_, kind)| kind)
    }
}

/// A picture, video, sound or embed of an entry, shown as a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    pub kind: MediaKind,
    pub link: Option<Link>,
    /// Its caption or description.
    pub text: Line,
    pub credit: Line,
}

/// An entry on its way from a format to a [`Packer`](super::Packer). Empty lines say nothing.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The publisher's id. Without one, the packer makes one of `written`, headline and body.
    pub id: Line,
    /// The stamp as written, where there is one; only ids are made of it.
    pub written: String,
    pub published: Option<Stamp>,
    pub revised: Option<Stamp>,
    pub headline: Line,
    pub authors: Vec<Line>,
    pub kinds: Kinds,
    pub body: Prose,
    pub media: Vec<Media>,
    /// Where the entry stands on the web.
    pub link: Option<Link>,
    /// Its place among entries of one moment, ascending in time: the byte offset in a source whose end is the newest,
    /// minus the byte offset in one whose start is.
    pub position: i64,
    /// Whether its end is not certain yet: it is shown, and the next entry of its source takes its place.
    pub is_open: bool,
    /// Whether its source ends with it, perhaps within a line, and may go on: what then stands in its place is this entry.
    pub is_cut_short: bool,
}

impl Draft {
    /// Empties it for the next entry, keeping the memory it has.
    pub fn clear(&mut self) {
        self.id.clear();
        self.written.clear();
        self.published = None;
        self.revised = None;
        self.headline.clear();
        self.authors.clear();
        self.kinds = Kinds::NONE;
        self.body.clear();
        self.media.clear();
        self.link = None;
        self.position = 0;
        self.is_open = false;
        self.is_cut_short = false;
    }
}
