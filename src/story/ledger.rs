//! The numbers of a blog, and how they moved.
//!
//! Built an entry at a time. What a figure counts is worked out when an entry is taken; which figures are one series only
//! when the series are asked for, since places that the blog tells keep figures apart. Figures that may not be the same
//! thing stand alone. Dates, times, ordinals, spans of time, ages and scores are no levels, and stay out.

use std::{
    cell::OnceCell,
    cmp::Reverse,
    collections::{BTreeMap, HashMap, HashSet},
};

use crate::{
    model::{Timeline, timeline::Place},
    text::numbers,
};

use super::{
    counted,
    spot::{Holder, Part, Spot},
};

/// The numbers of a blog. See the module's description.
#[derive(Debug, Default)]
pub struct Ledger {
    things: Table,
    labels: Table,
    places: Table,
    held: BTreeMap<Holder, Held>,
    /// The series, until something changes.
    series: OnceCell<Vec<Series>>,
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

/// The figures of one holder.
#[derive(Debug)]
struct Held {
    place: Place,
    figures: Box<[Kept]>,
}

/// A figure that was taken.
#[derive(Debug, Clone, Copy)]
struct Kept {
    start: u32,
    end: u32,
    part: Part,
    may_join: bool,
    thing: u32,
    label: u32,
    place: u32,
    value: f64,
    /// The other end of a range; no number where there is none.
    value_end: f64,
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
                figures.push(Kept {
                    start: number.range.start as u32,
                    end: number.range.end as u32,
                    part,
                    may_join: counted.may_join,
                    thing: self.things.number(&counted.key),
                    label: self.labels.number(&counted.label),
                    place: self.places.number(&counted.place),
                    value,
                    value_end: worth.value_end.unwrap_or(f64::NAN),
                });
            }
            part_doubtful(figures.get_mut(from..).unwrap_or_default());
        }
        if !figures.is_empty() {
            self.series.take();
            self.held.insert(holder, Held { place, figures: figures.into() });
        }
    }

    /// Forgets the numbers of `holder`: it was revised or taken down.
    pub fn forget(&mut self, holder: Holder) {
        if self.held.remove(&holder).is_some() {
            self.series.take();
        }
    }

    /// How many figures there are in `holder`.
    pub fn count(&self, holder: Holder) -> usize {
        self.held.get(&holder).map_or(0, |held| held.figures.len())
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// All series: first those that moved, most figures first and then the latest; then the rest by time. Worked out once
    /// for all that was taken.
    pub fn rows(&self) -> &[Series] {
        self.series.get_or_init(|| self.only(|_| true))
    }

    /// The series as [`rows`](Self::rows) gives them, of the holders that `admits` lets in.
    pub fn only(&self, mut admits: impl FnMut(Holder) -> bool) -> Vec<Series> {
        let several = self.things_of_several_places();
        let mut held: Vec<(&Holder, &Held)> =
            self.held.iter().filter(|(holder, _)| admits(**holder)).collect();
        held.sort_by_key(|(_, held)| held.place);
        let mut places: Vec<(Option<Place>, Option<Place>)> = Vec::new();
        let mut series: Vec<Series> = Vec::new();
        let mut known: HashMap<(u32, u32), usize> = HashMap::new();
        for (holder, Held { place, figures }) in held {
            for kept in figures {
                let is_doubtful = several.contains(&kept.thing);
                let new = series.len();
                let index = match (kept.may_join, is_doubtful) {
                    (false, _) => new,
                    (true, true) if kept.place == 0 => new,
                    (true, true) => *known.entry((kept.thing, kept.place)).or_insert(new),
                    (true, false) => *known.entry((kept.thing, 0)).or_insert(new),
                };
                if index == new {
                    series.push(Series { label: String::new(), figures: Vec::new() });
                    places.push((Some(*place), None));
                }
                if let (Some(series), Some(places)) = (series.get_mut(index), places.get_mut(index)) {
                    series.figures.push(kept.figure(*holder));
                    self.labels.text(kept.label).clone_into(&mut series.label);
                    places.1 = Some(*place);
                }
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

    /// The things that are counted in more than one named place.
    fn things_of_several_places(&self) -> HashSet<u32> {
        let mut of: HashMap<u32, u32> = HashMap::new();
        let mut several = HashSet::new();
        for kept in self.held.values().flat_map(|held| &held.figures) {
            if kept.may_join && kept.place != 0 && *of.entry(kept.thing).or_insert(kept.place) != kept.place {
                several.insert(kept.thing);
            }
        }
        several
    }
}

impl Kept {
    fn figure(&self, holder: Holder) -> Figure {
        let spot = Spot { holder, part: self.part, start: self.start, end: self.end };
        Figure { spot, value: self.value, value_end: Some(self.value_end).filter(|end| !end.is_nan()) }
    }
}

/// Figures of one text that seem to count the same thing in one place, yet differ, stand alone.
fn part_doubtful(figures: &mut [Kept]) {
    let mut worth: HashMap<(u32, u32), Option<f64>> = HashMap::new();
    for kept in figures.iter().filter(|kept| kept.may_join) {
        let known = worth.entry((kept.thing, kept.place)).or_insert(Some(kept.value));
        *known = known.filter(|known| known.total_cmp(&kept.value).is_eq());
    }
    for kept in figures {
        kept.may_join &= worth.get(&(kept.thing, kept.place)).is_none_or(Option::is_some);
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
