//! How a blog's heart beats: when the last entry came, and how far entries are usually apart.

use chrono::TimeDelta;

use crate::model::{Row, Stamp, Timeline};

/// How many of the last entries the rhythm is worked out from.
const LAST: usize = 60;

/// When the last entry came, and the usual pause between entries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pulse {
    /// Milliseconds since 1970.
    pub last: Option<i64>,
    /// The median of the last pauses, when there are enough of them.
    pub usual: Option<TimeDelta>,
}

/// The pulse of what `timeline` holds now.
pub fn pulse(timeline: &Timeline) -> Pulse {
    let is_told = |row: &&Row| !timeline.is_removed(**row);
    let time = |row: &Row| timeline.entry(*row)?.published().map(Stamp::millis);
    let times: Vec<i64> = timeline.order().iter().rev().filter(is_told).filter_map(time).take(LAST).collect();
    let mut pauses: Vec<i64> =
        times.windows(2).filter_map(|pair| Some(pair.first()? - pair.last()?)).collect();
    pauses.sort_unstable();
    // Many entries of one minute tell no rhythm.
    let usual = pauses.get(pauses.len() / 2).filter(|pause| pauses.len() >= 4 && **pause > 0);
    Pulse { last: times.first().copied(), usual: usual.and_then(|pause| TimeDelta::try_milliseconds(*pause)) }
}
