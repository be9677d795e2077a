//! The body of what the detail shows, as lines: blocks, media where they stand, and the addresses of links.

use crate::{
    model::{Media, MediaKind},
    story::Facts,
    text::{prose::BlockKind, width},
};

use super::{DetailLine, compose::Composed};

/// Adds the blocks, the media that stand nowhere in the text, and the addresses of links.
pub(super) fn push(
    lines: &mut Vec<DetailLine>,
    composed: &Composed,
    facts: &Facts,
    media: &[Media],
    measure: u16,
    is_ascii: bool,
) {
    let mut placed = vec![false; media.len()];
    let mut before = None;
    for (block, text) in composed.blocks.iter().zip(composed.lines(&facts.body, measure.into())) {
        // Items of one list stand together.
        if !(before == Some(BlockKind::ListItem) && block.kind == BlockKind::ListItem) {
            lines.push(DetailLine::Blank);
        }
        before = Some(block.kind);
        match block.kind {
            BlockKind::Image(number) | BlockKind::Embed(number) => {
                if let Some(medium) = media.get(number as usize) {
                    placed[number as usize] = true;
                    lines.push(DetailLine::Media(label(medium, measure.into(), is_ascii)));
                }
            }
            _ => lines.extend(text.into_iter().map(DetailLine::Text)),
        }
    }
    for (medium, _) in media.iter().zip(placed).filter(|(_, is_placed)| !is_placed) {
        lines.push(DetailLine::Blank);
        lines.push(DetailLine::Media(label(medium, measure.into(), is_ascii)));
    }
    if !composed.links.is_empty() {
        lines.push(DetailLine::Blank);
    }
    for (index, link) in composed.links.iter().enumerate() {
        lines.push(DetailLine::Link(index + 1, link.clone()));
    }
}

/// What stands for a medium.
fn label(medium: &Media, measure: usize, is_ascii: bool) -> String {
    let (glyph, ascii, kind) = match medium.kind {
        MediaKind::Image => ("▣", "#", "Picture"),
        MediaKind::Video => ("▶", ">", "Video"),
        MediaKind::Audio => ("♪", "~", "Sound"),
        MediaKind::Embed => ("⧉", "=", "Embed"),
    };
    let mut label = format!("{} {kind}", if is_ascii { ascii } else { glyph });
    if !medium.text.is_empty() {
        label.push_str(": ");
        label.push_str(&medium.text);
    }
    if !medium.credit.is_empty() {
        label.push_str(" (");
        label.push_str(&medium.credit);
        label.push(')');
    }
    let (fitted, is_cut) = width::fit_with_ellipsis(&label, measure, if is_ascii { "..." } else { "…" });
    if is_cut { format!("{fitted}{}", if is_ascii { "..." } else { "…" }) } else { label }
}
