//! Writes single quotes and numbers as lines of JSON. These are no input: they say nothing that entries do not.

use serde::Serialize;

use crate::{
    model::{Entry, SourceId, Stamp},
    text::{
        numbers::{self, Number, Value},
        quotes::Quote,
    },
};

/// A quote as the view of quotes writes it.
#[derive(Debug, Serialize)]
pub struct QuoteLine<'a> {
    #[serde(rename = "type")]
    line: &'static str,
    source: SourceId,
    entry: Option<&'a str>,
    published: Option<String>,
    speaker: Option<&'a str>,
    kind: &'static str,
    text: &'a str,
}

/// A number as the view of numbers writes it.
#[derive(Debug, Serialize)]
pub struct NumberLine<'a> {
    #[serde(rename = "type")]
    line: &'static str,
    source: SourceId,
    entry: Option<&'a str>,
    published: Option<String>,
    text: &'a str,
    sentence: &'a str,
    kind: &'static str,
    value: Option<f64>,
    value_end: Option<f64>,
    unit: Option<String>,
}

impl<'a> QuoteLine<'a> {
    /// The line of `quote` in `text`, which `entry` of `source` says, or its standfirst.
    pub fn new(source: SourceId, entry: Option<Entry<'a>>, text: &'a str, quote: &Quote) -> Self {
        Self {
            line: "quote",
            source,
            entry: entry.map(Entry::id),
            published: entry.and_then(Entry::published).map(Stamp::to_rfc3339),
            speaker: quote.speaker.clone().and_then(|speaker| text.get(speaker)),
            kind: quote.kind.name(),
            text: text.get(quote.range.clone()).unwrap_or_default(),
        }
    }
}

impl<'a> NumberLine<'a> {
    /// The line of `number` in `text`, where it stands in `sentence`; `entry` of `source` says so, or its standfirst.
    pub fn new(
        source: SourceId,
        entry: Option<Entry<'a>>,
        text: &'a str,
        sentence: &'a str,
        number: &Number,
    ) -> Self {
        let Value { value, value_end, unit } = numbers::value(text, number);
        Self {
            line: "number",
            source,
            entry: entry.map(Entry::id),
            published: entry.and_then(Entry::published).map(Stamp::to_rfc3339),
            text: text.get(number.range.clone()).unwrap_or_default(),
            sentence,
            kind: number.kind.name(),
            value,
            value_end,
            unit,
        }
    }
}
