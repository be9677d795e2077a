//! Printing: the program as it is built, from a file of JSON Lines to each of its outputs.
//!
//! `cargo bench --bench printing`. `the_program` is the whole run, reading included; `one_entry` is the same run that prints
//! a single entry, so that the difference is what printing costs. `a_line_of_json` is that part for JSON Lines without the
//! program around it: finding quotes and numbers, and writing. Beside it stands `serde_json` alone, which writes as many
//! owned strings. Compare figures of one run with each other only.

mod support;

use std::{
    fs, io,
    path::Path,
    process::{Command, Stdio},
};

use divan::{
    Bencher,
    counter::{BytesCount, ItemsCount},
};
use liveblog::feed::formats::jsonl::write::EntryLine;
use support::{entries, feeds, timeline};

/// Entries that are printed.
const PRINTED: usize = 5_000;
const OUTPUTS: [&str; 4] = ["text", "markdown", "json", "jsonl"];

fn main() {
    divan::main();
}

/// Runs the program on `file`.
fn print(file: &Path, output: &str, limit: Option<&str>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_liveblog"));
    command.arg(file).args(["--output", output, "--tz", "UTC"]).stdout(Stdio::null());
    if let Some(limit) = limit {
        command.args(["--limit", limit]);
    }
    let status = command.status();
    assert!(status.is_ok_and(|status| status.success()), "it did not print {output}");
}

/// Prints as `output`, no more than `limit` entries.
fn whole_program(bencher: Bencher<'_, '_>, output: &str, limit: Option<&str>) {
    let feed = feeds::json_lines(&entries::oldest_first(PRINTED));
    let Ok(folder) = tempfile::tempdir() else { return };
    let file = folder.path().join("ladder.jsonl");
    if fs::write(&file, &feed).is_err() {
        return;
    }
    bencher
        .counter(BytesCount::of_str(&feed))
        .counter(ItemsCount::new(PRINTED))
        .bench_local(|| print(&file, output, limit));
}

#[divan::bench(args = OUTPUTS, sample_count = 10, sample_size = 1)]
fn the_program(bencher: Bencher<'_, '_>, output: &str) {
    whole_program(bencher, output, None);
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn one_entry(bencher: Bencher<'_, '_>) {
    whole_program(bencher, "jsonl", Some("1"));
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn a_line_of_json(bencher: Bencher<'_, '_>) {
    let timeline = timeline(PRINTED);
    bencher.counter(ItemsCount::new(PRINTED)).bench_local(|| {
        let entries = timeline.order().iter().filter_map(|row| timeline.entry(*row));
        let written = entries.map(|entry| serde_json::to_writer(io::sink(), &EntryLine::new(entry)));
        written.map(|written| usize::from(written.is_ok())).sum::<usize>()
    });
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn serde_json_alone(bencher: Bencher<'_, '_>) {
    let lines: Vec<_> = entries::oldest_first(PRINTED).iter().map(feeds::json_line).collect();
    bencher
        .counter(ItemsCount::new(PRINTED))
        .bench_local(|| lines.iter().filter(|line| serde_json::to_writer(io::sink(), line).is_ok()).count());
}
