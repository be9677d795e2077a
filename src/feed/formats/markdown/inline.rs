//! What stands within a line: emphasis, links, pictures and escapes become clean words with marks over them.
//!
//! A subset of `CommonMark`, in one pass over the text and one over its tokens. What opens and never closes is text.

use std::ops::Range;

use crate::{
    model::{Media, MediaKind},
    text::{line::Line, link::Link, prose::MarkKind},
};

/// A text with its marks, before it is cleaned.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub text: String,
    pub marks: Vec<(Range<usize>, MarkKind)>,
    pub links: Vec<Link>,
    pub media: Vec<Media>,
}

#[derive(Debug)]
enum Token<'a> {
    Text(&'a str),
    /// `*`, `**`, `_` or `__`.
    Mark {
        written: &'a str,
        opens: bool,
        closes: bool,
    },
    /// `[`.
    LinkStart,
    /// `](address)`.
    LinkEnd {
        written: &'a str,
        address: &'a str,
    },
}

/// How many marks may be open at a time; those beyond are text.
const OPEN: usize = 32;

/// Reads the words of `text`. Where a line ends it goes on with a space, unless a backslash or two spaces end it.
pub(super) fn words(text: &str) -> Words {
    let mut words = Words::default();
    let mut tokens = tokens(text, &mut words.media);
    let partners = partners(&mut tokens);
    let mut starts = vec![0; tokens.len()];
    for (index, token) in tokens.iter().enumerate() {
        let partner = partners.get(index).copied().flatten();
        match (token, partner) {
            (Token::Text(text), _) => words.text.push_str(text),
            (_, Some(other)) if other > index => {
                if let Some(start) = starts.get_mut(index) {
                    *start = words.text.len();
                }
            }
            (Token::Mark { written, .. }, Some(other)) => {
                let kind = if written.len() == 2 { MarkKind::Bold } else { MarkKind::Italic };
                words.mark(starts.get(other).copied(), kind);
            }
            (Token::LinkEnd { address, .. }, Some(other)) => words.link(starts.get(other).copied(), address),
            (Token::Mark { written, .. } | Token::LinkEnd { written, .. }, None) => {
                words.text.push_str(written);
            }
            (Token::LinkStart, _) => words.text.push('['),
        }
    }
    words
}

/// For each token that opens something, the token that closes it, and the other way round.
fn partners(tokens: &mut [Token<'_>]) -> Vec<Option<usize>> {
    let mut partners = vec![None; tokens.len()];
    let mut open: Vec<usize> = Vec::new();
    for index in 0..tokens.len() {
        arrange(tokens, index, open.last().copied());
        let Some(token) = tokens.get(index) else { break };
        let partner = match token {
            Token::Text(_) | Token::LinkStart | Token::Mark { closes: false, .. } => None,
            Token::Mark { written, .. } => open.iter().rposition(
                |at| matches!(tokens.get(*at), Some(Token::Mark { written: opened, .. }) if opened == written),
            ),
            Token::LinkEnd { .. } => {
                open.iter().rposition(|at| matches!(tokens.get(*at), Some(Token::LinkStart)))
            }
        };
        if let Some(place) = partner {
            let opener = open.get(place).copied().unwrap_or_default();
            open.truncate(place);
            if let Some(slot) = partners.get_mut(opener) {
                *slot = Some(index);
            }
            if let Some(slot) = partners.get_mut(index) {
                *slot = Some(opener);
            }
        } else if matches!(token, Token::LinkStart | Token::Mark { opens: true, .. }) && open.len() < OPEN {
            open.push(index);
        }
    }
    partners
}

/// Three marks in a row are one and two, or two and one: what was opened last is closed first.
fn arrange(tokens: &mut [Token<'_>], index: usize, last: Option<usize>) {
    let written = |at: usize| match tokens.get(at) {
        Some(Token::Mark { written, closes: true, .. }) => Some(*written),
        _ => None,
    };
    let opened = match last.and_then(|at| tokens.get(at)) {
        Some(Token::Mark { written, .. }) => *written,
        _ => return,
    };
    let is_other = |written: &str| written != opened && written.get(..1) == opened.get(..1);
    if written(index).is_some_and(is_other) && written(index + 1) == Some(opened) {
        tokens.swap(index, index + 1);
    }
}

impl Words {
    fn mark(&mut self, start: Option<usize>, kind: MarkKind) {
        self.marks.extend(start.map(|start| (start..self.text.len(), kind)));
    }

    fn link(&mut self, start: Option<usize>, address: &str) {
        if let Some(link) = Link::parse(address) {
            self.mark(start, MarkKind::Link(self.links.len() as u32));
            self.links.push(link);
        }
    }
}

fn tokens<'a>(text: &'a str, media: &mut Vec<Media>) -> Vec<Token<'a>> {
    let mut tokens = Vec::new();
    let (mut rest, mut plain, mut last) = (text, 0, ' ');
    // Where the text that is plain so far begins, counted from the start of `text`.
    while let Some(char) = rest.chars().next() {
        let at = text.len() - rest.len();
        let (token, length) = match char {
            '\\' => match rest.get(1..).and_then(|after| after.chars().next()) {
                Some('\n') => (Some(Token::Text("\n")), 2),
                Some(next) if next.is_ascii_punctuation() => (rest.get(1..2).map(Token::Text), 2),
                _ => (None, 1),
            },
            '\n' => {
                let is_kept = text.get(..at).is_some_and(|before| before.ends_with("  "));
                (Some(Token::Text(if is_kept { "\n" } else { " " })), 1)
            }
            '`' => code(rest).map_or((None, 1), |(code, length)| (Some(Token::Text(code)), length)),
            '*' | '_' => {
                let (mark, length) = mark(rest, char, last);
                (Some(mark), length)
            }
            '!' if rest.starts_with("![") => match picture(rest) {
                Some((picture, length)) => {
                    media.push(picture);
                    (Some(Token::Text("")), length)
                }
                None => (None, 1),
            },
            '[' => (Some(Token::LinkStart), 1),
            ']' => link_end(rest).map_or((None, 1), |(end, length)| (Some(end), length)),
            '<' => autolink(rest).map_or((None, 1), |(address, length)| (Some(Token::Text(address)), length)),
            _ => (None, char.len_utf8()),
        };
        if let Some(token) = token {
            tokens.extend(text.get(plain..at).filter(|text| !text.is_empty()).map(Token::Text));
            tokens.push(token);
            plain = at + length;
        }
        let (read, after) = rest.split_at(length);
        // A mark that follows another stands beside the word before both.
        if !matches!(tokens.last(), Some(Token::Mark { .. })) || plain != at + length {
            last = read.chars().next_back().unwrap_or(last);
        }
        rest = after;
    }
    tokens.extend(text.get(plain..).filter(|text| !text.is_empty()).map(Token::Text));
    tokens
}

/// The mark that `text` begins with, which is one or two of `char`, and its length; `last` stands before it.
fn mark(text: &str, char: char, last: char) -> (Token<'_>, usize) {
    let run = text.len() - text.trim_start_matches(char).len();
    let length = run.min(2);
    let after = text.get(length..).unwrap_or_default();
    let next = after.trim_start_matches(char).chars().next().unwrap_or(' ');
    let is_inside = char == '_' && last.is_alphanumeric() && next.is_alphanumeric();
    let written = text.get(..length).unwrap_or_default();
    let (opens, closes) = (!next.is_whitespace() && !is_inside, !last.is_whitespace() && !is_inside);
    (Token::Mark { written, opens, closes }, length)
}

/// The end of a link that `text` begins with, and its length.
fn link_end(text: &str) -> Option<(Token<'_>, usize)> {
    let target = target(text.get(1..)?)?;
    let length = target.length + 1;
    Some((Token::LinkEnd { written: text.get(..length)?, address: target.address }, length))
}

/// The code that `text` begins with, and its length with its marks.
fn code(text: &str) -> Option<(&str, usize)> {
    let inner = text.get(1..)?;
    let end = inner.bytes().take(1000).position(|byte| byte == b'`')?;
    Some((inner.get(..end)?, end + 2))
}

/// The address in angle brackets that `text` begins with.
fn autolink(text: &str) -> Option<(&str, usize)> {
    let inner = text.get(1..)?;
    let end = inner.bytes().take(2100).position(|byte| matches!(byte, b'>' | b'<' | b' ' | b'\n'))?;
    let address = inner.get(..end).filter(|_| inner.as_bytes().get(end) == Some(&b'>'))?;
    Link::parse(address).map(|_| (address, end + 2))
}

/// What a link leads to: `(address)`, `(<address>)`, either with a title.
#[derive(Debug)]
pub(super) struct Target<'a> {
    pub address: &'a str,
    pub title: &'a str,
    pub length: usize,
}

/// The target that `text` begins with.
pub(super) fn target(text: &str) -> Option<Target<'_>> {
    let inner = text.strip_prefix('(')?;
    let is_end = |byte: &u8| matches!(byte, b')' | b' ' | b'\n' | b'<' | b'>' | b'[' | b']');
    let (address, rest) = match inner.strip_prefix('<') {
        Some(inner) => {
            let end = inner.bytes().take(2200).position(|byte| matches!(byte, b'>' | b'\n'))?;
            (inner.get(..end)?, inner.get(end..)?.strip_prefix('>')?)
        }
        None => inner.split_at_checked(inner.as_bytes().iter().take(2200).position(is_end)?)?,
    };
    let after = rest.trim_start_matches([' ', '\n']);
    let (title, rest) = match after.strip_prefix('"') {
        Some(title) => {
            let end = (0..title.len().min(11_000)).find(|at| {
                title.as_bytes().get(*at) == Some(&b'"')
                    && (*at == 0 || title.as_bytes().get(at - 1) != Some(&b'\\'))
            })?;
            (title.get(..end)?, title.get(end + 1..)?)
        }
        None => ("", after),
    };
    let rest = rest.strip_prefix(')')?;
    Some(Target { address, title, length: text.len() - rest.len() })
}

/// The picture that `text` begins with: `![caption](address "credit")`.
fn picture(text: &str) -> Option<(Media, usize)> {
    let (label, length) = label(text.get(1..)?)?;
    let target = target(text.get(1 + length..)?)?;
    let medium = Media {
        kind: MediaKind::Image,
        link: Link::parse(target.address),
        text: line(label),
        credit: line(target.title),
    };
    Some((medium, 1 + length + target.length))
}

/// What stands in the brackets that `text` begins with, and their length with it.
pub(super) fn label(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix('[')?;
    let mut is_escaped = false;
    for (at, byte) in inner.bytes().enumerate().take(11_000) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b']' => return Some((inner.get(..at)?, at + 2)),
            b'[' | b'\n' => return None,
            _ => {}
        }
    }
    None
}

/// The words of `text` in one line.
pub(super) fn line(text: &str) -> Line {
    Line::new(&words(text).text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> (String, Vec<(String, MarkKind)>) {
        let words = words(text);
        let marks =
            words.marks.iter().map(|(range, kind)| (words.text[range.clone()].to_owned(), *kind)).collect();
        (words.text, marks)
    }

    #[test]
    fn marks_stand_over_their_words() {
        let (text, marks) =
            marked("A **bold** and *slanted* [link **b**](<https://x.example/a>) _so_ __too__");
        assert_eq!(text, "A bold and slanted link b so too");
        let wanted = [
            ("bold", MarkKind::Bold),
            ("slanted", MarkKind::Italic),
            ("b", MarkKind::Bold),
            ("link b", MarkKind::Link(0)),
            ("so", MarkKind::Italic),
            ("too", MarkKind::Bold),
        ];
        assert_eq!(marks, wanted.map(|(text, kind)| (text.to_owned(), kind)));
    }

    #[test]
    fn what_never_closes_is_text() {
        for text in [
            "2 * 3 * 4",
            "**never",
            "snake_case_name",
            "[no link] here",
            "a < b > c",
            "![x",
            "`x",
            "](",
            "*",
            "[[[[",
        ] {
            assert_eq!(words(text).text, text);
            assert!(words(text).marks.is_empty(), "{text}");
        }
    }

    #[test]
    fn escapes_and_line_ends_are_what_they_say() {
        assert_eq!(words("\\*no\\* \\[x\\] a\\b").text, "*no* [x] a\\b");
        assert_eq!(words("one\ntwo\\\nthree").text, "one two\nthree");
        assert_eq!(words("<https://x.example/> `a*b*c`").text, "https://x.example/ a*b*c");
    }

    #[test]
    fn pictures_are_media_and_bad_links_are_words() {
        let words = words("![A boat](<https://x.example/a.jpg> \"Ana Bell\") [x](javascript:y)");
        assert_eq!((words.media[0].text.as_str(), words.media[0].credit.as_str()), ("A boat", "Ana Bell"));
        assert_eq!((words.text.as_str(), words.links.len()), (" x", 0));
    }
}
