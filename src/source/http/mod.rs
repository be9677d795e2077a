//! An address, looked at again and again: when, and what becomes of what the server answers.
//!
//! A request never blocks the source: it goes on beside it and rings the bell. An answer counts once all of it has come
//! and a liveblog is in it; a bad one between two good ones changes nothing. One that goes on, as a log that is served
//! while it is written does, is read as it comes, and tells only what is new.

mod answer;
mod fault;
mod further;
mod head;
mod looked;
mod pace;
mod redirect;
mod request;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use ureq::{Agent, http::StatusCode};
use url::{Host, Url};

use crate::{
    feed::{Reader, Recognition, Stream, decode, recognize},
    model::{Coverage, Packer, Status},
    text::{line::Line, link::Link},
};

use super::{Brief, Origin, Outbox, QUIET, Step, bell::Bell};
use answer::{Answer, Validators};
use fault::Fault;
use further::Further;
use looked::{Looked, Seen};
use pace::Pace;
use request::{Exchange, Question, Taken};

/// When nothing came for so long, though the answer has no end yet, it is one that goes on.
const GOES_ON: Duration = Duration::from_millis(500);

/// An answer on its way.
struct Coming {
    exchange: Exchange,
    /// The further part that it is of, when it is not of the address itself.
    part: Option<Link>,
    answer: Option<Answer>,
    body: Vec<u8>,
    read: u64,
    /// How an answer that goes on is read.
    stream: Option<Box<dyn Stream>>,
    /// When nothing will have come for long enough to mean something.
    quiet_at: Option<Instant>,
}

/// An address that is read, and looked at again if that is wanted.
pub(super) struct Address {
    url: Url,
    brief: Brief,
    bell: Arc<Bell>,
    agent: Agent,
    pace: Pace,
    follow: bool,
    /// Whether somebody wants a look as soon as may be.
    is_asked: bool,
    coming: Option<Coming>,
    validators: Option<Validators>,
    looked: Looked,
    further: Further,
    /// For answers that go on.
    packer: Packer,
}

impl Address {
    pub(super) fn new(url: &Url, brief: Brief, bell: Arc<Bell>) -> Self {
        Self {
            url: url.clone(),
            pace: Pace::new(brief.options.every, is_near(url), brief.opened),
            follow: brief.options.follow,
            is_asked: true,
            coming: None,
            validators: None,
            looked: Looked::default(),
            further: Further::default(),
            packer: Packer::new(brief.id),
            agent: request::agent(),
            brief,
            bell,
        }
    }
}

impl Origin for Address {
    fn step(&mut self, outbox: &mut Outbox) -> Step {
        match self.coming.take() {
            Some(coming) => self.receive(coming, outbox),
            None => self.wait(outbox),
        }
    }
}

impl Address {
    /// Waits for the next look, and begins it.
    fn wait(&mut self, outbox: &mut Outbox) -> Step {
        if !self.is_due() {
            self.heed(self.due(), outbox);
        }
        if self.is_due() {
            return self.begin(outbox);
        }
        Step::On
    }

    /// When the next look is due.
    fn due(&self) -> Option<Instant> {
        match (self.is_asked, self.follow) {
            (true, _) if !self.looked.is_new() => Some(self.pace.soonest()),
            _ if self.further.is_wanted() => Some(self.pace.soonest()),
            (false, false) => None,
            _ => Some(self.pace.due()),
        }
    }

    fn is_due(&self) -> bool {
        self.due().is_some_and(|due| due <= Instant::now())
    }

    /// Waits for the bell, and heeds what is wished for.
    fn heed(&mut self, until: Option<Instant>, outbox: &mut Outbox) {
        let call = self.bell.wait(until);
        self.is_asked |= call.look;
        self.further.want(call.further, &self.url);
        if let Some(follow) = call.follow.filter(|follow| *follow != self.follow) {
            self.follow = follow;
            if !self.looked.is_new() {
                outbox.status(self.well());
            }
        }
    }

    /// How the source is doing when nothing is wrong with it.
    fn well(&self) -> Status {
        match (self.follow, self.brief.options.follow) {
            (true, _) => Status::Following,
            (false, true) => Status::Unwatched,
            (false, false) => Status::Ended,
        }
    }

    /// Begins a look, at the address or at a further part.
    fn begin(&mut self, outbox: &mut Outbox) -> Step {
        let is_asked = std::mem::take(&mut self.is_asked);
        self.pace.begin(Instant::now());
        let part = if is_asked { None } else { self.further.next() };
        let (part, url) = part.map_or_else(|| (None, self.url.clone()), |(link, url)| (Some(link), url));
        if self.looked.is_new() {
            outbox.status(Status::Reading { read: 0, total: None });
        }
        let now = self.brief.context(None).now;
        let known = self.validators.clone().filter(|_| part.is_none());
        let question = Question { url, known, now };
        match Exchange::start(&self.agent, question, &self.bell) {
            Ok(exchange) => {
                let (body, stream) = (Vec::new(), None);
                let coming = Coming { exchange, part, answer: None, body, read: 0, stream, quiet_at: None };
                self.coming = Some(coming);
                Step::On
            }
            Err(fault) => self.fail(fault, outbox),
        }
    }

    /// Waits for more of an answer, and takes it.
    fn receive(&mut self, mut coming: Coming, outbox: &mut Outbox) -> Step {
        let deadline = coming.stream.is_none().then_some(coming.exchange.deadline);
        self.heed([deadline, coming.quiet_at].into_iter().flatten().min(), outbox);
        let Taken { answer, bytes, end } = coming.exchange.take();
        coming.answer = answer.or(coming.answer);
        let now = Instant::now();
        if !bytes.is_empty() {
            coming.read += bytes.len() as u64;
            let pause = if coming.stream.is_some() { QUIET } else { GOES_ON };
            coming.quiet_at = Some(now + pause);
        }
        match &mut coming.stream {
            Some(stream) => {
                stream.push(&bytes, &mut self.packer);
                stream.pause(&mut self.packer);
            }
            None => coming.body.extend_from_slice(&bytes),
        }
        let is_late = end.is_none() && deadline.is_some_and(|deadline| deadline <= now);
        if is_late {
            // What is given up takes its connections with it.
            self.agent = request::agent();
        }
        match if is_late { Some(Err(Fault::late(request::WHOLE))) } else { end } {
            Some(end) if coming.part.is_some() => self.end_part(&coming, end, outbox),
            Some(Ok(())) if coming.stream.is_some() => self.end_stream(coming, outbox),
            Some(Ok(())) => self.conclude(&coming, outbox),
            Some(Err(fault)) => {
                self.finish_stream(coming, outbox);
                self.fail(fault, outbox)
            }
            None => {
                if coming.quiet_at.is_some_and(|at| at <= now) {
                    self.rest(&mut coming);
                }
                if coming.stream.is_some() {
                    self.tell_stream(outbox);
                } else if self.looked.is_new() {
                    let total = coming.answer.as_ref().and_then(|answer| answer.length);
                    outbox.status(Status::Reading { read: coming.read, total });
                }
                self.coming = Some(coming);
                Step::On
            }
        }
    }

    /// Nothing came for a while: an answer in which lines follow one another is one that goes on.
    fn rest(&mut self, coming: &mut Coming) {
        coming.quiet_at = None;
        if coming.part.is_some() {
            return;
        }
        if let Some(stream) = &mut coming.stream {
            stream.finish(&mut self.packer);
            return;
        }
        let known = match self.brief.options.format {
            Some(format) => Recognition::Known(format),
            None => recognize(&coming.body, false),
        };
        let Recognition::Known(format) = known else { return };
        let Reader::Stream { open, .. } = format.reader else { return };
        if decode::is_gzip(&coming.body) {
            return;
        }
        self.packer.begin();
        self.packer.reads(format.name);
        let body = std::mem::take(&mut coming.body);
        let stream = coming.stream.insert(decode::stream(open, &body, &self.brief.context(None)));
        stream.push(&body, &mut self.packer);
        stream.pause(&mut self.packer);
        coming.quiet_at = Some(Instant::now() + QUIET);
        self.looked.goes_on();
    }

    /// Tells what an answer that goes on has brought.
    fn tell_stream(&mut self, outbox: &mut Outbox) {
        if !self.packer.is_empty() {
            outbox.reading(self.packer.take(Coverage::Delta, true));
        }
        outbox.status(self.well());
    }

    /// Takes what is left of an answer that went on.
    fn finish_stream(&mut self, coming: Coming, outbox: &mut Outbox) {
        if let Some(mut stream) = coming.stream {
            stream.end(&mut self.packer);
            self.tell_stream(outbox);
        }
    }

    /// An answer that went on has ended: the next look may begin another.
    fn end_stream(&mut self, coming: Coming, outbox: &mut Outbox) -> Step {
        self.finish_stream(coming, outbox);
        self.pace.went_well(None);
        self.go_on(outbox)
    }

    /// A further part came, or why it does not. What was read before is as well as it was.
    fn end_part(&mut self, coming: &Coming, end: Result<(), Fault>, outbox: &mut Outbox) -> Step {
        let (Some(link), Some(format)) = (&coming.part, self.looked.format()) else { return Step::On };
        let fault = match (end, &coming.answer) {
            (Err(fault), _) => fault,
            (Ok(()), Some(answer)) if answer.status.is_success() => {
                outbox.reading(self.further.read(link, &coming.body, answer, format, &self.brief));
                return Step::On;
            }
            (Ok(()), Some(answer)) => Fault::status(answer.status, answer.ban),
            (Ok(()), None) => Fault::new("no answer came", ""),
        };
        outbox.reading(further::failure(&fault.why, format, &self.brief));
        if fault.ban.is_some() {
            self.pace.failed(fault.ban, Instant::now());
        }
        Step::On
    }

    /// All of an answer came.
    fn conclude(&mut self, coming: &Coming, outbox: &mut Outbox) -> Step {
        let Some(answer) = &coming.answer else {
            return self.fail(Fault::new("no answer came", ""), outbox);
        };
        if answer.status == StatusCode::NOT_MODIFIED && self.validators.is_some() {
            self.pace.went_well(answer.max_age);
            return self.go_on(outbox);
        }
        if !answer.status.is_success() {
            return self.fail(Fault::status(answer.status, answer.ban), outbox);
        }
        match self.looked.take(&coming.body, answer, &self.brief) {
            Ok(Seen::Blog { reading, rest }) => {
                self.validators = Some(answer.validators.clone());
                self.pace.went_well(answer.max_age.max(rest));
                if let Some(mut reading) = reading {
                    self.further.amend(&mut reading);
                    outbox.reading(*reading);
                }
                self.go_on(outbox)
            }
            Ok(Seen::Half) => {
                self.pace.went_well(None);
                Step::On
            }
            Ok(Seen::Nothing(bytes)) if self.looked.is_new() => {
                outbox.status(self.brief.unrecognized(&bytes));
                Step::Over
            }
            Ok(Seen::Nothing(_)) => self.fail(Fault::new("no liveblog is in the answer", ""), outbox),
            Err(why) => self.fail(Fault::new(&why, ""), outbox),
        }
    }

    /// Nothing is wrong; there may be a next look.
    fn go_on(&mut self, outbox: &mut Outbox) -> Step {
        outbox.status(self.well());
        if self.brief.options.follow { Step::On } else { Step::Over }
    }

    /// The look failed. What was read stays; what never was is given up.
    #[expect(clippy::needless_pass_by_value, reason = "a fault is used up: it was told")]
    fn fail(&mut self, fault: Fault, outbox: &mut Outbox) -> Step {
        if self.looked.is_new() {
            outbox.status(self.brief.unreadable_because(&fault.why, fault.hint));
            return Step::Over;
        }
        let why = Line::new(&format!("{}; what was read stays", fault.why));
        if fault.is_gone {
            outbox.status(Status::Gone(why));
            return Step::Over;
        }
        outbox.status(Status::Lost(why));
        if !self.brief.options.follow {
            return Step::Over;
        }
        self.pace.failed(fault.ban, Instant::now());
        Step::On
    }
}

/// Whether `url` leads to this machine.
fn is_near(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
