//! Two amounts that make one span: ranges and changes (10 to 12), scores (6-4), shares (one in five).
//!
//! A connector joins only what belongs together; everything else stays two numbers.

use super::NumberKind;
use super::amount::{self, Item};
use super::cursor::{
    Key, char_at, gap, hyphen, is_any, is_digit, listed, next_word, parted, skip_word, starts, word,
    word_before,
};
use super::date;
use super::unit::Family;

/// What stands between the two ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    /// A dash without spaces.
    Dash,
    /// A colon without spaces, as some results have it.
    Colon,
    /// A dash between spaces.
    WideDash,
    /// to, through, until
    To,
    /// and, after between
    And,
    /// in, as in one in five; out of, as in 3 out of 5
    In,
}

/// A number with all that [`super::value`] needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Span {
    pub(super) end: usize,
    pub(super) kind: NumberKind,
    pub(super) value: f64,
    pub(super) value_end: f64,
    pub(super) unit: Option<(usize, usize)>,
    pub(super) family: Option<Family>,
}

/// The longest number that starts at a position.
pub(super) fn span(text: &str, at: usize) -> Option<Span> {
    let first = amount::item(text, at)?;
    let joined = link(text, at, &first).and_then(|(link, start)| {
        let second = amount::item(text, start)?;
        fits(text, at, &first, &second, link).then(|| join(text, at, &first, &second, link))
    });
    let span = joined.unwrap_or_else(|| single(&first));
    // A bare "one" may as well be a pronoun.
    let is_one =
        span.kind == NumberKind::Cardinal && word(text, at).eq_ignore_ascii_case("one") && span.end == at + 3;
    (!is_one).then_some(span)
}

fn single(item: &Item) -> Span {
    let kind = if item.is_year() { NumberKind::Date } else { item.kind };
    let value = if kind == NumberKind::Date { f64::NAN } else { item.value };
    Span { end: item.end, kind, value, value_end: f64::NAN, unit: item.unit, family: item.family }
}

/// The connector behind the first item, and where the second would start.
fn link(text: &str, at: usize, first: &Item) -> Option<(Link, usize)> {
    let end = first.end;
    if let Some(c) = char_at(text, end) {
        let after = end + c.len_utf8();
        // Results are written 2:1 in many languages; what is a time of day was read as one before.
        if c == ':' && matches!(first.plain, 1..=3) && is_digit(text, after) {
            return Some((Link::Colon, after));
        }
        if matches!(c, '-' | '–' | '~' | '\u{2010}' | '\u{2011}') || (c == '—' && is_digit(text, after)) {
            let hanging = skip_word(text, after, "to").and_then(|to| gap(text, to));
            let linked = starts(text, after, "to-").then_some(after + 3);
            if starts(text, after, "in-") {
                return Some((Link::In, after + 3));
            }
            return Some(hanging.or(linked).map_or((Link::Dash, after), |start| (Link::To, start)));
        }
    }
    let start = gap(text, end)?;
    if let Some(dash) = char_at(text, start).filter(|c| matches!(c, '-' | '–')) {
        return gap(text, start + dash.len_utf8()).map(|start| (Link::WideDash, start));
    }
    let (start, name) = next_word(text, end)?;
    let after = gap(text, start + name.len())?;
    match name {
        "to" | "To" | "through" | "till" | "until" | "thru" => Some((Link::To, after)),
        "and" if follows_between(text, at) => {
            // "between the tenth and the fifteenth"
            Some((Link::And, if starts(text, after, "the ") { after + 4 } else { after }))
        }
        "in" => Some((Link::In, after)),
        "out" => skip_word(text, start + 3, "of").and_then(|of| gap(text, of)).map(|start| (Link::In, start)),
        _ => None,
    }
}

/// Whether *between*, or *between the ages of*, leads to the position.
fn follows_between(text: &str, at: usize) -> bool {
    let mut end = at;
    for lead in ["of", "ages", "the"] {
        let (start, word) = word_before(text, end);
        if word.eq_ignore_ascii_case(lead) {
            end = start;
        }
    }
    word_before(text, end).1.eq_ignore_ascii_case("between")
}

/// Whether the first amount is the step of a change and the second the level it led to: *rose 2% to 15%*, *by $2 to $5*.
fn is_step(text: &str, at: usize, first: &Item, second: &Item) -> bool {
    const STEPS: &[Key] = &parted::<21>(
        "added by climbed declined decreased down dropped edged fell gained grew increased \
        jumped lost plunged rose slipped soared surged tumbled up",
    );
    // A level is far above the step to it; "up 5% to 7%" may well be a range. Points are never a level.
    let apart = second.value >= 3.0 * first.value || first.is_points != second.is_points;
    first.is_bare() == second.is_bare() && apart && listed(STEPS, word_before(text, at).1)
}

/// Whether two items are the ends of one range.
fn fits(text: &str, at: usize, first: &Item, second: &Item, link: Link) -> bool {
    use NumberKind::{Date, Duration, Money, Ordinal, Quantity, Range, Time};
    if link == Link::In {
        return is_share(text, first, second);
    }
    if link == Link::Colon && !second.is_bare() {
        return false;
    }
    if second.kind == Range || first.kind == Range {
        return false;
    }
    let wide = link == Link::WideDash;
    // "a cut by 2030 to 32 percent"
    if first.is_year() && !second.is_bare() && second.family.is_some() && first.value > second.value {
        return false;
    }
    if link == Link::To && is_step(text, at, first, second) {
        return false;
    }
    match (first.kind, second.kind) {
        (Date, Date) | (Time, Time) => true,
        (Date, _) if second.is_bare() => {
            (first.ends_in_day && matches!(second.plain, 1 | 2) && second.value <= 31.0)
                || second.is_year() && !first.ends_in_day && !wide
        }
        (_, Date) if first.is_bare() => {
            (matches!(first.plain, 1 | 2) && first.value <= 31.0 && is_digit_after(text, first, second))
                || (first.is_year() && !wide)
        }
        (_, Time) if first.is_bare() => (1.0..=24.0).contains(&first.value) && !wide,
        (Ordinal, Ordinal) => link == Link::To || link == Link::And,
        (Money, _) if second.is_bare() && first.is_prefixed => {
            link == Link::Dash || second.scale > first.scale && !wide
        }
        (Money, Money) if first.is_prefixed != second.is_prefixed => false,
        (a, b) if a == b && first.is_bare() => bare_pair(text, at, first, second, link),
        (a, b) if a == b => !wide || first.value < second.value,
        (_, Money) if first.is_bare() && second.is_prefixed => false,
        (_, Duration | Quantity) if first.is_bare() => first.value < second.value || link == Link::And,
        (_, Money | NumberKind::Percent) if first.is_bare() => !wide || first.value < second.value,
        _ => false,
    }
}

/// Whether the second date begins with its day, so that a bare day can stand before it.
fn is_digit_after(text: &str, first: &Item, second: &Item) -> bool {
    text.get(first.end..second.end).is_some_and(|rest| {
        rest.trim_start_matches(|c: char| !c.is_alphanumeric())
            .trim_start_matches("to ")
            .trim_start_matches("and ")
            .starts_with(|c: char| c.is_ascii_digit())
    })
}

/// Two bare figures: dashes need digits, and wide dashes more caution, for they also part clauses.
fn bare_pair(text: &str, at: usize, first: &Item, second: &Item, link: Link) -> bool {
    let digits = is_digit(text, first.end.saturating_sub(1)) && is_digit(text, second.end.saturating_sub(1))
        || first.scale > 1.0
        || second.scale > 1.0;
    match link {
        Link::Dash => {
            digits
                && !is_code(first, second)
                && hyphen(text, second.end).is_none_or(|after| !is_digit(text, after))
        }
        Link::WideDash => {
            digits
                && (first.value < second.value || first.value.max(second.value) < 10.0)
                && skip_word(text, second.end, "of").is_none()
        }
        Link::To | Link::And => {
            first.value.to_bits() != second.value.to_bits()
                || word_before(text, at).1.eq_ignore_ascii_case("from")
        }
        Link::Colon => matches!(second.plain, 1..=3) && char_at(text, second.end) != Some(':'),
        Link::In => false,
    }
}

/// Whether two plain numbers descend as no range does and are too long for a score: a telephone number or a reference.
fn is_code(first: &Item, second: &Item) -> bool {
    let abbreviated_year = first.is_year() && second.plain == 2;
    !abbreviated_year
        && (first.plain > 3 || second.plain > 3)
        && (first.value >= second.value && second.plain > 0 || first.plain > 6 || second.plain > 6)
}

/// *one in five*, *9 in 10*, *3 out of 5*: a small share of a small whole.
fn is_share(text: &str, first: &Item, second: &Item) -> bool {
    let whole = |item: &Item| item.is_bare() && item.value.fract() == 0.0 && item.scale < 2.0;
    let one = first.value.to_bits() == 1.0_f64.to_bits();
    let round = one
        || [3_u16, 4, 5, 6, 7, 8, 9, 10, 20, 100, 1000]
            .iter()
            .any(|round| f64::from(*round).to_bits() == second.value.to_bits());
    let unfit =
        second.is_year() || next_word(text, second.end).is_some_and(|(_, next)| super::unit::is_time(next));
    whole(first) && whole(second) && first.value > 0.0 && first.value < second.value && round && !unfit
}

fn join(text: &str, at: usize, first: &Item, second: &Item, link: Link) -> Span {
    let mut end = second.end;
    if first.ends_in_day && second.is_bare() {
        end = date::with_year(text, end).end;
    }
    let kind = match link {
        Link::In => NumberKind::Cardinal,
        Link::Colon => NumberKind::Score,
        Link::Dash | Link::WideDash if is_score(text, at, first, second) => NumberKind::Score,
        _ => NumberKind::Range,
    };
    let dated = first.kind == NumberKind::Date
        || second.kind == NumberKind::Date
        || first.kind == NumberKind::Time
        || second.kind == NumberKind::Time
        || (first.is_year() && second.plain > 0);
    let (mut value, mut value_end) = if dated { (f64::NAN, f64::NAN) } else { (first.value, second.value) };
    if first.scale < 2.0 && second.scale > 1.0 && first.value < second.value / second.scale {
        value *= second.scale;
    }
    // "10-12,000": the thousands are those of both.
    let is_short = matches!(first.plain, 1..=3) && second.plain == 0 && second.scale < 2.0;
    if link == Link::Dash && is_short && second.value >= 1000.0 && first.value * 1000.0 < second.value {
        value *= 1000.0;
    }
    if link == Link::In {
        (value, value_end) = (first.value / second.value, f64::NAN);
    }
    Span {
        end,
        kind,
        value,
        value_end,
        unit: second.unit.or(first.unit),
        family: second.family.or(first.family),
    }
}

/// Whether two short figures with a dash are a result and not a range.
fn is_score(text: &str, at: usize, first: &Item, second: &Item) -> bool {
    let short = |item: &Item| matches!(item.plain, 1..=3);
    if !short(first) || !short(second) {
        return false;
    }
    if first.value >= second.value {
        return true;
    }
    let before = word_before(text, at).1;
    let is_span =
        is_any(&["aged", "ages", "between", "from", "about", "around", "pages", "some", "roughly"], before);
    !is_span && super::noun::counted(text, second.end).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(&str, NumberKind)> {
        span(text, 0).map(|span| (&text[..span.end], span.kind))
    }

    #[test]
    fn a_range_is_one_span_with_its_unit() {
        for text in [
            "10,000 to 12,000",
            "£2,000-£4,000",
            "11-12 Dec",
            "2006 to 2009",
            "R11bn to R5.5bn",
            "8–10 years",
            "5% to 7%",
            "May 3-5, 2024",
            "9am-5pm",
            "4-5pm",
            "10.30-11.30am",
            "$10-12 million",
            "8- to 16-meter",
            "2006-09",
        ] {
            assert_eq!(read(text), Some((text, NumberKind::Range)), "{text}");
        }
    }

    #[test]
    fn a_result_is_a_score() {
        for text in ["6-4", "3–0", "1 – 0", "313-269", "46:44"] {
            assert_eq!(read(text), Some((text, NumberKind::Score)), "{text}");
        }
        assert_eq!(read("20-30 people"), Some(("20-30", NumberKind::Range)));
    }

    #[test]
    fn unlike_neighbours_stay_apart() {
        assert_eq!(read("£5 to 20 charities"), Some(("£5", NumberKind::Money)));
        assert_eq!(read("5 and 6"), Some(("5", NumberKind::Cardinal)));
        assert_eq!(read("26 – 12 of them children"), Some(("26", NumberKind::Cardinal)));
        assert_eq!(read("five or six"), Some(("five", NumberKind::Cardinal)));
    }

    #[test]
    fn a_share_is_one_span() {
        assert_eq!(read("one in five homes"), Some(("one in five", NumberKind::Cardinal)));
        assert_eq!(read("two in 2016"), Some(("two", NumberKind::Cardinal)));
        assert_eq!(read("three in 10 days"), Some(("three", NumberKind::Cardinal)));
    }

    #[test]
    fn a_bare_one_is_left_alone() {
        assert_eq!(read("one of them"), None);
        assert_eq!(read("one week later"), Some(("one week", NumberKind::Duration)));
    }
}
