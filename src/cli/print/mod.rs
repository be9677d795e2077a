//! Printing: what sources say, merged, and written as text, Markdown or JSON.
//!
//! Without following everything is read first and printed once. While following, what is there is printed oldest first,
//! then each entry once as it comes, and again when it is revised; an entry whose end is not certain waits for its end.
//! What was printed of an entry last is what the timeline says of it. A source that keeps the others waiting is printed
//! when it has come.

mod ansi;
mod found;
mod grouped;
mod json;
mod markdown;
mod printed;
mod sources;
mod text;

use std::{
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
use printed::{Due, Printed};
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
    /// Whether what is there was printed.
    is_open: bool,
    printed: Printed,
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
            is_open: false,
            printed: Printed::default(),
            finder: found::Finder::of(print),
            has_standfirst: false,
            sources: Sources::new(&print.locations),
        }
    }

    /// How long sources are waited for before what is there is printed without them.
    fn patience(&self) -> Option<Duration> {
        (self.follows() && self.sources.are_several()).then_some(PATIENCE)
    }

    fn follows(&self) -> bool {
        self.print.common.source.follow.is_now()
    }

    fn heard(&mut self, heard: Heard) -> ControlFlow<Stop> {
        let done = match heard {
            Heard::News(News::Reading(reading)) => self.reading(reading),
            Heard::News(News::Status(source, status)) => {
                self.sources.note_status(source, &status, self.timeline.row_count() as Row);
                if self.is_open { self.open_source(source) } else { self.open_when_ready() }
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
        let change = self.timeline.merge(reading);
        self.sources.note_reading(source, is_complete, self.timeline.row_count() as Row);
        if !change.dropped.is_empty() {
            self.printed.forget_dropped(&self.timeline);
        }
        self.sources.tell_problems(source, &change.problems, change.problems_left_out);
        if is_complete {
            self.sources.tell_the_rest(source);
        }
        if !self.is_open {
            return self.open_when_ready();
        }
        self.open_source(source)?;
        self.changed(source, &change)
    }

    /// Prints what is there of a source that was not waited for, once its first look is over.
    fn open_source(&mut self, source: SourceId) -> io::Result<()> {
        if !self.sources.open(source) {
            return Ok(());
        }
        self.print_blog(source)?;
        self.leave_out(source);
        let is_its = |row: &Row| self.timeline.entry(*row).is_some_and(|entry| entry.source() == source);
        let rows: Vec<Row> = self.timeline.order().iter().copied().filter(is_its).collect();
        for row in rows {
            self.print_due(row)?;
        }
        self.out.flush()
    }

    /// While following, prints what is there as soon as no source is waited for.
    fn open_when_ready(&mut self) -> io::Result<()> {
        if self.follows() && self.sources.are_ready() { self.open() } else { Ok(()) }
    }

    /// Prints what is there, once.
    fn open(&mut self) -> io::Result<()> {
        if self.is_open {
            return Ok(());
        }
        let mut rows: Vec<Row> = self.timeline.order().to_vec();
        rows.retain(|row| self.is_wanted(*row));
        let over = self.over_limit(&rows);
        let left_out = rows.drain(..over).next_back().and_then(|row| self.timeline.place(row));
        self.is_open = true;
        self.sources.begin(self.timeline.row_count() as Row, left_out);
        let is_any = over > 0 || !rows.is_empty();
        // For people, nothing is printed when nothing matches; programs are told the blog.
        let is_for_people = matches!(self.print.output, Output::Text | Output::Markdown);
        if is_any || !is_for_people || self.finder.is_some() || !self.print.is_limited() || self.follows() {
            // Programs are told of each source in its place; people, once there is something to tell.
            let is_placed = self.follows() && !is_for_people;
            let told = if is_placed { self.sources.that_may_say() } else { self.sources.that_said() };
            for source in told {
                self.print_blog(source)?;
                self.sources.open(source);
            }
        }
        self.arrange(&mut rows);
        for row in rows {
            self.print_as(row, Due::Entry)?;
        }
        self.out.flush()
    }

    /// Puts rows, which are oldest first, into the order asked for.
    fn arrange(&self, rows: &mut [Row]) {
        match self.print.order {
            Some(Order::Oldest) => {}
            Some(Order::Newest) => rows.reverse(),
            None if self.follows() || self.sources.are_several() => {}
            // As the source orders them: by where they stand in it.
            None => rows.sort_by_key(|row| {
                let place = self.timeline.place(*row);
                place.map(|place| (place.source, place.position.unsigned_abs(), place.row))
            }),
        }
    }

    /// Prints what a merge changed: entries in their order, then what was taken down.
    fn changed(&mut self, source: SourceId, change: &Change) -> io::Result<()> {
        if self.sources.is_open(source) {
            self.print_blog(source)?;
        }
        let revised = change.revised.iter().map(|(_, new)| new);
        let rows = change.added.iter().chain(revised).chain(&change.restored).chain(&change.removed).copied();
        // What waited for its place may be of any source.
        let is_open =
            |row: &Row| self.timeline.entry(*row).is_some_and(|entry| self.sources.is_open(entry.source()));
        let mut rows: Vec<Row> = rows.filter(|row| self.timeline.is_current(*row) && is_open(row)).collect();
        rows.sort_by_cached_key(|row| (self.timeline.is_removed(*row), self.timeline.place(*row)));
        rows.dedup();
        for row in rows {
            self.print_due(row)?;
            // Each at once, and whole.
            self.out.flush()?;
        }
        Ok(())
    }

    fn is_wanted(&self, row: Row) -> bool {
        let Some(entry) = self.timeline.entry(row) else { return false };
        let admission = Admission {
            source: None,
            view: self.print.view,
            opened: self.sources.opened(entry.source()),
            since: self.print.since,
            until: self.print.until,
        };
        admission.admits(&self.timeline, row)
            && !entry.is_open()
            && !self.timeline.is_removed(row)
            && !self.is_left_out(row, entry.source())
            && self.print.query.matches(entry)
            && self.finder.as_ref().is_none_or(|finder| finder.finds_in_entry(entry))
    }

    /// Leaves out what was there of `source`, which came late, unless it is among the newest of all that was there.
    fn leave_out(&mut self, source: SourceId) {
        if self.print.limit.is_none() {
            return;
        }
        let was_there =
            |row: &Row| self.timeline.entry(*row).is_some_and(|entry| self.was_there(*row, entry.source()));
        let mut there: Vec<Row> = self.timeline.order().to_vec();
        there.retain(|row| was_there(row) && self.is_wanted(*row));
        let last = there.drain(..self.over_limit(&there)).next_back();
        if let Some(last) = last.and_then(|last| self.timeline.place(last)) {
            self.sources.leave_out(source, last);
        }
    }

    /// How many of `rows` are more than were asked for.
    fn over_limit(&self, rows: &[Row]) -> usize {
        self.print.limit.map_or(0, |limit| rows.len().saturating_sub(limit))
    }

    /// Whether the entry in `row` was there already when its source began to be printed, and stands before as many as were
    /// asked for.
    fn is_left_out(&self, row: Row, source: SourceId) -> bool {
        let Some(last) = self.sources.left_out(source) else { return false };
        self.timeline.place(row).is_some_and(|place| place <= last) && self.was_there(row, source)
    }

    /// Whether the entry in `row` was there already when its `source` began to be printed.
    fn was_there(&self, row: Row, source: SourceId) -> bool {
        self.timeline.first_version(row) < self.sources.news(source)
    }

    /// Prints what is due of the entry in `row`.
    fn print_due(&mut self, row: Row) -> io::Result<()> {
        match self.printed.due(&self.timeline, row) {
            Some(Due::Entry) if !self.is_wanted(row) => Ok(()),
            Some(due) => self.print_as(row, due),
            None => Ok(()),
        }
    }

    /// Prints the entry in `row` as what is due of it.
    fn print_as(&mut self, row: Row, due: Due) -> io::Result<()> {
        let Some(entry) = self.timeline.entry(row) else { return Ok(()) };
        if self.follows() {
            self.printed.note(&self.timeline, row, due);
        } else {
            self.printed.note_any();
        }
        match due {
            Due::Entry | Due::Revision => self.writer.entry(&mut self.out, row, entry, due == Due::Revision),
            Due::Removal => self.writer.removed(&mut self.out, entry),
        }
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
        // What is followed might have matched later: that it ended is no failure.
        if is_none && self.print.is_limited() && !self.follows() { NO_MATCH } else { 0 }
    }
}

#[cfg(test)]
mod tests;
