//! A feed that was found by looking through a folder.

use chrono::{DateTime, Utc};

use crate::text::line::Line;

use super::Location;

/// A feed that was found in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub location: Location,
    /// The name of its format.
    pub format: &'static str,
    /// Its title, when its first bytes tell one; else empty.
    pub title: Line,
    /// How many entries its first bytes hold.
    pub entries: usize,
    /// Whether those first bytes are all of it.
    pub is_all: bool,
    /// When it was last changed.
    pub modified: Option<DateTime<Utc>>,
}
