//! The status line: mode and what is under the cursor at the left; the keys that matter now and the place at the right.
//!
//! While something is typed it is the prompt, and while there is something to say it says that.

use ratatui::layout::Rect;

use crate::{
    app::{App, Focus, Item, Screen, View, index::Totals},
    text::width::width,
};

use super::{
    Canvas, help, hints,
    parts::Parts,
    problems,
    prompt::{self, Typed},
    theme::Ink,
};

/// The order in which hints go where there is no room: the first and the last stay longest.
const HINT_RANKS: [u8; 4] = [5, 10, 9, 4];

/// Below this width there are fewer words.
const NARROW: u16 = 50;

pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let app = canvas.app;
    let area = Rect { width: area.width.saturating_sub(2), ..super::inset(area, 1) };
    if let Some(prompt) = app.prompt() {
        let text = prompt.typed();
        let cursor = text.char_indices().nth(prompt.cursor()).map_or(text.len(), |(at, _)| at);
        let fault = prompt.error().map(|error| (&error.range, error.message.as_str()));
        let keys = vec![count(app), "Enter keeps".to_owned(), "Esc restores".to_owned()];
        draw_prompt(canvas, area, Typed { text, cursor, fault }, keys);
    } else if let Some(help) = app.help().filter(|help| help.is_typing()) {
        let text = help.typed();
        let found = canvas.glyphs.words(&help::place(app).unwrap_or_default()).into_owned();
        let keys = vec![found, "Enter keeps".to_owned(), "Esc clears".to_owned()];
        draw_prompt(canvas, area, Typed { text, cursor: text.len(), fault: None }, keys);
    } else {
        draw_parts(canvas, area);
    }
}

/// The prompt: on the row above, in place of the rule, with what it finds at its right, so that
/// this one can tell the keys or point to what is wrong. Where
/// there is no such row, keys stand at its right as far as they fit.
fn draw_prompt(canvas: &mut Canvas<'_>, area: Rect, typed: Typed<'_>, keys: Vec<String>) {
    let dim = canvas.style(Ink::Dim);
    let has_row = typed.fault.is_some() || !canvas.app.layout().rules.is_empty();
    if let Some(above) = area.y.checked_sub(1).filter(|_| has_row) {
        let whole = Rect { y: above, x: 0, width: canvas.buffer.area.width, height: 1 };
        canvas.pen(whole, 0).fill(" ", dim);
        let row = Rect { y: above, ..area };
        let (found, keys) = keys.split_first().map_or((None, &[][..]), |(found, keys)| (Some(found), keys));
        let mut parts = canvas.parts();
        found.into_iter().for_each(|found| parts.right(found, dim, 1));
        let right = parts.draw(&mut canvas.pen(row, 0));
        let left = Rect { width: row.width.saturating_sub(right as u16), ..row };
        let columns = prompt::draw(canvas, left, typed);
        if let Some((_, message)) = typed.fault {
            prompt::draw_fault(canvas, area, columns, message);
            return;
        }
        let mut parts = canvas.parts();
        for (index, words) in keys.iter().enumerate() {
            parts.left(words, dim, 1 + index as u8);
        }
        parts.draw(&mut canvas.pen(area, 0));
        return;
    }
    let mut parts = canvas.parts();
    // What is typed keeps its place; it is drawn by itself.
    let kept = (width(typed.text) + 2).min(usize::from(area.width) * 2 / 3);
    parts.stays(&" ".repeat(kept), dim, kept);
    for (index, words) in keys.into_iter().enumerate() {
        parts.right(&words, dim, 1 + index as u8);
    }
    let right = parts.draw(&mut canvas.pen(area, 0));
    let left = Rect { width: area.width.saturating_sub(right as u16), ..area };
    prompt::draw(canvas, left, typed);
}

fn draw_parts(canvas: &mut Canvas<'_>, area: Rect) {
    let app = canvas.app;
    let dim = canvas.style(Ink::Dim);
    let mut parts = canvas.parts();
    match app.message() {
        Some(message) => {
            // It is said for a moment only, and often ends in a key: it stands whole, where it can.
            parts.stays(&canvas.glyphs.words(message), canvas.style(Ink::Text), area.width.into());
            held(canvas, area).iter().for_each(|held| parts.left(held, canvas.style(Ink::Fresh), 1));
        }
        None if app.screen() == Screen::Reader && app.help().is_none() && app.problems().is_none() => {
            add_mode(canvas, area, &mut parts);
        }
        None => {}
    }
    for (hint, rank) in hints::hints(app).into_iter().zip(HINT_RANKS) {
        parts.right(&canvas.glyphs.words(&hint), dim, rank);
    }
    if app.help().is_some() {
        let place = help::place(app);
        place.iter().for_each(|place| parts.right(&canvas.glyphs.words(place), dim, 1));
    } else if app.problems().is_some() {
        let place = problems::place(app);
        place.iter().for_each(|place| parts.right(&canvas.glyphs.words(place), dim, 1));
    } else if app.shows_index() {
        index_place(app).into_iter().for_each(|place| parts.right(&place, dim, 1));
    } else if app.screen() == Screen::Reader {
        // A message, and what is held, weigh more.
        place(app).into_iter().for_each(|place| parts.right(&place, dim, 2));
        progress(app).into_iter().for_each(|progress| parts.right(&progress, dim, 7));
    }
    parts.draw(&mut canvas.pen(area, 0));
}

/// That arrivals are held, and how many: they are in no list yet, unlike what the header calls new.
fn held(canvas: &Canvas<'_>, area: Rect) -> Option<String> {
    let held = canvas.app.held()?;
    let edits = if held.edits == 1 { "1 edit".to_owned() } else { format!("{} edits", held.edits) };
    let more = if area.width < NARROW { "" } else { " not shown yet" };
    let words = match (held.new, held.edits) {
        (new, 0) => format!("{new}{more}"),
        (0, _) => format!("{edits}{more}"),
        (new, _) => format!("{new}{more}, {edits}"),
    };
    Some(format!("HELD{}{words}", canvas.glyphs.dot))
}

/// How the reader is set: filter, following, view, order; and what is under the cursor.
fn add_mode(canvas: &Canvas<'_>, area: Rect, parts: &mut Parts) {
    let app = canvas.app;
    let (dim, fresh, strong) = (canvas.style(Ink::Dim), canvas.style(Ink::Fresh), canvas.style(Ink::Strong));
    if app.filter().is_active() {
        parts.stays(&format!("/{}", app.filter().typed()), strong, 8);
        parts.left(&count(app), dim, 2);
    }
    if let Some(held) = held(canvas, area) {
        parts.left(&held, fresh, 1);
    } else if app.is_riding() {
        parts.left("FOLLOWING", fresh, 2);
    } else if !app.is_following() {
        parts.left("not following", dim, 6);
    } else if app.sources_in_tab().iter().any(|source| !source.is_over()) {
        parts.left("following", dim, 6);
    }
    if app.layout().tabs.is_none()
        && let (Some(_), Some(source)) = (app.tab(), app.source())
    {
        parts.left(&source.label, strong, 2);
    }
    if app.view() != View::Entries {
        parts.left(app.view().words(), strong, 3);
    }
    parts.left(app.order().words(), dim, 8);
    if app.shows_index() {
        parts.left(&index_words(app), dim, 2);
    } else if let Some(words) = app.cursor_words() {
        parts.left(&canvas.glyphs.words(&words), canvas.style(Ink::Text), 2);
    }
}

/// How many entries the filter shows, of how many the view has.
fn count(app: &App) -> String {
    let more = if app.search_is_done() { "" } else { "+" };
    format!("{}{more} of {}", app.rows().len(), super::entries_in_view(app))
}

/// How much is in the index, and how much of the blog has been read for it.
fn index_words(app: &App) -> String {
    let Totals { mentions, named, .. } = app.index().totals();
    let words = if app.view() == View::Quotes {
        format!("{}, {}", counted(named, "speaker"), counted(mentions, "quote"))
    } else {
        format!("{} of {}", counted(mentions, "value"), counted(app.index().row_count(), "thing"))
    };
    match (app.index().progress(), app.waiting_for_index()) {
        (Some(percent), _) => format!("{words} so far, {percent}% read"),
        (None, _) if app.is_index_held() => format!("{words} so far, all once the keys leave them"),
        (None, 0) => words,
        (None, waiting) => format!("{words}, {waiting} new once the keys leave them"),
    }
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// The place of the selection among rows, or among the mentions of one.
fn index_place(app: &App) -> Option<String> {
    let row = app.index().row()?;
    Some(match app.focus() {
        Focus::List => format!("{}/{}", app.index().selected() + 1, app.index().row_count()),
        Focus::Detail => format!("{}/{}", app.mention_place() + 1, row.count()),
    })
}

/// The place of the selection among the entries.
fn place(app: &App) -> Option<String> {
    let entries = app.rows().len();
    match app.selected()? {
        Item::Standfirst => Some(super::entries(entries)),
        Item::Entry(_) => {
            let before = usize::from(app.shows_standfirst());
            let index = app.selected_index()?;
            Some(format!("{}/{entries}", index + 1 - before))
        }
    }
}

/// How much of the entry that is open has been in sight, once it is known how long it is.
fn progress(app: &App) -> Option<String> {
    if !app.detail().page().is_whole {
        return None;
    }
    let height = usize::from(app.layout().detail?.height);
    let lines = app.detail().lines().len();
    let seen = (app.detail().top() + height).min(lines);
    (lines > height).then(|| format!("{}%", seen * 100 / lines))
}
