//! A breath between two readings of what grows all the time, so that a burst of it comes in few large pieces.
//!
//! The first change after a quiet moment is read at once. Of a thousand a second each would otherwise wake two threads, be
//! merged alone, and be drawn together with its neighbours all the same.

use std::{
    thread,
    time::{Duration, Instant},
};

/// The shortest time between two readings: half of what two frames are apart at least.
const BREATH: Duration = Duration::from_millis(8);

/// When it may be read on.
#[derive(Debug, Default)]
pub(super) struct Breath(Option<Instant>);

impl Breath {
    /// Blocks until the last call is a breath ago.
    pub(super) fn take(&mut self) {
        let left = self.0.map(|last| BREATH.saturating_sub(last.elapsed()));
        left.filter(|left| !left.is_zero()).into_iter().for_each(thread::sleep);
        self.0 = Some(Instant::now());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_taken_at_once_and_each_after_it_a_breath_later_at_the_earliest() {
        let mut breath = Breath::default();
        breath.take();
        let first = breath.0.unwrap();
        breath.take();
        assert!(breath.0.unwrap() - first >= BREATH);
        // One who comes late enough waits for nothing.
        let long_ago = Instant::now().checked_sub(BREATH).unwrap();
        breath.0 = Some(long_ago);
        breath.take();
        assert!(breath.0.unwrap() > long_ago);
    }
}
