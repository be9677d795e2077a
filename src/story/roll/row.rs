//! A row of an index as it is shown: a speaker with what they said, or what was counted with its figures.

use crate::{
    story::{
        Ledger, Spot,
        ledger::{Figure, Kept},
        rows::{Anchor, Mention, Told},
        voices::{Said, Words},
    },
    text::quotes::QuoteKind,
};

/// A row of an index.
#[derive(Debug, Clone, Copy)]
pub enum IndexRow<'a> {
    Voice(VoiceRow<'a>),
    Series(SeriesRow<'a>),
}

/// A speaker and what they said.
#[derive(Debug, Clone, Copy)]
pub struct VoiceRow<'a> {
    pub(super) told: Told<'a, Said>,
}

/// What was counted, and its figures.
#[derive(Debug, Clone, Copy)]
pub struct SeriesRow<'a> {
    pub(super) told: Told<'a, Kept>,
    pub(super) ledger: &'a Ledger,
}

impl<'a> IndexRow<'a> {
    /// What the row is called: a speaker, or what was counted. Nothing for words that nobody is named for.
    pub fn name(self) -> Option<&'a str> {
        match self {
            Self::Voice(voice) => voice.name(),
            Self::Series(series) => Some(series.label()),
        }
    }

    /// What tells the row from others, however it moves; none for a figure that stands alone.
    pub fn key(self) -> Option<u32> {
        match self {
            Self::Voice(VoiceRow { told: Told::Row(number, _) })
            | Self::Series(SeriesRow { told: Told::Row(number, _), .. }) => Some(number),
            _ => None,
        }
    }

    /// How many mentions it has.
    pub fn count(self) -> usize {
        match self {
            Self::Voice(voice) => voice.told.count(),
            Self::Series(series) => series.told.count(),
        }
    }

    /// Where mention `index`, counted in order of time, stands.
    pub fn anchor(self, index: usize) -> Option<Anchor> {
        match self {
            Self::Voice(voice) => voice.told.get(index).map(Mention::anchor),
            Self::Series(series) => series.told.get(index).map(Mention::anchor),
        }
    }

    /// The same without its time.
    pub fn spot(self, index: usize) -> Option<Spot> {
        self.anchor(index).map(|anchor| anchor.spot)
    }

    /// The number of the mention at `anchor`.
    pub fn index_of(self, anchor: Anchor) -> Option<usize> {
        match self {
            Self::Voice(voice) => voice.told.index_of(anchor),
            Self::Series(series) => series.told.index_of(anchor),
        }
    }

    /// The number of the mention that stands where `anchor` stood, or nearest to it.
    pub fn nearest(self, anchor: Anchor) -> usize {
        match self {
            Self::Voice(voice) => voice.told.nearest(anchor),
            Self::Series(series) => series.told.nearest(anchor),
        }
    }

    /// Whether mention `index` is words within a sentence of somebody else.
    pub fn is_mixed(self, index: usize) -> bool {
        matches!(self, Self::Voice(voice)
            if voice.told.get(index).is_some_and(|said| said.words.kind == QuoteKind::Mixed))
    }
}

impl<'a> VoiceRow<'a> {
    /// The fullest form of the name that was met; none for what nobody is named for.
    pub fn name(self) -> Option<&'a str> {
        match self.told {
            Told::Row(_, row) => row.name.as_deref(),
            Told::Alone(_) => None,
        }
    }

    /// What was said, in order of time, a standfirst first.
    pub fn quotes(self) -> impl Iterator<Item = &'a Words> {
        let (row, alone) = match self.told {
            Told::Row(_, row) => (Some(row), None),
            Told::Alone(said) => (None, Some(said)),
        };
        row.into_iter().flat_map(|row| row.mentions.from(0)).chain(alone).map(|said| &said.words)
    }
}

impl<'a> SeriesRow<'a> {
    /// What was counted, in the words of the latest figure.
    pub fn label(self) -> &'a str {
        let latest = match self.told {
            Told::Row(_, row) => row.mentions.last(),
            Told::Alone(kept) => Some(kept),
        };
        latest.map_or("", |kept| self.ledger.label(kept))
    }

    /// The latest figure.
    pub fn latest(self) -> Option<&'a Figure> {
        self.told.get(self.told.count().checked_sub(1)?).map(|kept| &kept.figure)
    }

    /// Whether its figures differ.
    pub fn has_moved(self) -> bool {
        self.step_count() > 1
    }

    /// How many figures differ from the one before, with the first.
    pub fn step_count(self) -> usize {
        match self.told {
            Told::Row(_, row) => row.steps.len(),
            Told::Alone(_) => 1,
        }
    }

    /// Those figures from number `index` on.
    pub fn steps(self, index: usize) -> impl Iterator<Item = &'a Figure> {
        let (row, alone) = match self.told {
            Told::Row(_, row) => (Some(row), None),
            Told::Alone(kept) => (None, Some(kept).filter(|_| index == 0)),
        };
        row.into_iter().flat_map(move |row| row.steps.from(index)).chain(alone).map(|kept| &kept.figure)
    }
}
