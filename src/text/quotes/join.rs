//! Makes stretches of the pairs of each line, and joins speeches that run over several lines.
//!
//! Every stretch lies within one line. A mark left open is a speech that goes on when the next line repeats it, or when the
//! next lines have no mark but the one that closes it; otherwise it is unpaired, and says nothing beyond its line.

use std::ops::Range;

use super::marks::{self, Family, Mark};
use super::pair::{self, Line};

/// How a stretch ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// At its own closing mark.
    Closed,
    /// At the end of its line; the speech goes on in the next line, or is one that did.
    Open,
    /// Nowhere that can be told: its mark has no partner.
    Unpaired,
    /// At the end of its line, without any mark: the page sets it off as a quotation.
    SetOff,
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

/// How many lines without a mark a speech may run over when its lines are broken by hand.
const UNMARKED_LINES: usize = 2;

/// All stretches between marks, in order and disjoint.
pub(super) fn stretches(text: &str) -> Vec<Stretch> {
    let lines = pair::lines(text);
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

/// Adds the lines of `blocks`, which are set off as quotations, where they hold no marks; a dash leads to a signature.
pub(super) fn add_set_off(text: &str, blocks: &[Range<usize>], stretches: &mut Vec<Stretch>) {
    let marked = stretches.len();
    let mut speech_end = None;
    for block in blocks {
        let mut at = block.start;
        for piece in text.get(block.clone()).unwrap_or_default().split_inclusive(marks::is_line_break) {
            let line = visible(text, at..at + piece.len());
            at += piece.len();
            let place = stretches
                .get(..marked)
                .map_or(0, |marked| marked.partition_point(|stretch| stretch.range.end <= line.start));
            let is_marked =
                place < marked && stretches.get(place).is_some_and(|next| next.range.start < line.end);
            let is_signature =
                text.get(line.clone()).is_some_and(|words| words.starts_with(['—', '–', '-', '―']));
            if line.is_empty() || is_marked || is_signature {
                continue;
            }
            let between = speech_end.and_then(|end| text.get(end..line.start));
            let continues = between.is_some_and(|between| between.chars().all(marks::is_blank));
            speech_end = Some(line.end);
            stretches.push(Stretch { range: line.clone(), line, end: End::SetOff, continues, single: false });
        }
    }
    stretches.sort_by_key(|stretch| stretch.range.start);
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
    (between.len() <= 600 && unmarked <= UNMARKED_LINES && is_before_pairs).then_some(stray)
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
    let went_on = line.dangling.is_some_and(|mark| continues && mark.first);
    let is_open = joined || went_on;
    let mut dangling = line.dangling;
    for (open, close) in &line.pairs {
        if let Some(mark) = dangling.filter(|mark| mark.start < open.start) {
            if is_open {
                // What stands inside a speech that goes on is nested in it.
                break;
            }
            // A mark left open before other quotations says little; it must not swallow them.
            dangling = None;
            if mark.family != Family::Single {
                let range = visible(text, mark.start..open.start);
                out.push(stretch(range, End::Unpaired, mark.family, false));
            }
        }
        let range = open.start..close.end;
        out.push(stretch(range, End::Closed, open.family, continues && open.first));
    }
    let Some(mark) = dangling else { return };
    let range = visible(text, mark.start..line.range.end);
    if is_open {
        out.push(stretch(range, End::Open, mark.family, went_on));
    } else if mark.family != Family::Single || mark.first {
        out.push(stretch(range, End::Unpaired, mark.family, false));
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The stretches of `text` as strings, the unpaired ones marked.
    fn found(text: &str) -> Vec<String> {
        let show = |stretch: &Stretch| {
            let words = text[stretch.range.clone()].to_string();
            if stretch.end == End::Unpaired { format!("?{words}") } else { words }
        };
        stretches(text).iter().map(show).collect()
    }

    #[test]
    fn a_speech_over_paragraphs_is_a_stretch_in_each() {
        let text = "He said: “One.  \n\n“Two.\n\n“Three,” he said.";
        assert_eq!(found(text), ["“One.", "“Two.", "“Three,”"]);
        let stretches = stretches(text);
        assert_eq!(
            stretches.iter().map(|stretch| stretch.end).collect::<Vec<_>>(),
            [End::Open, End::Open, End::Closed]
        );
        assert_eq!(
            stretches.iter().map(|stretch| stretch.continues).collect::<Vec<_>>(),
            [false, true, true]
        );
    }

    #[test]
    fn a_speech_that_goes_on_keeps_what_is_nested_in_it() {
        assert_eq!(
            found("“He said ‘no’ to me.\n\n“Then he left.”"),
            ["“He said ‘no’ to me.", "“Then he left.”"]
        );
        let text = "“Go. “Stay,” he said. “Well.\n\n“I will.”";
        assert_eq!(found(text), ["“Stay,”", "“Well.", "“I will.”"]);
    }

    #[test]
    fn a_speech_over_paragraphs_may_lack_its_last_mark() {
        assert_eq!(found("“One.\n\n“Two.\n\nThen it rained."), ["“One.", "“Two."]);
    }

    #[test]
    fn an_unpaired_mark_stays_in_its_paragraph() {
        assert_eq!(found("She said “no.\n\nIt rained on Monday."), ["?“no."]);
        assert_eq!(found("She said “no. “Yes,” he said."), ["?“no.", "“Yes,”"]);
        assert_eq!(found("They go 'ere and there"), Vec::<String>::new());
        assert_eq!(found("‘No deal: unions\n\nIt is the nurses’, they say."), ["?‘No deal: unions"]);
    }

    #[test]
    fn lines_broken_by_hand_stay_one_speech() {
        assert_eq!(
            found("“We came\nand we saw\nand we left.” He sat."),
            ["“We came", "and we saw", "and we left.”"]
        );
    }

    #[test]
    fn stretches_are_disjoint_in_order_and_within_their_lines() {
        for text in [
            "“‘\"'«»”’“\n'\"”“a” 'b' \"c",
            "\"a 'b\" c' \"d",
            "‘“‘“’”’”\n“\u{200b}\n“",
            "„“”‟\"\r\n\"'\u{2028}’a’",
        ] {
            let stretches = stretches(text);
            assert!(stretches.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start), "{text:?}");
            assert!(
                stretches.iter().all(|stretch| !text[stretch.range.clone()].contains(marks::is_line_break)),
                "{text:?}"
            );
        }
    }
}
