//! Merging: readings into a timeline, as they come in order, newest first and in no order, and as they come while following.
//!
//! `cargo bench --bench merging`. The readings are made before; only the merge is measured, by entries. What comes in order
//! is the yardstick: the others are told as so many times that. Two rows are of the size of a day's work instead: a document
//! looked at again in which nothing is new, and one entry that comes to 100,000. Compare figures of one run with each other
//! only.

mod support;

use divan::{Bencher, counter::ItemsCount};
use liveblog::model::{Coverage, Reading, Timeline};
use support::{
    entries::{self, Told},
    merged, readings, timeline,
};

/// Entries of a large timeline.
const MANY: usize = 100_000;
/// Entries of a document that is looked at again and again.
const DOCUMENT: usize = 1_000;
/// How often one entry comes to a large timeline.
const APPENDS: usize = 2_000;

fn main() {
    divan::main();
}

/// Merges `entries` into an empty timeline.
fn into_an_empty_timeline(bencher: Bencher<'_, '_>, entries: &[Told]) {
    let readings = readings(entries);
    assert_eq!(merged(readings.clone()).len(), entries.len());
    bencher
        .counter(ItemsCount::new(entries.len()))
        .with_inputs(|| readings.clone())
        .bench_local_values(merged);
}

#[divan::bench(sample_count = 15, sample_size = 1)]
fn in_order(bencher: Bencher<'_, '_>) {
    into_an_empty_timeline(bencher, &entries::oldest_first(MANY));
}

#[divan::bench(sample_count = 15, sample_size = 1)]
fn newest_first(bencher: Bencher<'_, '_>) {
    into_an_empty_timeline(bencher, &entries::newest_first(MANY));
}

#[divan::bench(sample_count = 15, sample_size = 1)]
fn shuffled(bencher: Bencher<'_, '_>) {
    into_an_empty_timeline(bencher, &entries::shuffled(MANY));
}

/// What `reading` is when it is all of a document.
fn as_a_document(reading: Reading) -> Reading {
    Reading { coverage: Coverage::Window, begins: true, complete: true, ..reading }
}

#[divan::bench(sample_count = 50)]
fn a_document_again_with_nothing_new(bencher: Bencher<'_, '_>) {
    let look = readings(&entries::oldest_first(DOCUMENT)).into_iter().map(as_a_document);
    let look: Vec<Reading> = look.collect();
    let mut timeline = merged(look.clone());
    bencher.counter(ItemsCount::new(DOCUMENT)).with_inputs(|| look.clone()).bench_local_values(|look| {
        let mut changes = look.into_iter().map(|reading| timeline.merge(reading));
        assert!(changes.all(|change| change.is_empty()), "something is new");
    });
}

/// What a timeline is told while it is followed: one entry a reading, each newer than all before.
fn appends(first: usize) -> Vec<Reading> {
    let entries: Vec<Told> = (first..first + APPENDS).map(Told::new).collect();
    let append = |entry| Reading { begins: false, complete: false, ..single(entry) };
    entries.iter().map(append).collect()
}

/// A reading of one entry.
fn single(entry: &Told) -> Reading {
    let mut readings = readings(std::slice::from_ref(entry));
    readings.swap_remove(0)
}

#[divan::bench(args = [DOCUMENT, MANY], sample_count = 100, sample_size = 20)]
fn one_entry_into(bencher: Bencher<'_, '_>, count: usize) {
    let mut timeline: Timeline = timeline(count);
    let mut appends = appends(count).into_iter();
    bencher
        .counter(ItemsCount::new(1_usize))
        .with_inputs(|| appends.next())
        .bench_local_values(|reading| reading.map(|reading| timeline.merge(reading).added.len()));
}
