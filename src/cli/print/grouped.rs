//! Printing for people who said what, and the numbers and how they moved: sorted when all is read.

use std::{
    collections::HashSet,
    io::{self, Write},
};

use chrono::NaiveDate;

use crate::{
    app::Order,
    feed::formats::markdown::write as markdown,
    model::{Entry, Row, Stamp, Timeline},
    story::{
        Holder, Ledger, Spot, Voices,
        ledger::Figure,
        voices::{Voice, Words},
    },
    text::{
        span::{Role, Roles},
        when, wrap,
    },
    view::theme::Ink,
};

use super::{Print, Told, Writer, ansi, found::Finder, text::Text};
use crate::cli::args::Output;

/// How far what is said stands from the left.
const INDENT: usize = 2;

/// Quotes by speaker, or numbers by what they count.
pub(super) struct Grouped {
    text: Text,
    markdown: Option<markdown::Writer>,
    is_newest_first: bool,
    finder: Finder,
    /// The blogs as they are introduced, if anything is found.
    introduction: Vec<u8>,
    /// What is asked for.
    holders: HashSet<Holder>,
}

impl Grouped {
    pub(super) fn new(print: &Print, finder: Finder) -> Self {
        Self {
            text: Text::new(print),
            markdown: (print.output == Output::Markdown).then(markdown::Writer::default),
            is_newest_first: print.order == Some(Order::Newest),
            finder,
            introduction: Vec::new(),
            holders: HashSet::new(),
        }
    }

    fn voices(&self, out: &mut dyn Write, timeline: &Timeline) -> io::Result<()> {
        let mut voices = Voices::default();
        all(timeline).for_each(|holder| voices.take(timeline, holder));
        let speaker = |words: &Words| words.speaker.and_then(|speaker| speaker.text(timeline));
        let voices = voices.only(|words| {
            self.holders.contains(&words.spot.holder) && self.finder.lets_speak(speaker(words))
        });
        let spots = voices.iter().flat_map(|voice| &voice.quotes).map(|words| words.spot);
        let times = Times::new(&self.text, timeline, spots);
        for Voice { name, mut quotes } in voices {
            let count = format!("{} {}", quotes.len(), if quotes.len() == 1 { "quote" } else { "quotes" });
            self.heading(out, name.as_deref().unwrap_or("not attributed"), &count)?;
            if self.is_newest_first {
                quotes.reverse();
            }
            for words in quotes {
                let text = words.spot.text(timeline).unwrap_or_default();
                self.line(out, &times.of(timeline, words.spot), times.width, text, Role::Quote)?;
            }
        }
        Ok(())
    }

    fn series(&self, out: &mut dyn Write, timeline: &Timeline) -> io::Result<()> {
        let mut ledger = Ledger::default();
        all(timeline).for_each(|holder| ledger.take(timeline, holder));
        let mut rows = ledger.only(|holder| self.holders.contains(&holder));
        let times =
            Times::new(&self.text, timeline, rows.iter().flat_map(|row| &row.figures).map(|f| f.spot));
        if self.is_newest_first {
            let moved = rows.iter().take_while(|series| series.has_moved()).count();
            rows.get_mut(moved..).unwrap_or_default().reverse();
        }
        let (mut before, arrow, dots) =
            if self.text.is_ascii { (None, " -> ", " ... ") } else { (None, " → ", " … ") };
        for series in &rows {
            let written = |figure: &Figure| figure.spot.text(timeline).unwrap_or_default();
            let steps: Vec<&str> = series.steps().map(written).collect();
            let ends = series.first().zip(series.latest());
            let mut when = ends.map(|(first, latest)| {
                let (first, latest) = (times.of(timeline, first.spot), times.of(timeline, latest.spot));
                if first == latest || first.is_empty() { latest } else { format!("{first}{dots}{latest}") }
            });
            when = when.filter(|when| !when.is_empty());
            let when = when.map(|when| format!(" ({when})")).unwrap_or_default();
            if before.replace(series.has_moved()).is_some_and(|before| before != series.has_moved()) {
                writeln!(out)?;
            }
            // A figure that stands alone is told by its sentence.
            let alone = series.first().filter(|_| series.figures.len() == 1);
            match alone.and_then(|figure| figure.spot.sentence(timeline)) {
                Some(sentence) => self.figures(out, &steps.concat(), &format!("{sentence}{when}"))?,
                None => self.figures(out, &series.label, &format!("{}{when}", steps.join(arrow)))?,
            }
        }
        Ok(())
    }

    fn heading(&self, out: &mut dyn Write, name: &str, about: &str) -> io::Result<()> {
        if self.markdown.is_some() {
            return writeln!(out, "\n## {} · {about}\n", markdown::heading(name));
        }
        let name = ansi::styled(name, self.text.style(Ink::Strong));
        writeln!(out, "\n{name}{}", ansi::styled(&format!(" · {about}"), self.text.style(Ink::Dim)))
    }

    /// A line of `text` after its time, wrapped.
    fn line(&self, out: &mut dyn Write, time: &str, width: usize, text: &str, role: Role) -> io::Result<()> {
        if self.markdown.is_some() {
            let gap = if time.is_empty() { "" } else { " " };
            return writeln!(out, "- {time}{gap}{}", markdown::escaped(text));
        }
        let indent = INDENT + width + usize::from(width > 0) * 2;
        let measure = self.text.width.saturating_sub(indent).max(10);
        let base = self.text.style(Ink::Text);
        let style = self.text.theme.map_or(base, |theme| theme.compose(base, Roles::from(role)));
        for (index, line) in wrap::wrap(text, measure, measure).into_iter().enumerate() {
            let time = if index == 0 { time } else { "" };
            let pad = indent - INDENT;
            let lead = ansi::styled(&format!("{:INDENT$}{time:pad$}", ""), self.text.style(Ink::Dim));
            writeln!(out, "{lead}{}", ansi::styled(text.get(line).unwrap_or_default(), style))?;
        }
        Ok(())
    }

    /// What was counted, and its values.
    fn figures(&self, out: &mut dyn Write, label: &str, values: &str) -> io::Result<()> {
        if self.markdown.is_some() {
            return writeln!(out, "- **{}**: {}", markdown::escaped(label), markdown::escaped(values));
        }
        let text = format!("{label}: {values}");
        let bold = self.text.style(Ink::Strong);
        let rest = self.text.width.saturating_sub(INDENT).max(10);
        for (index, line) in wrap::wrap(&text, self.text.width, rest).into_iter().enumerate() {
            let pad = if index == 0 { 0 } else { INDENT };
            let name = line.start..label.len().clamp(line.start, line.end);
            let (name, line) = (text.get(name.clone()), text.get(name.end..line.end));
            let name = ansi::styled(name.unwrap_or_default(), bold);
            writeln!(out, "{:pad$}{name}{}", "", line.unwrap_or_default())?;
        }
        Ok(())
    }
}

/// Everything that a timeline holds now.
fn all(timeline: &Timeline) -> impl Iterator<Item = Holder> {
    let rows = timeline.order().iter().copied().filter(|row| !timeline.is_removed(*row));
    timeline.sources().map(Holder::Standfirst).chain(rows.map(Holder::Entry))
}

/// How times are told: by the clock alone where all are of one day.
struct Times<'a> {
    text: &'a Text,
    has_days: bool,
    width: usize,
}

impl<'a> Times<'a> {
    fn new(text: &'a Text, timeline: &Timeline, spots: impl Iterator<Item = Spot>) -> Self {
        let days = spots.filter_map(|spot| Some(text.clock.show(stamp(timeline, spot)?).date_naive()));
        let days: HashSet<NaiveDate> = days.collect();
        let width = match days.len() {
            0 => 0,
            1 => "04:39".len(),
            _ => "Mon 28 04:39".len(),
        };
        Self { text, has_days: days.len() > 1, width }
    }

    /// The time of what stands at `spot`; empty where it has none.
    fn of(&self, timeline: &Timeline, spot: Spot) -> String {
        let Some(stamp) = stamp(timeline, spot) else { return String::new() };
        let time = self.text.clock.show(stamp);
        let clock = when::clock(time, stamp.is_assumed());
        if self.has_days { format!("{} {clock}", when::day_short(time.date_naive())) } else { clock }
    }
}

fn stamp(timeline: &Timeline, spot: Spot) -> Option<Stamp> {
    match spot.holder {
        Holder::Entry(row) => timeline.entry(row)?.published(),
        Holder::Standfirst(_) => None,
    }
}

impl Writer for Grouped {
    fn blog(&mut self, _out: &mut dyn Write, told: &Told<'_>) -> io::Result<()> {
        if told.with_standfirst {
            self.holders.insert(Holder::Standfirst(told.source));
        }
        match &mut self.markdown {
            Some(markdown) => markdown.blog(&mut self.introduction, told.blog, &told.name, false),
            None => self.text.introduce(&mut self.introduction, told),
        }
    }

    fn entry(
        &mut self,
        _out: &mut dyn Write,
        row: Row,
        _entry: Entry<'_>,
        _is_revised: bool,
    ) -> io::Result<()> {
        self.holders.insert(Holder::Entry(row));
        Ok(())
    }

    fn removed(&mut self, _out: &mut dyn Write, _entry: Entry<'_>) -> io::Result<()> {
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, timeline: &Timeline) -> io::Result<()> {
        if self.holders.is_empty() {
            return Ok(());
        }
        out.write_all(&self.introduction)?;
        if self.finder.finds_quotes() {
            return self.voices(out, timeline);
        }
        writeln!(out)?;
        self.series(out, timeline)
    }
}
