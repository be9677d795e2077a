//! What an answer that goes on has brought: what is new, and after it began again, its history told once more.

use crate::{
    feed::Format,
    model::{Coverage, Packer, Reading, SourceId},
};

/// What an answer that goes on tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Course {
    /// What is known already, perhaps in older versions: the last of them counts.
    History,
    /// What comes next is the last of its history.
    HistoryEnds,
    /// The same, and no more will come: what it did not tell is not there any more.
    Whole,
    New,
}

/// See the module's description.
#[derive(Debug)]
pub(super) struct News {
    /// Takes what the answer brings.
    pub(super) packer: Packer,
    course: Course,
}

impl News {
    pub(super) fn new(source: SourceId) -> Self {
        Self { packer: Packer::new(source), course: Course::New }
    }

    /// An answer in `format` begins; `is_again` when what it tells may be known.
    pub(super) fn begin(&mut self, format: &Format, is_again: bool) {
        self.packer.begin();
        self.packer.reads(format.name);
        self.course = if is_again { Course::History } else { Course::New };
    }

    /// What comes from here on is new.
    pub(super) fn has_caught_up(&mut self) {
        if self.course == Course::History {
            self.course = Course::HistoryEnds;
        }
    }

    /// All of the answer came; when it told nothing but history until now, it was a page that came slowly.
    pub(super) fn is_whole(&mut self) {
        if self.course == Course::History {
            self.course = Course::Whole;
        }
    }

    /// Takes what the answer has brought since the last time.
    pub(super) fn take(&mut self) -> Option<Reading> {
        match self.course {
            Course::History => Some(self.packer.take(Coverage::Window, false)),
            Course::HistoryEnds => {
                self.course = Course::New;
                Some(self.packer.take(Coverage::Delta, true))
            }
            Course::Whole => {
                self.course = Course::New;
                Some(self.packer.take(Coverage::Window, true))
            }
            Course::New => (!self.packer.is_empty()).then(|| self.packer.take(Coverage::Delta, true)),
        }
    }
}
