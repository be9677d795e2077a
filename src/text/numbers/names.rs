//! Names and labels that carry a figure: Channel 4, page 12, F-16, Air Force One, Second World War, 9/11.
//!
//! Everything here looks at the neighbourhood of a candidate; the candidate itself is read elsewhere.

use super::cursor::{
    Key, byte, char_at, char_before, gap, gap_or_hyphen, hyphen, is_any, is_digit, is_space, listed,
    next_word, parted, skip_word, word, word_before, word_start,
};
use super::noun::counted;
use super::words::{self, Word};

/// Nouns that a following number labels rather than counts.
const LABELS: &[Key] = &parted::<58>(
    "\
    act annex appendix article category channel chapter class clause court day docket \
    episode figure flight game gate grade group highway junction lane level model number \
    page paragraph part phase platform protocol psalm reference resolution room round \
    route rule runway scene season section series stage step studio table terminal tier \
    title type unit version vol volume ward week zone",
);

/// Words that may stand capitalised before a number without naming it.
const PLAIN: &[Key] = &parted::<123>(
    "\
    a about above after again age aged all almost an and another approximately around as at \
    because before below between both but by can closing down during each early even every \
    exactly fewer first following for from had has have he her here his however i if in \
    including into is it its just killing last late least less like many mid minus more most \
    my near nearly negative next not now of off on only or other our out over past per plus \
    roughly score she since so some still than that the their then there these they this \
    those though through to today top total under until up us was we were when where while \
    who with within yet you your",
);

/// Words that may be bound by a hyphen before a number that still counts.
const BOUND: &[Key] = &parted::<14>(
    "\
    early end late low magnitude mid non over post pre since sub top under",
);

/// Nouns that make an ordinal before them part of a name or title.
const TITLED: &[Key] = &parted::<10>(
    "\
    amendment avenue circuit hand lady minister ministers reich secretary street",
);

/// Whether the candidate is bound to what stands before it, as the figures of COVID-19 and M5 are.
pub(super) fn is_bound(text: &str, at: usize) -> bool {
    let Some(mark) = char_before(text, at) else {
        return false;
    };
    let before = at - mark.len_utf8();
    let Some(other) = char_before(text, before) else {
        return mark == '_';
    };
    match mark {
        '-' | '\u{2010}' | '\u{2011}' => {
            let left = text.get(word_start(text, before)..before).unwrap_or("");
            let is_open = left.bytes().all(|b| b.is_ascii_alphabetic())
                && listed(BOUND, left)
                && !(is_any(&["over", "under"], left) && ends_in_s(text, at));
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

/// Whether the digits carry an s, as those of a group of ages do: over-50s.
fn ends_in_s(text: &str, at: usize) -> bool {
    let digits = (0..4).take_while(|n| is_digit(text, at + n)).count();
    byte(text, at + digits) == b's'
}

/// Whether the candidate numbers an item of a list at the start of a line.
pub(super) fn is_list_mark(text: &str, at: usize, end: usize) -> bool {
    let start = at - usize::from(at > 0 && byte(text, at - 1) == b'(');
    let opens = char_before(text, start).is_none_or(|c| matches!(c, '\n' | '\r'));
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
    if listed(LABELS, name) {
        // "that week 300 boats": some labels may as well be the time or place of a count.
        let may_count = is_any(&["class", "court", "day", "game", "group", "number", "series", "week"], name)
            && name.starts_with(char::is_lowercase);
        return !may_count || counted(text, end).is_none();
    }
    let capital = name.contains(char::is_uppercase);
    let small = end - at <= 4 && (at..end).all(|place| is_digit(text, place));
    if !capital || !small || listed(PLAIN, name) || is_date_word(name) {
        return false;
    }
    let placed = is_any(&["in", "at", "near", "on", "for", "from"], word_before(text, start).1);
    let counts = counted(text, end).is_some()
        || next_word(text, end).is_some_and(|(_, next)| {
            ["died", "had", "have", "injured", "killed", "were", "wounded"].contains(&next)
        });
    !(is_tally(text, end) || ends_tally(text, start) || placed && counts)
}

/// Whether the figure is an idiom, an event or an emergency line: one day, net zero, 9/11, a 911 call.
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
        "zero" | "Zero" => {
            let next = gap_or_hyphen(text, end).map_or("", |start| word(text, start));
            is_any(&["net", "ground", "near"], word_before(text, at).1)
                || is_any(&["tolerance", "emissions", "carbon", "hour", "hours", "sum"], next)
        }
        "9/11" | "7/7" | "24/7" => true,
        "911" | "999" | "112" | "101" | "111" => {
            let calls = |word: &str| {
                [
                    "call",
                    "calls",
                    "ring",
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

/// Whether a name with its figure went before the name that starts here.
fn ends_tally(text: &str, start: usize) -> bool {
    let comma = start.saturating_sub(2);
    if !matches!(byte(text, comma), b',' | b';') || byte(text, comma + 1) != b' ' {
        return false;
    }
    let figure = word_start(text, comma);
    let name = word_before(text, figure).1;
    is_digit(text, figure) && name.starts_with(char::is_uppercase) && !listed(PLAIN, name)
}

/// Whether letters and more digits are bound to the figure: 22-cv-1234.
pub(super) fn is_reference(text: &str, end: usize) -> bool {
    let Some(start) = hyphen(text, end) else {
        return false;
    };
    let letters = (0..4).take_while(|n| byte(text, start + n).is_ascii_alphabetic()).count();
    let joins = ["and", "in", "to"].contains(&text.get(start..start + letters).unwrap_or(""));
    let after = start + letters;
    !joins && (1..=3).contains(&letters) && hyphen(text, after).is_some_and(|after| is_digit(text, after))
}

fn is_date_word(name: &str) -> bool {
    matches!(words::meaning(name), Some(Word::Month(_) | Word::Weekday))
}

/// Whether the figure is a score beside a name: Reds 3, Blues 1; Hills 245 for 6; Stone 80 not out.
fn is_tally(text: &str, end: usize) -> bool {
    let after = if matches!(byte(text, end), b',' | b';') { end + 1 } else { end };
    let Some((start, name)) = next_word(text, after) else {
        return false;
    };
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
        let Some((start, next)) = next_word(text, end) else {
            return false;
        };
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
    let war =
        third || next.eq_ignore_ascii_case("world") && skip_word(text, start + next.len(), "war").is_some();
    war || listed(TITLED, next)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert!(is_label("season two is here", 7, 10, false));
        assert!(is_label("under level 3 rules", 12, 13, true));
        assert!(!is_label("that week 300 boats sank", 10, 13, true));
        assert!(is_label("an iGadget 15 case", 11, 13, true));
        assert!(!is_label("Around 20 volunteers", 7, 9, true));
        assert!(!is_label("in Brookfield 20 houses burned", 14, 16, true));
        assert!(!is_label("Reds 3, Blues 1", 5, 6, true));
        assert!(!is_label("Reds 3, Blues 1", 14, 15, true));
    }

    #[test]
    fn a_list_mark_stands_at_the_start_of_its_line() {
        assert!(is_list_mark("2. Boats", 0, 1));
        assert!(is_list_mark("news\n(3) Boats", 6, 7));
        assert!(!is_list_mark("Ann Lee (88) and", 9, 11));
        assert!(!is_list_mark("2.5 boats", 0, 3));
    }

    #[test]
    fn idioms_are_told_from_counts() {
        for (text, at, end) in [
            ("One day we may", 0, 7),
            ("the net zero plan", 8, 12),
            ("since 9/11 and", 6, 10),
            ("a 911 caller", 2, 5),
        ] {
            assert!(is_idiom(text, at, end), "{text}");
        }
        assert!(!is_idiom("only one day to test", 5, 12));
        assert!(!is_idiom("the 911 boats", 4, 7));
    }

    #[test]
    fn a_number_word_inside_a_name_is_known_in_running_text() {
        assert!(is_titled("she flew on Sea Force One yesterday", 22, 25));
        assert!(!is_titled("Boat Sinks With Three Aboard", 16, 21));
    }

    #[test]
    fn ordinals_of_titles_are_no_places() {
        assert!(is_rank("First, the boats", 0, 5));
        assert!(is_rank("the Second World War", 4, 10));
        assert!(is_rank("the first minister", 4, 9));
        assert!(!is_rank("the first boat", 4, 9));
    }
}
