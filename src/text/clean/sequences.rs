//! Where a control sequence ends, after ECMA-48: from its introducer to its terminator.
//!
//! A sequence that is broken ends where it breaks; a string that is not terminated ends with its line.

/// What follows an ESC: the rest after the whole sequence it introduces.
pub(super) fn after_escape(rest: &str) -> &str {
    match rest.chars().next() {
        Some('[') => after_control_sequence(&rest[1..]),
        Some(']' | 'P' | 'X' | '^' | '_') => after_string(&rest[1..]),
        Some(' '..='/') => {
            let rest = rest.trim_start_matches(|char: char| (' '..='/').contains(&char));
            rest.strip_prefix(|char: char| ('0'..='~').contains(&char)).unwrap_or(rest)
        }
        Some('0'..='~') => &rest[1..],
        _ => rest,
    }
}

/// The rest after the parameters, intermediates and final byte of a control sequence; a broken one ends where it breaks.
pub(super) fn after_control_sequence(rest: &str) -> &str {
    let rest = rest.trim_start_matches(|char: char| ('0'..='?').contains(&char));
    let rest = rest.trim_start_matches(|char: char| (' '..='/').contains(&char));
    rest.strip_prefix(|char: char| ('@'..='~').contains(&char)).unwrap_or(rest)
}

/// The rest after a control string: after BEL, ST, or in front of the line end.
pub(super) fn after_string(rest: &str) -> &str {
    for (at, char) in rest.char_indices() {
        match char {
            '\u{7}' | '\u{9c}' => return &rest[at + char.len_utf8()..],
            '\u{1b}' => return rest[at + 1..].strip_prefix('\\').unwrap_or(&rest[at..]),
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => return &rest[at..],
            _ => {}
        }
    }
    ""
}
