//! Names of people: what looks like one, and the authors that a byline lists.

use crate::text::line::Line;

use super::scan;

/// Words that introduce a byline.
const LEADS: &[&str] = &["by", "from", "von", "par", "por", "with", "reported by", "posted by"];

/// Words of names, or between names, that have no capital.
const PARTICLES: &[&str] = &[
    "and", "und", "et", "y", "de", "da", "di", "del", "della", "der", "den", "dos", "du", "van", "von", "la",
    "le", "bin", "al", "el", "ter", "ten",
];

/// Words between two names.
const BETWEEN: &[&str] = &[" and ", " und ", " et ", " y ", " & ", ", ", "; "];

/// The longest byline, in bytes.
const LONGEST: usize = 90;

/// `text` without the word that introduces a byline; tells whether there was one.
pub(in crate::feed::formats) fn without_lead(text: &str) -> (&str, bool) {
    let text = text.trim();
    let after = LEADS.iter().find_map(|lead| scan::strip_word(text, lead));
    let after =
        after.map(|after| after.trim_start_matches(':').trim_start()).filter(|after| !after.is_empty());
    (after.unwrap_or(text), after.is_some())
}

/// Whether `text` reads as one name or a list of names: a few words, each with a capital or a particle, no figures.
pub(in crate::feed::formats) fn is_name(text: &str) -> bool {
    let text = without_lead(text).0;
    if text.is_empty() || text.len() > LONGEST || text.ends_with('.') && !ends_with_initial(text) {
        return false;
    }
    let is_allowed = |char: char| char.is_alphabetic() || " \u{a0}'’.,-‐;&()".contains(char) || is_mark(char);
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_word = |word: &&str| {
        let first = word.trim_start_matches(['(', '\'']).chars().next().unwrap_or(' ');
        PARTICLES.contains(word) || *word == "&" || first.is_uppercase() || is_caseless(first)
    };
    let capitals = words.iter().filter(|word| word.chars().next().is_some_and(char::is_uppercase)).count();
    text.chars().all(is_allowed)
        && words.len() <= 9
        && words.iter().all(is_word)
        && (capitals > 0 || (words.len() <= 4 && text.chars().next().is_some_and(is_caseless)))
        && scan::times(text).is_none()
}

/// A combining mark or joiner, as names in Indic scripts have.
fn is_mark(char: char) -> bool {
    !char.is_ascii() && !char.is_alphanumeric() && unicode_normalization::char::is_combining_mark(char)
}

fn is_caseless(char: char) -> bool {
    char.is_alphabetic() && !char.is_lowercase() && !char.is_uppercase()
}

fn ends_with_initial(text: &str) -> bool {
    let word = text.split_whitespace().next_back().unwrap_or_default();
    word.chars().count() <= 3
}

/// Whether `text` is a name of two to four words, each with a capital, or a list of such names.
pub(in crate::feed::formats) fn is_full_name(text: &str) -> bool {
    let bare = without_lead(text).0;
    let is_shouted = !bare.chars().any(char::is_lowercase);
    let is_full = |author: &Line| (2..=4).contains(&author.split(' ').count());
    is_name(bare) && !is_shouted && authors(bare).iter().all(is_full)
}

/// The authors a byline lists. Names in capitals are set as names are; a place after `in` is left out.
pub(in crate::feed::formats) fn authors(byline: &str) -> Vec<Line> {
    let mut names = vec![without_lead(byline).0];
    for between in BETWEEN {
        names = names.into_iter().flat_map(|name| name.split(between)).collect();
    }
    let name = |name: &str| {
        let name = name.split(" in ").next().unwrap_or(name).split('(').next().unwrap_or(name);
        Line::new(&quiet(name.trim_matches([' ', ',', ';', '|', '.'])))
    };
    names.into_iter().map(name).filter(|name| !name.is_empty()).collect()
}

/// A name of several words in capitals, set as names are.
fn quiet(name: &str) -> String {
    let is_shouted = name.contains(' ') && !name.chars().any(char::is_lowercase);
    if !is_shouted {
        return name.to_owned();
    }
    let mut is_start = true;
    let mut quiet = String::with_capacity(name.len());
    for char in name.chars() {
        if is_start || !char.is_uppercase() {
            quiet.push(char);
        } else {
            quiet.extend(char.to_lowercase());
        }
        is_start = !char.is_alphabetic();
    }
    quiet
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_other_short_lines() {
        for name in [
            "Ana Bell",
            "By Ana Bell",
            "Ana O’Dea and Per van der Berg",
            "A. B. Carr",
            "ANA BELL",
            "अमित शाह",
        ] {
            assert!(is_name(name), "{name}");
        }
        for other in [
            "",
            "Monday",
            "Bus routes changed",
            "10 Downing Street",
            "Six hurt.",
            "said Ana Bell",
            "Score: 3",
        ] {
            assert!(!is_name(other), "{other}");
        }
        assert!(is_full_name("Ana Bell") && !is_full_name("Reuters") && !is_full_name("KEY EVENT"));
    }

    #[test]
    fn a_byline_lists_its_authors() {
        let names = |byline: &str| authors(byline).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(names("By ANA BELL and PER O’DEA"), ["Ana Bell", "Per O’Dea"]);
        assert_eq!(names("Ana Bell, Per Dahl and Kit Low in Lisbon"), ["Ana Bell", "Per Dahl", "Kit Low"]);
        assert_eq!(names("von Ana Bell (now); Per Dahl (earlier)"), ["Ana Bell", "Per Dahl"]);
    }
}
