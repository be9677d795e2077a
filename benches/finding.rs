//! Finding: quotes with their speakers, and numbers, in a text; who said what, and how the numbers moved, in a timeline.
//!
//! `cargo bench --bench finding`. Beside the finders stands the `regex` crate that only counts runs of digits and quotation
//! marks in the same text. Speakers are found with their quotes; alone stands only what finds no quote: the same text with
//! its quotation marks taken out, so that the difference is what quotes and speakers cost. Compare figures of one run with
//! each other only.

mod support;

use divan::{
    Bencher,
    counter::{BytesCount, ItemsCount},
};
use liveblog::{
    model::{Row, Timeline},
    story::{Holder, Ledger, Voices},
    text::{
        numbers,
        prose::{Prose, ProseRef},
        quotes,
    },
};
use regex::Regex;
use support::{entries, timeline};

/// How many entries' texts are looked through: about a megabyte.
const MANY: usize = 2_500;
/// How many entries the indexes are made of.
const INDEXED: usize = 1_000;

fn main() {
    divan::main();
}

/// Looks through the texts with `find`, which gives how much it found.
fn through_prose(bencher: Bencher<'_, '_>, find: fn(ProseRef<'_>) -> usize) {
    let prose = Prose::new(&entries::prose(MANY));
    assert!(find(prose.as_ref()) > 0);
    let counted = bencher.counter(BytesCount::of_str(prose.text())).counter(ItemsCount::new(MANY));
    counted.bench(|| find(prose.as_ref()));
}

#[divan::bench(sample_count = 30)]
fn quotes_with_speakers(bencher: Bencher<'_, '_>) {
    through_prose(bencher, |prose| quotes::find(prose).len());
}

#[divan::bench(sample_count = 30)]
fn quotes_where_there_are_none(bencher: Bencher<'_, '_>) {
    let prose = Prose::new(&entries::prose(MANY).replace(['“', '”'], ""));
    bencher.counter(BytesCount::of_str(prose.text())).bench(|| quotes::find(prose.as_ref()).len());
}

#[divan::bench(sample_count = 30)]
fn numbers_alone(bencher: Bencher<'_, '_>) {
    through_prose(bencher, |prose| numbers::find(prose.text()).len());
}

#[divan::bench(sample_count = 30)]
fn quotes_speakers_and_numbers(bencher: Bencher<'_, '_>) {
    through_prose(bencher, |prose| quotes::find(prose).len() + numbers::find(prose.text()).len());
}

#[divan::bench(sample_count = 30)]
fn regex_counts_digits_and_marks(bencher: Bencher<'_, '_>) {
    let text = entries::prose(MANY);
    let Ok(wanted) = Regex::new("[0-9]+|[\"'“”‘’«»„]") else { return };
    bencher.counter(BytesCount::of_str(&text)).bench(|| wanted.find_iter(&text).count());
}

/// Everything that holds text in `timeline`.
fn holders(timeline: &Timeline) -> impl Iterator<Item = Holder> {
    (0..timeline.row_count() as Row).map(Holder::Entry)
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn an_index_of_who_said_what(bencher: Bencher<'_, '_>) {
    let timeline = timeline(INDEXED);
    bencher.counter(ItemsCount::new(INDEXED)).bench(|| {
        let mut voices = Voices::default();
        holders(&timeline).for_each(|holder| voices.take(&timeline, holder));
        voices.rows().len()
    });
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn an_index_of_the_numbers(bencher: Bencher<'_, '_>) {
    let timeline = timeline(INDEXED);
    bencher.counter(ItemsCount::new(INDEXED)).bench(|| {
        let mut ledger = Ledger::default();
        holders(&timeline).for_each(|holder| ledger.take(&timeline, holder));
        ledger.rows().len()
    });
}
