//! Which key means which command, where.
//!
//! The table of commands is the only place that names keys; help, hints and `--keys` are made from it.

use std::collections::HashMap;

use super::{
    Key,
    command::{COMMANDS, Command, Group},
};

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    List,
    Detail,
    Library,
    Help,
    Problems,
    /// The speakers or series of an index.
    Index,
    /// The quotes or figures of one row of it.
    Mentions,
}

impl Context {
    /// All contexts.
    pub const ALL: [Self; 7] =
        [Self::List, Self::Detail, Self::Library, Self::Help, Self::Problems, Self::Index, Self::Mentions];

    /// The context in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::List => "in the list",
            Self::Detail => "in the entry",
            Self::Library => "in the library",
            Self::Help => "in the help",
            Self::Problems => "on the problems page",
            Self::Index => "among speakers or numbers",
            Self::Mentions => "among their quotes or values",
        }
    }
}

/// Keys and what they mean.
#[derive(Debug)]
pub struct Keymap {
    commands: HashMap<(Context, Key), &'static Command>,
}

impl Default for Keymap {
    fn default() -> Self {
        let mut commands = HashMap::new();
        for command in COMMANDS.iter().flat_map(|commands| commands.iter()) {
            for key in command.keys.iter().filter_map(|name| Key::parse(name)) {
                for context in command.contexts {
                    commands.insert((*context, key), command);
                }
            }
        }
        Self { commands }
    }
}

impl Keymap {
    /// The command that `key` means in `context`.
    pub fn command(&self, context: Context, key: Key) -> Option<&'static Command> {
        self.commands.get(&(context, key)).copied()
    }

    /// All commands of a group, in the order of the table.
    pub fn group(group: Group) -> impl Iterator<Item = &'static Command> {
        COMMANDS.iter().flat_map(|commands| commands.iter()).filter(move |command| command.group == group)
    }
}

/// A key as people read it.
pub fn shown(name: &str) -> String {
    match name {
        "up" => "↑".to_owned(),
        "down" => "↓".to_owned(),
        "left" => "←".to_owned(),
        "right" => "→".to_owned(),
        _ => {
            let (held, key) = match name.strip_prefix("ctrl-") {
                Some(key) => ("Ctrl-", key),
                None => ("", name),
            };
            let is_word = key.chars().count() > 1;
            let key = match key {
                "pgup" => "PgUp".to_owned(),
                "pgdn" => "PgDn".to_owned(),
                _ if is_word => {
                    let mut parts = key.split('-').map(|part| {
                        let mut chars = part.chars();
                        chars
                            .next()
                            .map(|first| first.to_uppercase().collect::<String>() + chars.as_str())
                            .unwrap_or_default()
                    });
                    let first = parts.next().unwrap_or_default();
                    parts.fold(first, |all, part| format!("{all}-{part}"))
                }
                _ => key.to_owned(),
            };
            format!("{held}{key}")
        }
    }
}

/// The table of keys as `--keys` prints it.
pub fn table() -> String {
    let mut out = String::new();
    for group in Group::ALL {
        out.push_str(group.title());
        out.push('\n');
        for command in Keymap::group(group) {
            let keys: Vec<String> = command.keys.iter().map(|name| shown(name)).collect();
            let wide = keys.join(" ");
            let pad = 22usize.saturating_sub(wide.chars().count());
            let row = ["  ", &wide, &" ".repeat(pad + 1), command.about, &command.place(), "\n"];
            row.into_iter().for_each(|part| out.push_str(part));
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn commands() -> impl Iterator<Item = &'static Command> {
        COMMANDS.iter().flat_map(|commands| commands.iter())
    }

    #[test]
    fn every_key_is_one_and_means_one_thing_in_one_place() {
        let mut bound = HashSet::new();
        for command in commands() {
            for name in command.keys {
                let key = Key::parse(name).unwrap_or_else(|| panic!("{name} is no key"));
                for context in command.contexts {
                    assert!(bound.insert((*context, key)), "{name} is bound twice {}", context.words());
                }
            }
        }
    }

    #[test]
    fn names_are_unique_and_texts_are_short() {
        let mut names = HashSet::new();
        for command in commands() {
            assert!(names.insert(command.name), "{} twice", command.name);
            assert!(!command.keys.is_empty(), "{} has no key", command.name);
            assert!(command.about.chars().count() < 60, "{}", command.about);
            assert!(
                !command.about.ends_with('.') && command.about.starts_with(char::is_lowercase),
                "{}",
                command.about
            );
        }
    }

    #[test]
    fn keys_are_shown_as_people_write_them() {
        assert_eq!(shown("ctrl-d"), "Ctrl-d");
        assert_eq!(shown("space"), "Space");
        assert_eq!(shown("shift-tab"), "Shift-Tab");
        assert_eq!(shown("pgdn"), "PgDn");
        assert_eq!(shown("f1"), "F1");
    }
}
