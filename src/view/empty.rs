//! What stands in place of a list that has no rows: what happened, and the next key.

use ratatui::layout::Rect;

use crate::{
    app::{App, SourceInfo, View, layout::MEASURE},
    model::Status,
    text::wrap,
};

use super::{Canvas, hints::key, theme::Ink};

pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let words = words(canvas.app);
    let is_low = area.height < 3;
    let top = usize::from(!is_low);
    let (dim, text) = (canvas.style(Ink::Dim), canvas.style(Ink::Text));
    let measure = usize::from(area.width).saturating_sub(2).min(usize::from(MEASURE));
    let mut row = top;
    for (index, words) in words.iter().enumerate() {
        let style = if index == 0 { text } else { dim };
        // Where there is no row to spare, each says what it can in one.
        let measure = if is_low { usize::MAX } else { measure };
        let lines = wrap::wrap(words, measure, measure);
        for line in lines {
            let line = words.get(line).unwrap_or_default();
            canvas.pen(area, row).skip(usize::from(!is_low)).say(line, style);
            row += 1;
        }
    }
}

/// What happened, and what can be done about it.
fn words(app: &App) -> Vec<String> {
    if app.rows_in_tab().is_empty() {
        return nothing_read(app);
    }
    let all = super::entries_in_view(app);
    let shows_all = format!("{} shows all entries", key("view-entries"));
    let is_viewing = app.view() != View::Entries;
    if app.filter().is_active() {
        let typed = app.filter().typed();
        let mark = if app.search_is_done() { "" } else { " so far" };
        // While it is typed, Esc gives back what was there before.
        let escape = if app.prompt().is_some() { "Esc restores the list" } else { "Esc clears the filter" };
        let mut words = vec![format!("0 of {all} match{mark}: “{typed}”"), escape.to_owned()];
        if is_viewing {
            words.push(format!("in {}; {shows_all}", app.view().words()));
        }
        return words;
    }
    if !app.search_is_done() {
        return vec!["looking".to_owned()];
    }
    match app.view() {
        View::New => vec!["nothing new since you opened this".to_owned(), shows_all],
        View::KeyEvents => vec!["this blog marks no key events".to_owned(), shows_all],
        View::Quotes => vec!["nobody is quoted".to_owned(), shows_all],
        View::Numbers => vec!["nothing is counted".to_owned(), shows_all],
        View::Entries => vec![format!("none of {} lies in the time asked for", super::entries(all))],
    }
}

/// Why there is no entry at all.
fn nothing_read(app: &App) -> Vec<String> {
    match app.sources_in_tab() {
        [] => vec!["nothing to read".to_owned()],
        [source] => nothing_in(source),
        // Each in a line: what it says of itself.
        sources => {
            let words = sources.iter().filter_map(|source| nothing_in(source).into_iter().next());
            words.chain([look_or_quit()]).collect()
        }
    }
}

fn look_or_quit() -> String {
    format!("{} looks now · {} quits", key("look"), key("quit"))
}

/// Why there is no entry of `source`, and the next keys.
fn nothing_in(source: &SourceInfo) -> Vec<String> {
    let (label, look) = (source.location.label(), look_or_quit());
    match &source.status {
        Status::Reading { .. } => vec![format!("reading {label}")],
        Status::Waiting(why) => vec![format!("waiting for {label}: {why}"), look],
        Status::Gone(why) => vec![format!("{label}: {why}"), format!("{} quits", key("quit"))],
        Status::Lost(why) => vec![format!("lost {label}: {why}"), look],
        Status::Failed(failure) => vec![failure.message.to_string(), format!("{} quits", key("quit"))],
        Status::Following | Status::Unwatched => {
            vec![format!("{label} has no entries yet; the first ones show here"), look]
        }
        Status::Ended => {
            vec![format!("{label} has ended without an entry"), format!("{} quits", key("quit"))]
        }
    }
}
