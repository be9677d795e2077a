//! Reading: opening entries, reading on, and stepping through quotes, numbers, key events and arrivals.

use crate::{
    app::{Effect, Focus, Item, detail::Target},
    model::Row,
    text::{line::Line, link::Link},
};

use super::{App, BLOG, Command, Context, Effects, Group, READER, row};

pub(super) const COMMANDS: &[Command] = &[
    row("read-on", &["space"], READER, Group::Reading, "read on: a page, then the next entry", |app| {
        read_on(app, true)
    }),
    row("read-back", &["b"], READER, Group::Reading, "read back", |app| read_on(app, false)),
    row("open-entry", &["enter", "l", "right"], &[Context::List], Group::Reading, "open the entry", open),
    row("show-edit", &["enter"], &[Context::Detail], Group::Reading, "show the edit that waits", show_edit),
    row("next-pane", &["tab", "shift-tab"], BLOG, Group::Reading, "the other pane", other_pane),
    row("next-new", &["]"], READER, Group::Reading, "next new entry, the oldest unread first", |app| {
        new(app, true)
    }),
    row("previous-new", &["["], READER, Group::Reading, "new entry before", |app| new(app, false)),
    row("next-key-event", &["}"], READER, Group::Reading, "next key event", |app| key_event(app, true)),
    row("previous-key-event", &["{"], READER, Group::Reading, "key event before", |app| {
        key_event(app, false)
    }),
    row("next-quote", &[")"], READER, Group::Reading, "next quote, and on into the next entry", |app| {
        find(app, Target::Quote, true)
    }),
    row("previous-quote", &["("], READER, Group::Reading, "quote before", |app| {
        find(app, Target::Quote, false)
    }),
    row("next-number", &[">"], READER, Group::Reading, "next number, the same way", |app| {
        find(app, Target::Number, true)
    }),
    row("previous-number", &["<"], READER, Group::Reading, "number before", |app| {
        find(app, Target::Number, false)
    }),
    row("copy", &["y"], BLOG, Group::Reading, "copy the quote, the number or the entry", copy),
    row("cite", &["Y"], BLOG, Group::Reading, "copy it with speaker, outlet, time and link", cite),
    row("browse", &["o"], READER, Group::Reading, "open the entry's link in the browser", browse),
];

fn read_on(app: &mut App, forward: bool) -> Effects {
    app.settle();
    app.take_hold();
    let page = isize::try_from(app.detail.height).unwrap_or(1).saturating_sub(2).max(1);
    let is_at_end = if forward { app.detail.is_at_end() } else { app.detail.top == 0 };
    // On a screen with one pane, the first key opens the entry that is selected.
    let is_out_of_sight = app.layout().detail.is_none();
    if is_out_of_sight {
        app.set_focus(Focus::Detail);
    } else if is_at_end {
        let before = app.selected();
        app.move_selection(if forward { 1 } else { -1 });
        if app.selected() == before {
            app.say(if forward { "this is the last row" } else { "this is the first row" });
        } else if !forward {
            app.settle();
            app.detail.scroll(isize::MAX);
        }
    } else {
        app.detail.scroll(if forward { page } else { -page });
    }
    app.note_opened();
    Effects::new()
}

fn open(app: &mut App) -> Effects {
    app.take_hold();
    app.note_opened();
    let is_out_of_sight = app.layout().detail.is_none();
    if app.detail.has_edit {
        app.show_edit();
        if !is_out_of_sight {
            return Effects::new();
        }
    }
    app.set_focus(Focus::Detail);
    Effects::new()
}

fn show_edit(app: &mut App) -> Effects {
    if app.detail.has_edit {
        app.show_edit();
    } else {
        app.say("no edit waits");
    }
    Effects::new()
}

fn other_pane(app: &mut App) -> Effects {
    app.set_focus(match app.focus() {
        Focus::List => Focus::Detail,
        Focus::Detail => Focus::List,
    });
    if app.focus() == Focus::Detail {
        // What is being read stays.
        app.take_hold();
    }
    Effects::new()
}

fn select(app: &mut App, index: usize) {
    app.select(index);
    app.note_opened();
}

/// Where in the list the first of `rows` is shown.
fn first_shown<'a>(app: &App, mut rows: impl Iterator<Item = &'a Row>) -> Option<usize> {
    rows.find_map(|row| if app.has_listed(*row) { app.index_of(Item::Entry(*row)) } else { None })
}

/// Those of `rows`, which stand in the timeline's order, that stand before and after the selected entry. The standfirst
/// stands before all of them.
fn around<'a>(app: &App, rows: &'a [Row]) -> (&'a [Row], &'a [Row]) {
    let timeline = app.timeline();
    let here = app.selected().and_then(Item::row).and_then(|row| timeline.place(row));
    let before = rows.partition_point(|row| timeline.place(*row) < here);
    let after = rows.partition_point(|row| timeline.place(*row) <= here);
    (rows.get(..before).unwrap_or_default(), rows.get(after..).unwrap_or_default())
}

fn new(app: &mut App, forward: bool) -> Effects {
    app.take_hold();
    let oldest_unread = if forward { app.oldest_unread() } else { None };
    let rows = app.arrivals_in_tab();
    let (before, after) = around(app, rows);
    let found = if forward {
        oldest_unread.or_else(|| first_shown(app, after.iter()))
    } else {
        first_shown(app, before.iter().rev())
    };
    match found {
        Some(index) => select(app, index),
        None if rows.is_empty() => app.say("nothing new since you opened this"),
        None => app.say("no more new entries that way"),
    }
    Effects::new()
}

/// Key events go forward and back in time, whatever the order of the list.
fn key_event(app: &mut App, forward: bool) -> Effects {
    app.take_hold();
    let key_events = app.key_events_in_tab();
    let (before, after) = around(app, key_events);
    let found = if forward {
        first_shown(app, after.iter())
    } else {
        // From the standfirst, back is to the newest.
        let is_entry = app.selected().and_then(Item::row).is_some();
        first_shown(app, if is_entry { before } else { key_events }.iter().rev())
    };
    match found {
        Some(index) => select(app, index),
        None if key_events.is_empty() => app.say("this blog marks no key events"),
        None => app.say("no more key events that way"),
    }
    Effects::new()
}

/// Steps to the next thing of a sort in this entry, or in the ones after it.
pub(super) fn find(app: &mut App, target: Target, forward: bool) -> Effects {
    app.settle();
    app.take_hold();
    app.note_opened();
    if app.layout().detail.is_none() {
        app.set_focus(Focus::Detail);
        app.settle();
    }
    if app.detail.step(target, forward) {
        app.say_if_waiting();
        return Effects::new();
    }
    app.begin_pursuit(target, forward);
    Effects::new()
}

fn copy(app: &mut App) -> Effects {
    app.settle();
    let text = if app.shows_index() {
        app.mention(app.mention_place()).map(|mention| mention.text.into_owned())
    } else {
        app.detail.words_under_cursor().map(str::to_owned).or_else(|| Some(app.entry_as_text()))
    };
    text.map(Effect::Copy).into_iter().collect()
}

fn cite(app: &mut App) -> Effects {
    app.settle();
    let citation = if app.shows_index() { app.mention_as_citation() } else { app.cursor_as_citation() };
    if citation.is_none() {
        app.say("nothing to cite here");
    }
    citation.map(Effect::Copy).into_iter().collect()
}

fn browse(app: &mut App) -> Effects {
    app.settle();
    let Some(link) = app.link_to_open() else {
        app.say("no link here");
        return Effects::new();
    };
    app.say(&format!("opening {}", link.label()));
    vec![Effect::Browse(link)]
}

impl App {
    /// Says that what a key asked for takes a moment.
    pub(in crate::app) fn say_if_waiting(&mut self) {
        if self.detail.is_waiting() {
            self.say("the rest of this long entry is not ready yet");
        }
    }

    /// The entry as text, with its time, authors and link.
    fn entry_as_text(&self) -> String {
        let Some(entry) = self.detail().row().and_then(|row| self.timeline().entry(row)) else {
            return self.detail_prose().text().to_owned();
        };
        let mut parts = Vec::new();
        parts.extend(entry.headline().map(str::to_owned));
        let time =
            entry.published().map(|stamp| self.clock().show(stamp).format("%e %B %Y %H:%M").to_string());
        let authors: Vec<&str> = entry.authors().collect();
        let by = [time.map(|time| time.trim().to_owned()), (!authors.is_empty()).then(|| authors.join(", "))];
        let by: Vec<String> = by.into_iter().flatten().collect();
        parts.extend((!by.is_empty()).then(|| by.join(" · ")));
        parts.push(entry.body().text().to_owned());
        parts.extend(entry.link().map(|link| link.to_string()));
        parts.retain(|part| !part.is_empty());
        parts.join("\n\n")
    }

    /// The entry's link, else its only link, else the blog's.
    fn link_to_open(&self) -> Option<Link> {
        let entry = self.detail().row().and_then(|row| self.timeline().entry(row));
        let own = entry.and_then(crate::model::Entry::link);
        let only = match self.detail_prose().links() {
            [only] => Some(only.clone()),
            _ => None,
        };
        own.or(only).or_else(|| self.blog_in_detail().and_then(|blog| blog.url.clone()))
    }

    /// Says something in the status line for a while.
    pub(in crate::app) fn say(&mut self, words: &str) {
        self.message = Some((Line::new(words), self.now + super::super::MESSAGE_LASTS));
    }
}
