//! Telling the format of a source from its first bytes.

use super::{FORMATS, Format, Likeness, decode};

/// How many bytes are looked at before a source is given up.
pub const HEAD: usize = 64 << 10;

/// What a source was recognised as.
#[derive(Debug, Clone, Copy)]
pub enum Recognition {
    Known(&'static Format),
    /// More bytes are needed.
    Unsure,
    /// It is no liveblog.
    Unknown,
}

impl Recognition {
    /// The format, once it is known.
    pub fn known(self) -> Option<&'static Format> {
        match self {
            Self::Known(format) => Some(format),
            Self::Unsure | Self::Unknown => None,
        }
    }
}

/// The format that the beginning of `whole`, all of a source, looks like.
pub fn beginning(whole: &[u8]) -> Option<&'static Format> {
    let head = whole.get(..HEAD).unwrap_or(whole);
    recognize(head, head.len() == whole.len()).known()
}

/// Recognises a source by its first bytes. `is_all` tells that no more will come.
pub fn recognize(head: &[u8], is_all: bool) -> Recognition {
    let (text, is_all) = decode::head(head, is_all);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if text.trim().is_empty() {
        return if is_all { Recognition::Unknown } else { Recognition::Unsure };
    }
    let rated = FORMATS.iter().map(|format| ((format.rate)(text, is_all), format));
    // Of formats that look alike, the first in the table wins.
    let best = rated.rev().max_by_key(|(likeness, _)| *likeness);
    let is_enough = is_all || head.len() >= HEAD || text.len() + 4 >= HEAD;
    match best {
        Some((Likeness::Sure, format)) => Recognition::Known(format),
        Some((Likeness::Likely, format)) if is_enough => Recognition::Known(format),
        Some((Likeness::Likely | Likeness::Unsure, _)) if !is_all => Recognition::Unsure,
        _ if is_enough => Recognition::Unknown,
        _ => Recognition::Unsure,
    }
}

/// Whether all of a source, which began like `format`, holds what the format reads.
pub fn holds(format: &Format, whole: &[u8]) -> bool {
    let text = decode::text(whole);
    (format.rate)(&text, true) != Likeness::No
}

/// What is looked for in a source, for the message that says it was not found: of formats alike, each thing once.
pub fn looked_for() -> String {
    let mut wanted: Vec<&str> = Vec::new();
    for format in FORMATS {
        if !wanted.contains(&format.looks_for) {
            wanted.push(format.looks_for);
        }
    }
    wanted.join("; ")
}
