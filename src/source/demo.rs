//! The demo: a story that comes with the program, moved so that it happens now.
//!
//! Printed, it is whole, and ends at the present minute. In the reader it is alive: all but the end of it is there at
//! once, and the rest arrives one by one, each entry stamped with the moment at which it arrives.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, FixedOffset, SecondsFormat, TimeDelta, Utc};
use serde_json::{Map, Value};

use crate::{
    feed::{Reader, Stream, formats::jsonl},
    model::{Coverage, Packer},
};

use super::{Brief, Origin, Outbox, Step, bell::Bell};

const STORY: &str = include_str!("../../sample_feeds/demo.jsonl");
/// How many entries arrive while one looks.
const ARRIVALS: usize = 20;
/// How long it takes from one arrival to the next.
const PAUSE: Duration = Duration::from_secs(3);
/// How long ago the last entry was published that is there at once.
const LEAD: TimeDelta = TimeDelta::minutes(2);

/// The keys of the story under which moments stand.
const MOMENTS: [&str; 4] = ["published", "revised", "start", "end"];

type Object = Map<String, Value>;

/// The demo being told.
pub(super) struct Demo {
    brief: Brief,
    bell: Arc<Bell>,
    packer: Packer,
    stream: Option<Box<dyn Stream>>,
    /// What arrives one by one.
    later: VecDeque<Object>,
    /// When each entry that arrived was said to be published.
    arrived: HashMap<String, Value>,
    is_alive: bool,
    next_at: Instant,
}

impl Demo {
    pub(super) fn new(brief: Brief, bell: Arc<Bell>) -> Self {
        let is_alive = brief.options.follow.is_now();
        let mut packer = Packer::new(brief.id);
        packer.reads(jsonl::LINES.name);
        let next_at = brief.opened;
        let (later, arrived) = (VecDeque::new(), HashMap::new());
        Self { brief, bell, packer, stream: None, later, arrived, is_alive, next_at }
    }

    /// Tells all that is there at once.
    fn begin(&mut self, outbox: &mut Outbox) -> Step {
        let Reader::Stream { open, .. } = jsonl::LINES.reader else { return Step::Over };
        let context = self.brief.context(None);
        let mut stream = open(&context, 0);
        let mut lines = STORY.lines().filter_map(|line| serde_json::from_str::<Object>(line).ok()).collect();
        let has_more = self.brief.options.follow.is_possible();
        if has_more {
            self.later = split(&mut lines);
        }
        let end = lines.iter().filter_map(|line| moment(line.get("published")?)).max();
        let lead = if has_more { LEAD } else { TimeDelta::zero() };
        let by = end.map_or(TimeDelta::zero(), |end| whole(context.now) - lead - end.to_utc());
        lines.iter_mut().chain(&mut self.later).for_each(|line| shift(line, by));
        lines.iter().for_each(|line| push(&mut *stream, line, &mut self.packer));
        stream.pause(&mut self.packer);
        self.stream = Some(stream);
        outbox.reading(self.packer.take(Coverage::Delta, true));
        outbox.status(self.brief.well(self.is_alive));
        if !has_more {
            return Step::Over;
        }
        self.next_at = Instant::now() + PAUSE;
        Step::On
    }

    /// Tells what arrives next.
    fn arrive(&mut self, outbox: &mut Outbox) {
        let (Some(mut line), Some(stream)) = (self.later.pop_front(), &mut self.stream) else { return };
        let now = Value::String(written(whole(self.brief.context(None).now).fixed_offset()));
        if let Some(id) = id(&line).filter(|_| is_entry(&line)) {
            match self.arrived.get(&id) {
                Some(then) => drop(line.insert("published".to_owned(), then.clone())),
                // It revises one that was there from the start.
                None if line.contains_key("revised") => {}
                None => {
                    line.insert("published".to_owned(), now.clone());
                    self.arrived.insert(id, now.clone());
                }
            }
            line.entry("revised").and_modify(|revised| *revised = now);
        }
        push(&mut **stream, &line, &mut self.packer);
        stream.pause(&mut self.packer);
        outbox.reading(self.packer.take(Coverage::Delta, true));
    }
}

impl Origin for Demo {
    fn step(&mut self, outbox: &mut Outbox) -> Step {
        if self.stream.is_none() {
            return self.begin(outbox);
        }
        let is_due = self.is_alive && !self.later.is_empty();
        let call = self.bell.wait(is_due.then_some(self.next_at));
        if let Some(follow) = call.follow {
            self.is_alive = follow;
            outbox.status(self.brief.well(follow));
        }
        if call.look || is_due && self.next_at <= Instant::now() {
            self.arrive(outbox);
            self.next_at = Instant::now() + PAUSE;
        }
        Step::On
    }
}

/// Takes the last arrivals, with what is said of them and others in between, off the end of the story.
fn split(lines: &mut Vec<Object>) -> VecDeque<Object> {
    let mut known = HashSet::new();
    let firsts: Vec<usize> = (0..lines.len())
        .filter(|index| lines.get(*index).is_some_and(|line| is_entry(line) && known.insert(id(line))))
        .collect();
    let start = firsts.len().checked_sub(ARRIVALS).and_then(|first| firsts.get(first));
    lines.split_off(start.copied().unwrap_or(lines.len())).into()
}

fn is_entry(line: &Object) -> bool {
    line.get("type").and_then(Value::as_str) == Some("entry")
}

fn id(line: &Object) -> Option<String> {
    line.get("id").and_then(Value::as_str).map(ToOwned::to_owned)
}

fn moment(value: &Value) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc3339(value.as_str()?).ok()
}

fn written(moment: DateTime<FixedOffset>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, false)
}

fn whole(moment: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp(moment.timestamp(), 0).unwrap_or(moment)
}

/// Moves all moments of `line`.
fn shift(line: &mut Object, by: TimeDelta) {
    for key in MOMENTS {
        if let Some(value) = line.get_mut(key)
            && let Some(moved) = moment(value).and_then(|moment| moment.checked_add_signed(by))
        {
            *value = Value::String(written(moved));
        }
    }
}

fn push(stream: &mut dyn Stream, line: &Object, packer: &mut Packer) {
    if let Ok(mut text) = serde_json::to_vec(line) {
        text.push(b'\n');
        stream.push(&text, packer);
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        model::{Location, News, Readiness, Reading, Status, Timeline},
        source::{Follow, Options, Source},
    };

    use super::*;

    fn open(follow: bool) -> Source {
        let now = DateTime::parse_from_rfc3339("2030-01-02T03:04:05Z").unwrap().to_utc();
        let context = crate::feed::Context::bare(now);
        Source::open(
            &Location::Demo,
            0,
            &Options {
                follow: if follow { Follow::Now } else { Follow::Never },
                waits: false,
                format: None,
                context,
                newest_first: true,
                every: Duration::ZERO,
            },
        )
    }

    fn reading(source: &mut Source) -> Reading {
        loop {
            if let News::Reading(reading) = source.next().unwrap() {
                return reading;
            }
        }
    }

    fn newest(timeline: &Timeline) -> String {
        let newest = timeline.order().last().and_then(|row| timeline.entry(*row)).unwrap();
        newest.published().unwrap().to_rfc3339()
    }

    #[test]
    fn printed_it_is_whole_and_ends_at_the_present_minute() {
        let (mut source, mut timeline) = (open(false), Timeline::default());
        let change = timeline.merge(reading(&mut source));
        assert!(change.added.len() > 250);
        assert_eq!(timeline.problems().count(), 0);
        assert_eq!(newest(&timeline), "2030-01-02T03:04:05+00:00");
        assert!(matches!(source.next(), Some(News::Status(0, Status::Ended))));
        assert!(matches!(source.next(), Some(News::Readiness(0, Readiness::Over))));
        assert!(source.next().is_none());
    }

    #[test]
    fn alive_its_end_arrives_as_if_it_happened() {
        let (mut source, mut timeline) = (open(true), Timeline::default());
        let all = { Timeline::default().merge(reading(&mut open(false))).added.len() };
        assert_eq!(timeline.merge(reading(&mut source)).added.len(), all - ARRIVALS);
        assert_eq!(newest(&timeline), "2030-01-02T03:02:05+00:00");
        let waker = source.waker();
        let (mut added, mut revised, mut removed) = (0, 0, 0);
        while added < ARRIVALS {
            waker.look();
            let change = timeline.merge(reading(&mut source));
            added += change.added.len();
            revised += change.revised.len();
            removed += change.removed.len();
            assert!(newest(&timeline).as_str() >= "2030-01-02T03:04:05+00:00");
        }
        assert_eq!((added, revised, removed), (ARRIVALS, 1, 1));
        waker.stop();
        assert!(source.next().is_none());
    }
}
