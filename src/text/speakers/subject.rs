//! The subject of a verb of saying.

use super::lexicon::Role;
use super::line::Line;
use super::phrase::{self, Form, Phrase};
use super::words::{Sort, Token};

/// How far a clause set between commas may reach, in tokens.
const CLAUSE: usize = 26;

/// How far back a main verb is looked for, in tokens.
const MAIN: usize = 40;

/// How many verbs a search may try in vain.
pub(super) const TRIED: usize = 6;

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
    let Some(found) = phrase::plain_ending_at(line, last) else {
        return true;
    };
    let Some(before) = line.before(found.first) else {
        return false;
    };
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
    let nearest = phrase::plain_ending_at(line, end)?;
    let is_name = nearest.form == Form::Name;
    phrase::ending_at(line, end).filter(|_| !is_name).or(Some(nearest))
}

/// The subject of a participle, an infinitive or a second verb: that of the main verb of the sentence.
pub(super) fn main(line: &Line<'_>, from: usize) -> Option<Phrase> {
    let start = line.sentence(from);
    let reach = from.saturating_sub(MAIN).max(start);
    let is_finite =
        |at: usize| line.get(at).is_some_and(|token| token.is_plain_verb() && !token.ends_with("ing"));
    let is_main =
        |at: usize| is_finite(at) && line.before(at).is_some_and(|previous| !is_conjunction(previous));
    let found = (reach..from).rev().filter(|&at| is_main(at)).take(TRIED).find_map(|at| of(line, at));
    let opens = || {
        if reach == start { opening(line, start) } else { None }
    };
    found.or_else(opens)
}

/// The subject of a verb that it stands too far from to be read back to: what opens the sentence, where `has` is before
/// the verb: `A guest at the hotel where it burned last week has called it “…”`.
pub(super) fn far(line: &Line<'_>, start: usize, verb: usize) -> Option<Phrase> {
    let is_perfect = verb > start && line.has(verb - 1, Role::HAVING);
    if is_perfect { opening(line, start) } else { None }
}

/// The phrase that a sentence opens with, an adverbial before a comma aside.
pub(super) fn opening(line: &Line<'_>, start: usize) -> Option<Phrase> {
    let first = line.get(start)?;
    let is_participle =
        first.ends_with("ing") || (first.ends_with("ed") && line.has(start + 1, Role::PREPOSITION));
    let is_adverb = first.ends_with("ly") && first.is_capital();
    let is_adverbial = first.has(Role::OPENER.or(Role::PREPOSITION)) || is_participle || is_adverb;
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
        let Some(previous) = line.comma_before(end, CLAUSE) else {
            break;
        };
        let inner = end;
        end = previous;
        let Some(found) = previous.checked_sub(1).and_then(|last| phrase::ending_at(line, last)) else {
            continue;
        };
        let is_description = found.form != Form::Name || is_office(line, found.first, previous);
        if is_description
            && best.is_none()
            && let Some(name) = whole_name(line, previous + 1, inner)
        {
            return Some(Phrase { first: found.first, ..name });
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

/// Whether the words from `first` to `end` tell an office rather than a name: `a Democrat`, `the Leader of the Council`.
fn is_office(line: &Line<'_>, first: usize, end: usize) -> bool {
    let has_article = line.get(first).is_some_and(|token| token.is("a") || token.is("an"));
    has_article
        || (line.has(first, Role::DETERMINER) && (first..end).any(|index| line.has(index, Role::OFFICE)))
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The subject of the last verb of saying in `text`.
    fn subject(text: &str) -> Option<&str> {
        let line = Line::read(text, 0..text.len(), &[], 0);
        let verb = (0..line.len()).rev().find(|&index| line.has(index, Role::VERB))?;
        of(&line, verb).map(|found| &text[found.range])
    }

    #[test]
    fn the_subject_stands_right_before_its_verb_or_its_helpers() {
        assert_eq!(subject("On Monday Ann Lee has repeatedly said"), Some("Ann Lee"));
        assert_eq!(subject("the local police later confirmed"), Some("the local police"));
    }

    #[test]
    fn a_clause_between_commas_is_passed_over() {
        assert_eq!(subject("Ann Lee, a lawyer from Hull, where it rained, said"), Some("Ann Lee"));
        assert_eq!(subject("Lee, 43, of Leeds, said"), Some("Lee"));
        assert_eq!(subject("Ann Lee — a lawyer — said"), Some("Ann Lee"));
        assert_eq!(subject("Ann Lee, who owns it, says"), Some("Ann Lee"));
    }

    #[test]
    fn a_name_after_an_office_is_preferred_to_it() {
        assert_eq!(subject("The Leader of the Council, Cllr Ann Lee OBE, said"), Some("Ann Lee"));
        assert_eq!(subject("Another officer, Ann Lee, said"), Some("Ann Lee"));
    }

    #[test]
    fn a_relative_clause_has_the_subject_of_its_antecedent() {
        assert_eq!(subject("a vote against Ann Lee, who called it"), Some("Ann Lee"));
    }

    #[test]
    fn a_second_verb_shares_the_subject_of_the_first() {
        assert_eq!(subject("Ann Lee warned them and called it"), Some("Ann Lee"));
        assert_eq!(subject("Ann Lee reported the loss, calling it"), Some("Ann Lee"));
        assert_eq!(subject("footage of Ann Lee asking"), Some("Ann Lee"));
    }

    #[test]
    fn a_noun_is_no_verb() {
        assert_eq!(subject("over the Russian claim"), None);
        assert_eq!(subject("of Lee’s reply"), None);
    }

    #[test]
    fn a_passive_has_no_subject_that_speaks() {
        assert_eq!(subject("Ann Lee was called"), None);
        assert_eq!(subject("Ann Lee was calling it"), Some("Ann Lee"));
    }
}
