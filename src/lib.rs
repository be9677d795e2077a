//! Reads liveblogs: stories told in hundreds of small timestamped entries, edited while you read.
//!
//! The floors, from the ground up; imports point down only (`tests/layering.rs`):
//! [`text`] what prose is and contains; [`model`] what a liveblog is;
//! [`feed`] what bytes mean; [`app`] the reader as a pure machine; [`runtime`] threads, terminal and clock.

pub mod app;
pub mod feed;
pub mod model;
pub mod runtime;
pub mod text;
