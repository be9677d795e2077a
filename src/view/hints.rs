//! The keys that matter now, for the status line: which commands, and a word or two for each.
//!
//! The keys themselves come from the table of commands, so a hint never names a key that does something else.

use crate::app::{
    App, Context, Tier, View,
    command::{COMMANDS, Command},
    keymap,
};

/// A command and the words for it.
type Hint = (&'static str, &'static str);

/// The hints for where the reader is, the least important first.
pub(super) fn hints(app: &App) -> Vec<String> {
    let context = app.context();
    commands(app, context).into_iter().filter_map(|hint| shown(context, hint)).collect()
}

fn commands(app: &App, context: Context) -> Vec<Hint> {
    const HELP: Hint = ("help", "help");
    match context {
        Context::Help => vec![("filter", "search"), ("back", "back")],
        Context::Problems => vec![("back", "back")],
        Context::Library => vec![("scan", "look again"), ("open-feed", "open"), HELP],
        Context::Index if app.index().row_count() == 0 => {
            vec![
                if app.filter().is_active() { ("back", "clear") } else { ("view-entries", "all entries") },
                HELP,
            ]
        }
        Context::Index => vec![("open-row", "open"), ("cite", "cite"), ("only-this", "only this"), HELP],
        Context::Mentions => vec![("open-mention", "to the entry"), ("cite", "cite"), ("back", "back"), HELP],
        Context::List | Context::Detail => {
            let mut hints = reader(app, context);
            hints.push(HELP);
            hints
        }
    }
}

fn reader(app: &App, context: Context) -> Vec<Hint> {
    if app.item_count() == 0 {
        return vec![match app.view() {
            _ if app.filter().is_active() => ("back", "clear"),
            View::Entries => ("quit", "quit"),
            View::New | View::KeyEvents | View::Quotes | View::Numbers => ("view-entries", "all entries"),
        }];
    }
    let first = match context {
        _ if app.detail().has_edit() && context == Context::List => ("open-entry", "show the edit"),
        _ if app.detail().has_edit() => ("show-edit", "show the edit"),
        Context::List if matches!(app.layout().tier, Tier::Single | Tier::Bare) => ("open-entry", "open"),
        _ => ("read-on", "read on"),
    };
    let second = if app.filter().is_active() {
        ("next-match", "next match")
    } else if app.has_unread() {
        ("next-new", "next new")
    } else {
        ("next-quote", "next quote")
    };
    let third = match context {
        Context::Detail => ("back", "back"),
        _ if app.filter().is_active() => ("back", "clear"),
        _ => ("filter", "filter"),
    };
    vec![first, second, third]
}

/// A hint as it is read: the best known key, and the words.
fn shown(context: Context, (name, words): Hint) -> Option<String> {
    let command = command(name).filter(|command| command.contexts.contains(&context))?;
    command.keys.first().map(|key| format!("{} {words}", keymap::shown(key)))
}

/// The command called `name`.
fn command(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().flat_map(|commands| commands.iter()).find(|command| command.name == name)
}

/// The best known key of the command called `name`, as it is read.
pub(super) fn key(name: &str) -> String {
    command(name).and_then(|command| command.keys.first()).map(|key| keymap::shown(key)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hint_names_a_command_that_works_where_it_is_given() {
        for (context, name) in [
            (Context::List, "open-entry"),
            (Context::Detail, "show-edit"),
            (Context::List, "read-on"),
            (Context::List, "next-match"),
            (Context::Detail, "next-new"),
            (Context::Detail, "next-quote"),
            (Context::Detail, "back"),
            (Context::List, "back"),
            (Context::List, "filter"),
            (Context::List, "quit"),
            (Context::Help, "filter"),
            (Context::Help, "back"),
            (Context::Problems, "back"),
            (Context::Index, "open-row"),
            (Context::Index, "cite"),
            (Context::Index, "only-this"),
            (Context::Index, "back"),
            (Context::Index, "view-entries"),
            (Context::Mentions, "open-mention"),
            (Context::Mentions, "cite"),
            (Context::Mentions, "back"),
            (Context::Library, "scan"),
            (Context::Library, "open-feed"),
            (Context::Library, "help"),
            (Context::List, "view-entries"),
            (Context::List, "look"),
        ] {
            assert!(shown(context, (name, "")).is_some(), "{name} {}", context.words());
        }
    }
}
