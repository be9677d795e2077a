//! Who said what: the quotes of a blog by speaker.
//!
//! Built an entry at a time. What somebody said is worked out when an entry is taken; who is who is kept
//! as names come and go, since it depends on all of them. Scare quotes and titles are nobody's words and stay out.

use std::{
    cmp::{Ordering, Reverse},
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    model::{Timeline, timeline::Place},
    text::quotes::{self, QuoteKind},
};

use super::{
    names::{self, Name, Names},
    roll::{News, Stock},
    rows::{Anchor, Grouping, Home, Mention, Row},
    spot::{Holder, Spot},
};

/// How many speakers of one text are looked up in it for a fuller name.
const LOOKED_UP: usize = 32;

/// The row of what nobody is named for.
const NOBODY: u32 = u32::MAX;

/// The quotes of a blog by speaker. See the module's description.
#[derive(Debug, Default)]
pub struct Voices {
    names: Names,
    held: BTreeMap<Holder, Held>,
    news: News<Said>,
}

/// What is said in one holder.
#[derive(Debug)]
struct Held {
    said: Box<[Said]>,
    /// The names that are in it, each once.
    names: BTreeSet<u32>,
}

/// A quote that was taken.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said {
    pub(super) words: Words,
    /// Where it stands in time.
    place: Place,
    /// The number of the name it is given to.
    name: Option<u32>,
}

impl PartialEq for Said {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Said {}

impl PartialOrd for Said {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Said {
    fn cmp(&self, other: &Self) -> Ordering {
        self.anchor().cmp(&other.anchor())
    }
}

impl Mention for Said {
    /// Most quotes first, then by name; what nobody is named for comes last.
    type Rank = (bool, Reverse<usize>, Option<Arc<str>>);
    const HOME: Home = Home::Together(NOBODY);

    fn stem(&self) -> Option<u32> {
        self.name
    }

    fn anchor(&self) -> Anchor {
        Anchor { place: self.place, spot: self.words.spot }
    }

    fn differs(&self, _: &Self) -> bool {
        false
    }

    fn rank(row: &Row<Self>) -> Self::Rank {
        (row.name.is_none(), Reverse(row.mentions.len()), row.name.clone())
    }

    fn rank_alone() -> Self::Rank {
        (true, Reverse(1), None)
    }
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
        let (mut said, mut names) = (Vec::new(), BTreeSet::new());
        let mut short: Vec<u32> = Vec::new();
        for (part, prose) in holder.parts(timeline) {
            for quote in quotes::find(prose).into_iter().filter(|quote| quote.kind != QuoteKind::Other) {
                let speaker = quote.speaker.as_ref().map(|speaker| Spot::new(holder, part, speaker));
                let name = quote.speaker.and_then(|speaker| Name::read(prose.text().get(speaker)?));
                let is_short = name.as_ref().is_some_and(|name| name.only_word().is_some());
                let name = name.map(|name| self.names.take(name, &mut names));
                short
                    .extend(name.filter(|name| is_short && !short.contains(name) && short.len() < LOOKED_UP));
                let words = Words { spot: Spot::new(holder, part, &quote.range), kind: quote.kind, speaker };
                said.push(Said { words, place, name });
            }
        }
        for (_, prose) in holder.parts(timeline) {
            for number in &short {
                let fuller = self.names.get(*number).map(|name| names::longer(prose.text(), name));
                fuller.into_iter().flatten().for_each(|name| _ = self.names.take(name, &mut names));
            }
        }
        if !said.is_empty() {
            self.news.came(&said);
            self.held.insert(holder, Held { said: said.into(), names });
        }
    }

    /// Forgets what `holder` says: it was revised or taken down.
    pub fn forget(&mut self, holder: Holder) {
        let Some(Held { said, names }) = self.held.remove(&holder) else { return };
        names.into_iter().for_each(|name| self.names.forget(name));
        self.news.went(&said);
    }

    /// What was said in `holder`.
    pub fn of(&self, holder: Holder) -> impl Iterator<Item = &Words> {
        self.held(holder).iter().map(|said| &said.words)
    }

    /// Whether nobody said anything.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// All speakers, most quotes first, then by name; what nobody is named for comes last.
    pub fn rows(&self) -> Vec<Voice> {
        self.only(|_| true)
    }

    /// The speakers as [`rows`](Self::rows) gives them, of the words that `admits` lets in.
    pub fn only(&self, mut admits: impl FnMut(&Words) -> bool) -> Vec<Voice> {
        let all = self.held.values().flat_map(|held| &held.said).copied();
        let mut said: Vec<Said> = all.filter(|said| admits(&said.words)).collect();
        said.sort();
        let mut voices: BTreeMap<u32, Vec<Words>> = BTreeMap::new();
        for said in said {
            let person = said.name.map_or(NOBODY, |name| self.names.person(name));
            voices.entry(person).or_default().push(said.words);
        }
        let voice = |(person, quotes)| Voice {
            name: self.names.fullest(person).map(|name| name.to_string()),
            quotes,
        };
        let mut voices: Vec<Voice> = voices.into_iter().map(voice).collect();
        voices.sort_by(|one, other| {
            let rank = |voice: &Voice| (voice.name.is_none(), Reverse(voice.quotes.len()));
            rank(one).cmp(&rank(other)).then_with(|| one.name.cmp(&other.name))
        });
        voices
    }
}

impl Grouping for Voices {
    fn home(&self, stem: u32) -> Home {
        Home::Together(self.names.person(stem))
    }

    fn name(&self, row: u32) -> Option<Arc<str>> {
        self.names.fullest(row)
    }
}

impl Stock for Voices {
    type Mention = Said;

    fn held(&self, holder: Holder) -> &[Said] {
        self.held.get(&holder).map_or(&[], |held| &held.said)
    }

    fn before(&self, end: Option<Holder>) -> Option<Holder> {
        let last = match end {
            Some(end) => self.held.range(..end).next_back(),
            None => self.held.last_key_value(),
        };
        last.map(|(holder, _)| *holder)
    }

    fn news(&mut self) -> &mut News<Said> {
        let changed = self.names.take_changed();
        self.news.changed(changed.names, changed.persons);
        &mut self.news
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
