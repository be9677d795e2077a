//! The language of the filter.
//!
//! Words must all match; `"phrases"` match as they stand; `-word` must not match. Case and diacritics make no difference,
//! unless a word has a capital: then its case counts. `said:name` asks for a quote of somebody whose name, as the entry
//! writes it, holds that word or phrase. A word with a `field:` that is not known is an error, never a word.

use std::{fmt, ops::Range};

use crate::{
    model::{Entry, limits},
    text::{
        fold::{self, Case, Folded},
        prose::ProseRef,
        quotes::{self, QuoteKind},
    },
};

/// The field that asks who said it.
const SAID: &str = "said";

/// One word or phrase of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// What is looked for in folded text.
    folded: String,
    /// What is looked for where case counts.
    cased: Option<String>,
    /// Whether it is to be in the name of somebody who is quoted.
    is_said: bool,
    /// Whether it must not match.
    is_excluded: bool,
}

/// What the user asked to see.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    terms: Vec<Term>,
}

/// Why a query is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// Where in the query, in bytes.
    pub range: Range<usize>,
    /// What is wrong and what to try; lower case, without a full stop.
    pub message: String,
}

impl fmt::Display for QueryError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for QueryError {}

/// A piece of a query as typed: its bytes, without quote marks and minus.
struct Piece<'a> {
    range: Range<usize>,
    text: &'a str,
    /// The field that a phrase is of.
    field: Option<&'a str>,
    is_phrase: bool,
    is_excluded: bool,
}

impl Term {
    /// Whether somebody is quoted in `prose` whose name it is in.
    fn is_said_in(&self, prose: ProseRef<'_>) -> bool {
        let mut quotes = quotes::find(prose).into_iter().filter(|quote| quote.kind != QuoteKind::Other);
        quotes.any(|quote| {
            quote.speaker.and_then(|speaker| prose.text().get(speaker)).is_some_and(|name| self.names(name))
        })
    }

    /// Whether it is in `name`.
    fn names(&self, name: &str) -> bool {
        fold::folded(name, Case::Folded).contains(&self.folded) && self.has_case(name)
    }

    /// Whether `text` has it in its case, if that counts.
    fn has_case(&self, text: &str) -> bool {
        self.cased.as_ref().is_none_or(|cased| fold::folded(text, Case::Kept).contains(cased))
    }
}

impl Query {
    /// Parses what the user typed. An empty query lets everything through.
    pub fn parse(typed: &str) -> Result<Self, QueryError> {
        if typed.len() > limits::QUERY {
            let message = format!("too long: a query has at most {} bytes", limits::QUERY);
            return Err(QueryError { range: limits::QUERY..typed.len(), message });
        }
        let mut terms = Vec::new();
        for piece in pieces(typed) {
            let field = if piece.is_phrase { piece.field } else { field(piece.text) };
            let is_said = field == Some(SAID);
            if let Some(field) = field.filter(|_| !is_said) {
                let message =
                    format!("there is no field “{field}:”; put quote marks round words with a colon");
                let start = piece.range.start + usize::from(piece.is_excluded);
                return Err(QueryError { range: start..start + field.len() + 1, message });
            }
            let name = piece.text.get(SAID.len() + 1..).filter(|_| is_said && !piece.is_phrase);
            let text = name.unwrap_or(piece.text);
            let folded = fold::folded(text, Case::Folded);
            let has_capital = text.chars().any(char::is_uppercase);
            let cased = has_capital.then(|| fold::folded(text, Case::Kept));
            if !folded.trim().is_empty() {
                terms.push(Term { folded, cased, is_said, is_excluded: piece.is_excluded });
            }
        }
        Ok(Self { terms })
    }

    /// Whether everything passes.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether `entry` passes.
    pub fn matches(&self, entry: Entry<'_>) -> bool {
        let folded = entry.folded();
        self.terms.iter().all(|term| {
            let is_there = memchr::memmem::find(folded.as_bytes(), term.folded.as_bytes()).is_some();
            let is_there = is_there
                && match &term.cased {
                    _ if term.is_said => {
                        entry.headline().is_some_and(|headline| term.is_said_in(ProseRef::plain(headline)))
                            || term.is_said_in(entry.body())
                    }
                    Some(cased) => has_cased(entry, cased),
                    None => true,
                };
            is_there != term.is_excluded
        })
    }

    /// Whether `prose`, which is no entry, passes.
    pub fn matches_prose(&self, prose: ProseRef<'_>) -> bool {
        let folded = fold::folded(prose.text(), Case::Folded);
        self.terms.iter().all(|term| {
            let is_there = folded.contains(&term.folded)
                && if term.is_said { term.is_said_in(prose) } else { term.has_case(prose.text()) };
            is_there != term.is_excluded
        })
    }

    /// Whether it is asked who said it.
    pub fn asks_who(&self) -> bool {
        self.terms.iter().any(|term| term.is_said)
    }

    /// Whether a quote of `speaker`, as a text writes the name, is asked for, among those of an entry that passes.
    pub fn lets_speak(&self, speaker: Option<&str>) -> bool {
        let mut terms = self.terms.iter().filter(|term| term.is_said);
        terms.all(|term| speaker.is_some_and(|name| term.names(name)) != term.is_excluded)
    }

    /// The longest word or phrase that an entry must have, folded: what a scan looks for first.
    pub fn needle(&self) -> Option<&str> {
        let wanted = self.terms.iter().filter(|term| !term.is_excluded);
        wanted.map(|term| term.folded.as_str()).max_by_key(|folded| folded.len())
    }

    /// Where the words of this query stand in `text`: byte ranges, ascending, not overlapping.
    pub fn hits(&self, text: &str) -> Vec<Range<usize>> {
        let mut hits: Vec<Range<usize>> = Vec::new();
        let case = |term: &Term| if term.cased.is_some() { Case::Kept } else { Case::Folded };
        for wanted in [Case::Folded, Case::Kept] {
            let mut terms = self
                .terms
                .iter()
                .filter(|term| !term.is_excluded && !term.is_said && case(term) == wanted)
                .peekable();
            if terms.peek().is_none() {
                continue;
            }
            let folded = Folded::new(text, wanted);
            for term in terms {
                let needle = term.cased.as_ref().unwrap_or(&term.folded);
                let found = memchr::memmem::find_iter(folded.as_str().as_bytes(), needle.as_bytes());
                hits.extend(found.map(|at| folded.origin(at..at + needle.len())));
            }
        }
        hits.sort_by_key(|hit| (hit.start, hit.end));
        let mut merged: Vec<Range<usize>> = Vec::with_capacity(hits.len());
        for hit in hits {
            match merged.last_mut() {
                Some(last) if hit.start < last.end => last.end = last.end.max(hit.end),
                _ => merged.push(hit),
            }
        }
        merged
    }

    /// Whether everything that passes this also passes `wider`, as far as can be told from the words.
    pub fn narrows(&self, wider: &Self) -> bool {
        wider.terms.iter().all(|old| {
            self.terms.iter().any(|new| match (old.is_excluded, new.is_excluded) {
                (false, false) if old.is_said && !new.is_said => false,
                (false, false) => match (&old.cased, &new.cased) {
                    (None, _) => new.folded.contains(&old.folded),
                    (Some(old), Some(new)) => new.contains(old),
                    (Some(_), None) => false,
                },
                (true, true) => new == old,
                _ => false,
            })
        })
    }
}

/// Whether `entry` holds `cased`, case counting.
fn has_cased(entry: Entry<'_>, cased: &str) -> bool {
    let holds = |text: &str| fold::folded(text, Case::Kept).contains(cased);
    entry.headline().is_some_and(holds) || entry.authors().any(holds) || holds(entry.body().text())
}

/// The name of the field that `word` begins with, if it does.
fn field(word: &str) -> Option<&str> {
    let (name, rest) = word.split_once(':')?;
    let is_name = !name.is_empty() && name.chars().all(|char| char.is_ascii_alphabetic() || char == '_');
    (is_name && !rest.starts_with("//")).then_some(name)
}

/// Cuts `typed` into words and phrases. A phrase whose end is not typed yet reaches to the end.
fn pieces(typed: &str) -> Vec<Piece<'_>> {
    let is_mark = |char: char| matches!(char, '"' | '“' | '”' | '„');
    let mut pieces = Vec::new();
    let mut rest = typed;
    loop {
        rest = rest.trim_start();
        let start = typed.len() - rest.len();
        let after_minus = rest.strip_prefix('-').filter(|after| !after.is_empty());
        let is_excluded = after_minus.is_some_and(|after| !after.starts_with(char::is_whitespace));
        let body = if is_excluded { after_minus.unwrap_or(rest) } else { rest };
        let (field, body) = match body.split_once(':') {
            Some((name, phrase)) if name == SAID && phrase.starts_with(is_mark) => (Some(name), phrase),
            _ => (None, body),
        };
        let Some(first) = body.chars().next() else { return pieces };
        let is_phrase = is_mark(first);
        let (text, after) = if is_phrase {
            let inner = body.get(first.len_utf8()..).unwrap_or_default();
            let end = inner.find(is_mark).unwrap_or(inner.len());
            let (text, after) = inner.split_at(end);
            (text, after.strip_prefix(is_mark).unwrap_or(after))
        } else {
            body.split_at(body.find(char::is_whitespace).unwrap_or(body.len()))
        };
        pieces.push(Piece { range: start..typed.len() - after.len(), text, field, is_phrase, is_excluded });
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn passes(query: &str, text: &str) -> bool {
        Query::parse(query).unwrap().matches_prose(ProseRef::plain(text))
    }

    #[test]
    fn words_must_all_match_and_excluded_ones_must_not() {
        let text = "Police called to the Café de l’Europe";
        assert!(passes("police cafe", text));
        assert!(!passes("police fire", text));
        assert!(!passes("police -cafe", text));
        assert!(passes("\"cafe de l'europe\"", text));
        assert!(!passes("\"police called café\"", text));
        assert!(passes("", text));
        assert!(passes("-", "a - b"));
    }

    #[test]
    fn a_capital_makes_case_count() {
        assert!(passes("us", "the US team"));
        assert!(passes("US", "the US team"));
        assert!(!passes("US", "tell us more"));
        assert!(passes("-US", "tell us more"));
    }

    #[test]
    fn an_unknown_field_is_an_error_with_its_place() {
        let error = Query::parse("police -autor:kim").unwrap_err();
        assert_eq!(error.range, 8..14);
        assert!(error.message.contains("autor:"));
        assert!(Query::parse("12:30 https://example.org \"note: this\"").is_ok());
    }

    #[test]
    fn hits_stand_where_the_words_stand() {
        let text = "Élan vital, élan";
        let hits = Query::parse("elan").unwrap().hits(text);
        assert_eq!(hits.iter().map(|hit| &text[hit.clone()]).collect::<Vec<_>>(), ["Élan", "élan"]);
        let hits = Query::parse("lan an -vital").unwrap().hits(text);
        assert_eq!(hits.len(), 2);
    }

    #[test]
    fn who_said_it_is_asked_by_name() {
        let text = "“The gates held,” Dr Zoë Kim said. Orr spoke of the film “The Tide”.";
        for (typed, is_passed) in [
            ("said:kim", true),
            ("said:\"zoe kim\" gates", true),
            ("said:Kim", true),
            ("said:KIM", false),
            ("said:orr", false),
            ("-said:orr", true),
            ("-said:kim", false),
            ("said:gates", false),
            ("said:", true),
        ] {
            assert_eq!(passes(typed, text), is_passed, "{typed}");
        }
        let query = Query::parse("said:kim -said:lee").unwrap();
        assert!(query.asks_who() && query.lets_speak(Some("Zoë Kim")));
        assert!(!query.lets_speak(Some("Kim Lee")) && !query.lets_speak(None));
        assert!(query.hits("Kim").is_empty());
        assert!(Query::parse("said:kim").unwrap().narrows(&Query::parse("ki").unwrap()));
        assert!(!Query::parse("kim").unwrap().narrows(&Query::parse("said:ki").unwrap()));
    }

    #[test]
    fn typing_on_narrows() {
        let query = |typed| Query::parse(typed).unwrap();
        assert!(query("pol").narrows(&query("po")));
        assert!(query("pol fire").narrows(&query("pol")));
        assert!(query("anything").narrows(&query("")));
        assert!(query("Pol").narrows(&query("pol")));
        assert!(!query("pol").narrows(&query("Pol")));
        assert!(!query("-pol").narrows(&query("-po")));
        assert!(!query("fire").narrows(&query("pol")));
    }

    proptest! {
        #[test]
        fn any_query_parses_or_says_where_it_does_not(typed in "[a-zA-Z:\"“” é-]{0,20}", text in any::<String>()) {
            match Query::parse(&typed) {
                Ok(query) => {
                    for hit in query.hits(&text) {
                        prop_assert!(text.get(hit).is_some());
                    }
                }
                Err(error) => prop_assert!(typed.get(error.range).is_some()),
            }
        }
    }
}
