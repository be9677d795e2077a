//! A feed under load, followed by a printer and by the reader: every entry comes once, and nothing piles up.
//!
//! It runs for some seconds, or for as many as `LIVEBLOG_ENDURANCE_SECONDS` says; an hour shows what a day would.

use std::{
    collections::HashMap,
    env,
    fs::{self, File, OpenOptions},
    io::Write as _,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use super::{
    program::{Printing, liveblog, shown},
    pty::{Session, Setup},
};

/// How long it runs unless told.
const SECONDS: u64 = 5;
/// Lines a second.
const RATE: u32 = 100;
/// Entries between one thing done to the file and the next.
const ROUND: usize = 40;
/// Rounds from one rotation to the next, after the first.
const CYCLE: usize = 200;
/// Bytes that a program may hold beside the text, whatever comes.
const ALLOWANCE: u64 = 48 << 20;

/// What was printed of an entry: how often it came, and what it says now.
#[derive(Debug, Default)]
struct Printed {
    times: usize,
    body: String,
}

/// A program that prints what it follows.
struct Follower {
    printing: Printing,
    printed: HashMap<String, Printed>,
}

impl Follower {
    fn new(path: &Path) -> Self {
        let command = liveblog(&["--follow", "--output", "jsonl", shown(path)]);
        Self { printing: Printing::new(command), printed: HashMap::new() }
    }

    /// Waits until all of `feed` has come.
    fn wait_for(&mut self, feed: &Feed) {
        self.take_what_came();
        while self.printed.len() < feed.written || !self.says(feed.last_revision.as_ref()) {
            note(&mut self.printed, &self.printing.next());
        }
    }

    fn take_what_came(&mut self) {
        self.printing.came().for_each(|line| note(&mut self.printed, &line));
    }

    fn says(&self, revision: Option<&(String, String)>) -> bool {
        revision.is_none_or(|(id, body)| self.printed.get(id).is_some_and(|entry| entry.body == *body))
    }
}

/// Notes a line that was printed.
fn note(printed: &mut HashMap<String, Printed>, line: &serde_json::Value) {
    assert_ne!(line["type"], "removed", "{line}");
    if line["type"] == "entry" {
        let entry = printed.entry(line["id"].as_str().unwrap().to_owned()).or_default();
        entry.times += 1;
        line["body"].as_str().unwrap().clone_into(&mut entry.body);
    }
}

/// A log that a newsroom's tool writes, with all that happens to such files.
struct Feed {
    path: PathBuf,
    file: File,
    /// Lines written ever.
    written: usize,
    /// Bytes written ever.
    bytes: u64,
    /// How often each entry was revised.
    revisions: HashMap<String, usize>,
    last_revision: Option<(String, String)>,
}

impl Feed {
    fn new(path: PathBuf) -> Self {
        let file = appending(&path);
        Self { path, file, written: 0, bytes: 0, revisions: HashMap::new(), last_revision: None }
    }

    fn append(&mut self) {
        let number = self.written;
        let seconds = number % 86_400;
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let day = 1 + number / 86_400 % 28;
        let line = format!(
            "{{\"id\":\"e{number}\",\"published\":\"2025-03-{day:02}T{hour:02}:{minute:02}:{second:02}Z\",\
             \"headline\":\"Gauge {number} read\",\"body\":\"The water stood at {} centimetres.\"}}\n",
            number * 7 % 900
        );
        // Some lines are written in two halves.
        let middle = if number % 10 == 3 { line.len() / 2 } else { line.len() };
        self.file.write_all(&line.as_bytes()[..middle]).unwrap();
        self.file.write_all(&line.as_bytes()[middle..]).unwrap();
        self.written += 1;
        self.bytes += line.len() as u64;
    }

    /// Saves the file anew by renaming, with its last entry revised.
    fn revise(&mut self) {
        let text = fs::read_to_string(&self.path).unwrap();
        let id = format!("e{}", self.written - 1);
        let start = text.trim_end().rfind('\n').map_or(0, |end| end + 1);
        let mut last: serde_json::Value = serde_json::from_str(&text[start..]).unwrap();
        let body = format!("{} It was read again.", last["body"].as_str().unwrap());
        last["body"] = body.clone().into();
        let saved = self.path.with_extension("new");
        let line = format!("{last}\n");
        fs::write(&saved, format!("{}{line}", &text[..start])).unwrap();
        self.bytes += line.len() as u64;
        fs::rename(&saved, &self.path).unwrap();
        self.file = appending(&self.path);
        *self.revisions.entry(id.clone()).or_default() += 1;
        self.last_revision = Some((id, body));
    }

    /// Moves the file away and begins a new one.
    fn rotate(&mut self) {
        fs::rename(&self.path, self.path.with_extension("1")).unwrap();
        self.file = appending(&self.path);
    }

    /// Copies the file away and cuts it.
    fn copy_and_truncate(&mut self) {
        fs::copy(&self.path, self.path.with_extension("1")).unwrap();
        OpenOptions::new().write(true).truncate(true).open(&self.path).unwrap();
    }
}

fn appending(path: &Path) -> File {
    OpenOptions::new().append(true).create(true).open(path).unwrap()
}

/// What a process holds.
#[derive(Debug, Clone, Copy)]
struct Held {
    bytes: u64,
    threads: usize,
    files: usize,
}

/// What the process holds now. `None` where the system does not tell.
fn held(process: u32) -> Option<Held> {
    let folder = PathBuf::from(format!("/proc/{process}"));
    let status = fs::read_to_string(folder.join("status")).ok()?;
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next()?.parse::<u64>().ok()
    };
    let files = fs::read_dir(folder.join("fd")).ok()?.count();
    Some(Held { bytes: field("VmRSS:")? << 10, threads: field("Threads:")? as usize, files })
}

/// Asserts that a process holds little more than the text that came since `before`.
fn assert_lean(who: &str, process: u32, before: Option<Held>, text: u64) {
    let (Some(before), Some(now)) = (before, held(process)) else { return };
    println!("{who}: {before:?}, then {now:?}, after {text} bytes of text");
    assert!(now.bytes <= before.bytes + text * 5 / 2 + ALLOWANCE, "{who}: {before:?}, {now:?}, {text}");
    assert!(now.threads <= before.threads, "{who}: {before:?}, {now:?}");
    assert!(now.files <= before.files + 1, "{who}: {before:?}, {now:?}");
}

/// Waits until the reader shows the newest entry.
fn wait_for_newest(session: &Session, feed: &Feed) {
    session.wait_for(&format!("Gauge {} read", feed.written - 1));
}

#[test]
fn a_feed_under_load_comes_once_and_whole_and_nothing_piles_up() {
    let folder = tempfile::tempdir().unwrap();
    let seconds = env::var("LIVEBLOG_ENDURANCE_SECONDS").ok().and_then(|told| told.parse().ok());
    let mut feed = Feed::new(folder.path().join("gauges.jsonl"));
    feed.append();
    let path = feed.path.to_str().unwrap().to_owned();
    let mut session = Setup::new(env!("CARGO_BIN_EXE_liveblog"), &[&path, "--order", "newest"]).start();
    let mut follower = Follower::new(&feed.path);
    wait_for_newest(&session, &feed);
    session.send(".");
    follower.wait_for(&feed);
    let (reader_id, follower_id) =
        (session.pid().as_raw_nonzero().get() as u32, follower.printing.child.id());
    let (mut before, mut started) = ((held(reader_id), held(follower_id)), Instant::now());
    let (deadline, mut text) = (started + Duration::from_secs(seconds.unwrap_or(SECONDS)), feed.bytes);
    for round in 0.. {
        for _ in 0..ROUND {
            feed.append();
            let due = started + (Duration::from_secs(1) / RATE);
            thread::sleep(due.saturating_duration_since(Instant::now()));
            started = Instant::now();
        }
        // What is cut away before it was read is lost to anybody.
        follower.wait_for(&feed);
        wait_for_newest(&session, &feed);
        session.forget();
        match if round < 10 { round } else { round % CYCLE } {
            3 => feed.rotate(),
            9 => feed.copy_and_truncate(),
            even if even % 2 == 0 => feed.revise(),
            _ => {}
        }
        follower.wait_for(&feed);
        if round == 9 {
            // Everything has happened once that starts a thread or opens a file.
            (before, text) = ((held(reader_id), held(follower_id)), feed.bytes);
        }
        if Instant::now() >= deadline {
            break;
        }
    }
    assert_lean("the reader", reader_id, before.0, feed.bytes - text);
    assert_lean("the printer", follower_id, before.1, feed.bytes - text);
    follower.take_what_came();
    for (id, printed) in &follower.printed {
        let revisions = feed.revisions.get(id).copied().unwrap_or_default();
        assert_eq!(printed.times, 1 + revisions, "{id}: {printed:?}");
    }
    session.send("q");
    assert_eq!(session.wait(), 0);
    session.assert_restored();
}
