//! Numbers in news prose: which stretches a reader would underline as an amount, and what each is worth.
//!
//! A number is the longest stretch that says ONE amount, without the words that hedge it. In order:
//!
//! 1. *What it is not.* Addresses, telephone numbers, codes, handles, tags, labels (Channel 4, page 12) and names
//!    that carry figures are skipped whole (`address`, `names`, and `noun` for what is truly counted).
//! 2. *Figure.* Digits with separators, fractions and scale (2.4 billion, 3½, £22m), or words (`figure`, `digits`, `spelled`).
//!    *About*, *nearly*, *up to* stay outside. A bare *one* stays unlit, for it may be a pronoun.
//! 3. *Money and units.* Currency, percent, measures and spans of time belong to their figure (20mph, 11-year-old);
//!    what is merely counted (26 people, 12-storey) does not (`money`, `unit`, `measures`, `amount`).
//! 4. *Dates and times.* A date needs a figure; its weekday and year belong to it. A time takes its zone (`date`, `clock`).
//! 5. *Pairs.* Two ends with their connector are one number: a range, a change, a score (`range`).
//!
//! Where two kinds fit, the pair or unit decides before the bare figure does. `words` is the minimal example of a table.
//! Numbers are sorted, disjoint, on character boundaries and never cross a line break; the work is linear in the text,
//! because each look ahead is bounded and each stretch without spaces is judged once.

mod address;
mod amount;
mod clock;
mod cursor;
mod date;
mod digits;
mod figure;
mod measures;
mod money;
mod names;
mod noun;
mod range;
mod scan;
mod spelled;
mod unit;
mod words;

use std::ops::Range;

use address::Chunk;
use range::Span;
use unit::Family;

/// What a number says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberKind {
    /// A count: 26, three, -49.
    Cardinal,
    /// A place in an order: first, 21st.
    Ordinal,
    /// A share in hundredths, or a change of one: 5%, 0.2 percentage points.
    Percent,
    /// An amount of a currency.
    Money,
    /// An amount of a measure: 20mph, 3-inch.
    Quantity,
    /// Two ends of one amount, or a change from one to the other.
    Range,
    /// A day, month with its year, year, decade or century.
    Date,
    /// A time of day.
    Time,
    /// A span of time, or an age with its unit.
    Duration,
    /// A result of a match or vote.
    Score,
}

impl NumberKind {
    /// The word for it in printed output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cardinal => "cardinal",
            Self::Ordinal => "ordinal",
            Self::Percent => "percent",
            Self::Money => "money",
            Self::Quantity => "quantity",
            Self::Range => "range",
            Self::Date => "date",
            Self::Time => "time",
            Self::Duration => "duration",
            Self::Score => "score",
        }
    }
}

/// A number in a text; what it is worth is worked out on sight by [`value`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Bytes of the text, on character boundaries.
    pub range: Range<usize>,
    /// What it says.
    pub kind: NumberKind,
}

/// What a number is worth.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Value {
    /// The amount, or the first end of a range, with its scale applied; always finite.
    pub value: Option<f64>,
    /// The second end of a range.
    pub value_end: Option<f64>,
    /// The currency or unit as written, `percent`, or the plural noun that is counted.
    pub unit: Option<String>,
}

/// The numbers of a text in order.
pub fn find(text: &str) -> Vec<Number> {
    let mut found = Vec::new();
    let mut clean = 0;
    let mut at = 0;
    while let Some(start) = scan::candidate(text, at) {
        let number = match scan::number(text, start) {
            Ok(number) => number,
            Err(next) => {
                at = next;
                continue;
            }
        };
        if start >= clean {
            match address::chunk(text, start) {
                Chunk::Address(end) => {
                    (at, clean) = (end, end);
                    continue;
                }
                Chunk::Prose(end) => clean = end,
            }
        }
        at = number.range.end;
        found.push(number);
    }
    found
}

/// What a number found in this text is worth.
pub fn value(text: &str, number: &Number) -> Value {
    let start = number.range.start;
    let Some(span) = range::span(text, start).filter(|span| span.end == number.range.end) else {
        return Value::default();
    };
    let finite = |value: f64| Some(value).filter(|value| value.is_finite());
    Value { value: finite(span.value), value_end: finite(span.value_end), unit: unit(text, &span) }
}

fn unit(text: &str, span: &Span) -> Option<String> {
    if span.family == Some(Family::Percent) {
        let points =
            text.get(..span.end).is_some_and(|text| text.ends_with("point") || text.ends_with("points"));
        return Some(if points { "percentage points" } else { "percent" }.to_owned());
    }
    let counts = matches!(span.kind, NumberKind::Cardinal | NumberKind::Range) && span.value.is_finite();
    let (start, end) = match span.unit {
        // "11-year-old" is eleven years: the unit is the first word.
        Some((start, end)) if span.family == Some(Family::Time) => {
            (start, cursor::word_end(text, start).min(end))
        }
        Some(unit) => unit,
        None if counts => noun::counted(text, span.end)?,
        None => return None,
    };
    text.get(start..end).map(|unit| unit.trim_start_matches('-').to_owned()).filter(|unit| !unit.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lit(text: &str) -> Vec<&str> {
        find(text).into_iter().map(|number| &text[number.range]).collect()
    }

    fn worth(text: &str) -> Vec<(Option<f64>, Option<f64>, Option<String>)> {
        find(text)
            .iter()
            .map(|number| value(text, number))
            .map(|value| (value.value, value.value_end, value.unit))
            .collect()
    }

    #[test]
    fn a_scale_letter_belongs_to_its_number() {
        assert_eq!(lit("The pier cost £4.5m and the bridge R3bn."), ["£4.5m", "R3bn"]);
    }

    #[test]
    fn hedges_and_counted_nouns_stay_outside() {
        assert_eq!(
            lit("About 300 boats and at least 12 ferries left, over 40% of them empty."),
            ["300", "12", "40%"]
        );
    }

    #[test]
    fn names_and_addresses_are_unlit() {
        for text in [
            "The F-7 and the B52 met on Channel 4.",
            "See https://example.org/12/three or write to t3@example.com.",
            "Ring 020 7946 0011 now.",
            "No one of them saw one another.",
            "Flight MX-204 left Gate 3.",
        ] {
            assert_eq!(lit(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn values_carry_scale_ends_and_unit() {
        assert_eq!(worth("2.4 billion litres"), [(Some(2.4e9), None, Some("litres".to_owned()))]);
        assert_eq!(
            worth("4,000 to 5,000 young swimmers"),
            [(Some(4000.0), Some(5000.0), Some("swimmers".to_owned()))]
        );
        assert_eq!(worth("£2-4m"), [(Some(2e6), Some(4e6), Some("£".to_owned()))]);
        assert_eq!(worth("5 per cent"), [(Some(5.0), None, Some("percent".to_owned()))]);
        assert_eq!(
            worth("a 9-year-old of 4 feet 6 inches"),
            [(Some(9.0), None, Some("year".to_owned())), (Some(4.5), None, Some("feet".to_owned()))]
        );
        assert_eq!(worth("3 May 2021"), [(None, None, None)]);
    }

    #[test]
    fn hostile_text_is_read_in_linear_time_and_without_panic() {
        let runs = [
            "1",
            "1,",
            "1.",
            "1-",
            "- ",
            "one ",
            "a ",
            "1 to ",
            "(",
            "\u{20ac}",
            "\u{bd}",
            "’9",
            "é1",
            "1\u{301}",
            "\u{1f4b7}5",
            "twenty-",
            "May ",
            "\0",
            "@1 ",
            "::",
            "1/",
        ];
        for run in runs {
            let text = run.repeat(20_000);
            let found = find(&text);
            assert!(found.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start), "{run}");
            for number in found.iter().take(50) {
                assert!(
                    text.get(number.range.clone()).is_some_and(|lit| !lit.is_empty() && !lit.contains('\n')),
                    "{run}"
                );
                let _ = value(&text, number);
            }
        }
    }

    #[test]
    fn no_number_crosses_a_line_break() {
        assert_eq!(lit("3\nmillion"), ["3"]);
        assert_eq!(lit("between 5\n and 6"), ["5", "6"]);
        assert_eq!(lit("12 June\n2024"), ["12 June", "2024"]);
    }
}
