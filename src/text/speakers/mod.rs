//! Finds whose words a quotation gives.
//!
//! For each quotation, in this order; the first that answers is taken:
//! 1. It goes on from the stretch before: the same speaker.
//! 2. An attribution right after it: `“…,” Ms Lee said`, `said Ms Lee`, `according to Ms Lee`, `'…': Lee`.
//! 3. The nearest verb of saying before it in the sentence, and that verb's subject: `Ms Lee said: “…”`.
//! 4. A saying that is somebody's: `Ms Lee’s claim that “…”`.
//! 5. An attribution at the end of the sentence: `… a “mess”, Ms Lee said.`
//! 6. The quotation before it in the same sentence, or, for a whole utterance that nothing else claims, in the sentence or
//!    line before.
//!
//! No answer is better than a wrong one. Every search is bounded, so the work is linear in the text.

mod attribution;
mod lexicon;
mod line;
mod phrase;
mod subject;
mod words;

use std::ops::Range;

use line::Line;
use words::Sort;

/// How the words of a quotation are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// A whole utterance.
    Whole,
    /// A part inside the writer's sentence.
    Part,
    /// Not as anybody's words.
    Unsaid,
}

/// A quotation whose speaker is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) range: Range<usize>,
    pub(super) line: Range<usize>,
    /// The speech of the quotation before goes on here.
    pub(super) continues: bool,
    pub(super) manner: Manner,
}

/// How far back in a line the quotation before is looked for, in tokens.
const REACH: usize = 60;

/// How much of a line before is read for what it brings in, in bytes.
const LEAD_IN: usize = 700;

/// A line with more quotations than this is no prose, and nobody is named in it.
const MOST: usize = 64;

/// Where the speaker of each of `said` is named in `text`. `said` is in order and disjoint.
pub(super) fn name(text: &str, said: &[Said]) -> Vec<Option<Range<usize>>> {
    let mut speakers: Vec<Option<Range<usize>>> = vec![None; said.len()];
    let mut first = 0;
    while let Some(line) = said.get(first).map(|quote| quote.line.clone()) {
        let of_line = said.get(first..).unwrap_or_default().iter().take_while(|quote| quote.line == line);
        let ranges: Vec<Range<usize>> = of_line.map(|quote| quote.range.clone()).collect();
        if ranges.len() <= MOST {
            let line = Line::read(text, line, &ranges, first);
            name_line(text, said, &line, &mut speakers);
        }
        first += ranges.len();
    }
    share_back(said, &mut speakers);
    speakers
}

/// Names the speakers of one line.
fn name_line(text: &str, said: &[Said], line: &Line<'_>, speakers: &mut [Option<Range<usize>>]) {
    for (at, token) in line.tokens().iter().enumerate() {
        let Sort::Quote(index) = token.sort else { continue };
        let Some(quote) = said.get(index).filter(|quote| quote.manner != Manner::Unsaid) else { continue };
        let previous = index.checked_sub(1).and_then(|previous| speakers.get(previous)).cloned().flatten();
        let label = attribution::label_inside(line, at).map(|phrase| phrase.range);
        let found = if label.is_some() {
            label
        } else if quote.continues && previous.is_some() {
            previous
        } else {
            attribution::of(line, at).map(|phrase| phrase.range).or_else(|| borrowed(text, said, line, at, index, speakers))
        };
        if let Some(slot) = speakers.get_mut(index) {
            *slot = found;
        }
    }
}

/// A speech over several lines may be attributed only in its last: gives that to the lines before.
fn share_back(said: &[Said], speakers: &mut [Option<Range<usize>>]) {
    let mut later: Option<Range<usize>> = None;
    for (quote, speaker) in said.iter().zip(speakers.iter_mut()).rev() {
        if speaker.is_none() && quote.manner != Manner::Unsaid {
            speaker.clone_from(&later);
        }
        later = if quote.continues { speaker.clone() } else { None };
    }
}

/// The speaker of what stands before, where the quotation is plainly more of the same.
fn borrowed(text: &str, said: &[Said], line: &Line<'_>, at: usize, index: usize, speakers: &[Option<Range<usize>>]) -> Option<Range<usize>> {
    let quote = said.get(index)?;
    let is_whole = quote.manner == Manner::Whole;
    let earlier = (at.saturating_sub(REACH)..at).rev().find_map(|before| match line.sort(before)? {
        Sort::Quote(earlier) => said.get(earlier).filter(|quote| quote.manner != Manner::Unsaid).map(|_| (before, earlier)),
        _ => None,
    });
    if let Some((earlier, number)) = earlier {
        let stops = (earlier + 1..at).filter(|&between| line.sort(between) == Some(Sort::Stop)).count();
        let is_same_sentence = line.sentence(at) <= earlier && at - earlier <= 16;
        let is_next = is_whole && line.is_sentence_start(at) && stops <= 1;
        if is_same_sentence || is_next {
            return speakers.get(number).cloned().flatten();
        }
    }
    if !is_whole || !line.is_sentence_start(at) {
        return None;
    }
    if at > 0 {
        return reported(line, at);
    }
    let previous = previous_line(text, quote.line.start)?;
    from_line(text, said, previous, index, speakers)
}

/// The speaker that the line before, at `range`, leaves standing.
fn from_line(text: &str, said: &[Said], range: Range<usize>, index: usize, speakers: &[Option<Range<usize>>]) -> Option<Range<usize>> {
    let before = said.get(..index)?;
    let ranges: Vec<Range<usize>> = before.iter().rev().take(MOST).take_while(|quote| quote.range.start >= range.start).map(|quote| quote.range.clone()).collect();
    let ranges: Vec<Range<usize>> = ranges.into_iter().rev().collect();
    let line = Line::read(text, range, &ranges, index - ranges.len());
    let end = line.len();
    if line.before(end)?.sort == Sort::Colon {
        return attribution::before(&line, end).map(|phrase| phrase.range);
    }
    let quoted = (0..end).rev().find(|&at| matches!(line.sort(at), Some(Sort::Quote(_))));
    let Some(quoted) = quoted else { return reported(&line, end) };
    let stops = (quoted + 1..end).filter(|&at| line.sort(at) == Some(Sort::Stop)).count();
    if stops <= 1 { speakers.get(index.checked_sub(1)?).cloned().flatten() } else { None }
}

/// Who is said to say something in the sentence that ends before `end`: `Ms Lee said it was bad. “…”`
fn reported(line: &Line<'_>, end: usize) -> Option<Range<usize>> {
    let stop = end.checked_sub(1).filter(|&index| line.sort(index) == Some(Sort::Stop))?;
    attribution::before(line, stop).map(|phrase| phrase.range)
}

/// The end of the line before the one at `start`, blank lines aside, as far as it is worth reading.
fn previous_line(text: &str, start: usize) -> Option<Range<usize>> {
    let mut from = start.saturating_sub(LEAD_IN);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let piece = text.get(from..start)?.trim_end();
    let line = piece.char_indices().rev().find(|&(_, c)| matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}'));
    let at = line.map_or(0, |(at, c)| at + c.len_utf8());
    (piece.len() > at).then(|| from + at..from + piece.len())
}
