//! The formats. To add one: its file, its row here, and its sample in `sample_feeds/`; detection, `--format`,
//! `--formats`, the README's table and the tests follow. `jsonl` is the minimal example, and `ninjs`
//! of what a vendor tells in JSON.

pub mod activitypub;
pub mod aljazeera;
pub mod bbc;
pub mod eventlog;
pub mod guardian_capi;
pub mod guardian_dcr;
pub mod html;
pub mod jsonl;
pub mod markdown;
pub mod ninjs;
pub mod plain;
pub mod rss;
pub mod scribblelive;
pub mod superdesk;
pub mod tickaroo;
mod vendor;
pub mod wordpress;

use super::Format;

/// All formats; of two that rate a source alike, the first is taken. Plain text, which is all that is left, comes last.
pub static FORMATS: &[Format] = &[
    jsonl::LINES,
    rss::FORMAT,
    guardian_capi::FORMAT,
    guardian_dcr::FORMAT,
    wordpress::FORMAT,
    superdesk::FORMAT,
    bbc::FORMAT,
    scribblelive::FORMAT,
    tickaroo::FORMAT,
    aljazeera::FORMAT,
    activitypub::FORMAT,
    eventlog::FORMAT,
    ninjs::FORMAT,
    jsonl::DOCUMENT,
    html::FORMAT,
    markdown::FORMAT,
    plain::FORMAT,
];

/// The format called `name`.
pub fn named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name.eq_ignore_ascii_case(name))
}
