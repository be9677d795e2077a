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
        if line.get(holder)?.is("Secretary")
            && line.get(found.first)?.is("State")
            && line.get(found.first + 1).is_some_and(|token| token.start < found.range.end)
        {
            let start = line.get(found.first + 1)?.start;
            return Some(Phrase { first: holder, range: start..found.range.end, form: Form::Name });
        }
        // `officials based in Hull`, `the man leading on trade`: the participle stands between.
        let is_participle = line
            .get(holder)
            .is_some_and(|token| !token.is_capital() && (token.ends_with("ed") || token.ends_with("ing")));
        let holder = if is_participle { holder.checked_sub(1)? } else { holder };
        found = plain_ending_at(line, holder)?;
    }
    None
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
    let is_number = token.text.bytes().all(|byte| byte.is_ascii_digit());
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
        let Some(previous) = line.before(first) else { break };
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
        let Some(previous) = line.before(full).filter(|token| !is_edge(token)) else { break };
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
    let mut end = start;
    while end - start < LENGTH {
        let Some(token) = line.get(end) else { break };
        let is_article = token.has(Role::DETERMINER)
            && (end == start || line.before(end).is_some_and(|token| token.has(Role::DETERMINER)));
        let is_after_name =
            line.before(end).is_some_and(|token| token.is_capital() && !token.has(Role::DETERMINER))
                && token.ends_with("ed")
                && !token.is_capital();
        let is_adverb =
            token.has(Role::HELPER.or(Role::DAY)) && !(token.is_capital() && !token.has(Role::DAY));
        if !is_article
            && (is_edge(token) || is_adverb || is_after_name || (end > start && token.has(Role::DETERMINER)))
        {
            break;
        }
        end += 1;
    }
    let last = end.checked_sub(1).filter(|&last| last >= start && is_head(line, last))?;
    let token = line.get(last)?;
    if token.is_capital() {
        return name_ending_at(line, last).map(|found| Phrase { first: start, ..found });
    }
    Some(Phrase { first: start, range: first.start..token.bare_end(), form: Form::Common })
}
