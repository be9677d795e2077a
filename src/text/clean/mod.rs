//! Cleans text at the border: what went through here holds nothing a terminal would obey and nothing a reader cannot see.
//!
//! Allowed through are letters of every script in logical order, line feeds, single spaces, no-break spaces, joiners
//! where a script or an emoji needs them, one variation selector after a base, and at most thirty combining marks.
//! Gone are controls, whole escape sequences, bidi controls, and invisible or filler characters.
//! Cleaning twice changes nothing, takes linear time, and never makes a text longer.
//!
//! Rules after UAX #15 (stream-safe text), UTS #51 (emoji sequences) and ECMA-48 (control sequences).

mod characters;
mod plain;
mod sequences;

use unicode_normalization::char::is_combining_mark;

pub use characters::is_dropped;
use characters::{is_joining_letter, is_pictograph};
use plain::plain_run;
use sequences::{after_control_sequence, after_escape, after_string};

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
        // A place between two paragraphs is that of the first one's end, so their gap must not be passed over.
        let keeps_line_ends = self.shape == Shape::Paragraphs && offsets.is_empty();
        let mut waiting = offsets.iter_mut().peekable();
        let mut rest = text;
        loop {
            let at = text.len() - rest.len();
            while let Some(offset) = waiting.next_if(|offset| **offset <= at) {
                *offset = self.out.len() - self.start;
            }
            let plain = if keeps_line_ends { plain_run::<true>(rest) } else { plain_run::<false>(rest) };
            let plain = waiting.peek().map_or(plain, |offset| plain.min(offset.saturating_sub(at)));
            if let Some((run, after)) = rest.split_at_checked(plain).filter(|(run, _)| !run.is_empty()) {
                self.write_plain(run);
                rest = after;
                continue;
            }
            let mut chars = rest.chars();
            let Some(char) = chars.next() else { break };
            rest = chars.as_str();
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

    /// Writes a run that needs no looking at.
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

#[cfg(test)]
mod tests;
