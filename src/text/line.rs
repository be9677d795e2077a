//! One line of clean text: a title, a headline, a name, a message.
//!
//! Its only constructor goes through [`clean`]; it never holds a line end.

use std::{borrow::Borrow, fmt, ops::Deref};

use super::clean;

/// One clean line; empty when there is nothing to say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Line(String);

impl Line {
    /// Cleans `text` into one line.
    pub fn new(text: &str) -> Self {
        Self(clean::line(text))
    }

    /// Makes this the clean line of `text`, reusing the memory it has.
    pub fn set(&mut self, text: &str) {
        self.0.clear();
        clean::line_into(text, &mut self.0);
    }

    /// Makes this empty, keeping the memory it has.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The line as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The line, or `None` when it is empty.
    pub fn as_option(&self) -> Option<&str> {
        (!self.0.is_empty()).then_some(self.0.as_str())
    }

    /// Cuts the line to at most `bytes` bytes, on a character boundary; tells whether anything was cut.
    pub fn cut(&mut self, bytes: usize) -> bool {
        let is_longer = self.0.len() > bytes;
        if is_longer {
            let end = (0..=bytes).rev().find(|end| self.0.is_char_boundary(*end)).unwrap_or(0);
            self.0.truncate(end);
            // What held two characters together may stand at the end.
            self.0 = clean::line(&self.0);
        }
        is_longer
    }
}

impl Deref for Line {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Line {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Line {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Line {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

impl fmt::Display for Line {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}
