//! Who has the word: the speaker that the text before a quotation leaves standing.
//!
//! A speech goes on over sentences and lines without being attributed again, and a pronoun means whoever was named last.
//! Only the line itself and the end of the line before it are read.

use std::ops::Range;

use super::attribution;
use super::lexicon::{self, Role};
use super::line::Line;
use super::phrase::{Form, Phrase};
use super::said::{MOST, Manner, Said};
use super::subject;
use super::words::Sort;

/// How far back in a line the quotation before is looked for, in tokens.
const REACH: usize = 60;

/// How many sentences back a name is looked for.
const SENTENCES: usize = 4;

/// How much of a line before is read, in bytes.
const LEAD_IN: usize = 700;

/// Words that begin no name.
const NO_NAME: Role = Role::DETERMINER.or(Role::COUNT).or(Role::OPENER).or(Role::BOUNDARY).or(Role::PRONOUN);

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

    /// The last to be named as speaking in the sentences before `end`; or who a sentence since is about, if nobody else
    /// spoke before.
    fn last_named(&self, line: &Line<'_>, end: usize, pronoun: &str) -> Option<Range<usize>> {
        let mut end = end;
        let mut topic: Option<Range<usize>> = None;
        for _ in 0..SENTENCES {
            let Some(last) = end.checked_sub(1) else { break };
            let start = line.sentence(last);
            if let Some(found) = self.speaker_in(line, start, end) {
                let is_topic = topic.as_ref().is_none_or(|topic| self.share_surname(topic, &found));
                return Some(found).filter(|found| is_topic && self.agrees(found, pronoun));
            }
            // Somebody else may be the subject here: then the pronoun is not plain.
            if line.get(start).is_some_and(|token| token.is_capital() && !token.has(NO_NAME)) {
                let about = subject::opening(line, start).filter(|about| about.form == Form::Name)?.range;
                if topic.as_ref().is_some_and(|topic| !self.share_surname(topic, &about)) {
                    return None;
                }
                topic = Some(about);
            }
            end = start;
        }
        topic.filter(|topic| self.agrees(topic, pronoun))
    }

    /// Who speaks in the sentence from `start` to `end`, if it is named.
    fn speaker_in(&self, line: &Line<'_>, start: usize, end: usize) -> Option<Range<usize>> {
        let mut back = (start.max(end.saturating_sub(REACH))..end).rev();
        let quoted = back.find_map(|at| match line.sort(at)? {
            Sort::Quote(number) => self.speakers.get(number).cloned().flatten(),
            _ => None,
        });
        let stop = end.checked_sub(1).filter(|&last| line.sort(last) == Some(Sort::Stop)).unwrap_or(end);
        let found = quoted.or_else(|| attribution::before(line, stop).map(|phrase| phrase.range));
        found.filter(|range| {
            self.text.get(range.clone()).is_some_and(|words| !lexicon::role(words).has(Role::PRONOUN))
        })
    }

    /// Whether `pronoun` can stand for the words at `range`.
    fn agrees(&self, range: &Range<usize>, pronoun: &str) -> bool {
        self.text.get(range.clone()).is_some_and(|words| agrees(words, pronoun))
    }

    /// Whether two names end alike, as `Ann Lee` and `Ms Lee` do.
    fn share_surname(&self, one: &Range<usize>, other: &Range<usize>) -> bool {
        let surname = |range: &Range<usize>| self.text.get(range.clone())?.split_whitespace().next_back();
        surname(one).is_some() && surname(one) == surname(other)
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

/// Whether `pronoun` can stand for `words`: people have names or trades, and bodies come with an article or an owner.
fn agrees(words: &str, pronoun: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default();
    let last = words.split_whitespace().next_back().unwrap_or_default();
    let is_woman = ["Mrs", "Mrs.", "Ms", "Ms.", "Miss", "Dame", "Lady"].contains(&first) || is_female(last);
    let is_man = ["Mr", "Mr.", "Sir", "Lord"].contains(&first) || (last.ends_with("man") && !is_woman);
    let is_named = !lexicon::role(first).has(NO_NAME)
        && words
            .split_whitespace()
            .all(|word| word.starts_with(char::is_uppercase) || lexicon::role(word).has(Role::PARTICLE));
    let is_somebody = is_named || lexicon::role(first).has(Role::DETERMINER) && is_person(last);
    match pronoun.to_ascii_lowercase().as_str() {
        "he" => is_somebody && !is_woman,
        "she" => is_somebody && !is_man,
        "it" => !is_named,
        _ => false,
    }
}

fn is_female(noun: &str) -> bool {
    noun.ends_with("woman") || ["girl", "mother", "sister", "daughter", "wife", "widow"].contains(&noun)
}

/// Whether a common noun in the singular is a person: those who do something, in the main, end alike.
fn is_person(noun: &str) -> bool {
    const THINGS: &[&str] = &[
        "broadcaster",
        "center",
        "chamber",
        "charter",
        "letter",
        "newspaper",
        "number",
        "order",
        "paper",
        "poster",
        "register",
        "retailer",
        "tower",
    ];
    let ends = ["er", "or", "ist", "ian", "man", "woman"].iter().any(|end| noun.ends_with(end));
    let is_other =
        ["boy", "girl", "guest", "nurse", "official", "patient", "resident", "student", "victim", "witness"];
    lexicon::role(noun).has(Role::OFFICE) || is_other.contains(&noun) || (ends && !THINGS.contains(&noun))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context(text: &str) -> Context<'_> {
        Context { text, said: &[], speakers: &[] }
    }

    #[test]
    fn the_line_before_is_the_nearest_that_is_not_blank() {
        let text = "It rained.\n\nAnn Lee said so.\n \n\nThen";
        let context = context(text);
        let line = context.line_before(text.len() - 4).unwrap();
        assert_eq!(line.get(0).map(|token| token.text), Some("Ann"));
        assert_eq!(context.left_by(&line).map(|range| &text[range]), Some("Ann Lee"));
    }

    #[test]
    fn the_first_line_has_none_before_it() {
        assert!(context("Then").line_before(0).is_none());
        assert!(context("\n\nThen").line_before(2).is_none());
    }

    #[test]
    fn a_long_line_before_is_cut_between_characters() {
        let text = format!("{}\nThen", "é€".repeat(600));
        assert!(context(&text).line_before(text.len() - 4).is_some());
    }

    #[test]
    fn a_pronoun_agrees_with_what_it_stands_for() {
        assert!(agrees("Ann Lee", "she") && agrees("Mr Lee", "He") && agrees("the union", "it"));
        assert!(
            !agrees("Mr Lee", "she")
                && !agrees("Mrs Lee", "he")
                && !agrees("the union", "he")
                && !agrees("Ann Lee", "they")
        );
        assert!(
            agrees("the teacher", "she") && agrees("a spokeswoman", "she") && agrees("one resident", "he")
        );
        assert!(
            !agrees("a spokeswoman", "he") && !agrees("The masked man", "she") && !agrees("the paper", "he")
        );
    }
}
