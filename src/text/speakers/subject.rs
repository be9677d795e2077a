//! The subject of a verb of saying.

use super::lexicon::Role;
use super::line::Line;
use super::phrase::{self, Form, Phrase};
use super::words::{Sort, Token};

/// How far a clause set between commas may reach, in tokens.
const CLAUSE: usize = 26;

/// How far back a main verb is looked for, in tokens.
const MAIN: usize = 40;

/// The subject of the verb at `verb`.
pub(super) fn of(line: &Line<'_>, verb: usize) -> Option<Phrase> {
    let token = line.get(verb)?;
    let is_participle = token.ends_with("ing") && !token.is_capital();
    let (at, is_being) = before_helpers(line, verb, is_participle);
    // `was called` is what others did.
    if is_being && !is_participle {
        return None;
    }
    let last = at.checked_sub(1)?;
    let previous = line.get(last)?;
    match previous.sort {
        _ if is_participle && !is_being => name_before(line, last).or_else(|| main(line, verb)),
        Sort::Word if previous.has(Role::PRONOUN) => phrase::plain_ending_at(line, last),
        Sort::Word if previous.has(Role::RELATIVE) => antecedent(line, last),
        Sort::Word if is_conjunction(previous) => main(line, last),
        Sort::Word if previous.is_possessive() || previous.has(Role::DETERMINER.or(Role::PREPOSITION)) => {
            None
        }
        Sort::Word | Sort::Close if token.has(Role::NOUN) && is_noun(line, last) => None,
        Sort::Word | Sort::Close => phrase::ending_at(line, last),
        Sort::Comma => set_off(line, last),
        Sort::Quote(_) if previous.last_inside() == Some(',') => relative_before(line, last),
        Sort::Dash => {
            let open = line.last_before(last, Sort::Dash, CLAUSE)?;
            phrase::ending_at(line, open.checked_sub(1)?)
        }
        _ => None,
    }
}

/// Where the auxiliaries and adverbs before the verb begin, and whether they make it passive or progressive.
fn before_helpers(line: &Line<'_>, verb: usize, is_participle: bool) -> (usize, bool) {
    let mut at = verb;
    let mut is_being = false;
    for _ in 0..6 {
        let Some(token) = line.before(at).filter(|token| {
            token.has(Role::HELPER.or(Role::BEING).or(Role::HAVING)) && !token.is_possessive()
        }) else {
            break;
        };
        let starts = ["kept", "started", "began", "begin", "begins"].iter().any(|word| token.is(word));
        is_being |= token.has(Role::BEING) || (is_participle && (starts || token.has(Role::HAVING)));
        at -= 1;
    }
    (at, is_being)
}

fn is_conjunction(token: &Token<'_>) -> bool {
    ["and", "but", "or", "to", "then"].iter().any(|word| token.is(word))
}

/// Whether a word that is a noun as often as a verb is one after the phrase that ends at `last`: `over the Russian claim`.
fn is_noun(line: &Line<'_>, last: usize) -> bool {
    let Some(found) = phrase::plain_ending_at(line, last) else { return true };
    let Some(before) = line.before(found.first) else { return false };
    let is_listed = before.is("and") && found.form == Form::Common;
    is_listed || before.is_plain_verb() || before.has(Role::PREPOSITION) || before.is_possessive()
}

/// A name right before a participle: `footage of Ann Lee asking`.
fn name_before(line: &Line<'_>, last: usize) -> Option<Phrase> {
    let token = line.get(last)?;
    let found = phrase::plain_ending_at(line, last).filter(|_| token.is_capital())?;
    (found.form == Form::Name).then_some(found)
}

/// What the relative pronoun at `index` stands for.
fn antecedent(line: &Line<'_>, index: usize) -> Option<Phrase> {
    let end = index.checked_sub(1)?;
    let end = if line.sort(end) == Some(Sort::Comma) { end.checked_sub(1)? } else { end };
    phrase::ending_at(line, end).or_else(|| phrase::plain_ending_at(line, end))
}

/// The subject of a participle, an infinitive or a second verb: that of the main verb of the sentence.
pub(super) fn main(line: &Line<'_>, from: usize) -> Option<Phrase> {
    let start = line.sentence(from);
    let reach = from.saturating_sub(MAIN).max(start);
    for at in (reach..from).rev() {
        let is_finite = line.get(at).is_some_and(|token| token.is_plain_verb() && !token.ends_with("ing"));
        let is_plain = is_finite && line.before(at).is_some_and(|previous| !is_conjunction(previous));
        if is_plain && let Some(found) = of(line, at) {
            return Some(found);
        }
    }
    (reach == start).then(|| opening(line, start)).flatten()
}

/// The phrase that a sentence opens with, an adverbial before a comma aside.
pub(super) fn opening(line: &Line<'_>, start: usize) -> Option<Phrase> {
    let first = line.get(start)?;
    let is_adverbial = first.has(Role::OPENER.or(Role::PREPOSITION))
        || first.ends_with("ing")
        || (first.ends_with("ly") && first.is_capital());
    if !is_adverbial {
        return phrase::starting_at(line, start);
    }
    let comma = (start..start + CLAUSE)
        .find(|&index| matches!(line.sort(index), None | Some(Sort::Comma | Sort::Stop)))?;
    if line.sort(comma) == Some(Sort::Comma) { phrase::starting_at(line, comma + 1) } else { None }
}

/// The subject before a clause set off by commas, the second of which is at `comma`: `Ann Lee, the chief, said`.
fn set_off(line: &Line<'_>, comma: usize) -> Option<Phrase> {
    let mut end = comma;
    let mut best: Option<Phrase> = None;
    for _ in 0..4 {
        let Some(previous) = line.comma_before(end, CLAUSE) else { break };
        let inner = end;
        end = previous;
        let Some(found) = previous.checked_sub(1).and_then(|last| phrase::ending_at(line, last)) else {
            continue;
        };
        let has_article = line.get(found.first).is_some_and(|token| token.is("a") || token.is("an"));
        let is_description = found.form != Form::Name || has_article;
        if is_description
            && best.is_none()
            && let Some(name) = whole_name(line, previous + 1, inner)
        {
            return Some(name);
        }
        let follows_comma = line.before(found.first).is_some_and(|token| token.sort == Sort::Comma);
        if best.is_none() || !is_description {
            best = Some(found);
        }
        if !is_description || !follows_comma {
            break;
        }
    }
    best.or_else(|| {
        phrase::ending_at(line, comma.checked_sub(1)?).filter(|found| line.is_sentence_start(found.first))
    })
}

/// The name that takes up all between two commas: `Another officer, Ann Lee, said`.
fn whole_name(line: &Line<'_>, start: usize, end: usize) -> Option<Phrase> {
    let is_name = (start..end)
        .all(|index| line.get(index).is_some_and(|token| token.is_capital() || token.has(Role::PARTICLE)));
    phrase::plain_ending_at(line, end.checked_sub(1)?).filter(|found| is_name && found.form == Form::Name)
}

/// `Ann Lee, who called it “dead,” said`: the comma that ends the clause stands inside the quotation at `quote`.
fn relative_before(line: &Line<'_>, quote: usize) -> Option<Phrase> {
    let comma = line.comma_before(quote, CLAUSE)?;
    let is_relative = line.get(comma + 1).is_some_and(|token| token.has(Role::RELATIVE) || token.is("whose"));
    if is_relative { phrase::ending_at(line, comma.checked_sub(1)?) } else { None }
}
