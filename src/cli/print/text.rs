//! Printing for reading: wrapped to the terminal, times at the left, quotes and numbers highlighted where there is colour.

use std::{
    collections::HashSet,
    io::{self, IsTerminal, Write},
    ops::Range,
};

use chrono::NaiveDate;
use ratatui::style::Style;

use crate::{
    app::{
        Clock,
        compose::{Composed, TextLine},
    },
    model::{Entry, Location, Media, Row, SourceId, State, Timeline, entry::Label},
    story::{Query, facts::Findings},
    text::{
        line::Line,
        prose::{BlockKind, ProseRef},
        span::{self, Span},
        when, width,
    },
    view::theme::{self, Background, Colours, Ink, Theme},
};

use super::{Print, Told, Writer, ansi};

/// The width where there is no terminal to ask.
const WIDTH: usize = 80;

/// Text.
pub(super) struct Text {
    pub(super) clock: Clock,
    today: NaiveDate,
    day: Option<NaiveDate>,
    pub(super) width: usize,
    /// None where nothing is to be coloured.
    pub(super) theme: Option<&'static Theme>,
    query: Query,
    pub(super) is_ascii: bool,
    /// The sources that were introduced.
    introduced: HashSet<SourceId>,
    /// What each source is called, where there are several.
    names: Vec<Line>,
}

impl Text {
    pub(super) fn new(print: &Print) -> Self {
        let terminal = || crossterm::terminal::size().ok().map(|(columns, _)| usize::from(columns));
        let width = if io::stdout().is_terminal() { terminal() } else { None };
        let colours = print.common.colours;
        let theme = print.common.theme.unwrap_or_else(|| theme::choose(Background::Unknown, colours));
        let theme = (colours != Colours::None).then(|| theme::counted(theme, colours));
        Self {
            clock: print.clock,
            today: print.zone.at(print.now).date_naive(),
            day: None,
            width: width.unwrap_or(WIDTH).max(20),
            theme,
            query: print.query.clone(),
            is_ascii: print.is_ascii,
            introduced: HashSet::new(),
            names: match print.locations.as_slice() {
                [_] => Vec::new(),
                several => several.iter().map(Location::name).collect(),
            },
        }
    }

    pub(super) fn style(&self, ink: Ink) -> Style {
        self.theme.map(|theme| theme.style(ink)).unwrap_or_default()
    }

    /// Writes `range` of a text, each piece in the style of its roles.
    fn pieces(&self, text: &str, range: Range<usize>, spans: &[Span], base: Style) -> String {
        span::pieces(range, spans)
            .map(|(piece, roles)| {
                let style = self.theme.map_or(base, |theme| theme.compose(base, roles));
                ansi::styled(text.get(piece).unwrap_or_default(), style)
            })
            .collect()
    }

    fn prose(
        &self,
        out: &mut dyn Write,
        prose: ProseRef<'_>,
        media: &[Media],
        indent: usize,
    ) -> io::Result<()> {
        let findings = Findings::of(prose);
        let composed = Composed::prose(prose, &findings, &self.query.hits(prose.text()));
        let measure = self.width.saturating_sub(indent).max(10);
        let pad = " ".repeat(indent);
        let mut before = None;
        let mut placed = vec![false; media.len()];
        for (block, lines) in composed.blocks.iter().zip(composed.lines(&findings, measure)) {
            if !(before == Some(BlockKind::ListItem) && block.kind == BlockKind::ListItem) {
                writeln!(out)?;
            }
            before = Some(block.kind);
            if let BlockKind::Image(number) | BlockKind::Embed(number) = block.kind {
                if let Some(medium) = media.get(number as usize) {
                    placed[number as usize] = true;
                    self.medium(out, medium, &pad)?;
                }
                continue;
            }
            let base =
                self.style(if matches!(block.kind, BlockKind::Heading(_)) { Ink::Strong } else { Ink::Text });
            for line in lines {
                let lead = self.lead(&line);
                let text = self.pieces(&composed.text, line.range, &composed.spans, base);
                writeln!(out, "{pad}{lead}{text}")?;
            }
        }
        for (medium, _) in media.iter().zip(placed).filter(|(_, is_placed)| !is_placed) {
            writeln!(out)?;
            self.medium(out, medium, &pad)?;
        }
        for (index, link) in composed.links.iter().enumerate() {
            if index == 0 {
                writeln!(out)?;
            }
            writeln!(out, "{pad}[{}] {}", index + 1, ansi::styled(link, self.style(Ink::Link)))?;
        }
        Ok(())
    }

    /// What stands before a line: the bar of speech, the mark of an item.
    fn lead(&self, line: &TextLine) -> &'static str {
        match (line.has_bar, line.kind, line.is_first) {
            (true, ..) if self.is_ascii => "| ",
            (true, ..) => "▎ ",
            (_, BlockKind::ListItem, true) if self.is_ascii => "- ",
            (_, BlockKind::ListItem, true) => "• ",
            (_, BlockKind::ListItem, false) => "  ",
            _ => "",
        }
    }

    fn medium(&self, out: &mut dyn Write, medium: &Media, pad: &str) -> io::Result<()> {
        let mut label = format!("[{}]", medium.kind.name());
        if !medium.text.is_empty() {
            label = format!("{label} {}", medium.text);
        }
        if !medium.credit.is_empty() {
            label = format!("{label} ({})", medium.credit);
        }
        let measure = self.width.saturating_sub(pad.len()).max(10);
        for line in crate::text::wrap::wrap(&label, measure, measure) {
            let line = label.get(line).unwrap_or_default();
            writeln!(out, "{pad}{}", ansi::styled(line, self.style(Ink::Dim)))?;
        }
        Ok(())
    }

    fn day_heading(&mut self, out: &mut dyn Write, day: NaiveDate) -> io::Result<()> {
        self.day = Some(day);
        let (rule, words) = (if self.is_ascii { "-" } else { "─" }, when::day(day, self.today));
        let rest = self.width.saturating_sub(width::width(&words) + 4);
        let line = format!("{} {words} {}", rule.repeat(2), rule.repeat(rest));
        writeln!(out, "\n{}", ansi::styled(&line, self.style(Ink::Dim)))
    }

    /// Writes what a blog is, once.
    pub(super) fn introduce(&mut self, out: &mut dyn Write, told: &Told<'_>) -> io::Result<()> {
        let is_first = self.introduced.is_empty();
        if !self.introduced.insert(told.source) {
            return Ok(());
        }
        if !is_first {
            writeln!(out)?;
        }
        let bold = self.style(Ink::Strong);
        let title = told.blog.title.as_option().unwrap_or(&told.name);
        for line in crate::text::wrap::wrap(title, self.width, self.width) {
            writeln!(out, "{}", ansi::styled(title.get(line).unwrap_or_default(), bold))?;
        }
        let state = match told.blog.state {
            State::Live => Some("live"),
            State::Ended => Some("ended"),
            State::Unknown => None,
        };
        let name = self.names.get(usize::from(told.source));
        let mut about: Vec<&str> = name.map(Line::as_str).filter(|name| *name != title).into_iter().collect();
        about.extend(told.blog.publisher.as_option());
        about.extend(told.blog.authors.iter().map(Line::as_str));
        about.extend(state);
        about.extend(told.blog.partial.as_option());
        if !about.is_empty() {
            writeln!(out, "{}", ansi::styled(&about.join(" · "), self.style(Ink::Dim)))?;
        }
        Ok(())
    }
}

impl Writer for Text {
    fn blog(&mut self, out: &mut dyn Write, told: &Told<'_>) -> io::Result<()> {
        let is_known = self.introduced.contains(&told.source);
        self.introduce(out, told)?;
        if told.with_standfirst && !is_known {
            self.prose(out, told.blog.standfirst.as_ref(), &[], 0)?;
        }
        Ok(())
    }

    fn entry(
        &mut self,
        out: &mut dyn Write,
        _row: Row,
        entry: Entry<'_>,
        is_revised: bool,
    ) -> io::Result<()> {
        let shown = entry.published().map(|stamp| (self.clock.show(stamp), stamp.is_assumed()));
        if let Some((time, _)) = shown
            && self.day != Some(time.date_naive())
        {
            self.day_heading(out, time.date_naive())?;
        }
        let clock = shown.map(|(time, is_assumed)| when::clock(time, is_assumed)).unwrap_or_default();
        let indent = 7;
        let bold = self.style(Ink::Strong);
        let time = ansi::styled(&format!("{clock:indent$}"), self.style(Ink::Dim));
        let name = self.names.get(usize::from(entry.source()));
        let mut about: Vec<String> = name.map(Line::to_string).into_iter().collect();
        about.extend(entry.authors().map(str::to_owned));
        about.extend(entry.kinds().names().map(|kind| kind_words(kind).to_uppercase()));
        about.extend(is_revised.then(|| "edited".to_owned()));
        let about = ansi::styled(&about.join(" · "), self.style(Ink::Dim));
        writeln!(out)?;
        if let Some(headline) = entry.headline() {
            let findings = Findings::new(headline);
            let composed = Composed::line(headline, &findings, &self.query.hits(headline));
            let measure = self.width.saturating_sub(indent).max(10);
            for (index, line) in crate::text::wrap::wrap(headline, measure, measure).into_iter().enumerate() {
                let lead = if index == 0 { time.clone() } else { " ".repeat(indent) };
                writeln!(out, "{lead}{}", self.pieces(headline, line, &composed.spans, bold))?;
            }
            if !about.is_empty() {
                writeln!(out, "{}{about}", " ".repeat(indent))?;
            }
        } else {
            let time = if about.is_empty() { ansi::styled(&clock, self.style(Ink::Dim)) } else { time };
            if !clock.is_empty() || !about.is_empty() {
                writeln!(out, "{time}{about}")?;
            }
        }
        self.prose(out, entry.body(), entry.media(), indent)?;
        if let Some(link) = entry.link() {
            writeln!(out, "\n{}{}", " ".repeat(indent), ansi::styled(link.as_str(), self.style(Ink::Link)))?;
        }
        Ok(())
    }

    fn removed(&mut self, out: &mut dyn Write, entry: Entry<'_>) -> io::Result<()> {
        let words = format!("taken down: {}", label(entry));
        writeln!(out, "\n{}", ansi::styled(&words, self.style(Ink::Dim)))
    }

    fn end(&mut self, _out: &mut dyn Write, _timeline: &Timeline) -> io::Result<()> {
        Ok(())
    }
}

/// What stands for an entry in one line.
pub(super) fn label(entry: Entry<'_>) -> &str {
    match entry.label() {
        Label::Headline(text) | Label::Beginning(text) | Label::Media(text) => text,
    }
}

/// A kind of entry in words.
pub(super) fn kind_words(kind: &str) -> &str {
    if kind == "key" { "key event" } else { kind }
}
