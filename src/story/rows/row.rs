//! One row: its mentions in order of time, and which of them tell something else than the one before.
//!
//! Invariant: a step is a mention of the row; the first is one.

use std::sync::Arc;

use crate::story::{Holder, Part, Spot, ranks::Ranks};

use super::{Anchor, Mention};

/// The mentions of a row.
#[derive(Debug)]
pub(in crate::story) struct Row<M> {
    pub(in crate::story) mentions: Ranks<M>,
    /// Those that differ from the one before, and the first.
    pub(in crate::story) steps: Ranks<M>,
    pub(in crate::story) name: Option<Arc<str>>,
}

impl<M: Mention> Row<M> {
    pub(super) fn insert(&mut self, mention: M) {
        self.mentions.insert(mention);
        self.settle_steps(&mention, true);
    }

    pub(super) fn remove(&mut self, mention: &M) -> bool {
        let was_there = self.mentions.remove(mention);
        if was_there {
            self.settle_steps(mention, false);
        }
        was_there
    }

    /// Whether `mention`, which came or went, and the one after it are steps now.
    fn settle_steps(&mut self, mention: &M, is_there: bool) {
        let before = self.mentions.find_last(|other| other < mention).copied();
        let after = self.mentions.find(|other| other <= mention).copied();
        self.set_step(*mention, is_there && before.is_none_or(|before| mention.differs(&before)));
        if let Some(after) = after {
            let before = if is_there { Some(*mention) } else { before };
            self.set_step(after, before.is_none_or(|before| after.differs(&before)));
        }
    }

    fn set_step(&mut self, mention: M, is_step: bool) {
        if is_step {
            self.steps.insert(mention);
        } else {
            self.steps.remove(&mention);
        }
    }
}

/// A row as it is told.
#[derive(Debug)]
pub(in crate::story) enum Told<'a, M> {
    Row(u32, &'a Row<M>),
    Alone(&'a M),
}

impl<M> Clone for Told<'_, M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M> Copy for Told<'_, M> {}

impl<'a, M: Mention> Told<'a, M> {
    pub(in crate::story) fn count(self) -> usize {
        match self {
            Self::Row(_, row) => row.mentions.len(),
            Self::Alone(_) => 1,
        }
    }

    pub(in crate::story) fn get(self, index: usize) -> Option<&'a M> {
        match self {
            Self::Row(_, row) => row.mentions.get(index),
            Self::Alone(mention) => Some(mention).filter(|_| index == 0),
        }
    }

    /// The number of the mention at `anchor`.
    pub(in crate::story) fn index_of(self, anchor: Anchor) -> Option<usize> {
        let index = self.count_before(anchor);
        self.get(index).is_some_and(|mention| mention.anchor() == anchor).then_some(index)
    }

    /// The number of the mention that stands where `anchor` stood, whose entry may say something else now; else of the one
    /// after it, else of the last.
    pub(in crate::story) fn nearest(self, anchor: Anchor) -> usize {
        let start = Spot { holder: Holder::Standfirst(0), part: Part::Headline, start: 0, end: 0 };
        let first = self.count_before(Anchor { spot: start, ..anchor });
        let told_there = (first..).map_while(|index| Some((index, self.get(index)?.anchor())));
        let told_there = told_there.take_while(|(_, other)| other.place == anchor.place);
        let distance = |(_, other): &(usize, Anchor)| {
            (other.spot.part != anchor.spot.part, other.spot.start.abs_diff(anchor.spot.start))
        };
        let nearest = told_there.min_by_key(distance).map_or(first, |(index, _)| index);
        nearest.min(self.count().saturating_sub(1))
    }

    fn count_before(self, anchor: Anchor) -> usize {
        match self {
            Self::Row(_, row) => row.mentions.count(|mention| mention.anchor() < anchor),
            Self::Alone(_) => 0,
        }
    }
}
