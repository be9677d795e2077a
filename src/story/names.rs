//! Which names are one person's.
//!
//! Titles are left aside, and case, diacritics, points and hyphens make no difference. A single word is the person whose
//! full name ends with it when no other full name begins or ends with it; or begins with it, as family names may, when
//! the word was seen with a title or the full name has three words. Where `Mr Lee` and `Mrs Lee` are both about, or the
//! full name is that of a body (an office, a force), nothing is joined. Whatever is doubtful stays apart.

use std::collections::HashMap;

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
pub(super) struct Name {
    /// As written, without a comma or mark at its ends.
    pub(super) written: String,
    /// Its words without titles, folded.
    words: Vec<String>,
    /// Whether every word has a capital, so that it is a name and no description.
    is_proper: bool,
    has_title: bool,
    sex: Sex,
}

/// What titles tell; both when they disagree.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
struct Sex {
    man: bool,
    woman: bool,
}

impl Sex {
    fn with(self, other: Self) -> Self {
        Self { man: self.man || other.man, woman: self.woman || other.woman }
    }

    fn is_doubtful(self) -> bool {
        self.man && self.woman
    }
}

impl Name {
    /// Reads a name as written; none when it names nobody.
    pub(super) fn read(written: &str) -> Option<Self> {
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
    pub(super) fn only_word(&self) -> Option<&str> {
        match self.words.as_slice() {
            [word] if self.is_proper => Some(word),
            _ => None,
        }
    }

    fn is_full(&self) -> bool {
        self.is_proper
            && self.words.len() > 1
            && !self.words.iter().any(|word| BODIES.contains(&word.as_str()))
    }

    /// How much of a name it is: words first, then letters.
    pub(super) fn fullness(&self) -> (usize, usize) {
        (self.words.len(), self.written.len())
    }
}

/// Whether a word begins like a name.
fn is_capital(word: &str) -> bool {
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

/// The full name that begins or ends with a word.
#[derive(Debug)]
struct Ending {
    person: usize,
    /// Whether it is the only one.
    is_only: bool,
    is_last: bool,
    words: usize,
}

/// For each of `names` the number of the person: the same number for the same person, and none skipped.
pub(super) fn persons(names: &[Name]) -> Vec<usize> {
    let single = single_words(names);
    let (mut persons, mut sexes) = (alike(names, &single), Vec::new());
    for (name, person) in names.iter().zip(&persons) {
        if sexes.len() <= *person {
            sexes.resize(person + 1, Sex::default());
        }
        if let Some(sex) = sexes.get_mut(*person) {
            *sex = name.sex.with(*sex);
        }
    }
    let endings = endings(names, &persons);
    for (name, person) in names.iter().zip(&mut persons) {
        let Some(word) = name.only_word() else { continue };
        let Some(ending) = endings.get(word).filter(|ending| ending.is_only) else { continue };
        let Single { sex, has_title } = single.get(word).copied().unwrap_or_default();
        let full = sexes.get(ending.person).copied().unwrap_or_default();
        if (ending.is_last || ending.words > 2 || has_title) && !sex.with(full).is_doubtful() {
            *person = ending.person;
        }
    }
    let mut numbers: HashMap<usize, usize> = HashMap::new();
    for person in &mut persons {
        let next = numbers.len();
        *person = *numbers.entry(*person).or_insert(next);
    }
    persons
}

/// What is known of a word that is somebody's name by itself.
#[derive(Debug, Clone, Copy, Default)]
struct Single {
    sex: Sex,
    has_title: bool,
}

fn single_words(names: &[Name]) -> HashMap<&str, Single> {
    let mut words: HashMap<&str, Single> = HashMap::new();
    for name in names {
        if let Some(word) = name.only_word() {
            let single = words.entry(word).or_default();
            single.sex = single.sex.with(name.sex);
            single.has_title |= name.has_title;
        }
    }
    words
}

/// Numbers names by their words alone; two of one surname are told apart by their titles.
fn alike(names: &[Name], single: &HashMap<&str, Single>) -> Vec<usize> {
    let mut known: HashMap<(String, Sex), usize> = HashMap::new();
    let number = |name: &Name| {
        let known_of_word = name.only_word().and_then(|word| single.get(word));
        let is_split = known_of_word.is_some_and(|word| word.sex.is_doubtful());
        let sex = if is_split { name.sex } else { Sex::default() };
        let next = known.len();
        *known.entry((name.words.join(" "), sex)).or_insert(next)
    };
    names.iter().map(number).collect()
}

/// The full names, by their first and last words.
fn endings<'a>(names: &'a [Name], persons: &[usize]) -> HashMap<&'a str, Ending> {
    let mut endings: HashMap<&str, Ending> = HashMap::new();
    for (name, person) in names.iter().zip(persons).filter(|(name, _)| name.is_full()) {
        let (Some(first), Some(last)) = (name.words.first(), name.words.last()) else { continue };
        for (word, is_last) in [(first, false), (last, true)] {
            let words = name.words.len();
            let new = Ending { person: *person, is_only: true, is_last, words };
            let ending = endings.entry(word).or_insert(new);
            ending.is_only &= ending.person == *person;
            ending.is_last |= is_last;
            ending.words = ending.words.max(words);
        }
    }
    endings
}

/// How many places of a name are looked at for a longer one, and how many words on either side.
const PLACES: usize = 16;
const BESIDE: usize = 3;

/// The longer names in `text` that `short`, a name of one word, is a part of.
pub(super) fn longer(text: &str, short: &Name) -> Vec<Name> {
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

    /// The person that each of `written` is.
    fn joined(written: &[&str]) -> Vec<usize> {
        persons(&written.iter().map(|name| Name::read(name).unwrap()).collect::<Vec<_>>())
    }

    #[test]
    fn names_of_one_person_are_joined() {
        assert_eq!(joined(&["Mr Kim", "Kim Jong Un", "Kim", "Kim Jong-un"]), [0; 4]);
        assert_eq!(joined(&["Orr", "the harbour master", "Ms Ida Orr", "Ida Orr"]), [0, 1, 0, 0]);
        assert_eq!(joined(&["Chief Constable Ann Lee", "Lee", "LEE"]), [0; 3]);
        assert_eq!(joined(&["José Núñez", "Nunez"]), [0, 0]);
        assert_eq!(joined(&["the police", "Police"]), [0, 0]);
    }

    #[test]
    fn names_stay_apart_when_they_may_be_of_two() {
        assert_eq!(joined(&["Kim", "Kim Jong Un", "Kim Yo Jong"]), [0, 1, 2]);
        assert_eq!(joined(&["Lee", "Ann Lee", "Lee Ford"]), [0, 1, 2]);
        assert_eq!(joined(&["Mr Lee", "Mrs Lee", "Mr Lee"]), [0, 1, 0]);
        assert_eq!(joined(&["Mr Lee", "Dame Ann Lee"]), [0, 1]);
        assert_eq!(joined(&["a resident", "the mayor"]), [0, 1]);
    }

    #[test]
    fn a_first_word_alone_is_joined_only_with_more_to_go_by() {
        assert_eq!(joined(&["Norland", "Norland Berg"]), [0, 1]);
        assert_eq!(joined(&["President Xu", "Xu Lan", "Xu"]), [0; 3]);
        assert_eq!(joined(&["Harbour", "Harbour Fire Brigade"]), [0, 1]);
    }

    #[test]
    fn pronouns_and_marks_name_nobody() {
        assert_eq!(Name::read("he"), None);
        assert_eq!(Name::read(" – "), None);
        assert_eq!(Name::read("Ms Orr,").map(|name| name.written), Some("Ms Orr".to_owned()));
    }

    #[test]
    fn a_longer_name_is_found_in_the_text() {
        let text =
            "On Monday Minister Ida Orr’s boat sank. Then Orr spoke to Bo Norris, and Ida Orr-Lee left.";
        let found = longer(text, &Name::read("Ms Orr").unwrap());
        assert_eq!(found.iter().map(|name| name.written.as_str()).collect::<Vec<_>>(), ["Minister Ida Orr"]);
    }
}
