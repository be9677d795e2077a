//! Cleans text at the border: what went through here holds nothing a terminal would obey and nothing a reader cannot see.
//!
//! Allowed through are letters of every script in logical order, line feeds, single spaces, no-break spaces, joiners
//! where a script or an emoji needs them, one variation selector after a base, and at most thirty combining marks.
//! Gone are controls, whole escape sequences, bidi controls, and invisible or filler characters.
//! Cleaning twice changes nothing, takes linear time, and never makes a text longer.
//!
//! Rules after UAX #15 (stream-safe text), UTS #51 (emoji sequences) and ECMA-48 (control sequences).

use unicode_normalization::char::is_combining_mark;

/// The most combining marks kept on one base: the stream-safe limit of UAX #15.
const MOST_MARKS: u8 = 30;

/// What a text is cleaned for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One line: every line end becomes a space.
    Line,
    /// Paragraphs: line ends stay, two or more of them part two paragraphs.
    Paragraphs,
}

/// Cleans `text` into one line without leading, trailing or repeated spaces.
pub fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    line_into(text, &mut out);
    out
}

/// Cleans `text` into paragraphs parted by one empty line; spaces at line ends and repeated spaces go.
pub fn paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    paragraphs_into(text, &mut out);
    out
}

/// Like [`line()`], appending to `out`.
pub fn line_into(text: &str, out: &mut String) {
    Cleaner::new(Shape::Line, out).run(text, &mut []);
}

/// Like [`paragraphs`], appending to `out`.
pub fn paragraphs_into(text: &str, out: &mut String) {
    Cleaner::new(Shape::Paragraphs, out).run(text, &mut []);
}

/// Like [`paragraphs_into`], and moves `offsets` (ascending byte offsets into `text`) to where those places are in `out`,
/// counted from where `out` ended before.
pub fn paragraphs_with_offsets(text: &str, out: &mut String, offsets: &mut [usize]) {
    Cleaner::new(Shape::Paragraphs, out).run(text, offsets);
}

/// White space that has been read and is not written yet; the stronger of two neighbours stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    NoBreak,
    Space,
    Line,
    Paragraph,
}

struct Cleaner<'a> {
    out: &'a mut String,
    start: usize,
    shape: Shape,
    gap: Gap,
    /// A joiner that waits for a neighbour which needs it.
    joiner: Option<char>,
    /// The last base or mark written since the last gap.
    last: Option<char>,
    /// The last character written that is neither mark, selector nor skin tone: what a joiner joins to.
    base: Option<char>,
    marks: u8,
    selected: bool,
    /// Where an open flag of tag characters began in `out`.
    flag: Option<usize>,
}

impl<'a> Cleaner<'a> {
    fn new(shape: Shape, out: &'a mut String) -> Self {
        let start = out.len();
        Self {
            out,
            start,
            shape,
            gap: Gap::None,
            joiner: None,
            last: None,
            base: None,
            marks: 0,
            selected: false,
            flag: None,
        }
    }

    fn run(mut self, text: &str, offsets: &mut [usize]) {
        let mut waiting = offsets.iter_mut().peekable();
        let mut rest = text;
        loop {
            let at = text.len() - rest.len();
            while let Some(offset) = waiting.next_if(|offset| **offset <= at) {
                *offset = self.out.len() - self.start;
            }
            let plain = plain_run(rest);
            let plain = waiting.peek().map_or(plain, |offset| plain.min(offset.saturating_sub(at)));
            if let Some((run, after)) = rest.split_at_checked(plain).filter(|(run, _)| !run.is_empty()) {
                self.write_plain(run);
                rest = after;
                continue;
            }
            let Some(char) = rest.chars().next() else { break };
            rest = &rest[char.len_utf8()..];
            match char {
                '\u{1b}' => rest = after_escape(rest),
                '\u{9b}' => rest = after_control_sequence(rest),
                '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}' => rest = after_string(rest),
                '\r' => {
                    rest = rest.strip_prefix('\n').unwrap_or(rest);
                    self.line_end();
                }
                _ => self.push(char),
            }
        }
        self.close_flag();
        let end = self.out.len() - self.start;
        waiting.for_each(|offset| *offset = end);
    }

    /// Writes a run of printable ASCII without repeated spaces.
    fn write_plain(&mut self, run: &str) {
        self.begin_visible();
        self.out.push_str(run);
        self.last = run.chars().next_back();
        self.base = self.last;
        self.marks = 0;
        self.selected = false;
        self.joiner = None;
    }

    fn push(&mut self, char: char) {
        match char {
            '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => self.line_end(),
            '\u{a0}' | '\u{202f}' | '\u{2007}' => self.space(Gap::NoBreak),
            ' '
            | '\t'
            | '\u{b}'
            | '\u{c}'
            | '\u{1680}'
            | '\u{2000}'..='\u{200a}'
            | '\u{205f}'
            | '\u{3000}' => self.space(Gap::Space),
            '\u{200c}' | '\u{200d}' => self.joiner = self.joiner.or(Some(char)),
            '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => self.selector(char),
            '\u{e0020}'..='\u{e007f}' => self.tag(char),
            _ if is_dropped(char) => {}
            _ if is_combining_mark(char) => self.mark(char),
            _ => self.visible(char),
        }
    }

    fn line_end(&mut self) {
        let gap = match (self.shape, self.gap) {
            (Shape::Line, _) => Gap::Space,
            (Shape::Paragraphs, Gap::Line | Gap::Paragraph) => Gap::Paragraph,
            (Shape::Paragraphs, _) => Gap::Line,
        };
        self.space(gap);
    }

    fn space(&mut self, gap: Gap) {
        self.close_flag();
        self.gap = self.gap.max(gap);
        self.joiner = None;
        self.last = None;
        self.base = None;
    }

    fn selector(&mut self, char: char) {
        if self.last.is_some() && !self.selected && self.joiner.is_none() {
            self.out.push(char);
            self.selected = true;
        }
    }

    fn tag(&mut self, char: char) {
        match self.flag {
            None if self.last == Some('\u{1f3f4}') && char != '\u{e007f}' => {
                self.flag = Some(self.out.len());
                self.out.push(char);
            }
            Some(start) if char == '\u{e007f}' => {
                if self.out.len() > start {
                    self.out.push(char);
                }
                self.flag = None;
                self.last = Some(char);
            }
            Some(start) if self.out.len() - start < 12 * char.len_utf8() => self.out.push(char),
            _ => {}
        }
    }

    /// A flag of tag characters that is not ended is no flag: only its pole stays.
    fn close_flag(&mut self) {
        if let Some(start) = self.flag.take() {
            self.out.truncate(start);
        }
    }

    fn mark(&mut self, char: char) {
        self.close_flag();
        let Some(_) = self.last else { return };
        if self.marks < MOST_MARKS {
            self.write_joiner(char);
            self.out.push(char);
            self.marks += 1;
            self.selected = false;
            self.base = match char {
                _ if is_joining_letter(char) => Some(char),
                '\u{20e3}' => self.base,
                _ => None,
            };
        }
        self.joiner = None;
    }

    fn visible(&mut self, char: char) {
        self.begin_visible();
        self.write_joiner(char);
        self.out.push(char);
        self.last = Some(char);
        if !('\u{1f3fb}'..='\u{1f3ff}').contains(&char) || self.base.is_none() {
            self.base = Some(char);
        }
        self.marks = 0;
        self.selected = false;
        self.joiner = None;
    }

    fn begin_visible(&mut self) {
        self.close_flag();
        if self.out.len() > self.start {
            match self.gap {
                Gap::None => {}
                Gap::NoBreak => self.out.push('\u{a0}'),
                Gap::Space => self.out.push(' '),
                Gap::Line => self.out.push('\n'),
                Gap::Paragraph => self.out.push_str("\n\n"),
            }
        }
        self.gap = Gap::None;
    }

    /// Writes the waiting joiner where both neighbours need it.
    fn write_joiner(&mut self, next: char) {
        let (Some(joiner), Some(base)) = (self.joiner.take(), self.base) else { return };
        let letters = is_joining_letter(base) && is_joining_letter(next);
        let emoji = joiner == '\u{200d}' && is_pictograph(base) && is_pictograph(next);
        if letters || emoji {
            self.out.push(joiner);
        }
    }
}

/// The length of the run of printable ASCII at the start of `text`, up to and without a space that is not followed by a
/// printable character (so that it may have to go).
fn plain_run(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let is_single_space = byte == b' ' && at > 0 && bytes.get(at + 1).is_some_and(u8::is_ascii_graphic);
        if !byte.is_ascii_graphic() && !is_single_space {
            break;
        }
        at += 1;
    }
    at
}

/// What follows an ESC: the rest after the whole sequence it introduces.
fn after_escape(rest: &str) -> &str {
    match rest.chars().next() {
        Some('[') => after_control_sequence(&rest[1..]),
        Some(']' | 'P' | 'X' | '^' | '_') => after_string(&rest[1..]),
        Some(' '..='/') => {
            let rest = rest.trim_start_matches(|char: char| (' '..='/').contains(&char));
            rest.strip_prefix(|char: char| ('0'..='~').contains(&char)).unwrap_or(rest)
        }
        Some('0'..='~') => &rest[1..],
        _ => rest,
    }
}

/// The rest after the parameters, intermediates and final byte of a control sequence; a broken one ends where it breaks.
fn after_control_sequence(rest: &str) -> &str {
    let rest = rest.trim_start_matches(|char: char| ('0'..='?').contains(&char));
    let rest = rest.trim_start_matches(|char: char| (' '..='/').contains(&char));
    rest.strip_prefix(|char: char| ('@'..='~').contains(&char)).unwrap_or(rest)
}

/// The rest after a control string: after BEL, ST, or in front of the line end.
fn after_string(rest: &str) -> &str {
    for (at, char) in rest.char_indices() {
        match char {
            '\u{7}' | '\u{9c}' => return &rest[at + char.len_utf8()..],
            '\u{1b}' => return rest[at + 1..].strip_prefix('\\').unwrap_or(&rest[at..]),
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => return &rest[at..],
            _ => {}
        }
    }
    ""
}

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
fn is_joining_letter(char: char) -> bool {
    let in_script = matches!(char,
        '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{6d3}' | '\u{6d5}' | '\u{6fa}'..='\u{6fc}' | '\u{710}'..='\u{74f}' | '\u{750}'..='\u{77f}'
        | '\u{7ca}'..='\u{7ea}' | '\u{8a0}'..='\u{8c9}' | '\u{900}'..='\u{dff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17d3}'
        | '\u{1820}'..='\u{18aa}' | '\u{fb50}'..='\u{fbb1}' | '\u{fe70}'..='\u{fefc}');
    in_script && (char.is_alphabetic() || is_combining_mark(char))
}

/// Symbols that emoji sequences are made of.
fn is_pictograph(char: char) -> bool {
    matches!(char,
        '\u{2640}' | '\u{2642}' | '\u{2695}' | '\u{2696}' | '\u{2708}' | '\u{2764}' | '\u{27a1}' | '\u{2194}' | '\u{2195}' | '\u{2b1b}'
        | '\u{26a7}' | '\u{1f000}'..='\u{1f3fa}' | '\u{1f400}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn escape_sequences_go_whole() {
        assert_eq!(line("a\u{1b}[31mred\u{1b}[0m b"), "ared b");
        assert_eq!(line("t\u{1b}]0;owned\u{7}itle"), "title");
        assert_eq!(line("t\u{1b}]8;;http://x\u{1b}\\link"), "tlink");
        assert_eq!(line("c1 \u{9b}31mred\u{9d}0;x\u{9c} end"), "c1 red end");
    }

    #[test]
    fn an_unterminated_string_ends_with_its_line() {
        assert_eq!(paragraphs("one\u{1b}]52;c;aGk=\ntwo"), "one\ntwo");
        assert_eq!(paragraphs("one\u{1b}[12;\ntwo"), "one\ntwo");
    }

    #[test]
    fn an_escape_written_as_text_stays() {
        assert_eq!(line("^[[31m \\x1b %1b &#27; <b>"), "^[[31m \\x1b %1b &#27; <b>");
    }

    #[test]
    fn spaces_settle_and_no_break_spaces_stay() {
        assert_eq!(line("  a \t b\u{2009}c\u{a0}d  \u{a0}e "), "a b c\u{a0}d e");
        assert_eq!(paragraphs("a  \r\n\r\n\r\n b\rc"), "a\n\nb\nc");
        assert_eq!(line("two\nlines"), "two lines");
    }

    #[test]
    fn joiners_stay_only_where_they_join() {
        let family = "👨\u{200d}👩\u{200d}👧";
        assert_eq!(line(family), family);
        assert_eq!(line("❤\u{fe0f}\u{200d}🔥"), "❤\u{fe0f}\u{200d}🔥");
        assert_eq!(line("می\u{200c}خواهم"), "می\u{200c}خواهم");
        assert_eq!(line("क\u{94d}\u{200d}ष"), "क\u{94d}\u{200d}ष");
        assert_eq!(line("pass\u{200d}word\u{200b}s"), "passwords");
    }

    #[test]
    fn floods_of_marks_are_cut_and_orphans_dropped() {
        let flood = format!("a{}b", "\u{301}".repeat(200));
        assert_eq!(line(&flood).chars().count(), 32);
        assert_eq!(line("\u{301}x \u{302}y"), "x y");
        assert_eq!(line("x\u{fe0f}\u{fe0e}\u{fe0f}"), "x\u{fe0f}");
    }

    #[test]
    fn tags_stay_in_flags_alone() {
        let scotland = "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}";
        assert_eq!(line(scotland), scotland);
        assert_eq!(line("🏴\u{e0067}\u{e0062} x\u{e0041}"), "🏴 x");
    }

    #[test]
    fn offsets_follow_their_places() {
        let text = "a\u{200b}b  \u{1b}[1mcd";
        let mut offsets = [0, text.find('b').unwrap(), text.find("cd").unwrap(), text.len()];
        let mut out = String::from("kept:");
        paragraphs_with_offsets(text, &mut out, &mut offsets);
        assert_eq!(out, "kept:ab cd");
        assert_eq!(offsets, [0, 1, 2, 5]);
    }

    fn hostile() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "a",
            " ",
            "\n",
            "\r\n",
            "\t",
            "\u{1b}[",
            "\u{1b}]",
            "\u{7}",
            "\u{9b}",
            "31m",
            "\u{200d}",
            "\u{200c}",
            "\u{fe0f}",
            "\u{301}",
            "👩",
            "🏽",
            "🏴",
            "\u{e0067}",
            "\u{e007f}",
            "ش",
            "क",
            "\u{94d}",
            "\u{202e}",
            "\u{a0}",
            "é",
            "\u{2028}",
            "\\",
            "0",
            "x\u{303}",
        ]);
        prop_oneof![any::<String>(), prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())]
    }

    proptest! {
        #[test]
        fn cleaning_is_idempotent_and_leaves_no_control(text in hostile()) {
            let once = paragraphs(&text);
            prop_assert_eq!(paragraphs(&once), once.clone());
            let clean = once.chars().all(|char| char == '\n' || !is_dropped(char));
            prop_assert!(clean);
            prop_assert!(once.len() <= text.len());
            let single = line(&text);
            prop_assert_eq!(line(&single), single.clone());
            prop_assert!(!single.contains('\n'));
        }
    }
}
