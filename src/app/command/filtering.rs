//! The filter, walking its hits, and the tabs.

use crate::{
    app::{Focus, Screen, detail::Target},
    model::SourceId,
};

use super::{App, BLOG, Command, Context, Effects, Group, READER, reading};

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
        name: "next-tab",
        keys: &["ctrl-n"],
        contexts: BLOG,
        group: Group::Filtering,
        about: "next tab: all sources, then each alone",
        run: |app| step_tab(app, true),
    },
    Command {
        name: "previous-tab",
        keys: &["ctrl-p"],
        contexts: BLOG,
        group: Group::Filtering,
        about: "tab before",
        run: |app| step_tab(app, false),
    },
    Command {
        name: "only-source",
        keys: &["S"],
        contexts: BLOG,
        group: Group::Filtering,
        about: "only the source of this entry, or all again",
        run: only_source,
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
        about: "back: entry, filter, view, tab; or stop a long reading",
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

/// Goes round the tabs: that of all sources, then each source's.
fn step_tab(app: &mut App, forward: bool) -> Effects {
    let mut tabs: Vec<Option<SourceId>> = app.tabs().map(|(source, _)| Some(source)).collect();
    tabs.insert(0, None);
    let here = tabs.iter().position(|tab| *tab == app.tab()).unwrap_or(0);
    let steps = if forward { 1 } else { tabs.len() - 1 };
    let tab = tabs.get((here + steps) % tabs.len()).copied().flatten();
    narrow(app, tab)
}

fn only_source(app: &mut App) -> Effects {
    match (app.tab(), app.source_of_this()) {
        (None, None) => {
            app.say("nothing is selected");
            Effects::new()
        }
        (None, source) => narrow(app, source),
        (Some(_), _) => narrow(app, None),
    }
}

fn narrow(app: &mut App, tab: Option<SourceId>) -> Effects {
    if app.has_tabs() {
        app.narrow(tab);
    } else {
        app.say("there is one source alone");
    }
    Effects::new()
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
    } else if app.tab().is_some() {
        app.narrow(None);
    } else if app.is_reading_a_file() {
        return app.set_follow(false);
    } else if app.came_from_library && app.screen() == Screen::Reader {
        app.back_to_library();
        return vec![crate::app::Effect::Close, crate::app::Effect::Scan];
    }
    Effects::new()
}
