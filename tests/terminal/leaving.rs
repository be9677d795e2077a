//! Every way out, and back: panics, signals, a terminal that is gone, a shell that stops and continues the job.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use rustix::process::Signal;

use super::{
    AS_MACHINE, assert_answers_and_leaves, machine, machine_called,
    pty::{self, Answers, Session, Setup, this_program},
    reader, shell,
};

/// The longest a reader may stay when its terminal is gone.
const GONE: Duration = Duration::from_secs(3);

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
fn a_signal_to_leave_is_obeyed_and_told() {
    let everywhere = [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130)];
    #[cfg(target_os = "linux")]
    let on_linux = [(Signal::IO, 157), (Signal::POWER, 158)];
    #[cfg(not(target_os = "linux"))]
    let on_linux = [];
    for (signal, code) in everywhere.into_iter().chain(on_linux) {
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
fn a_signal_to_leave_is_obeyed_also_when_the_output_is_stopped() {
    for keys in ["", "q"] {
        let mut session = reader();
        session.stop_output(true);
        session.send(keys);
        if !keys.is_empty() {
            session.wait_until("the mode given back", Session::has_mode_of_before);
        }
        session.signal(Signal::TERM);
        let started = Instant::now();
        assert_eq!(session.wait(), 143);
        assert!(started.elapsed() < GONE, "{:?}", started.elapsed());
        assert!(session.has_mode_of_before());
        session.stop_output(false);
    }
}

#[test]
fn leaving_waits_for_a_terminal_whose_output_is_stopped() {
    let mut session = reader();
    session.stop_output(true);
    session.send("q");
    session.wait_until("the mode given back", Session::has_mode_of_before);
    session.stop_output(false);
    assert_eq!(session.wait(), 0);
    session.assert_restored();
}

#[test]
fn what_is_typed_after_quitting_is_typed_into_the_shell() {
    let (session, command) = shell(Answers::Kind);
    session.send(&format!("{command}\n"));
    session.wait_for("news 1");
    // It is still there while the terminal takes nothing.
    session.stop_output(true);
    session.send("q");
    session.wait_until("the mode given back", Session::has_mode_of_before);
    session.send("echo $((6 * 7))\n");
    session.stop_output(false);
    session.wait_until("the answer", |session| session.text().lines().any(|line| line.ends_with("42")));
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
fn a_signal_to_stop_gives_the_terminal_back_until_it_is_continued() {
    let (session, command) = shell(Answers::Kind);
    session.send(&format!("{command}\n"));
    session.wait_for("news 1");
    session.signal_foreground(Signal::TSTP);
    session.wait_for("Stopped");
    assert!(!session.text().contains("news 1"));
    session.send("echo $((6 * 7))\n");
    session.wait_for("\n42");
    session.send("fg\n");
    session.wait_for("news 1");
    assert_answers_and_leaves(session);
}

#[test]
fn a_signal_that_kills_finds_the_terminal_given_back() {
    for (signal, name) in [
        (Signal::QUIT, "Quit"),
        (Signal::ABORT, "Aborted"),
        (Signal::USR1, "User defined signal 1"),
        (Signal::PROF, "Profiling timer expired"),
        (Signal::SYS, "Bad system call"),
        (Signal::TRAP, "Trace/breakpoint trap"),
    ] {
        let command = format!("ulimit -c 0; exec '{}' {}", this_program(), AS_MACHINE.join(" "));
        let mut session = Setup::new("sh", &["-c", &command]).env(machine::VARIABLE, "reader").start();
        session.wait_for("news 1");
        session.signal(signal);
        assert_eq!(session.wait_for_signal(), name);
        session.assert_restored();
    }
}

#[test]
fn without_a_shell_nothing_is_stopped() {
    let mut session = reader();
    session.send("\x1a");
    session.wait_for("there is no shell to go back to");
    session.send("j");
    session.wait_for("keys [ctrl-z j]");
    session.signal(Signal::TSTP);
    session.send("k");
    session.wait_for("keys [ctrl-z j k]");
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
