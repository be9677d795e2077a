//! Prose: clean text with blocks, marks and links over it.
//!
//! The only ways to make one go through [`clean`], so what is not prose cannot reach a screen. Ranges are
//! byte offsets into the text, on character boundaries, sorted by start; blocks are disjoint. Without blocks, the text's
//! paragraphs are parted by empty lines. Pictures and embeds are empty blocks; their labels never stand in the text.

use std::ops::Range;

use super::{clean, link::Link};

/// What a block of prose is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    Paragraph,
    /// With its level, 1 to 6.
    Heading(u8),
    /// Set off as somebody's words.
    Quote,
    ListItem,
    /// An empty range that points to an item of the entry's media.
    Image(u32),
    /// An empty range that points to an item of the entry's media.
    Embed(u32),
}

/// A block: byte range and kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub range: Range<u32>,
    pub kind: BlockKind,
}

/// What a mark says of the characters under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    Bold,
    Italic,
    /// A link, by its number among the links.
    Link(u32),
}

/// A mark: byte range and kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub range: Range<u32>,
    pub kind: MarkKind,
}

/// Owned prose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prose {
    text: String,
    blocks: Vec<Block>,
    marks: Vec<Mark>,
    links: Vec<Link>,
}

/// Prose that stands elsewhere.
#[derive(Debug, Clone, Copy, Default)]
pub struct ProseRef<'a> {
    text: &'a str,
    blocks: &'a [Block],
    marks: &'a [Mark],
    links: &'a [Link],
}

/// Blocks, marks and links as a format gives them: byte offsets into text that is not clean yet.
#[derive(Debug, Clone, Default)]
pub struct Markup {
    pub blocks: Vec<(Range<usize>, BlockKind)>,
    pub marks: Vec<(Range<usize>, MarkKind)>,
    pub links: Vec<Link>,
}

impl Prose {
    /// Paragraphs of `text`, parted by empty lines.
    pub fn new(text: &str) -> Self {
        let mut prose = Self::default();
        prose.set(text);
        prose
    }

    /// Prose of `text` with `markup` over it. Ranges that are no ranges of the text, and marks over nothing, are left out.
    pub fn with_markup(text: &str, markup: Markup) -> Self {
        let mut places: Vec<usize> = Vec::with_capacity(2 * (markup.blocks.len() + markup.marks.len()));
        let ranges =
            markup.blocks.iter().map(|(range, _)| range).chain(markup.marks.iter().map(|(range, _)| range));
        ranges.for_each(|range| places.extend([range.start, range.end]));
        places.sort_unstable();
        places.dedup();
        let mut moved = places.clone();
        let mut prose = Self::default();
        clean::paragraphs_with_offsets(text, &mut prose.text, &mut moved);
        let place = |at: usize| {
            places.binary_search(&at).ok().and_then(|index| moved.get(index)).copied().unwrap_or(0)
        };
        let settle = |range: &Range<usize>| trim(&prose.text, place(range.start)..place(range.end));
        prose.blocks =
            markup.blocks.iter().map(|(range, kind)| Block { range: settle(range), kind: *kind }).collect();
        prose.blocks.retain(|block| {
            !block.range.is_empty() || matches!(block.kind, BlockKind::Image(_) | BlockKind::Embed(_))
        });
        prose.blocks.sort_by_key(|block| (block.range.start, block.range.end));
        let mut end = 0;
        prose.blocks.retain(|block| {
            let is_free = block.range.start >= end;
            if is_free {
                end = block.range.end;
            }
            is_free
        });
        prose.marks =
            markup.marks.iter().map(|(range, kind)| Mark { range: settle(range), kind: *kind }).collect();
        prose.marks.retain(|mark| !mark.range.is_empty());
        prose.marks.sort_by_key(|mark| (mark.range.start, mark.range.end));
        prose.links = markup.links;
        prose
    }

    /// Makes this the prose of `text`, reusing the memory it has.
    pub fn set(&mut self, text: &str) {
        self.clear();
        clean::paragraphs_into(text, &mut self.text);
    }

    /// Makes this empty, keeping the memory it has.
    pub fn clear(&mut self) {
        self.text.clear();
        self.blocks.clear();
        self.marks.clear();
        self.links.clear();
    }

    /// Keeps at most `most` links; marks that pointed to others go. Tells whether anything went.
    pub fn bound_links(&mut self, most: usize) -> bool {
        let is_over = self.links.len() > most;
        if is_over {
            self.links.truncate(most);
            self.marks.retain(|mark| !matches!(mark.kind, MarkKind::Link(index) if index as usize >= most));
        }
        is_over
    }

    /// This prose, borrowed.
    pub fn as_ref(&self) -> ProseRef<'_> {
        ProseRef { text: &self.text, blocks: &self.blocks, marks: &self.marks, links: &self.links }
    }

    /// The text without markup.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl<'a> ProseRef<'a> {
    /// Clean `text` without any markup: a headline, a label.
    pub(crate) fn plain(text: &'a str) -> Self {
        Self { text, ..Self::default() }
    }

    /// Puts packed prose together again. The parts must be those of one [`Prose`].
    pub(crate) fn from_parts(
        text: &'a str,
        blocks: &'a [Block],
        marks: &'a [Mark],
        links: &'a [Link],
    ) -> Self {
        Self { text, blocks, marks, links }
    }

    /// Its beginning of at most `most` bytes and about as many: whole paragraphs where they are short enough, else whole
    /// words.
    pub fn beginning(self, most: usize) -> Prose {
        let most = (0..=most.min(self.text.len())).rev().find(|at| self.text.is_char_boundary(*at));
        let most = self.text.get(..most.unwrap_or(0)).unwrap_or_default();
        let paragraphs = || most.rfind("\n\n").filter(|end| *end >= most.len() / 2);
        let end = if most.len() == self.text.len() {
            most.len()
        } else {
            paragraphs().or_else(|| most.rfind([' ', '\n'])).unwrap_or(most.len())
        };
        let text = most.get(..end).unwrap_or_default().trim_end();
        let cut = |range: &Range<u32>| range.start..range.end.min(text.len() as u32);
        let is_in = |range: &Range<u32>| (range.start as usize) < text.len();
        let blocks = self.blocks.iter().filter(|block| is_in(&block.range));
        let marks = self.marks.iter().filter(|mark| is_in(&mark.range));
        Prose {
            text: text.to_owned(),
            blocks: blocks.map(|block| Block { range: cut(&block.range), kind: block.kind }).collect(),
            marks: marks.map(|mark| Mark { range: cut(&mark.range), kind: mark.kind }).collect(),
            links: self.links.to_vec(),
        }
    }

    /// The text without markup: blocks parted by an empty line.
    pub fn text(self) -> &'a str {
        self.text
    }

    /// The blocks in order. Where the format told none, one for each paragraph.
    pub fn blocks(self) -> Vec<Block> {
        if self.blocks.is_empty() { paragraphs(self.text) } else { self.blocks.to_vec() }
    }

    /// The blocks as the format told them; empty when it told none.
    pub fn told_blocks(self) -> &'a [Block] {
        self.blocks
    }

    /// The marks, sorted by start.
    pub fn marks(self) -> &'a [Mark] {
        self.marks
    }

    /// The links that marks point to.
    pub fn links(self) -> &'a [Link] {
        self.links
    }

    /// Whether there is neither text nor a block.
    pub fn is_empty(self) -> bool {
        self.text.is_empty() && self.blocks.is_empty()
    }
}

impl PartialEq for ProseRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        let links = |prose: &Self| -> Vec<(Range<u32>, Option<Link>, Option<MarkKind>)> {
            let target = |mark: &Mark| match mark.kind {
                MarkKind::Link(index) => (mark.range.clone(), prose.links.get(index as usize).cloned(), None),
                kind => (mark.range.clone(), None, Some(kind)),
            };
            prose.marks.iter().map(target).collect()
        };
        self.text == other.text && self.blocks() == other.blocks() && links(self) == links(other)
    }
}

/// One block for each paragraph of clean `text`.
fn paragraphs(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut start = 0;
    for paragraph in text.split("\n\n") {
        let end = start + paragraph.len();
        if !paragraph.is_empty() {
            blocks.push(Block { range: start as u32..end as u32, kind: BlockKind::Paragraph });
        }
        start = end + 2;
    }
    blocks
}

/// `range` of `text` without white space at its ends.
fn trim(text: &str, range: Range<usize>) -> Range<u32> {
    let Some(part) = text.get(range.clone()) else { return 0..0 };
    let start = range.start + (part.len() - part.trim_start().len());
    let end = start + part.trim().len();
    start as u32..end as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_blocks_when_none_are_told() {
        let prose = Prose::new("One.\n\nTwo,\nstill two.\n\n\n");
        let texts: Vec<&str> = prose
            .as_ref()
            .blocks()
            .iter()
            .map(|block| &prose.text()[block.range.start as usize..block.range.end as usize])
            .collect();
        assert_eq!(texts, ["One.", "Two,\nstill two."]);
    }

    #[test]
    fn markup_moves_with_the_text_it_stands_over() {
        let text = "a\u{200b} bold\u{1b}[1m word\n\n\nsecond";
        let at = |needle: &str| text.find(needle).unwrap();
        let markup = Markup {
            blocks: vec![
                (0..at("\n\n"), BlockKind::Heading(2)),
                (at("second")..text.len(), BlockKind::Quote),
                (9999..10_000, BlockKind::Paragraph),
            ],
            marks: vec![(at("bold")..at(" word"), MarkKind::Bold)],
            links: Vec::new(),
        };
        let prose = Prose::with_markup(text, markup);
        assert_eq!(prose.text(), "a bold word\n\nsecond");
        assert_eq!(
            prose.as_ref().told_blocks().iter().map(|block| block.range.clone()).collect::<Vec<_>>(),
            [0..11, 13..19]
        );
        assert_eq!(prose.as_ref().marks(), [Mark { range: 2..6, kind: MarkKind::Bold }]);
    }

    #[test]
    fn a_beginning_ends_with_a_paragraph_or_a_word() {
        let beginning = |text, most| Prose::new(text).as_ref().beginning(most).text().to_owned();
        assert_eq!(beginning("One two.\n\nThree four.", 15), "One two.");
        assert_eq!(beginning("One.\n\nThree four five.", 20), "One.\n\nThree four");
        assert_eq!(beginning("One two three", 9), "One two");
        assert_eq!(beginning("ééé", 5), "éé");
        assert_eq!(beginning("One two.\n\nThree.", 99), "One two.\n\nThree.");
        assert_eq!(beginning("One", 0), "");
    }

    #[test]
    fn the_blocks_and_marks_of_a_beginning_end_within_it() {
        let blocks =
            vec![(0..3, BlockKind::Heading(1)), (5..16, BlockKind::Quote), (18..21, BlockKind::Quote)];
        let marks = vec![(5..16, MarkKind::Bold), (10..16, MarkKind::Italic), (18..21, MarkKind::Bold)];
        let prose =
            Prose::with_markup("One\n\nTwo three f.\n\nSix", Markup { blocks, marks, links: Vec::new() });
        let beginning = prose.as_ref().beginning(10);
        assert_eq!(beginning.text(), "One\n\nTwo");
        let block = |range, kind| Block { range, kind };
        let blocks = [block(0..3, BlockKind::Heading(1)), block(5..8, BlockKind::Quote)];
        assert_eq!(beginning.as_ref().told_blocks(), blocks);
        assert_eq!(beginning.as_ref().marks(), [Mark { range: 5..8, kind: MarkKind::Bold }]);
    }

    #[test]
    fn overlapping_blocks_are_left_out() {
        let markup = Markup {
            blocks: vec![(0..5, BlockKind::Paragraph), (3..8, BlockKind::Quote), (5..8, BlockKind::ListItem)],
            ..Markup::default()
        };
        let prose = Prose::with_markup("abcdefgh", markup);
        let kinds: Vec<BlockKind> = prose.as_ref().told_blocks().iter().map(|block| block.kind).collect();
        assert_eq!(kinds, [BlockKind::Paragraph, BlockKind::ListItem]);
    }
}
