//! What is known of what an address held, and what a new answer says beside it.

use std::time::Duration;

use xxhash_rust::xxh3::xxh3_128;

use crate::{
    feed::{Format, Reader, decode, detect, recognize},
    model::Reading,
    source::{
        Brief,
        document::{Document, Wholeness},
    },
};

use super::{
    answer::Answer,
    failed_look::{DOWNLOAD, FailedLook},
    request::BODY,
};

/// What is in an answer.
#[derive(Debug)]
pub(super) enum Seen {
    /// A liveblog; nothing to tell when it is the same as before. And how long it asks not to be looked at.
    Blog { reading: Option<Box<Reading>>, rest: Option<Duration> },
    /// A part of one, perhaps; the next look will tell.
    Half,
    /// No liveblog: the bytes that were looked at.
    Nothing(Vec<u8>),
}

/// See the module's description.
#[derive(Default)]
pub(super) struct Looked {
    document: Option<Document>,
    /// The body that was read last.
    hash: Option<u128>,
    rest: Option<Duration>,
    /// Whether an answer went on and was read as it came.
    has_gone_on: bool,
    /// Whether the answer before may have been half of one.
    is_half: bool,
}

impl Looked {
    /// Whether no liveblog was ever found there.
    pub(super) fn is_new(&self) -> bool {
        self.document.is_none() && !self.has_gone_on
    }

    /// The format that was read last.
    pub(super) fn format(&self) -> Option<&'static Format> {
        self.document.as_ref().map(Document::format)
    }

    /// Notes that an answer goes on and is read as it comes.
    pub(super) fn goes_on(&mut self) {
        self.has_gone_on = true;
    }

    /// What `body`, all of an answer, says. The error tells why it cannot be read.
    pub(super) fn take(&mut self, body: &[u8], answer: &Answer, brief: &Brief) -> Result<Seen, FailedLook> {
        let hash = xxh3_128(body);
        if self.hash == Some(hash) {
            return Ok(Seen::Blog { reading: None, rest: self.rest });
        }
        let told = decode::told(body, answer.charset.as_deref());
        let whole = decode::unpack(&told).map_err(|why| FailedLook::new(why, DOWNLOAD))?;
        if whole.bytes.len() as u64 > BODY {
            return Err(FailedLook::large("what is packed in it"));
        }
        let Some(format) = brief.options.format.or_else(|| format_of(&whole.bytes)) else {
            return Ok(Seen::Nothing(whole.bytes.into_owned()));
        };
        let wholeness = match (answer.shows_cuts, self.is_half) {
            (true, _) => Wholeness::Certain,
            (false, false) => Wholeness::Awaited,
            (false, true) => Wholeness::Doubtful,
        };
        let mut other = None;
        let document = match &mut self.document {
            Some(document) if document.format().name == format.name => document,
            _ => other.insert(Document::new(format)),
        };
        let Some(reading) = document.read(&whole, &brief.context(answer.modified), brief.id, wholeness)
        else {
            self.is_half = true;
            return Ok(Seen::Half);
        };
        if !self.is_new() && is_strange(&reading, other.as_ref().map(Document::format)) {
            return Ok(Seen::Nothing(whole.bytes.into_owned()));
        }
        self.document = other.or(self.document.take());
        (self.hash, self.rest, self.is_half) = (Some(hash), reading.rest, false);
        Ok(Seen::Blog { rest: reading.rest, reading: Some(Box::new(reading)) })
    }
}

/// Whether what was read is hardly the blog that was there before: a page to log in on, or to say that there is a fault.
fn is_strange(reading: &Reading, other_format: Option<&Format>) -> bool {
    reading.segment.is_empty() && (other_format.is_some() || reading.blog.is_none())
}

/// The format of all of a document: what its beginning looks like when all of it holds that, else what all of it is.
fn format_of(whole: &[u8]) -> Option<&'static Format> {
    let is_so =
        |format: &&Format| matches!(format.reader, Reader::Stream { .. }) || detect::holds(format, whole);
    detect::beginning(whole).filter(is_so).or_else(|| recognize(whole, true).known())
}
