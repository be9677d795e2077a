//! What terminals answer when they are asked for their background: at once, late, or never.

use std::time::{Duration, Instant};

use super::{machine_called, pty::Answers, shell};

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
