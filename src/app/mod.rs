//! The reader as a pure machine: events in, effects out; the same events give the same screen.
//!
//! No ratatui, crossterm, files, threads or clock. What the time is, how large the screen is and what the sources say
//! comes in as [`Event`]s; what is to be done outside goes out as [`Effect`]s.

pub mod effect;
pub mod event;
pub mod key;
pub mod redraw;

pub use effect::{Effect, Effects};
pub use event::{Event, Found, Size};
pub use key::{Code, Key};
pub use redraw::Redraw;
