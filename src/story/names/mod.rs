//! Which names are one person's.
//!
//! Titles are left aside, and case, diacritics, points and hyphens make no difference. A single word is the person whose
//! full name ends with it when no other full name begins or ends with it; or begins with it, as family names may, when
//! the word was seen with a title or the full name has three words. Where `Mr Lee` and `Mrs Lee` are both about, or the
//! full name is that of a body (an office, a force), nothing is joined. Whatever is doubtful stays apart.

mod longer;
mod name;

use std::{
    cmp::Reverse,
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

pub(super) use longer::longer;
pub(super) use name::Name;
use name::{Fullness, Sex};

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
}
