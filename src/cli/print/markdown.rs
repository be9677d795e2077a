//! Printing as Markdown, which reads back as the same blog.

use std::io::{self, Write};

use crate::{
    app::Clock,
    feed::formats::markdown::write,
    model::{Entry, Row, Timeline},
};

use super::{Print, Told, Writer};

/// Markdown.
pub(super) struct Markdown {
    clock: Clock,
    writer: write::Writer,
}

impl Markdown {
    pub(super) fn new(print: &Print) -> Self {
        Self { clock: print.clock, writer: write::Writer::default() }
    }
}

impl Writer for Markdown {
    fn blog(&mut self, out: &mut dyn Write, told: &Told<'_>) -> io::Result<()> {
        self.writer.blog(out, told.blog, &told.name, told.with_standfirst)
    }

    fn entry(
        &mut self,
        out: &mut dyn Write,
        _row: Row,
        entry: Entry<'_>,
        is_revised: bool,
    ) -> io::Result<()> {
        let time = entry.published().map(|stamp| self.clock.show(stamp));
        self.writer.entry(out, entry, time, is_revised)
    }

    fn removed(&mut self, out: &mut dyn Write, entry: Entry<'_>) -> io::Result<()> {
        self.writer.removed(out, super::text::label(entry))
    }

    fn end(&mut self, _out: &mut dyn Write, _timeline: &Timeline) -> io::Result<()> {
        Ok(())
    }
}
