//! The problems page: which source cannot be read and why, what was wrong in the feed, and what was done about it.
//!
//! What is read stays where it is: the page holds on to the problem at its top, whatever comes before it. Its lines are kept
//! until what they show changes: there may be a thousand problems, each of several lines.

use std::{ops::Range, rc::Rc};

use chrono::{DateTime, Utc};

use crate::{
    model::{Problem, SourceId, Status},
    text::{
        line::Line,
        when,
        width::{fit, width},
        wrap,
    },
};

use super::{App, SourceInfo};

/// The page while it is open.
#[derive(Debug, Default)]
pub struct Problems {
    /// The first line in sight, as keys asked for it: there may be fewer lines now, or room for more.
    top: usize,
    /// What it tells of, and how many lines of that stand before it.
    anchor: Option<(Rc<Matter>, usize)>,
    /// Its lines, as last settled.
    lines: Vec<ProblemLine>,
    made_for: Option<MadeFor>,
}

/// What the lines of the page were made for.
#[derive(Debug, PartialEq, Eq)]
struct MadeFor {
    columns: u16,
    sources: Range<SourceId>,
    /// Why each of these cannot be read, in words that change with the clock.
    troubles: Vec<Option<String>>,
    /// Counts the changes of what feeds told.
    stamp: u64,
}

/// What a line of the page tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matter {
    /// That this source cannot be read.
    Source(SourceId),
    /// A problem in what this source told.
    Feed(SourceId, Problem),
}

/// A line of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemLine {
    /// Where in the feed, in words; empty on lines that go on, and where that is not known.
    pub place: String,
    pub words: String,
    /// Whether a problem begins here.
    pub is_first: bool,
    pub matter: Rc<Matter>,
}

/// Cells for the place in a feed.
const PLACE: usize = 12;
/// And the most for the name of the feed, where there are several.
const NAME: usize = 14;
/// Where words have fewer cells beside the place, they stand below it.
const WORDS: usize = 45;
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

    /// Until when its server asks to wait while it cannot be read, if that is later than `now`.
    fn wait(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let may_return = matches!(self.status, Status::Lost(_) | Status::Waiting(_));
        self.rests_until(now).filter(|_| may_return)
    }
}

impl App {
    /// The problems page, while it is open.
    pub fn problems(&self) -> Option<&Problems> {
        self.problems.as_ref()
    }

    /// Cells in front of the words of a problem.
    pub fn problem_place(&self) -> usize {
        let labels = self.sources_in_tab().iter().map(|source| width(&source.label) + 2);
        let name = labels.max().filter(|_| self.source().is_none()).unwrap_or(0).min(NAME);
        let beside = name + PLACE;
        let has_room = usize::from(self.size().columns) >= beside + WORDS + AROUND;
        if has_room { beside } else { INDENT }
    }

    /// The lines of the problems page, as last settled.
    pub fn problem_lines(&self) -> &[ProblemLine] {
        self.problems.as_ref().map_or(&[], |problems| &problems.lines)
    }

    /// Makes the lines of the page, if it is open and what they show has changed.
    fn make_problem_lines(&mut self) {
        let Some(problems) = &self.problems else { return };
        let troubles = self.sources_in_tab().iter().map(|source| self.trouble_in_words(source)).collect();
        let (columns, stamp) = (self.size().columns, self.problems_stamp);
        let made_for = Some(MadeFor { columns, sources: self.in_tab(), troubles, stamp });
        if problems.made_for == made_for {
            return;
        }
        let troubles = made_for.as_ref().map_or(&[][..], |made_for| &made_for.troubles);
        let lines = self.lines_of_problems(troubles);
        if let Some(problems) = &mut self.problems {
            (problems.lines, problems.made_for) = (lines, made_for);
        }
    }

    fn lines_of_problems(&self, troubles: &[Option<String>]) -> Vec<ProblemLine> {
        let before = self.problem_place();
        let width = usize::from(self.size().columns).saturating_sub(before + AROUND).max(10);
        let is_below = before == INDENT;
        let of_source = |((id, source), words): ((_, &SourceInfo), &Option<String>)| {
            let label = self.source().is_none().then_some(&source.label);
            let place = place(label, Some("source").filter(|_| label.is_none()));
            Some(lines(words.as_ref()?, place, width, is_below, Matter::Source(id)))
        };
        let of_feed = |(source, problem): (_, &Problem)| {
            let line = problem.line.map(|line| format!("line {line}"));
            let place = place(self.label_of(source), line.as_deref());
            lines(&problem.message, place, width, is_below, Matter::Feed(source, problem.clone()))
        };
        let sources = self.in_tab().zip(self.sources_in_tab()).zip(troubles).filter_map(of_source).flatten();
        sources.chain(self.problems_in_tab().flat_map(of_feed)).collect()
    }

    /// Which lines of the page are in sight.
    pub fn problems_in_sight(&self) -> Range<usize> {
        let lines = self.problem_lines();
        let top = self.problems.as_ref().map_or(0, Problems::top_now);
        let top = top.min(self.last_problem_top(lines.len()));
        top..lines.len().min(top + usize::from(self.layout_rows()))
    }

    /// When the words in sight of the page change by themselves next: a wait that a server asks for is over.
    pub(super) fn next_change_of_problems(&self) -> Option<DateTime<Utc>> {
        let in_sight = self.problem_lines().get(self.problems_in_sight()).unwrap_or_default();
        let waits = in_sight.iter().filter_map(|line| match *line.matter {
            Matter::Source(source) => self.sources.get(usize::from(source))?.wait(self.now),
            Matter::Feed(..) => None,
        });
        waits.map(|until| self.next_change_of_wait(until)).min()
    }

    /// The last of so many lines that may be the first in sight.
    fn last_problem_top(&self, count: usize) -> usize {
        count.saturating_sub(self.layout_rows().into())
    }

    /// Why a source cannot be read, since when, and what can be done.
    fn trouble_in_words(&self, source: &SourceInfo) -> Option<String> {
        let why = source.trouble()?;
        let since = when::clock(self.here(source.since), false);
        let wait = source.wait(self.now).map(|until| self.until_in_words(until));
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

    /// Lets the page hold on to what is at its top, if it does not yet or that is gone.
    pub(super) fn settle_problems(&mut self) {
        self.make_problem_lines();
        let top = self.problems_in_sight().start;
        if let Some(problems) = self.problems.as_mut().filter(|problems| problems.anchored().is_none()) {
            problems.hold_on_to(top);
        }
    }

    pub(super) fn close_problems(&mut self) {
        self.problems = None;
    }

    pub(super) fn scroll_problems(&mut self, steps: isize) {
        self.make_problem_lines();
        let last = self.last_problem_top(self.problem_lines().len());
        let top = self.problems_in_sight().start.saturating_add_signed(steps).min(last);
        if let Some(problems) = &mut self.problems {
            problems.hold_on_to(top);
        }
    }
}

impl Problems {
    /// Which line was the first in sight as keys asked for it.
    fn top_now(&self) -> usize {
        self.anchored().unwrap_or(self.top)
    }

    /// Where that line is now.
    fn anchored(&self) -> Option<usize> {
        let (lines, (matter, before)) = (&self.lines, self.anchor.as_ref()?);
        let is_of_it = |(_, line): &(usize, &ProblemLine)| line.matter == *matter;
        let starts = lines.iter().enumerate().filter(|(_, line)| line.is_first).filter(is_of_it);
        // The same may be told twice.
        let start = starts.map(|(index, _)| index).min_by_key(|index| (index + before).abs_diff(self.top))?;
        let rest = lines.iter().skip(start + 1).take_while(|line| !line.is_first).count();
        Some(start + before.min(&rest))
    }

    /// Makes line `top` the first in sight, and keeps it that.
    fn hold_on_to(&mut self, top: usize) {
        let lines = &self.lines;
        self.top = top;
        self.anchor = lines.get(top).map(|line| {
            let start = lines.iter().take(top + 1).rposition(|line| line.is_first).unwrap_or(top);
            (Rc::clone(&line.matter), top - start)
        });
    }
}

/// What stands in front of a problem: the name of the feed, where there are several, and where in it.
fn place(label: Option<&Line>, within: Option<&str>) -> String {
    let label = label.map(|label| fit(label, NAME - 2));
    label.into_iter().chain(within).collect::<Vec<&str>>().join(", ")
}

/// The lines of one problem.
fn lines(message: &str, place: String, width: usize, is_below: bool, matter: Matter) -> Vec<ProblemLine> {
    let (mut lines, matter) = (Vec::new(), Rc::new(matter));
    let mut place = Some(place).filter(|place| !place.is_empty());
    if let Some(place) = place.take_if(|_| is_below) {
        lines.push(ProblemLine { place, words: String::new(), is_first: true, matter: Rc::clone(&matter) });
    }
    for range in wrap::wrap(message, width, width) {
        let (place, is_first) = (place.take().unwrap_or_default(), lines.is_empty());
        let words = message.get(range).unwrap_or_default().to_owned();
        lines.push(ProblemLine { place, words, is_first, matter: Rc::clone(&matter) });
    }
    lines
}
