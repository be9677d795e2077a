//! The runtime in a real terminal: it starts, leaves, and gives the terminal back however it ends.
//!
//! Most tests run a tiny machine of keys (`machine.rs`), for which this program starts itself again.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]
#![expect(clippy::print_stdout, clippy::print_stderr, clippy::exit, reason = "the machine is a program")]

mod answers;
mod endurance;
mod leaving;
mod machine;
#[path = "../support/program.rs"]
mod program;
mod pty;
mod reading;

use std::{
    fs, thread,
    time::{Duration, Instant},
};

use pty::{Answers, Session, Setup, this_program};
use rustix::process::Pid;

/// How this program is started as the machine.
const AS_MACHINE: [&str; 4] = ["machine", "--exact", "--ignored", "--nocapture"];

#[test]
#[ignore = "it is the machine that the other tests run"]
fn machine() {
    machine::run_if_asked();
}

/// The machine, ready to start.
fn machine_called(name: &str) -> Setup {
    Setup::new(&this_program(), &AS_MACHINE).env(machine::VARIABLE, name)
}

/// A reader that has drawn what its source says first.
fn reader() -> Session {
    let session = machine_called("reader").start();
    session.wait_for("news 1");
    session
}

/// A shell with a prompt, and the words that start a reader in it.
fn shell(answers: Answers) -> (Session, String) {
    let session = Setup::new("sh", &["-i"]).answers(answers).start();
    session.wait_for("prompt> ");
    let arguments = AS_MACHINE.join(" ");
    (session, format!("{}=reader '{}' {arguments}", machine::VARIABLE, this_program()))
}

#[test]
fn it_starts_and_quits_and_the_terminal_is_as_before() {
    let mut session = reader();
    session.wait_until_held();
    session.wait_for("size 80x24");
    session.send("jé\x1b[A\x04");
    session.wait_for("keys [j é up ctrl-d]");
    session.send("q");
    assert_eq!(session.wait(), 0);
    session.assert_restored();
}

#[test]
fn a_panic_of_a_source_is_told_and_disturbs_nothing() {
    let mut session = reader();
    session.send("b");
    session.wait_for("the source broke");
    session.send("j");
    session.wait_for("keys [b j]");
    assert!(!session.written().contains("panicked"));
    session.send("q");
    assert_eq!(session.wait(), 0);
    session.assert_restored();
}

/// Asserts that the machine, in a shell of its own, answers a key and leaves, and that the shell then has the terminal as it
/// was.
fn assert_answers_and_leaves(mut session: Session) {
    session.send("j");
    session.wait_for("keys [j]");
    session.send("q");
    session.wait_until("the prompt", |session| session.text().trim_end().ends_with("prompt>"));
    session.send("exit\n");
    session.wait();
    session.assert_restored();
}

#[test]
fn keys_come_from_the_terminal_when_standard_input_is_a_pipe() {
    let (session, command) = shell(Answers::Kind);
    session.send(&format!("echo 12345 | {command}\n"));
    session.wait_for("news 1");
    assert_answers_and_leaves(session);
}

#[test]
fn a_new_size_is_drawn_and_no_size_is_borne() {
    let mut session = reader();
    session.resize(40, 10);
    session.wait_for("size 40x10");
    session.resize(0, 0);
    session.send("j");
    session.resize(1, 1);
    session.resize(100, 30);
    session.wait_for("size 100x30");
    session.wait_for("keys [j]");
    session.send("q");
    assert_eq!(session.wait(), 0);
}

#[test]
fn what_is_pasted_is_not_typed() {
    let session = reader();
    session.send("\x1b[200~q it is\x1b[201~");
    session.wait_for("pasted [q it is]");
    session.wait_for("keys []");
}

#[test]
fn text_is_sent_to_the_clipboard_and_what_is_too_long_is_cut() {
    let session = reader();
    session.send("c");
    session.wait_for("sent to the terminal's clipboard");
    assert_eq!(session.count("\x1b]52;c;w6nDqcOpw6nDqcOpw6nDqcOpw6k=\x1b\\"), 1);
    session.send("C");
    session.wait_for("sent the first 100 KB");
}

#[test]
fn without_a_browser_the_address_is_told() {
    let empty = tempfile::tempdir().unwrap();
    let path = empty.path().to_str().unwrap();
    let session = machine_called("reader").env("PATH", path).start();
    session.wait_for("news 1");
    session.send("o");
    session.wait_for("http://example.org/");
}

#[test]
fn the_folder_is_looked_through_beside_the_loop() {
    let session = reader();
    session.send("s");
    session.wait_for("found 0 true");
}

#[test]
fn a_source_is_woken_when_it_is_asked_to_look() {
    let session = reader();
    session.send("l");
    session.wait_for("news 2");
    session.send("l");
    session.wait_for("news 3");
}

#[test]
fn a_time_on_the_screen_is_drawn_when_it_changes() {
    let session = reader();
    session.send("t");
    session.wait_for("woken");
}

#[test]
fn keys_are_answered_while_news_pours_in_and_work_is_done() {
    let mut session = reader();
    session.send("fw");
    session.wait_until("a flood", |session| session.count("\x1b[?2026h") > 10);
    let mut slowest = Duration::ZERO;
    for round in 1..=20 {
        let sent = Instant::now();
        session.send("j");
        session.wait_for(&format!("keys [f w{}]", " j".repeat(round)));
        slowest = slowest.max(sent.elapsed());
    }
    assert!(slowest < Duration::from_millis(250), "{slowest:?}");
    session.send("q");
    assert_eq!(session.wait(), 0);
    session.assert_restored();
}

#[test]
fn no_stream_of_keys_keeps_news_away() {
    let session = reader();
    let held = session.hold_down("jjjjjjjj");
    session.wait_for("j j");
    session.send("l");
    session.wait_for("news 2");
    drop(held);
}

#[test]
fn keys_that_come_together_are_drawn_together() {
    let session = reader();
    let before = session.count("\x1b[?2026h");
    session.send(&"j".repeat(500));
    session.send("x");
    session.wait_until("all keys", |session| session.text().contains('x'));
    let frames = session.count("\x1b[?2026h") - before;
    assert!(frames < 100, "{frames} frames for 500 keys");
}

#[cfg(target_os = "linux")]
#[test]
fn it_sleeps_while_nothing_happens() {
    let session = reader();
    let mut before = switches(session.pid());
    session.wait_until("calm", |session| {
        thread::sleep(Duration::from_millis(200));
        let after = switches(session.pid());
        std::mem::replace(&mut before, after) == after
    });
    thread::sleep(Duration::from_secs(2));
    assert_eq!(switches(session.pid()), before);
}

/// How often the threads of a process went to sleep.
#[cfg(target_os = "linux")]
fn switches(pid: Pid) -> u64 {
    let tasks = fs::read_dir(format!("/proc/{}/task", pid.as_raw_nonzero())).unwrap();
    let status = tasks.map(|task| fs::read_to_string(task.unwrap().path().join("status")).unwrap());
    let of_task = |status: String| {
        let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
        line.unwrap().trim().parse::<u64>().unwrap()
    };
    status.map(of_task).sum()
}

#[test]
fn a_crash_before_the_first_frame_is_told_in_it() {
    let mut session = machine_called("crash").start();
    session.wait_for("the source broke");
    session.send("q");
    assert_eq!(session.wait(), 0);
    session.assert_restored();
}
