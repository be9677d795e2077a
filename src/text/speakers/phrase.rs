//! Noun phrases beside a verb: the subject before it, or the one that follows.
//!
//! A phrase is the shortest that names its holder: `Prime Minister Ann Lee` gives `Ann Lee`, `the mayor of Hull` gives
//! `the mayor`. Each search looks back or ahead over a bounded number of tokens.

use std::ops::Range;

use super::lexicon::{
    self, COURTESIES, DETERMINERS, POST_NOMINALS, PREPOSITIONS, PRONOUNS, RELATIVES,
};
use super::words::{Sort, Token};

/// How many tokens a phrase may have, and how far a clause set between commas may reach.
const PHRASE: usize = 10;
const CLAUSE: usize = 26;

/// A phrase that may name a speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    /// The token its full form begins with: the title, the determiner.
    pub(super) first: usize,
    /// What names the holder, in bytes.
    pub(super) range: Range<usize>,
    /// A name or a courtesy title rather than a common noun.
    pub(super) is_name: bool,
}

/// Name parts in lower case.
const PARTICLES: &[&str] = &[
    "de", "van", "von", "der", "den", "bin", "al", "el", "da", "di", "du", "la", "le", "ben",
    "ibn", "dos", "del",
];

fn get<'t, 'a>(tokens: &'t [Token<'a>], index: usize) -> Option<&'t Token<'a>> {
    tokens.get(index)
}

fn before<'t, 'a>(tokens: &'t [Token<'a>], index: usize) -> Option<&'t Token<'a>> {
    index.checked_sub(1).and_then(|index| tokens.get(index))
}

/// Whether a new sentence begins at `index`.
pub(super) fn is_sentence_start(tokens: &[Token<'_>], index: usize) -> bool {
    before(tokens, index).is_none_or(|token| match token.sort {
        Sort::Stop => true,
        Sort::Quote(_) => {
            ends_sentence(token)
                && get(tokens, index)
                    .is_none_or(|next| next.is_capital() || matches!(next.sort, Sort::Quote(_)))
        }
        _ => false,
    })
}

/// Whether a quotation ends with a full stop or the like inside its marks.
pub(super) fn ends_sentence(quote: &Token<'_>) -> bool {
    quote_end(quote).is_some_and(|c| matches!(c, '.' | '!' | '?' | '…'))
}

/// The last character inside the marks.
pub(super) fn quote_end(quote: &Token<'_>) -> Option<char> {
    quote.text.chars().rev().find(|c| !crate_mark(*c))
}

fn crate_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '”'
            | '„'
            | '‘'
            | '’'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '「'
            | '」'
            | '『'
            | '』'
            | '‟'
            | '＂'
    ) || c.is_whitespace()
}

/// The subject of the verb at `verb`, which stands before it.
pub(super) fn subject(tokens: &[Token<'_>], verb: usize) -> Option<Phrase> {
    let is_participle = get(tokens, verb).is_some_and(|token| token.text.ends_with("ing"));
    let mut at = verb;
    let mut is_being = false;
    for _ in 0..6 {
        let Some(token) = before(tokens, at).filter(|token| {
            token.is_word() && lexicon::is_helper(token.text) && !token.is_possessive()
        }) else {
            break;
        };
        is_being |= token.is_any(&[
            "is", "are", "was", "were", "be", "been", "being", "kept", "went", "goes", "started",
            "began", "begin", "starts", "begins", "has", "have",
        ]) && (is_participle || !token.is_any(&["has", "have"]));
        at -= 1;
    }
    // `was called` is what others did.
    if is_being && !is_participle {
        return None;
    }
    let previous = before(tokens, at)?;
    match previous.sort {
        _ if is_participle && !is_being => main_subject(tokens, verb),
        Sort::Word if previous.is_any(PRONOUNS) => Some(pronoun(tokens, at - 1)),
        Sort::Word if previous.is_any(RELATIVES) => antecedent(tokens, at - 1),
        Sort::Word if previous.is_any(&["and", "but", "or", "to"]) => main_subject(tokens, at - 1),
        Sort::Word
            if previous.is_possessive()
                || previous.is_any(DETERMINERS)
                || previous.is_any(PREPOSITIONS) =>
        {
            None
        }
        Sort::Word => ending_at(tokens, at - 1, 0),
        Sort::Comma => set_off(tokens, at - 1),
        Sort::Quote(_) if quote_end(previous) == Some(',') => relative_before(tokens, at - 1),
        Sort::Bracket => bracketed(tokens, at - 1),
        Sort::Dash => dashed(tokens, at - 1),
        _ => None,
    }
}

fn pronoun(tokens: &[Token<'_>], index: usize) -> Phrase {
    Phrase {
        first: index,
        range: get(tokens, index).map_or(0..0, Token::range),
        is_name: false,
    }
}

/// What `who` or `which` at `index` stands for.
fn antecedent(tokens: &[Token<'_>], index: usize) -> Option<Phrase> {
    let end = index.checked_sub(1)?;
    let end = if get(tokens, end)?.sort == Sort::Comma {
        end.checked_sub(1)?
    } else {
        end
    };
    if get(tokens, end)?.sort == Sort::Comma {
        None
    } else {
        ending_at(tokens, end, 0)
    }
}

/// The subject of a participle, an infinitive or a second verb: that of the main verb of the sentence.
fn main_subject(tokens: &[Token<'_>], from: usize) -> Option<Phrase> {
    let mut at = from;
    for _ in 0..40 {
        if is_sentence_start(tokens, at) {
            break;
        }
        at -= 1;
        let Some(token) = get(tokens, at) else { break };
        let is_finite = token.is_word()
            && !token.is_capital()
            && lexicon::is_verb(token.text)
            && !token.text.ends_with("ing");
        let is_plain = is_finite
            && before(tokens, at)
                .is_some_and(|previous| !previous.is_any(&["and", "but", "or", "to"]));
        if is_plain && let Some(found) = subject(tokens, at) {
            return Some(found);
        }
    }
    is_sentence_start(tokens, at)
        .then(|| opening(tokens, at))
        .flatten()
}

/// The phrase a sentence opens with, an adverbial before a comma aside.
pub(super) fn opening(tokens: &[Token<'_>], start: usize) -> Option<Phrase> {
    let first = get(tokens, start)?;
    if first.is_word()
        && (lexicon::is_opener(first.text)
            || first.text.ends_with("ing")
            || (first.text.ends_with("ly") && first.is_capital()))
    {
        let comma = (start..start + CLAUSE).find(|&index| {
            get(tokens, index).is_none_or(|token| matches!(token.sort, Sort::Comma | Sort::Stop))
        })?;
        get(tokens, comma).filter(|token| token.sort == Sort::Comma)?;
        return starting_at(tokens, comma + 1);
    }
    starting_at(tokens, start)
}

/// The subject before a clause set off by commas, the second of which is at `comma`: `Ann Lee, the chief, said`.
fn set_off(tokens: &[Token<'_>], comma: usize) -> Option<Phrase> {
    let mut end = comma;
    let mut best: Option<Phrase> = None;
    for _ in 0..4 {
        let Some(previous) = comma_before(tokens, end) else {
            break;
        };
        let Some(found) = previous
            .checked_sub(1)
            .and_then(|last| ending_at(tokens, last, 0))
        else {
            end = previous;
            continue;
        };
        let is_description = !found.is_name
            || get(tokens, found.first).is_some_and(|token| token.is_any(&["a", "an"]));
        let follows_comma =
            before(tokens, found.first).is_some_and(|token| token.sort == Sort::Comma);
        end = previous;
        if best.is_none() || found.is_name {
            best = Some(found);
        }
        if !is_description || !follows_comma {
            break;
        }
    }
    best.or_else(|| {
        comma
            .checked_sub(1)
            .and_then(|last| ending_at(tokens, last, 0))
            .filter(|found| is_sentence_start(tokens, found.first))
    })
}

/// The comma before the one at `end`, in the same sentence and within a clause's length.
fn comma_before(tokens: &[Token<'_>], end: usize) -> Option<usize> {
    let from = end.saturating_sub(CLAUSE);
    let found = (from..end).rev().find(|&index| {
        get(tokens, index).is_some_and(|token| matches!(token.sort, Sort::Comma | Sort::Stop))
    })?;
    get(tokens, found)
        .filter(|token| token.sort == Sort::Comma)
        .map(|_| found)
}

/// `Ann Lee, who called it “dead,” said`: the comma that ends the clause stands inside the quotation at `quote`.
fn relative_before(tokens: &[Token<'_>], quote: usize) -> Option<Phrase> {
    let comma = comma_before(tokens, quote)?;
    get(tokens, comma + 1).filter(|token| token.is_any(&["who", "which", "whose"]))?;
    comma
        .checked_sub(1)
        .and_then(|last| ending_at(tokens, last, 0))
}

/// `Ann Lee (Con) says`.
fn bracketed(tokens: &[Token<'_>], close: usize) -> Option<Phrase> {
    let from = close.saturating_sub(PHRASE);
    let open = (from..close)
        .rev()
        .find(|&index| get(tokens, index).is_some_and(|token| token.sort == Sort::Bracket))?;
    open.checked_sub(1)
        .and_then(|last| ending_at(tokens, last, 0))
}

/// `Ann Lee — a lawyer — said`.
fn dashed(tokens: &[Token<'_>], dash: usize) -> Option<Phrase> {
    let from = dash.saturating_sub(CLAUSE);
    let open = (from..dash).rev().find(|&index| {
        get(tokens, index).is_some_and(|token| matches!(token.sort, Sort::Dash | Sort::Stop))
    })?;
    get(tokens, open).filter(|token| token.sort == Sort::Dash)?;
    open.checked_sub(1)
        .and_then(|last| ending_at(tokens, last, 0))
}

/// The noun phrase whose last word is at `end`.
pub(super) fn ending_at(tokens: &[Token<'_>], end: usize, depth: usize) -> Option<Phrase> {
    let mut end = end;
    while get(tokens, end).is_some_and(|token| token.is_word() && lexicon::is_day(token.text)) {
        end = end.checked_sub(1)?;
        if get(tokens, end).is_some_and(|token| token.is_any(&["on", "late", "early"])) {
            end = end.checked_sub(1)?;
        }
    }
    let last = get(tokens, end)?;
    if last.is_any(PRONOUNS) {
        return Some(pronoun(tokens, end));
    }
    if !is_head(last) {
        return None;
    }
    let found = if last.is_capital() {
        name_ending_at(tokens, end)?
    } else {
        common_ending_at(tokens, end)?
    };
    owner(tokens, found, end, depth)
}

fn is_head(token: &Token<'_>) -> bool {
    let is_plain = token.is_word()
        && token.text.len() > 1
        && !token.text.bytes().all(|byte| byte.is_ascii_digit());
    let is_common = || {
        !lexicon::is_boundary(token.text)
            && !token.is_any(PREPOSITIONS)
            && !token.is_any(DETERMINERS)
            && !lexicon::is_helper(token.text)
    };
    is_plain && (token.is_capital() || is_common())
}

/// The run of capitals that ends at `end`, without what is only a title.
fn name_ending_at(tokens: &[Token<'_>], end: usize) -> Option<Phrase> {
    let mut first = end;
    while end - first < PHRASE {
        let Some(previous) = before(tokens, first) else {
            break;
        };
        let is_particle = previous.is_any(PARTICLES)
            && first >= 2
            && get(tokens, first - 2).is_some_and(Token::is_capital);
        if previous.is_possessive() || !(previous.is_capital() || is_particle) {
            break;
        }
        first -= 1;
    }
    while first < end
        && get(tokens, first).is_some_and(|token| {
            lexicon::is_day(token.text)
                || (is_sentence_start(tokens, first) && lexicon::is_opener(token.text))
        })
    {
        first += 1;
    }
    let range = name_range(tokens, first, end)?;
    let mut full = first;
    while first - full < PHRASE {
        let Some(previous) = before(tokens, full).filter(|token| token.is_word()) else {
            break;
        };
        if is_stop_word(previous) {
            break;
        }
        full -= 1;
        if previous.is_any(DETERMINERS) {
            break;
        }
    }
    Some(Phrase {
        first: full,
        range,
        is_name: true,
    })
}

/// Words that end a phrase when it is read from its end.
fn is_stop_word(token: &Token<'_>) -> bool {
    let is_verb = !token.is_capital() && lexicon::is_verb(token.text);
    is_verb
        || lexicon::is_boundary(token.text)
        || token.is_any(PREPOSITIONS)
        || (token.is_any(PRONOUNS) && !token.is_any(DETERMINERS))
}

/// What of a run of capitals names its holder: offices before it and letters after it are dropped.
fn name_range(tokens: &[Token<'_>], first: usize, last: usize) -> Option<Range<usize>> {
    let run = tokens.get(first..=last)?;
    let mut end = run.len();
    while end > 2
        && run
            .get(end - 1)
            .is_some_and(|token| token.is_any(POST_NOMINALS) || lexicon::is_day(token.text))
    {
        end -= 1;
    }
    let run = run.get(..end)?;
    let office = run
        .iter()
        .take(end - 1)
        .rposition(|token| lexicon::is_office(token.text));
    let courtesy = run
        .iter()
        .take(end - 1)
        .position(|token| token.is_any(COURTESIES));
    let mut start = office
        .map_or(0, |index| index + 1)
        .max(courtesy.unwrap_or(0));
    let is_office = run
        .last()
        .is_some_and(|token| lexicon::is_office(token.text) || token.is_any(&["Party", "House"]));
    if is_office && courtesy.is_none() {
        start = 0;
    }
    let mut from = run.get(start)?.start;
    // An office or a body keeps its article: `the Treasury`, `the White House`.
    if start == 0
        && let Some(article) =
            before(tokens, first).filter(|token| token.is_any(&["the", "a", "an"]))
    {
        from = article.start;
    }
    Some(from..without_possessive(run.last()?))
}

/// The end of a word without its `’s`.
pub(super) fn without_possessive(token: &Token<'_>) -> usize {
    let cut = ["'s", "’s", "'S", "’S", "'", "’"]
        .iter()
        .find_map(|end| token.text.strip_suffix(end));
    token.start + cut.map_or(token.text.len(), str::len)
}

/// `the 36-year-old`, `local officials`: a phrase that ends in a common noun.
fn common_ending_at(tokens: &[Token<'_>], end: usize) -> Option<Phrase> {
    let mut first = end;
    while let Some(previous) =
        before(tokens, first).filter(|token| token.is_word() && !is_stop_word(token))
    {
        if end - first >= PHRASE
            || (is_sentence_start(tokens, first - 1)
                && (lexicon::is_opener(previous.text) || lexicon::is_day(previous.text)))
        {
            break;
        }
        first -= 1;
        if previous.is_any(DETERMINERS) {
            break;
        }
    }
    if end - first >= PHRASE {
        return None;
    }
    let range = get(tokens, first)?.start..without_possessive(get(tokens, end)?);
    Some(Phrase {
        first,
        range,
        is_name: false,
    })
}

/// The noun that a phrase hangs on by a preposition: `a spokesman for the mayor` is the spokesman.
fn owner(tokens: &[Token<'_>], found: Phrase, end: usize, depth: usize) -> Option<Phrase> {
    let Some(preposition) = found.first.checked_sub(1) else {
        return Some(found);
    };
    let Some(token) = get(tokens, preposition).filter(|token| token.is_any(PREPOSITIONS)) else {
        return Some(joined(tokens, found));
    };
    if is_sentence_start(tokens, preposition) {
        return Some(found);
    }
    let holder = preposition.checked_sub(1)?;
    if depth >= 3 {
        return None;
    }
    if token.is("of")
        && get(tokens, holder).is_some_and(|word| {
            word.is_any(&[
                "one", "some", "many", "several", "two", "three", "most", "all", "each",
            ])
        })
    {
        let last = get(tokens, end)?;
        return Some(Phrase {
            first: holder,
            range: get(tokens, holder)?.start..last.end(),
            is_name: false,
        });
    }
    ending_at(tokens, holder, depth + 1)
}

/// `Ann and Lee`, where the pair opens the sentence.
fn joined(tokens: &[Token<'_>], found: Phrase) -> Phrase {
    let is_joined =
        found.is_name && before(tokens, found.first).is_some_and(|token| token.is("and"));
    let first = found.first.checked_sub(2).filter(|_| is_joined);
    let other = first
        .filter(|&index| get(tokens, index).is_some_and(Token::is_capital))
        .and_then(|index| name_ending_at(tokens, index));
    match other.filter(|other| is_sentence_start(tokens, other.first)) {
        Some(other) => Phrase {
            first: other.first,
            range: other.range.start..found.range.end,
            is_name: true,
        },
        None => found,
    }
}

/// The noun phrase whose first word is at `start`.
pub(super) fn starting_at(tokens: &[Token<'_>], start: usize) -> Option<Phrase> {
    let first = get(tokens, start)?;
    if first.is_any(PRONOUNS) {
        return Some(pronoun(tokens, start));
    }
    let mut end = start;
    while end - start < PHRASE {
        let Some(token) = get(tokens, end).filter(|token| token.is_word()) else {
            break;
        };
        let is_article = end == start && token.is_any(DETERMINERS);
        let is_end = !is_article
            && !token.is_any(DETERMINERS)
            && (is_stop_word(token)
                || lexicon::is_day(token.text)
                || (lexicon::is_helper(token.text) && !token.is_capital()));
        if is_end {
            break;
        }
        end += 1;
    }
    let last = end.checked_sub(1).filter(|&last| last >= start)?;
    let token = get(tokens, last)?;
    if !is_head(token) {
        return None;
    }
    if token.is_capital() {
        let mut found = name_ending_at(tokens, last)?;
        found.first = start;
        return Some(found);
    }
    Some(Phrase {
        first: start,
        range: first.start..without_possessive(token),
        is_name: false,
    })
}
