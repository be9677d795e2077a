//! Answers that go on: when one is taken for that, and how it is read as it comes, followed or left.

use std::time::Instant;

use crate::{
    feed::{Reader, decode, recognize},
    source::{Outbox, QUIET, Step},
};

use super::{Address, coming::Coming, request};

impl Address {
    /// Nothing came for a while: an answer in which lines follow one another is one that goes on.
    pub(super) fn rest(&mut self, coming: &mut Coming) {
        coming.quiet_at = None;
        if let Some(stream) = &mut coming.stream {
            stream.finish(&mut self.news.packer);
            let until = coming.history_until(self.news.is_as_far_as_before());
            if until.is_some_and(|until| Instant::now() < until) {
                coming.quiet_at = until;
            } else {
                self.history_is_told(coming);
            }
        } else {
            self.read_as_it_comes(coming);
        }
    }

    /// An answer has come for long without a pause: it is one that goes on, unless it says how long it is.
    pub(super) fn never_rests(&mut self, coming: &mut Coming) {
        if coming.awaits_end(Instant::now()) {
            return;
        }
        if coming.stream.is_some() {
            self.history_is_told(coming);
        } else if !std::mem::replace(&mut coming.was_tried, true) {
            self.read_as_it_comes(coming);
        }
    }

    /// What comes of an answer from here on is new.
    fn history_is_told(&mut self, coming: &mut Coming) {
        coming.is_history_told = true;
        self.news.has_caught_up();
        self.pace.delivered();
    }

    /// From here on, reads an answer as it comes, if lines follow one another in it.
    fn read_as_it_comes(&mut self, coming: &mut Coming) {
        if coming.part.is_some() {
            return;
        }
        let told = self.brief.options.format;
        let Some(format) = told.or_else(|| recognize(&coming.body, false).known()) else { return };
        let Reader::Stream { open, lines_stand_alone } = format.reader else { return };
        if decode::is_gzip(&coming.body) {
            return;
        }
        self.news.begin(format, !self.looked.is_new());
        let body = std::mem::take(&mut coming.body);
        let charset = coming.answer.as_ref().and_then(|answer| answer.charset.as_deref());
        let stream = decode::stream(open, &body, &self.brief.context(None));
        let stream = coming.stream.insert(decode::labelled(stream, &body, charset));
        self.news.push(stream.as_mut(), &body);
        coming.quiet_at = Some(Instant::now() + QUIET);
        if lines_stand_alone {
            coming.exchange.goes_on();
        }
        self.looked.goes_on();
    }

    /// Tells what an answer that goes on has brought.
    pub(super) fn tell_stream(&mut self, outbox: &mut Outbox) {
        if let Some(mut reading) = self.news.take() {
            self.further.amend(&mut reading);
            if !reading.segment.is_empty() {
                self.pace.delivered();
            }
            outbox.reading(reading);
        }
        self.tell_well(outbox);
    }

    /// Takes what is left of an answer that went on, and has ended or broke off.
    pub(super) fn finish_stream(&mut self, coming: Coming, outbox: &mut Outbox) {
        if let Some(mut stream) = coming.stream {
            stream.end(&mut self.news.packer);
            self.news.has_caught_up();
            self.tell_stream(outbox);
        }
    }

    /// What goes on is not followed: what came of it was read, and no more is wanted before the next look.
    pub(super) fn leave_stream(&mut self, mut coming: Coming, outbox: &mut Outbox) -> Step {
        if let Some(stream) = &mut coming.stream {
            stream.finish(&mut self.news.packer);
            self.news.has_caught_up();
        }
        self.agent = request::agent();
        self.tell_stream(outbox);
        self.pace.went_well(None);
        self.go_on(outbox)
    }

    /// An answer that went on has ended: the next look may begin another.
    pub(super) fn end_stream(&mut self, coming: Coming, outbox: &mut Outbox) -> Step {
        if coming.answer.as_ref().is_some_and(|answer| answer.shows_cuts) {
            self.news.is_whole();
        }
        self.finish_stream(coming, outbox);
        self.pace.went_well(None);
        self.go_on(outbox)
    }
}
