//! A log whose name leads to another file, or to none: it was rotated away, and its writer may not have noticed yet.
//!
//! What was written before it went is read before the next one is begun, and so is what its writer wrote before the next
//! one had anything: it had not noticed then. What is written in that moment or after is not heard, as with `tail -F`.
//! While its name leads nowhere for longer than a moment, or to a file without anything in it, it is read on in order and
//! not for ever. It is read block by block, as any log is, and the next one begins when that is through.

use std::time::{Duration, Instant, SystemTime};

use crate::source::{Outbox, Step};

use super::{Body, Followed, SETTLE, SETTLE_AT_LAST, log::Log, print::Stat, watch::Departure};

/// How long a log is looked at often whose name leads nowhere, or to a file without anything in it.
const LINGER: Duration = Duration::from_secs(10);

/// Who wrote this long before the next file had anything wrote before it. The clock of files ticks every 4 to 10
/// milliseconds: what lies closer together it cannot tell apart.
const CLEARLY: Duration = Duration::from_millis(20);

/// A log since its name leads elsewhere.
#[derive(Debug)]
pub(super) struct Left {
    since: Instant,
    /// When it grew last.
    grown: Instant,
    /// Whether it has another name.
    has_name: bool,
    /// Whether it is read on in order.
    is_heard: bool,
    /// What the watch saw of it going.
    departure: Departure,
    /// How it stood at each look until it is heard, if it grew from the one to the other.
    sights: Vec<Sight>,
    /// When the next file had something first.
    next_began: Option<SystemTime>,
    /// Whether it is only read to its end, and the next file is begun then.
    is_ending: bool,
}

/// How a log stood, when its name led elsewhere.
#[derive(Debug, Clone, Copy)]
struct Sight {
    stat: Stat,
    /// Whether it was renamed, or changed otherwise, after the last was written to it, as far as its clock can tell.
    is_untouched: bool,
}

impl Left {
    fn new(has_name: bool) -> Self {
        let now = Instant::now();
        Self {
            since: now,
            grown: now,
            has_name,
            is_heard: false,
            departure: Departure::default(),
            sights: Vec::new(),
            next_began: None,
            is_ending: false,
        }
    }

    /// Whether it was renamed rather than replaced: what it held was taken down by nobody.
    pub(super) fn is_rotated(&self) -> bool {
        self.has_name
    }

    /// Whether others may have had its name since, of which nothing was told.
    pub(super) fn may_have_missed(&self) -> bool {
        self.departure.has_gap
    }

    /// Whether it is only read to its end.
    pub(super) fn is_ending(&self) -> bool {
        self.is_ending
    }

    /// How far it was written before the next file had anything. `None`: as far as is known, it was written to no more.
    fn owed(&self) -> Option<Stat> {
        let was_before_next = |sight: &Sight| {
            let until = sight.stat.modified.and_then(|modified| modified.checked_add(CLEARLY));
            until.zip(self.next_began).is_some_and(|(until, began)| until <= began)
        };
        // What it held when it was seen first was written before it went, if anything was.
        let was_before_going = |index| index == 0 && self.departure.was_written;
        let is_owed = |(index, sight): &(usize, &Sight)| {
            sight.is_untouched || was_before_going(*index) || was_before_next(sight)
        };
        self.sights.iter().enumerate().rfind(is_owed).map(|(_, sight)| sight.stat)
    }
}

impl Followed {
    /// The name leads to another file, which is `named` (how it looks, and when it was changed last), or to none, and others
    /// may have had it meanwhile: begins with the next when the log that was read has ended.
    pub(super) fn leave(&mut self, named: Option<(Stat, Option<SystemTime>)>, outbox: &mut Outbox) -> Step {
        if self.left.as_ref().is_some_and(Left::is_ending) {
            // It was stopped on the way.
            return self.end_former(outbox);
        }
        // What had the name between the two was told before the last of them got it.
        self.watch.catch_up();
        self.seen = self.seen.then(self.watch.departure());
        let next = self.watch.begun_successor().or(named).filter(|(next, _)| next.length > 0);
        if let Some((_, changed)) = next
            && !self.left.as_ref().is_some_and(|left| left.is_heard)
        {
            return self.switch(changed, outbox);
        }
        self.look_behind();
        if let Some(left) = &self.left
            && self.follow
            && left.has_name
        {
            let now = Instant::now();
            let is_alone = now >= left.grown + SETTLE || now >= left.since + SETTLE_AT_LAST;
            if !is_alone || (next.is_none() && now < left.since + LINGER) {
                self.unsettle();
                return Step::On;
            }
        }
        self.end_former(outbox)
    }

    /// The next file took over before the former log was heard: what that is owed is still read.
    fn switch(&mut self, changed: Option<SystemTime>, outbox: &mut Outbox) -> Step {
        let is_watched = self.watch.is_on();
        if let Some((log, left)) = self.see_former() {
            left.next_began = left.next_began.or(changed);
            // A rename is seen before it is told.
            if is_watched && !left.departure.has_left && left.since.elapsed() < SETTLE {
                self.unsettle();
                return Step::On;
            }
            if let Some(owed) = left.owed() {
                // What cannot be read is owed by nobody.
                let _ = log.go_on_to(owed);
            }
        }
        self.end_former(outbox)
    }

    /// Reads what is known to be left of the former log, then begins with the next file.
    fn end_former(&mut self, outbox: &mut Outbox) -> Step {
        if let Some(Body::Log(log)) = &mut self.body
            && log.is_midway()
        {
            log.resume();
            let has_name = log.has_name();
            self.left.get_or_insert_with(|| Left::new(has_name)).is_ending = true;
            return Step::On;
        }
        self.restart(outbox)
    }

    /// A former log was read to its end, or stopped on the way there: in the first case, begins with the next file.
    pub(super) fn take_over(&mut self, outbox: &mut Outbox) -> Option<Step> {
        let is_read = matches!(&self.body, Some(Body::Log(log)) if !log.is_midway());
        let left = self.left.as_mut().filter(|left| left.is_ending && is_read)?;
        // When the next one is gone in this moment, it goes on with a look.
        left.is_ending = false;
        Some(self.restart(outbox))
    }

    /// The name leads nowhere: the log that was read may be written to all the same.
    pub(super) fn linger(&mut self) {
        self.look_behind();
        if let Some(left) = &self.left
            && self.follow
            && left.is_heard
            && left.since.elapsed() < LINGER
        {
            self.unsettle();
        }
    }

    /// Looks at the log that was read; once its name has led elsewhere for a moment, goes on reading it. Mostly the next one
    /// is there by then.
    fn look_behind(&mut self) {
        let Some((log, left)) = self.see_former() else { return };
        if left.since.elapsed() < SETTLE {
            // What stood in it a moment before the next one had anything is owed.
            self.look_at = self.look_at.min(Instant::now() + CLEARLY);
            return;
        }
        left.is_heard = true;
        left.sights.clear();
        if let Ok(former) = log.look_behind() {
            if former.has_grown {
                left.grown = Instant::now();
            }
            left.has_name = former.has_name;
        }
    }

    /// Notes how the log that was read stands now, and gives it. `None` when there is none.
    fn see_former(&mut self) -> Option<(&mut Log, &mut Left)> {
        let Some(Body::Log(log)) = &mut self.body else { return None };
        let has_name = log.has_name();
        let left = self.left.get_or_insert_with(|| Left::new(has_name));
        left.has_name = has_name;
        left.departure = left.departure.then(std::mem::take(&mut self.seen));
        if !left.is_heard
            && let Ok((stat, changed)) = log.sight()
            && left.sights.last().is_none_or(|last| last.stat.length != stat.length)
        {
            left.sights.push(Sight { stat, is_untouched: changed > stat.modified });
        }
        Some((log, left))
    }
}
