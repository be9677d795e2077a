//! When to draw: at once what someone waits for, and the rest no more often than it is worth.

use std::time::{Duration, Instant};

use crate::app::Redraw;

/// The shortest time between frames while news comes in.
const FRAME: Duration = Duration::from_millis(16);
/// The shortest time between frames while a first reading only changes counts.
const COUNTS: Duration = Duration::from_millis(100);

/// What waits to be drawn, and since when nothing was.
#[derive(Debug, Default)]
pub(super) struct Pace {
    wanted: Redraw,
    drawn: Option<Instant>,
    not_before: Option<Instant>,
}

impl Pace {
    /// Lets the first frame wait until `time` for something to show, unless something is there at once.
    pub(super) fn first(time: Instant) -> Self {
        Self { wanted: Redraw::Soon, drawn: None, not_before: Some(time) }
    }

    /// Takes note of what has to be drawn.
    pub(super) fn want(&mut self, redraw: Redraw) {
        self.wanted = self.wanted.max(redraw);
    }

    /// When to draw next; `None` when there is nothing to draw. A time that has passed means at once.
    pub(super) fn due(&self, now: Instant) -> Option<Instant> {
        let pause = match self.wanted {
            Redraw::None => return None,
            Redraw::Now => return Some(now),
            Redraw::Soon => FRAME,
            Redraw::Counts => COUNTS,
        };
        let due = self.drawn.map_or(now, |drawn| drawn + pause);
        Some(self.not_before.map_or(due, |time| due.max(time)))
    }

    /// Takes note that all is drawn.
    pub(super) fn drew(&mut self, now: Instant) {
        *self = Self { wanted: Redraw::None, drawn: Some(now), not_before: None };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_as_far_apart_as_they_are_unimportant() {
        let now = Instant::now();
        let mut pace = Pace::default();
        assert_eq!(pace.due(now), None);
        pace.drew(now);
        pace.want(Redraw::Counts);
        assert_eq!(pace.due(now), Some(now + COUNTS));
        pace.want(Redraw::Soon);
        pace.want(Redraw::Counts);
        assert_eq!(pace.due(now), Some(now + FRAME));
        pace.want(Redraw::Now);
        assert_eq!(pace.due(now), Some(now));
        pace.drew(now);
        assert_eq!(pace.due(now), None);
    }

    #[test]
    fn the_first_frame_waits_a_moment_for_news_and_no_longer() {
        let now = Instant::now();
        let time = now + Duration::from_millis(10);
        let mut pace = Pace::first(time);
        assert_eq!(pace.due(now), Some(time));
        pace.want(Redraw::Now);
        assert_eq!(pace.due(now), Some(now));
    }
}
