//! Moments as machines write them: RFC 3339 and its looser relatives, and counts of seconds.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use crate::model::{Precision, Stamp, Zone};

use super::{Context, zones};

/// A count of at least this many is of milliseconds, below it of seconds.
const MILLISECONDS: f64 = 1e11;

/// Reads a moment such as `2025-04-28T04:39:00+01:00`, `2025-04-28 04:39`, `2025-04-28`, `… BST`, or a count of seconds
/// or milliseconds since 1970 written as text.
pub fn parse(text: &str, context: &Context) -> Option<Stamp> {
    let text = text.trim();
    if let Some(stamp) = parse_iso(text, context.zone()) {
        return Some(stamp);
    }
    if let Some(stamp) = parse_mail(text, context.zone()) {
        return Some(stamp);
    }
    let is_count = text.len() >= 9 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_count.then(|| text.parse().ok().and_then(from_count)).flatten()
}

/// A count of seconds or milliseconds since 1970 as a moment.
pub fn from_count(count: f64) -> Option<Stamp> {
    let millis = if count.abs() >= MILLISECONDS { count } else { count * 1000.0 };
    let is_sane = millis.is_finite() && millis.abs() < 4e14;
    let time = is_sane.then(|| DateTime::<Utc>::from_timestamp_millis(millis.round() as i64)).flatten()?;
    Stamp::new(time.fixed_offset(), Precision::Second)
}

/// Reads an ISO 8601 moment, `T` or space between day and clock, seconds and zone optional.
pub fn parse_iso(text: &str, assumed: Zone) -> Option<Stamp> {
    parse_usual(text).or_else(|| parse_loose(text, assumed))
}

/// Reads `2025-04-28T04:39:00+01:00` or `2025-04-28T04:39:00Z`, as nearly all stamps are written, in a fraction of the
/// time. What is `None` here may be a moment all the same.
fn parse_usual(text: &str) -> Option<Stamp> {
    let (local, zone) = text.as_bytes().split_first_chunk::<19>()?;
    let [y1, y2, y3, y4, b'-', o1, o2, b'-', d1, d2, b'T', h1, h2, b':', m1, m2, b':', s1, s2] = local else {
        return None;
    };
    let two = |tens: &u8, ones: &u8| number(&[*tens, *ones]);
    let date = NaiveDate::from_ymd_opt(number(&[*y1, *y2, *y3, *y4])? as i32, two(o1, o2)?, two(d1, d2)?)?;
    // A leap second is the second before it.
    let local = date.and_hms_opt(two(h1, h2)?, two(m1, m2)?, two(s1, s2)?.min(59))?;
    let seconds_east = match zone {
        b"Z" => 0,
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let seconds = (two(h1, h2)? * 60 + two(m1, m2)?) as i32 * 60;
            if *sign == b'-' { -seconds } else { seconds }
        }
        _ => return None,
    };
    let offset = FixedOffset::east_opt(seconds_east)?;
    Stamp::new(
        DateTime::from_naive_utc_and_offset(local.checked_sub_offset(offset)?, offset),
        Precision::Second,
    )
}

/// Reads an ISO 8601 moment in any of its shapes; see [`parse_iso`].
fn parse_loose(text: &str, assumed: Zone) -> Option<Stamp> {
    let (date, rest) = text.split_at_checked(10)?;
    let date = parse_date(date)?;
    if rest.is_empty() {
        let time = assumed.local(date.and_time(NaiveTime::MIN))?;
        return Some(Stamp::new(time, Precision::Day)?.assuming(true, false));
    }
    let rest = rest.strip_prefix(['T', 't', ' ', '\u{a0}'])?.trim_start();
    let clock_end =
        rest.find(|char: char| !matches!(char, '0'..='9' | ':' | '.' | ',')).unwrap_or(rest.len());
    let (clock, zone) = rest.split_at_checked(clock_end)?;
    let (clock, precision) = parse_clock(clock)?;
    with_zone(date.and_time(clock), precision, zone.trim(), assumed)
}

/// Reads a moment as mail and RSS write it (RFC 2822): `Mon, 28 Apr 2025 04:39:00 BST`, day of the week and seconds
/// optional, any zone that newsrooms write.
fn parse_mail(text: &str, assumed: Zone) -> Option<Stamp> {
    let rest = text.split_once(',').map_or(text, |(_, rest)| rest);
    let mut words = rest.split_whitespace().peekable();
    words.next_if(|word| word.starts_with(|char: char| char.is_alphabetic()));
    let day = number(words.next()?.as_bytes())?;
    let month = month(words.next()?)?;
    let year = words.next()?;
    let year = match (number(year.as_bytes())?, year.len()) {
        (year, 2) => year + if year < 50 { 2000 } else { 1900 },
        (year, 4) => year,
        _ => return None,
    };
    let date = NaiveDate::from_ymd_opt(year as i32, month, day)?;
    let (clock, precision) = parse_clock(words.next()?)?;
    let zone = words.next().unwrap_or_default().to_uppercase();
    let local = date.and_time(clock);
    // A zone that nobody knows is as good as none.
    with_zone(local, precision, &zone, assumed).or_else(|| with_zone(local, precision, "", assumed))
}

/// The number of the month whose English name begins with the first three letters of `name`.
fn month(name: &str) -> Option<u32> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = name.get(..3)?.to_ascii_lowercase();
    MONTHS.iter().position(|month| *month == start).map(|index| index as u32 + 1)
}

/// `local` in the zone written as `zone`; in `assumed` when nothing is written.
pub fn with_zone(local: NaiveDateTime, precision: Precision, zone: &str, assumed: Zone) -> Option<Stamp> {
    if zone.is_empty() {
        return Some(Stamp::new(assumed.local(local)?, precision)?.assuming(true, false));
    }
    let time: DateTime<FixedOffset> = if zone.eq_ignore_ascii_case("z") {
        local.and_utc().fixed_offset()
    } else if let Some(offset) = parse_offset(zone) {
        local.and_local_timezone(offset).single()?
    } else {
        zones::resolve(zone, local, assumed)?
    };
    Stamp::new(time, precision)
}

/// A day written as `2025-04-28`.
fn parse_date(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    let is_parted = bytes.get(4) == Some(&b'-') && bytes.get(7) == Some(&b'-');
    let number = |from: usize, to: usize| bytes.get(from..to).and_then(number);
    is_parted.then(|| NaiveDate::from_ymd_opt(number(0, 4)? as i32, number(5, 7)?, number(8, 10)?)).flatten()
}

/// A number of at most nine digits.
fn number(digits: &[u8]) -> Option<u32> {
    let is_number = (1..=9).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit);
    is_number.then(|| digits.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
}

fn parse_clock(text: &str) -> Option<(NaiveTime, Precision)> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let mut parts = whole.split(':').map(|part| number(part.as_bytes()).filter(|_| part.len() <= 2));
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next());
    let precision = if second.is_some() { Precision::Second } else { Precision::Minute };
    // A leap second is the second before it.
    let second = second.unwrap_or(Some(0))?.min(59);
    let digits = fraction.as_bytes().get(..fraction.len().min(3))?;
    let scale = [1, 100, 10, 1].get(digits.len())?;
    let millis = if digits.is_empty() { 0 } else { number(digits)? * scale };
    Some((NaiveTime::from_hms_milli_opt(hour, minute, second, millis)?, precision))
}

fn parse_offset(text: &str) -> Option<FixedOffset> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-" | "−", digits) => (-1, digits),
        _ => return None,
    };
    let digits: String = digits.chars().filter(|char| *char != ':').collect();
    let (hours, minutes) = match digits.len() {
        2 => (digits.parse::<i32>().ok()?, 0),
        4 => (digits.get(..2)?.parse().ok()?, digits.get(2..)?.parse().ok()?),
        _ => return None,
    };
    FixedOffset::east_opt(sign * (hours * 60 + minutes) * 60)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_usual_shape_is_read_as_all_shapes_are(
            text in "[0-9]{4}-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-6][0-9]:[0-6][0-9]([.]5)?(Z|z|[+-][0-2][0-9]:[0-9]{2}|[+][0-9]{4})?"
        ) {
            if let Some(stamp) = parse_usual(&text) {
                prop_assert_eq!(Some(stamp), parse_loose(&text, Zone::UTC));
            }
        }
    }

    #[test]
    fn the_usual_shape_is_known() {
        for text in ["2025-04-28T04:39:00+01:00", "2025-04-28T04:39:60Z", "0001-01-01T00:00:00-11:30"] {
            let stamp = parse_usual(text);
            assert!(stamp.is_some() && stamp == parse_loose(text, Zone::UTC), "{text}");
        }
    }

    fn read(text: &str) -> Option<String> {
        let zone = Zone::parse("Europe/London").unwrap();
        let context = Context {
            assumed_zone: Some(zone),
            local_zone: Zone::UTC,
            date: None,
            modified: None,
            now: DateTime::default(),
        };
        parse(text, &context).map(Stamp::to_rfc3339)
    }

    #[test]
    fn the_looser_relatives_are_read() {
        let read = |text| read(text).unwrap();
        assert_eq!(read("2025-04-28T04:39:00+01:00"), "2025-04-28T04:39:00+01:00");
        assert_eq!(read("2025-04-28 04:39"), "2025-04-28T04:39:00+01:00");
        assert_eq!(read("2016-09-08T23:04:28.24337"), "2016-09-08T23:04:28.243+01:00");
        assert_eq!(read("2023-05-15T11:50:54+0000"), "2023-05-15T11:50:54+00:00");
        assert_eq!(read("2023-05-15T11:50 BST"), "2023-05-15T11:50:00+01:00");
        assert_eq!(read("2023-01-15"), "2023-01-15T00:00:00+00:00");
        assert_eq!(read("Mon, 15 May 2023 12:50:00 GMT"), "2023-05-15T12:50:00+00:00");
        assert_eq!(read("Mon, 15 May 2023 12:50:00 BST"), "2023-05-15T12:50:00+01:00");
        assert_eq!(read("15 May 23 12:50 +0530"), "2023-05-15T12:50:00+05:30");
        assert_eq!(read("Mon 15 May 2023 12:50:00 EST"), "2023-05-15T12:50:00-05:00");
        assert_eq!(read("1461231626797"), "2016-04-21T09:40:26.797+00:00");
        assert_eq!(read("1461231626"), "2016-04-21T09:40:26+00:00");
    }

    #[test]
    fn nonsense_is_no_moment() {
        for text in [
            "",
            "soon",
            "2025-13-01",
            "2025-04-28T25:00",
            "2025-04-28T04",
            "0000-01-01T00:00:00Z",
            "é025-04-28T04:39",
            "2025-04-28T04:39+99",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        for count in [f64::NAN, f64::INFINITY, 1e300, -1e300] {
            assert_eq!(from_count(count), None);
        }
    }
}
