//! A followed file in a folder of its own, and what came of it so far.
//!
//! Nothing sleeps; every wait fails after [`PATIENCE`] with what is there.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver},
    thread,
    time::{Duration, Instant},
};

use liveblog::{
    feed::Context,
    model::{Location, News, Status, Timeline, Zone},
    source::{Options, Source, Waker},
};
use tempfile::TempDir;

/// How long anything may take before the test fails.
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) fn context() -> Context {
    let now = chrono::DateTime::from_timestamp(1_750_000_000, 0).unwrap();
    Context { assumed_zone: None, local_zone: Zone::UTC, date: None, modified: None, now }
}

pub(crate) fn options(follow: bool) -> Options {
    Options { follow, waits: true, format: None, context: context(), newest_first: false }
}

/// A source, read on a thread of its own, and what came of it.
pub(crate) struct Reader {
    pub(crate) news: Receiver<News>,
    pub(crate) waker: Waker,
    pub(crate) timeline: Timeline,
    /// How many looks were told complete.
    pub(crate) looks: usize,
    pub(crate) status: Option<Status>,
    /// What was ever taken down, revised or added, and what was told at once.
    pub(crate) removed: Vec<String>,
    pub(crate) revised: Vec<String>,
    pub(crate) added: Vec<String>,
    pub(crate) first: Vec<String>,
    pub(crate) is_over: bool,
}

impl Reader {
    pub(crate) fn new(path: &Path, options: &Options) -> Self {
        let mut source = Source::open(&Location::File(path.to_path_buf()), 0, options);
        let waker = source.waker();
        let (sender, news) = mpsc::channel();
        let read = move || while source.next().is_some_and(|news| sender.send(news).is_ok()) {};
        thread::Builder::new().name("source".to_owned()).spawn(read).unwrap();
        let timeline = Timeline::default();
        let (removed, revised, added, first) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { news, waker, timeline, looks: 0, status: None, removed, revised, added, first, is_over: false }
    }

    pub(crate) fn take(&mut self, news: News) {
        match news {
            News::Status(_, status) => self.status = Some(status),
            News::Reading(reading) => {
                self.looks += usize::from(reading.complete);
                let change = self.timeline.merge(reading);
                let id = |row: &u32| self.timeline.entry(*row).unwrap().id().to_owned();
                self.removed.extend(change.removed.iter().map(id));
                self.revised.extend(change.revised.iter().map(|(_, new)| id(new)));
                let added: Vec<String> = change.added.iter().map(id).collect();
                if self.first.is_empty() {
                    self.first.clone_from(&added);
                }
                self.added.extend(added);
            }
        }
    }

    /// Takes news until `is_so`.
    pub(crate) fn until(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !is_so(self) {
            let left = end.saturating_duration_since(Instant::now());
            match self.news.recv_timeout(left) {
                Ok(news) => self.take(news),
                Err(mpsc::RecvTimeoutError::Disconnected) if !self.is_over => self.is_over = true,
                Err(error) => panic!("{error}, never {what}: {:?}, {:?}", self.status, self.ids()),
            }
        }
    }

    pub(crate) fn ids(&self) -> Vec<&str> {
        let rows = self.timeline.order().iter().filter(|row| !self.timeline.is_removed(**row));
        rows.map(|row| self.timeline.entry(*row).unwrap().id()).collect()
    }

    pub(crate) fn until_ids(&mut self, wanted: &[&str]) {
        self.until(&format!("{wanted:?}"), |reader| reader.ids() == wanted);
    }

    /// Waits until the look that goes on is settled.
    pub(crate) fn until_settled(&mut self) {
        let looks = self.looks;
        self.until("settled", |reader| reader.looks > looks);
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.waker.stop();
    }
}

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
    let mut reader = Reader::new(&place.path, &options(true));
    reader.until("following", |reader| reader.status == Some(Status::Following));
    assert_eq!(reader.ids(), ["e1", "e2", "e3"]);
    (place, reader)
}

pub(crate) fn document(entries: &[(usize, &str)]) -> String {
    let entries: Vec<String> =
        entries.iter().map(|(number, words)| line(*number, words).trim_end().to_owned()).collect();
    format!("{{\"title\":\"Followed\",\"entries\":[{}]}}", entries.join(","))
}
