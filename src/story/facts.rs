//! The quotes and numbers of one entry, and what is known of each.
//!
//! Ranges are byte offsets into the headline or into the body's text. Values are worked out on sight, where asked.

use std::ops::Range;

use crate::text::{
    numbers::{self, Number, NumberKind, Value},
    prose::ProseRef,
    quotes::{self, Quote, QuoteKind},
    span::{Role, Roles, Span},
};

/// What was found in one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    pub quotes: Vec<Quote>,
    pub numbers: Vec<Number>,
}

/// What was found in an entry, or in a standfirst.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    pub headline: Findings,
    pub body: Findings,
}

impl Findings {
    /// What is in a headline.
    pub fn new(headline: &str) -> Self {
        Self::of(ProseRef::plain(headline))
    }

    /// What is in `prose`, its blocks heeded.
    pub fn of(prose: ProseRef<'_>) -> Self {
        Self { quotes: quotes::find(prose), numbers: numbers::find(prose.text()) }
    }

    /// The roles that stand over the text, sorted.
    pub fn spans(&self) -> Vec<Span> {
        let mut spans = Vec::with_capacity(2 * self.quotes.len() + self.numbers.len());
        let mut add = |range: &Range<usize>, role| {
            spans.push(Span { range: range.start as u32..range.end as u32, roles: Roles::from(role) });
        };
        for quote in &self.quotes {
            let role = if quote.kind == QuoteKind::Other { Role::Aside } else { Role::Quote };
            add(&quote.range, role);
            if let Some(speaker) = &quote.speaker {
                add(speaker, Role::Speaker);
            }
        }
        self.numbers.iter().for_each(|number| add(&number.range, Role::Number));
        spans.sort_by_key(|span| (span.range.start, span.range.end));
        spans
    }
}

impl Facts {
    /// What is in a headline and in a body.
    pub fn new(headline: &str, body: ProseRef<'_>) -> Self {
        Self { headline: Findings::new(headline), body: Findings::of(body) }
    }
}

/// What a number says, in words for the status line: its kind, and its value with what was counted.
pub fn describe_number(text: &str, number: &Number) -> String {
    let Value { value, value_end, unit } = numbers::value(text, number);
    let mut words = format!("number · {}", number.kind.name());
    if let Some(value) = value.filter(|_| !matches!(number.kind, NumberKind::Date | NumberKind::Time)) {
        words.push_str(" · ");
        words.push_str(&figure(value));
        if let Some(end) = value_end {
            words.push_str(" to ");
            words.push_str(&figure(end));
        }
    }
    if let Some(unit) = unit {
        words.push(' ');
        words.push_str(&unit);
    }
    words
}

/// Who said a quote and how it stands, in words for the status line.
pub fn describe_quote(text: &str, quote: &Quote) -> String {
    let kind = match quote.kind {
        QuoteKind::Direct => "quote · direct",
        QuoteKind::Mixed => "quote · within a sentence",
        QuoteKind::Other => "quote marks · nobody’s words",
    };
    match quote.speaker.clone().and_then(|speaker| text.get(speaker)) {
        Some(speaker) => format!("{kind} · {speaker}"),
        None => kind.to_owned(),
    }
}

/// `value` with separators between thousands.
fn figure(value: f64) -> String {
    let text =
        if value.fract() == 0.0 && value.abs() < 1e15 { format!("{value:.0}") } else { format!("{value}") };
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut grouped = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if !fraction.is_empty() {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_told_with_its_kind_value_and_unit() {
        let text = "Some 41,000 homes are dark.";
        let findings = Findings::new(text);
        assert_eq!(describe_number(text, &findings.numbers[0]), "number · cardinal · 41,000 homes");
    }

    #[test]
    fn a_quote_is_told_with_its_speaker() {
        let text = "“The gates held,” Ines Calloway said.";
        let findings = Findings::new(text);
        assert_eq!(describe_quote(text, &findings.quotes[0]), "quote · direct · Ines Calloway");
    }

    #[test]
    fn figures_are_grouped() {
        assert_eq!(figure(-1_234_567.5), "-1,234,567.5");
        assert_eq!(figure(999.0), "999");
    }
}
