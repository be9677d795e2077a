//! An index: at the left the speakers with how much they say, or what was counted and how it moved; at the right the
//! quotes or values of the selected one, each with its time and its entry's headline.

use std::ops::Range;

use ratatui::{
    layout::Rect,
    style::{Modifier, Style},
};

use crate::{
    app::{App, Focus, IndexRow, Mention, View},
    story::{ledger::Figure, roll::SeriesRow},
    text::{
        span::{Role, Roles, Span},
        when,
        width::width,
    },
};

use super::{Canvas, glyphs::Glyphs, pen::Marked, theme::Ink};

/// Below this width there are no bars.
const NARROW: u16 = 30;
/// The cells of the longest bar.
const BAR: usize = 10;
/// The cells of a sparkline, at most.
const SPARK: usize = 8;
/// The cells of the column of times beside mentions.
const TIMES: usize = 7;
/// What nobody is named for is called so.
const NOBODY: &str = "not attributed";

pub(super) fn draw_list(canvas: &mut Canvas<'_>, area: Rect) {
    let index = canvas.app.index();
    if index.row_count() == 0 {
        draw_empty(canvas, area);
        return;
    }
    let most = index.totals().most.max(1);
    let rows: Vec<IndexRow<'_>> = index.rows_from(index.top()).take(area.height.into()).collect();
    let has_moved = |row: &IndexRow<'_>| matches!(row, IndexRow::Series(series) if series.has_moved());
    let has_spark = area.width >= NARROW && rows.iter().any(has_moved);
    for (line, row) in rows.into_iter().enumerate() {
        let number = index.top() + line;
        let area = Rect { y: area.y.saturating_add(line as u16), height: 1, ..area };
        let is_selected = number == index.selected();
        let ground = if is_selected { canvas.style(Ink::Selection) } else { Style::new() };
        if is_selected {
            let has_keys = canvas.app.focus() == Focus::List;
            let bar = canvas.style(if has_keys { Ink::Bar } else { Ink::Rule });
            let mark = canvas.glyphs.selected;
            canvas.pen(area, 0).ground(ground).write(mark, bar);
        }
        let area = Rect { width: area.width.saturating_sub(2), ..super::inset(area, 1) };
        match row {
            IndexRow::Voice(_) => draw_voice(canvas, area, row, ground, most),
            IndexRow::Series(series) => draw_series(canvas, area, series, ground, has_spark),
        }
    }
}

/// The selected row alone, for a screen of one line.
pub(super) fn draw_selected(canvas: &mut Canvas<'_>, area: Rect) {
    match canvas.app.index().row() {
        Some(IndexRow::Series(series)) => draw_series(canvas, area, series, Style::new(), false),
        Some(row) => draw_voice(canvas, area, row, Style::new(), row.count()),
        None => draw_empty(canvas, area),
    }
}

/// A style on the ground of the row: colours would turn a reversed row into patches.
fn over(ground: Style, style: Style) -> Style {
    if ground.add_modifier.contains(Modifier::REVERSED) { ground } else { ground.patch(style) }
}

/// A speaker: the name, a bar, and how many quotes.
fn draw_voice(canvas: &mut Canvas<'_>, area: Rect, row: IndexRow<'_>, ground: Style, most: usize) {
    let count = row.count().to_string();
    let dim = over(ground, canvas.style(Ink::Dim));
    let bar = over(ground, canvas.style(if ground == Style::new() { Ink::Strip } else { Ink::Bar }));
    let glyphs = canvas.glyphs;
    let digits = most.to_string().len().max(count.len());
    let has_bar = area.width >= NARROW;
    let tail = digits + if has_bar { BAR + 2 } else { 1 };
    let mut pen = canvas.pen(area, 0);
    let name_style = if row.name().is_some() { ground } else { dim };
    pen.shorten(tail).write_cut(row.name().unwrap_or(NOBODY), name_style);
    let rest = pen.room();
    pen.lengthen(tail).skip(rest + 1);
    if has_bar {
        // Every speaker has some bar.
        let used = (row.count() * BAR / most.max(1)).clamp(1, BAR);
        pen.write(&glyphs.bars[8].repeat(used), bar);
        pen.skip(BAR - used + 1);
    }
    pen.skip(digits.saturating_sub(count.len())).write(&count, dim);
}

/// What was counted, its values, and how they moved.
fn draw_series(canvas: &mut Canvas<'_>, area: Rect, series: SeriesRow<'_>, ground: Style, has_spark: bool) {
    let glyphs = canvas.glyphs;
    let spark = if has_spark { spark(series, glyphs) } else { String::new() };
    let room = usize::from(area.width);
    let tail = if has_spark { SPARK + 1 } else { 0 };
    let values = values(canvas.app, series, glyphs, (room.saturating_sub(tail)) * 3 / 5);
    let used = width(&values) + 2 + tail;
    let number = over(ground, canvas.style(Ink::Number));
    let strip = over(ground, canvas.style(Ink::Strip));
    let mut pen = canvas.pen(area, 0);
    pen.shorten(used).write_cut(series.label(), ground);
    let rest = pen.room();
    pen.lengthen(used).skip(rest + 2).write(&values, number);
    if has_spark {
        pen.skip(1 + SPARK - width(&spark)).write(&spark, strip);
    }
}

/// The values that differ from the one before, as written: all of them when they fit, else the first and the latest.
fn values(app: &App, series: SeriesRow<'_>, glyphs: &Glyphs, room: usize) -> String {
    let text = |figure: &Figure| app.words_at(figure.spot).unwrap_or_default().replace('\n', " ");
    // Those that may fit: none takes fewer than four cells.
    let steps: Vec<String> = series.steps(0).take(room / 4 + 2).map(text).collect();
    let all = steps.join(glyphs.arrow);
    let is_all = series.step_count() == steps.len();
    if is_all && width(&all) <= room {
        return all;
    }
    let latest = series.latest().map(text).unwrap_or_default();
    let Some(first) = steps.first().filter(|_| series.has_moved()) else { return latest };
    let between = if series.step_count() > 2 { glyphs.ellipsis } else { "" };
    let gap = if between.is_empty() { "" } else { glyphs.arrow };
    let ends = format!("{first}{}{between}{gap}{latest}", glyphs.arrow);
    if width(&ends) <= room { ends } else { latest }
}

/// The last values as bars; empty when nothing moved.
fn spark(series: SeriesRow<'_>, glyphs: &Glyphs) -> String {
    let first = series.step_count().saturating_sub(SPARK);
    let values: Vec<f64> = series.steps(first).map(|figure| figure.value).collect();
    if values.len() < 2 {
        return String::new();
    }
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let height = |value: &f64| if most > least { 1.0 + (value - least) / (most - least) * 7.0 } else { 1.0 };
    values
        .iter()
        .map(|value| glyphs.bars.get(height(value).round() as usize).copied().unwrap_or(" "))
        .collect()
}

pub(super) fn draw_mentions(canvas: &mut Canvas<'_>, area: Rect) {
    let app = canvas.app;
    let Some(row) = app.index().row() else { return };
    let column = super::inset(area, 1);
    let column = Rect { width: column.width.min(app.layout().measure()), ..column };
    draw_head(canvas, column, row);
    let mut line = 2;
    let mut place = app.mention_top();
    while line < usize::from(area.height) && place < row.count() {
        // What went since, because there was too much, leaves no gap.
        let Some(mention) = app.mention(place) else {
            place += 1;
            continue;
        };
        if let Some(day) = app.mention_day(place) {
            let dim = canvas.style(Ink::Dim);
            canvas.pen(column, line).write_cut(&when::day(day, app.today()), dim);
            line += 1;
        }
        let is_selected = place == app.mention_place();
        line += draw_mention(canvas, Rect { x: area.x, ..column }, line, &mention, is_selected) + 1;
        place += 1;
    }
}

/// Who, or what was counted, and how many mentions.
fn draw_head(canvas: &mut Canvas<'_>, area: Rect, row: IndexRow<'_>) {
    let (dim, strong, speaker) =
        (canvas.style(Ink::Dim), canvas.style(Ink::Strong), canvas.style(Ink::Speaker));
    let (ink, one, many) = match row {
        IndexRow::Voice(_) => (speaker, "quote", "quotes"),
        IndexRow::Series(_) => (strong, "value", "values"),
    };
    let count = row.count();
    let mut parts = canvas.parts();
    let (name, style) = row.name().map_or((NOBODY, strong), |name| (name, ink));
    parts.stays(name, style, 8);
    parts.left(&format!("{count} {}", if count == 1 { one } else { many }), dim, 2);
    if let above @ 1.. = canvas.app.mention_top() {
        parts.left(&format!("{above} above"), dim, 3);
    }
    parts.draw(&mut canvas.pen(area, 0));
}

/// One mention from row `line` of `area`; gives the rows it takes.
fn draw_mention(
    canvas: &mut Canvas<'_>,
    area: Rect,
    line: usize,
    mention: &Mention<'_>,
    is_selected: bool,
) -> usize {
    let (app, theme, glyphs) = (canvas.app, canvas.theme, canvas.glyphs);
    let dim = canvas.style(Ink::Dim);
    let is_quote = app.view() == View::Quotes;
    let base = if is_quote { canvas.style(Ink::Quote) } else { Style::new() };
    let lines = mention.lines(app.layout().measure().into());
    let spans = spans(app, mention, is_quote);
    let text = super::inset(area, TIMES as u16 + 1);
    let text = Rect { width: area.width.saturating_sub(TIMES as u16), ..text };
    for (row, range) in lines.iter().enumerate() {
        let marked =
            Marked { text: &mention.text, spans: &spans, plain: Roles::default(), current: None, base };
        canvas.pen(text, line + row).marked(marked, range.clone(), theme);
        if is_selected {
            let has_keys = app.focus() == Focus::Detail;
            let bar = canvas.style(if has_keys { Ink::Bar } else { Ink::Rule });
            canvas.pen(area, line + row).write(glyphs.selected, bar);
        }
    }
    let clock = mention.published.map(|stamp| when::clock(app.clock().show(stamp), stamp.is_assumed()));
    let style = if is_selected { Style::new() } else { dim };
    canvas.pen(super::inset(area, 1), line).write(&clock.unwrap_or_default(), style);
    let mut used = lines.len();
    if let Some(headline) = mention.headline {
        canvas.pen(text, line + used).write_cut(headline, dim);
        used += 1;
    }
    used
}

/// What stands over a mention: the figure, and where the filter matches.
fn spans(app: &App, mention: &Mention<'_>, is_quote: bool) -> Vec<Span> {
    let span = |range: &Range<usize>, role| Span {
        range: range.start as u32..range.end as u32,
        roles: Roles::from(role),
    };
    let figure = (!is_quote).then(|| span(&mention.range, Role::Number));
    let hits = app.hits(&mention.text).into_iter().map(|hit| span(&hit, Role::Match));
    let mut spans: Vec<Span> = figure.into_iter().chain(hits).collect();
    crate::text::span::merge(&mut spans);
    spans
}

/// Why there is no row, and the next key.
fn draw_empty(canvas: &mut Canvas<'_>, area: Rect) {
    let app = canvas.app;
    let is_quotes = app.view() == View::Quotes;
    let what = match (app.index().progress(), app.filter().is_active()) {
        (Some(percent), _) => format!("reading who said what, and the numbers: {percent}%"),
        (None, true) if is_quotes => format!("no quote in what matches “{}”", app.filter().typed()),
        (None, true) => format!("no number in what matches “{}”", app.filter().typed()),
        (None, false) if is_quotes => "nobody is quoted here".to_owned(),
        (None, false) => "nothing is counted here".to_owned(),
    };
    let next = if app.filter().is_active() {
        "Esc clears the filter".to_owned()
    } else {
        format!("{} shows all entries", super::hints::key("view-entries"))
    };
    let (dim, text) = (canvas.style(Ink::Dim), canvas.style(Ink::Text));
    let top = usize::from(area.height >= 3);
    canvas.pen(area, top).skip(top).say(&what, text);
    canvas.pen(area, top + 1).skip(top).say(&next, dim);
}
