//! From the keys of an object to a draft or a blog.

use std::borrow::Cow;

use serde_json::value::RawValue;

use crate::{
    feed::{Context, decode, html_text, time},
    model::{Blog, Draft, Kinds, Media, MediaKind, Precision, Stamp, State},
    text::{
        line::Line,
        link::Link,
        prose::{BlockKind, MarkKind, Markup, Prose},
    },
};

use super::fields::{Fields, Scalar};

/// A span as it is written: code points from `start` up to `end`.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Span {
    start: Option<i64>,
    end: Option<i64>,
    kind: Option<String>,
    level: Option<i64>,
    media: Option<i64>,
    url: Option<String>,
}

impl Span {
    /// What a block is in an entry with so many `media`; none when it is none.
    fn block_kind(&self, media: usize) -> Option<BlockKind> {
        let target = self.media.and_then(|number| u32::try_from(number).ok());
        let target = target.filter(|number| (*number as usize) < media);
        let level = self.level.and_then(|level| u8::try_from(level).ok());
        let level = level.filter(|level| (1..=6).contains(level));
        match (self.kind.as_deref(), target) {
            (Some("paragraph"), _) => Some(BlockKind::Paragraph),
            (Some("heading"), _) => Some(BlockKind::Heading(level.unwrap_or(2))),
            (Some("quote"), _) => Some(BlockKind::Quote),
            (Some("list_item"), _) => Some(BlockKind::ListItem),
            (Some("image"), Some(number)) => Some(BlockKind::Image(number)),
            (Some("embed"), Some(number)) => Some(BlockKind::Embed(number)),
            _ => None,
        }
    }

    /// What a mark is that leads nowhere; none when it is none.
    fn mark_kind(&self) -> Option<MarkKind> {
        match self.kind.as_deref() {
            Some("bold") => Some(MarkKind::Bold),
            Some("italic") => Some(MarkKind::Italic),
            _ => None,
        }
    }
}

/// An item of media as it is written.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct WireMedia {
    kind: Option<String>,
    url: Option<String>,
    text: Option<String>,
    credit: Option<String>,
}

/// What a value that names authors may be.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Names {
    One(String),
    Person { name: Option<String>, display_name: Option<String> },
    Many(Vec<Names>),
    Other(serde::de::IgnoredAny),
}

/// What went wrong while filling, for the packer to tell.
pub(super) type Faults = Vec<String>;

/// What is filled with one entry after another, so that its memory is used again.
#[derive(Debug, Default)]
pub(super) struct Filling {
    pub(super) draft: Draft,
    pub(super) faults: Faults,
    /// The words of the entry, when they had to be read.
    words: String,
}

/// Fills the draft with an entry.
pub(super) fn entry(fields: &Fields<'_>, context: &Context, filling: &mut Filling) {
    let Filling { draft, faults, words } = filling;
    draft.clear();
    set_line(&mut draft.id, &fields.id.value);
    draft.published = moment(&fields.published.value, context, "time", faults);
    if let Some(stamp) = &mut draft.published {
        restore_precision(stamp, fields);
    } else if fields.precision.as_text() != Some("none") {
        draft.written.push_str(fields.published.value.as_text().unwrap_or_default());
    }
    if draft.id.is_empty() {
        match &fields.published.value {
            Scalar::Text(text) => text.trim().clone_into(&mut draft.written),
            Scalar::Number(number) => draft.written = number.to_string(),
            Scalar::Bool(_) | Scalar::Nothing => {}
        }
    }
    draft.revised = moment(&fields.revised.value, context, "time of revision", faults);
    if let Some(text) = fields.headline.value.as_text() {
        draft.headline.set(&decode::mended(text));
    } else {
        set_line(&mut draft.headline, &fields.headline.value);
    }
    match fields.authors.value.and_then(only_name) {
        Some(name) => draft.authors.push(Line::new(name)),
        None => draft.authors = authors(fields.authors.value),
    }
    draft.kinds = kinds(fields, faults);
    draft.media = media(fields.media, faults);
    draft.link = link(&fields.link.value, faults);
    let text = fields.body.value.text(words);
    if fields.body_is_html() {
        let (prose, media) = html_text::prose(text);
        draft.body = prose;
        // Its blocks point to its own media by their numbers.
        draft.media.splice(0..0, media);
        return;
    }
    let markup = markup(text, fields, draft.media.len(), faults);
    match markup {
        Some(markup) => draft.body = Prose::with_markup(text, markup),
        None => draft.body.set(text),
    }
}

/// The blog that `fields` tell.
pub(super) fn blog(fields: &Fields<'_>, context: &Context, faults: &mut Faults) -> Blog {
    let text = fields.summary.as_text().unwrap_or_default();
    let line = |scalar: &Scalar<'_>| Line::new(scalar.as_text().unwrap_or_default());
    Blog {
        id: line(&fields.id.value),
        title: Line::new(&decode::mended(fields.headline.value.as_text().unwrap_or_default())),
        url: link(&fields.link.value, faults),
        publisher: line(&fields.publisher),
        authors: authors(fields.authors.value),
        language: line(&fields.language),
        state: match fields.state.as_text() {
            Some("live") => State::Live,
            Some("ended") => State::Ended,
            _ => State::Unknown,
        },
        start: moment(&fields.start, context, "start", faults),
        end: moment(&fields.end, context, "end", faults),
        standfirst: match markup(text, fields, 0, faults) {
            Some(markup) => Prose::with_markup(text, markup),
            None => Prose::new(text),
        },
        partial: line(&fields.partial),
        ..Blog::default()
    }
}

fn set_line(line: &mut Line, scalar: &Scalar<'_>) {
    match scalar {
        Scalar::Text(text) => line.set(text),
        Scalar::Number(number) => line.set(&number.to_string()),
        Scalar::Bool(_) | Scalar::Nothing => line.clear(),
    }
}

fn moment(scalar: &Scalar<'_>, context: &Context, what: &str, faults: &mut Faults) -> Option<Stamp> {
    let stamp = match scalar {
        Scalar::Text(text) => time::parse(text, context),
        Scalar::Number(number) => time::from_count(*number),
        Scalar::Bool(_) | Scalar::Nothing => return None,
    };
    if stamp.is_none() && scalar.as_text().is_none_or(|text| !text.trim().is_empty()) {
        let written = scalar.as_text().map_or_else(|| "a number out of range".to_owned(), excerpt);
        faults.push(format!("{written} is no {what}; the entry has none"));
    }
    stamp
}

/// What was known of a stamp when it was written.
fn restore_precision(stamp: &mut Stamp, fields: &Fields<'_>) {
    let precision = match fields.precision.as_text() {
        Some("day") => Precision::Day,
        Some("minute") => Precision::Minute,
        Some("second") => Precision::Second,
        _ => stamp.precision(),
    };
    let assumed = stamp.zone_assumed || fields.zone_assumed.is_true();
    *stamp = stamp.with_precision(precision);
    stamp.zone_assumed = assumed;
    stamp.date_assumed = fields.date_assumed.is_true();
}

fn link(scalar: &Scalar<'_>, faults: &mut Faults) -> Option<Link> {
    let address = scalar.as_text().filter(|address| !address.trim().is_empty())?;
    let link = Link::parse(address);
    if link.is_none() {
        faults.push(format!("{} is no address that may be opened; left out", excerpt(address)));
    }
    link
}

/// The name in a list of one, where nothing in it is escaped: nearly always that is what there is.
fn only_name(raw: &RawValue) -> Option<&str> {
    let name = raw.get().strip_prefix("[\"")?.strip_suffix("\"]")?;
    (!name.contains(['"', '\\']) && !name.trim().is_empty()).then_some(name)
}

fn authors(raw: Option<&RawValue>) -> Vec<Line> {
    // Else they are names, and a list of texts is read in a fraction of the time.
    if let Some(names) = raw.and_then(|raw| serde_json::from_str::<Vec<Cow<'_, str>>>(raw.get()).ok()) {
        let names = names.iter().take(crate::model::limits::AUTHORS + 1).map(|name| Line::new(name));
        return names.filter(|name| !name.is_empty()).collect();
    }
    let Some(names) = raw.and_then(|raw| serde_json::from_str::<Names>(raw.get()).ok()) else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    collect_names(&names, &mut lines);
    lines
}

fn collect_names(names: &Names, lines: &mut Vec<Line>) {
    match names {
        Names::One(name) => lines.push(Line::new(name)),
        Names::Person { name, display_name } => {
            lines.extend(name.as_ref().or(display_name.as_ref()).map(|name| Line::new(name)));
        }
        Names::Many(all) => all.iter().take(crate::model::limits::AUTHORS + 1).for_each(|name| {
            // A list within a list names nobody.
            if !matches!(name, Names::Many(_)) {
                collect_names(name, lines);
            }
        }),
        Names::Other(_) => {}
    }
    lines.retain(|line| !line.is_empty());
}

fn kinds(fields: &Fields<'_>, faults: &mut Faults) -> Kinds {
    let mut kinds = if fields.key_event.is_true() { Kinds::KEY } else { Kinds::NONE };
    let names: Vec<String> =
        fields.kinds.and_then(|raw| serde_json::from_str(raw.get()).ok()).unwrap_or_default();
    for name in names {
        match Kinds::named(&name) {
            Some(kind) => kinds |= kind,
            None => faults.push(format!("{} is no kind of entry; left out", excerpt(&name))),
        }
    }
    kinds
}

fn media(raw: Option<&RawValue>, faults: &mut Faults) -> Vec<Media> {
    let Some(raw) = raw.filter(|raw| raw.get() != "null" && raw.get() != "[]") else { return Vec::new() };
    let Ok(items) = serde_json::from_str::<Vec<WireMedia>>(raw.get()) else {
        faults.push("its media are no list of media; left out".to_owned());
        return Vec::new();
    };
    let line = |text: Option<String>| Line::new(&text.unwrap_or_default());
    items
        .into_iter()
        .map(|item| Media {
            kind: item.kind.and_then(|kind| MediaKind::named(&kind)).unwrap_or(MediaKind::Embed),
            link: item.url.and_then(|url| Link::parse(&url)),
            text: line(item.text),
            credit: line(item.credit),
        })
        .collect()
}

/// The markup over `text`; `None` when there is none. Spans that are no spans of it are told and left out.
fn markup(text: &str, fields: &Fields<'_>, media: usize, faults: &mut Faults) -> Option<Markup> {
    let blocks = spans(fields.blocks, "blocks", faults);
    let marks = spans(fields.marks, "marks", faults);
    let links = spans(fields.links, "links", faults);
    if blocks.is_empty() && marks.is_empty() && links.is_empty() {
        return None;
    }
    let places = Places::new(text);
    let mut markup = Markup::default();
    for span in &blocks {
        match (places.range(span), span.block_kind(media)) {
            (Some(range), Some(kind)) => markup.blocks.push((range, kind)),
            _ => faults.push("a block that stands nowhere in the text; left out".to_owned()),
        }
    }
    for span in &marks {
        match (places.range(span), span.mark_kind()) {
            (Some(range), Some(kind)) => markup.marks.push((range, kind)),
            _ => faults.push("a mark that stands nowhere in the text; left out".to_owned()),
        }
    }
    for span in &links {
        match (places.range(span), span.url.as_deref().and_then(Link::parse)) {
            (Some(range), Some(link)) => {
                markup.marks.push((range, MarkKind::Link(markup.links.len() as u32)));
                markup.links.push(link);
            }
            _ => faults.push("a link that stands nowhere in the text, or leads nowhere; left out".to_owned()),
        }
    }
    Some(markup)
}

fn spans(raw: Option<&RawValue>, what: &str, faults: &mut Faults) -> Vec<Span> {
    let Some(raw) = raw.filter(|raw| raw.get() != "null" && raw.get() != "[]") else { return Vec::new() };
    serde_json::from_str(raw.get()).unwrap_or_else(|_| {
        faults.push(format!("its {what} are no list of spans; left out"));
        Vec::new()
    })
}

/// Byte offsets of a text's code points.
struct Places<'a> {
    text: &'a str,
    /// The byte offset of every 64th code point.
    steps: Vec<usize>,
}

impl<'a> Places<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, steps: text.char_indices().step_by(64).map(|(at, _)| at).collect() }
    }

    /// The byte offset of code point `number`; its end counts as one more.
    fn byte(&self, number: usize) -> Option<usize> {
        let step = *self
            .steps
            .get(number / 64)
            .or_else(|| self.steps.last().filter(|_| number.is_multiple_of(64)))
            .unwrap_or(&0);
        if number / 64 >= self.steps.len() {
            // The end of a text whose length is a multiple of the step.
            return (number == self.text.chars().count()).then_some(self.text.len());
        }
        let mut rest = self.text.get(step..)?.char_indices();
        let at = rest.nth(number % 64).map(|(at, _)| step + at);
        at.or_else(|| (number == self.text.chars().count()).then_some(self.text.len()))
    }

    fn range(&self, span: &Span) -> Option<std::ops::Range<usize>> {
        let start = self.byte(usize::try_from(span.start?).ok()?)?;
        let end = self.byte(usize::try_from(span.end?).ok()?)?;
        (start <= end).then_some(start..end)
    }
}

/// The beginning of what a feed wrote, quoted for a message.
fn excerpt(text: &str) -> String {
    let beginning: String = text.chars().take(40).collect();
    let dots = if beginning.len() < text.len() { "…" } else { "" };
    format!("“{beginning}{dots}”")
}
