//! Cuts a line into words and marks of punctuation, with each quotation as one token.
//!
//! The point of an abbreviation (`Mr.`, `U.S.`, `J.`) belongs to its word, so a `Stop` is the end of a sentence.

use std::ops::Range;

use super::lexicon::{self, Role};

/// What a token is to the grammar of attributions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Word,
    /// `.`, `!`, `?`, `;` or `…`.
    Stop,
    Comma,
    Colon,
    Dash,
    Open,
    Close,
    /// A quotation: its place among those given.
    Quote(usize),
    Other,
}

/// One token of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) sort: Sort,
    pub(super) role: Role,
    pub(super) start: usize,
    pub(super) text: &'a str,
}

impl Token<'_> {
    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end()
    }

    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether this is a word that can play any of the roles.
    pub(super) fn has(&self, role: Role) -> bool {
        self.role.has(role)
    }

    pub(super) fn is_word(&self) -> bool {
        self.sort == Sort::Word
    }

    /// A word that starts with a capital letter, or a handle.
    pub(super) fn is_capital(&self) -> bool {
        self.is_word() && self.text.starts_with(|c: char| c.is_uppercase() || c == '@')
    }

    /// A verb of saying; a capital makes it a name unless the line is set as a headline.
    pub(super) fn is_plain_verb(&self) -> bool {
        self.has(Role::VERB) && !self.is_capital()
    }

    pub(super) fn ends_with(&self, end: &str) -> bool {
        self.is_word() && self.text.ends_with(end)
    }

    /// `Lee’s`, `allies'`; contractions of pronouns are not meant.
    pub(super) fn is_possessive(&self) -> bool {
        let bare = self.bare();
        let is_contraction = || {
            ["it", "he", "she", "that", "there", "here", "what", "who", "let"]
                .iter()
                .any(|word| bare.eq_ignore_ascii_case(word))
        };
        bare.len() < self.text.len() && !is_contraction()
    }

    /// The word without its `’s`.
    fn bare(&self) -> &str {
        let bare = ["'s", "’s", "'S", "’S", "'", "’"].iter().find_map(|end| self.text.strip_suffix(end));
        bare.filter(|_| self.is_word()).unwrap_or(self.text)
    }

    /// Where the word ends without its `’s`.
    pub(super) fn bare_end(&self) -> usize {
        self.start + self.bare().len()
    }

    /// Whether this is `word`, in whatever case.
    pub(super) fn is(&self, word: &str) -> bool {
        self.is_word() && self.text.eq_ignore_ascii_case(word)
    }

    /// The last character inside the marks of a quotation.
    pub(super) fn last_inside(&self) -> Option<char> {
        self.text.chars().rev().take(16).find(|&c| !(c.is_whitespace() || is_mark(c)))
    }

    /// Whether a quotation ends with a full stop or the like inside its marks.
    pub(super) fn ends_sentence(&self) -> bool {
        self.last_inside().is_some_and(|c| matches!(c, '.' | '!' | '?' | '…'))
    }
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '”'
            | '„'
            | '‟'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '「'
            | '」'
            | '『'
            | '』'
            | '＂'
    )
}

/// Whether `word` is a verb of saying only with `out` behind it: `pointed out`.
fn needs_out(word: &str) -> bool {
    ["point", "pointed", "pointing", "points"].iter().any(|verb| word.eq_ignore_ascii_case(verb))
}

/// Words that keep their point in mid-sentence.
const ABBREVIATIONS: &[&str] = &[
    "adm", "asst", "atty", "brig", "capt", "cllr", "cmdr", "co", "col", "corp", "cpl", "del", "dept", "dr",
    "fr", "gen", "gov", "hon", "inc", "jr", "lieut", "lt", "ltd", "maj", "messrs", "mr", "mrs", "ms", "no",
    "prof", "rep", "reps", "rev", "sen", "sens", "sgt", "sr", "st", "supt", "vs",
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
            role: Role::default(),
            start: quote.start,
            text: inside,
        });
        at = quote.end;
    }
    push(text, at..line.end, &mut out);
    out
}

fn push<'a>(text: &'a str, range: Range<usize>, out: &mut Vec<Token<'a>>) {
    let mut rest = text.get(range.clone()).unwrap_or_default();
    while let Some(c) = rest.chars().next() {
        let is_word = is_word_start(c);
        let length = if is_word { word_length(rest) } else { c.len_utf8() };
        let Some((token, tail)) = rest.split_at_checked(length) else {
            return;
        };
        let start = range.end - rest.len();
        rest = tail;
        let says = !needs_out(token) || rest.trim_start().starts_with("out");
        let role = if is_word && says { lexicon::role(token) } else { Role::default() };
        let sort = if is_word { Sort::Word } else { sort(c) };
        if is_word || !c.is_whitespace() {
            out.push(Token { sort, role, start, text: token });
        }
    }
}

fn sort(c: char) -> Sort {
    match c {
        '.' | '!' | '?' | ';' | '…' => Sort::Stop,
        ',' => Sort::Comma,
        ':' => Sort::Colon,
        '—' | '–' | '-' | '―' => Sort::Dash,
        '(' | '[' => Sort::Open,
        ')' | ']' => Sort::Close,
        _ => Sort::Other,
    }
}

fn is_word_start(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '@' | '$' | '£' | '€')
}

/// The bytes of the word that `rest` starts with: letters, and what joins them inside a word.
fn word_length(rest: &str) -> usize {
    for (at, c) in rest.char_indices() {
        if is_word_start(c) || c == '\u{301}' {
            continue;
        }
        let (word, tail) = rest.split_at(at);
        let mut ahead = tail.chars().skip(1);
        let next = ahead.next();
        let is_joined = next.is_some_and(char::is_alphanumeric);
        let goes_on = match c {
            '\'' | '’' | '-' | '\u{2011}' | '&' | '_' | '/' => is_joined,
            '.' => keeps_point(word, next, ahead.next()),
            _ => false,
        };
        if !goes_on {
            // The apostrophe of `allies'` belongs to its word.
            let ends_possessive = matches!(c, '\'' | '’') && word.ends_with('s');
            return if ends_possessive { at + c.len_utf8() } else { at };
        }
    }
    rest.len()
}

/// Whether the point after `word` is no full stop, going by the two characters after it.
fn keeps_point(word: &str, next: Option<char>, second: Option<char>) -> bool {
    let starts_upper = word.starts_with(char::is_uppercase);
    let goes_on = match next {
        Some(',') => true,
        Some(')') => starts_upper && word.len() <= 8,
        Some(' ') => second.is_some_and(char::is_lowercase),
        Some(c) => c.is_alphanumeric() && word.ends_with(|c: char| c.is_ascii_digit()),
        None => false,
    };
    goes_on || is_abbreviation(word)
}

fn is_abbreviation(word: &str) -> bool {
    if word.len() > 12 {
        return false;
    }
    let last = word.rsplit(['.', '-']).next().unwrap_or_default();
    let is_letter = last.len() == 1
        && last.starts_with(char::is_alphabetic)
        && (last.starts_with(char::is_uppercase) || word.len() > 1);
    is_letter || ABBREVIATIONS.iter().any(|abbreviation| word.eq_ignore_ascii_case(abbreviation))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str) -> Vec<&str> {
        tokens(line, 0..line.len(), &[], 0).iter().map(|token| token.text).collect()
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
