//! Why an address could not be read, in words for people.
//!
//! What servers say is not repeated as they say it: reasons are ours, and the little that is quoted becomes a
//! [`Line`] with the rest of the message.

use std::{io, time::Duration};

use chrono::TimeDelta;
use ureq::http::StatusCode;

use crate::{
    model::Status,
    source::reason,
    text::{line::Line, when},
};

use super::request::BODY;

/// What a failed look says of what was there before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outlook {
    /// Nothing: it may be well again at the next look.
    Open,
    /// It is not there any more, and may come back.
    Missing,
    /// It was taken down for good.
    Gone,
}

/// Why a look at an address failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FailedLook {
    /// Why, as it stands within a sentence.
    pub(super) why: String,
    /// What to try; empty when nobody knows.
    pub(super) hint: &'static str,
    /// How long the server wants no look.
    pub(super) ban: Option<Duration>,
    pub(super) outlook: Outlook,
}

impl FailedLook {
    pub(super) fn new(why: &str, hint: &'static str) -> Self {
        Self { why: why.to_owned(), hint, ban: None, outlook: Outlook::Open }
    }

    /// The answer had `status`, which is no success.
    pub(super) fn status(status: StatusCode, ban: Option<Duration>) -> Self {
        let words = status.canonical_reason().map(|words| format!(" {words}")).unwrap_or_default();
        let wait = ban
            .filter(|ban| ban.as_secs() > 0)
            .map(|ban| when::span(TimeDelta::from_std(ban).unwrap_or(TimeDelta::MAX)));
        let hint = match status.as_u16() {
            401 | 403 => "it may be for subscribers or for browsers only: save the page and open the file",
            _ if wait.is_some() => "try again after that",
            304 | 408 => LATER,
            429 => "it is asked too often: try again later",
            500.. => "the server has a fault: try again later",
            _ => ADDRESS,
        };
        let wait = wait.map(|wait| format!(" and asks to wait {wait}")).unwrap_or_default();
        let why = format!("the server answered {}{words}{wait}", status.as_u16());
        let outlook = match status {
            StatusCode::NOT_FOUND => Outlook::Missing,
            StatusCode::GONE => Outlook::Gone,
            _ => Outlook::Open,
        };
        Self { why, hint, ban, outlook }
    }

    /// More came of `what` than is read.
    pub(super) fn large(what: &str) -> Self {
        let why = format!("{what} is larger than {} MiB, the most that is read of an address", BODY >> 20);
        Self::new(&why, DOWNLOAD)
    }

    /// No answer came within `limit`.
    pub(super) fn late(limit: Duration) -> Self {
        Self::new(&format!("no whole answer came within {} seconds", limit.as_secs()), LATER)
    }

    /// How a source is doing that could not be read yet, when it is looked at again once its server allows it.
    pub(super) fn status_of_awaited(&self) -> Option<Status> {
        let is_allowed_later = self.ban.is_some() && self.outlook == Outlook::Open;
        is_allowed_later
            .then(|| Status::Waiting(Line::new(&format!("{}; it is looked at again then", self.why))))
    }

    /// How a source is doing that was read before this look.
    pub(super) fn status_of_known(&self) -> Status {
        let is_there = self.outlook == Outlook::Open;
        let meaning = if is_there { "" } else { ", so the blog has ended or was taken down" };
        let why = Line::new(&format!("{}{meaning}; what was read stays", self.why));
        if is_there { Status::Lost(why) } else { Status::Gone(why) }
    }
}

/// What to try when the fault is not ours.
pub(super) const LATER: &str = "try again later";
/// What to try when the address may be wrong.
pub(super) const ADDRESS: &str = "check the address";
/// What to try when somebody else may be able to read it.
pub(super) const DOWNLOAD: &str = "download it and open the file";
/// What to try when the network may be at fault.
const NETWORK: &str = "check the address and the network";

impl From<io::Error> for FailedLook {
    fn from(error: io::Error) -> Self {
        ureq::Error::from(error).into()
    }
}

impl From<ureq::Error> for FailedLook {
    fn from(error: ureq::Error) -> Self {
        use ureq::Error;
        match error {
            Error::HostNotFound => Self::new("there is no such host", NETWORK),
            Error::Io(error) => of_network(&error),
            Error::Timeout(_) => Self::new("no answer came in time", LATER),
            Error::LargeResponseHeader(..) => Self::new("its headers are larger than 256 KiB", DOWNLOAD),
            Error::Decompress(..) => Self::new("its compression is damaged", LATER),
            Error::Protocol(error) => Self::new(&format!("the answer is no proper HTTP: {error}"), ADDRESS),
            Error::Rustls(error) => of_certificate(&error.to_string()),
            Error::Tls(error) => of_certificate(error),
            Error::ConnectionFailed => Self::new("no connection could be made", NETWORK),
            error => Self::new(&error.to_string(), NETWORK),
        }
    }
}

fn of_network(error: &io::Error) -> FailedLook {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => FailedLook::new("the server refuses the connection", NETWORK),
        io::ErrorKind::UnexpectedEof => FailedLook::new("the answer ends too early", LATER),
        io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted | io::ErrorKind::BrokenPipe => {
            FailedLook::new("the connection was cut", LATER)
        }
        io::ErrorKind::TimedOut => FailedLook::new("no answer came in time", LATER),
        _ => FailedLook::new(&reason(error), NETWORK),
    }
}

fn of_certificate(error: &str) -> FailedLook {
    let hint = "check the address, and the date of this computer";
    FailedLook::new(&format!("no safe connection could be made: {error}"), hint)
}
