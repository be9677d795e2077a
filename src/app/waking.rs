//! Time passes: what is no longer true, and when words on the screen change next.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, Utc};

use crate::text::when;

use super::{App, Context, Layout, Redraw, Screen, Standing, Tier, TimeFormat};

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

    /// When words on the screen change by themselves next. What is not in sight changes nothing.
    pub fn wake_at(&self) -> Option<DateTime<Utc>> {
        let message = self.message.as_ref().map(|(_, until)| *until);
        let is_one_line = self.layout().tier == Tier::OneLine;
        let of_screen = match (self.context(), self.screen) {
            // One line tells no time.
            _ if is_one_line => None,
            (Context::Help, _) => None,
            (Context::Problems, _) => self.next_change_of_problems(),
            (_, Screen::Library) => {
                let modified = self.library.found().iter().filter_map(|found| found.modified);
                modified.filter_map(|then| self.next_change(then)).min()
            }
            (_, Screen::Reader) => self.next_change_in_reader(),
        };
        message.into_iter().chain(of_screen).min()
    }

    /// When it is no longer so long since `then` as words say now.
    fn next_change(&self, then: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.now.checked_add_signed(when::next_change(self.here(self.now), self.here(then)))
    }

    fn next_change_in_reader(&self) -> Option<DateTime<Utc>> {
        let layout = self.layout();
        let of_header = layout.header.and_then(|_| self.next_change_of_header());
        let of_panes = if self.shows_index() { None } else { self.next_change_of_panes(&layout) };
        [of_header, of_panes, self.next_year()].into_iter().flatten().min()
    }

    /// When the header tells another beat of what is followed, another last entry, or that the last one came longer ago.
    fn next_change_of_header(&self) -> Option<DateTime<Utc>> {
        let pulse = self.pulse_of_followed();
        let last = pulse.last.and_then(DateTime::from_timestamp_millis);
        let beat = pulse.next_beat(self.now.timestamp_millis()).and_then(DateTime::from_timestamp_millis);
        let beat = beat.filter(|_| self.standing() == Standing::Followed);
        // The next entry that is ahead is the last that came, once its time has come.
        let (_, ahead) = self.come_and_ahead();
        let comes = ahead.first().and_then(|row| self.timeline.place(*row));
        let comes = comes.and_then(|place| DateTime::from_timestamp_millis(place.millis));
        [beat, comes, last.and_then(|then| self.next_change(then))].into_iter().flatten().min()
    }

    /// When the detail or the list says of an entry in sight that it came longer ago.
    fn next_change_of_panes(&self, layout: &Layout) -> Option<DateTime<Utc>> {
        let tells_ages = self.time_format == TimeFormat::Ago && layout.tier != Tier::Bare;
        let listed = layout.list.filter(|_| tells_ages).map(|_| self.rows_in_sight());
        let shown = layout.detail.and_then(|_| self.detail.row());
        let published = |row| Some(self.timeline.entry(row)?.published()?.utc());
        let rows = listed.into_iter().flatten().chain(shown);
        rows.filter_map(published).filter_map(|then| self.next_change(then)).min()
    }

    /// When days that are told in words gain the year that was this one.
    fn next_year(&self) -> Option<DateTime<Utc>> {
        let first = NaiveDate::from_ymd_opt(self.today().year().checked_add(1)?, 1, 1)?;
        self.options.zone.local(first.and_time(NaiveTime::MIN)).map(|time| time.to_utc())
    }
}
