//! Reading JSON Lines into a timeline, by one thread and as the reader does it, beside `serde_json` alone into owned
//! strings; and what is done with the text.
//!
//! `cargo bench --bench reading`. Compare figures of one run with each other only.

use std::{fmt::Write as _, fs, time::Duration};

use chrono::DateTime;
use divan::{Bencher, counter::BytesCount};
use liveblog::{
    feed::{Context, FORMATS, Reader, named},
    model::{Coverage, Location, News, Packer, Timeline},
    source::{Options, Source},
    text::{clean, fold, wrap},
};

fn main() {
    divan::main();
}

/// Entries of a feed that is read at once.
const SHORT: usize = 5_000;
/// Entries of a feed that is long enough for two threads.
const LONG: usize = 60_000;

/// An invented feed of so many entries, as JSON Lines.
fn feed(entries: usize) -> String {
    let mut out = String::new();
    for number in 0..entries {
        let _ = writeln!(
            out,
            "{{\"type\":\"entry\",\"id\":\"b{number}\",\"published\":\"2025-03-{:02}T{:02}:{:02}:00+00:00\",\
             \"headline\":\"Rung {number} of the ladder is mended\",\"authors\":[\"Ana Ruiv\"],\"body\":\"About {} people \
             were near the river crossing, the mayor said. “We need boats, not promises,” a witness said.\\n\\nThe water \
             stood at {}.{} metres, {} per cent above the mark of 1987, and £{}m has been set aside for the walls.\"}}",
            1 + number / 1440 % 28,
            number / 60 % 24,
            number % 60,
            number % 9000 + 10,
            number % 7,
            number % 10,
            number % 90,
            number % 40 + 1
        );
    }
    out
}

/// The bodies of the feed, as one text.
fn prose() -> String {
    let lines = feed(SHORT);
    let bodies = lines.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    bodies.filter_map(|value| value["body"].as_str().map(str::to_owned)).collect::<Vec<_>>().join("\n\n")
}

/// What is assumed of the feeds.
fn context() -> Context {
    Context::bare(DateTime::default())
}

#[divan::bench]
fn json_lines_into_a_timeline(bencher: Bencher<'_, '_>) {
    let feed = feed(SHORT);
    let context = context();
    let Some(Reader::Stream { open, .. }) = FORMATS.iter().map(|format| format.reader).next() else { return };
    bencher.counter(BytesCount::of_str(&feed)).bench(|| {
        let (mut timeline, mut packer) = (Timeline::with_capacity(5000), Packer::new(0));
        let mut stream = open(&context, 0);
        stream.push(feed.as_bytes(), &mut packer);
        stream.finish(&mut packer);
        timeline.merge(packer.take(Coverage::Delta, true));
        timeline.len()
    });
}

#[divan::bench]
fn merging_what_is_known(bencher: Bencher<'_, '_>) {
    let feed = feed(SHORT);
    let Some(format) = named("jsonl") else { return };
    let mut packer = Packer::new(0);
    format.read_whole(feed.as_bytes(), &context(), &mut packer);
    let reading = packer.take(Coverage::Delta, true);
    let mut timeline = Timeline::default();
    timeline.merge(reading.clone());
    bencher
        .counter(BytesCount::of_str(&feed))
        .with_inputs(|| reading.clone())
        .bench_local_values(|reading| timeline.merge(reading).added.len());
}

#[divan::bench]
fn a_long_file_of_json_lines_into_a_timeline(bencher: Bencher<'_, '_>) {
    let feed = feed(LONG);
    let Ok(folder) = tempfile::tempdir() else { return };
    let path = folder.path().join("feed.jsonl");
    if fs::write(&path, &feed).is_err() {
        return;
    }
    let options = Options {
        follow: false,
        waits: false,
        format: None,
        context: context(),
        newest_first: false,
        every: Duration::ZERO,
    };
    bencher.counter(BytesCount::of_str(&feed)).bench(|| {
        let mut timeline = Timeline::with_capacity(LONG);
        let mut source = Source::open(&Location::File(path.clone()), 0, &options);
        while let Some(news) = source.next() {
            if let News::Reading(reading) = news {
                timeline.merge(reading);
            }
        }
        timeline.len()
    });
}

#[divan::bench(args = [SHORT, LONG])]
fn serde_json_alone(bencher: Bencher<'_, '_>, entries: usize) {
    #[derive(serde::Deserialize)]
    struct Owned {
        id: String,
        published: String,
        headline: String,
        authors: Vec<String>,
        body: String,
    }
    let feed = feed(entries);
    bencher.counter(BytesCount::of_str(&feed)).bench(|| {
        let lines = feed.lines().filter_map(|line| serde_json::from_str::<Owned>(line).ok());
        lines
            .map(|line| {
                line.id.len()
                    + line.published.len()
                    + line.headline.len()
                    + line.authors.len()
                    + line.body.len()
            })
            .sum::<usize>()
    });
}

#[divan::bench]
fn cleaning(bencher: Bencher<'_, '_>) {
    let prose = prose();
    bencher.counter(BytesCount::of_str(&prose)).bench(|| clean::paragraphs(&prose));
}

#[divan::bench]
fn folding(bencher: Bencher<'_, '_>) {
    let prose = prose();
    bencher.counter(BytesCount::of_str(&prose)).bench(|| fold::folded(&prose, fold::Case::Folded));
}

#[divan::bench]
fn wrapping(bencher: Bencher<'_, '_>) {
    let prose = prose();
    bencher
        .counter(BytesCount::of_str(&prose))
        .bench(|| prose.split("\n\n").map(|block| wrap::wrap(block, 76, 76).len()).sum::<usize>());
}
