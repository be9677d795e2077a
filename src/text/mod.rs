//! What prose is and contains: cleaning, `Prose`, width, spans, quotes, speakers, numbers, folding, wrapping, times in words.
//!
//! Everything here takes text and gives text, byte ranges or lines; nothing panics, on any `&str`.

// Tests may slice what they wrote themselves.
#![cfg_attr(not(test), warn(clippy::string_slice))]

pub mod clean;
pub mod fold;
pub mod line;
pub mod link;
pub mod numbers;
pub mod prose;
pub mod quotes;
pub mod span;
pub mod speakers;
pub mod when;
pub mod width;
pub mod wrap;
