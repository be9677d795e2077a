//! Filtering: 100,000 entries looked through for what is typed.
//!
//! `cargo bench --bench filtering`. A first letter looks at everything and finds nearly everything; a letter more looks only
//! at what the one before found; words that nobody wrote are what the search itself costs, and beside them stands `memchr`
//! that looks for the same bytes in the same folded text and keeps nothing. Compare figures of one run with each other only.

mod support;

use divan::{
    Bencher,
    counter::{BytesCount, ItemsCount},
};
use liveblog::{
    model::{Row, Segment, Timeline},
    story::{Query, Search},
};
use memchr::memmem::Finder;
use support::timeline;

/// Entries of the timeline.
const MANY: usize = 100_000;
/// Words that no entry has, though all begin like some.
const NOWHERE: &str = "trawlers";

fn main() {
    divan::main();
}

/// What `typed` asks for.
fn query(typed: &str) -> Query {
    Query::parse(typed).unwrap_or_else(|error| panic!("{typed}: {error:?}"))
}

/// The search that `search` is when all was looked through.
fn done(mut search: Search, timeline: &Timeline) -> Search {
    while search.work(timeline, &|_: &Timeline, _| true) {}
    search
}

/// A search of all of `timeline` for `typed`.
fn searched(timeline: &Timeline, typed: &str) -> Search {
    done(Search::begin(timeline, query(typed), &[]), timeline)
}

/// The segments of `timeline`.
fn segments(timeline: &Timeline) -> Vec<&Segment> {
    let mut segments = Vec::new();
    let mut next: Row = 0;
    while let Some((first, segment)) = timeline.segment(next) {
        segments.push(segment.as_ref());
        next = first + segment.len() as Row;
    }
    segments
}

/// Bytes of folded text in `timeline`.
fn folded_bytes(timeline: &Timeline) -> BytesCount {
    BytesCount::new(segments(timeline).iter().map(|segment| segment.folded().len()).sum::<usize>())
}

/// Looks through everything for `typed`.
fn all_for(bencher: Bencher<'_, '_>, typed: &str) {
    let timeline = timeline(MANY);
    bencher
        .counter(folded_bytes(&timeline))
        .counter(ItemsCount::new(MANY))
        .bench_local(|| searched(&timeline, typed));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn a_first_letter(bencher: Bencher<'_, '_>) {
    all_for(bencher, "b");
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn two_words(bencher: Bencher<'_, '_>) {
    all_for(bencher, "boats walls");
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn words_that_nobody_wrote(bencher: Bencher<'_, '_>) {
    all_for(bencher, NOWHERE);
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn memchr_beside_words_that_nobody_wrote(bencher: Bencher<'_, '_>) {
    let timeline = timeline(MANY);
    let segments = segments(&timeline);
    let finder = Finder::new(NOWHERE.as_bytes());
    bencher.counter(folded_bytes(&timeline)).bench_local(|| {
        segments.iter().filter(|segment| finder.find(segment.folded().as_bytes()).is_some()).count()
    });
}

#[divan::bench(args = [("b", "bo"), ("boat", "boats")], sample_count = 20, sample_size = 1)]
fn a_letter_more(bencher: Bencher<'_, '_>, (before, typed): (&str, &str)) {
    let timeline = timeline(MANY);
    let found = searched(&timeline, before).rows().len();
    bencher
        .counter(ItemsCount::new(found))
        .with_inputs(|| searched(&timeline, before))
        .bench_local_values(|search| done(search.narrowed(query(typed)), &timeline));
}
