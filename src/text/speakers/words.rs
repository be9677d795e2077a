//! Cuts a line into words and marks of punctuation, with each quotation as one token.
//!
//! The point of an abbreviation (`Mr.`, `U.S.`, `J.`) belongs to its word, so a `Stop` is the end of a sentence.

use std::ops::Range;

/// What a token is to the grammar of attributions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Word,
    /// `.`, `!`, `?`, `;` or `…`.
    Stop,
    Comma,
    Colon,
    Dash,
    Bracket,
    /// A quotation: its place among those given.
    Quote(usize),
    Other,
}

/// One token of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) sort: Sort,
    pub(super) start: usize,
    pub(super) text: &'a str,
}

impl Token<'_> {
    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub(super) fn is_word(&self) -> bool {
        self.sort == Sort::Word
    }

    /// A word that starts with a capital letter.
    pub(super) fn is_capital(&self) -> bool {
        self.is_word()
            && self
                .text
                .starts_with(|c: char| c.is_uppercase() || c == '@')
    }

    /// `Sunak’s`, `allies'`.
    pub(super) fn is_possessive(&self) -> bool {
        self.is_word()
            && ["'s", "’s", "s'", "s’", "'S", "’S"]
                .iter()
                .any(|end| self.text.ends_with(end))
    }

    /// Whether this is `word`, in whatever case.
    pub(super) fn is(&self, word: &str) -> bool {
        self.is_word() && self.text.eq_ignore_ascii_case(word)
    }

    pub(super) fn is_any(&self, words: &[&str]) -> bool {
        self.is_word()
            && words
                .iter()
                .any(|word| self.text.eq_ignore_ascii_case(word))
    }
}

/// Words that keep their point in mid-sentence.
const ABBREVIATIONS: &[&str] = &[
    "adm", "asst", "atty", "brig", "capt", "cllr", "cmdr", "co", "col", "corp", "cpl", "del",
    "dept", "dr", "fr", "gen", "gov", "hon", "inc", "jr", "lieut", "lt", "ltd", "maj", "messrs",
    "mr", "mrs", "ms", "no", "prof", "rep", "reps", "rev", "sen", "sens", "sgt", "sr", "st",
    "supt", "vs",
];

/// The tokens of `text[line]`. `quotes` stand in it, in order; the first of them is number `first`.
pub(super) fn tokens<'a>(
    text: &'a str,
    line: Range<usize>,
    quotes: &[Range<usize>],
    first: usize,
) -> Vec<Token<'a>> {
    let mut out = Vec::with_capacity(line.len() / 5);
    let mut at = line.start;
    for (index, quote) in quotes.iter().enumerate() {
        push(text, at..quote.start, &mut out);
        let inside = text.get(quote.clone()).unwrap_or_default();
        out.push(Token {
            sort: Sort::Quote(first + index),
            start: quote.start,
            text: inside,
        });
        at = quote.end;
    }
    push(text, at..line.end, &mut out);
    out
}

fn push<'a>(text: &'a str, range: Range<usize>, out: &mut Vec<Token<'a>>) {
    let Some(piece) = text.get(range.clone()) else {
        return;
    };
    let mut rest = piece;
    while let Some(c) = rest.chars().next() {
        let length = if is_word_start(c) {
            word_length(rest)
        } else {
            c.len_utf8()
        };
        let (token, tail) = rest.split_at_checked(length).unwrap_or((rest, ""));
        let start = range.end - rest.len();
        rest = tail;
        let sort = match c {
            _ if is_word_start(c) => Sort::Word,
            '.' | '!' | '?' | ';' | '…' => Sort::Stop,
            ',' => Sort::Comma,
            ':' => Sort::Colon,
            '—' | '–' | '-' => Sort::Dash,
            '(' | ')' | '[' | ']' => Sort::Bracket,
            _ if c.is_whitespace() => continue,
            _ => Sort::Other,
        };
        out.push(Token {
            sort,
            start,
            text: token,
        });
    }
}

fn is_word_start(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '@' | '$' | '£' | '€')
}

/// The bytes of the word that `rest` starts with: letters, and what joins them inside a word.
fn word_length(rest: &str) -> usize {
    let mut end = 0;
    let mut ahead = rest.char_indices().peekable();
    while let Some((at, c)) = ahead.next() {
        let next = ahead.peek().map(|&(_, next)| next);
        let joins = next.is_some_and(char::is_alphanumeric);
        let word = rest.get(..at).unwrap_or_default();
        let goes_on = match c {
            _ if is_word_start(c) => true,
            '\'' | '’' | '-' | '\u{2011}' | '&' | '_' | '/' => joins,
            '.' => is_abbreviation(word) || (joins && word.ends_with(|c: char| c.is_ascii_digit())),
            _ => c == '\u{301}',
        };
        if !goes_on {
            // The apostrophe of `allies'` belongs to its word.
            let ends_possessive = matches!(c, '\'' | '’') && word.ends_with('s');
            return if ends_possessive {
                at + c.len_utf8()
            } else {
                at
            };
        }
        end = at + c.len_utf8();
    }
    end
}

fn is_abbreviation(word: &str) -> bool {
    if word.len() > 12 {
        return false;
    }
    let last = word.rsplit('.').next().unwrap_or_default();
    let is_letter = last.len() == 1
        && last.starts_with(char::is_alphabetic)
        && (last.starts_with(char::is_uppercase) || word.len() > 1);
    is_letter
        || ABBREVIATIONS
            .iter()
            .any(|abbreviation| word.eq_ignore_ascii_case(abbreviation))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str) -> Vec<&str> {
        tokens(line, 0..line.len(), &[], 0)
            .iter()
            .map(|token| token.text)
            .collect()
    }

    #[test]
    fn the_point_of_an_abbreviation_belongs_to_its_word() {
        assert_eq!(
            texts("Mr. J. Lee of the U.S. left."),
            ["Mr.", "J.", "Lee", "of", "the", "U.S.", "left", "."]
        );
        assert_eq!(texts("It rose 2.5 points"), ["It", "rose", "2.5", "points"]);
    }

    #[test]
    fn words_keep_their_hyphens_and_apostrophes() {
        assert_eq!(
            texts("the 36-year-old's coach, it's said"),
            ["the", "36-year-old's", "coach", ",", "it's", "said"]
        );
        assert_eq!(texts("the allies' plan"), ["the", "allies'", "plan"]);
    }

    #[test]
    fn a_quotation_is_one_token() {
        let line = "She said “no way” twice";
        let quote = 9..line.find(" twice").unwrap();
        let tokens = tokens(line, 0..line.len(), std::slice::from_ref(&quote), 7);
        assert_eq!(tokens[2].sort, Sort::Quote(7));
        assert_eq!(tokens[2].range(), quote);
    }
}
