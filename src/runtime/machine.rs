//! What the loop asks of the machine it runs.

use chrono::{DateTime, Utc};

use crate::app::{Effects, Event, Redraw};

/// A pure machine: events in, effects out.
pub trait Machine {
    /// Takes in what happened.
    fn update(&mut self, event: Event) -> Effects;

    /// Does one slice of the work that waits, of about a millisecond; tells whether more is left.
    fn work(&mut self) -> bool;

    /// How soon the screen has to follow what changed since this was last asked.
    fn take_redraw(&mut self) -> Redraw;

    /// When a time that is on the screen changes next.
    fn wake_at(&self) -> Option<DateTime<Utc>>;
}
