//! JSON as pages hold it, which is not always JSON: what can be mended without guessing is.
//!
//! Comments and CDATA marks around it go, raw controls in strings are escaped, surrogates without their pair are replaced,
//! and commas before a closing bracket are dropped. What then is no JSON says nothing.

use serde_json::Value;

use crate::feed::formats::jsonl::repair::repair;

/// How far into a script the mark of CDATA may stand, in bytes.
const WRAPPING: usize = 40;

/// The value of a script's text: the first in it, for what follows only closes what wraps it.
pub(super) fn parse(text: &str) -> Option<Value> {
    let text = unwrapped(text)?;
    first(text).or_else(|| first(&repair(&mended(text))))
}

fn first(text: &str) -> Option<Value> {
    serde_json::Deserializer::from_str(text).into_iter().next()?.ok()
}

/// `text` from its first bracket on, without what once hid scripts from old browsers and from XML.
fn unwrapped(text: &str) -> Option<&str> {
    let marked = text.find("CDATA[").filter(|at| *at < WRAPPING).and_then(|at| text.get(at + 6..));
    let text = marked.unwrap_or(text);
    text.get(text.find(['{', '['])?..)
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
