//! Which characters are never shown, which letters a joiner joins, and which symbols emoji are made of.

use unicode_normalization::char::is_combining_mark;

/// Characters that are never shown: controls, bidi controls, invisible and filler characters, non-characters.
pub fn is_dropped(char: char) -> bool {
    let code = u32::from(char);
    let is_between = |(first, last): &(u32, u32)| (*first..=*last).contains(&code);
    !('!'..='~').contains(&char) && (code & 0xfffe == 0xfffe || DROPPED.iter().any(is_between))
}

/// Ranges of code points that are never shown, first and last.
const DROPPED: [(u32, u32); 22] = [
    (0x00, 0x1f),
    (0x7f, 0x9f),
    (0xad, 0xad),
    (0x34f, 0x34f),
    (0x61c, 0x61c),
    (0x115f, 0x1160),
    (0x17b4, 0x17b5),
    (0x180b, 0x180f),
    (0x200b, 0x200b),
    (0x200e, 0x200f),
    (0x202a, 0x202e),
    (0x2028, 0x2029),
    (0x2060, 0x206f),
    (0x3164, 0x3164),
    (0xfdd0, 0xfdef),
    (0xfeff, 0xfeff),
    (0xffa0, 0xffa0),
    (0xfff0, 0xfffb),
    (0x1bca0, 0x1bca3),
    (0x1d173, 0x1d17a),
    (0xe0000, 0xe001f),
    (0xe0080, 0xe00ff),
];

/// Letters and marks of scripts in which a joiner changes the shape of its neighbours.
pub(super) fn is_joining_letter(char: char) -> bool {
    let in_script = matches!(char,
        '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{6d3}' | '\u{6d5}' | '\u{6fa}'..='\u{6fc}' | '\u{710}'..='\u{74f}' | '\u{750}'..='\u{77f}'
        | '\u{7ca}'..='\u{7ea}' | '\u{8a0}'..='\u{8c9}' | '\u{900}'..='\u{dff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17d3}'
        | '\u{1820}'..='\u{18aa}' | '\u{fb50}'..='\u{fbb1}' | '\u{fe70}'..='\u{fefc}');
    in_script && (char.is_alphabetic() || is_combining_mark(char))
}

/// Symbols that emoji sequences are made of.
pub(super) fn is_pictograph(char: char) -> bool {
    matches!(char,
        '\u{2640}' | '\u{2642}' | '\u{2695}' | '\u{2696}' | '\u{2708}' | '\u{2764}' | '\u{27a1}' | '\u{2194}' | '\u{2195}' | '\u{2b1b}'
        | '\u{26a7}' | '\u{1f000}'..='\u{1f3fa}' | '\u{1f400}'..='\u{1faff}')
}
