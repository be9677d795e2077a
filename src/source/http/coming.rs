//! An answer on its way: what of it has come, and whether it is one that goes on.

use std::time::{Duration, Instant};

use crate::{feed::Stream, text::link::Link};

use super::{
    answer::Answer,
    request::{BODY, Exchange},
};

/// An answer that does not say how long it is and has come for so long without a pause is one that goes on, too; and
/// when it began again, it has told its history.
const GOES_ON_AT_LAST: Duration = Duration::from_secs(5);
/// So is one of which so many bytes have come.
const LONG: usize = BODY as usize / 2;

/// See the module's description.
pub(super) struct Coming {
    pub(super) exchange: Exchange,
    /// The further part that it is of, when it is not of the address itself.
    pub(super) part: Option<Link>,
    pub(super) answer: Option<Answer>,
    pub(super) body: Vec<u8>,
    /// When its first bytes came.
    pub(super) begun: Option<Instant>,
    /// Whether it was looked at whether it goes on though it made no pause.
    pub(super) was_tried: bool,
    /// How an answer that goes on is read.
    pub(super) stream: Option<Box<dyn Stream>>,
    /// Whether all that it told again is told, so that what comes now is new.
    pub(super) is_history_told: bool,
    /// When nothing will have come for long enough to mean something.
    pub(super) quiet_at: Option<Instant>,
}

impl Coming {
    /// What `exchange` will bring, of a further `part` or of the address itself.
    pub(super) fn new(exchange: Exchange, part: Option<Link>) -> Self {
        Self {
            exchange,
            part,
            answer: None,
            body: Vec::new(),
            begun: None,
            was_tried: false,
            stream: None,
            is_history_told: false,
            quiet_at: None,
        }
    }

    /// Whether its end is awaited, however slowly it comes: it says how long it is, or may still say so.
    pub(super) fn awaits_end(&self, now: Instant) -> bool {
        let has_length = self.answer.as_ref().is_none_or(|answer| answer.length.is_some());
        has_length && now < self.exchange.deadline
    }

    /// Until when a pause does not mean that its history is told: its end will say so, or it has not come as far as the answer
    /// before, `is_as_far` says. `None`: a pause means that at any time.
    pub(super) fn history_until(&self, is_as_far: bool) -> Option<Instant> {
        if self.awaits_end(Instant::now()) {
            return Some(self.exchange.deadline);
        }
        self.begun.map(|begun| begun + GOES_ON_AT_LAST).filter(|_| !is_as_far)
    }

    /// Whether it has come without a pause for long enough to mean something.
    pub(super) fn is_long(&self, now: Instant) -> bool {
        self.body.len() >= LONG || self.begun.is_some_and(|begun| now >= begun + GOES_ON_AT_LAST)
    }
}
