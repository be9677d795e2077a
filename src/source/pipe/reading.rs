//! Reading what came through a pipe: what it is recognised as, and what is read of it when nothing more comes.

use crate::{
    feed::{
        Format, Reader, Recognition,
        decode::{self, Unpacked},
        detect, recognize,
    },
    model::{Coverage, Packer, Status},
    source::{
        Outbox,
        document::{self, Document, Wholeness},
    },
    text::line::Line,
};

use super::{Body, Look, NOTHING_YET, Pause, Pipe};

/// How many first bytes tell whether a source is packed, or UTF-16.
const MARK: usize = 4;

impl Pipe {
    /// Looks what the bytes are; tells whether the source goes on.
    pub(super) fn recognize(&mut self, is_all: bool, outbox: &mut Outbox) -> bool {
        let Body::Unknown(head) = &mut self.body else { return true };
        // What the beginning does not tell, all of it may.
        let start: &[u8] = if is_all { &*head } else { head.get(..detect::HEAD).unwrap_or(head) };
        let recognition = match self.brief.options.format {
            // How it is wrapped, its first bytes tell.
            Some(_) if head.len() < MARK && !is_all => Recognition::Unsure,
            Some(format) => Recognition::Known(format),
            None => recognize(start, is_all && start.len() == head.len()),
        };
        let format = match recognition {
            Recognition::Known(format) => format,
            Recognition::Unsure if !is_all => return true,
            Recognition::Unknown if !is_all && head.len() < detect::HEAD => return true,
            Recognition::Unsure | Recognition::Unknown => {
                let why = self.brief.unrecognized(head);
                return self.found_nothing(why, None, outbox);
            }
        };
        let bytes = std::mem::take(head);
        self.packer.reads(format.name);
        match format.reader {
            Reader::Stream { open, .. } if !decode::is_gzip(&bytes) => {
                let mut stream = decode::stream(open, &bytes, &self.brief.context(None));
                stream.push(&bytes, &mut self.packer);
                self.body = Body::Stream(stream);
                self.tell(outbox);
            }
            _ => self.body = Body::Document(format, bytes),
        }
        true
    }

    /// There is no liveblog in what came, for the reason `why`, which is told as a `problem` where the source goes on; tells
    /// whether it does.
    fn found_nothing(&mut self, why: Status, problem: Option<&str>, outbox: &mut Outbox) -> bool {
        let is_awaited = self.is_kept && (self.brief.options.waits || self.document.is_some());
        if !is_awaited {
            outbox.status(why);
            return false;
        }
        self.body = Body::Nothing;
        let mut packer = Packer::new(self.brief.id);
        problem.into_iter().for_each(|problem| packer.problem(None, problem));
        match &self.document {
            Some(document) => {
                packer.reads(document.format().name);
                packer.problem(None, "no liveblog is in what came last; what was read stays");
            }
            None => outbox.status(Status::Waiting(Line::new(NOTHING_YET))),
        }
        if !packer.is_empty() {
            outbox.reading(packer.take(Coverage::Delta, true));
        }
        true
    }

    /// More came than is read of a document: none of it is. Tells whether the source goes on.
    pub(super) fn found_too_much(&mut self, outbox: &mut Outbox) -> bool {
        let why = self.brief.unreadable_because(decode::TOO_LARGE, "");
        self.found_nothing(why, Some(decode::TOO_LARGE), outbox)
    }

    /// Reads what is there, since nothing comes at the moment; tells whether the source goes on.
    pub(super) fn read_on(&mut self, pause: Pause, outbox: &mut Outbox) -> bool {
        match &mut self.body {
            Body::Stream(stream) => {
                if pause == Pause::Quiet {
                    stream.finish(&mut self.packer);
                } else {
                    stream.end(&mut self.packer);
                }
                let is_awaited = pause == Pause::WriterGone || !self.brief.options.follow.is_possible();
                if pause == Pause::Over || self.look != Look::Over && !is_awaited {
                    self.lull(outbox);
                } else if !self.packer.is_empty() {
                    outbox.reading(self.packer.take(Coverage::Delta, self.look == Look::Over));
                }
                true
            }
            Body::Document(format, bytes) => {
                let (format, bytes) = (*format, std::mem::take(bytes));
                let goes_on = self.read_document(format, &bytes, pause, outbox);
                if let Body::Document(_, kept) = &mut self.body {
                    *kept = bytes;
                }
                goes_on
            }
            // A writer who said nothing.
            Body::Unknown(head) if pause == Pause::WriterGone && head.is_empty() => true,
            Body::Unknown(head) if pause == Pause::Quiet && recognize(head, true).known().is_none() => {
                if self.document.is_none() {
                    outbox.status(Status::Waiting(Line::new(NOTHING_YET)));
                }
                true
            }
            Body::Unknown(_) => {
                self.recognize(true, outbox)
                    && (matches!(self.body, Body::Nothing) || self.read_on(pause, outbox))
            }
            Body::Nothing => true,
        }
    }

    /// Reads a document, of which `bytes` came; tells whether the source goes on.
    fn read_document(
        &mut self,
        format: &'static Format,
        bytes: &[u8],
        pause: Pause,
        outbox: &mut Outbox,
    ) -> bool {
        let is_all = pause != Pause::Quiet;
        if !is_all && self.document.is_some() {
            // It may be half-written, and there is a whole one before it.
            return true;
        }
        let whole = match decode::unpack(bytes) {
            Ok(whole) => Unpacked { fault: whole.fault.filter(|_| is_all), ..whole },
            Err(_) if !is_all => return true,
            Err(why) => {
                let why = self.brief.unreadable_because(why, "check what writes it");
                return self.found_nothing(why, None, outbox);
            }
        };
        let is_told = !is_all || self.brief.options.format.is_some();
        let Some(format) = (if is_told { Some(format) } else { document::settled(format, &whole.bytes) })
        else {
            let why = self.brief.unrecognized(&whole.bytes);
            return self.found_nothing(why, None, outbox);
        };
        let before = self.document.take().filter(|document| document.format().name == format.name);
        let mut document = before.unwrap_or_else(|| Document::new(format));
        let context = self.brief.context(None);
        let reading = document.read(&whole, &context, self.brief.id, Wholeness::Doubtful);
        // Without its end, a document may say nothing yet.
        let reading = reading.filter(|reading| is_all || !reading.segment.is_empty());
        self.document = Some(document).filter(|_| is_all);
        if let Some(reading) = reading {
            if is_all || self.brief.options.follow.is_possible() {
                self.end_look();
            }
            outbox.reading(reading);
            outbox.status(self.state());
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use std::{path::Path, sync::Arc};

    use crate::{
        model::Timeline,
        source::{Brief, bell::Bell},
    };

    use super::*;

    #[test]
    fn that_too_much_came_is_told_once_and_stands_while_it_does() {
        let mut pipe =
            Pipe::named(Path::new("feed"), true, Brief::followed(false), Arc::new(Bell::default()));
        let (mut outbox, mut timeline) = (Outbox::empty(), Timeline::default());
        let document = r#"{"title": "Words", "entries": [{"id": "a", "body": "Words."}]}"#;
        assert!(pipe.take(document.as_bytes(), &mut outbox) && pipe.rest(Pause::WriterGone, &mut outbox));
        assert_eq!((outbox.merge_into(&mut timeline), timeline.problems().count()), (0, 0));
        for new in [2, 0] {
            assert!(pipe.found_too_much(&mut outbox) && pipe.rest(Pause::WriterGone, &mut outbox));
            let told = outbox.merge_into(&mut timeline);
            assert_eq!((told, timeline.problems().count()), (new, 2), "why, and what became of it");
        }
    }
}
