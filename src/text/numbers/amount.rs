//! One amount: sign, currency, figure, scale and unit; or one date or time. Ranges are built from these.

use super::NumberKind;
use super::clock;
use super::cursor::{
    byte, char_at, char_before, ends_word, gap, hyphen, is_digit, is_space, next_word, skip_word, word,
    word_before,
};
use super::date;
use super::figure::{self, Figure, Form};
use super::money;
use super::unit::{self, Family, Unit};
use super::words::{self, Word};

/// The most units one amount is made of.
const MOST_UNITS: usize = 4;

/// The digits a figure without separators may have before it is taken for an identifier.
const LONGEST_PLAIN: u8 = 10;

/// One amount, date or time, as far as it reaches without a range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Item {
    pub(super) end: usize,
    pub(super) kind: NumberKind,
    /// What it is worth; not a number for dates and times.
    pub(super) value: f64,
    pub(super) scale: f64,
    /// Where its currency or unit stands.
    pub(super) unit: Option<(usize, usize)>,
    pub(super) family: Option<Family>,
    /// Digits of a plain whole number that has no sign, separator, scale or unit; else zero.
    pub(super) plain: u8,
    /// Whether the currency stands before the figure.
    pub(super) is_prefixed: bool,
    /// Whether it counts percentage points, which are a change and no level.
    pub(super) is_points: bool,
    /// Whether it is a date that another day can continue.
    pub(super) ends_in_day: bool,
}

impl Item {
    fn new(figure: &Figure, value: f64, family: Option<Family>) -> Self {
        let plain = match figure.form {
            Form::Digits { plain } => plain,
            Form::Words | Form::Nth => 0,
        };
        Self {
            end: figure.end,
            kind: kind(family),
            value,
            scale: figure.scale,
            unit: None,
            family,
            plain,
            is_prefixed: false,
            is_points: false,
            ends_in_day: false,
        }
    }

    fn moment(end: usize, kind: NumberKind, ends_in_day: bool) -> Self {
        let nothing = Figure::new(end, f64::NAN, 1.0, Form::Words);
        Self { kind, ends_in_day, ..Self::new(&nothing, f64::NAN, None) }
    }

    /// Whether it is a figure without any unit.
    pub(super) fn is_bare(&self) -> bool {
        self.kind == NumberKind::Cardinal
    }

    /// Whether it is written as years are.
    pub(super) fn is_year(&self) -> bool {
        self.plain == 4 && (1000.0..2200.0).contains(&self.value)
    }
}

/// The item at a position.
pub(super) fn item(text: &str, at: usize) -> Option<Item> {
    if let Some(date) = date::date(text, at) {
        let kind = if date.is_range { NumberKind::Range } else { NumberKind::Date };
        return Some(Item::moment(date.end, kind, date.ends_in_day));
    }
    if let Some(end) = clock::time(text, at) {
        return Some(Item::moment(end, NumberKind::Time, false));
    }
    amount(text, at)
}

/// Signed, priced, scaled and measured figures.
fn amount(text: &str, at: usize) -> Option<Item> {
    let (from, is_signed_minus) = sign(text, at);
    let prefix = money::before(text, from);
    let start = prefix.map_or(from, |prefix| prefix.figure);
    let figure = figure::figure(text, start, prefix.is_some()).or_else(|| bare_scale(text, start))?;
    if prefix.is_some_and(|prefix| prefix.is_weak && !money::is_amount(&figure)) {
        return None;
    }
    if figure.form == Form::Nth {
        let is_alone = prefix.is_none() && from == at && ends_word(text, figure.end);
        return is_alone.then(|| ordinal(text, &figure));
    }
    let minus = is_signed_minus || prefix.is_some_and(|prefix| prefix.is_minus);
    let value = if minus { -figure.value() } else { figure.value() };
    let item = match prefix {
        Some(prefix) => Item {
            unit: Some((prefix.start, prefix.end)),
            is_prefixed: true,
            ..Item::new(&figure, value, Some(Family::Money))
        },
        None => measured(text, &figure, value),
    };
    let is_closed = ends_word(text, item.end)
        || item.unit.is_some_and(|(_, end)| end == item.end && ends_in_mark(text, end));
    if !is_closed || is_identifier(text, start, &figure) {
        return None;
    }
    let is_plain = item.family.is_none() && from == at;
    Some(Item { plain: if is_plain { item.plain } else { 0 }, ..item })
}

/// A figure with the unit behind it and the smaller units that continue that.
fn measured(text: &str, figure: &Figure, value: f64) -> Item {
    let Some(unit) = money::glued(text, figure).or_else(|| unit::unit(text, figure)) else {
        return Item::new(figure, value, None);
    };
    let mut item = Item {
        end: unit.end,
        unit: Some((unit.start, unit.end)),
        is_points: unit.is_points(text),
        ..Item::new(figure, value, Some(unit.family))
    };
    extend(text, &mut item, unit);
    item
}

/// Leading zeros and long runs of digits without separators are written for machines.
fn is_identifier(text: &str, start: usize, figure: &Figure) -> bool {
    let Form::Digits { plain } = figure.form else {
        return false;
    };
    plain >= LONGEST_PLAIN || (plain > 2 && byte(text, start) == b'0')
}

/// Whether a unit ends in a sign or inch mark, which closes the amount even with a letter behind it.
fn ends_in_mark(text: &str, end: usize) -> bool {
    char_before(text, end).is_some_and(|c| !c.is_alphanumeric())
}

fn kind(family: Option<Family>) -> NumberKind {
    match family {
        None => NumberKind::Cardinal,
        Some(Family::Percent) => NumberKind::Percent,
        Some(Family::Money) => NumberKind::Money,
        Some(Family::Measure) => NumberKind::Quantity,
        Some(Family::Time) => NumberKind::Duration,
    }
}

/// The position after a sign that belongs to the figure, and whether it is a minus.
fn sign(text: &str, at: usize) -> (usize, bool) {
    let Some(first) = char_at(text, at) else {
        return (at, false);
    };
    let after = at + first.len_utf8();
    match first {
        '-' | '\u{2212}' | '–' | '+' if opens(text, at) && !char_at(text, after).is_some_and(is_space) => {
            (after, first != '+')
        }
        'm' | 'M' | 'n' | 'N' => {
            let name = word(text, at);
            match (words::meaning(name), gap(text, at + name.len())) {
                // "plus or minus 4 points" has no sign.
                (Some(Word::Minus), Some(next)) if word_before(text, at).1 != "or" => (next, true),
                _ => (at, false),
            }
        }
        _ => (at, false),
    }
}

/// Whether a dash at the position can be a sign: nothing of a word or number stands right before it.
fn opens(text: &str, at: usize) -> bool {
    char_before(text, at).is_none_or(|c| {
        is_space(c)
            || matches!(c, '\n' | '\r' | '(' | '[' | '/' | '"' | '“' | '‘' | '\'' | '>' | '<' | '~' | ':')
    })
}

/// The scale that begins *billion-year* or *million-pound* without a figure.
fn bare_scale(text: &str, at: usize) -> Option<Figure> {
    let Some(Word::Scale(scale)) = words::meaning(word(text, at)) else {
        return None;
    };
    let end = at + word(text, at).len();
    hyphen(text, end)?;
    let figure = Figure { scale, ..Figure::new(end, 1.0, 1.0, Form::Words) };
    unit::unit(text, &figure).map(|_| figure)
}

/// An ordinal; with *century* it is a date.
fn ordinal(text: &str, figure: &Figure) -> Item {
    let mut item = Item::moment(figure.end, NumberKind::Ordinal, false);
    item.value = figure.value();
    let century = next_word(text, figure.end)
        .or_else(|| hyphen(text, figure.end).map(|start| (start, word(text, start))));
    if let Some((start, name)) = century
        && (name.eq_ignore_ascii_case("century") || name.eq_ignore_ascii_case("centuries"))
    {
        item.end = start + name.len();
        item.kind = NumberKind::Date;
        item.value = f64::NAN;
    }
    item
}

/// Adds the smaller units that continue the amount: 5 feet 4 inches, two years and three months.
fn extend(text: &str, item: &mut Item, mut last: Unit) {
    let mut parts = 1.0_f64.copysign(item.value);
    for _ in 1..MOST_UNITS {
        let comma = usize::from(byte(text, last.end) == b',');
        let Some(start) = gap(text, last.end + comma).or(is_digit(text, last.end).then_some(last.end)) else {
            return;
        };
        let start = skip_word(text, last.end + comma, "and").and_then(|and| gap(text, and)).unwrap_or(start);
        let Some(figure) = figure::figure(text, start, false).filter(|figure| figure.form != Form::Nth)
        else {
            return;
        };
        let Some(unit) = money::glued(text, &figure).or_else(|| unit::unit(text, &figure)) else {
            return;
        };
        if !unit::continues(last, unit) || !ends_word(text, unit.end) {
            return;
        }
        parts *= unit::parts(last, unit);
        item.value += figure.value() / parts;
        item.end = unit.end;
        last = unit;
    }
}
