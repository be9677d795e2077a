//! What it looks like: draws an [`App`] with a [`Theme`], and changes nothing.
//!
//! [`App::settle`] was called before, so list, detail and strip are in order for the screen. Each part of the screen is
//! a file with a `draw` that fills its area by way of a `pen`; where the areas are is decided in `app::layout`. Nothing
//! here trusts an area: what is outside the frame is not drawn, whatever its size. `rules` is the minimal example.

mod detail;
mod empty;
mod glyphs;
mod header;
mod help;
mod hints;
mod index;
mod library;
mod list;
mod parts;
mod pen;
mod problems;
mod prompt;
mod rules;
mod status;
mod strip;
mod tabs;
pub mod theme;

use ratatui::{
    Frame,
    buffer::Buffer,
    layout::{Position, Rect},
    style::Style,
};

use crate::{
    app::{App, Area, Context, Layout, Screen, Tier, View},
    model::Row,
    text::when,
};

use glyphs::Glyphs;
use parts::Parts;
use pen::Pen;
use theme::Ink;
pub use theme::{THEMES, Theme};

/// What every part of the screen draws with.
#[derive(Debug)]
struct Canvas<'a> {
    app: &'a App,
    theme: &'a Theme,
    glyphs: &'static Glyphs,
    buffer: &'a mut Buffer,
    /// Where the terminal's cursor is to stand.
    cursor: Option<Position>,
}

impl Canvas<'_> {
    /// How `ink` looks.
    fn style(&self, ink: Ink) -> Style {
        self.theme.style(ink)
    }

    /// A pen at the beginning of row `row` of `area`.
    fn pen(&mut self, area: Rect, row: usize) -> Pen<'_> {
        Pen::new(self.buffer, self.glyphs, area, row)
    }

    /// An empty line of parts.
    fn parts(&self) -> Parts {
        Parts::new(self.glyphs, self.style(Ink::Dim))
    }
}

/// Draws `app` on `frame`.
pub fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>) {
    if frame.area().is_empty() {
        return;
    }
    let glyphs = Glyphs::of(app.is_ascii());
    let mut canvas = Canvas { app, theme, glyphs, buffer: frame.buffer_mut(), cursor: None };
    let layout = app.layout();
    if layout.tier == Tier::OneLine {
        one_line(&mut canvas, rect(layout.status));
    } else {
        match (app.context(), app.screen()) {
            (Context::Help, _) => help::draw(&mut canvas, &layout),
            (Context::Problems, _) => problems::draw(&mut canvas, &layout),
            (_, Screen::Library) => library::draw(&mut canvas, &layout),
            (_, Screen::Reader) => reader(&mut canvas, &layout),
        }
        status::draw(&mut canvas, rect(layout.status));
    }
    let cursor = canvas.cursor;
    if let Some(position) = cursor.filter(|position| frame.area().contains(*position)) {
        frame.set_cursor_position(position);
    }
}

/// Draws a part of the screen.
type Part = fn(&mut Canvas<'_>, Rect);

fn reader(canvas: &mut Canvas<'_>, layout: &Layout) {
    if let Some(area) = layout.tabs {
        tabs::draw(canvas, rect(area));
    }
    if let Some(area) = layout.header {
        header::draw(canvas, rect(area));
    }
    if let Some(area) = layout.strip {
        strip::draw(canvas, rect(area));
    }
    rules::draw(canvas, layout);
    let (list, detail): (Part, Part) = if canvas.app.shows_index() {
        (index::draw_list, index::draw_mentions)
    } else {
        (list::draw, detail::draw)
    };
    if let Some(area) = layout.list {
        list(canvas, rect(area));
    }
    if let Some(area) = layout.detail {
        detail(canvas, rect(area));
    }
}

/// What there is to say in one line: the prompt, else what is selected.
fn one_line(canvas: &mut Canvas<'_>, area: Rect) {
    if canvas.app.prompt().is_some() || canvas.app.message().is_some() {
        status::draw(canvas, area);
    } else if canvas.app.screen() == Screen::Library {
        library::draw_selected(canvas, area);
    } else if canvas.app.shows_index() {
        index::draw_selected(canvas, area);
    } else if canvas.app.item_count() == 0 {
        empty::draw(canvas, area);
    } else {
        list::draw_selected(canvas, area);
    }
}

/// So many entries, in words.
fn entries(count: usize) -> String {
    format!("{count} {}", if count == 1 { "entry" } else { "entries" })
}

/// How many entries the tab has, in words: as many as its list, and how many of them were taken down.
fn entries_in_tab(app: &App) -> String {
    let entries = entries(app.rows_in_tab().len());
    match removed_in_tab(app) {
        None => entries,
        Some(removed) => format!("{entries}, {removed}"),
    }
}

/// How many entries of the tab were taken down, in words, if any.
fn removed_in_tab(app: &App) -> Option<String> {
    let count = app.removed_count();
    (count > 0).then(|| format!("{count} taken down"))
}

/// How many entries the view has, whatever the filter.
fn entries_in_view(app: &App) -> usize {
    let all = match app.view() {
        View::Entries | View::Quotes | View::Numbers => app.rows_in_tab().len(),
        View::New => app.arrivals_in_tab().len(),
        View::KeyEvents => app.key_events_in_tab().len(),
    };
    all.max(app.rows().len())
}

fn rect(area: Area) -> Rect {
    Rect::new(area.x, area.y, area.width, area.height)
}

/// `area` without `left` columns at its left.
fn inset(area: Rect, left: u16) -> Rect {
    let left = left.min(area.width);
    Rect { x: area.x + left, width: area.width - left, ..area }
}

/// Draws the header and the rules of a page that is no blog, such as the help; gives the area between them.
fn page(canvas: &mut Canvas<'_>, layout: &Layout, name: &str, about: &str) -> Rect {
    let area = rect(layout.page());
    if layout.header.is_some() {
        header::draw_page(canvas, Rect { y: 0, height: 1, ..area }, name, about);
    }
    if !layout.rules.is_empty() {
        let (style, mark) = (canvas.style(Ink::Rule), canvas.glyphs.rule);
        for y in [area.y.saturating_sub(1), area.bottom()] {
            canvas.pen(Rect { y, height: 1, ..area }, 0).fill(mark, style);
        }
    }
    area
}

/// How long ago the entry in `row` was published, in words.
fn age(app: &App, row: Row) -> Option<String> {
    let stamp = app.timeline().entry(row)?.published()?;
    Some(when::ago(app.here(app.now()), app.here(stamp.utc())))
}
