//! Times as people write them, read from the start of a text: clocks, days, zones, and “5 min ago”.
//!
//! Scanners take a text and give what they read with the rest of it, or nothing. Parts may be glued to each other
//! (`November02202521:06`), for text that was copied from a page loses the spaces that its layout made.

use crate::feed::zones;

use super::calendar::{self, Day, number, starts_with_digit, two_digits};

/// A time of day as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::feed::formats) struct Clock {
    pub hour: u32,
    pub minute: u32,
    pub second: Option<u32>,
    /// Whether it could be a plain number too, such as `12.50`.
    pub is_numeral: bool,
}

impl Clock {
    /// Minutes since midnight.
    pub(in crate::feed::formats) fn minutes(self) -> i64 {
        i64::from(self.hour * 60 + self.minute)
    }
}

/// The times that stand together in one place of a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::feed::formats) struct Times<'a> {
    pub clock: Option<Clock>,
    pub day: Option<Day>,
    /// The zone as written: an abbreviation or an offset.
    pub zone: &'a str,
    pub is_relative: bool,
    has_weekday: bool,
}

const UNITS: &[&str] = &[
    "s", "sec", "secs", "second", "seconds", "m", "min", "mins", "minute", "minutes", "h", "hr", "hrs",
    "hour", "hours", "d", "day", "days", "w", "week", "weeks", "month", "months", "year", "years", "minuten",
    "stunde", "stunden", "tag", "tagen", "heure", "heures", "jour", "jours",
];

/// Words that join the parts of a time.
const JOINTS: &[&str] = &["at", "on", "um", "am", "à", "le", "the"];

/// Reads the times that `text` begins with.
pub(in crate::feed::formats) fn times(text: &str) -> Option<(Times<'_>, &str)> {
    let mut times = Times::default();
    let mut rest = text;
    loop {
        let next = match times.take(rest) {
            None if rest.len() < text.len() => times.take(after_joints(rest)),
            next => next,
        };
        match next {
            Some(next) => rest = next,
            None => return (rest.len() < text.len()).then_some((times, rest)),
        }
    }
}

impl<'a> Times<'a> {
    /// Takes one more part that is not known yet.
    fn take(&mut self, text: &'a str) -> Option<&'a str> {
        if !self.is_relative
            && let Some(rest) = relative(text)
        {
            self.is_relative = true;
            return Some(rest);
        }
        if self.day.is_none()
            && let Some((day, rest)) = calendar::day(text)
        {
            self.day = Some(day);
            return Some(rest);
        }
        if self.clock.is_none()
            && let Some((clock, rest)) = clock(text)
        {
            self.clock = Some(clock);
            return Some(rest);
        }
        if self.clock.is_some()
            && self.zone.is_empty()
            && let Some((zone, rest)) = zone(text)
        {
            self.zone = zone;
            return Some(rest);
        }
        let rest = calendar::weekday(text).filter(|_| !self.has_weekday)?;
        self.has_weekday = true;
        Some(rest)
    }
}

/// `text` after the white space, punctuation and little words that join the parts of a time.
pub(in crate::feed::formats) fn after_joints(text: &str) -> &str {
    let mut rest = text;
    loop {
        let trimmed =
            rest.trim_start_matches(|char: char| char.is_whitespace() || ",|·•(:–—-".contains(char));
        // The `T` of ISO 8601.
        let trimmed = match trimmed.strip_prefix(['T', 't']) {
            Some(after) if after.starts_with(|char: char| char.is_ascii_digit()) => after,
            _ => trimmed,
        };
        let word = JOINTS.iter().find_map(|joint| strip_word(trimmed, joint));
        match word {
            Some(after) => rest = after,
            None => return trimmed,
        }
    }
}

/// `text` without `word` at its start, in any case, when no letter follows.
pub(in crate::feed::formats) fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(word.len())?;
    let is_whole = !rest.starts_with(char::is_alphabetic);
    (is_whole && head.eq_ignore_ascii_case(word)).then_some(rest)
}

/// `04:39`, `12.50`, `12.16pm`, `9 a.m.`, `14h05`, `14:05:10`, `14 Uhr`.
fn clock(text: &str) -> Option<(Clock, &str)> {
    let (hour, rest) = number(text, 2)?;
    let separator = rest.chars().next();
    let parts = rest
        .strip_prefix([':', '.', 'h', '\u{2236}'])
        .and_then(|rest| two_digits(rest).filter(|(minute, _)| *minute < 60));
    let (minute, rest) = match parts {
        Some((minute, rest)) => (Some(minute), rest),
        None => (None, rest),
    };
    let seconds = rest.strip_prefix([':', '.']).and_then(two_digits).filter(|(second, _)| *second < 61);
    let (second, rest) = match seconds.filter(|_| minute.is_some()) {
        Some((second, rest)) => (Some(second.min(59)), rest),
        None => (None, rest),
    };
    let half = half_of_day(rest);
    let rest = half.map_or(rest, |(_, rest)| rest);
    let uhr = strip_word(rest.trim_start(), "uhr");
    let rest = uhr.unwrap_or(rest);
    let hour = match half {
        Some((is_afternoon, _)) if (1..=12).contains(&hour) => hour % 12 + 12 * u32::from(is_afternoon),
        // `13:00 pm` is a slip of the pen, not another time.
        _ => hour,
    };
    let is_whole = minute.is_some() || half.is_some() || uhr.is_some();
    // What goes on is a fraction, a span of time, or no time at all; after seconds, `-` begins an offset.
    let joins: &[char] = if second.is_some() { &[':', '.', ',', '/'] } else { &[':', '.', ',', '/', '-'] };
    let after_join = rest.strip_prefix(joins).filter(|_| half.is_none());
    let goes_on = starts_with_digit(rest) || after_join.is_some_and(starts_with_digit);
    let is_numeral = separator == Some('.') && half.is_none() && uhr.is_none();
    let minute = minute.unwrap_or(0);
    (hour < 24 && is_whole && !goes_on).then_some((Clock { hour, minute, second, is_numeral }, rest))
}

/// Whether `text` begins with the second half of the day, such as `pm` or `p.m.`, or the first.
fn half_of_day(text: &str) -> Option<(bool, &str)> {
    const HALVES: [(&str, bool); 4] = [("am", false), ("pm", true), ("a.m.", false), ("p.m.", true)];
    let text = text.trim_start();
    HALVES.iter().find_map(|(word, is_afternoon)| {
        let (head, rest) = text.split_at_checked(word.len())?;
        let is_whole = !rest.starts_with(char::is_lowercase);
        (is_whole && head.eq_ignore_ascii_case(word)).then_some((*is_afternoon, rest))
    })
}

/// Zones written in words, and their abbreviations.
const ZONE_NAMES: [(&str, &str); 4] = [
    ("british summer time", "BST"),
    ("greenwich mean time", "GMT"),
    ("central european summer time", "CEST"),
    ("central european time", "CET"),
];

/// An abbreviation that is known, bare or in parentheses, or an offset.
fn zone(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    if let Some(inner) = text.strip_prefix('(') {
        let (zone, rest) = zone(inner)?;
        return Some((zone, rest.trim_start().strip_prefix(')')?));
    }
    let named = ZONE_NAMES.iter().find_map(|(name, zone)| Some((*zone, strip_word(text, name)?)));
    if named.is_some() {
        return named;
    }
    let offset = text.strip_prefix("UTC").or_else(|| text.strip_prefix("GMT")).unwrap_or(text);
    if offset.starts_with(['+', '-', '−']) {
        let length =
            offset.chars().take_while(|char| "+-−:0123456789".contains(*char)).map(char::len_utf8).sum();
        let (zone, rest) = offset.split_at_checked(length)?;
        return (zone.len() >= 3 && !rest.starts_with(char::is_alphabetic)).then_some((zone, rest));
    }
    (1..=5).rev().find_map(|length| {
        let (zone, rest) = text.split_at_checked(length)?;
        (zones::is_known(zone) && !is_glued_to_a_word(rest)).then_some((zone, rest))
    })
}

/// Whether letters that end before `rest` are the beginning of a word: `EST` of `ESTHER` is, `BST` of `BSTFirst` is not.
fn is_glued_to_a_word(rest: &str) -> bool {
    let mut chars = rest.chars();
    match (chars.next(), chars.next()) {
        (Some(first), _) if first.is_lowercase() => true,
        (Some(first), second) if first.is_uppercase() => !second.is_some_and(char::is_lowercase),
        _ => false,
    }
}

/// `4m ago`, `21 mins ago`, `an hour ago`, `just now`, `vor 5 Minuten`, `il y a 2 heures`. They were true when the page was
/// copied, and say nothing now.
fn relative(text: &str) -> Option<&str> {
    if let Some(rest) = strip_word(text, "just now") {
        return Some(rest);
    }
    let foreign = ["vor ", "il y a "].iter().find_map(|lead| {
        text.get(..lead.len()).filter(|head| head.eq_ignore_ascii_case(lead)).and(text.get(lead.len()..))
    });
    let counted = foreign.unwrap_or(text);
    let rest = match number(counted, 9) {
        Some((_, rest)) => rest.trim_start(),
        None => ["a", "an", "one"].iter().find_map(|word| strip_word(counted, word))?.trim_start(),
    };
    let end = rest.find(|char: char| !char.is_ascii_alphabetic()).unwrap_or(rest.len());
    let (unit, after) = rest.split_at_checked(end)?;
    let is_unit = UNITS.iter().any(|known| unit.eq_ignore_ascii_case(known));
    if foreign.is_some() && is_unit {
        return Some(after);
    }
    let after = after.trim_start();
    let is_ago = after.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("ago"));
    let rest = after.get(3..).filter(|rest| !rest.starts_with(char::is_lowercase));
    rest.filter(|_| is_unit && is_ago)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let Some((times, rest)) = times(text) else { return "nothing".to_owned() };
        let clock =
            times.clock.map_or_else(String::new, |clock| format!("{:02}:{:02}", clock.hour, clock.minute));
        let day = times.day.map_or_else(String::new, |day| {
            format!(
                "{}-{}-{}",
                day.year.map_or_else(|| "?".to_owned(), |year| year.to_string()),
                day.month,
                day.number
            )
        });
        let relative = if times.is_relative { "ago" } else { "" };
        let rest = format!("[{rest}]");
        let parts = [relative, &day, &clock, times.zone, &rest];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn times_are_read_however_they_are_glued() {
        for (text, wanted) in [
            ("28 April 2025 04:39", "2025-4-28 04:39 []"),
            ("Monday 28 April 2025 04:39", "2025-4-28 04:39 []"),
            ("November02202521:06 (IST)", "2025-11-2 21:06 IST []"),
            ("May5202509:06", "2025-5-5 09:06 []"),
            ("4m ago12.50 BST", "ago 12:50 BST []"),
            ("21 mins ago11:48 Ana Bell", "ago 11:48 [ Ana Bell]"),
            ("19:02 (IST), Oct 02", "?-10-2 19:02 IST []"),
            ("12.16pm BST", "12:16 BST []"),
            ("12:34 12 May", "?-5-12 12:34 []"),
            ("2025-04-28T04:39:00+01:00", "2025-4-28 04:39 +01:00 []"),
            ("2025-04-28 04:39 Rain", "2025-4-28 04:39 [ Rain]"),
            ("28.04.2025, 14:05 Uhr", "2025-4-28 14:05 []"),
            ("21:34 British Summer Time 12 May", "?-5-12 21:34 BST []"),
            ("28 avril 2025 à 14h05", "2025-4-28 14:05 []"),
            ("March 9, 2015 1:08PM", "2015-3-9 13:08 []"),
            ("12.50 BSTFirst published", "12:50 BST [First published]"),
            ("21:00ESTHER King", "21:00 [ESTHER King]"),
            ("6 OCT 2020", "2020-10-6 []"),
            ("04/28/2025", "2025-4-28 []"),
            ("9 a.m. ET", "09:00 ET []"),
            ("vor 5 Minuten", "ago []"),
            ("2025-04-28T04:39:00-05:00", "2025-4-28 04:39 -05:00 []"),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }

    #[test]
    fn numbers_are_no_times() {
        for text in
            ["24:00", "99:99", "0:60", "1:2", "12.5", "10:00:00,123", "1234", "28 people", "4m people", ""]
        {
            assert_eq!(times(text), None, "{text}");
        }
    }
}
