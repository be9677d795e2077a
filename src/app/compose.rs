//! The text of an entry as the detail shows it: numbered links set in, roles over it, and its blocks cut into lines.
//!
//! Everything is a byte range into one composed text, so a line on the screen maps back to the words it came from.

use std::{collections::HashMap, ops::Range};

use crate::{
    story::facts::Findings,
    text::{
        prose::{Block, BlockKind, MarkKind, ProseRef},
        quotes::QuoteKind,
        span::{self, Role, Roles, Span},
        wrap,
    },
};

/// A composed text. Ranges are byte offsets into `text`.
#[derive(Debug, Default)]
pub struct Composed {
    pub text: String,
    pub blocks: Vec<Block>,
    /// What stands over the text, sorted and disjoint.
    pub spans: Vec<Span>,
    /// Where the filter matches.
    pub hits: Vec<Range<usize>>,
    /// The addresses that `[1]`, `[2]` … in the text stand for.
    pub links: Vec<String>,
    /// Where marks were set into the prose: (offset in the prose, bytes set in up to there).
    shifts: Vec<(usize, usize)>,
}

/// One line of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextLine {
    pub range: Range<usize>,
    pub kind: BlockKind,
    /// Whether it is the first line of its block.
    pub is_first: bool,
    /// Whether the block is somebody's speech and gets a bar.
    pub has_bar: bool,
}

impl Composed {
    /// Composes a headline: one block without links.
    pub fn line(text: &str, findings: &Findings, hits: &[Range<usize>]) -> Self {
        let mut composed = Self { text: text.to_owned(), spans: findings.spans(), ..Self::default() };
        composed.add_hits(hits.to_vec());
        composed
    }

    /// Composes `prose` with what was found in it and where the filter matches.
    pub fn prose(prose: ProseRef<'_>, findings: &Findings, hits: &[Range<usize>]) -> Self {
        let mut composed = Self::default();
        composed.set_links_in(prose);
        let mut spans = findings.spans();
        for mark in prose.marks() {
            let role = match mark.kind {
                MarkKind::Bold => Role::Bold,
                MarkKind::Italic => Role::Italic,
                MarkKind::Link(_) => Role::Link,
            };
            spans.push(Span { range: mark.range.clone(), roles: Roles::from(role) });
        }
        for span in &mut spans {
            let range = composed.shifted(&(span.range.start as usize..span.range.end as usize));
            span.range = range.start as u32..range.end as u32;
        }
        composed.spans = spans;
        composed.add_hits(hits.iter().map(|hit| composed.shifted(hit)).collect());
        composed.blocks = prose
            .blocks()
            .into_iter()
            .map(|block| {
                let range = composed.shifted(&(block.range.start as usize..block.range.end as usize));
                // A link that ends its block takes its number along.
                let end = range.end + composed.set_in_at(block.range.end as usize);
                Block { range: range.start as u32..end as u32, kind: block.kind }
            })
            .collect();
        composed
    }

    /// Copies the text and sets a number behind every link.
    fn set_links_in(&mut self, prose: ProseRef<'_>) {
        let mut ends: Vec<(usize, u32)> = prose
            .marks()
            .iter()
            .filter_map(|mark| match mark.kind {
                MarkKind::Link(link) => Some((mark.range.end as usize, link)),
                MarkKind::Bold | MarkKind::Italic => None,
            })
            .collect();
        ends.sort_unstable();
        let mut numbers = HashMap::new();
        let (mut from, mut set_in) = (0, 0);
        for (end, link) in ends {
            let Some(link) = prose.links().get(link as usize) else { continue };
            let number = *numbers.entry(link.as_str()).or_insert_with(|| {
                self.links.push(link.as_str().to_owned());
                self.links.len()
            });
            self.text.push_str(prose.text().get(from..end).unwrap_or_default());
            let label = format!("\u{a0}[{number}]");
            self.text.push_str(&label);
            set_in += label.len();
            self.shifts.push((end, set_in));
            from = end.max(from);
        }
        self.text.push_str(prose.text().get(from..).unwrap_or_default());
    }

    /// Bytes set in before `offset` of the prose; what was set in at `offset` itself stands behind it.
    fn shift(&self, offset: usize) -> usize {
        let before = self.shifts.partition_point(|(end, _)| *end < offset);
        before.checked_sub(1).and_then(|index| self.shifts.get(index)).map_or(0, |(_, set_in)| *set_in)
    }

    /// Bytes set in right at `offset` of the prose.
    fn set_in_at(&self, offset: usize) -> usize {
        let to = self.shifts.partition_point(|(end, _)| *end <= offset);
        to.checked_sub(1).and_then(|index| self.shifts.get(index)).map_or(0, |(_, set_in)| *set_in)
            - self.shift(offset)
    }

    /// Where `range` of the prose is in the composed text.
    pub fn shifted(&self, range: &Range<usize>) -> Range<usize> {
        let start = range.start
            + self.shift(range.start)
            + if range.is_empty() { 0 } else { self.set_in_at(range.start) };
        let end = range.end + self.shift(range.end);
        start..end.max(start)
    }

    fn add_hits(&mut self, hits: Vec<Range<usize>>) {
        let span = |range: &Range<usize>| Span {
            range: range.start as u32..range.end as u32,
            roles: Roles::from(Role::Match),
        };
        self.spans.extend(hits.iter().map(span));
        self.hits = hits;
        span::merge(&mut self.spans);
    }

    /// Cuts the blocks into lines of at most `width` cells.
    pub fn lines(&self, findings: &Findings, width: usize) -> Vec<Vec<TextLine>> {
        let speeches: Vec<usize> = findings
            .quotes
            .iter()
            .filter(|quote| quote.kind == QuoteKind::Direct)
            .map(|quote| self.shifted(&quote.range).start)
            .collect();
        self.blocks.iter().map(|block| self.block_lines(block, &speeches, width)).collect()
    }

    fn block_lines(&self, block: &Block, speeches: &[usize], width: usize) -> Vec<TextLine> {
        let range = block.range.start as usize..block.range.end as usize;
        let has_bar = block.kind == BlockKind::Quote
            || block.kind == BlockKind::Paragraph && speeches.binary_search(&range.start).is_ok();
        let indent = if has_bar || block.kind == BlockKind::ListItem { 2 } else { 0 };
        let width = width.saturating_sub(indent).max(1);
        let text = self.text.get(range.clone()).unwrap_or_default();
        let lines = wrap::wrap(text, width, width).into_iter().enumerate();
        lines
            .map(|(index, line)| TextLine {
                range: range.start + line.start..range.start + line.end,
                kind: block.kind,
                is_first: index == 0,
                has_bar,
            })
            .collect()
    }
}
