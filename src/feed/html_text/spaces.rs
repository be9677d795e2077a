//! White space as browsers fold it: any stretch of it is one space.

/// What browsers take for white space.
pub(super) const SPACES: [char; 5] = [' ', '\n', '\t', '\r', '\u{c}'];

/// Where the words at the start of `text` end that have no more than one space between them.
pub(super) fn words_end(text: &str) -> usize {
    let is_space = |byte: &u8| matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c');
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if is_space(byte) && (*byte != b' ' || bytes.get(at + 1).is_none_or(is_space)) {
            break;
        }
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_where_more_than_a_space_follows() {
        for (text, words) in [
            ("one two  three", "one two"),
            ("one two\nthree", "one two"),
            ("one \ntwo", "one"),
            ("one ", "one"),
            ("größe\u{a0}x", "größe\u{a0}x"),
            ("", ""),
        ] {
            assert_eq!(&text[..words_end(text)], words);
        }
    }
}
