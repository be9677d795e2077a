//! What a liveblog is: blog, entries, readings of them, and the timeline that readings are merged into.
//!
//! No I/O, no clock, no wire names. News flows one way: a format fills a [`Draft`] for each entry and gives it to a
//! [`Packer`]; a [`Reading`] carries the packed [`Segment`] to the [`Timeline`]; everyone else holds an [`Entry`].

pub mod blog;
pub mod draft;
pub mod entry;
pub mod found;
pub mod limits;
pub mod location;
pub mod news;
pub mod packer;
pub mod reading;
pub mod segment;
pub mod stamp;
pub mod timeline;
pub mod zone;

pub use blog::{Blog, State};
pub use draft::{Draft, Kinds, Media, MediaKind};
pub use entry::Entry;
pub use found::Found;
pub use location::Location;
pub use news::{Failure, FailureKind, News, Readiness, Status, Unfetched};
pub use packer::{CutShort, Packer, Point};
pub use reading::{Coverage, Problem, Reading};
pub use segment::Segment;
pub use stamp::{Precision, Stamp};
pub use timeline::{Change, Timeline};
pub use zone::Zone;

/// The number of a source in the order they were named, from 0.
pub type SourceId = u16;

/// An entry's number of arrival in a [`Timeline`]. A revised entry is a new row.
pub type Row = u32;
