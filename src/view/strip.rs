//! The strip: how many entries came when, in one row of bars.
//!
//! Days and hours are set into it, key events stand on it; the place of the selection is reversed, what is new is green,
//! and matches are marked.

use ratatui::{
    layout::Rect,
    style::{Modifier, Style},
};

use crate::story::strip::{Cell, Label};

use super::{Canvas, theme::Ink};

/// Where more than one cell in so many has a key event, diamonds would be all there is to see: bars get their colour.
const CROWDED: usize = 5;

pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let strip = canvas.app.strip();
    let key_events = strip.cells.iter().filter(|cell| cell.has_key_event).count();
    let has_hits = strip.cells.iter().any(|cell| cell.has_hit);
    let is_crowded = key_events * CROWDED > strip.cells.len();
    for (column, cell) in strip.cells.iter().enumerate() {
        let letter = strip.labels.iter().find_map(|label| letter(label, column));
        let (mark, style) = match letter {
            Some(letter) => (letter, canvas.style(Ink::Dim)),
            None => bar(canvas, *cell, is_crowded, has_hits),
        };
        let style = if cell.is_selected { style.add_modifier(Modifier::REVERSED) } else { style };
        canvas.pen(area, 0).skip(1 + column).write(mark, style);
    }
}

/// What of a label stands in `column`: one of its letters, or the space on either side of it.
fn letter(label: &Label, column: usize) -> Option<&str> {
    let index = column.checked_sub(label.column)?;
    if index == label.text.len() { Some(" ") } else { label.text.get(index..=index) }
}

fn bar(canvas: &Canvas<'_>, cell: Cell, is_crowded: bool, has_hits: bool) -> (&'static str, Style) {
    let glyphs = canvas.glyphs;
    let bar = glyphs.bars.get(usize::from(cell.level)).copied().unwrap_or(" ");
    let ink = match cell {
        // While matches are marked, they are what is looked for.
        Cell { has_key_event: true, has_hit: false, .. } if has_hits && is_crowded => Ink::Strip,
        Cell { has_hit: true, .. } => Ink::Hit,
        Cell { has_new: true, .. } => Ink::Fresh,
        Cell { has_key_event: true, .. } => Ink::KeyEvent,
        Cell { level: 0, .. } => Ink::Rule,
        _ => Ink::Strip,
    };
    (if cell.has_key_event && !is_crowded { glyphs.key_event } else { bar }, canvas.style(ink))
}
