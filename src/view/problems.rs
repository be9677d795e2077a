//! The problems page: where in the feed something was wrong, and what was done.

use crate::{
    app::{App, Layout, SourceInfo},
    model::Status,
};

use super::{Canvas, hints, theme::Ink};

pub(super) fn draw(canvas: &mut Canvas<'_>, layout: &Layout) {
    let app = canvas.app;
    let about = about(app);
    let lines = app.problem_lines();
    // An empty page tells why in its body alone.
    let of_lines = if lines.is_empty() { "" } else { &about };
    let area = super::page(canvas, layout, "Problems", of_lines);
    let (dim, text) = (canvas.style(Ink::Dim), canvas.style(Ink::Text));
    if lines.is_empty() {
        let row = usize::from(area.height > 2);
        let words = format!("{about} · {} goes back", hints::key("back"));
        canvas.pen(area, row).skip(1).say(&words, dim);
        return;
    }
    let in_sight = app.problems_in_sight();
    for (row, line) in lines.get(in_sight).unwrap_or_default().iter().enumerate() {
        let mut pen = canvas.pen(area, row);
        let start = pen.skip(1).column();
        pen.write_cut(&line.place, dim);
        let used = usize::from(pen.column() - start);
        pen.skip(app.problem_place().saturating_sub(used)).write_cut(&line.words, text);
    }
}

/// What there is on the page, in words.
fn about(app: &App) -> String {
    let sources = app.sources_in_tab();
    let feed = if sources.len() > 1 { "feeds" } else { "feed" };
    let is_awaited = |source: &&SourceInfo| matches!(source.status, Status::Waiting(_));
    let awaited = sources.iter().filter(is_awaited).count();
    let lost = sources.iter().filter(|source| source.trouble().is_some() && !is_awaited(source)).count();
    let waited_for = if awaited == 1 { "is waited for" } else { "are waited for" };
    let of_sources = [(lost, "cannot be read"), (awaited, waited_for)];
    let of_sources = of_sources.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| {
        if sources.len() == 1 {
            format!("the source {what}")
        } else {
            format!("{count} of {} sources {what}", sources.len())
        }
    });
    let of_sources = of_sources.collect::<Vec<_>>().join(", ");
    let (count, listed) = (app.problem_count(), app.problems_in_tab().count());
    match (of_sources.is_empty(), count) {
        (true, 0) if sources.iter().any(SourceInfo::is_being_read) => {
            "none so far; reading goes on".to_owned()
        }
        (true, 0) => format!("none: all of the {feed} could be read"),
        (true, 1) => format!("one thing was wrong in the {feed}"),
        (true, _) if listed < count => {
            format!("{count} things were wrong in the {feed}, of which {listed} are listed")
        }
        (true, count) => format!("{count} things were wrong in the {feed}"),
        (false, 0) => of_sources,
        (false, count) => format!("{of_sources}, and {count} more in the {feed}"),
    }
}

/// Which of the problems are in sight to their ends, in words; `None` when all are.
pub(super) fn place(app: &App) -> Option<String> {
    app.problems()?;
    let lines = app.problem_lines();
    let in_sight = app.problems_in_sight();
    let count = |end: usize| lines.iter().take(end).filter(|line| line.is_first).count();
    let is_cut = lines.get(in_sight.end).is_some_and(|line| !line.is_first);
    let (first, last) = (count(in_sight.start + 1), count(in_sight.end) - usize::from(is_cut));
    (in_sight.len() < lines.len()).then(|| format!("{first}–{} of {}", last.max(first), count(lines.len())))
}
