//! Moments as people type them: RFC 3339, `HH:MM`, `yesterday`, `-3h`.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};

use crate::{feed::time, model::Zone};

/// The moment that `typed` means at `now` for someone whose clocks are those of `zone`.
pub(super) fn parse(typed: &str, now: DateTime<Utc>, zone: Zone) -> Option<DateTime<Utc>> {
    let typed = typed.trim();
    let today = zone.at(now).date_naive();
    let at = |date: chrono::NaiveDate, clock| Some(zone.local(date.and_time(clock))?.to_utc());
    match typed {
        "now" => return Some(now),
        "today" => return at(today, NaiveTime::MIN),
        "yesterday" => return at(today.checked_sub_days(Days::new(1))?, NaiveTime::MIN),
        _ => {}
    }
    if let Some(ago) = typed.strip_prefix('-') {
        return now.checked_sub_signed(length(ago)?);
    }
    if let Ok(clock) = NaiveTime::parse_from_str(typed, "%H:%M") {
        return at(today, clock);
    }
    time::parse_iso(typed, zone).map(crate::model::Stamp::utc)
}

/// A length of time such as `3h`, `90m`, `2d`, `1h30m`.
fn length(typed: &str) -> Option<TimeDelta> {
    let mut total = TimeDelta::zero();
    let mut rest = typed;
    while !rest.is_empty() {
        let digits = rest.find(|char: char| !char.is_ascii_digit()).filter(|digits| *digits > 0)?;
        let (count, after) = rest.split_at(digits);
        let count: i64 = count.parse().ok()?;
        let unit_end = after.find(|char: char| char.is_ascii_digit()).unwrap_or(after.len());
        let (unit, after) = after.split_at(unit_end);
        let minutes = match unit {
            "m" | "min" => 1,
            "h" => 60,
            "d" => 60 * 24,
            "w" => 60 * 24 * 7,
            _ => return None,
        };
        total = total.checked_add(&TimeDelta::try_minutes(count.checked_mul(minutes)?)?)?;
        rest = after;
    }
    (!typed.is_empty()).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_type_moments_in_many_ways() {
        let now: DateTime<Utc> = "2025-07-10T12:00:00Z".parse().unwrap();
        let zone = Zone::parse("Europe/London").unwrap();
        let read = |typed| parse(typed, now, zone).map(|time| time.to_rfc3339());
        assert_eq!(read("-3h").unwrap(), "2025-07-10T09:00:00+00:00");
        assert_eq!(read("-1h30m").unwrap(), "2025-07-10T10:30:00+00:00");
        assert_eq!(read("09:30").unwrap(), "2025-07-10T08:30:00+00:00");
        assert_eq!(read("yesterday").unwrap(), "2025-07-08T23:00:00+00:00");
        assert_eq!(read("2025-01-01T00:00:00Z").unwrap(), "2025-01-01T00:00:00+00:00");
        for nonsense in ["", "-", "-h", "-3", "-3x", "soon", "25:00", "-99999999999999999999h"] {
            assert_eq!(read(nonsense), None, "{nonsense}");
        }
    }
}
