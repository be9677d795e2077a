//! Everything the reader can ask for. Effects are performed in order.

use crate::{
    model::{Location, SourceId},
    text::link::Link,
};

use super::Manuscript;

/// Please do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Leave.
    Quit,
    /// Give the terminal back and stop until the shell continues us.
    Suspend,
    /// Draw every cell anew.
    Repaint,
    /// Begin reading a source; sources are numbered in the order they are opened.
    Open(Location),
    /// Stop reading the sources that are open.
    Close,
    /// Look at the sources now.
    Look,
    /// Read a further part of the blog of a source, which stands at this address.
    Fetch(SourceId, Link),
    /// Keep looking at the sources, or stop.
    Follow(bool),
    /// Look through this folder for feeds.
    Scan,
    /// Make the page of this, beside everything else. Whatever was to be made before may be left.
    Prepare(Manuscript),
    /// Put text on the clipboard.
    Copy(String),
    /// Open an address in the browser.
    Browse(Link),
}

/// What one event asked for.
pub type Effects = Vec<Effect>;
