//! Printing what is found in entries, a line of JSON for each quote or number.

use std::io::{self, Write};

use crate::{
    feed::formats::jsonl::found::{NumberLine, QuoteLine},
    model::{Entry, Row, SourceId, Timeline},
    story::{Query, View, spot},
    text::{
        numbers,
        prose::ProseRef,
        quotes::{self, Quote, QuoteKind},
    },
};

use super::{Print, Told, Writer, json};

/// What is looked for: quotes of whoever is asked for, or numbers.
#[derive(Debug, Clone)]
pub(super) struct Finder {
    finds_quotes: bool,
    query: Query,
}

impl Finder {
    /// What `print` looks for in entries; none when it is the entries themselves.
    pub(super) fn of(print: &Print) -> Option<Self> {
        let finds_quotes = match print.view {
            View::Quotes => true,
            View::Numbers => false,
            View::Entries | View::New | View::KeyEvents => return None,
        };
        Some(Self { finds_quotes, query: print.query.clone() })
    }

    /// Whether quotes are looked for, and not numbers.
    pub(super) fn finds_quotes(&self) -> bool {
        self.finds_quotes
    }

    /// Whether there is something in `entry`, which the query lets through.
    pub(super) fn finds_in_entry(&self, entry: Entry<'_>) -> bool {
        entry.headline().is_some_and(|headline| self.finds(ProseRef::plain(headline)))
            || self.finds(entry.body())
    }

    /// Whether the query lets a standfirst through, and something is in it.
    pub(super) fn finds_in_standfirst(&self, standfirst: ProseRef<'_>) -> bool {
        self.query.matches_prose(standfirst) && self.finds(standfirst)
    }

    fn finds(&self, prose: ProseRef<'_>) -> bool {
        if self.finds_quotes {
            self.quotes(prose).next().is_some()
        } else {
            !numbers::find(prose.text()).is_empty()
        }
    }

    /// Whether a quote with this speaker is asked for.
    pub(super) fn lets_speak(&self, speaker: Option<&str>) -> bool {
        self.query.lets_speak(speaker)
    }

    fn quotes<'a>(&'a self, prose: ProseRef<'a>) -> impl Iterator<Item = Quote> + 'a {
        quotes::find(prose).into_iter().filter(move |quote| {
            let speaker = quote.speaker.clone().and_then(|speaker| prose.text().get(speaker));
            quote.kind != QuoteKind::Other && self.query.lets_speak(speaker)
        })
    }

    /// Gives a line for each thing in `prose`, which `entry` of `source` says, or its standfirst.
    fn write<'a>(
        &'a self,
        prose: ProseRef<'a>,
        source: SourceId,
        entry: Option<Entry<'a>>,
        give: &mut dyn FnMut(&Line<'a>) -> io::Result<()>,
    ) -> io::Result<()> {
        let text = prose.text();
        if self.finds_quotes {
            return self
                .quotes(prose)
                .try_for_each(|quote| give(&Line::Quote(QuoteLine::new(source, entry, text, &quote))));
        }
        numbers::find(text).iter().try_for_each(|number| {
            let sentence = text.get(spot::sentence(text, &number.range)).unwrap_or_default();
            give(&Line::Number(NumberLine::new(source, entry, text, sentence, number)))
        })
    }

    fn write_entry<'a>(
        &'a self,
        entry: Entry<'a>,
        give: &mut dyn FnMut(&Line<'a>) -> io::Result<()>,
    ) -> io::Result<()> {
        if let Some(headline) = entry.headline() {
            self.write(ProseRef::plain(headline), entry.source(), Some(entry), give)?;
        }
        self.write(entry.body(), entry.source(), Some(entry), give)
    }
}

/// A quote or a number.
#[derive(Debug, serde::Serialize)]
#[serde(untagged)]
enum Line<'a> {
    Quote(QuoteLine<'a>),
    Number(NumberLine<'a>),
}

/// JSON Lines: the blogs, each with what its standfirst holds, then what entries hold.
pub(super) struct Lines {
    finder: Finder,
}

impl Lines {
    pub(super) fn new(finder: Finder) -> Self {
        Self { finder }
    }
}

impl Writer for Lines {
    fn blog(&mut self, out: &mut dyn Write, told: &Told<'_>) -> io::Result<()> {
        json::write_line(out, &json::blog(told))?;
        if !told.with_standfirst {
            return Ok(());
        }
        let standfirst = told.blog.standfirst.as_ref();
        self.finder.write(standfirst, told.source, None, &mut |line| json::write_line(out, line))
    }

    fn entry(
        &mut self,
        out: &mut dyn Write,
        _row: Row,
        entry: Entry<'_>,
        _is_revised: bool,
    ) -> io::Result<()> {
        self.finder.write_entry(entry, &mut |line| json::write_line(out, line))
    }

    fn removed(&mut self, out: &mut dyn Write, entry: Entry<'_>) -> io::Result<()> {
        json::write_line(out, &json::removed(entry))
    }

    fn end(&mut self, _out: &mut dyn Write, _timeline: &Timeline) -> io::Result<()> {
        Ok(())
    }
}

/// One JSON object: blogs, then quotes or numbers.
pub(super) struct Document {
    finder: Finder,
    blogs: json::Blogs,
    /// What was found so far, each after a comma and a line end but the first.
    found: Vec<u8>,
}

impl Document {
    pub(super) fn new(finder: Finder) -> Self {
        Self { finder, blogs: json::Blogs::default(), found: Vec::new() }
    }
}

/// Adds `line` to a list.
fn push(list: &mut Vec<u8>, line: &Line<'_>) -> io::Result<()> {
    list.extend_from_slice(json::separator(list.len()));
    json::write(list, line)
}

impl Writer for Document {
    fn blog(&mut self, out: &mut dyn Write, told: &Told<'_>) -> io::Result<()> {
        self.blogs.write(out, told)?;
        if !told.with_standfirst {
            return Ok(());
        }
        let Self { finder, found, .. } = self;
        finder.write(told.blog.standfirst.as_ref(), told.source, None, &mut |line| push(found, line))
    }

    fn entry(
        &mut self,
        _out: &mut dyn Write,
        _row: Row,
        entry: Entry<'_>,
        _is_revised: bool,
    ) -> io::Result<()> {
        let Self { finder, found, .. } = self;
        finder.write_entry(entry, &mut |line| push(found, line))
    }

    fn removed(&mut self, _out: &mut dyn Write, _entry: Entry<'_>) -> io::Result<()> {
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, _timeline: &Timeline) -> io::Result<()> {
        self.blogs.end(out, if self.finder.finds_quotes { "quotes" } else { "numbers" })?;
        out.write_all(&self.found)?;
        json::end(out)
    }
}
