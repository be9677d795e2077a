//! The library: the demo, and the feeds found in this folder, with what is known of each.

use ratatui::{layout::Rect, style::Style};

use crate::{
    app::{App, Found, Layout},
    model::Location,
    text::{when, width::width},
};

use super::{Canvas, hints::key, theme::Ink};

/// The rows above the list: words that say what it is, and an empty one.
const TOP: usize = 2;

pub(super) fn draw(canvas: &mut Canvas<'_>, layout: &Layout) {
    let dot = canvas.glyphs.dot;
    let about = "a reader for stories told in entries, as they happen";
    let area = super::page(canvas, layout, "liveblog", about);
    let (app, dim) = (canvas.app, canvas.style(Ink::Dim));
    let words = words(app, dot);
    let top = if usize::from(area.height) > TOP + 2 { TOP } else { 0 };
    if top > 0 {
        canvas.pen(area, 0).skip(2).say(&words, dim);
    }
    let height = usize::from(area.height).saturating_sub(top).max(1);
    let selected = app.library().selected();
    let first = (selected + 1).saturating_sub(height);
    let names = column_of_names(app, area.width);
    for (row, index) in (first..=app.library().found().len()).take(height).enumerate() {
        let row = Rect { y: area.y.saturating_add((top + row) as u16), height: 1, ..area };
        let row = row.intersection(area);
        draw_row(canvas, row, index, index == selected, names);
    }
}

/// The selected row alone, for a screen of one line.
pub(super) fn draw_selected(canvas: &mut Canvas<'_>, area: Rect) {
    let name = name(canvas.app, canvas.app.library().selected());
    canvas.pen(area, 0).write_cut(&name, Style::new());
}

/// What was found in this folder, in words.
fn words(app: &App, dot: &str) -> String {
    let library = app.library();
    let again = format!("{} looks again", key("scan"));
    match library.found().len() {
        _ if !library.is_done() => "looking through this folder …".to_owned(),
        0 => format!("no liveblog in this folder{dot}{again}{dot}the demo shows what one looks like"),
        1 => format!("one liveblog in this folder{dot}{again}"),
        count if library.is_cut() => {
            format!("{count} liveblogs in this folder, and more files than were looked at")
        }
        count => format!("{count} liveblogs in this folder{dot}{again}"),
    }
}

/// What row `index` is called.
fn name(app: &App, index: usize) -> String {
    let Some(found) = index.checked_sub(1).and_then(|index| app.library().found().get(index)) else {
        return "The demo: a storm, and a night without lights".to_owned();
    };
    match found.title.as_option() {
        Some(title) => title.to_owned(),
        None => found.location.name().to_string(),
    }
}

/// The cells that names get: as many as the longest takes, and half the row at most.
fn column_of_names(app: &App, columns: u16) -> usize {
    let names = (0..=app.library().found().len()).map(|index| width(&name(app, index)));
    names.max().unwrap_or(0).min(usize::from(columns) / 2).max(usize::from(columns) / 3)
}

fn draw_row(canvas: &mut Canvas<'_>, area: Rect, index: usize, is_selected: bool, names: usize) {
    let app = canvas.app;
    let ground = if is_selected { canvas.style(Ink::Selection) } else { Style::new() };
    let dim = if is_selected { ground } else { canvas.style(Ink::Dim) };
    if is_selected {
        let bar = canvas.style(Ink::Bar);
        let mark = canvas.glyphs.selected;
        canvas.pen(area, 0).ground(ground).write(mark, bar);
    }
    let title = name(app, index);
    let mut pen = canvas.pen(area, 0);
    let end = pen.room().saturating_sub(2 + names);
    pen.skip(2).shorten(end).write_cut(&title, ground);
    let about = match index.checked_sub(1).and_then(|index| app.library().found().get(index)) {
        Some(found) => about(app, found, canvas.glyphs.dot),
        None => "built in".to_owned(),
    };
    canvas.pen(area, 0).skip(2 + names + 2).write_cut(&about, dim);
}

/// What is known of a feed: its format, how many entries, when it was changed, and its file.
fn about(app: &App, found: &Found, dot: &str) -> String {
    let more = if found.is_all { "" } else { "+" };
    let noun = if found.entries == 1 && found.is_all { "entry" } else { "entries" };
    let mut words = vec![found.format.to_owned(), format!("{}{more} {noun}", found.entries)];
    words.extend(found.modified.map(|time| when::ago(app.here(app.now()), app.here(time))));
    if !found.title.is_empty() && !matches!(found.location, Location::Demo) {
        words.push(found.location.name().to_string());
    }
    words.join(dot)
}
