//! What the reader is asked for when it starts.

use chrono::{DateTime, Utc};

use crate::{
    model::{Location, Stamp, Zone},
    story::{Query, View},
    text::line::Line,
};

use super::Size;

/// The order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    Newest,
    Oldest,
}

impl Order {
    /// The order called `name`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "newest" => Some(Self::Newest),
            "oldest" => Some(Self::Oldest),
            _ => None,
        }
    }

    /// The order in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Newest => "newest first",
            Self::Oldest => "oldest first",
        }
    }
}

/// The zone in which times are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    In(Zone),
    /// Each time in the zone it was written in.
    AsWritten,
}

impl Clock {
    /// `stamp` as this clock shows it.
    pub fn show(self, stamp: Stamp) -> DateTime<chrono::FixedOffset> {
        match self {
            Self::In(zone) => zone.at(stamp.utc()),
            Self::AsWritten => stamp.time(),
        }
    }
}

/// The entry at which the reader opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum At {
    Id(Line),
    Time(DateTime<Utc>),
}

/// What the reader is asked for.
#[derive(Debug, Clone)]
pub struct Options {
    /// What to open, in one timeline; nothing for the library.
    pub locations: Vec<Location>,
    /// The order, when it was told.
    pub order: Option<Order>,
    pub view: View,
    /// The filter as typed, and what it means.
    pub filter: (String, Query),
    /// Only entries from this moment on, in milliseconds since 1970.
    pub since: Option<i64>,
    /// Only entries before this moment.
    pub until: Option<i64>,
    pub at: Option<At>,
    /// Whether sources are kept an eye on.
    pub follow: bool,
    pub clock: Clock,
    /// The zone of this machine, for days in words.
    pub zone: Zone,
    /// Only ASCII on the screen, but for the text itself.
    pub is_ascii: bool,
    /// How many themes further than the one that suits the terminal.
    pub theme: usize,
    pub now: DateTime<Utc>,
    pub size: Size,
}

impl Options {
    /// What is asked for when nothing else is said: `locations`, followed, on a screen of `size` at `now`, with times in
    /// UTC.
    pub fn new(locations: Vec<Location>, now: DateTime<Utc>, size: Size) -> Self {
        Self {
            locations,
            order: None,
            view: View::Entries,
            filter: (String::new(), Query::default()),
            since: None,
            until: None,
            at: None,
            follow: true,
            clock: Clock::In(Zone::UTC),
            zone: Zone::UTC,
            is_ascii: false,
            theme: 0,
            now,
            size,
        }
    }
}
