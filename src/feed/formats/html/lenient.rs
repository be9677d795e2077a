//! JSON as pages hold it, which is not always JSON: what can be mended without guessing is.
//!
//! Comments and CDATA marks around it go, raw controls in strings are escaped, and commas before a closing bracket are
//! dropped. What then is no JSON says nothing.

use serde_json::Value;

/// The value of a script's text.
pub(super) fn parse(text: &str) -> Option<Value> {
    let text = unwrapped(text);
    serde_json::from_str(text).ok().or_else(|| serde_json::from_str(&mended(text)).ok())
}

/// `text` without what once hid scripts from old browsers and from XML.
fn unwrapped(text: &str) -> &str {
    let start = text.find(['{', '[']).unwrap_or(0);
    let is_wrapped = |head: &str| head.contains("<!--") || head.contains("CDATA");
    let mut text = text;
    if let Some(after) = text
        .find("CDATA[")
        .and_then(|at| text.get(at + 6..))
        .filter(|_| text.get(..40.min(text.len())).is_some_and(|head| head.contains("CDATA[")))
    {
        text = after;
    } else if text.get(..start).is_some_and(is_wrapped) {
        text = text.get(start..).unwrap_or(text);
    }
    let end = text.rfind(['}', ']']).map_or(text.len(), |end| end + 1);
    let tail = text.get(end..).unwrap_or_default().trim();
    let text = if tail.starts_with('>') || tail.starts_with("//") || tail.starts_with("-->") || tail == ";" {
        text.get(..end).unwrap_or(text)
    } else {
        text
    };
    let bare = text.trim().trim_end_matches("//").trim_end();
    // What `]]>` leaves when it stands alone.
    let bare = bare
        .strip_suffix("]]")
        .filter(|bare| bare.trim_end().trim_end_matches("//").trim_end().ends_with('}'));
    bare.unwrap_or(text).trim().trim_end_matches("//").trim()
}

/// `text` with controls in strings escaped and commas before closing brackets dropped.
fn mended(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let (mut in_string, mut is_escaped) = (false, false);
    for char in text.chars() {
        if in_string {
            match char {
                '\n' if !is_escaped => out.push_str("\\n"),
                '\t' if !is_escaped => out.push_str("\\t"),
                char if char.is_control() => out.push(' '),
                char => out.push(char),
            }
            in_string = char != '"' || is_escaped;
            is_escaped = char == '\\' && !is_escaped;
            continue;
        }
        if matches!(char, '}' | ']') {
            let end = out.trim_end().len();
            if out.get(..end).is_some_and(|text| text.ends_with(',')) {
                out.truncate(end - 1);
            }
        }
        in_string = char == '"';
        out.push(char);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nearly_json_is_read() {
        for text in [
            "{\"a\": [1, 2]}",
            "{\"a\": [1, 2,], }",
            "//<![CDATA[\n{\"a\": [1, 2]}\n//]]>",
            "<!-- {\"a\": [1, 2]} -->",
            "/* <![CDATA[ */{\"a\": [1, 2]}/* ]]> */",
            "{\"a\": [1, 2]};",
        ] {
            assert_eq!(parse(text), Some(serde_json::json!({"a": [1, 2]})), "{text}");
        }
        assert_eq!(parse("{\"a\": \"one\ntwo \\\" ,]\"}"), Some(serde_json::json!({"a": "one\ntwo \" ,]"})));
        for text in ["", "{", "{\"a\": [[.Data]]}", "]]>", "CDATA["] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
