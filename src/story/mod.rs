//! What can be worked out from a timeline, as pure functions with `now` an argument: query and search, facts of an entry,
//! pulse, and the timeline strip. No I/O, threads or clock.

pub mod admission;
pub mod facts;
pub mod pulse;
pub mod query;
pub mod search;
pub mod strip;

pub use admission::{Admission, View};
pub use facts::Facts;
pub use query::{Query, QueryError};
pub use search::Search;
