//! Times of day: 5.40pm, 1:05 a.m., 2pm ET, 15:20, 1500 GMT, six o'clock.

use super::cursor::{byte, char_at, ends_word, gap, is_digit, starts, word};
use super::figure;
use super::words::{self, Word};

/// Zone abbreviations that belong to the time before them.
const ZONES: &[&str] = &[
    "ACST", "AEDT", "AEST", "AKDT", "AKST", "AWST", "BST", "CAT", "CDT", "CEST", "CET", "CST", "CT", "EAT",
    "EDT", "EEST", "EET", "EST", "ET", "GMT", "HKT", "HST", "IDT", "IST", "JST", "KST", "MDT", "MSK", "MST",
    "MT", "NDT", "NST", "NZDT", "NZST", "PDT", "PKT", "PST", "PT", "SAST", "SGT", "UTC", "WAT", "WEST",
    "WET",
];

/// Where the time of day ends that starts at a position.
pub(super) fn time(text: &str, at: usize) -> Option<usize> {
    if !is_digit(text, at) {
        matches!(words::meaning(word(text, at))?, Word::Unit(_) | Word::Teen(_)).then_some(())?;
        let hour = figure::figure(text, at, false).filter(|hour| (1.0..=12.0).contains(&hour.value()))?;
        return o_clock(text, hour.end).or_else(|| half_of_day(text, hour.end)).map(|end| zone(text, end));
    }
    let digits = (0..5).take_while(|n| is_digit(text, at + n)).count();
    let hour_end = at + digits;
    let hour = (at..hour_end).fold(0_u32, |sum, place| sum * 10 + u32::from(byte(text, place) - b'0'));
    if digits > 2 {
        let clock = (3..=4).contains(&digits) && hour % 100 < 60 && hour < 2400;
        let end = clock.then(|| half_of_day(text, hour_end)).flatten().unwrap_or(hour_end);
        let after = zone(text, end);
        return (clock && after > hour_end).then_some(after);
    }
    if hour > 24 {
        return None;
    }
    if let Some(end) = minutes(text, hour_end) {
        let colon = byte(text, hour_end) == b':';
        let end = if colon { seconds(text, end) } else { end };
        let after = half_of_day(text, end).unwrap_or(end);
        let zoned = zone(text, after);
        let clean = ends_word(text, zoned)
            && !(matches!(byte(text, zoned), b':' | b'.') && is_digit(text, zoned + 1));
        return (clean && (colon || zoned > end)).then_some(zoned);
    }
    o_clock(text, hour_end)
        .or_else(|| half_of_day(text, hour_end).filter(|_| hour > 0))
        .map(|end| zone(text, end))
}

/// The minutes behind an hour: the end.
fn minutes(text: &str, at: usize) -> Option<usize> {
    let fits = matches!(byte(text, at), b':' | b'.')
        && matches!(byte(text, at + 1), b'0'..=b'5')
        && is_digit(text, at + 2)
        && !is_digit(text, at + 3);
    fits.then_some(at + 3)
}

/// The end of the seconds that may follow minutes, or of the fraction in a lap of 1:32.608.
fn seconds(text: &str, at: usize) -> usize {
    let from = minutes(text, at).filter(|_| byte(text, at) == b':').unwrap_or(at);
    let digits = (1..5).take_while(|n| is_digit(text, from + n)).count();
    if byte(text, from) == b'.' && (1..=3).contains(&digits) { from + 1 + digits } else { from }
}

/// am, p.m. and the like: the end, with the last dot of a dotted form.
fn half_of_day(text: &str, at: usize) -> Option<usize> {
    let start = gap(text, at).unwrap_or(at);
    if !matches!(byte(text, start), b'a' | b'p' | b'A' | b'P') {
        return None;
    }
    let second = start + 1;
    if matches!(byte(text, second), b'm' | b'M') {
        return ends_word(text, second + 1).then_some(second + 1);
    }
    let dotted = byte(text, second) == b'.'
        && matches!(byte(text, second + 1), b'm' | b'M')
        && ends_word(text, second + 2);
    dotted.then(|| second + 2 + usize::from(byte(text, second + 2) == b'.'))
}

fn o_clock(text: &str, at: usize) -> Option<usize> {
    let start = gap(text, at)?;
    let mark = char_at(text, start + 1).filter(|c| matches!(c, '\'' | '’'))?;
    let rest = start + 1 + mark.len_utf8();
    (matches!(byte(text, start), b'o' | b'O') && starts(text, rest, "clock")).then_some(rest + 5)
}

fn zone(text: &str, at: usize) -> usize {
    let start = gap(text, at).unwrap_or(at);
    let name = word(text, start);
    if ZONES.contains(&name) { start + name.len() } else { at }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_take_their_half_and_zone() {
        for text in [
            "5.40pm",
            "1:05 a.m.",
            "9.15am",
            "2pm ET",
            "15:20",
            "15:11 GMT",
            "1500 GMT",
            "8:00:31am",
            "six o\u{2019}clock",
            "seven pm",
        ] {
            assert_eq!(time(text, 0), Some(text.len()), "{text}");
        }
    }

    #[test]
    fn other_figures_are_no_times() {
        for text in ["12.30", "27.pm", "5 am\u{e9}lie", "25:00", "7 amps", "1234", "12:345", "3:4"] {
            assert_eq!(time(text, 0), None, "{text}");
        }
    }
}
