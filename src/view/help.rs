//! The help: every command with its keys, in groups, side by side where there is room.

use ratatui::{layout::Rect, style::Style};

use crate::{
    app::{App, HelpRow, Layout},
    text::{span::Roles, width::width},
};

use super::{Canvas, theme::Ink};

/// The cells between keys and what they do, and in front of the keys.
const GAP: usize = 2;

pub(super) fn draw(canvas: &mut Canvas<'_>, layout: &Layout) {
    let app = canvas.app;
    let Some(help) = app.help() else { return };
    let rows = app.help_rows();
    let about = match help.typed() {
        "" if help.is_legend() => "what marks and colours mean".to_owned(),
        "" => "the keys, and what they do".to_owned(),
        typed => format!("the keys with “{typed}”"),
    };
    let area = super::page(canvas, layout, "Help", &about);
    if rows.is_empty() {
        let dim = canvas.style(Ink::Dim);
        canvas.pen(area, 1).skip(1).say(&format!("no key does “{}” · Esc clears", help.typed()), dim);
        return;
    }
    let columns = app.help_columns();
    let keys = rows.iter().map(|row| width(&canvas.glyphs.words(keys(row)))).max().unwrap_or(0);
    let keys = keys.min(usize::from(area.width) / columns / 2);
    let column_width = area.width / columns as u16;
    for (index, range) in app.help_in_sight().into_iter().enumerate() {
        let column = Rect { width: column_width, ..super::inset(area, index as u16 * column_width) };
        for (row, help) in rows.get(range).unwrap_or_default().iter().enumerate() {
            draw_row(canvas, column.intersection(area), row, help, keys);
        }
    }
}

/// Which of the help's lines are in sight, in words; `None` when all are.
pub(super) fn place(app: &App) -> Option<String> {
    app.help()?;
    let rows = app.help_rows();
    let says_something = |row: &&HelpRow| matches!(row, HelpRow::Command { .. } | HelpRow::Legend { .. });
    let count = |end: usize| rows.iter().take(end).filter(says_something).count();
    let in_sight = app.help_in_sight();
    let (before, last) = (count(in_sight.first()?.start), count(in_sight.last()?.end));
    let all = count(rows.len());
    (before > 0 || last < all).then(|| format!("{}–{last} of {all}", (before + 1).min(last)))
}

/// What stands in the column of keys.
fn keys(row: &HelpRow) -> &str {
    match row {
        HelpRow::Command { keys, .. } => keys,
        HelpRow::Legend { mark, .. } => mark,
        HelpRow::Group(_) | HelpRow::Blank => "",
    }
}

fn draw_row(canvas: &mut Canvas<'_>, area: Rect, row: usize, help: &HelpRow, keys: usize) {
    let (strong, dim, text) = (canvas.style(Ink::Strong), canvas.style(Ink::Dim), canvas.style(Ink::Text));
    let mark = match help {
        HelpRow::Legend { role, .. } => {
            canvas.theme.compose(Style::new(), role.map(Roles::from).unwrap_or_default())
        }
        _ => canvas.style(Ink::Number),
    };
    let shown = canvas.glyphs.words(self::keys(help)).into_owned();
    let mut pen = canvas.pen(area, row);
    pen.skip(1);
    let (about, style) = match help {
        HelpRow::Blank => return,
        HelpRow::Group(title) => {
            pen.write_cut(title, strong);
            return;
        }
        HelpRow::Command { about, .. } => (about.as_str(), text),
        HelpRow::Legend { about, .. } => (*about, dim),
    };
    let start = pen.column();
    pen.skip(GAP).write_cut(&shown, mark);
    let used = usize::from(pen.column() - start);
    pen.skip((2 * GAP + keys).saturating_sub(used)).say(about, style);
}
