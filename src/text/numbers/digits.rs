//! Digits with their separators: which marks part thousands, and which parts the decimals.

use super::cursor::{byte, char_at, ends_word, hyphen, is_digit, is_space};
use super::figure::{Figure, Form};

/// More digits in a row than this are an identifier.
const MOST_DIGITS: usize = 18;

/// Digits with their separators and decimals, or a single character such as ½.
pub(super) fn digits(text: &str, at: usize) -> Option<Figure> {
    if let Some((end, top, bottom)) = vulgar(text, at) {
        return Some(Figure::new(end, top, bottom, Form::Digits { plain: 0 }));
    }
    let mut end = at;
    let mut whole = 0.0;
    push_digits(text, &mut end, &mut whole);
    let plain = end - at;
    if plain > MOST_DIGITS || (plain == 0 && !(byte(text, at) == b'.' && is_digit(text, at + 1))) {
        return None;
    }
    let dotted = dotted(text, at, &mut end, &mut whole);
    let grouped = dotted || grouped(text, at, &mut end, &mut whole);
    let mut divisor = 1.0;
    let mark = match char_at(text, end) {
        Some(mark @ ('.' | '·')) if is_digit(text, end + mark.len_utf8()) && !dotted => mark.len_utf8(),
        Some(',') if (dotted || !grouped) && is_decimal_comma(text, at, end) => 1,
        _ => 0,
    };
    if mark > 0 {
        let from = end + mark;
        end = from;
        push_digits(text, &mut end, &mut whole);
        if end - from > MOST_DIGITS {
            return None;
        }
        divisor = (from..end).fold(1.0, |divisor, _| divisor * 10.0);
    }
    let plain = if grouped || mark > 0 { 0 } else { plain as u8 };
    Some(Figure::new(end, whole, divisor, Form::Digits { plain }))
}

/// Whether the comma at `comma`, behind the digits from `at`, parts a whole number from its decimals, as it does in most of
/// Europe and in South Africa: one or two digits follow, and no list of them.
fn is_decimal_comma(text: &str, at: usize, comma: usize) -> bool {
    let decimals = (1..4).take_while(|n| is_digit(text, comma + n)).count();
    let end = comma + 1 + decimals;
    let goes_on = matches!(byte(text, end), b',' | b'.' | b'/' | b':') && is_digit(text, end + 1);
    let is_listed = byte(text, at.wrapping_sub(1)) == b',';
    (1..=2).contains(&decimals) && !goes_on && !is_listed
}

/// Takes the groups of a number with points between its thousands, 1.234.567 or 1.234,56; tells whether there were any.
fn dotted(text: &str, at: usize, end: &mut usize, whole: &mut f64) -> bool {
    let (mut reach, mut groups) = (*end, 0);
    while groups < 8 && byte(text, reach) == b'.' && (1..4).all(|n| is_digit(text, reach + n)) {
        (reach, groups) = (reach + 4, groups + 1);
    }
    let is_short = (1..=3).contains(&(*end - at)) && byte(text, at) != b'0';
    let is_clear =
        groups > 1 || groups == 1 && byte(text, reach) == b',' && is_decimal_comma(text, at, reach);
    if !is_short
        || !is_clear
        || is_digit(text, reach)
        || byte(text, reach) == b'.' && is_digit(text, reach + 1)
    {
        return false;
    }
    while *end < reach {
        *end += 1;
        push_digits(text, end, whole);
    }
    true
}

fn push_digits(text: &str, end: &mut usize, whole: &mut f64) {
    while is_digit(text, *end) {
        *whole = *whole * 10.0 + f64::from(byte(text, *end) - b'0');
        *end += 1;
    }
}

/// Takes the groups of a number such as 12,567 or 1,00,000 or 1 234 567; tells whether there were any.
fn grouped(text: &str, at: usize, end: &mut usize, whole: &mut f64) -> bool {
    let first = *end - at;
    if !(1..=3).contains(&first) || (byte(text, at) == b'0' && first > 1) {
        return false;
    }
    let mark = match char_at(text, *end) {
        Some(mark) if mark == ',' || is_space(mark) => mark,
        _ => return false,
    };
    let (mut reach, mut groups, mut last) = (*end, 0, 0);
    while groups < 8 && char_at(text, reach) == Some(mark) {
        let from = reach + mark.len_utf8();
        let length = (0..4).take_while(|n| is_digit(text, from + n)).count();
        if length != 3 && !(length == 2 && mark == ',') {
            break;
        }
        (reach, groups, last) = (from + length, groups + 1, length);
    }
    let clean = mark == ','
        || (ends_word(text, reach)
            && hyphen(text, reach).is_none()
            && byte(text, at) != b'0'
            && byte(text, reach) != b'%');
    if groups == 0 || last != 3 || !clean || is_digit(text, reach) {
        return false;
    }
    while *end < reach {
        let from = *end;
        push_digits(text, end, whole);
        *end = (*end).max(from + 1);
        if *end < reach && *end == from + 1 && mark.len_utf8() > 1 {
            *end = from + mark.len_utf8();
        }
    }
    true
}

/// The fraction a single character stands for: its end, upper and lower half.
pub(super) fn vulgar(text: &str, at: usize) -> Option<(usize, f64, f64)> {
    if byte(text, at) < 0x80 {
        return None;
    }
    let c = char_at(text, at)?;
    let (top, bottom) = match c {
        '½' => (1.0, 2.0),
        '¼' => (1.0, 4.0),
        '¾' => (3.0, 4.0),
        '⅓' => (1.0, 3.0),
        '⅔' => (2.0, 3.0),
        '⅕' => (1.0, 5.0),
        '⅖' => (2.0, 5.0),
        '⅗' => (3.0, 5.0),
        '⅘' => (4.0, 5.0),
        '⅙' => (1.0, 6.0),
        '⅚' => (5.0, 6.0),
        '⅛' => (1.0, 8.0),
        '⅜' => (3.0, 8.0),
        '⅝' => (5.0, 8.0),
        '⅞' => (7.0, 8.0),
        _ => return None,
    };
    Some((at + c.len_utf8(), top, bottom))
}

#[cfg(test)]
mod tests {
    use super::super::figure::figure;

    fn read(text: &str) -> Option<(&str, f64)> {
        figure(text, 0, false).map(|figure| (&text[..figure.end], figure.value()))
    }

    #[test]
    fn separators_belong_to_the_figure_and_a_comma_of_the_sentence_does_not() {
        assert_eq!(read("12,567 seats"), Some(("12,567", 12_567.0)));
        assert_eq!(read("1,00,000 rows"), Some(("1,00,000", 100_000.0)));
        assert_eq!(read("40 000 rows"), Some(("40 000", 40_000.0)));
        assert_eq!(read("40\u{202f}000 rows"), Some(("40\u{202f}000", 40_000.0)));
        assert_eq!(read("12, 567"), Some(("12", 12.0)));
        assert_eq!(read("5,67"), Some(("5,67", 5.67)));
        assert_eq!(read("5,6,7"), Some(("5", 5.0)));
        assert_eq!(read("1.234,56 Euro"), Some(("1.234,56", 1234.56)));
        assert_eq!(read("1.234.567 votes"), Some(("1.234.567", 1_234_567.0)));
        assert_eq!(read("1.234 seconds"), Some(("1.234", 1.234)));
        assert_eq!(read("2,5 million"), Some(("2,5 million", 2.5e6)));
        assert_eq!(read("7."), Some(("7", 7.0)));
    }
}
