//! Where readings come from: files that are followed, addresses, pipes and standard input, the demo. It may block.
//!
//! A [`Source`] is asked for its [`next`](Source::next) news in a loop, on a thread of its own; a [`Waker`] reaches it
//! from any other. It reads, notices and waits; it never draws, and what bytes mean is for `feed` to say.
//! To add a kind: its file with an `Origin`, and its arm in [`Source::open`]. `demo` is the minimal example.

mod bell;
mod breath;
mod demo;
mod document;
mod file;
pub mod folder;
#[cfg(feature = "http")]
mod http;
mod opening;
mod pipe;

use std::{
    collections::VecDeque,
    fmt, io,
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use chrono::TimeDelta;

use crate::{
    feed::{Context, Format, detect, unread},
    model::{Failure, FailureKind, Location, News, Readiness, Reading, SourceId, Status},
    text::{line::Line, link::Link},
};

#[cfg(feature = "http")]
use crate::model::Unfetched;
use bell::Bell;

/// The first block that is read of a long source, so that the first screen comes at once.
const FIRST_BLOCK: usize = 64 << 10;
/// The blocks after it: some thousand entries each.
const BLOCK: usize = 1 << 20;
/// How long nothing may come until an entry without an end is taken for ended.
const QUIET: Duration = Duration::from_secs(2);

/// How a source is read.
#[derive(Debug, Clone)]
pub struct Options {
    /// Whether it is read on as it grows.
    pub follow: Follow,
    /// Whether a file that is followed, or a named pipe, is waited for while it is not there or holds no liveblog, instead of
    /// being given up. An address is given up unless its server says when it may be looked at, and so is a pipe that has no
    /// second writer.
    pub waits: bool,
    /// The format, when the user told it.
    pub format: Option<&'static Format>,
    /// What is known beside the bytes; the source itself fills in when it was last changed, and moves `now` on.
    pub context: Context,
    /// Whether the newest entries are shown first, so that a long log is best read from its end.
    pub newest_first: bool,
    /// How often an address is looked at, unless its server asks for longer pauses.
    pub every: Duration,
}

/// Whether a source is read on as it grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Follow {
    /// It never is: it is read once, and is over then.
    Never,
    /// It is once somebody asks for it; until then, what it is like is read once, and again when somebody wants a look.
    WhenAsked,
    /// It is from the start, until somebody asks to stop.
    Now,
}

impl Follow {
    /// Whether it is followed from the start.
    pub fn is_now(self) -> bool {
        self == Self::Now
    }

    /// Whether it may be followed at all, so that it is not over when all of it was read.
    fn is_possible(self) -> bool {
        self != Self::Never
    }

    /// What it is after somebody asked to follow, or to stop.
    fn asked(self, follow: bool) -> Self {
        match (self, follow) {
            (Self::Never, _) => self,
            (_, true) => Self::Now,
            (_, false) => Self::WhenAsked,
        }
    }
}

/// A source being read.
pub struct Source {
    origin: Option<Box<dyn Origin>>,
    outbox: Outbox,
    bell: Arc<Bell>,
}

impl fmt::Debug for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Source").field("outbox", &self.outbox).finish_non_exhaustive()
    }
}

impl Source {
    /// Opens the source at `location`, which is called `id`. Nothing is read before the first [`next`](Self::next).
    pub fn open(location: &Location, id: SourceId, options: &Options) -> Self {
        let bell = Arc::new(Bell::default());
        let brief = Brief { id, label: location.label(), options: options.clone(), opened: Instant::now() };
        let origin: Box<dyn Origin> = match location {
            Location::File(path) => Box::new(file::Followed::new(path, brief, Arc::clone(&bell))),
            #[cfg(feature = "http")]
            Location::Address(url) => Box::new(http::Address::new(url, brief, Arc::clone(&bell))),
            #[cfg(not(feature = "http"))]
            Location::Address(_) => Box::new(Unsupported(brief)),
            Location::Stdin => Box::new(pipe::Pipe::stdin(brief, Arc::clone(&bell))),
            Location::Demo => Box::new(demo::Demo::new(brief, Arc::clone(&bell))),
        };
        Self { origin: Some(origin), outbox: Outbox { id, news: VecDeque::new(), last: None }, bell }
    }

    /// What wakes this source.
    pub fn waker(&self) -> Waker {
        Waker(Arc::clone(&self.bell))
    }

    /// The next thing the source has to say; blocks until there is one. `None`: the source is over.
    #[expect(
        clippy::should_implement_trait,
        reason = "a source waits for the world; it is no sequence to adapt"
    )]
    pub fn next(&mut self) -> Option<News> {
        loop {
            if self.bell.is_stopped() {
                return None;
            }
            if let Some(news) = self.outbox.news.pop_front() {
                return Some(news);
            }
            let Some(origin) = &mut self.origin else {
                // Nor does a thread that reads for it go on.
                self.bell.stop();
                return None;
            };
            match origin.step(&mut self.outbox) {
                Step::On => {}
                Step::Over => {
                    self.origin = None;
                    self.outbox.readiness(Readiness::Over);
                }
                Step::Becomes(origin) => self.origin = Some(origin),
            }
        }
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.bell.stop();
    }
}

/// Reaches a source from another thread.
#[derive(Debug, Clone)]
pub struct Waker(Arc<Bell>);

impl Waker {
    /// Look at the source now.
    pub fn look(&self) {
        self.0.look();
    }

    /// Read a further part of the blog, which stands at `address`. Only a source that is an address itself does, and only
    /// from the same server.
    pub fn fetch(&self, address: &Link) {
        self.0.fetch(address);
    }

    /// Keep looking at the source, or stop. A source that is over stays so.
    pub fn follow(&self, follow: bool) {
        self.0.follow(follow);
    }

    /// End the source: its `next` gives `None` soon.
    pub fn stop(&self) {
        self.0.stop();
    }
}

/// A kind of source.
trait Origin: Send {
    /// Reads a block, or waits for something to happen; what is to be told goes into `outbox`.
    fn step(&mut self, outbox: &mut Outbox) -> Step;
}

/// An address, in a program that was built without reading them.
#[cfg(not(feature = "http"))]
struct Unsupported(Brief);

#[cfg(not(feature = "http"))]
impl Origin for Unsupported {
    fn step(&mut self, outbox: &mut Outbox) -> Step {
        let why = "this program was built without reading addresses";
        outbox.status(self.0.unreadable_because(why, "save the page and open the file"));
        Step::Over
    }
}

/// How it goes on after a step.
enum Step {
    On,
    Over,
    /// It turned out to be of another kind.
    Becomes(Box<dyn Origin>),
}

/// What is known of a source before it is read.
#[derive(Debug, Clone)]
struct Brief {
    id: SourceId,
    label: Line,
    options: Options,
    opened: Instant,
}

impl Brief {
    /// What a format may assume about bytes that were last changed at `modified`.
    fn context(&self, modified: Option<SystemTime>) -> Context {
        let past = TimeDelta::from_std(self.opened.elapsed()).unwrap_or_default();
        let context = self.options.context;
        let now = context.now.checked_add_signed(past).unwrap_or(context.now);
        Context { modified: modified.map(Into::into).or(context.modified), now, ..context }
    }

    /// How a source is doing when nothing is wrong with it, all of it was read, and it is followed or not.
    fn well(&self, is_followed: bool) -> Status {
        match self.options.follow {
            Follow::Never => Status::Ended,
            Follow::WhenAsked | Follow::Now if is_followed => Status::Following,
            Follow::WhenAsked | Follow::Now => Status::Unwatched,
        }
    }

    /// The failure of a source that could not be read.
    fn unreadable(&self, error: &io::Error) -> Status {
        let hint = match error.kind() {
            io::ErrorKind::NotFound => "check the name",
            io::ErrorKind::PermissionDenied => "check who may read it",
            io::ErrorKind::IsADirectory => "name a file in it",
            _ => "",
        };
        self.unreadable_because(&reason(error), hint)
    }

    /// The failure of a source that could not be read: why, and what to try, if anything.
    fn unreadable_because(&self, why: &str, hint: &str) -> Status {
        let separator = if hint.is_empty() { "" } else { "; " };
        let message = Line::new(&format!("cannot read '{}': {why}{separator}{hint}", self.label));
        Status::Failed(Failure { kind: FailureKind::Unreadable, message })
    }

    /// The failure of a source that holds no liveblog, of which `bytes` were read.
    fn unrecognized(&self, bytes: &[u8]) -> Status {
        let why = if bytes.trim_ascii().is_empty() {
            format!("it is empty; looked for {}", detect::looked_for())
        } else if let Some(why) = unread::why_not(bytes) {
            why
        } else {
            format!("looked for {}; --format names a format to read it as", detect::looked_for())
        };
        let message = Line::new(&format!("no liveblog found in '{}': {why}", self.label));
        Status::Failed(Failure { kind: FailureKind::Unrecognized, message })
    }
}

/// Why something failed, in words that stand within a sentence.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => {
            let text = error.to_string();
            let text = text.split(" (os error").next().unwrap_or(&text);
            let mut letters = text.chars();
            letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
        }
    }
}

/// What a source has to tell and was not asked for yet. Telling the same status again says nothing.
#[derive(Debug)]
struct Outbox {
    id: SourceId,
    news: VecDeque<News>,
    last: Option<Status>,
}

impl Outbox {
    fn reading(&mut self, reading: Reading) {
        if !reading.is_empty() {
            // A whole document is merged a piece at a time, so that a key never waits for all of it.
            self.news.extend(reading.in_pieces(BLOCK).into_iter().map(News::Reading));
        }
    }

    fn readiness(&mut self, readiness: Readiness) {
        self.news.push_back(News::Readiness(self.id, readiness));
    }

    #[cfg(feature = "http")]
    fn unfetched(&mut self, unfetched: Unfetched) {
        self.news.push_back(News::Unfetched(self.id, unfetched));
    }

    fn status(&mut self, status: Status) {
        if self.last.as_ref() != Some(&status) {
            self.last = Some(status.clone());
            self.news.push_back(News::Status(self.id, status));
        }
    }
}

/// What tests of kinds of sources begin with.
#[cfg(test)]
mod ground {
    use crate::model::Timeline;

    use super::*;

    impl Brief {
        /// One source, which is followed and waited for.
        pub(super) fn followed(newest_first: bool) -> Self {
            let options = Options {
                follow: Follow::Now,
                waits: true,
                format: None,
                context: Context::bare(chrono::DateTime::UNIX_EPOCH),
                newest_first,
                every: Duration::ZERO,
            };
            Self { id: 0, label: Line::new("feed"), options, opened: Instant::now() }
        }
    }

    impl Outbox {
        pub(super) fn empty() -> Self {
            Self { id: 0, news: VecDeque::new(), last: None }
        }

        /// Merges the readings it holds into `timeline`; gives how many problems are news there.
        pub(super) fn merge_into(&mut self, timeline: &mut Timeline) -> usize {
            let readings = self.news.drain(..).filter_map(|news| match news {
                News::Reading(reading) => Some(reading),
                News::Status(..) | News::Readiness(..) | News::Unfetched(..) => None,
            });
            readings.map(|reading| timeline.merge(reading).problems.len()).sum()
        }
    }
}
