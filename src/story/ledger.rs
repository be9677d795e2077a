//! The numbers of a blog, and how they moved.
//!
//! Built an entry at a time. What a figure counts is worked out when an entry is taken; which figures are one series is kept
//! as they come and go, since places that the blog tells keep figures apart. Figures that may not be the same thing stand
//! alone. Dates, times, ordinals, spans of time, ages and scores are no levels, and stay out.

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

/// One figure: where it stands and what it is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    pub spot: Spot,
    pub value: f64,
    /// The other end of a range.
    pub value_end: Option<f64>,
}

/// What was counted, and its figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What was counted, in the words of the latest figure: `killed`, `homes without power`.
    pub label: String,
    /// In order of time, a standfirst first; never empty.
    pub figures: Vec<Figure>,
}

impl Series {
    /// The first figure.
    pub fn first(&self) -> Option<&Figure> {
        self.figures.first()
    }

    /// The latest figure.
    pub fn latest(&self) -> Option<&Figure> {
        self.figures.last()
    }

    /// Whether its figures differ.
    pub fn has_moved(&self) -> bool {
        self.steps().nth(1).is_some()
    }

    /// The latest value less the first; none when they are ends of ranges or nothing moved.
    pub fn change(&self) -> Option<f64> {
        let (first, latest) = (self.first()?, self.latest()?);
        let is_plain = first.value_end.is_none() && latest.value_end.is_none() && self.has_moved();
        is_plain.then_some(latest.value - first.value)
    }

    /// The figures that differ from the one before, and the first.
    pub fn steps(&self) -> impl Iterator<Item = &Figure> {
        let mut before = None;
        self.figures.iter().filter(move |figure| {
            let worth = (figure.value, figure.value_end);
            before.replace(worth) != Some(worth)
        })
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

    /// All series: first those that moved, most figures first and then the latest; then the rest by time.
    pub fn rows(&self) -> Vec<Series> {
        self.only(|_| true)
    }

    /// The series as [`rows`](Self::rows) gives them, of the holders that `admits` lets in.
    pub fn only(&self, mut admits: impl FnMut(Holder) -> bool) -> Vec<Series> {
        let held = self.held.iter().filter(|(holder, _)| admits(**holder));
        let mut all: Vec<Kept> = held.flat_map(|(_, figures)| figures).copied().collect();
        all.sort();
        let mut places: Vec<(Place, Place)> = Vec::new();
        let mut series: Vec<Series> = Vec::new();
        let mut known: HashMap<u32, usize> = HashMap::new();
        for kept in all {
            let new = series.len();
            let index = match kept.stem.map_or(Home::Apart, |stem| self.home(stem)) {
                Home::Apart => new,
                Home::Together(row) => *known.entry(row).or_insert(new),
            };
            if index == new {
                series.push(Series { label: String::new(), figures: Vec::new() });
                places.push((kept.place, kept.place));
            }
            if let (Some(series), Some(places)) = (series.get_mut(index), places.get_mut(index)) {
                series.figures.push(kept.figure);
                self.label(&kept).clone_into(&mut series.label);
                places.1 = kept.place;
            }
        }
        let mut rows: Vec<_> = places.into_iter().zip(series).collect();
        rows.sort_by_cached_key(|((first, latest), series)| {
            let moved = if series.has_moved() {
                Some((Reverse(series.figures.len()), Reverse(*latest)))
            } else {
                None
            };
            (moved.is_none(), moved, *first)
        });
        rows.into_iter().map(|(_, series)| series).collect()
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
mod tests {
    use super::{super::samples, *};

    /// Each series with its figures as written.
    fn series(bodies: &[&str]) -> Vec<String> {
        let timeline = samples::timeline(bodies);
        let mut ledger = Ledger::default();
        samples::holders(&timeline).for_each(|holder| ledger.take(&timeline, holder));
        let told = |series: &Series| {
            let figures = series.figures.iter().map(|figure| figure.spot.text(&timeline).unwrap());
            format!("{}: {}", series.label, figures.collect::<Vec<_>>().join(" → "))
        };
        ledger.rows().iter().map(told).collect()
    }

    #[test]
    fn figures_of_the_same_thing_are_one_series() {
        for (bodies, wanted) in [
            (
                &["At least 12 people were killed.", "17 killed", "The blast killed 19 people"][..],
                "killed: 12 → 17 → 19",
            ),
            (&["Police made 12 arrests.", "There were 17 arrests so far."], "arrests: 12 → 17"),
            (
                &["41,000 homes are without power.", "Some 30,000 homes without power"],
                "homes without power: 41,000 → 30,000",
            ),
            (&["The death toll rose to 17.", "19 people are dead."], "dead: 17 → 19"),
            (&["Turnout stood at 45%.", "Turnout is 51 per cent."], "turnout: 45% → 51 per cent"),
            (&["30% of ferries are late.", "40% of the ferries are late."], "of ferries: 30% → 40%"),
            (&["12 men were arrested in Osby.", "17 men have been arrested."], "men arrested: 12 → 17"),
        ] {
            assert_eq!(series(bodies), [wanted]);
        }
    }

    #[test]
    fn figures_that_may_be_of_two_things_stand_apart() {
        for bodies in [
            &["12 people were killed in Osby.", "17 people were killed in Lund."][..],
            &["12 people were killed in Osby and 17 people were killed in Lund."],
            &["12 people were killed.", "17 officers were killed."],
            &["12 people were killed.", "17 people were injured."],
            &["12 people were killed.", "Another 17 people were killed."],
            &["12 people were killed.", "17 more people were killed."],
            &["12 people were killed, and later 17 people were killed."],
            &["12 people lost power.", "17 people lost money."],
            &["£5m fund", "£7m fine"],
            &["12 boats left", "17 boats"],
        ] {
            assert!(series(bodies).iter().all(|series| !series.contains('→')), "{bodies:?}");
            assert_eq!(series(bodies).len(), 2, "{bodies:?}");
        }
    }

    #[test]
    fn a_figure_without_a_place_is_in_doubt_when_the_blog_has_two() {
        let bodies = ["12 killed in Osby.", "17 killed.", "19 killed in Osby.", "3 killed in Lund."];
        assert_eq!(series(&bodies), ["killed: 12 → 19", "killed: 17", "killed: 3"]);
    }

    #[test]
    fn what_is_no_level_forms_no_series() {
        let bodies = [
            "On 12 June at 10:30 the second boat won 3-1.",
            "It took two hours in 2024; Ada, 45, is 11 years old.",
        ];
        assert_eq!(series(&bodies), [""; 0]);
        assert_eq!(series(&["She is 19.", "Nine were missing; two of eight are found."]), ["missing: Nine"]);
    }

    #[test]
    fn what_moved_comes_first_and_the_rest_by_time() {
        let bodies = ["3 ships sank", "12 killed", "5 injured", "17 killed", "19 killed", "8 injured"];
        assert_eq!(series(&bodies), ["killed: 12 → 17 → 19", "injured: 5 → 8", "ships: 3"]);
    }

    #[test]
    fn a_series_knows_how_it_moved() {
        let timeline = samples::timeline(&["12 killed", "17 killed", "17 killed"]);
        let mut ledger = Ledger::default();
        samples::holders(&timeline).for_each(|holder| ledger.take(&timeline, holder));
        let series = &ledger.rows()[0];
        assert_eq!((series.change(), series.steps().count(), series.figures.len()), (Some(5.0), 2, 3));
        ledger.forget(Holder::Entry(0));
        assert!(!ledger.rows()[0].has_moved());
        assert_eq!(ledger.rows()[0].change(), None);
    }
}
