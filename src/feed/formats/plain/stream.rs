//! Bytes to lines: cut anywhere, with the line ends of any system, and not always UTF-8.

use crate::{
    feed::{Context, Stream, decode, looks::Looks},
    model::{Draft, Packer},
};

use super::{page::Page, queue::Out};

/// Opens a stream whose bytes begin at `offset` of the source.
pub(super) fn open(context: &Context, offset: u64) -> Box<dyn Stream> {
    Box::new(Text::new(context, offset))
}

struct Text {
    page: Page,
    /// The byte offset of `tail` in the source.
    offset: u64,
    /// The line that has no end yet.
    tail: Vec<u8>,
    /// How much of it was told already when the source was quiet.
    told: usize,
    looks: Looks,
    /// Whether the last line ended with a carriage return, of which a line feed would be part.
    after_return: bool,
    /// Whether it was said that there are no entries.
    is_told: bool,
    draft: Draft,
}

impl Stream for Text {
    fn push(&mut self, bytes: &[u8], packer: &mut Packer) {
        let mut rest = bytes;
        if self.after_return && !rest.is_empty() {
            self.after_return = false;
            if let Some(after) = rest.strip_prefix(b"\n") {
                self.offset += 1;
                rest = after;
            }
        }
        while let Some(at) = memchr::memchr2(b'\n', b'\r', rest) {
            let (line, end) = rest.split_at(at);
            self.tail.extend_from_slice(line);
            self.end_line(packer);
            let length = if end.starts_with(b"\r\n") { 2 } else { 1 };
            self.after_return = end == b"\r";
            self.offset += length as u64;
            rest = end.get(length..).unwrap_or_default();
        }
        self.tail.extend_from_slice(rest);
    }

    fn pause(&mut self, packer: &mut Packer) {
        if self.tail.is_empty() {
            self.page.pause(&mut Out::firm(packer, &mut self.draft));
        } else if self.tail.len() == self.told || !self.looks.is_due(self.tail.len()) {
            return;
        }
        let tail = text(&self.tail, self.offset);
        self.page.show(&tail, self.offset, &mut Out::trial(packer, &mut self.draft));
    }

    fn finish(&mut self, packer: &mut Packer) {
        if self.tail.is_empty() {
            self.close(packer);
        } else if self.tail.len() > self.told {
            // Its writer may go on with the line, however long it was left.
            let tail = text(&self.tail, self.offset);
            let mut out = Out::firm(packer, &mut self.draft);
            if !self.page.end_within(&tail, self.offset, &mut out) {
                self.tell_that_nothing_is_found(packer);
            }
            self.told = self.tail.len();
        }
    }

    fn end(&mut self, packer: &mut Packer) {
        if !self.tail.is_empty() {
            self.end_line(packer);
        }
        self.close(packer);
    }
}

impl Text {
    fn new(context: &Context, offset: u64) -> Self {
        Self {
            page: Page::new(context),
            offset,
            tail: Vec::new(),
            told: 0,
            looks: Looks::default(),
            after_return: false,
            is_told: false,
            draft: Draft::default(),
        }
    }

    fn close(&mut self, packer: &mut Packer) {
        self.page.end(&mut Out::firm(packer, &mut self.draft));
        if !self.page.has_entries() {
            self.tell_that_nothing_is_found(packer);
        }
    }

    fn tell_that_nothing_is_found(&mut self, packer: &mut Packer) {
        if !std::mem::replace(&mut self.is_told, true) {
            packer.problem(None, "no line reads as the time of an entry; if it is a liveblog, its stamps are of a kind that is not known");
        }
    }

    fn end_line(&mut self, packer: &mut Packer) {
        let is_told = std::mem::take(&mut self.told) == self.tail.len() && !self.tail.is_empty();
        self.looks.begin();
        let mut tail = std::mem::take(&mut self.tail);
        let mut out = Out::firm(packer, &mut self.draft);
        self.page.line(&text(&tail, self.offset), self.offset, &mut out);
        if is_told {
            self.page.was_told();
        }
        self.offset += tail.len() as u64;
        tail.clear();
        self.tail = tail;
    }
}

/// The text of a line; a mark of byte order at the start of the source goes.
fn text(line: &[u8], offset: u64) -> std::borrow::Cow<'_, str> {
    let line = if offset == 0 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line };
    decode::line(line)
}

#[cfg(test)]
mod tests {
    use crate::feed::looks::looked_at;

    use super::*;

    #[test]
    fn an_endless_line_is_shown_a_few_times_however_many_pieces_it_comes_in() {
        let context = Context::bare(chrono::DateTime::default());
        let (mut text, mut packer) = (Text::new(&context, 0), Packer::new(0));
        text.push(b"12:00 First thing went well.\n12:03 Second thing ", &mut packer);
        text.push(&b"went on ".repeat(8 << 10), &mut packer);
        let shown = looked_at(|| {
            text.push(&b"and on ".repeat(100), &mut packer);
            text.pause(&mut packer);
            text.looks.last()
        });
        assert!((1..6 * text.tail.len()).contains(&shown), "{shown} of {}", text.tail.len());
    }
}
