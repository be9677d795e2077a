//! The header: what is read at the left; whether it goes on, when the last entry came and what is new at the right.

use chrono::DateTime;
use ratatui::{layout::Rect, style::Style};

use crate::{
    app::{Order, SourceInfo, Standing},
    model::Status,
    story::pulse::Beat,
    text::{
        when,
        width::{cut, width},
    },
};

use super::{
    Canvas,
    parts::{self, Parts},
    theme::Ink,
};

/// The title keeps this part of the row, however much stands at the right.
const TITLE_KEEPS: usize = 2;

/// And this part when the source is lost, since why it is must be read.
const TITLE_KEEPS_WHEN_LOST: usize = 4;

/// Fewer cells tell nothing of a reason.
const FIRST_WORDS: usize = 10;

pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let app = canvas.app;
    let title = app.titles().map(|title| title.to_string()).collect::<Vec<_>>().join(canvas.glyphs.dot);
    let (word, style) = state(canvas);
    let trouble = app.sources_in_tab().iter().find(|source| source.trouble().is_some());
    let keeps = if trouble.is_none() { TITLE_KEEPS } else { TITLE_KEEPS_WHEN_LOST };
    let title_keeps = usize::from(area.width) / keeps;
    let mut parts = canvas.parts();
    parts.stays(&title, canvas.style(Ink::Strong), title_keeps);
    // Without the word for how it is doing, the others would tell something else.
    parts.right(&word, style, 1);
    let (last, new) = (last_entry(canvas), new(canvas));
    if let Some(source) = trouble {
        // What is short stays: the sentence takes the room that is left, and stands whole on the page of problems.
        let taken = 2 + width(&title).min(title_keeps) + parts::GAP + width(&word);
        // That one of several cannot be read is no more than when the others told something.
        let last = last.as_ref().filter(|_| app.source().is_none());
        let short = new.iter().chain(last).map(|words| width(canvas.glyphs.dot) + width(words));
        let room = usize::from(area.width).saturating_sub(taken + short.sum::<usize>());
        let why = why(canvas, source, room.saturating_sub(width(canvas.glyphs.dot)));
        why.iter().for_each(|why| parts.right(why, canvas.style(Ink::Dim), 3));
    }
    add_amounts(canvas, &mut parts);
    if let Some(last) = last {
        add_pulse(canvas, &mut parts, &last);
    }
    new.iter().for_each(|new| parts.right(new, canvas.style(Ink::Fresh), 2));
    let problems = app.problem_count();
    if problems > 0 {
        let words = if problems == 1 { "1 problem".to_owned() } else { format!("{problems} problems") };
        parts.right(&words, canvas.style(Ink::Edited), 6);
    }
    let mut pen = canvas.pen(area, 0);
    parts.draw(pen.skip(1).shorten(1));
}

/// How much was read so far, and of how many sources where no tabs tell that.
fn add_amounts(canvas: &Canvas<'_>, parts: &mut Parts) {
    let (app, dim) = (canvas.app, canvas.style(Ink::Dim));
    if app.sources_in_tab().iter().any(SourceInfo::is_being_read) && !app.rows_in_tab().is_empty() {
        parts.right(&super::entries_in_tab(app), dim, 4);
    }
    if let count @ 2.. = app.sources_in_tab().len()
        && app.layout().tabs.is_none()
    {
        parts.right(&format!("{count} sources"), dim, 5);
    }
}

/// When the last entry came, as `last` says it, and in which rhythm they come.
fn add_pulse(canvas: &Canvas<'_>, parts: &mut Parts, last: &str) {
    let (app, dim) = (canvas.app, canvas.style(Ink::Dim));
    parts.right(last, dim, 4);
    let is_live = app.standing() == Standing::Followed && app.beat() == Beat::Live;
    if let Some(usual) = app.pulse_of_followed().usual.filter(|_| is_live) {
        parts.right_after(", ", &format!("usually every {}", when::span(usual)), dim, 5);
    }
}

/// When the last entry came.
fn last_entry(canvas: &Canvas<'_>) -> Option<String> {
    let app = canvas.app;
    let last = DateTime::from_timestamp_millis(app.pulse_of_followed().last?)?;
    Some(format!("last entry {}", when::ago(app.here(app.now()), app.here(last))))
}

/// How many entries came that were not opened yet, on the live side of what is in sight.
fn new(canvas: &Canvas<'_>) -> Option<String> {
    let (app, glyphs) = (canvas.app, canvas.glyphs);
    let (shown, all) = app.arrivals().waiting();
    let arrow = match app.order() {
        Order::Newest => glyphs.up,
        Order::Oldest => glyphs.down,
    };
    let matching = if shown < all { format!(" ({shown} match)") } else { String::new() };
    (all > 0).then(|| format!("{all} new {arrow}{matching}"))
}

/// Why `source` cannot be read and since when, in so many cells: in its first words, of which source where there are
/// several. Where they have no room, since when alone, if it cannot be told of another source.
fn why(canvas: &Canvas<'_>, source: &SourceInfo, room: usize) -> Option<String> {
    let (app, glyphs) = (canvas.app, canvas.glyphs);
    let is_lost = matches!(source.status, Status::Lost(_));
    let since = is_lost.then(|| format!("since {}", when::clock(app.here(source.since), false)));
    let name = app.source().map_or_else(|| format!("{}: ", source.label), |_| String::new());
    let taken = since.as_ref().map_or(0, |since| width(glyphs.dot) + width(since));
    let room = room.saturating_sub(taken);
    if room < width(&name) + FIRST_WORDS {
        return since.filter(|_| app.source().is_some());
    }
    let why = glyphs.words(source.trouble()?);
    let told = format!("{name}{}", why.split(';').next().unwrap_or_default());
    let told = cut(&told, room, glyphs.ellipsis).into_owned();
    Some([told].into_iter().chain(since).collect::<Vec<_>>().join(glyphs.dot))
}

/// The word for how the blog is doing, with its mark.
fn state(canvas: &Canvas<'_>) -> (String, Style) {
    let (app, sources) = (canvas.app, canvas.app.sources_in_tab());
    let (live, ended) = (canvas.glyphs.live, canvas.glyphs.ended);
    let (dim, fault) = (canvas.style(Ink::Dim), canvas.style(Ink::Fault));
    if sources.is_empty() {
        return (String::new(), dim);
    }
    match app.standing() {
        Standing::Reading => (progress_of_all(sources).unwrap_or_default(), dim),
        Standing::Followed => match app.beat() {
            Beat::Live => (format!("{live} LIVE"), canvas.style(Ink::Fresh)),
            Beat::Stalled => (format!("{ended} STALLED"), dim),
            Beat::Quiet | Beat::Ended => (format!("{ended} QUIET"), dim),
        },
        Standing::Unwatched => {
            let stopped = sources.iter().find_map(|source| source.stopped_at);
            let read = stopped
                .map(|(read, total)| format!("{}{} % read", canvas.glyphs.dot, hundredths(read, total)));
            (format!("{ended} NOT FOLLOWED{}", read.unwrap_or_default()), dim)
        }
        Standing::Lost if sources.iter().any(is_lost_address) => (format!("{ended} STALLED"), fault),
        Standing::Lost => (format!("{ended} LOST"), fault),
        Standing::Waiting => ("WAITING".to_owned(), dim),
        Standing::Ended => (format!("{ended} ENDED"), dim),
        Standing::Failed => (format!("{ended} FAILED"), fault),
    }
}

/// Whether it is an address that cannot be reached. A file that is gone or holds no blog any more has not only stalled.
fn is_lost_address(source: &SourceInfo) -> bool {
    matches!(source.status, Status::Lost(_)) && source.is_address()
}

/// How far the sources that are being read have come, if there are any.
fn progress_of_all(sources: &[SourceInfo]) -> Option<String> {
    let steps = sources.iter().filter_map(|source| match source.status {
        Status::Reading { read, total } => Some((read, total)),
        _ => None,
    });
    let sum = |(read, total): (u64, Option<u64>), (more, of): (u64, Option<u64>)| {
        (read.saturating_add(more), total.zip(of).map(|(total, of)| total.saturating_add(of)))
    };
    steps.reduce(sum).map(|(read, total)| progress(read, total))
}

/// How far a reading has come: in hundredths of what there is to read, or in bytes when that is not known.
fn progress(read: u64, total: Option<u64>) -> String {
    match total.filter(|total| *total > 0) {
        Some(total) => format!("READING {} %", hundredths(read, total)),
        None if read < 1 << 20 => format!("READING {} KB", read >> 10),
        None => format!("READING {} MB", read >> 20),
    }
}

/// How many hundredths of `total` are `read`.
fn hundredths(read: u64, total: u64) -> u128 {
    u128::from(read.min(total)) * 100 / u128::from(total.max(1))
}

/// The header of a page that is no blog: its name, and a few words about it.
pub(super) fn draw_page(canvas: &mut Canvas<'_>, area: Rect, name: &str, about: &str) {
    let (strong, dim) = (canvas.style(Ink::Strong), canvas.style(Ink::Dim));
    let (about, dot) = (canvas.glyphs.words(about), canvas.glyphs.dot);
    let mut pen = canvas.pen(area, 0);
    pen.skip(1).shorten(1).write_cut(name, strong);
    if !about.is_empty() && pen.room() >= width(dot) + FIRST_WORDS {
        pen.write(dot, dim).write_cut(&about, dim);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_tells_how_far_it_has_come() {
        assert_eq!(progress(45, Some(100)), "READING 45 %");
        assert_eq!(progress(u64::MAX, Some(u64::MAX)), "READING 100 %");
        assert_eq!(progress(9, Some(0)), "READING 0 KB");
        assert_eq!(progress(3 << 20, None), "READING 3 MB");
    }
}
