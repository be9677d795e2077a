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

    /// These roles but for those of `other`.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
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

/// Makes of the spans of several finders, which may overlap, those that [`pieces`] wants: sorted, none over nothing, and
/// disjoint, each with the roles of all that stood over it.
///
/// Takes time in proportion to the spans, sorting aside.
pub fn merge(spans: &mut Vec<Span>) {
    spans.retain(|span| !span.range.is_empty() && !span.roles.is_empty());
    spans.sort_unstable_by_key(|span| (span.range.start, span.range.end));
    let mut sweep = Sweep { at: 0, spans, ends: [0; Role::ALL.len()] };
    *spans = iter::from_fn(|| sweep.next_span()).collect();
}

/// A place that moves over the spans. For each role it is enough to know how far the spans reach that it has passed the
/// start of: a role is played here if one of them ends later.
struct Sweep<'a> {
    at: u32,
    /// The spans that start later, sorted by start.
    spans: &'a [Span],
    /// For each role, the furthest end of the spans passed.
    ends: [u32; Role::ALL.len()],
}

impl Sweep<'_> {
    /// The next stretch that plays one set of roles.
    fn next_span(&mut self) -> Option<Span> {
        self.pass_starts();
        if self.roles().is_empty() {
            self.at = self.spans.first()?.range.start;
            self.pass_starts();
        }
        let (start, roles) = (self.at, self.roles());
        while self.roles() == roles {
            self.at = self.next_change();
            self.pass_starts();
        }
        Some(Span { range: start..self.at, roles })
    }

    /// Takes in the spans that start here or earlier.
    fn pass_starts(&mut self) {
        while let Some((span, later)) = self.spans.split_first()
            && span.range.start <= self.at
        {
            for (role, end) in Role::ALL.into_iter().zip(&mut self.ends) {
                if span.roles.contains(role) {
                    *end = (*end).max(span.range.end);
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

    /// The next place where the roles may differ from those here, which are some.
    fn next_change(&self) -> u32 {
        let starts = self.spans.first().map(|span| span.range.start);
        let ends = self.ends.into_iter().filter(|end| *end > self.at);
        ends.chain(starts).min().unwrap_or(self.at)
    }
}

/// Cuts `range` of a text, in bytes, into consecutive pieces, each with the roles of the span over it.
///
/// `spans` are sorted and disjoint, as [`merge`] leaves them. Pieces are never empty, and together they are the range.
/// Takes time in proportion to the pieces, however many spans there are elsewhere.
pub fn pieces(range: Range<usize>, spans: &[Span]) -> impl Iterator<Item = (Range<usize>, Roles)> {
    let passed = spans.partition_point(|span| span.range.end as usize <= range.start);
    let mut spans = spans.iter().skip(passed).peekable();
    let mut at = range.start;
    iter::from_fn(move || {
        if at >= range.end {
            return None;
        }
        let start = at;
        let roles = match spans.peek() {
            Some(span) if span.range.start as usize <= at => {
                at = range.end.min(span.range.end as usize);
                spans.next().map(|span| span.roles).unwrap_or_default()
            }
            next => {
                at = next.map_or(range.end, |span| range.end.min(span.range.start as usize));
                Roles::default()
            }
        };
        Some((start..at, roles))
    })
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
    fn merging_joins_equal_ranges_cuts_what_overlaps_and_drops_what_is_empty() {
        let mut spans = vec![
            span(5..9, &[Role::Link]),
            span(3..3, &[Role::Match]),
            span(0..20, &[Role::Quote]),
            span(5..9, &[Role::Bold, Role::Quote]),
            span(30..31, &[Role::Number]),
        ];
        merge(&mut spans);
        assert_eq!(
            spans,
            [
                span(0..5, &[Role::Quote]),
                span(5..9, &[Role::Quote, Role::Bold, Role::Link]),
                span(9..20, &[Role::Quote]),
                span(30..31, &[Role::Number]),
            ]
        );
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
            prop_assert!(spans.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start));
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
