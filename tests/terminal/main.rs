//! The runtime in a real terminal: it starts, leaves, and gives the terminal back however it ends.
//!
//! Most tests run a tiny machine of keys (`machine.rs`), for which this program starts itself again.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]
#![expect(clippy::print_stdout, clippy::print_stderr, clippy::exit, reason = "the machine is a program")]

mod endurance;
mod machine;
mod program;
mod pty;

use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use pty::{Answers, Session, Setup, this_program};
use rustix::process::{Pid, Signal};

/// How this program is started as the machine.
const AS_MACHINE: [&str; 4] = ["machine", "--exact", "--ignored", "--nocapture"];
/// The longest a reader may stay when its terminal is gone.
const GONE: Duration = Duration::from_secs(3);

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
fn a_panic_gives_the_terminal_back_and_is_one_line() {
    for (key, what) in [("p", "update broke"), ("P", "drawing broke")] {
        let mut session = reader();
        session.send(key);
        assert_eq!(session.wait(), 70);
        session.assert_restored();
        session.wait_for(what);
        let text = session.text();
        assert!(text.contains("liveblog: this is a fault in liveblog"), "{text}");
        assert!(!text.contains("panicked") && !text.contains("RUST_BACKTRACE"), "{text}");
    }
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

#[test]
fn a_signal_to_leave_is_obeyed_and_told() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130)] {
        let mut session = reader();
        session.signal(signal);
        assert_eq!(session.wait(), code);
        session.assert_restored();
    }
}

#[test]
fn a_signal_to_leave_is_obeyed_also_when_the_terminal_takes_nothing() {
    let mut session = reader();
    // More for the clipboard than the kernel keeps for a terminal that does not read.
    session.pause(true);
    session.send("C");
    thread::sleep(Duration::from_millis(300));
    session.signal(Signal::TERM);
    let started = Instant::now();
    assert_eq!(session.wait(), 143);
    assert!(started.elapsed() > GONE / 2, "it was not stuck");
    assert!(started.elapsed() < GONE);
    session.pause(false);
}

#[test]
fn it_leaves_when_the_terminal_is_gone() {
    let mut session = reader();
    let started = Instant::now();
    session.hang_up("j");
    session.wait();
    assert!(started.elapsed() < GONE);
}

#[test]
fn it_leaves_when_the_terminal_is_gone_although_no_signal_comes() {
    let mut session = machine_called("reader").without_session().start();
    session.wait_for("news 1");
    let started = Instant::now();
    session.hang_up("j");
    assert_eq!(session.wait(), 129);
    assert!(started.elapsed() < GONE);
}

#[test]
fn it_leaves_when_the_terminal_is_gone_although_hanging_up_is_ignored() {
    let command = format!("trap '' HUP; exec '{}' {}", this_program(), AS_MACHINE.join(" "));
    let mut session = Setup::new("sh", &["-c", &command]).env(machine::VARIABLE, "reader").start();
    session.wait_for("news 1");
    let started = Instant::now();
    session.hang_up("j");
    session.wait();
    assert!(started.elapsed() < GONE);
}

#[test]
fn ctrl_z_stops_the_whole_job_and_fg_brings_it_back() {
    let (mut session, command) = shell(Answers::Kind);
    session.send(&format!("sleep 1000 | {command}\n"));
    session.wait_for("news 1");
    for round in 1..=3 {
        session.send("\x1a");
        // What the shell said in the rounds before is still on its screen.
        session.wait_until("the shell's word", |session| {
            !session.text().contains("news 1") && session.text().matches("Stopped").count() >= round.into()
        });
        session.send(&format!("\necho $(({round} * 7777))\n"));
        session.wait_for(&(u32::from(round) * 7777).to_string());
        session.resize(80 + round, 24);
        session.send("fg\n");
        session.wait_for(&format!("size {}x24", 80 + round));
        session.send("j");
        session.wait_for(&format!("keys [{}]", vec!["ctrl-z j"; round.into()].join(" ")));
        assert!(!session.text().contains("no shell"), "{}", session.text());
    }
    session.send("q");
    session.wait_until("the shell's screen", |session| !session.text().contains("news 1"));
    // The other program of the job.
    session.send("\x03");
    session.wait_until("the prompt", |session| session.text().trim_end().ends_with("prompt>"));
    session.send("exit\n");
    session.wait();
    session.assert_restored();
}

#[test]
fn without_a_shell_ctrl_z_stops_nothing() {
    let mut session = reader();
    session.send("\x1a");
    session.wait_for("there is no shell to go back to");
    session.send("q");
    assert_eq!(session.wait(), 0);
    session.assert_restored();
}

#[test]
fn stopped_and_continued_by_others_it_draws_every_cell() {
    let session = reader();
    session.signal(Signal::STOP);
    session.scribble("\x1b[H\x1b[2Jscribble");
    session.signal(Signal::CONT);
    session.wait_for("news 1");
    assert!(!session.text().contains("scribble"));
}

#[test]
fn keys_come_from_the_terminal_when_standard_input_is_a_pipe() {
    let (mut session, command) = shell(Answers::Kind);
    session.send(&format!("echo 12345 | {command}\n"));
    session.wait_for("news 1");
    session.send("j");
    session.wait_for("keys [j]");
    session.send("q");
    session.wait_until("the prompt", |session| session.text().trim_end().ends_with("prompt>"));
    session.send("exit\n");
    session.wait();
    session.assert_restored();
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
fn keys_that_come_together_are_drawn_together() {
    let session = reader();
    let before = session.count("\x1b[?2026h");
    session.send(&"j".repeat(500));
    session.send("x");
    session.wait_until("all keys", |session| session.text().contains('x'));
    let frames = session.count("\x1b[?2026h") - before;
    assert!(frames < 100, "{frames} frames for 500 keys");
}

#[test]
fn a_terminal_that_tells_its_background_is_believed() {
    let session = machine_called("reader").answers(Answers::White(Duration::ZERO)).start();
    session.wait_for("background Light");
    session.wait_for("keys []");
}

#[test]
fn a_late_answer_is_believed_and_never_typed() {
    let mut session = machine_called("reader").answers(Answers::White(Duration::from_millis(400))).start();
    session.wait_for("background Unknown");
    session.wait_for("background Light");
    session.wait_for("keys []");
    session.send("q");
    assert_eq!(session.wait(), 0);
    session.assert_restored();
}

#[test]
fn a_terminal_that_answers_nothing_delays_nothing_and_loses_no_key() {
    let mut session = machine_called("reader").answers(Answers::Nothing).start();
    session.wait_until("the question", |session| session.count("\x1b]11;?") == 1);
    let asked = Instant::now();
    session.send("/é\x1b[B");
    session.wait_for("keys [/ é down]");
    assert!(asked.elapsed() < Duration::from_millis(500), "{:?}", asked.elapsed());
    session.wait_for("background Unknown");
    session.send("q");
    assert_eq!(session.wait(), 0);
    session.assert_restored();
}

#[test]
fn an_answer_that_comes_after_quitting_is_not_typed_into_the_shell() {
    let delay = Duration::from_millis(160);
    let (session, command) = shell(Answers::White(delay));
    session.send(&format!("{command}\n"));
    session.wait_for("background Unknown");
    let quit = Instant::now();
    session.send("q");
    session.wait_until("the prompt", |session| session.text().trim_end().ends_with("prompt>"));
    session.wait_until("the answer", |_| quit.elapsed() > delay * 2);
    session.send("echo $((6 * 7))\n");
    session.wait_for("\n42");
    assert!(!session.text().contains("ffff"), "{}", session.text());
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
fn printing_ends_when_nobody_reads() {
    let mut child = Command::new(this_program())
        .args(AS_MACHINE)
        .env(machine::VARIABLE, "printer")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().ends_with("read 3")));
    drop(lines);
    let started = Instant::now();
    let code = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status.code();
        }
        assert!(started.elapsed() < pty::PATIENCE, "prints for nobody");
        thread::sleep(Duration::from_millis(2));
    };
    assert_eq!(code, Some(0));
}

#[test]
fn a_crash_before_the_first_frame_is_told_in_it() {
    let mut session = machine_called("crash").start();
    session.wait_for("the source broke");
    session.send("q");
    assert_eq!(session.wait(), 0);
    session.assert_restored();
}
