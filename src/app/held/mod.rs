//! What is held: readings that wait to be let in, those of each source in the order in which they came.
//!
//! What a source only adds is kept as it came. Of one that is looked at again and again, what an older look said is kept
//! no longer than it counts: letting in what is kept leaves every entry as letting in everything would, but for what came
//! and went meanwhile. Where only each look by itself tells that, all are kept, up to a bound: then what waits is let in.

mod outlook;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::Range,
};

use chrono::{DateTime, Utc};

use crate::model::{Coverage, Entry, Reading, SourceId, Stamp, Timeline};

pub use outlook::HeldCount;
use outlook::Outlook;

/// The most bytes that are held, about.
const MOST: usize = 64 << 20;
/// What an entry takes beside its text, about.
const RECORD: usize = 128;

/// Readings that wait. See the module's description.
#[derive(Debug, Default)]
pub(super) struct Held {
    sources: BTreeMap<SourceId, Waiting>,
}

/// The readings of one source.
#[derive(Debug, Default)]
struct Waiting {
    readings: Vec<Reading>,
    /// How many bytes they take, about.
    bytes: usize,
    outlook: Outlook,
}

/// What a look says of each entry, by its key: the first, and what else it says of it.
type Said<'a> = HashMap<u64, (Entry<'a>, Vec<Entry<'a>>)>;

impl Held {
    /// What of `sources` is in it.
    pub(super) fn count(&self, sources: Range<SourceId>) -> HeldCount {
        let counts = self.sources.range(sources).map(|(_, waiting)| waiting.outlook.count());
        counts.fold(HeldCount::default(), |sum, count| HeldCount {
            new: sum.new + count.new,
            edits: sum.edits + count.edits,
        })
    }

    /// Whether it holds as much as may be held.
    pub(super) fn is_full(&self) -> bool {
        self.sources.values().map(|waiting| waiting.bytes).sum::<usize>() > MOST
    }

    /// Keeps `reading`, which came at `now`.
    pub(super) fn push(&mut self, reading: Reading, timeline: &Timeline, now: DateTime<Utc>) {
        let waiting = self.sources.entry(reading.source).or_default();
        waiting.outlook.note(&reading, timeline, now);
        waiting.bytes += bytes(&reading);
        waiting.readings.push(reading);
        waiting.join_looks();
    }

    /// `entry` is known now.
    pub(super) fn know(&mut self, entry: Entry<'_>) {
        if let Some(waiting) = self.sources.get_mut(&entry.source()) {
            let is_it = |told: &Entry<'_>| told.key() == entry.key();
            let last = |revised| {
                let told = waiting.readings.iter().rev().flat_map(|reading| reading.entries().rev());
                // One that was revised before another does not replace it.
                told.filter(is_it)
                    .find(|told| told.revised().map(Stamp::millis).is_none_or(|own| Some(own) >= revised))
            };
            waiting.outlook.know(entry, last);
        }
    }

    /// All that waits, with when the last was heard of that is new in its source.
    pub(super) fn into_readings(self) -> impl Iterator<Item = (Reading, Option<DateTime<Utc>>)> {
        self.sources.into_values().flat_map(|waiting| {
            let heard = waiting.outlook.last_heard();
            waiting.readings.into_iter().map(move |reading| (reading, heard))
        })
    }
}

/// How many bytes `reading` takes, about.
fn bytes(reading: &Reading) -> usize {
    reading.segment.size() + RECORD * (1 + reading.segment.len())
}

impl Waiting {
    /// Where a look has just come to its end right behind another one whose silence means the same, keeps of that one what
    /// still counts alone, if what is kept means what both mean.
    fn join_looks(&mut self) {
        let Some(start) = last_look(&self.readings) else { return };
        let (before, newer) = self.readings.split_at(start);
        let Some(begin) = last_look(before) else { return };
        let Some(coverage) = newer.first().map(|reading| reading.coverage) else { return };
        let mut both = self.readings.iter().skip(begin);
        // What falls away with a file depends on each look at it.
        let is_of_each = matches!(coverage, Coverage::Rewritten | Coverage::Cut);
        if is_of_each || !both.all(|reading| reading.coverage == coverage) {
            return;
        }
        let mut newer = self.readings.split_off(start);
        let mut older = self.readings.split_off(begin);
        let size = |older: &[Reading], newer: &[Reading]| older.iter().chain(newer).map(bytes).sum::<usize>();
        self.bytes -= size(&older, &newer);
        if keep_what_counts(&mut older, &newer, coverage, &self.outlook) {
            make_one(&mut older, &mut newer, coverage);
            self.outlook.join_ends();
        }
        self.bytes += size(&older, &newer);
        self.readings.append(&mut older);
        self.readings.append(&mut newer);
    }
}

/// Where the look begins that ends with the last of `readings`; `None` where none does.
fn last_look(readings: &[Reading]) -> Option<usize> {
    let (last, before) = readings.split_last().filter(|(last, _)| last.complete)?;
    if last.begins {
        return Some(before.len());
    }
    let start = before.iter().rposition(|reading| reading.begins || reading.complete)?;
    before.get(start).is_some_and(|reading| !reading.complete).then_some(start)
}

/// Keeps of the look `older` what still counts beside `newer`, which followed it; tells whether both are one look then.
fn keep_what_counts(older: &mut [Reading], newer: &[Reading], coverage: Coverage, outlook: &Outlook) -> bool {
    let said = said(newer);
    let (end, end_before) = outlook.ends();
    let place =
        |entry: &Entry<'_>| outlook.entry(entry.key()).map_or(entry.place(), |expected| expected.place);
    let counts = |entry: Entry<'_>| match (coverage, said.get(&entry.key())) {
        // All that was said makes the history of an entry; the same words, said twice, do not.
        (Coverage::Delta, Some((first, others))) => {
            !first.says_the_same(entry) && !others.iter().any(|again| again.says_the_same(entry))
        }
        (Coverage::Delta, None) => true,
        (_, Some((first, others))) => may_outlast(entry, *first, others),
        // What stands beyond the end of the newer look was not missing there.
        (Coverage::Window, None) => place(&entry) <= end,
        (_, None) => false,
    };
    let kept = || older.iter().flat_map(Reading::entries).filter(|entry| counts(*entry));
    // One look would end where the farther one did.
    let is_listed = |entry: &Entry<'_>| outlook.entry(entry.key()).is_some_and(|expected| expected.is_listed);
    let farthest = kept().filter(is_listed).map(|entry| place(&entry)).min().unwrap_or(end);
    if coverage == Coverage::Window && end.min(farthest) != end.min(end_before) {
        return false;
    }
    if coverage != Coverage::Delta
        && older.iter().flat_map(Reading::entries).any(|entry| is_mixed(entry, &said))
    {
        return false;
    }
    // What was taken down and says when it was revised may come back by an older version, which does not replace it.
    let is_gone = |entry: &Entry<'_>| !said.contains_key(&entry.key()) && !counts(*entry);
    let is_dated =
        |entry: Entry<'_>| outlook.entry(entry.key()).is_none_or(|expected| expected.revised.is_some());
    if older.iter().flat_map(Reading::entries).filter(is_gone).any(is_dated) {
        return false;
    }
    // What was said before it was taken down within the same look counts only until then.
    let gone: HashSet<u64> = older.iter().flat_map(removed_keys).collect();
    if !gone.is_empty() && kept().any(|entry| gone.contains(&entry.key())) {
        return false;
    }
    for reading in older {
        reading.keep(counts);
        let source = reading.source;
        reading.removed.retain(|id| !said.contains_key(&Entry::key_of(source, id)));
        // A look tells its problems anew.
        (reading.problems, reading.problems_left_out, reading.unreadable) = (Vec::new(), 0, 0);
    }
    true
}

/// Whether `entry` says when it was revised, and its source says so no more: what comes later is compared with both, which
/// one look would not tell.
fn is_mixed(entry: Entry<'_>, said: &Said<'_>) -> bool {
    let is_undated = |entry: &Entry<'_>| entry.revised().is_none();
    let again = said.get(&entry.key()).filter(|_| !is_undated(&entry));
    again.is_some_and(|(first, others)| is_undated(first) || others.iter().any(is_undated))
}

/// The keys of what `reading` says was taken down.
fn removed_keys(reading: &Reading) -> impl Iterator<Item = u64> {
    reading.removed.iter().map(|id| Entry::key_of(reading.source, id))
}

/// Whether `entry` may stand, though its source said `first` and then `others` of it later: those that were revised before
/// do not replace it, and what does not say when it was revised may stand where one of them does not.
fn may_outlast(entry: Entry<'_>, first: Entry<'_>, others: &[Entry<'_>]) -> bool {
    let revised = |entry: Entry<'_>| entry.revised().map(Stamp::millis);
    let mut later = std::iter::once(revised(first)).chain(others.iter().map(|other| revised(*other)));
    match revised(entry) {
        Some(own) => later.all(|later| later.is_none_or(|later| later < own)),
        None => later.all(|later| later.is_some()),
    }
}

/// Makes one look of both, unless their silence means nothing.
fn make_one(older: &mut Vec<Reading>, newer: &mut [Reading], coverage: Coverage) {
    let blog = older.iter_mut().filter_map(|reading| reading.blog.take()).last();
    older.retain(|reading| !(reading.segment.is_empty() && reading.removed.is_empty()));
    let tells_blog = newer.iter().any(|reading| reading.blog.is_some());
    if let Some(first) = newer.first_mut() {
        first.blog = first.blog.take().or(blog.filter(|_| !tells_blog));
        first.begins = coverage == Coverage::Delta || older.is_empty();
    }
    let last = older.len().saturating_sub(1);
    for (index, reading) in older.iter_mut().enumerate() {
        reading.begins = index == 0;
        reading.complete = coverage == Coverage::Delta && index == last;
    }
}

fn said(look: &[Reading]) -> Said<'_> {
    let mut said = Said::with_capacity(look.iter().map(|reading| reading.segment.len()).sum());
    for entry in look.iter().flat_map(Reading::entries) {
        said.entry(entry.key()).and_modify(|(_, others)| others.push(entry)).or_insert((entry, Vec::new()));
    }
    said
}

#[cfg(test)]
mod tests;
