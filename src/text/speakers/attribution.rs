//! The attribution of a quotation in its own sentence: after it, before it, or at the sentence's end.

use super::lexicon::Role;
use super::line::Line;
use super::phrase::{self, Form, Phrase};
use super::subject::{self, TRIED};
use super::words::{Sort, Token};

/// How far a sentence is searched on either side, in tokens.
const REACH: usize = 50;

/// How many other quotations a search may cross.
const CROSSED: usize = 4;

/// Who is named as the source of the quotation at token `at`, in its sentence.
pub(super) fn of(line: &Line<'_>, at: usize) -> Option<Phrase> {
    let ahead = label_after(line, at).or_else(|| right_after(line, at));
    if ahead.is_some() {
        return ahead;
    }
    let back = before(line, at);
    if back.as_ref().is_some_and(|found| found.form != Form::Pronoun) {
        return back;
    }
    // `what it called “…”, the ministry said`: a name at the end says more than a pronoun on the way.
    late(line, at)
        .filter(|found| back.is_none() || found.form != Form::Pronoun)
        .or(back)
        .or_else(|| label_before(line, at))
        .or_else(|| signed(line, at))
}

/// `“LEE: …”`, as transcripts name who speaks.
pub(super) fn label_inside(line: &Line<'_>, at: usize) -> Option<Phrase> {
    let token = line.get(at)?;
    let (colon, _) = token.text.char_indices().take(40).find(|&(_, c)| c == ':')?;
    let label = token.text.get(..colon)?;
    let name = label.trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_label = name.len() >= 3
        && name.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | '.' | '-' | '\'' | '’'));
    let start = token.start + label.len() - name.len();
    is_label.then(|| Phrase { first: at, range: start..start + name.trim_end().len(), form: Form::Name })
}

/// `'…': Lee` and `“…” ― Ann Lee, Hull`, where nothing else stands in the line.
fn label_after(line: &Line<'_>, at: usize) -> Option<Phrase> {
    let is_label = at == 0 && matches!(line.sort(1)?, Sort::Colon | Sort::Dash) && line.len() <= 16;
    let found = phrase::starting_at(line, 2).filter(|found| is_label && found.form == Form::Name)?;
    let next = line.tokens().iter().find(|token| token.start >= found.range.end);
    // `'…': Lee vows to stay`
    if line.sort(1) == Some(Sort::Colon) && next.is_some_and(Token::is_plain_verb) {
        return Some(found);
    }
    let more = Role::BEING.or(Role::HAVING).or(Role::BOUNDARY);
    let says_more = line.tokens().iter().skip(2).any(|token| token.is_plain_verb() || token.has(more));
    let is_alone =
        next.is_none_or(|token| matches!(token.sort, Sort::Comma | Sort::Stop | Sort::Open | Sort::Dash));
    (is_alone && !says_more).then_some(found)
}

/// Whether what follows the quotation may attribute it: it ends with a comma, as speech does before `he said`.
fn invites(line: &Line<'_>, at: usize) -> bool {
    let inside = line.get(at).and_then(Token::last_inside);
    let is_set_off = matches!(line.sort(at + 1), Some(Sort::Comma | Sort::Dash));
    let is_first = line.is_sentence_start(at) && inside != Some('.');
    is_set_off || is_first || inside.is_some_and(|c| matches!(c, ',' | '?' | '!' | '…' | '—' | '–' | '-'))
}

/// `“…,” Ms Lee said`, `“…,” said Ms Lee`, `“…,” according to Ms Lee`.
fn right_after(line: &Line<'_>, at: usize) -> Option<Phrase> {
    if !invites(line, at) {
        return None;
    }
    let start =
        (at + 1..at + 4).find(|&index| !matches!(line.sort(index), Some(Sort::Comma | Sort::Dash)))?;
    let first = line.get(start)?;
    if let Some(found) = according(line, start) {
        return Some(found);
    }
    if first.is_plain_verb() && !first.ends_with("ing") {
        return phrase::starting_at(line, start + 1).filter(|_| !first.is("told"));
    }
    for verb in start + 1..start + REACH / 2 {
        let token = line.get(verb)?;
        if matches!(token.sort, Sort::Stop | Sort::Quote(_) | Sort::Colon) {
            return None;
        }
        if token.is_plain_verb()
            && !token.ends_with("ing")
            && let Some(found) = subject::of(line, verb)
        {
            return (found.first == start).then_some(found);
        }
    }
    None
}

/// `according to Ms Lee`.
fn according(line: &Line<'_>, at: usize) -> Option<Phrase> {
    let is_there = line.get(at)?.is("according") && line.get(at + 1)?.is("to");
    let found = phrase::starting_at(line, at + 2).filter(|_| is_there)?;
    Some(described(line, found))
}

/// The name behind a description and its comma: `the fleet’s chief, Ann Lee, …`.
fn described(line: &Line<'_>, found: Phrase) -> Phrase {
    let next = (found.first..line.len())
        .find(|&index| line.get(index).is_some_and(|token| token.start >= found.range.end));
    let comma = next.filter(|&next| found.form == Form::Common && line.sort(next) == Some(Sort::Comma));
    let name = comma.and_then(|comma| phrase::starting_at(line, comma + 1)).filter(|name| {
        let after = line.tokens().iter().find(|token| token.start >= name.range.end);
        let is_closed =
            after.is_none_or(|token| matches!(token.sort, Sort::Comma | Sort::Stop | Sort::Quote(_)));
        name.form == Form::Name && is_closed
    });
    match name {
        Some(name) => Phrase { first: found.first, ..name },
        None => found,
    }
}

/// The nearest verb of saying, or saying of somebody’s, before the quotation in its sentence.
pub(super) fn before(line: &Line<'_>, at: usize) -> Option<Phrase> {
    let start = line.sentence(at);
    let reach = at.saturating_sub(REACH).max(start);
    let mut crossed = 0;
    let mut verb = None;
    let mut tried = 0;
    for index in (reach..at).rev() {
        let token = line.get(index)?;
        crossed += usize::from(matches!(token.sort, Sort::Quote(_)));
        if crossed > CROSSED {
            return None;
        }
        let is_put = token.is("put") && line.get(index + 1).is_some_and(|next| next.is("it"));
        if token.has(Role::VERB) || is_put {
            if let Some(found) = cited(line, index).or_else(|| subject::of(line, index)) {
                return Some(resolved(line, found));
            }
            let is_heard = token.has(Role::HEARD) && index > start && line.has(index - 1, Role::BEING);
            if line.get(index + 1).is_some_and(|next| next.is("by")) {
                return phrase::starting_at(line, index + 2);
            }
            if is_heard {
                return None;
            }
            verb = verb.or(Some(index));
            tried += 1;
            if tried == TRIED {
                return None;
            }
        } else if token.is_possessive() && owns_saying(line, index, at) {
            return phrase::plain_ending_at(line, index);
        } else if let Some(found) = according(line, index) {
            return Some(found);
        }
    }
    if reach > start {
        return None;
    }
    if line.before(at).is_some_and(|token| token.sort == Sort::Colon) {
        return led_in(line, start);
    }
    verb.and_then(|verb| subject::far(line, start, verb))
}

/// A pronoun amid a sentence stands for the subject of the sentence: `Ms Lee condemned what she called “…”`.
fn resolved(line: &Line<'_>, found: Phrase) -> Phrase {
    if found.form != Form::Pronoun || line.is_sentence_start(found.first) {
        return found;
    }
    subject::main(line, found.first).filter(|main| main.form != Form::Pronoun).unwrap_or(found)
}

/// `Ms Lee’s claim that “…”`, `Ms Lee’s “…” remark`: whether the possessive at `index` owns a saying.
fn owns_saying(line: &Line<'_>, index: usize, at: usize) -> bool {
    let is_before = (index + 1..at.min(index + 4)).any(|next| line.has(next, Role::SAYING));
    is_before || (index + 1 == at && line.has(at + 1, Role::SAYING))
}

/// `quoted Ms Lee as saying`, `Ms Lee was quoted as saying`, `quoting Ms Lee`.
fn cited(line: &Line<'_>, verb: usize) -> Option<Phrase> {
    let token = line.get(verb)?;
    if token.is("quoting") || token.is("citing") {
        return phrase::starting_at(line, verb + 1);
    }
    if !line.before(verb)?.is("as") {
        return None;
    }
    let citing = (verb.saturating_sub(10)..verb).rev().find(|&index| line.has(index, Role::CITING))?;
    if citing + 2 < verb {
        return phrase::starting_at(line, citing + 1);
    }
    let mut being = citing.checked_sub(1).filter(|&index| line.has(index, Role::BEING))?;
    if line.has(being.checked_sub(1)?, Role::HAVING) {
        being -= 1;
    }
    phrase::ending_at(line, being.checked_sub(1)?)
}

/// A sentence that ends in a colon without a verb of saying: `Ms Lee: “…”`, `From Ms Lee:`, `Ms Lee signs off:`.
fn led_in(line: &Line<'_>, start: usize) -> Option<Phrase> {
    if line.get(start)?.is("From") {
        return phrase::starting_at(line, start + 1);
    }
    let found = subject::opening(line, start);
    found.filter(|found| can_speak(line, found)).or_else(|| doer(line, start))
}

/// The name before a verb that is not one of saying: `Lee signs off:`.
fn doer(line: &Line<'_>, start: usize) -> Option<Phrase> {
    let no_name = Role::DETERMINER.or(Role::OPENER).or(Role::COUNT);
    let is_named = |token: &Token<'_>| token.is_capital() && !token.is_possessive() && !token.has(no_name);
    let verb = (start..start + 5).find(|&index| !line.get(index).is_some_and(is_named))?;
    let is_verb = line.get(verb)?.ends_with("s") && line.sort(verb + 1) == Some(Sort::Word);
    if is_verb && verb > start { phrase::plain_ending_at(line, verb - 1) } else { None }
}

/// Whether a phrase is plainly somebody: `Doctors’ strike: “…”` names a subject, not a speaker.
fn can_speak(line: &Line<'_>, found: &Phrase) -> bool {
    let words = line.tokens().iter().skip(found.first).take_while(|token| token.start < found.range.end);
    let is_official = words.last().is_some_and(|token| token.has(Role::OFFICE));
    found.form != Form::Common || is_official || line.has(found.first, Role::DETERMINER)
}

/// An attribution that ends the sentence: `… a “mess”, Ms Lee said.`
fn late(line: &Line<'_>, at: usize) -> Option<Phrase> {
    if line.get(at).is_some_and(Token::ends_sentence) {
        return None;
    }
    let mut crossed = 0;
    for index in at + 1..at + REACH {
        let token = line.get(index)?;
        match token.sort {
            Sort::Stop => return None,
            Sort::Quote(_) if crossed == CROSSED || token.ends_sentence() => return None,
            Sort::Quote(_) => crossed += 1,
            Sort::Word => {
                let found = according(line, index).or_else(|| late_verb(line, index, at));
                if found.is_some() {
                    return found;
                }
            }
            _ => {}
        }
    }
    None
}

/// The subject of the verb at `index` where it ends the sentence or a part of it: `, Ms Lee said.`, `, said Ms Lee`,
/// `as Ms Lee put it`.
fn late_verb(line: &Line<'_>, index: usize, at: usize) -> Option<Phrase> {
    let token = line.get(index)?;
    let follows_comma = |index: usize| {
        line.before(index).is_some_and(|token| {
            matches!(token.sort, Sort::Comma | Sort::Quote(_)) && token.last_inside().is_none_or(|c| c == ',')
        })
    };
    if token.is("put") || token.is("puts") {
        let is_it = line.get(index + 1).is_some_and(|token| token.is("it"));
        return subject::of(line, index).filter(|found| {
            is_it && found.first > at && line.before(found.first).is_some_and(|token| token.is("as"))
        });
    }
    if !token.has(Role::VERB) || token.ends_with("ing") {
        return None;
    }
    let is_end = line.get(index + 1).is_none_or(|next| {
        matches!(next.sort, Sort::Stop | Sort::Comma) || next.has(Role::DAY.or(Role::PREPOSITION))
    });
    let found = if is_end {
        subject::of(line, index).filter(|found| found.first > at && follows_comma(found.first))
    } else {
        None
    };
    found.or_else(|| {
        if follows_comma(index) && !token.has(Role::HEARD) {
            phrase::starting_at(line, index + 1)
        } else {
            None
        }
    })
}

/// `Lee: it was a 'mess'`, a headline under the name of its source.
fn label_before(line: &Line<'_>, at: usize) -> Option<Phrase> {
    let colon = (0..at.min(6)).find(|&index| line.sort(index) == Some(Sort::Colon))?;
    // `Lee’s Corner: doors open 'at noon'` names a place.
    let is_named = |token: &Token<'_>| token.is_capital() && !token.is_possessive();
    let is_name = line.len() <= 30 && line.tokens().iter().take(colon).all(is_named);
    phrase::starting_at(line, 0).filter(|found| is_name && found.form == Form::Name)
}

/// `Talks 'at an end' - Lee`, a headline signed with the name of its source.
fn signed(line: &Line<'_>, at: usize) -> Option<Phrase> {
    let end = line.len();
    let dash = (end.saturating_sub(5)..end).rev().find(|&index| line.sort(index) == Some(Sort::Dash))?;
    let is_headline = at < dash && end <= 24 && line.sentence(end) == 0;
    let is_name = dash + 1 < end && line.tokens().iter().skip(dash + 1).all(Token::is_capital);
    if is_headline && is_name { phrase::starting_at(line, dash + 1) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The source of the first stretch between curly marks in `text`.
    fn source(text: &str) -> Option<&str> {
        let quote = text.find('“')?..text.find('”')? + '”'.len_utf8();
        let line = Line::read(text, 0..text.len(), std::slice::from_ref(&quote), 0);
        let at = line.tokens().iter().position(|token| matches!(token.sort, Sort::Quote(_)))?;
        of(&line, at).map(|found| &text[found.range])
    }

    #[test]
    fn the_nearest_verb_of_saying_wins() {
        assert_eq!(source("Ford said Lee had called it “dead”."), Some("Lee"));
        assert_eq!(source("Ford said that Lee’s plan was “dead”."), Some("Ford"));
    }

    #[test]
    fn a_name_behind_a_description_is_preferred_to_it() {
        assert_eq!(source("“We go,” according to the fleet’s chief, Ann Lee, on Monday."), Some("Ann Lee"));
        assert_eq!(source("“We go,” according to the fleet’s chief, who left."), Some("the fleet’s chief"));
    }

    #[test]
    fn speech_that_ends_its_sentence_is_not_attributed_by_the_next() {
        assert_eq!(source("It is “dead.” Ford said nothing."), None);
    }

    #[test]
    fn a_place_before_a_colon_says_nothing() {
        assert_eq!(source("Lee’s Corner: doors open “at noon”"), None);
    }

    #[test]
    fn a_headline_names_its_source_before_or_after_a_colon() {
        assert_eq!(source("Ford: council made “grave” error"), Some("Ford"));
        assert_eq!(source("“We will stay”: Ford vows to fight"), Some("Ford"));
        assert_eq!(source("Council made “grave” error - Ford"), Some("Ford"));
        assert_eq!(source("Ford signs off: “Good night.”"), Some("Ford"));
        assert_eq!(source("Doctors’ strike: “No end” to row"), None);
        assert_eq!(source("“We will stay”: what it means for Hull"), None);
    }

    #[test]
    fn a_pronoun_amid_the_sentence_is_its_subject() {
        assert_eq!(source("Ford told them what she called “a farce”."), Some("Ford"));
        assert_eq!(source("Ford condemned what she called “a farce”."), Some("Ford"));
    }

    #[test]
    fn a_label_inside_the_marks_must_be_in_capitals() {
        assert_eq!(source("“FORD: We stay.”"), None);
        let line = Line::read(
            "“Note: it”",
            0.."“Note: it”".len(),
            std::slice::from_ref(&(0.."“Note: it”".len())),
            0,
        );
        assert_eq!(label_inside(&line, 0), None);
    }
}
