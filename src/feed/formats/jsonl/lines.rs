//! JSON Lines as they come: a bad line never costs a good one, and a half-written last line waits for its rest.

use std::borrow::Cow;

use crate::{
    feed::{Context, Stream, decode, looks::Looks},
    model::Packer,
};

use super::{
    fields::{Fields, Scalar},
    fill, repair,
};

/// Opens a stream whose bytes begin at `offset` of the source.
pub(super) fn open(context: &Context, offset: u64) -> Box<dyn Stream> {
    Box::new(Lines::new(*context, offset))
}

struct Lines {
    context: Context,
    /// The byte offset of `tail` in the source.
    offset: u64,
    /// The number of lines read; unknown when reading did not begin at the start.
    line: Option<u64>,
    /// The line that has no end yet.
    tail: Vec<u8>,
    /// Whether `tail` was whole without its line end, and has been read.
    tail_is_read: bool,
    looks: Looks,
    filling: fill::Filling,
}

impl Stream for Lines {
    fn push(&mut self, bytes: &[u8], packer: &mut Packer) {
        packer.expects(bytes.len());
        let mut rest = bytes;
        while let Some(end) = memchr::memchr(b'\n', rest) {
            let (line, after) =
                (rest.get(..end).unwrap_or_default(), rest.get(end + 1..).unwrap_or_default());
            let length = self.tail.len() + line.len() + 1;
            if self.tail.is_empty() {
                self.end_line(line, packer);
            } else {
                self.tail.extend_from_slice(line);
                let line = std::mem::take(&mut self.tail);
                self.end_line(&line, packer);
            }
            self.offset += length as u64;
            rest = after;
        }
        if !rest.is_empty() {
            self.tail.extend_from_slice(rest);
            self.tail_is_read = false;
        }
    }

    fn behind(&self, ahead: &[u8]) -> Option<Box<dyn Stream>> {
        let lines = memchr::memchr_iter(b'\n', ahead).count() as u64;
        let offset = self.offset + (self.tail.len() + ahead.len()) as u64;
        Some(Box::new(Lines { line: self.line.map(|line| line + lines), ..Lines::new(self.context, offset) }))
    }

    fn pause(&mut self, packer: &mut Packer) {
        if self.looks.is_due(self.tail.len()) {
            self.look(packer);
        }
    }

    fn finish(&mut self, packer: &mut Packer) {
        // The rest of half a line may come however long its writer was quiet.
        self.look(packer);
    }

    fn end(&mut self, packer: &mut Packer) {
        self.look(packer);
        self.looks.begin();
        let tail = std::mem::take(&mut self.tail);
        if tail.is_empty() {
            return;
        }
        self.line = self.line.map(|line| line + 1);
        self.offset += tail.len() as u64;
        if !std::mem::take(&mut self.tail_is_read) && !tail.trim_ascii().is_empty() {
            packer.unreadable(self.line, "the last line is not whole; left out");
        }
    }
}

fn is_whole(line: &[u8]) -> bool {
    line.trim_ascii().ends_with(b"}") && serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok()
}

impl Lines {
    fn new(context: Context, offset: u64) -> Self {
        Self {
            context,
            offset,
            line: (offset == 0).then_some(0),
            tail: Vec::new(),
            tail_is_read: false,
            looks: Looks::default(),
            filling: fill::Filling::default(),
        }
    }

    /// Reads the line that has no end yet, if it is whole without it: a whole object cannot be the beginning of a longer line,
    /// so it need not wait for its line end.
    fn look(&mut self, packer: &mut Packer) {
        if !self.tail_is_read && !self.tail.is_empty() && is_whole(&self.tail) {
            let tail = std::mem::take(&mut self.tail);
            self.read(&tail, self.line.map(|line| line + 1), packer);
            self.tail = tail;
            self.tail_is_read = true;
        }
    }

    fn end_line(&mut self, line: &[u8], packer: &mut Packer) {
        self.line = self.line.map(|line| line + 1);
        self.looks.begin();
        if !std::mem::take(&mut self.tail_is_read) {
            self.read(line, self.line, packer);
        } else if !is_whole(line) {
            packer.unreadable(self.line, "more followed an object on its line; the rest is left out");
        }
    }

    fn read(&mut self, bytes: &[u8], number: Option<u64>, packer: &mut Packer) {
        // RFC 7464 puts a record separator in front of each text.
        let bytes = bytes.trim_ascii();
        let bytes = bytes.strip_prefix(b"\x1e").unwrap_or(bytes).trim_ascii();
        let bytes = if number == Some(1) {
            bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii()
        } else {
            bytes
        };
        if bytes.is_empty() {
            return;
        }
        let text = decode::line(bytes);
        if let Ok(fields) = Fields::read(&text) {
            if matches!(text, Cow::Owned(_)) && text.contains('\u{fffd}') {
                packer.problem(number, "some of its bytes are no text; marked with \u{fffd}");
            }
            self.object(&fields, number, packer);
            return;
        }
        let mended = repair::repair(&text);
        match Fields::read(&mended) {
            Ok(fields) => {
                packer.problem(number, "not quite JSON; mended");
                self.object(&fields, number, packer);
            }
            Err(error) => {
                packer.unreadable(number, &format!("not a JSON object ({}); left out", fault(&error)));
            }
        }
    }

    fn object(&mut self, fields: &Fields<'_>, number: Option<u64>, packer: &mut Packer) {
        let position = self.offset as i64;
        object(fields, &self.context, position, &mut self.filling, packer, number);
    }
}

/// What `error` says, without the place in the line it says it of.
pub(super) fn fault(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let end = text.find(" at line ").unwrap_or(text.len());
    let place = format!(", column {}", error.column());
    format!("{}{}", text.get(..end).unwrap_or(&text), if error.column() > 0 { place.as_str() } else { "" })
}

/// Packs what one object tells.
pub(super) fn object(
    fields: &Fields<'_>,
    context: &Context,
    position: i64,
    filling: &mut fill::Filling,
    packer: &mut Packer,
    number: Option<u64>,
) {
    let kind = fields.kind.as_ref().and_then(Scalar::as_text);
    match kind {
        Some("blog") => packer.blog(fill::blog(fields, context, &mut filling.faults)),
        Some("removed") => match fields.id.value.as_text() {
            Some(id) => packer.removed(id),
            None => filling.faults.push("a removal that names no entry; left out".to_owned()),
        },
        Some("entry") => entry(fields, context, position, filling, packer),
        _ if fields.is_entry() && !is_other(kind) => entry(fields, context, position, filling, packer),
        Some(kind) => {
            let kind: String = kind.chars().take(40).collect();
            packer.unreadable(number, &format!("“{kind}” is no type of line that is known; left out"));
        }
        None => packer.unreadable(number, "an object without words; left out"),
    }
    filling.faults.drain(..).for_each(|fault| packer.problem(number, &fault));
}

/// Whether `kind` is one of this program's own lines that hold no entry.
fn is_other(kind: Option<&str>) -> bool {
    matches!(kind, Some("quote" | "number" | "edit"))
}

fn entry(
    fields: &Fields<'_>,
    context: &Context,
    position: i64,
    filling: &mut fill::Filling,
    packer: &mut Packer,
) {
    if fields.deleted.is_true() {
        if let Some(id) = fields.id.value.as_text() {
            packer.removed(id);
        }
        return;
    }
    fill::entry(fields, context, filling);
    filling.draft.position = position;
    packer.entry(&mut filling.draft);
}

#[cfg(test)]
mod tests {
    use crate::{
        feed::looks::looked_at,
        model::{Coverage, Entry, Reading},
    };

    use super::*;

    fn context() -> Context {
        Context::bare(chrono::DateTime::default())
    }

    fn read(pieces: &[&[u8]]) -> Reading {
        let (mut stream, mut packer) = (open(&context(), 0), Packer::new(0));
        for piece in pieces {
            stream.push(piece, &mut packer);
            stream.pause(&mut packer);
        }
        stream.end(&mut packer);
        packer.take(Coverage::Delta, true)
    }

    #[test]
    fn html_is_read_under_the_keys_where_others_write_it() {
        let body = |line: &str| {
            let reading = read(&[line.as_bytes()]);
            Entry::new(&reading.segment, 0).map(|entry| entry.body().text().to_owned()).unwrap_or_default()
        };
        assert_eq!(
            body("{\"time\":1745811540,\"content_html\":\"<p>a &amp; b</p><p>c</p>\"}\n"),
            "a & b\n\nc"
        );
        assert_eq!(
            body("{\"time\":1745811540,\"body\":\"a <b> c\"}\n"),
            "a <b> c",
            "what is written reads back"
        );
        assert_eq!(body("{\"time\":1745811540,\"text\":\"a <b> c\"}\n"), "a <b> c");
    }

    fn ids(reading: &Reading) -> Vec<&str> {
        (0..reading.segment.len())
            .filter_map(|index| Entry::new(&reading.segment, index))
            .map(Entry::id)
            .collect()
    }

    #[test]
    fn a_bad_line_never_costs_a_good_one() {
        let reading = read(&[b"{\"id\":\"a\",\"text\":\"one\",\"time\":1700000000}\n{\"id\": oops\n\n{\"id\":\"b\",\"body\":\"two\"}\n"]);
        assert_eq!(ids(&reading), ["a", "b"]);
        assert_eq!(reading.problems.len(), 1);
        assert_eq!(reading.problems[0].line, Some(2));
        assert_eq!(reading.unreadable, 1);
    }

    #[test]
    fn a_half_written_line_waits_and_a_whole_one_does_not() {
        let whole = "{\"id\":\"a\",\"body\":\"é\"}".as_bytes();
        for cut in 1..whole.len() {
            let reading = read(&[&whole[..cut], &whole[cut..], b"\n{\"id\":\"b\",\"body\":\"x\"}"]);
            assert_eq!(ids(&reading), ["a", "b"], "cut at {cut}");
            assert!(reading.problems.is_empty());
        }
    }

    #[test]
    fn half_a_line_is_no_problem_before_its_source_has_ended() {
        let (mut stream, mut packer) = (open(&context(), 0), Packer::new(0));
        for piece in ["{\"id\":\"a\",", "\"body\":", "\"x\"}\n{\"id\":"] {
            stream.push(piece.as_bytes(), &mut packer);
            stream.finish(&mut packer);
        }
        let reading = packer.take(Coverage::Delta, true);
        assert_eq!((ids(&reading), reading.problems.len()), (vec!["a"], 0));
        stream.end(&mut packer);
        let reading = packer.take(Coverage::Delta, true);
        assert_eq!((reading.problems.len(), reading.unreadable), (1, 1));
        assert_eq!(reading.problems[0].line, Some(2));
    }

    #[test]
    fn an_endless_line_is_looked_at_a_few_times_however_many_pieces_it_comes_in() {
        let (mut lines, mut packer) = (Lines::new(context(), 0), Packer::new(0));
        lines.push(b"{\"a\": [", &mut packer);
        lines.push(&b"{\"b\": 1},".repeat(8 << 10), &mut packer);
        let looked_at = looked_at(|| {
            lines.push(&b",{\"b\": 1}".repeat(100), &mut packer);
            lines.pause(&mut packer);
            lines.looks.last()
        });
        assert!((1..6 * lines.tail.len()).contains(&looked_at), "{looked_at} of {}", lines.tail.len());
    }

    #[test]
    fn what_comes_after_an_end_begins_a_line() {
        for first in ["{\"id\":\"a\",\"body\":\"x\"}", "{\"id\":\"a\",\"bo"] {
            let (mut stream, mut packer) = (open(&context(), 0), Packer::new(0));
            stream.push(first.as_bytes(), &mut packer);
            stream.end(&mut packer);
            stream.push(b"{\"id\":\"b\",\"body\":\"y\"}\noops\n", &mut packer);
            let reading = packer.take(Coverage::Delta, true);
            assert_eq!(ids(&reading).last(), Some(&"b"), "{first}");
            assert_eq!(reading.problems.last().unwrap().line, Some(3));
            let last = Entry::new(&reading.segment, reading.segment.len() - 1).unwrap();
            assert_eq!(last.position(), first.len() as i64);
        }
    }

    #[test]
    fn own_keys_go_before_aliases_in_any_order() {
        let reading = read(&[br#"{"updated":"2020-01-02","title":"t","published":"2020-01-01T10:00:00Z","text":"alias","body":"own","by":{"name":"Ana"}}"#]);
        let entry = Entry::new(&reading.segment, 0).unwrap();
        assert_eq!(entry.body().text(), "own");
        assert_eq!(entry.headline(), Some("t"));
        assert_eq!(entry.authors().collect::<Vec<_>>(), ["Ana"]);
        assert_eq!(entry.published().unwrap().to_rfc3339(), "2020-01-01T10:00:00+00:00");
    }

    #[test]
    fn spans_are_checked_and_bad_ones_told() {
        let reading = read(&["{\"id\":\"a\",\"body\":\"é bold\",\"marks\":[{\"start\":2,\"end\":6,\"kind\":\"bold\"},{\"start\":5,\"end\":99,\"kind\":\"bold\"}]}".as_bytes()]);
        let entry = Entry::new(&reading.segment, 0).unwrap();
        assert_eq!(entry.body().marks().len(), 1);
        assert_eq!(entry.body().marks()[0].range, 3..7);
        assert_eq!(reading.problems.len(), 1);
    }
}
