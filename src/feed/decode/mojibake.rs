//! UTF-8 that somebody read as Windows-1252 or Latin-1 and wrote again: `â€“` for a dash.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

/// `text` with its characters as they were meant, when that is certain: when all of it turns back into bytes that are UTF-8,
/// of characters that news is written in.
pub fn mended(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let bytes: Option<Vec<u8>> = text.chars().map(byte).collect();
    let meant = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    match meant {
        Some(meant) if meant.chars().all(is_usual) => Cow::Owned(meant),
        _ => Cow::Borrowed(text),
    }
}

/// The byte that was taken for `char`. Bytes that mean nothing in Windows-1252 are taken for controls.
fn byte(char: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(char) {
        return Some(byte);
    }
    let mut buffer = [0; 4];
    let (bytes, _, is_lossy) = WINDOWS_1252.encode(char.encode_utf8(&mut buffer));
    match (&*bytes, is_lossy) {
        ([byte], false) => Some(*byte),
        _ => None,
    }
}

/// Whether titles hold `char`. Two letters that happen to be the bytes of one character are mostly those of an odd one:
/// `É“` would be a letter of phonetics.
fn is_usual(char: char) -> bool {
    matches!(
        char,
        '\0'..='\u{7f}'
            | '\u{a0}'..='\u{17f}'
            | '\u{370}'..='\u{4ff}'
            | '\u{2010}'..='\u{2bff}'
            | '\u{1f000}'..='\u{1faff}'
            | '\u{fe0f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certain_mojibake_is_mended() {
        assert_eq!(mended("Riots in England â€“ as it happened"), "Riots in England – as it happened");
        assert_eq!(mended("Election â\u{80}\u{93} live"), "Election – live");
        assert_eq!(mended("â€œItâ€™s over,â€\u{9d} CafÃ© Â£5"), "“It’s over,” Café £5");
        assert_eq!(mended("ÐœÐ¾Ñ\u{81}ÐºÐ²Ð°"), "Москва");
    }

    #[test]
    fn what_may_be_meant_as_it_stands_is_left() {
        for text in [
            "plain",
            "Café – “naïve”",
            "CAFÉ“ offen",
            "CAFÉ\u{a0}: ouvert",
            "Liberté\u{a0}» : oui",
            "SÃO PAULO",
            "â€“ and – both",
            "日本",
        ] {
            assert_eq!(mended(text), text);
        }
    }
}
