//! What a page tells machines: the blog and its entries as structured data has them, before the page itself is looked at.

use crate::{
    feed::html_text,
    model::{Media, Stamp},
    text::{line::Line, link::Link, prose::Prose},
};

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
    pub body: Prose,
    pub media: Vec<Media>,
    /// The element that tells it, when it is part of the page.
    pub node: Option<u32>,
}

impl Told {
    /// Whether it says anything.
    pub(super) fn is_empty(&self) -> bool {
        self.headline.is_empty() && self.body.as_ref().is_empty() && self.media.is_empty()
    }
}

/// A body as structured data has it: HTML, or text whose line ends part paragraphs.
pub(super) fn body(text: &str) -> (Prose, Vec<Media>) {
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
