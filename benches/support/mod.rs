//! What the benches have in common: invented entries, feeds of them in every format, and timelines.
//!
//! Everything is made in memory and is the same in every run, so that only what is measured changes.

#![allow(dead_code, reason = "each bench uses a part of this")]

pub(crate) mod entries;
pub(crate) mod feeds;
mod pages;
mod vendors;

use chrono::DateTime;
use liveblog::{
    feed::{Context, Reader, named},
    model::{Coverage, Packer, Reading, Timeline},
};

use entries::Told;

/// How many entries the reading of a long source has.
const READING: usize = 2500;

/// What is assumed of the feeds.
pub(crate) fn context() -> Context {
    Context::bare(DateTime::default())
}

/// `entries` as a source of JSON Lines tells them in one look, some thousand a reading.
pub(crate) fn readings(entries: &[Told]) -> Vec<Reading> {
    let Some(Reader::Stream { open, .. }) = named("jsonl").map(|format| format.reader) else {
        panic!("JSON Lines are read as they come");
    };
    let mut packer = Packer::new(0);
    let mut stream = open(&context(), 0);
    let mut readings = Vec::new();
    let count = entries.len().div_ceil(READING);
    for (number, part) in (1..).zip(entries.chunks(READING)) {
        stream.push(feeds::json_lines(part).as_bytes(), &mut packer);
        stream.pause(&mut packer);
        readings.push(packer.take(Coverage::Delta, number == count));
    }
    readings
}

/// A timeline into which `readings` are merged.
pub(crate) fn merged(readings: impl IntoIterator<Item = Reading>) -> Timeline {
    let mut timeline = Timeline::default();
    for reading in readings {
        timeline.merge(reading);
    }
    timeline
}

/// A timeline of so many invented entries.
pub(crate) fn timeline(count: usize) -> Timeline {
    let timeline = merged(readings(&entries::oldest_first(count)));
    assert_eq!(timeline.len(), count);
    timeline
}

/// Reads `feed` in the format called `format` into a timeline; gives how many entries it holds.
pub(crate) fn read(format: &str, feed: &str) -> usize {
    let Some(format) = named(format) else { panic!("there is no format {format}") };
    let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
    format.read_whole(feed.as_bytes(), &context(), &mut packer);
    timeline.merge(packer.take(Coverage::Window, true));
    timeline.len()
}
