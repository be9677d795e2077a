//! The commands: one row each. Help, hints, `--keys`, README and the conflict test follow from the row.
//!
//! To add one: a row in the table of its group, and its function beside it. `viewing` is the minimal example.

mod filtering;
mod following;
mod indexes;
mod motion;
mod reading;
mod viewing;

use super::{App, Effects, Key, keymap::Context};

/// What sort of thing a command does; a heading of the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    Moving,
    Reading,
    Filtering,
    Following,
    Viewing,
    Program,
}

impl Group {
    /// All groups, in the order of the help.
    pub const ALL: [Self; 6] =
        [Self::Reading, Self::Moving, Self::Filtering, Self::Following, Self::Viewing, Self::Program];

    /// The group's heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Moving => "Moving",
            Self::Reading => "Reading",
            Self::Filtering => "Filtering",
            Self::Following => "Following",
            Self::Viewing => "Looking",
            Self::Program => "Program",
        }
    }
}

/// The user means. One row.
#[derive(Debug)]
pub struct Command {
    /// Its stable name, such as `next-entry`.
    pub name: &'static str,
    /// The keys that mean it, best known first.
    pub keys: &'static [&'static str],
    /// Where they mean it.
    pub contexts: &'static [Context],
    pub group: Group,
    /// What it does: lower case, under 60 columns, without a full stop.
    pub about: &'static str,
    pub run: fn(&mut App) -> Effects,
}

impl Command {
    /// Whether `key`, which means it, means it while a query or a search is typed, too: to leave, to suspend, to repaint.
    pub fn works_while_typing(&self, key: Key) -> bool {
        self.group == Group::Program && key.ctrl
    }

    /// Where it works, in brackets, when it does not work everywhere in the reader.
    pub fn place(&self) -> String {
        let works_in = |context| self.contexts.contains(&context);
        match (works_in(Context::List), works_in(Context::Detail)) {
            (true, true) => String::new(),
            (true, false) => format!(" ({})", Context::List.words()),
            (false, true) => format!(" ({})", Context::Detail.words()),
            (false, false) => {
                self.contexts.first().map(|context| format!(" ({})", context.words())).unwrap_or_default()
            }
        }
    }
}

/// A command as the tables write it, on one line where it fits.
const fn row(
    name: &'static str,
    keys: &'static [&'static str],
    contexts: &'static [Context],
    group: Group,
    about: &'static str,
    run: fn(&mut App) -> Effects,
) -> Command {
    Command { name, keys, contexts, group, about, run }
}

/// List and detail.
const READER: &[Context] = &[Context::List, Context::Detail];

/// The blog, whether its entries are shown or an index of them.
const BLOG: &[Context] = &[Context::List, Context::Detail, Context::Index, Context::Mentions];

/// Everywhere. In a prompt keys are typed, but for those that [`Command::works_while_typing`] names.
const EVERYWHERE: &[Context] = &Context::ALL;

/// All commands.
pub static COMMANDS: &[&[Command]] = &[
    reading::COMMANDS,
    indexes::COMMANDS,
    motion::COMMANDS,
    filtering::COMMANDS,
    following::COMMANDS,
    viewing::COMMANDS,
];
