//! Signals: asked to go, we leave and give the terminal back; asked to stop, we lend it until we are continued; and what
//! kills by default finds the terminal given back.
//!
//! There is one way to stop: SIGTSTP, which Ctrl-Z sends to the whole job, and others send to whom they like. Stopped by
//! SIGSTOP, the reader hears of it only when it is continued, and draws anew.
//! While printing nothing here runs, and all signals act by default.

use super::{Error, lanes::Lanes};

#[cfg(not(unix))]
pub(super) use elsewhere::{ask_job_to_stop, can_stop, start, stop};
#[cfg(unix)]
pub(super) use unix::{ask_job_to_stop, can_stop, insist, start, stop};

#[cfg(not(unix))]
mod elsewhere {
    use super::{Error, Lanes};
    use crate::runtime::lanes::Control;

    /// Ctrl-C is a key, and there are no other signals.
    pub(in crate::runtime) fn start(_: &std::sync::Arc<Lanes>) -> Result<(), Error> {
        Ok(())
    }

    /// There are no jobs.
    pub(in crate::runtime) fn ask_job_to_stop(lanes: &Lanes) {
        lanes.send(Control::Stop(0));
    }

    /// A console has no shell that would continue us.
    pub(in crate::runtime) fn can_stop() -> bool {
        false
    }

    pub(in crate::runtime) fn stop(continued: u64) -> u64 {
        continued
    }
}

#[cfg(unix)]
mod unix {
    use std::{
        io,
        os::raw::c_int,
        process,
        sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
        thread,
        time::Duration,
    };

    use rustix::process::{Signal, getpgrp, getppid, getsid, kill_current_process_group};
    use signal_hook::{
        consts::{
            SIGABRT, SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGSTOP, SIGSYS, SIGTERM, SIGTRAP,
            SIGTSTP, SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU,
        },
        iterator::Signals,
        low_level::{emulate_default_handler, raise},
    };

    use super::{Error, Lanes};
    use crate::runtime::{End, faults, lanes::Control, terminal};

    /// What asks us to leave.
    const LEAVE: [c_int; 3] = [SIGTERM, SIGHUP, SIGINT];
    /// What kills us, and shows a debugger what we were doing.
    const DIE: [c_int; 10] =
        [SIGQUIT, SIGABRT, SIGALRM, SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU, SIGPROF, SIGSYS, SIGTRAP];
    /// What kills on Linux alone, where `signal_hook` would not let it: we leave instead.
    #[cfg(target_os = "linux")]
    const LEAVE_ON_LINUX: &[c_int] = &[
        Signal::IO.as_raw(),
        Signal::POWER.as_raw(),
        #[cfg(any(
            target_arch = "x86",
            target_arch = "x86_64",
            target_arch = "arm",
            target_arch = "aarch64"
        ))]
        Signal::STKFLT.as_raw(),
    ];
    #[cfg(not(target_os = "linux"))]
    const LEAVE_ON_LINUX: &[c_int] = &[];
    /// How long the main thread may take to leave when it must.
    const PATIENCE: Duration = Duration::from_secs(2);
    /// How long it may take until we hear that we were continued, once we are.
    const SETTLING: Duration = Duration::from_millis(100);

    /// How often we were continued.
    static CONTINUED: Mutex<u64> = Mutex::new(0);
    static CONTINUED_AGAIN: Condvar = Condvar::new();

    /// Listens to signals from here on.
    pub(in crate::runtime) fn start(lanes: &Arc<Lanes>) -> Result<(), Error> {
        let caught = LEAVE.iter().chain(LEAVE_ON_LINUX).chain(&DIE).chain(&[SIGTSTP, SIGCONT]);
        let mut signals = Signals::new(caught).map_err(Error::Thread)?;
        let failed = Arc::clone(lanes);
        let lanes = Arc::clone(lanes);
        let listen = move || {
            let mut is_leaving = false;
            for signal in signals.forever() {
                let end = End::Signal(signal as u8);
                match signal {
                    SIGCONT => lanes.send(Control::Continued(count_continued())),
                    SIGTSTP => lanes.send(Control::Stop(*continued())),
                    _ if DIE.contains(&signal) => die_of(signal),
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

    /// Gives the terminal back, and lets `signal` do what it does by default.
    fn die_of(signal: c_int) {
        terminal::leave_at_once();
        if let Err(error) = emulate_default_handler(signal) {
            log::error!("signal {signal} does nothing: {error}");
            process::abort();
        }
    }

    /// Asks this process and the others of its pipeline to stop: `tail -f x | liveblog` is one job.
    pub(in crate::runtime) fn ask_job_to_stop(lanes: &Lanes) {
        if let Err(error) = kill_current_process_group(Signal::TSTP) {
            log::warn!("the job cannot be stopped: {}", io::Error::from(error));
            lanes.send(Control::Stop(*continued()));
        }
    }

    /// Whether there is a shell that would continue us, which there is not under `xterm -e liveblog`. By default the kernel
    /// asks that when SIGTSTP comes; we catch it, and stop by what it does not ask for.
    pub(in crate::runtime) fn can_stop() -> bool {
        // A shell gives each of its jobs a group of its own. The group of the session's leader is no shell's job.
        let session = getsid(None).ok();
        let is_job = session.is_some_and(|session| session != getpgrp());
        is_job && getppid().is_some_and(|parent| getsid(Some(parent)).ok() == session)
    }

    /// Stops this process until it is continued, unless it was since it had been `before` times. Gives how often it was.
    pub(in crate::runtime) fn stop(before: u64) -> u64 {
        let mut continued = continued();
        if *continued == before {
            // To the calling thread, so that it does not run on for a moment.
            if let Err(error) = raise(SIGSTOP) {
                log::warn!("cannot stop: {error}");
            }
            (continued, _) = CONTINUED_AGAIN
                .wait_timeout_while(continued, SETTLING, |continued| *continued == before)
                .unwrap_or_else(PoisonError::into_inner);
        }
        *continued
    }

    fn continued() -> MutexGuard<'static, u64> {
        CONTINUED.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn count_continued() -> u64 {
        let mut continued = continued();
        *continued += 1;
        CONTINUED_AGAIN.notify_all();
        *continued
    }
}
