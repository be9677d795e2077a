//! Which entries a tab, a view and a stretch of time let in, whatever the query.

use crate::model::{Kinds, Row, SourceId, Timeline};

/// A way to look at a blog.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum View {
    #[default]
    Entries,
    /// What arrived since opening.
    New,
    KeyEvents,
    /// Who said what.
    Quotes,
    /// The numbers and how they moved.
    Numbers,
}

impl View {
    /// All views, in the order of their keys.
    pub const ALL: [Self; 5] = [Self::Entries, Self::New, Self::KeyEvents, Self::Quotes, Self::Numbers];

    /// The name that `--view` takes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Entries => "entries",
            Self::New => "new",
            Self::KeyEvents => "key",
            Self::Quotes => "quotes",
            Self::Numbers => "numbers",
        }
    }

    /// Whether it is made of all entries.
    pub fn is_of_all(self) -> bool {
        matches!(self, Self::Entries | Self::Quotes | Self::Numbers)
    }

    /// The view in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Entries => "all entries",
            Self::New => "new entries",
            Self::KeyEvents => "key events",
            Self::Quotes => "who said what",
            Self::Numbers => "the numbers",
        }
    }
}

/// What is let in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Admission {
    /// Only entries of this source.
    pub source: Option<SourceId>,
    pub view: View,
    /// Rows from here on arrived since opening; `None` while nothing can have.
    pub opened: Option<Row>,
    /// Only entries from this moment on, in milliseconds since 1970.
    pub since: Option<i64>,
    /// Only entries before this moment.
    pub until: Option<i64>,
}

impl Admission {
    /// Whether it lets everything of its source in.
    pub fn is_open(&self) -> bool {
        self.view.is_of_all() && self.since.is_none() && self.until.is_none()
    }

    /// Whether it lets the entry in `row` in.
    pub fn admits(&self, timeline: &Timeline, row: Row) -> bool {
        let Some(entry) = timeline.entry(row) else { return false };
        let is_in_view = match self.view {
            View::Entries | View::Quotes | View::Numbers => true,
            View::New => {
                let first = timeline.first_row(row);
                self.opened.is_some_and(|opened| first >= opened) && !timeline.is_further(first)
            }
            View::KeyEvents => entry.kinds().contains(Kinds::KEY),
        };
        let place = entry.place();
        is_in_view
            && self.source.is_none_or(|source| entry.source() == source)
            && self.since.is_none_or(|since| place >= since)
            && self.until.is_none_or(|until| place < until)
    }
}
