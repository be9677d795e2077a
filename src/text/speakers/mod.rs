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
mod standing;
mod subject;
mod words;

use std::ops::Range;

use line::Line;
use phrase::Form;
use standing::Context;
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
        let context = Context { text, said, speakers };
        let previous = index.checked_sub(1).and_then(|previous| speakers.get(previous)).cloned().flatten();
        let found = match attribution::label_inside(line, at) {
            Some(label) => Some(label.range),
            None if quote.continues && previous.is_some() => previous,
            None => match attribution::of(line, at) {
                Some(phrase) if phrase.form == Form::Pronoun => {
                    context.named_for(line, phrase.first).or(Some(phrase.range))
                }
                Some(phrase) => Some(phrase.range),
                None => context.borrowed(line, at, index),
            },
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
