//! The strip: how many entries came when, in one row of bars.
//!
//! Days and hours are set into it, key events stand on it; the place of the selection is a solid cell, what is new is
//! green, and matches are marked. Where there is no stretch of time to show, the row tells who writes the blog and when.

use ratatui::{
    layout::Rect,
    style::{Modifier, Style},
};

use crate::{
    story::{
        pulse,
        strip::{Cell, Label},
    },
    text::{line::Line, when},
};

use super::{Canvas, theme::Ink};

/// Where more than one cell in so many has a key event, diamonds would be all there is to see: bars get their colour.
const CROWDED: usize = 5;

pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let strip = canvas.app.strip();
    if strip.cells.is_empty() {
        draw_about(canvas, area);
        return;
    }
    let key_events = strip.cells.iter().filter(|cell| cell.has_key_event).count();
    let has_hits = strip.cells.iter().any(|cell| cell.has_hit);
    let is_crowded = key_events * CROWDED > strip.cells.len();
    for (column, cell) in strip.cells.iter().enumerate() {
        let letter = strip.labels.iter().find_map(|label| letter(label, column));
        let (mark, style) = match letter {
            _ if cell.is_selected => here(canvas, letter),
            Some(letter) => (letter, canvas.style(Ink::Dim)),
            None => bar(canvas, *cell, is_crowded, has_hits),
        };
        canvas.pen(area, 0).skip(1 + column).write(mark, style);
    }
}

/// What of a label stands in `column`: one of its letters, or the space on either side of it.
fn letter(label: &Label, column: usize) -> Option<&str> {
    let index = column.checked_sub(label.column)?;
    if index == label.text.len() { Some(" ") } else { label.text.get(index..=index) }
}

/// The solid cell of the selection. Where it falls on a letter, the letter stands in it.
fn here<'a>(canvas: &Canvas<'_>, letter: Option<&'a str>) -> (&'a str, Style) {
    let style = canvas.style(Ink::Here);
    let (solid, reversed) = canvas.glyphs.here;
    let is_solid = style.fg.is_some() && !canvas.app.is_ascii();
    match letter.filter(|letter| *letter != " ") {
        None if is_solid => (solid, style),
        letter => (letter.unwrap_or(reversed), style.add_modifier(Modifier::REVERSED)),
    }
}

/// Who writes the blog, and when; else what it is read from.
fn draw_about(canvas: &mut Canvas<'_>, area: Rect) {
    let (app, dim, dot) = (canvas.app, canvas.style(Ink::Dim), canvas.glyphs.dot);
    if app.rows_in_tab().is_empty() {
        return;
    }
    let mut words = Vec::new();
    if let Some(blog) = app.blog() {
        words.extend(blog.publisher.as_option().map(str::to_owned));
        let authors: Vec<&str> = blog.authors.iter().map(Line::as_str).collect();
        words.extend(Some(authors.join(", ")).filter(|authors| !authors.is_empty()));
    }
    let begun = app.blog().and_then(|blog| blog.start);
    let newest = pulse::last_times(app.timeline(), app.rows_in_tab()).next();
    if let Some(stamp) = newest.or(begun) {
        words.push(when::day(app.clock().show(stamp).date_naive(), app.today()));
    }
    if words.is_empty() {
        words.extend(app.sources_in_tab().iter().map(|source| source.location.label().to_string()));
        words.push(super::entries_in_tab(app));
    }
    let mut pen = canvas.pen(area, 0);
    pen.skip(1).shorten(1).write_cut(&words.join(dot), dim);
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
