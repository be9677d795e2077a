//! Times in words, in English: how long ago, at what time, on which day, how far apart.
//!
//! Nobody here asks the clock or the zone: `now` is an argument, and the days of [`ago`] are those of its offset.

use chrono::{DateTime, Datelike as _, Days, FixedOffset, NaiveDate, NaiveTime, TimeDelta};

const MINUTE: TimeDelta = TimeDelta::minutes(1);
const HOUR: TimeDelta = TimeDelta::hours(1);
const DAY: TimeDelta = TimeDelta::days(1);
/// Days that are counted; what is farther away is told by its date.
const COUNTED: i64 = 7;

/// How far `then` is from `now`: "now", "3 min ago", "2 h ago", "yesterday", "3 days ago", "28 April",
/// "28 April 2024"; or "in 5 min" and so on.
///
/// Whole minutes and hours count, and from 24 hours on days of the calendar. The year is told when it is not this one.
pub fn ago(now: DateTime<FixedOffset>, then: DateTime<FixedOffset>) -> String {
    let elapsed = now.signed_duration_since(then);
    let far = elapsed.abs();
    let count = |count: i64, unit: &str| {
        if elapsed > TimeDelta::zero() { format!("{count} {unit} ago") } else { format!("in {count} {unit}") }
    };
    if far < MINUTE {
        return "now".to_owned();
    } else if far < HOUR {
        return count(far.num_minutes(), "min");
    } else if far < DAY {
        return count(far.num_hours(), "h");
    }
    let today = now.date_naive();
    let date = then.with_timezone(now.offset()).date_naive();
    match today.signed_duration_since(date).num_days() {
        1 => "yesterday".to_owned(),
        -1 => "tomorrow".to_owned(),
        days if days.abs() <= COUNTED => count(days.abs(), "days"),
        _ => with_year(date, today, "%-d %B"),
    }
}

/// How long the words of [`ago`] stay true: after this time, and not before, they may be others. Always more than zero.
pub fn next_change(now: DateTime<FixedOffset>, then: DateTime<FixedOffset>) -> TimeDelta {
    let elapsed = now.signed_duration_since(then);
    let far = elapsed.abs();
    let unit = if far < HOUR { MINUTE } else { HOUR };
    if elapsed >= DAY {
        until_midnight(now)
    } else if elapsed > -MINUTE && elapsed < MINUTE {
        MINUTE - elapsed
    } else if elapsed > TimeDelta::zero() {
        unit - beyond_whole(far, unit)
    } else if far < DAY {
        // The count goes down as soon as it is no longer reached.
        beyond_whole(far, unit) + TimeDelta::nanoseconds(1)
    } else {
        until_midnight(now).min(far - DAY + TimeDelta::nanoseconds(1))
    }
}

/// The time of day: "04:39", or "~04:39" when its zone or day were assumed.
pub fn clock(time: DateTime<FixedOffset>, is_assumed: bool) -> String {
    let mark = if is_assumed { "~" } else { "" };
    format!("{mark}{}", time.format("%H:%M"))
}

/// A day as a heading: "Monday 28 April", with the year when it is not that of `today`.
pub fn day(date: NaiveDate, today: NaiveDate) -> String {
    with_year(date, today, "%A %-d %B")
}

/// A day in little room: "Mon 28".
pub fn day_short(date: NaiveDate) -> String {
    date.format("%a %-d").to_string()
}

/// A length of time to the nearest second, minute or day, whichever suits it: "40 s", "6 min", "2 h 10 min", "3 days".
pub fn span(length: TimeDelta) -> String {
    let seconds = length.abs().num_milliseconds().saturating_add(500) / 1000;
    let minutes = seconds.saturating_add(30) / 60;
    let days = minutes.saturating_add(12 * 60) / (24 * 60);
    match (minutes / 60, minutes % 60) {
        _ if seconds < 60 => format!("{seconds} s"),
        (0, minutes) => format!("{minutes} min"),
        (hours @ ..24, 0) => format!("{hours} h"),
        (hours @ ..24, minutes) => format!("{hours} h {minutes} min"),
        _ if days == 1 => "1 day".to_owned(),
        _ => format!("{days} days"),
    }
}

/// `date` as `format` says, followed by its year when that is not the year of `today`.
fn with_year(date: NaiveDate, today: NaiveDate, format: &str) -> String {
    let words = date.format(format);
    if date.year() == today.year() { words.to_string() } else { format!("{words} {}", date.year()) }
}

/// How far `length` is beyond a whole number of `unit`.
fn beyond_whole(length: TimeDelta, unit: TimeDelta) -> TimeDelta {
    let whole = length.num_seconds() / unit.num_seconds() * unit.num_seconds();
    length - TimeDelta::seconds(whole)
}

/// How long it is until the next day begins.
fn until_midnight(now: DateTime<FixedOffset>) -> TimeDelta {
    let local = now.naive_local();
    let tomorrow = local.date().checked_add_days(Days::new(1)).map(|date| date.and_time(NaiveTime::MIN));
    tomorrow.map_or(DAY, |tomorrow| tomorrow.signed_duration_since(local))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn time(text: &str) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(text).unwrap()
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_nearer_the_finer() {
        let now = time("2025-05-06T12:00:00+01:00");
        for (then, words) in [
            ("2025-05-06T12:00:00+01:00", "now"),
            ("2025-05-06T11:59:01+01:00", "now"),
            ("2025-05-06T11:59:00+01:00", "1 min ago"),
            ("2025-05-06T11:00:01+01:00", "59 min ago"),
            ("2025-05-06T11:00:00+01:00", "1 h ago"),
            ("2025-05-06T10:00:00Z", "1 h ago"),
            ("2025-05-05T12:00:01+01:00", "23 h ago"),
            ("2025-05-05T12:00:00+01:00", "yesterday"),
            ("2025-05-04T23:30:00Z", "yesterday"),
            ("2025-05-04T22:30:00Z", "2 days ago"),
            ("2025-04-29T00:00:00+01:00", "7 days ago"),
            ("2025-04-28T23:59:59+01:00", "28 April"),
            ("2024-12-31T23:59:59+01:00", "31 December 2024"),
            ("0987-03-01T00:00:00Z", "1 March 987"),
            ("2025-05-06T12:00:59+01:00", "now"),
            ("2025-05-06T12:05:30+01:00", "in 5 min"),
            ("2025-05-06T14:00:00+01:00", "in 2 h"),
            ("2025-05-07T12:00:00+01:00", "tomorrow"),
            ("2025-05-09T00:00:00+01:00", "in 3 days"),
            ("2025-05-14T00:00:00+01:00", "14 May"),
            ("2026-01-01T00:00:00+01:00", "1 January 2026"),
        ] {
            assert_eq!(ago(now, time(then)), words, "{then}");
        }
    }

    #[test]
    fn the_next_change_is_told() {
        let now = time("2025-05-06T12:00:00+01:00");
        for (then, seconds) in [
            ("2025-05-06T12:00:00+01:00", 60),
            ("2025-05-06T12:00:20+01:00", 80),
            ("2025-05-06T11:58:50+01:00", 50),
            ("2025-05-06T11:00:00+01:00", 3600),
            ("2025-05-06T10:20:00+01:00", 1200),
            ("2025-05-04T10:00:00+01:00", 12 * 3600),
            ("2025-05-06T12:05:30+01:00", 30),
            ("2025-05-07T13:00:00+01:00", 3600),
            ("2025-05-20T13:00:00+01:00", 12 * 3600),
        ] {
            assert_eq!(next_change(now, time(then)).num_seconds(), seconds, "{then}");
        }
    }

    #[test]
    fn an_assumed_time_is_marked() {
        let time = time("2025-04-28T04:39:59+01:00");
        assert_eq!(clock(time, false), "04:39");
        assert_eq!(clock(time, true), "~04:39");
    }

    #[test]
    fn a_day_of_another_year_tells_it() {
        assert_eq!(day(date("2025-04-28"), date("2025-12-31")), "Monday 28 April");
        assert_eq!(day(date("2025-04-08"), date("2026-01-01")), "Tuesday 8 April 2025");
        assert_eq!(day_short(date("2025-04-28")), "Mon 28");
    }

    #[test]
    fn lengths_are_rounded_to_what_suits_them() {
        for (seconds, words) in [
            (0, "0 s"),
            (40, "40 s"),
            (60, "1 min"),
            (360, "6 min"),
            (400, "7 min"),
            (3599, "1 h"),
            (7800, "2 h 10 min"),
            (-7200, "2 h"),
            (86_399, "1 day"),
            (86_400, "1 day"),
            (3 * 86_400 + 5000, "3 days"),
        ] {
            assert_eq!(span(TimeDelta::seconds(seconds)), words, "{seconds}");
        }
        assert_eq!(span(TimeDelta::milliseconds(59_600)), "1 min");
        assert_eq!(span(TimeDelta::MAX), span(TimeDelta::MIN));
    }

    proptest! {
        #[test]
        fn words_stay_until_they_change(
            minutes in -20_000..20_000_i64,
            millis in 0..60_000_i64,
            offset in -14..14_i32,
            part in 0.0..1.0_f64,
        ) {
            let now = time("2025-01-03T10:20:30Z").with_timezone(&FixedOffset::east_opt(offset * 3600).unwrap());
            let then = now - TimeDelta::minutes(minutes) - TimeDelta::milliseconds(millis);
            let change = next_change(now, then);
            prop_assert!(change > TimeDelta::zero());
            let earlier = TimeDelta::nanoseconds((change.num_nanoseconds().unwrap() as f64 * part) as i64);
            for wait in [earlier, change - TimeDelta::nanoseconds(1)] {
                prop_assert_eq!(ago(now + wait, then), ago(now, then));
            }
            let words = ago(now, then);
            // A date may gain or lose its year at midnight; mostly it does not.
            let is_date = words.starts_with(|char: char| char.is_ascii_digit()) && !words.ends_with("ago");
            prop_assert!(is_date || ago(now + change, then) != words);
        }
    }
}
