//! How a blog's heart beats: when the last entry came, how far entries are usually apart, and what that makes of it.

use chrono::TimeDelta;

use crate::model::{Entry, Row, SourceId, Stamp, State, Timeline};

/// How many of the last entries the rhythm is worked out from.
const LAST: usize = 60;
/// Among how many of the last entries those with a time are looked for.
const LOOKED_AT: usize = 1000;

/// A silence is no longer that of a blog that is alive when it is so many times as long as usual.
const QUIET_AFTER: i32 = 6;
/// The least and the most of that silence: rhythms of a minute and of half a day tell little.
const QUIET_WITHIN: (TimeDelta, TimeDelta) = (TimeDelta::minutes(30), TimeDelta::hours(12));
/// And that of a blog that claims to be live though it is silent far beyond its own rhythm.
const STALLED_AFTER: i32 = 24;
const STALLED_WITHIN: (TimeDelta, TimeDelta) = (TimeDelta::hours(3), TimeDelta::hours(24));

/// How a blog is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beat {
    /// Entries come in their rhythm.
    Live,
    /// None came for a while.
    Quiet,
    /// It should go on, and does not: its source cannot be reached, or it claims to be live and is silent.
    Stalled,
    /// No more will come.
    Ended,
}

/// When the last entry came, and the usual pause between entries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pulse {
    /// Milliseconds since 1970.
    pub last: Option<i64>,
    /// The median of the last pauses, when there are enough of them.
    pub usual: Option<TimeDelta>,
}

impl Pulse {
    /// What a blog that says it is in `state`, and whose source is well, is doing at `now`, in milliseconds since 1970.
    pub fn beat(&self, state: State, now: i64) -> Beat {
        let Some(last) = self.last else {
            return match state {
                State::Ended => Beat::Ended,
                State::Live => Beat::Live,
                // Entries without a time are no sign of life.
                State::Unknown => Beat::Quiet,
            };
        };
        let silence = TimeDelta::try_milliseconds(now.saturating_sub(last)).unwrap_or(TimeDelta::MAX);
        let (quiet, stalled) = self.limits();
        match state {
            State::Ended => Beat::Ended,
            State::Live if silence > stalled => Beat::Stalled,
            State::Live | State::Unknown if silence > quiet => Beat::Quiet,
            State::Live | State::Unknown => Beat::Live,
        }
    }

    /// The silence that is told as one; none where there is no rhythm.
    pub fn lull(&self) -> Option<TimeDelta> {
        self.usual.map(|_| self.limits().0)
    }

    /// When the beat changes next by itself, in milliseconds since 1970.
    pub fn next_beat(&self, now: i64) -> Option<i64> {
        let (quiet, stalled) = self.limits();
        let last = self.last?;
        let after = |limit: TimeDelta| last.saturating_add(limit.num_milliseconds()).saturating_add(1);
        [after(quiet), after(stalled)].into_iter().find(|time| *time > now)
    }

    /// The silences after which it is quiet, and stalled.
    fn limits(&self) -> (TimeDelta, TimeDelta) {
        let of = |times: i32, (least, most): (TimeDelta, TimeDelta)| {
            self.usual
                .and_then(|usual| usual.checked_mul(times))
                .map_or(most, |limit| limit.clamp(least, most))
        };
        (of(QUIET_AFTER, QUIET_WITHIN), of(STALLED_AFTER, STALLED_WITHIN))
    }
}

/// The times of the last of `rows` of `timeline`, oldest first, from the newest back. Entries without a time and those that
/// were taken down are passed over, but not for ever: there may be a million of them.
pub fn last_times<'a>(timeline: &'a Timeline, rows: &'a [Row]) -> impl Iterator<Item = Stamp> + 'a {
    last_times_of(timeline, rows, |_| true)
}

/// Those of the entries of sources that `counts` lets in.
fn last_times_of<'a>(
    timeline: &'a Timeline,
    rows: &'a [Row],
    counts: impl Fn(SourceId) -> bool + 'a,
) -> impl Iterator<Item = Stamp> + 'a {
    let looked_at = rows.iter().rev().take(LOOKED_AT).filter(|row| !timeline.is_removed(**row));
    let entries = looked_at.filter_map(|row| timeline.entry(*row));
    entries.filter(move |entry| counts(entry.source())).filter_map(Entry::published)
}

/// The pulse of those of `rows` of `timeline`, oldest first, that are of sources which `counts` lets in, as they are now.
pub fn pulse(timeline: &Timeline, rows: &[Row], counts: impl Fn(SourceId) -> bool) -> Pulse {
    let times: Vec<i64> = last_times_of(timeline, rows, counts).map(Stamp::millis).take(LAST).collect();
    let mut pauses: Vec<i64> =
        times.windows(2).filter_map(|pair| Some(pair.first()? - pair.last()?)).collect();
    pauses.sort_unstable();
    // Many entries of one minute tell no rhythm.
    let usual = pauses.get(pauses.len() / 2).filter(|pause| pauses.len() >= 4 && **pause > 0);
    Pulse { last: times.first().copied(), usual: usual.and_then(|pause| TimeDelta::try_milliseconds(*pause)) }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;
    use crate::model::{Coverage, Draft, Packer, Precision};

    const MINUTE: i64 = 60_000;

    fn beat(usual: Option<i64>, state: State, silence: i64) -> Beat {
        let usual = usual.map(TimeDelta::minutes);
        Pulse { last: Some(0), usual }.beat(state, silence * MINUTE)
    }

    #[test]
    fn a_blog_is_live_while_it_keeps_its_rhythm() {
        for (usual, silence, beat_then) in [
            (Some(1), 29, Beat::Live),
            (Some(1), 31, Beat::Quiet),
            (Some(10), 59, Beat::Live),
            (Some(10), 61, Beat::Quiet),
            (Some(600), 11 * 60, Beat::Live),
            (Some(600), 13 * 60, Beat::Quiet),
            (None, 11 * 60, Beat::Live),
            (None, 13 * 60, Beat::Quiet),
        ] {
            assert_eq!(beat(usual, State::Unknown, silence), beat_then, "{usual:?}, {silence}");
        }
    }

    #[test]
    fn entries_without_a_time_are_no_sign_of_life() {
        let beat = |state| Pulse::default().beat(state, 0);
        assert_eq!(beat(State::Unknown), Beat::Quiet);
        assert_eq!((beat(State::Live), beat(State::Ended)), (Beat::Live, Beat::Ended), "what it says counts");
    }

    #[test]
    fn a_time_is_not_looked_for_behind_very_many_entries_without_one() {
        for (untimed, is_found) in [(3, true), (LOOKED_AT, false)] {
            let timeline = timeline_with(untimed);
            assert_eq!(pulse(&timeline, timeline.order(), |_| true).last.is_some(), is_found, "{untimed}");
        }
    }

    /// One entry with a time, and so many after it without.
    fn timeline_with(untimed: usize) -> Timeline {
        let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
        let mut draft = Draft::default();
        for index in 0..=untimed {
            draft.clear();
            draft.id.set(&format!("e{index}"));
            draft.position = index as i64;
            let time = DateTime::<Utc>::from_timestamp(1_700_000_000, 0).filter(|_| index == 0);
            draft.published = time.and_then(|time| Stamp::new(time.fixed_offset(), Precision::Minute));
            packer.entry(&mut draft);
        }
        timeline.merge(packer.take(Coverage::Delta, true));
        timeline
    }

    #[test]
    fn an_old_page_that_claims_to_be_live_is_not() {
        assert_eq!(beat(Some(5), State::Live, 10), Beat::Live);
        assert_eq!(beat(Some(5), State::Live, 60), Beat::Quiet);
        assert_eq!(beat(Some(5), State::Live, 4 * 60), Beat::Stalled);
        assert_eq!(beat(None, State::Live, 3 * 24 * 60), Beat::Stalled);
        assert_eq!(beat(None, State::Live, i64::MAX / MINUTE), Beat::Stalled);
        assert_eq!(beat(Some(5), State::Ended, 1), Beat::Ended);
    }

    #[test]
    fn the_beat_changes_when_it_was_told_to_and_not_before() {
        let pulse = Pulse { last: Some(1000), usual: Some(TimeDelta::minutes(10)) };
        let mut now = 1000;
        for (before, after) in [(Beat::Live, Beat::Quiet), (Beat::Quiet, Beat::Stalled)] {
            let next = pulse.next_beat(now).unwrap();
            assert_eq!((pulse.beat(State::Live, next - 1), pulse.beat(State::Live, next)), (before, after));
            now = next;
        }
        assert_eq!(pulse.next_beat(now), None);
        assert_eq!(Pulse::default().next_beat(0), None);
    }
}
