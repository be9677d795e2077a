//! A time zone: a named one with its rules, or a fixed offset.

use std::str::FromStr;

use chrono::{DateTime, FixedOffset, LocalResult, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::{OffsetName, TZ_VARIANTS, Tz};

/// A time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    Named(Tz),
    Fixed(FixedOffset),
}

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self::Named(Tz::UTC);

    /// The zone called `name`: an IANA name in any case, `Z`, or an offset such as `+01:00`.
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.trim();
        if name.eq_ignore_ascii_case("z") || name.eq_ignore_ascii_case("utc") {
            return Some(Self::UTC);
        }
        if let Some(zone) = TZ_VARIANTS.iter().find(|zone| zone.name().eq_ignore_ascii_case(name)) {
            return Some(Self::Named(*zone));
        }
        FixedOffset::from_str(name).ok().map(Self::Fixed)
    }

    /// `time` on the clocks of this zone.
    pub fn at(self, time: DateTime<Utc>) -> DateTime<FixedOffset> {
        match self {
            Self::Named(zone) => time.with_timezone(&zone.offset_from_utc_datetime(&time.naive_utc()).fix()),
            Self::Fixed(offset) => time.with_timezone(&offset),
        }
    }

    /// When clocks of this zone show `local`: the first time they do; when they skip it, as if they had not been changed.
    pub fn local(self, local: NaiveDateTime) -> Option<DateTime<FixedOffset>> {
        match self {
            Self::Fixed(offset) => offset.from_local_datetime(&local).single(),
            Self::Named(zone) => match zone.from_local_datetime(&local) {
                LocalResult::Single(time) | LocalResult::Ambiguous(time, _) => Some(time.fixed_offset()),
                LocalResult::None => {
                    let before = local.checked_sub_signed(TimeDelta::hours(3))?;
                    let offset = zone.from_local_datetime(&before).earliest()?.offset().fix();
                    offset.from_local_datetime(&local).single()
                }
            },
        }
    }

    /// What clocks of this zone call it at `time`, such as `BST`; an offset when it has no name.
    pub fn abbreviation(self, time: DateTime<Utc>) -> String {
        if let Self::Named(zone) = self
            && let Some(name) = zone.offset_from_utc_datetime(&time.naive_utc()).abbreviation()
            && name.starts_with(|char: char| char.is_ascii_alphabetic())
        {
            return name.to_owned();
        }
        self.at(time).offset().to_string()
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn zones_are_known_by_name_and_by_offset() {
        assert_eq!(Zone::parse("europe/london"), Some(Zone::Named(Tz::Europe__London)));
        assert!(matches!(Zone::parse("+05:30"), Some(Zone::Fixed(_))));
        assert_eq!(Zone::parse("Mars/Olympus"), None);
    }

    #[test]
    fn summer_time_is_kept() {
        let zone = Zone::parse("Europe/London").unwrap();
        let local = NaiveDate::from_ymd_opt(2025, 4, 28).unwrap().and_hms_opt(4, 39, 0).unwrap();
        let time = zone.local(local).unwrap();
        assert_eq!(time.to_rfc3339(), "2025-04-28T04:39:00+01:00");
        assert_eq!(zone.abbreviation(time.to_utc()), "BST");
    }

    #[test]
    fn a_time_that_clocks_skip_is_still_a_time() {
        let zone = Zone::parse("Europe/London").unwrap();
        let skipped = NaiveDate::from_ymd_opt(2025, 3, 30).unwrap().and_hms_opt(1, 30, 0).unwrap();
        assert_eq!(zone.local(skipped).unwrap().to_rfc3339(), "2025-03-30T01:30:00+00:00");
    }
}
