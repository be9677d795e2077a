//! Panics: kept off the screen, caught, and told in one line.
//!
//! The hook writes nothing about it. A panic that ends the work of the thread that owns the terminal gives that back at
//! once, also when unwinding fails later; any other, and one that is caught within that work, leaves it alone.

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
    /// How many of the calls of [`catch`] that go on are this thread's.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    /// How many there were when this thread took the terminal, if it draws on that.
    static OWNER_DEPTH: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Makes panics silent for the whole program. Calling it again changes nothing.
pub fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            // A test that fails tells by a panic why.
            if cfg!(test) {
                before(info);
            }
            if ends_owner() {
                terminal::leave();
            }
            let line = describe(info);
            log::error!("panic: {line}");
            SEEN.with_borrow_mut(|seen| *seen = Some(line));
        }));
    });
}

/// Tells that this thread draws on the terminal, and has a panic give it back that is not caught before it comes here.
pub(super) fn own_terminal() {
    OWNER_DEPTH.set(Some(DEPTH.get()));
}

/// Whether a panic of this thread would end the work for which it took the terminal.
fn ends_owner() -> bool {
    OWNER_DEPTH.get().is_some_and(|depth| DEPTH.get() <= depth)
}

/// Does `work`, and catches its panic.
pub fn catch<T>(work: impl FnOnce() -> T) -> Result<T, Fault> {
    install();
    // What a panic leaves half done is dropped or, as the lanes are, valid between any two statements.
    let depth = DEPTH.get();
    DEPTH.set(depth + 1);
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    DEPTH.set(depth);
    done.map_err(|payload| {
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
    fn only_a_panic_that_ends_the_owner_gives_the_terminal_back() {
        let owns = || {
            assert!(!ends_owner());
            own_terminal();
            assert!(ends_owner());
            assert_eq!(catch(ends_owner), Ok(false));
            catch(|| panic!("caught")).unwrap_err();
            ends_owner()
        };
        assert_eq!(catch(|| catch(owns)), Ok(Ok(true)));
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
