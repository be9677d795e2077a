//! Longer names in a text that a name of one word is a part of: `Ida Orr` where somebody is quoted as `Orr`.
//!
//! Looks at a bounded part of the text, so that a name that stands everywhere costs little.

use crate::text::speakers;

use super::name::{Name, is_capital};

/// How many places of a name are looked at for a longer one, and how many words on either side.
const PLACES: usize = 16;
const BESIDE: usize = 3;

/// The longer names in `text` that `short`, a name of one word, is a part of.
pub(in crate::story) fn longer(text: &str, short: &Name) -> Vec<Name> {
    let Some(word) = short.written.split_whitespace().next_back() else { return Vec::new() };
    let mut found: Vec<Name> = Vec::new();
    for (at, _) in text.match_indices(word).take(PLACES) {
        let end = at + word.len();
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(end..).unwrap_or_default();
        if before.ends_with(is_inner) || after.starts_with(|char| is_inner(char) && !is_apostrophe(char)) {
            continue;
        }
        let run = text.get(at - run_before(before)..end + run_after(after)).unwrap_or_default();
        found.extend(Name::read(run).filter(|name| name.is_full() && !found.contains(name)));
    }
    found
}

/// How many bytes at the end of `before` are words of a name, each followed by a space.
fn run_before(before: &str) -> usize {
    let mut rest = before;
    for _ in 0..BESIDE {
        let Some(ended) = rest.strip_suffix(' ') else { break };
        let word = ended.len() - ended.trim_end_matches(is_inner).len();
        let (left, word) = ended.split_at(ended.len() - word);
        if !belongs(word) {
            break;
        }
        rest = left;
    }
    before.len() - rest.len()
}

/// How many bytes at the beginning of `after` are words of a name, each after a space.
fn run_after(after: &str) -> usize {
    let mut rest = after;
    for _ in 0..BESIDE {
        let Some(begun) = rest.strip_prefix(' ') else { break };
        let left = begun.trim_start_matches(is_inner);
        let (word, _) = begun.split_at(begun.len() - left.len());
        if !belongs(word) || speakers::is_title(word) {
            break;
        }
        rest = left;
    }
    after.len() - rest.len()
}

/// Whether a word beside a name may be a part of it.
fn belongs(word: &str) -> bool {
    is_capital(word) && !speakers::is_opener(word)
}

/// Whether it stands inside words.
fn is_inner(char: char) -> bool {
    char.is_alphanumeric() || char == '-' || is_apostrophe(char)
}

fn is_apostrophe(char: char) -> bool {
    matches!(char, '\'' | '’')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longer_name_is_found_in_the_text() {
        let text =
            "On Monday Minister Ida Orr’s boat sank. Then Orr spoke to Bo Norris, and Ida Orr-Lee left.";
        let found = longer(text, &Name::read("Ms Orr").unwrap());
        assert_eq!(found.iter().map(|name| name.written.as_str()).collect::<Vec<_>>(), ["Minister Ida Orr"]);
    }
}
