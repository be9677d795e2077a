//! The indexes of quotes and of numbers: from a row to its mentions, on to their entries, and the filter by a speaker.

use crate::app::Focus;

use super::{App, BLOG, Command, Context, Effects, Group};

pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "open-row",
        keys: &["enter", "l", "right"],
        contexts: &[Context::Index],
        group: Group::Reading,
        about: "to the quotes or values of this row",
        run: |app| {
            app.set_focus(Focus::Detail);
            Effects::new()
        },
    },
    Command {
        name: "open-mention",
        keys: &["enter", "l", "right"],
        contexts: &[Context::Mentions],
        group: Group::Reading,
        about: "to the entry it stands in; Esc comes back",
        run: |app| {
            app.open_mention();
            Effects::new()
        },
    },
    Command {
        name: "only-this",
        keys: &["*"],
        contexts: BLOG,
        group: Group::Filtering,
        about: "only what this speaker says, or this number",
        run: only_this,
    },
];

fn only_this(app: &mut App) -> Effects {
    app.settle();
    match app.query_for_this() {
        Some(typed) => app.filter_by(&typed),
        None => app.say("nobody is named here, and no number; ) and > step to one"),
    }
    Effects::new()
}
