//! Looking around in a text by byte position: the words, gaps and neighbours the finder asks for.
//!
//! Every position handed out is a character boundary, every look is bounded, and no look crosses a line break.

/// The longest word that any table knows, with room to spare.
const LONGEST_WORD: usize = 20;

/// How far back a preceding word may reach.
const LONGEST_BEFORE: usize = 32;

/// The byte at a position, and zero past the end.
pub(super) fn byte(text: &str, at: usize) -> u8 {
    text.as_bytes().get(at).copied().unwrap_or(0)
}

/// Whether a digit stands at the position.
pub(super) fn is_digit(text: &str, at: usize) -> bool {
    byte(text, at).is_ascii_digit()
}

/// The character that starts at a position.
pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The character that ends at a position.
pub(super) fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// Whether the text goes on with these very bytes.
pub(super) fn starts(text: &str, at: usize, with: &str) -> bool {
    text.as_bytes().get(at..).is_some_and(|rest| rest.starts_with(with.as_bytes()))
}

/// Whether a character binds to its neighbours as part of a word.
pub(super) fn is_word_char(c: char) -> bool {
    // The last two make a keycap of a digit.
    c == '_'
        || c.is_ascii_alphanumeric()
        || (!c.is_ascii() && is_letter(c))
        || matches!(c, '\u{fe0f}' | '\u{20e3}')
}

/// Whether a character beyond ASCII is a letter. Dashes and quotation marks, most asked about, are told apart at once.
fn is_letter(c: char) -> bool {
    !matches!(c, '\u{a0}' | '\u{2000}'..='\u{206f}') && c.is_alphabetic()
}

/// Whether nothing of a word follows the position.
pub(super) fn ends_word(text: &str, at: usize) -> bool {
    !char_at(text, at).is_some_and(is_word_char)
}

/// Where the run of letters and digits ends that goes on from the position.
pub(super) fn word_end(text: &str, mut at: usize) -> usize {
    loop {
        let next = byte(text, at);
        if next.is_ascii_alphanumeric() || next == b'_' {
            at += 1;
        } else if next < 0x80 {
            return at;
        } else {
            match char_at(text, at) {
                Some(c) if is_letter(c) => at += c.len_utf8(),
                _ => return at,
            }
        }
    }
}

/// The whole word of ASCII letters that starts at a position; empty when there is none, or it is too long to matter.
pub(super) fn word(text: &str, at: usize) -> &str {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let length = rest.iter().take(LONGEST_WORD + 1).take_while(|b| b.is_ascii_alphabetic()).count();
    if length > LONGEST_WORD || !ends_word(text, at + length) {
        return "";
    }
    text.get(at..at + length).unwrap_or("")
}

/// Whether a character is a space inside a line.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// The position after one or two spaces, and none when there is no space or a wider hole.
pub(super) fn gap(text: &str, at: usize) -> Option<usize> {
    let first = char_at(text, at).filter(|c| is_space(*c))?;
    let mut end = at + first.len_utf8();
    if let Some(second) = char_at(text, end).filter(|c| is_space(*c)) {
        end += second.len_utf8();
    }
    match char_at(text, end) {
        Some(c) if is_space(c) => None,
        _ => Some(end),
    }
}

/// The position after a hyphen that binds two words.
pub(super) fn hyphen(text: &str, at: usize) -> Option<usize> {
    char_at(text, at).filter(|c| matches!(c, '-' | '\u{2010}' | '\u{2011}')).map(|c| at + c.len_utf8())
}

/// The position after a gap or a hyphen.
pub(super) fn gap_or_hyphen(text: &str, at: usize) -> Option<usize> {
    gap(text, at).or_else(|| hyphen(text, at))
}

/// The position of the word after a gap, together with the word.
pub(super) fn next_word(text: &str, at: usize) -> Option<(usize, &str)> {
    let start = gap(text, at)?;
    Some((start, word(text, start))).filter(|(_, word)| !word.is_empty())
}

/// The position after `wanted`, when it is the next word after a gap.
pub(super) fn skip_word(text: &str, at: usize, wanted: &str) -> Option<usize> {
    next_word(text, at)
        .filter(|(_, word)| word.eq_ignore_ascii_case(wanted))
        .map(|(start, word)| start + word.len())
}

/// The start of the run of letters and digits that ends at the position.
pub(super) fn word_start(text: &str, at: usize) -> usize {
    let mut start = at;
    while at - start < LONGEST_BEFORE
        && let Some(c) = char_before(text, start)
        && is_word_char(c)
    {
        start -= c.len_utf8();
    }
    start
}

/// The word before the position when nothing but a gap parts them, with its start; an empty word otherwise.
pub(super) fn word_before(text: &str, at: usize) -> (usize, &str) {
    let mut end = at;
    while at - end < 4
        && let Some(c) = char_before(text, end)
        && is_space(c)
    {
        end -= c.len_utf8();
    }
    let start = if end == at { at } else { word_start(text, end) };
    (start, text.get(start..end).unwrap_or("").trim_end_matches(is_space))
}

/// A short word as one number, which is compared at once; zero for a word that is empty or too long.
pub(super) type Key = u128;

/// The key of a word in the case it stands in.
pub(super) const fn key(word: &str) -> Key {
    packed(word, false)
}

/// The key of a word in lower case.
pub(super) const fn lower_key(word: &str) -> Key {
    packed(word, true)
}

#[inline]
const fn packed(word: &str, is_lowered: bool) -> Key {
    let bytes = word.as_bytes();
    if bytes.len() > size_of::<Key>() {
        return 0;
    }
    let mut key = 0;
    let mut at = 0;
    while at < bytes.len() {
        let byte = if is_lowered { bytes[at].to_ascii_lowercase() } else { bytes[at] };
        key = key << 8 | byte as Key;
        at += 1;
    }
    key
}

/// The keys of a list, parted at its single spaces while compiling, so that a table of words reads as prose does.
pub(super) const fn parted<const N: usize>(list: &'static str) -> [Key; N] {
    let mut words = [0; N];
    let mut rest = list;
    let mut count = 0;
    while count < N {
        let mut length = 0;
        while length < rest.len() && rest.as_bytes()[length] != b' ' {
            length += 1;
        }
        let (word, after) = rest.split_at(length);
        words[count] = key(word);
        assert!(words[count] > 0, "fewer words than promised, or one too long");
        rest = if after.is_empty() { after } else { after.split_at(1).1 };
        count += 1;
    }
    assert!(rest.is_empty(), "more words than promised");
    words
}

/// Whether a list in lower case has this word, in whatever case it stands.
pub(super) fn listed(list: &[Key], word: &str) -> bool {
    list.contains(&lower_key(word))
}

/// Whether a list has this word in just this case.
pub(super) fn holds(list: &[Key], word: &str) -> bool {
    list.contains(&key(word))
}

/// Whether the word is one of a few, in whatever case it stands.
pub(super) fn is_any(few: &[&str], word: &str) -> bool {
    few.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// A word in lower case, on the stack.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lower {
    bytes: [u8; LONGEST_WORD],
    length: usize,
}

impl Lower {
    /// Lowers a word of ASCII letters; a longer word than any known becomes empty.
    pub(super) fn new(word: &str) -> Self {
        let mut bytes = [0; LONGEST_WORD];
        let length = if word.len() <= LONGEST_WORD { word.len() } else { 0 };
        for (slot, byte) in bytes.iter_mut().zip(word.bytes().take(length)) {
            *slot = byte.to_ascii_lowercase();
        }
        Self { bytes, length }
    }

    /// The lowered word.
    pub(super) fn as_str(&self) -> &str {
        self.bytes.get(..self.length).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_one_or_two_spaces_and_never_a_line_break() {
        assert_eq!(gap("a b", 1), Some(2));
        assert_eq!(gap("a  b", 1), Some(3));
        assert_eq!(gap("a   b", 1), None);
        assert_eq!(gap("a\nb", 1), None);
        assert_eq!(gap("a\u{a0}b", 1), Some(3));
    }

    #[test]
    fn a_word_stops_at_a_mark_and_is_empty_when_digits_follow() {
        assert_eq!(word("weeks' rest", 0), "weeks");
        assert_eq!(word("km2", 0), "");
        assert_eq!(word("caf\u{e9}", 0), "");
    }

    #[test]
    fn the_word_before_is_seen_over_a_gap_only() {
        assert_eq!(word_before("between 5", 8), (0, "between"));
        assert_eq!(word_before("between, 5", 9).1, "");
        assert_eq!(word_before("x-5", 2).1, "");
    }

    #[test]
    fn an_offset_inside_a_character_is_answered_with_nothing() {
        assert_eq!(char_at("\u{20ac}", 1), None);
        assert_eq!(word("\u{20ac}", 2), "");
        assert_eq!(word_end("\u{20ac}", 1), 1);
    }
}
