//! What is asked of the reader from outside, by the view above all: answers, and nothing that changes.

use std::rc::Rc;

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

use crate::{
    model::{Failure, Row, SourceId, Timeline},
    story::{
        pulse::{self, Pulse},
        strip::Strip,
    },
    text::span::{Roles, Span},
};

use super::{App, Clock, Detail, Focus, List, Order, Screen, Size, TimeFormat, View};

impl App {
    /// All entries.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// Whether the list has the standfirst as its first row.
    pub fn shows_standfirst(&self) -> bool {
        let has_one = self.standfirst().is_some_and(|blog| !blog.standfirst.as_ref().is_empty());
        has_one && self.view == View::Entries && self.query_shows_standfirst()
    }

    /// When the last entry came, and how far they are usually apart. One that tells no time came when it arrived; what is
    /// ahead of the clock has not come yet.
    pub fn pulse(&self) -> Pulse {
        self.pulse_of(|_| true)
    }

    /// The pulse of those sources of the tab that `counts` lets in.
    pub(super) fn pulse_of(&self, counts: impl Fn(SourceId) -> bool) -> Pulse {
        let (come, _) = self.come_and_ahead();
        let pulse = pulse::pulse(&self.timeline, come, &counts);
        let sources = self.in_tab().filter(|source| counts(*source));
        let arrived = sources.filter_map(|source| self.arrivals.last_came(source..source + 1)).max();
        Pulse { last: pulse.last.or(arrived.map(|time| time.timestamp_millis())), ..pulse }
    }

    /// The rows of the tab whose times the clock has reached, and the others.
    pub(super) fn come_and_ahead(&self) -> (&[Row], &[Row]) {
        let (rows, now) = (self.rows_in_tab(), self.now.timestamp_millis());
        let has_come = |row: &Row| self.timeline.place(*row).is_none_or(|place| place.millis <= now);
        rows.split_at(rows.partition_point(has_come))
    }

    /// The order of the list.
    pub fn order(&self) -> Order {
        self.order.unwrap_or(Order::Newest)
    }

    /// The clock that times are shown by.
    pub fn clock(&self) -> Clock {
        match self.time_format {
            TimeFormat::AsWritten => Clock::AsWritten,
            TimeFormat::Clock | TimeFormat::Ago => self.options.clock,
        }
    }

    /// How the list tells times.
    pub fn time_format(&self) -> TimeFormat {
        self.time_format
    }

    /// The time it is.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The day it is where the reader sits.
    pub fn today(&self) -> NaiveDate {
        self.options.zone.at(self.now).date_naive()
    }

    /// What clocks show at `time` where the reader sits.
    pub fn here(&self, time: DateTime<Utc>) -> DateTime<FixedOffset> {
        self.options.zone.at(time)
    }

    /// The size of the screen.
    pub fn size(&self) -> Size {
        self.size
    }

    /// What fills the screen.
    pub fn screen(&self) -> Screen {
        self.screen
    }

    /// Which pane has the keys.
    pub fn focus(&self) -> Focus {
        self.focus
    }

    /// The view.
    pub fn view(&self) -> View {
        self.view
    }

    /// The detail.
    pub fn detail(&self) -> &Detail {
        &self.detail
    }

    /// The list.
    pub fn list(&self) -> &List {
        &self.list
    }

    /// The strip, as last settled.
    pub fn strip(&self) -> &Strip {
        &self.strip
    }

    /// What stands over the label of `row`, which is in sight.
    pub fn label_spans(&self, row: Row) -> Option<&Rc<[Span]>> {
        self.labels.get(&row)
    }

    /// The roles that are not highlighted.
    pub fn plain_roles(&self) -> Roles {
        self.plain
    }

    /// Where the filter matches in `text`.
    pub fn hits(&self, text: &str) -> Vec<std::ops::Range<usize>> {
        self.search().map(|search| search.query().hits(text)).unwrap_or_default()
    }

    /// The number of the theme.
    pub fn theme(&self) -> usize {
        self.theme
    }

    /// Whether only ASCII is drawn around the text.
    pub fn is_ascii(&self) -> bool {
        self.options.is_ascii
    }

    /// Whether the selection stays on the newest entry.
    pub fn is_riding(&self) -> bool {
        self.is_riding
    }

    /// Whether the source is kept an eye on.
    pub fn is_following(&self) -> bool {
        self.is_following
    }

    /// What is said in the status line for a while.
    pub fn message(&self) -> Option<&str> {
        self.message.as_ref().map(|(line, _)| line.as_str())
    }

    /// Whether Esc leads back to the library.
    pub fn came_from_library(&self) -> bool {
        self.came_from_library
    }

    /// Why the program ended, when a source could not be read.
    pub fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }
}
