//! Dates that show a figure: days of a month, months of a year, decades, fiscal years, dates in digits.
//!
//! A weekday or month alone is no number. A bare year is read as a figure first and becomes a date in `amount`.

use super::cursor::{
    byte, char_at, char_before, ends_word, gap, gap_or_hyphen, hyphen, is_digit, next_word, skip_word,
    starts, word, word_end,
};
use super::digits;
use super::figure::{self, Form};
use super::words::{self, Word};

/// A date and whether it ends with a day, which another day may then continue: *May 3-5*.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Date {
    pub(super) end: usize,
    pub(super) ends_in_day: bool,
    /// A range inside the date, such as *May to June 2024*.
    pub(super) is_range: bool,
}

impl Date {
    fn to(end: usize) -> Self {
        Self { end, ends_in_day: false, is_range: false }
    }
}

/// The date at a position.
pub(super) fn date(text: &str, at: usize) -> Option<Date> {
    if is_digit(text, at) {
        return numeric(text, at)
            .or_else(|| fiscal(text, at))
            .or_else(|| decade(text, at))
            .or_else(|| day_first(text, at))
            .or_else(|| era(text, at));
    }
    if let Some(mark) = char_at(text, at).filter(|c| matches!(c, '\'' | '’' | '‘')) {
        return decade(text, at + mark.len_utf8())
            .filter(|_| char_before(text, at).is_none_or(|c| !c.is_alphanumeric()));
    }
    let first = word(text, at);
    match words::meaning(first)? {
        Word::Month(_) if words::month(first).is_some() => month_first(text, at),
        Word::Weekday => weekday(text, at),
        Word::Nth(_) | Word::NthTens(_) | Word::Tens(_) => day_first(text, at),
        _ => None,
    }
}

/// A weekday with the date attached to it: *Sunday, 12 July*, *Monday the 3rd*.
fn weekday(text: &str, at: usize) -> Option<Date> {
    let day = word(text, at);
    let mut end = at + day.len();
    end += usize::from(byte(text, end) == b'.' && day.len() < 6);
    end += usize::from(byte(text, end) == b',');
    let start = gap(text, end)?;
    let start = if starts(text, start, "the ") { start + 4 } else { start };
    if is_digit(text, start) {
        return numeric(text, start).or_else(|| day_first(text, start)).or_else(|| {
            let (end, _) = day_number(text, start).filter(|(_, is_nth)| *is_nth)?;
            Some(Date { ends_in_day: true, ..Date::to(end) })
        });
    }
    words::month(word(text, start))?;
    month_first(text, start).filter(|date| !date.is_range)
}

/// *June 2024*, *June 3*, *June 3rd, 2024*, *May-June 2024*.
fn month_first(text: &str, at: usize) -> Option<Date> {
    let name = word(text, at);
    let mut end = at + name.len();
    end += usize::from(byte(text, end) == b'.' && name.len() < 6);
    if let Some(range) = month_range(text, end) {
        return Some(range);
    }
    if byte(text, end) == b','
        && let Some(end) = gap(text, end + 1).and_then(|start| year(text, start))
    {
        return Some(Date::to(end));
    }
    let start = gap(text, end).or_else(|| hyphen(text, end).filter(|start| year(text, *start).is_some()))?;
    if let Some(end) = year(text, start) {
        return Some(Date::to(end));
    }
    if let Some((end, _)) = day_number(text, start) {
        return Some(with_year(text, end));
    }
    if let Some(end) = short_year(text, start) {
        return Some(Date::to(end));
    }
    let after = skip_word(text, end, "of").and_then(|of| gap(text, of));
    after.and_then(|start| year(text, start)).map(Date::to)
}

/// The rest of *May-June 2024* or *May to June 2024*, from the end of the first month.
fn month_range(text: &str, end: usize) -> Option<Date> {
    let start =
        char_at(text, end).filter(|c| matches!(c, '-' | '–')).map(|c| end + c.len_utf8()).or_else(|| {
            ["to", "through"].iter().find_map(|to| skip_word(text, end, to)).and_then(|to| gap(text, to))
        })?;
    let second = word(text, start);
    words::month(second)?;
    let after = gap(text, start + second.len())?;
    year(text, after).map(|end| Date { is_range: true, ..Date::to(end) })
}

/// *28 April 2025*, *4th of May*, *the twenty-first of June*.
fn day_first(text: &str, at: usize) -> Option<Date> {
    let (mut end, is_nth) = day_number(text, at).or_else(|| day_word(text, at))?;
    if is_nth {
        // "second May election": a day in words needs its "of".
        end = match skip_word(text, end, "of") {
            Some(of) => of,
            None if is_digit(text, at) => end,
            None => return None,
        };
    }
    let start = gap_or_hyphen(text, end)?;
    let name = word(text, start);
    words::month(name)?;
    if name.bytes().all(|b| b.is_ascii_lowercase())
        && name.len() < 4
        && !is_nth
        && year(text, gap_or_hyphen(text, start + name.len())?).is_none()
    {
        return None;
    }
    end = start + name.len();
    let dot = usize::from(
        byte(text, end) == b'.'
            && name.len() < 5
            && gap(text, end + 1).is_some_and(|next| is_digit(text, next)),
    );
    let next = end + dot + usize::from(byte(text, end) == b',');
    match gap_or_hyphen(text, next).and_then(|start| year(text, start).or_else(|| short_year(text, start))) {
        Some(end) => Some(Date::to(end)),
        None => Some(Date::to(end)),
    }
}

/// A date that ended with a day, with the year that may follow.
pub(super) fn with_year(text: &str, end: usize) -> Date {
    let next = end + usize::from(byte(text, end) == b',');
    match gap(text, next).and_then(|start| year(text, start)) {
        Some(end) => Date::to(end),
        None => Date { ends_in_day: true, ..Date::to(end) },
    }
}

/// A day of a month in digits, and whether it has its *th*.
pub(super) fn day_number(text: &str, at: usize) -> Option<(usize, bool)> {
    let figure = figure::figure(text, at, false).filter(|figure| (1.0..=31.0).contains(&figure.value()))?;
    match figure.form {
        Form::Nth if is_digit(text, at) => Some((figure.end, true)),
        Form::Digits { plain: 1 | 2 }
            if ends_word(text, figure.end)
                && !(matches!(byte(text, figure.end), b'%' | b'/')
                    || (byte(text, figure.end) == b':' && is_digit(text, figure.end + 1))
                    || is_decimal_comma(text, figure.end)) =>
        {
            Some((figure.end, false))
        }
        _ => None,
    }
}

fn is_decimal_comma(text: &str, at: usize) -> bool {
    byte(text, at) == b',' && is_digit(text, at + 1)
}

/// A day of a month in words, as an ordinal.
fn day_word(text: &str, at: usize) -> Option<(usize, bool)> {
    let figure = figure::figure(text, at, false)
        .filter(|figure| figure.form == Form::Nth && figure.value() <= 31.0)?;
    Some((figure.end, true))
}

/// A year in four digits: the end.
pub(super) fn year(text: &str, at: usize) -> Option<usize> {
    let end = at + 4;
    let digits = (at..end).all(|place| is_digit(text, place));
    let first = byte(text, at) == b'1' || (byte(text, at) == b'2' && byte(text, at + 1) <= b'1');
    let clean = ends_word(text, end)
        && !is_decimal_comma(text, end)
        && !(byte(text, end) == b'.' && is_digit(text, end + 1))
        && byte(text, end) != b'%';
    (digits && first && clean).then_some(end)
}

/// The end of a year cut to its last digits: '24.
fn short_year(text: &str, at: usize) -> Option<usize> {
    let mark = char_at(text, at).filter(|c| matches!(c, '\'' | '’'))?;
    let from = at + mark.len_utf8();
    (is_digit(text, from) && is_digit(text, from + 1) && ends_word(text, from + 2)).then_some(from + 2)
}

/// 2021/22 and 2014/2015.
fn fiscal(text: &str, at: usize) -> Option<Date> {
    let slash = at + 4;
    if byte(text, slash) != b'/'
        || !(at..slash).all(|place| is_digit(text, place))
        || !matches!(byte(text, at), b'1' | b'2')
    {
        return None;
    }
    let end = word_end(text, slash + 1);
    let digits = (slash + 1..end).all(|place| is_digit(text, place));
    (digits && matches!(end - slash, 3 | 5) && byte(text, end) != b'/').then(|| Date::to(end))
}

/// 1950s, 90s, 1950's.
fn decade(text: &str, at: usize) -> Option<Date> {
    let digits = (0..5).take_while(|n| is_digit(text, at + n)).count();
    let end = at + digits;
    let round = (digits == 4 && matches!(byte(text, at), b'1' | b'2') || digits == 2)
        && byte(text, end.saturating_sub(1)) == b'0';
    let quote = usize::from(digits == 4 && byte(text, end) == b'\'');
    (round && byte(text, end + quote) == b's' && ends_word(text, end + quote + 1))
        .then(|| Date::to(end + quote + 1))
}

/// 500 BC, 1066 AD.
fn era(text: &str, at: usize) -> Option<Date> {
    let year = digits::digits(text, at)?;
    let (start, era) = next_word(text, year.end)?;
    matches!(era, "BC" | "BCE" | "AD" | "CE").then(|| Date::to(start + era.len()))
}

/// Dates in digits: 2024-05-01, 1/5/2024, 01.05.2024, 05-01-24.
fn numeric(text: &str, at: usize) -> Option<Date> {
    let mark = |place: usize| Some(byte(text, place)).filter(|b| matches!(b, b'-' | b'/' | b'.'));
    let run = |from: usize| (0..5).take_while(|n| is_digit(text, from + n)).count();
    let first = run(at);
    let one = mark(at + first)?;
    let second_at = at + first + 1;
    let second = run(second_at);
    let third_at = second_at + second + 1;
    if !(1..=2).contains(&second) || mark(second_at + second)? != one {
        return None;
    }
    let third = run(third_at);
    let end = third_at + third;
    let number = |from: usize, length: usize| {
        (from..from + length).fold(0_u32, |sum, place| sum * 10 + u32::from(byte(text, place) - b'0'))
    };
    let fits = |from, length, most: u32| (1..=most).contains(&number(from, length));
    let shape = match (first, third) {
        (4, 1 | 2) => fits(second_at, second, 12) && fits(third_at, third, 31) && number(at, first) < 2200,
        (1 | 2, 4) => {
            fits(at, first, 31)
                && fits(second_at, second, 31)
                && (1000..2200).contains(&number(third_at, third))
        }
        (1 | 2, 2) if one == b'/' => fits(at, first, 31) && fits(second_at, second, 31),
        _ => false,
    };
    if shape && byte(text, end) == b'T' && is_digit(text, end + 1) {
        return Some(Date::to(with_clock(text, end + 1)));
    }
    (shape && ends_word(text, end) && !(mark(end) == Some(one) && is_digit(text, end + 1)))
        .then(|| Date::to(end))
}

/// The end of the time that a timestamp carries behind its T.
fn with_clock(text: &str, at: usize) -> usize {
    let length =
        (0..24).take_while(|n| matches!(byte(text, at + n), b'0'..=b'9' | b':' | b'+' | b'-')).count();
    let end = at + length;
    end + usize::from(byte(text, end) == b'Z')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<&str> {
        date(text, 0).map(|date| &text[..date.end])
    }

    #[test]
    fn a_date_takes_its_year_and_weekday() {
        for text in [
            "June 2024",
            "28 April 2025",
            "Sunday, 12 July",
            "4th of May",
            "July 29",
            "Tuesday, March 3, 2020",
            "May-June 2024",
            "Dec. 3",
            "the 3rd",
        ] {
            assert_eq!(read(text).is_some(), !text.starts_with("the"), "{text}");
            assert!(read(text).is_none_or(|found| found == text), "{text}");
        }
    }

    #[test]
    fn decades_and_fiscal_years_are_dates() {
        for text in
            ["1950s", "90s", "'90s", "2021/22", "500 BC", "2024-05-01", "2024-05-01T07:15:59Z", "1/5/2024"]
        {
            assert_eq!(read(text), Some(text));
        }
    }

    #[test]
    fn a_month_or_weekday_alone_is_none() {
        for text in ["May be", "June", "Monday", "March 2,000 people", "June 45", "24/7", "9/11", "12 mar"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
