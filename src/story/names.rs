//! Which names are one person's.
//!
//! Titles are left aside, and case, diacritics, points and hyphens make no difference. A single word is the person whose
//! full name ends with it when no other full name begins or ends with it; or begins with it, as family names may, when
//! the word was seen with a title or the full name has three words. Where `Mr Lee` and `Mrs Lee` are both about, or the
//! full name is that of a body (an office, a force), nothing is joined. Whatever is doubtful stays apart.

use std::{
    cmp::Reverse,
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

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

    fn fullness(&self) -> Fullness {
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

/// The names that are about, and whose they are: kept so as names come and go, the same in whatever order they came.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Every name met, as written; a number names it.
    known: Vec<Known>,
    numbers: HashMap<Arc<str>, u32>,
    /// Those that may be one person's by their words alone.
    alike: HashMap<(String, Sex), u32>,
    /// The full names among them, by their numbers.
    full: HashMap<u32, BTreeSet<u32>>,
    words: HashMap<String, Word>,
    /// The names of each person, by how much of a name they are.
    persons: HashMap<u32, Forms>,
    changed: Changed,
}

/// How much of a name it is: words first, then letters.
type Fullness = (usize, usize);

/// The forms of a name, the fullest last.
type Forms = BTreeSet<(Fullness, Reverse<Arc<str>>)>;

/// Whose names are others, and who is called otherwise.
#[derive(Debug, Default)]
pub(super) struct Changed {
    pub(super) names: Vec<u32>,
    pub(super) persons: Vec<u32>,
}

#[derive(Debug)]
struct Known {
    name: Name,
    written: Arc<str>,
    /// How many holders have it.
    uses: usize,
    person: u32,
}

/// A word that is a name by itself, or begins or ends full ones.
#[derive(Debug, Default)]
struct Word {
    single: BTreeSet<u32>,
    /// By the number of those that are alike.
    full: HashMap<u32, BTreeSet<u32>>,
}

impl Names {
    /// The number of `name`, which a holder has beside `others`.
    pub(super) fn take(&mut self, name: Name, others: &mut BTreeSet<u32>) -> u32 {
        let number = self.number(name);
        if others.insert(number)
            && let Some(known) = self.known.get_mut(number as usize)
        {
            known.uses += 1;
            if known.uses == 1 {
                self.come_or_go(number, true);
            }
        }
        number
    }

    /// One holder less has name `number`.
    pub(super) fn forget(&mut self, number: u32) {
        if let Some(known) = self.known.get_mut(number as usize) {
            known.uses = known.uses.saturating_sub(1);
            if known.uses == 0 {
                self.come_or_go(number, false);
            }
        }
    }

    fn number(&mut self, name: Name) -> u32 {
        if let Some(number) = self.numbers.get(name.written.as_str()) {
            return *number;
        }
        let number = self.known.len() as u32;
        let written: Arc<str> = name.written.as_str().into();
        self.numbers.insert(Arc::clone(&written), number);
        self.known.push(Known { name, written, uses: 0, person: u32::MAX });
        number
    }

    pub(super) fn get(&self, number: u32) -> Option<&Name> {
        self.known.get(number as usize).map(|known| &known.name)
    }

    /// Whose name `number` is.
    pub(super) fn person(&self, number: u32) -> u32 {
        self.known.get(number as usize).map_or(u32::MAX, |known| known.person)
    }

    /// What `person` is called: the fullest form that was met.
    pub(super) fn fullest(&self, person: u32) -> Option<Arc<str>> {
        self.persons.get(&person)?.last().map(|(_, Reverse(written))| Arc::clone(written))
    }

    /// Takes what changed since this was last asked.
    pub(super) fn take_changed(&mut self) -> Changed {
        std::mem::take(&mut self.changed)
    }

    /// Name `number` is about, or no more.
    fn come_or_go(&mut self, number: u32, is_about: bool) {
        let Some(name) = self.get(number).cloned() else { return };
        if let Some(only) = name.only_word() {
            set(&mut self.words.entry(only.to_owned()).or_default().single, number, is_about);
            self.give_out(number, is_about.then_some(u32::MAX));
            self.settle(only);
            return;
        }
        let alike = self.alike(&name, Sex::default());
        self.give_out(number, is_about.then_some(alike));
        if !name.is_full() {
            return;
        }
        set(self.full.entry(alike).or_default(), number, is_about);
        let ends = [name.words.first(), name.words.last()];
        for end in ends.into_iter().flatten() {
            let full = &mut self.words.entry(end.clone()).or_default().full;
            let names = full.entry(alike).or_default();
            set(names, number, is_about);
            if names.is_empty() {
                full.remove(&alike);
            }
        }
        ends.into_iter().flatten().for_each(|end| self.settle(end));
    }

    /// The number of those that are called like `name`, and are of that sex.
    fn alike(&mut self, name: &Name, sex: Sex) -> u32 {
        let next = self.alike.len() as u32;
        *self.alike.entry((name.words.join(" "), sex)).or_insert(next)
    }

    /// Works out anew whose the names are that are `word` alone.
    fn settle(&mut self, word: &str) {
        let Some(known) = self.words.get(word) else { return };
        let single: Vec<u32> = known.single.iter().copied().collect();
        let names = || single.iter().filter_map(|number| self.get(*number));
        let sex = names().fold(Sex::default(), |sex, name| sex.with(name.sex));
        let has_title = names().any(|name| name.has_title);
        let ending = self.ending(word, known).filter(|(full, has_more)| {
            let full = self.full.get(full).into_iter().flatten().filter_map(|number| self.get(*number));
            let full = full.fold(Sex::default(), |sex, name| sex.with(name.sex));
            (*has_more || has_title) && !sex.with(full).is_doubtful()
        });
        for number in single {
            let person = match (ending, self.get(number).cloned()) {
                (Some((full, _)), _) => full,
                (None, Some(name)) => {
                    let sex = if sex.is_doubtful() { name.sex } else { Sex::default() };
                    self.alike(&name, sex)
                }
                (None, None) => continue,
            };
            self.give_out(number, Some(person));
        }
    }

    /// The only ones whose full name begins or ends with `word`, and whether that is all there is to go by.
    fn ending(&self, word: &str, known: &Word) -> Option<(u32, bool)> {
        let mut full = known.full.iter();
        let (alike, names) = full.next().filter(|_| full.next().is_none())?;
        let names = names.iter().filter_map(|number| self.get(*number));
        let has_more =
            |name: &Name| name.words.len() > 2 || name.words.last().is_some_and(|last| last == word);
        Some((*alike, names.into_iter().any(has_more)))
    }

    /// Name `number` is that of `person` from now on, or of nobody.
    fn give_out(&mut self, number: u32, person: Option<u32>) {
        let Some(known) = self.known.get_mut(number as usize) else { return };
        let person = person.unwrap_or(u32::MAX);
        let before = std::mem::replace(&mut known.person, person);
        if before == person {
            return;
        }
        self.changed.names.push(number);
        let key = (known.name.fullness(), Reverse(Arc::clone(&known.written)));
        for (person, is_theirs) in [(before, false), (person, true)] {
            if person == u32::MAX {
                continue;
            }
            let names = self.persons.entry(person).or_default();
            let fullest = names.last().cloned();
            if is_theirs {
                names.insert(key.clone());
            } else {
                names.remove(&key);
            }
            if names.last() != fullest.as_ref() {
                self.changed.persons.push(person);
            }
            if names.is_empty() {
                self.persons.remove(&person);
            }
        }
    }
}

fn set(numbers: &mut BTreeSet<u32>, number: u32, is_in: bool) {
    if is_in {
        numbers.insert(number);
    } else {
        numbers.remove(&number);
    }
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

    /// The person that each of `written` is, numbered from 0.
    fn joined(written: &[&str]) -> Vec<usize> {
        let mut names = Names::default();
        let numbers: Vec<u32> =
            written.iter().map(|name| names.take(Name::read(name).unwrap(), &mut BTreeSet::new())).collect();
        let mut known: Vec<u32> = Vec::new();
        let place = |person| {
            known.iter().position(|other| *other == person).unwrap_or_else(|| {
                known.push(person);
                known.len() - 1
            })
        };
        numbers.into_iter().map(|number| names.person(number)).map(place).collect()
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
