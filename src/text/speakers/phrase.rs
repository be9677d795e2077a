//! Noun phrases: the one that ends at a word, and the one that begins there.
//!
//! A phrase is the shortest that names its holder: `Prime Minister Ann Lee` gives `Ann Lee`, `a spokesman for the mayor`
//! gives `a spokesman`. Each search runs over a bounded number of tokens.

use std::ops::Range;

use super::lexicon::Role;
use super::line::Line;
use super::words::{Sort, Token};

/// How many tokens a phrase may have.
const LENGTH: usize = 10;

/// A phrase that may name a speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    /// The token that its full form begins with: the title, the determiner.
    pub(super) first: usize,
    /// What names the holder, in bytes.
    pub(super) range: Range<usize>,
    pub(super) form: Form,
}

/// What a phrase is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Name,
    Common,
    Pronoun,
}

/// The noun phrase whose last word is at `end`, and which hangs on no other: `the mayor` of `a spokesman for the mayor`
/// gives the spokesman.
pub(super) fn ending_at(line: &Line<'_>, end: usize) -> Option<Phrase> {
    let mut found = plain_ending_at(line, end)?;
    for _ in 0..4 {
        let Some(preposition) =
            found.first.checked_sub(1).filter(|&index| line.has(index, Role::PREPOSITION))
        else {
            return Some(joined(line, found));
        };
        if line.is_sentence_start(preposition) {
            return Some(found);
        }
        let holder = preposition.checked_sub(1)?;
        if line.has(holder, Role::COUNT) && line.get(preposition).is_some_and(|token| token.is("of")) {
            let range = line.get(holder)?.start..found.range.end;
            return Some(Phrase { first: holder, range, form: Form::Common });
        }
        if let Some(name) = after_state(line, &found, holder) {
            return Some(name);
        }
        // `officials based in Hull`, `the man leading on trade`: the participle stands between.
        let is_participle = line
            .get(holder)
            .is_some_and(|token| !token.is_capital() && (token.ends_with("ed") || token.ends_with("ing")));
        let holder = if is_participle { holder.checked_sub(1)? } else { holder };
        let inner = found;
        found = plain_ending_at(line, holder)?;
        if is_body(line, &found, preposition) && inner.form == Form::Name {
            found.range.end = inner.range.end;
        }
    }
    None
}

/// `Secretary of State Ann Lee`, the one office whose `of` stands before a name.
fn after_state(line: &Line<'_>, found: &Phrase, holder: usize) -> Option<Phrase> {
    let is_state = line.get(holder)?.is("Secretary") && line.get(found.first)?.is("State");
    let name = line.get(found.first + 1).filter(|token| is_state && token.start < found.range.end)?;
    Some(Phrase { first: holder, range: name.start..found.range.end, form: Form::Name })
}

/// Whether `of` at `preposition` is part of a name, as in `the Bank of England`; the holder of an office is named without.
fn is_body(line: &Line<'_>, found: &Phrase, preposition: usize) -> bool {
    let has_article = line.get(found.first).is_some_and(|token| token.is("the"));
    let is_office = preposition.checked_sub(1).is_some_and(|index| line.has(index, Role::OFFICE));
    let is_of = line.get(preposition).is_some_and(|token| token.is("of"));
    is_of && has_article && found.form == Form::Name && !is_office
}

/// The noun phrase whose last word is at `end`, whatever it hangs on.
pub(super) fn plain_ending_at(line: &Line<'_>, end: usize) -> Option<Phrase> {
    let mut end = end;
    for _ in 0..3 {
        if line.has(end, Role::DAY) {
            end = end.checked_sub(1)?;
            let is_dated =
                line.get(end).is_some_and(|token| token.is("on") || token.is("late") || token.is("early"));
            end = if is_dated { end.checked_sub(1)? } else { end };
        } else if line.sort(end) == Some(Sort::Close) {
            end = line.last_before(end, Sort::Open, LENGTH)?.checked_sub(1)?;
        }
    }
    let last = line.get(end)?;
    if last.has(Role::PRONOUN) {
        return Some(Phrase { first: end, range: last.range(), form: Form::Pronoun });
    }
    if !is_head(line, end) {
        return None;
    }
    if last.is_capital() { name_ending_at(line, end) } else { common_ending_at(line, end) }
}

/// Whether a phrase can end with the word at `index`.
fn is_head(line: &Line<'_>, index: usize) -> bool {
    let Some(token) = line.get(index).filter(|token| token.is_word() && token.text.len() > 1) else {
        return false;
    };
    let no_head = Role::BOUNDARY
        .or(Role::PREPOSITION)
        .or(Role::DETERMINER)
        .or(Role::HELPER)
        .or(Role::BEING)
        .or(Role::HAVING);
    let is_verb = token.has(Role::VERB) && !token.has(Role::NOUN);
    let is_opener = token.has(Role::OPENER) && line.is_sentence_start(index);
    // `2024`, `92,000`, `80s`; `the 36-year-old` speaks.
    let is_number = token.text.starts_with(|c: char| c.is_ascii_digit()) && !token.text.contains('-');
    !is_number
        && !is_opener
        && (token.is_capital() || !(token.has(no_head) || is_verb || token.ends_with("ed")))
}

/// Whether a phrase that is read from its end stops before this word.
fn is_edge(token: &Token<'_>) -> bool {
    let edge = Role::BOUNDARY.or(Role::PREPOSITION).or(Role::RELATIVE).or(Role::BEING).or(Role::HAVING);
    let is_pronoun = token.has(Role::PRONOUN) && !token.has(Role::DETERMINER);
    !token.is_word() || token.has(edge) || is_pronoun || token.is_plain_verb()
}

/// The run of capitals that ends at `end`, without what is only a title.
fn name_ending_at(line: &Line<'_>, end: usize) -> Option<Phrase> {
    let mut first = end;
    while end - first < LENGTH {
        let Some(previous) = line.before(first) else {
            break;
        };
        let is_particle =
            previous.has(Role::PARTICLE) && first >= 2 && line.get(first - 2).is_some_and(Token::is_capital);
        let is_new_sentence = line.is_sentence_start(first);
        if is_new_sentence || previous.is_possessive() || !(previous.is_capital() || is_particle) {
            break;
        }
        first -= 1;
    }
    while first < end
        && (line.has(first, Role::DAY)
            || (line.is_sentence_start(first) && line.has(first, Role::OPENER.or(Role::DETERMINER))))
    {
        first += 1;
    }
    let range = name_range(line, first, end)?;
    Some(Phrase { first: full_start(line, first), range, form: Form::Name })
}

/// Where the phrase begins whose name or noun begins at `first`: at its determiner, or at what describes it.
fn full_start(line: &Line<'_>, first: usize) -> usize {
    let mut full = first;
    while first - full < LENGTH && !line.is_sentence_start(full) {
        let Some(previous) = line.before(full).filter(|token| !is_edge(token)) else {
            break;
        };
        let is_opener = line.is_sentence_start(full - 1) && previous.has(Role::OPENER.or(Role::DAY));
        if is_opener {
            break;
        }
        full -= 1;
        if previous.has(Role::DETERMINER) {
            break;
        }
    }
    full
}

/// What of a run of capitals names its holder: offices before it and letters after it are dropped.
fn name_range(line: &Line<'_>, first: usize, last: usize) -> Option<Range<usize>> {
    let run = line.tokens().get(first..=last)?;
    let mut end = run.len();
    while end > 2 && run.get(end - 1).is_some_and(|token| token.has(Role::LETTERS.or(Role::DAY))) {
        end -= 1;
    }
    let run = run.get(..end)?;
    let holder = run.last()?;
    let office = run.iter().take(end - 1).rposition(|token| token.has(Role::OFFICE));
    let courtesy = run.iter().take(end - 1).position(|token| token.has(Role::COURTESY));
    let is_office = holder.has(Role::OFFICE) && courtesy.is_none();
    let start = if is_office { 0 } else { office.map_or(0, |index| index + 1).max(courtesy.unwrap_or(0)) };
    // An office or a body keeps its article: `the Treasury`, `the White House`.
    let article =
        line.before(first).filter(|token| start == 0 && (token.is("the") || token.is("a") || token.is("an")));
    let from = article.or(run.get(start))?.start;
    Some(from..holder.bare_end())
}

/// `the 36-year-old`, `local officials`: a phrase that ends in a common noun.
fn common_ending_at(line: &Line<'_>, end: usize) -> Option<Phrase> {
    let first = if line.has(end, Role::DETERMINER) { end } else { full_start(line, end) };
    let start = line.get(first)?.start;
    (end - first < LENGTH).then_some(Phrase {
        first,
        range: start..line.get(end)?.bare_end(),
        form: Form::Common,
    })
}

/// `Ann and Lee`, where the pair opens the sentence.
fn joined(line: &Line<'_>, found: Phrase) -> Phrase {
    let is_joined = found.form == Form::Name && line.before(found.first).is_some_and(|token| token.is("and"));
    let end =
        found.first.checked_sub(2).filter(|&end| is_joined && line.get(end).is_some_and(Token::is_capital));
    let other =
        end.and_then(|end| name_ending_at(line, end)).filter(|other| line.is_sentence_start(other.first));
    match other {
        Some(other) => {
            Phrase { first: other.first, range: other.range.start..found.range.end, form: Form::Name }
        }
        None => found,
    }
}

/// The noun phrase whose first word is at `start`.
pub(super) fn starting_at(line: &Line<'_>, start: usize) -> Option<Phrase> {
    let first = line.get(start)?;
    if first.has(Role::PRONOUN) {
        return Some(Phrase { first: start, range: first.range(), form: Form::Pronoun });
    }
    let length = (0..LENGTH).find(|&offset| is_after(line, start, start + offset));
    let last = start + length.unwrap_or(LENGTH).checked_sub(1)?;
    let token = line.get(last).filter(|_| is_head(line, last))?;
    if !token.is_capital() {
        let range = first.start..token.bare_end();
        return Some(Phrase { first: start, range, form: Form::Common });
    }
    let mut found = name_ending_at(line, last)?;
    found.first = start;
    if is_body(line, &found, last + 1)
        && let Some(inner) = starting_at(line, last + 2).filter(|inner| inner.form == Form::Name)
    {
        found.range.end = inner.range.end;
    }
    Some(found)
}

/// Whether the phrase that begins at `start` has ended before the token at `index`.
fn is_after(line: &Line<'_>, start: usize, index: usize) -> bool {
    let Some(token) = line.get(index) else {
        return true;
    };
    let before = line.before(index).filter(|_| index > start);
    if token.has(Role::DETERMINER) {
        return before.is_some_and(|before| !before.has(Role::DETERMINER));
    }
    let follows_name = before.is_some_and(|token| token.is_capital() && !token.has(Role::DETERMINER));
    let is_past = follows_name && token.ends_with("ed") && !token.is_capital();
    let is_adverb = token.has(Role::HELPER) && !token.is_capital();
    is_edge(token) || token.has(Role::DAY) || is_adverb || is_past
}

#[cfg(test)]
mod tests {
    use super::*;

    fn before_last(text: &str) -> Option<&str> {
        let line = Line::read(text, 0..text.len(), &[], 0);
        ending_at(&line, line.len() - 2).map(|found| &text[found.range])
    }

    fn from_first(text: &str) -> Option<&str> {
        let line = Line::read(text, 0..text.len(), &[], 0);
        starting_at(&line, 0).map(|found| &text[found.range])
    }

    #[test]
    fn offices_before_a_name_are_dropped() {
        assert_eq!(before_last("Prime Minister Ann Lee said"), Some("Ann Lee"));
        assert_eq!(before_last("the deputy chief constable Ann Lee said"), Some("Ann Lee"));
        assert_eq!(before_last("Secretary of State Ann Lee said"), Some("Ann Lee"));
        assert_eq!(before_last("the Prime Minister said"), Some("the Prime Minister"));
    }

    #[test]
    fn a_courtesy_title_stays() {
        assert_eq!(before_last("Former Senator Mr Lee said"), Some("Mr Lee"));
        assert_eq!(before_last("the bishop, Dr. Lee said"), Some("Dr. Lee"));
    }

    #[test]
    fn a_phrase_gives_way_to_the_noun_it_hangs_on() {
        assert_eq!(before_last("A spokesman for the mayor said"), Some("A spokesman"));
        assert_eq!(before_last("Officials based in Hull said"), Some("Officials"));
        assert_eq!(before_last("one of the guests said"), Some("one of the guests"));
    }

    #[test]
    fn a_body_keeps_its_of() {
        assert_eq!(before_last("the Ministry of Works said"), Some("the Ministry of Works"));
        assert_eq!(from_first("the Ministry of Works in Hull"), Some("the Ministry of Works"));
        assert_eq!(before_last("the President of Freedonia said"), Some("the President"));
    }

    #[test]
    fn days_and_letters_are_no_part_of_a_name() {
        assert_eq!(before_last("Ann Lee on Monday said"), Some("Ann Lee"));
        assert_eq!(before_last("Councillor Ann Lee OBE said"), Some("Ann Lee"));
        assert_eq!(before_last("Ann Lee (Con) says"), Some("Ann Lee"));
    }

    #[test]
    fn what_follows_a_verb_may_describe_before_it_names() {
        assert_eq!(from_first("local baker Ann Lee, 40"), Some("Ann Lee"));
        assert_eq!(from_first("the 36-year-old in tears"), Some("the 36-year-old"));
        assert_eq!(from_first("she of all people"), Some("she"));
    }

    #[test]
    fn a_verb_or_a_number_names_nobody() {
        assert_eq!(before_last("it was announced said"), None);
        assert_eq!(before_last("in 2024 said"), None);
        assert_eq!(before_last("fans of the 80s said"), None);
        assert_eq!(from_first("of all"), None);
    }
}
