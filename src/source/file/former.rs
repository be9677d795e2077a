//! A log whose name leads to another file, or to none: it was rotated away, and its writer may not have noticed yet.
//!
//! It is read to its end before the next one is begun, so that nothing is lost and the order is kept; and not for ever.

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
        while matches!(&self.body, Some(Body::Log(log)) if log.has_more()) {
            self.read_block(outbox);
        }
        if self.left.is_some_and(Left::is_rotated) {
            self.close_what_is_open(outbox);
        }
        self.restart(outbox)
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

    /// Looks at the log that was read, wherever its name leads. `None` when there is none, or it cannot be read.
    fn look_behind(&mut self) -> Option<Left> {
        let Some(Body::Log(log)) = &mut self.body else { return None };
        let now = Instant::now();
        let left = self.left.get_or_insert(Left { since: now, grown: now, has_name: false });
        let former = log.look_behind().ok()?;
        if former.has_grown {
            left.grown = now;
        }
        left.has_name = former.has_name;
        Some(*left)
    }
}
