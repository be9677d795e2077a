//! The tabs: all sources, then each by its name, with what is new in it or wrong with it. The one that is shown stands on
//! the ground of what is selected.
//!
//! Where there is no room for all of them, words become shorter, then those far from the one that is shown go.

use std::ops::Range;

use ratatui::{
    layout::Rect,
    style::{Modifier, Style},
};

use crate::{
    app::{App, SourceInfo},
    model::{SourceId, Status},
    text::width::{cut, width},
};

use super::{Canvas, hints::key, theme::Ink};

/// The most cells that the name of a source takes.
const NAME: usize = 20;

/// A tab as it is drawn.
#[derive(Debug)]
struct Tab {
    name: String,
    /// What there is to tell of it, and in what.
    note: Option<(String, Ink)>,
    is_shown: bool,
}

impl Tab {
    /// The cells it takes: its name, its note, and one on either side.
    fn width(&self) -> usize {
        let note = self.note.as_ref().map_or(0, |(note, _)| 1 + width(note));
        width(&self.name) + note + 2
    }

    fn has_new(&self) -> bool {
        self.note.as_ref().is_some_and(|(_, ink)| *ink == Ink::Fresh)
    }
}

pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let room = usize::from(area.width);
    let total = |tabs: &[Tab]| tabs.iter().map(Tab::width).sum::<usize>();
    let mut tabs = tabs(canvas, true);
    if total(&tabs) > room {
        tabs = self::tabs(canvas, false);
    }
    let widths: Vec<usize> = tabs.iter().map(Tab::width).collect();
    let shown = tabs.iter().position(|tab| tab.is_shown).unwrap_or(0);
    let dim = canvas.style(Ink::Dim);
    let ellipsis = canvas.glyphs.ellipsis;
    let range = around(&widths, shown, room, width(ellipsis));
    let mut column = 0;
    // What is left out may have something new, too.
    let left_out = |tabs: Option<&[Tab]>| {
        let has_new = tabs.unwrap_or_default().iter().any(Tab::has_new);
        if has_new { canvas.style(Ink::Fresh) } else { dim }
    };
    let (before, after) = (left_out(tabs.get(..range.start)), left_out(tabs.get(range.end..)));
    if range.start > 0 {
        canvas.pen(area, 0).write(ellipsis, before);
        column += width(ellipsis);
    }
    for tab in tabs.get(range.clone()).unwrap_or_default() {
        draw_tab(canvas, super::inset(area, column as u16), tab);
        column += tab.width();
    }
    let mut pen = canvas.pen(super::inset(area, column as u16), 0);
    if range.end < tabs.len() {
        pen.write(ellipsis, after);
    }
    let hint = format!("{} next tab", key("next-tab"));
    let taken = width(&hint) + 1;
    if range.len() == tabs.len() && pen.room() > taken + super::parts::GAP {
        let before = pen.room() - taken;
        pen.skip(before).write(&hint, dim);
    }
}

fn draw_tab(canvas: &mut Canvas<'_>, area: Rect, tab: &Tab) {
    let ground = if tab.is_shown { canvas.style(Ink::Selection) } else { Style::new() };
    let name = if tab.is_shown { ground.patch(canvas.style(Ink::Strong)) } else { canvas.style(Ink::Dim) };
    let note = tab.note.as_ref().map(|(words, ink)| (words, canvas.style(*ink)));
    let area = Rect { width: (tab.width() as u16).min(area.width), ..area };
    let mut pen = canvas.pen(area, 0);
    pen.ground(ground).skip(1).write(&tab.name, name);
    if let Some((words, style)) = note {
        // Colours would turn a reversed tab into patches.
        let is_reversed = ground.add_modifier.contains(Modifier::REVERSED);
        pen.skip(1).write(words, if is_reversed { name } else { ground.patch(style) });
    }
}

/// All tabs, with as many words as there are, or with few.
fn tabs(canvas: &Canvas<'_>, has_words: bool) -> Vec<Tab> {
    let app = canvas.app;
    let all = Tab { name: "All".to_owned(), note: None, is_shown: app.tab().is_none() };
    let of_source = |(source, info): (SourceId, &SourceInfo)| {
        let name = cut(&info.label, NAME, canvas.glyphs.ellipsis).into_owned();
        let note = note(app, source, info, has_words);
        Tab { name, note, is_shown: app.tab() == Some(source) }
    };
    std::iter::once(all).chain(app.tabs().map(of_source)).collect()
}

/// What there is to tell of a source: that something is wrong with it, else what came while another was shown.
fn note(app: &App, source: SourceId, info: &SourceInfo, has_words: bool) -> Option<(String, Ink)> {
    let missed = app.arrivals().missed(source);
    let (words, short, ink) = match info.status {
        Status::Failed(_) => ("failed".to_owned(), "!".to_owned(), Ink::Fault),
        Status::Lost(_) => ("lost".to_owned(), "!".to_owned(), Ink::Fault),
        Status::Gone(_) => ("gone".to_owned(), "!".to_owned(), Ink::Fault),
        Status::Waiting(_) => ("waiting".to_owned(), String::new(), Ink::Dim),
        _ if missed > 0 => (format!("{missed} new"), missed.to_string(), Ink::Fresh),
        Status::Reading { .. } | Status::Following | Status::Ended | Status::Unwatched => return None,
    };
    let note = if has_words { words } else { short };
    (!note.is_empty()).then_some((note, ink))
}

/// Those of some tabs that have room beside the one that is shown, as many on either side as there can be.
fn around(widths: &[usize], shown: usize, room: usize, ellipsis: usize) -> Range<usize> {
    let fits = |range: &Range<usize>| {
        let cut = usize::from(range.start > 0) + usize::from(range.end < widths.len());
        widths.get(range.clone()).is_some_and(|widths| widths.iter().sum::<usize>() + cut * ellipsis <= room)
    };
    let mut range = shown..shown + 1;
    loop {
        let right = range.start..range.end + 1;
        let left = range.start.saturating_sub(1)..range.end;
        let wider = [right, left].into_iter().find(|wider| *wider != range && fits(wider));
        match wider {
            Some(wider) => range = wider,
            None => return range,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_stand_around_the_one_that_is_shown() {
        let widths = [5, 10, 10, 10];
        assert_eq!(around(&widths, 0, 40, 1), 0..4);
        assert_eq!(around(&widths, 0, 30, 1), 0..3);
        assert_eq!(around(&widths, 2, 31, 1), 1..4);
        assert_eq!(around(&widths, 2, 30, 1), 2..4, "what is left out is told in a cell of its own");
        assert_eq!(around(&widths, 3, 22, 1), 2..4);
        assert_eq!(around(&widths, 2, 3, 1), 2..3);
        assert_eq!(around(&widths, 2, 0, 1), 2..3);
    }
}
