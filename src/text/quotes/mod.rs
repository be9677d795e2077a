//! Finds the quotations of a text, says what they are, and who is quoted.
//!
//! The rules, in the order they are applied:
//! 1. `marks` reads each mark from its neighbours: it can open, close, both or neither (`don't`, `'80s`, `6'2"`).
//! 2. `pair` pairs them within a line. Only the outermost pair counts.
//! 3. `join` makes stretches of the pairs. A line left open is one stretch to its last visible character when the next
//!    line repeats the opening mark; otherwise its mark is unpaired. A line without marks in a block that the page sets off
//!    as a quotation is a stretch too.
//! 4. `kind` tells speech (`Direct`), a quoted part of the writer's sentence (`Mixed`) and all else (`Other`) apart.
//! 5. `speakers` looks for whoever the text gives the words to. No answer is better than a wrong one.
//!
//! Every step is linear in the text, looks only a bounded way around, and takes any string whatever.

mod join;
mod kind;
mod marks;
mod pair;

use std::ops::Range;

use super::{
    prose::{Block, BlockKind, ProseRef},
    speakers::{self, Manner, Said},
};
use join::Stretch;
pub use kind::QuoteKind;

/// A stretch of text between quotation marks, or set off as a quotation, and where its source is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// From the opening mark through the closing one, in bytes; never over a line break.
    pub range: Range<usize>,
    pub kind: QuoteKind,
    /// The shortest phrase of the same text that names whose words they are; it may be a pronoun.
    pub speaker: Option<Range<usize>>,
}

/// All quotations of `prose`, in order and disjoint; those too that only a block sets off, without marks.
///
/// There is no other way to look for them, so that whoever tells of quotes tells of the same ones.
pub fn find(prose: ProseRef<'_>) -> Vec<Quote> {
    let mut stretches = join::stretches(prose.text());
    let is_quote = |block: &&Block| block.kind == BlockKind::Quote;
    let blocks: Vec<Range<usize>> = prose
        .told_blocks()
        .iter()
        .filter(is_quote)
        .map(|block| block.range.start as usize..block.range.end as usize)
        .collect();
    join::add_set_off(prose.text(), &blocks, &mut stretches);
    named(prose.text(), stretches)
}

/// Says of `stretches` what they are and who is quoted.
fn named(text: &str, stretches: Vec<Stretch>) -> Vec<Quote> {
    if stretches.is_empty() {
        return Vec::new();
    }
    let kinds: Vec<QuoteKind> = stretches.iter().map(|stretch| kind::of(text, stretch)).collect();
    let said: Vec<Said> = stretches.iter().zip(&kinds).map(|(stretch, &kind)| said(stretch, kind)).collect();
    let speakers = speakers::name(text, &said);
    let found = stretches.into_iter().zip(kinds).zip(speakers);
    found
        .map(|((stretch, kind), speaker)| {
            let kind = if is_scare(text, &stretch, kind, speaker.as_ref()) { QuoteKind::Other } else { kind };
            Quote { range: stretch.range, kind, speaker }
        })
        .collect()
}

/// A stretch as the finder of speakers wants it.
fn said(stretch: &Stretch, kind: QuoteKind) -> Said {
    let manner = match kind {
        QuoteKind::Direct => Manner::Whole,
        QuoteKind::Mixed => Manner::Part,
        QuoteKind::Other => Manner::Unsaid,
    };
    Said { range: stretch.range.clone(), line: stretch.line.clone(), continues: stretch.continues, manner }
}

/// A word or a short term in double marks that nobody is named for: the writer's own distance from it.
///
/// Headlines are set in single marks and leave their sources out, so those stay what they were; so does what something
/// is said to be (`the engine is “healthy”`).
fn is_scare(text: &str, stretch: &Stretch, kind: QuoteKind, speaker: Option<&Range<usize>>) -> bool {
    if kind != QuoteKind::Mixed || speaker.is_some() || stretch.single {
        return false;
    }
    let before = kind::before(text, stretch.line.start, stretch.range.start).trim_end();
    let words = text.get(stretch.range.clone()).unwrap_or_default();
    // `listed as “Hope”` gives a name, `described as “hopeless”` an opinion.
    let is_name = words.chars().nth(1).is_some_and(char::is_uppercase);
    let is_predicate = [" is", " are", " was", " were"].iter().any(|verb| before.ends_with(verb));
    if is_predicate || before.ends_with(" as") && !is_name {
        return false;
    }
    match words.split_whitespace().take(LONGEST_TERM + 1).count() {
        0 | 1 => true,
        2..=LONGEST_TERM => {
            let after = kind::after(text, stretch.range.end, stretch.line.end);
            // Beside another quotation it is likelier to be of the same mouth.
            let is_alone = !before.contains(['”', '"']);
            is_alone && is_determined(before) && !speakers::tells(before) && !speakers::tells(after)
        }
        _ => false,
    }
}

/// How many words a term in marks has at the most.
const LONGEST_TERM: usize = 3;

/// Whether an article or the like leads to what follows, alone or with an adjective: `the`, `a separate`.
fn is_determined(before: &str) -> bool {
    let mut back = before.rsplit(' ');
    back.by_ref().take(2).any(|word| {
        ["a", "an", "her", "his", "its", "that", "the", "their", "this"]
            .iter()
            .any(|determiner| word.eq_ignore_ascii_case(determiner))
    })
}

#[cfg(test)]
mod tests {
    use super::super::prose::{Markup, Prose};
    use super::*;

    /// Each quotation of `text` with its kind and its speaker.
    fn found(text: &str) -> Vec<(&str, &'static str, Option<&str>)> {
        let quotes = find(ProseRef::plain(text));
        quotes
            .into_iter()
            .map(|quote| (&text[quote.range], quote.kind.name(), quote.speaker.map(|speaker| &text[speaker])))
            .collect()
    }

    #[test]
    fn a_whole_utterance_is_direct_and_a_part_is_mixed() {
        let text = "“The bridge is closed,” Ms Orr said. She called the delay “a farce”.";
        assert_eq!(
            found(text),
            [("“The bridge is closed,”", "direct", Some("Ms Orr")), ("“a farce”", "mixed", Some("Ms Orr"))]
        );
    }

    #[test]
    fn a_title_a_nickname_and_a_term_are_other() {
        assert_eq!(found("She sang in the film “Cold Harbour” for a year")[0].1, "other");
        assert_eq!(found("They went to see “Tales of the Long River” yesterday")[0].1, "other");
        assert_eq!(found("Arthur “Archie” Bell has died")[0].1, "other");
        assert_eq!(found("a road known as “the snake”")[0].1, "other");
    }

    #[test]
    fn one_word_that_nobody_is_named_for_is_other() {
        assert_eq!(found("The town has a “beach” of concrete.")[0].1, "other");
        assert_eq!(
            found("The mayor praised a “beach” of concrete.")[0],
            ("“beach”", "mixed", Some("The mayor"))
        );
    }

    #[test]
    fn a_short_term_with_an_article_and_no_word_of_saying_near_is_other() {
        assert_eq!(found("They would close the old “carried rent” loophole.")[0].1, "other");
        assert_eq!(found("The council rebuilt it under a “fast lane”.")[0].1, "other");
        assert_eq!(found("Officials warned, in private, of a “slow death”.")[0].1, "mixed");
        assert_eq!(found("The storm is “highly unusual”.")[0].1, "mixed");
    }

    #[test]
    fn an_unpaired_mark_is_other_and_ends_with_its_paragraph() {
        assert_eq!(found("He wrote “no more.\n\nIt rained."), [("“no more.", "other", None)]);
    }

    #[test]
    fn a_speech_over_paragraphs_has_one_speaker() {
        let text = "Ms Orr said: “It began at noon.\n\n“Then it stopped.\n\n“Nobody knows why.”";
        assert!(found(text).iter().all(|quote| quote.1 == "direct" && quote.2 == Some("Ms Orr")));
        assert_eq!(found(text).len(), 3);
    }

    #[test]
    fn a_block_set_off_without_marks_is_speech_of_whom_its_lead_in_names() {
        let text = "Ann Lee said this morning:\n\nWe go.\n\nWe stay.\n\n— Hull, Monday\n\nIt rained.";
        let start = text.find("We go").unwrap();
        let blocks = vec![
            (0..start - 2, BlockKind::Paragraph),
            (start..text.find("\n\nIt").unwrap(), BlockKind::Quote),
            (text.find("It").unwrap()..text.len(), BlockKind::Paragraph),
        ];
        let prose = Prose::with_markup(text, Markup { blocks, ..Markup::default() });
        let quotes = find(prose.as_ref());
        let words: Vec<&str> = quotes.iter().map(|quote| &text[quote.range.clone()]).collect();
        assert_eq!(words, ["We go.", "We stay."]);
        assert!(quotes.iter().all(|quote| quote.kind == QuoteKind::Direct));
        assert!(quotes.iter().all(|quote| quote.speaker == Some(0..7)));
    }

    #[test]
    fn text_without_marks_has_no_quotations() {
        assert!(found("").is_empty());
        assert!(found(&"It rained again, and nobody minded.\n\n".repeat(1000)).is_empty());
    }

    /// Strings of hostile pieces in a fixed but scattered order.
    fn hostile(seed: u64) -> String {
        const PIECES: &[&str] = &[
            "“",
            "”",
            "\"",
            "'",
            "’",
            "‘",
            "«",
            "»",
            "„",
            " ",
            "\n",
            "\n\n",
            "\r",
            "\u{2028}",
            "\u{200b}",
            "é",
            "👩\u{200d}🚀",
            "a\u{301}",
            "Mr Orr",
            "said",
            "said,",
            ", who",
            " as saying ",
            "quoted",
            "was",
            "the",
            "of",
            "for",
            "claims",
            "according to",
            ":",
            ".",
            ",",
            "—",
            "(",
            ")",
            "'90s",
            "6'2\"",
            "s'",
            "she",
            "He",
            "and",
            "to",
            "calling",
            "ß",
            "「",
            "』",
            "From",
            "LEE:",
            "put it",
            "State",
            "Secretary of",
        ];
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut text = String::new();
        for _ in 0..60 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let index = usize::try_from(state % PIECES.len() as u64).unwrap_or_default();
            text.push_str(PIECES[index]);
            if state & 0x100 == 0 {
                text.push(' ');
            }
        }
        text
    }

    #[test]
    fn quotations_of_any_text_are_disjoint_whole_and_within_a_line() {
        for seed in 0..3000 {
            let text = hostile(seed);
            let quotes = find(ProseRef::plain(&text));
            assert!(quotes.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start), "{text:?}");
            for quote in &quotes {
                assert!(
                    text.get(quote.range.clone())
                        .is_some_and(|words| !words.is_empty() && !words.contains('\n')),
                    "{text:?}"
                );
                let speaker = quote.speaker.clone().map(|speaker| text.get(speaker));
                assert!(
                    speaker.is_none_or(
                        |words| words.is_some_and(|words| !words.is_empty() && !words.contains('\n'))
                    ),
                    "{text:?}"
                );
            }
        }
    }

    #[test]
    fn long_runs_are_taken_in_stride() {
        for piece in [
            "“",
            "\"",
            "'",
            "’ ",
            " ",
            "\n",
            "“a” ",
            "said “a” and ",
            "Mr Orr, “a,” said, ",
            "s' ",
            "12\" ",
            "\u{301}",
            "(",
            "“a\n\n",
        ] {
            let text = piece.repeat(20_000);
            assert!(found(&text).len() <= 20_000);
        }
    }
}
