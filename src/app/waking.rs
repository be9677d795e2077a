//! Time passes: what is no longer true, and when words on the screen change next.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, Utc};

use crate::text::when;

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
        let of_screen = match self.screen {
            Screen::Library => {
                let modified = self.library.found().iter().filter_map(|found| found.modified);
                modified.filter_map(|then| self.next_change(then)).min()
            }
            Screen::Reader => self.next_change_in_reader(),
        };
        message.into_iter().chain(of_screen).min()
    }

    /// When it is no longer so long since `then` as words say now.
    fn next_change(&self, then: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.now.checked_add_signed(when::next_change(self.here(self.now), self.here(then)))
    }

    fn next_change_in_reader(&self) -> Option<DateTime<Utc>> {
        let of_entry = |row| Some(self.timeline.entry(row)?.published()?.utc());
        let pulse = self.pulse();
        let last = pulse.last.and_then(DateTime::from_timestamp_millis);
        let beat = pulse.next_beat(self.now.timestamp_millis()).and_then(DateTime::from_timestamp_millis);
        // The next entry that is ahead is the last that came, once its time has come.
        let (_, ahead) = self.come_and_ahead();
        let comes = ahead.first().and_then(|row| self.timeline.place(*row));
        let comes = comes.and_then(|place| DateTime::from_timestamp_millis(place.millis));
        let shown = self.detail.row().and_then(of_entry);
        let soonest = [beat, comes, self.next_year()];
        let told = [last, shown].into_iter().flatten();
        let listed = self.rows_in_sight().filter(|_| self.time_format == TimeFormat::Ago);
        let told = told.chain(listed.filter_map(of_entry)).filter_map(|then| self.next_change(then));
        soonest.into_iter().flatten().chain(told).min()
    }

    /// When days that are told in words gain the year that was this one.
    fn next_year(&self) -> Option<DateTime<Utc>> {
        let first = NaiveDate::from_ymd_opt(self.today().year().checked_add(1)?, 1, 1)?;
        self.options.zone.local(first.and_time(NaiveTime::MIN)).map(|time| time.to_utc())
    }
}
