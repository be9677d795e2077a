//! An address, looked at again and again: when, and what becomes of what the server answers.
//!
//! A request never blocks the source: it goes on beside it and rings the bell. An answer counts once all of it has come
//! and a liveblog is in it; a bad one between two good ones changes nothing. One that goes on, as a log that is served
//! while it is written does, is read as it comes, and tells only what is new; when it begins again, with its history.

mod answer;
mod coming;
mod failed_look;
mod further;
mod going_on;
mod head;
mod looked;
mod news;
mod pace;
mod redirect;
mod request;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use ureq::{Agent, http::StatusCode};
use url::Url;

use crate::{
    model::{Readiness, Status, Unfetched},
    text::{line::Line, link::Link},
};

use super::{Brief, Origin, Outbox, QUIET, Step, bell::Bell};
use answer::Validators;
use coming::Coming;
use failed_look::{FailedLook, LATER, Outlook};
use further::Further;
use looked::{Looked, Seen};
use news::News;
use pace::Pace;
use request::{Exchange, Question, Taken};

/// When nothing came for so long, though the answer has no end yet, it is one that goes on.
const GOES_ON: Duration = Duration::from_millis(500);

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
    /// What is wrong since the last look.
    trouble: Option<Status>,
    further: Further,
    /// For answers that go on.
    news: News,
}

impl Address {
    pub(super) fn new(url: &Url, brief: Brief, bell: Arc<Bell>) -> Self {
        Self {
            url: url.clone(),
            pace: Pace::new(brief.options.every, pace::is_near(url), brief.opened),
            follow: brief.options.follow.is_now(),
            is_asked: true,
            coming: None,
            validators: None,
            looked: Looked::default(),
            trouble: None,
            further: Further::default(),
            news: News::new(brief.id),
            agent: request::agent(),
            brief,
            bell,
        }
    }
}

impl Origin for Address {
    fn step(&mut self, outbox: &mut Outbox) -> Step {
        let step = match self.coming.take() {
            Some(coming) => self.receive(coming, outbox),
            None => self.wait(outbox),
        };
        if matches!(step, Step::Over) {
            self.refuse_wanted(outbox);
        }
        step
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
            (true, _) => Some(self.pace.soonest()),
            _ if self.further.is_wanted() => Some(self.pace.soonest()),
            (false, true) => Some(self.pace.due()),
            (false, false) => None,
        }
    }

    fn is_due(&self) -> bool {
        self.due().is_some_and(|due| due <= Instant::now())
    }

    /// Waits for the bell, and heeds what is wished for.
    fn heed(&mut self, until: Option<Instant>, outbox: &mut Outbox) {
        let call = self.bell.wait(until);
        self.is_asked |= call.look;
        for link in call.further {
            // Its own server is the one that a redirect led to.
            let home = self.validators.as_ref().map_or(&self.url, |known| &known.url);
            if let Err(why) = self.further.want(&link, home) {
                outbox.unfetched(Unfetched { link, why: Line::new(why), again: None });
            }
        }
        if let Some(follow) = call.follow.filter(|follow| *follow != self.follow) {
            self.follow = follow;
            if !self.looked.is_new() {
                outbox.status(self.trouble.clone().unwrap_or_else(|| self.brief.well(self.follow)));
            }
        }
    }

    /// Tells that nothing is wrong.
    fn tell_well(&mut self, outbox: &mut Outbox) {
        self.trouble = None;
        outbox.status(self.brief.well(self.follow));
    }

    /// Begins a look, at the address or at a further part.
    fn begin(&mut self, outbox: &mut Outbox) -> Step {
        let now = Instant::now();
        // What is looked at is looked at as often as ever while further parts are read.
        let is_look = std::mem::take(&mut self.is_asked) || self.follow && self.pace.is_turn_of_look(now);
        let wanted = if is_look { None } else { self.further.next() };
        let (part, url) = if let Some((link, url)) = wanted {
            self.pace.begin_part(now);
            (Some(link), url)
        } else {
            self.pace.begin_look(now);
            (None, self.url.clone())
        };
        if self.looked.is_new() {
            outbox.status(Status::Reading { read: 0, total: None });
        }
        let known = self.validators.clone().filter(|_| part.is_none());
        let question = Question { url, known, now: self.brief.context(None).now };
        match Exchange::start(&self.agent, question, &self.bell) {
            Ok(exchange) => {
                self.coming = Some(Coming::new(exchange, part));
            }
            Err(failed) => match part {
                Some(link) => self.cannot_fetch(link, &failed, outbox),
                None => return self.fail(failed, outbox),
            },
        }
        Step::On
    }

    /// Waits for more of an answer, and takes it.
    fn receive(&mut self, mut coming: Coming, outbox: &mut Outbox) -> Step {
        let was_followed = self.follow;
        let is_bounded = coming.stream.is_none() || !was_followed;
        let deadline = is_bounded.then_some(coming.exchange.deadline);
        self.heed([deadline, coming.quiet_at].into_iter().flatten().min(), outbox);
        let end = self.take_more(&mut coming);
        let is_late = coming.stream.is_none() && coming.exchange.deadline <= Instant::now();
        let end = end.or_else(|| is_late.then(|| Err(FailedLook::late(request::WHOLE))));
        if matches!(end, Some(Err(_))) {
            // What failed or is given up takes its connections with it.
            self.agent = request::agent();
        }
        match end {
            None => self.await_more(coming, was_followed, outbox),
            Some(end) if coming.part.is_some() => self.end_part(coming, end, outbox),
            Some(Ok(())) if coming.stream.is_some() => self.end_stream(coming, outbox),
            Some(Ok(())) => self.conclude(&coming, outbox),
            Some(Err(failed)) => {
                self.finish_stream(coming, outbox);
                self.fail(failed, outbox)
            }
        }
    }

    /// Takes what came of an answer, and how it ends if it does.
    fn take_more(&mut self, coming: &mut Coming) -> Option<Result<(), FailedLook>> {
        let Taken { answer, bytes, end } = coming.exchange.take();
        coming.answer = answer.or(coming.answer.take());
        if !bytes.is_empty() {
            let now = Instant::now();
            coming.begun.get_or_insert(now);
            let pause = if coming.stream.is_some() { QUIET } else { GOES_ON };
            coming.quiet_at = Some(now + pause);
        }
        match &mut coming.stream {
            Some(stream) => {
                // All that comes is looked at.
                self.is_asked = false;
                self.news.push(stream.as_mut(), &bytes);
            }
            None => coming.body.extend_from_slice(&bytes),
        }
        end
    }

    /// An answer has no end yet: looks whether it goes on, and tells what has come.
    fn await_more(&mut self, mut coming: Coming, was_followed: bool, outbox: &mut Outbox) -> Step {
        let now = Instant::now();
        if coming.quiet_at.is_some_and(|at| at <= now) {
            self.rest(&mut coming);
        } else if coming.is_long(now) {
            self.never_rests(&mut coming);
        }
        let is_read = was_followed || coming.is_history_told;
        if coming.stream.is_some() && !self.follow && is_read {
            return self.leave_stream(coming, outbox);
        }
        if coming.stream.is_some() {
            self.tell_stream(outbox);
        } else if self.looked.is_new() {
            let total = coming.answer.as_ref().and_then(|answer| answer.length);
            outbox.status(Status::Reading { read: coming.body.len() as u64, total });
        }
        self.coming = Some(coming);
        Step::On
    }

    /// A further part came, or why it does not. What was read before is as well as it was.
    fn end_part(&mut self, coming: Coming, end: Result<(), FailedLook>, outbox: &mut Outbox) -> Step {
        let Some(link) = coming.part else { return Step::On };
        let format = self.looked.format().or_else(|| self.news.format());
        let read = match (end, &coming.answer, format) {
            (Err(failed), ..) => Err(failed),
            (Ok(()), Some(answer), _) if !answer.status.is_success() => {
                Err(FailedLook::status(answer.status, answer.ban))
            }
            (Ok(()), Some(answer), Some(format)) => {
                self.further.read(&link, &coming.body, answer, format, &self.brief)
            }
            (Ok(()), ..) => Err(FailedLook::new("no answer came", LATER)),
        };
        match read {
            Ok(reading) => {
                self.pace.part_came();
                outbox.reading(reading);
            }
            Err(failed) => self.cannot_fetch(link, &failed, outbox),
        }
        Step::On
    }

    /// Tells why the part at `link` is not read, and when it is sensible to ask for it again.
    fn cannot_fetch(&mut self, link: Link, failed: &FailedLook, outbox: &mut Outbox) {
        let pause = self.pace.part_failed(failed.ban, Instant::now());
        let why = Line::new(&failed.why);
        outbox.unfetched(Unfetched { link, why, again: Some(self.time_in(pause)) });
        self.tell_ban(failed, outbox);
    }

    /// Nothing is asked for any more: tells so of the parts that are still wanted.
    fn refuse_wanted(&mut self, outbox: &mut Outbox) {
        self.heed(Some(Instant::now()), outbox);
        while let Some((link, _)) = self.further.next() {
            let why = Line::new("the blog that they belong to is not read any more");
            outbox.unfetched(Unfetched { link, why, again: None });
        }
    }

    /// Tells until when the server wants no look, if `failed` says so.
    fn tell_ban(&self, failed: &FailedLook, outbox: &mut Outbox) {
        if failed.ban.is_some() {
            let left = self.pace.ban_left(Instant::now());
            outbox.readiness(Readiness::NotBefore(self.time_in(left)));
        }
    }

    /// What the clock shows after `pause`.
    fn time_in(&self, pause: Duration) -> DateTime<Utc> {
        let now = self.brief.context(None).now;
        TimeDelta::from_std(pause).ok().and_then(|pause| now.checked_add_signed(pause)).unwrap_or(now)
    }

    /// All of an answer came.
    fn conclude(&mut self, coming: &Coming, outbox: &mut Outbox) -> Step {
        let Some(answer) = &coming.answer else {
            return self.fail(FailedLook::new("no answer came", LATER), outbox);
        };
        if answer.status == StatusCode::NOT_MODIFIED && self.validators.is_some() {
            self.pace.went_well(answer.max_age);
            return self.go_on(outbox);
        }
        if !answer.status.is_success() {
            return self.fail(FailedLook::status(answer.status, answer.ban), outbox);
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
                // Whoever asked for this look has not had it yet.
                self.is_asked |= !self.follow;
                self.pace.went_well(None);
                Step::On
            }
            Ok(Seen::Nothing(bytes)) if self.looked.is_new() => {
                outbox.status(self.brief.unrecognized(&bytes));
                Step::Over
            }
            Ok(Seen::Nothing(_)) => self.fail(FailedLook::new("no liveblog is in the answer", ""), outbox),
            Err(failed) => self.fail(failed, outbox),
        }
    }

    /// Nothing is wrong; there may be a next look.
    fn go_on(&mut self, outbox: &mut Outbox) -> Step {
        self.tell_well(outbox);
        if self.brief.options.follow.is_possible() { Step::On } else { Step::Over }
    }

    /// The look failed. What was read stays; what never was is given up, unless its server says when it may be looked at.
    #[expect(clippy::needless_pass_by_value, reason = "it is used up: it was told")]
    fn fail(&mut self, failed: FailedLook, outbox: &mut Outbox) -> Step {
        let status = match failed.status_of_awaited().filter(|_| self.follow) {
            _ if !self.looked.is_new() => failed.status_of_known(),
            Some(status) => status,
            None => {
                outbox.status(self.brief.unreadable_because(&failed.why, failed.hint));
                return Step::Over;
            }
        };
        self.trouble = Some(status.clone());
        outbox.status(status);
        if !self.brief.options.follow.is_possible() {
            return Step::Over;
        }
        match failed.outlook {
            Outlook::Open => self.pace.failed(failed.ban, Instant::now()),
            Outlook::Missing => self.pace.found_nothing(failed.ban, Instant::now()),
            Outlook::Gone => return Step::Over,
        }
        self.tell_ban(&failed, outbox);
        Step::On
    }
}
