//! What a page tells machines: the blog and its entries as structured data has them, before the page itself is looked at.

use crate::{
    feed::html_text,
    model::{Media, Stamp},
    text::{line::Line, link::Link, prose::Prose},
};

use super::page::head;

/// How many characters of a text that was cut may be those of a tag or an entity that was cut.
const CUT: usize = 40;
/// The most bytes that a tag adds to the text: a quotation mark, or the empty line between two paragraphs.
const TAG: usize = '“'.len_utf8();

/// The blog as structured data tells it.
#[derive(Debug, Default)]
pub(super) struct ToldBlog {
    pub title: Line,
    pub url: Option<Link>,
    pub publisher: Line,
    pub authors: Vec<Line>,
    pub description: String,
    pub start: Option<Stamp>,
    pub end: Option<Stamp>,
    /// When the page was changed last.
    pub modified: Option<Stamp>,
    pub entries: Vec<Told>,
}

/// An entry as structured data tells it.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// What the page knows the entry by: the fragment of its address, or its id.
    pub key: String,
    pub link: Option<Link>,
    pub published: Option<Stamp>,
    pub revised: Option<Stamp>,
    pub headline: Line,
    pub authors: Vec<Line>,
    pub body: Body,
    /// The media beside the body.
    pub media: Vec<Media>,
    /// The element that tells it, when it is part of the page.
    pub node: Option<u32>,
}

impl Told {
    /// Whether it says anything.
    pub(super) fn is_empty(&self) -> bool {
        self.headline.is_empty() && self.media.is_empty() && self.body.is_empty()
    }
}

/// A body as structured data tells it. Most bodies are told and shown, and only one of the two is wanted: what is written
/// is not read before it is.
#[derive(Debug)]
pub(super) enum Body {
    /// HTML, or text whose line ends part paragraphs.
    Written(String),
    /// A part of the page.
    Read(Prose, Vec<Media>),
}

impl Default for Body {
    fn default() -> Self {
        Self::Written(String::new())
    }
}

impl Body {
    /// What it says, with the media in it.
    pub(super) fn read(self) -> (Prose, Vec<Media>) {
        match self {
            Self::Written(text) => read(&text),
            Self::Read(prose, media) => (prose, media),
        }
    }

    /// What tells two bodies apart.
    pub(super) fn raw(&self) -> &str {
        match self {
            Self::Written(text) => text,
            Self::Read(prose, _) => prose.text(),
        }
    }

    /// The first `most` characters of its text.
    pub(super) fn beginning(&self, most: usize) -> String {
        let text = match self {
            Self::Written(text) => text,
            Self::Read(prose, _) => return head(prose.text(), most).to_owned(),
        };
        // Twice as much each time, so that all of it costs no more than reading it twice.
        let mut looked = 4 * (most + CUT);
        loop {
            let part = head(text, looked);
            let prose = read(part).0;
            let is_enough = prose.text().chars().nth(most + CUT).is_some();
            if is_enough || part.len() >= text.trim_start().len() {
                return head(prose.text(), most).to_owned();
            }
            looked *= 2;
        }
    }

    /// A length in bytes that its text does not exceed.
    pub(super) fn most_length(&self) -> usize {
        let text = match self {
            Self::Written(text) => text,
            Self::Read(prose, _) => return prose.text().len(),
        };
        // A line end may become two, and an entity stand for more bytes than it has.
        let mut length = memchr::memchr2_iter(b'\n', b'&', text.as_bytes()).count();
        let mut rest = text.as_bytes();
        while let Some(start) = memchr::memchr(b'<', rest) {
            let (before, tag) = rest.split_at(start);
            let Some(end) = memchr::memchr(b'>', tag) else { break };
            let is_tag = tag.get(1).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/');
            // The text that stands for a picture is written in its tag.
            let is_picture = [&b"img"[..], b"amp-"]
                .iter()
                .any(|name| tag.get(1..=name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)));
            let (ends, counts) = match (is_tag, is_picture) {
                (true, false) => (end + 1, TAG),
                (true, true) => (end + 1, end + 1),
                (false, _) => (1, 1),
            };
            length += before.len() + counts;
            rest = tag.get(ends..).unwrap_or_default();
        }
        length + rest.len()
    }

    /// Whether nothing is in it.
    fn is_empty(&self) -> bool {
        match self {
            Self::Written(text) => text.trim().is_empty() || read(text).0.as_ref().is_empty(),
            Self::Read(prose, _) => prose.as_ref().is_empty(),
        }
    }
}

fn read(text: &str) -> (Prose, Vec<Media>) {
    let is_text = !text.contains('<') && text.contains('\n') && !text.contains("\n\n");
    if is_text { html_text::prose(&text.replace('\n', "\n\n")) } else { html_text::prose(text) }
}

/// The key in `id`, an address or an id: its fragment, an id in its query, or all of it when it is no address.
pub(super) fn key(id: &str, page: &str) -> String {
    let id = id.trim();
    if let Some((_, fragment)) = id.rsplit_once('#') {
        return fragment.trim_start_matches('/').to_owned();
    }
    let query = id.split_once('?').map(|(_, query)| query).unwrap_or_default();
    let asked = query.split('&').filter_map(|part| part.split_once('=')).find(|(name, _)| {
        let name = name.to_ascii_lowercase();
        name.ends_with("id") || matches!(name.as_str(), "post" | "entry" | "block" | "p")
    });
    if let Some((_, value)) = asked {
        return value.to_owned();
    }
    // An address that is that of the page says nothing.
    if id == page || id.trim_end_matches('/') == page.trim_end_matches('/') {
        String::new()
    } else {
        id.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_that_is_not_read_tells_how_long_it_may_be_and_how_it_begins() {
        for text in [
            "",
            "plain\ntext\nof lines",
            "<p>one</p><p>two <a href=\"https://bay.example/>\">a > b</a></p>",
            "a < b & c <q>said</q><q>again</q><br><br>x",
            "<img alt=\"🚀🚀🚀🚀\"><IMG ALT='🚀'><amp-img alt=🚀>",
            "&nGt;&nGt;&eacute; <unfinished",
            "<<<<b>x</b",
        ] {
            let body = Body::Written(text.to_owned());
            let (most, beginning) = (body.most_length(), body.beginning(3));
            let (prose, _) = body.read();
            assert!(prose.text().len() <= most, "{text}: {most}");
            assert_eq!(beginning, head(prose.text(), 3), "{text}");
        }
        let padded = format!("<div>{}</div><p>The {}</p>", "<i></i>".repeat(1000), "wall ".repeat(1000));
        assert_eq!(Body::Written(padded).beginning(8), "The wall");
    }
}
