//! An index of a blog: who said what, or the numbers and how they moved, kept as entries come and go.
//!
//! What is in an entry is worked out once, when it is taken. The rows of a view are filled with it bit by bit, the newest
//! entries first, and kept current bit by bit, so that no step takes long however much there is, and what comes costs what
//! it brings. When [`Roll::work`] says that nothing is left, the rows are those of [`Voices::only`] or [`Ledger::only`].

mod filling;
mod row;

use std::fmt::Debug;

use crate::model::Timeline;

use super::{
    Holder, Ledger, View, Voices,
    ledger::Kept,
    rows::{Anchor, GivenUp},
    voices::{Said, Words},
};

use filling::Filling;
pub(super) use filling::{News, Stock};
pub use row::{IndexRow, SeriesRow, VoiceRow};

/// How many mentions are put in place at once: about a thousandth of a second.
const SLICE: usize = 512;

/// What is shown.
#[derive(Debug)]
enum Shown {
    Quotes(Filling<Voices>),
    Numbers(Filling<Ledger>),
}

/// What was shown, while its memory is given back.
#[derive(Debug)]
enum Former {
    Quotes(GivenUp<Said>),
    Numbers(GivenUp<Kept>),
}

/// An index of a blog. See the module's description.
#[derive(Debug, Default)]
pub struct Roll {
    voices: Voices,
    ledger: Ledger,
    shown: Option<Shown>,
    former: Vec<Former>,
}

impl Roll {
    /// Takes what is in `holder`, in place of what was taken of it before.
    pub fn take(&mut self, timeline: &Timeline, holder: Holder) {
        self.voices.take(timeline, holder);
        self.ledger.take(timeline, holder);
    }

    /// Forgets what is in `holder`: it was revised or taken down.
    pub fn forget(&mut self, holder: Holder) {
        self.voices.forget(holder);
        self.ledger.forget(holder);
    }

    /// Begins to fill the rows of `view` anew.
    pub fn show(&mut self, view: View) {
        self.hide();
        self.shown = Some(match view {
            View::Quotes => Shown::Quotes(Filling::new(&mut self.voices)),
            _ => Shown::Numbers(Filling::new(&mut self.ledger)),
        });
    }

    /// Gives the rows up.
    pub fn hide(&mut self) {
        self.voices.news().want(false);
        self.ledger.news().want(false);
        self.former.extend(self.shown.take().map(|shown| match shown {
            Shown::Quotes(filling) => Former::Quotes(filling.rows.into()),
            Shown::Numbers(filling) => Former::Numbers(filling.rows.into()),
        }));
    }

    /// Puts a bit of what was taken in its place: of holders that `admits` lets in, and of words that `lets_speak` does.
    /// Tells whether more is left.
    pub fn work(&mut self, admits: impl Fn(Holder) -> bool, lets_speak: impl Fn(&Words) -> bool) -> bool {
        match &mut self.shown {
            Some(Shown::Quotes(filling)) => filling.work(&mut self.voices, SLICE, |said| {
                admits(said.words.spot.holder) && lets_speak(&said.words)
            }),
            Some(Shown::Numbers(filling)) => {
                filling.work(&mut self.ledger, SLICE, |kept| admits(kept.figure.spot.holder))
            }
            None => false,
        }
    }

    /// Whether something was taken that is not in its place yet.
    pub fn is_left(&mut self) -> bool {
        match &mut self.shown {
            Some(Shown::Quotes(filling)) => filling.is_left(&mut self.voices),
            Some(Shown::Numbers(filling)) => filling.is_left(&mut self.ledger),
            None => false,
        }
    }

    /// Gives some memory of rows back that were shown before; tells whether more is left.
    pub fn give_back(&mut self) -> bool {
        let is_left = match self.former.last_mut() {
            Some(Former::Quotes(rows)) => rows.work(),
            Some(Former::Numbers(rows)) => rows.work(),
            None => return false,
        };
        if !is_left {
            self.former.pop();
        }
        !self.former.is_empty()
    }

    /// How many mentions the view that is shown tells of `holder`, of words that `lets_speak` lets through.
    pub fn count(&self, holder: Holder, lets_speak: impl Fn(&Words) -> bool) -> usize {
        match self.shown {
            Some(Shown::Quotes(_)) => self.voices.of(holder).filter(|words| lets_speak(words)).count(),
            Some(Shown::Numbers(_)) => self.ledger.count(holder),
            None => 0,
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        match &self.shown {
            Some(Shown::Quotes(filling)) => filling.rows.len(),
            Some(Shown::Numbers(filling)) => filling.rows.len(),
            None => 0,
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The rows from number `index` on.
    pub fn rows(&self, index: usize) -> impl Iterator<Item = IndexRow<'_>> {
        let quotes = match &self.shown {
            Some(Shown::Quotes(filling)) => Some(filling.rows.from(index)),
            _ => None,
        };
        let numbers = match &self.shown {
            Some(Shown::Numbers(filling)) => Some(filling.rows.from(index)),
            _ => None,
        };
        let series = |told| IndexRow::Series(SeriesRow { told, ledger: &self.ledger });
        let quotes = quotes.into_iter().flatten().map(|told| IndexRow::Voice(VoiceRow { told }));
        quotes.chain(numbers.into_iter().flatten().map(series))
    }

    /// How many mentions there are in all rows.
    pub fn mentions(&self) -> usize {
        match &self.shown {
            Some(Shown::Quotes(filling)) => filling.rows.mentions(),
            Some(Shown::Numbers(filling)) => filling.rows.mentions(),
            None => 0,
        }
    }

    /// How many rows have a name.
    pub fn named(&self) -> usize {
        match &self.shown {
            Some(Shown::Quotes(filling)) => filling.rows.count_while(|(is_unnamed, ..)| !is_unnamed),
            _ => self.len(),
        }
    }

    /// The number of the row that holds what stands at `anchor`.
    pub fn find(&self, anchor: Anchor) -> Option<usize> {
        match &self.shown {
            Some(Shown::Quotes(filling)) => filling.find(&self.voices, anchor),
            Some(Shown::Numbers(filling)) => filling.find(&self.ledger, anchor),
            None => None,
        }
    }

    /// Where the row stands now that `key` was asked of.
    pub fn find_row(&self, key: u32) -> Option<usize> {
        match &self.shown {
            Some(Shown::Quotes(filling)) => filling.rows.index_of_row(key),
            Some(Shown::Numbers(filling)) => filling.rows.index_of_row(key),
            None => None,
        }
    }
}

#[cfg(test)]
mod tests;
