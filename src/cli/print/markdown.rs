//! Printing as Markdown: a heading for the blog, one for each day, one for each entry.

use std::io::{self, Write};

use chrono::NaiveDate;

use crate::{
    app::Clock,
    model::{Entry, Media},
    text::{
        prose::{Block, BlockKind, MarkKind, ProseRef},
        when,
    },
};

use super::{Print, Told, Writer};

/// Markdown.
pub(super) struct Markdown {
    clock: Clock,
    day: Option<NaiveDate>,
}

impl Markdown {
    pub(super) fn new(print: &Print) -> Self {
        Self { clock: print.clock, day: None }
    }
}

impl Writer for Markdown {
    fn blog(&mut self, out: &mut dyn Write, told: &Told<'_>) -> io::Result<()> {
        let title = told.blog.title.as_option().unwrap_or(&told.name);
        writeln!(out, "# {}\n", escaped(title))?;
        if let Some(publisher) = told.blog.publisher.as_option() {
            writeln!(out, "*{}*\n", escaped(publisher))?;
        }
        if told.with_standfirst {
            prose(out, told.blog.standfirst.as_ref(), &[])?;
        }
        Ok(())
    }

    fn entry(&mut self, out: &mut dyn Write, entry: Entry<'_>, is_revised: bool) -> io::Result<()> {
        let time = entry.published().map(|stamp| (stamp, self.clock.show(stamp)));
        if let Some((_, time)) = time
            && self.day != Some(time.date_naive())
        {
            self.day = Some(time.date_naive());
            writeln!(out, "## {}\n", time.format("%A %-d %B %Y"))?;
        }
        let clock = time.map(|(stamp, time)| when::clock(time, stamp.is_assumed()));
        let parts = [clock.map(|clock| escaped(&clock)), entry.headline().map(escaped)];
        let heading: Vec<String> = parts.into_iter().flatten().collect();
        writeln!(out, "### {}\n", if heading.is_empty() { "·".to_owned() } else { heading.join(" · ") })?;
        let authors: Vec<String> = entry.authors().map(escaped).collect();
        let mut about: Vec<String> = authors.iter().map(|author| format!("*{author}*")).collect();
        about.extend(entry.kinds().names().map(|kind| format!("**{}**", super::text::kind_words(kind))));
        about.extend(is_revised.then(|| "edited".to_owned()));
        if !about.is_empty() {
            writeln!(out, "{}\n", about.join(" · "))?;
        }
        prose(out, entry.body(), entry.media())?;
        if let Some(link) = entry.link() {
            writeln!(out, "<{link}>\n")?;
        }
        Ok(())
    }

    fn removed(&mut self, out: &mut dyn Write, entry: Entry<'_>) -> io::Result<()> {
        writeln!(out, "*Taken down: {}*\n", escaped(super::text::label(entry)))
    }

    fn end(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

fn prose(out: &mut dyn Write, prose: ProseRef<'_>, media: &[Media]) -> io::Result<()> {
    let blocks = prose.blocks();
    let mut placed = vec![false; media.len()];
    for (index, block) in blocks.iter().enumerate() {
        let text = marked(prose, block);
        match block.kind {
            BlockKind::Paragraph => writeln!(out, "{text}")?,
            BlockKind::Heading(level) => {
                writeln!(
                    out,
                    "{} {}",
                    "#".repeat(usize::from(level.clamp(1, 3)) + 3),
                    text.replace('\n', " ")
                )?;
            }
            BlockKind::Quote => {
                for line in text.lines() {
                    writeln!(out, "> {line}")?;
                }
            }
            BlockKind::ListItem => writeln!(out, "- {}", text.replace('\n', "\n  "))?,
            BlockKind::Image(number) | BlockKind::Embed(number) => {
                if let Some(medium) = media.get(number as usize) {
                    placed[number as usize] = true;
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

fn medium_line(out: &mut dyn Write, medium: &Media) -> io::Result<()> {
    let mut label = escaped(if medium.text.is_empty() { medium.kind.name() } else { &medium.text });
    if !medium.credit.is_empty() {
        label = format!("{label} ({})", escaped(&medium.credit));
    }
    match (&medium.link, medium.kind) {
        (Some(link), crate::model::MediaKind::Image) => writeln!(out, "![{label}](<{link}>)"),
        (Some(link), _) => writeln!(out, "[{label}](<{link}>)"),
        (None, _) => writeln!(out, "*{label}*"),
    }
}

/// The text of a block with its marks as Markdown writes them.
fn marked(prose: ProseRef<'_>, block: &Block) -> String {
    // What opens or closes at each place; closings come first, so that marks do not cross.
    let mut edges: Vec<(u32, bool, String)> = Vec::new();
    for mark in prose.marks() {
        let (start, end) = (mark.range.start.max(block.range.start), mark.range.end.min(block.range.end));
        if start >= end {
            continue;
        }
        let (open, close) = match mark.kind {
            MarkKind::Bold => ("**".to_owned(), "**".to_owned()),
            MarkKind::Italic => ("*".to_owned(), "*".to_owned()),
            MarkKind::Link(link) => match prose.links().get(link as usize) {
                Some(link) => ("[".to_owned(), format!("](<{link}>)")),
                None => continue,
            },
        };
        edges.push((start, true, open));
        edges.push((end, false, close));
    }
    edges.sort_by_key(|(at, opens, _)| (*at, *opens));
    let mut out = String::new();
    let mut from = block.range.start;
    for (at, _, edge) in edges {
        out.push_str(&escaped(prose.text().get(from as usize..at as usize).unwrap_or_default()));
        out.push_str(&edge);
        from = at;
    }
    out.push_str(&escaped(prose.text().get(from as usize..block.range.end as usize).unwrap_or_default()));
    guard_line_starts(&out)
}

/// `text` with everything that Markdown would take for markup escaped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        if matches!(char, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&') {
            out.push('\\');
        }
        out.push(char);
    }
    out
}

/// Escapes what would make a line a heading, a list item or a rule.
fn guard_line_starts(text: &str) -> String {
    let guard = |line: &str| {
        let digits = line.len() - line.trim_start_matches(|char: char| char.is_ascii_digit()).len();
        let is_numbered = digits > 0 && line.get(digits..).is_some_and(|rest| rest.starts_with(['.', ')']));
        if line.starts_with(['#', '-', '+', '=']) {
            format!("\\{line}")
        } else if is_numbered {
            format!("{}\\{}", line.get(..digits).unwrap_or_default(), line.get(digits..).unwrap_or_default())
        } else {
            line.to_owned()
        }
    };
    text.lines().map(guard).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_feed_becomes_markup() {
        assert_eq!(escaped("*a* [b](c) <i>"), "\\*a\\* \\[b\\](c) \\<i\\>");
        assert_eq!(guard_line_starts("# no\n1. no\n- no\n12 yes"), "\\# no\n1\\. no\n\\- no\n12 yes");
    }
}
