//! Printing: what sources say, merged, and written as text, Markdown or JSON.
//!
//! Without following everything is read first and printed once. While following, what is there is printed oldest first,
//! then each entry once as it comes, and again when it is revised; an entry whose end is not certain waits for its end.

mod ansi;
mod json;
mod markdown;
mod text;

use std::{
    collections::HashSet,
    io::{self, BufWriter, Write},
    ops::ControlFlow,
    sync::Arc,
};

use crate::{
    app::Order,
    model::{Blog, Change, Entry, News, Problem, Reading, Row, SourceId, Status, Timeline},
    runtime,
    source::Source,
    story::{Admission, View},
    text::line::Line,
};

use super::{Error, FAULT, NO_MATCH, STRICT, UNREADABLE, args::Output, options::Print};

/// How many problems are told on standard error.
const TOLD: usize = 19;

/// Writes blogs, entries and removals in one way.
trait Writer {
    /// A blog, for the first time or changed.
    fn blog(&mut self, out: &mut dyn Write, blog: &Told<'_>) -> io::Result<()>;
    /// An entry, for the first time or revised.
    fn entry(&mut self, out: &mut dyn Write, entry: Entry<'_>, is_revised: bool) -> io::Result<()>;
    /// An entry that was printed has been taken down.
    fn removed(&mut self, out: &mut dyn Write, entry: Entry<'_>) -> io::Result<()>;
    /// There is no more.
    fn end(&mut self, out: &mut dyn Write) -> io::Result<()>;
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
    let source = Source::open(&print.location, 0, &print.common.source);
    let writer: Box<dyn Writer> = match print.output {
        Output::Text => Box::new(text::Text::new(print)),
        Output::Markdown => Box::new(markdown::Markdown::new(print)),
        Output::Json => Box::new(json::Document::default()),
        Output::Jsonl => Box::new(json::Lines),
    };
    let out = BufWriter::with_capacity(64 << 10, io::stdout());
    let mut printer = Printer::new(print, writer, out);
    let streamed = runtime::stream([source], |news| printer.news(news));
    let outcome = match streamed.map_err(|error| Error::new(FAULT, &error.to_string()))? {
        ControlFlow::Break(stop) => stop,
        ControlFlow::Continue(()) => printer.finish(),
    };
    match outcome {
        Stop::Written(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(0),
        Stop::Written(error) => {
            Err(Error::new(UNREADABLE, &format!("cannot write the output: {}", error.kind())))
        }
        Stop::Failed(error) => Err(error),
        Stop::Done => Ok(printer.verdict()),
    }
}

/// Why printing stops.
#[derive(Debug)]
enum Stop {
    Done,
    /// The output could not be written.
    Written(io::Error),
    Failed(Error),
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
    told_problems: usize,
    /// The blog as printed last.
    blog: Option<Arc<Blog>>,
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
            told_problems: 0,
            blog: None,
        }
    }

    fn news(&mut self, news: News) -> ControlFlow<Stop> {
        let done = match news {
            News::Reading(reading) => self.reading(reading),
            News::Status(_, Status::Failed(failure)) => {
                return ControlFlow::Break(Stop::Failed((&failure).into()));
            }
            News::Status(_, Status::Lost(why) | Status::Gone(why)) => {
                super::report(&Line::new(&format!("{}: {why}", self.print.location.printed())));
                Ok(())
            }
            News::Status(_, Status::Following) if self.print.common.source.follow => self.open(),
            News::Status(..) => Ok(()),
        };
        match done {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => ControlFlow::Break(Stop::Written(error)),
        }
    }

    fn reading(&mut self, reading: Reading) -> io::Result<()> {
        let is_complete = reading.complete;
        let change = self.timeline.merge(reading);
        self.tell_problems();
        if self.opened.is_some() {
            self.changed(&change)?;
        } else if is_complete && self.print.common.source.follow {
            self.open()?;
        }
        Ok(())
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
        if !rows.is_empty() || !is_for_people || !self.print.is_limited() || self.print.common.source.follow {
            self.print_blog()?;
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
            None if self.print.common.source.follow => {}
            // As the source orders them: by where they stand in it.
            None => rows.sort_by_key(|row| {
                let place = self.timeline.place(*row);
                place.map(|place| (place.source, place.position.unsigned_abs(), place.row))
            }),
        }
    }

    /// Prints what a merge changed.
    fn changed(&mut self, change: &Change) -> io::Result<()> {
        if change.blog {
            self.print_blog()?;
        }
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
            view: self.print.view,
            opened: self.opened,
            since: self.print.since,
            until: self.print.until,
        };
        admission.admits(&self.timeline, row)
            && !entry.is_open()
            && !self.timeline.is_removed(row)
            && self.print.query.matches(entry)
    }

    fn print_entry(&mut self, row: Row, is_revised: bool) -> io::Result<()> {
        let Some(entry) = self.timeline.entry(row) else { return Ok(()) };
        self.printed.insert(self.timeline.first_version(row));
        self.writer.entry(&mut self.out, entry, is_revised)
    }

    fn print_blog(&mut self) -> io::Result<()> {
        let blog = self.timeline.blog(0).map(Arc::clone).unwrap_or_default();
        if self.blog.as_ref() == Some(&blog) {
            return Ok(());
        }
        let query = &self.print.query;
        let told = Told {
            source: 0,
            location: self.print.location.printed(),
            name: self.print.location.name(),
            format: self.timeline.format(0),
            blog: &blog,
            problems: self.timeline.problems().map(|(_, problem)| problem).collect(),
            with_standfirst: self.print.view == View::Entries && query.matches_text(blog.standfirst.text()),
        };
        self.writer.blog(&mut self.out, &told)?;
        self.blog = Some(blog);
        self.out.flush()
    }

    /// Tells problems on standard error, a line each, up to a bound.
    fn tell_problems(&mut self) {
        let location = self.print.location.printed();
        for (_, problem) in
            self.timeline.problems().skip(self.told_problems).take(TOLD.saturating_sub(self.told_problems))
        {
            let place = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
            super::report(&Line::new(&format!("{location}{place}: {}", problem.message)));
        }
        self.told_problems = self.timeline.problems().count().max(self.told_problems);
    }

    /// The sources have said all.
    fn finish(&mut self) -> Stop {
        let written =
            self.open().and_then(|()| self.writer.end(&mut self.out)).and_then(|()| self.out.flush());
        match written {
            Ok(()) => Stop::Done,
            Err(error) => Stop::Written(error),
        }
    }

    /// The exit code of a run that printed what it could.
    fn verdict(&self) -> u8 {
        if self.told_problems > TOLD {
            let more = self.told_problems - TOLD;
            super::report(&Line::new(&format!(
                "{}: and {more} more problems",
                self.print.location.printed()
            )));
        }
        let unreadable = self.timeline.unreadable();
        if self.print.common.is_strict && unreadable > 0 {
            return STRICT;
        }
        let is_none = self.printed.is_empty() && !self.timeline.is_empty();
        if is_none && self.print.is_limited() { NO_MATCH } else { 0 }
    }
}
