//! A stream of which whoever brings it says what its character set is: decoded line by line in front of the format's own.
//!
//! A line that is UTF-8 stays as it is, whatever is said. Byte offsets count what comes out.

use std::borrow::Cow;

use encoding_rs::Encoding;

use crate::{feed::Stream, model::Packer};

use super::is_utf16;

/// A line is cut when it is longer, in bytes.
const LONGEST: usize = 1 << 20;

/// `stream`, which reads what begins with `head`, behind the decoding of the character set called `label`. Of an unknown
/// set, and of one in which a line's end may be part of a character, nothing is decoded.
pub fn labelled(stream: Box<dyn Stream>, head: &[u8], label: Option<&str>) -> Box<dyn Stream> {
    let encoding = label.and_then(|label| Encoding::for_label_no_replacement(label.as_bytes()));
    match encoding.filter(|encoding| encoding.is_ascii_compatible() && !is_utf16(head)) {
        Some(encoding) => Box::new(Labelled { stream, encoding, begun: Vec::new() }),
        None => stream,
    }
}

struct Labelled {
    stream: Box<dyn Stream>,
    encoding: &'static Encoding,
    /// The line that has begun.
    begun: Vec<u8>,
}

impl Labelled {
    /// Hands on the first `end` bytes of what has come.
    fn hand_on(&mut self, end: usize, packer: &mut Packer) {
        let rest = self.begun.split_off(end);
        let lines = std::mem::replace(&mut self.begun, rest);
        let lines = lines.split_inclusive(|byte| *byte == b'\n');
        let text: Vec<Cow<'_, [u8]>> = lines.map(|line| self.decoded(line)).collect();
        self.stream.push(&text.concat(), packer);
    }

    fn decoded<'a>(&self, line: &'a [u8]) -> Cow<'a, [u8]> {
        if simdutf8::basic::from_utf8(line).is_ok() {
            return Cow::Borrowed(line);
        }
        Cow::Owned(self.encoding.decode_without_bom_handling(line).0.into_owned().into_bytes())
    }
}

impl Stream for Labelled {
    fn push(&mut self, bytes: &[u8], packer: &mut Packer) {
        let before = self.begun.len();
        self.begun.extend_from_slice(bytes);
        match memchr::memrchr(b'\n', bytes) {
            Some(at) => self.hand_on(before + at + 1, packer),
            None if self.begun.len() > LONGEST => self.hand_on(self.begun.len(), packer),
            None => {}
        }
    }

    fn pause(&mut self, packer: &mut Packer) {
        self.stream.pause(packer);
    }

    fn finish(&mut self, packer: &mut Packer) {
        self.hand_on(self.begun.len(), packer);
        self.stream.finish(packer);
    }

    fn end(&mut self, packer: &mut Packer) {
        self.hand_on(self.begun.len(), packer);
        self.stream.end(packer);
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        feed::{Context, FORMATS, Reader},
        model::{Coverage, Entry},
    };

    use super::*;

    #[test]
    fn a_stream_may_be_cut_anywhere_and_utf8_stays_utf8() {
        let told = b"{\"body\":\"\xff\xfe \xee\xc5\xd4\"}\n";
        let bytes = [&told[..], "{\"body\":\"Да\"}\n".as_bytes(), b"{\"body\":\"\xee\xc5\xd4\"}"].concat();
        let Reader::Stream { open, .. } = FORMATS[0].reader else { panic!("no stream") };
        let context = Context::bare(chrono::DateTime::default());
        for cut in 0..bytes.len() {
            let stream = open(&context, 0);
            let (mut stream, mut packer) = (labelled(stream, &bytes, Some("koi8-r")), Packer::new(0));
            stream.push(&bytes[..cut], &mut packer);
            stream.pause(&mut packer);
            stream.push(&bytes[cut..], &mut packer);
            stream.finish(&mut packer);
            let reading = packer.take(Coverage::Delta, true);
            let body = |row| Entry::new(&reading.segment, row).unwrap().body().text().to_owned();
            assert_eq!([body(0), body(1), body(2)], ["ЪЧ Нет", "Да", "Нет"], "cut at {cut}");
        }
    }
}
