//! What the JSON formats of vendors have in common: one JSON text, walked by key, whose entries are filled one by one.
//!
//! A text is scanned, not built: only an entry becomes a value, so that pages of settings around them cost nothing, and
//! a fault in one is a problem of that one alone. Keys that are missing, or hold something unexpected, say nothing.
//! To add a vendor: a file beside this folder with `rate` and `read`, and its row; `ninjs` is the smallest example.

mod body;
mod filling;
mod json;
mod names;
mod value;

pub(super) use crate::feed::html_text::line as html_line;
pub(super) use body::{Body, standfirst};
pub(super) use filling::{Fate, Filling, Pass, expect, last_words};
pub(super) use json::{Node, Text, rate};
pub(super) use names::names;
pub(super) use value::{flag, id, line, link, media, moment, page, text};
