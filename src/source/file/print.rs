//! What a file is known by: its stat, and the bytes at the start and the end of what was read of it.
//!
//! A file that only grew still has both; one that was written anew has not, even when it kept its name and its length.

use std::{
    fs::{File, Metadata},
    io::{self, Read, Seek, SeekFrom},
    time::SystemTime,
};

/// How many bytes of the start are remembered. Files that people edit by hand are mostly covered whole.
const HEAD: usize = 16 << 10;
/// How many bytes before the end of what was read are remembered.
const TAIL: usize = 4 << 10;

/// What the system says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stat {
    pub(super) length: u64,
    pub(super) modified: Option<SystemTime>,
    /// Device and inode, where there are such.
    pub(super) identity: Option<(u64, u64)>,
}

impl Stat {
    pub(super) fn new(metadata: &Metadata) -> Self {
        Self { length: metadata.len(), modified: metadata.modified().ok(), identity: identity(metadata) }
    }
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems have none")]
fn identity(metadata: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> Option<(u64, u64)> {
    None
}

/// Whether a file still has a name. One that was renamed away does; one that was renamed over or deleted does not.
#[cfg(unix)]
pub(super) fn has_name(metadata: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(metadata) > 0
}

#[cfg(not(unix))]
pub(super) fn has_name(_: &Metadata) -> bool {
    false
}

/// When a file was last changed in any way. Written to is one; a file with an old date that is put in place has this of now.
#[cfg(unix)]
pub(super) fn changed(metadata: &Metadata) -> Option<SystemTime> {
    use std::{os::unix::fs::MetadataExt, time::Duration};
    let (seconds, nanos) = (metadata.ctime().try_into().ok()?, metadata.ctime_nsec().try_into().ok()?);
    SystemTime::UNIX_EPOCH.checked_add(Duration::new(seconds, nanos))
}

#[cfg(not(unix))]
pub(super) fn changed(metadata: &Metadata) -> Option<SystemTime> {
    metadata.modified().ok()
}

/// The start and the end of what was read.
#[derive(Debug, Default)]
pub(super) struct Print {
    head: Vec<u8>,
    tail: Vec<u8>,
    /// Where `tail` ends.
    end: u64,
}

impl Print {
    /// Remembers of `bytes`, which stand at `at`, what is to be remembered.
    pub(super) fn note(&mut self, at: u64, bytes: &[u8]) {
        if at == self.head.len() as u64 && self.head.len() < HEAD {
            let room = bytes.len().min(HEAD - self.head.len());
            self.head.extend_from_slice(&bytes[..room]);
        }
        let end = at + bytes.len() as u64;
        if end <= self.end {
            // The start is being read after the end.
            return;
        }
        if at != self.end {
            self.tail.clear();
        }
        self.tail.extend_from_slice(&bytes[bytes.len().saturating_sub(TAIL)..]);
        self.tail.drain(..self.tail.len().saturating_sub(TAIL));
        self.end = end;
    }

    /// Whether `file` still holds what is remembered.
    pub(super) fn matches(&self, file: &mut File) -> io::Result<bool> {
        let mut bytes = Vec::with_capacity(self.head.len());
        for (at, known) in [(0, &self.head), (self.end - self.tail.len() as u64, &self.tail)] {
            read(file, at, known.len(), &mut bytes)?;
            if bytes != *known {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Reads up to `length` bytes at `at` into `bytes`, fewer only where the file ends.
pub(super) fn read(file: &mut File, at: u64, length: usize, bytes: &mut Vec<u8>) -> io::Result<()> {
    bytes.clear();
    file.seek(SeekFrom::Start(at))?;
    file.take(length as u64).read_to_end(bytes)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn file(bytes: &[u8]) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file
    }

    #[test]
    fn a_file_that_grew_is_the_same_and_one_written_anew_is_not() {
        let bytes: Vec<u8> = (0..40_000u32).map(|number| (number / 7) as u8).collect();
        let mut print = Print::default();
        for (index, piece) in bytes.chunks(999).enumerate() {
            print.note(index as u64 * 999, piece);
        }
        let with = |change: &dyn Fn(&mut Vec<u8>)| {
            let mut changed = bytes.clone();
            change(&mut changed);
            print.matches(&mut file(&changed)).unwrap()
        };
        assert!(with(&|bytes| bytes.extend_from_slice(b"more")));
        assert!(!with(&|bytes| bytes[10_000] ^= 1));
        assert!(!with(&|bytes| bytes[39_000] ^= 1));
        assert!(!with(&|bytes| bytes.truncate(39_999)));
        assert!(!with(&|bytes| _ = bytes.remove(20_000)));
    }

    #[test]
    fn the_end_may_be_read_before_the_start() {
        let (mut print, mut ordered) = (Print::default(), Print::default());
        let bytes = [7; 9000];
        print.note(5000, &bytes[5000..]);
        print.note(0, &bytes[..5000]);
        ordered.note(0, &bytes);
        assert_eq!((print.tail.len(), print.end), (4000, 9000));
        assert_eq!((ordered.tail.len(), ordered.head.len()), (4096, 9000));
        assert!(print.matches(&mut file(&bytes)).unwrap());
    }
}
