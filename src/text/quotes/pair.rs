//! Pairs the marks of each line.
//!
//! One pass with a stack: a closing mark takes the nearest opening one of its family, and what stood open in between is
//! given up. A single mark never closes over a double one that stands open, since it may be an apostrophe.
//! Every mark is pushed and popped at most once, so the work is linear in the text whatever the marks are.

use std::ops::Range;

use super::marks::{self, Family, Mark};

/// One line with its pairs and with what did not pair.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) range: Range<usize>,
    /// Outermost pairs, in order.
    pub(super) pairs: Vec<(Mark, Mark)>,
    /// The first opening mark, outside all pairs, that nothing closed.
    pub(super) dangling: Option<Mark>,
    /// The first closing mark after a stop, outside all pairs, that nothing opened.
    pub(super) stray: Option<Mark>,
}

/// A line with more marks than this is no prose; the rest of them are passed over.
const MOST_MARKS: usize = 4096;

/// How much after a mark is read to judge it, in bytes.
const AHEAD: usize = 48;

/// The lines of `text` that hold marks. Lines without one are skipped at the speed of a byte search.
pub(super) fn lines(text: &str) -> Vec<Line> {
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
                if mark.loose && !mark.opens() && doubles.is_multiple_of(2) && previous_start != mark.end {
                    mark.forbid_close();
                    doubles -= 1;
                }
            }
            Family::Single if mark.loose && sure_close_follows => mark.forbid_close(),
            Family::Single if mark.loose => {}
            Family::Single => sure_close_follows = mark.closes() && !mark.opens(),
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
        if mark.closes() && waits && self.may_close(mark) {
            self.close(mark);
        } else if mark.opens() {
            self.open.push(mark);
            if let Some(waiting) = self.waiting.get_mut(mark.family as usize) {
                *waiting += 1;
            }
        } else if mark.closes() && mark.after_stop && self.stray.is_none() && self.open.is_empty() {
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
        let is_empty = top.family == mark.family && top.end == mark.start && mark.opens();
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
        // A double mark left open tells more than a single one, which may be an apostrophe; and one that no pair of its
        // family follows is likelier to open a speech that goes on.
        let mut last_pairs = [0; Family::COUNT];
        for (open, _) in &self.pairs {
            if let Some(last) = last_pairs.get_mut(open.family as usize) {
                *last = open.start;
            }
        }
        let is_followed =
            |mark: &Mark| last_pairs.get(mark.family as usize).is_some_and(|&last| last > mark.start);
        let mut doubles = self.open.iter().filter(|mark| mark.family != Family::Single);
        let unfollowed = doubles.clone().find(|mark| !is_followed(mark));
        let dangling = unfollowed.or_else(|| doubles.next()).or(self.open.first()).copied();
        Line { range, pairs: self.pairs, dangling, stray: self.stray }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pairs of the first line with any, as strings.
    fn paired(text: &str) -> Vec<&str> {
        let lines = lines(text);
        let pairs = lines.first().map(|line| line.pairs.clone()).unwrap_or_default();
        pairs.iter().map(|(open, close)| &text[open.start..close.end]).collect()
    }

    #[test]
    fn marks_of_every_family_pair() {
        assert_eq!(paired("a “b” c \"d\" e ‘f’ g 'h' i"), ["“b”", "\"d\"", "‘f’", "'h'"]);
        assert_eq!(paired("« b » et »c« und „d“ oder „e”, ‹f›"), ["« b »", "»c«", "„d“", "„e”", "‹f›"]);
        assert_eq!(paired("彼は「はい」と言い、『本』を読む"), ["「はい」", "『本』"]);
    }

    #[test]
    fn curly_and_straight_marks_pair_with_each_other() {
        assert_eq!(paired("“We go,\" she said. \"We stay,” he said."), ["“We go,\"", "\"We stay,”"]);
        assert_eq!(paired("the ‘big' one and 'small’ one"), ["‘big'", "'small’"]);
    }

    #[test]
    fn only_the_outermost_quotation_counts() {
        assert_eq!(paired("“He said ‘no’ to me,” she said"), ["“He said ‘no’ to me,”"]);
        assert_eq!(paired("'She said \"no\" to me,' he said"), ["'She said \"no\" to me,'"]);
        assert_eq!(paired("“one “two” three”"), ["“one “two” three”"]);
    }

    #[test]
    fn apostrophes_neither_open_nor_close() {
        assert_eq!(paired("'We won't go,' said the miners' leader"), ["'We won't go,'"]);
        assert_eq!(paired("the dogs' dinner and the cats' tea"), Vec::<&str>::new());
        assert_eq!(
            paired("'Snobs' and Lee 'didn't pay' for 'lavish' tour"),
            ["'Snobs'", "'didn't pay'", "'lavish'"]
        );
        assert_eq!(paired("‘The nurses’ pay is low,’ he said"), ["‘The nurses’ pay is low,’"]);
    }

    #[test]
    fn inches_do_not_close() {
        assert_eq!(paired("\"It was a 12\" pizza,\" she said"), ["\"It was a 12\" pizza,\""]);
        assert_eq!(paired("he won \"12\" of \"14\" games"), ["\"12\"", "\"14\""]);
    }

    #[test]
    fn a_line_of_nothing_but_marks_is_given_up_on() {
        for mark in ["“", "”", "\"", "'", "‘", "’", "«", "「"] {
            assert!(lines(&mark.repeat(100_000)).iter().all(|line| line.pairs.len() <= MOST_MARKS));
        }
    }
}
