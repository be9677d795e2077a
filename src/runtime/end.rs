//! How running the reader ends, and why it could not go on.

use std::io;

use super::faults::Fault;

/// How it ended, with the terminal given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The user left.
    Quit,
    /// A signal of this number asked for it.
    Signal(u8),
    /// The terminal is gone.
    HungUp,
}

impl End {
    /// The exit code that shells expect: 128 and the signal's number.
    pub fn code(self) -> u8 {
        match self {
            Self::Quit => 0,
            Self::Signal(number) => number.saturating_add(128),
            // As if SIGHUP had come, also where it is ignored, as under nohup.
            Self::HungUp => 129,
        }
    }
}

/// Why the reader could not go on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the terminal cannot be used: {0}")]
    Terminal(io::Error),
    #[error("keys cannot be read from the terminal: {0}")]
    Keys(io::Error),
    #[error("a thread cannot be started: {0}")]
    Thread(io::Error),
    #[error("this is a fault in liveblog, please report it: {0}")]
    Fault(#[from] Fault),
}
