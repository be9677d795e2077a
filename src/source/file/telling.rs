//! What a file tells of itself beside what is in it: how it is doing, and that it cannot be read.
//!
//! What was read stays, whatever becomes of the file.

use std::io;

use crate::{
    model::{Coverage, Packer, Problem, Reading, Status},
    source::{Outbox, Step, reason},
    text::line::Line,
};

use super::{Body, Followed, Stage};

impl Followed {
    /// Tells `problem` alone: what else is to be told is told with what is read.
    pub(super) fn tell_problem(&self, problem: Option<Problem>, outbox: &mut Outbox) {
        let told = Packer::new(self.brief.id).take(Coverage::Delta, false);
        let format = self.body.as_ref().map_or(told.format, |body| body.format().name);
        outbox.reading(Reading { format, problems: problem.into_iter().collect(), begins: false, ..told });
    }

    /// The file is not there, or cannot be read.
    pub(super) fn cannot(&mut self, error: &io::Error, outbox: &mut Outbox) -> Step {
        let is_missing = error.kind() == io::ErrorKind::NotFound;
        let is_hopeless = error.kind() == io::ErrorKind::IsADirectory
            && self.body.is_none()
            && self.stage != Stage::Awaited;
        if !self.is_awaited() || is_hopeless {
            outbox.status(self.brief.unreadable(error));
            return Step::Over;
        }
        self.is_aimless = true;
        self.stage = Stage::Awaited;
        if self.body.is_none() {
            let why = if is_missing {
                "the file is not there yet".to_owned()
            } else {
                format!("the file cannot be read yet: {}", reason(error))
            };
            outbox.status(Status::Waiting(Line::new(&why)));
            return Step::On;
        }
        let why = if is_missing {
            "the file is gone; what was read stays, and its return is awaited".to_owned()
        } else {
            format!("the file cannot be read: {}; what was read stays", reason(error))
        };
        let why = Some(Line::new(&why));
        if self.gone != why {
            self.gone = why;
            self.unsettle();
        }
        self.linger();
        Step::On
    }

    /// Whether it is waited for when it cannot be read or nothing is in it.
    pub(super) fn is_awaited(&self) -> bool {
        self.brief.options.follow.is_possible() && (self.brief.options.waits || self.body.is_some())
    }

    /// Tells how the source is doing, once something was read of it.
    pub(super) fn tell_state(&self, outbox: &mut Outbox) {
        let log = if let Some(Body::Log(log)) = &self.body { Some(log) } else { None };
        let is_empty = log.is_some_and(|log| log.at() == 0 && !log.is_midway());
        if let Some(log) = log.filter(|log| log.is_midway() && self.gone.is_none()) {
            let (read, total) = log.progress();
            outbox.status(Status::Reading { read, total: Some(total) });
            if self.follow {
                return;
            }
        }
        let status = match (&self.gone, self.follow) {
            _ if self.body.is_none() => return,
            (Some(why), _) => Status::Lost(why.clone()),
            (None, _) if is_empty && !self.memory.is_empty() => {
                Status::Lost(Line::new("the file is empty; what was read stays"))
            }
            _ if matches!(&self.body, Some(Body::Document(document)) if document.is_strange) => {
                Status::Lost(Line::new("no liveblog is in the file; what was read stays"))
            }
            (None, is_followed) => self.brief.well(is_followed),
        };
        outbox.status(status);
    }
}
