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
    fn moment(end: usize, kind: NumberKind, ends_in_day: bool) -> Self {
        Self {
            end,
            kind,
            value: f64::NAN,
            scale: 1.0,
            unit: None,
            family: None,
            plain: 0,
            is_prefixed: false,
            is_points: false,
            ends_in_day,
        }
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
    let (from, minus) = sign(text, at);
    let prefix = money::before(text, from);
    let start = prefix.map_or(from, |prefix| prefix.figure);
    let figure = figure::figure(text, start, prefix.is_some()).or_else(|| bare_scale(text, start))?;
    if prefix.is_some_and(|prefix| prefix.is_weak && !money::is_amount(&figure)) {
        return None;
    }
    if figure.form == Form::Nth {
        return (prefix.is_none() && from == at && ends_word(text, figure.end))
            .then(|| ordinal(text, &figure));
    }
    let priced = prefix.is_some();
    let unit = if priced { None } else { money::glued(text, &figure).or_else(|| unit::unit(text, &figure)) };
    let end = unit.map_or(figure.end, |unit| unit.end);
    let plain = match figure.form {
        Form::Digits { plain } if unit.is_none() && !priced && from == at => plain,
        _ => 0,
    };
    if !ends_word(text, end) && !is_word_end(text, unit) {
        return None;
    }
    if plain > 2 && byte(text, start) == b'0' {
        return None;
    }
    let value = if minus || prefix.is_some_and(|prefix| byte(text, prefix.figure.wrapping_sub(1)) == b'-') {
        -figure.value()
    } else {
        figure.value()
    };
    let family = if priced { Some(Family::Money) } else { unit.map(|unit| unit.family) };
    let mut item = Item {
        end,
        kind: kind(family),
        value,
        scale: figure.scale,
        unit: prefix.map(|prefix| (prefix.start, prefix.end)).or(unit.map(|unit| (unit.start, unit.end))),
        family,
        plain,
        is_prefixed: priced,
        is_points: unit.is_some_and(|unit| unit.is_points(text)),
        ends_in_day: false,
    };
    if let Some(unit) = unit {
        extend(text, &mut item, unit);
    }
    Some(item)
}

/// A sign or inch mark ends the amount even with a letter behind it.
fn is_word_end(text: &str, unit: Option<Unit>) -> bool {
    unit.is_some_and(|unit| char_before(text, unit.end).is_some_and(|c| !c.is_alphanumeric()))
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
    let Some(first) = char_at(text, at) else { return (at, false) };
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
    let Some(Word::Scale(scale)) = words::meaning(word(text, at)) else { return None };
    let figure = money::bare_scale(text, at, scale)?;
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
        let Some(unit) = money::glued(text, &figure).or_else(|| unit::unit(text, &figure)) else { return };
        if !unit::continues(last, unit) || !ends_word(text, unit.end) {
            return;
        }
        item.value = f64::NAN;
        item.end = unit.end;
        last = unit;
    }
}
