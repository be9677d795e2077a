//! Reads liveblogs: stories told in hundreds of small timestamped entries, edited while you read.
//!
//! The floors, from the ground up; imports point down only (`tests/layering.rs`):
//! [`text`] what prose is and contains; [`model`] what a liveblog is; [`feed`] what bytes mean; [`source`] where readings
//! come from; [`story`] what can be worked out from a timeline; [`app`] the reader as a pure machine; [`view`] what it
//! looks like; [`runtime`] what runs it; [`cli`] what was asked for.

pub mod app;
pub mod cli;
pub mod feed;
pub mod model;
pub mod runtime;
pub mod source;
pub mod story;
pub mod text;
pub mod view;
