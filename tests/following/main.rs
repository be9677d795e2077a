//! Real files that grow, shrink, vanish and come back under a source that follows them.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

mod documents;
mod growing;
#[cfg(target_os = "linux")]
mod pipes;
mod reader;
mod replaced;
mod rotated;
#[path = "../support/source.rs"]
mod source;
mod waiting;
