//! A drawn screen, and what tests ask of it: which words stand on it, where, and how they look.

use std::fmt;

use ratatui::{
    buffer::{Buffer, CellWidth as _},
    layout::Position,
    style::{Color, Modifier},
};

/// What is on the screen.
#[derive(Clone)]
pub(crate) struct Screen {
    pub(super) buffer: Buffer,
    /// Where the terminal's cursor stands, when it is shown.
    pub(crate) cursor: Option<Position>,
}

/// How the first cell of some words looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Looks {
    pub(crate) letters: Color,
    pub(crate) ground: Color,
    pub(crate) attributes: Modifier,
}

impl Screen {
    /// The lines, without spaces at their ends.
    pub(crate) fn lines(&self) -> Vec<String> {
        (0..self.buffer.area.height).map(|y| self.line(y)).collect()
    }

    /// Line `y`, without spaces at its end.
    pub(crate) fn line(&self, y: u16) -> String {
        let letters: String = self.cells(y).map(|(_, symbol)| symbol).collect();
        letters.trim_end().to_owned()
    }

    /// The cells of line `y` with their columns; what a wide letter covers is left out.
    fn cells(&self, y: u16) -> impl Iterator<Item = (u16, &str)> {
        let mut next = 0;
        (0..self.buffer.area.width).filter_map(move |x| {
            let symbol = self.buffer[(x, y)].symbol();
            let is_covered = x < next;
            if !is_covered {
                next = x + symbol.cell_width().max(1);
            }
            (!is_covered).then_some((x, symbol))
        })
    }

    /// All lines as one text.
    pub(crate) fn text(&self) -> String {
        self.lines().join("\n")
    }

    /// Whether `words` stand on one line.
    pub(crate) fn contains(&self, words: &str) -> bool {
        self.lines().iter().any(|line| line.contains(words))
    }

    /// The row in which a query is typed: in place of the rule above the status line.
    pub(crate) fn prompt(&self) -> String {
        self.lines().iter().rev().nth(1).cloned().unwrap_or_default()
    }

    /// The last line.
    pub(crate) fn status(&self) -> String {
        self.lines().last().cloned().unwrap_or_default()
    }

    /// Where `words` begin, at their `number`th place from 0.
    pub(crate) fn place(&self, words: &str, number: usize) -> Option<(u16, u16)> {
        let mut found = Vec::new();
        for y in 0..self.buffer.area.height {
            let cells: Vec<(u16, &str)> = self.cells(y).collect();
            let line: String = cells.iter().map(|(_, symbol)| *symbol).collect();
            for (at, _) in line.match_indices(words) {
                let mut start = 0;
                let cell = cells.iter().find(|(_, symbol)| {
                    let is_here = start == at;
                    start += symbol.len();
                    is_here
                });
                found.extend(cell.map(|(x, _)| (*x, y)));
            }
        }
        found.get(number).copied()
    }

    /// How the first cell of `words` looks where they stand first.
    pub(crate) fn looks(&self, words: &str) -> Looks {
        self.looks_at(words, 0)
    }

    /// What stands in a cell.
    pub(crate) fn symbol(&self, x: u16, y: u16) -> String {
        self.buffer[(x, y)].symbol().to_owned()
    }

    /// How a cell looks.
    pub(crate) fn looks_of(&self, x: u16, y: u16) -> Looks {
        let cell = &self.buffer[(x, y)];
        Looks { letters: cell.fg, ground: cell.bg, attributes: cell.modifier }
    }

    /// The cells that look so.
    pub(crate) fn cells_with(&self, is_wanted: impl Fn(Looks) -> bool) -> Vec<(u16, u16)> {
        let all = (0..self.buffer.area.height).flat_map(|y| (0..self.buffer.area.width).map(move |x| (x, y)));
        all.filter(|(x, y)| is_wanted(self.looks_of(*x, *y))).collect()
    }

    /// How the first cell of `words` looks at their `number`th place from 0.
    pub(crate) fn looks_at(&self, words: &str, number: usize) -> Looks {
        let place = self.place(words, number);
        let place = place.unwrap_or_else(|| panic!("“{words}” is not on the screen:\n{self}"));
        self.looks_of(place.0, place.1)
    }
}

impl Looks {
    pub(crate) fn has(self, attributes: Modifier) -> bool {
        self.attributes.contains(attributes)
    }
}

impl fmt::Display for Screen {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text())
    }
}
