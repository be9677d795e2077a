//! The rules that part header, panes and status.

use crate::app::Layout;

use super::{Canvas, rect, theme::Ink};

pub(super) fn draw(canvas: &mut Canvas<'_>, layout: &Layout) {
    let glyphs = canvas.glyphs;
    let style = canvas.style(Ink::Rule);
    for rule in &layout.rules {
        canvas.pen(rect(*rule), 0).fill(glyphs.rule, style);
    }
    let Some(divider) = layout.divider.map(rect) else { return };
    for row in 0..usize::from(divider.height) {
        canvas.pen(divider, row).write(glyphs.divider, style);
    }
    for (row, mark) in [(divider.y.checked_sub(1), glyphs.meets.0), (Some(divider.bottom()), glyphs.meets.1)]
    {
        let rule = row.and_then(|row| layout.rules.iter().find(|rule| rule.y == row));
        if let Some(rule) = rule.map(|rule| rect(*rule)) {
            canvas.pen(super::inset(rule, divider.x), 0).write(mark, style);
        }
    }
}
