//! Following: the live edge, arrivals, and looking again.

use crate::app::{Effect, Redraw};

use super::{App, BLOG, Command, Effects, Group, READER, row};

pub(super) const COMMANDS: &[Command] = &[
    row("live-edge", &["."], READER, Group::Following, "to the live edge, and stay on it", live_edge),
    row(
        "follow",
        &["F"],
        BLOG,
        Group::Following,
        "follow on or off; stops and resumes a long reading",
        follow,
    ),
    row("hold", &["="], BLOG, Group::Following, "hold arrivals, or let them in", hold),
    row("look", &["r"], BLOG, Group::Following, "look at the source now", look),
];

fn live_edge(app: &mut App) -> Effects {
    if app.arrivals().held().is_some() {
        app.toggle_hold();
    }
    app.has_moved = true;
    app.is_riding = true;
    app.set_focus(crate::app::Focus::List);
    let newest = app.newest_index();
    app.select(newest);
    app.note_opened();
    let mut effects = Effects::new();
    if !app.is_following {
        app.is_following = true;
        effects.push(Effect::Follow(true));
    }
    effects
}

fn follow(app: &mut App) -> Effects {
    let follow = !app.is_following;
    app.set_follow(follow)
}

impl App {
    /// Follows, or stops: reading, too.
    pub(super) fn set_follow(&mut self, follow: bool) -> Effects {
        self.is_following = follow;
        self.is_riding &= follow;
        self.say(if follow {
            "following: the source is kept an eye on"
        } else {
            "not following; r looks once"
        });
        vec![Effect::Follow(follow)]
    }
}

fn hold(app: &mut App) -> Effects {
    app.toggle_hold();
    app.say(if app.arrivals().held().is_some() {
        if app.opened().is_some() {
            "arrivals are held; = lets them in"
        } else {
            "what comes once all was read is held; = lets it in"
        }
    } else {
        "arrivals are let in"
    });
    app.redraw(Redraw::Now);
    Effects::new()
}

fn look(app: &mut App) -> Effects {
    // What could not be fetched may be asked for again.
    app.fetched.clear();
    app.say("looking at the source");
    vec![Effect::Look]
}
