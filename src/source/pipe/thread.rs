//! The thread that reads a pipe: a read of one can be interrupted by nothing, so it sleeps on when the source is over.

use std::{
    fs::File,
    io::{self, Read},
    path::PathBuf,
    sync::Arc,
    thread,
};

use crate::source::{
    FIRST_BLOCK,
    bell::{Bell, End},
};

/// What the thread reads.
pub(super) enum Opening {
    Stdin,
    /// A named pipe, and whether it is opened again when its last writer has gone.
    Named(PathBuf, bool),
}

/// Reads until the end, or until nobody wants the bytes; delivers them to `bell`.
pub(super) fn spawn(opening: Opening, bell: Arc<Bell>) -> io::Result<()> {
    let read = move || {
        let end = match opening {
            Opening::Stdin => drain(&mut io::stdin().lock(), &bell),
            Opening::Named(path, is_kept) => loop {
                let result = File::open(&path).and_then(|mut file| drain(&mut file, &bell));
                if !is_kept || bell.is_stopped() || result.is_err() {
                    break result;
                }
                // Opening it again waits for the next writer.
                bell.end(End::WriterGone);
            },
        };
        bell.end(end.map_or_else(End::Broken, |()| End::Closed));
    };
    thread::Builder::new().name("pipe".to_owned()).spawn(read).map(drop)
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
