//! Filling the rows of a view with what was taken, and keeping them current, a bounded bit at a time.
//!
//! Invariant: of the holders that are in, the rows have all that is let in and is not among the news; of others nothing.

use std::{collections::VecDeque, fmt::Debug};

use crate::story::{
    Holder,
    rows::{Anchor, Grouping, Mention, Rows},
};

/// What holders say, and which of it is one row.
pub(in crate::story) trait Stock: Grouping {
    type Mention: Mention;

    /// What was taken of `holder`.
    fn held(&self, holder: Holder) -> &[Self::Mention];
    /// The last holder before `end` of which something was taken, or the last of all.
    fn before(&self, end: Option<Holder>) -> Option<Holder>;
    fn news(&mut self) -> &mut News<Self::Mention>;
}

/// What was taken and forgotten since this was last asked, in that order.
#[derive(Debug)]
pub(in crate::story) struct News<M> {
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
    pub(super) fn want(&mut self, is_wanted: bool) {
        *self = Self { is_wanted, ..Self::default() };
    }

    fn is_empty(&self) -> bool {
        self.mentions.is_empty() && self.stems.is_empty() && self.rows.is_empty()
    }

    pub(in crate::story) fn came(&mut self, mentions: &[M]) {
        if self.is_wanted {
            self.mentions.extend(mentions.iter().map(|mention| (true, *mention)));
        }
    }

    pub(in crate::story) fn went(&mut self, mentions: &[M]) {
        if self.is_wanted {
            self.mentions.extend(mentions.iter().map(|mention| (false, *mention)));
        }
    }

    pub(in crate::story) fn changed(&mut self, stems: Vec<u32>, rows: Vec<u32>) {
        if self.is_wanted {
            self.stems.extend(stems);
            self.rows.extend(rows);
        }
    }
}

/// The rows of a view, and how far they are filled.
#[derive(Debug)]
pub(super) struct Filling<S: Stock> {
    pub(super) rows: Rows<S::Mention>,
    /// The first holder that is in; those behind it are in too.
    end: Option<Holder>,
    is_full: bool,
}

impl<S: Stock> Filling<S> {
    pub(super) fn new(stock: &mut S) -> Self {
        stock.news().want(true);
        Self { rows: Rows::default(), end: None, is_full: false }
    }

    fn has(&self, holder: Holder) -> bool {
        self.is_full || self.end.is_some_and(|end| end <= holder)
    }

    /// Puts up to `most` mentions in their places; tells whether more is left.
    pub(super) fn work(&mut self, stock: &mut S, most: usize, admits: impl Fn(&S::Mention) -> bool) -> bool {
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
            } else if !self.rows.is_settled() {
                left -= self.rows.work(left, stock).min(left);
                continue;
            } else if !self.is_full {
                self.go_on(stock);
                continue;
            } else {
                break;
            }
            left -= 1;
        }
        self.is_left(stock)
    }

    /// Lets the next holder in. What is in it is news, so that one that says very much is put in place bit by bit, too.
    fn go_on(&mut self, stock: &mut S) {
        let Some(holder) = stock.before(self.end) else {
            self.is_full = true;
            return;
        };
        self.end = Some(holder);
        let held = stock.held(holder).to_vec();
        stock.news().came(&held);
    }

    pub(super) fn is_left(&self, stock: &mut S) -> bool {
        !(self.is_full && self.rows.is_settled() && stock.news().is_empty())
    }

    /// The rank of the row that holds what stands at `anchor`.
    pub(super) fn find(&self, stock: &S, anchor: Anchor) -> Option<usize> {
        let mut held = stock.held(anchor.spot.holder).iter();
        self.rows.index_of_mention(held.find(|mention| mention.anchor() == anchor)?)
    }
}
