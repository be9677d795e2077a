//! Quotation marks as they stand in a line: which family each belongs to, and whether it can open or close.
//!
//! Only the neighbours of a mark are looked at, never more than a few characters, so reading a line costs its length.
//! Apostrophes, feet and inches are left out here as far as their neighbours tell; what they do not tell is
//! `Mark::loose`, and is settled in pairing.

/// Marks that close each other. Curly, straight and low marks of one size are one family: live copy mixes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Double,
    Single,
    Angle,
    SingleAngle,
    Corner,
    WhiteCorner,
}

impl Family {
    /// How many there are: the size of a table with a place for each.
    pub(super) const COUNT: usize = 6;
}

/// One mark that may open or close a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) family: Family,
    pub(super) can: Can,
    /// A closing single mark that may as well be a possessive (`workers' rights`), or a double one that may be inches.
    pub(super) loose: bool,
    /// The mark follows `,` `.` `?` `!` or the like, as a mark that ends speech does.
    pub(super) after_stop: bool,
    /// The first visible character of its line.
    pub(super) first: bool,
}

/// What a mark can do where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Can {
    Open,
    Close,
    Either,
    Neither,
}

impl Can {
    fn from_both(opens: bool, closes: bool) -> Self {
        match (opens, closes) {
            (true, true) => Self::Either,
            (true, false) => Self::Open,
            (false, true) => Self::Close,
            (false, false) => Self::Neither,
        }
    }
}

impl Mark {
    pub(super) fn opens(&self) -> bool {
        matches!(self.can, Can::Open | Can::Either)
    }

    pub(super) fn closes(&self) -> bool {
        matches!(self.can, Can::Close | Can::Either)
    }

    /// Takes from the mark that it may close.
    pub(super) fn forbid_close(&mut self) {
        self.can = Can::from_both(self.opens(), false);
    }
}

/// What the shape alone says of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Opening,
    Closing,
    Straight,
}

/// Words written with a leading apostrophe.
const CLIPPED: &[&str] = &[
    "bout", "cos", "cuz", "em", "ere", "fraid", "gainst", "im", "n", "nuff", "nother", "til", "till", "tis",
    "tween", "twas", "twere", "twill", "twould",
];

/// Whether `byte` begins a mark or ends a line; every other byte can be skipped.
pub(super) const fn is_of_interest(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'\n' | b'\r' | 0x0B | 0x0C | 0xC2 | 0xE2 | 0xE3 | 0xEF)
}

/// Whether a line ends at `c`.
pub(super) const fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether `c` can be a quotation mark of any kind.
pub(super) const fn is_mark(c: char) -> bool {
    shape(c).is_some()
}

const fn shape(c: char) -> Option<(Family, Shape)> {
    Some(match c {
        '“' | '„' | '‟' | '〝' => (Family::Double, Shape::Opening),
        '”' | '〞' => (Family::Double, Shape::Closing),
        '"' | '＂' => (Family::Double, Shape::Straight),
        '‘' | '‚' | '‛' => (Family::Single, Shape::Opening),
        '’' => (Family::Single, Shape::Closing),
        '\'' => (Family::Single, Shape::Straight),
        '«' => (Family::Angle, Shape::Opening),
        '»' => (Family::Angle, Shape::Closing),
        '‹' => (Family::SingleAngle, Shape::Opening),
        '›' => (Family::SingleAngle, Shape::Closing),
        '「' => (Family::Corner, Shape::Opening),
        '」' => (Family::Corner, Shape::Closing),
        '『' => (Family::WhiteCorner, Shape::Opening),
        '』' => (Family::WhiteCorner, Shape::Closing),
        _ => return None,
    })
}

/// Reads the character at `at` in `line` (which starts at `base` of the whole text) as a mark.
pub(super) fn read(line: &str, at: usize, base: usize) -> Option<Mark> {
    let (before, rest) = line.split_at_checked(at)?;
    let mut ahead = rest.chars();
    let c = ahead.next()?;
    let (family, shape) = shape(c)?;
    let around = Around { before, after: ahead.as_str() };
    let (opens, closes, loose) = match family {
        Family::Double => around.double(c, shape),
        Family::Single => around.single(shape),
        _ => around.paired(shape),
    };
    let start = base + at;
    let can = Can::from_both(opens, closes);
    (can != Can::Neither).then(|| Mark {
        start,
        end: start + c.len_utf8(),
        family,
        can,
        loose,
        after_stop: before.ends_with([',', '.', '!', '?', '…', '-', '–', '—', ';', ':']),
        first: around.is_first(),
    })
}

/// The text on either side of a mark, in its line.
struct Around<'a> {
    before: &'a str,
    after: &'a str,
}

impl Around<'_> {
    fn previous(&self) -> Option<char> {
        self.before.chars().next_back()
    }

    fn next(&self) -> Option<char> {
        self.after.chars().next()
    }

    fn is_first(&self) -> bool {
        // A long indent is no paragraph of a liveblog: a few characters are enough, and keep this cheap.
        self.before.len() < 64 && self.before.chars().all(is_blank)
    }

    /// Nothing, a space, a bracket, a dash or another opening mark stands before.
    fn is_open_before(&self) -> bool {
        let mut back = self.before.chars().rev();
        back.next().is_none_or(|c| is_opener(c) || (is_mark(c) && back.next().is_none_or(is_opener)))
    }

    /// Nothing, a space or punctuation stands after.
    fn is_open_after(&self) -> bool {
        self.next().is_none_or(|c| !is_letter(c))
    }

    fn is_blank_before(&self) -> bool {
        self.previous().is_none_or(is_blank)
    }

    fn is_blank_after(&self) -> bool {
        self.next().is_none_or(is_blank)
    }

    fn is_in_word(&self) -> bool {
        self.previous().is_some_and(is_letter) && self.next().is_some_and(is_letter)
    }

    fn double(&self, c: char, shape: Shape) -> (bool, bool, bool) {
        match shape {
            // “so“ and ”so” are slips of the keyboard: a mark that can only close does close.
            Shape::Opening => {
                (!self.is_blank_after() || c == '„', !self.is_blank_before() && self.is_open_after(), false)
            }
            Shape::Closing => (self.is_blank_before() && !self.is_blank_after(), true, false),
            Shape::Straight if self.is_inches() => (false, false, false),
            Shape::Straight => {
                let after_digit = self.previous().is_some_and(|c| c.is_ascii_digit());
                let both_blank = self.is_blank_before() && self.is_blank_after();
                let opens = self.is_open_before() && !self.is_blank_after();
                let closes = both_blank || !self.is_blank_before();
                (opens, closes, after_digit && self.starts_word_after_space())
            }
        }
    }

    fn single(&self, shape: Shape) -> (bool, bool, bool) {
        if self.is_in_word() || self.is_clipped() {
            return (false, false, false);
        }
        let opens = self.is_open_before() && self.next().is_some_and(is_beginning);
        let closes = !self.is_blank_before() && self.is_open_after();
        let loose = closes
            && self.previous().is_some_and(|c| matches!(c, 's' | 'S' | 'z' | 'x') || c.is_ascii_digit())
            && self.starts_word_after_space();
        match shape {
            Shape::Opening => (opens, closes, false),
            Shape::Closing => (opens && self.is_blank_before() && self.is_first(), closes, loose),
            Shape::Straight => (opens, closes, loose),
        }
    }

    fn paired(&self, shape: Shape) -> (bool, bool, bool) {
        // »so« is how German sets them: a mark turned outward opens when it hugs the word after it.
        let hugs_next = self.is_blank_before() && !self.is_blank_after();
        let hugs_previous = !self.is_blank_before() && self.is_open_after();
        match shape {
            Shape::Opening => (true, hugs_previous, false),
            Shape::Closing | Shape::Straight => (hugs_next, true, false),
        }
    }

    /// A space follows, then a letter: the sentence goes on as after `workers'` or `12"`.
    fn starts_word_after_space(&self) -> bool {
        let mut ahead = self.after.chars();
        ahead.next() == Some(' ') && ahead.next().is_some_and(is_letter)
    }

    /// `6'2"`, `5’ 11"`: feet and inches.
    fn is_inches(&self) -> bool {
        let feet = self.before.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = self.before.len() - feet.len();
        if digits == 0 || digits > 2 {
            return false;
        }
        let mut back = feet.strip_suffix(' ').unwrap_or(feet).chars();
        back.next_back().is_some_and(|c| matches!(c, '\'' | '’' | '′'))
            && back.next_back().is_some_and(|c| c.is_ascii_digit())
    }

    /// `'90s`, `'em`, `'tis`: an apostrophe that stands for what was left off.
    fn is_clipped(&self) -> bool {
        if self.previous().is_some_and(is_letter) {
            return false;
        }
        let word_end = self.after.char_indices().take(8).find(|&(_, c)| !is_letter(c)).map(|(i, _)| i);
        let Some(word) = (match word_end {
            Some(end) => self.after.get(..end),
            None => (self.after.len() < 8).then_some(self.after),
        }) else {
            return false;
        };
        let is_years =
            word.len() == 3 && word.ends_with('s') && word.bytes().take(2).all(|b| b.is_ascii_digit());
        is_years || CLIPPED.iter().any(|clipped| word.eq_ignore_ascii_case(clipped))
    }
}

/// Whether quoted words may begin with `c`.
fn is_beginning(c: char) -> bool {
    is_letter(c)
        || matches!(
            c,
            '(' | '['
                | '{'
                | '$'
                | '£'
                | '€'
                | '#'
                | '@'
                | '…'
                | '.'
                | '“'
                | '"'
                | '‘'
                | '’'
                | '\''
                | '«'
                | '¿'
                | '¡'
                | '*'
                | '_'
                | '-'
                | '–'
                | '—'
                | '+'
        )
}

/// Whether a mark right after `c` may open.
fn is_opener(c: char) -> bool {
    is_blank(c)
        || matches!(
            c,
            '(' | '['
                | '{'
                | '<'
                | '-'
                | '–'
                | '—'
                | '‒'
                | '―'
                | '/'
                | ':'
                | '='
                | ','
                | '…'
                | '*'
                | '_'
                | '~'
                | '|'
                | '>'
        )
}

/// A letter or a digit. Asking Unicode is slow, and much asked here about marks and dashes, which stand in one block.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || (!c.is_ascii() && !matches!(c, '\u{2000}'..='\u{206F}') && c.is_alphanumeric())
}

/// White space and characters that show nothing.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{AD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: &str, at: usize) -> Option<(bool, bool)> {
        read(line, at, 0).map(|mark| (mark.opens(), mark.closes()))
    }

    #[test]
    fn an_apostrophe_inside_a_word_is_no_mark() {
        assert_eq!(at("the dog's tail", 7), None);
        assert_eq!(at("they won’t", 8), None);
    }

    #[test]
    fn an_apostrophe_for_what_was_left_off_is_no_mark() {
        assert_eq!(at("back in the '80s", 12), None);
        assert_eq!(at("tell 'em", 5), None);
        assert_eq!(at("'Empire' falls", 0), Some((true, false)));
    }

    #[test]
    fn feet_and_inches_are_no_marks() {
        assert_eq!(at("he is 6'2\" tall", 7), None);
        assert_eq!(at("he is 6'2\" tall", 9), None);
        assert_eq!(at("she is 5' 11\" tall", 12), None);
    }

    #[test]
    fn a_possessive_plural_may_close_but_is_loose() {
        let mark = read("the workers' rights", 11, 0).unwrap();
        assert!(mark.closes() && mark.loose && !mark.opens());
    }

    #[test]
    fn straight_marks_go_by_the_space_beside_them() {
        assert_eq!(at("a \"word\" here", 2), Some((true, false)));
        assert_eq!(at("a \"word\" here", 7), Some((false, true)));
    }

    #[test]
    fn an_offset_inside_a_character_is_no_mark() {
        assert_eq!(at("“", 1), None);
        assert_eq!(at("“", 9), None);
    }
}
