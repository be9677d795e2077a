//! Opening what is to be a file, though another may put something else in its place at any moment: nobody waits here for the
//! writer of a pipe.

use std::{
    fs::{self, File, Metadata, OpenOptions},
    io,
    path::Path,
};

/// Opens what is at `path` for reading, if it is a file.
pub(super) fn file(path: &Path) -> io::Result<File> {
    // Opening a pipe, even without waiting, is noticed by its writer: what is one already is left alone.
    check(&fs::metadata(path)?)?;
    if_still_a_file(path)
}

/// The same, where a moment ago a file was.
fn if_still_a_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    let file = options.open(path)?;
    check(&file.metadata()?)?;
    Ok(file)
}

fn check(metadata: &Metadata) -> io::Result<()> {
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if metadata.is_file() { Ok(()) } else { Err(io::Error::other("it is no file any more")) }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::{io::Read, sync::mpsc, thread, time::Duration};

    use rustix::fs::{CWD, Mode, mkfifoat};

    use super::*;

    #[test]
    fn a_pipe_that_comes_to_stand_where_a_file_was_makes_nobody_wait() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("feed");
        fs::write(&path, "words").unwrap();
        let mut words = String::new();
        if_still_a_file(&path).unwrap().read_to_string(&mut words).unwrap();
        assert_eq!(words, "words");
        fs::remove_file(&path).unwrap();
        mkfifoat(CWD, &path, Mode::RUSR | Mode::WUSR).unwrap();
        let (told, opened) = mpsc::channel();
        let open = move || told.send((if_still_a_file(&path).is_ok(), file(&path).is_ok()));
        thread::Builder::new().name("opening".to_owned()).spawn(open).unwrap();
        // Whoever waited would wait for ever.
        assert_eq!(opened.recv_timeout(Duration::from_secs(10)), Ok((false, false)));
        assert!(file(folder.path()).is_err());
    }
}
