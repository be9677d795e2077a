//! UTF-16, known by its mark of byte order or by its empty half bytes.
//!
//! A stream of it is decoded in front of the format's own: bytes may be cut anywhere, half a unit and half a pair included,
//! and byte offsets count what comes out.

use encoding_rs::{Decoder, Encoding, UTF_16BE, UTF_16LE};

use crate::{
    feed::{Context, Stream},
    model::Packer,
};

/// How many bytes are looked at when there is no mark.
const LOOKED_AT: usize = 1 << 10;

/// Whether a source that begins with `head` is UTF-16.
pub fn is_utf16(head: &[u8]) -> bool {
    encoding(head).is_some()
}

/// Opens a stream for a source that begins with `head`, decoding UTF-16 in front of it.
pub fn stream(open: fn(&Context, u64) -> Box<dyn Stream>, head: &[u8], context: &Context) -> Box<dyn Stream> {
    let stream = open(context, 0);
    match encoding(head) {
        Some(encoding) => Box::new(Decoded { stream, decoder: encoding.new_decoder_with_bom_removal() }),
        None => stream,
    }
}

/// Which UTF-16 `head` is, if it is any.
pub(super) fn encoding(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        // This one is the mark of UTF-32.
        [0xff, 0xfe, 0, 0, ..] => None,
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        _ => without_mark(head.get(..LOOKED_AT).unwrap_or(head)),
    }
}

/// Text in Latin letters has nothing in nearly every second byte, and something in all the others.
fn without_mark(head: &[u8]) -> Option<&'static Encoding> {
    let empty = |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let is_most = |count: usize| head.len() >= 16 && 10 * count >= 9 * (head.len() / 2);
    match (empty(0), empty(1)) {
        (0, second) if is_most(second) => Some(UTF_16LE),
        (first, 0) if is_most(first) => Some(UTF_16BE),
        _ => None,
    }
}

struct Decoded {
    stream: Box<dyn Stream>,
    decoder: Decoder,
}

impl Stream for Decoded {
    fn push(&mut self, bytes: &[u8], packer: &mut Packer) {
        let room = self.decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(4 * bytes.len());
        let mut text = String::with_capacity(room);
        // There is room for all of it, so nothing is left over.
        let _ = self.decoder.decode_to_string(bytes, &mut text, false);
        self.stream.push(text.as_bytes(), packer);
    }

    fn pause(&mut self, packer: &mut Packer) {
        self.stream.pause(packer);
    }

    fn finish(&mut self, packer: &mut Packer) {
        self.stream.finish(packer);
    }

    fn end(&mut self, packer: &mut Packer) {
        self.stream.end(packer);
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        feed::{FORMATS, Reader},
        model::{Coverage, Entry},
    };

    use super::*;

    fn units(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn utf16_is_known_with_a_mark_and_without() {
        let text = "a line of words – and some more";
        for (bytes, is_marked) in [
            (units(text, u16::to_le_bytes), false),
            (units(&format!("\u{feff}{text}"), u16::to_be_bytes), true),
        ] {
            assert!(is_utf16(&bytes), "{is_marked}");
            assert_eq!(super::super::text(&bytes), text);
        }
        assert!(!is_utf16(text.as_bytes()));
        assert!(!is_utf16(&[0; 64]));
        assert!(!is_utf16(b"\xff\xfe\0\0a\0\0\0"));
    }

    #[test]
    fn a_stream_may_be_cut_within_a_unit_and_within_a_pair() {
        let bytes = units("\u{feff}{\"id\":\"a\",\"body\":\"one 😀 café\"}\n", u16::to_le_bytes);
        let Reader::Stream { open, .. } = FORMATS[0].reader else { panic!("no stream") };
        let context = Context::bare(chrono::DateTime::default());
        for cut in 0..bytes.len() {
            let (mut stream, mut packer) = (stream(open, &bytes, &context), Packer::new(0));
            stream.push(&bytes[..cut], &mut packer);
            stream.push(&bytes[cut..], &mut packer);
            stream.finish(&mut packer);
            let reading = packer.take(Coverage::Delta, true);
            assert_eq!(Entry::new(&reading.segment, 0).unwrap().body().text(), "one 😀 café", "cut at {cut}");
            assert!(reading.problems.is_empty());
        }
    }
}
