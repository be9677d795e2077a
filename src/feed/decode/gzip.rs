//! A document as it came, or unpacked: one layer of gzip, counted as it comes out, so that no small file becomes a large one.

use std::{
    borrow::Cow,
    io::{ErrorKind, Read},
};

use flate2::read::MultiGzDecoder;

use crate::model::limits;

/// Why no more is read of a document, and what to do.
pub const TOO_LARGE: &str =
    "it is larger than 256 MiB, the most that is read of a document; a log may be longer, as JSON Lines";

/// A whole source, unpacked.
#[derive(Debug)]
pub struct Unpacked<'a> {
    pub bytes: Cow<'a, [u8]>,
    /// What is wrong with its wrapping, behind what came out of it.
    pub fault: Option<&'static str>,
}

/// Whether `bytes` begin as gzip does.
pub fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x1f\x8b\x08")
}

/// Unpacks `bytes`, when they are packed. The error says, within a sentence, why nothing came out, or that it is too much.
pub fn unpack(bytes: &[u8]) -> Result<Unpacked<'_>, &'static str> {
    if bytes.len() > limits::DOCUMENT {
        return Err(TOO_LARGE);
    }
    if !is_gzip(bytes) {
        return Ok(Unpacked { bytes: Cow::Borrowed(bytes), fault: None });
    }
    let (bytes, fault) = read(bytes, limits::DOCUMENT + 1);
    match fault {
        _ if bytes.len() > limits::DOCUMENT => {
            Err("unpacked it is larger than 256 MiB, the most that is unpacked")
        }
        Some(_) if bytes.is_empty() => Err("it is no whole gzip file"),
        fault => Ok(Unpacked { bytes: Cow::Owned(bytes), fault }),
    }
}

/// The first `most` bytes that come out of `bytes`, and whether that is all there is in them.
pub(super) fn beginning(bytes: &[u8], most: usize) -> (Vec<u8>, bool) {
    let (mut unpacked, _) = read(bytes, most + 1);
    let is_end = unpacked.len() <= most;
    unpacked.truncate(most);
    (unpacked, is_end)
}

fn read(bytes: &[u8], most: usize) -> (Vec<u8>, Option<&'static str>) {
    let mut unpacked = Vec::new();
    let result = MultiGzDecoder::new(bytes).take(most as u64).read_to_end(&mut unpacked);
    let fault = result.err().map(|error| match error.kind() {
        ErrorKind::UnexpectedEof => "the gzip file ends too early; what came before is read",
        _ => "the gzip file is damaged; what came before is read",
    });
    (unpacked, fault)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn members_follow_one_another_and_only_one_layer_is_unpacked() {
        let members = [packed(b"one "), packed(b"two")].concat();
        let unpacked = unpack(&members).unwrap();
        assert_eq!((&*unpacked.bytes, unpacked.fault), (b"one two".as_slice(), None));
        assert!(is_gzip(&unpack(&packed(&members)).unwrap().bytes));
    }

    #[test]
    fn a_file_cut_short_gives_what_came() {
        let whole = packed("some words, and more of them ".repeat(400).as_bytes());
        let unpacked = unpack(&whole[..whole.len() - 8]).unwrap();
        assert!(unpacked.bytes.starts_with(b"some words") && unpacked.fault.is_some());
        assert!(unpack(&whole[..5]).is_err());
        assert!(unpack(b"\x1f\x8b\x08\0garbage that is none").is_err());
    }

    #[test]
    fn what_is_too_large_is_named_and_the_beginning_of_a_bomb_costs_little() {
        let bomb = packed(&vec![0; limits::DOCUMENT + 1]);
        assert_eq!(beginning(&bomb, 100), (vec![0; 100], false));
        assert_eq!(unpack(&vec![0; limits::DOCUMENT + 1]).unwrap_err(), TOO_LARGE);
        assert!(unpack(&bomb).unwrap_err().contains("256 MiB"));
    }
}
