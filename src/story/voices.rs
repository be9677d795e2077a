//! Who said what: the quotes of a blog by speaker.
//!
//! Built an entry at a time. What somebody said is worked out when an entry is taken; who is who only when the rows are
//! asked for, since that depends on all names. Scare quotes and titles are nobody's words and stay out.

use std::{
    cell::OnceCell,
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

use crate::{
    model::{Timeline, timeline::Place},
    text::quotes::{self, QuoteKind},
};

use super::{
    names::{self, Name},
    spot::{Holder, Spot},
};

/// How many speakers of one text are looked up in it for a fuller name.
const LOOKED_UP: usize = 32;

/// The quotes of a blog by speaker. See the module's description.
#[derive(Debug, Default)]
pub struct Voices {
    /// Every name met, as written; a number names it.
    names: Vec<Name>,
    numbers: HashMap<String, u32>,
    said: BTreeMap<Holder, Vec<Said>>,
    /// The rows, until something changes.
    rows: OnceCell<Vec<Voice>>,
}

/// A quote that was taken.
#[derive(Debug, Clone, Copy)]
struct Said {
    words: Words,
    /// Where it stands in time.
    place: Place,
    /// The number of the name it is given to.
    name: Option<u32>,
}

/// Somebody's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// From the opening mark through the closing one.
    pub spot: Spot,
    /// Direct or mixed.
    pub kind: QuoteKind,
    /// Where the text names whose they are; it may be a pronoun.
    pub speaker: Option<Spot>,
}

/// A speaker and what they said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// The fullest form of the name that was met; none for what nobody is named for.
    pub name: Option<String>,
    /// In order of time, a standfirst first; never empty.
    pub quotes: Vec<Words>,
}

impl Voices {
    /// Takes what is said in `holder`, in place of what was taken of it before.
    pub fn take(&mut self, timeline: &Timeline, holder: Holder) {
        self.forget(holder);
        let Some(place) = holder.place(timeline) else { return };
        let mut said = Vec::new();
        let mut short: Vec<u32> = Vec::new();
        for (part, prose) in holder.parts(timeline) {
            for quote in quotes::find(prose).into_iter().filter(|quote| quote.kind != QuoteKind::Other) {
                let speaker = quote.speaker.as_ref().map(|speaker| Spot::new(holder, part, speaker));
                let name = quote.speaker.and_then(|speaker| Name::read(prose.text().get(speaker)?));
                let is_short = name.as_ref().is_some_and(|name| name.only_word().is_some());
                let name = name.map(|name| self.number(name));
                short
                    .extend(name.filter(|name| is_short && !short.contains(name) && short.len() < LOOKED_UP));
                let words = Words { spot: Spot::new(holder, part, &quote.range), kind: quote.kind, speaker };
                said.push(Said { words, place, name });
            }
        }
        for (_, prose) in holder.parts(timeline) {
            for number in &short {
                let fuller = self.names.get(*number as usize).map(|name| names::longer(prose.text(), name));
                fuller.into_iter().flatten().for_each(|name| _ = self.number(name));
            }
        }
        if !said.is_empty() {
            self.rows.take();
            self.said.insert(holder, said);
        }
    }

    /// Forgets what `holder` says: it was revised or taken down.
    pub fn forget(&mut self, holder: Holder) {
        if self.said.remove(&holder).is_some() {
            self.rows.take();
        }
    }

    fn number(&mut self, name: Name) -> u32 {
        if let Some(number) = self.numbers.get(&name.written) {
            return *number;
        }
        let number = self.names.len() as u32;
        self.numbers.insert(name.written.clone(), number);
        self.names.push(name);
        self.rows.take();
        number
    }

    /// What was said in `holder`.
    pub fn of(&self, holder: Holder) -> impl Iterator<Item = &Words> {
        self.said.get(&holder).into_iter().flatten().map(|said| &said.words)
    }

    /// Whether nobody said anything.
    pub fn is_empty(&self) -> bool {
        self.said.is_empty()
    }

    /// All speakers, most quotes first, then by name; what nobody is named for comes last. Worked out once for all that
    /// was taken.
    pub fn rows(&self) -> &[Voice] {
        self.rows.get_or_init(|| self.only(|_| true))
    }

    /// The speakers as [`rows`](Self::rows) gives them, of the words that `admits` lets in.
    pub fn only(&self, mut admits: impl FnMut(&Words) -> bool) -> Vec<Voice> {
        let persons = names::persons(&self.names);
        let person = |name: u32| persons.get(name as usize).copied();
        let mut fullest: Vec<Option<&Name>> = vec![None; self.names.len()];
        for (name, person) in self.names.iter().zip(&persons) {
            if let Some(slot) = fullest.get_mut(*person)
                && slot.is_none_or(|known| known.fullness() < name.fullness())
            {
                *slot = Some(name);
            }
        }
        let all = self.said.values().flatten().copied();
        let mut said: Vec<Said> = all.filter(|said| admits(&said.words)).collect();
        said.sort_by_key(|said| (said.place, said.words.spot));
        let mut voices: BTreeMap<Option<usize>, Vec<Words>> = BTreeMap::new();
        for said in said {
            voices.entry(said.name.and_then(person)).or_default().push(said.words);
        }
        let name = |person: usize| fullest.get(person).copied().flatten().map(|name| name.written.clone());
        let voices = voices.into_iter().map(|(person, quotes)| Voice { name: person.and_then(name), quotes });
        let mut voices: Vec<Voice> = voices.collect();
        voices.sort_by(|one, other| {
            let rank = |voice: &Voice| (voice.name.is_none(), Reverse(voice.quotes.len()));
            rank(one).cmp(&rank(other)).then_with(|| one.name.cmp(&other.name))
        });
        voices
    }
}

#[cfg(test)]
mod tests {
    use super::{super::samples, *};

    /// Each speaker with what they say.
    fn heard<'a>(timeline: &'a Timeline, voices: &Voices) -> Vec<(Option<String>, Vec<&'a str>)> {
        let words =
            |voice: &Voice| voice.quotes.iter().map(|words| words.spot.text(timeline).unwrap()).collect();
        voices.rows().iter().map(|voice| (voice.name.clone(), words(voice))).collect()
    }

    fn voices(timeline: &Timeline) -> Voices {
        let mut voices = Voices::default();
        samples::holders(timeline).for_each(|holder| voices.take(timeline, holder));
        voices
    }

    #[test]
    fn speakers_stand_by_how_much_they_say_and_unnamed_words_last() {
        let timeline = samples::timeline(&[
            "“The gates held,” Mr Orr said.",
            "The quay is open.\n\n“Nobody was hurt.”",
            "“We sail at noon,” Bo Norris said.",
            "“It was close,” Ivo Orr said. They watched the film “The Tide” later.",
        ]);
        assert_eq!(
            heard(&timeline, &voices(&timeline)),
            [
                (Some("Ivo Orr".to_owned()), vec!["“The gates held,”", "“It was close,”"]),
                (Some("Bo Norris".to_owned()), vec!["“We sail at noon,”"]),
                (None, vec!["“Nobody was hurt.”"]),
            ]
        );
    }

    #[test]
    fn a_name_that_only_the_text_gives_in_full_is_used() {
        let timeline = samples::timeline(&["Ivo Orr came at noon. “The gates held,” Mr Orr said."]);
        assert_eq!(voices(&timeline).rows()[0].name.as_deref(), Some("Ivo Orr"));
        let timeline = samples::timeline(&[
            "Ivo Orr and Ada Orr came at noon. “The gates held,” Mr Orr said.",
            "“It was close,” Ivo Orr said.",
        ]);
        assert_eq!(voices(&timeline).rows().len(), 2, "two of that name are about");
    }

    #[test]
    fn what_is_taken_again_counts_once_and_what_is_forgotten_is_gone() {
        let timeline = samples::timeline(&["“The gates held,” Mr Orr said.", "“No,” Ada Lind said."]);
        let mut voices = voices(&timeline);
        voices.take(&timeline, Holder::Entry(0));
        assert_eq!(voices.rows().len(), 2);
        voices.forget(Holder::Entry(0));
        assert_eq!(voices.rows().len(), 1);
        assert_eq!(voices.only(|words| words.spot.holder == Holder::Entry(0)), []);
        voices.forget(Holder::Entry(1));
        assert!(voices.is_empty() && voices.rows().is_empty());
    }
}
