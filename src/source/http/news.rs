//! What an answer that goes on has brought: what is new, and after it began again, its history told once more.

use crate::{
    feed::{Format, Stream},
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
    format: Option<&'static Format>,
    /// How many bytes of the answer came, and how many of the one before.
    came: u64,
    came_before: u64,
}

impl News {
    pub(super) fn new(source: SourceId) -> Self {
        let packer = Packer::new(source);
        Self { packer, course: Course::New, format: None, came: 0, came_before: 0 }
    }

    /// An answer in `format` begins; `is_again` when what it tells may be known.
    pub(super) fn begin(&mut self, format: &'static Format, is_again: bool) {
        (self.format, self.came_before, self.came) = (Some(format), self.came, 0);
        self.packer.begin();
        self.packer.reads(format.name);
        self.course = if is_again { Course::History } else { Course::New };
    }

    /// The format of the answer that went on last.
    pub(super) fn format(&self) -> Option<&'static Format> {
        self.format
    }

    /// Puts `bytes` of the answer into `stream`, which reads it.
    pub(super) fn push(&mut self, stream: &mut dyn Stream, bytes: &[u8]) {
        self.came += bytes.len() as u64;
        stream.push(bytes, &mut self.packer);
        stream.pause(&mut self.packer);
    }

    /// Whether the answer has come as far as the one before, so that a pause may be the end of its history.
    pub(super) fn is_as_far_as_before(&self) -> bool {
        self.came >= self.came_before
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
