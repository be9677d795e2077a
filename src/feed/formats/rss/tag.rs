//! One tag of XML, as leniently as it can be read: attributes without quote marks, or told twice.

/// A tag as it is written.
pub(super) struct Tag<'a> {
    pub name: &'a str,
    /// What stands between name and end.
    inner: &'a str,
    pub is_end: bool,
    pub is_empty: bool,
    pub length: usize,
}

impl<'a> Tag<'a> {
    /// The tag that `text` begins with; `None` when its `<` is none.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let bytes = text.as_bytes();
        let is_end = bytes.get(1) == Some(&b'/');
        let from = if is_end { 2 } else { 1 };
        let is_first = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'_';
        bytes.get(from).filter(|byte| is_first(byte))?;
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'-' | b'.');
        let name_end = from + bytes.get(from..)?.iter().position(|byte| !is_name(byte))?;
        // A tag that another begins in has no end of its own.
        let mut quote = None;
        let end = bytes.get(name_end..)?.iter().position(|byte| match (byte, quote) {
            (b'<', _) | (b'>', None) => true,
            (b'"' | b'\'', None) => {
                quote = Some(*byte);
                false
            }
            (byte, Some(open)) if *byte == open => {
                quote = None;
                false
            }
            _ => false,
        })? + name_end;
        if bytes.get(end) != Some(&b'>') {
            return None;
        }
        let inner = text.get(name_end..end)?;
        let is_empty = inner.ends_with('/') && !is_end;
        Some(Self {
            name: text.get(from..name_end)?,
            inner: inner.trim_end_matches('/'),
            is_end,
            is_empty,
            length: end + 1,
        })
    }

    /// Calls `with` for each attribute that has a name and a value; of one that is told twice, the first.
    pub(super) fn attributes(&self, mut with: impl FnMut(&'a str, &'a str)) {
        let mut seen: Vec<&str> = Vec::new();
        let mut rest = self.inner.trim_start();
        while let Some((name, after)) = rest.split_once('=') {
            let name = name.trim_end().rsplit(char::is_whitespace).next().unwrap_or(name);
            let after = after.trim_start();
            let (value, next) = match after.chars().next().filter(|char| matches!(char, '"' | '\'')) {
                Some(quote) => {
                    after.get(1..).and_then(|value| value.split_once(quote)).unwrap_or((after, ""))
                }
                None => after.split_once(char::is_whitespace).unwrap_or((after, "")),
            };
            let is_first = |char: char| char.is_ascii_alphabetic() || char == '_';
            let is_name = |char: char| char.is_ascii_alphanumeric() || "_:-.".contains(char);
            // More than a few attributes are no feed's.
            if name.starts_with(is_first)
                && name.chars().all(is_name)
                && seen.len() < 64
                && !seen.contains(&name)
            {
                seen.push(name);
                with(name, value);
            }
            rest = next.trim_start();
        }
    }

    pub(super) fn version(&self) -> Option<&'a str> {
        let mut version = None;
        self.attributes(|name, value| {
            if name == "version" {
                version = Some(value);
            }
        });
        version
    }
}
