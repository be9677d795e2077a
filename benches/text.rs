//! What is done with every text: cleaning and folding while it is read, wrapping when it is shown.
//!
//! `cargo bench --bench text`. Beside cleaning stands `memchr` that only looks for the bytes that need it, beside folding the
//! standard library's lower case, beside wrapping `textwrap` with the same rules for where a line may end. Compare figures
//! of one run with each other only.

mod support;

use divan::{Bencher, counter::BytesCount};
use liveblog::text::{clean, fold, wrap};
use support::entries;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

/// Cells in a line of text.
const MEASURE: usize = 76;

/// How many entries' texts there are: those of a usual entry, and of a long one.
const LENGTHS: [usize; 2] = [1, 250];

/// How many entries' texts are cleaned and folded.
const MANY: usize = 2_500;

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 50)]
fn cleaning(bencher: Bencher<'_, '_>) {
    let prose = entries::prose(MANY);
    bencher.counter(BytesCount::of_str(&prose)).bench(|| clean::paragraphs(&prose));
}

#[divan::bench(sample_count = 50)]
fn cleaning_beside_memchr(bencher: Bencher<'_, '_>) {
    let prose = entries::prose(MANY);
    bencher
        .counter(BytesCount::of_str(&prose))
        .bench(|| memchr::memchr3_iter(b'\x1b', b'\t', b'\r', prose.as_bytes()).count());
}

#[divan::bench(sample_count = 50)]
fn folding(bencher: Bencher<'_, '_>) {
    let prose = entries::prose(MANY);
    bencher.counter(BytesCount::of_str(&prose)).bench(|| fold::folded(&prose, fold::Case::Folded));
}

#[divan::bench(sample_count = 50)]
fn folding_beside_lower_case(bencher: Bencher<'_, '_>) {
    let prose = entries::prose(MANY);
    bencher.counter(BytesCount::of_str(&prose)).bench(|| prose.to_lowercase());
}

#[divan::bench(args = LENGTHS)]
fn wrapping(bencher: Bencher<'_, '_>, entries: usize) {
    let block = entries::prose(entries).replace("\n\n", " ");
    bencher.counter(BytesCount::of_str(&block)).bench(|| wrap::wrap(&block, MEASURE, MEASURE).len());
}

#[divan::bench(args = LENGTHS)]
fn wrapping_beside_textwrap(bencher: Bencher<'_, '_>, entries: usize) {
    let block = entries::prose(entries).replace("\n\n", " ");
    let options = Options::new(MEASURE)
        .word_separator(WordSeparator::UnicodeBreakProperties)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    bencher.counter(BytesCount::of_str(&block)).bench(|| textwrap::wrap(&block, &options).len());
}
