//! Mends a line of JSON that is nearly right: control characters left raw in strings, and surrogates without their pair.

use std::fmt::Write as _;

/// A mended copy of `line`.
pub(crate) fn repair(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(|char: char| char == '\\' || char.is_ascii_control()) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        rest = if let Some(escaped) = after.strip_prefix('\\') {
            mend_escape(escaped, &mut out)
        } else {
            out.push(' ');
            &after[1..]
        };
    }
    out.push_str(rest);
    out
}

/// Writes the escape that follows a backslash, and gives what comes after it.
fn mend_escape<'a>(escaped: &'a str, out: &mut String) -> &'a str {
    let Some(first) = escaped.chars().next() else { return escaped };
    let after = &escaped[first.len_utf8()..];
    match first {
        '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' => {
            out.push('\\');
            out.push(first);
            after
        }
        'u' => mend_unicode(after, out),
        _ => {
            // An escape that JSON does not know stands for its character.
            if !first.is_ascii_control() {
                out.push(first);
            }
            after
        }
    }
}

fn push_unit(unit: u32, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = write!(out, "\\u{unit:04x}");
}

fn mend_unicode<'a>(after: &'a str, out: &mut String) -> &'a str {
    let unit = |text: &str| {
        let digits = text.get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        u32::from_str_radix(digits, 16).ok()
    };
    let Some(high) = unit(after) else {
        out.push('u');
        return after;
    };
    let rest = after.get(4..).unwrap_or_default();
    match high {
        0xd800..=0xdbff => {
            let low = rest.strip_prefix("\\u").and_then(unit).filter(|low| (0xdc00..=0xdfff).contains(low));
            if let Some(low) = low {
                push_unit(high, out);
                push_unit(low, out);
                return rest.get(6..).unwrap_or_default();
            }
            out.push('\u{fffd}');
        }
        0xdc00..=0xdfff => out.push('\u{fffd}'),
        _ => push_unit(high, out),
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lone_surrogates_and_raw_controls_are_mended() {
        let mended = repair("{\"a\":\"x\\ud83d y\\ude00 \\ud83d\\ude00 \u{1}\tz\\q \\u00e9\"}");
        let value: serde_json::Value = serde_json::from_str(&mended).unwrap();
        assert_eq!(value["a"], "x\u{fffd} y\u{fffd} 😀   zq é");
    }

    #[test]
    fn what_is_right_stays_as_it_is() {
        let line = r#"{"a":"\"\\\/\b\f\n\r\t é 😀"}"#;
        assert_eq!(repair(line), line);
        assert_eq!(repair("\\"), "");
        assert_eq!(repair("\\ué"), "ué");
    }
}
