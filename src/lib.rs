//! Reads liveblogs: stories told in hundreds of small timestamped entries, edited while you read.
//!
//! The floors, from the ground up; imports point down only (`tests/layering.rs`):
//! [`text`] what prose is and contains; [`model`] what a liveblog is;
//! [`feed`] what bytes mean; [`story`] what can be worked
//! out from a timeline; [`app`] the reader as a pure machine;
//! [`view`] what it looks like.

pub mod app;
pub mod feed;
pub mod model;
pub mod story;
pub mod text;
pub mod view;
