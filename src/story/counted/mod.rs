//! What a number counts, and what is told of it: the key that makes two figures of one series.
//!
//! In order:
//! 1. The unit, or the noun that is counted, in the singular. People may go unnamed: `12 killed`.
//! 2. What is said of it: the participle or what it *is* right after it (`people were killed`, `homes without power`), else
//!    the verb right before it (`killed 12 people`), else the noun whose level it is (`the death toll rose to 17`,
//!    `40% of homes`). Nouns that are a tally by themselves need none (`arrests`).
//! 3. The named places and days of its sentence, as far as they are nearer to it than to another number.
//! 4. What is *more* than was there is no level: `another 12 people` stands alone.
//!
//! A series needs all but places to be the same. Every look goes a bounded way.

use std::ops::Range;

use crate::text::{
    fold::{self, Case},
    numbers::{self, Number, NumberKind, Value},
    speakers,
};

use super::clause::{REACH, sentence_after, sentence_before, words_after, words_before};

#[rustfmt::skip]
mod class;

/// What a number counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Counted {
    /// The unit or the noun, then what is told of it; the same for the same thing.
    pub(super) key: String,
    /// The same for people: `killed`, `homes without power`.
    pub(super) label: String,
    /// The named places and days, folded; empty when there are none.
    pub(super) place: String,
    /// Whether other figures may be of the same series.
    pub(super) may_join: bool,
}

/// What is told of a noun: for comparing, and as written.
struct Told {
    key: String,
    words: String,
    /// Whether it is a noun that the number is the level of, so that nothing else is counted.
    is_level: bool,
}

/// What `number` of `text`, worth `value`, counts; none when nothing tells, or when it is none that is kept. `before` and
/// `after` are the ends of its neighbours.
pub(super) fn counted(
    text: &str,
    number: &Number,
    value: &Value,
    before: usize,
    after: usize,
) -> Option<Counted> {
    value.value?;
    let unit = value.unit.as_deref();
    let is_noun = counts_noun(text, number, unit)?;
    let following = words_after(text, number.range.end);
    let preceding = words_before(text, number.range.start);
    let noun_at = unit.filter(|_| is_noun).and_then(|unit| following.iter().position(|word| *word == unit));
    let noun: Option<String> =
        unit.map(|unit| if is_noun { singular(&fold(unit)) } else { measure(&fold(unit)) });
    let is_tally = noun.as_ref().is_some_and(|noun| is(noun, class::TALLIES));
    let told = if is_noun {
        said_after(&following, noun_at).or_else(|| said_before(&preceding).filter(|_| !is_tally))
    } else {
        of_what(&following)
    };
    let told = told.or_else(|| level(&preceding).filter(|_| noun.is_none() || !is_noun));
    let is_added = is_added(&preceding, &following);
    let (key, label) = match (noun, told) {
        (Some(noun), Some(told)) if noun == "person" => (format!("person {}", told.key), told.words),
        (Some(noun), Some(told)) => {
            let label = if is_noun { format!("{} {}", unit?, told.words) } else { told.words };
            (format!("{noun} {}", told.key), label)
        }
        (None, Some(told)) if is_noun && class::PEOPLE.contains(&told.key.as_str()) => {
            (format!("person {}", told.key), told.words)
        }
        (None, Some(told)) if is_noun && told.is_level => (told.key, told.words),
        (Some(noun), None) => {
            let key = same(&noun).map_or_else(|| noun.clone(), |same| format!("person {same}"));
            let may_join = is_tally && !is_added;
            let place = if may_join { place(text, number, before, after) } else { String::new() };
            return Some(Counted { key, label: unit?.to_owned(), place, may_join });
        }
        _ => return None,
    };
    Some(Counted { key, label, place: place(text, number, before, after), may_join: !is_added })
}

/// Whether a noun is counted, and not measured by a unit; none when a number of this kind is not kept.
fn counts_noun(text: &str, number: &Number, unit: Option<&str>) -> Option<bool> {
    match number.kind {
        NumberKind::Cardinal => Some(true),
        NumberKind::Range => {
            let own = text.get(number.range.clone()).unwrap_or_default();
            Some(unit.is_some_and(|unit| !own.contains(unit)))
        }
        NumberKind::Percent | NumberKind::Money | NumberKind::Quantity => Some(false),
        _ => None,
    }
}

/// Whether the words around a number, nearest first, tell that it is more than was there.
fn is_added(preceding: &[&str], following: &[&str]) -> bool {
    preceding.iter().take(2).chain(following.iter().take(2)).any(|word| is(word, class::ADDING))
        && preceding.first().is_none_or(|word| !is(word, &["than"]))
}

/// What is told of the noun at `noun_at` of the words after a number, right after it.
fn said_after(following: &[&str], noun_at: Option<usize>) -> Option<Told> {
    let rest = following.get(noun_at.map_or(0, |at| at + 1)..).unwrap_or_default();
    let skipped = rest.iter().take_while(|word| is(word, class::BEING) || is(word, class::FILLING)).count();
    let has_being = rest.iter().take(skipped).any(|word| is(word, class::BEING));
    if let [word, next @ ..] = rest.get(skipped..).unwrap_or_default() {
        let next = next.first().copied().filter(|next| !is(next, class::EMPTY) && is_lower(next));
        if is(word, &["without"])
            && let Some(next) = next
        {
            return Some(Told {
                key: format!("without {}", fold(next)),
                words: format!("without {next}"),
                is_level: false,
            });
        }
        let is_state = has_being
            && noun_at.is_some()
            && is_lower(word)
            && !is(word, class::EMPTY)
            && !word.ends_with("ly");
        if is_participle(word) || is_state {
            let word = told(word);
            return Some(match next {
                Some(next) if !next.ends_with("ly") => Told {
                    key: format!("{} {}", word.key, fold(next)),
                    words: format!("{} {next}", word.words),
                    is_level: false,
                },
                _ => word,
            });
        }
    }
    None
}

/// The verb right before a number, whose words before it are given nearest first.
fn said_before(preceding: &[&str]) -> Option<Told> {
    let verb = preceding.iter().find(|word| !is(word, class::HEDGES))?;
    let is_verb =
        is_participle(verb) || (verb.len() > 5 && verb.ends_with("ing")) || is(verb, class::PRESENT);
    (is_verb && !is(verb, class::SAYING) && !is(verb, class::MOVES) && !is(verb, class::LEVELS))
        .then(|| told(verb))
}

/// `40% of homes`: what a share or an amount is of.
fn of_what(following: &[&str]) -> Option<Told> {
    let [of, rest @ ..] = following else { return None };
    let noun = rest.iter().find(|word| !is(word, &["the", "all", "its", "their"]))?;
    (is(of, &["of"]) && is_lower(noun) && !is(noun, class::EMPTY)).then(|| Told {
        key: format!("of {}", singular(&fold(noun))),
        words: format!("of {noun}"),
        is_level: false,
    })
}

/// `the death toll rose to 17`, `a turnout of 45%`: the noun whose level a number is. The words are nearest first.
fn level(preceding: &[&str]) -> Option<Told> {
    let hedges =
        preceding.iter().take_while(|word| is(word, class::HEDGES) && !is(word, &["at", "up"])).count();
    let mut rest = preceding.get(hedges..).unwrap_or_default();
    match rest {
        [link, verb, before @ ..] if is(link, &["to", "at"]) && is(verb, class::MOVES) => rest = before,
        [link, before @ ..] if is(link, &["of"]) || is(link, class::LEVELS) => rest = before,
        _ => return None,
    }
    let beside = rest.iter().take_while(|word| is(word, class::BEING) || is(word, class::FILLING)).count();
    let [noun, before @ ..] = rest.get(beside..).unwrap_or_default() else { return None };
    let is_word_of_none = is(noun, class::EMPTY) || is(noun, class::HEDGES) || is(noun, class::ADDING);
    // Whose age `she is 19` tells changes with every sentence, and of `two` only one is counted.
    let stands_for_others = speakers::is_pronoun(noun) || !numbers::find(noun).is_empty();
    if is_word_of_none || stands_for_others || noun.len() < 3 {
        return None;
    }
    let words = match before.first() {
        Some(first) if !is(first, class::EMPTY) && !is(first, class::HEDGES) => format!("{first} {noun}"),
        _ => (*noun).to_owned(),
    };
    let key = fold(&words);
    Some(match same(&key) {
        Some(same) => Told { key: format!("person {same}"), words: words.to_lowercase(), is_level: true },
        None => Told { key: format!("level {key}"), words: words.to_lowercase(), is_level: true },
    })
}

/// The named places and days of the sentence that are nearer to `number` than to another.
fn place(text: &str, number: &Number, before: usize, after: usize) -> String {
    let Range { start, end } = number.range;
    let left = sentence_before(text, start.saturating_sub(REACH).max(before), start);
    let is_first = left > before || before == 0;
    let mut places = if is_first { named(text.get(left..start).unwrap_or_default()) } else { Vec::new() };
    let right = sentence_after(text, end, after.min(end + REACH));
    places.extend(named(text.get(end..right).unwrap_or_default()));
    places.sort();
    places.dedup();
    places.join(" ")
}

/// The names after a preposition in `part`, folded.
fn named(part: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut is_after = false;
    for word in part.split_whitespace() {
        let bare = word.trim_matches(|char: char| !char.is_alphanumeric());
        if is_after && bare.starts_with(char::is_uppercase) {
            names.push(fold(bare));
            is_after = word.ends_with(char::is_alphanumeric);
        } else {
            is_after = is(bare, class::WHERE) || (is_after && is(bare, &["the"]));
        }
    }
    names
}

fn is_lower(word: &str) -> bool {
    word.starts_with(char::is_lowercase)
}

/// Whether `word`, in whatever case, is of a class.
fn is(word: &str, class: &[&str]) -> bool {
    class.iter().any(|known| known.eq_ignore_ascii_case(word))
}

fn is_participle(word: &str) -> bool {
    is(word, class::PARTICIPLES)
        || (word.len() > 3 && word.ends_with("ed") && !word.ends_with("eed") && is_lower(word))
}

fn told(word: &str) -> Told {
    let stem = stem(&fold(word));
    Told { key: same(&stem).map_or(stem.clone(), str::to_owned), words: word.to_lowercase(), is_level: false }
}

/// What a verb has in common in all its forms.
fn stem(word: &str) -> String {
    let base = ["ing", "ed", "es", "s", "e"]
        .iter()
        .find_map(|end| word.strip_suffix(end).filter(|base| base.len() > 1));
    let base = base.filter(|_| !is(word, class::PARTICIPLES) || word == "missing").unwrap_or(word);
    let base = base.strip_suffix('e').unwrap_or(base);
    let mut letters = base.chars().rev();
    match (letters.next(), letters.next()) {
        (Some(last), Some(before)) if last == before && last != 's' => {
            base.strip_suffix(last).unwrap_or(base).to_owned()
        }
        _ => base.to_owned(),
    }
}

fn singular(noun: &str) -> String {
    if let Some((_, one)) = class::PLURALS.iter().find(|(many, _)| *many == noun) {
        return (*one).to_owned();
    }
    if let Some(base) = noun.strip_suffix("ies") {
        return format!("{base}y");
    }
    let is_plural = noun.ends_with('s') && !noun.ends_with("ss") && !noun.ends_with("us");
    noun.strip_suffix('s').filter(|_| is_plural).unwrap_or(noun).to_owned()
}

fn measure(unit: &str) -> String {
    let known = class::UNITS.iter().find(|(written, _)| *written == unit);
    known.map_or_else(|| singular(unit), |(_, one)| (*one).to_owned())
}

fn same(key: &str) -> Option<&'static str> {
    class::SAME.iter().find(|(written, _)| *written == key).map(|(_, one)| *one)
}

fn fold(text: &str) -> String {
    fold::folded(text, Case::Folded)
}
