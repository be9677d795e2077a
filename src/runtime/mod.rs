//! What runs the reader: threads, the terminal, signals, the clock and the local zone. It performs and decides nothing.
//!
//! Everything that happens comes into the main thread through two lanes: keys and the like, taken first, and news, of
//! which little may wait. The main thread alone writes to the screen; it sleeps until something arrives or a
//! time that is on the screen changes, and there is no tick.
//!
//! Every thread of this floor has a name and is started by [`faults::spawn`], so that its panic becomes an event. Threads
//! that a source starts for itself are its own, and what their panic means is for it to tell.
//! [`run()`] drives the reader, [`stream()`] drives printing.

pub mod clock;
pub mod faults;
pub mod log;
pub mod terminal;

mod background;
mod effects;
mod end;
mod input;
mod keys;
mod lanes;
mod late;
mod machine;
mod pace;
mod preparer;
mod probe;
mod run;
mod screen;
mod signals;
mod source;
mod stream;
mod watchdog;

use crate::view::theme::Background;

pub use end::{End, Error};
pub use machine::Machine;
pub use run::{Open, Outside, Scan, run};
pub use source::{Source, Waker};
pub use stream::{Heard, stream};
