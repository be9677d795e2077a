//! The filter, and walking its hits.

use crate::app::{Focus, Screen, detail::Target};

use super::{App, Command, Context, Effects, Group, READER, reading};

pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "filter",
        keys: &["/"],
        contexts: &[Context::List, Context::Detail, Context::Index, Context::Mentions, Context::Help],
        group: Group::Filtering,
        about: "filter: words, \"phrases\", -without",
        run: open,
    },
    Command {
        name: "next-match",
        keys: &["n"],
        contexts: READER,
        group: Group::Filtering,
        about: "next match, and on into the next entry",
        run: |app| walk(app, true),
    },
    Command {
        name: "previous-match",
        keys: &["N"],
        contexts: READER,
        group: Group::Filtering,
        about: "match before",
        run: |app| walk(app, false),
    },
    Command {
        name: "back",
        keys: &["esc", "h", "left"],
        contexts: &[
            Context::List,
            Context::Detail,
            Context::Index,
            Context::Mentions,
            Context::Help,
            Context::Problems,
        ],
        group: Group::Filtering,
        about: "back: the entry, the filter, the view",
        run: back,
    },
];

fn open(app: &mut App) -> Effects {
    if app.context() == Context::Help {
        app.search_help();
    } else {
        app.open_prompt();
    }
    Effects::new()
}

fn walk(app: &mut App, forward: bool) -> Effects {
    if !app.filter().is_active() {
        app.say("no filter is set; / sets one");
        return Effects::new();
    }
    reading::find(app, Target::Hit, forward)
}

/// Steps back one level; never quits.
fn back(app: &mut App) -> Effects {
    if app.context() == Context::Help {
        app.close_help();
    } else if app.context() == Context::Problems {
        app.close_problems();
    } else if app.back_to_index() {
        // An entry that was opened from an index leads back there.
    } else if !app.shows_index() && app.detail.cursor.take().is_some() {
        // The cursor is a level of its own: Esc takes it away.
    } else if app.focus() == Focus::Detail {
        app.set_focus(Focus::List);
    } else if app.filter().is_active() {
        app.clear_filter();
    } else if app.view() != crate::app::View::Entries {
        app.set_view(crate::app::View::Entries);
    } else if app.came_from_library && app.screen() == Screen::Reader {
        app.back_to_library();
        return vec![crate::app::Effect::Close, crate::app::Effect::Scan];
    } else if app.is_reading_a_file() {
        return app.set_follow(false);
    }
    Effects::new()
}
