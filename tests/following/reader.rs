//! A followed file in a folder of its own.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
};

use liveblog::model::Status;
use tempfile::TempDir;

pub(crate) use crate::source::{Reader, context, options};

pub(crate) struct Place {
    pub(crate) folder: TempDir,
    pub(crate) path: PathBuf,
}

pub(crate) fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("feed.jsonl");
    Place { folder, path }
}

pub(crate) fn line(number: usize, words: &str) -> String {
    let (hour, minute) = (number / 60, number % 60);
    let time = format!("2025-04-{:02}T{:02}:{minute:02}:00Z", 1 + hour / 24, hour % 24);
    format!("{{\"id\":\"e{number}\",\"published\":\"{time}\",\"body\":\"{words}\"}}\n")
}

pub(crate) fn lines(numbers: &[usize]) -> String {
    numbers.iter().map(|number| line(*number, "words")).collect()
}

pub(crate) fn write(path: &Path, text: &str) {
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .open(path)
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
}

pub(crate) fn append(path: &Path, text: &str) {
    OpenOptions::new().append(true).open(path).unwrap().write_all(text.as_bytes()).unwrap();
}

/// Writes a file aside and renames it over the other.
pub(crate) fn replace(path: &Path, text: &str) {
    let aside = path.with_extension("aside");
    write(&aside, text);
    fs::rename(aside, path).unwrap();
}

/// A followed file with three entries that have been read.
pub(crate) fn begun() -> (Place, Reader) {
    let place = place();
    write(&place.path, &lines(&[1, 2, 3]));
    let mut reader = Reader::of_file(&place.path, &options(true));
    reader.until("following", |reader| reader.status == Some(Status::Following));
    assert_eq!(reader.ids(), ["e1", "e2", "e3"]);
    (place, reader)
}

pub(crate) fn document(entries: &[(usize, &str)]) -> String {
    let entries: Vec<String> =
        entries.iter().map(|(number, words)| line(*number, words).trim_end().to_owned()).collect();
    format!("{{\"title\":\"Followed\",\"entries\":[{}]}}", entries.join(","))
}
