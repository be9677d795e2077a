//! Finds whose words a quotation gives.
//!
//! For each quotation the first of these that answers is taken:
//! 1. A label inside it (`“LEE: …”`), or the stretch before, where the speech goes on from there.
//! 2. `attribution`, right after it: `“…,” Ms Lee said`, `said Ms Lee`, `according to Ms Lee`, `'…': Lee`.
//! 3. `attribution`, before it in the sentence: the nearest verb of saying with its `subject`, or a saying that is
//!    somebody's: `Ms Lee said: “…”`, `Ms Lee’s claim that “…”`.
//! 4. `attribution`, at the end of the sentence: `… a “mess”, Ms Lee said.`
//! 5. `standing`: the quotation before it in the sentence, or, for a whole utterance that nothing else claims, whoever spoke
//!    in the sentence or line before. A pronoun is replaced by the name it plainly stands for.
//!
//! No answer is better than a wrong one. Every search is bounded, so the work is linear in the text.
//! `lexicon` has the words, `words` cuts a `line` into tokens, and `phrase` finds where a speaker's name begins and ends.

mod attribution;
mod lexicon;
mod line;
mod phrase;
mod said;
mod standing;
mod subject;
mod words;

use std::ops::Range;

use lexicon::Role;
use line::Line;
use phrase::Form;
use said::MOST;
pub(super) use said::{Manner, Said};
use standing::Context;
use words::Sort;

/// A line longer than this, in bytes, is no prose either; it would cost much memory to read.
const LONGEST: usize = 1 << 16;

/// Whether a word in `text` brings in what somebody says.
pub(super) fn tells(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| {
        let role = lexicon::role(word);
        (role.has(Role::VERB) && !role.has(Role::NOUN)) || word.eq_ignore_ascii_case("according")
    })
}

/// Where the speaker of each of `said` is named in `text`. `said` is in order and disjoint.
pub(super) fn name(text: &str, said: &[Said]) -> Vec<Option<Range<usize>>> {
    let mut speakers: Vec<Option<Range<usize>>> = vec![None; said.len()];
    let mut first = 0;
    while let Some(line) = said.get(first).map(|quote| quote.line.clone()) {
        let of_line = said.get(first..).unwrap_or_default().iter().take_while(|quote| quote.line == line);
        let ranges: Vec<Range<usize>> = of_line.map(|quote| quote.range.clone()).collect();
        let is_said = said.iter().skip(first).take(ranges.len()).any(|quote| quote.manner != Manner::Unsaid);
        if is_said && ranges.len() <= MOST && line.len() <= LONGEST {
            let line = Line::read(text, line, &ranges, first);
            name_line(text, said, &line, &mut speakers);
        }
        first += ranges.len();
    }
    share_back(said, &mut speakers);
    speakers
}

/// Names the speakers of one line.
fn name_line(text: &str, said: &[Said], line: &Line<'_>, speakers: &mut [Option<Range<usize>>]) {
    for (at, token) in line.tokens().iter().enumerate() {
        let Sort::Quote(index) = token.sort else {
            continue;
        };
        let Some(quote) = said.get(index).filter(|quote| quote.manner != Manner::Unsaid) else {
            continue;
        };
        let context = Context { text, said, speakers };
        let previous = index.checked_sub(1).and_then(|previous| speakers.get(previous)).cloned().flatten();
        let found = match attribution::label_inside(line, at) {
            Some(label) => Some(label.range),
            None if quote.continues && previous.is_some() => previous,
            None => match attribution::of(line, at) {
                Some(phrase) if phrase.form == Form::Pronoun => {
                    context.named_for(line, phrase.first).or(Some(phrase.range))
                }
                Some(phrase) => Some(phrase.range),
                None => context.borrowed(line, at, index),
            },
        };
        if let Some(slot) = speakers.get_mut(index) {
            *slot = found;
        }
    }
}

/// A speech over several lines may be attributed only in its last: gives that to the lines before.
fn share_back(said: &[Said], speakers: &mut [Option<Range<usize>>]) {
    let mut later: Option<Range<usize>> = None;
    for (quote, speaker) in said.iter().zip(speakers.iter_mut()).rev() {
        if speaker.is_none() && quote.manner != Manner::Unsaid {
            speaker.clone_from(&later);
        }
        later = if quote.continues { speaker.clone() } else { None };
    }
}

/// Whether `phrase` only points to somebody: *he*, *they*.
pub fn is_pronoun(phrase: &str) -> bool {
    lexicon::role(phrase).has(Role::PRONOUN)
}

/// Whether `word` is a courtesy, an office or a rank that stands before a name.
pub fn is_title(word: &str) -> bool {
    lexicon::role(word).has(Role::COURTESY.or(Role::OFFICE))
}

/// Whether `word`, though it has a capital, is no part of a name: it opens a sentence, or is a day or a month.
pub fn is_opener(word: &str) -> bool {
    let openers = Role::OPENER.or(Role::DAY).or(Role::PRONOUN).or(Role::DETERMINER).or(Role::PREPOSITION);
    lexicon::role(word).has(openers)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The speakers of what stands between curly marks in `text`; a capital first makes a whole utterance.
    fn speakers(text: &str) -> Vec<Option<&str>> {
        let mut said: Vec<Said> = Vec::new();
        for (at, _) in text.match_indices('“') {
            let line = text[..at].rfind('\n').map_or(0, |start| start + 1)
                ..text[at..].find('\n').map_or(text.len(), |end| at + end);
            let close = text[at..line.end].find('”').map(|close| at + close + '”'.len_utf8());
            let is_whole = text[at..].chars().nth(1).is_some_and(char::is_uppercase);
            let manner = if is_whole { Manner::Whole } else { Manner::Part };
            let continues = said.last().is_some_and(|before| {
                before.range.end == before.line.end && !text[before.range.clone()].ends_with('”')
            });
            said.push(Said { range: at..close.unwrap_or(line.end), line, continues, manner });
        }
        name(text, &said).into_iter().map(|speaker| speaker.map(|range| &text[range])).collect()
    }

    #[test]
    fn who_speaks_is_named_after_the_words() {
        assert_eq!(speakers("“We go,” Ms Lee said."), [Some("Ms Lee")]);
        assert_eq!(speakers("“We go,” said Ann Lee, the owner."), [Some("Ann Lee")]);
        assert_eq!(speakers("“We go,” Ann Lee, who owns it, told reporters."), [Some("Ann Lee")]);
        assert_eq!(speakers("“We go,” according to the owner."), [Some("the owner")]);
        assert_eq!(speakers("“We go” ― Ann Lee, Hull"), [Some("Ann Lee")]);
        assert_eq!(speakers("“We go”: Lee"), [Some("Lee")]);
    }

    #[test]
    fn who_speaks_is_named_before_the_words() {
        assert_eq!(speakers("Ann Lee, the club’s owner, said: “We go.”"), [Some("Ann Lee")]);
        assert_eq!(speakers("Another owner, Ann Lee, said: “We go.”"), [Some("Ann Lee")]);
        assert_eq!(speakers("Ann Lee (Con) says the plan is “dead”."), [Some("Ann Lee")]);
        assert_eq!(speakers("Lee: “We go.”"), [Some("Lee")]);
        assert_eq!(speakers("From Ann Lee, the owner:\n\n“We go.”"), [Some("Ann Lee")]);
    }

    #[test]
    fn who_speaks_is_named_at_the_end_of_the_sentence() {
        assert_eq!(speakers("The plan is a “mess”, the owner said on Monday."), [Some("the owner")]);
        assert_eq!(speakers("It is a “mess”, as Ann Lee put it."), [Some("Ann Lee")]);
        assert_eq!(speakers("He condemned what it called a “mess”, the union said."), [Some("the union")]);
    }

    #[test]
    fn a_saying_belongs_to_its_owner() {
        assert_eq!(speakers("The minister rejects Ann Lee’s claim that it is “dead”."), [Some("Ann Lee")]);
        assert_eq!(speakers("The board defends Lee’s “mess” remark"), [Some("Lee")]);
    }

    #[test]
    fn who_is_cited_is_the_speaker() {
        assert_eq!(speakers("The report quoted Ann Lee as saying it was “dead”."), [Some("Ann Lee")]);
        assert_eq!(speakers("Ann Lee was quoted as saying it was “dead”."), [Some("Ann Lee")]);
    }

    #[test]
    fn who_hears_the_words_is_not_the_speaker() {
        assert_eq!(speakers("The court was told it was “dead”."), [None]);
        assert_eq!(speakers("Residents were told by police to “stay in”."), [Some("police")]);
    }

    #[test]
    fn a_speech_goes_on_with_its_speaker() {
        assert_eq!(speakers("“We go,” Lee said. “We stay.”\n\n“We rest.”"), [Some("Lee"); 3]);
        assert_eq!(speakers("Lee said it was late. “We go.”"), [Some("Lee")]);
        assert_eq!(speakers("“We go.\n“We stay,” said Lee."), [Some("Lee"); 2]);
        assert_eq!(speakers("“We go,” Lee said. It rained. It snowed. “We stay.”"), [Some("Lee"), None]);
    }

    #[test]
    fn a_pronoun_is_whoever_was_named_last_if_that_is_plain() {
        assert_eq!(speakers("“We go,” Ms Lee said. “We stay,” she added."), [Some("Ms Lee"); 2]);
        assert_eq!(speakers("“We go,” Ms Lee said. “We stay,” he added."), [Some("Ms Lee"), Some("he")]);
        assert_eq!(
            speakers("“We go,” Ms Lee said. Ford disagrees. “We stay,” she said."),
            [Some("Ms Lee"), Some("she")]
        );
        assert_eq!(
            speakers("Lee lost in three sets. “It was hot,” she said. Ford won.\n“It was not,” he said."),
            [Some("Lee"), Some("he")]
        );
        assert_eq!(speakers("The teacher said it was “hot”.\nShe added: “We go.”"), [Some("The teacher"); 2]);
    }

    #[test]
    fn a_transcript_names_each_speaker() {
        assert_eq!(speakers("“LEE: We go.\n“FORD: We stay.”"), [Some("LEE"), Some("FORD")]);
    }

    #[test]
    fn nobody_is_named_where_nobody_speaks() {
        assert_eq!(speakers("The town has a “beach” of concrete."), [None]);
        assert_eq!(speakers("Rain fell.\n\n“We go.”"), [None]);
    }

    #[test]
    fn a_line_with_too_many_quotations_names_nobody() {
        let text = "Lee said “a” and ".repeat(MOST + 1);
        assert!(speakers(&text).iter().all(Option::is_none));
    }
}
