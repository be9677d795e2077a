//! One JSON array of entries, or an object that holds one.

use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use crate::{
    feed::{Context, Likeness},
    model::Packer,
};

use super::{fields::Fields, fill, lines, repair};

/// Keys of an object under which its entries stand.
pub(super) const LISTS: [&str; 7] = ["entries", "items", "posts", "updates", "results", "data", "blocks"];

/// The parts of a document: what it says of the blog, and its entries.
struct Parts<'a> {
    blogs: Vec<&'a RawValue>,
    entries: Vec<&'a RawValue>,
}

/// Rates a whole document.
pub(super) fn rate(text: &str) -> Likeness {
    let mended;
    let text = if serde_json::from_str::<IgnoredAny>(text).is_ok() {
        text
    } else {
        mended = repair::repair(text);
        &mended
    };
    let Some(parts) = parts(text) else { return Likeness::No };
    let is_entry = |raw: &&RawValue| Fields::read(raw.get()).is_ok_and(|fields| fields.is_entry());
    if parts.entries.iter().take(20).any(is_entry) { Likeness::Likely } else { Likeness::No }
}

/// Reads a whole document.
pub(super) fn read(bytes: &[u8], context: &Context, packer: &mut Packer) {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let mended;
    let text = match serde_json::from_str::<IgnoredAny>(text) {
        Ok(_) => text,
        Err(error) => {
            mended = repair::repair(text);
            if serde_json::from_str::<IgnoredAny>(&mended).is_err() {
                packer.unreadable(Some(error.line() as u64), &format!("not JSON ({})", lines::fault(&error)));
                return;
            }
            packer.problem(Some(error.line() as u64), "not quite JSON; mended");
            &mended
        }
    };
    let Some(parts) = parts(text) else {
        packer.problem(None, "no array of entries in this JSON");
        return;
    };
    let mut filling = fill::Filling::default();
    for raw in &parts.blogs {
        if let Ok(fields) = Fields::read(raw.get()) {
            let blog = fill::blog(&fields, context, &mut filling.faults);
            packer.blog(blog);
        }
    }
    let is_newest_first = descends(&parts.entries, context);
    let (mut line, mut counted) = (1, 0);
    for raw in &parts.entries {
        let offset = raw.get().as_ptr() as usize - text.as_ptr() as usize;
        line += memchr::memchr_iter(b'\n', text.as_bytes().get(counted..offset).unwrap_or_default()).count()
            as u64;
        counted = offset;
        let position = if is_newest_first { -(offset as i64) } else { offset as i64 };
        match Fields::read(raw.get()) {
            Ok(fields) => {
                lines::object(&fields, context, position, &mut filling, packer, Some(line));
            }
            Err(error) => packer.unreadable(Some(line), &format!("{}; left out", lines::fault(&error))),
        }
    }
}

/// The parts of the JSON in `text`; `None` when it holds no array of objects.
fn parts(text: &str) -> Option<Parts<'_>> {
    if let Ok(entries) = serde_json::from_str::<Vec<&RawValue>>(text) {
        return Some(Parts { blogs: Vec::new(), entries });
    }
    let object: std::collections::BTreeMap<std::borrow::Cow<'_, str>, &RawValue> =
        serde_json::from_str(text).ok()?;
    let list = |key: &str| serde_json::from_str::<Vec<&RawValue>>(object.get(key)?.get()).ok();
    let entries = LISTS.iter().find_map(|key| list(key))?;
    // The program's own document tells its blogs in a list; others are the blog themselves.
    let blogs = match list("blogs") {
        Some(blogs) => blogs,
        None => vec![serde_json::from_str::<&RawValue>(text).ok()?],
    };
    Some(Parts { blogs, entries })
}

/// Whether the entries stand newest first.
fn descends(entries: &[&RawValue], context: &Context) -> bool {
    let mut filling = fill::Filling::default();
    let mut time = |raw: &&RawValue| {
        let fields = Fields::read(raw.get()).ok()?;
        fill::entry(&fields, context, &mut filling);
        filling.draft.published.map(crate::model::Stamp::millis)
    };
    let first = entries.iter().find_map(&mut time);
    let last = entries.iter().rev().find_map(&mut time);
    last < first
}
