//! Several sources, printed while they are followed: none holds back the others, and their blogs come in the order given.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

#[path = "support/program.rs"]
mod program;

use std::fs;

#[cfg(feature = "http")]
use std::{
    io::Write,
    net::{TcpListener, TcpStream},
};

use program::{Printing, liveblog, shown};
use serde_json::Value;

/// Starts printing `sources` while following them.
fn follow(sources: &[&str], options: &[&str]) -> Printing {
    Printing::new(liveblog(&[sources, &["-f", "-o", "jsonl"], options].concat()))
}

/// The next lines in short: type, source, and title or id.
fn next(printing: &Printing, count: usize) -> Vec<String> {
    let short = |line: Value| {
        let name = if line["type"] == "blog" { &line["title"] } else { &line["id"] };
        format!("{} {} {}", line["type"].as_str().unwrap(), line["source"], name.as_str().unwrap_or("?"))
    };
    (0..count).map(|_| short(printing.next())).collect()
}

fn feed(title: &str, ids: &[&str]) -> String {
    let entry = |(number, id)| {
        format!(
            "{{\"type\":\"entry\",\"id\":\"{id}\",\"published\":\"2025-03-01T10:{number:02}:00Z\",\"body\":\"Words.\"}}\n"
        )
    };
    let entries: String = ids.iter().enumerate().map(entry).collect();
    format!("{{\"type\":\"blog\",\"title\":\"{title}\",\"state\":\"live\"}}\n{entries}")
}

#[test]
fn a_file_that_is_not_there_yet_holds_back_nobody_and_its_blog_keeps_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let (later, there) = (folder.path().join("later.jsonl"), folder.path().join("there.jsonl"));
    fs::write(&there, feed("There", &["a", "b"])).unwrap();
    let printing = follow(&[shown(&later), shown(&there)], &[]);
    assert_eq!(next(&printing, 4), ["blog 0 ?", "blog 1 There", "entry 1 a", "entry 1 b"]);
    let aside = folder.path().join("aside");
    fs::write(&aside, feed("Later", &["x", "y"])).unwrap();
    fs::rename(aside, later).unwrap();
    assert_eq!(next(&printing, 3), ["blog 0 Later", "entry 0 x", "entry 0 y"]);
}

/// An address that answers when the test wants it to.
#[cfg(feature = "http")]
struct Late(TcpListener);

#[cfg(feature = "http")]
impl Late {
    fn new() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").unwrap())
    }

    fn address(&self) -> String {
        format!("http://{}/live.jsonl", self.0.local_addr().unwrap())
    }

    /// Waits until it is asked.
    fn asked(&self) -> TcpStream {
        self.0.accept().unwrap().0
    }

    fn answer(mut asked: TcpStream, body: &str) {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
        asked.write_all((head + body).as_bytes()).unwrap();
    }
}

#[cfg(feature = "http")]
#[test]
fn an_address_that_does_not_answer_holds_back_nobody_for_long() {
    let late = Late::new();
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join("there.jsonl");
    fs::write(&there, feed("There", &["a"])).unwrap();
    let printing = follow(&[&late.address(), shown(&there)], &[]);
    let asked = late.asked();
    assert_eq!(next(&printing, 3), ["blog 0 ?", "blog 1 There", "entry 1 a"]);
    Late::answer(asked, &feed("Slow", &["x", "y"]));
    assert_eq!(next(&printing, 3), ["blog 0 Slow", "entry 0 x", "entry 0 y"]);
}

#[cfg(feature = "http")]
#[test]
fn what_a_late_address_held_already_is_nothing_new() {
    let late = Late::new();
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join("there.jsonl");
    fs::write(&there, feed("There", &["a"])).unwrap();
    let printing = follow(&[&late.address(), shown(&there)], &["--view", "new"]);
    let asked = late.asked();
    Late::answer(asked, &feed("Slow", &["x", "y"]));
    assert_eq!(next(&printing, 2), ["blog 0 Slow", "blog 1 There"]);
    let mut file = fs::OpenOptions::new().append(true).open(&there).unwrap();
    file.write_all(feed("There", &["b"]).as_bytes()).unwrap();
    assert_eq!(next(&printing, 1), ["entry 1 b"]);
}

#[cfg(feature = "http")]
#[test]
fn of_what_a_late_address_held_already_only_the_newest_of_all_are_printed() {
    let late = Late::new();
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join("there.jsonl");
    fs::write(&there, feed("There", &["a", "b"])).unwrap();
    let printing = follow(&[&late.address(), shown(&there)], &["--limit", "2"]);
    let asked = late.asked();
    assert_eq!(next(&printing, 4), ["blog 0 ?", "blog 1 There", "entry 1 a", "entry 1 b"]);
    // Of the newest two, the other is among those that were printed already.
    Late::answer(asked, &feed("Slow", &["x", "y", "z"]));
    assert_eq!(next(&printing, 2), ["blog 0 Slow", "entry 0 z"]);
    let mut file = fs::OpenOptions::new().append(true).open(&there).unwrap();
    file.write_all(feed("There", &["late"]).as_bytes()).unwrap();
    assert_eq!(next(&printing, 1), ["entry 1 late"]);
}

#[test]
fn of_what_comes_when_there_was_nothing_all_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let (later, there) = (folder.path().join("later.jsonl"), folder.path().join("there.jsonl"));
    fs::write(&there, feed("There", &["a", "b"])).unwrap();
    let printing = follow(&[shown(&later), shown(&there)], &["--limit", "1"]);
    assert_eq!(next(&printing, 3), ["blog 0 ?", "blog 1 There", "entry 1 b"]);
    let aside = folder.path().join("aside");
    fs::write(&aside, feed("Later", &["x", "y"])).unwrap();
    fs::rename(aside, later).unwrap();
    assert_eq!(next(&printing, 3), ["blog 0 Later", "entry 0 x", "entry 0 y"]);
}
