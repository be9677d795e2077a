//! The program as other programs meet it: arguments and input go in, what it prints and how it ends come out.
//!
//! Nothing of the surroundings leaks in: its environment is empty but for the zone and the kind of terminal.

#![allow(dead_code, reason = "each test file uses a part of this")]
#![expect(clippy::expect_used, reason = "a helper that fails is a test that fails")]

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

use serde_json::Value;

/// How long a line may take before the test fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// The program, to be started with these arguments.
pub(crate) fn liveblog(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_liveblog"));
    command.args(arguments).stdin(Stdio::null()).env_clear().env("TZ", "UTC").env("TERM", "xterm-256color");
    command
}

/// What comes of the program with these arguments.
pub(crate) fn run(arguments: &[&str]) -> Output {
    liveblog(arguments).output().expect("the program starts")
}

/// What comes of the program with these arguments and `input` on standard input.
pub(crate) fn run_with(input: impl AsRef<[u8]>, arguments: &[&str]) -> Output {
    let input = input.as_ref();
    let mut command = liveblog(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("its input is a pipe");
    thread::scope(|scope| {
        // It may end before it has taken all of it.
        scope.spawn(move || stdin.write_all(input));
        child.wait_with_output().expect("the program ends")
    })
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("the output is UTF-8")
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}

/// What was printed by a run that succeeded.
pub(crate) fn printed(output: &Output) -> String {
    assert!(output.status.success(), "{}: {}", output.status, stderr(output));
    stdout(output)
}

pub(crate) fn code(output: &Output) -> i32 {
    output.status.code().expect("it ends by itself")
}

/// What was printed, as JSON Lines.
pub(crate) fn lines(output: &Output) -> Vec<Value> {
    stdout(output).lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

/// The ids of the entries that were printed as JSON Lines.
pub(crate) fn ids(output: &Output) -> Vec<String> {
    let entries = lines(output).into_iter().filter(|line| line["type"] == "entry");
    entries.map(|line| line["id"].as_str().unwrap_or_default().to_owned()).collect()
}

/// A folder with a feed in it.
pub(crate) fn feed(text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("news.jsonl");
    fs::write(&path, text).expect("the feed is written");
    (folder, path)
}

/// `path` as an argument.
pub(crate) fn shown(path: &Path) -> &str {
    path.to_str().expect("a plain name")
}

/// The program while it follows sources, and the lines it prints.
pub(crate) struct Printing {
    pub(crate) child: Child,
    lines: Receiver<String>,
}

impl Printing {
    /// Starts `command`, and takes from its standard output what it prints.
    pub(crate) fn new(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the program starts");
        let output = BufReader::new(child.stdout.take().expect("its output is a pipe"));
        let (sender, lines) = mpsc::channel();
        let read = move || output.lines().map_while(Result::ok).all(|line| sender.send(line).is_ok());
        thread::Builder::new().name("output".to_owned()).spawn(read).expect("a thread");
        Self { child, lines }
    }

    /// The next line, as JSON.
    pub(crate) fn next(&self) -> Value {
        let line = self.lines.recv_timeout(PATIENCE).expect("a line is printed");
        serde_json::from_str(&line).expect("it is JSON")
    }

    /// The lines that came meanwhile, as JSON; waits for none.
    pub(crate) fn came(&self) -> impl Iterator<Item = Value> {
        self.lines.try_iter().map(|line| serde_json::from_str(&line).expect("each line is JSON"))
    }

    /// The lines up to the end of the program, and its exit code.
    pub(crate) fn rest(mut self) -> (Vec<Value>, Option<i32>) {
        let rest = self.lines.iter().map(|line| serde_json::from_str(&line).expect("each line is JSON"));
        (rest.collect(), self.child.wait().expect("it ends").code())
    }
}

impl Drop for Printing {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
