//! A line of parts from both its ends. What does not fit goes: the least important first, which stands in the middle.

use ratatui::style::Style;

use crate::text::width::width;

use super::{glyphs::Glyphs, pen::Pen};

/// The cells that stay empty between the two sides, at least.
pub(super) const GAP: usize = 2;

/// One part.
#[derive(Debug, Clone)]
struct Part {
    words: String,
    style: Style,
    /// What stands between it and the part before it on its side.
    lead: &'static str,
    /// The higher, the sooner it goes. The part of rank 0 stays, and is cut instead.
    rank: u8,
    /// The cells it can be cut down to.
    least: usize,
}

/// The parts of a line.
#[derive(Debug)]
pub(super) struct Parts {
    glyphs: &'static Glyphs,
    /// What stands between two parts.
    between: Style,
    left: Vec<Part>,
    right: Vec<Part>,
}

impl Parts {
    /// No parts yet; what will stand between them is drawn in `between`.
    pub(super) fn new(glyphs: &'static Glyphs, between: Style) -> Self {
        Self { glyphs, between, left: Vec::new(), right: Vec::new() }
    }

    fn part(&self, words: &str, style: Style, rank: u8) -> Part {
        let words = words.to_owned();
        let least = width(&words);
        Part { words, style, lead: self.glyphs.dot, rank, least }
    }

    /// Adds the part at the left that stays: it may be cut down to `least` cells.
    pub(super) fn stays(&mut self, words: &str, style: Style, least: usize) {
        let part = self.part(words, style, 0);
        let least = part.least.min(least);
        self.left.push(Part { least, ..part });
    }

    /// Adds a part at the left.
    pub(super) fn left(&mut self, words: &str, style: Style, rank: u8) {
        let part = self.part(words, style, rank);
        self.left.push(part);
    }

    /// Adds a part at the right.
    pub(super) fn right(&mut self, words: &str, style: Style, rank: u8) {
        let part = self.part(words, style, rank);
        self.right.push(part);
    }

    /// Adds a part at the right that goes on with the one before it.
    pub(super) fn right_after(&mut self, lead: &'static str, words: &str, style: Style, rank: u8) {
        let part = self.part(words, style, rank);
        self.right.push(Part { lead, ..part });
    }

    /// The cells of one side.
    fn width(side: &[Part], cells: impl Fn(&Part) -> usize) -> usize {
        let leads: usize = side.iter().skip(1).map(|part| width(part.lead)).sum();
        leads + side.iter().map(cells).sum::<usize>()
    }

    /// Lets parts go until what is left has room.
    fn fit(&mut self, room: usize) {
        loop {
            let right = Self::width(&self.right, |part| width(&part.words));
            let gap = if right > 0 { GAP } else { 0 };
            if Self::width(&self.left, |part| part.least) + gap + right <= room {
                return;
            }
            let rank = |side: &[Part]| side.iter().map(|part| part.rank).max().unwrap_or(0);
            let (left, right) = (rank(&self.left), rank(&self.right));
            if left.max(right) == 0 {
                return;
            }
            // Of two alike, that of the left side goes: the middle is its end, and the beginning of the right side.
            if left >= right {
                let last = self.left.iter().rposition(|part| part.rank == left);
                last.map(|index| self.left.remove(index));
            } else {
                let first = self.right.iter().position(|part| part.rank == right);
                first.map(|index| self.right.remove(index));
            }
        }
    }

    /// Draws what fits in the rest of the row; tells how many cells the right side took, with the gap before it.
    pub(super) fn draw(mut self, pen: &mut Pen<'_>) -> usize {
        self.fit(pen.room());
        let right = Self::width(&self.right, |part| width(&part.words));
        let kept = if right > 0 { right + GAP } else { 0 };
        let room = pen.room();
        let end = usize::from(pen.column()) + room;
        // What stays is cut by as much as the others need.
        let over = (Self::width(&self.left, |part| width(&part.words)) + kept).saturating_sub(room);
        self.side(&self.left, over, pen);
        pen.skip(end.saturating_sub(right).saturating_sub(usize::from(pen.column())));
        self.side(&self.right, 0, pen);
        kept
    }

    /// Writes one side; the part that stays is cut by `over` cells.
    fn side(&self, parts: &[Part], over: usize, pen: &mut Pen<'_>) {
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                pen.write(part.lead, self.between);
            }
            let cells = width(&part.words);
            let rest = pen.room().saturating_sub(cells.saturating_sub(if part.rank == 0 { over } else { 0 }));
            pen.shorten(rest).write_cut(&part.words, part.style).lengthen(rest);
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::{buffer::Buffer, layout::Rect};

    use super::*;

    fn drawn(columns: u16) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, 1));
        let glyphs = Glyphs::of(false);
        let mut parts = Parts::new(glyphs, Style::new());
        parts.stays("a long title", Style::new(), 6);
        parts.left("left", Style::new(), 2);
        parts.right("right", Style::new(), 3);
        parts.right_after(", ", "more", Style::new(), 4);
        parts.right("end", Style::new(), 1);
        parts.draw(&mut Pen::new(&mut buffer, glyphs, Rect::new(0, 0, columns, 1), 0));
        buffer.content().iter().map(ratatui::buffer::Cell::symbol).collect()
    }

    #[test]
    fn what_does_not_fit_goes_from_the_middle() {
        assert_eq!(drawn(38), "a long title · left  right, more · end");
        assert_eq!(drawn(40), "a long title · left    right, more · end");
        assert_eq!(drawn(34), "a long… · left   right, more · end");
        assert_eq!(drawn(30), "a long ti… · left  right · end");
        assert_eq!(drawn(21), "a long t… · left  end");
        assert_eq!(drawn(14), "a long t…  end");
        assert_eq!(drawn(8), "a long… ");
        assert_eq!(drawn(1), "…");
        assert_eq!(drawn(0), "");
    }
}
