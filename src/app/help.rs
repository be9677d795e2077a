//! The help: every command of the keymap, in groups; scrolled, and searched by typing.

use std::ops::Range;

use tui_input::{Input, InputRequest};

use crate::text::{span::Role, width};

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
    /// Whether only the marks are shown.
    is_legend: bool,
    /// The first row in sight, as keys asked for it: there may be fewer rows now, or room for more.
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
        /// What it plays in a text, for marks that show how that looks.
        role: Option<Role>,
        about: &'static str,
    },
    Blank,
}

/// The marks of the list, with and without Unicode.
const LEGEND: [(&str, &str, Option<Role>, &str); 12] = [
    ("●", "*", None, "new since you opened this"),
    ("◆", "!", None, "key event; where crowded, a coloured bar"),
    ("✎", "~", None, "edited"),
    ("~04:39", "~04:39", None, "zone or day of this time are assumed"),
    ("FOLLOWING", "FOLLOWING", None, "the selection stays on the newest entry"),
    ("“words”", "\"words\"", Some(Role::Quote), "what somebody said"),
    ("▎", "|", Some(Role::Quote), "speech that begins its paragraph"),
    ("“words”", "\"words\"", Some(Role::Aside), "a title, or words held at a distance"),
    ("Name", "Name", Some(Role::Speaker), "who said it"),
    ("41,000", "41,000", Some(Role::Number), "a number with its unit"),
    ("words", "words", Some(Role::Match), "what the filter looks for"),
    ("words", "words", Some(Role::Current), "under the cursor; ) ( step quotes, > < numbers"),
];

/// The words that header, list and status tell how things are with.
const WORDS: [(&str, &str); 14] = [
    ("READING", "how much of it was read so far"),
    ("LIVE", "entries come in their rhythm"),
    ("QUIET", "none came for long, by that rhythm"),
    ("STALLED", "it should go on, and does not"),
    ("LOST", "its file is gone or holds no blog; what was read stays"),
    ("ENDED", "no more will come"),
    ("NOT FOLLOWED", "more is not looked for; F follows"),
    ("WAITING", "there is nothing to read yet"),
    ("FAILED", "it cannot be read; ! says why"),
    ("HELD", "arrivals wait; = lets them in"),
    ("late", "came after what was written later"),
    ("taken down", "no longer in the blog"),
    ("not in the file", "fell away when its file was cut or rotated"),
    ("quiet 3 h", "nothing came for so long in between"),
];

impl Help {
    /// What is searched for.
    pub fn typed(&self) -> &str {
        self.search.as_ref().map_or(&self.typed, Input::value)
    }

    /// Whether only the marks are shown.
    pub fn is_legend(&self) -> bool {
        self.is_legend
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
        let groups =
            if self.help.as_ref().is_some_and(|help| help.is_legend) { &[][..] } else { &Group::ALL };
        for group in groups.iter().copied() {
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
        rows.extend(self.legend(matches));
        rows
    }

    /// The rows that explain marks and words, those that match.
    fn legend(&self, matches: impl Fn(&str) -> bool) -> Vec<HelpRow> {
        let marks = LEGEND.iter().filter(|(.., about)| matches(about));
        let marks = marks.map(|(mark, ascii, role, about)| {
            let mark = if self.is_ascii() { ascii } else { mark };
            HelpRow::Legend { mark, role: *role, about }
        });
        // The help has room for the keys and the marks; the words are found there too.
        let has_words = self.help.as_ref().is_some_and(|help| help.is_legend || !help.typed().is_empty());
        let words = WORDS.iter().filter(|(word, about)| has_words && matches(&format!("{word} {about}")));
        let words = words.map(|(word, about)| HelpRow::Legend { mark: word, role: None, about });
        let mut rows = Vec::new();
        for (title, group) in [("Marks", marks.collect()), ("Words", words.collect::<Vec<_>>())] {
            if !group.is_empty() {
                rows.extend((!rows.is_empty()).then_some(HelpRow::Blank));
                rows.push(HelpRow::Group(title));
                rows.extend(group);
            }
        }
        rows
    }

    /// How many columns the help has room for: two, when nothing has to be cut for it.
    pub fn help_columns(&self) -> usize {
        let width = |row: &HelpRow| match row {
            HelpRow::Command { keys, about } => (width::width(keys), width::width(about)),
            HelpRow::Legend { mark, about, .. } => (width::width(mark), width::width(about)),
            HelpRow::Group(_) | HelpRow::Blank => (0, 0),
        };
        let widths: Vec<(usize, usize)> = self.help_rows().iter().map(width).collect();
        let keys = widths.iter().map(|(keys, _)| *keys).max().unwrap_or(0);
        let about = widths.iter().map(|(_, about)| *about).max().unwrap_or(0);
        if usize::from(self.size.columns) / 2 >= keys + about + AROUND { 2 } else { 1 }
    }

    /// The rows of the help that are in sight, column by column.
    pub fn help_in_sight(&self) -> Vec<Range<usize>> {
        let top = self.help.as_ref().map_or(0, |help| help.top);
        let rows = self.help_rows();
        flow(&rows, top.min(self.last_help_top(&rows)), self.layout_rows().into(), self.help_columns())
    }

    /// The last row of the help that may be the first in sight.
    fn last_help_top(&self, rows: &[HelpRow]) -> usize {
        let (height, columns) = (self.layout_rows().into(), self.help_columns());
        let ends_in_sight =
            |top: &usize| flow(rows, *top, height, columns).last().is_some_and(|last| last.end == rows.len());
        let first = rows.len().saturating_sub(height * columns);
        (first..rows.len()).find(ends_in_sight).unwrap_or(0)
    }

    pub(super) fn toggle_help(&mut self) {
        self.help = if self.help.is_some() { None } else { Some(Help::default()) };
    }

    pub(super) fn show_legend(&mut self) {
        self.help = Some(Help { is_legend: true, ..Help::default() });
    }

    pub(super) fn close_help(&mut self) {
        self.help = None;
    }

    pub(super) fn scroll_help(&mut self, lines: isize) {
        let last = self.last_help_top(&self.help_rows());
        if let Some(help) = &mut self.help {
            help.top = help.top.min(last).saturating_add_signed(lines).min(last);
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

/// Which of `rows` stand in each column from row `top` on. No heading stands alone at the end of a column, and groups stay
/// whole where there is room for that.
fn flow(rows: &[HelpRow], top: usize, height: usize, columns: usize) -> Vec<Range<usize>> {
    let mut flown = Vec::new();
    let mut start = top;
    for left in (0..columns).rev() {
        if !flown.is_empty() && rows.get(start) == Some(&HelpRow::Blank) {
            start += 1;
        }
        let mut end = (start + height).min(rows.len());
        if end < rows.len() {
            let is_group = |row: &usize| matches!(rows.get(*row), Some(HelpRow::Group(_)));
            let group = (start + 1..=end).rev().find(is_group);
            match group {
                Some(group) if rows.len() - group <= height * left => end = group,
                Some(group) if group + 1 == end => end = group,
                _ => {}
            }
        }
        flown.push(start..end);
        start = end;
    }
    flown
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Groups of so many commands each.
    fn rows(groups: &[usize]) -> Vec<HelpRow> {
        let mut rows = Vec::new();
        for count in groups {
            rows.push(HelpRow::Group("group"));
            rows.extend((0..*count).map(|_| HelpRow::Legend { mark: "", role: None, about: "" }));
            rows.push(HelpRow::Blank);
        }
        rows
    }

    #[test]
    fn columns_break_at_groups_where_there_is_room() {
        assert_eq!(flow(&rows(&[3, 3, 2]), 0, 9, 2), [0..5, 5..14], "the second group goes on whole");
        assert_eq!(flow(&rows(&[3, 3, 3]), 0, 40, 2), [0..15, 15..15], "all in one column");
        assert_eq!(flow(&rows(&[9, 9]), 0, 6, 2), [0..6, 6..11], "a group that is too long is cut");
    }

    #[test]
    fn no_heading_stands_alone_at_the_end_of_a_column() {
        for height in 2..12 {
            for columns in 1..3 {
                for top in 0..20 {
                    let rows = rows(&[3, 5, 2, 4, 1]);
                    let flown = flow(&rows, top, height, columns);
                    for column in &flown {
                        assert!(column.len() <= height);
                        let last = rows.get(column.clone()).and_then(<[HelpRow]>::last);
                        let is_alone = matches!(last, Some(HelpRow::Group(_))) && column.len() > 1;
                        assert!(!is_alone, "{top} {height} {columns}: {flown:?}");
                    }
                }
            }
        }
    }
}
