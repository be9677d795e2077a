//! What wakes a source: wishes from outside, changes that were noticed, and bytes that came.
//!
//! One mutex and one condition variable. Wishes and changes are flags, so however many come while the source is busy,
//! they are answered by one look; bytes wait in an inbox of bounded size, so a fast writer is slowed, not hoarded.

use std::{
    io,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use crate::text::link::Link;

use super::BLOCK;

/// What a source was woken for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Call {
    /// Look now, whatever was noticed.
    pub(super) look: bool,
    /// Something changed.
    pub(super) changed: bool,
    /// Follow from here on, or stop following.
    pub(super) follow: Option<bool>,
    /// Further parts of the blog to read.
    pub(super) further: Vec<Link>,
}

/// How the bytes in the inbox end.
#[derive(Debug, Default)]
pub(super) enum End {
    /// More may come.
    #[default]
    Open,
    /// Whoever wrote them has gone; another may come.
    WriterGone,
    /// That is all of them.
    Closed,
    /// They could not be read.
    Broken(io::Error),
}

#[derive(Debug, Default)]
struct State {
    call: Call,
    is_stopped: bool,
    inbox: Vec<u8>,
    end: End,
}

impl State {
    fn has_news(&self) -> bool {
        self.is_called() || !self.inbox.is_empty() || self.has_end()
    }

    fn is_called(&self) -> bool {
        self.is_stopped || self.call != Call::default()
    }

    fn has_end(&self) -> bool {
        !matches!(self.end, End::Open)
    }
}

/// See the module's description.
#[derive(Debug, Default)]
pub(super) struct Bell {
    state: Mutex<State>,
    rung: Condvar,
}

impl Bell {
    fn state(&self) -> MutexGuard<'_, State> {
        // Flags and bytes are whole at any moment, so one who panicked while holding them left nothing broken.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ring(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state());
        self.rung.notify_all();
    }

    /// Asks the source to look now.
    pub(super) fn look(&self) {
        self.ring(|state| state.call.look = true);
    }

    /// Asks the source for a further part of its blog.
    pub(super) fn fetch(&self, address: &Link) {
        self.ring(|state| state.call.further.push(address.clone()));
    }

    /// Tells the source that something changed.
    pub(super) fn changed(&self) {
        self.ring(|state| state.call.changed = true);
    }

    /// Asks the source to follow, or to stop following.
    pub(super) fn follow(&self, follow: bool) {
        self.ring(|state| state.call.follow = Some(follow));
    }

    /// Asks the source to end.
    pub(super) fn stop(&self) {
        self.ring(|state| state.is_stopped = true);
    }

    /// Whether the source was asked to end.
    pub(super) fn is_stopped(&self) -> bool {
        self.state().is_stopped
    }

    /// Whether to follow from here on or to stop, where that was asked since the last call; waits for nothing.
    pub(super) fn follow_asked(&self) -> Option<bool> {
        self.state().call.follow.take()
    }

    /// Waits until the source is called, bytes come, or it is `until`; without one, for as long as it takes.
    pub(super) fn wait(&self, until: Option<Instant>) -> Call {
        let mut state = self.state();
        while !state.has_news() {
            let Some(until) = until else {
                state = self.rung.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            state = self.rung.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        std::mem::take(&mut state.call)
    }

    /// Waits until the source is called, whatever comes meanwhile.
    pub(super) fn wait_for_call(&self) -> Call {
        let mut state = self.state();
        while !state.is_called() {
            state = self.rung.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        std::mem::take(&mut state.call)
    }

    /// Puts bytes into the inbox once there is room, and the end of what came before was noticed; tells whether the source
    /// still wants any.
    pub(super) fn deliver(&self, bytes: &[u8]) -> bool {
        let mut state = self.state();
        while (state.inbox.len() >= BLOCK || state.has_end()) && !state.is_stopped {
            state = self.rung.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.inbox.extend_from_slice(bytes);
        let is_wanted = !state.is_stopped;
        drop(state);
        self.rung.notify_all();
        is_wanted
    }

    /// Tells the source how what was delivered ends.
    pub(super) fn end(&self, end: End) {
        self.ring(|state| state.end = end);
    }

    /// Takes the bytes that came, and how they end.
    pub(super) fn bytes(&self) -> (Vec<u8>, End) {
        let mut state = self.state();
        let taken = (std::mem::take(&mut state.inbox), std::mem::take(&mut state.end));
        drop(state);
        self.rung.notify_all();
        taken
    }

    /// Whether bytes wait in the inbox.
    pub(super) fn has_bytes(&self) -> bool {
        !self.state().inbox.is_empty()
    }
}
