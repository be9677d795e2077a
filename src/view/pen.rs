//! A pen that writes along one row of cells and never past its end.
//!
//! Everything on the screen is written here, by way of `Buffer::set_stringn`, which leaves controls out and counts wide
//! letters; so nothing a feed says can reach a terminal in any other way.

use std::ops::Range;

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use crate::text::{
    span::{self, Role, Roles, Span},
    width,
};

use super::{
    glyphs::Glyphs,
    theme::{Ink, Theme},
};

/// A place in a row of cells, and where the row ends.
#[derive(Debug)]
pub(super) struct Pen<'a> {
    buffer: &'a mut Buffer,
    glyphs: &'static Glyphs,
    x: u16,
    y: u16,
    end: u16,
}

/// A text with what stands over it, and how it is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marked<'a> {
    pub(super) text: &'a str,
    pub(super) spans: &'a [Span],
    /// The roles that are not to be seen.
    pub(super) plain: Roles,
    /// Where the cursor is.
    pub(super) current: Option<&'a Range<usize>>,
    pub(super) base: Style,
}

impl<'a> Pen<'a> {
    /// A pen at the beginning of row `row` of `area`. What is outside the screen has no room.
    pub(super) fn new(buffer: &'a mut Buffer, glyphs: &'static Glyphs, area: Rect, row: usize) -> Self {
        let area = area.intersection(buffer.area);
        let is_inside = row < usize::from(area.height);
        let end = if is_inside { area.right() } else { area.x };
        Self { buffer, glyphs, x: area.x, y: area.y.saturating_add(row as u16), end }
    }

    /// The column it stands at.
    pub(super) fn column(&self) -> u16 {
        self.x
    }

    /// The cells up to the end.
    pub(super) fn room(&self) -> usize {
        usize::from(self.end.saturating_sub(self.x))
    }

    /// Leaves `columns` cells as they are.
    pub(super) fn skip(&mut self, columns: usize) -> &mut Self {
        self.x = self.x.saturating_add(columns.min(self.room()) as u16);
        self
    }

    /// Ends the row `columns` cells earlier.
    pub(super) fn shorten(&mut self, columns: usize) -> &mut Self {
        self.end = self.end.saturating_sub(columns.min(self.room()) as u16);
        self
    }

    /// Ends the row `columns` cells later, where it was shortened before.
    pub(super) fn lengthen(&mut self, columns: usize) -> &mut Self {
        self.end = self.end.saturating_add(columns as u16);
        self
    }

    /// Lays `style` under the rest of the row.
    pub(super) fn ground(&mut self, style: Style) -> &mut Self {
        if self.room() > 0 {
            self.buffer.set_style(Rect::new(self.x, self.y, self.end - self.x, 1), style);
        }
        self
    }

    /// Writes as much of `text` as there is room for. Spaces that allow no break are drawn as spaces, and of a flag made
    /// of tags only the flag itself: few terminals know more of them, and many show boxes.
    pub(super) fn write(&mut self, text: &str, style: Style) -> &mut Self {
        let is_tag = |char: char| ('\u{e0020}'..='\u{e007f}').contains(&char);
        let untagged;
        let text = if text.contains(is_tag) {
            untagged = text.replace(is_tag, "");
            &untagged
        } else {
            text
        };
        for (index, part) in text.split('\u{a0}').enumerate() {
            let gap = if index > 0 { " " } else { "" };
            for part in [gap, part] {
                let room = self.room();
                if room > 0 {
                    (self.x, _) = self.buffer.set_stringn(self.x, self.y, part, room, style);
                }
            }
        }
        self
    }

    /// Writes the program's own words, in ASCII where that is asked for.
    pub(super) fn say(&mut self, words: &str, style: Style) -> &mut Self {
        let words = self.glyphs.words(words);
        self.write_cut(&words, style)
    }

    /// Writes `text`, cut with an ellipsis where there is no room for all of it.
    pub(super) fn write_cut(&mut self, text: &str, style: Style) -> &mut Self {
        let (kept, is_cut) = width::fit_with_ellipsis(text, self.room(), self.glyphs.ellipsis);
        self.write(kept, style);
        if is_cut { self.write(self.glyphs.ellipsis, style) } else { self }
    }

    /// Fills the rest of the row with a mark.
    pub(super) fn fill(&mut self, mark: &str, style: Style) -> &mut Self {
        let filled = mark.repeat(self.room());
        self.write(&filled, style)
    }

    /// Writes `range` of a marked text, each piece in the inks of its roles.
    pub(super) fn marked(&mut self, marked: Marked<'_>, range: Range<usize>, theme: &Theme) -> &mut Self {
        let nowhere = range.end..range.end;
        let current = marked.current.unwrap_or(&nowhere);
        for (piece, roles) in span::pieces(range, marked.spans) {
            let roles = roles.without(marked.plain);
            let cuts = [current.start, current.end].map(|cut| cut.clamp(piece.start, piece.end));
            let [start, end] = cuts;
            for part in [piece.start..start, start..end, end..piece.end] {
                let is_current = part.start >= current.start && part.end <= current.end;
                let roles = if is_current { roles.union(Role::Current.into()) } else { roles };
                if let Some(text) = marked.text.get(part).filter(|text| !text.is_empty()) {
                    self.piece(text, marked.base, roles, theme);
                }
            }
        }
        self
    }

    /// Writes a piece. The number of a link, as it is set into a text, is dim.
    fn piece(&mut self, text: &str, base: Style, roles: Roles, theme: &Theme) {
        let style = theme.compose(base, roles);
        let number = text.strip_prefix("\u{a0}[").and_then(|rest| rest.split_once(']'));
        match number {
            Some((digits, rest)) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.write(&format!(" [{digits}]"), theme.style(Ink::Dim)).write(rest, style);
            }
            _ => {
                self.write(text, style);
            }
        }
    }

    /// Writes the beginning of a marked text, cut with an ellipsis where there is no room for all of it.
    pub(super) fn marked_cut(&mut self, marked: Marked<'_>, theme: &Theme) -> &mut Self {
        let (kept, is_cut) = width::fit_with_ellipsis(marked.text, self.room(), self.glyphs.ellipsis);
        self.marked(marked, 0..kept.len(), theme);
        if is_cut { self.write(self.glyphs.ellipsis, marked.base) } else { self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::theme::{Colours, counted};

    fn row(buffer: &Buffer) -> String {
        buffer.content().iter().map(ratatui::buffer::Cell::symbol).collect()
    }

    #[test]
    fn nothing_is_written_past_the_end_or_outside_the_screen() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
        let glyphs = Glyphs::of(false);
        Pen::new(&mut buffer, glyphs, Rect::new(2, 0, 4, 1), 0).write_cut("abcdefgh", Style::new());
        Pen::new(&mut buffer, glyphs, Rect::new(0, 0, 8, 5), 3).write("below", Style::new());
        Pen::new(&mut buffer, glyphs, Rect::new(7, 0, 9, 1), 0).write("日本", Style::new());
        Pen::new(&mut buffer, glyphs, Rect::new(90, 90, 9, 1), 0).fill("x", Style::new());
        assert_eq!(row(&buffer), "  abc…  ");
    }

    #[test]
    fn the_cursor_is_painted_over_part_of_a_piece() {
        let theme = counted(0, Colours::None);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
        let marked = Marked {
            text: "say 12 x",
            spans: &[],
            plain: Roles::default(),
            current: Some(&(4..6)),
            base: Style::new(),
        };
        Pen::new(&mut buffer, Glyphs::of(false), Rect::new(0, 0, 8, 1), 0).marked(marked, 0..8, theme);
        let current = theme.style(Ink::Current).add_modifier;
        let under: Vec<bool> = buffer.content().iter().map(|cell| cell.modifier.contains(current)).collect();
        assert_eq!(under, [false, false, false, false, true, true, false, false]);
        assert_eq!(row(&buffer), "say 12 x");
    }

    #[test]
    fn a_space_that_allows_no_break_is_drawn_as_a_space() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 9, 1));
        let marked = Marked {
            text: "a\u{a0}[12], b",
            spans: &[],
            plain: Roles::default(),
            current: None,
            base: Style::new(),
        };
        let theme = counted(0, Colours::None);
        Pen::new(&mut buffer, Glyphs::of(true), Rect::new(0, 0, 9, 1), 0).marked_cut(marked, theme);
        assert_eq!(row(&buffer), "a [12], b");
    }
}
