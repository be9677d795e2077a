//! A liveblog as a whole: what it is called, who publishes it, whether it goes on, and its standfirst.

use crate::text::{line::Line, link::Link, prose::Prose};

use super::Stamp;

/// Whether a blog goes on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum State {
    Live,
    Ended,
    #[default]
    Unknown,
}

impl State {
    /// The word for it in printed feeds.
    pub fn name(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Ended => "ended",
            Self::Unknown => "unknown",
        }
    }
}

/// One liveblog. Everything is optional: an empty line says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Blog {
    /// What the publisher calls it, for machines.
    pub id: Line,
    pub title: Line,
    pub url: Option<Link>,
    pub publisher: Line,
    pub authors: Vec<Line>,
    /// A language tag such as `en`.
    pub language: Line,
    pub state: State,
    /// When coverage began; a hint, no bound on the entries.
    pub start: Option<Stamp>,
    /// When coverage ended; a hint, no bound on the entries.
    pub end: Option<Stamp>,
    /// The blog's own introduction.
    pub standfirst: Prose,
    /// What part of the blog this is, such as “page 1 of 4”; empty when it is all of it.
    pub partial: Line,
    /// The address of the part that holds entries before these.
    pub older: Option<Link>,
    /// The address of the part that holds entries after these.
    pub newer: Option<Link>,
}
