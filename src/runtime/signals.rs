//! Signals: asked to go, we leave and give the terminal back; stopped and continued, we draw anew.
//!
//! SIGTSTP keeps its default action, for that alone lets the kernel refuse to stop a program that no shell would ever
//! continue (`xterm -e liveblog`). Stopped by others, the reader hears of it only when it is continued.
//! While printing nothing here runs, and all signals act by default.

use super::{Error, lanes::Lanes};

#[cfg(not(unix))]
pub(super) use elsewhere::{start, stop};
#[cfg(unix)]
pub(super) use unix::{insist, start, stop};

#[cfg(not(unix))]
mod elsewhere {
    use super::{Error, Lanes};

    /// Ctrl-C is a key, and there are no other signals.
    pub(in crate::runtime) fn start(_: &std::sync::Arc<Lanes>) -> Result<(), Error> {
        Ok(())
    }

    /// A console has no shell that would continue us.
    pub(in crate::runtime) fn stop() -> Option<u64> {
        None
    }
}

#[cfg(unix)]
mod unix {
    use std::{
        io, process,
        sync::{Arc, Condvar, Mutex, PoisonError},
        thread,
        time::{Duration, Instant},
    };

    use rustix::process::{Signal, kill_current_process_group};
    use signal_hook::{
        consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM},
        iterator::Signals,
    };

    use super::{Error, Lanes};
    use crate::runtime::{End, faults, lanes::Control, terminal};

    /// How long the main thread may take to leave when it must.
    const PATIENCE: Duration = Duration::from_secs(2);
    /// How long stopping may take to begin, or the shell to tell that it continued us.
    const SETTLING: Duration = Duration::from_millis(100);

    /// How often the shell continued us.
    static CONTINUED: Mutex<u64> = Mutex::new(0);
    static CONTINUED_AGAIN: Condvar = Condvar::new();

    /// Listens to signals from here on.
    pub(in crate::runtime) fn start(lanes: &Arc<Lanes>) -> Result<(), Error> {
        let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGCONT]).map_err(Error::Thread)?;
        let failed = Arc::clone(lanes);
        let lanes = Arc::clone(lanes);
        let listen = move || {
            let mut is_leaving = false;
            for signal in signals.forever() {
                let end = End::Signal(signal as u8);
                match signal {
                    SIGCONT => lanes.send(Control::Continued(count_continued())),
                    _ if is_leaving => leave_now(end),
                    _ => {
                        is_leaving = true;
                        lanes.send(Control::Quit(end));
                        insist(end);
                    }
                }
            }
        };
        let on_fault = move |fault| failed.send(Control::Failed(Error::Fault(fault)));
        faults::spawn("signals", listen, on_fault).map(drop).map_err(Error::Thread)
    }

    /// Leaves without the main thread when that cannot: it may be writing to a terminal that takes nothing.
    pub(in crate::runtime) fn insist(end: End) {
        thread::sleep(PATIENCE);
        if !terminal::is_free() {
            leave_now(end);
        }
    }

    #[expect(clippy::exit, reason = "the main thread, whose part this is, is stuck")]
    fn leave_now(end: End) {
        terminal::leave_at_once();
        process::exit(end.code().into());
    }

    /// Stops this process and the others of its pipeline until the shell continues them: `tail -f x | liveblog` is one
    /// job. Gives how often we have been continued, or `None` when nothing happened, as where no shell waits.
    pub(in crate::runtime) fn stop() -> Option<u64> {
        let mut continued = CONTINUED.lock().unwrap_or_else(PoisonError::into_inner);
        let before = *continued;
        if let Err(error) = kill_current_process_group(Signal::TSTP) {
            log::warn!("cannot stop: {}", io::Error::from(error));
            return None;
        }
        // The signal may reach another thread first, and this one run on for a moment: it must not take the terminal.
        loop {
            let waiting = Instant::now();
            (continued, _) = CONTINUED_AGAIN
                .wait_timeout_while(continued, SETTLING, |continued| *continued == before)
                .unwrap_or_else(PoisonError::into_inner);
            if *continued != before {
                return Some(*continued);
            }
            // Having waited longer than that, we were stopped, and are told so in a moment.
            if waiting.elapsed() < SETTLING * 2 {
                return None;
            }
        }
    }

    fn count_continued() -> u64 {
        let mut continued = CONTINUED.lock().unwrap_or_else(PoisonError::into_inner);
        *continued += 1;
        CONTINUED_AGAIN.notify_all();
        *continued
    }
}
