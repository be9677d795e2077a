//! Days as people write them: in words or figures, with a year or without.
//!
//! English, German, French and Spanish names are known, in any case, and the beginnings of months' names.

/// A day as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::feed::formats) struct Day {
    /// The day of the month.
    pub number: u32,
    pub month: u32,
    pub year: Option<i32>,
}

/// Months in English, German, French and Spanish, January first. The beginning of a name, from three letters on, is its
/// abbreviation.
const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "janvier", "jänner", "enero"],
    &["february", "februar", "février", "feber", "febrero"],
    &["march", "märz", "mars", "marzo"],
    &["april", "avril", "abril"],
    &["may", "mai", "mayo"],
    &["june", "juni", "juin", "junio"],
    &["july", "juli", "juillet", "julio"],
    &["august", "août", "agosto"],
    &["september", "septembre", "septiembre"],
    &["october", "oktober", "octobre", "octubre"],
    &["november", "novembre", "noviembre"],
    &["december", "dezember", "décembre", "diciembre"],
];

const WEEKDAYS: &[&str] = &[
    "monday",
    "mon",
    "montag",
    "lundi",
    "tuesday",
    "tue",
    "tues",
    "dienstag",
    "mardi",
    "wednesday",
    "wed",
    "mittwoch",
    "mercredi",
    "thursday",
    "thu",
    "thur",
    "thurs",
    "donnerstag",
    "jeudi",
    "friday",
    "fri",
    "freitag",
    "vendredi",
    "saturday",
    "sat",
    "samstag",
    "samedi",
    "sunday",
    "sun",
    "sonntag",
    "dimanche",
];

/// `28 April 2025`, `Apr 28, 2025`, `28. April`, `2025-04-28`, `28.04.2025`, `28/04/2025`.
pub(in crate::feed::formats) fn day(text: &str) -> Option<(Day, &str)> {
    iso_day(text).or_else(|| day_in_figures(text)).or_else(|| day_first(text)).or_else(|| month_first(text))
}

fn checked(day: u32, month: u32, year: Option<i32>) -> Option<Day> {
    ((1..=31).contains(&day) && (1..=12).contains(&month)).then_some(Day { number: day, month, year })
}

fn iso_day(text: &str) -> Option<(Day, &str)> {
    let (year, rest) = year(text)?;
    let (month, rest) = two_digits(rest.strip_prefix(['-', '/'])?)?;
    let (day, rest) = two_digits(rest.strip_prefix(['-', '/'])?)?;
    Some((checked(day, month, Some(year))?, rest))
}

/// A day in figures: the day first, unless that cannot be.
fn day_in_figures(text: &str) -> Option<(Day, &str)> {
    let (first, rest) = number(text, 2)?;
    let separator = rest.chars().next().filter(|char| matches!(char, '.' | '/'))?;
    let (second, rest) = number(rest.strip_prefix(separator)?, 2)?;
    let rest = rest.strip_prefix(separator)?;
    let (year, rest) = match year(rest) {
        Some((year, rest)) => (Some(year), rest),
        None => match two_digits(rest).filter(|(_, rest)| !rest.starts_with([':', '.'])) {
            Some((year, rest)) => (Some(2000 + year as i32), rest),
            None if separator == '.' && !starts_with_digit(rest) => (None, rest),
            None => return None,
        },
    };
    let day =
        checked(first, second, year).or_else(|| checked(second, first, year).filter(|_| separator == '/'))?;
    Some((day, rest))
}

fn day_first(text: &str) -> Option<(Day, &str)> {
    let (day, rest) = number(text, 2)?;
    let rest =
        ["st", "nd", "rd", "th", "er", "."].iter().find_map(|end| rest.strip_prefix(end)).unwrap_or(rest);
    let (month, rest) = month(rest.trim_start().strip_prefix("de ").unwrap_or(rest.trim_start()))?;
    let (year, rest) = year_after(rest);
    Some((checked(day, month, year)?, rest))
}

fn month_first(text: &str) -> Option<(Day, &str)> {
    let (month, rest) = month(text)?;
    let rest = rest.trim_start();
    // A glued day and year may have one figure for the day: `May52025`.
    [2, 1].into_iter().find_map(|figures| {
        let (day, rest) = number(rest, figures)?;
        let rest = ["st", "nd", "rd", "th"].iter().find_map(|end| rest.strip_prefix(end)).unwrap_or(rest);
        let (year, rest) = year_after(rest);
        let is_whole = year.is_some() || !rest.starts_with(|char: char| char.is_ascii_digit() || char == ':');
        Some((checked(day, month, year).filter(|_| is_whole)?, rest))
    })
}

fn month(text: &str) -> Option<(u32, &str)> {
    let (word, rest) = letters(text)?;
    let first = word.bytes().next();
    let is_it = |name: &&str| name.bytes().next() == first && name.starts_with(&word);
    let is_month = |names: &&[&str]| names.iter().any(is_it);
    let index = MONTHS.iter().position(is_month)?;
    Some((index as u32 + 1, rest.strip_prefix('.').unwrap_or(rest)))
}

fn year(text: &str) -> Option<(i32, &str)> {
    let (year, rest) = number(text, 4)?;
    (1900..2200).contains(&year).then_some((year as i32, rest))
}

fn year_after(text: &str) -> (Option<i32>, &str) {
    let start = text.trim_start_matches([',', ' ', '\u{a0}']);
    let is_clock =
        |rest: &str| rest.starts_with([':', '.', 'h']) && rest.get(1..).is_some_and(starts_with_digit);
    match year(start).filter(|(_, rest)| !is_clock(rest)) {
        Some((year, rest)) => (Some(year), rest),
        None => (None, text),
    }
}

/// `text` after the name of a day of the week.
pub(in crate::feed::formats) fn weekday(text: &str) -> Option<&str> {
    let (word, rest) = letters(text)?;
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    WEEKDAYS.contains(&word.as_str()).then_some(rest)
}

/// The letters that `text` begins with, in lower case; nothing when they are too many for a name of a day or month.
fn letters(text: &str) -> Option<(String, &str)> {
    let end = text.find(|char: char| !char.is_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end)?;
    (word.len() >= 3 && word.len() <= 12).then(|| (word.to_lowercase(), rest))
}

/// The number that `text` begins with, of at most `most` figures.
pub(in crate::feed::formats) fn number(text: &str, most: usize) -> Option<(u32, &str)> {
    let end = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at_checked(end)?;
    digits.parse().ok().map(|number| (number, rest))
}

pub(in crate::feed::formats) fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|char: char| char.is_ascii_digit())
}

pub(in crate::feed::formats) fn two_digits(text: &str) -> Option<(u32, &str)> {
    let (value, rest) = number(text, 2)?;
    (text.len() - rest.len() == 2).then_some((value, rest))
}
