//! The words that can begin or carry a number: figures in words, scales, months, weekdays.
//!
//! One sorted table; a mask per first letter tells in a few instructions that a plain word is not in it.

use super::cursor::{Key, key, lower_key};

/// What a word contributes to a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Word {
    /// zero to nine
    Unit(u8),
    /// ten to nineteen
    Teen(u8),
    /// twenty, thirty … ninety
    Tens(u8),
    Hundred,
    /// thousand and above
    Scale(f64),
    Dozen,
    /// first to nineteenth
    Nth(u8),
    /// twentieth, thirtieth … ninetieth
    NthTens(u8),
    /// hundredth and above
    NthScale(f64),
    /// a, an
    Article,
    Half,
    Quarter,
    /// minus, negative
    Minus,
    /// January is 1
    Month(u8),
    Weekday,
}

use Word::{
    Article, Dozen, Half, Hundred, Minus, Month, Nth, NthScale, NthTens, Quarter, Scale, Teen, Tens, Unit,
    Weekday,
};

const TABLE: &[(&str, Word)] = &[
    ("a", Article),
    ("an", Article),
    ("apr", Month(4)),
    ("april", Month(4)),
    ("aug", Month(8)),
    ("august", Month(8)),
    ("billion", Scale(1e9)),
    ("billionth", NthScale(1e9)),
    ("crore", Scale(1e7)),
    ("crores", Scale(1e7)),
    ("dec", Month(12)),
    ("december", Month(12)),
    ("dozen", Dozen),
    ("eight", Unit(8)),
    ("eighteen", Teen(18)),
    ("eighteenth", Nth(18)),
    ("eighth", Nth(8)),
    ("eightieth", NthTens(80)),
    ("eighty", Tens(80)),
    ("eleven", Teen(11)),
    ("eleventh", Nth(11)),
    ("feb", Month(2)),
    ("february", Month(2)),
    ("fifteen", Teen(15)),
    ("fifteenth", Nth(15)),
    ("fifth", Nth(5)),
    ("fiftieth", NthTens(50)),
    ("fifty", Tens(50)),
    ("first", Nth(1)),
    ("five", Unit(5)),
    ("fortieth", NthTens(40)),
    ("forty", Tens(40)),
    ("four", Unit(4)),
    ("fourteen", Teen(14)),
    ("fourteenth", Nth(14)),
    ("fourth", Nth(4)),
    ("fri", Weekday),
    ("friday", Weekday),
    ("half", Half),
    ("hundred", Hundred),
    ("hundredth", NthScale(100.0)),
    ("jan", Month(1)),
    ("january", Month(1)),
    ("jul", Month(7)),
    ("july", Month(7)),
    ("jun", Month(6)),
    ("june", Month(6)),
    ("lakh", Scale(1e5)),
    ("lakhs", Scale(1e5)),
    ("mar", Month(3)),
    ("march", Month(3)),
    ("may", Month(5)),
    ("million", Scale(1e6)),
    ("millionth", NthScale(1e6)),
    ("minus", Minus),
    ("mon", Weekday),
    ("monday", Weekday),
    ("negative", Minus),
    ("nine", Unit(9)),
    ("nineteen", Teen(19)),
    ("nineteenth", Nth(19)),
    ("ninetieth", NthTens(90)),
    ("ninety", Tens(90)),
    ("ninth", Nth(9)),
    ("nov", Month(11)),
    ("november", Month(11)),
    ("oct", Month(10)),
    ("october", Month(10)),
    ("one", Unit(1)),
    ("quadrillion", Scale(1e15)),
    ("quarter", Quarter),
    ("sat", Weekday),
    ("saturday", Weekday),
    ("second", Nth(2)),
    ("sep", Month(9)),
    ("sept", Month(9)),
    ("september", Month(9)),
    ("seven", Unit(7)),
    ("seventeen", Teen(17)),
    ("seventeenth", Nth(17)),
    ("seventh", Nth(7)),
    ("seventieth", NthTens(70)),
    ("seventy", Tens(70)),
    ("six", Unit(6)),
    ("sixteen", Teen(16)),
    ("sixteenth", Nth(16)),
    ("sixth", Nth(6)),
    ("sixtieth", NthTens(60)),
    ("sixty", Tens(60)),
    ("sun", Weekday),
    ("sunday", Weekday),
    ("ten", Teen(10)),
    ("tenth", Nth(10)),
    ("third", Nth(3)),
    ("thirteen", Teen(13)),
    ("thirteenth", Nth(13)),
    ("thirtieth", NthTens(30)),
    ("thirty", Tens(30)),
    ("thousand", Scale(1e3)),
    ("thousandth", NthScale(1e3)),
    ("three", Unit(3)),
    ("thu", Weekday),
    ("thur", Weekday),
    ("thurs", Weekday),
    ("thursday", Weekday),
    ("trillion", Scale(1e12)),
    ("trillionth", NthScale(1e12)),
    ("tue", Weekday),
    ("tues", Weekday),
    ("tuesday", Weekday),
    ("twelfth", Nth(12)),
    ("twelve", Teen(12)),
    ("twentieth", NthTens(20)),
    ("twenty", Tens(20)),
    ("two", Unit(2)),
    ("wed", Weekday),
    ("wednesday", Weekday),
    ("weds", Weekday),
    ("zero", Unit(0)),
    ("zeroth", Nth(0)),
];

/// The keys of the table's words, row by row.
const KEYS: [Key; TABLE.len()] = {
    let mut keys = [0; TABLE.len()];
    let mut row = 0;
    while row < TABLE.len() {
        keys[row] = key(TABLE[row].0);
        assert!(keys[row] > 0, "a word is too long");
        row += 1;
    }
    keys
};

/// For each first letter, a bit for every length the table has.
const LENGTHS: [u32; 26] = {
    let mut lengths = [0; 26];
    let mut row = 0;
    while row < TABLE.len() {
        let word = TABLE[row].0.as_bytes();
        lengths[(word[0] - b'a') as usize] |= 1 << word.len();
        row += 1;
    }
    lengths
};

/// For each letter, the row of the table where it begins; one more for the end.
const ROWS: [usize; 27] = {
    let mut rows = [TABLE.len(); 27];
    let mut row = TABLE.len();
    let mut letter = 26;
    while letter > 0 {
        letter -= 1;
        while row > 0 && (TABLE[row - 1].0.as_bytes()[0] - b'a') as usize >= letter {
            row -= 1;
        }
        rows[letter] = row;
    }
    rows
};

/// Whether a word of this first letter and length could be in the table.
pub(super) fn is_likely(first: u8, length: usize) -> bool {
    let letter = usize::from((first | 0x20).wrapping_sub(b'a'));
    length < 32 && LENGTHS.get(letter).is_some_and(|lengths| lengths & (1 << length) != 0)
}

/// What the word means, in whatever case it stands.
pub(super) fn meaning(word: &str) -> Option<Word> {
    let first = word.bytes().next()?;
    if !is_likely(first, word.len()) {
        return None;
    }
    let letter = usize::from((first | 0x20).wrapping_sub(b'a'));
    let start = *ROWS.get(letter)?;
    let wanted = lower_key(word);
    let place = KEYS.get(start..*ROWS.get(letter + 1)?)?.iter().position(|key| *key == wanted)?;
    TABLE.get(start + place).map(|row| row.1)
}

/// Whether the word is a figure or place in words.
pub(super) fn is_figure(word: &str) -> bool {
    matches!(meaning(word), Some(Unit(_) | Teen(_) | Tens(_) | Nth(_) | NthTens(_) | Scale(_) | NthScale(_)))
}

/// The month of a word that can stand beside a day. *may*, *march*, *mar* and the like need their capital.
pub(super) fn month(word: &str) -> Option<u8> {
    match meaning(word)? {
        Month(month) if month_is_plain(word) => Some(month),
        _ => None,
    }
}

fn month_is_plain(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase())
        || !["may", "march", "mar", "sep", "dec", "jan"].contains(&word)
}

/// The denominator that a fraction's second word names: *third*, *quarters*, *halves*.
pub(super) fn denominator(word: &str, plural: bool) -> Option<f64> {
    if plural && word.eq_ignore_ascii_case("halves") {
        return Some(2.0);
    }
    let stem = if plural { word.strip_suffix('s')? } else { word };
    match meaning(stem)? {
        Nth(nth) if nth > 2 => Some(f64::from(nth)),
        NthTens(nth) => Some(f64::from(nth)),
        NthScale(scale) => Some(scale),
        Quarter => Some(4.0),
        Half if !plural => Some(2.0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_each_word_is_found() {
        assert!(TABLE.is_sorted_by(|a, b| a.0 < b.0));
        for (word, means) in TABLE {
            assert_eq!(meaning(word), Some(*means));
            assert_eq!(meaning(&word.to_uppercase()), Some(*means));
        }
    }

    #[test]
    fn plain_words_mean_nothing() {
        for word in ["", "the", "ones", "often", "weight", "secondly", "nineteenthirties"] {
            assert_eq!(meaning(word), None, "{word}");
        }
    }

    #[test]
    fn may_and_march_are_months_by_their_capital() {
        assert_eq!(month("May"), Some(5));
        assert_eq!(month("may"), None);
        assert_eq!(month("july"), Some(7));
    }

    #[test]
    fn a_denominator_is_plural_after_two_and_more() {
        assert_eq!(denominator("thirds", true), Some(3.0));
        assert_eq!(denominator("seconds", true), None);
        assert_eq!(denominator("half", false), Some(2.0));
    }
}
