//! What can be worked out from a timeline, as pure functions with `now` an argument: query and search, facts of an entry,
//! who said what, the numbers and how they moved, pulse, and the timeline strip. No I/O, threads or clock.

pub mod admission;
mod clause;
mod counted;
pub mod facts;
pub mod ledger;
mod names;
pub mod pulse;
pub mod query;
mod ranks;
pub mod roll;
mod rows;
#[cfg(test)]
mod samples;
pub mod search;
pub mod spot;
pub mod strip;
pub mod voices;

pub use admission::{Admission, View};
pub use facts::{Facts, Findings};
pub use ledger::Ledger;
pub use query::{Query, QueryError};
pub use roll::{IndexRow, Roll};
pub use rows::Anchor;
pub use search::Search;
pub use spot::{Holder, Part, Spot};
pub use voices::Voices;
