//! Printing as JSON Lines, and as one JSON object of the same shapes.

use std::io::{self, Write};

use crate::{
    feed::formats::jsonl::write::{BlogLine, EntryLine, RemovedLine},
    model::{Entry, Row, Timeline},
};

use super::{Told, Writer};

/// JSON Lines.
pub(super) struct Lines;

/// One JSON object: blogs, then entries, are written as they come, between brackets.
#[derive(Default)]
pub(super) struct Document {
    blogs: usize,
    entries: usize,
}

impl Document {
    /// Ends the list of blogs, and begins that of entries.
    fn begin_entries(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.blogs == 0 { b"{\"blogs\":[],\"entries\":[" } else { b"],\"entries\":[" })
    }
}

pub(super) fn line<'a>(told: &'a Told<'a>) -> BlogLine<'a> {
    BlogLine::new(told.source, &told.location, told.format, told.blog, told.problems.iter().copied())
}

pub(super) fn write(out: &mut dyn Write, value: &impl serde::Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    Ok(())
}

impl Writer for Lines {
    fn blog(&mut self, out: &mut dyn Write, told: &Told<'_>) -> io::Result<()> {
        write(out, &line(told))?;
        out.write_all(b"\n")
    }

    fn entry(
        &mut self,
        out: &mut dyn Write,
        _row: Row,
        entry: Entry<'_>,
        _is_revised: bool,
    ) -> io::Result<()> {
        write(out, &EntryLine::new(entry))?;
        out.write_all(b"\n")
    }

    fn removed(&mut self, out: &mut dyn Write, entry: Entry<'_>) -> io::Result<()> {
        write(out, &RemovedLine::new(entry.source(), entry.id()))?;
        out.write_all(b"\n")
    }

    fn end(&mut self, _out: &mut dyn Write, _timeline: &Timeline) -> io::Result<()> {
        Ok(())
    }
}

impl Writer for Document {
    fn blog(&mut self, out: &mut dyn Write, told: &Told<'_>) -> io::Result<()> {
        out.write_all(if self.blogs == 0 { b"{\"blogs\":[" } else { b",\n" })?;
        self.blogs += 1;
        write(out, &line(told))
    }

    fn entry(
        &mut self,
        out: &mut dyn Write,
        _row: Row,
        entry: Entry<'_>,
        _is_revised: bool,
    ) -> io::Result<()> {
        if self.entries == 0 {
            self.begin_entries(out)?;
        }
        out.write_all(if self.entries == 0 { b"\n" } else { b",\n" })?;
        self.entries += 1;
        write(out, &EntryLine::new(entry))
    }

    fn removed(&mut self, _out: &mut dyn Write, _entry: Entry<'_>) -> io::Result<()> {
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, _timeline: &Timeline) -> io::Result<()> {
        if self.entries == 0 {
            self.begin_entries(out)?;
        }
        out.write_all(b"\n]}\n")
    }
}
