//! Who has the word: the speaker that the text before a quotation leaves standing.
//!
//! A speech goes on over sentences and lines without being attributed again, and a pronoun means whoever was named last.
//! Only the line itself and the end of the line before it are read.

use std::ops::Range;

use super::attribution;
use super::lexicon::{self, Role};
use super::line::Line;
use super::phrase::{Form, Phrase};
use super::words::Sort;
use super::{MOST, Manner, Said};

/// How far back in a line the quotation before is looked for, in tokens.
const REACH: usize = 60;

/// How many sentences back a name is looked for.
const SENTENCES: usize = 4;

/// How much of a line before is read, in bytes.
const LEAD_IN: usize = 700;

/// The text with its quotations, and the speakers found so far.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub(super) text: &'a str,
    pub(super) said: &'a [Said],
    pub(super) speakers: &'a [Option<Range<usize>>],
}

impl Context<'_> {
    /// The speaker of what stands before, where the quotation is plainly more of the same.
    pub(super) fn borrowed(&self, line: &Line<'_>, at: usize, index: usize) -> Option<Range<usize>> {
        let quote = self.said.get(index)?;
        let is_whole = quote.manner == Manner::Whole;
        if let Some((earlier, number)) = self.quote_before(line, at) {
            let stops = (earlier + 1..at).filter(|&between| line.sort(between) == Some(Sort::Stop)).count();
            let is_same_sentence = line.sentence(at) <= earlier && at - earlier <= 16;
            let is_next = is_whole && line.is_sentence_start(at) && stops <= 1;
            if is_same_sentence || is_next {
                return self.speakers.get(number).cloned().flatten();
            }
        }
        if !is_whole || !line.is_sentence_start(at) {
            return None;
        }
        if at > 0 {
            return reported(line, at).map(|phrase| phrase.range);
        }
        self.left_by(&self.line_before(quote.line.start)?)
    }

    /// The quotation of somebody's words before `at`, as token and as number.
    fn quote_before(&self, line: &Line<'_>, at: usize) -> Option<(usize, usize)> {
        (at.saturating_sub(REACH)..at).rev().find_map(|before| match line.sort(before)? {
            Sort::Quote(number) => {
                self.said.get(number).filter(|quote| quote.manner != Manner::Unsaid).map(|_| (before, number))
            }
            _ => None,
        })
    }

    /// The speaker that a whole line leaves standing for the next one.
    fn left_by(&self, line: &Line<'_>) -> Option<Range<usize>> {
        let end = line.len();
        if line.before(end)?.sort == Sort::Colon {
            return attribution::before(line, end).map(|phrase| phrase.range);
        }
        let Some((quoted, number)) = self.quote_before(line, end) else {
            return reported(line, end).map(|phrase| phrase.range);
        };
        let stops = (quoted + 1..end).filter(|&at| line.sort(at) == Some(Sort::Stop)).count();
        if stops <= 1 { self.speakers.get(number).cloned().flatten() } else { None }
    }

    /// Whom the pronoun at token `at` stands for, if that is plain.
    pub(super) fn named_for(&self, line: &Line<'_>, at: usize) -> Option<Range<usize>> {
        let pronoun = line.get(at)?.text;
        let start = line.get(0)?.start;
        let named = self.last_named(line, line.sentence(at), pronoun);
        named.or_else(|| {
            self.line_before(start).and_then(|before| self.last_named(&before, before.len(), pronoun))
        })
    }

    /// The last to be named as speaking in the sentences before `end`.
    fn last_named(&self, line: &Line<'_>, end: usize, pronoun: &str) -> Option<Range<usize>> {
        let mut end = end;
        for _ in 0..SENTENCES {
            let last = end.checked_sub(1)?;
            let start = line.sentence(last);
            let quoted =
                (start.max(end.saturating_sub(REACH))..end).rev().find_map(|at| match line.sort(at)? {
                    Sort::Quote(number) => self.speakers.get(number).cloned().flatten(),
                    _ => None,
                });
            let is_stop = line.sort(last) == Some(Sort::Stop);
            let found = quoted.or_else(|| {
                attribution::before(line, if is_stop { last } else { end }).map(|phrase| phrase.range)
            });
            if let Some(found) = found.filter(|range| {
                self.text.get(range.clone()).is_some_and(|words| !lexicon::role(words).has(Role::PRONOUN))
            }) {
                return self
                    .text
                    .get(found.clone())
                    .is_some_and(|words| agrees(words, pronoun))
                    .then_some(found);
            }
            end = start;
        }
        None
    }

    /// The end of the line before the one at `start`, blank lines aside, as far as it is worth reading.
    fn line_before(&self, start: usize) -> Option<Line<'_>> {
        let mut from = start.saturating_sub(LEAD_IN);
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        let piece = self.text.get(from..start)?.trim_end();
        let line =
            piece.char_indices().rev().find(|&(_, c)| matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}'));
        let at = line.map_or(0, |(at, c)| at + c.len_utf8());
        let range = from + at..from + piece.len();
        // Those before are all there are: the quotations are in order.
        let count = self.said.partition_point(|quote| quote.range.end <= range.end);
        let before = self.said.get(..count)?;
        let inside =
            before.iter().rev().take(MOST).take_while(|quote| quote.range.start >= range.start).count();
        let quotes: Vec<Range<usize>> =
            before.get(count - inside..)?.iter().map(|quote| quote.range.clone()).collect();
        (!range.is_empty()).then(|| Line::read(self.text, range, &quotes, count - inside))
    }
}

/// Who is said to say something in the sentence that ends before `end`: `Ms Lee said it was bad. “…”`
fn reported(line: &Line<'_>, end: usize) -> Option<Phrase> {
    let stop = end.checked_sub(1).filter(|&index| line.sort(index) == Some(Sort::Stop))?;
    attribution::before(line, stop)
        .filter(|phrase| phrase.form != Form::Common || line.has(phrase.first, Role::DETERMINER))
}

/// Whether `pronoun` can stand for `words`: people are named, and bodies come with an article or an owner.
fn agrees(words: &str, pronoun: &str) -> bool {
    let mut parts = words.split_whitespace();
    let first = parts.next().unwrap_or_default();
    let is_he = ["Mr", "Mr.", "Sir", "Lord"].contains(&first);
    let is_she = ["Mrs", "Mrs.", "Ms", "Ms.", "Miss", "Dame", "Lady"].contains(&first);
    let is_person = is_he
        || is_she
        || (first.starts_with(char::is_uppercase)
            && !["The", "A", "An"].contains(&first)
            && !first.ends_with("’s")
            && !first.ends_with("'s"));
    match pronoun.to_ascii_lowercase().as_str() {
        "he" => is_person && !is_she,
        "she" => is_person && !is_he,
        "it" => !is_person,
        _ => false,
    }
}
