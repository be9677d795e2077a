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
    top: usize,
}

/// A line of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemLine {
    /// Where in the feed, in words; empty on lines that go on, and where that is not known.
    pub place: String,
    pub words: String,
}

/// Cells for the place in a feed.
const PLACE: usize = 12;
/// And for the name of the feed, where there are several.
const NAME: usize = 14;

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

impl Problems {
    /// The number of the first line in sight.
    pub fn top(&self) -> usize {
        self.top
    }
}

impl App {
    /// The problems page, while it is open.
    pub fn problems(&self) -> Option<&Problems> {
        self.problems.as_ref()
    }

    /// Cells for the place of a problem.
    pub fn problem_place(&self) -> usize {
        if self.source().is_none() { NAME + PLACE } else { PLACE }
    }

    /// The lines of the problems page on this screen.
    pub fn problem_lines(&self) -> Vec<ProblemLine> {
        let width = usize::from(self.size().columns).saturating_sub(self.problem_place() + 3).max(10);
        let of_source = |source: &SourceInfo| {
            let label = self.source().is_none().then_some(&source.label);
            let words = self.trouble_in_words(source)?;
            Some(lines(&words, &place(label, Some("source").filter(|_| label.is_none())), width))
        };
        let of_feed = |(source, problem): (_, &Problem)| {
            let line = problem.line.map(|line| format!("line {line}"));
            lines(&problem.message, &place(self.label_of(source), line.as_deref()), width)
        };
        let sources = self.sources_in_tab().iter().filter_map(of_source).flatten();
        sources.chain(self.problems_in_tab().flat_map(of_feed)).collect()
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
        let last = self.problem_lines().len().saturating_sub(usize::from(self.layout_rows()));
        if let Some(problems) = &mut self.problems {
            problems.top = problems.top.saturating_add_signed(steps).min(last);
        }
    }
}

/// What stands in front of a problem: the name of the feed, where there are several, and where in it.
fn place(label: Option<&Line>, within: Option<&str>) -> String {
    let label = label.map(|label| fit(label, NAME - 2));
    label.into_iter().chain(within).collect::<Vec<&str>>().join(", ")
}

fn lines(message: &str, place: &str, width: usize) -> Vec<ProblemLine> {
    let ranges = wrap::wrap(message, width, width);
    let line = |(index, range): (usize, Range<usize>)| ProblemLine {
        place: if index == 0 { place.to_owned() } else { String::new() },
        words: message.get(range).unwrap_or_default().to_owned(),
    };
    ranges.into_iter().enumerate().map(line).collect()
}
