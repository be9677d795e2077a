//! Writes the elements and texts of a page as prose.
//!
//! White space is folded as browsers fold it; blocks are flat: the innermost heading, quote or item decides what a
//! paragraph is.

use std::ops::Range;

use url::Url;

use crate::{
    model::{Media, MediaKind},
    text::{
        line::Line,
        prose::{BlockKind, MarkKind, Markup, Prose},
    },
};

use super::{
    Arena,
    elements::Traits,
    media::{self, Found},
    spaces::{SPACES, words_end},
};

/// What is undone at the end of an element.
enum Undo {
    Nothing,
    /// The block ends, and paragraphs are of this kind again.
    Block(BlockKind),
    /// A mark ends that began here.
    Mark(usize, Mark),
    /// A closing mark is written.
    Quote,
    /// A post that was embedded ends.
    Post(BlockKind),
    /// The text of a caption ends.
    Caption,
    /// The name of who made a picture ends.
    Credit,
    /// A figure ends; the one around it had its media from this one on.
    Figure(Option<usize>),
    /// Line ends count as little as before.
    Lines(bool),
}

/// What a mark will be.
enum Mark {
    Bold,
    Italic,
    /// A link of the element.
    Link(u32),
}

/// A caption while it is read.
#[derive(Default)]
struct Caption {
    text: String,
    credit: String,
    is_credit: bool,
}

pub(super) struct Writer<'a> {
    arena: &'a Arena,
    base: Option<&'a Url>,
    /// Whether line ends in the text are line ends.
    keeps_lines: bool,
    /// Whether what is read is a post of another site, which is one block whatever is in it.
    is_post: bool,
    raw: String,
    markup: Markup,
    media: Vec<Media>,
    kind: BlockKind,
    /// Where the open block begins.
    block: Option<usize>,
    has_space: bool,
    breaks: usize,
    caption: Option<Caption>,
    /// The first medium of the open figure.
    figure: Option<usize>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(arena: &'a Arena, base: Option<&'a Url>, keeps_lines: bool) -> Self {
        Self {
            arena,
            base,
            keeps_lines,
            is_post: false,
            raw: String::new(),
            markup: Markup::default(),
            media: Vec::new(),
            kind: BlockKind::Paragraph,
            block: None,
            has_space: false,
            breaks: 0,
            caption: None,
            figure: None,
        }
    }

    /// Writes the part `nodes`, without what `skip` tells and what is below that.
    pub(super) fn write(&mut self, nodes: Range<u32>, skip: &dyn Fn(u32) -> bool) {
        let mut open: Vec<(u32, Undo)> = Vec::new();
        let mut node = nodes.start;
        while node < nodes.end {
            while let Some((_, undo)) = open.pop_if(|(end, _)| *end <= node) {
                self.leave(undo);
            }
            if self.arena.is_text(node) {
                self.text(self.arena.text(node));
            } else if is_silent(self.arena, node) || skip(node) {
                node = self.arena.end(node);
                continue;
            } else if let Some(found) = media::find(self.arena, node, self.base) {
                self.medium(found);
                node = self.arena.end(node);
                continue;
            } else {
                let undo = self.enter(node);
                open.push((self.arena.end(node), undo));
            }
            node += 1;
        }
        while let Some((_, undo)) = open.pop() {
            self.leave(undo);
        }
        self.end_block();
    }

    pub(super) fn finish(self) -> (Prose, Vec<Media>) {
        let mut markup = self.markup;
        // Paragraphs alone need not be told.
        if markup.blocks.iter().all(|(_, kind)| *kind == BlockKind::Paragraph) {
            markup.blocks.clear();
        }
        (Prose::with_markup(&self.raw, markup), self.media)
    }

    fn enter(&mut self, node: u32) -> Undo {
        let name = self.arena.name(node);
        match name {
            "br" => {
                self.breaks += 1;
                return Undo::Nothing;
            }
            "b" | "strong" => return Undo::Mark(self.raw.len(), Mark::Bold),
            "i" | "em" | "cite" => return Undo::Mark(self.raw.len(), Mark::Italic),
            "a" => return Undo::Mark(self.raw.len(), Mark::Link(node)),
            "q" => {
                self.text("“");
                return Undo::Quote;
            }
            "td" | "th" | "dd" | "wbr" => self.has_space |= name != "wbr",
            "figure" => {
                self.end_block();
                let outer = self.figure.replace(self.media.len());
                return Undo::Figure(outer);
            }
            "figcaption" if self.caption.is_none() && self.figure.is_some() => {
                self.end_block();
                self.caption = Some(Caption::default());
                return Undo::Caption;
            }
            "pre" => {
                self.end_block();
                return Undo::Lines(std::mem::replace(&mut self.keeps_lines, true));
            }
            _ if self.arena.traits(node).has(Traits::BLOCK) => return self.enter_block(node),
            _ => {}
        }
        if let Some(caption) = &mut self.caption
            && !caption.is_credit
            && is_credit(self.arena, node)
        {
            caption.is_credit = true;
            return Undo::Credit;
        }
        Undo::Nothing
    }

    /// Begins a block, or the one that a whole post is.
    fn enter_block(&mut self, node: u32) -> Undo {
        self.end_block();
        let name = self.arena.name(node);
        if name == "blockquote" && !self.is_post && is_post(self.arena, node) {
            self.is_post = true;
            return Undo::Post(std::mem::replace(&mut self.kind, BlockKind::Quote));
        }
        let kind = match name.as_bytes() {
            _ if self.is_post => self.kind,
            [b'h', level @ b'1'..=b'6'] => BlockKind::Heading(level - b'0'),
            b"blockquote" => BlockKind::Quote,
            b"li" => BlockKind::ListItem,
            _ => self.kind,
        };
        Undo::Block(std::mem::replace(&mut self.kind, kind))
    }

    fn leave(&mut self, undo: Undo) {
        match undo {
            Undo::Nothing => {}
            Undo::Block(kind) => {
                self.end_block();
                self.kind = kind;
            }
            Undo::Mark(start, mark) => self.mark(start, &mark),
            Undo::Quote => self.text("”"),
            Undo::Post(kind) => {
                self.is_post = false;
                self.end_block();
                self.kind = kind;
            }
            Undo::Credit => self.caption.iter_mut().for_each(|caption| caption.is_credit = false),
            Undo::Caption => self.end_caption(),
            Undo::Figure(outer) => {
                self.end_block();
                self.figure = outer;
            }
            Undo::Lines(keeps_lines) => {
                self.end_block();
                self.keeps_lines = keeps_lines;
            }
        }
    }

    fn mark(&mut self, start: usize, mark: &Mark) {
        if self.raw.len() <= start {
            return;
        }
        let kind = match mark {
            Mark::Bold => MarkKind::Bold,
            Mark::Italic => MarkKind::Italic,
            Mark::Link(node) => {
                let address = self.arena.attribute(*node, "href");
                let Some(link) = address.and_then(|address| media::link(address, self.base)) else { return };
                self.markup.links.push(link);
                MarkKind::Link(self.markup.links.len() as u32 - 1)
            }
        };
        self.markup.marks.push((start..self.raw.len(), kind));
    }

    /// A caption belongs to the picture before it; where there is none, it is text.
    fn end_caption(&mut self) {
        let Some(caption) = self.caption.take() else { return };
        let first = self.figure.unwrap_or(self.media.len());
        let Some(medium) = self.media.get_mut(first..).and_then(<[Media]>::last_mut) else {
            self.text(&caption.text);
            self.end_block();
            return;
        };
        let text = Line::new(&caption.text);
        if !text.is_empty() {
            medium.text = text;
        }
        medium.credit = Line::new(&caption.credit);
    }

    fn medium(&mut self, found: Found) {
        match found {
            Found::Nothing => {}
            Found::Sign(sign) => self.text(&sign),
            Found::Medium(medium) => {
                self.end_block();
                let number = self.media.len() as u32;
                let kind = match medium.kind {
                    MediaKind::Image => BlockKind::Image(number),
                    _ => BlockKind::Embed(number),
                };
                self.markup.blocks.push((self.raw.len()..self.raw.len(), kind));
                self.media.push(medium);
            }
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(caption) = &mut self.caption {
            let part = if caption.is_credit { &mut caption.credit } else { &mut caption.text };
            part.push_str(text);
            return;
        }
        let mut rest = text;
        loop {
            let words = rest.trim_start_matches(SPACES);
            let space = rest.len() - words.len();
            let lines = rest.bytes().take(space).filter(|byte| *byte == b'\n').count();
            if self.keeps_lines {
                self.breaks += lines;
                self.has_space |= space > lines;
            } else {
                self.has_space |= space > 0;
            }
            if words.is_empty() {
                break;
            }
            let (words, after) = words.split_at_checked(words_end(words)).unwrap_or((words, ""));
            self.words(words);
            rest = after;
        }
    }

    /// Writes words with one space between each two.
    fn words(&mut self, words: &str) {
        if self.breaks > 1 && !self.is_post {
            self.end_block();
        }
        if self.block.is_none() {
            if !self.raw.is_empty() {
                self.raw.push_str("\n\n");
            }
            self.block = Some(self.raw.len());
        } else if self.breaks > 0 {
            self.raw.push('\n');
        } else if self.has_space {
            self.raw.push(' ');
        }
        self.has_space = false;
        self.breaks = 0;
        self.raw.push_str(words);
    }

    fn end_block(&mut self) {
        if self.is_post {
            self.breaks = 1;
            return;
        }
        self.has_space = false;
        self.breaks = 0;
        let Some(start) = self.block.take() else { return };
        let block = self.raw.get(start..).unwrap_or_default();
        // What a publishing system left for itself to fill in, such as `[[embed:12]]`.
        let is_token = block.starts_with("[[") && block.ends_with("]]") && !block.contains(' ');
        if is_token {
            self.raw.truncate(start);
        } else {
            self.markup.blocks.push((start..self.raw.len(), self.kind));
        }
    }
}

/// Whether an element and what is below it is never read as text: code, controls, and what is hidden.
pub(super) fn is_silent(arena: &Arena, node: u32) -> bool {
    arena.traits(node).has(Traits::SILENT)
        || arena.attributes(node).any(|(name, value)| match name {
            "hidden" => true,
            "aria-hidden" => value.eq_ignore_ascii_case("true"),
            // What is there for the ear alone repeats what is there for the eye.
            "class" => value
                .split_ascii_whitespace()
                .any(|class| matches!(class, "sr-only" | "visually-hidden" | "screen-reader-text")),
            "style" => value.replace(' ', "").contains("display:none"),
            _ => false,
        })
}

/// Whether a quote is a post of another site, as its script leaves it: `… — Ana Bell (@anabell) May 15, 2023`.
fn is_post(arena: &Arena, node: u32) -> bool {
    let class = arena.attribute(node, "class").unwrap_or_default();
    let text = arena.text(node);
    class.contains("tweet")
        || class.contains("embed")
        || class.contains("-media")
        || text.contains("(@") && text.contains('—')
}

/// Whether an element of a caption names who made the picture.
fn is_credit(arena: &Arena, node: u32) -> bool {
    arena.attributes(node).any(|(name, value)| {
        matches!(name, "class" | "itemprop" | "property")
            && ["credit", "copyright", "photographer"]
                .iter()
                .any(|word| value.to_ascii_lowercase().contains(word))
    })
}
