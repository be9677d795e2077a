//! What looks like a number and is none: addresses, telephone numbers, codes, and names that carry figures.
//!
//! Everything here looks at the neighbourhood of a candidate; the candidate itself is read elsewhere.

use super::cursor::{
    byte, char_at, char_before, ends_word, gap, gap_or_hyphen, hyphen, is_digit, is_space, next_word, word,
    word_before, word_start,
};

/// A stretch without spaces is looked at this far back.
const LONGEST_CHUNK: usize = 256;

/// Nouns that a following number labels rather than counts.
const LABELS: &[&str] = &[
    "act",
    "annex",
    "appendix",
    "article",
    "category",
    "channel",
    "chapter",
    "class",
    "clause",
    "court",
    "day",
    "episode",
    "figure",
    "flight",
    "game",
    "gate",
    "grade",
    "group",
    "highway",
    "junction",
    "lane",
    "level",
    "number",
    "page",
    "paragraph",
    "part",
    "phase",
    "platform",
    "protocol",
    "resolution",
    "room",
    "round",
    "route",
    "rule",
    "scene",
    "season",
    "section",
    "series",
    "stage",
    "step",
    "studio",
    "table",
    "terminal",
    "tier",
    "title",
    "type",
    "unit",
    "vol",
    "volume",
    "ward",
    "week",
    "zone",
];

/// Words that may stand capitalised before a number without naming it.
const PLAIN: &[&str] = &[
    "a",
    "about",
    "above",
    "after",
    "again",
    "age",
    "aged",
    "all",
    "almost",
    "an",
    "and",
    "another",
    "approximately",
    "around",
    "as",
    "at",
    "because",
    "before",
    "below",
    "between",
    "both",
    "but",
    "by",
    "can",
    "closing",
    "down",
    "during",
    "each",
    "even",
    "every",
    "exactly",
    "fewer",
    "first",
    "following",
    "for",
    "from",
    "had",
    "has",
    "have",
    "he",
    "her",
    "his",
    "however",
    "i",
    "if",
    "in",
    "including",
    "into",
    "is",
    "it",
    "its",
    "just",
    "killing",
    "last",
    "least",
    "less",
    "like",
    "many",
    "more",
    "most",
    "my",
    "near",
    "nearly",
    "next",
    "not",
    "now",
    "of",
    "off",
    "on",
    "only",
    "or",
    "other",
    "our",
    "out",
    "over",
    "past",
    "per",
    "plus",
    "roughly",
    "she",
    "since",
    "so",
    "some",
    "still",
    "than",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "though",
    "through",
    "to",
    "today",
    "top",
    "under",
    "until",
    "up",
    "us",
    "was",
    "we",
    "were",
    "when",
    "where",
    "while",
    "who",
    "with",
    "within",
    "you",
    "your",
    "yet",
    "score",
    "total",
    "here",
    "another",
    "least",
    "minus",
    "negative",
    "early",
    "late",
    "mid",
    "between",
];

/// Words that may be bound by a hyphen before a number that still counts.
const BOUND: &[&str] =
    &["early", "late", "low", "mid", "non", "over", "post", "pre", "since", "sub", "top", "under"];

/// Nouns that make an ordinal before them part of a name or title.
const TITLED: &[&str] =
    &["amendment", "avenue", "lady", "minister", "ministers", "reich", "secretary", "street"];

/// Plurals without an s.
const PLURALS: &[&str] = &[
    "children",
    "countrymen",
    "firemen",
    "men",
    "migrants",
    "people",
    "police",
    "policemen",
    "staff",
    "troops",
    "women",
];

/// Words that end in s and are no plurals, or that end a search for one.
const BREAKS: &[&str] = &[
    "a", "after", "against", "ago", "and", "are", "as", "at", "because", "before", "but", "by", "during",
    "for", "from", "has", "his", "if", "in", "into", "is", "its", "less", "minus", "of", "off", "on", "or",
    "out", "over", "per", "plus", "since", "than", "that", "the", "their", "this", "to", "under", "until",
    "up", "us", "was", "were", "which", "while", "who", "with",
];

/// If a stretch without spaces around the position is an address, a handle or a tag, where it ends; else where it was found clean.
pub(super) fn chunk(text: &str, at: usize) -> Result<usize, usize> {
    let mut start = at;
    while at - start < LONGEST_CHUNK
        && let Some(c) = char_before(text, start)
        && !c.is_whitespace()
    {
        start -= c.len_utf8();
    }
    let end = text
        .get(at..)
        .and_then(|rest| rest.find(char::is_whitespace))
        .map_or(text.len(), |length| at + length);
    let head =
        text.get(start..end.min(start + 4 * LONGEST_CHUNK)).or_else(|| text.get(start..end)).unwrap_or("");
    if is_address(head) { Ok(end) } else { Err(end) }
}

fn is_address(chunk: &str) -> bool {
    let bytes = chunk.as_bytes();
    let tagged = bytes.windows(2).any(|pair| pair[0] == b'#' && pair[1].is_ascii_alphanumeric());
    tagged
        || bytes.contains(&b'@')
        || chunk.contains("://")
        || chunk.contains("www.")
        || chunk.contains("::")
        || is_domain(chunk)
        || is_hex(chunk)
}

/// Whether a part before the first slash reads like a.host.name, or the whole ends in a top-level domain.
fn is_domain(chunk: &str) -> bool {
    let slash = chunk.find('/');
    let host = chunk
        .get(..slash.unwrap_or(chunk.len()))
        .unwrap_or("")
        .trim_end_matches([',', '.', ';', ':', ')', '?', '!', '"', '”', '’']);
    let Some((name, last)) = host.rsplit_once('.') else { return false };
    let known =
        ["com", "org", "net", "gov", "edu", "uk", "co", "io", "ly", "html", "htm", "pdf", "eu", "info"];
    let lower = last.len() >= 2 && last.bytes().all(|b| b.is_ascii_lowercase());
    let named = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'));
    let odd_time = last == "pm" && name.parse::<u32>().is_ok_and(|hour| hour > 24);
    named
        && !name.is_empty()
        && lower
        && (known.contains(&last)
            || odd_time
            || (slash.is_some() && !name.bytes().all(|b| b.is_ascii_digit())))
}

/// Whether the chunk is a hexadecimal identifier: long parts of digits and a-f, both present.
fn is_hex(chunk: &str) -> bool {
    let core = chunk.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let hex = core.bytes().filter(u8::is_ascii_hexdigit).count();
    let marks = core.bytes().filter(|b| matches!(b, b'-' | b':')).count();
    core.len() >= 12
        && hex + marks == core.len()
        && hex >= 12
        && (marks == 0 || marks >= 3)
        && core.bytes().any(|b| b.is_ascii_alphabetic())
        || core.bytes().filter(|b| *b == b':').count() >= 3
        || (core.len() > 30 && core.bytes().filter(u8::is_ascii_digit).count() * 2 > core.len())
}

/// Where a telephone number, an IP address or a code of several groups ends that starts at the position.
pub(super) fn code(text: &str, at: usize) -> Option<usize> {
    let (mut end, mut next) = (at, at);
    let (mut groups, mut digits, mut tight, mut chained, mut brackets) = (0, 0, 0, 0, false);
    let (mut thousands, mut longest, mut first, mut last) = (true, 0, 0, 0);
    while groups < 10 && next - at < 48 {
        let opened = byte(text, next) == b'(';
        let from = next + usize::from(opened) + usize::from(opened && byte(text, next + 1) == b' ');
        let from = from + usize::from(groups == 0 && byte(text, from) == b'+');
        let length = (0..20).take_while(|n| is_digit(text, from + n)).count();
        if length == 0 {
            break;
        }
        let stop = from + length;
        if !ends_word(text, stop) || (matches!(byte(text, stop), b',') && is_digit(text, stop + 1)) {
            break;
        }
        brackets |= opened && matches!(length, 1..=3);
        thousands &= if groups == 0 { length <= 3 } else { length == 3 };
        if groups == 0 {
            first = length;
        } else if !is_space(char::from(byte(text, next.saturating_sub(1))))
            && byte(text, next.saturating_sub(1)) != b')'
        {
            tight += 1;
            chained = tight.max(chained);
        } else {
            tight = 0;
        }
        (groups, digits, longest, last, end) =
            (groups + 1, digits + length, longest.max(length), length, stop);
        let closed = stop + usize::from(opened && byte(text, stop) == b' ');
        let closed = if opened && byte(text, closed) == b')' { closed + 1 } else { stop };
        end = end.max(closed);
        next = separator(text, closed);
        if next == closed && !opened && byte(text, next) != b'(' {
            break;
        }
    }
    let plus = byte(text, at) == b'+';
    let zero = byte(text, at) == b'0' && first > 1;
    let phone = (plus && digits >= 8) || (brackets && digits >= 7) || (zero && digits >= 8 && groups > 1);
    if byte(text, at) == b'(' {
        return (brackets && phone).then_some(end);
    }
    let chain = chained >= 2;
    let local = groups == 2 && chained == 1 && byte(text, at + 3) == b'-' && first == 3 && last == 4;
    let long = groups > 1 && digits >= 10 && !thousands && (longest >= 7 || (groups > 2 && chained > 0));
    (phone || chain || local || long).then_some(end)
}

/// The position after what may part two groups of a telephone number.
fn separator(text: &str, at: usize) -> usize {
    let mut next = at;
    for _ in 0..2 {
        if matches!(byte(text, next), b' ' | b'-' | b'.' | b'/') {
            next += 1;
        }
    }
    if is_digit(text, next) || byte(text, next) == b'(' { next } else { at }
}

/// Whether the candidate is bound to what stands before it, as the figures of COVID-19 and M5 are.
pub(super) fn is_bound(text: &str, at: usize) -> bool {
    let Some(mark) = char_before(text, at) else { return false };
    let before = at - mark.len_utf8();
    let Some(other) = char_before(text, before) else { return mark == '_' };
    match mark {
        '-' | '\u{2010}' | '\u{2011}' => {
            let left = text.get(word_start(text, before)..before).unwrap_or("");
            let is_open = left.bytes().all(|b| b.is_ascii_alphabetic())
                && BOUND.iter().any(|bound| left.eq_ignore_ascii_case(bound));
            other.is_alphanumeric() && !is_open
        }
        '/' | '.' | '\'' | '’' | '&' | '+' => {
            other.is_alphabetic() || (other.is_ascii_digit() && mark != '’' && mark != '\'')
        }
        '(' | '[' => other.is_ascii_alphanumeric() || mark == '[' && other == ']',
        // An attribute of a tag that was not cleaned away.
        '"' => other == '=',
        '_' | '#' | '@' | '$' => true,
        c => c.is_alphanumeric(),
    }
}

/// Whether the candidate numbers an item of a list at the start of a line.
pub(super) fn is_list_mark(text: &str, at: usize, end: usize) -> bool {
    let opens = char_before(text, at).is_none_or(|c| matches!(c, '\n' | '\r' | '('))
        && char_before(text, at.saturating_sub(1))
            .is_none_or(|c| at < 2 || c.is_whitespace() || char_before(text, at) == Some('\n'));
    let short = end - at <= 2 && is_digit(text, at);
    opens && short && matches!(byte(text, end), b'.' | b')') && char_at(text, end + 1).is_some_and(is_space)
}

/// Whether the word before a bare figure makes it a label: Channel 4, season two, No 10, Article 50.
pub(super) fn is_label(text: &str, at: usize, end: usize, in_digits: bool) -> bool {
    let from = if byte(text, at.wrapping_sub(1)) == b' ' && byte(text, at.wrapping_sub(2)) == b'.' {
        at - 2
    } else {
        at
    };
    let abbreviated = from < at;
    let name = if abbreviated {
        text.get(word_start(text, from)..from).unwrap_or("")
    } else {
        word_before(text, at).1
    };
    if matches!(name, "No" | "Nos" | "no" | "nos" | "Vol" | "vol" | "pp" | "Art")
        && in_digits
        && (abbreviated || name.starts_with(|c: char| c.is_uppercase()))
    {
        return true;
    }
    if abbreviated || name.is_empty() {
        return false;
    }
    let start = at.saturating_sub(1 + name.len());
    if LABELS.iter().any(|label| name.eq_ignore_ascii_case(label)) {
        return counted(text, end).is_none() || name.starts_with(|c: char| c.is_uppercase());
    }
    let capital = name.starts_with(char::is_uppercase);
    let small = end - at <= 4 && (at..end).all(|place| is_digit(text, place));
    if !capital || !small || PLAIN.iter().any(|plain| name.eq_ignore_ascii_case(plain)) || is_date_word(name)
    {
        return false;
    }
    let placed = ["in", "at", "near", "on", "for", "from"]
        .iter()
        .any(|place| word_before(text, start).1.eq_ignore_ascii_case(place));
    !(placed && counted(text, end).is_some()) && !is_tally(text, end)
}

/// Whether the figure is an idiom, an event or an emergency line: one day, 9/11, a 911 call.
pub(super) fn is_idiom(text: &str, at: usize, end: usize) -> bool {
    match text.get(at..end).unwrap_or("") {
        "one day" | "One day" => {
            // "One day we will": some day, and none that was counted.
            let begins = byte(text, at) == b'O' && word_before(text, at).1.is_empty();
            begins
                || next_word(text, end).is_some_and(|(_, next)| {
                    ["I", "he", "it", "may", "might", "she", "the", "they", "we", "will", "you"]
                        .contains(&next)
                })
        }
        "9/11" | "7/7" | "24/7" => true,
        "911" | "999" | "112" => {
            let calls = |word: &str| {
                [
                    "call",
                    "calls",
                    "caller",
                    "callers",
                    "called",
                    "calling",
                    "dial",
                    "dialled",
                    "dialed",
                    "operator",
                    "dispatcher",
                ]
                .contains(&word)
            };
            calls(word_before(text, at).1) || next_word(text, end).is_some_and(|(_, next)| calls(next))
        }
        _ => false,
    }
}

fn is_date_word(name: &str) -> bool {
    matches!(super::words::meaning(name), Some(super::words::Word::Month(_) | super::words::Word::Weekday))
}

/// Whether the figure is a score beside a name: Reds 3, Blues 1; Hills 245 for 6; Stone 80 not out.
fn is_tally(text: &str, end: usize) -> bool {
    let after = if matches!(byte(text, end), b',' | b';') { end + 1 } else { end };
    let Some((start, name)) = next_word(text, after) else { return false };
    let figure = gap(text, start + name.len());
    match name {
        "for" => figure.is_some_and(|figure| is_digit(text, figure)),
        "not" | "all" => figure.is_some_and(|figure| word(text, figure) == "out"),
        _ => {
            name.starts_with(|c: char| c.is_ascii_uppercase())
                && figure.is_some_and(|figure| is_digit(text, figure))
        }
    }
}

/// Whether a capitalised number word stands inside a name in running text: Air Force One, the Big Four.
pub(super) fn is_titled(text: &str, at: usize, end: usize) -> bool {
    let first = word(text, at);
    let (start, before) = word_before(text, at);
    if !first.starts_with(|c: char| c.is_ascii_uppercase())
        || before.is_empty()
        || first.bytes().skip(1).any(|b| b.is_ascii_uppercase())
    {
        return false;
    }
    let left = before.starts_with(|c: char| c.is_ascii_uppercase());
    let right =
        next_word(text, end).is_some_and(|(_, next)| next.starts_with(|c: char| c.is_ascii_uppercase()));
    (left || right) && is_running(text, start, end)
}

/// Whether the words around are in lower case, as they are not in a headline that capitalises all.
fn is_running(text: &str, at: usize, end: usize) -> bool {
    let plain = |word: &str| word.len() > 3 && word.starts_with(|c: char| c.is_ascii_lowercase());
    let mut left = at;
    for _ in 0..4 {
        let (start, before) = word_before(text, left);
        if before.is_empty() || plain(before) {
            return !before.is_empty() || running_after(text, end, plain);
        }
        left = start;
    }
    running_after(text, end, plain)
}

fn running_after(text: &str, mut end: usize, plain: impl Fn(&str) -> bool) -> bool {
    for _ in 0..4 {
        let Some((start, next)) = next_word(text, end) else { return false };
        if plain(next) {
            return true;
        }
        end = start + next.len();
    }
    false
}

/// Whether an ordinal opens a name or title (First World War, 5th Amendment, first minister) or only orders what is said.
pub(super) fn is_rank(text: &str, at: usize, end: usize) -> bool {
    let adverb = word_before(text, at).1.eq_ignore_ascii_case("at")
        || (byte(text, end) == b','
            && ["First", "Second", "Third", "Fourth", "Fifth"].contains(&word(text, at))
            && word_before(text, at).1.is_empty());
    if adverb {
        return true;
    }
    let Some((start, next)) = gap_or_hyphen(text, end).map(|start| (start, word(text, start))) else {
        return false;
    };
    let third = next.eq_ignore_ascii_case("world") && word(text, at).eq_ignore_ascii_case("third");
    let war = third
        || next.eq_ignore_ascii_case("world")
            && super::cursor::skip_word(text, start + next.len(), "war").is_some();
    war || TITLED.iter().any(|title| next.eq_ignore_ascii_case(title))
}

/// The plural noun that a number counts, within the next few words: its range.
pub(super) fn counted(text: &str, end: usize) -> Option<(usize, usize)> {
    let mut at = end;
    for place in 0..4 {
        let (start, next) = if place == 0 && hyphen(text, at).is_some() {
            (hyphen(text, at)?, word(text, hyphen(text, at)?))
        } else {
            next_word(text, at)?
        };
        let lower = next.bytes().all(|b| b.is_ascii_lowercase());
        at = start + next.len();
        if next.is_empty() || BREAKS.contains(&next) {
            return None;
        }
        let plural = next.len() > 3 && next.ends_with('s') && !next.ends_with("ss") && !next.ends_with("us");
        if lower && (plural || PLURALS.contains(&next)) {
            return Some((start, at));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_handles_and_tags_are_known() {
        for text in [
            "https://example.org/3",
            "a.b3@example.com",
            "@user_7",
            "#7",
            "news.example/2024/05",
            "fe80::12",
            "27.pm",
            "0f3a9c77d2e14b50",
        ] {
            assert!(chunk(text, 0).is_ok(), "{text}");
        }
        for text in ["5.40pm", "said—3,000", "2024-05-01", "and/or", "12.5bn.", "a.m.", "123456789012"] {
            assert!(chunk(text, 0).is_err(), "{text}");
        }
    }

    #[test]
    fn telephone_numbers_are_codes() {
        for text in [
            "020 7946 0000",
            "+44 20 7946 0000",
            "(541) 555-3010",
            "555-0142",
            "0800-00-00-00",
            "192.168.1.20",
            "1-2-3",
        ] {
            assert_eq!(code(text, 0), Some(text.len()), "{text}");
        }
        for text in ["1 234 567", "1000-5000", "6-4", "2014 2015", "12,345 678", "10 20"] {
            assert_eq!(code(text, 0), None, "{text}");
        }
    }

    #[test]
    fn figures_bound_to_letters_are_names() {
        for (text, at) in [("VIRUS-19", 6), ("F-7", 2), ("no.5", 3), ("part 4(2)", 7)] {
            assert!(is_bound(text, at), "{text}");
        }
        for (text, at) in [("mid-2011", 4), ("a (5", 3), ("said—5", 7), ("5", 0)] {
            assert!(!is_bound(text, at), "{text}");
        }
    }

    #[test]
    fn a_label_takes_its_number_away() {
        assert!(is_label("on Channel 4 tonight", 11, 12, true));
        assert!(is_label("season two begins", 7, 10, false));
        assert!(!is_label("Around 20 volunteers", 7, 9, true));
        assert!(!is_label("in Brookfield 20 houses burned", 14, 16, true));
        assert!(!is_label("Reds 3, Blues 1", 5, 6, true));
    }

    #[test]
    fn a_counted_noun_is_found_behind_adjectives() {
        let text = "30 small blue boats sank";
        assert_eq!(counted(text, 2).map(|(start, end)| &text[start..end]), Some("boats"));
        assert_eq!(counted("30 of the boats", 2), None);
    }
}
