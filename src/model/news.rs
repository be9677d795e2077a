//! What a source has to say: readings, and how it is doing.

use chrono::{DateTime, Utc};

use crate::text::{line::Line, link::Link};

use super::{Reading, SourceId};

/// Something a source says.
#[derive(Debug, Clone)]
pub enum News {
    Reading(Reading),
    Status(SourceId, Status),
    /// What comes of it from here on when somebody wants a look at it.
    Readiness(SourceId, Readiness),
    /// A further part of its blog that was asked for could not be read.
    Unfetched(SourceId, Unfetched),
}

impl News {
    /// Which source says it.
    pub fn source(&self) -> SourceId {
        match self {
            Self::Reading(reading) => reading.source,
            Self::Status(source, _) | Self::Readiness(source, _) | Self::Unfetched(source, _) => *source,
        }
    }
}

/// What comes of it when somebody wants a look at a source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Readiness {
    /// It is looked at.
    #[default]
    Ready,
    /// Its server wants to be left alone until then; after that, it is looked at.
    NotBefore(DateTime<Utc>),
    /// Nothing: nobody reads it any more.
    Over,
}

/// A further part of a blog that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfetched {
    pub link: Link,
    /// Why, in a few words.
    pub why: Line,
    /// When it is sensible to ask for it again. `None`: it never is.
    pub again: Option<DateTime<Utc>>,
}

/// How a source is doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// It is being read for the first time, or again: bytes so far, of how many.
    Reading { read: u64, total: Option<u64> },
    /// There is nothing to read yet: why, in a few words such as “the file is not there yet”.
    Waiting(Line),
    /// All there is has been read, and more is looked for.
    Following,
    /// All there is has been read, and no more will come.
    Ended,
    /// It is not looked at for more, as asked. All there was has been read, unless that was stopped on the way.
    Unwatched,
    /// It has ended or was taken down; what was read stays. If it may come back, it is looked at now and then, and what
    /// follows tells. Why, in a few words.
    Gone(Line),
    /// What was there is gone or cannot be read for the moment; what was read stays. Why, in a few words.
    Lost(Line),
    /// It could not be read at all.
    Failed(Failure),
}

/// Why a source could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub kind: FailureKind,
    /// One line for people: what, which file, why, and what to try; lower case, without a full stop.
    pub message: Line,
}

/// What sort of failure it was; it decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// The source could not be read.
    Unreadable,
    /// It was read, and no liveblog was found in it.
    Unrecognized,
}
