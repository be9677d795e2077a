//! Panics: kept off the screen, caught, and told in one line.
//!
//! The hook never writes to the terminal. A panic of the thread that owns the terminal gives it back at once, also when
//! unwinding fails later; any other thread leaves it alone, and what it worked for becomes an event.

use std::{
    any::Any,
    cell::{Cell, RefCell},
    fmt, io,
    panic::{self, AssertUnwindSafe, PanicHookInfo},
    sync::Once,
    thread::{self, JoinHandle},
};

use crate::text::line::Line;

use super::terminal;

/// A panic that was caught: what and where, in one clean line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Fault(Line);

impl Fault {
    /// The fault as one line for people.
    pub fn line(&self) -> &Line {
        &self.0
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

thread_local! {
    /// What the hook saw last on this thread: it alone knows the place.
    static SEEN: RefCell<Option<Line>> = const { RefCell::new(None) };
    /// Whether this thread draws on the terminal.
    static OWNS_TERMINAL: Cell<bool> = const { Cell::new(false) };
}

/// Makes panics silent for the whole program. Calling it again changes nothing.
pub fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        panic::set_hook(Box::new(|info| {
            if OWNS_TERMINAL.get() {
                terminal::leave();
            }
            let line = describe(info);
            log::error!("panic: {line}");
            SEEN.with_borrow_mut(|seen| *seen = Some(line));
        }));
    });
}

/// Tells that this thread draws on the terminal, and gives it back when it panics.
pub(super) fn own_terminal() {
    OWNS_TERMINAL.set(true);
}

/// Does `work`, and catches its panic.
pub fn catch<T>(work: impl FnOnce() -> T) -> Result<T, Fault> {
    install();
    // What a panic leaves half done is dropped or, as the lanes are, valid between any two statements.
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        let seen = SEEN.with_borrow_mut(Option::take);
        Fault(seen.unwrap_or_else(|| Line::new(text_of(payload.as_ref()))))
    })
}

/// Starts a thread called `name` that does `work`, and hands a panic of it to `on_fault`.
pub fn spawn(
    name: &str,
    work: impl FnOnce() + Send + 'static,
    on_fault: impl FnOnce(Fault) + Send + 'static,
) -> io::Result<JoinHandle<()>> {
    thread::Builder::new().name(name.to_owned()).spawn(move || {
        if let Err(fault) = catch(work) {
            on_fault(fault);
        }
    })
}

/// What panicked, where, and on which thread.
fn describe(info: &PanicHookInfo<'_>) -> Line {
    let text = text_of(info.payload());
    let thread = thread::current();
    let name = thread.name().unwrap_or("?");
    let place = info.location().map(|place| format!(" at {}:{}", place.file(), place.line()));
    Line::new(&format!("{text}{} ({name})", place.unwrap_or_default()))
}

/// The message of a panic.
fn text_of(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn a_panic_is_caught_with_its_place() {
        let fault = catch(|| panic!("no {}", "luck")).unwrap_err();
        assert!(fault.to_string().starts_with("no luck at "), "{fault}");
        assert!(fault.to_string().contains("faults.rs:"), "{fault}");
        assert_eq!(catch(|| 7), Ok(7));
    }

    #[test]
    fn a_panic_on_a_thread_is_handed_over_with_its_name() {
        let (sender, receiver) = mpsc::channel();
        let work = || panic!("\u{1b}[2Jdown");
        spawn("digger", work, move |fault| sender.send(fault).unwrap()).unwrap().join().unwrap();
        let line = receiver.recv().unwrap().to_string();
        assert!(line.starts_with("down at ") && line.ends_with("(digger)"), "{line}");
    }
}
