//! A log whose name leads to another file, or to none: it was rotated away, and its writer may not have noticed yet.
//!
//! What was written before it went is read before the next one is begun, as far as the clock of files can tell that. While
//! its name leads nowhere for longer than a moment, or to a file without anything in it, what its writer still writes is
//! read, too, in order and not for ever. Once the next one has something, that goes on alone, as with `tail -F`: who
//! writes on behind a file that has taken over is not heard.

use std::time::{Duration, Instant};

use crate::source::{Outbox, Step};

use super::{Body, Followed, SETTLE, SETTLE_AT_LAST, print::Stat};

/// How long a log is looked at often whose name leads nowhere, or to a file without anything in it.
const LINGER: Duration = Duration::from_secs(10);

/// Since when the name of a log leads elsewhere.
#[derive(Debug, Clone, Copy)]
pub(super) struct Left {
    since: Instant,
    /// When it grew last.
    grown: Instant,
    /// Whether it has another name.
    has_name: bool,
    /// Whether it was looked at since then.
    is_heard: bool,
}

impl Left {
    /// Whether it was renamed rather than replaced: what it held was taken down by nobody.
    pub(super) fn is_rotated(self) -> bool {
        self.has_name
    }
}

impl Followed {
    /// The name leads to another file, which looks like `next`: begins with that one when the log that was read has ended.
    pub(super) fn leave(&mut self, next: Stat, outbox: &mut Outbox) -> Step {
        if next.length > 0 && !self.left.is_some_and(|left| left.is_heard) {
            return self.switch(outbox);
        }
        if let Some(left) = self.look_behind()
            && self.follow
            && left.has_name
        {
            let now = Instant::now();
            let is_alone = now >= left.grown + SETTLE || now >= left.since + SETTLE_AT_LAST;
            if !is_alone || (next.length == 0 && now < left.since + LINGER) {
                self.unsettle();
                return Step::On;
            }
        }
        self.finish_former(outbox);
        self.restart(outbox)
    }

    /// The next file took over before anybody looked: what was written to the former one before it went is still read.
    fn switch(&mut self, outbox: &mut Outbox) -> Step {
        if let Some(Body::Log(log)) = &self.body {
            let (now, has_name) = (Instant::now(), log.has_name());
            let is_untouched = log.is_untouched_since_renamed();
            self.left.get_or_insert(Left { since: now, grown: now, has_name, is_heard: false }).has_name =
                has_name;
            if is_untouched {
                self.look_at_former();
            }
        }
        self.finish_former(outbox);
        self.restart(outbox)
    }

    /// Reads what is known to be left of the former log.
    fn finish_former(&mut self, outbox: &mut Outbox) {
        while matches!(&self.body, Some(Body::Log(log)) if log.has_more()) {
            self.read_block(outbox);
        }
        if self.left.is_some_and(Left::is_rotated) {
            self.close_what_is_open(outbox);
        }
    }

    /// The name leads nowhere: the log that was read may be written to all the same.
    pub(super) fn linger(&mut self) {
        if let Some(left) = self.look_behind()
            && self.follow
            && left.since.elapsed() < LINGER
        {
            self.unsettle();
        }
    }

    /// Looks at the log that was read, once its name has led elsewhere for a moment: mostly the next one is there by then.
    /// `None` when there is none, or it cannot be read.
    fn look_behind(&mut self) -> Option<Left> {
        let now = Instant::now();
        let Some(Body::Log(log)) = &self.body else { return None };
        let has_name = log.has_name();
        let left = *self.left.get_or_insert(Left { since: now, grown: now, has_name, is_heard: false });
        if now < left.since + SETTLE { Some(left) } else { self.look_at_former() }
    }

    fn look_at_former(&mut self) -> Option<Left> {
        let now = Instant::now();
        let (Some(Body::Log(log)), Some(left)) = (&mut self.body, &mut self.left) else { return None };
        left.is_heard = true;
        let former = log.look_behind().ok()?;
        if former.has_grown {
            left.grown = now;
        }
        left.has_name = former.has_name;
        Some(*left)
    }
}
