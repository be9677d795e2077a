//! The line that is typed, with the terminal's own cursor in it, and the row under it that tells what is wrong.

use std::ops::Range;

use ratatui::layout::{Position, Rect};

use crate::text::width::{fit, graphemes, width};

use super::{Canvas, theme::Ink};

/// What is typed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Typed<'a> {
    pub(super) text: &'a str,
    /// Where the cursor stands, in bytes.
    pub(super) cursor: usize,
    /// What is wrong: where, in bytes, and why.
    pub(super) fault: Option<(&'a Range<usize>, &'a str)>,
}

impl Typed<'_> {
    /// Where the text begins to be shown in `room` cells, so that the cursor and the cell behind it are in sight.
    fn start(self, room: usize) -> usize {
        let before = self.text.get(..self.cursor).unwrap_or(self.text);
        let mut over = (width(before) + 1).saturating_sub(room);
        let mut letters = graphemes(before);
        loop {
            let Some((at, letter)) = letters.next() else { return before.len() };
            if over == 0 {
                return at;
            }
            over = over.saturating_sub(width(letter));
        }
    }
}

/// Draws the prompt at the left of `area`, which is one row. Gives the columns of what is wrong with it.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, typed: Typed<'_>) -> Range<u16> {
    let (strong, fault, text) =
        (canvas.style(Ink::Strong), canvas.style(Ink::Fault), canvas.style(Ink::Text));
    let mut pen = canvas.pen(area, 0);
    pen.write("/", strong);
    let left = pen.column();
    let room = pen.room();
    let start = typed.start(room);
    let shown = fit(typed.text.get(start..).unwrap_or_default(), room);
    let end = start + shown.len();
    let wrong =
        typed.fault.map_or(end..end, |(range, _)| range.start.clamp(start, end)..range.end.clamp(start, end));
    for (range, style) in [(start..wrong.start, text), (wrong.clone(), fault), (wrong.end..end, text)] {
        pen.write(typed.text.get(range).unwrap_or_default(), style);
    }
    let columns_to = |at: usize| width(typed.text.get(start..at.max(start)).unwrap_or_default()) as u16;
    if room > 0 {
        let column = left.saturating_add(columns_to(typed.cursor)).min(area.right().saturating_sub(1));
        canvas.cursor = Some(Position::new(column, area.y));
    }
    left.saturating_add(columns_to(wrong.start))..left.saturating_add(columns_to(wrong.end))
}

/// Points up to the fault at `columns`. The words stand behind the carets, or in front of them when they have no room
/// there.
pub(super) fn draw_fault(canvas: &mut Canvas<'_>, row: Rect, columns: Range<u16>, message: &str) {
    let fault = canvas.style(Ink::Fault);
    let message = canvas.glyphs.words(message);
    canvas.pen(row, 0).fill(" ", fault);
    let start = usize::from(columns.start.saturating_sub(row.x));
    let carets = "^".repeat(columns.len().max(1));
    let length = width(&message);
    let room = usize::from(row.width);
    if start + carets.len() + 1 + length <= room || length + 1 > start {
        canvas.pen(row, 0).skip(start).write(&carets, fault).skip(1).write_cut(&message, fault);
    } else {
        canvas.pen(row, 0).skip(start - 1 - length).write(&message, fault).skip(1).write(&carets, fault);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_stays_in_sight_of_a_long_line() {
        let start = |text, cursor, room| Typed { text, cursor, fault: None }.start(room);
        assert_eq!(start("police", 6, 7), 0);
        assert_eq!(start("police", 6, 6), 1);
        assert_eq!(start("police", 2, 3), 0);
        assert_eq!(start("日本語", 9, 5), 3);
        assert_eq!(start("", 0, 0), 0);
        assert_eq!(start("abc", 3, 0), 3);
    }
}
