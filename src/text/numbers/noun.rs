//! The noun that a number counts. It stays outside the number, but tells a count from a label and gives a value its unit.

use super::cursor::{Key, hyphen, listed, next_word, parted, word};

/// Plurals without an s.
const PLURALS: &[Key] = &parted::<11>(
    "\
    children countrymen firemen men migrants people police policemen staff troops women",
);

/// Words that end in s and are no plurals, or that end a search for one.
const BREAKS: &[Key] = &parted::<49>(
    "\
    a after against ago and are as at because before but by during for from has his if in \
    into is its less minus of off on or out over per plus since than that the their this to \
    under until up us was were which while who with",
);

/// The plural noun that a number counts, within the next few words: its range.
pub(super) fn counted(text: &str, end: usize) -> Option<(usize, usize)> {
    let mut at = end;
    for place in 0..4 {
        let (start, next) = if place == 0 && hyphen(text, at).is_some() {
            (hyphen(text, at)?, word(text, hyphen(text, at)?))
        } else {
            next_word(text, at)?
        };
        let lower = next.bytes().all(|b| b.is_ascii_lowercase());
        at = start + next.len();
        if next.is_empty() || listed(BREAKS, next) {
            return None;
        }
        let plural = next.len() > 3 && next.ends_with('s') && !next.ends_with("ss") && !next.ends_with("us");
        if lower && (plural || listed(PLURALS, next)) {
            return Some((start, at));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counted_noun_is_found_behind_adjectives() {
        let text = "30 small blue boats sank";
        assert_eq!(counted(text, 2).map(|(start, end)| &text[start..end]), Some("boats"));
        assert_eq!(counted("30 of the boats", 2), None);
    }
}
