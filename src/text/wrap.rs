//! Wraps a block of clean text into lines, as byte ranges: nothing is copied, and a place on the screen leads back to
//! the text.
//!
//! Where a line may end is the business of Unicode's line breaking rules and of textwrap, how wide it is that of
//! [`width`]. Only spaces and line feeds stand between the lines, and none of them at either end of one. A word
//! wider than a line is cut between graphemes, and a grapheme wider than a line has a line of its own. Time grows with
//! the length of the text and no faster, for a feed may hold megabytes without a space.

use std::{iter, ops::Range};

use textwrap::{WordSeparator, WordSplitter, core::Fragment, wrap_algorithms::wrap_first_fit};

use super::width::{fit, graphemes, width};

/// The most letters of scripts without spaces that words are looked for in. Finding them takes a model of the language
/// and 5 µs a letter, so that a feed's megabytes of them would hold up the reader; nothing people write is this long.
const MOST_GUESSED: usize = 20_000;

/// What such a letter costs to wrap, in bytes of other scripts.
const GUESSED: usize = 32;

/// How many bytes from the beginning of `text`, up to a character's end, can be wrapped for what `cost` bytes cost that
/// need no guessing. Only that beginning is looked at.
pub fn affordable(text: &str, cost: usize) -> usize {
    let mut left = cost;
    let first_too_dear = text.char_indices().find(|(_, char)| {
        let rest = left.checked_sub(if is_guessed(*char) { GUESSED } else { char.len_utf8() });
        left = rest.unwrap_or_default();
        rest.is_none()
    });
    first_too_dear.map_or(text.len(), |(at, _)| at)
}

/// The byte ranges of the lines of `text`: the first takes at most `first` cells, the others `rest`; a line takes at
/// least one cell.
///
/// A line feed ends a line; two in a row leave an empty range, as does an empty text.
pub fn wrap(text: &str, first: usize, rest: usize) -> Vec<Range<usize>> {
    let (mut columns, rest) = (first.max(1), rest.max(1));
    let separator = separator(text);
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let bare = line.trim_start_matches(' ');
        let at = start + (line.len() - bare.len());
        let bare = bare.trim_end_matches(' ');
        if fit(bare, columns).len() == bare.len() {
            lines.push(at..at + bare.len());
        } else {
            let pieces = pieces(bare, separator, columns, rest);
            for line in wrap_first_fit(&pieces, &[columns as f64, rest as f64]) {
                if let (Some(first), Some(last)) = (line.first(), line.last()) {
                    lines.push(at + first.range.start..at + last.range.end);
                }
            }
        }
        start += line.len() + 1;
        columns = rest;
    }
    lines
}

/// How to find the words of `text`.
fn separator(text: &str) -> WordSeparator {
    let is_long =
        text.len() > MOST_GUESSED && text.chars().filter(|char| is_guessed(*char)).count() > MOST_GUESSED;
    if is_long { WordSeparator::AsciiSpace } else { WordSeparator::UnicodeBreakProperties }
}

/// Whether `char` is Thai, Lao, Burmese or Khmer.
fn is_guessed(char: char) -> bool {
    matches!(char, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// What is never parted between two lines: a word or a part of one, without the spaces after it.
#[derive(Debug)]
struct Piece {
    range: Range<usize>,
    /// In cells.
    width: usize,
    /// How many spaces follow; each is one byte and one cell.
    spaces: usize,
}

impl Fragment for Piece {
    fn width(&self) -> f64 {
        self.width as f64
    }

    fn whitespace_width(&self) -> f64 {
        self.spaces as f64
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// The pieces of `line`, which holds no line feed and no space at either end. None is wider than the line it may come to
/// stand on, unless it is one grapheme.
fn pieces(line: &str, separator: WordSeparator, first: usize, rest: usize) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut start = 0;
    for end in break_points(line, separator) {
        let word = line.get(start..end).unwrap_or_default();
        let mut uncut = word.trim_end_matches(' ');
        let spaces_after = word.len() - uncut.len();
        loop {
            // A word may hold spaces, as the rules allow no break between one and a closing mark: "why ?".
            let bare = uncut.trim_start_matches(' ');
            let spaces = uncut.len() - bare.len();
            add_spaces(spaces, &mut pieces);
            start += spaces;
            if bare.is_empty() {
                break;
            }
            // What does not open the first line is moved on to the next one before it is cut.
            let columns = if start == 0 { first } else { rest };
            let head = match fit(bare, columns) {
                "" => graphemes(bare).next().map_or(bare, |(_, grapheme)| grapheme),
                head => head,
            };
            let head = head.trim_end_matches(' ');
            pieces.push(Piece { range: start..start + head.len(), width: width(head), spaces: 0 });
            start += head.len();
            uncut = bare.get(head.len()..).unwrap_or_default();
        }
        add_spaces(spaces_after, &mut pieces);
        start = end;
    }
    pieces
}

/// Has the last of `pieces` followed by so many more spaces.
fn add_spaces(spaces: usize, pieces: &mut [Piece]) {
    if let Some(piece) = pieces.last_mut() {
        piece.spaces += spaces;
    }
}

/// The places where `line` may be broken, ascending, its end included.
///
/// The rules look at characters and may allow a break that would cut a grapheme in two; such places are left out.
fn break_points(line: &str, separator: WordSeparator) -> impl Iterator<Item = usize> {
    let mut boundaries = graphemes(line).map(|(at, _)| at).chain(iter::once(line.len())).peekable();
    let mut end = 0;
    separator
        .find_words(line)
        .flat_map(move |word| {
            let start = end;
            end += word.word.len() + word.whitespace.len();
            let hyphens = WordSplitter::HyphenSplitter.split_points(word.word);
            hyphens.into_iter().map(move |at| start + at).chain(iter::once(end))
        })
        .filter(move |point| {
            while boundaries.next_if(|boundary| boundary < point).is_some() {}
            boundaries.peek() == Some(point)
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::clean;

    /// The lines of `text`, at most `columns` cells wide.
    fn lines(text: &str, columns: usize) -> Vec<&str> {
        wrap(text, columns, columns).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn lines_break_at_spaces_and_hyphens() {
        assert_eq!(
            lines("The prime minister will chair a follow-up meeting.", 16),
            ["The prime", "minister will", "chair a follow-", "up meeting."]
        );
        assert_eq!(lines("a --long-option 2024-25", 12), ["a --long-", "option 2024-", "25"]);
        assert_eq!(lines("“quoted” – (said)", 10), ["“quoted” –", "(said)"]);
    }

    #[test]
    fn letters_whose_words_are_guessed_use_up_what_can_be_wrapped() {
        assert_eq!(affordable("abcdef", 6), 6);
        assert_eq!(affordable("abcdef", 5), 5);
        assert_eq!(affordable("aéé", 4), 3);
        assert_eq!(affordable(&"แ".repeat(9), 4 * GUESSED + 1), 4 * "แ".len());
        assert_eq!(affordable("", 0), 0);
    }

    #[test]
    fn the_first_line_has_a_width_of_its_own() {
        let text = "one two three four";
        let found: Vec<&str> = wrap(text, 4, 9).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["one", "two three", "four"]);
        let text = "a https://example.org";
        let found: Vec<&str> = wrap(text, 4, 12).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["a", "https://", "example.org"]);
        let text = "abcdefgh";
        assert_eq!(wrap(text, 2, 4), [0..2, 2..6, 6..8]);
        assert_eq!(wrap(text, 0, 0).len(), 8);
    }

    #[test]
    fn line_feeds_end_lines_and_empty_lines_stay() {
        assert_eq!(wrap("one\n\ntwo three\n", 9, 5), [0..3, 4..4, 5..8, 9..14, 15..15]);
        assert_eq!(lines("", 5), [""]);
        assert_eq!(wrap("  one  \n  ", 5, 5), [2..5, 10..10]);
    }

    #[test]
    fn a_no_break_space_is_no_break_point() {
        assert_eq!(lines("at 10\u{a0}km from", 7), ["at", "10\u{a0}km", "from"]);
    }

    #[test]
    fn long_words_are_cut_between_graphemes() {
        assert_eq!(lines("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(lines("日本語テキスト", 5), ["日本", "語テ", "キス", "ト"]);
        assert_eq!(lines("日本", 1), ["日", "本"]);
        assert_eq!(lines("pourquoi ? oui", 8), ["pourquoi", "? oui"]);
        assert_eq!(lines("xx👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 3), ["xx", "👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"]);
    }

    #[test]
    fn scripts_without_spaces_break_between_words() {
        assert_eq!(lines("นายกรัฐมนตรีแถลงข่าว", 12), ["นายกรัฐมนตรี", "แถลงข่าว"]);
        let long = "นายกรัฐมนตรีแถลงข่าว".repeat(2_000);
        let lines = lines(&long, 12);
        assert_eq!(lines.concat(), long);
        assert!(lines.iter().all(|line| width(line) <= 12));
    }

    /// Words, marks, spaces and line feeds of many scripts, not clean.
    const TRICKY: &str = concat!(
        "[a-e\\-–/.,“”1-3\u{a0}\u{301}\u{200b}\u{200d}\u{2028}\u{fe0f}\u{600}\u{94d}\u{93e}\u{1f1e6}-\u{1f1e8}",
        "\u{1100}\u{e01}-\u{e05}\u{ff9e}日本👩👧❤ \n\t\u{1b}]{0,80}"
    );

    proptest! {
        #[test]
        fn lines_fit_and_nothing_but_spaces_is_lost(
            text in TRICKY,
            words in "([a-zé日]{0,12}[ \u{a0}\n-]{1,3}){0,20}",
            any in any::<String>(),
            first in 1..20_usize,
            rest in 1..20_usize,
        ) {
            for text in [&text, &words, &any] {
                let mut columns = first;
                let mut end = 0;
                for line in wrap(text, first, rest) {
                    prop_assert!(line.start >= end);
                    let skipped = text.get(end..line.start).unwrap();
                    prop_assert_eq!(skipped.trim_matches([' ', '\n']), "");
                    let inside = text.get(line.clone()).unwrap();
                    prop_assert_eq!(inside.trim_matches([' ', '\n']), inside);
                    prop_assert!(!inside.contains('\n'));
                    let is_one_grapheme = graphemes(inside).nth(1).is_none();
                    prop_assert!(width(inside) <= columns || is_one_grapheme, "{:?} {}", inside, columns);
                    end = line.end;
                    columns = rest;
                }
                prop_assert_eq!(text[end..].trim_matches([' ', '\n']), "");
            }
        }

        #[test]
        fn lines_are_as_full_as_they_can_be(text in "[a-c日 -]{0,60}", columns in 2..12_usize) {
            let text = clean::line(&text);
            let lines = wrap(&text, columns, columns);
            for pair in lines.windows(2) {
                let (line, next) = (pair[0].clone(), &text[pair[1].start..]);
                let word = break_points(next, WordSeparator::UnicodeBreakProperties).next().unwrap_or(0);
                let word = next[..word].trim_end();
                let joined = width(&text[line.start..pair[1].start]) + width(word);
                prop_assert!(joined > columns, "{:?} {:?}", &text[line], next);
            }
        }
    }
}
