//! Blocks of an entry become its prose and its media.

use std::ops::Range;

use crate::{
    model::{Media, MediaKind},
    text::{
        line::Line,
        link::Link,
        prose::{BlockKind, MarkKind, Markup, Prose},
    },
};

use super::{blocks::Block, inline};

/// Words and media being put together.
#[derive(Debug, Default)]
pub(super) struct Body {
    text: String,
    markup: Markup,
    media: Vec<Media>,
}

impl Body {
    /// Adds a block.
    pub(super) fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(text) => match medium(text) {
                Some(medium) => self.medium(medium),
                None => self.parts(text, BlockKind::Paragraph),
            },
            Block::Quote(text) => text.split("\n\n").for_each(|text| self.words(text, BlockKind::Quote)),
            Block::Item { text, .. } => self.parts(text, BlockKind::ListItem),
            // What this program writes stands three levels below its entries.
            Block::Heading { level, text } => {
                self.words(text, BlockKind::Heading(level.saturating_sub(3).max(1)));
            }
            Block::Code(text) => {
                let range = self.push(text);
                self.markup.blocks.push((range, BlockKind::Paragraph));
            }
        }
    }

    /// Adds `text`, whose first part is of `kind` and whose others are paragraphs.
    pub(super) fn parts(&mut self, text: &str, kind: BlockKind) {
        for (index, part) in text.split("\n\n").enumerate() {
            self.words(part, if index == 0 { kind } else { BlockKind::Paragraph });
        }
    }

    fn words(&mut self, text: &str, kind: BlockKind) {
        let words = inline::words(text);
        if !words.text.trim().is_empty() {
            let range = self.push(&words.text);
            let links = self.markup.links.len() as u32;
            let moved = words.marks.into_iter().map(|(mark, kind)| {
                let kind = match kind {
                    MarkKind::Link(link) => MarkKind::Link(link + links),
                    kind => kind,
                };
                (mark.start + range.start..mark.end + range.start, kind)
            });
            self.markup.marks.extend(moved);
            self.markup.links.extend(words.links);
            self.markup.blocks.push((range, kind));
        }
        words.media.into_iter().for_each(|medium| self.medium(medium));
    }

    fn medium(&mut self, medium: Media) {
        let (at, number) = (self.text.len(), self.media.len() as u32);
        let kind = match medium.kind {
            MediaKind::Image => BlockKind::Image(number),
            _ => BlockKind::Embed(number),
        };
        self.markup.blocks.push((at..at, kind));
        self.media.push(medium);
    }

    /// Adds a part of the text; tells where it stands.
    fn push(&mut self, text: &str) -> Range<usize> {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
    }

    /// The prose of what was added, and its media.
    pub(super) fn finish(mut self) -> (Prose, Vec<Media>) {
        // Media behind all words need no place among them.
        while self
            .markup
            .blocks
            .pop_if(|(_, kind)| matches!(kind, BlockKind::Image(_) | BlockKind::Embed(_)))
            .is_some()
        {}
        let is_plain = self.markup.marks.is_empty()
            && self.markup.blocks.iter().all(|(_, kind)| *kind == BlockKind::Paragraph);
        let prose =
            if is_plain { Prose::new(&self.text) } else { Prose::with_markup(&self.text, self.markup) };
        (prose, self.media)
    }
}

/// A medium that is no picture: a link alone, whose title begins with what it is.
fn medium(text: &str) -> Option<Media> {
    let (label, length) = inline::label(text)?;
    let target = inline::target(text.get(length..)?)?;
    let (name, credit) = target.title.split_once(": ").unwrap_or((target.title, ""));
    let kind = MediaKind::named(name).filter(|_| length + target.length == text.len())?;
    let text = if label == name { Line::default() } else { inline::line(label) };
    Some(Media { kind, link: Link::parse(target.address), text, credit: inline::line(credit) })
}
