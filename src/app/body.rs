//! The body of what the detail shows, as lines: blocks, media where they stand, and the addresses of links.

use crate::{
    model::{Media, MediaKind},
    story::Findings,
    text::{prose::BlockKind, width},
};

use super::{DetailLine, compose::Composed};

/// A body, and what its lines are cut for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Body<'a> {
    pub(super) composed: &'a Composed,
    pub(super) findings: &'a Findings,
    pub(super) media: &'a [Media],
    /// The cells that a line may take.
    pub(super) measure: usize,
    pub(super) is_ascii: bool,
}

impl Body<'_> {
    /// Adds the blocks, the media that stand nowhere in the text, and the addresses of links.
    pub(super) fn push_whole(&self, lines: &mut Vec<DetailLine>) {
        let placed = self.push_blocks(lines);
        for (medium, _) in self.media.iter().zip(placed).filter(|(_, is_placed)| !is_placed) {
            lines.push(DetailLine::Blank);
            lines.push(DetailLine::Media(self.label(medium)));
        }
        if !self.composed.links.is_empty() {
            lines.push(DetailLine::Blank);
        }
        for (index, link) in self.composed.links.iter().enumerate() {
            lines.push(DetailLine::Link(index + 1, link.clone()));
        }
    }

    /// Adds the blocks of a text that goes on behind them, all lines of which are lines of the whole.
    pub(super) fn push_beginning(&self, lines: &mut Vec<DetailLine>) {
        self.push_blocks(lines);
        // In the whole text more may stand on the last line.
        lines.pop_if(|line| matches!(line, DetailLine::Text(_)));
        lines.push(DetailLine::More);
    }

    /// Adds the blocks; tells of each medium whether it stands among them.
    fn push_blocks(&self, lines: &mut Vec<DetailLine>) -> Vec<bool> {
        let mut placed = vec![false; self.media.len()];
        let mut before = None;
        for (block, text) in self.composed.blocks.iter().zip(self.composed.lines(self.findings, self.measure))
        {
            // Items of one list stand together.
            if !(before == Some(BlockKind::ListItem) && block.kind == BlockKind::ListItem) {
                lines.push(DetailLine::Blank);
            }
            before = Some(block.kind);
            match block.kind {
                BlockKind::Image(number) | BlockKind::Embed(number) => {
                    if let Some(medium) = self.media.get(number as usize) {
                        placed[number as usize] = true;
                        lines.push(DetailLine::Media(self.label(medium)));
                    }
                }
                _ => lines.extend(text.into_iter().map(DetailLine::Text)),
            }
        }
        placed
    }

    /// What stands for a medium.
    fn label(&self, medium: &Media) -> String {
        let (glyph, ascii, kind) = match medium.kind {
            MediaKind::Image => ("▣", "#", "Picture"),
            MediaKind::Video => ("▶", ">", "Video"),
            MediaKind::Audio => ("♪", "~", "Sound"),
            MediaKind::Embed => ("⧉", "=", "Embed"),
        };
        let mut label = format!("{} {kind}", if self.is_ascii { ascii } else { glyph });
        if !medium.text.is_empty() {
            label.push_str(": ");
            label.push_str(&medium.text);
        }
        if !medium.credit.is_empty() {
            label.push_str(" (");
            label.push_str(&medium.credit);
            label.push(')');
        }
        let ellipsis = if self.is_ascii { "..." } else { "…" };
        width::cut(&label, self.measure, ellipsis).into_owned()
    }
}
