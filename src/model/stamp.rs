//! A moment as a feed gives it: the instant, how exact it is, and what had to be assumed.
//!
//! Years are 1 to 9999; what lies outside is no moment at all.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, SecondsFormat, Utc};

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
        let is_sane = |year: i32| (1..=9999).contains(&year);
        let offset = i16::try_from(time.offset().local_minus_utc() / 60).ok()?;
        (is_sane(time.year()) && is_sane(time.naive_utc().year())).then(|| Self {
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
    }
}
