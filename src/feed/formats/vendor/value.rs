//! Values as vendors write them: numbers in texts, flags in texts and numbers, moments in every form.

use chrono::DateTime;
use serde_json::Value;

use crate::{
    feed::{Context, time},
    model::{Media, MediaKind, Stamp},
    text::{line::Line, link::Link},
};

/// The text of a value; empty when it is none.
pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// A value as one clean line.
pub(crate) fn line(value: &Value) -> Line {
    Line::new(text(value))
}

/// A value as an id: a text or a number.
pub(crate) fn id(value: &Value) -> Line {
    match value {
        Value::String(text) => Line::new(text),
        Value::Number(number) => Line::new(&number.to_string()),
        _ => Line::default(),
    }
}

/// Whether a flag is set: true, 1, or one of them as a text.
pub(crate) fn flag(value: &Value) -> bool {
    match value {
        Value::Bool(bool) => *bool,
        Value::Number(number) => number.as_f64().is_some_and(|number| number != 0.0),
        Value::String(text) => matches!(text.as_str(), "true" | "1"),
        _ => false,
    }
}

/// A value as an address that may be opened.
pub(crate) fn link(value: &Value) -> Option<Link> {
    Link::parse(text(value))
}

/// A value as a moment: ISO 8601 or its relatives, a count of seconds or milliseconds as a number or a text, or
/// `/Date(1461231626797+0000)/`.
pub(crate) fn moment(value: &Value, context: &Context) -> Option<Stamp> {
    match value {
        // None of these began before 1970: a zero stands for nothing.
        Value::Number(number) => number.as_f64().filter(|count| *count > 0.0).and_then(time::from_count),
        Value::String(text) => match text.trim().strip_prefix("/Date(") {
            Some(rest) => counted(rest.split_once(')')?.0),
            None => time::parse(text, context),
        },
        _ => None,
    }
}

/// A moment as a count of milliseconds, perhaps with the zone it was written in: `1461231626797+0200`.
fn counted(text: &str) -> Option<Stamp> {
    let (count, zone) = text.split_at(text.find(|char: char| !char.is_ascii_digit()).unwrap_or(text.len()));
    let stamp = time::from_count(count.parse().ok()?)?;
    let local = DateTime::parse_from_str(zone, "%z").map(|zone| stamp.utc().with_timezone(zone.offset()));
    local.map_or(Some(stamp), |local| Stamp::new(local, stamp.precision()))
}

/// A medium that a vendor tells beside the words.
pub(crate) fn media(kind: MediaKind, link: &Value, text: &Value, credit: &Value) -> Media {
    Media { kind, link: self::link(link), text: line(text), credit: line(credit) }
}

/// What part of a blog one page of it is; empty when it is all.
pub(crate) fn page(number: Option<u64>, total: Option<u64>) -> Line {
    match (number, total) {
        (Some(number), Some(total)) if total > 1 => Line::new(&format!("page {number} of {total}")),
        _ => Line::default(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn moments_are_read_in_every_form() {
        let context = Context::bare(DateTime::default());
        let read = |value| moment(&value, &context).map(Stamp::to_rfc3339);
        for value in [
            json!("/Date(1461231626000+0000)/"),
            json!("/Date(1461231626000)/"),
            json!(1_461_231_626),
            json!(1_461_231_626_000_u64),
            json!(1_461_231_626.0),
            json!("1461231626"),
            json!("2016-04-21T09:40:26Z"),
        ] {
            assert_eq!(read(value.clone()).as_deref(), Some("2016-04-21T09:40:26+00:00"), "{value}");
        }
        for value in [
            json!(null),
            json!(0),
            json!("/Date(x)/"),
            json!("/Date("),
            json!("/Date(1461231626797"),
            json!(1e300),
            json!([]),
        ] {
            assert_eq!(read(value.clone()), None, "{value}");
        }
    }

    #[test]
    fn flags_are_read_in_every_form() {
        assert!([json!(true), json!(1), json!("true"), json!("1")].iter().all(flag));
        assert!(![json!(false), json!(0), json!("false"), json!(null), json!({})].iter().any(flag));
    }
}
