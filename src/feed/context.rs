//! What a format may assume about the bytes it is given.

use chrono::{DateTime, NaiveDate, Utc};

use crate::model::Zone;

/// What is known about a source beside its bytes.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// The zone of stamps that carry none, when the user told it.
    pub assumed_zone: Option<Zone>,
    /// The local zone, for stamps that carry none when nothing better is known.
    pub local_zone: Zone,
    /// The day of stamps that are only a clock, when the user told it.
    pub date: Option<NaiveDate>,
    /// When the source was last changed, as far as its keeper knows.
    pub modified: Option<DateTime<Utc>>,
    /// The time it is.
    pub now: DateTime<Utc>,
}

impl Context {
    /// Nothing is known but the time: stamps without a zone are in UTC.
    pub fn bare(now: DateTime<Utc>) -> Self {
        Self { assumed_zone: None, local_zone: Zone::UTC, date: None, modified: None, now }
    }

    /// The zone of stamps that carry none.
    pub fn zone(&self) -> Zone {
        self.assumed_zone.unwrap_or(self.local_zone)
    }
}
