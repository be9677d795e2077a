//! Measures text in terminal cells, as the screen does, and cuts it to a number of cells.
//!
//! The unit of both is the grapheme, what a reader takes for one character: its cells are counted as a whole, and it is
//! never cut in two. `tests/width.rs` holds the counts here to those of ratatui's buffer, which this floor must not name.

use std::{borrow::Cow, iter};

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// The cells that `text` takes on a screen.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.bytes().filter(|byte| !byte.is_ascii_control()).count();
    }
    graphemes(text).map(|(_, grapheme)| cells(grapheme)).sum()
}

/// The longest beginning of `text` that takes at most `columns` cells, cut between graphemes.
///
/// Only that beginning is looked at, however long the text is.
pub fn fit(text: &str, columns: usize) -> &str {
    // One byte more than is kept: a mark that follows belongs to the last character and may be what makes it too wide.
    let looked_at = text.len().min(columns.saturating_add(1));
    if text.bytes().take(looked_at).all(is_plain) {
        return text.get(..columns).unwrap_or(text);
    }
    let mut used = 0;
    let end = graphemes(text).find_map(|(at, grapheme)| {
        used += cells(grapheme);
        (used > columns).then_some(at)
    });
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// What of `text` to show in `columns` cells, and whether `ellipsis` is to follow it.
///
/// Spaces in front of the ellipsis go. Where the ellipsis itself has no room, the text is cut without it.
pub fn fit_with_ellipsis<'a>(text: &'a str, columns: usize, ellipsis: &str) -> (&'a str, bool) {
    let whole = fit(text, columns);
    match columns.checked_sub(width(ellipsis)) {
        Some(columns) if whole.len() < text.len() => (fit(whole, columns).trim_end_matches(' '), true),
        _ => (whole, false),
    }
}

/// `text` as it is shown in `columns` cells: whole, or cut with `ellipsis` behind where that has room.
pub fn cut<'a>(text: &'a str, columns: usize, ellipsis: &str) -> Cow<'a, str> {
    match fit_with_ellipsis(text, columns, ellipsis) {
        (kept, true) => Cow::Owned(format!("{kept}{ellipsis}")),
        (kept, false) => Cow::Borrowed(kept),
    }
}

/// The graphemes of `text`, each with the byte offset it starts at.
pub fn graphemes(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    iter::from_fn(move || {
        let rest = text.get(start..)?;
        let grapheme = match rest.as_bytes() {
            // Nothing joins two plain characters, and most of most texts is that.
            [b' '..=b'~'] | [b' '..=b'~', b'\0'..=b'\x7f', ..] => rest.get(..1)?,
            _ => rest.graphemes(true).next()?,
        };
        let at = start;
        start += grapheme.len();
        Some((at, grapheme))
    })
}

/// The cells that one grapheme takes on a screen.
///
/// The screen leaves out what holds a control, counts in 16 bits (which only a grapheme that no screen could hold
/// notices), and adds a cell for each halfwidth voiced sound mark. That last was for a unicode-width that gave such a
/// mark none; version 0.2.3 gives it one, so that ratatui 0.30.2 counts it twice. What matters here is to count alike.
pub fn cells(grapheme: &str) -> usize {
    match grapheme.as_bytes() {
        [byte] => usize::from(!byte.is_ascii_control()),
        _ if grapheme.contains(char::is_control) => 0,
        _ => {
            let marks = grapheme.chars().filter(|char| matches!(char, '\u{ff9e}' | '\u{ff9f}')).count();
            usize::from((grapheme.width() as u16).saturating_add(marks as u16))
        }
    }
}

/// Whether `byte` is a character of its own, one cell wide.
fn is_plain(byte: u8) -> bool {
    (b' '..=b'~').contains(&byte)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_grapheme_counts_as_a_whole() {
        for (text, cells) in [
            ("", 0),
            ("plain", 5),
            ("“it’s”", 6),
            ("日本語", 6),
            ("👩‍👩‍👧‍👦", 2),
            ("🇬🇧🇫🇷", 4),
            ("cafe\u{301}", 4),
            ("❤️", 2),
            ("a\tb\u{7}", 2),
            ("สวัสดี", 4),
        ] {
            assert_eq!(width(text), cells, "{text:?}");
        }
    }

    #[test]
    fn a_wide_letter_is_never_cut_in_two() {
        assert_eq!(fit("日本語", 3), "日");
        assert_eq!(fit("日本語", 1), "");
        assert_eq!(fit("a👩‍👩‍👧‍👦b", 2), "a");
        assert_eq!(fit("a👩‍👩‍👧‍👦b", 3), "a👩‍👩‍👧‍👦");
        assert_eq!(fit("caf\u{301}e", 3), "caf\u{301}");
        assert_eq!(fit("abcﾞ", 3), "ab", "the mark belongs to its letter and makes it too wide");
    }

    #[test]
    fn an_ellipsis_takes_its_place_from_the_text() {
        assert_eq!(fit_with_ellipsis("Second meeting", 14, "…"), ("Second meeting", false));
        assert_eq!(fit_with_ellipsis("Second meeting", 13, "…"), ("Second meeti", true));
        assert_eq!(fit_with_ellipsis("Second meeting", 8, "…"), ("Second", true));
        assert_eq!(fit_with_ellipsis("Second meeting", 8, "..."), ("Secon", true));
        assert_eq!(fit_with_ellipsis("Second", 2, "..."), ("Se", false));
        assert_eq!(fit_with_ellipsis("Second", 0, ""), ("", true));
        assert_eq!(fit_with_ellipsis("", 0, "…"), ("", false));
    }

    /// Characters that join with what stands beside them.
    const JOINING: &str = concat!(
        "[a-c \u{301}\u{200d}\u{fe0f}\u{600}\r\n🇬🇧👩👧",
        "\u{1100}\u{1161}\u{11a8}\u{915}\u{94d}\u{937}\u{ff9e}]{0,12}"
    );

    proptest! {
        #[test]
        fn graphemes_are_those_of_unicode(text in any::<String>(), joining in JOINING) {
            for text in [text, joining] {
                let found: Vec<(usize, &str)> = graphemes(&text).collect();
                let expected: Vec<(usize, &str)> = text.grapheme_indices(true).collect();
                prop_assert_eq!(found, expected);
            }
        }

        #[test]
        fn what_fits_is_the_longest_beginning_that_does(text in any::<String>(), columns in 0..30_usize) {
            let kept = fit(&text, columns);
            prop_assert!(text.starts_with(kept));
            prop_assert!(width(kept) <= columns);
            if let Some((_, next)) = graphemes(&text[kept.len()..]).next() {
                prop_assert!(width(kept) + cells(next) > columns);
            }
        }
    }
}
