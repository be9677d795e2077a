//! The list: a row for each entry in sight, with its time, its mark and its label, and headings where the day changes.
//!
//! Marks stand in one column of one cell; an entry that has earned several shows the highest: new, key event, edited.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use ratatui::{
    layout::Rect,
    style::{Modifier, Style},
};

use crate::{
    app::{App, Focus, Item, ListLine, TimeFormat},
    model::{Entry, Kinds, Precision, Row, Stamp, entry::Label},
    text::{
        span::{self, Role, Roles, Span},
        when,
        width::{fit, width},
    },
};

use super::{
    Canvas, empty,
    pen::Marked,
    theme::{Ink, without},
};

/// Below this width times are clocks, and headings have no rules.
const NARROW: u16 = 40;

/// A clock, as wide as the column of times is at least.
const CLOCK: usize = 5;

/// The most cells that the name of a source takes.
const SOURCE: usize = 10;

/// The words behind what was taken down.
const TAKEN_DOWN: &str = "  taken down";
/// The words behind what fell away with a file that was cut or rotated.
const FALLEN_AWAY: &str = "  not in the file";
/// The words behind what came late and was not opened yet.
const LATE: &str = "  late";

pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    if canvas.app.item_count() == 0 {
        empty::draw(canvas, area);
        return;
    }
    let lines = canvas.app.list_lines();
    let times = column_of_times(canvas.app, &lines, area.width);
    for (row, line) in lines.into_iter().enumerate().take(area.height.into()) {
        let area = Rect { y: area.y.saturating_add(row as u16), height: 1, ..area };
        match line {
            ListLine::Day(day) => draw_day(canvas, area, day),
            ListLine::Lull(silence) => draw_lull(canvas, area, silence, times),
            ListLine::Item { item, is_selected } => draw_item(canvas, area, item, is_selected, times),
        }
    }
}

/// The selected row alone, for a screen of one line.
pub(super) fn draw_selected(canvas: &mut Canvas<'_>, area: Rect) {
    if let Some(item) = canvas.app.selected() {
        draw_label(canvas, area, item, Style::new());
    }
}

fn draw_day(canvas: &mut Canvas<'_>, area: Rect, day: NaiveDate) {
    let words = when::day(day, canvas.app.today());
    let (rule, dim, line) = (canvas.style(Ink::Rule), canvas.style(Ink::Dim), canvas.glyphs.rule);
    let mut pen = canvas.pen(area, 0);
    if area.width < NARROW {
        pen.skip(1).write_cut(&words, dim);
    } else {
        pen.write(&line.repeat(2), rule).skip(1).write_cut(&words, dim).skip(1).fill(line, rule);
    }
}

/// How long nothing came, where the labels stand.
fn draw_lull(canvas: &mut Canvas<'_>, area: Rect, silence: TimeDelta, times: usize) {
    let (dim, words) = (canvas.style(Ink::Dim), format!("quiet {}", when::span(silence)));
    canvas.pen(area, 0).skip(times + 4).write_cut(&words, dim);
}

fn draw_item(canvas: &mut Canvas<'_>, area: Rect, item: Item, is_selected: bool, times: usize) {
    let app = canvas.app;
    let ground = if is_selected { canvas.style(Ink::Selection) } else { Style::new() };
    if is_selected {
        // The bar of the pane that has the keys is bright.
        let has_keys = app.focus() == Focus::List;
        let bar = canvas.style(if has_keys { Ink::Bar } else { Ink::Rule });
        let mark = canvas.glyphs.selected;
        canvas.pen(area, 0).ground(ground).write(mark, bar);
    }
    if let Item::Entry(row) = item {
        let time = time(app, row, area.width);
        let style = on(ground, canvas.style(Ink::Dim));
        canvas.pen(area, 0).skip(1 + times.saturating_sub(width(&time))).write(&time, style);
        let (mark, ink) = mark(canvas, row);
        let style = if ground.add_modifier.contains(Modifier::REVERSED) {
            ground
        } else {
            ground.patch(canvas.style(ink))
        };
        canvas.pen(area, 0).skip(times + 2).write(mark, style);
    }
    let before = (times + 4) as u16;
    let used = if let Item::Entry(row) = item { draw_source(canvas, area, before, row, ground) } else { 0 };
    draw_label(canvas, super::inset(area, before + used), item, ground);
}

/// The name of the source that an entry is of, where there are several and room for it; gives the cells it takes.
fn draw_source(canvas: &mut Canvas<'_>, area: Rect, before: u16, row: Row, ground: Style) -> u16 {
    let app = canvas.app;
    let label = app.timeline().entry(row).and_then(|entry| app.label_of(entry.source()));
    let Some(label) = label.filter(|_| area.width >= NARROW) else { return 0 };
    let longest = app.sources().iter().map(|source| width(&source.label)).max().unwrap_or(0).min(SOURCE);
    let style = on(ground, canvas.style(Ink::Dim));
    let mut pen = canvas.pen(super::inset(area, before), 0);
    pen.write(fit(label, longest), style);
    longest as u16 + 1
}

/// What is dim is not on a selected row, which is the one that is read.
fn on(ground: Style, style: Style) -> Style {
    if ground == Style::new() { style } else { ground }
}

/// The mark of an entry.
fn mark(canvas: &Canvas<'_>, row: Row) -> (&'static str, Ink) {
    let (app, glyphs) = (canvas.app, canvas.glyphs);
    let timeline = app.timeline();
    let is_key = timeline.entry(row).is_some_and(|entry| entry.kinds().contains(Kinds::KEY));
    if timeline.is_removed(row) {
        (glyphs.removed, Ink::Dim)
    } else if app.is_unread(row) {
        (glyphs.fresh, Ink::Fresh)
    } else if is_key {
        (glyphs.key_event, Ink::KeyEvent)
    } else if timeline.is_edited(row) || timeline.entry(row).is_some_and(|entry| entry.revised().is_some()) {
        (glyphs.edited, Ink::Edited)
    } else {
        (" ", Ink::Text)
    }
}

/// The label of an item, to the end of `area`.
fn draw_label(canvas: &mut Canvas<'_>, area: Rect, item: Item, ground: Style) {
    let (app, theme) = (canvas.app, canvas.theme);
    let Item::Entry(row) = item else {
        canvas.pen(area, 0).write_cut("About this blog", ground);
        return;
    };
    let Some(entry) = app.timeline().entry(row) else { return };
    let is_removed = app.timeline().is_removed(row);
    let base = label_style(canvas, row, entry, ground);
    let mut pen = canvas.pen(area, 0);
    // The words that say so stand behind what was taken down or fell away, where there is room for both.
    let tail = match is_removed {
        true => TAKEN_DOWN,
        false if app.is_late(row) && app.is_unread(row) => LATE,
        false if app.timeline().has_fallen_away(row) => FALLEN_AWAY,
        false => "",
    };
    let tail = if pen.room() > 2 * tail.len() { tail } else { "" };
    pen.shorten(tail.len());
    match entry.label() {
        Label::Headline(text) | Label::Beginning(text) => {
            let spans = if is_removed { Vec::new() } else { spans(app, row, text) };
            pen.marked_cut(
                Marked { text, spans: &spans, plain: app.plain_roles(), current: None, base },
                theme,
            );
        }
        Label::Media(words) => {
            pen.write_cut(words, base);
        }
    }
    pen.lengthen(tail.len()).write(tail, on(ground, theme.style(Ink::Dim)));
}

/// How the label of an entry looks where nothing stands over it.
fn label_style(canvas: &Canvas<'_>, row: Row, entry: Entry<'_>, ground: Style) -> Style {
    let is_headline = matches!(entry.label(), Label::Headline(_));
    let (dim, strong) = (canvas.style(Ink::Dim), canvas.style(Ink::Strong));
    if canvas.app.timeline().is_removed(row) {
        on(ground, dim).patch(Style { fg: None, ..canvas.style(Ink::Removed) })
    } else if canvas.app.is_unread(row) {
        let base = if is_headline { ground } else { without(on(ground, dim), Modifier::DIM) };
        base.patch(strong)
    } else if is_headline {
        ground
    } else {
        on(ground, dim)
    }
}

/// What stands over a label: what was found in it, and where the filter matches.
fn spans(app: &App, row: Row, text: &str) -> Vec<Span> {
    let found = app.label_spans(row).map(|spans| spans.to_vec()).unwrap_or_default();
    let hits = app
        .hits(text)
        .into_iter()
        .map(|hit| Span { range: hit.start as u32..hit.end as u32, roles: Roles::from(Role::Match) });
    let mut spans: Vec<Span> = found.into_iter().chain(hits).collect();
    span::merge(&mut spans);
    spans
}

/// The cells that the longest time in sight takes.
fn column_of_times(app: &App, lines: &[ListLine], columns: u16) -> usize {
    let times = lines.iter().filter_map(|line| match line {
        ListLine::Item { item: Item::Entry(row), .. } => Some(width(&time(app, *row, columns))),
        _ => None,
    });
    times.max().unwrap_or(0).max(CLOCK)
}

/// The time of an entry as the list tells it; nothing when it has none.
fn time(app: &App, row: Row, columns: u16) -> String {
    let Some(stamp) = app.timeline().entry(row).and_then(Entry::published) else { return String::new() };
    match app.time_format() {
        TimeFormat::Ago if columns >= NARROW => super::age(app, row).unwrap_or_default(),
        _ => clock(stamp, app.clock().show(stamp), columns >= NARROW),
    }
}

/// The time of day, when it is known to the minute.
fn clock(stamp: Stamp, shown: DateTime<FixedOffset>, tells_assumed: bool) -> String {
    match stamp.precision() {
        Precision::Day => String::new(),
        Precision::Minute | Precision::Second => when::clock(shown, tells_assumed && stamp.is_assumed()),
    }
}
