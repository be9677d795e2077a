//! What is found in a text: byte ranges with the roles they play, and the cutting of a line into pieces to paint.
//!
//! Finders know nothing of each other, so spans overlap and nest as they like. Roles are a set: a number inside a quote
//! is both, and is painted once, in a piece of its own.

use std::{iter, ops::Range};

/// What a part of a text is, for the reader's eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Somebody's words.
    Quote,
    /// In quotation marks, yet nobody's words: scare quotes, titles.
    Aside,
    /// Who says it.
    Speaker,
    /// A number with its unit.
    Number,
    /// What the search found.
    Match,
    /// The thing under the cursor.
    Current,
    Bold,
    Italic,
    Link,
}

impl Role {
    /// Every role, in order.
    pub const ALL: [Self; 9] = [
        Self::Quote,
        Self::Aside,
        Self::Speaker,
        Self::Number,
        Self::Match,
        Self::Current,
        Self::Bold,
        Self::Italic,
        Self::Link,
    ];
}

/// A set of roles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Roles(u16);

impl Roles {
    /// Adds `role`.
    pub fn insert(&mut self, role: Role) {
        *self = self.union(role.into());
    }

    /// Whether `role` is among them.
    pub fn contains(self, role: Role) -> bool {
        self.0 & Self::from(role).0 != 0
    }

    /// The roles of both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The roles in order.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.contains(*role))
    }
}

impl From<Role> for Roles {
    fn from(role: Role) -> Self {
        Self(1 << role as u16)
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        let mut set = Self::default();
        roles.into_iter().for_each(|role| set.insert(role));
        set
    }
}

/// A part of a text, in bytes, and the roles it plays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub range: Range<u32>,
    pub roles: Roles,
}

/// Brings spans of several finders into the order that [`pieces`] wants: by start, then by end, each range once with
/// the roles of all, and none over nothing.
pub fn merge(spans: &mut Vec<Span>) {
    spans.retain(|span| !span.range.is_empty());
    spans.sort_unstable_by_key(|span| (span.range.start, span.range.end));
    spans.dedup_by(|later, kept| {
        let is_same = later.range == kept.range;
        if is_same {
            kept.roles = kept.roles.union(later.roles);
        }
        is_same
    });
}

/// Cuts `range` of a text, in bytes, into consecutive pieces, each with the roles of all `spans` over it.
///
/// `spans` are sorted by start, as [`merge`] leaves them. Pieces are never empty, neighbours differ in their roles, and
/// together they are the range. Takes time in proportion to the number of spans that start before the range ends.
pub fn pieces(range: Range<usize>, spans: &[Span]) -> impl Iterator<Item = (Range<usize>, Roles)> {
    let mut sweep = Sweep { at: range.start, end: range.end, spans, ends: [0; Role::ALL.len()] };
    iter::from_fn(move || sweep.next_piece())
}

/// A place that moves over the spans. For each role it is enough to know how far the spans reach that it has passed the
/// start of: a role is played here if one of them ends later.
struct Sweep<'a> {
    at: usize,
    end: usize,
    /// The spans that start later.
    spans: &'a [Span],
    /// For each role, the furthest end of the spans passed.
    ends: [usize; Role::ALL.len()],
}

impl Sweep<'_> {
    fn next_piece(&mut self) -> Option<(Range<usize>, Roles)> {
        if self.at >= self.end {
            return None;
        }
        self.pass_starts();
        let start = self.at;
        let roles = self.roles();
        loop {
            self.at = self.next_change();
            self.pass_starts();
            if self.at == self.end || self.roles() != roles {
                return Some((start..self.at, roles));
            }
        }
    }

    /// Takes in the spans that start here or earlier.
    fn pass_starts(&mut self) {
        while let Some((span, later)) = self.spans.split_first()
            && span.range.start as usize <= self.at
        {
            for (role, end) in Role::ALL.into_iter().zip(&mut self.ends) {
                if span.roles.contains(role) {
                    *end = (*end).max(span.range.end as usize);
                }
            }
            self.spans = later;
        }
    }

    /// The roles played here.
    fn roles(&self) -> Roles {
        let reaching = Role::ALL.into_iter().zip(self.ends).filter(|(_, end)| *end > self.at);
        reaching.map(|(role, _)| role).collect()
    }

    /// The next place where the roles may differ from those here.
    fn next_change(&self) -> usize {
        let starts = self.spans.first().map(|span| span.range.start as usize);
        let ends = self.ends.into_iter().filter(|end| *end > self.at);
        ends.chain(starts).fold(self.end, usize::min)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn span(range: Range<u32>, roles: &[Role]) -> Span {
        Span { range, roles: roles.iter().copied().collect() }
    }

    #[test]
    fn a_number_inside_a_quote_is_both() {
        let mut spans = vec![span(10..13, &[Role::Number]), span(4..20, &[Role::Quote])];
        merge(&mut spans);
        let both: Roles = [Role::Quote, Role::Number].into_iter().collect();
        let found: Vec<(Range<usize>, Roles)> = pieces(0..25, &spans).collect();
        assert_eq!(
            found,
            [
                (0..4, Roles::default()),
                (4..10, Role::Quote.into()),
                (10..13, both),
                (13..20, Role::Quote.into()),
                (20..25, Roles::default()),
            ]
        );
    }

    #[test]
    fn a_line_in_the_middle_of_a_quote_is_all_quote() {
        let spans = [span(4..200, &[Role::Quote])];
        let found: Vec<(Range<usize>, Roles)> = pieces(50..90, &spans).collect();
        assert_eq!(found, [(50..90, Role::Quote.into())]);
        assert_eq!(pieces(50..50, &spans).count(), 0);
    }

    #[test]
    fn merging_joins_equal_ranges_and_drops_empty_ones() {
        let mut spans = vec![
            span(5..9, &[Role::Link]),
            span(3..3, &[Role::Match]),
            span(0..20, &[Role::Quote]),
            span(5..9, &[Role::Bold, Role::Match]),
        ];
        merge(&mut spans);
        assert_eq!(spans, [span(0..20, &[Role::Quote]), span(5..9, &[Role::Link, Role::Bold, Role::Match])]);
    }

    #[test]
    fn a_set_holds_what_was_put_in_and_a_span_is_small() {
        let mut roles = Roles::default();
        assert!(roles.is_empty());
        roles.insert(Role::Link);
        roles.insert(Role::Quote);
        assert_eq!(roles.iter().collect::<Vec<_>>(), [Role::Quote, Role::Link]);
        assert!(!roles.contains(Role::Number));
        assert!(size_of::<Span>() <= 12);
    }

    proptest! {
        #[test]
        fn every_byte_lies_in_one_piece_with_the_roles_of_all_spans_over_it(
            found in prop::collection::vec((0..60_u32, 0..25_u32, 0..1_u16 << Role::ALL.len()), 0..25),
            start in 0..50_usize,
            length in 0..50_usize,
        ) {
            let mut spans: Vec<Span> = found
                .iter()
                .map(|(start, length, roles)| Span { range: *start..start + length, roles: Roles(*roles) })
                .collect();
            merge(&mut spans);
            let range = start..start + length;
            let mut at = range.start;
            let mut last = None;
            for (piece, roles) in pieces(range.clone(), &spans) {
                prop_assert_eq!(piece.start, at);
                prop_assert!(piece.end > at);
                prop_assert_ne!(Some(roles), last);
                for byte in piece.clone() {
                    let over = found.iter().filter(|(start, length, _)| {
                        (*start as usize..(start + length) as usize).contains(&byte)
                    });
                    prop_assert_eq!(roles, Roles(over.fold(0, |all, (_, _, roles)| all | roles)));
                }
                at = piece.end;
                last = Some(roles);
            }
            prop_assert_eq!(at, range.end);
        }
    }
}
