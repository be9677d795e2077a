//! The problems page: where in the feed something was wrong, and what was done.

use crate::app::Layout;

use super::{Canvas, theme::Ink};

pub(super) fn draw(canvas: &mut Canvas<'_>, layout: &Layout) {
    let app = canvas.app;
    let Some(problems) = app.problems() else { return };
    let sources = app.sources_in_tab();
    let troubled = sources.iter().filter(|source| source.trouble().is_some()).count();
    let about = match (troubled, app.problems_in_tab().count()) {
        (0, 0) => "none: all of the feed could be read".to_owned(),
        (0, 1) => "one thing was wrong in the feed".to_owned(),
        (0, count) => format!("{count} things were wrong in the feed"),
        (troubled, count) => {
            let what = if sources.len() == 1 {
                "the source cannot be read".to_owned()
            } else {
                format!("{troubled} of {} sources cannot be read", sources.len())
            };
            let more = if count > 0 { format!(", and {count} in the feed") } else { String::new() };
            format!("{what}{more}")
        }
    };
    let area = super::page(canvas, layout, "Problems", &about);
    let (dim, text) = (canvas.style(Ink::Dim), canvas.style(Ink::Text));
    let lines = app.problem_lines();
    for (row, line) in lines.iter().skip(problems.top()).take(area.height.into()).enumerate() {
        let mut pen = canvas.pen(area, row);
        let start = pen.skip(1).column();
        pen.write_cut(&line.place, dim);
        let used = usize::from(pen.column() - start);
        pen.skip(app.problem_place().saturating_sub(used)).write_cut(&line.words, text);
    }
}
