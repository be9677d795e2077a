//! The thread that reads a pipe: a read of one can be interrupted by nothing, so it sleeps on when the source is over.

use std::{
    fs::File,
    io::{self, Read},
    panic::{self, AssertUnwindSafe},
    path::PathBuf,
    sync::Arc,
    thread,
};

use crate::source::{
    FIRST_BLOCK,
    bell::{Bell, End},
};

use super::is_fifo;

/// What the thread reads.
pub(super) enum Opening {
    Stdin,
    /// A named pipe, and whether it is opened again when its last writer has gone.
    Named(PathBuf, bool),
}

/// Reads until the end, or until nobody wants the bytes; delivers them to `bell`.
pub(super) fn spawn(opening: Opening, bell: Arc<Bell>) -> io::Result<()> {
    let work = move || run(&bell, || read(&opening, &bell));
    thread::Builder::new().name("pipe".to_owned()).spawn(work).map(drop)
}

/// Ends the inbox as `read` does, and also when that panics: nobody else would tell the source that nothing comes.
fn run(bell: &Bell, read: impl FnOnce() -> io::Result<()>) {
    let end = panic::catch_unwind(AssertUnwindSafe(read));
    let end = end.unwrap_or_else(|_| Err(io::Error::other("the thread that read it broke")));
    bell.end(end.map_or_else(End::Broken, |()| End::Closed));
}

fn read(opening: &Opening, bell: &Bell) -> io::Result<()> {
    match opening {
        Opening::Stdin => drain(&mut io::stdin().lock(), bell),
        Opening::Named(path, is_kept) => loop {
            let mut file = File::open(path)?;
            // Where something else came to have its name, opening that again would not wait.
            let is_last = !is_kept || !is_fifo(&file.metadata()?);
            drain(&mut file, bell)?;
            if is_last || bell.is_stopped() {
                break Ok(());
            }
            // Who is told that nobody writes may write at once: into a pipe that is closed after that, it would be lost.
            drop(file);
            // Opening it again waits for the next writer.
            bell.end(End::WriterGone);
        },
    }
}

fn drain(from: &mut dyn Read, bell: &Bell) -> io::Result<()> {
    let mut buffer = vec![0; FIRST_BLOCK];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(length) => {
                if !bell.deliver(buffer.get(..length).unwrap_or_default()) {
                    return Ok(());
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes, and then a defect.
    struct Defective(bool);

    impl Read for Defective {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            assert!(!std::mem::replace(&mut self.0, true), "a defect");
            buffer[0] = b'x';
            Ok(1)
        }
    }

    #[test]
    fn a_source_is_told_when_the_thread_that_reads_for_it_panics() {
        let bell = Bell::default();
        run(&bell, || drain(&mut Defective(false), &bell));
        let (bytes, end) = bell.bytes();
        assert_eq!(bytes, b"x");
        assert!(matches!(end, End::Broken(_)), "{end:?}");
    }
}
