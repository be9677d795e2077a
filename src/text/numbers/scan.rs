//! The one pass over the text: where a number could start, and whether what is read there may stay.
//!
//! Plain words are passed over by their first letter and length; only the rest is read as a number at all.

use super::cursor::{byte, char_at, is_digit, word, word_end};
use super::range::{self, Span};
use super::{Number, NumberKind, address, clock, date, money, names, words};

/// The next position where a number could start. Plain words are passed over by their length and first letter.
pub(super) fn candidate(text: &str, mut at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    while let Some(&first) = bytes.get(at) {
        match first {
            b'0'..=b'9' | b'$' => return Some(at),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                let length = bytes.iter().skip(at).take_while(|b| b.is_ascii_alphabetic()).count();
                let is_article = length < 3 && matches!(first, b'a' | b'A');
                if words::is_likely(first, length)
                    && !(is_article && is_plain_article(text, at + length))
                    && words::meaning(text.get(at..at + length).unwrap_or("")).is_some()
                {
                    return Some(at);
                }
                if length < 4 && first.is_ascii_uppercase() && money::before(text, at).is_some() {
                    return Some(at);
                }
                at = word_end(text, at + length).max(at + 1);
            }
            b'+' | b'-' | b'\'' | b'.' | b'(' if opens_figure(text, at + 1) => return Some(at),
            0..0x80 => at += 1,
            _ => {
                let Some(c) = char_at(text, at) else {
                    at += 1;
                    continue;
                };
                if matches!(c, '£' | '¥' | '¼'..='¾' | '⅐'..='⅞' | '\u{20a0}'..='\u{20bf}' | '฿' | '＄' | '￡' | '￥')
                    || (matches!(c, '−' | '–' | '’' | '‘') && opens_figure(text, at + c.len_utf8()))
                {
                    return Some(at);
                }
                at = if c.is_alphabetic() { word_end(text, at) } else { at + c.len_utf8() };
            }
        }
    }
    None
}

/// Whether the word behind an article is none that an article can begin a number with.
fn is_plain_article(text: &str, at: usize) -> bool {
    let length = text.as_bytes().iter().skip(at + 1).take(16).take_while(|b| b.is_ascii_alphabetic()).count();
    byte(text, at) == b' ' && byte(text, at + 1) != b' ' && !words::is_likely(byte(text, at + 1), length)
}

/// Whether a figure or its currency stands at the position.
fn opens_figure(text: &str, at: usize) -> bool {
    match byte(text, at) {
        b'.' | b' ' => is_digit(text, at + 1),
        first => first.is_ascii_digit() || first == b'$' || first >= 0x80,
    }
}

/// The number that starts at a candidate, or where to go on.
pub(super) fn number(text: &str, start: usize) -> Result<Number, usize> {
    let first = char_at(text, start).unwrap_or(' ');
    if matches!(first, '0'..='9' | '+' | '(')
        && !is_dated(text, start)
        && let Some(end) = address::code(text, start)
    {
        return Err(end);
    }
    let after = if first.is_alphanumeric() {
        word_end(text, start).max(start + first.len_utf8())
    } else {
        start + first.len_utf8()
    };
    if first == '.' && char_at(text, start.wrapping_sub(1)).is_some_and(char::is_alphanumeric) {
        return Err(after);
    }
    if first.is_alphanumeric() && names::is_bound(text, start) {
        return Err(after);
    }
    let span = range::span(text, start).ok_or(after)?;
    if is_name(text, start, &span) {
        return Err(span.end);
    }
    Ok(Number { range: start..span.end, kind: span.kind })
}

fn is_dated(text: &str, at: usize) -> bool {
    date::date(text, at).is_some() || clock::time(text, at).is_some()
}

/// Whether the neighbourhood makes a name or label of what reads as a number.
fn is_name(text: &str, start: usize, span: &Span) -> bool {
    let in_digits = is_digit(text, start);
    let year = span.kind == NumberKind::Date;
    // A figure like a year of long ago may be a label as well.
    let old = year && span.end - start == 4 && !matches!(byte(text, start + 1), b'9' | b'0') && in_digits;
    let bare = (span.kind == NumberKind::Cardinal && span.unit.is_none()) || old;
    ((bare || span.kind == NumberKind::Duration) && names::is_idiom(text, start, span.end))
        || names::is_reference(text, span.end)
        || (bare && names::is_list_mark(text, start, span.end))
        || (bare && names::is_label(text, start, span.end, in_digits))
        || (span.kind == NumberKind::Ordinal && names::is_rank(text, start, span.end))
        || (!in_digits
            && !year
            && words::is_figure(word(text, start))
            && names::is_titled(text, start, span.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_are_no_candidates() {
        assert_eq!(candidate("The harbour was a quiet place", 0), None);
        assert_eq!(candidate("The harbour has a hundred boats", 0), Some(16));
        assert_eq!(candidate("It cost US$5", 0), Some(8));
        assert_eq!(candidate("\u{e9}t\u{e9} \u{2013}5", 0), Some(6));
    }

    #[test]
    fn a_refused_candidate_tells_where_to_go_on() {
        assert_eq!(number("B52 flew", 0), Err(3));
        assert_eq!(number("one of them", 0), Err(3));
    }
}
