//! Rows that are given up bit by bit, since giving back the memory of very many takes a while.
//!
//! No step gives back more than one chunk of mentions.

use std::collections::hash_map::IntoIter;

use crate::story::ranks::Ranks;

use super::{Mention, Row, Rows, Standing, Stem};

/// What is left of them. See the module's description.
#[derive(Debug)]
pub(in crate::story) struct GivenUp<M: Mention> {
    order: Ranks<Standing<M>>,
    stems: IntoIter<u32, Stem<M>>,
    rows: IntoIter<u32, Row<M>>,
    next: Vec<Ranks<M>>,
}

impl<M: Mention> From<Rows<M>> for GivenUp<M> {
    fn from(rows: Rows<M>) -> Self {
        let (stems, mentions) = (rows.stems.into_iter(), rows.numbered.into_iter());
        Self { order: rows.order, stems, rows: mentions, next: Vec::new() }
    }
}

impl<M: Mention> GivenUp<M> {
    /// Gives a bit back; tells whether more is left.
    pub(in crate::story) fn work(&mut self) -> bool {
        if self.order.give_back() {
            return true;
        }
        if let Some(next) = self.next.last_mut() {
            if !next.give_back() {
                self.next.pop();
            }
            return true;
        }
        self.next.extend(self.stems.next().map(|(_, stem)| stem.mentions));
        self.next.extend(self.rows.next().into_iter().flat_map(|(_, row)| [row.mentions, row.steps]));
        !self.next.is_empty()
    }
}
