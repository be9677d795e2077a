//! A name as it was written once: its words for comparing, and what its titles tell.
//!
//! Invariant: a name has a word at least, folded and without titles where letters are left of it then.

use crate::text::{
    fold::{self, Case},
    speakers,
};

/// Titles that tell a man.
const MEN: &[&str] = &["mr", "sir", "lord", "king", "prince", "father"];

/// Titles that tell a woman.
const WOMEN: &[&str] = &["mrs", "ms", "miss", "dame", "lady", "baroness", "queen", "princess"];

/// Words in the names of bodies, which nobody is called by half of.
#[rustfmt::skip]
const BODIES: &[&str] = &[
    "agency", "airlines", "airport", "airways", "alliance", "army", "assembly", "association", "authority",
    "bank", "board", "brigade", "bureau", "centre", "center", "club", "college", "commission", "committee",
    "company", "congress", "corporation", "council", "court", "defence", "defense", "department", "fc",
    "federation", "fire", "force", "forces", "foundation", "government", "group", "guard", "hospital",
    "house", "institute", "international", "mail", "media", "ministry", "museum", "navy", "network", "news",
    "office", "organisation", "organization", "parliament", "party", "police", "post", "press", "radio",
    "rail", "school", "senate", "service", "services", "society", "state", "states", "street", "survey",
    "times", "trust", "tv", "union", "united", "university", "water",
];

/// A name as it was written once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::story) struct Name {
    /// As written, without a comma or mark at its ends.
    pub(in crate::story) written: String,
    /// Its words without titles, folded.
    pub(super) words: Vec<String>,
    /// Whether its first and last words have capitals, so that it is a name and no description.
    is_proper: bool,
    pub(super) has_title: bool,
    pub(super) sex: Sex,
}

/// What titles tell; both when they disagree.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Sex {
    man: bool,
    woman: bool,
}

impl Sex {
    pub(super) fn with(self, other: Self) -> Self {
        Self { man: self.man || other.man, woman: self.woman || other.woman }
    }

    pub(super) fn is_doubtful(self) -> bool {
        self.man && self.woman
    }
}

impl Name {
    /// Reads a name as written; none when it names nobody.
    pub(in crate::story) fn read(written: &str) -> Option<Self> {
        let written =
            written.trim_matches(|char: char| !char.is_alphanumeric() && !matches!(char, '@' | '.'));
        let owner = written.strip_suffix("’s").or_else(|| written.strip_suffix("'s"));
        let written = owner.unwrap_or(written);
        if written.is_empty() || speakers::is_pronoun(written) {
            return None;
        }
        let words: Vec<&str> = written.split_whitespace().collect();
        let last_title = words.iter().rposition(|word| speakers::is_title(word));
        let start = last_title.map_or(0, |at| at + 1);
        let has_title = start > 0 && words.get(start).is_some_and(|word| is_capital(word));
        let titles = if has_title { words.get(..start).unwrap_or_default() } else { &[] };
        let named = if has_title { words.get(start..).unwrap_or_default() } else { &words };
        let named = match named {
            [article, rest @ ..] if !rest.is_empty() && article.eq_ignore_ascii_case("the") => rest,
            named => named,
        };
        let has = |list: &[&str]| {
            let plain = |word: &str| word.trim_end_matches('.').to_lowercase();
            titles.iter().any(|title| list.contains(&plain(title).as_str()))
        };
        let folded: Vec<String> =
            named.iter().map(|word| key(word)).filter(|word| !word.is_empty()).collect();
        let is_proper = named.first().is_some_and(|word| is_capital(word))
            && named.last().is_some_and(|word| is_capital(word));
        Some(Self {
            written: words.join(" "),
            is_proper: is_proper && !folded.is_empty(),
            words: if folded.is_empty() { vec![written.to_owned()] } else { folded },
            has_title,
            sex: Sex { man: has(MEN), woman: has(WOMEN) },
        })
    }

    /// The word of a name that is one.
    pub(in crate::story) fn only_word(&self) -> Option<&str> {
        match self.words.as_slice() {
            [word] if self.is_proper => Some(word),
            _ => None,
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.is_proper
            && self.words.len() > 1
            && !self.words.iter().any(|word| BODIES.contains(&word.as_str()))
    }

    pub(super) fn fullness(&self) -> Fullness {
        (self.words.len(), self.written.len())
    }
}

/// How much of a name it is: words first, then letters.
pub(super) type Fullness = (usize, usize);

/// Whether a word begins like a name.
pub(super) fn is_capital(word: &str) -> bool {
    word.trim_start_matches(|char: char| !char.is_alphanumeric())
        .chars()
        .next()
        .is_some_and(|char| char.is_uppercase() || (char.is_alphabetic() && !char.is_lowercase()))
}

/// A word for comparing.
fn key(word: &str) -> String {
    let folded = fold::folded(word, Case::Folded);
    let letters = folded.chars().filter(|char| char.is_alphanumeric() || *char == '-' || *char == '@');
    letters.map(|char| if char == '-' { ' ' } else { char }).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pronouns_and_marks_name_nobody() {
        assert_eq!(Name::read("he"), None);
        assert_eq!(Name::read(" – "), None);
        assert_eq!(Name::read("Ms Orr,").map(|name| name.written), Some("Ms Orr".to_owned()));
    }
}
