//! Notices that whoever reads our output is gone: a terminal that hung up, or a pipe without a reader.
//!
//! The thread that reads keys cannot: on a terminal that is gone, crossterm reads its end again and again and never
//! returns. SIGHUP may be ignored, as under nohup, or never come, as when the terminal is not our controlling one.
//! So a thread of its own waits, without a time limit, for nothing but the end.

use std::{io, sync::Arc};

use super::{Error, lanes::Lanes};

#[cfg(unix)]
use rustix::{
    event::{PollFd, PollFlags, Timespec},
    io::Errno,
};

/// Asks to leave when standard output is gone.
#[cfg(unix)]
pub(super) fn start(lanes: &Arc<Lanes>) -> Result<(), Error> {
    use super::{End, faults, lanes::Control, signals};

    let lanes = Arc::clone(lanes);
    let watch = move || {
        if is_gone() {
            lanes.send(Control::Quit(End::HungUp));
            signals::insist(End::HungUp);
        }
    };
    // What it watches for is then told by SIGHUP alone.
    let unwatched = |fault| log::warn!("the terminal is not watched: {fault}");
    faults::spawn("watchdog", watch, unwatched).map(drop).map_err(Error::Thread)
}

#[cfg(not(unix))]
pub(super) fn start(_: &Arc<Lanes>) -> Result<(), Error> {
    Ok(())
}

/// Waits until standard output is gone; `false` when that cannot be seen here.
#[cfg(unix)]
fn is_gone() -> bool {
    loop {
        match poll_stdout(PollFlags::empty(), None) {
            // macOS cannot poll some devices and says so at once; the descriptor itself is open.
            Ok(events) if events.contains(PollFlags::NVAL) => return false,
            Ok(events) if events.intersects(PollFlags::HUP | PollFlags::ERR) => return true,
            Ok(_) => {}
            Err(error) => {
                log::warn!("the terminal cannot be watched: {error}");
                return false;
            }
        }
    }
}

/// Waits for `events` on standard output, at most until `limit` has passed.
#[cfg(unix)]
pub(super) fn await_stdout(events: PollFlags, limit: Option<&Timespec>) -> io::Result<()> {
    let seen = poll_stdout(events, limit)?;
    if seen.intersects(events) { Ok(()) } else { Err(io::ErrorKind::TimedOut.into()) }
}

#[cfg(unix)]
fn poll_stdout(events: PollFlags, limit: Option<&Timespec>) -> io::Result<PollFlags> {
    let stdout = io::stdout();
    let mut watched = [PollFd::new(&stdout, events)];
    loop {
        match rustix::event::poll(&mut watched, limit) {
            Ok(_) => return Ok(watched[0].revents()),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}
