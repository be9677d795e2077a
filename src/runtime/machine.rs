//! What the loop asks of the machine it runs.

use chrono::{DateTime, Utc};

use crate::app::{App, Effects, Event, Redraw};

/// A pure machine: events in, effects out.
pub trait Machine {
    /// Takes in what happened.
    fn update(&mut self, event: Event) -> Effects;

    /// Does one slice of the work that waits, of about a millisecond; tells whether more is left.
    fn work(&mut self) -> bool;

    /// How soon the screen has to follow what changed since this was last asked.
    fn take_redraw(&mut self) -> Redraw;

    /// Puts what is to be drawn in order, right before it is drawn.
    fn settle(&mut self);

    /// What working and settling asked for since this was last asked.
    fn take_effects(&mut self) -> Effects;

    /// When a time that is on the screen changes next.
    fn wake_at(&self) -> Option<DateTime<Utc>>;
}

impl Machine for App {
    fn update(&mut self, event: Event) -> Effects {
        App::update(self, event)
    }

    fn work(&mut self) -> bool {
        App::work(self)
    }

    fn take_redraw(&mut self) -> Redraw {
        App::take_redraw(self)
    }

    fn settle(&mut self) {
        App::settle(self);
    }

    fn take_effects(&mut self) -> Effects {
        App::take_effects(self)
    }

    fn wake_at(&self) -> Option<DateTime<Utc>> {
        App::wake_at(self)
    }
}
