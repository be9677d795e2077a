//! The one writer to the terminal: a frame is gathered and written at once.
//!
//! Nothing reaches the terminal while it is not held: what a broken frame leaves in the buffer, or a thread draws after
//! another gave the terminal back, would be typed over the user's shell.

use std::{
    cell::RefCell,
    io::{self, Write},
    rc::Rc,
};

use super::terminal;

/// A frame larger than this goes out in pieces.
const LARGEST: usize = 64 << 10;

/// Gathers what is drawn until it is [sent](Self::send). Clones share what they gather, for ratatui keeps its writer.
#[derive(Debug, Clone, Default)]
pub(super) struct Screen {
    gathered: Rc<RefCell<Vec<u8>>>,
}

impl Screen {
    /// Writes what was gathered to the terminal, if it is held.
    pub(super) fn send(&self) -> io::Result<()> {
        let mut gathered = self.gathered.borrow_mut();
        let sent = if terminal::is_held() { write(&gathered) } else { Ok(()) };
        gathered.clear();
        sent
    }
}

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.gathered.borrow().len() + bytes.len() > LARGEST {
            self.send()?;
        }
        self.gathered.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// Does nothing: ratatui flushes before the synchronized update is ended, and a frame is one write.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes `bytes` to standard output past std's buffer, whose lock a broken thread may hold.
#[cfg(unix)]
pub(super) fn write(mut bytes: &[u8]) -> io::Result<()> {
    use rustix::{event::PollFlags, io::Errno};

    while !bytes.is_empty() {
        match rustix::io::write(io::stdout(), bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            // Another program that shares the terminal made it non-blocking.
            Err(Errno::AGAIN) => super::watchdog::await_stdout(PollFlags::OUT, None)?,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Writes `bytes` to standard output.
#[cfg(not(unix))]
pub(super) fn write(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout();
    out.write_all(bytes)?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_after_the_terminal_was_given_back_is_dropped() {
        let mut screen = Screen::default();
        screen.write_all(&vec![b'x'; LARGEST * 2]).unwrap();
        screen.flush().unwrap();
        assert!(!screen.gathered.borrow().is_empty());
        screen.send().unwrap();
        assert!(screen.gathered.borrow().is_empty());
    }
}
