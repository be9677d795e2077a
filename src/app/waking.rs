//! Time passes: what is no longer true, and when words on the screen change next.

use chrono::{DateTime, Utc};

use crate::{model::Stamp, text::when};

use super::{App, Redraw, Screen, TimeFormat};

impl App {
    /// What was true at an earlier `now` may read otherwise.
    pub(super) fn clock_moved(&mut self, now: DateTime<Utc>) {
        let is_due = self.wake_at().is_some_and(|due| due <= now);
        self.now = now;
        if self.message.as_ref().is_some_and(|(_, until)| *until <= now) {
            self.message = None;
        }
        if is_due {
            self.redraw(Redraw::Soon);
        }
    }

    /// When words on the screen change by themselves next.
    pub fn wake_at(&self) -> Option<DateTime<Utc>> {
        let message = self.message.as_ref().map(|(_, until)| *until);
        let zone = self.options.zone;
        let change = |then: DateTime<Utc>| {
            self.now.checked_add_signed(when::next_change(zone.at(self.now), zone.at(then)))
        };
        let in_reader = self.screen == Screen::Reader;
        let pulse = self.pulse();
        let last = pulse.last.filter(|_| in_reader).and_then(DateTime::from_timestamp_millis);
        let beat = pulse.next_beat(self.now.timestamp_millis()).and_then(DateTime::from_timestamp_millis);
        let beat = beat.filter(|_| in_reader);
        let shown = self.detail.row().and_then(|row| self.timeline.entry(row)?.published());
        let shown = shown.filter(|_| in_reader).map(Stamp::utc);
        let soonest =
            [message, beat, last.and_then(change), shown.and_then(change)].into_iter().flatten().min();
        let listed = self.rows_in_sight().filter(|_| in_reader && self.time_format == TimeFormat::Ago);
        let listed = listed.filter_map(|row| change(self.timeline.entry(row)?.published()?.utc()));
        listed.chain(soonest).min()
    }
}
