//! The problems page: what was wrong in the feed, and what was done about it.

use std::ops::Range;

use crate::{
    model::Problem,
    text::{line::Line, width::fit, wrap},
};

use super::App;

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
        let lines = |(source, problem)| lines(problem, self.label_of(source), width);
        self.problems_in_tab().flat_map(lines).collect()
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

fn lines(problem: &Problem, label: Option<&Line>, width: usize) -> Vec<ProblemLine> {
    let message = problem.message.as_str();
    let ranges = wrap::wrap(message, width, width);
    let line = problem.line.map(|line| format!("line {line}"));
    let label = label.map(|label| fit(label, NAME - 2).to_owned());
    let place = label.into_iter().chain(line).collect::<Vec<String>>().join(", ");
    let line = |(index, range): (usize, Range<usize>)| ProblemLine {
        place: if index == 0 { place.clone() } else { String::new() },
        words: message.get(range).unwrap_or_default().to_owned(),
    };
    ranges.into_iter().enumerate().map(line).collect()
}
