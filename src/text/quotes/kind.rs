//! Says whether a quotation is speech, a part of somebody's speech in the writer's sentence, or no speech at all.
//!
//! A quotation is taken for speech unless something tells against it: the noun before it (`the film “…”`), the way it is
//! brought in (`so-called “…”`), a nickname between two names, or a title in capitals amid plain words.

use std::ops::Range;

use super::join::{End, Stretch};
use super::marks;

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

/// How much of the text on either side is looked at, in bytes.
const REACH: usize = 80;

/// Nouns whose name follows in marks: works, broadcasts, words as words.
const NAMED_NOUNS: &[&str] = &[
    "album",
    "anthem",
    "article",
    "autobiography",
    "ballad",
    "bestseller",
    "blog",
    "book",
    "column",
    "comedy",
    "documentary",
    "drama",
    "episode",
    "essay",
    "exhibition",
    "film",
    "franchise",
    "game",
    "hashtag",
    "hit",
    "hymn",
    "magazine",
    "memoir",
    "movie",
    "musical",
    "newsletter",
    "novel",
    "novella",
    "opera",
    "painting",
    "play",
    "podcast",
    "poem",
    "program",
    "programme",
    "sculpture",
    "segment",
    "series",
    "show",
    "single",
    "sitcom",
    "song",
    "soundtrack",
    "term",
    "thriller",
    "track",
    "video",
    "website",
    "word",
    "words",
];

/// What bears words that nobody says.
const BEARERS: &[&str] =
    &["banner", "banners", "graffiti", "placard", "placards", "poster", "posters", "sign", "signs"];

/// Words that bring in a name or a term.
const NAMING: &[&str] = &[
    "aka",
    "codenamed",
    "entitled",
    "headlined",
    "named",
    "nicknamed",
    "so-called",
    "subtitled",
    "termed",
    "titled",
    "typed",
    "spelled",
    "spelt",
    "pronounced",
    "misspelled",
];

/// Words a title may hold in lower case.
const SMALL_WORDS: &[&str] = &[
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to",
    "v", "vs", "with",
];

/// The kind of `stretch`, as far as its own words and those around it tell.
pub(super) fn of(text: &str, stretch: &Stretch) -> QuoteKind {
    if stretch.end == End::Unpaired {
        return QuoteKind::Other;
    }
    if matches!(stretch.end, End::Open | End::SetOff) || stretch.continues {
        return QuoteKind::Direct;
    }
    let inside = text
        .get(stretch.range.clone())
        .unwrap_or_default()
        .trim_matches(|c| marks::is_mark(c) || marks::is_blank(c));
    let before = before(text, stretch.line.start, stretch.range.start);
    let after = after(text, stretch.range.end, stretch.line.end);
    let is_reference =
        before.trim_start().is_empty() && is_reference(text, stretch.range.end, stretch.line.end);
    if is_reference || is_borne(before) || is_term(before, inside, after) || is_title(before, inside, after) {
        return QuoteKind::Other;
    }
    if is_whole(before, inside) { QuoteKind::Direct } else { QuoteKind::Mixed }
}

/// Whether the words name a thing or a person rather than give speech.
fn is_term(before: &str, inside: &str, after: &str) -> bool {
    let is_stage_direction =
        inside.starts_with('(') && inside.ends_with(')') && !inside.contains(char::is_lowercase);
    if is_stage_direction || !inside.chars().any(char::is_alphanumeric) {
        return true;
    }
    if before.ends_with([':', '=']) || before.trim_end().ends_with([',', ':']) {
        return before.ends_with('=');
    }
    let mut back = before.split_whitespace().rev();
    let Some(previous) = back.next() else {
        return false;
    };
    let lower = previous.to_lowercase();
    if NAMING.contains(&lower.as_str()) || (lower == "as" && back.next().is_some_and(|word| word == "known"))
    {
        return true;
    }
    let is_speech = inside.ends_with(['!', '?']) || inside.split_whitespace().count() > 9;
    if NAMED_NOUNS.contains(&lower.as_str()) && !is_speech {
        return true;
    }
    // the “Tin Roof” musical
    let next_word = after.split_whitespace().next().unwrap_or_default();
    if after.starts_with(' ') && starts_upper(inside) && NAMED_NOUNS.contains(&next_word) {
        return true;
    }
    // Robert “Bob” Hill
    let is_one_word = !inside.contains(char::is_whitespace);
    let next = after.trim_start().chars().next();
    is_one_word
        && starts_upper(inside)
        && starts_upper(previous)
        && after.starts_with(' ')
        && next.is_some_and(char::is_uppercase)
}

/// Whether a thing bears the words: `A sign read “No entry”`.
fn is_borne(before: &str) -> bool {
    let mut back = before.trim_end_matches([' ', ':', ',']).rsplit(' ');
    let reads = back
        .next()
        .is_some_and(|verb| ["read", "reads", "reading", "said", "says", "saying"].contains(&verb));
    let bearer = back.next().unwrap_or_default();
    reads && BEARERS.iter().any(|known| bearer.eq_ignore_ascii_case(known))
}

/// Whether the line goes on after the quotation as a list of sources does: `“…” — The Paper, August 15, 2008`.
fn is_reference(text: &str, end: usize, line_end: usize) -> bool {
    let rest = text.get(end..line_end).unwrap_or_default().trim();
    let is_led = rest.len() < REACH && rest.starts_with(['—', '–', '-', '―']);
    let year = rest.rsplit(' ').next().unwrap_or_default().trim_end_matches(['.', ')']);
    is_led && year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the words are set as a title amid words that are not.
fn is_title(before: &str, inside: &str, after: &str) -> bool {
    let lead = before.trim_end();
    let is_led_in = lead.is_empty() || lead.ends_with([':', ',', '.', '!', '?']);
    // `hailed her as “The Quiet One”` is what somebody says of her.
    let is_likened = lead.ends_with(" as") || lead.ends_with(" like");
    let is_sentence = inside.contains(['!', '?']) || inside.contains(". ");
    if is_led_in || is_likened || is_sentence || !is_capital(inside) {
        return false;
    }
    // In a headline every word is set so, and nothing follows from it.
    let around = before.split_whitespace().chain(after.split_whitespace());
    around.filter(|word| word.len() > 4).any(starts_lower)
}

/// Whether two words or more have capitals, and all that a title gives them to.
fn is_capital(inside: &str) -> bool {
    let mut words = inside.split_whitespace().filter(|word| !SMALL_WORDS.contains(word)).take(12);
    let first = words.next().is_some_and(starts_upper);
    let mut rest = words.peekable();
    first
        && rest.peek().is_some()
        && rest.all(|word| starts_upper(word) || word.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether the words are a whole utterance rather than a part of the writer's sentence.
fn is_whole(before: &str, inside: &str) -> bool {
    let before = before.trim_end();
    let is_led_in =
        before.is_empty() || before.ends_with([',', ':', '.', '!', '?', '”', '"', '…', '—', '–', ')']);
    let first = inside.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().next();
    let words = inside.split_whitespace().count();
    let ends_clause = inside.ends_with([',', '.', '!', '?', '…', '—', '–']);
    match first {
        Some(c) if !c.is_lowercase() => is_led_in || (ends_clause && words >= 3),
        _ => before.ends_with(':') || (is_led_in && ends_clause && words >= 4),
    }
}

fn starts_upper(word: &str) -> bool {
    word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase)
}

fn starts_lower(word: &str) -> bool {
    word.starts_with(char::is_lowercase)
}

/// The text before `end` in its line, within reach, cut at a character boundary.
pub(super) fn before(text: &str, line_start: usize, end: usize) -> &str {
    let mut start = end.saturating_sub(REACH).max(line_start);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text.get(start..end).unwrap_or_default()
}

/// The text after `start` in its line, within reach, cut at a character boundary.
pub(super) fn after(text: &str, start: usize, line_end: usize) -> &str {
    let mut end = (start + REACH).min(line_end).max(start);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let range: Range<usize> = start..end;
    text.get(range).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::join;
    use super::*;

    fn kinds(text: &str) -> Vec<QuoteKind> {
        join::stretches(text).iter().map(|stretch| of(text, stretch)).collect()
    }

    #[test]
    fn the_noun_before_a_title_tells() {
        assert_eq!(
            kinds("in her novel “ashes” and her song 'Tin Roof'"),
            [QuoteKind::Other, QuoteKind::Other]
        );
        assert_eq!(kinds("the so-called “reform” of the courts"), [QuoteKind::Other]);
    }

    #[test]
    fn a_headline_in_capitals_holds_no_title() {
        assert_eq!(kinds("Singer Calls Her Sister ‘Best Friend’ At Gala"), [QuoteKind::Mixed]);
    }

    #[test]
    fn what_somebody_is_hailed_as_is_no_title() {
        assert_eq!(kinds("the paper hailed her as “The Quiet One” yesterday"), [QuoteKind::Mixed]);
        assert_eq!(kinds("they watched “The Quiet One” yesterday"), [QuoteKind::Other]);
    }

    #[test]
    fn what_a_sign_bears_and_what_a_list_of_sources_names_is_no_speech() {
        assert_eq!(kinds("A sign read “No entry” in red"), [QuoteKind::Other]);
        assert_eq!(kinds("“Mill to close” — The Ferry Post, May 3, 2019"), [QuoteKind::Other]);
        assert_eq!(kinds("“The mill will close” — Ann Lee, Hull"), [QuoteKind::Direct]);
        assert_eq!(kinds("“(LAUGHTER.)”"), [QuoteKind::Other]);
    }

    #[test]
    fn what_follows_a_colon_is_speech() {
        assert_eq!(kinds("She said: “no comment”"), [QuoteKind::Direct]);
        assert_eq!(kinds("She had “no comment”"), [QuoteKind::Mixed]);
    }

    #[test]
    fn marks_around_no_word_say_nothing() {
        assert_eq!(kinds("he typed “...” twice"), [QuoteKind::Other]);
    }

    #[test]
    fn the_view_on_either_side_is_cut_between_characters() {
        let text = format!("{}“yes”{}", "é".repeat(60), "é".repeat(60));
        assert_eq!(kinds(&text).len(), 1);
    }
}
