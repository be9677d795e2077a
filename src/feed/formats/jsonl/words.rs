//! The words of an entry as they stand in their line: what is escaped in them is read where they are used.
//!
//! Nearly all that is written as JSON is long words with a few line ends in them, so that they are copied once, into a text
//! that is used again and again.

use std::borrow::Cow;

use serde::de::{self, Deserialize};
use serde_json::value::RawValue;

/// A value of any type, of which text is kept.
#[derive(Debug, Default)]
pub(super) enum Words<'a> {
    /// No text.
    #[default]
    None,
    /// They say what they mean.
    Read(Cow<'a, str>),
    /// Characters with a letter of their own are escaped in them.
    Escaped(&'a str),
}

impl<'de: 'a, 'a> Deserialize<'de> for Words<'a> {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        let Some(inner) = raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
            return Ok(Self::None);
        };
        let mut escapes = memchr::memchr_iter(b'\\', inner.as_bytes()).peekable();
        if escapes.peek().is_none() {
            return Ok(Self::Read(Cow::Borrowed(inner)));
        }
        // Of two characters that stand for one, and of a half of them, `serde_json` knows all.
        let is_numbered = escapes.any(|at| inner.as_bytes().get(at + 1) == Some(&b'u'));
        if is_numbered {
            return serde_json::from_str(raw)
                .map(|text| Self::Read(Cow::Owned(text)))
                .map_err(de::Error::custom);
        }
        Ok(Self::Escaped(inner))
    }
}

impl Words<'_> {
    /// Whether there is a text.
    pub(super) fn are_given(&self) -> bool {
        !matches!(self, Self::None)
    }

    /// The text; empty when there is none. `read` holds it where something is escaped.
    pub(super) fn text<'t>(&'t self, read: &'t mut String) -> &'t str {
        match self {
            Self::None => "",
            Self::Read(text) => text,
            Self::Escaped(written) => {
                read.clear();
                unescape(written, read);
                read
            }
        }
    }
}

/// Appends what `written` means, in which nothing is escaped by its number.
fn unescape(written: &str, out: &mut String) {
    let mut rest = written;
    while let Some((before, escaped)) =
        memchr::memchr(b'\\', rest.as_bytes()).and_then(|at| rest.split_at_checked(at))
    {
        out.push_str(before);
        let mut chars = escaped.chars();
        chars.next();
        out.extend(chars.next().map(|char| match char {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            // A quote mark, a slash or a backslash.
            itself => itself,
        }));
        rest = chars.as_str();
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_what_serde_json_reads(inner in "([a-zé“ u]|\\\\[\"\\\\/bfnrt]|\\\\u[0-9a-fA-F]{4}|\\\\ud83d\\\\ude00){0,12}") {
            let json = format!("\"{inner}\"");
            let (words, expected) = (serde_json::from_str::<Words<'_>>(&json), serde_json::from_str::<String>(&json));
            let mut read = "before".to_owned();
            let text = words.ok().map(|words| words.text(&mut read).to_owned());
            prop_assert_eq!(text, expected.ok());
        }
    }

    #[test]
    fn only_texts_are_words() {
        for json in ["null", "12", "[\"a\"]", "{\"a\":\"b\"}", "true"] {
            assert!(!serde_json::from_str::<Words<'_>>(json).unwrap().are_given(), "{json}");
        }
        for json in ["\"a", "\"\\x\"", "\"\n\"", "\"\\ud800\""] {
            assert!(serde_json::from_str::<Words<'_>>(json).is_err(), "{json}");
        }
    }
}
