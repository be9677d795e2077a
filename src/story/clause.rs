//! The sentence around a place in a text, and the words beside it. Every look goes a bounded way.

use std::ops::Range;

/// How many words are looked at on either side.
const WORDS: usize = 10;

/// How many bytes of a sentence are looked at on either side.
pub(super) const REACH: usize = 300;

/// Where the sentence that ends at `end` begins, not before `from`.
pub(super) fn sentence_before(text: &str, from: usize, end: usize) -> usize {
    let from = (from..end).find(|at| text.is_char_boundary(*at)).unwrap_or(end);
    let part = text.get(from..end).unwrap_or_default();
    let cut =
        [". ", "! ", "? ", "; ", "\n"].iter().filter_map(|mark| Some(part.rfind(mark)? + mark.len())).max();
    from + cut.unwrap_or(0)
}

/// Where the sentence that goes on at `start` ends, not after `until`.
pub(super) fn sentence_after(text: &str, start: usize, until: usize) -> usize {
    let until = (start..=until).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(start);
    let part = text.get(start..until).unwrap_or_default();
    let cut = [". ", "! ", "? ", "; ", "\n"].iter().filter_map(|mark| part.find(mark)).min();
    start + cut.unwrap_or(part.len())
}

/// Where the sentence of `text` is that `range` stands in.
pub fn sentence(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = sentence_before(text, range.start.saturating_sub(REACH), range.start);
    let end = sentence_after(text, range.end, (range.end + REACH).min(text.len()));
    let end = end + text.get(end..).map_or(0, |rest| rest.starts_with(['.', '!', '?']).into());
    let begun = text.get(start..end).unwrap_or_default().trim_start();
    let start = end - begun.len();
    start..start + begun.trim_end().len()
}

/// The words that follow `at`, up to a mark.
pub(super) fn words_after(text: &str, at: usize) -> Vec<&str> {
    let mut rest = text.get(at..).unwrap_or_default();
    let mut words = Vec::new();
    while words.len() < WORDS {
        let Some(begun) = rest.strip_prefix([' ', '-', '\u{a0}']) else { break };
        let left = begun.trim_start_matches(is_inner);
        let (word, _) = begun.split_at(begun.len() - left.len());
        if word.is_empty() {
            break;
        }
        words.push(word);
        rest = left;
    }
    words
}

/// The words before `at` down to a mark, nearest first.
pub(super) fn words_before(text: &str, at: usize) -> Vec<&str> {
    let mut rest = text.get(..at).unwrap_or_default();
    let mut words = Vec::new();
    while words.len() < WORDS {
        let Some(ended) = rest.strip_suffix([' ', '\u{a0}']) else { break };
        let left = ended.trim_end_matches(is_inner);
        let (_, word) = ended.split_at(left.len());
        if word.is_empty() {
            break;
        }
        words.push(word);
        rest = left;
    }
    words
}

fn is_inner(char: char) -> bool {
    char.is_alphanumeric() || matches!(char, '-' | '\'' | '’')
}
