//! The time or the day that a heading or a list item begins with.

use crate::feed::formats::plain::{
    calendar::{self, Day},
    scan,
    sight::Found,
};

/// What a line begins with.
#[derive(Debug, Clone)]
pub(super) enum Lead<'a> {
    /// A day and nothing else, and the zone of what follows.
    Day(DayLead<'a>),
    /// A time; whether it was assumed; and what follows it.
    Stamp(Box<Found>, bool, &'a str),
}

/// A day with its zone, if that is told.
#[derive(Debug, Clone, Copy)]
pub(super) struct DayLead<'a> {
    pub day: Day,
    pub zone: &'a str,
}

/// What may stand around a time.
const OPENING: &[char] = &['*', '_', '[', '(', '`', '\\', '~', ' '];
const CLOSING: &[char] = &['*', '_', ']', ')', '`'];

/// The lead of `text`; `None` when it begins with no time.
pub(super) fn lead(text: &str) -> Option<Lead<'_>> {
    let start = text.trim_start_matches(OPENING);
    let opening = text.get(..text.len() - start.len()).unwrap_or_default();
    let (times, rest) = scan::times(start)?;
    if let (None, Some(day)) = (times.clock, times.day) {
        let rest = rest.trim_start_matches(CLOSING).trim();
        let zone = rest.trim_matches(['·', '(', ')', ' ']);
        if rest.is_empty() || is_zone(zone) {
            let zone = zone.strip_prefix("UTC").filter(|offset| !offset.is_empty()).unwrap_or(zone);
            return Some(Lead::Day(DayLead { day, zone }));
        }
        // A day of its own only when it is a number: a sentence may begin with another.
        calendar::number(start, 4).filter(|(year, _)| *year > 31)?;
    }
    let clock = times.clock;
    // Manuals number their headings.
    if clock.is_some_and(|clock| clock.is_numeral && times.zone.is_empty() && times.day.is_none())
        || (clock.is_none() && times.day.is_none())
        || times.is_relative
    {
        return None;
    }
    // The mark that opened before the time closes behind it.
    let rest = match opening.trim_matches(['\\', '~', ' ']) {
        "" => rest,
        _ => rest.trim_start_matches(CLOSING),
    };
    let is_parted = rest.is_empty() || rest.starts_with(|char: char| !char.is_alphanumeric());
    let mut found = Found::undated();
    found.clock = clock;
    found.day = times.day;
    times.zone.clone_into(&mut found.zone);
    let is_separator = |char: char| char.is_whitespace() || "·:–—-|,".contains(char);
    let rest = rest.trim_start_matches(is_separator);
    is_parted.then(|| Lead::Stamp(Box::new(found), opening.contains('~'), rest))
}

/// Whether `text` is a zone as it is written behind a day.
fn is_zone(text: &str) -> bool {
    let offset = text.strip_prefix("UTC").unwrap_or(text);
    let is_offset = offset.starts_with(['+', '-'])
        && offset.chars().skip(1).all(|char| char.is_ascii_digit() || char == ':');
    text == "UTC" || is_offset || crate::feed::zones::is_known(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match lead(text) {
            None => "none".to_owned(),
            Some(Lead::Day(DayLead { day, zone })) => format!("day {}.{} {zone}", day.number, day.month),
            Some(Lead::Stamp(found, is_assumed, rest)) => {
                let clock = found.clock.map(|clock| format!("{:02}:{:02}", clock.hour, clock.minute));
                let mark = if is_assumed { "~" } else { "" };
                format!(
                    "{mark}{}{} {} | {rest}",
                    clock.unwrap_or_default(),
                    found.day.map_or("", |_| " day"),
                    found.zone
                )
            }
        }
    }

    #[test]
    fn times_at_the_start_of_a_line_are_leads() {
        for (text, wanted) in [
            ("14:05 · Doors open", "14:05  | Doors open"),
            ("**14:05** – Doors open", "14:05  | Doors open"),
            ("[14:05 BST] Doors", "14:05 BST | Doors"),
            ("\\~14:05", "~14:05  | "),
            ("2025-04-28 14:05 Doors", "14:05 day  | Doors"),
            ("2025-04-28T14:05:00Z", "14:05 day Z | "),
            ("2025-04-28 · Doors", " day  | Doors"),
            ("2.05pm: Doors", "14:05  | Doors"),
            ("Saturday 17 May 2025 · UTC+01:00", "day 17.5 +01:00"),
            ("17 May (UTC)", "day 17.5 UTC"),
            ("2025-04-28", "day 28.4 "),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }

    #[test]
    fn numbers_and_sentences_are_none() {
        for text in [
            "2.10 Installation",
            "1.2.3",
            "Doors open at 14:05",
            "17 May was a good day",
            "14:05th",
            "5 min ago",
            "· 14:05",
            "",
        ] {
            assert_eq!(shown(text), "none", "{text}");
        }
    }
}
