//! The bounds on what one feed may hold. A bound that cuts something is told as a problem.

/// The longest id, in bytes; a longer one is cut and gets a hash, so that ids stay apart.
pub const ID: usize = 1 << 10;
/// The longest headline, title or name of a publisher, in bytes.
pub const HEADLINE: usize = 10 << 10;
/// The longest name of an author, in bytes.
pub const AUTHOR: usize = 200;
/// The most authors of an entry.
pub const AUTHORS: usize = 100;
/// The most links in an entry.
pub const LINKS: usize = 10_000;
/// The most media of an entry.
pub const MEDIA: usize = 1_000;
/// The most entries in one blog; the newest are kept.
pub const ENTRIES: usize = 1_000_000;
/// The most problems kept of one source.
pub const PROBLEMS: usize = 1_000;
/// The longest message of a problem, in bytes.
pub const PROBLEM: usize = 900;
/// The deepest nesting of JSON that is read.
pub const JSON_DEPTH: usize = 128;
/// The most bytes of a source that means something as a whole only, packed or not.
pub const DOCUMENT: usize = 256 << 20;
/// The longest query, in bytes.
pub const QUERY: usize = 10 << 10;
/// The most text put on the clipboard, in bytes.
pub const CLIPBOARD: usize = 100 << 10;
