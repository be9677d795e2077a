//! Bytes to text: the character set, UTF-16, and the wrapping of gzip.
//!
//! What is UTF-8 is taken for UTF-8 whatever it says of itself, so decoding twice changes nothing. Else a mark of byte order
//! decides, then a declared character set, then Windows-1252, in which every byte means something. Streams are decoded line
//! by line with [`line()`], which keeps their byte offsets; only UTF-16 and a character set that a server names have to be decoded in
//! front of them.

mod gzip;
mod labelled;
mod mojibake;
mod utf16;

use std::borrow::Cow;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::detect;

pub use gzip::{TOO_LARGE, Unpacked, is_gzip, unpack};
pub use labelled::labelled;
pub use mojibake::mended;
pub use utf16::{is_utf16, stream};

/// How far into a document its character set may be declared, in bytes.
const DECLARED_WITHIN: usize = 1 << 10;

/// The text of a whole document, or of its beginning, without a mark of byte order.
pub fn text(bytes: &[u8]) -> Cow<'_, str> {
    if let Some(encoding) = utf16::encoding(bytes) {
        return encoding.decode_with_bom_removal(bytes).0;
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let declared = declared(bytes);
    match std::str::from_utf8(bytes) {
        // The one set in use whose text is ASCII and something else.
        Ok(text) if text.is_ascii() && text.contains('\u{1b}') && is_seven_bit(declared) => {
            declared.map_or(Cow::Borrowed(text), |encoding| encoding.decode_without_bom_handling(bytes).0)
        }
        Ok(text) => Cow::Borrowed(text),
        Err(_) => match declared.filter(|encoding| *encoding != WINDOWS_1252 && !is_seven_bit(declared)) {
            Some(encoding) if !is_mostly_utf8(bytes) => encoding.decode_without_bom_handling(bytes).0,
            _ => line(bytes),
        },
    }
}

/// `bytes` as UTF-8, when whoever brought them says that they are of the character set called `label`, and they are no
/// UTF-8. Other bytes, and those of an unknown set, stay as they are.
pub fn told<'a>(bytes: &'a [u8], label: Option<&str>) -> Cow<'a, [u8]> {
    let encoding = label.and_then(|label| Encoding::for_label_no_replacement(label.as_bytes()));
    match encoding {
        Some(encoding) if !is_gzip(bytes) && std::str::from_utf8(bytes).is_err() => {
            Cow::Owned(encoding.decode(bytes).0.into_owned().into_bytes())
        }
        _ => Cow::Borrowed(bytes),
    }
}

/// The text of one line of a stream: UTF-8, or Windows-1252 when it is plainly none.
pub fn line(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    if is_mostly_utf8(bytes) {
        return String::from_utf8_lossy(bytes);
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    // Five bytes mean nothing in Windows-1252, and must not become controls.
    let is_undefined = |char: char| ('\u{80}'..='\u{9f}').contains(&char);
    if text.contains(is_undefined) { Cow::Owned(text.replace(is_undefined, "\u{fffd}")) } else { text }
}

/// The text that a source begins with, unpacked, of at most [`detect::HEAD`] bytes; and whether that is all of it, given
/// that `bytes` are (`is_all`).
pub fn head(bytes: &[u8], is_all: bool) -> (Cow<'_, str>, bool) {
    if !is_gzip(bytes) {
        return (text(bytes), is_all);
    }
    let (unpacked, is_end) = gzip::beginning(bytes, detect::HEAD);
    (Cow::Owned(text(&unpacked).into_owned()), is_all && is_end)
}

/// Whether bytes that are no UTF-8 are more UTF-8 than anything else: faults in it are rarer than its characters.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut characters, mut faults) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        characters += chunk.valid().chars().filter(|char| !char.is_ascii()).count();
        // A character that the end of what is known cuts in two is no fault.
        let is_cut = chunk.invalid().len() > 1 && bytes.ends_with(chunk.invalid());
        faults += usize::from(!chunk.invalid().is_empty() && !is_cut);
    }
    characters >= faults
}

/// The character set that an XML declaration or an HTML `meta` names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..DECLARED_WITHIN).unwrap_or(bytes);
    if !start.trim_ascii_start().starts_with(b"<") {
        return None;
    }
    let label = if start.trim_ascii_start().starts_with(b"<?xml") {
        value(start, b"encoding")
    } else {
        value(start, b"charset")
    };
    let encoding = Encoding::for_label_no_replacement(label?)?;
    // The declaration itself could be read, so it is no UTF-16.
    encoding
        .is_ascii_compatible()
        .then_some(encoding)
        .or_else(|| is_seven_bit(Some(encoding)).then_some(encoding))
}

/// Whether it is ISO-2022-JP, whose bytes are those of ASCII.
fn is_seven_bit(encoding: Option<&'static Encoding>) -> bool {
    encoding == Some(encoding_rs::ISO_2022_JP)
}

/// What stands behind `key`, an equals sign and perhaps a quote mark.
fn value<'a>(bytes: &'a [u8], key: &[u8]) -> Option<&'a [u8]> {
    let at = bytes.windows(key.len()).position(|window| window.eq_ignore_ascii_case(key))?;
    let rest = bytes.get(at + key.len()..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let is_over = |byte: &u8| matches!(byte, b'"' | b'\'' | b'>' | b';' | b'/' | b' ' | b'?');
    rest.get(..rest.iter().position(is_over)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_utf8_is_utf8_whatever_it_says() {
        for declared in ["windows-1252", "utf-16", "nonsense", "iso-2022-jp"] {
            let page = format!("<?xml version=\"1.0\" encoding='{declared}'?><a>café</a>");
            assert_eq!(text(page.as_bytes()), page);
        }
        assert_eq!(text(b"\xef\xbb\xbfcaf\xc3\xa9"), "café");
        assert_eq!(text(b"caf\xc3\xa9 and half of \xe2\x82"), "café and half of \u{fffd}");
    }

    #[test]
    fn a_declared_character_set_is_heeded() {
        assert_eq!(
            text(b"<?xml version='1.0' encoding=\"ISO-8859-2\"?>\xb1"),
            "<?xml version='1.0' encoding=\"ISO-8859-2\"?>ą"
        );
        assert_eq!(text(b"<meta charset=koi8-r>\xf0"), "<meta charset=koi8-r>П");
        assert_eq!(
            text(b"<meta content=\"text/html; charset=Shift_JIS\">\x93\xfa"),
            "<meta content=\"text/html; charset=Shift_JIS\">日"
        );
        assert_eq!(text(b"<meta charset=iso-2022-jp>\x1b$BF|\x1b(B"), "<meta charset=iso-2022-jp>日");
    }

    #[test]
    fn a_character_set_told_from_outside_counts_where_there_is_no_utf8() {
        assert_eq!(&*told(b"caf\xe9", Some("iso-8859-1")), "café".as_bytes());
        assert_eq!(&*told("café".as_bytes(), Some("iso-8859-1")), "café".as_bytes());
        assert_eq!(&*told(b"caf\xe9", Some("nonsense")), b"caf\xe9");
        assert_eq!(&*told(b"caf\xe9", None), b"caf\xe9");
        assert_eq!(&*told(b"\x1f\x8b\x08\xe9", Some("iso-8859-1")), b"\x1f\x8b\x08\xe9");
    }

    #[test]
    fn bytes_that_are_no_utf8_are_windows_1252() {
        assert_eq!(text(b"caf\xe9 \x96 \x93na\xefve\x94"), "café – “naïve”");
        assert_eq!(line(b"\x9bone \x90two"), "›one \u{fffd}two");
    }

    #[test]
    fn one_bad_byte_among_good_characters_costs_itself_only() {
        let bytes = b"caf\xc3\xa9 \xe2\x80\x93 \xff bravo \xe2\x82\xac";
        assert_eq!(line(bytes), "café – \u{fffd} bravo €");
    }

    #[test]
    fn decoding_twice_changes_nothing() {
        let decoded = text(b"<?xml version='1.0' encoding='windows-1252'?>\xe9\x80");
        assert_eq!(text(decoded.as_bytes()), decoded);
    }
}
