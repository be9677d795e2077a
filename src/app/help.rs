//! The help: every command of the keymap, in groups; scrolled, and searched by typing.

use tui_input::{Input, InputRequest};

use crate::text::width;

use super::{
    App, Code, Effects, Key,
    command::Group,
    keymap::{Keymap, shown},
};

/// The empty cells of a row of the help: in front of the keys, between them and what they do, and behind.
const AROUND: usize = 6;

/// The help while it is open.
#[derive(Debug, Default)]
pub struct Help {
    top: usize,
    search: Option<Input>,
    typed: String,
}

/// A row of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HelpRow {
    Group(&'static str),
    Command {
        keys: String,
        about: String,
    },
    /// Words that explain a mark of the screen.
    Legend {
        mark: &'static str,
        about: &'static str,
    },
    Blank,
}

/// The marks of the list, with and without Unicode.
const LEGEND: [(&str, &str, &str); 5] = [
    ("●", "*", "new since you opened this"),
    ("◆", "!", "key event"),
    ("✎", "~", "edited"),
    ("~04:39", "~04:39", "zone or day of this time are assumed"),
    ("FOLLOWING", "FOLLOWING", "the selection stays on the newest entry"),
];

impl Help {
    /// The number of the first row in sight.
    pub fn top(&self) -> usize {
        self.top
    }

    /// What is searched for.
    pub fn typed(&self) -> &str {
        self.search.as_ref().map_or(&self.typed, Input::value)
    }

    /// Whether a search is being typed.
    pub fn is_typing(&self) -> bool {
        self.search.is_some()
    }
}

impl App {
    /// The help, while it is open.
    pub fn help(&self) -> Option<&Help> {
        self.help.as_ref()
    }

    /// The rows of the help that match what is searched for.
    pub fn help_rows(&self) -> Vec<HelpRow> {
        let wanted = self.help.as_ref().map(|help| help.typed().to_lowercase()).unwrap_or_default();
        let matches = |text: &str| wanted.split_whitespace().all(|word| text.to_lowercase().contains(word));
        let mut rows = Vec::new();
        for group in Group::ALL {
            let commands: Vec<HelpRow> = Keymap::group(group)
                .map(|command| {
                    let keys: Vec<String> = command.keys.iter().map(|name| shown(name)).collect();
                    (keys.join(" "), format!("{}{}", command.about, command.place()))
                })
                .filter(|(keys, about)| matches(&format!("{keys} {about} {}", group.title())))
                .map(|(keys, about)| HelpRow::Command { keys, about })
                .collect();
            if !commands.is_empty() {
                rows.push(HelpRow::Group(group.title()));
                rows.extend(commands);
                rows.push(HelpRow::Blank);
            }
        }
        let legend = LEGEND.iter().filter(|(_, _, about)| matches(about));
        let legend: Vec<HelpRow> = legend
            .map(|(mark, ascii, about)| HelpRow::Legend {
                mark: if self.is_ascii() { ascii } else { mark },
                about,
            })
            .collect();
        if !legend.is_empty() {
            rows.push(HelpRow::Group("Marks"));
            rows.extend(legend);
        }
        rows
    }

    /// How many columns the help has room for: two, when nothing has to be cut for it.
    pub fn help_columns(&self) -> usize {
        let width = |row: &HelpRow| match row {
            HelpRow::Command { keys, about } => (width::width(keys), width::width(about)),
            HelpRow::Legend { mark, about } => (width::width(mark), width::width(about)),
            HelpRow::Group(_) | HelpRow::Blank => (0, 0),
        };
        let widths: Vec<(usize, usize)> = self.help_rows().iter().map(width).collect();
        let keys = widths.iter().map(|(keys, _)| *keys).max().unwrap_or(0);
        let about = widths.iter().map(|(_, about)| *about).max().unwrap_or(0);
        if usize::from(self.size.columns) / 2 >= keys + about + AROUND { 2 } else { 1 }
    }

    pub(super) fn toggle_help(&mut self) {
        self.help = if self.help.is_some() { None } else { Some(Help::default()) };
    }

    pub(super) fn close_help(&mut self) {
        self.help = None;
    }

    pub(super) fn scroll_help(&mut self, lines: isize) {
        let page = self.help_columns() * usize::from(self.layout_rows());
        let last = self.help_rows().len().saturating_sub(page);
        if let Some(help) = &mut self.help {
            help.top = help.top.saturating_add_signed(lines).min(last);
        }
    }

    pub(super) fn search_help(&mut self) {
        if let Some(help) = &mut self.help {
            help.search = Some(Input::new(help.typed.clone()));
        }
    }

    /// A key while the help is searched.
    pub(super) fn help_search_key(&mut self, key: Key) -> Effects {
        let Some(help) = &mut self.help else { return Effects::new() };
        let Some(input) = &mut help.search else { return Effects::new() };
        match key.code {
            Code::Enter => {
                help.typed = input.value().to_owned();
                help.search = None;
            }
            Code::Escape => {
                help.typed.clear();
                help.search = None;
            }
            Code::Backspace => drop(input.handle(InputRequest::DeletePrevChar)),
            _ => {
                if let Some(char) = key.typed() {
                    input.handle(InputRequest::InsertChar(char));
                }
            }
        }
        help.top = 0;
        Effects::new()
    }
}
