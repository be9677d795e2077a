//! A log whose end is read before its start.

use std::{
    fs::{self, OpenOptions},
    io::Write as _,
    path::PathBuf,
};

use crate::{feed::named, model::Timeline};

use super::*;

fn merge(readings: Vec<Reading>, timeline: &mut Timeline) {
    readings.into_iter().for_each(|reading| _ = timeline.merge(reading));
}

/// A log that is read as it grows, and what came of it.
struct Opened {
    path: PathBuf,
    log: Log,
    packer: Packer,
    timeline: Timeline,
}

impl Opened {
    fn new(path: PathBuf, newest_first: bool) -> Self {
        let context = Context::bare(DateTime::UNIX_EPOCH);
        let file = File::open(&path).unwrap();
        let stat = Stat::new(&file.metadata().unwrap());
        let log = Log::new(named("jsonl").unwrap(), file, stat, b"{}", &context, false).unwrap();
        let mut opened = Self { path, log, packer: Packer::new(0), timeline: Timeline::default() };
        if newest_first {
            let end = opened.log.read_end(&context, &mut opened.packer).unwrap();
            merge(end.into_iter().collect(), &mut opened.timeline);
        }
        opened
    }

    fn read_on(&mut self) {
        self.log.grow(Stat::new(&fs::metadata(&self.path).unwrap()));
        while self.log.has_more() {
            merge(self.log.read(&mut self.packer, false).unwrap(), &mut self.timeline);
        }
    }

    fn append(&mut self, text: &str) {
        let mut file = OpenOptions::new().append(true).open(&self.path).unwrap();
        file.write_all(text.as_bytes()).unwrap();
        self.read_on();
    }

    /// The title, and the ids in order.
    fn told(&self) -> (String, Vec<String>) {
        let entries = self.timeline.order().iter().filter_map(|row| self.timeline.entry(*row));
        let title = self.timeline.blog(0).map(|blog| blog.title.to_string());
        (title.unwrap_or_default(), entries.map(|entry| entry.id().to_owned()).collect())
    }
}

#[test]
fn what_goes_on_from_what_stands_before_it_does_so_whichever_end_is_read_first() {
    const LINES: usize = 3000;
    let folder = tempfile::tempdir().unwrap();
    let title = |title| format!("{{\"type\":\"blog\",\"title\":\"{title}\"}}\n");
    let line = |id: usize, has_time: bool| {
        let time = if has_time { (1_750_000_000 + 60 * id).to_string() } else { "null".to_owned() };
        let words = "words ".repeat(20);
        format!("{{\"id\":\"e{id}\",\"published\":{time},\"body\":\"{words}\"}}\n")
    };
    let has_times: [fn(usize) -> bool; 5] =
        [|id| id > 5, |id| id < LINES - 5, |id| id < LINES / 2, |id| id % 2 == 0, |_| false];
    for (number, has_time) in has_times.into_iter().enumerate() {
        let told = [false, true].map(|newest_first| {
            let path = folder.path().join(format!("{number}-{newest_first}.jsonl"));
            let lines: String = (0..LINES).map(|id| line(id, has_time(id))).collect();
            fs::write(&path, title("before") + &lines + &title("now")).unwrap();
            let mut opened = Opened::new(path, newest_first);
            opened.read_on();
            let first = opened.told();
            opened.append(&(line(LINES, false) + &title("before")));
            (first, opened.told())
        });
        let [ordered, end_first] = told;
        assert_eq!(ordered.0.1.len(), LINES);
        assert_eq!(ordered, end_first, "{number}");
    }
}

#[test]
fn a_read_error_before_the_end_that_was_read_first_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("feed.jsonl");
    let words = "words ".repeat(20);
    let line = |id| format!("{{\"id\":\"e{id}\",\"published\":1750000000,\"body\":\"{words}\"}}\n");
    fs::write(&path, (0..20_000).map(line).collect::<String>()).unwrap();
    let stat = Stat::new(&fs::metadata(&path).unwrap());
    let Opened { mut log, mut packer, mut timeline, .. } = Opened::new(path.clone(), true);
    merge(log.read(&mut packer, false).unwrap(), &mut timeline);
    // What can be written to only cannot be read.
    let file = std::mem::replace(&mut log.bytes.file, OpenOptions::new().append(true).open(&path).unwrap());
    assert!(log.read(&mut packer, false).is_err());
    log.pause();
    assert!(!log.has_more());
    assert!(log.compare(&path, stat, false).is_err());
    log.bytes.file = file;
    assert_eq!(log.compare(&path, stat, false).unwrap(), Verdict::Grown);
    log.grow(stat);
    while log.has_more() {
        merge(log.read(&mut packer, false).unwrap(), &mut timeline);
    }
    assert_eq!(timeline.len(), 20_000);
}
