//! Following for long under load: every entry once, and nothing left over.
//!
//! It takes as long as it is asked to: `ENDURANCE=3600 cargo test --release --test endurance -- --ignored` is an hour.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

#[path = "support/source.rs"]
mod source;

use std::{
    env,
    fs::{self, File, OpenOptions},
    io::Write,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use liveblog::model::{Location, Status};
use source::{Reader, options};

/// How long it takes when nobody says, in seconds.
const SECONDS: u64 = 10;
/// How many entries are appended in a second.
const APPENDS: usize = 100;
/// After so many of them the file is written anew, or rotated away.
const TURN: usize = 300;
/// How many entries a file that is written anew still holds.
const KEPT: usize = 200;
/// How many times its text an entry may take, in memory that is never given back.
const TIMES: usize = 4;

fn line(number: usize) -> String {
    let time = chrono::DateTime::from_timestamp(1_740_000_000 + number as i64, 0).unwrap();
    let body = "The water rose by 12 centimetres, “and it will rise on,” the harbour office said. ".repeat(4);
    format!("{{\"id\":\"e{number}\",\"published\":\"{}\",\"body\":\"{body}\"}}\n", time.to_rfc3339())
}

fn lines(numbers: std::ops::Range<usize>) -> String {
    numbers.map(line).collect()
}

/// Threads, open files and kilobytes of memory of this program.
fn use_of_system() -> (usize, usize, usize) {
    let count = |path: &str| fs::read_dir(path).unwrap().count();
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let memory = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    let memory = memory.trim().trim_end_matches(" kB").parse().unwrap();
    (count("/proc/self/task"), count("/proc/self/fd"), memory)
}

/// Writes the file anew with its last entries, or moves it away and begins another.
fn turn(path: &Path, number: usize) -> File {
    let aside = path.with_extension("aside");
    if (number / TURN).is_multiple_of(2) {
        fs::write(&aside, lines(number.saturating_sub(KEPT)..number)).unwrap();
        fs::rename(&aside, path).unwrap();
    } else {
        fs::rename(path, path.with_extension("old")).unwrap();
    }
    OpenOptions::new().create(true).append(true).open(path).unwrap()
}

/// Appends one entry after the other for `time`; gives how many.
fn write(path: &Path, time: Duration) -> usize {
    let started = Instant::now();
    let mut file = OpenOptions::new().append(true).open(path).unwrap();
    let mut number = 1;
    while started.elapsed() < time {
        if number % TURN == 0 {
            // What was appended last is read before its file goes: nobody could follow else.
            thread::sleep(Duration::from_millis(50));
            file = turn(path, number);
        }
        file.write_all(line(number).as_bytes()).unwrap();
        number += 1;
        thread::sleep(Duration::from_secs(1) / APPENDS as u32);
    }
    number
}

#[test]
#[ignore = "takes as long as it is asked to"]
fn a_file_is_followed_for_long_and_nothing_is_lost_told_twice_or_left_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("feed.jsonl");
    fs::write(&path, line(0)).unwrap();
    let mut reader = Reader::new(&Location::File(path.clone()), &options(true));
    reader.until("following", |reader| reader.status == Some(Status::Following));
    // The watch is set up behind the first look.
    reader.take_for(Duration::from_secs(3));
    let before = use_of_system();
    let time = env::var("ENDURANCE").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(SECONDS);
    let writer = path.clone();
    let work = move || write(&writer, Duration::from_secs(time));
    let writer = thread::Builder::new().name("writer".to_owned()).spawn(work).unwrap();
    while !writer.is_finished() {
        reader.take_for(Duration::from_millis(100));
    }
    let count = writer.join().unwrap();
    reader.until("all", |reader| reader.ids().len() >= count);
    reader.take_for(Duration::from_secs(3));
    assert_eq!(reader.ids(), (0..count).map(|number| format!("e{number}")).collect::<Vec<String>>());
    assert!(
        reader.revised.is_empty() && reader.removed.is_empty(),
        "{:?}, {:?}",
        reader.revised,
        reader.removed
    );
    let after = use_of_system();
    let text = (0..count).map(|number| line(number).len()).sum::<usize>() >> 10;
    assert!(after.0 <= before.0 && after.1 <= before.1, "threads and files: {before:?}, {after:?}");
    assert!(after.2 <= before.2 + TIMES * text + (8 << 10), "memory: {before:?}, {after:?}, text {text} KB");
}
