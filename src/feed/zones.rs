//! Abbreviations of time zones as newsrooms write them.
//!
//! An abbreviation may mean several zones (`IST` is India, Ireland and Israel). The zone that is assumed for a feed
//! decides when it goes by that abbreviation; else the one that most liveblogs mean.

use chrono::{DateTime, Duration, FixedOffset, NaiveDateTime, Utc};

use crate::model::Zone;

/// Abbreviation and minutes east of UTC, sorted by abbreviation.
const OFFSETS: &[(&str, i32)] = &[
    ("ACDT", 630),
    ("ACST", 570),
    ("ADT", -180),
    ("AEDT", 660),
    ("AEST", 600),
    ("AKDT", -480),
    ("AKST", -540),
    ("AST", -240),
    ("AWST", 480),
    ("BRT", -180),
    ("BST", 60),
    ("CAT", 120),
    ("CDT", -300),
    ("CEST", 120),
    ("CET", 60),
    ("CST", -360),
    ("CT", -360),
    ("EAT", 180),
    ("EDT", -240),
    ("EEST", 180),
    ("EET", 120),
    ("EST", -300),
    ("ET", -300),
    ("GMT", 0),
    ("GST", 240),
    ("HKT", 480),
    ("HST", -600),
    ("IDT", 180),
    ("IST", 330),
    ("JST", 540),
    ("KST", 540),
    ("MDT", -360),
    ("MSK", 180),
    ("MST", -420),
    ("MT", -420),
    ("NDT", -150),
    ("NST", -210),
    ("NZDT", 780),
    ("NZST", 720),
    ("PDT", -420),
    ("PHT", 480),
    ("PKT", 300),
    ("PST", -480),
    ("PT", -480),
    ("SAST", 120),
    ("SGT", 480),
    ("UTC", 0),
    ("WAT", 60),
    ("WEST", 60),
    ("WET", 0),
    ("WIB", 420),
    ("Z", 0),
];

/// Zones that go by a letter less in summer and winter alike, with the zone whose rules say which it is.
const BY_RULE: &[(&str, &str)] = &[
    ("CT", "America/Chicago"),
    ("ET", "America/New_York"),
    ("MT", "America/Denver"),
    ("PT", "America/Los_Angeles"),
];

/// Whether `word` is an abbreviation of a zone.
pub fn is_known(word: &str) -> bool {
    OFFSETS.binary_search_by_key(&word, |(name, _)| name).is_ok()
}

/// Whether `word` may go on to become such an abbreviation.
pub fn may_become_known(word: &str) -> bool {
    OFFSETS.iter().any(|(name, _)| name.len() > word.len() && name.starts_with(word))
}

/// When clocks that go by `abbreviation` show `local`, in a feed whose zone is assumed to be `assumed`.
pub fn resolve(abbreviation: &str, local: NaiveDateTime, assumed: Zone) -> Option<DateTime<FixedOffset>> {
    if let Some(time) = assumed.local(local)
        && assumed.abbreviation(time.with_timezone(&Utc)) == abbreviation
    {
        return Some(time);
    }
    if let Some((_, zone)) = BY_RULE.iter().find(|(name, _)| *name == abbreviation) {
        return Zone::parse(zone)?.local(local);
    }
    let index = OFFSETS.binary_search_by_key(&abbreviation, |(name, _)| name).ok()?;
    let (_, minutes) = OFFSETS.get(index)?;
    let offset = FixedOffset::east_opt(minutes * 60)?;
    let utc = local.checked_sub_signed(Duration::minutes(i64::from(*minutes)))?;
    Some(utc.and_utc().with_timezone(&offset))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn noon(month: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2024, month, 1).unwrap().and_hms_opt(12, 0, 0).unwrap()
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(OFFSETS.is_sorted_by_key(|(name, _)| name));
    }

    #[test]
    fn the_assumed_zone_decides_what_an_abbreviation_means() {
        let dublin = Zone::parse("Europe/Dublin").unwrap();
        assert_eq!(resolve("IST", noon(7), dublin).unwrap().to_rfc3339(), "2024-07-01T12:00:00+01:00");
        assert_eq!(resolve("IST", noon(7), Zone::UTC).unwrap().to_rfc3339(), "2024-07-01T12:00:00+05:30");
        assert_eq!(resolve("BST", noon(7), Zone::UTC).unwrap().to_rfc3339(), "2024-07-01T12:00:00+01:00");
    }

    #[test]
    fn eastern_time_follows_the_clocks_of_new_york() {
        assert_eq!(resolve("ET", noon(7), Zone::UTC).unwrap().to_rfc3339(), "2024-07-01T12:00:00-04:00");
        assert_eq!(resolve("ET", noon(1), Zone::UTC).unwrap().to_rfc3339(), "2024-01-01T12:00:00-05:00");
        assert_eq!(resolve("XYZ", noon(1), Zone::UTC), None);
    }
}
