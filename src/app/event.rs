//! Everything that can happen to the reader.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::{
    model::News,
    text::{line::Line, width::width},
};

pub use crate::model::Found;

use super::{Key, Page};

/// The size of the screen, in cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Size {
    pub columns: u16,
    pub rows: u16,
}

impl Size {
    /// Whether a message of one line can be read whole on a terminal of this size, with what stands before it and the
    /// shell's next prompt. One that does not tell its size is taken for large.
    pub(super) fn holds(self, message: &str) -> bool {
        let cells = usize::from(self.columns) * usize::from(self.rows.saturating_sub(2));
        self == Self::default() || width(message) <= cells
    }
}

/// How urgently the screen wants to be drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Redraw {
    #[default]
    None,
    /// A first reading changed only counts: at most every 100 ms.
    Counts,
    /// News: at most every 16 ms.
    Soon,
    /// Keys, the first news, the end of a reading: at once.
    Now,
}

/// It happened.
#[derive(Debug, Clone)]
pub enum Event {
    Key(Key),
    /// Text was pasted.
    Paste(String),
    Resized(Size),
    /// A source says something.
    News(News),
    /// The folder was looked through: feeds found, and whether that is all of them.
    Found(Vec<Found>, bool),
    /// The page of the manuscript with this number is ready.
    Prepared(u64, Arc<Page>),
    /// The time it is. Comes before every batch of other events.
    Clock(DateTime<Utc>),
    /// An effect was done or failed: one line for people.
    Notice(Line),
    /// A part of the program failed and was caught: one line for people.
    Fault(Line),
}
