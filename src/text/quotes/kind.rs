//! Says whether a quotation is speech, a part of somebody's speech in the writer's sentence, or no speech at all.
//!
//! A quotation is taken for speech unless something tells against it: the noun before it (`the film “…”`), the way it is
//! brought in (`so-called “…”`), a nickname between two names, or a title in capitals amid plain words.

use std::ops::Range;

use super::QuoteKind;
use super::marks;
use super::pair::{End, Stretch};

/// How much of the text on either side is looked at, in bytes.
const REACH: usize = 80;

/// Nouns whose name follows in marks: works, broadcasts, words as words.
const NAMED_NOUNS: &[&str] = &[
    "album",
    "anthem",
    "article",
    "autobiography",
    "ballad",
    "bestseller",
    "blog",
    "blogger",
    "book",
    "column",
    "comedy",
    "documentary",
    "drama",
    "episode",
    "essay",
    "exhibition",
    "film",
    "forum",
    "franchise",
    "game",
    "hashtag",
    "hit",
    "hymn",
    "labelled",
    "magazine",
    "memoir",
    "movie",
    "musical",
    "newsletter",
    "novel",
    "novella",
    "opera",
    "painting",
    "phrase",
    "play",
    "podcast",
    "poem",
    "program",
    "programme",
    "sculpture",
    "segment",
    "series",
    "show",
    "single",
    "sitcom",
    "song",
    "soundtrack",
    "term",
    "thriller",
    "track",
    "video",
    "website",
    "word",
    "words",
    "zarzuela",
];

/// Words that bring in a name or a term.
const NAMING: &[&str] = &[
    "aka",
    "codenamed",
    "entitled",
    "headlined",
    "named",
    "nicknamed",
    "so-called",
    "subtitled",
    "termed",
    "titled",
    "typed",
    "spelled",
    "spelt",
    "pronounced",
    "misspelled",
];

/// Words a title may hold in lower case.
const SMALL_WORDS: &[&str] = &[
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to",
    "v", "vs", "with",
];

/// The kind of `stretch`, as far as its own words and those around it tell.
pub(super) fn of(text: &str, stretch: &Stretch) -> QuoteKind {
    if stretch.end == End::Unpaired {
        return QuoteKind::Other;
    }
    if stretch.end == End::Open || stretch.continues {
        return QuoteKind::Direct;
    }
    let inside = text
        .get(stretch.range.clone())
        .unwrap_or_default()
        .trim_matches(|c| marks::is_mark(c) || marks::is_blank(c));
    let before = before(text, stretch.line.start, stretch.range.start);
    let after = after(text, stretch.range.end, stretch.line.end);
    if is_term(before, inside, after) || is_title(before, inside, after) {
        return QuoteKind::Other;
    }
    if is_whole(before, inside) { QuoteKind::Direct } else { QuoteKind::Mixed }
}

/// Whether the words name a thing or a person rather than give speech.
fn is_term(before: &str, inside: &str, after: &str) -> bool {
    if !inside.chars().any(char::is_alphanumeric) {
        return true;
    }
    if before.ends_with([':', '=']) || before.trim_end().ends_with([',', ':']) {
        return before.ends_with('=');
    }
    let mut back = before.split_whitespace().rev();
    let Some(previous) = back.next() else {
        return false;
    };
    let lower = previous.to_lowercase();
    if NAMING.contains(&lower.as_str()) || (lower == "as" && back.next().is_some_and(|word| word == "known"))
    {
        return true;
    }
    let is_speech = inside.ends_with(['!', '?']) || inside.split_whitespace().count() > 9;
    if NAMED_NOUNS.contains(&lower.as_str()) && !is_speech {
        return true;
    }
    // Robert “Bob” Hill
    let is_one_word = !inside.contains(char::is_whitespace);
    let next = after.trim_start().chars().next();
    is_one_word
        && starts_upper(inside)
        && starts_upper(previous)
        && after.starts_with(' ')
        && next.is_some_and(char::is_uppercase)
}

/// Whether the words are set as a title amid words that are not.
fn is_title(before: &str, inside: &str, after: &str) -> bool {
    if before.is_empty() || before.trim_end().ends_with([':', ',']) {
        return false;
    }
    let words = inside.split_whitespace().filter(|word| !SMALL_WORDS.contains(word));
    let (mut count, mut upper) = (0, 0);
    for word in words {
        count += 1;
        upper += usize::from(starts_upper(word) || word.starts_with(|c: char| c.is_ascii_digit()));
    }
    let is_capital = count >= 2 && upper == count && starts_upper(inside);
    // In a headline every word is set so, and nothing follows from it.
    is_capital
        && before
            .split_whitespace()
            .chain(after.split_whitespace())
            .filter(|word| starts_lower(word))
            .filter(|word| word.len() > 4)
            .count()
            > 0
}

/// Whether the words are a whole utterance rather than a part of the writer's sentence.
fn is_whole(before: &str, inside: &str) -> bool {
    let before = before.trim_end();
    let is_led_in =
        before.is_empty() || before.ends_with([',', ':', '.', '!', '?', '”', '"', '…', '—', '–', ')']);
    let first = inside.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().next();
    let words = inside.split_whitespace().count();
    let ends_clause = inside.ends_with([',', '.', '!', '?', '…', '—', '–']);
    match first {
        Some(c) if !c.is_lowercase() => is_led_in || (ends_clause && words >= 3),
        _ => before.ends_with(':') || (is_led_in && ends_clause && words >= 4),
    }
}

fn starts_upper(word: &str) -> bool {
    word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase)
}

fn starts_lower(word: &str) -> bool {
    word.starts_with(char::is_lowercase)
}

/// The text before `end` in its line, within reach, cut at a character boundary.
fn before(text: &str, line_start: usize, end: usize) -> &str {
    let mut start = end.saturating_sub(REACH).max(line_start);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text.get(start..end).unwrap_or_default()
}

/// The text after `start` in its line, within reach, cut at a character boundary.
fn after(text: &str, start: usize, line_end: usize) -> &str {
    let mut end = (start + REACH).min(line_end).max(start);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let range: Range<usize> = start..end;
    text.get(range).unwrap_or_default()
}
