//! Puts an entry's prose together from the parts that a vendor tells one by one, its media in place.

use crate::{
    feed::html_text,
    model::{Draft, Media, MediaKind},
    text::prose::{BlockKind, MarkKind, Markup, Prose},
};

/// A body being put together.
#[derive(Debug, Default)]
pub(crate) struct Body {
    text: String,
    markup: Markup,
    media: Vec<Media>,
}

impl Body {
    /// Adds a fragment of HTML.
    pub(crate) fn html(&mut self, fragment: &str) {
        let (prose, media) = html_text::prose(fragment);
        self.prose(&prose, media);
    }

    /// Adds what a fragment of HTML quotes, and its media when `has_media` says that they are told nowhere else: the rest
    /// of an embed is for machines.
    pub(crate) fn embedded_html(&mut self, fragment: &str, has_media: bool) {
        let (prose, media) = html_text::prose(fragment);
        // A quote that is one link only leads elsewhere.
        let is_link = |range: &std::ops::Range<u32>| {
            let marks = prose.as_ref().marks().iter();
            marks.filter(|mark| matches!(mark.kind, MarkKind::Link(_))).any(|mark| mark.range == *range)
        };
        let quotes = prose.as_ref().blocks().into_iter().filter(|block| block.kind == BlockKind::Quote);
        for block in quotes.filter(|block| !is_link(&block.range)) {
            let text = prose.text().get(block.range.start as usize..block.range.end as usize);
            self.block(text.unwrap_or_default(), BlockKind::Quote);
        }
        if has_media {
            media.into_iter().for_each(|medium| self.medium(medium));
        }
    }

    /// Adds paragraphs parted by empty lines.
    pub(crate) fn paragraphs(&mut self, text: &str) {
        self.prose(&Prose::new(text), Vec::new());
    }

    /// Adds one block; nothing when there are no words in it.
    pub(crate) fn block(&mut self, text: &str, kind: BlockKind) {
        if !text.trim().is_empty() {
            let start = self.begin();
            self.text.push_str(text.trim());
            self.markup.blocks.push((start..self.text.len(), kind));
        }
    }

    /// Adds one block with marks and links over it, whose ranges are of `text`.
    pub(crate) fn marked_block(&mut self, text: &str, mut markup: Markup, kind: BlockKind) {
        if !text.trim().is_empty() {
            markup.blocks = vec![(0..text.len(), kind)];
            self.prose(&Prose::with_markup(text, markup), Vec::new());
        }
    }

    /// Adds a medium where the words are now. One that says nothing is left out, one that was told before is not told
    /// again.
    pub(crate) fn medium(&mut self, medium: Media) {
        let says_nothing = medium.link.is_none() && medium.text.is_empty() && medium.credit.is_empty();
        let is_told = self.media.iter().any(|told| told.link.is_some() && told.link == medium.link);
        if says_nothing || is_told {
            return;
        }
        let number = self.media.len() as u32;
        let is_image = medium.kind == MediaKind::Image;
        let kind = if is_image { BlockKind::Image(number) } else { BlockKind::Embed(number) };
        let start = self.begin();
        self.markup.blocks.push((start..start, kind));
        self.media.push(medium);
    }

    /// Whether any medium was added.
    pub(crate) fn has_media(&self) -> bool {
        !self.media.is_empty()
    }

    /// How much was added, in blocks.
    pub(crate) fn len(&self) -> usize {
        self.markup.blocks.len()
    }

    /// Whether nothing was added.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.media.is_empty()
    }

    /// Fills `draft` with what was put together.
    pub(crate) fn finish(self, draft: &mut Draft) {
        draft.body = Prose::with_markup(&self.text, self.markup);
        draft.media = self.media;
    }

    /// What was put together, without its media.
    pub(crate) fn into_prose(mut self) -> Prose {
        self.markup.blocks.retain(|(_, kind)| !matches!(kind, BlockKind::Image(_) | BlockKind::Embed(_)));
        Prose::with_markup(&self.text, self.markup)
    }

    /// Adds prose with markup over it, and the media its blocks point to.
    pub(crate) fn prose(&mut self, prose: &Prose, media: Vec<Media>) {
        let part = prose.as_ref();
        if part.is_empty() {
            media.into_iter().for_each(|medium| self.medium(medium));
            return;
        }
        let start = self.begin();
        let (first_medium, first_link) = (self.media.len() as u32, self.markup.links.len() as u32);
        let moved = |range: &std::ops::Range<u32>| start + range.start as usize..start + range.end as usize;
        self.text.push_str(part.text());
        self.markup.blocks.extend(part.blocks().iter().map(|block| {
            let kind = match block.kind {
                BlockKind::Image(number) => BlockKind::Image(first_medium + number),
                BlockKind::Embed(number) => BlockKind::Embed(first_medium + number),
                kind => kind,
            };
            (moved(&block.range), kind)
        }));
        self.markup.marks.extend(part.marks().iter().map(|mark| {
            let kind = match mark.kind {
                MarkKind::Link(number) => MarkKind::Link(first_link + number),
                kind => kind,
            };
            (moved(&mark.range), kind)
        }));
        self.markup.links.extend_from_slice(part.links());
        self.media.extend(media);
    }

    /// Parts what follows from what is there; tells where it begins.
    fn begin(&mut self) -> usize {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push_str("\n\n");
        }
        self.text.len()
    }
}

/// The prose of a fragment of HTML without its media, as a standfirst is told.
pub(crate) fn standfirst(fragment: &str) -> Prose {
    let mut body = Body::default();
    body.html(fragment);
    body.into_prose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{line::Line, link::Link};

    #[test]
    fn of_an_embed_only_what_it_quotes_is_told() {
        let told = |html: &str| {
            let (mut body, mut draft) = (Body::default(), Draft::default());
            body.embedded_html(html, false);
            body.finish(&mut draft);
            draft.body.text().to_owned()
        };
        assert_eq!(
            told("<blockquote><p>It snows.</p></blockquote><p>Loading…</p><script>x()</script>"),
            "It snows."
        );
        let link = "<blockquote><a href=\"https://example.org/1\">See it there</a></blockquote>";
        assert_eq!(told(link), "", "what only leads elsewhere says nothing");
    }

    #[test]
    fn parts_stand_in_their_order_with_media_between() {
        let mut body = Body::default();
        body.paragraphs("One.\n\nTwo.");
        let link = Link::parse("https://example.org/pier.jpg");
        let medium =
            Media { kind: MediaKind::Image, link, text: Line::new("The pier"), credit: Line::default() };
        body.medium(medium.clone());
        body.medium(medium);
        body.block("Three.", BlockKind::Quote);
        let mut draft = Draft::default();
        body.finish(&mut draft);
        assert_eq!(draft.body.text(), "One.\n\nTwo.\n\nThree.");
        let kinds: Vec<BlockKind> = draft.body.as_ref().blocks().iter().map(|block| block.kind).collect();
        assert_eq!(
            kinds,
            [BlockKind::Paragraph, BlockKind::Paragraph, BlockKind::Image(0), BlockKind::Quote]
        );
        assert_eq!(draft.media.len(), 1, "a medium told twice is told once");
    }
}
