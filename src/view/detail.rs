//! The detail: one entry with its time, authors, headline and text, as cut into lines by the app.
//!
//! The text begins one cell in, where the headline does. Direct speech and what is set off as a quote has a bar at its
//! left. Only the lines in sight are drawn.

use chrono::{DateTime, FixedOffset, TimeDelta};
use ratatui::{layout::Rect, style::Style};

use crate::{
    app::{
        App, Detail, DetailLine, TimeFormat,
        compose::{Composed, TextLine},
    },
    model::{Entry, Kinds, Precision, Stamp},
    text::{
        prose::BlockKind,
        span::{Role, Roles},
        when,
    },
};

use super::{
    Canvas,
    pen::{Marked, Pen},
    theme::Ink,
};

/// The cells in front of a line with a bar, or of a list.
const INDENT: usize = 2;

/// The words for the kinds of an entry, the most telling first.
const KINDS: [(Kinds, &str); 4] = [
    (Kinds::KEY, "KEY EVENT"),
    (Kinds::BREAKING, "BREAKING"),
    (Kinds::SUMMARY, "SUMMARY"),
    (Kinds::PINNED, "PINNED"),
];

pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let detail = canvas.app.detail();
    let column = super::inset(area, 1);
    let column = Rect { width: column.width.min(canvas.app.layout().measure()), ..column };
    let lines = detail.lines().iter().skip(detail.top()).take(area.height.into());
    for (row, line) in lines.enumerate() {
        draw_line(canvas, column, row, detail, line);
    }
}

fn draw_line(canvas: &mut Canvas<'_>, area: Rect, row: usize, detail: &Detail, line: &DetailLine) {
    let (theme, plain) = (canvas.theme, canvas.app.plain_roles());
    let (dim, strong) = (canvas.style(Ink::Dim), canvas.style(Ink::Strong));
    let address_style = canvas.style(Ink::Link);
    match line {
        DetailLine::Meta => draw_meta(canvas, area, row),
        DetailLine::Text(line) => draw_text(canvas, area, row, detail, line),
        DetailLine::Blank => {}
        DetailLine::More => {
            let ellipsis = canvas.glyphs.ellipsis;
            canvas.pen(area, row).write(ellipsis, dim);
        }
        DetailLine::Authors(names) => {
            canvas.pen(area, row).write_cut(names, dim);
        }
        DetailLine::Headline(range) => {
            let marked = marked(detail, plain, true, strong);
            canvas.pen(area, row).marked(marked, range.clone(), theme);
        }
        DetailLine::Media(label) => {
            canvas.pen(area, row).write_cut(label, dim);
        }
        DetailLine::Link(number, address) => {
            let shown = address.strip_prefix("https://").unwrap_or(address);
            canvas.pen(area, row).write(&format!("{number}  "), dim).write_cut(shown, address_style);
        }
    }
}

/// Headline or body with what stands over it.
fn marked(detail: &Detail, plain: Roles, in_headline: bool, base: Style) -> Marked<'_> {
    let composed: &Composed = if in_headline { &detail.page().headline } else { &detail.page().body };
    let cursor = detail.cursor().filter(|cursor| cursor.in_headline == in_headline);
    let current = cursor.map(|cursor| &cursor.range);
    Marked { text: &composed.text, spans: &composed.spans, plain, current, base }
}

fn draw_text(canvas: &mut Canvas<'_>, area: Rect, row: usize, detail: &Detail, line: &TextLine) {
    let (theme, glyphs, plain) = (canvas.theme, canvas.glyphs, canvas.app.plain_roles());
    let (quote, dim) = (canvas.style(Ink::Quote), canvas.style(Ink::Dim));
    let base = match line.kind {
        BlockKind::Heading(_) => canvas.style(Ink::Strong),
        BlockKind::Quote if !plain.contains(Role::Quote) => quote,
        _ => Style::new(),
    };
    let mut pen: Pen<'_> = canvas.pen(area, row);
    if line.has_bar {
        pen.write(glyphs.speech, Style { fg: quote.fg, ..Style::new() }).skip(INDENT - 1);
    } else if line.kind == BlockKind::ListItem {
        let mark = if line.is_first { glyphs.bullet } else { " " };
        pen.write(mark, dim).skip(INDENT - 1);
    }
    pen.marked(marked(detail, plain, false, base), line.range.clone(), theme);
}

/// The first line: when it was published, and what it is beside an entry.
fn draw_meta(canvas: &mut Canvas<'_>, area: Rect, row: usize) {
    let app = canvas.app;
    let dim = canvas.style(Ink::Dim);
    let mut parts = canvas.parts();
    let entry = app.detail().row().and_then(|row| Some((row, app.timeline().entry(row)?)));
    let Some((number, entry)) = entry else {
        let least = if app.detail().has_edit() { 1 } else { usize::MAX };
        parts.stays("About this blog", dim, least);
        if let Some(blog) = app.blog() {
            let publisher = blog.publisher.as_option();
            publisher.into_iter().for_each(|publisher| parts.left(publisher, dim, 2));
            blog.partial.as_option().into_iter().for_each(|part| parts.left(part, dim, 1));
        }
        if app.detail().has_edit() {
            add_edit(canvas, &mut parts);
        } else {
            parts.right(&super::entries(app.rows_in_tab().len()), dim, 3);
            let removed = super::removed_in_tab(app);
            removed.iter().for_each(|removed| parts.right_after(", ", removed, dim, 4));
        }
        parts.draw(&mut canvas.pen(area, row));
        return;
    };
    match entry.published() {
        Some(stamp) => {
            let shown = app.clock().show(stamp);
            let day = when::day(shown.date_naive(), app.today());
            match clock(stamp, shown, app.time_format() == TimeFormat::AsWritten) {
                Some(clock) => {
                    parts.stays(&clock, dim, usize::MAX);
                    parts.left(&day, dim, 3);
                    if let Some(age) = super::age(app, number).filter(|_| is_near(app, stamp)) {
                        parts.left(&age, dim, 4);
                    }
                }
                None => parts.stays(&day, dim, 6),
            }
        }
        None => parts.stays("no time given", dim, 6),
    }
    if let Some(label) = app.label_of(entry.source()) {
        parts.left(label, dim, 2);
    }
    add_kinds(canvas, &mut parts, number, entry);
    parts.draw(&mut canvas.pen(area, row));
}

/// Whether a time is near enough for how long ago it was to say more than its day does.
fn is_near(app: &App, stamp: Stamp) -> bool {
    app.now().signed_duration_since(stamp.utc()).abs() < TimeDelta::days(7)
}

/// What an entry is beside an entry, at the right: edited, key event and so on.
fn add_kinds(canvas: &Canvas<'_>, parts: &mut super::Parts, row: crate::model::Row, entry: Entry<'_>) {
    let app = canvas.app;
    let glyphs = canvas.glyphs;
    let edited = canvas.style(Ink::Edited);
    let current = app.timeline().current(row);
    if app.timeline().is_removed(current) {
        parts.right("taken down", canvas.style(Ink::Fault), 1);
    } else if app.timeline().has_fallen_away(current) {
        parts.right("no longer in the file", canvas.style(Ink::Dim), 3);
    }
    if app.is_late(row) {
        parts.right("came late", canvas.style(Ink::Fresh), 5);
    }
    if app.detail().has_edit() {
        add_edit(canvas, parts);
    } else if let Some(stamp) = entry.revised() {
        let is_same_day = entry.published().is_some_and(|published| {
            app.clock().show(published).date_naive() == app.clock().show(stamp).date_naive()
        });
        let shown = app.clock().show(stamp);
        let clock = clock(stamp, shown, false).filter(|_| is_same_day);
        let when = clock.unwrap_or_else(|| when::day_short(shown.date_naive()));
        parts.right(&format!("{} edited {when}", glyphs.edited), edited, 5);
    } else if app.timeline().is_edited(row) {
        parts.right(&format!("{} edited", glyphs.edited), edited, 5);
    }
    for (kind, word) in KINDS {
        if entry.kinds().contains(kind) {
            let is_warm = kind == Kinds::KEY || kind == Kinds::BREAKING;
            let mark = if kind == Kinds::KEY { format!("{} ", glyphs.key_event) } else { String::new() };
            let ink = if is_warm { Ink::KeyEvent } else { Ink::Dim };
            parts.right(&format!("{mark}{word}"), canvas.style(ink), 2);
        }
    }
}

/// That an edit waits.
fn add_edit(canvas: &Canvas<'_>, parts: &mut super::Parts) {
    let words = format!("{} edited{}Enter shows it", canvas.glyphs.edited, canvas.glyphs.dot);
    parts.right(&words, canvas.style(Ink::Fault), 1);
}

/// The time of day, with its offset where times are told as written; `None` when only the day is known.
fn clock(stamp: Stamp, shown: DateTime<FixedOffset>, tells_offset: bool) -> Option<String> {
    let clock = when::clock(shown, stamp.is_assumed());
    match stamp.precision() {
        Precision::Day => None,
        Precision::Minute | Precision::Second if tells_offset => Some(format!("{clock} {}", shown.offset())),
        Precision::Minute | Precision::Second => Some(clock),
    }
}
