//! What can follow a figure and belong to it: percent, currencies, measures and spans of time.
//!
//! A counted noun (troops, storeys, points) is never a unit: it stays outside the number.

use super::cursor::{
    Lower, byte, char_at, ends_word, gap, gap_or_hyphen, holds, hyphen, is_any, is_digit, next_word,
    skip_word, starts, word,
};
use super::figure::{Figure, Form};
use super::measures::{MEASURES, SHORT, TIMES, rank};

/// What a unit makes of its figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Percent,
    Money,
    Measure,
    Time,
}

/// A unit and where it stands; `rank` tells which smaller unit may continue the amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) family: Family,
    pub(super) rank: u8,
}

impl Unit {
    pub(super) fn new(start: usize, end: usize, family: Family, rank: u8) -> Self {
        Self { start, end, family, rank }
    }

    /// Whether it counts points of a percentage.
    pub(super) fn is_points(self, text: &str) -> bool {
        self.family == Family::Percent
            && text
                .get(self.start..self.end)
                .is_some_and(|unit| unit.ends_with("point") || unit.ends_with("points"))
    }
}

/// Whether a word is a unit of time.
pub(super) fn is_time(word: &str) -> bool {
    rank(TIMES, word).is_some()
}

/// Whether the smaller unit goes on where the larger ended: 5 feet 4 inches, two years and three months.
pub(super) fn continues(large: Unit, small: Unit) -> bool {
    large.family == small.family
        && match large.family {
            Family::Time => large.rank > small.rank,
            Family::Measure => {
                large.rank > 0 && large.rank < small.rank && large.rank / 10 == small.rank / 10
            }
            Family::Money => large.rank == 2 && small.rank == 1,
            Family::Percent => false,
        }
}

/// How many of the smaller unit make the larger; not a number when that varies, as the days of a month do.
pub(super) fn parts(large: Unit, small: Unit) -> f64 {
    match (large.family, large.rank, small.rank) {
        (Family::Time, 70, 60) | (Family::Measure, 22, 23) => 12.0,
        (Family::Time, 50, 40) => 7.0,
        (Family::Time, 40, 30) => 24.0,
        (Family::Time, 30, 20) | (Family::Time, 20, 10) => 60.0,
        (Family::Measure, 31, 32) => 14.0,
        (Family::Measure, 32, 33) => 16.0,
        (Family::Measure, 21, 22) => 3.0,
        (Family::Measure, 11, 12) => 1000.0,
        (Family::Measure, 12, 13) | (Family::Money, 2, 1) => 100.0,
        _ => f64::NAN,
    }
}

/// The unit after a figure: glued, after a gap, or after a hyphen.
pub(super) fn unit(text: &str, figure: &Figure) -> Option<Unit> {
    glued(text, figure).or_else(|| spaced(text, figure))
}

fn glued(text: &str, figure: &Figure) -> Option<Unit> {
    if !figure.is_digits() {
        return None;
    }
    let start = figure.end;
    let make = |end, family, rank| Some(Unit::new(start, end, family, rank));
    match char_at(text, start)? {
        c if c.is_whitespace() => return None,
        '%' => return make(start + 1, Family::Percent, 0),
        '°' => return make(degree(text, start + '°'.len_utf8()), Family::Measure, 0),
        '\'' | '’' | '′' if feet_and_inches(text, start).is_some() => {
            return make(feet_and_inches(text, start)?, Family::Measure, 0);
        }
        _ => {}
    }
    let letters = word(text, start);
    let end = start + letters.len();
    match letters {
        "" => squared(text, start, "km")
            .or_else(|| squared(text, start, "m"))
            .and_then(|end| make(end, Family::Measure, 0)),
        "pc" | "pct" | "pp" | "ppt" | "bp" | "bps" => make(end, Family::Percent, 0),
        "h" | "hr" | "hrs" => make(end, Family::Time, 30),
        "min" | "mins" => make(end, Family::Time, 20),
        "sec" | "secs" | "ms" => make(end, Family::Time, 10),
        "s" if figure.is_fractional() => make(end, Family::Time, 10),
        "yr" | "yrs" => make(end, Family::Time, 70),
        _ => {
            if let Some((_, _, rank)) = SHORT.iter().find(|row| holds(row.0, letters)) {
                return make(rate(text, end), Family::Measure, *rank);
            }
            let family = if rank(TIMES, letters).is_some() { Family::Time } else { Family::Measure };
            let rank = rank(TIMES, letters).or_else(|| rank(MEASURES, letters))?;
            make(end, family, rank)
        }
    }
}

/// km², m2: the end.
fn squared(text: &str, at: usize, base: &str) -> Option<usize> {
    let power = at + base.len();
    let end = power + char_at(text, power).filter(|c| matches!(c, '2' | '3' | '²' | '³'))?.len_utf8();
    (starts(text, at, base) && ends_word(text, end)).then_some(end)
}

/// The inches of 6'2".
fn feet_and_inches(text: &str, at: usize) -> Option<usize> {
    let inches = at + char_at(text, at)?.len_utf8();
    let digits = (0..2).take_while(|n| is_digit(text, inches + n)).count();
    let end = inches + digits;
    match char_at(text, end) {
        Some(mark @ ('"' | '”' | '″')) if digits > 0 => Some(end + mark.len_utf8()),
        _ => None,
    }
}

/// The end of a temperature after its degree sign or word.
fn degree(text: &str, at: usize) -> usize {
    let from = gap(text, at).unwrap_or(at);
    match word(text, from) {
        scale @ ("C" | "F" | "K") => from + scale.len(),
        scale if is_any(&["celsius", "fahrenheit", "centigrade", "c", "f"], scale) => from + scale.len(),
        _ => at,
    }
}

/// Takes *per hour*, *an hour* or */h* after a length.
fn rate(text: &str, at: usize) -> usize {
    if starts(text, at, "/h") && ends_word(text, at + 2) {
        return at + 2;
    }
    if starts(text, at, "/s") && ends_word(text, at + 2) {
        return at + 2;
    }
    let Some((start, per)) = next_word(text, at) else {
        return at;
    };
    let Some((start, unit)) = next_word(text, start + per.len()) else {
        return at;
    };
    let fits = match per {
        "per" => ["hour", "second", "minute"].contains(&unit),
        "an" => unit == "hour",
        "a" => unit == "second" || unit == "minute",
        _ => false,
    };
    if fits { start + unit.len() } else { at }
}

fn spaced(text: &str, figure: &Figure) -> Option<Unit> {
    let start = gap_or_hyphen(text, figure.end)?;
    if is_digit(text, start) {
        return None;
    }
    if byte(text, start) == b'%' && gap(text, figure.end).is_some() {
        return Some(Unit::new(start, start + 1, Family::Percent, 0));
    }
    if char_at(text, start) == Some('°') {
        return Some(Unit::new(start, degree(text, start + '°'.len_utf8()), Family::Measure, 0));
    }
    percent(text, start, figure)
        .or_else(|| super::money::after(text, start, figure))
        .or_else(|| time(text, start, figure))
        .or_else(|| measure(text, start, figure))
}

/// percent, per cent, percentage points; and *-point* of a rate, which its decimals betray.
fn percent(text: &str, start: usize, figure: &Figure) -> Option<Unit> {
    let first = word(text, start);
    let after = start + first.len();
    let lower = Lower::new(first);
    let points = |at| {
        gap_or_hyphen(text, at)
            .filter(|next| matches!(word(text, *next), "point" | "points"))
            .map(|next| next + word(text, next).len())
    };
    let end = match lower.as_str() {
        "percent" | "percents" | "pct" | "prozent" => after,
        "per" => skip_word(text, after, "cent")?,
        "percentage" => points(after).unwrap_or(after),
        "basis" => points(after)?,
        "point" if figure.is_fractional() && hyphen(text, figure.end).is_some() => after,
        _ => return None,
    };
    Some(Unit::new(start, end, Family::Percent, 0))
}

/// A span of time, and the age it may be: *four-year*, *11-year-old*, *29 years old*.
fn time(text: &str, start: usize, figure: &Figure) -> Option<Unit> {
    let first = word(text, start);
    let rank = rank(TIMES, first)?;
    let end = start + first.len();
    let is_year = figure.form == Form::Digits { plain: 4 } && (1900.0..2100.0).contains(&figure.value());
    if is_year && rank < 70 && hyphen(text, figure.end).is_none() && !first.ends_with('s') {
        return None;
    }
    let is_order =
        first.eq_ignore_ascii_case("second") && hyphen(text, figure.end).is_none() && figure.value() > 1.0;
    if is_order
        && (!figure.is_digits() || hyphen(text, end).is_some() || skip_word(text, end, "half").is_some())
    {
        return None;
    }
    Some(Unit::new(start, aged(text, end).unwrap_or(end), Family::Time, rank))
}

fn aged(text: &str, at: usize) -> Option<usize> {
    let start = gap_or_hyphen(text, at)?;
    match word(text, start) {
        old @ ("old" | "olds" | "Old") => Some(start + old.len()),
        "of" => skip_word(text, start + 2, "age"),
        _ => None,
    }
}

fn measure(text: &str, start: usize, figure: &Figure) -> Option<Unit> {
    let first = word(text, start);
    let make = |end, rank| Some(Unit::new(start, end, Family::Measure, rank));
    let lower = Lower::new(first);
    let end = start + first.len();
    match lower.as_str() {
        "square" | "cubic" | "metric" | "nautical" | "sq" | "light" | "fluid" => {
            return qualified(text, start, end);
        }
        "degree" | "degrees" => return make(degree(text, end), 0),
        "deg" => return make(degree(text, end + usize::from(byte(text, end) == b'.')), 0),
        _ => {}
    }
    if let Some(rank) = rank(MEASURES, first) {
        // "kilowatt hours", "megawatt-hours"
        let hours = gap_or_hyphen(text, end).map(|hours| (hours, word(text, hours)));
        return match hours {
            Some((at, hours @ ("hour" | "hours"))) if lower.as_str().ends_with("watt") => {
                make(at + hours.len(), rank)
            }
            _ => make(rate(text, end), rank),
        };
    }
    if !figure.is_digits() && first.len() < 2 {
        return None;
    }
    if let Some(end) = squared(text, start, "km").or_else(|| squared(text, start, "m")) {
        return make(end, 0);
    }
    let (_, _, rank) = SHORT.iter().find(|row| row.1 && holds(row.0, first))?;
    make(rate(text, end), *rank)
}

/// The unit behind *square*, *metric* and the like, which starts with that word.
fn qualified(text: &str, start: usize, end: usize) -> Option<Unit> {
    let from = gap_or_hyphen(text, end)?;
    let base = word(text, from);
    let is_unit = rank(MEASURES, base).is_some()
        || rank(TIMES, base) == Some(70)
        || SHORT.iter().any(|row| row.1 && holds(row.0, base));
    is_unit.then(|| Unit::new(start, rate(text, from + base.len()), Family::Measure, 0))
}

#[cfg(test)]
mod tests {
    use super::super::figure::figure;
    use super::*;

    fn read(text: &str) -> Option<(&str, Family)> {
        unit(text, &figure(text, 0, false)?).map(|unit| (&text[unit.start..unit.end], unit.family))
    }

    #[test]
    fn a_unit_may_be_glued_spaced_or_hyphenated() {
        assert_eq!(read("20mph zone"), Some(("mph", Family::Measure)));
        assert_eq!(read("2.5 km away"), Some(("km", Family::Measure)));
        assert_eq!(read("3-inch pipe"), Some(("inch", Family::Measure)));
        assert_eq!(read("40 square miles"), Some(("square miles", Family::Measure)));
        assert_eq!(read("60 miles an hour"), Some(("miles an hour", Family::Measure)));
        assert_eq!(read("38°C"), Some(("°C", Family::Measure)));
        assert_eq!(read("6'2\" tall"), Some(("'2\"", Family::Measure)));
    }

    #[test]
    fn an_age_takes_its_old() {
        assert_eq!(read("11-year-old"), Some(("year-old", Family::Time)));
        assert_eq!(read("29 years old"), Some(("years old", Family::Time)));
        assert_eq!(read("6 weeks of age"), Some(("weeks of age", Family::Time)));
    }

    #[test]
    fn counted_nouns_are_no_units() {
        for text in ["26 people", "12-storey", "12-point lead", "two second-half goals", "three cups"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_point_of_a_rate_is_a_percentage() {
        assert_eq!(read("0.2-point rise"), Some(("point", Family::Percent)));
        assert_eq!(read("1.5 percentage points"), Some(("percentage points", Family::Percent)));
        assert_eq!(read("30 per cent"), Some(("per cent", Family::Percent)));
    }
}
