//! The timeline strip: entries over time in one row of cells.
//!
//! Every cell stands for an equal stretch of time between the first and the last entry. Counts are found by halving, so a
//! strip costs the same at any size.

use chrono::{Datelike, Months, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use crate::model::{Entry, Row, Timeline};

/// The height of a full bar, in eighths of a cell.
pub const FULL: u8 = 8;

/// Cells between two labels, at least.
const LABEL_SPACING: usize = 22;

/// In milliseconds.
const MINUTE: i64 = 60_000;
/// In minutes.
const MONTH: i64 = 30 * 1440;

/// One cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each may be so by itself")]
pub struct Cell {
    /// How many entries, from 0 to [`FULL`] for the busiest cell.
    pub level: u8,
    pub has_key_event: bool,
    /// Whether an entry that arrived since opening falls here.
    pub has_new: bool,
    /// Whether an entry that matches the filter falls here.
    pub has_hit: bool,
    pub is_selected: bool,
}

/// A word set into the strip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub column: usize,
    pub text: String,
}

/// The strip. See the module's description.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Strip {
    pub cells: Vec<Cell>,
    pub labels: Vec<Label>,
}

/// What a strip shows.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// All rows, oldest first.
    pub rows: &'a [Row],
    /// Key events, oldest first.
    pub key_events: &'a [Row],
    /// Arrivals since opening, oldest first.
    pub new: &'a [Row],
    /// Rows that match the filter, oldest first; none when there is no filter.
    pub hits: &'a [Row],
    pub selected: Option<Row>,
}

impl Strip {
    /// The strip of `shown` over `width` cells; `local` tells what clocks show at a moment in milliseconds since 1970.
    /// Empty when there is no stretch of time to show.
    pub fn new(
        timeline: &Timeline,
        shown: Shown<'_>,
        width: usize,
        local: impl Fn(i64) -> NaiveDateTime,
    ) -> Self {
        let place = |row: &Row| timeline.entry(*row).map_or(i64::MIN, Entry::place);
        let timed = shown.rows.partition_point(|row| place(row) == i64::MIN);
        let (Some(first), Some(last)) = (shown.rows.get(timed), shown.rows.last()) else {
            return Self::default();
        };
        let (first, last) = (place(first), place(last));
        let Some(length) = last.checked_sub(first).filter(|length| *length > 0 && width > 0) else {
            return Self::default();
        };
        let boundary = |column: usize| first + (i128::from(length) * column as i128 / width as i128) as i64;
        let counts = |rows: &[Row]| -> Vec<usize> {
            let before = |column: usize| match column {
                0 => rows.partition_point(|row| place(row) == i64::MIN),
                _ if column == width => rows.len(),
                _ => rows.partition_point(|row| place(row) < boundary(column)),
            };
            let ends: Vec<usize> = (0..=width).map(before).collect();
            ends.windows(2).map(|pair| pair[1].saturating_sub(pair[0])).collect()
        };
        let all = counts(shown.rows);
        let busiest = all.iter().copied().max().unwrap_or(1).max(1);
        let (key_events, new, hits) = (counts(shown.key_events), counts(shown.new), counts(shown.hits));
        let has = |counts: &[usize], column: usize| counts.get(column).is_some_and(|count| *count > 0);
        let mut cells: Vec<Cell> = all
            .iter()
            .enumerate()
            .map(|(column, count)| Cell {
                level: (count * usize::from(FULL)).div_ceil(busiest) as u8,
                has_key_event: has(&key_events, column),
                has_new: has(&new, column),
                has_hit: has(&hits, column),
                is_selected: false,
            })
            .collect();
        if let Some(place) =
            shown.selected.map(|row| place(&row)).filter(|place| (first..=last).contains(place))
        {
            let column = (i128::from(place - first) * width as i128 / i128::from(length)) as usize;
            if let Some(cell) = cells.get_mut(column.min(width - 1)) {
                cell.is_selected = true;
            }
        }
        Self { cells, labels: labels(first, length, width, local) }
    }
}

/// Labels at round times, far enough apart: hours and days, or months where that is too close.
fn labels(first: i64, length: i64, width: usize, local: impl Fn(i64) -> NaiveDateTime) -> Vec<Label> {
    const STEPS: [i64; 13] = [1, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080];
    const MONTHS: [u32; 9] = [1, 3, 6, 12, 60, 120, 240, 600, 1200];
    let (start, end) = (local(first), local(first.saturating_add(length)));
    let columns_of = |minutes: i64| i128::from(minutes * MINUTE) * width as i128 / i128::from(length);
    let is_apart = |minutes: i64| columns_of(minutes) >= LABEL_SPACING as i128;
    let times: Vec<NaiveDateTime> = if let Some(step) = STEPS.into_iter().find(|step| is_apart(*step)) {
        let since_midnight = i64::from(start.num_seconds_from_midnight()) / 60;
        let seconds = TimeDelta::seconds(i64::from(start.second()));
        let rounded = start.checked_sub_signed(seconds).unwrap_or(start);
        let minutes = (0..).map(|index| step * (index + 1) - since_midnight % step);
        let times = minutes.map_while(|minutes| rounded.checked_add_signed(TimeDelta::try_minutes(minutes)?));
        times.take_while(|time| *time < end).collect()
    } else {
        let months = MONTHS.into_iter().find(|months| is_apart(i64::from(*months) * MONTH)).unwrap_or(12_000);
        let month = start.month0() / months.min(12) * months.min(12);
        let month = start.date().with_day(1).and_then(|day| day.with_month0(month));
        let month = month.map(|day| day.and_time(NaiveTime::MIN));
        let times = month.into_iter().flat_map(|month| {
            (1..).map_while(move |index: u32| {
                month.checked_add_months(Months::new(index.checked_mul(months)?))
            })
        });
        times.take_while(|time| *time < end).collect()
    };
    let mut labels = vec![Label { column: 0, text: named(start, true, start, end) }];
    for time in times {
        // The wall clock is taken to run evenly; a change of clocks moves a label by an hour's width at most.
        let offset = time.signed_duration_since(start).num_milliseconds().max(0);
        let column = (i128::from(offset) * width as i128 / i128::from(length)) as usize;
        let text = named(time, time.time() == NaiveTime::MIN, start, end);
        let is_apart = labels.last().is_none_or(|last| column >= last.column + last.text.len() + 4);
        if is_apart && column + text.len() <= width {
            labels.push(Label { column, text });
        }
    }
    labels
}

/// What a label calls `time`: a day by as much as tells it from all others between `start` and `end`.
fn named(time: NaiveDateTime, is_day: bool, start: NaiveDateTime, end: NaiveDateTime) -> String {
    if !is_day {
        time.format("%H:%M").to_string()
    } else if start.year() != end.year() && end.signed_duration_since(start) >= TimeDelta::days(7) {
        format!("{} {}", time.day(), time.format("%b %Y"))
    } else if end.signed_duration_since(start) >= TimeDelta::days(7) {
        format!("{} {}", time.day(), time.format("%b"))
    } else {
        format!("{} {}", time.format("%a"), time.day())
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::model::{Coverage, Draft, Packer, Precision, Stamp};

    fn timeline(minutes: &[i64]) -> Timeline {
        let (mut timeline, mut packer, mut draft) = (Timeline::default(), Packer::new(0), Draft::default());
        for (index, minute) in minutes.iter().enumerate() {
            draft.clear();
            draft.id.set(&index.to_string());
            let time = DateTime::from_timestamp(1_700_000_040 + 60 * minute, 0).unwrap();
            draft.published = Stamp::new(time.fixed_offset(), Precision::Minute);
            packer.entry(&mut draft);
        }
        timeline.merge(packer.take(Coverage::Delta, true));
        timeline
    }

    fn strip(timeline: &Timeline, width: usize) -> Strip {
        let rows = timeline.order();
        let shown =
            Shown { rows, key_events: &rows[..1], new: &[], hits: &[], selected: rows.last().copied() };
        Strip::new(timeline, shown, width, |millis| {
            DateTime::from_timestamp_millis(millis).unwrap().naive_utc()
        })
    }

    #[test]
    fn bars_are_scaled_to_the_busiest_cell() {
        let timeline = timeline(&[0, 1, 2, 3, 60, 100]);
        let strip = strip(&timeline, 10);
        assert_eq!(
            strip.cells.iter().map(|cell| cell.level).collect::<Vec<_>>(),
            [8, 0, 0, 0, 0, 0, 2, 0, 0, 2]
        );
        assert!(strip.cells[0].has_key_event);
        assert!(strip.cells[9].is_selected);
    }

    #[test]
    fn labels_are_apart_and_inside() {
        let timeline = timeline(&[0, 60 * 30]);
        for width in 1..200 {
            let strip = strip(&timeline, width);
            assert!(
                strip.labels.windows(2).all(|pair| pair[1].column >= pair[0].column + pair[0].text.len())
            );
        }
    }

    #[test]
    fn labels_tell_the_month_where_a_week_is_shown_and_the_year_where_years_are() {
        let labels = |days: i64, width: usize| {
            let strip = strip(&timeline(&[0, days * 1440]), width);
            strip.labels.into_iter().map(|label| label.text).collect::<Vec<_>>()
        };
        assert_eq!(labels(2, 60), ["Tue 14", "Thu 16"]);
        assert_eq!(labels(20, 60), ["14 Nov", "1 Dec"]);
        assert_eq!(labels(30, 100), ["14 Nov", "21 Nov", "28 Nov", "5 Dec", "12 Dec"]);
        assert_eq!(labels(600, 80), ["14 Nov 2023", "1 Jul 2024", "1 Jan 2025"]);
        assert_eq!(labels(60 * 365, 80), ["14 Nov 2023", "1 Jan 2043", "1 Jan 2063"]);
        assert_eq!(labels(365 * 1000, 60).first().map(String::as_str), Some("14 Nov 2023"));
    }

    #[test]
    fn one_moment_has_no_strip() {
        assert_eq!(strip(&timeline(&[5, 5]), 10), Strip::default());
    }
}
