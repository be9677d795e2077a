//! A figure: the digits or words of one amount with its fraction and scale, before any sign or unit.
//!
//! The value is kept as a whole number over a divisor, so that 1.1 million is exactly 1100000.

use super::cursor::{byte, gap, gap_or_hyphen, next_word, skip_word, starts, word};
use super::digits::{digits, vulgar};
use super::spelled;
use super::words::{self, Word};

/// How a figure is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Digits; `plain` counts those of a whole number without separators, and is zero for any other.
    Digits {
        plain: u8,
    },
    Words,
    /// A place in an order: *third*, *21st*.
    Nth,
}

/// A figure and what it is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Figure {
    pub(super) end: usize,
    pub(super) whole: f64,
    pub(super) divisor: f64,
    /// The product of its scale words and letters.
    pub(super) scale: f64,
    pub(super) form: Form,
}

impl Figure {
    pub(super) fn new(end: usize, whole: f64, divisor: f64, form: Form) -> Self {
        Self { end, whole, divisor, scale: 1.0, form }
    }

    pub(super) fn value(&self) -> f64 {
        self.whole * self.scale / self.divisor
    }

    pub(super) fn is_digits(&self) -> bool {
        matches!(self.form, Form::Digits { .. })
    }

    /// Whether it has a fraction, in digits or words.
    pub(super) fn is_fractional(&self) -> bool {
        self.divisor > 1.0
    }

    /// The same figure, longer by a fraction and still without scale.
    fn plus(self, end: usize, whole: f64, divisor: f64) -> Self {
        Self {
            end,
            whole: self.whole * divisor + whole * self.divisor,
            divisor: self.divisor * divisor,
            form: plainless(self.form),
            ..self
        }
    }

    fn scaled(self, end: usize, scale: f64) -> Self {
        Self { end, scale: self.scale * scale, form: plainless(self.form), ..self }
    }
}

/// Adds the scale behind a fraction in words: *two and a half million*, *a quarter of a million*.
fn scaled_fraction(text: &str, figure: Figure) -> Figure {
    if !figure.is_fractional() || figure.scale > 1.0 {
        return figure;
    }
    let of = skip_word(text, figure.end, "of").and_then(|of| skip_word(text, of, "a")).unwrap_or(figure.end);
    match next_word(text, of) {
        Some((start, next)) => match words::meaning(next) {
            Some(Word::Scale(scale)) => figure.scaled(start + next.len(), scale),
            _ => figure,
        },
        None => figure,
    }
}

fn plainless(form: Form) -> Form {
    if matches!(form, Form::Digits { .. }) { Form::Digits { plain: 0 } } else { form }
}

/// The figure at a position, in digits or words.
pub(super) fn figure(text: &str, at: usize, money: bool) -> Option<Figure> {
    if let Some(digits) = digits(text, at) {
        if let Some(end) = nth_suffix(text, digits) {
            return Some(Figure { end, form: Form::Nth, ..digits });
        }
        return Some(scaled_digits(text, mixed(text, digits), money));
    }
    let spelled = spelled::spelled(text, at)?;
    Some(if spelled.form == Form::Words { scaled_fraction(text, mixed(text, spelled)) } else { spelled })
}

fn nth_suffix(text: &str, figure: Figure) -> Option<usize> {
    if !byte(text, figure.end).is_ascii_alphabetic() {
        return None;
    }
    let suffix = word(text, figure.end);
    let usual = match (figure.whole % 100.0, figure.whole % 10.0) {
        (11.0..=13.0, _) => "th",
        (_, 1.0) => "st",
        (_, 2.0) => "nd",
        (_, 3.0) => "rd",
        _ => "th",
    };
    let fits =
        !figure.is_fractional() && [usual, "th"].iter().any(|known| suffix.eq_ignore_ascii_case(known));
    fits.then_some(figure.end + 2)
}

/// Adds the fraction that follows a whole figure: 2½, 10 1/2, three and a half; or the lower half of 3/4.
fn mixed(text: &str, figure: Figure) -> Figure {
    if figure.is_fractional() {
        return figure;
    }
    if figure.is_digits() {
        let from = gap(text, figure.end).unwrap_or(figure.end);
        if let Some((end, top, bottom)) = vulgar(text, figure.end)
            .or_else(|| vulgar(text, from))
            .or_else(|| fraction(text, from).filter(|_| from > figure.end))
        {
            return figure.plus(end, top, bottom);
        }
        if let Some((end, bottom)) = lower_half(text, figure.end) {
            return Figure { end, divisor: bottom, form: Form::Digits { plain: 0 }, ..figure };
        }
    }
    match and_fraction(text, figure.end) {
        Some((end, top, bottom)) => figure.plus(end, top, bottom),
        None => figure,
    }
}

fn fraction(text: &str, at: usize) -> Option<(usize, f64, f64)> {
    let top = digits(text, at).filter(|top| matches!(top.form, Form::Digits { plain: 1 | 2 }))?;
    let (end, bottom) = lower_half(text, top.end).filter(|(_, bottom)| top.whole < *bottom)?;
    Some((end, top.whole, bottom))
}

/// The `/4` of 3/4.
fn lower_half(text: &str, at: usize) -> Option<(usize, f64)> {
    if byte(text, at) != b'/' {
        return None;
    }
    let bottom =
        digits(text, at + 1).filter(|bottom| matches!(bottom.form, Form::Digits { plain: 1..=3 }))?;
    let ends = !starts(text, bottom.end, "/") && bottom.whole > 0.0;
    ends.then_some((bottom.end, bottom.whole))
}

/// *and a half*, *and three quarters*.
fn and_fraction(text: &str, at: usize) -> Option<(usize, f64, f64)> {
    for (hyphened, bottom) in [("-and-a-half", 2.0), ("-and-a-quarter", 4.0)] {
        if starts(text, at, hyphened) {
            return Some((at + hyphened.len(), 1.0, bottom));
        }
    }
    let and = skip_word(text, at, "and")?;
    let (start, first) = next_word(text, and)?;
    if matches!(words::meaning(first), Some(Word::Article)) {
        let (start, second) = next_word(text, start + first.len())?;
        return words::denominator(second, false).map(|bottom| (start + second.len(), 1.0, bottom));
    }
    if first.eq_ignore_ascii_case("half") {
        return Some((start + first.len(), 1.0, 2.0));
    }
    spelled::fraction(text, start)
}

/// Adds the scale of digits: a letter glued on, or words after a gap or hyphen.
fn scaled_digits(text: &str, mut figure: Figure, money: bool) -> Figure {
    if let Some((end, scale)) = scale_letter(text, figure, money) {
        figure = figure.scaled(end, scale);
    }
    for _ in 0..2 {
        let Some(start) = gap_or_hyphen(text, figure.end) else {
            break;
        };
        let next = word(text, start);
        match words::meaning(next) {
            Some(Word::Hundred) => figure = figure.scaled(start + next.len(), 100.0),
            Some(Word::Scale(scale)) => figure = figure.scaled(start + next.len(), scale),
            Some(Word::Dozen) => figure = figure.scaled(start + next.len(), 12.0),
            _ => {
                let short = spaced_scale(next, money)
                    .filter(|_| figure.scale < 2.0 && gap(text, figure.end).is_some());
                if let Some(scale) = short {
                    figure = figure.scaled(start + next.len(), scale);
                }
                break;
            }
        }
    }
    figure
}

fn spaced_scale(word: &str, money: bool) -> Option<f64> {
    match word {
        "bn" | "bln" => Some(1e9),
        "mn" | "mln" => Some(1e6),
        "tn" | "trn" => Some(1e12),
        "m" | "M" if money => Some(1e6),
        "B" | "b" if money => Some(1e9),
        _ => None,
    }
}

/// A scale written as letters on the last digit. A lone capital needs money or a longer number, or 3D and 4K would count.
fn scale_letter(text: &str, figure: Figure, money: bool) -> Option<(usize, f64)> {
    let letters = word(text, figure.end);
    let long = money || figure.is_fractional() || !matches!(figure.form, Form::Digits { plain: 1 });
    let scale = match letters {
        "k" => 1e3,
        "m" | "mn" | "mln" | "mil" => 1e6,
        "b" | "bn" | "bln" => 1e9,
        "tn" | "trn" => 1e12,
        "K" if long => 1e3,
        "M" | "MN" | "MM" if long => 1e6,
        "B" | "BN" | "Bn" if long => 1e9,
        "T" | "TN" | "t" if money => 1e12,
        // "£3million"
        _ => match words::meaning(letters) {
            Some(Word::Scale(scale)) => scale,
            _ => return None,
        },
    };
    Some((figure.end + letters.len(), scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(&str, f64)> {
        figure(text, 0, false).map(|figure| (&text[..figure.end], figure.value()))
    }

    #[test]
    fn a_scale_is_applied_without_rounding() {
        assert_eq!(read("1.1 million"), Some(("1.1 million", 1_100_000.0)));
        assert_eq!(read("2.4bn"), Some(("2.4bn", 2.4e9)));
        assert_eq!(read("10 thousand million"), Some(("10 thousand million", 1e10)));
    }

    #[test]
    fn fractions_join_their_whole() {
        assert_eq!(read("2½ cups"), Some(("2½", 2.5)));
        assert_eq!(read("10 1/2 cups"), Some(("10 1/2", 10.5)));
        assert_eq!(read("three and a half"), Some(("three and a half", 3.5)));
        assert_eq!(read("3/4"), Some(("3/4", 0.75)));
    }

    #[test]
    fn a_lone_capital_after_one_digit_is_no_scale() {
        assert_eq!(read("4K screens"), Some(("4", 4.0)));
        assert_eq!(read("40K screens"), Some(("40K", 40_000.0)));
    }
}
