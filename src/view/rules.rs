//! The rules that part header, panes and status. The one above the list tells the day when its heading is out of sight.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::{
    app::{App, Layout, ListLine},
    text::when,
};

use super::{Canvas, rect, theme::Ink};

pub(super) fn draw(canvas: &mut Canvas<'_>, layout: &Layout) {
    let glyphs = canvas.glyphs;
    let style = canvas.style(Ink::Rule);
    for rule in &layout.rules {
        canvas.pen(rect(*rule), 0).fill(glyphs.rule, style);
    }
    if let Some(list) = layout.list {
        let above = layout.rules.iter().find(|rule| rule.y + 1 == list.y);
        let day = Some(canvas.app).filter(|app| !app.shows_index()).and_then(day_out_of_sight);
        if let (Some(rule), Some(day)) = (above, day) {
            draw_day(canvas, Rect { width: list.width, ..rect(*rule) }, day);
        }
    }
    let Some(divider) = layout.divider.map(rect) else { return };
    for row in 0..usize::from(divider.height) {
        canvas.pen(divider, row).write(glyphs.divider, style);
    }
    for (row, mark) in [(divider.y.checked_sub(1), glyphs.meets.0), (Some(divider.bottom()), glyphs.meets.1)]
    {
        let rule = row.and_then(|row| layout.rules.iter().find(|rule| rule.y == row));
        if let Some(rule) = rule.map(|rule| rect(*rule)) {
            canvas.pen(super::inset(rule, divider.x), 0).write(mark, style);
        }
    }
}

/// The day of the first entry in sight, when its heading is above what is in sight.
fn day_out_of_sight(app: &App) -> Option<NaiveDate> {
    let lines = app.list_lines();
    let until_heading = lines.iter().take_while(|line| !matches!(line, ListLine::Day(_)));
    let items = until_heading.filter_map(|line| match line {
        ListLine::Item { item, .. } => Some(*item),
        ListLine::Day(_) | ListLine::Lull(_) => None,
    });
    let mut stamps = items.filter_map(|item| app.timeline().entry(item.row()?)?.published());
    Some(app.clock().show(stamps.next()?).date_naive())
}

/// Sets a day into a rule, as headings of the list are.
fn draw_day(canvas: &mut Canvas<'_>, area: Rect, day: NaiveDate) {
    let words = when::day(day, canvas.app.today());
    let dim = canvas.style(Ink::Dim);
    let mut pen = canvas.pen(area, 0);
    pen.skip(2).write(" ", dim).shorten(2).write_cut(&words, dim).write(" ", dim);
}
