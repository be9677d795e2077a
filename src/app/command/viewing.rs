//! Ways to look: views, order, times, theme; and the program itself.

use crate::{
    app::{Effect, Item, Order, TimeFormat, View},
    text::span::{Role, Roles},
};

use super::{App, BLOG, Command, Context, EVERYWHERE, Effects, Group, READER, row};

pub(super) const COMMANDS: &[Command] = &[
    row("view-entries", &["1"], BLOG, Group::Viewing, "all entries", |app| view(app, View::Entries)),
    row("view-new", &["2"], BLOG, Group::Viewing, "entries that came since you opened this", |app| {
        view(app, View::New)
    }),
    row("view-key-events", &["3"], BLOG, Group::Viewing, "key events", |app| view(app, View::KeyEvents)),
    row("view-quotes", &["5"], BLOG, Group::Viewing, "who said what", |app| view(app, View::Quotes)),
    row("view-numbers", &["6"], BLOG, Group::Viewing, "the numbers, and how they moved", |app| {
        view(app, View::Numbers)
    }),
    row("order", &["s"], BLOG, Group::Viewing, "newest or oldest first", order),
    row("time-format", &["t"], BLOG, Group::Viewing, "times: clock, how long ago, as written", time_format),
    row("problems", &["!"], PROBLEMS, Group::Viewing, "what was wrong in the feed", problems),
    row(
        "highlight-quotes",
        &["\""],
        READER,
        Group::Viewing,
        "quotes and speakers: highlighted or plain",
        |app| highlight(app, "quotes", [Role::Quote, Role::Aside, Role::Speaker].into_iter().collect()),
    ),
    row("highlight-numbers", &["#"], READER, Group::Viewing, "numbers: highlighted or plain", |app| {
        highlight(app, "numbers", Role::Number.into())
    }),
    row("theme", &["T"], EVERYWHERE, Group::Viewing, "next theme", theme),
    row(
        "open-feed",
        &["enter", "l", "right"],
        &[Context::Library],
        Group::Program,
        "open the feed",
        open_feed,
    ),
    row("scan", &["r"], &[Context::Library], Group::Program, "look for feeds again", scan),
    row("legend", &["L"], EVERYWHERE, Group::Program, "what the marks and colours mean", legend),
    row("help", &["?", "f1"], EVERYWHERE, Group::Program, "this help", help),
    row("quit", &["q"], EVERYWHERE, Group::Program, "quit from the list; elsewhere back", quit),
    row("quit-now", &["ctrl-c"], EVERYWHERE, Group::Program, "quit", |_| vec![Effect::Quit]),
    row("suspend", &["ctrl-z"], EVERYWHERE, Group::Program, "back to the shell for a while", |_| {
        vec![Effect::Suspend]
    }),
    row("repaint", &["ctrl-l"], EVERYWHERE, Group::Program, "draw the screen anew", |_| {
        vec![Effect::Repaint]
    }),
];

/// Where the problems page opens, and itself.
const PROBLEMS: &[Context] =
    &[Context::List, Context::Detail, Context::Index, Context::Mentions, Context::Problems];

fn view(app: &mut App, view: View) -> Effects {
    app.take_hold();
    if view != app.view() {
        app.set_view(view);
        app.start_index();
    }
    Effects::new()
}

fn highlight(app: &mut App, what: &str, roles: Roles) -> Effects {
    let is_on = app.toggle_highlight(roles);
    app.say(&format!("{what} are {}", if is_on { "highlighted" } else { "plain" }));
    Effects::new()
}

fn order(app: &mut App) -> Effects {
    let order = match app.order() {
        Order::Newest => Order::Oldest,
        Order::Oldest => Order::Newest,
    };
    app.take_hold();
    app.order = Some(order);
    app.say(order.words());
    Effects::new()
}

fn time_format(app: &mut App) -> Effects {
    app.time_format = match app.time_format {
        TimeFormat::Clock => TimeFormat::Ago,
        TimeFormat::Ago => TimeFormat::AsWritten,
        TimeFormat::AsWritten => TimeFormat::Clock,
    };
    let mut words = app.time_format.words().to_owned();
    if let Some(assumed) = app.what_was_assumed() {
        words.push_str(" · ");
        words.push_str(assumed);
    }
    app.say(&words);
    Effects::new()
}

fn theme(app: &mut App) -> Effects {
    app.theme = app.theme.wrapping_add(1);
    Effects::new()
}

fn problems(app: &mut App) -> Effects {
    app.toggle_problems();
    Effects::new()
}

fn open_feed(app: &mut App) -> Effects {
    app.open_selected()
}

fn scan(app: &mut App) -> Effects {
    app.say("looking through this folder");
    vec![Effect::Scan]
}

fn legend(app: &mut App) -> Effects {
    app.show_legend();
    Effects::new()
}

fn help(app: &mut App) -> Effects {
    app.toggle_help();
    Effects::new()
}

/// Leaves what is open first; the list and the library quit.
fn quit(app: &mut App) -> Effects {
    match app.context() {
        Context::Help => app.close_help(),
        Context::Problems => app.close_problems(),
        Context::Detail | Context::Mentions => app.set_focus(crate::app::Focus::List),
        Context::List | Context::Library | Context::Index => return vec![Effect::Quit],
    }
    Effects::new()
}

impl App {
    /// What had to be assumed of the selected entry's time, in words.
    fn what_was_assumed(&self) -> Option<&'static str> {
        let Some(Item::Entry(row)) = self.selected() else { return None };
        let stamp = self.timeline().entry(row)?.published()?;
        match (stamp.zone_assumed, stamp.date_assumed) {
            (true, true) => Some("~ zone and day are assumed here"),
            (true, false) => Some("~ the zone is assumed here"),
            (false, true) => Some("~ the day is assumed here"),
            (false, false) => None,
        }
    }
}
