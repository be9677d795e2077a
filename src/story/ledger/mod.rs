//! The numbers of a blog, and how they moved.
//!
//! Built an entry at a time. What a figure counts is worked out when an entry is taken; which figures are one series is kept
//! as they come and go, since places that the blog tells keep figures apart. Figures that may not be the same thing stand
//! alone. Dates, times, ordinals, spans of time, ages and scores are no levels, and stay out.

mod series;

use std::{
    cmp::{Ordering, Reverse},
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use crate::{
    model::{Timeline, timeline::Place},
    text::numbers,
};

use super::{
    counted,
    roll::{News, Stock},
    rows::{Anchor, Grouping, Home, Mention, Row},
    spot::{Holder, Spot},
};

pub use series::{Figure, Series};

/// The numbers of a blog. See the module's description.
#[derive(Debug, Default)]
pub struct Ledger {
    things: Table,
    labels: Table,
    places: Table,
    /// What is counted and where, by thing and place.
    numbers: HashMap<(u32, u32), u32>,
    stems: Vec<Stem>,
    /// The named places that each thing is counted in, as their stems.
    named: HashMap<u32, BTreeSet<u32>>,
    held: BTreeMap<Holder, Box<[Kept]>>,
    news: News<Kept>,
}

/// A thing in a place.
#[derive(Debug)]
struct Stem {
    thing: u32,
    /// The stem of that thing where no place is named.
    anywhere: u32,
    /// How many figures there are.
    count: usize,
}

/// Texts that are told by numbers from 0.
#[derive(Debug, Default)]
struct Table {
    numbers: HashMap<String, u32>,
    texts: Vec<String>,
}

impl Table {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let next = self.texts.len() as u32;
        self.numbers.insert(text.to_owned(), next);
        self.texts.push(text.to_owned());
        next
    }

    fn text(&self, number: u32) -> &str {
        self.texts.get(number as usize).map_or("", String::as_str)
    }
}

/// A figure that was taken.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kept {
    pub(super) figure: Figure,
    /// Where it stands in time.
    place: Place,
    /// What it counts and where; none when it is of no series.
    stem: Option<u32>,
    label: u32,
}

impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Kept {}

impl PartialOrd for Kept {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Kept {
    fn cmp(&self, other: &Self) -> Ordering {
        self.anchor().cmp(&other.anchor())
    }
}

/// First series that moved, most figures first and then the latest; then the rest by time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    // The rest are many.
    Moved(Box<(Reverse<usize>, Reverse<Option<Place>>)>),
    Rest,
}

impl Mention for Kept {
    type Rank = Rank;
    const HOME: Home = Home::Apart;

    fn stem(&self) -> Option<u32> {
        self.stem
    }

    fn anchor(&self) -> Anchor {
        Anchor { place: self.place, spot: self.figure.spot }
    }

    fn differs(&self, before: &Self) -> bool {
        let worth = |kept: &Self| (kept.figure.value, kept.figure.value_end);
        worth(self) != worth(before)
    }

    fn rank(row: &Row<Self>) -> Rank {
        if row.steps.len() < 2 {
            return Rank::Rest;
        }
        let latest = row.mentions.last().map(|kept| kept.place);
        Rank::Moved(Box::new((Reverse(row.mentions.len()), Reverse(latest))))
    }

    fn rank_alone() -> Rank {
        Rank::Rest
    }
}

/// A figure as it was found in one text.
struct Found {
    kept: Kept,
    thing: u32,
    place: u32,
    may_join: bool,
}

impl Ledger {
    /// Takes the numbers of `holder`, in place of what was taken of it before.
    pub fn take(&mut self, timeline: &Timeline, holder: Holder) {
        self.forget(holder);
        let Some(place) = holder.place(timeline) else { return };
        // The first place is the one without a name.
        self.places.number("");
        let mut figures = Vec::new();
        for (part, prose) in holder.parts(timeline) {
            let text = prose.text();
            let from = figures.len();
            let found = numbers::find(text);
            for (index, number) in found.iter().enumerate() {
                let neighbour = |index: Option<usize>| index.and_then(|index| found.get(index));
                let before = neighbour(index.checked_sub(1)).map_or(0, |number| number.range.end);
                let after = neighbour(Some(index + 1)).map_or(text.len(), |number| number.range.start);
                let worth = numbers::value(text, number);
                let Some(counted) = counted::counted(text, number, &worth, before, after) else { continue };
                let Some(value) = worth.value else { continue };
                let spot = Spot::new(holder, part, &number.range);
                let figure = Figure { spot, value, value_end: worth.value_end.filter(|end| !end.is_nan()) };
                figures.push(Found {
                    kept: Kept { figure, place, stem: None, label: self.labels.number(&counted.label) },
                    thing: self.things.number(&counted.key),
                    place: self.places.number(&counted.place),
                    may_join: counted.may_join,
                });
            }
            part_doubtful(figures.get_mut(from..).unwrap_or_default());
        }
        let figures: Box<[Kept]> = figures.into_iter().map(|found| self.with_stem(&found)).collect();
        if !figures.is_empty() {
            self.news.came(&figures);
            self.held.insert(holder, figures);
        }
    }

    /// Forgets the numbers of `holder`: it was revised or taken down.
    pub fn forget(&mut self, holder: Holder) {
        let Some(figures) = self.held.remove(&holder) else { return };
        figures.iter().filter_map(|kept| kept.stem).for_each(|stem| self.count_stem(stem, false));
        self.news.went(&figures);
    }

    fn with_stem(&mut self, found: &Found) -> Kept {
        let stem = found.may_join.then(|| self.stem(found.thing, found.place));
        stem.into_iter().for_each(|stem| self.count_stem(stem, true));
        Kept { stem, ..found.kept }
    }

    fn stem(&mut self, thing: u32, place: u32) -> u32 {
        if let Some(stem) = self.numbers.get(&(thing, place)) {
            return *stem;
        }
        let anywhere = (place != 0).then(|| self.stem(thing, 0));
        let stem = self.stems.len() as u32;
        self.stems.push(Stem { thing, anywhere: anywhere.unwrap_or(stem), count: 0 });
        self.numbers.insert((thing, place), stem);
        stem
    }

    /// One figure more or less is of `stem`.
    fn count_stem(&mut self, number: u32, is_more: bool) {
        let Some(stem) = self.stems.get_mut(number as usize) else { return };
        let before = stem.count;
        stem.count = if is_more { before + 1 } else { before.saturating_sub(1) };
        let is_new = (before == 0) != (stem.count == 0);
        if !is_new || stem.anywhere == number {
            return;
        }
        let named = self.named.entry(stem.thing).or_default();
        let were_several = named.len() > 1;
        if is_more {
            named.insert(number);
        } else {
            named.remove(&number);
        }
        if were_several != (named.len() > 1) {
            self.news.changed(named.iter().copied().chain([stem.anywhere]).collect(), Vec::new());
        }
    }

    /// How many figures there are in `holder`.
    pub fn count(&self, holder: Holder) -> usize {
        self.held(holder).len()
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// What `kept` is called.
    pub(super) fn label(&self, kept: &Kept) -> &str {
        self.labels.text(kept.label)
    }
}

impl Grouping for Ledger {
    /// Where a thing is counted in more than one named place, each is a row, and figures without a place are in doubt.
    fn home(&self, number: u32) -> Home {
        let Some(stem) = self.stems.get(number as usize) else { return Home::Apart };
        let is_in_several = self.named.get(&stem.thing).is_some_and(|named| named.len() > 1);
        match is_in_several {
            true if stem.anywhere == number => Home::Apart,
            true => Home::Together(number),
            false => Home::Together(stem.anywhere),
        }
    }

    fn name(&self, _: u32) -> Option<Arc<str>> {
        None
    }
}

impl Stock for Ledger {
    type Mention = Kept;

    fn held(&self, holder: Holder) -> &[Kept] {
        self.held.get(&holder).map_or(&[], |figures| figures)
    }

    fn before(&self, end: Option<Holder>) -> Option<Holder> {
        let last = match end {
            Some(end) => self.held.range(..end).next_back(),
            None => self.held.last_key_value(),
        };
        last.map(|(holder, _)| *holder)
    }

    fn news(&mut self) -> &mut News<Kept> {
        &mut self.news
    }
}

/// Figures of one text that seem to count the same thing in one place, yet differ, stand alone.
fn part_doubtful(figures: &mut [Found]) {
    let mut worth: HashMap<(u32, u32), Option<f64>> = HashMap::new();
    for found in figures.iter().filter(|found| found.may_join) {
        let value = found.kept.figure.value;
        let known = worth.entry((found.thing, found.place)).or_insert(Some(value));
        *known = known.filter(|known| known.total_cmp(&value).is_eq());
    }
    for found in figures {
        found.may_join &= worth.get(&(found.thing, found.place)).is_none_or(Option::is_some);
    }
}

#[cfg(test)]
mod tests;
