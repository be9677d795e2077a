//! A source that is read on a thread of its own, and what came of it.
#![allow(dead_code, reason = "each test file uses a part of this")]
#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use std::{
    path::Path,
    sync::mpsc::{self, Receiver},
    thread,
    time::{Duration, Instant},
};

use liveblog::{
    feed::Context,
    model::{Location, News, Readiness, Status, Timeline, Unfetched},
    source::{Follow, Options, Source, Waker},
};

/// How long anything may take before the test fails.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) fn context() -> Context {
    let now = chrono::DateTime::from_timestamp(1_750_000_000, 0).unwrap();
    Context::bare(now)
}

pub(crate) fn options(follow: bool) -> Options {
    Options {
        follow: if follow { Follow::Now } else { Follow::Never },
        waits: true,
        format: None,
        context: context(),
        newest_first: false,
        every: Duration::ZERO,
    }
}

/// A source, read on a thread of its own, and what came of it.
pub(crate) struct Reader {
    pub(crate) news: Receiver<News>,
    pub(crate) waker: Waker,
    pub(crate) timeline: Timeline,
    /// How many looks were told complete.
    pub(crate) looks: usize,
    pub(crate) status: Option<Status>,
    pub(crate) readiness: Readiness,
    /// The further parts that could not be read.
    pub(crate) unfetched: Vec<Unfetched>,
    /// What was ever taken down, revised or added, and what was told at once.
    pub(crate) removed: Vec<String>,
    pub(crate) revised: Vec<String>,
    pub(crate) added: Vec<String>,
    pub(crate) first: Vec<String>,
    pub(crate) is_over: bool,
}

impl Reader {
    pub(crate) fn new(location: &Location, options: &Options) -> Self {
        let (sender, news) = mpsc::channel();
        Self::fed(location, options, news, move |news| sender.send(news).is_ok())
    }

    /// The file at `path`, whose source waits with each of its news until that is taken.
    pub(crate) fn of_file_in_step(path: &Path, options: &Options) -> Self {
        let (sender, news) = mpsc::sync_channel(0);
        Self::fed(&Location::File(path.to_path_buf()), options, news, move |news| sender.send(news).is_ok())
    }

    fn fed(
        location: &Location,
        options: &Options,
        news: Receiver<News>,
        give: impl Fn(News) -> bool + Send + 'static,
    ) -> Self {
        let mut source = Source::open(location, 0, options);
        let waker = source.waker();
        let read = move || while source.next().is_some_and(&give) {};
        thread::Builder::new().name("source".to_owned()).spawn(read).unwrap();
        let timeline = Timeline::default();
        let (removed, revised, added, first) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self {
            news,
            waker,
            timeline,
            looks: 0,
            status: None,
            readiness: Readiness::default(),
            unfetched: Vec::new(),
            removed,
            revised,
            added,
            first,
            is_over: false,
        }
    }

    /// The file at `path`.
    pub(crate) fn of_file(path: &Path, options: &Options) -> Self {
        Self::new(&Location::File(path.to_path_buf()), options)
    }

    pub(crate) fn take(&mut self, news: News) {
        match news {
            News::Status(_, status) => self.status = Some(status),
            News::Readiness(_, readiness) => self.readiness = readiness,
            News::Unfetched(_, unfetched) => self.unfetched.push(unfetched),
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

    /// Takes what comes within `time`.
    pub(crate) fn take_for(&mut self, time: Duration) {
        let end = Instant::now() + time;
        while let Ok(news) = self.news.recv_timeout(end.saturating_duration_since(Instant::now())) {
            self.take(news);
        }
    }

    pub(crate) fn ids(&self) -> Vec<&str> {
        let rows = self.timeline.order().iter().filter(|row| !self.timeline.is_removed(**row));
        rows.map(|row| self.timeline.entry(*row).unwrap().id()).collect()
    }

    /// The ids of what is no longer in its file.
    pub(crate) fn fallen_away(&self) -> Vec<&str> {
        let rows = self.timeline.order().iter().filter(|row| self.timeline.has_fallen_away(**row));
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
