//! The problems page: which source cannot be read and why, what was wrong in the feed, and what was done about it.

use std::ops::Range;

use crate::{
    model::{Problem, Status},
    text::{line::Line, when, width::fit, wrap},
};

use super::{App, SourceInfo};

/// The page while it is open.
#[derive(Debug, Default)]
pub struct Problems {
    /// The first line in sight, as keys asked for it: there may be fewer lines now, or room for more.
    top: usize,
}

/// A line of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemLine {
    /// Where in the feed, in words; empty on lines that go on, and where that is not known.
    pub place: String,
    pub words: String,
    /// Whether a problem begins here.
    pub is_first: bool,
}

/// Cells for the place in a feed.
const PLACE: usize = 12;
/// And for the name of the feed, where there are several.
const NAME: usize = 14;
/// Where words have fewer cells beside the place, they stand below it.
const WORDS: usize = 30;
/// And so far from the edge.
const INDENT: usize = 2;
/// The empty cells on both sides, and a last one that a letter may need.
const AROUND: usize = 3;

impl SourceInfo {
    /// Why it has nothing to tell, or no more.
    pub fn trouble(&self) -> Option<&Line> {
        match &self.status {
            Status::Waiting(why) | Status::Lost(why) | Status::Gone(why) => Some(why),
            Status::Failed(failure) => Some(&failure.message),
            Status::Reading { .. } | Status::Following | Status::Ended | Status::Unwatched => None,
        }
    }
}

impl App {
    /// The problems page, while it is open.
    pub fn problems(&self) -> Option<&Problems> {
        self.problems.as_ref()
    }

    /// Cells in front of the words of a problem.
    pub fn problem_place(&self) -> usize {
        let beside = if self.source().is_none() { NAME + PLACE } else { PLACE };
        let has_room = usize::from(self.size().columns) >= beside + WORDS + AROUND;
        if has_room { beside } else { INDENT }
    }

    /// The lines of the problems page on this screen.
    pub fn problem_lines(&self) -> Vec<ProblemLine> {
        let before = self.problem_place();
        let width = usize::from(self.size().columns).saturating_sub(before + AROUND).max(10);
        let is_below = before == INDENT;
        let of_source = |source: &SourceInfo| {
            let label = self.source().is_none().then_some(&source.label);
            let words = self.trouble_in_words(source)?;
            let place = place(label, Some("source").filter(|_| label.is_none()));
            Some(lines(&words, place, width, is_below))
        };
        let of_feed = |(source, problem): (_, &Problem)| {
            let line = problem.line.map(|line| format!("line {line}"));
            lines(&problem.message, place(self.label_of(source), line.as_deref()), width, is_below)
        };
        let sources = self.sources_in_tab().iter().filter_map(of_source).flatten();
        sources.chain(self.problems_in_tab().flat_map(of_feed)).collect()
    }

    /// Which of so many lines of the page are in sight.
    pub fn problems_in_sight(&self, count: usize) -> Range<usize> {
        let top = self.problems.as_ref().map_or(0, |problems| problems.top).min(self.last_problem_top(count));
        top..count.min(top + usize::from(self.layout_rows()))
    }

    /// The last of so many lines that may be the first in sight.
    fn last_problem_top(&self, count: usize) -> usize {
        count.saturating_sub(self.layout_rows().into())
    }

    /// Why a source cannot be read, since when, and what can be done.
    fn trouble_in_words(&self, source: &SourceInfo) -> Option<String> {
        let why = source.trouble()?;
        let since = when::clock(self.here(source.since), false);
        let wait = source.rests_until(self.now).map(|until| self.wait_in_words(until));
        let next = match (&source.status, wait, self.is_following()) {
            (Status::Lost(_) | Status::Waiting(_), Some(wait), true) => {
                format!("; the server asks to wait {wait}, then it is looked at again")
            }
            (Status::Lost(_) | Status::Waiting(_), Some(wait), false) => {
                format!("; the server asks to wait {wait}, r looks then")
            }
            (Status::Lost(_) | Status::Waiting(_), None, true) => {
                "; it is looked at again, r looks now".to_owned()
            }
            (Status::Lost(_) | Status::Waiting(_), None, false) => "; r looks again".to_owned(),
            _ => String::new(),
        };
        Some(format!("{why} (since {since}{next})"))
    }

    pub(super) fn toggle_problems(&mut self) {
        self.problems = match self.problems {
            Some(_) => None,
            None => Some(Problems::default()),
        };
    }

    pub(super) fn close_problems(&mut self) {
        self.problems = None;
    }

    pub(super) fn scroll_problems(&mut self, steps: isize) {
        let count = self.problem_lines().len();
        let last = self.last_problem_top(count);
        let top = self.problems_in_sight(count).start.saturating_add_signed(steps).min(last);
        if let Some(problems) = &mut self.problems {
            problems.top = top;
        }
    }
}

/// What stands in front of a problem: the name of the feed, where there are several, and where in it.
fn place(label: Option<&Line>, within: Option<&str>) -> String {
    let label = label.map(|label| fit(label, NAME - 2));
    label.into_iter().chain(within).collect::<Vec<&str>>().join(", ")
}

/// The lines of one problem.
fn lines(message: &str, place: String, width: usize, is_below: bool) -> Vec<ProblemLine> {
    let mut lines = Vec::new();
    let mut place = Some(place).filter(|place| !place.is_empty());
    if let Some(place) = place.take_if(|_| is_below) {
        lines.push(ProblemLine { place, words: String::new(), is_first: true });
    }
    for range in wrap::wrap(message, width, width) {
        let (place, is_first) = (place.take().unwrap_or_default(), lines.is_empty());
        let words = message.get(range).unwrap_or_default().to_owned();
        lines.push(ProblemLine { place, words, is_first });
    }
    lines
}
