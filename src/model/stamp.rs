//! A moment as a feed gives it: the instant, how exact it is, and what had to be assumed.
//!
//! Years are 1 to 9999; what lies outside is no moment at all.

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat, Utc};

/// How exact a moment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    Day,
    Minute,
    Second,
}

impl Precision {
    /// The word for it in printed feeds.
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Minute => "minute",
            Self::Second => "second",
        }
    }
}

/// The years 1 to 9999, in seconds since 1970.
const SANE: std::ops::Range<i64> = -62_135_596_800..253_402_300_800;

/// A moment: milliseconds since 1970 in UTC, with the offset it was written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stamp {
    millis: i64,
    /// Minutes east of UTC.
    offset: i16,
    precision: Precision,
    /// Whether the zone was assumed, not given.
    pub zone_assumed: bool,
    /// Whether the day was assumed, not given.
    pub date_assumed: bool,
}

impl Stamp {
    /// The moment `time`, zone and day given. `None` outside the years 1 to 9999.
    pub fn new(time: DateTime<FixedOffset>, precision: Precision) -> Option<Self> {
        let (seconds, east) = (time.timestamp(), time.offset().local_minus_utc());
        let offset = i16::try_from(east / 60).ok()?;
        (SANE.contains(&seconds) && SANE.contains(&(seconds + i64::from(east)))).then(|| Self {
            millis: time.timestamp_millis(),
            offset,
            precision,
            zone_assumed: false,
            date_assumed: false,
        })
    }

    /// The instant, in milliseconds since 1970.
    pub fn millis(self) -> i64 {
        self.millis
    }

    /// The same moment, of which zone or day were assumed.
    #[must_use]
    pub fn assuming(self, zone: bool, date: bool) -> Self {
        Self { zone_assumed: zone, date_assumed: date, ..self }
    }

    /// The same moment, known as exactly as `precision` says.
    #[must_use]
    pub fn with_precision(self, precision: Precision) -> Self {
        Self { precision, ..self }
    }

    /// How exact it is.
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// Whether zone or day were assumed.
    pub fn is_assumed(self) -> bool {
        self.zone_assumed || self.date_assumed
    }

    /// The moment in the offset it was written in.
    pub fn time(self) -> DateTime<FixedOffset> {
        let offset = FixedOffset::east_opt(i32::from(self.offset) * 60);
        let utc = self.utc();
        offset.map_or_else(|| utc.fixed_offset(), |offset| utc.with_timezone(&offset))
    }

    /// The moment in UTC.
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.millis).unwrap_or_default()
    }

    /// The day it was written as.
    pub fn date(self) -> NaiveDate {
        self.time().date_naive()
    }

    /// RFC 3339, with a fraction only where there is one.
    pub fn to_rfc3339(self) -> String {
        self.time().to_rfc3339_opts(SecondsFormat::AutoSi, false)
    }

    /// The same moment `millis` milliseconds later, or earlier when negative.
    #[must_use]
    pub fn shifted(self, millis: i64) -> Self {
        Self { millis: self.millis.saturating_add(millis), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_keeps_its_offset() {
        let time = DateTime::parse_from_rfc3339("2025-04-28T04:39:00+01:00").unwrap();
        let stamp = Stamp::new(time, Precision::Minute).unwrap();
        assert_eq!(stamp.to_rfc3339(), "2025-04-28T04:39:00+01:00");
        assert_eq!(stamp.millis(), 1_745_811_540_000);
    }

    #[test]
    fn years_out_of_range_are_no_moment() {
        let far = DateTime::<Utc>::from_timestamp(253_402_300_800, 0).unwrap();
        assert_eq!(Stamp::new(far.fixed_offset(), Precision::Second), None);
        assert_eq!(Stamp::new(DateTime::<Utc>::MIN_UTC.fixed_offset(), Precision::Second), None);
        let is_moment = |text| {
            let time = DateTime::parse_from_rfc3339(text).unwrap();
            Stamp::new(time, Precision::Second).is_some()
        };
        assert!(is_moment("0001-01-01T00:00:00Z") && is_moment("9999-12-31T23:59:60Z"));
        assert!(is_moment("0001-01-01T01:00:00+01:00") && is_moment("9999-12-31T22:59:59-01:00"));
        assert!(!is_moment("0001-01-01T00:59:59+01:00") && !is_moment("9999-12-31T23:00:00-01:00"));
        assert!(!is_moment("0000-12-31T23:30:00-01:00"));
    }
}
