//! One line as tokens, and where its sentences begin.

use std::ops::Range;

use super::lexicon::Role;
use super::words::{self, Sort, Token};

/// The tokens of a line. Every index is checked: asking beyond either end gives nothing.
#[derive(Debug)]
pub(super) struct Line<'a> {
    tokens: Vec<Token<'a>>,
    /// For each token, and for the end, the first token of its sentence.
    sentences: Vec<usize>,
}

impl<'a> Line<'a> {
    /// Reads `text[range]`. `quotes` stand in it, in order; the first of them is number `first`.
    pub(super) fn read(text: &'a str, range: Range<usize>, quotes: &[Range<usize>], first: usize) -> Self {
        let tokens = words::tokens(text, range, quotes, first);
        let mut sentences = Vec::with_capacity(tokens.len() + 1);
        let mut start = 0;
        let mut previous: Option<&Token<'_>> = None;
        for (index, token) in tokens.iter().enumerate() {
            let is_start = previous.is_some_and(|previous| match previous.sort {
                Sort::Stop => true,
                Sort::Quote(_) => {
                    (token.is_capital() || matches!(token.sort, Sort::Quote(_))) && previous.ends_sentence()
                }
                _ => false,
            });
            start = if is_start { index } else { start };
            sentences.push(start);
            previous = Some(token);
        }
        let ended = previous.is_some_and(|token| {
            token.sort == Sort::Stop || (matches!(token.sort, Sort::Quote(_)) && token.ends_sentence())
        });
        sentences.push(if ended { tokens.len() } else { start });
        Self { tokens, sentences }
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn tokens(&self) -> &[Token<'a>] {
        &self.tokens
    }

    pub(super) fn get(&self, index: usize) -> Option<&Token<'a>> {
        self.tokens.get(index)
    }

    /// The token before the one at `index`.
    pub(super) fn before(&self, index: usize) -> Option<&Token<'a>> {
        index.checked_sub(1).and_then(|index| self.tokens.get(index))
    }

    pub(super) fn sort(&self, index: usize) -> Option<Sort> {
        self.get(index).map(|token| token.sort)
    }

    /// Whether the token at `index` is a word that can play any of the roles.
    pub(super) fn has(&self, index: usize, role: Role) -> bool {
        self.get(index).is_some_and(|token| token.has(role))
    }

    /// Where the sentence of the token at `index` begins.
    pub(super) fn sentence(&self, index: usize) -> usize {
        self.sentences.get(index).or(self.sentences.last()).copied().unwrap_or_default()
    }

    pub(super) fn is_sentence_start(&self, index: usize) -> bool {
        self.sentence(index) == index
    }

    /// The comma before `end`, in the same sentence and at most `reach` tokens away.
    pub(super) fn comma_before(&self, end: usize, reach: usize) -> Option<usize> {
        self.last_before(end, Sort::Comma, reach)
    }

    /// The last token of the given sort before `end`, at most `reach` tokens away in the same sentence.
    pub(super) fn last_before(&self, end: usize, sort: Sort, reach: usize) -> Option<usize> {
        let from = end.saturating_sub(reach).max(self.sentence(end));
        (from..end).rev().find(|&index| self.sort(index) == Some(sort))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_begins_after_a_stop_or_after_speech_that_ends_in_one() {
        let text = "It rained. “We left.” Nobody stayed";
        let quote = 11..text.find(" Nobody").unwrap();
        let line = Line::read(text, 0..text.len(), std::slice::from_ref(&quote), 0);
        assert_eq!((0..6).map(|index| line.sentence(index)).collect::<Vec<_>>(), [0, 0, 0, 3, 4, 4]);
    }

    #[test]
    fn asking_beyond_the_end_gives_nothing() {
        let line = Line::read("", 0..0, &[], 0);
        assert!(line.get(0).is_none() && line.before(0).is_none() && line.comma_before(9, 20).is_none());
        assert_eq!(line.sentence(7), 0);
    }
}
