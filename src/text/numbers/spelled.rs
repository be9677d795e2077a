//! Figures written in words: *twenty-five*, *one hundred and three*, *two thirds*, *fifty-first*.
//!
//! A bare *one* is a figure here, so that it can begin *one week* and *one in five*; the caller drops it when nothing followed.

use super::cursor::{
    byte, ends_word, gap, gap_or_hyphen, hyphen, is_any, next_word, skip_word, word, word_before,
};
use super::figure::{Figure, Form};
use super::words::{self, Word};

/// More words than any number in prose has.
const MOST_WORDS: usize = 24;

/// A number in words that grows word by word.
#[derive(Debug, Clone, Copy)]
struct Sum {
    total: f64,
    group: f64,
    /// What the next word must stay below to join the group.
    room: f64,
    /// The last scale, which the next must stay below.
    scale: f64,
    end: usize,
    words: usize,
}

/// The figure in words at a position.
pub(super) fn spelled(text: &str, at: usize) -> Option<Figure> {
    let first = word(text, at);
    let end = at + first.len();
    match words::meaning(first)? {
        Word::Nth(nth) | Word::NthTens(nth) => Some(Figure::new(end, f64::from(nth), 1.0, Form::Nth)),
        Word::NthScale(nth) => Some(Figure::new(end, nth, 1.0, Form::Nth)),
        Word::Article => article(text, at, end),
        Word::Half => half(text, end),
        Word::Unit(_) | Word::Teen(_) | Word::Tens(_) => fraction(text, at)
            .map(|(end, top, bottom)| Figure::new(end, top, bottom, Form::Words))
            .or_else(|| sum(text, at)),
        _ => None,
    }
}

/// *a hundred*, *a dozen*, *an eighth of*.
fn article(text: &str, at: usize, end: usize) -> Option<Figure> {
    let (start, next) = next_word(text, end)?;
    let after = start + next.len();
    match words::meaning(next)? {
        // "a billion-year lease": the scale measures the lease, and the article is the lease's.
        Word::Scale(_) if hyphen(text, after).is_some() => None,
        Word::Hundred | Word::Scale(_) => sum(text, start),
        Word::Dozen => Some(Figure::new(after, 12.0, 1.0, Form::Words)),
        Word::Half
            if hyphen(text, after).is_some() || word_before(text, at).1.eq_ignore_ascii_case("and") =>
        {
            None
        }
        Word::Half | Word::Quarter | Word::Nth(_) | Word::NthTens(_) | Word::NthScale(_) => {
            let bottom = words::denominator(next, false)?;
            is_share(text, at, after).then(|| Figure::new(after, 1.0, bottom, Form::Words))
        }
        _ => None,
    }
}

/// Whether *a third* is a share and not the third of several: something must measure it.
fn is_share(text: &str, at: usize, end: usize) -> bool {
    let next = next_word(text, end).map_or("", |(_, next)| next);
    if ["of", "more", "less", "fewer", "higher", "lower"].contains(&next) {
        return true;
    }
    let before = word_before(text, at).1;
    ["", "and", "at", "from", "if", "in", "last", "on", "since", "this", "to"].contains(&next)
        && is_any(
            &[
                "by", "than", "nearly", "almost", "about", "around", "over", "only", "roughly", "just",
                "under",
            ],
            before,
        )
}

/// *half a million*, *half million*, *half a dozen*.
fn half(text: &str, end: usize) -> Option<Figure> {
    let start = gap(text, skip_word(text, end, "a").unwrap_or(end))?;
    let next = word(text, start);
    let scale = match words::meaning(next)? {
        Word::Scale(scale) => scale,
        Word::Dozen => 12.0,
        _ => return None,
    };
    Some(Figure::new(start + next.len(), scale, 2.0, Form::Words))
}

/// *two thirds*, *three-quarters*, *one-fifth*: the end, numerator and denominator.
pub(super) fn fraction(text: &str, at: usize) -> Option<(usize, f64, f64)> {
    let first = word(text, at);
    let top = match words::meaning(first)? {
        Word::Unit(top @ 1..) | Word::Teen(top) => f64::from(top),
        _ => return None,
    };
    let start = gap_or_hyphen(text, at + first.len())?;
    let second = word(text, start);
    let bottom = words::denominator(second, top > 1.0)?;
    let end = start + second.len();
    // "one third-placed team": the second word leans on what follows.
    hyphen(text, end).is_none().then_some((end, top, bottom))
}

/// The longest sum of number words from a position; *hundred* or a scale may begin it after an article.
fn sum(text: &str, at: usize) -> Option<Figure> {
    let after_article =
        matches!(words::meaning(word(text, at))?, Word::Hundred | Word::Scale(_) | Word::Dozen);
    let group = if after_article { 1.0 } else { 0.0 };
    let mut sum = Sum {
        total: 0.0,
        group,
        room: if after_article { 0.0 } else { 1e3 },
        scale: f64::INFINITY,
        end: at,
        words: 0,
    };
    let mut next = at;
    while sum.words < MOST_WORDS {
        match sum.push(word(text, next), next) {
            Step::Taken => {}
            Step::Last(nth) => {
                return Some(Figure { form: Form::Nth, ..nth });
            }
            Step::Refused => break,
        }
        let Some(start) = following(text, &sum) else {
            break;
        };
        next = start;
    }
    if sum.words == 0 {
        return None;
    }
    let figure = Figure::new(sum.end, sum.total + sum.group, 1.0, Form::Words);
    // "at one point two men fell": a moment, and no decimals.
    let is_moment = figure.whole < 2.0 && word_before(text, at).1.eq_ignore_ascii_case("at");
    Some(if is_moment { figure } else { decimals(text, figure) })
}

/// Where the next word of a sum would start: over a gap, a hyphen, or *and* after a hundred or thousand.
fn following(text: &str, sum: &Sum) -> Option<usize> {
    if sum.group == 0.0 && (1e3..f64::INFINITY).contains(&sum.scale) && byte(text, sum.end) == b',' {
        // "two thousand, three hundred and six"
        let start = gap(text, sum.end + 1)?;
        let (_, next) = next_word(text, start + word(text, start).len())?;
        return matches!(words::meaning(next), Some(Word::Hundred)).then_some(start);
    }
    let start = gap_or_hyphen(text, sum.end)?;
    let takes_and = (50.0..500.0).contains(&sum.room) || (sum.group == 0.0 && sum.scale < 1e4);
    match skip_word(text, sum.end, "and") {
        Some(and) if takes_and => gap(text, and).filter(|start| {
            matches!(
                words::meaning(word(text, *start)),
                Some(Word::Unit(_) | Word::Teen(_) | Word::Tens(_) | Word::Nth(_) | Word::NthTens(_))
            )
        }),
        _ => Some(start),
    }
}

enum Step {
    Taken,
    Last(Figure),
    Refused,
}

impl Sum {
    fn push(&mut self, word: &str, at: usize) -> Step {
        let end = at + word.len();
        let taken = match words::meaning(word) {
            Some(Word::Unit(0)) => self.words == 0 && self.take(0.0, 0.0),
            Some(Word::Unit(unit)) => self.room >= 10.0 && self.take(f64::from(unit), 0.0),
            Some(Word::Teen(teen)) => self.room >= 100.0 && self.take(f64::from(teen), 0.0),
            Some(Word::Tens(tens)) => self.room >= 100.0 && self.take(f64::from(tens), 10.0),
            Some(Word::Hundred) => self.hundred(),
            Some(Word::Dozen) => (1.0..100.0).contains(&self.group) && self.total == 0.0 && self.times(12.0),
            Some(Word::Scale(scale)) => self.scale(scale),
            Some(Word::Nth(nth)) => {
                return self.last(end, f64::from(nth), if nth < 10 { 10.0 } else { 100.0 });
            }
            Some(Word::NthTens(nth)) => return self.last(end, f64::from(nth), 100.0),
            Some(Word::NthScale(scale)) if self.group > 0.0 => {
                return Step::Last(Figure::new(end, self.total + self.group * scale, 1.0, Form::Nth));
            }
            _ => false,
        };
        if !taken {
            return Step::Refused;
        }
        self.end = end;
        self.words += 1;
        Step::Taken
    }

    fn take(&mut self, amount: f64, room: f64) -> bool {
        self.group += amount;
        self.room = room;
        true
    }

    /// Multiplies the group and closes it.
    fn times(&mut self, by: f64) -> bool {
        self.group *= by;
        self.room = 0.0;
        self.scale = 0.0;
        true
    }

    fn hundred(&mut self) -> bool {
        if !(1.0..100.0).contains(&self.group) {
            return false;
        }
        self.group *= 100.0;
        self.room = 100.0;
        true
    }

    fn scale(&mut self, scale: f64) -> bool {
        if self.group == 0.0 && self.words > 0 && scale > self.scale {
            // "two thousand million"
            self.total *= scale;
        } else if self.group > 0.0 && scale < self.scale {
            self.total += self.group * scale;
        } else {
            return false;
        }
        (self.group, self.room, self.scale) = (0.0, 1e3, scale);
        true
    }

    /// Ends the sum with a place: *twenty-first*, *one hundred and tenth*. Right after a unit it would be a fraction.
    fn last(&self, end: usize, nth: f64, needs: f64) -> Step {
        if self.words == 0 || self.room < needs {
            return Step::Refused;
        }
        Step::Last(Figure::new(end, self.total + self.group + nth, 1.0, Form::Nth))
    }
}

/// Adds *point five* to a whole number in words.
fn decimals(text: &str, figure: Figure) -> Figure {
    let Some(mut end) = skip_word(text, figure.end, "point") else {
        return figure;
    };
    let (mut whole, mut divisor) = (figure.whole, 1.0);
    while divisor < 1e9
        && let Some((start, next)) = next_word(text, end)
        && let Some(Word::Unit(unit)) = words::meaning(next)
    {
        whole = whole * 10.0 + f64::from(unit);
        divisor *= 10.0;
        end = start + next.len();
    }
    if divisor < 2.0 || !ends_word(text, end) {
        return figure;
    }
    let mut figure = Figure::new(end, whole, divisor, Form::Words);
    if let Some((start, next)) = next_word(text, end)
        && let Some(Word::Scale(scale)) = words::meaning(next)
        && byte(text, start) != b'-'
    {
        figure.end = start + next.len();
        figure.scale = scale;
    }
    figure
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(&str, f64)> {
        spelled(text, 0).map(|figure| (&text[..figure.end], figure.value()))
    }

    #[test]
    fn number_words_add_up_and_stop_where_a_list_goes_on() {
        assert_eq!(read("twenty-five boats"), Some(("twenty-five", 25.0)));
        assert_eq!(read("one hundred and three boats"), Some(("one hundred and three", 103.0)));
        assert_eq!(
            read("two million three hundred thousand and six"),
            Some(("two million three hundred thousand and six", 2_300_006.0))
        );
        assert_eq!(
            read("two thousand, three hundred and six"),
            Some(("two thousand, three hundred and six", 2306.0))
        );
        assert_eq!(read("two thousand, three of them"), Some(("two thousand", 2000.0)));
        assert_eq!(read("six hundred and others"), Some(("six hundred", 600.0)));
        assert_eq!(read("four five six"), Some(("four", 4.0)));
        assert_eq!(read("two thousand million"), Some(("two thousand million", 2e9)));
        assert_eq!(read("two point five million"), Some(("two point five million", 2.5e6)));
    }

    #[test]
    fn a_place_in_an_order_ends_the_sum() {
        assert_eq!(read("twenty-first century"), Some(("twenty-first", 21.0)));
        assert_eq!(read("one hundred and tenth"), Some(("one hundred and tenth", 110.0)));
        assert_eq!(spelled("fourth", 0).map(|figure| figure.form), Some(Form::Nth));
    }

    #[test]
    fn a_fraction_needs_its_plural() {
        assert_eq!(read("two-thirds of them"), Some(("two-thirds", 2.0 / 3.0)));
        assert_eq!(read("three third places"), Some(("three", 3.0)));
        assert_eq!(read("a third of them"), Some(("a third", 1.0 / 3.0)));
        assert_eq!(read("a third goal"), None);
    }

    #[test]
    fn an_article_is_the_one_of_a_scale() {
        assert_eq!(read("one million"), Some(("one million", 1e6)));
        assert_eq!(read("a million"), Some(("a million", 1e6)));
        assert_eq!(read("half a dozen"), Some(("half a dozen", 6.0)));
        assert_eq!(read("a boat"), None);
    }
}
