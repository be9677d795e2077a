//! Moving in the list, the detail, the library and the help.

use super::{App, Command, Context, EVERYWHERE, Effects, Group, READER, row};

const LISTS: &[Context] = &[Context::List, Context::Library, Context::Index, Context::Mentions];
const PAGES: &[Context] = &[Context::Detail, Context::Help, Context::Problems];

pub(super) const COMMANDS: &[Command] = &[
    row("next-entry", &["j", "down"], LISTS, Group::Moving, "next row", |app| step(app, 1)),
    row("previous-entry", &["k", "up"], LISTS, Group::Moving, "row before", |app| step(app, -1)),
    row("scroll-down", &["j", "down"], PAGES, Group::Moving, "one line down", |app| scroll(app, 1)),
    row("scroll-up", &["k", "up"], PAGES, Group::Moving, "one line up", |app| scroll(app, -1)),
    row("first", &["g", "home"], EVERYWHERE, Group::Moving, "to the top", |app| go(app, isize::MIN)),
    row("last", &["G", "end"], EVERYWHERE, Group::Moving, "to the bottom", |app| go(app, isize::MAX)),
    row("half-page-down", &["ctrl-d"], EVERYWHERE, Group::Moving, "half a page down", |app| page(app, 1, 2)),
    row("half-page-up", &["ctrl-u"], EVERYWHERE, Group::Moving, "half a page up", |app| page(app, -1, 2)),
    row("page-down", &["pgdn", "ctrl-f"], EVERYWHERE, Group::Moving, "a page down", |app| page(app, 1, 1)),
    row("page-up", &["pgup", "ctrl-b"], EVERYWHERE, Group::Moving, "a page up", |app| page(app, -1, 1)),
    row(
        "scroll-entry-down",
        &["J"],
        READER,
        Group::Moving,
        "scroll the entry down, wherever you are",
        |app| scroll_detail(app, 1),
    ),
    row("scroll-entry-up", &["K"], READER, Group::Moving, "scroll the entry up, wherever you are", |app| {
        scroll_detail(app, -1)
    }),
];

fn step(app: &mut App, steps: isize) -> Effects {
    match app.context() {
        Context::Library => app.library.move_selection(steps),
        Context::Index => app.step_row(steps),
        Context::Mentions => app.step_mention(steps),
        _ => {
            app.take_hold();
            app.move_selection(steps);
            app.note_opened();
        }
    }
    Effects::new()
}

fn scroll(app: &mut App, lines: isize) -> Effects {
    match app.context() {
        Context::Help => app.scroll_help(lines),
        Context::Problems => app.scroll_problems(lines),
        _ => return scroll_detail(app, lines),
    }
    Effects::new()
}

fn scroll_detail(app: &mut App, lines: isize) -> Effects {
    app.settle();
    app.take_hold();
    app.detail.scroll(lines);
    app.note_opened();
    Effects::new()
}

/// The pages of list and detail are as long as what is in sight.
fn page(app: &mut App, pages: isize, parts: isize) -> Effects {
    app.settle();
    let lines = match app.context() {
        Context::List | Context::Index => app.layout().list.map_or(1, |area| area.height),
        Context::Detail => app.layout().detail.map_or(1, |area| area.height),
        // A mention takes about three lines.
        Context::Mentions => app.layout().detail.map_or(1, |area| area.height / 3),
        Context::Library | Context::Help | Context::Problems => app.layout_rows(),
    };
    let lines = (isize::try_from(lines).unwrap_or(1) - 1).max(1);
    go(app, pages * (lines / parts).max(1))
}

/// So many rows of a list or lines of a page on.
fn go(app: &mut App, steps: isize) -> Effects {
    match app.context() {
        Context::List | Context::Library | Context::Index | Context::Mentions => step(app, steps),
        Context::Detail | Context::Help | Context::Problems => scroll(app, steps),
    }
}
