//! The sources that are printed: how far each has come, and what was told of it on standard error.

use std::sync::Arc;

use crate::{
    model::{Blog, Location, Problem, Row, SourceId, Status, timeline::Place},
    text::line::Line,
};

use super::super::{Error, report};

/// How many problems of a source are told on standard error until its look is complete.
const TOLD: usize = 19;

/// One source.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) location: Location,
    /// The blog as printed last, and the format it was read in.
    pub(super) blog: Option<(Arc<Blog>, &'static str)>,
    /// Whether what it said is printed as it comes; before that, its first look is waited for.
    is_open: bool,
    /// Rows of it from here on are new: they came after what it held at first, or when it had held nothing.
    opened: Option<Row>,
    /// What was there up to here was left out, since there was more than was asked for.
    left_out: Option<Place>,
    /// Whether it has been looked at, so that nobody waits for it.
    was_looked_at: bool,
    /// Whether anything was read in it.
    has_said: bool,
    /// How many problems came since a look was complete.
    problems: usize,
    /// The exit code that its failure asks for.
    failed: Option<u8>,
}

/// All of them, numbered as they were named.
#[derive(Debug)]
pub(super) struct Sources {
    all: Vec<Source>,
    /// Whether those that have said nothing are waited for no longer.
    is_enough: bool,
    /// The row after the last that was there when printing began.
    begun: Row,
}

impl Sources {
    pub(super) fn new(locations: &[Location]) -> Self {
        let source = |location: &Location| Source {
            location: location.clone(),
            blog: None,
            is_open: false,
            opened: None,
            left_out: None,
            was_looked_at: false,
            has_said: false,
            problems: 0,
            failed: None,
        };
        Self { all: locations.iter().map(source).collect(), is_enough: false, begun: 0 }
    }

    /// The source called `id`.
    pub(super) fn get(&mut self, id: SourceId) -> Option<&mut Source> {
        self.all.get_mut(usize::from(id))
    }

    /// The numbers of the sources that have said something, in order.
    pub(super) fn that_said(&self) -> Vec<SourceId> {
        (0..).zip(&self.all).filter(|(_, source)| source.has_said).map(|(id, _)| id).collect()
    }

    /// Whether there are several.
    pub(super) fn are_several(&self) -> bool {
        self.all.len() > 1
    }

    /// The numbers of the sources that are told of though they may have said nothing: all that have not failed.
    pub(super) fn that_may_say(&self) -> Vec<SourceId> {
        (0..)
            .zip(&self.all)
            .filter(|(_, source)| source.has_said || source.failed.is_none())
            .map(|(id, _)| id)
            .collect()
    }

    /// Waits no longer for sources that have said nothing.
    pub(super) fn are_enough(&mut self) {
        self.is_enough = true;
    }

    /// Whether each has been looked at that is waited for, and something was said at all.
    pub(super) fn are_ready(&self) -> bool {
        let is_ready = |source: &Source| source.was_looked_at || self.is_enough && !source.has_said;
        self.all.iter().all(is_ready) && self.all.iter().any(|source| source.has_said)
    }

    /// Whether what `id` says is printed as it comes.
    pub(super) fn is_open(&self, id: SourceId) -> bool {
        self.all.get(usize::from(id)).is_some_and(|source| source.is_open)
    }

    /// From here on, what `id` says is printed as it comes, if it has been looked at; tells whether that is new.
    pub(super) fn open(&mut self, id: SourceId) -> bool {
        let Some(source) = self.get(id) else { return false };
        let is_due = source.was_looked_at && source.has_said && !source.is_open;
        source.is_open |= is_due;
        is_due
    }

    /// Printing begins: rows from `next` on come afterwards, and what stands up to `left_out` was left out, whatever source it
    /// is of.
    pub(super) fn begin(&mut self, next: Row, left_out: Option<Place>) {
        self.begun = next;
        self.all.iter_mut().for_each(|source| source.left_out = left_out);
    }

    /// What was there of `id` up to `last` is left out.
    pub(super) fn leave_out(&mut self, id: SourceId, last: Place) {
        self.get(id).into_iter().for_each(|source| source.left_out = Some(last));
    }

    /// Up to where what was there of `id` was left out.
    pub(super) fn left_out(&self, id: SourceId) -> Option<Place> {
        self.all.get(usize::from(id)).and_then(|source| source.left_out)
    }

    /// The first row that came after what `id` held when it began to be printed.
    pub(super) fn news(&self, id: SourceId) -> Row {
        self.opened(id).unwrap_or_default().max(self.begun)
    }

    /// The first row that is new if it is of `id`.
    pub(super) fn opened(&self, id: SourceId) -> Option<Row> {
        self.all.get(usize::from(id)).and_then(|source| source.opened)
    }

    /// Notes a reading of `id`, perhaps the last of a look; the row after its last is `end`.
    pub(super) fn note_reading(&mut self, id: SourceId, is_complete: bool, end: Row) {
        let Some(source) = self.get(id) else { return };
        source.has_said = true;
        if is_complete {
            source.was_looked_at = true;
            source.opened.get_or_insert(end);
        }
    }

    /// Notes how `id` is doing when the next row is `next`, and tells what is wrong with it.
    pub(super) fn note_status(&mut self, id: SourceId, status: &Status, next: Row) {
        let Some(source) = self.get(id) else { return };
        match status {
            Status::Reading { .. } => return,
            Status::Following => {
                source.has_said = true;
                source.opened.get_or_insert(next);
            }
            Status::Waiting(why) => {
                source.opened.get_or_insert(next);
                if matches!(source.location, Location::Address(_)) {
                    report(&Line::new(&format!("{}: {why}", source.location.printed())));
                }
            }
            Status::Failed(failure) => {
                let error = Error::from(failure);
                report(&error.message);
                source.failed = Some(error.code);
            }
            Status::Lost(why) | Status::Gone(why) => {
                report(&Line::new(&format!("{}: {why}", source.location.printed())));
            }
            Status::Ended | Status::Unwatched => {}
        }
        source.was_looked_at = true;
    }

    /// Tells problems of `id` that are new, a line each, up to a bound; `left_out` more are counted only.
    pub(super) fn tell_problems(&mut self, id: SourceId, problems: &[Problem], left_out: usize) {
        let Some(source) = self.get(id) else { return };
        let location = source.location.printed();
        for problem in problems.iter().take(TOLD.saturating_sub(source.problems)) {
            let place = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
            report(&Line::new(&format!("{location}{place}: {}", problem.message)));
        }
        source.problems += problems.len() + left_out;
    }

    /// Tells how many problems came with the look of `id` more than were told.
    pub(super) fn tell_the_rest(&mut self, id: SourceId) {
        let Some(source) = self.get(id) else { return };
        let more = std::mem::take(&mut source.problems).saturating_sub(TOLD);
        if more > 0 {
            report(&Line::new(&format!("{}: and {more} more problems", source.location.printed())));
        }
    }

    /// The worst exit code that a failure asks for.
    pub(super) fn failed(&self) -> Option<u8> {
        self.all.iter().filter_map(|source| source.failed).max()
    }
}
