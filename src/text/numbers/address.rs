//! Addresses and codes: stretches full of digits that are no numbers at all.
//!
//! Links, e-mail addresses, handles, tags and identifiers are judged by the whole stretch between two spaces;
//! telephone numbers, IP addresses and references by their groups of digits.

use super::cursor::{byte, char_before, ends_word, is_digit};

/// A stretch without spaces is looked at this far back.
const LONGEST_CHUNK: usize = 256;

/// A stretch without spaces, by what it is and where it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chunk {
    /// A link, an address, a handle, a tag or an identifier.
    Address(usize),
    Prose(usize),
}

/// Judges the stretch without spaces around a position.
pub(super) fn chunk(text: &str, at: usize) -> Chunk {
    let mut start = at;
    while at - start < LONGEST_CHUNK
        && let Some(c) = char_before(text, start)
        && !c.is_whitespace()
    {
        start -= c.len_utf8();
    }
    let end = text
        .get(at..)
        .and_then(|rest| rest.find(char::is_whitespace))
        .map_or(text.len(), |length| at + length);
    let head =
        text.get(start..end.min(start + 4 * LONGEST_CHUNK)).or_else(|| text.get(start..end)).unwrap_or("");
    if is_address(head) { Chunk::Address(end) } else { Chunk::Prose(end) }
}

fn is_address(chunk: &str) -> bool {
    let bytes = chunk.as_bytes();
    let tagged = bytes.windows(2).any(|pair| pair[0] == b'#' && pair[1].is_ascii_alphanumeric());
    tagged
        || bytes.contains(&b'@')
        || chunk.contains("://")
        || chunk.contains("www.")
        || chunk.contains("::")
        || is_domain(chunk)
        || is_hex(chunk)
}

/// Whether a part before the first slash reads like a.host.name, or the whole ends in a top-level domain.
fn is_domain(chunk: &str) -> bool {
    let slash = chunk.find('/');
    let host = chunk
        .get(..slash.unwrap_or(chunk.len()))
        .unwrap_or("")
        .trim_end_matches([',', '.', ';', ':', ')', '?', '!', '"', '”', '’']);
    let Some((name, last)) = host.rsplit_once('.') else {
        return false;
    };
    let known =
        ["com", "org", "net", "gov", "edu", "uk", "co", "io", "ly", "html", "htm", "pdf", "eu", "info"];
    let lower = last.len() >= 2 && last.bytes().all(|b| b.is_ascii_lowercase());
    let named = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'));
    let odd_time = last == "pm" && name.parse::<u32>().is_ok_and(|hour| hour > 24);
    named
        && !name.is_empty()
        && lower
        && (known.contains(&last)
            || odd_time
            || (slash.is_some() && !name.bytes().all(|b| b.is_ascii_digit())))
}

/// Whether the chunk is a hexadecimal identifier: long parts of digits and a-f, both present.
fn is_hex(chunk: &str) -> bool {
    let core = chunk.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let hex = core.bytes().filter(u8::is_ascii_hexdigit).count();
    let marks = core.bytes().filter(|b| matches!(b, b'-' | b':')).count();
    core.len() >= 12
        && hex + marks == core.len()
        && hex >= 12
        && (marks == 0 || marks >= 3)
        && core.bytes().any(|b| b.is_ascii_alphabetic())
        || core.bytes().filter(|b| *b == b':').count() >= 3
        || (core.len() > 30 && core.bytes().filter(u8::is_ascii_digit).count() * 2 > core.len())
}

/// The most groups and bytes that are read as one code.
const MOST_GROUPS: usize = 10;
const LONGEST_CODE: usize = 48;

/// What the groups of digits of a possible code have in common.
#[derive(Debug, Default)]
struct Groups {
    count: usize,
    digits: usize,
    first: usize,
    last: usize,
    longest: usize,
    /// The longest run of groups that one and the same mark parts.
    chained: usize,
    run: usize,
    mark: u8,
    /// Whether a group stands in brackets, as area codes do.
    has_brackets: bool,
    /// Whether the groups are those of a thousands grouping.
    are_thousands: bool,
}

impl Groups {
    fn push(&mut self, length: usize, mark: u8) {
        let is_tight = matches!(mark, b'-' | b'.' | b'/');
        self.are_thousands = if self.count == 0 { length <= 3 } else { self.are_thousands && length == 3 };
        self.run = match (is_tight && self.count > 0, mark == self.mark) {
            (true, true) => self.run + 1,
            (true, false) => 1,
            (false, _) => 0,
        };
        self.mark = mark;
        self.chained = self.chained.max(self.run);
        self.first = if self.count == 0 { length } else { self.first };
        self.last = length;
        self.longest = self.longest.max(length);
        self.count += 1;
        self.digits += length;
    }

    /// Whether they make a telephone number, by what they begin with.
    fn is_phone(&self, begins: u8) -> bool {
        let international = begins == b'+' && self.digits >= 8;
        let area = self.has_brackets && self.digits >= 7;
        let trunk = begins == b'0' && self.first > 1 && self.count > 1 && self.digits >= 8;
        international || area || trunk
    }

    /// Whether they are a chain of three, a local number, or too long for one amount.
    fn is_code(&self, mark: u8) -> bool {
        let local = self.count == 2 && self.chained == 1 && (self.first, self.last, mark) == (3, 4, b'-');
        let odd = self.longest >= 7 || (self.count > 2 && self.chained > 0);
        self.chained >= 2 || local || (self.count > 1 && self.digits >= 10 && !self.are_thousands && odd)
    }
}

/// Where a telephone number, an IP address or a code of several groups ends that starts at the position.
pub(super) fn code(text: &str, at: usize) -> Option<usize> {
    let (mut end, mut next) = (at, at);
    let mut groups = Groups::default();
    while groups.count < MOST_GROUPS && next - at < LONGEST_CODE {
        let opens = byte(text, next) == b'(';
        let mut from = next + usize::from(opens);
        from += usize::from(opens && byte(text, from) == b' ');
        from += usize::from(groups.count == 0 && byte(text, from) == b'+');
        let length = (0..20).take_while(|n| is_digit(text, from + n)).count();
        let stop = from + length;
        let goes_on = !ends_word(text, stop) || (byte(text, stop) == b',' && is_digit(text, stop + 1));
        if length == 0 || goes_on {
            break;
        }
        // The mark before the group; a bracket or space breaks a chain, and so does another mark: "0.5-1.5" is a range.
        let before = if opens { b'(' } else { byte(text, next.wrapping_sub(1)) };
        groups.push(length, before);
        groups.has_brackets |= opens && length <= 3 && groups.count <= 2;
        end = stop;
        let inside = stop + usize::from(opens && byte(text, stop) == b' ');
        if opens && byte(text, inside) == b')' {
            end = inside + 1;
        }
        next = separator(text, end);
        if next == end && !opens && byte(text, next) != b'(' {
            break;
        }
    }
    let begins = byte(text, at);
    // A bracket opens a telephone number only; "(6-4" begins behind it.
    let found = groups.is_phone(begins) || (begins != b'(' && groups.is_code(byte(text, at + groups.first)));
    found.then_some(end)
}

/// The position after what may part two groups of a telephone number: one mark, or a dash beside a space.
fn separator(text: &str, at: usize) -> usize {
    let is_mark = |at: usize| matches!(byte(text, at), b' ' | b'-' | b'.' | b'/');
    let wide = matches!((byte(text, at), byte(text, at + 1)), (b' ', b'-') | (b'-' | b'/', b' '));
    let next = at + if wide { 2 } else { usize::from(is_mark(at)) };
    if is_digit(text, next) || byte(text, next) == b'(' { next } else { at }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_handles_and_tags_are_known() {
        for text in [
            "https://example.org/3",
            "a.b3@example.com",
            "@user_7",
            "#7",
            "news.example/2024/05",
            "fe80::12",
            "27.pm",
            "0f3a9c77d2e14b50",
        ] {
            assert!(matches!(chunk(text, 0), Chunk::Address(_)), "{text}");
        }
        for text in ["5.40pm", "said—3,000", "2024-05-01", "and/or", "12.5bn.", "a.m.", "123456789012"] {
            assert!(matches!(chunk(text, 0), Chunk::Prose(_)), "{text}");
        }
    }

    #[test]
    fn telephone_numbers_are_codes() {
        for text in [
            "020 7946 0000",
            "+44 20 7946 0000",
            "(541) 555-3010",
            "555-0142",
            "0800-00-00-00",
            "192.168.1.20",
            "1-2-3",
        ] {
            assert_eq!(code(text, 0), Some(text.len()), "{text}");
        }
        for text in ["1 234 567", "1000-5000", "6-4", "2014 2015", "12,345 678", "10 20"] {
            assert_eq!(code(text, 0), None, "{text}");
        }
    }
}
