//! Finds the quotations of a text, says what they are, and who is quoted.
//!
//! The rules, in the order they are applied:
//! 1. `marks` reads each mark from its neighbours: it can open, close, both or neither (`don't`, `'80s`, `6'2"`).
//! 2. `pair` pairs them within a line. Only the outermost pair counts. A line left open is one stretch to its last
//!    visible character when the next line repeats the opening mark; otherwise its mark is unpaired.
//! 3. `kind` tells speech (`Direct`), a quoted part of the writer's sentence (`Mixed`) and all else (`Other`) apart.
//! 4. `speakers` looks for whoever the text gives the words to. No answer is better than a wrong one.
//!
//! Every step is linear in the text, looks only a bounded way around, and takes any string whatever.

mod kind;
mod marks;
mod pair;

use std::ops::Range;

use super::speakers::{self, Manner, Said};
use pair::Stretch;

/// What a stretch between quotation marks is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuoteKind {
    /// The quoted words are the whole of what is reported.
    Direct,
    /// A quoted part inside the writer's own sentence.
    Mixed,
    /// No speech: a title, a nickname, a term; or a mark without a partner.
    Other,
}

impl QuoteKind {
    /// The word for it in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Other => "other",
        }
    }
}

/// A stretch of text between quotation marks, and where its source is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// From the opening mark through the closing one, in bytes; never over a line break.
    pub range: Range<usize>,
    pub kind: QuoteKind,
    /// The shortest phrase of the same text that names whose words they are; it may be a pronoun.
    pub speaker: Option<Range<usize>>,
}

/// All quotations of `text`, in order and disjoint.
pub fn find(text: &str) -> Vec<Quote> {
    let stretches = pair::stretches(text);
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

/// One word in double marks that nobody is named for: the writer's own distance from it.
///
/// Headlines are set in single marks and leave their sources out, so those stay what they were; so does what something
/// is said to be (`the engine is “healthy”`).
fn is_scare(text: &str, stretch: &Stretch, kind: QuoteKind, speaker: Option<&Range<usize>>) -> bool {
    let is_one_word =
        || text.get(stretch.range.clone()).is_some_and(|words| !words.trim().contains(char::is_whitespace));
    let is_predicate = || {
        let before = text.get(..stretch.range.start).unwrap_or_default().trim_end();
        [" is", " are", " was", " were", " as"].iter().any(|verb| before.ends_with(verb))
    };
    kind == QuoteKind::Mixed && speaker.is_none() && !stretch.single && is_one_word() && !is_predicate()
}
