//! Reading: a feed of every format into a timeline, and a long file as the reader reads it.
//!
//! `cargo bench --bench reading`. Below `into_a_timeline` stands a row for every format, all with the same invented entries;
//! below `parser_alone` what its parser takes for the same bytes: `serde_json` for JSON, `feed-rs` for web feeds, the
//! tokenizer of `html5ever` for pages, and `memchr` that counts the lines of plain text and Markdown. The quotient of the
//! two rows is what cleaning, folding, packing and merging cost. Compare figures of one run with each other only.

mod support;

use std::{cell::Cell, fs, time::Duration};

use divan::{
    Bencher,
    counter::{BytesCount, ItemsCount},
};
use html5ever::{
    tendril::StrTendril,
    tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts},
};
use liveblog::{
    feed::FORMATS,
    model::{Location, News, Timeline},
    source::{Follow, Options, Source},
};
use serde_json::Value;
use support::{
    context,
    entries::oldest_first,
    feeds::{self, ATOM, SERVED},
    read,
};

/// Entries of a feed of each format.
const SHORT: usize = 1_000;
/// Entries of a feed that is long enough for two threads.
const LONG: usize = 60_000;

fn main() {
    divan::main();
}

/// The formats, and the two rows beside them.
fn names() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().map(|format| format.name).chain([ATOM, SERVED])
}

#[divan::bench(args = names(), sample_count = 20, sample_size = 1)]
fn into_a_timeline(bencher: Bencher<'_, '_>, name: &str) {
    let feed = feeds::feed(name, SHORT);
    assert_eq!(read(feed.format, &feed.text), SHORT, "{name}");
    bencher
        .counter(BytesCount::of_str(&feed.text))
        .counter(ItemsCount::new(SHORT))
        .bench(|| read(feed.format, &feed.text));
}

#[divan::bench(args = names(), sample_count = 20, sample_size = 1)]
fn parser_alone(bencher: Bencher<'_, '_>, name: &str) {
    let feed = feeds::feed(name, SHORT);
    let parse: fn(&str) -> usize = match feed.format {
        "jsonl" => owned_lines,
        "rss" => feed_items,
        "html" => html_tokens,
        "markdown" | "plain" => line_ends,
        _ => json_value,
    };
    bencher.counter(BytesCount::of_str(&feed.text)).bench(|| parse(&feed.text));
}

#[divan::bench(sample_count = 15, sample_size = 1)]
fn a_long_file_of_json_lines(bencher: Bencher<'_, '_>) {
    let feed = feeds::json_lines(&oldest_first(LONG));
    let Ok(folder) = tempfile::tempdir() else { return };
    let path = folder.path().join("feed.jsonl");
    if fs::write(&path, &feed).is_err() {
        return;
    }
    let location = Location::File(path);
    assert_eq!(read_file(&location), LONG);
    bencher.counter(BytesCount::of_str(&feed)).counter(ItemsCount::new(LONG)).bench(|| read_file(&location));
}

#[divan::bench(sample_count = 15, sample_size = 1)]
fn serde_json_alone_on_the_long_file(bencher: Bencher<'_, '_>) {
    let feed = feeds::json_lines(&oldest_first(LONG));
    bencher.counter(BytesCount::of_str(&feed)).bench(|| owned_lines(&feed));
}

/// Reads the file at `location` as the reader does; gives how many entries there are.
fn read_file(location: &Location) -> usize {
    let options = Options {
        follow: Follow::Never,
        waits: false,
        format: None,
        context: context(),
        newest_first: false,
        every: Duration::ZERO,
    };
    let mut timeline = Timeline::with_capacity(LONG);
    let mut source = Source::open(location, 0, &options);
    while let Some(news) = source.next() {
        if let News::Reading(reading) = news {
            timeline.merge(reading);
        }
    }
    timeline.len()
}

/// Parses JSON Lines into owned strings, and nothing else.
fn owned_lines(feed: &str) -> usize {
    #[derive(serde::Deserialize)]
    struct Owned {
        id: String,
        published: String,
        headline: String,
        authors: Vec<String>,
        body: String,
    }
    let lines = feed.lines().filter_map(|line| serde_json::from_str::<Owned>(line).ok());
    lines
        .map(|line| {
            line.id.len() + line.published.len() + line.headline.len() + line.authors.len() + line.body.len()
        })
        .sum()
}

fn json_value(feed: &str) -> usize {
    serde_json::from_str::<Value>(feed).map_or(0, |value| value.as_object().map_or(1, serde_json::Map::len))
}

fn feed_items(feed: &str) -> usize {
    feed_rs::parser::parse(feed.as_bytes()).map_or(0, |feed| feed.entries.len())
}

fn line_ends(feed: &str) -> usize {
    memchr::memchr_iter(b'\n', feed.as_bytes()).count()
}

fn html_tokens(page: &str) -> usize {
    /// Counts tokens.
    struct Count(Cell<usize>);
    impl TokenSink for Count {
        type Handle = ();
        fn process_token(&self, _: Token, _: u64) -> TokenSinkResult<()> {
            self.0.set(self.0.get() + 1);
            TokenSinkResult::Continue
        }
    }
    let tokenizer = Tokenizer::new(Count(Cell::new(0)), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(page));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink.0.get()
}
