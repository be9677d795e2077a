//! Printing: what sources say, merged, and written as text, Markdown or JSON.
//!
//! Without following everything is read first and printed once. While following, what is there is printed oldest first,
//! then each entry once as it comes, and again when it is revised; an entry whose end is not certain waits for its end.
//! A source that keeps the others waiting is printed when it has come.

mod ansi;
mod found;
mod grouped;
mod json;
mod markdown;
mod sources;
mod text;

use std::{
    collections::HashSet,
    io::{self, BufWriter, Write},
    ops::ControlFlow,
    sync::Arc,
    time::Duration,
};

use crate::{
    app::Order,
    model::{Blog, Change, Entry, News, Problem, Reading, Row, SourceId, Timeline},
    runtime::{self, Heard},
    source::Source,
    story::{Admission, View},
    text::line::Line,
};

use super::{Error, FAULT, NO_MATCH, STRICT, UNREADABLE, args::Output, options::Print};
use sources::Sources;

/// How long sources that are followed are waited for, so that what is there is printed in one order.
const PATIENCE: Duration = Duration::from_secs(2);

/// Writes blogs, entries and removals in one way.
trait Writer {
    /// A blog, for the first time or changed.
    fn blog(&mut self, out: &mut dyn Write, blog: &Told<'_>) -> io::Result<()>;
    /// An entry, for the first time or revised.
    fn entry(&mut self, out: &mut dyn Write, row: Row, entry: Entry<'_>, is_revised: bool) -> io::Result<()>;
    /// An entry that was printed has been taken down.
    fn removed(&mut self, out: &mut dyn Write, entry: Entry<'_>) -> io::Result<()>;
    /// There is no more in `timeline`.
    fn end(&mut self, out: &mut dyn Write, timeline: &Timeline) -> io::Result<()>;
}

/// What is told of a blog.
struct Told<'a> {
    source: SourceId,
    location: Line,
    name: Line,
    format: &'static str,
    blog: &'a Blog,
    problems: Vec<&'a Problem>,
    /// Whether the standfirst is asked for.
    with_standfirst: bool,
}

/// Prints what `print` asks for; gives the exit code.
pub(super) fn run(print: &Print) -> Result<u8, Error> {
    let open = |(id, location)| Source::open(location, id, &print.common.source);
    let opened: Vec<Source> = (0..).zip(&print.locations).map(open).collect();
    let finder = found::Finder::of(print);
    let writer: Box<dyn Writer> = match (print.output, finder) {
        (Output::Text | Output::Markdown, Some(finder)) => Box::new(grouped::Grouped::new(print, finder)),
        (Output::Json, Some(finder)) => Box::new(found::Document::new(finder)),
        (Output::Jsonl, Some(finder)) => Box::new(found::Lines::new(finder)),
        (Output::Text, None) => Box::new(text::Text::new(print)),
        (Output::Markdown, None) => Box::new(markdown::Markdown::new(print)),
        (Output::Json, None) => Box::new(json::Document::default()),
        (Output::Jsonl, None) => Box::new(json::Lines),
    };
    let out = BufWriter::with_capacity(64 << 10, io::stdout());
    let mut printer = Printer::new(print, writer, out);
    let patience = printer.patience();
    let streamed = runtime::stream(opened, patience, |heard| printer.heard(heard));
    let outcome = match streamed.map_err(|error| Error::new(FAULT, &error.to_string()))? {
        ControlFlow::Break(stop) => stop,
        ControlFlow::Continue(()) => printer.finish(),
    };
    match outcome {
        Stop::Written(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(0),
        Stop::Written(error) => {
            Err(Error::new(UNREADABLE, &format!("cannot write the output: {}", error.kind())))
        }
        Stop::Done => Ok(printer.verdict()),
    }
}

/// Why printing stops.
#[derive(Debug)]
enum Stop {
    Done,
    /// The output could not be written.
    Written(io::Error),
}

struct Printer<'a, W> {
    print: &'a Print,
    writer: Box<dyn Writer>,
    out: W,
    timeline: Timeline,
    /// Rows from here on arrived after what was there had been printed.
    opened: Option<Row>,
    /// First versions of the entries that were printed.
    printed: HashSet<Row>,
    /// What is looked for in entries, where it is not the entries that are asked for.
    finder: Option<found::Finder>,
    /// Whether something was found in a standfirst.
    has_standfirst: bool,
    sources: Sources,
}

impl<'a, W: Write> Printer<'a, W> {
    fn new(print: &'a Print, writer: Box<dyn Writer>, out: W) -> Self {
        Self {
            print,
            writer,
            out,
            timeline: Timeline::default(),
            opened: None,
            printed: HashSet::new(),
            finder: found::Finder::of(print),
            has_standfirst: false,
            sources: Sources::new(&print.locations),
        }
    }

    /// How long sources are waited for before what is there is printed without them. Where only what is new is asked
    /// for, nothing would be printed, and what a source held already would be taken for new.
    fn patience(&self) -> Option<Duration> {
        let is_due = self.print.common.source.follow.is_now() && self.sources.are_several();
        (is_due && self.print.view != View::New).then_some(PATIENCE)
    }

    fn heard(&mut self, heard: Heard) -> ControlFlow<Stop> {
        let done = match heard {
            Heard::News(News::Reading(reading)) => self.reading(reading),
            Heard::News(News::Status(source, status)) => {
                self.sources.note_status(source, &status);
                if self.opened.is_some() { self.open_source(source) } else { self.open_when_ready() }
            }
            // Nobody asks for anything here.
            Heard::News(News::Readiness(..) | News::Unfetched(..)) => Ok(()),
            Heard::Enough => {
                self.sources.are_enough();
                self.open_when_ready()
            }
        };
        match done {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => ControlFlow::Break(Stop::Written(error)),
        }
    }

    fn reading(&mut self, reading: Reading) -> io::Result<()> {
        let (source, is_complete) = (reading.source, reading.complete);
        self.sources.note_reading(source, is_complete);
        let change = self.timeline.merge(reading);
        // What went because there were too many is remembered no longer.
        if !change.dropped.is_empty() && self.printed.len() > 2 * self.timeline.order().len() {
            let timeline = &self.timeline;
            self.printed.retain(|row| !timeline.is_dropped(*row));
        }
        self.sources.tell_problems(source, &change.problems);
        if is_complete {
            self.sources.tell_the_rest(source);
        }
        if self.opened.is_none() {
            self.open_when_ready()
        } else if self.sources.is_open(source) {
            self.changed(source, &change)
        } else {
            self.open_source(source)
        }
    }

    /// Prints what is there of a source that was not waited for, once its first look is over.
    fn open_source(&mut self, source: SourceId) -> io::Result<()> {
        if !self.sources.open(source) {
            return Ok(());
        }
        self.print_blog(source)?;
        let is_its = |row: &Row| self.timeline.entry(*row).is_some_and(|entry| entry.source() == source);
        let mut rows: Vec<Row> = self.timeline.order().iter().copied().filter(is_its).collect();
        rows.retain(|row| self.is_wanted(*row));
        for row in rows {
            self.print_entry(row, false)?;
        }
        self.out.flush()
    }

    /// While following, prints what is there as soon as no source is waited for.
    fn open_when_ready(&mut self) -> io::Result<()> {
        if self.print.common.source.follow.is_now() && self.sources.are_ready() {
            self.open()
        } else {
            Ok(())
        }
    }

    /// Prints what is there, once.
    fn open(&mut self) -> io::Result<()> {
        if self.opened.is_some() {
            return Ok(());
        }
        self.opened = Some(self.timeline.row_count() as Row);
        let mut rows: Vec<Row> = self.timeline.order().to_vec();
        rows.retain(|row| self.is_wanted(*row));
        // For people, nothing is printed when nothing matches; programs are told the blog.
        let is_for_people = matches!(self.print.output, Output::Text | Output::Markdown);
        if !rows.is_empty()
            || !is_for_people
            || self.finder.is_some()
            || !self.print.is_limited()
            || self.print.common.source.follow.is_now()
        {
            // Programs are told of each source in its place; people, once there is something to tell.
            let is_placed = self.print.common.source.follow.is_now() && !is_for_people;
            let told = if is_placed { self.sources.that_may_say() } else { self.sources.that_said() };
            for source in told {
                self.print_blog(source)?;
                self.sources.open(source);
            }
        }
        if let Some(limit) = self.print.limit {
            rows.drain(..rows.len().saturating_sub(limit));
        }
        self.arrange(&mut rows);
        for row in rows {
            self.print_entry(row, false)?;
        }
        self.out.flush()
    }

    /// Puts rows, which are oldest first, into the order asked for.
    fn arrange(&self, rows: &mut [Row]) {
        match self.print.order {
            Some(Order::Oldest) => {}
            Some(Order::Newest) => rows.reverse(),
            None if self.print.common.source.follow.is_now() || self.sources.are_several() => {}
            // As the source orders them: by where they stand in it.
            None => rows.sort_by_key(|row| {
                let place = self.timeline.place(*row);
                place.map(|place| (place.source, place.position.unsigned_abs(), place.row))
            }),
        }
    }

    /// Prints what a merge changed.
    fn changed(&mut self, source: SourceId, change: &Change) -> io::Result<()> {
        self.print_blog(source)?;
        for row in &change.added {
            if self.is_wanted(*row) {
                self.print_entry(*row, false)?;
                self.out.flush()?;
            }
        }
        for (_, row) in &change.revised {
            let is_known = self.printed.contains(&self.timeline.first_version(*row));
            if is_known || self.is_wanted(*row) {
                self.print_entry(*row, is_known)?;
                self.out.flush()?;
            }
        }
        for row in &change.restored {
            if self.is_wanted(*row) {
                self.print_entry(*row, true)?;
            }
        }
        for row in &change.removed {
            let is_known = self.printed.contains(&self.timeline.first_version(*row));
            if let Some(entry) = self.timeline.entry(*row).filter(|_| is_known) {
                self.writer.removed(&mut self.out, entry)?;
            }
        }
        self.out.flush()
    }

    fn is_wanted(&self, row: Row) -> bool {
        let Some(entry) = self.timeline.entry(row) else { return false };
        let admission = Admission {
            source: None,
            view: self.print.view,
            opened: self.opened,
            since: self.print.since,
            until: self.print.until,
        };
        admission.admits(&self.timeline, row)
            && !entry.is_open()
            && !self.timeline.is_removed(row)
            && self.print.query.matches(entry)
            && self.finder.as_ref().is_none_or(|finder| finder.finds_in_entry(entry))
    }

    fn print_entry(&mut self, row: Row, is_revised: bool) -> io::Result<()> {
        let Some(entry) = self.timeline.entry(row) else { return Ok(()) };
        self.printed.insert(self.timeline.first_version(row));
        self.writer.entry(&mut self.out, row, entry, is_revised)
    }

    /// Prints the blog of a source, unless it was printed as it is.
    fn print_blog(&mut self, source: SourceId) -> io::Result<()> {
        let blog = self.timeline.blog(source).map(Arc::clone).unwrap_or_default();
        let printed = (blog, self.timeline.format(source));
        let state = self.sources.get(source).filter(|state| state.blog.as_ref() != Some(&printed));
        let Some(state) = state else { return Ok(()) };
        let (blog, format) = &printed;
        let query = &self.print.query;
        let problems = self.timeline.problems().filter(|(of, _)| *of == source);
        let told = Told {
            source,
            location: state.location.printed(),
            name: state.location.name(),
            format,
            blog,
            problems: problems.map(|(_, problem)| problem).collect(),
            with_standfirst: match &self.finder {
                None => self.print.view == View::Entries && query.matches_prose(blog.standfirst.as_ref()),
                Some(finder) => {
                    let is_timeless = self.print.since.is_none() && self.print.until.is_none();
                    is_timeless && finder.finds_in_standfirst(blog.standfirst.as_ref())
                }
            },
        };
        self.has_standfirst |= self.finder.is_some() && told.with_standfirst;
        state.blog = Some(printed.clone());
        self.writer.blog(&mut self.out, &told)?;
        self.out.flush()
    }

    /// The sources have said all.
    fn finish(&mut self) -> Stop {
        if self.sources.that_said().is_empty() {
            return Stop::Done;
        }
        let written = self
            .open()
            .and_then(|()| self.writer.end(&mut self.out, &self.timeline))
            .and_then(|()| self.out.flush());
        match written {
            Ok(()) => Stop::Done,
            Err(error) => Stop::Written(error),
        }
    }

    /// The exit code of a run that printed what it could.
    fn verdict(&mut self) -> u8 {
        (0..).zip(&self.print.locations).for_each(|(source, _)| self.sources.tell_the_rest(source));
        if let Some(code) = self.sources.failed() {
            return code;
        }
        let unreadable = self.timeline.unreadable();
        if self.print.common.is_strict && unreadable > 0 {
            return STRICT;
        }
        let is_none = self.printed.is_empty() && !self.has_standfirst && !self.timeline.is_empty();
        if is_none && self.print.is_limited() { NO_MATCH } else { 0 }
    }
}
