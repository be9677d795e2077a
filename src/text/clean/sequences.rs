//! Where a control sequence ends, after ECMA-48: from its introducer to its terminator.
//!
//! A sequence that is broken ends where it breaks; a string that is not terminated ends with its line.

/// What follows an ESC: the rest after the whole sequence it introduces.
pub(super) fn after_escape(rest: &str) -> &str {
    let mut after = rest.chars();
    let Some(first) = after.next() else { return rest };
    match first {
        '[' => after_control_sequence(after.as_str()),
        ']' | 'P' | 'X' | '^' | '_' => after_string(after.as_str()),
        ' '..='/' => {
            let rest = rest.trim_start_matches(|char: char| (' '..='/').contains(&char));
            rest.strip_prefix(|char: char| ('0'..='~').contains(&char)).unwrap_or(rest)
        }
        '0'..='~' => after.as_str(),
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
    let mut after = rest.chars();
    loop {
        let before = after.as_str();
        match after.next() {
            None => return "",
            Some('\u{7}' | '\u{9c}') => return after.as_str(),
            // An escape that does not end the string begins another sequence.
            Some('\u{1b}') => return after.as_str().strip_prefix('\\').unwrap_or(before),
            Some('\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}') => return before,
            Some(_) => {}
        }
    }
}
