//! The header: what is read at the left; whether it goes on, when the last entry came and what is new at the right.

use chrono::{DateTime, TimeDelta};
use ratatui::{layout::Rect, style::Style};

use crate::{
    app::{App, Order},
    model::{State, Status},
    text::{
        when,
        width::{fit_with_ellipsis, width},
    },
};

use super::{Canvas, parts, theme::Ink};

/// A blog that does not say whether it goes on is called quiet when nothing came for so long.
const QUIET: TimeDelta = TimeDelta::hours(12);

/// The title keeps this part of the row, however much stands at the right.
const TITLE_KEEPS: usize = 2;

/// And this part when the source is lost, since why it is must be read.
const TITLE_KEEPS_WHEN_LOST: usize = 3;

pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let app = canvas.app;
    let (dim, fresh) = (canvas.style(Ink::Dim), canvas.style(Ink::Fresh));
    let title = app.title();
    let (word, style) = state(canvas);
    let status = app.source().map(|source| &source.status);
    let why = match status {
        Some(Status::Waiting(why) | Status::Lost(why) | Status::Gone(why)) => canvas.glyphs.words(why),
        _ => "".into(),
    };
    let keeps = if why.is_empty() { TITLE_KEEPS } else { TITLE_KEEPS_WHEN_LOST };
    let title_keeps = usize::from(area.width) / keeps;
    let mut parts = canvas.parts();
    parts.stays(&title, canvas.style(Ink::Strong), title_keeps);
    parts.right(&word, style, 1);
    if !why.is_empty() {
        // Nothing matters more than it, so it is cut rather than left out.
        let taken = 2 + width(&title).min(title_keeps) + parts::GAP + width(&word) + width(canvas.glyphs.dot);
        let room = usize::from(area.width).saturating_sub(taken);
        let (fitted, is_cut) = fit_with_ellipsis(&why, room, canvas.glyphs.ellipsis);
        let mark = if is_cut { canvas.glyphs.ellipsis } else { "" };
        parts.right(&format!("{fitted}{mark}"), dim, 1);
    }
    if matches!(status, Some(Status::Reading { .. })) && !app.timeline().is_empty() {
        parts.right(&super::entries(app.timeline().len()), dim, 3);
    }
    let pulse = app.pulse();
    if let Some(last) = pulse.last.and_then(DateTime::from_timestamp_millis) {
        let ago = when::ago(app.here(app.now()), app.here(last));
        parts.right(&format!("last entry {ago}"), dim, 3);
        if let Some(usual) = pulse.usual.filter(|_| app.is_live() && !is_quiet(app)) {
            parts.right_after(", ", &format!("usually every {}", when::span(usual)), dim, 4);
        }
    }
    let (shown, all) = app.arrivals().waiting();
    if all > 0 {
        let arrow = match app.order() {
            Order::Newest => canvas.glyphs.up,
            Order::Oldest => canvas.glyphs.down,
        };
        let matching = if shown < all { format!(" ({shown} match)") } else { String::new() };
        parts.right(&format!("{all} new {arrow}{matching}"), fresh, 2);
    }
    let problems = app.timeline().problems().count();
    if problems > 0 {
        let words = if problems == 1 { "1 problem".to_owned() } else { format!("{problems} problems") };
        parts.right(&words, canvas.style(Ink::Edited), 5);
    }
    let mut pen = canvas.pen(area, 0);
    parts.draw(pen.skip(1).shorten(1));
}

/// The word for how the blog is doing, with its mark.
fn state(canvas: &Canvas<'_>) -> (String, Style) {
    let app = canvas.app;
    let (live, ended) = (canvas.glyphs.live, canvas.glyphs.ended);
    let (dim, fault) = (canvas.style(Ink::Dim), canvas.style(Ink::Fault));
    let is_over = app.blog().is_some_and(|blog| blog.state == State::Ended);
    let Some(source) = app.source() else { return (String::new(), dim) };
    match &source.status {
        Status::Reading { read, total } => (progress(*read, *total), dim),
        Status::Waiting(_) => ("WAITING".to_owned(), dim),
        Status::Lost(_) => (format!("{ended} LOST"), fault),
        Status::Failed(_) => (format!("{ended} FAILED"), fault),
        Status::Ended | Status::Gone(_) => (format!("{ended} ENDED"), dim),
        Status::Unwatched => (format!("{ended} NOT FOLLOWED"), dim),
        Status::Following if is_over => (format!("{ended} ENDED"), dim),
        Status::Following if !app.is_live() => (format!("{ended} NOT FOLLOWED"), dim),
        Status::Following if is_quiet(app) => (format!("{ended} QUIET"), dim),
        Status::Following => (format!("{live} LIVE"), canvas.style(Ink::Fresh)),
    }
}

/// How far a reading has come: in hundredths of what there is to read, or in bytes when that is not known.
fn progress(read: u64, total: Option<u64>) -> String {
    match total.filter(|total| *total > 0) {
        Some(total) => format!("READING {} %", u128::from(read.min(total)) * 100 / u128::from(total)),
        None if read < 1 << 20 => format!("READING {} KB", read >> 10),
        None => format!("READING {} MB", read >> 20),
    }
}

/// Whether a blog that does not tell its state has said nothing for long.
fn is_quiet(app: &App) -> bool {
    let is_told = app.blog().is_some_and(|blog| blog.state != State::Unknown);
    let last = app.pulse().last.and_then(DateTime::from_timestamp_millis);
    !is_told && last.is_some_and(|last| app.now().signed_duration_since(last) > QUIET)
}

/// The header of a page that is no blog: its name, and a few words about it.
pub(super) fn draw_page(canvas: &mut Canvas<'_>, area: Rect, name: &str, about: &str) {
    let mut parts = canvas.parts();
    parts.stays(name, canvas.style(Ink::Strong), width(name));
    let about = canvas.glyphs.words(about);
    parts.left(&about, canvas.style(Ink::Dim), 1);
    let mut pen = canvas.pen(area, 0);
    parts.draw(pen.skip(1).shorten(1));
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
