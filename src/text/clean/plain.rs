//! The runs of a text that need no cleaning: nearly all of it, nearly always.
//!
//! One rule for a byte and the two behind it says whether it may stay as it is. It has no branch, so that many bytes are
//! looked at at once, and it knows the letters and marks that every other sentence holds, so that those stop nothing.

#![expect(clippy::needless_bitwise_bool, reason = "without a branch, bytes are looked at many at once")]

/// How many bytes are looked at at once.
const STRIDE: usize = 32;
/// How many bytes behind a byte tell whether it is plain.
const AHEAD: usize = 2;

/// The length of the run at the start of `text` that cleaning would leave as it is. It begins and ends with a character
/// that is seen. With `LINE_ENDS`, single ones and pairs of them are in it.
pub(super) fn plain_run<const LINE_ENDS: bool>(text: &str) -> usize {
    let bytes = text.as_bytes();
    if bytes.first().is_none_or(|first| is_gap::<LINE_ENDS>(*first)) {
        return 0;
    }
    let mut length = 0;
    loop {
        let rest = bytes.get(length..).unwrap_or_default();
        // What is behind the end is as good as any letter: gaps at the end are left out anyway.
        let mut last = [b'x'; STRIDE + AHEAD];
        let window = rest.first_chunk().unwrap_or_else(|| {
            last.iter_mut().zip(rest).for_each(|(place, byte)| *place = *byte);
            &last
        });
        let plain = plain_bytes::<LINE_ENDS>(window).min(rest.len());
        length += plain;
        if plain < STRIDE {
            break;
        }
    }
    let run = bytes.get(..length).unwrap_or_default();
    length - run.iter().rev().take_while(|byte| is_gap::<LINE_ENDS>(**byte)).count()
}

/// How many bytes at the start of `window` are plain, up to a stride.
fn plain_bytes<const LINE_ENDS: bool>(window: &[u8; STRIDE + AHEAD]) -> usize {
    let is_plain = |at: usize| is_plain::<LINE_ENDS>(window[at], window[at + 1], window[at + 2]);
    if (0..STRIDE).fold(true, |all, at| all & is_plain(at)) {
        return STRIDE;
    }
    (0..STRIDE).take_while(|at| is_plain(*at)).count()
}

/// Whether `byte` may stay, when those before it do and `next` and `after` follow it.
fn is_plain<const LINE_ENDS: bool>(byte: u8, next: u8, after: u8) -> bool {
    let is_lone_gap = is_gap::<LINE_ENDS>(byte) & !is_gap::<LINE_ENDS>(next);
    let is_paragraph_end = LINE_ENDS & (byte == b'\n') & (next == b'\n') & (after != b'\n');
    // The first byte of a character answers for the others.
    let is_continued = byte & 0xc0 == 0x80;
    // Latin up to U+02FF, Greek and Cyrillic up to U+047F, the ideographs from U+4000: all of them letters and signs.
    let is_letter =
        (0xc3..=0xcb).contains(&byte) | (0xce..=0xd1).contains(&byte) | (0xe4..=0xe9).contains(&byte);
    // U+00A1 to U+00BF, without the soft hyphen.
    let is_sign = (byte == 0xc2) & (next > 0xa0) & (next != 0xad);
    // U+2010 to U+2027: dashes, curly marks, bullets, the ellipsis.
    let is_mark = (byte == 0xe2) & (next == 0x80) & (0x90..=0xa7).contains(&after);
    byte.is_ascii_graphic() | is_lone_gap | is_paragraph_end | is_continued | is_letter | is_sign | is_mark
}

/// Whether `byte` is a gap between what is seen.
fn is_gap<const LINE_ENDS: bool>(byte: u8) -> bool {
    (byte == b' ') | LINE_ENDS & (byte == b'\n')
}
