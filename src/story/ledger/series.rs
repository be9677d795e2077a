//! Series of figures, all worked out at once, as they are printed.
//!
//! Invariant: a series has a figure at least, and its figures stand in order of time.

use std::{cmp::Reverse, collections::HashMap};

use crate::{
    model::timeline::Place,
    story::{
        rows::{Grouping, Home},
        spot::{Holder, Spot},
    },
};

use super::{Kept, Ledger};

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
