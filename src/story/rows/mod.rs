//! The rows of an index, kept as mentions come and go.
//!
//! A mention has a stem: the name that words are given to, or the thing that a figure counts in one place. All mentions of a
//! stem share a home, which depends on other stems too: a row together with others, or a row each. When a home changes, its
//! mentions move over bit by bit ([`Rows::work`]); until then they are where they were. When nothing is left to move, the
//! rows are the same in whatever order mentions came.

mod given_up;
mod row;

use std::{
    cmp::Ordering,
    collections::{HashMap, VecDeque},
    fmt::Debug,
    sync::Arc,
};

use super::{Spot, ranks::Ranks};
use crate::model::timeline::Place;

pub(super) use given_up::GivenUp;
pub(super) use row::{Row, Told};

/// Where the mentions of a stem are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Home {
    /// In one row, whose number this is.
    Together(u32),
    /// In a row each.
    Apart,
}

/// What rows are made of. Mentions are ordered by where they stand.
pub(super) trait Mention: Copy + Ord + Debug {
    /// What rows are ordered by, and by their first mention.
    type Rank: Ord + Clone + Debug;
    /// Where mentions without a stem are.
    const HOME: Home;

    fn stem(&self) -> Option<u32>;
    /// Where it stands, in time and in its text.
    fn anchor(&self) -> Anchor;
    /// Whether it tells anything else than the one before.
    fn differs(&self, before: &Self) -> bool;
    fn rank(body: &Row<Self>) -> Self::Rank;
    /// The rank of a mention that is a row by itself.
    fn rank_alone() -> Self::Rank;
}

/// Which stems share a row, and what it is called.
pub(super) trait Grouping {
    fn home(&self, stem: u32) -> Home;
    fn name(&self, row: u32) -> Option<Arc<str>>;
}

/// A place to hold on to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Anchor {
    pub(super) place: Place,
    pub spot: Spot,
}

/// The mentions of a stem.
#[derive(Debug)]
struct Stem<M> {
    mentions: Ranks<M>,
    home: Home,
    /// While they move: where to, and the last that is there.
    moving: Option<(Home, Option<M>)>,
}

impl<M: Mention> Stem<M> {
    fn home_of(&self, mention: &M) -> Home {
        match &self.moving {
            Some((to, Some(last))) if mention <= last => *to,
            _ => self.home,
        }
    }
}

/// Where a row stands.
#[derive(Debug, Clone)]
struct Standing<M: Mention> {
    rank: M::Rank,
    first: M,
    /// Its number; none for a mention that is a row by itself.
    row: Option<u32>,
}

impl<M: Mention> PartialEq for Standing<M> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<M: Mention> Eq for Standing<M> {}

impl<M: Mention> PartialOrd for Standing<M> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<M: Mention> Ord for Standing<M> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank.cmp(&other.rank).then_with(|| self.first.cmp(&other.first))
    }
}

/// All rows. See the module's description.
#[derive(Debug)]
pub(super) struct Rows<M: Mention> {
    numbered: HashMap<u32, Row<M>>,
    stems: HashMap<u32, Stem<M>>,
    order: Ranks<Standing<M>>,
    /// Stems whose home may have changed.
    unsettled: VecDeque<u32>,
    mentions: usize,
}

impl<M: Mention> Default for Rows<M> {
    fn default() -> Self {
        Self {
            numbered: HashMap::new(),
            stems: HashMap::new(),
            order: Ranks::default(),
            unsettled: VecDeque::new(),
            mentions: 0,
        }
    }
}

impl<M: Mention> Rows<M> {
    pub(super) fn len(&self) -> usize {
        self.order.len()
    }

    /// How many mentions there are in all rows.
    pub(super) fn mentions(&self) -> usize {
        self.mentions
    }

    /// Those of rank `index` and on.
    pub(super) fn from(&self, index: usize) -> impl Iterator<Item = Told<'_, M>> {
        self.order.from(index).filter_map(|standing| self.told(standing))
    }

    fn told<'a>(&'a self, standing: &'a Standing<M>) -> Option<Told<'a, M>> {
        match standing.row {
            Some(number) => self.numbered.get(&number).map(|row| Told::Row(number, row)),
            None => Some(Told::Alone(&standing.first)),
        }
    }

    /// How many rows there are before the first whose rank is not meant.
    pub(super) fn count_while(&self, is_meant: impl Fn(&M::Rank) -> bool) -> usize {
        self.order.count(|standing| is_meant(&standing.rank))
    }

    /// The rank of row `number`.
    pub(super) fn index_of_row(&self, number: u32) -> Option<usize> {
        self.numbered.get(&number).and_then(|row| self.index_of(&standing(number, row)?))
    }

    /// The rank of the row that holds `mention`.
    pub(super) fn index_of_mention(&self, mention: &M) -> Option<usize> {
        match self.home_of(mention) {
            Home::Together(number) => self.index_of_row(number),
            Home::Apart => self.index_of(&alone(*mention)),
        }
    }

    fn index_of(&self, standing: &Standing<M>) -> Option<usize> {
        let index = self.order.count(|other| other < standing);
        self.order.get(index).is_some_and(|found| found == standing).then_some(index)
    }

    fn home_of(&self, mention: &M) -> Home {
        let stem = mention.stem().and_then(|stem| self.stems.get(&stem));
        stem.map_or(M::HOME, |stem| stem.home_of(mention))
    }

    pub(super) fn add(&mut self, mention: M, grouping: &impl Grouping) {
        if let Some(number) = mention.stem() {
            let new = || Stem { mentions: Ranks::default(), home: grouping.home(number), moving: None };
            self.stems.entry(number).or_insert_with(new).mentions.insert(mention);
        }
        self.mentions += 1;
        self.put(self.home_of(&mention), mention, grouping);
    }

    /// Takes `mention` out, if it is in.
    pub(super) fn remove(&mut self, mention: &M) {
        let home = self.home_of(mention);
        if !self.take(home, mention) {
            return;
        }
        self.mentions -= 1;
        if let Some(number) = mention.stem()
            && let Some(stem) = self.stems.get_mut(&number)
        {
            stem.mentions.remove(mention);
            if stem.mentions.is_empty() {
                self.stems.remove(&number);
            }
        }
    }

    /// The home of `stem` may have changed.
    pub(super) fn unsettle(&mut self, stem: u32) {
        self.unsettled.push_back(stem);
    }

    /// What row `number` is called may have changed.
    pub(super) fn rename(&mut self, number: u32, grouping: &impl Grouping) {
        self.change(number, |row| row.name = grouping.name(number));
    }

    /// Moves up to `most` mentions to where they belong; gives how many it moved.
    pub(super) fn work(&mut self, most: usize, grouping: &impl Grouping) -> usize {
        let mut moved = 0;
        while moved < most
            && let Some(number) = self.unsettled.front().copied()
        {
            moved += 1;
            let Some(stem) = self.stems.get_mut(&number) else {
                self.unsettled.pop_front();
                continue;
            };
            let home = grouping.home(number);
            let (to, last) = match stem.moving {
                Some(moving) => moving,
                None if stem.home == home => {
                    self.unsettled.pop_front();
                    continue;
                }
                None => (home, None),
            };
            let next = match &last {
                Some(last) => stem.mentions.find(|mention| mention <= last),
                None => stem.mentions.first(),
            };
            let Some(next) = next.copied() else {
                (stem.home, stem.moving) = (to, None);
                continue;
            };
            let from = stem.home;
            stem.moving = Some((to, Some(next)));
            self.take(from, &next);
            self.put(to, next, grouping);
        }
        moved
    }

    pub(super) fn is_settled(&self) -> bool {
        self.unsettled.is_empty()
    }

    fn put(&mut self, home: Home, mention: M, grouping: &impl Grouping) {
        match home {
            Home::Apart => self.order.insert(alone(mention)),
            Home::Together(number) => {
                let name = || grouping.name(number);
                let new = || Row { mentions: Ranks::default(), steps: Ranks::default(), name: name() };
                self.numbered.entry(number).or_insert_with(new);
                self.change(number, |row| row.insert(mention));
            }
        }
    }

    fn take(&mut self, home: Home, mention: &M) -> bool {
        match home {
            Home::Apart => self.order.remove(&alone(*mention)),
            Home::Together(number) => {
                let mut was_there = false;
                self.change(number, |row| was_there = row.remove(mention));
                was_there
            }
        }
    }

    /// Changes row `number`, which goes when it has no mention any more.
    fn change(&mut self, number: u32, change: impl FnOnce(&mut Row<M>)) {
        let Some(row) = self.numbered.get_mut(&number) else { return };
        let before = standing(number, row);
        change(row);
        let after = standing(number, row);
        if row.mentions.is_empty() {
            self.numbered.remove(&number);
        }
        if before != after {
            before.into_iter().for_each(|standing| _ = self.order.remove(&standing));
            after.into_iter().for_each(|standing| self.order.insert(standing));
        }
    }
}

/// Where a row stands; none when it has no mention.
fn standing<M: Mention>(number: u32, row: &Row<M>) -> Option<Standing<M>> {
    let first = *row.mentions.first()?;
    Some(Standing { rank: M::rank(row), first, row: Some(number) })
}

fn alone<M: Mention>(mention: M) -> Standing<M> {
    Standing { rank: M::rank_alone(), first: mention, row: None }
}
