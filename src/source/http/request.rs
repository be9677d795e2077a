//! One look at an address: a request on a thread of its own, and what comes of it.
//!
//! A request blocks in the network and can be interrupted by nothing but its [`Drop`], so whoever waits for it waits on
//! the bell, never on the thread. What comes waits in a bounded inbox of the request's own: one that was given up rings
//! the bell once more, and finds nobody.

use std::{
    io::Read,
    panic::{self, AssertUnwindSafe},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use ureq::{
    Agent, Body,
    http::{Response, StatusCode, header},
    unversioned::{
        resolver::DefaultResolver,
        transport::{Connector as _, DefaultConnector},
    },
};
use url::Url;

use crate::source::{BLOCK, FIRST_BLOCK, bell::Bell};

use super::{
    answer::{self, Answer, Validators},
    failed_look::{DOWNLOAD, FailedLook, LATER},
    head::WithoutCookies,
    redirect,
};

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(10);
/// How long a whole answer may take, redirects and all, unless it is one that goes on.
pub(super) const WHOLE: Duration = Duration::from_secs(30);
/// How long an answer that goes on may say nothing.
const SILENCE: Duration = Duration::from_secs(10 * 60);
/// The most bytes of a body, after decompression; of one whose lines are read as they come, of a line.
pub(super) const BODY: u64 = 32 << 20;
/// The most bytes of the headers.
pub(super) const HEADERS: usize = 256 << 10;

/// Who asks.
const NAME: &str = concat!("liveblog/", env!("CARGO_PKG_VERSION"), " (reader for the terminal)");

/// What all requests to an address have in common: bounds, and connections that are kept.
pub(super) fn agent() -> Agent {
    let config = Agent::config_builder()
        .user_agent(NAME)
        .http_status_as_error(false)
        // Where a redirect leads is for `redirect` to say.
        .max_redirects(0)
        .max_response_header_size(HEADERS)
        .timeout_resolve(Some(CONNECT))
        .timeout_connect(Some(CONNECT))
        .timeout_recv_response(Some(WHOLE))
        .timeout_per_read(Some(SILENCE));
    let config = config.input_buffer_size(2 * HEADERS).build();
    Agent::with_parts(config, DefaultConnector::new().chain(WithoutCookies), DefaultResolver::default())
}

/// What is asked for.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) url: Url,
    /// What is known of it already.
    pub(super) known: Option<Validators>,
    pub(super) now: DateTime<Utc>,
}

/// What came of a request since it was asked last.
#[derive(Debug, Default)]
pub(super) struct Taken {
    /// Status and headers, once.
    pub(super) answer: Option<Answer>,
    pub(super) bytes: Vec<u8>,
    /// Whether that was all, or why no more will come.
    pub(super) end: Option<Result<(), FailedLook>>,
}

/// Where a request puts what comes.
#[derive(Debug)]
struct Inbox {
    state: Mutex<State>,
    room: Condvar,
    bell: Arc<Bell>,
}

#[derive(Debug, Default)]
struct State {
    taken: Taken,
    is_unwanted: bool,
    /// Whether lines are read as they come.
    goes_on: bool,
}

impl Inbox {
    fn state(&self) -> MutexGuard<'_, State> {
        // Whole at any moment, so one who panicked while holding it left nothing broken.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, change: impl FnOnce(&mut Taken)) {
        change(&mut self.state().taken);
        self.bell.changed();
    }

    /// Whether lines are read as they come.
    fn goes_on(&self) -> bool {
        self.state().goes_on
    }

    /// Does `work`, and puts in how it ended: whoever waits for it waits for no panic.
    fn end_with(&self, work: impl FnOnce() -> Result<(), FailedLook>) {
        // What it leaves half done is its own, or whole at any moment.
        let end = panic::catch_unwind(AssertUnwindSafe(work));
        let end = end.unwrap_or_else(|_| {
            Err(FailedLook::new("the request broke off by a fault in this program", LATER))
        });
        self.put(|taken| taken.end = Some(end));
    }

    /// Puts bytes in once there is room; tells whether any are still wanted.
    fn deliver(&self, bytes: &[u8]) -> bool {
        let mut state = self.state();
        while state.taken.bytes.len() >= BLOCK && !state.is_unwanted {
            state = self.room.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.taken.bytes.extend_from_slice(bytes);
        let is_wanted = !state.is_unwanted;
        drop(state);
        self.bell.changed();
        is_wanted
    }
}

/// A request that is under way.
#[derive(Debug)]
pub(super) struct Exchange {
    agent: Agent,
    inbox: Arc<Inbox>,
    is_over: bool,
    /// When all of the answer must have come.
    pub(super) deadline: Instant,
}

impl Exchange {
    /// Asks `question`; rings `bell` when something comes of it.
    pub(super) fn start(agent: &Agent, question: Question, bell: &Arc<Bell>) -> Result<Self, FailedLook> {
        let inbox = Arc::new(Inbox { state: Mutex::default(), room: Condvar::new(), bell: Arc::clone(bell) });
        let (client, theirs) = (agent.clone(), Arc::clone(&inbox));
        let work = move || theirs.end_with(|| fetch(&client, question, &theirs));
        let thread = thread::Builder::new().name("request".to_owned()).spawn(work);
        thread.map_err(|error| FailedLook::new(&format!("a thread cannot be started: {error}"), LATER))?;
        Ok(Self { agent: agent.clone(), inbox, is_over: false, deadline: Instant::now() + WHOLE })
    }

    /// Lines of the answer are read as they come from here on, so that it may be of any length.
    pub(super) fn goes_on(&self) {
        self.inbox.state().goes_on = true;
    }

    /// What came since the last time.
    pub(super) fn take(&mut self) -> Taken {
        let taken = std::mem::take(&mut self.inbox.state().taken);
        self.inbox.room.notify_all();
        self.is_over |= taken.end.is_some();
        taken
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        self.inbox.state().is_unwanted = true;
        self.inbox.room.notify_all();
        if !self.is_over {
            // It may hang in the network; its agent is of no use any more.
            self.agent.clone().shutdown();
        }
    }
}

/// Asks, goes after redirects, and delivers what comes.
fn fetch(agent: &Agent, question: Question, inbox: &Inbox) -> Result<(), FailedLook> {
    let mut url = question.url;
    for _ in 0..=redirect::MOST {
        let response = ask(agent, &url, question.known.as_ref())?;
        if !is_redirect(response.status()) {
            return receive(response, &url, question.now, inbox);
        }
        let location = answer::text(response.headers(), header::LOCATION);
        url = redirect::target(&url, location.as_deref())?;
    }
    Err(FailedLook::new(&format!("it redirects more than {} times", redirect::MOST), redirect::BROWSER))
}

fn ask(agent: &Agent, url: &Url, known: Option<&Validators>) -> Result<Response<Body>, FailedLook> {
    let mut request = agent.get(url.as_str());
    if let Some(known) = known.filter(|known| known.url == *url) {
        for (name, value) in
            [(header::IF_NONE_MATCH, &known.tag), (header::IF_MODIFIED_SINCE, &known.modified)]
        {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
    }
    request.call().map_err(FailedLook::from)
}

/// Whether an answer says that what was asked for is elsewhere.
fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

fn receive(response: Response<Body>, url: &Url, now: DateTime<Utc>, inbox: &Inbox) -> Result<(), FailedLook> {
    let answer = Answer::new(&response, url, now);
    let (has_body, encoding) = (answer.status.is_success(), answer.encoding.clone());
    inbox.put(|taken| taken.answer = Some(answer));
    if !has_body {
        return Ok(());
    }
    if let Some(encoding) = encoding {
        return Err(FailedLook::new(
            &format!("it is encoded as '{encoding}', which was not asked for"),
            DOWNLOAD,
        ));
    }
    let mut body = response.into_body().into_reader();
    let mut buffer = vec![0; FIRST_BLOCK];
    // How many bytes came that whoever reads has to keep.
    let mut kept = 0;
    loop {
        let length = body.read(&mut buffer)?;
        let bytes = buffer.get(..length).unwrap_or_default();
        let goes_on = inbox.goes_on();
        kept = match memchr::memrchr(b'\n', bytes).filter(|_| goes_on) {
            Some(line_end) => (length - line_end) as u64,
            None => kept + length as u64,
        };
        if kept > BODY {
            return Err(FailedLook::large(if goes_on { "a line of it" } else { "it" }));
        }
        if !inbox.deliver(bytes) || length == 0 {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_that_breaks_ends_all_the_same() {
        let bell = Arc::new(Bell::default());
        let inbox =
            Arc::new(Inbox { state: Mutex::default(), room: Condvar::new(), bell: Arc::clone(&bell) });
        let theirs = Arc::clone(&inbox);
        let thread = thread::Builder::new().spawn(move || theirs.end_with(|| panic!("no luck"))).unwrap();
        let _ = thread.join();
        assert!(bell.wait(Some(Instant::now())).changed, "whoever waits is told");
        let end = inbox.state().taken.end.take();
        assert!(matches!(&end, Some(Err(failed)) if failed.why.contains("broke off")), "{end:?}");
    }
}
