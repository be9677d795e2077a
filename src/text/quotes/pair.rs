//! Pairs the marks of a text, line by line, and joins speeches that run over several lines.
//!
//! One pass with a stack: a closing mark takes the nearest opening one of its family, and what stood open in between is
//! given up. A single mark never closes over a double one that stands open, since it may be an apostrophe.
//! Every mark is pushed and popped at most once, so the work is linear in the text whatever the marks are.

use std::ops::Range;

use super::marks::{self, Family, Mark};

/// How a stretch ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// At its own closing mark.
    Closed,
    /// At the end of its line; the speech goes on in the next line, or is one that did.
    Open,
    /// Nowhere that can be told: its mark has no partner.
    Unpaired,
}

/// What stands between two marks, in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    /// The marks included.
    pub(super) range: Range<usize>,
    /// The line it stands in, without the break.
    pub(super) line: Range<usize>,
    pub(super) end: End,
    /// The speech of the stretch before it goes on here.
    pub(super) continues: bool,
    /// Set between single marks, as headlines do.
    pub(super) single: bool,
}

/// One line with its pairs and with what did not pair.
#[derive(Debug, Default)]
struct Line {
    range: Range<usize>,
    /// Outermost pairs, in order.
    pairs: Vec<(Mark, Mark)>,
    /// The first opening mark, outside all pairs, that nothing closed.
    dangling: Option<Mark>,
    /// The first sure closing mark, outside all pairs, that nothing opened.
    stray: Option<Mark>,
}

/// How many lines without a mark a speech may run over when its lines are broken by hand.
const UNMARKED_LINES: usize = 2;

/// A line with more marks than this is no prose; the rest of them are passed over.
const MOST_MARKS: usize = 4096;

/// How much after a mark is read to judge it, in bytes.
const AHEAD: usize = 48;

/// All stretches between marks, in order and disjoint.
pub(super) fn stretches(text: &str) -> Vec<Stretch> {
    let lines = lines(text);
    let mut out = Vec::new();
    let mut continues = false;
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        let goes_on = line.dangling.is_some_and(|open| {
            lines.get(index + 1).is_some_and(|next| is_next(text, line, next) && repeats(next, open))
        });
        let broken = if goes_on {
            None
        } else {
            line.dangling.and_then(|open| hand_broken(text, &lines, index, open))
        };
        push_line(text, line, continues, goes_on || broken.is_some(), &mut out);
        continues = goes_on;
        index += 1;
        if let Some(mark) = broken {
            push_broken(text, line.range.end, lines.get(index), mark, &mut out);
        }
    }
    out
}

/// Whether `next` is the line right after `line`, blank lines aside.
fn is_next(text: &str, line: &Line, next: &Line) -> bool {
    text.get(line.range.end..next.range.start)
        .is_some_and(|between| between.len() <= 64 && between.chars().all(marks::is_blank))
}

/// Whether `next` opens with the mark that stayed open in the line before it.
fn repeats(next: &Line, open: Mark) -> bool {
    let first = next.pairs.first().map(|(mark, _)| *mark);
    let candidates = [first, next.dangling];
    candidates.into_iter().flatten().any(|mark| mark.first && mark.family == open.family)
}

/// The closing mark, in one of the next lines, of a speech whose lines were broken by hand and do not repeat its mark.
fn hand_broken(text: &str, lines: &[Line], index: usize, open: Mark) -> Option<Mark> {
    let (line, next) = (lines.get(index)?, lines.get(index + 1)?);
    let stray = next.stray.filter(|mark| mark.family == open.family)?;
    let between = text.get(line.range.end..next.range.start)?;
    let unmarked = between
        .split(marks::is_line_break)
        .take(16)
        .filter(|line| !line.chars().all(marks::is_blank))
        .count();
    let is_before_pairs = next.pairs.first().is_none_or(|(first, _)| stray.start < first.start);
    let most = if stray.after_stop { UNMARKED_LINES } else { 0 };
    (between.len() <= 600 && unmarked <= most && is_before_pairs).then_some(stray)
}

/// The lines after `from`, up to the stray closing mark, as stretches that go on from the one before.
fn push_broken(text: &str, from: usize, last: Option<&Line>, mark: Mark, out: &mut Vec<Stretch>) {
    let Some(between) = last.and_then(|last| text.get(from..last.range.start)) else {
        return;
    };
    let mut at = from;
    for piece in between.split_inclusive(marks::is_line_break) {
        let line = at..at + piece.len();
        at = line.end;
        let range = visible(text, line.clone());
        if !range.is_empty() {
            out.push(Stretch {
                line: range.clone(),
                range,
                end: End::Open,
                continues: true,
                single: mark.family == Family::Single,
            });
        }
    }
    if let Some(last) = last {
        let range = visible(text, last.range.start..mark.end);
        out.push(Stretch {
            range,
            line: last.range.clone(),
            end: End::Closed,
            continues: true,
            single: mark.family == Family::Single,
        });
    }
}

/// The stretches of one line. `joined`: its dangling mark opens a speech that goes on.
fn push_line(text: &str, line: &Line, continues: bool, joined: bool, out: &mut Vec<Stretch>) {
    let stretch = |range, end, family, continues| Stretch {
        range,
        line: line.range.clone(),
        end,
        continues,
        single: family == Family::Single,
    };
    let mut dangling = line.dangling;
    for (open, close) in &line.pairs {
        if let Some(mark) = dangling.filter(|mark| mark.start < open.start) {
            // A mark left open before other quotations says little; it must not swallow them.
            dangling = None;
            if mark.family != Family::Single {
                out.push(stretch(visible(text, mark.start..open.start), End::Unpaired, mark.family, false));
            }
        }
        out.push(stretch(open.start..close.end, End::Closed, open.family, continues && open.first));
    }
    let Some(mark) = dangling else { return };
    let went_on = continues && mark.first;
    if joined || went_on {
        out.push(stretch(visible(text, mark.start..line.range.end), End::Open, mark.family, went_on));
    } else if mark.family != Family::Single || mark.first {
        out.push(stretch(visible(text, mark.start..line.range.end), End::Unpaired, mark.family, false));
    }
}

/// `range` without the blank characters at either end.
fn visible(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(piece) = text.get(range.clone()) else {
        return range.start..range.start;
    };
    let start = range.end - piece.trim_start_matches(marks::is_blank).len();
    let end = range.start + piece.trim_end_matches(marks::is_blank).len();
    start..end.max(start)
}

/// The lines of `text` that hold marks. Lines without one are skipped at the speed of a byte search.
fn lines(text: &str) -> Vec<Line> {
    let bytes = text.as_bytes();
    let mut lines = Vec::new();
    let mut start = 0;
    let mut pairing = Pairing::default();
    let mut at = 0;
    while let Some(skip) =
        bytes.get(at..).and_then(|rest| rest.iter().position(|&byte| marks::is_of_interest(byte)))
    {
        at += skip;
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else {
            break;
        };
        if marks::is_line_break(c) {
            pairing.finish(start..at, &mut lines);
            start = at + c.len_utf8();
        } else if marks::is_mark(c) {
            pairing.read(text, at, start);
        }
        at += c.len_utf8();
    }
    pairing.finish(start..text.len(), &mut lines);
    lines
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The marks of the line being read.
#[derive(Debug, Default)]
struct Pairing {
    marks: Vec<Mark>,
}

impl Pairing {
    /// Reads the mark at `at` of a line that begins at `start`; past the most that prose can hold, no more are read.
    fn read(&mut self, text: &str, at: usize, start: usize) {
        if self.marks.len() < MOST_MARKS {
            let end = floor(text, (at + AHEAD).min(text.len()));
            self.marks.extend(marks::read(text.get(start..end).unwrap_or_default(), at - start, start));
        }
    }

    /// Pairs the marks gathered for the line at `range`, and begins the next line.
    fn finish(&mut self, range: Range<usize>, lines: &mut Vec<Line>) {
        if self.marks.is_empty() {
            return;
        }
        settle_loose(&mut self.marks);
        let mut stack = Stack::default();
        for &mark in &self.marks {
            stack.take(mark);
        }
        self.marks.clear();
        let line = stack.into_line(range);
        if !line.pairs.is_empty() || line.dangling.is_some() || line.stray.is_some() {
            lines.push(line);
        }
    }
}

/// Decides which loose closing marks do close, looking from the end of the line.
///
/// A possessive is meant when a sure closing mark of its family is still to come before anything opens; inches are
/// meant when the double marks from here on pair among themselves.
fn settle_loose(marks: &mut [Mark]) {
    let mut sure_close_follows = false;
    let mut doubles = 0_usize;
    let mut previous_start = usize::MAX;
    for mark in marks.iter_mut().rev() {
        match mark.family {
            Family::Double => {
                doubles += 1;
                if mark.loose && !mark.opens && doubles.is_multiple_of(2) && previous_start != mark.end {
                    mark.closes = false;
                    doubles -= 1;
                }
            }
            Family::Single if mark.loose => mark.closes = !sure_close_follows,
            Family::Single => sure_close_follows = mark.closes && !mark.opens,
            _ => {}
        }
        previous_start = mark.start;
    }
}

/// Opening marks that wait for their partner, and the pairs made.
#[derive(Debug, Default)]
struct Stack {
    open: Vec<Mark>,
    waiting: [usize; Family::COUNT],
    pairs: Vec<(Mark, Mark)>,
    stray: Option<Mark>,
}

impl Stack {
    fn take(&mut self, mark: Mark) {
        let waits = self.waits(mark.family);
        if mark.closes && waits && self.may_close(mark) {
            self.close(mark);
        } else if mark.opens {
            self.open.push(mark);
            if let Some(waiting) = self.waiting.get_mut(mark.family as usize) {
                *waiting += 1;
            }
        } else if mark.closes && !mark.loose && self.stray.is_none() && self.open.is_empty() {
            self.stray = Some(mark);
        }
    }

    fn waits(&self, family: Family) -> bool {
        self.waiting.get(family as usize).is_some_and(|&waiting| waiting > 0)
    }

    fn may_close(&self, mark: Mark) -> bool {
        let Some(top) = self.open.last() else {
            return false;
        };
        // `"…"'…'`: right after an opening mark nothing is closed yet.
        let is_empty = top.family == mark.family && top.end == mark.start && mark.opens;
        let is_over_double = mark.family == Family::Single && top.family != Family::Single;
        !is_empty && !is_over_double
    }

    fn close(&mut self, mark: Mark) {
        while let Some(open) = self.open.pop() {
            if let Some(waiting) = self.waiting.get_mut(open.family as usize) {
                *waiting -= 1;
            }
            if open.family == mark.family {
                // Pairs inside the one just made are nested, and never listed.
                while self.pairs.last().is_some_and(|(inner, _)| inner.start > open.start) {
                    self.pairs.pop();
                }
                self.pairs.push((open, mark));
                return;
            }
        }
    }

    fn into_line(self, range: Range<usize>) -> Line {
        // A double mark left open tells more than a single one, which may be an apostrophe.
        let double = self.open.iter().find(|mark| mark.family != Family::Single);
        let dangling = double.or(self.open.first()).copied();
        Line { range, pairs: self.pairs, dangling, stray: self.stray }
    }
}
