//! What bytes mean: detection, decoding, dates and zones, and the formats themselves.
//!
//! The only floor that knows wire names. It reads no files, and a recognised feed never fails: it gives readings with
//! problems. A format is one file or folder of `formats/` and one row of [`formats::FORMATS`].

// Tests may slice what they wrote themselves.
#![cfg_attr(not(test), warn(clippy::string_slice))]

pub mod context;
pub mod decode;
pub mod detect;
pub mod format;
pub mod formats;
mod further;
pub mod html_text;
mod looks;
pub mod time;
pub mod unread;
pub mod zones;

pub use context::Context;
pub use detect::{Recognition, recognize};
pub use format::{Format, Likeness, Reader, Stream};
pub use formats::{FORMATS, named};
