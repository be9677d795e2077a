//! Following: the live edge, arrivals, and looking again.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use crate::{
    app::{Effect, Redraw, SourceInfo},
    model::{Readiness, Status},
    text::when,
};

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
    if app.arrivals().are_held() {
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

impl SourceInfo {
    /// Why nothing more comes of it.
    pub(in crate::app) fn words_for_the_end(&self) -> &'static str {
        match self.status {
            Status::Failed(_) => "it could not be read, and is not looked at again",
            _ => "it has ended, and is not looked at again",
        }
    }

    /// What can be done when its reading was stopped on the way.
    pub(in crate::app) fn words_for_a_stop(&self) -> Option<&'static str> {
        self.stopped_at.map(|_| "not all of it was read; r or F reads on")
    }
}

impl App {
    /// Follows, or stops: reading, too.
    pub(super) fn set_follow(&mut self, follow: bool) -> Effects {
        self.is_following = follow;
        self.is_riding &= follow;
        let words = match follow {
            true if self.are_over() => self.words_for_the_end(),
            true => "following: the source is kept an eye on",
            false => "not following; r looks once",
        };
        self.say(words);
        vec![Effect::Follow(follow)]
    }

    /// Whether nobody reads any source any more.
    fn are_over(&self) -> bool {
        self.sources().iter().all(|info| info.readiness == Readiness::Over)
    }

    /// Why nothing more comes.
    fn words_for_the_end(&self) -> &'static str {
        match self.sources() {
            [only] => only.words_for_the_end(),
            _ => "all sources have ended or cannot be read, and are not looked at again",
        }
    }

    /// What comes of it when somebody wants a look at the sources now.
    fn words_for_a_look(&self) -> String {
        let sources = self.sources();
        let open = || sources.iter().filter(|info| info.readiness != Readiness::Over);
        let rests = open().map(|info| info.rests_until(self.now()));
        let ready = rests.clone().filter(Option::is_none).count();
        match (ready, rests.flatten().min()) {
            (0, None) => self.words_for_the_end().to_owned(),
            (0, Some(until)) => {
                format!("the server asks to wait {}; it is looked at then", self.wait_in_words(until))
            }
            _ if sources.len() == 1 => "looking at the source".to_owned(),
            _ if ready == sources.len() => "looking at the sources".to_owned(),
            _ => format!("looking at {ready} of {} sources", sources.len()),
        }
    }

    /// How long to wait when that is `until` then: "40 s", and as [`App::until_in_words`] says it from a minute on.
    pub(in crate::app) fn wait_in_words(&self, until: DateTime<Utc>) -> String {
        let left = until.signed_duration_since(self.now());
        if left < TimeDelta::minutes(1) { when::span(left) } else { self.until_in_words(until) }
    }

    /// When a wait is over, in words that stay true until it is or its day begins: "until 14:05", "until Thu 16 09:00".
    pub(in crate::app) fn until_in_words(&self, until: DateTime<Utc>) -> String {
        let end = self.here(minute_after(until));
        let clock = when::clock(end, false);
        if end.date_naive() == self.here(self.now()).date_naive() {
            format!("until {clock}")
        } else {
            format!("until {} {clock}", when::day_short(end.date_naive()))
        }
    }

    /// When [`App::until_in_words`] says something else of `until`, or there is no wait any more.
    pub(in crate::app) fn next_change_of_wait(&self, until: DateTime<Utc>) -> DateTime<Utc> {
        let day = self.here(minute_after(until)).date_naive();
        let begins = self.options.zone.local(day.and_time(NaiveTime::MIN)).map(|time| time.to_utc());
        begins.filter(|begins| *begins > self.now() && *begins < until).unwrap_or(until)
    }
}

/// A time in whose minute, as clocks tell it, the wait until `until` is over.
fn minute_after(until: DateTime<Utc>) -> DateTime<Utc> {
    until.checked_add_signed(TimeDelta::seconds(59)).unwrap_or(until)
}

fn hold(app: &mut App) -> Effects {
    app.toggle_hold();
    app.say(if app.arrivals().are_held() {
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
    app.forgive_failed_parts();
    let words = app.words_for_a_look();
    app.say(&words);
    if app.are_over() { Effects::new() } else { vec![Effect::Look] }
}
