//! Writes blogs and entries as lines of JSON, with the quotes and numbers found in them.
//!
//! Offsets count code points of the text they belong to. Every key is always there.

use serde::Serialize;

use crate::{
    model::{Blog, Entry, Media, Problem, SourceId, Stamp},
    text::{
        line::Line,
        numbers::{self, Number},
        prose::{BlockKind, MarkKind, ProseRef},
        quotes::{self, Quote},
    },
};

/// The version of the schema.
const VERSION: u8 = 1;

/// A blog as it is written.
#[derive(Debug, Serialize)]
pub struct BlogLine<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    version: u8,
    source: SourceId,
    location: &'a str,
    format: Option<&'a str>,
    id: Option<&'a str>,
    title: Option<&'a str>,
    url: Option<&'a str>,
    publisher: Option<&'a str>,
    authors: Vec<&'a str>,
    language: Option<&'a str>,
    state: &'static str,
    start: Option<String>,
    end: Option<String>,
    summary: Option<&'a str>,
    summary_blocks: Vec<BlockSpan>,
    summary_marks: Vec<MarkSpan>,
    summary_links: Vec<LinkSpan<'a>>,
    summary_quotes: Vec<QuoteSpan<'a>>,
    summary_numbers: Vec<NumberSpan>,
    partial: Option<&'a str>,
    problems: Vec<ProblemLine<'a>>,
}

/// An entry as it is written.
#[derive(Debug, Serialize)]
pub struct EntryLine<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    id: &'a str,
    source: SourceId,
    published: Option<String>,
    precision: &'static str,
    zone_assumed: bool,
    date_assumed: bool,
    revised: Option<String>,
    headline: Option<&'a str>,
    authors: Vec<&'a str>,
    kinds: Vec<&'static str>,
    body: &'a str,
    blocks: Vec<BlockSpan>,
    marks: Vec<MarkSpan>,
    links: Vec<LinkSpan<'a>>,
    media: Vec<MediaItem<'a>>,
    url: Option<String>,
    quotes: Vec<QuoteSpan<'a>>,
    numbers: Vec<NumberSpan>,
    headline_quotes: Vec<QuoteSpan<'a>>,
    headline_numbers: Vec<NumberSpan>,
}

/// A removal as it is written.
#[derive(Debug, Serialize)]
pub struct RemovedLine<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    source: SourceId,
    id: &'a str,
}

#[derive(Debug, Serialize)]
struct BlockSpan {
    start: usize,
    end: usize,
    kind: &'static str,
    level: Option<u8>,
    media: Option<u32>,
}

#[derive(Debug, Serialize)]
struct MarkSpan {
    start: usize,
    end: usize,
    kind: &'static str,
}

#[derive(Debug, Serialize)]
struct LinkSpan<'a> {
    start: usize,
    end: usize,
    url: &'a str,
}

#[derive(Debug, Serialize)]
struct MediaItem<'a> {
    kind: &'static str,
    url: Option<&'a str>,
    text: Option<&'a str>,
    credit: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct QuoteSpan<'a> {
    start: usize,
    end: usize,
    kind: &'static str,
    speaker: Option<&'a str>,
    speaker_start: Option<usize>,
    speaker_end: Option<usize>,
}

#[derive(Debug, Serialize)]
struct NumberSpan {
    start: usize,
    end: usize,
    kind: &'static str,
    value: Option<f64>,
    value_end: Option<f64>,
    unit: Option<String>,
}

#[derive(Debug, Serialize)]
struct ProblemLine<'a> {
    line: Option<u64>,
    message: &'a str,
}

impl<'a> BlogLine<'a> {
    /// The line of the blog that `source`, at `location`, told in `format`, which is empty while that is not known.
    pub fn new(
        source: SourceId,
        location: &'a str,
        format: &'a str,
        blog: &'a Blog,
        problems: impl Iterator<Item = &'a Problem>,
    ) -> Self {
        let standfirst = blog.standfirst.as_ref();
        let points = CodePoints::new(standfirst.text());
        let spans = Spans::new(standfirst, &points);
        Self {
            kind: "blog",
            version: VERSION,
            source,
            location,
            format: (!format.is_empty()).then_some(format),
            id: blog.id.as_option(),
            title: blog.title.as_option(),
            url: blog.url.as_ref().map(crate::text::link::Link::as_str),
            publisher: blog.publisher.as_option(),
            authors: blog.authors.iter().map(Line::as_str).collect(),
            language: blog.language.as_option(),
            state: blog.state.name(),
            start: blog.start.map(Stamp::to_rfc3339),
            end: blog.end.map(Stamp::to_rfc3339),
            summary: (!standfirst.text().is_empty()).then_some(standfirst.text()),
            summary_blocks: spans.blocks,
            summary_marks: spans.marks,
            summary_links: spans.links,
            summary_quotes: quote_spans(standfirst, &points),
            summary_numbers: number_spans(standfirst.text(), &points),
            partial: blog.partial.as_option(),
            problems: problems
                .map(|problem| ProblemLine { line: problem.line, message: &problem.message })
                .collect(),
        }
    }
}

impl<'a> EntryLine<'a> {
    /// The line of `entry`.
    pub fn new(entry: Entry<'a>) -> Self {
        let body = entry.body();
        let points = CodePoints::new(body.text());
        let spans = Spans::new(body, &points);
        let headline = entry.headline();
        let words = headline.unwrap_or_default();
        let headline_points = CodePoints::new(words);
        let published = entry.published();
        Self {
            kind: "entry",
            id: entry.id(),
            source: entry.source(),
            published: published.map(Stamp::to_rfc3339),
            precision: published.map_or("none", |stamp| stamp.precision().name()),
            zone_assumed: published.is_some_and(|stamp| stamp.zone_assumed),
            date_assumed: published.is_some_and(|stamp| stamp.date_assumed),
            revised: entry.revised().map(Stamp::to_rfc3339),
            headline,
            authors: entry.authors().collect(),
            kinds: entry.kinds().names().collect(),
            body: body.text(),
            blocks: spans.blocks,
            marks: spans.marks,
            links: spans.links,
            media: entry.media().iter().map(MediaItem::new).collect(),
            url: entry.link().map(|link| link.to_string()),
            quotes: quote_spans(body, &points),
            numbers: number_spans(body.text(), &points),
            headline_quotes: quote_spans(ProseRef::plain(words), &headline_points),
            headline_numbers: number_spans(words, &headline_points),
        }
    }
}

impl<'a> RemovedLine<'a> {
    /// The line that says that `source` took the entry called `id` down.
    pub fn new(source: SourceId, id: &'a str) -> Self {
        Self { kind: "removed", source, id }
    }
}

impl<'a> MediaItem<'a> {
    fn new(media: &'a Media) -> Self {
        Self {
            kind: media.kind.name(),
            url: media.link.as_ref().map(crate::text::link::Link::as_str),
            text: media.text.as_option(),
            credit: media.credit.as_option(),
        }
    }
}

/// Blocks, marks and links as they are written.
struct Spans<'a> {
    blocks: Vec<BlockSpan>,
    marks: Vec<MarkSpan>,
    links: Vec<LinkSpan<'a>>,
}

impl<'a> Spans<'a> {
    fn new(prose: ProseRef<'a>, points: &CodePoints<'_>) -> Self {
        let blocks = prose.blocks().into_iter().map(|block| {
            let (kind, level, media) = match block.kind {
                BlockKind::Paragraph => ("paragraph", None, None),
                BlockKind::Heading(level) => ("heading", Some(level), None),
                BlockKind::Quote => ("quote", None, None),
                BlockKind::ListItem => ("list_item", None, None),
                BlockKind::Image(media) => ("image", None, Some(media)),
                BlockKind::Embed(media) => ("embed", None, Some(media)),
            };
            let (start, end) = (points.at(block.range.start as usize), points.at(block.range.end as usize));
            BlockSpan { start, end, kind, level, media }
        });
        let mut spans = Self { blocks: blocks.collect(), marks: Vec::new(), links: Vec::new() };
        for mark in prose.marks() {
            let (start, end) = (points.at(mark.range.start as usize), points.at(mark.range.end as usize));
            match mark.kind {
                MarkKind::Bold => spans.marks.push(MarkSpan { start, end, kind: "bold" }),
                MarkKind::Italic => spans.marks.push(MarkSpan { start, end, kind: "italic" }),
                MarkKind::Link(link) => {
                    let url = prose.links().get(link as usize).map(crate::text::link::Link::as_str);
                    spans.links.extend(url.map(|url| LinkSpan { start, end, url }));
                }
            }
        }
        spans
    }
}

fn quote_spans<'a>(prose: ProseRef<'a>, points: &CodePoints<'_>) -> Vec<QuoteSpan<'a>> {
    let span = |quote: Quote| QuoteSpan {
        start: points.at(quote.range.start),
        end: points.at(quote.range.end),
        kind: quote.kind.name(),
        speaker: quote.speaker.clone().and_then(|speaker| prose.text().get(speaker)),
        speaker_start: quote.speaker.as_ref().map(|speaker| points.at(speaker.start)),
        speaker_end: quote.speaker.as_ref().map(|speaker| points.at(speaker.end)),
    };
    quotes::find(prose).into_iter().map(span).collect()
}

fn number_spans(text: &str, points: &CodePoints<'_>) -> Vec<NumberSpan> {
    let span = |number: Number| {
        let value = numbers::value(text, &number);
        NumberSpan {
            start: points.at(number.range.start),
            end: points.at(number.range.end),
            kind: number.kind.name(),
            value: value.value.filter(|value| value.is_finite()),
            value_end: value.value_end.filter(|value| value.is_finite()),
            unit: value.unit,
        }
    };
    numbers::find(text).into_iter().map(span).collect()
}

/// Counts code points up to byte offsets of one text.
struct CodePoints<'a> {
    text: &'a str,
    /// Code points before every 256th byte; empty when every byte is one.
    steps: Vec<usize>,
}

/// Bytes between two counts.
const STEP: usize = 256;

impl<'a> CodePoints<'a> {
    fn new(text: &'a str) -> Self {
        let mut steps = Vec::new();
        if !text.is_ascii() {
            let mut count = 0;
            for chunk in text.as_bytes().chunks(STEP) {
                steps.push(count);
                count += chunk.iter().filter(|byte| is_start(**byte)).count();
            }
        }
        Self { text, steps }
    }

    /// Code points before byte `offset`.
    fn at(&self, offset: usize) -> usize {
        if self.steps.is_empty() {
            return offset;
        }
        let step = (offset / STEP).min(self.steps.len() - 1);
        let rest = self.text.as_bytes().get(step * STEP..offset).unwrap_or_default();
        self.steps.get(step).copied().unwrap_or(0) + rest.iter().filter(|byte| is_start(**byte)).count()
    }
}

/// Whether a byte begins a code point of UTF-8.
fn is_start(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn code_points_are_counted(text in "[aé“日😀 ]{0,900}") {
            let points = CodePoints::new(&text);
            for (count, (at, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(points.at(at), count);
            }
            prop_assert_eq!(points.at(text.len()), text.chars().count());
        }
    }
}
