//! Several sources, printed while they are followed: none holds back the others, and their blogs come in the order given.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

#[cfg(feature = "http")]
use std::{
    io::Write,
    net::{TcpListener, TcpStream},
};

use serde_json::Value;

/// How long a line may take before the test fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// The program while it follows sources, and the lines it prints.
struct Printing {
    child: Child,
    lines: Receiver<String>,
}

impl Printing {
    fn new(sources: &[&str], options: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_liveblog"))
            .args(sources)
            .args(["-f", "-o", "jsonl"])
            .args(options)
            .env_clear()
            .env("TZ", "UTC")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = mpsc::channel();
        let read = move || output.lines().map_while(Result::ok).all(|line| sender.send(line).is_ok());
        thread::Builder::new().name("output".to_owned()).spawn(read).unwrap();
        Self { child, lines }
    }

    /// The next lines in short: type, source, and title or id.
    fn next(&self, count: usize) -> Vec<String> {
        let short = |line: String| {
            let line: Value = serde_json::from_str(&line).unwrap();
            let name = if line["type"] == "blog" { &line["title"] } else { &line["id"] };
            format!("{} {} {}", line["type"].as_str().unwrap(), line["source"], name.as_str().unwrap_or("?"))
        };
        (0..count).map(|_| short(self.lines.recv_timeout(PATIENCE).unwrap())).collect()
    }
}

impl Drop for Printing {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
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

fn shown(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_file_that_is_not_there_yet_holds_back_nobody_and_its_blog_keeps_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let (later, there) = (folder.path().join("later.jsonl"), folder.path().join("there.jsonl"));
    fs::write(&there, feed("There", &["a", "b"])).unwrap();
    let printing = Printing::new(&[shown(&later), shown(&there)], &[]);
    assert_eq!(printing.next(4), ["blog 0 ?", "blog 1 There", "entry 1 a", "entry 1 b"]);
    let aside = folder.path().join("aside");
    fs::write(&aside, feed("Later", &["x", "y"])).unwrap();
    fs::rename(aside, later).unwrap();
    assert_eq!(printing.next(3), ["blog 0 Later", "entry 0 x", "entry 0 y"]);
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
    let printing = Printing::new(&[&late.address(), shown(&there)], &[]);
    let asked = late.asked();
    assert_eq!(printing.next(3), ["blog 0 ?", "blog 1 There", "entry 1 a"]);
    Late::answer(asked, &feed("Slow", &["x", "y"]));
    assert_eq!(printing.next(3), ["blog 0 Slow", "entry 0 x", "entry 0 y"]);
}

#[cfg(feature = "http")]
#[test]
fn what_a_late_address_held_already_is_nothing_new() {
    let late = Late::new();
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join("there.jsonl");
    fs::write(&there, feed("There", &["a"])).unwrap();
    let printing = Printing::new(&[&late.address(), shown(&there)], &["--view", "new"]);
    let asked = late.asked();
    Late::answer(asked, &feed("Slow", &["x", "y"]));
    assert_eq!(printing.next(2), ["blog 0 Slow", "blog 1 There"]);
    let mut file = fs::OpenOptions::new().append(true).open(&there).unwrap();
    file.write_all(feed("There", &["b"]).as_bytes()).unwrap();
    assert_eq!(printing.next(1), ["entry 1 b"]);
}
