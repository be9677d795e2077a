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

mod lexicon;
mod phrase;
mod words;

use std::ops::Range;

use lexicon::{ASKED_OF, CITING, PREPOSITIONS, SAYINGS};
use phrase::Phrase;
use words::{Sort, Token};

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

/// How far back a sentence is searched, in tokens.
const REACH: usize = 60;

/// How much of a line before is read for what it brings in, in bytes.
const LEAD_IN: usize = 700;

/// Where the speaker of each of `said` is named in `text`. `said` is in order and disjoint.
pub(super) fn name(text: &str, said: &[Said]) -> Vec<Option<Range<usize>>> {
    let mut speakers: Vec<Option<Range<usize>>> = vec![None; said.len()];
    let mut first = 0;
    while let Some(line) = said.get(first).map(|quote| quote.line.clone()) {
        let count = said
            .iter()
            .skip(first)
            .take_while(|quote| quote.line == line)
            .count();
        let ranges: Vec<Range<usize>> = said
            .iter()
            .skip(first)
            .take(count)
            .map(|quote| quote.range.clone())
            .collect();
        let tokens = words::tokens(text, line.clone(), &ranges, first);
        name_line(text, said, &tokens, &mut speakers);
        first += count;
    }
    share_back(said, &mut speakers);
    speakers
}

/// Names the speakers of one line, whose tokens are given.
fn name_line(
    text: &str,
    said: &[Said],
    tokens: &[Token<'_>],
    speakers: &mut [Option<Range<usize>>],
) {
    for (at, token) in tokens.iter().enumerate() {
        let Sort::Quote(index) = token.sort else {
            continue;
        };
        let Some(quote) = said.get(index) else {
            continue;
        };
        let found = match quote.manner {
            Manner::Unsaid => None,
            _ if quote.continues && index > 0 => speakers.get(index - 1).cloned().flatten(),
            _ => own(tokens, at)
                .map(|phrase| phrase.range)
                .or_else(|| borrowed(text, said, tokens, at, index, speakers)),
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
        later = if quote.continues {
            speaker.clone()
        } else {
            None
        };
    }
}

/// The speaker that the quotation's own sentence names.
fn own(tokens: &[Token<'_>], at: usize) -> Option<Phrase> {
    right_after(tokens, at)
        .or_else(|| before(tokens, at))
        .or_else(|| owned(tokens, at))
        .or_else(|| late(tokens, at))
        .or_else(|| labelled(tokens, at))
}

/// Whether what follows the quotation may attribute it: it ends with a comma, as speech does before `he said`.
fn invites(tokens: &[Token<'_>], at: usize) -> bool {
    let inside = tokens.get(at).and_then(phrase::quote_end);
    let next = tokens.get(at + 1);
    let is_comma_next = next.is_some_and(|token| matches!(token.sort, Sort::Comma | Sort::Dash));
    let is_first = phrase::is_sentence_start(tokens, at);
    inside.is_some_and(|c| matches!(c, ',' | '?' | '!' | '…' | '—' | '–' | '-'))
        || is_comma_next
        || (is_first && inside != Some('.'))
}

/// `“…,” Ms Lee said`, `“…,” said Ms Lee`, `“…,” according to Ms Lee`, `'…': Lee`.
fn right_after(tokens: &[Token<'_>], at: usize) -> Option<Phrase> {
    if let Some(label) = label_after(tokens, at) {
        return Some(label);
    }
    if !invites(tokens, at) {
        return None;
    }
    let mut start = at + 1;
    while tokens
        .get(start)
        .is_some_and(|token| matches!(token.sort, Sort::Comma | Sort::Dash))
    {
        start += 1;
    }
    let first = tokens.get(start)?;
    if let Some(found) = according(tokens, start) {
        return Some(found);
    }
    if first.is_word()
        && lexicon::is_verb(first.text)
        && !first.is_capital()
        && !first.text.ends_with("ing")
    {
        return phrase::starting_at(tokens, start + 1).filter(|_| !first.is("told"));
    }
    for verb in start + 1..(start + REACH / 2).min(tokens.len()) {
        let token = tokens.get(verb)?;
        if matches!(token.sort, Sort::Stop | Sort::Quote(_) | Sort::Colon) {
            return None;
        }
        if token.is_word()
            && lexicon::is_verb(token.text)
            && !token.text.ends_with("ing")
            && let Some(found) = phrase::subject(tokens, verb)
        {
            return (found.first == start).then_some(found);
        }
    }
    None
}

/// `according to Ms Lee`.
fn according(tokens: &[Token<'_>], at: usize) -> Option<Phrase> {
    let is_there = tokens.get(at)?.is("according") && tokens.get(at + 1)?.is("to");
    is_there
        .then(|| phrase::starting_at(tokens, at + 2))
        .flatten()
}

/// `'…': Lee` and `“…” – Lee`, where nothing else stands in the line.
fn label_after(tokens: &[Token<'_>], at: usize) -> Option<Phrase> {
    let sort = tokens.get(at + 1)?.sort;
    if at != 0 || !matches!(sort, Sort::Colon | Sort::Dash) || tokens.len() > 10 {
        return None;
    }
    let found = phrase::starting_at(tokens, at + 2)?;
    let last = tokens.last()?;
    (found.is_name
        && (found.range.end == last.end()
            || tokens
                .get(at + 3..)?
                .iter()
                .any(|token| token.sort == Sort::Comma)))
    .then_some(found)
}

/// The nearest verb of saying before the quotation in its sentence, with its subject.
fn before(tokens: &[Token<'_>], at: usize) -> Option<Phrase> {
    let mut verb = at;
    for _ in 0..REACH {
        if phrase::is_sentence_start(tokens, verb) {
            break;
        }
        verb -= 1;
        let token = tokens.get(verb)?;
        if token.is_word() && lexicon::is_verb(token.text) {
            if let Some(found) = cited(tokens, verb).or_else(|| phrase::subject(tokens, verb)) {
                return Some(found);
            }
            if is_heard(tokens, verb) {
                return None;
            }
        }
        if let Some(found) = according(tokens, verb) {
            return Some(found);
        }
    }
    tokens
        .get(at.checked_sub(1)?)
        .filter(|token| token.sort == Sort::Colon)?;
    led_in(tokens, verb, at - 1)
}

/// `was told`: the words are not the subject's.
fn is_heard(tokens: &[Token<'_>], verb: usize) -> bool {
    let is_passive = verb
        .checked_sub(1)
        .and_then(|index| tokens.get(index))
        .is_some_and(|token| token.is_any(&["was", "were", "is", "been", "being", "are"]));
    is_passive && tokens.get(verb).is_some_and(|token| token.is_any(ASKED_OF))
}

/// `quoted Ms Lee as saying`, `Ms Lee was quoted as saying`, `quoting Ms Lee`.
fn cited(tokens: &[Token<'_>], verb: usize) -> Option<Phrase> {
    let token = tokens.get(verb)?;
    let is_as = verb
        .checked_sub(1)
        .and_then(|index| tokens.get(index))
        .is_some_and(|token| token.is("as"));
    if is_as {
        let from = verb.saturating_sub(10);
        let citing = (from..verb)
            .rev()
            .find(|&index| tokens.get(index).is_some_and(|token| token.is_any(CITING)))?;
        if citing + 2 < verb {
            return phrase::starting_at(tokens, citing + 1);
        }
        let being = citing.checked_sub(1).filter(|&index| {
            tokens
                .get(index)
                .is_some_and(|token| token.is_any(&["was", "were", "is", "are", "been"]))
        })?;
        let being = if tokens.get(being)?.is("been") {
            being.checked_sub(1)?
        } else {
            being
        };
        return being
            .checked_sub(1)
            .and_then(|last| phrase::ending_at(tokens, last, 0));
    }
    if token.is("quoting") || token.is("citing") {
        return phrase::starting_at(tokens, verb + 1);
    }
    None
}

/// A sentence that ends in a colon without a verb of saying: `Ms Lee: “…”`, `From Ms Lee:`, `Ms Lee signs off:`.
fn led_in(tokens: &[Token<'_>], start: usize, colon: usize) -> Option<Phrase> {
    if tokens.get(start)?.is("From") {
        return phrase::starting_at(tokens, start + 1);
    }
    let found = phrase::opening(tokens, start)?;
    (colon - start <= REACH).then_some(found)
}

/// `Ms Lee’s claim that “…”`, `Ms Lee’s “…” remark`.
fn owned(tokens: &[Token<'_>], at: usize) -> Option<Phrase> {
    let mut index = at;
    for _ in 0..14 {
        if phrase::is_sentence_start(tokens, index) {
            return None;
        }
        index -= 1;
        let token = tokens.get(index)?;
        if !token.is_possessive()
            || token.is_any(&[
                "it's",
                "it’s",
                "he's",
                "he’s",
                "she's",
                "she’s",
                "that's",
                "that’s",
                "there's",
                "there’s",
            ])
        {
            continue;
        }
        let has_saying = (index + 1..(index + 4).min(at))
            .chain((index + 1 == at).then_some(at + 1))
            .any(|next| tokens.get(next).is_some_and(|token| token.is_any(SAYINGS)));
        return if has_saying {
            phrase::ending_at(tokens, index, 0)
        } else {
            None
        };
    }
    None
}

/// An attribution that ends the sentence: `… a “mess”, Ms Lee said.`
fn late(tokens: &[Token<'_>], at: usize) -> Option<Phrase> {
    let is_end = |index: usize| {
        tokens.get(index).is_none_or(|token| {
            matches!(token.sort, Sort::Stop | Sort::Comma)
                || lexicon::is_day(token.text)
                || token.is_any(PREPOSITIONS)
        })
    };
    if tokens.get(at).is_some_and(phrase::ends_sentence) {
        return None;
    }
    for index in at + 1..(at + REACH).min(tokens.len()) {
        let token = tokens.get(index)?;
        match token.sort {
            Sort::Stop => return None,
            Sort::Quote(_) if phrase::ends_sentence(token) => return None,
            Sort::Word => {}
            _ => continue,
        }
        if let Some(found) = according(tokens, index) {
            return Some(found);
        }
        if !lexicon::is_verb(token.text) || token.text.ends_with("ing") {
            continue;
        }
        let follows_comma = |index: usize| {
            index
                .checked_sub(1)
                .and_then(|index| tokens.get(index))
                .is_some_and(|token| token.sort == Sort::Comma)
        };
        if is_end(index + 1)
            && let Some(found) = phrase::subject(tokens, index)
                .filter(|found| found.first > at && follows_comma(found.first))
        {
            return Some(found);
        }
        if follows_comma(index)
            && !token.is_any(ASKED_OF)
            && let Some(found) = phrase::starting_at(tokens, index + 1)
        {
            return Some(found);
        }
    }
    None
}

/// `Lee: it was a 'mess'`, a headline under the name of its source.
fn labelled(tokens: &[Token<'_>], at: usize) -> Option<Phrase> {
    let colon = tokens
        .iter()
        .take(6.min(at))
        .position(|token| token.sort == Sort::Colon)?;
    let is_name = tokens.iter().take(colon).all(Token::is_capital) && tokens.len() <= 30;
    let found = phrase::starting_at(tokens, 0)?;
    (is_name && found.is_name).then_some(found)
}

/// The speaker of what stands before, where the quotation is plainly more of the same.
fn borrowed(
    text: &str,
    said: &[Said],
    tokens: &[Token<'_>],
    at: usize,
    index: usize,
    speakers: &[Option<Range<usize>>],
) -> Option<Range<usize>> {
    let quote = said.get(index)?;
    let earlier = tokens
        .iter()
        .take(at)
        .rposition(|token| matches!(token.sort, Sort::Quote(_)));
    if let Some(earlier) = earlier {
        let between = tokens.get(earlier + 1..at)?;
        let stops = between
            .iter()
            .filter(|token| token.sort == Sort::Stop)
            .count();
        let is_same_sentence = stops == 0 && !phrase::ends_sentence(tokens.get(earlier)?);
        let is_next = between.last().is_none_or(|token| token.sort == Sort::Stop)
            && stops <= 1
            && quote.manner == Manner::Whole;
        if (is_same_sentence && between.len() <= 16) || is_next {
            return index
                .checked_sub(1)
                .and_then(|previous| speakers.get(previous))
                .cloned()
                .flatten();
        }
    }
    if quote.manner != Manner::Whole || !phrase::is_sentence_start(tokens, at) {
        return None;
    }
    if at > 0 {
        return reported(tokens, at);
    }
    let previous = previous_line(text, quote.line.start)?;
    from_line(text, said, previous, index, speakers)
}

/// The speaker that the line before leaves standing.
fn from_line(
    text: &str,
    said: &[Said],
    line: Range<usize>,
    index: usize,
    speakers: &[Option<Range<usize>>],
) -> Option<Range<usize>> {
    let before = said.get(..index)?;
    let first = before
        .iter()
        .rposition(|quote| quote.range.end <= line.start)
        .map_or(0, |last| last + 1);
    let ranges: Vec<Range<usize>> = before
        .get(first..)?
        .iter()
        .filter(|quote| quote.range.start >= line.start)
        .map(|quote| quote.range.clone())
        .collect();
    let tokens = words::tokens(text, line, &ranges, index - ranges.len());
    let last = tokens.last()?;
    if last.sort == Sort::Colon {
        let end = tokens.len();
        return self::before(&tokens, end).map(|phrase| phrase.range);
    }
    let quoted = tokens
        .iter()
        .rposition(|token| matches!(token.sort, Sort::Quote(_)));
    if let Some(quoted) = quoted {
        let stops = tokens
            .iter()
            .skip(quoted + 1)
            .filter(|token| token.sort == Sort::Stop)
            .count();
        return if stops <= 1 {
            speakers.get(index.checked_sub(1)?).cloned().flatten()
        } else {
            None
        };
    }
    reported(&tokens, tokens.len())
}

/// Who the sentence that ends before `end` says said something: `Ms Lee said it was bad. “…”`
fn reported(tokens: &[Token<'_>], end: usize) -> Option<Range<usize>> {
    let stop = end.checked_sub(1).filter(|&index| {
        tokens
            .get(index)
            .is_some_and(|token| token.sort == Sort::Stop)
    })?;
    before(tokens, stop).map(|phrase| phrase.range)
}

/// The last of the line before the one at `start`, blank lines aside, cut to what is worth reading.
fn previous_line(text: &str, start: usize) -> Option<Range<usize>> {
    let mut from = start.saturating_sub(LEAD_IN);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let piece = text.get(from..start)?.trim_end();
    let line = piece
        .rfind(['\n', '\r', '\u{2028}', '\u{2029}'])
        .map_or(0, |at| at + 1);
    let line = if piece.is_char_boundary(line) {
        line
    } else {
        line + 2
    };
    (piece.len() > line).then(|| from + line..from + piece.len())
}
