//! The problems page: where in the feed something was wrong, and what was done.

use crate::app::Layout;

use super::{Canvas, theme::Ink};

pub(super) fn draw(canvas: &mut Canvas<'_>, layout: &Layout) {
    let app = canvas.app;
    let Some(problems) = app.problems() else { return };
    let about = match app.problems_in_tab().count() {
        0 => "none: all of the feed could be read".to_owned(),
        1 => "one thing was wrong in the feed".to_owned(),
        count => format!("{count} things were wrong in the feed"),
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
