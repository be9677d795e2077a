//! Writes a blog and its entries as Markdown that reads back: a heading for the blog, one for each day, one for each entry.

use std::{
    fmt::Display,
    io::{self, Write},
};

use chrono::{DateTime, FixedOffset, NaiveDate, Timelike};

use crate::{
    model::{Blog, Entry, Media, MediaKind, Precision, Stamp},
    text::{
        link::Link,
        prose::{Block, BlockKind, MarkKind, ProseRef},
    },
};

use super::{EDITED, GUARD, KINDS, about};

/// Writes Markdown, entry by entry.
#[derive(Debug, Default)]
pub struct Writer {
    /// The day and the zone that the last heading told.
    day: Option<(NaiveDate, FixedOffset)>,
}

impl Writer {
    /// Writes `blog`, which is called `name` when it has no title.
    pub fn blog(
        &mut self,
        out: &mut dyn Write,
        blog: &Blog,
        name: &str,
        with_standfirst: bool,
    ) -> io::Result<()> {
        writeln!(out, "# {}\n", heading(blog.title.as_option().unwrap_or(name)))?;
        let publisher = blog.publisher.as_option();
        if let Some(publisher) = publisher {
            writeln!(out, "*{}*\n", escaped(publisher))?;
        }
        if with_standfirst {
            prose(out, blog.standfirst.as_ref(), &[], publisher.is_some())?;
        }
        Ok(())
    }

    /// Writes `entry`, published at `time` on the clock that is shown.
    pub fn entry(
        &mut self,
        out: &mut dyn Write,
        entry: Entry<'_>,
        time: Option<DateTime<FixedOffset>>,
        is_revised: bool,
    ) -> io::Result<()> {
        let stamp = entry.published();
        if let Some(time) = time
            && self.day != Some((time.date_naive(), *time.offset()))
        {
            self.day = Some((time.date_naive(), *time.offset()));
            writeln!(out, "## {} · UTC{}\n", time.format("%A %-d %B %Y"), time.format("%:z"))?;
        }
        let is_day = stamp.is_some_and(|stamp| stamp.precision() == Precision::Day);
        let clock = time.map(|time| {
            let mark = if stamp.is_some_and(Stamp::is_assumed) { "~" } else { "" };
            let format = match time.second() {
                _ if is_day => "%Y-%m-%d",
                0 => "%H:%M",
                _ => "%H:%M:%S",
            };
            format!("{mark}{}", time.format(format))
        });
        let title = match (clock, entry.headline().map(heading)) {
            (Some(clock), Some(headline)) => format!("{clock} · {headline}"),
            // A day alone would head a day.
            (Some(clock), None) if is_day => format!("{clock} ·"),
            (Some(clock), None) => clock,
            // A mark in place of the time, so that a number in the headline is not taken for one.
            (None, headline) => format!("· {}", headline.unwrap_or_default()),
        };
        writeln!(out, "### {}\n", title.trim_end())?;
        let mut told: Vec<String> = entry.authors().map(|author| format!("*{}*", escaped(author))).collect();
        told.extend(
            KINDS
                .iter()
                .filter(|(_, kind)| entry.kinds().contains(*kind))
                .map(|(name, _)| format!("**{name}**")),
        );
        told.extend(is_revised.then(|| EDITED.to_owned()));
        if !told.is_empty() {
            writeln!(out, "{}\n", told.join(" · "))?;
        }
        prose(out, entry.body(), entry.media(), !told.is_empty())?;
        if let Some(link) = entry.link() {
            writeln!(out, "<{link}>\n")?;
        }
        Ok(())
    }

    /// Writes that the entry called `label` was taken down.
    pub fn removed(&mut self, out: &mut dyn Write, label: &str) -> io::Result<()> {
        writeln!(out, "*Taken down: {}*\n", escaped(label))
    }
}

/// Writes `prose` with its `media`. `is_told`: what is told about it stands above it already.
fn prose(out: &mut dyn Write, prose: ProseRef<'_>, media: &[Media], is_told: bool) -> io::Result<()> {
    let blocks = prose.blocks();
    let mut placed = vec![false; media.len()];
    for (index, block) in blocks.iter().enumerate() {
        let text = marked(prose, block);
        if index == 0 && !is_told && block.kind == BlockKind::Paragraph && about(&text).is_some() {
            writeln!(out, "{GUARD}\n")?;
        }
        match block.kind {
            BlockKind::Paragraph => writeln!(out, "{}", broken(&text, ""))?,
            BlockKind::Heading(level) => {
                let marks = "#".repeat(usize::from(level.clamp(1, 3)) + 3);
                writeln!(out, "{marks} {}", text.replace('\n', " "))?;
            }
            BlockKind::Quote => writeln!(out, "> {}", broken(&text, "> "))?,
            BlockKind::ListItem => writeln!(out, "- {}", broken(&text, "  "))?,
            BlockKind::Image(number) | BlockKind::Embed(number) => {
                if let Some(medium) = media.get(number as usize) {
                    placed.iter_mut().skip(number as usize).take(1).for_each(|placed| *placed = true);
                    medium_line(out, medium)?;
                }
            }
        }
        let goes_on = block.kind == BlockKind::ListItem
            && blocks.get(index + 1).is_some_and(|next| next.kind == BlockKind::ListItem);
        if !goes_on {
            writeln!(out)?;
        }
    }
    for (medium, _) in media.iter().zip(placed).filter(|(_, is_placed)| !is_placed) {
        medium_line(out, medium)?;
        writeln!(out)?;
    }
    Ok(())
}

/// Writes a medium: a picture as one, anything else as a link whose title says what it is.
fn medium_line(out: &mut dyn Write, medium: &Media) -> io::Result<()> {
    let address: &dyn Display = match &medium.link {
        Some(link) => link,
        None => &"",
    };
    let label = escaped(&medium.text);
    let credit = escaped(&medium.credit).replace('"', "\\\"");
    match medium.kind {
        MediaKind::Image if credit.is_empty() => writeln!(out, "![{label}](<{address}>)"),
        MediaKind::Image => writeln!(out, "![{label}](<{address}> \"{credit}\")"),
        kind => {
            let title = [kind.name(), &credit].join(if credit.is_empty() { "" } else { ": " });
            let label = if label.is_empty() { kind.name() } else { &label };
            writeln!(out, "[{label}](<{address}> \"{title}\")")
        }
    }
}

/// The text of a block with its marks as Markdown writes them.
fn marked(prose: ProseRef<'_>, block: &Block) -> String {
    let (from, to) = (block.range.start, block.range.end);
    let marks: Vec<(u32, u32, MarkKind)> = prose
        .marks()
        .iter()
        .map(|mark| (mark.range.start.max(from), mark.range.end.min(to), mark.kind))
        .filter(|(start, end, _)| start < end)
        .collect();
    let mut edges: Vec<u32> =
        marks.iter().flat_map(|(start, end, _)| [*start, *end]).chain([from, to]).collect();
    edges.sort_unstable();
    edges.dedup();
    let mut out = String::new();
    // What is open: where it ends, and what it is. Markdown has no marks that cross: one that does ends with the other.
    let mut open: Vec<(u32, Kind<'_>)> = Vec::new();
    for (index, at) in edges.iter().enumerate() {
        if let Some(first) = open.iter().position(|(end, _)| end <= at) {
            open.split_off(first).iter().rev().for_each(|(_, kind)| out.push_str(&kind.closing()));
        }
        let mut starting: Vec<&(u32, u32, MarkKind)> =
            marks.iter().filter(|(start, _, _)| start == at).collect();
        starting.sort_by_key(|(_, end, _)| std::cmp::Reverse(*end));
        for (start, end, kind) in starting {
            let kind = Kind::new(*kind, prose, *start, *end);
            out.push_str(kind.opening());
            open.push((*end, kind));
        }
        if let Some(next) = edges.get(index + 1) {
            out.push_str(&escaped(prose.text().get(*at as usize..*next as usize).unwrap_or_default()));
        }
    }
    out.lines().map(guarded).collect::<Vec<_>>().join("\n")
}

/// How a mark is written.
#[derive(Debug, Clone, Copy)]
enum Kind<'a> {
    Emphasis(&'static str),
    Link(&'a str),
}

impl<'a> Kind<'a> {
    /// How a mark of `kind` from `start` to `end` is written.
    fn new(kind: MarkKind, prose: ProseRef<'a>, start: u32, end: u32) -> Self {
        let before = prose.text().get(..start as usize).and_then(|text| text.chars().next_back());
        let after = prose.text().get(end as usize..).and_then(|text| text.chars().next());
        // Within a word, an underscore is no mark; elsewhere it is told from the stars of what is bold.
        let is_word = [before, after].into_iter().flatten().any(char::is_alphanumeric);
        match kind {
            MarkKind::Bold => Self::Emphasis("**"),
            MarkKind::Italic if is_word => Self::Emphasis("*"),
            MarkKind::Italic => Self::Emphasis("_"),
            MarkKind::Link(number) => Self::Link(prose.links().get(number as usize).map_or("", Link::as_str)),
        }
    }

    fn opening(self) -> &'static str {
        match self {
            Self::Emphasis(mark) => mark,
            Self::Link(_) => "[",
        }
    }

    fn closing(self) -> String {
        match self {
            Self::Emphasis(mark) => mark.to_owned(),
            Self::Link(address) => format!("](<{address}>)"),
        }
    }
}

/// `text` over several lines, each but the first behind `lead`, whose ends are those of lines of the text.
fn broken(text: &str, lead: &str) -> String {
    text.replace('\n', &format!("\\\n{lead}"))
}

/// `text` with everything that Markdown would take for markup escaped.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        if matches!(char, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&') {
            out.push('\\');
        }
        out.push(char);
    }
    out
}

/// `text` escaped for a heading, at whose end `#` would go.
pub fn heading(text: &str) -> String {
    let escaped = escaped(text);
    match escaped.strip_suffix('#') {
        Some(start) => format!("{start}\\#"),
        None => escaped,
    }
}

/// Escapes what would make `line` a heading, a list item or a rule.
fn guarded(line: &str) -> String {
    let digits = line.len() - line.trim_start_matches(|char: char| char.is_ascii_digit()).len();
    let (number, rest) = line.split_at(digits);
    let is_numbered = digits > 0 && rest.starts_with(['.', ')']);
    if line.starts_with(['#', '-', '+', '=', '!']) {
        format!("\\{line}")
    } else if is_numbered {
        format!("{number}\\{rest}")
    } else {
        line.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_feed_becomes_markup() {
        assert_eq!(escaped("*a* [b](c) <i>"), "\\*a\\* \\[b\\](c) \\<i\\>");
        let lines = ["# no", "1. no", "- no", "12 yes"].map(guarded);
        assert_eq!(lines, ["\\# no", "1\\. no", "\\- no", "12 yes"]);
        assert_eq!(heading("C#"), "C\\#");
    }
}
