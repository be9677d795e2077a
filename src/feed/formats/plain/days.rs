//! From times as written to moments: the day of stamps that are only a clock, the year of those that have none, and zones.
//!
//! Clocks are followed entry by entry: one that runs the wrong way by more than three hours has crossed midnight, by less
//! it is an entry out of order, which most long liveblogs have.

use chrono::{Datelike, Days as Count, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use crate::{
    feed::{Context, time},
    model::{Precision, Stamp},
};

use super::{calendar::Day, scan::Clock, sight::Found};

/// How far a clock may run the wrong way, in minutes, without having crossed midnight.
const OUT_OF_ORDER: i64 = 3 * 60;
const DAY: i64 = 24 * 60;

/// Which way time runs as the text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::feed::formats) enum Direction {
    NewestFirst,
    OldestFirst,
}

/// What is known of the day while entries are read in order.
#[derive(Debug, Clone)]
pub(in crate::feed::formats) struct Days {
    context: Context,
    /// The latest day that the page names as its own.
    page: Option<NaiveDate>,
    /// The zone that the page names, as written.
    zone: String,
    /// When the entry before was published, on the clocks of the page.
    last: Option<NaiveDateTime>,
    /// Whether the day of `last` was assumed.
    is_assumed: bool,
}

impl Days {
    pub(in crate::feed::formats) fn new(context: &Context) -> Self {
        Self { context: *context, page: None, zone: String::new(), last: None, is_assumed: true }
    }

    /// Notes the day of the page itself.
    pub(in crate::feed::formats) fn note_page(&mut self, day: Option<Day>, zone: &str) {
        let date = day.and_then(|day| self.date(day));
        self.page = self.page.max(date);
        if !zone.is_empty() {
            zone.clone_into(&mut self.zone);
        }
    }

    /// Whether no entry and no day heading has been read.
    pub(in crate::feed::formats) fn is_fresh(&self) -> bool {
        self.last.is_none()
    }

    /// What follows happened on `day`, as a line above it says.
    pub(in crate::feed::formats) fn enter(&mut self, day: Day) {
        if let Some(date) = self.date(day) {
            self.last = Some(date.and_time(NaiveTime::MIN));
            self.is_assumed = false;
            self.page = self.page.or(Some(date));
        }
    }

    /// When an entry with the stamp `found` was published; `is_first_of_day` tells that its day was entered just before.
    pub(in crate::feed::formats) fn resolve(
        &mut self,
        found: &Found,
        direction: Direction,
        is_first_of_day: bool,
    ) -> Option<Stamp> {
        let time = naive(found.clock?)?;
        let (date, is_assumed) = match (found.day, self.last) {
            (Some(day), _) => (self.date(day)?, day.year.is_none() && self.page.is_none()),
            (None, Some(last)) if is_first_of_day => (last.date(), self.is_assumed),
            (None, Some(last)) => (follow(last, time, direction)?, self.is_assumed),
            (None, None) => self.anchor(time),
        };
        self.is_assumed = is_assumed;
        let local = date.and_time(time);
        self.last = Some(local);
        if !found.zone.is_empty() {
            found.zone.clone_into(&mut self.zone);
        }
        self.stamp(local, found, is_assumed)
    }

    /// When an entry published at `published` was revised, by the stamp `found`.
    pub(in crate::feed::formats) fn revised(&self, found: &Found, published: Option<Stamp>) -> Option<Stamp> {
        let time = naive(found.clock?)?;
        let date = match (found.day, published) {
            (Some(day), _) => self.date(day)?,
            (None, Some(published)) => {
                let local = published.time().naive_local();
                let is_next_day = time + TimeDelta::hours(3) < local.time() && local.time() > time;
                if is_next_day { local.date().checked_add_days(Count::new(1))? } else { local.date() }
            }
            (None, None) => return None,
        };
        self.stamp(date.and_time(time), found, published.is_none_or(|published| published.date_assumed))
    }

    fn stamp(&self, local: NaiveDateTime, found: &Found, is_assumed: bool) -> Option<Stamp> {
        let is_second = found.clock.is_some_and(|clock| clock.second.is_some());
        let precision = if is_second { Precision::Second } else { Precision::Minute };
        let assumed = self.context.zone();
        if let Some(stamp) = time::with_zone(local, precision, &found.zone, assumed)
            && !found.zone.is_empty()
        {
            return Some(stamp.assuming(false, is_assumed));
        }
        // The zone that the page names elsewhere goes before the local one, not before what the user told.
        let zone = if self.context.assumed_zone.is_some() { "" } else { self.zone.as_str() };
        let stamp = time::with_zone(local, precision, zone, assumed)
            .or_else(|| time::with_zone(local, precision, "", assumed))?;
        Some(stamp.assuming(true, is_assumed))
    }

    /// The day of the first clock that has none, and whether it was assumed.
    fn anchor(&self, time: NaiveTime) -> (NaiveDate, bool) {
        if let Some(date) = self.context.date {
            return (date, true);
        }
        if let Some(date) = self.page {
            return (date, false);
        }
        let known = self.context.zone().at(self.context.modified.unwrap_or(self.context.now)).naive_local();
        // A text cannot tell what came after it was written: such a clock is of the day before.
        let is_later = known.time().signed_duration_since(time) < TimeDelta::hours(-1);
        let date = if is_later { known.date().pred_opt().unwrap_or(known.date()) } else { known.date() };
        (date, true)
    }

    /// The date of `day`; a year that is not written is the one that brings it nearest to the page's day.
    fn date(&self, day: Day) -> Option<NaiveDate> {
        if let Some(year) = day.year {
            return NaiveDate::from_ymd_opt(year, day.month, day.number);
        }
        let known = self.context.modified.unwrap_or(self.context.now);
        let near = self.last.map(|last| last.date()).or(self.page).or(self.context.date);
        let near = near.unwrap_or_else(|| self.context.zone().at(known).date_naive());
        (near.year() - 1..=near.year() + 1)
            .filter_map(|year| NaiveDate::from_ymd_opt(year, day.month, day.number))
            .min_by_key(|date| (*date - near).num_days().abs())
    }
}

fn naive(clock: Clock) -> Option<NaiveTime> {
    NaiveTime::from_hms_opt(clock.hour, clock.minute, clock.second.unwrap_or(0))
}

/// The day on which a clock shows `time` next, after it showed `last`.
fn follow(last: NaiveDateTime, time: NaiveTime, direction: Direction) -> Option<NaiveDate> {
    let forward = time.signed_duration_since(last.time()).num_minutes();
    let (back, ahead) = match direction {
        Direction::NewestFirst => (forward > OUT_OF_ORDER, forward <= OUT_OF_ORDER - DAY),
        Direction::OldestFirst => (forward >= DAY - OUT_OF_ORDER, forward < -OUT_OF_ORDER),
    };
    match (back, ahead) {
        (true, _) => last.date().checked_sub_days(Count::new(1)),
        (_, true) => last.date().checked_add_days(Count::new(1)),
        _ => Some(last.date()),
    }
}

/// How much later `after` is than `before` by their stamps, in minutes; clocks go the shorter way round.
pub(in crate::feed::formats) fn step(before: &Found, after: &Found) -> i64 {
    let (Some(from), Some(to)) = (before.clock, after.clock) else { return 0 };
    let days = |found: &Found| {
        let day = found.day?;
        let year = i64::from(day.year.unwrap_or(0));
        Some((year * 12 + i64::from(day.month)) * 31 + i64::from(day.number))
    };
    let clocks = to.minutes() - from.minutes();
    match (days(before), days(after)) {
        (Some(first), Some(second)) => (second - first) * DAY + clocks,
        _ if clocks > DAY / 2 => clocks - DAY,
        _ if clocks < -DAY / 2 => clocks + DAY,
        _ => clocks,
    }
}
