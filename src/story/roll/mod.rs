//! An index of a blog: who said what, or the numbers and how they moved, kept as entries come and go.
//!
//! What is in an entry is worked out once, when it is taken. The rows of a view are filled with it bit by bit, the newest
//! entries first, and kept current bit by bit, so that no step takes long however much there is, and what comes costs what
//! it brings. When [`Roll::work`] says that nothing is left, the rows are those of [`Voices::only`] or [`Ledger::only`].

use std::{collections::VecDeque, fmt::Debug};

use crate::{model::Timeline, text::quotes::QuoteKind};

use super::{
    Holder, Ledger, Spot, View, Voices,
    ledger::{Figure, Kept},
    rows::{Anchor, GivenUp, Grouping, Mention, Rows, Told},
    voices::{Said, Words},
};

/// How many mentions are put in place at once: about a thousandth of a second.
const SLICE: usize = 512;

/// What holders say, and which of it is one row.
pub(super) trait Stock: Grouping {
    type Mention: Mention;

    /// What was taken of `holder`.
    fn held(&self, holder: Holder) -> &[Self::Mention];
    /// The last holder before `end` of which something was taken, or the last of all.
    fn before(&self, end: Option<Holder>) -> Option<Holder>;
    fn news(&mut self) -> &mut News<Self::Mention>;
}

/// What was taken and forgotten since this was last asked, in that order.
#[derive(Debug)]
pub(super) struct News<M> {
    is_wanted: bool,
    mentions: VecDeque<(bool, M)>,
    /// Stems that may have another home.
    stems: VecDeque<u32>,
    /// Rows that may be called otherwise.
    rows: VecDeque<u32>,
}

impl<M> Default for News<M> {
    fn default() -> Self {
        let (mentions, stems, rows) = (VecDeque::new(), VecDeque::new(), VecDeque::new());
        Self { is_wanted: false, mentions, stems, rows }
    }
}

impl<M: Copy> News<M> {
    /// From here on all is wanted, or nothing.
    fn want(&mut self, is_wanted: bool) {
        *self = Self { is_wanted, ..Self::default() };
    }

    fn is_empty(&self) -> bool {
        self.mentions.is_empty() && self.stems.is_empty() && self.rows.is_empty()
    }

    pub(super) fn came(&mut self, mentions: &[M]) {
        if self.is_wanted {
            self.mentions.extend(mentions.iter().map(|mention| (true, *mention)));
        }
    }

    pub(super) fn went(&mut self, mentions: &[M]) {
        if self.is_wanted {
            self.mentions.extend(mentions.iter().map(|mention| (false, *mention)));
        }
    }

    pub(super) fn changed(&mut self, stems: Vec<u32>, rows: Vec<u32>) {
        if self.is_wanted {
            self.stems.extend(stems);
            self.rows.extend(rows);
        }
    }
}

/// The rows of a view, and how far they are filled.
#[derive(Debug)]
struct Filling<S: Stock> {
    rows: Rows<S::Mention>,
    /// The first holder that is in; those behind it are in too.
    end: Option<Holder>,
    is_full: bool,
}

impl<S: Stock> Filling<S> {
    fn new(stock: &mut S) -> Self {
        stock.news().want(true);
        Self { rows: Rows::default(), end: None, is_full: false }
    }

    fn has(&self, holder: Holder) -> bool {
        self.is_full || self.end.is_some_and(|end| end <= holder)
    }

    /// Puts about `most` mentions in their places; tells whether more is left.
    fn work(&mut self, stock: &mut S, most: usize, admits: impl Fn(&S::Mention) -> bool) -> bool {
        let mut left = most;
        while left > 0 {
            let news = stock.news();
            if let Some((has_come, mention)) = news.mentions.pop_front() {
                if !has_come {
                    self.rows.remove(&mention);
                } else if self.has(mention.anchor().spot.holder) && admits(&mention) {
                    self.rows.add(mention, stock);
                }
            } else if let Some(stem) = news.stems.pop_front() {
                self.rows.unsettle(stem);
            } else if let Some(row) = news.rows.pop_front() {
                self.rows.rename(row, stock);
            } else {
                break;
            }
            left -= 1;
        }
        left -= self.rows.work(left, stock).min(left);
        while left > 0 && !self.is_full {
            let Some(holder) = stock.before(self.end) else {
                self.is_full = true;
                break;
            };
            self.end = Some(holder);
            let held = stock.held(holder);
            held.iter().filter(|mention| admits(mention)).for_each(|mention| self.rows.add(*mention, stock));
            left = left.saturating_sub(held.len());
        }
        self.is_left(stock)
    }

    fn is_left(&self, stock: &mut S) -> bool {
        !(self.is_full && self.rows.is_settled() && stock.news().is_empty())
    }

    /// The rank of the row that holds what stands at `anchor`.
    fn find(&self, stock: &S, anchor: Anchor) -> Option<usize> {
        let mut held = stock.held(anchor.spot.holder).iter();
        self.rows.index_of_mention(held.find(|mention| mention.anchor() == anchor)?)
    }
}

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

/// A row of an index.
#[derive(Debug, Clone, Copy)]
pub enum IndexRow<'a> {
    Voice(VoiceRow<'a>),
    Series(SeriesRow<'a>),
}

/// A speaker and what they said.
#[derive(Debug, Clone, Copy)]
pub struct VoiceRow<'a> {
    told: Told<'a, Said>,
}

/// What was counted, and its figures.
#[derive(Debug, Clone, Copy)]
pub struct SeriesRow<'a> {
    told: Told<'a, Kept>,
    ledger: &'a Ledger,
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

#[cfg(test)]
mod tests;
