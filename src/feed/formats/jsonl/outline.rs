//! What the beginning of a JSON text tells before its end is known: the keys of its first object.

use crate::feed::Likeness;

use super::{document::LISTS, fields};

/// How much a text whose first object goes on behind its end looks like JSON Lines with a very long first line.
pub(super) fn rate_lines(head: &str, is_all: bool) -> Likeness {
    let keys = keys(head);
    let has = |key: &str| keys.iter().any(|(known, _)| *known == key);
    match (is_own(&keys), fields::names_words(has)) {
        (true, _) => Likeness::Sure,
        _ if has_list(&keys) => Likeness::No,
        (false, true) if !is_all => Likeness::Likely,
        _ if is_all => Likeness::No,
        _ => Likeness::Unsure,
    }
}

/// Whether the object that `head` begins with holds a list of entries, and is none itself.
pub(super) fn is_document(head: &str) -> bool {
    let keys = keys(head);
    has_list(&keys) && !is_own(&keys)
}

fn has_list(keys: &[(&str, &str)]) -> bool {
    keys.iter().any(|(key, value)| LISTS.contains(key) && value.starts_with('['))
}

/// Whether keys are those of a line of the program's own.
fn is_own(keys: &[(&str, &str)]) -> bool {
    let is_kind =
        |value: &str| ["\"entry\"", "\"blog\"", "\"removed\""].iter().any(|kind| value.starts_with(kind));
    keys.iter().any(|(key, value)| *key == "type" && is_kind(value))
}

/// How much a text that goes on behind its end looks like one document of entries.
pub(super) fn rate_document(head: &str) -> Likeness {
    if head.starts_with('[') {
        // What is in the array, its whole tells.
        let is_of_objects = head.get(1..).is_some_and(|rest| rest.trim_start().starts_with('{'));
        return if is_of_objects { Likeness::Likely } else { Likeness::Unsure };
    }
    if has_list(&keys(head)) { Likeness::Likely } else { Likeness::Unsure }
}

/// The keys of the object that `text` begins with, each with what follows it. Nothing is unescaped.
fn keys(text: &str) -> Vec<(&str, &str)> {
    let bytes = text.as_bytes();
    let mut keys = Vec::new();
    let (mut at, mut depth) = (0, 0usize);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            b'"' => {
                let end = string_end(bytes, at + 1);
                let after = text.get(end + 1..).unwrap_or_default().trim_start();
                if depth == 1
                    && let (Some(key), Some(value)) = (text.get(at + 1..end), after.strip_prefix(':'))
                {
                    keys.push((key, value.trim_start()));
                }
                at = end;
            }
            _ => {}
        }
        at += 1;
    }
    keys
}

/// Where the string that begins at `from` ends: at its quote mark, or at the end of what is known.
fn string_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_very_long_first_line_is_known_by_its_keys() {
        let long = "x".repeat(100);
        assert_eq!(rate_lines(&format!("{{\"id\":\"a\",\"body\":\"{long}"), false), Likeness::Likely);
        assert_eq!(rate_lines(&format!("{{\"type\":\"entry\",\"id\":\"{long}"), false), Likeness::Sure);
        assert_eq!(rate_lines("{\"title\":\"t\",\"entries\":[{\"text\":\"a", false), Likeness::No);
        assert_eq!(rate_document("{\"title\":\"t\",\"entries\":[{\"text\":\"a"), Likeness::Likely);
        assert_eq!(rate_document("[[[[[["), Likeness::Unsure);
        let own = format!("{{\"type\":\"entry\",\"blocks\":[],\"body\":\"{long}");
        assert_eq!(rate_lines(&own, false), Likeness::Sure);
    }

    #[test]
    fn keys_within_keys_are_not_keys() {
        let found: Vec<&str> =
            keys(r#"{"a":{"b":[1,"c"]},"d\"":"e:f","g" : 1"#).into_iter().map(|(key, _)| key).collect();
        assert_eq!(found, ["a", "d\\\"", "g"]);
        assert!(keys("{\"").is_empty());
        assert!(keys("{\"a\\").is_empty());
    }
}
