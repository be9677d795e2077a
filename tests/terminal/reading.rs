//! The program itself in a real terminal, from its first screen to the terminal as it was.

use std::{fs, io::Write as _, path::PathBuf};

use rustix::process::Signal;

use super::{
    endurance::held,
    pty::{Session, Setup},
};

const NEWS: &str = "{\"type\":\"blog\",\"title\":\"Ferry\",\"state\":\"live\"}\n\
    {\"id\":\"a\",\"published\":\"2025-03-01T10:00:00Z\",\"headline\":\"Ferry leaves\",\"body\":\"About 120 people.\"}\n\
    {\"id\":\"b\",\"published\":\"2025-03-01T11:00:00Z\",\"headline\":\"Ferry arrives\",\"body\":\"“Dry,” Ana Ruiv said.\"}\n";

fn feed() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("news.jsonl");
    fs::write(&path, NEWS).unwrap();
    (folder, path)
}

fn open(arguments: &[&str]) -> Session {
    Setup::new(env!("CARGO_BIN_EXE_liveblog"), arguments).start()
}

#[test]
fn the_program_opens_a_feed_follows_it_filters_and_quits() {
    let (_folder, path) = feed();
    let mut session = open(&[path.to_str().unwrap()]);
    session.wait_for("Ferry leaves");
    let mut file = fs::OpenOptions::new().append(true).open(&path).unwrap();
    writeln!(file, "{{\"id\":\"c\",\"published\":\"2025-03-01T12:00:00Z\",\"headline\":\"Ferry leaves again\",\"body\":\"x\"}}")
        .unwrap();
    session.wait_for("Ferry leaves again");
    session.send("/arrives");
    session.wait_until("the list is narrowed", |session| !session.text().contains("Ferry leaves again"));
    session.send("\r\x1b");
    session.wait_for("Ferry leaves again");
    session.send("q");
    assert_eq!(session.wait(), 0);
    session.assert_restored();
}

#[test]
fn the_end_of_a_long_entry_comes_and_keys_go_on_meanwhile() {
    let (_folder, path) = feed();
    let mut file = fs::OpenOptions::new().append(true).open(&path).unwrap();
    let words = "The river rose by 3 metres, “all of it,” Ana Ruiv said. ".repeat(3000);
    let head = "\"id\":\"c\",\"published\":\"2025-03-01T12:00:00Z\",\"headline\":\"Ferry waits\"";
    writeln!(file, "{{{head},\"body\":\"{words}\\n\\nThere it ends.\"}}").unwrap();
    let mut session = open(&[path.to_str().unwrap(), "--order", "newest"]);
    session.wait_for("The river rose");
    session.send("\rG");
    session.wait_for("There it ends.");
    session.send("\tj");
    session.wait_for("Dry");
    session.send("q");
    assert_eq!(session.wait(), 0);
    session.assert_restored();
}

#[test]
fn the_library_opens_the_demo() {
    let folder = tempfile::tempdir().unwrap();
    let program = format!("cd '{}' && exec '{}'", folder.path().display(), env!("CARGO_BIN_EXE_liveblog"));
    let mut session = Setup::new("sh", &["-c", &program]).start();
    session.wait_for("demo");
    session.send("\r");
    session.wait_for("Storm Perdita");
    session.send("\x1b");
    session.wait_for("demo");
    session.send("q");
    assert_eq!(session.wait(), 0);
    session.assert_restored();
}

#[test]
fn a_feed_that_is_left_for_the_library_is_let_go() {
    let (folder, _) = feed();
    let program = format!("cd '{}' && exec '{}'", folder.path().display(), env!("CARGO_BIN_EXE_liveblog"));
    let mut session = Setup::new("sh", &["-c", &program]).start();
    let process = session.pid().as_raw_nonzero().get() as u32;
    session.wait_for("news.jsonl");
    let mut while_open = None;
    for _ in 0..6 {
        session.send("j\r");
        session.wait_for("Ferry leaves");
        while_open = while_open.or_else(|| held(process));
        session.send("\x1b");
        session.wait_for("news.jsonl");
        session.wait_until("its thread and files let go", |_| {
            let (Some(before), Some(now)) = (while_open, held(process)) else { return true };
            now.threads <= before.threads && now.files <= before.files
        });
    }
    session.send("q");
    assert_eq!(session.wait(), 0);
    session.assert_restored();
}

#[test]
fn a_file_that_is_no_liveblog_ends_the_program_with_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("main.rs");
    fs::write(&path, "fn main() {}\n").unwrap();
    let mut session = open(&[path.to_str().unwrap()]);
    assert_eq!(session.wait(), 4);
    session.assert_restored();
    session.wait_for("liveblog: no liveblog found");
}

#[test]
fn signals_end_the_program_and_give_the_terminal_back() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130)] {
        let (_folder, path) = feed();
        let mut session = open(&[path.to_str().unwrap()]);
        session.wait_for("Ferry leaves");
        session.signal(signal);
        assert_eq!(session.wait(), code, "{signal:?}");
        session.assert_restored();
    }
}

#[test]
fn a_feed_comes_through_a_pipe_and_keys_from_the_terminal() {
    let (_folder, path) = feed();
    let program = format!("(cat '{}'; sleep 30) | '{}'", path.display(), env!("CARGO_BIN_EXE_liveblog"));
    let mut session = Setup::new("sh", &["-c", &program]).start();
    session.wait_for("Ferry leaves");
    session.send("G");
    session.send("q");
    session.wait_until("the alternate screen is left", |session| session.count("\u{1b}[?1049l") > 0);
    session.send("\x03");
    session.wait();
}
