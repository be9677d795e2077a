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
    blogs: Blogs,
    entries: usize,
}

/// The beginning of one JSON object: its list of blogs.
#[derive(Default)]
pub(super) struct Blogs {
    count: usize,
}

impl Blogs {
    /// Writes a blog.
    pub(super) fn write(&mut self, out: &mut dyn Write, told: &Told<'_>) -> io::Result<()> {
        out.write_all(if self.count == 0 { b"{\"blogs\":[" } else { b",\n" })?;
        self.count += 1;
        write(out, &blog(told))
    }

    /// Ends the list, and begins the one called `next`.
    pub(super) fn end(&self, out: &mut dyn Write, next: &str) -> io::Result<()> {
        let begun = if self.count == 0 { "{\"blogs\":[" } else { "" };
        write!(out, "{begun}],\"{next}\":[")
    }
}

/// What stands before the next of a list, of which so much was written.
pub(super) fn separator(written: usize) -> &'static [u8] {
    if written == 0 { b"\n" } else { b",\n" }
}

/// Ends the last list and the object.
pub(super) fn end(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"\n]}\n")
}

/// A blog as it is written.
pub(super) fn blog<'a>(told: &'a Told<'a>) -> BlogLine<'a> {
    BlogLine::new(told.source, &told.location, told.format, told.blog, told.problems.iter().copied())
}

/// An entry that was taken down, as it is written.
pub(super) fn removed(entry: Entry<'_>) -> RemovedLine<'_> {
    RemovedLine::new(entry.source(), entry.id())
}

pub(super) fn write(out: &mut dyn Write, value: &impl serde::Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    Ok(())
}

pub(super) fn write_line(out: &mut dyn Write, value: &impl serde::Serialize) -> io::Result<()> {
    write(out, value)?;
    out.write_all(b"\n")
}

impl Writer for Lines {
    fn blog(&mut self, out: &mut dyn Write, told: &Told<'_>) -> io::Result<()> {
        write_line(out, &blog(told))
    }

    fn entry(
        &mut self,
        out: &mut dyn Write,
        _row: Row,
        entry: Entry<'_>,
        _is_revised: bool,
    ) -> io::Result<()> {
        write_line(out, &EntryLine::new(entry))
    }

    fn removed(&mut self, out: &mut dyn Write, entry: Entry<'_>) -> io::Result<()> {
        write_line(out, &removed(entry))
    }

    fn end(&mut self, _out: &mut dyn Write, _timeline: &Timeline) -> io::Result<()> {
        Ok(())
    }
}

impl Writer for Document {
    fn blog(&mut self, out: &mut dyn Write, told: &Told<'_>) -> io::Result<()> {
        self.blogs.write(out, told)
    }

    fn entry(
        &mut self,
        out: &mut dyn Write,
        _row: Row,
        entry: Entry<'_>,
        _is_revised: bool,
    ) -> io::Result<()> {
        if self.entries == 0 {
            self.blogs.end(out, "entries")?;
        }
        out.write_all(separator(self.entries))?;
        self.entries += 1;
        write(out, &EntryLine::new(entry))
    }

    fn removed(&mut self, _out: &mut dyn Write, _entry: Entry<'_>) -> io::Result<()> {
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, _timeline: &Timeline) -> io::Result<()> {
        if self.entries == 0 {
            self.blogs.end(out, "entries")?;
        }
        end(out)
    }
}
