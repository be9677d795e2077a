//! The sources that are shown: one, or several in one timeline.
//!
//! Sources are numbered in the order they are opened. Those that were opened together are shown together; news of any
//! other is old.

use std::{ops::Range, sync::Arc};

use chrono::{DateTime, Utc};

use crate::{
    model::{Blog, Failure, FailureKind, Location, Readiness, Row, SourceId, State, Status},
    story::pulse::{Beat, Pulse},
    text::line::Line,
};

use super::{App, Effect, Effects, Screen};

/// A source and how it is doing.
#[derive(Debug, Clone)]
pub struct SourceInfo {
    pub location: Location,
    /// A short name that no other source that is shown has.
    pub label: Line,
    pub status: Status,
    /// What comes of it when somebody wants a look at it.
    pub readiness: Readiness,
    /// Since when it is doing so.
    pub since: DateTime<Utc>,
    /// How much of it was read, of how much, when its reading was stopped on the way.
    pub stopped_at: Option<(u64, u64)>,
}

/// How a source is doing, the least alive first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It could not be read at all.
    Failed,
    /// No more will come: it ended, or its blog says that it did.
    Ended,
    /// Nothing is there yet; it is looked for.
    Waiting,
    /// What was there cannot be read for the moment.
    Lost,
    /// Nobody looks whether there is more.
    Unwatched,
    /// It is kept an eye on; the beat of its blog tells how that is doing.
    Followed,
    /// A look at it goes on.
    Reading,
}

impl SourceInfo {
    /// Whether it can be asked for further parts of its blog.
    pub fn is_address(&self) -> bool {
        matches!(self.location, Location::Address(_))
    }

    /// Until when its server wants to be left alone, if that is later than `now`.
    pub(super) fn rests_until(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self.readiness {
            Readiness::NotBefore(until) => Some(until).filter(|until| *until > now),
            Readiness::Ready | Readiness::Over => None,
        }
    }

    /// Whether a look at it goes on.
    pub fn is_being_read(&self) -> bool {
        matches!(self.status, Status::Reading { .. })
    }

    /// Whether nothing more will come of it.
    pub fn is_over(&self) -> bool {
        matches!(self.status, Status::Ended | Status::Gone(_) | Status::Failed(_))
    }

    /// Whether a look at it still goes on, or was stopped on the way.
    fn is_midway(&self) -> bool {
        self.stopped_at.is_some() || self.is_being_read()
    }

    /// How much was read of it, of how much, when it comes to `status` now on the way through.
    fn stopped_with(&self, status: &Status) -> Option<(u64, u64)> {
        match (&self.status, status) {
            (Status::Reading { read, total: Some(total) }, Status::Unwatched)
                if matches!(self.location, Location::File(_)) =>
            {
                Some((*read, *total)).filter(|_| read < total)
            }
            _ => None,
        }
    }

    /// Whether it was looked at once, and something may be there.
    fn was_looked_at(&self) -> bool {
        match self.status {
            Status::Following | Status::Ended | Status::Unwatched | Status::Gone(_) | Status::Lost(_) => true,
            Status::Reading { .. } | Status::Waiting(_) | Status::Failed(_) => false,
        }
    }
}

impl App {
    /// The sources that are shown.
    pub fn sources(&self) -> &[SourceInfo] {
        self.sources.get(range(&self.shown)).unwrap_or_default()
    }

    /// The source that is shown, when there is one alone or the timeline is narrowed to one.
    pub fn source(&self) -> Option<&SourceInfo> {
        match self.sources_in_tab() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The short name of a source, where entries of several are shown.
    pub fn label_of(&self, source: SourceId) -> Option<&Line> {
        let info = self.sources.get(usize::from(source)).filter(|_| self.sources_in_tab().len() > 1);
        info.map(|info| &info.label)
    }

    /// The blog of that source, if it told about itself.
    pub fn blog(&self) -> Option<&Arc<Blog>> {
        self.source().and_then(|_| self.timeline.blog(self.in_tab().start))
    }

    /// The blog that the entry in the detail is of.
    pub(super) fn blog_in_detail(&self) -> Option<&Arc<Blog>> {
        let entry = self.detail.row().and_then(|row| self.timeline.entry(row));
        match entry {
            Some(entry) => self.timeline.blog(entry.source()),
            None => self.blog(),
        }
    }

    /// How the sources in the tab are doing together: as the one that is most alive.
    pub fn standing(&self) -> Standing {
        let standings =
            self.in_tab().zip(self.sources_in_tab()).map(|(source, info)| self.standing_of(source, info));
        standings.max().unwrap_or(Standing::Ended)
    }

    fn standing_of(&self, source: SourceId, info: &SourceInfo) -> Standing {
        let has_ended = self.timeline.blog(source).is_some_and(|blog| blog.state == State::Ended);
        match info.status {
            Status::Failed(_) => Standing::Failed,
            Status::Ended | Status::Gone(_) => Standing::Ended,
            Status::Lost(_) => Standing::Lost,
            Status::Reading { .. } => Standing::Reading,
            Status::Following | Status::Unwatched if has_ended && info.stopped_at.is_none() => {
                Standing::Ended
            }
            Status::Waiting(_) if self.is_following => Standing::Waiting,
            Status::Following if self.is_following => Standing::Followed,
            Status::Waiting(_) | Status::Following | Status::Unwatched => Standing::Unwatched,
        }
    }

    /// The blogs in the tab that are followed.
    fn followed(&self) -> impl Iterator<Item = SourceId> {
        let all = self.in_tab().zip(self.sources_in_tab());
        all.filter(|(source, info)| self.standing_of(*source, info) == Standing::Followed)
            .map(|(source, _)| source)
    }

    /// The pulse of the blogs in the tab that are followed, together; of all where none is.
    pub fn pulse_of_followed(&self) -> Pulse {
        let followed: Vec<SourceId> = self.followed().collect();
        self.pulse_of(|source| followed.is_empty() || followed.contains(&source))
    }

    /// The beat of the blogs in the tab that are followed, together.
    pub fn beat(&self) -> Beat {
        let claims = |source| self.timeline.blog(source).is_some_and(|blog| blog.state == State::Live);
        let state = if self.followed().any(claims) { State::Live } else { State::Unknown };
        self.pulse_of_followed().beat(state, self.now.timestamp_millis())
    }

    /// What the blogs of the tab are called: by their titles, else by the names of their sources.
    pub fn titles(&self) -> impl Iterator<Item = Line> {
        self.in_tab().zip(self.sources_in_tab()).map(|(source, info)| {
            let titled = self.timeline.blog(source).filter(|blog| !blog.title.is_empty());
            titled.map_or_else(|| info.location.name(), |blog| blog.title.clone())
        })
    }

    /// Whether a file is being read from end to end, which may take long and can be stopped.
    pub(super) fn is_reading_a_file(&self) -> bool {
        let is_read = |info: &SourceInfo| matches!(info.status, Status::Reading { total: Some(_), .. });
        self.sources().iter().any(|info| is_read(info) && matches!(info.location, Location::File(_)))
    }

    /// Begins to show the sources at `locations`.
    pub(super) fn open(&mut self, locations: Vec<Location>) -> Effects {
        let start = self.sources.len() as SourceId;
        let labels = labels(&locations);
        let info = |(location, label): (&Location, Line)| SourceInfo {
            location: location.clone(),
            label,
            status: Status::Reading { read: 0, total: None },
            readiness: Readiness::default(),
            since: self.now,
            stopped_at: None,
        };
        let opened: Vec<SourceInfo> = locations.iter().zip(labels).map(info).collect();
        self.sources.extend(opened);
        self.shown = start..self.sources.len() as SourceId;
        self.screen = Screen::Reader;
        locations.into_iter().map(Effect::Open).collect()
    }

    /// The entry called `id` by any source that is shown.
    pub(super) fn row_called(&self, id: &str) -> Option<Row> {
        self.shown.clone().find_map(|source| self.timeline.row_of(source, id))
    }

    /// Notes what comes of it when somebody wants a look at a source.
    pub(super) fn note_readiness(&mut self, source: SourceId, readiness: Readiness) {
        self.sources.get_mut(usize::from(source)).into_iter().for_each(|info| info.readiness = readiness);
    }

    /// Notes how a source is doing.
    pub(super) fn note_status(&mut self, source: SourceId, status: Status) {
        let now = self.now;
        if let Some(info) = self.sources.get_mut(usize::from(source)) {
            if std::mem::discriminant(&info.status) != std::mem::discriminant(&status) {
                info.since = now;
            }
            info.stopped_at = info.stopped_with(&status);
            info.status = status;
            if let Some(words) = info.words_for_a_stop() {
                self.say(words);
            }
        }
    }

    /// Whether all sources that are shown have been looked at, so that what comes now is new. One that is waited for keeps
    /// nobody waiting.
    pub(super) fn all_were_looked_at(&self) -> bool {
        let sources = self.sources();
        sources.iter().any(SourceInfo::was_looked_at) && !sources.iter().any(SourceInfo::is_midway)
    }

    /// A source cannot be read: that ends the program when there is no other, unless it was chosen in the library. What was
    /// read of it stays.
    pub(super) fn source_failed(&mut self, source: SourceId, failure: &Failure) -> Effects {
        if self.came_from_library && self.timeline.is_empty() {
            self.say(&failure.message);
            self.back_to_library();
            return vec![Effect::Scan];
        }
        self.note_status(source, Status::Failed(failure.clone()));
        let failures: Option<Vec<&Failure>> = self.sources().iter().map(failure_of).collect();
        let Some(failures) = failures else {
            self.say(&failure.message);
            return Effects::new();
        };
        // What could not be read at all weighs more than what holds no liveblog.
        let worst =
            failures.iter().find(|failure| failure.kind == FailureKind::Unreadable).or(failures.first());
        // A screen that somebody looks at already does not vanish, and one that is too small for the message tells it in
        // its own way.
        let Some(worst) = worst.filter(|worst| !self.is_shown && self.size.holds(&worst.message)) else {
            return Effects::new();
        };
        self.failure = Some((*worst).clone());
        vec![Effect::Quit]
    }
}

fn failure_of(source: &SourceInfo) -> Option<&Failure> {
    match &source.status {
        Status::Failed(failure) => Some(failure),
        _ => None,
    }
}

/// `sources` as places in the list of all.
pub(super) fn range(sources: &Range<SourceId>) -> Range<usize> {
    sources.start.into()..sources.end.into()
}

/// Short names for `locations`, each another.
fn labels(locations: &[Location]) -> Vec<Line> {
    let short: Vec<Line> = locations.iter().map(Location::short).collect();
    let is_alone = |name: &Line, names: &[Line]| names.iter().filter(|other| *other == name).count() == 1;
    let numbered = short.iter().zip(1..).map(|(name, number)| {
        if is_alone(name, &short) { name.clone() } else { Line::new(&format!("{number} {name}")) }
    });
    numbered.collect()
}
