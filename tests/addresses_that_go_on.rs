//! Addresses whose answers go on, as a log does that is served while it is written.
#![cfg(feature = "http")]

#[path = "support/server.rs"]
mod server;
#[path = "support/source.rs"]
mod source;

use std::{
    io::Write,
    net::TcpStream,
    sync::{Arc, Mutex, mpsc},
    thread,
    time::Duration,
};

use liveblog::model::Status;
use server::Server;
use source::{Reader, options};

/// The head of an answer that ends when its connection does.
const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";

fn line(id: &str, words: &str) -> String {
    format!("{{\"type\":\"entry\",\"id\":\"{id}\",\"body\":\"{words}\"}}\n")
}

/// The head of an answer that comes in chunks, so that it shows when it is cut short.
const CHUNKED: &[u8] = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";

/// A chunk with `text`; without any, the last.
fn chunk(text: &str) -> Vec<u8> {
    format!("{:x}\r\n{text}\r\n", text.len()).into_bytes()
}

/// An entry that was published at minute `number`.
fn timed(number: usize) -> String {
    format!("{{\"type\":\"entry\",\"id\":\"e{number}\",\"published\":\"2025-04-01T10:0{number}:00Z\"}}\n")
}

/// So many MiB that say nothing, each with `end`.
fn say_nothing(stream: &mut TcpStream, most: usize, end: u8) {
    let mut blank = vec![b' '; 1 << 20];
    blank.push(end);
    let _ = (0..most).all(|_| stream.write_all(&blank).is_ok());
}

#[test]
fn an_answer_that_goes_on_is_read_as_it_comes() {
    let (sender, lines) = mpsc::channel::<String>();
    let lines = Mutex::new(lines);
    let server = Server::new(move |_, _, stream| {
        let _ = stream.write_all(HEAD);
        for line in lines.lock().unwrap().iter() {
            let _ = stream.write_all(line.as_bytes());
        }
    });
    sender.send(line("e1", "Words.")).unwrap();
    let mut reader = server.read();
    reader.until_ids(&["e1"]);
    reader.until("following", |reader| reader.status == Some(Status::Following));
    for (id, ids) in [("e2", vec!["e1", "e2"]), ("e3", vec!["e1", "e2", "e3"])] {
        sender.send(line(id, "Words.")).unwrap();
        reader.until_ids(&ids);
    }
    assert_eq!(server.heads().len(), 1);
}

#[test]
fn an_answer_that_goes_on_is_left_while_it_is_not_followed() {
    let told = Arc::new(Mutex::new(String::new()));
    let telling = Arc::clone(&told);
    // Each answer begins with all that was told, and goes on with what is.
    let server = Server::new(move |_, _, stream| {
        let _ = stream.write_all(HEAD);
        let mut sent = 0;
        loop {
            let news = telling.lock().unwrap()[sent..].to_owned();
            if stream.write_all(news.as_bytes()).is_err() {
                break;
            }
            sent += news.len();
            thread::sleep(Duration::from_millis(10));
        }
    });
    let tell = |id: &str| told.lock().unwrap().push_str(&line(id, "Words."));
    tell("e1");
    let mut reader = server.read();
    reader.until_ids(&["e1"]);
    reader.until("following", |reader| reader.status == Some(Status::Following));
    reader.waker.follow(false);
    reader.until("not followed", |reader| reader.status == Some(Status::Unwatched));
    tell("e2");
    tell("e3");
    reader.take_for(Duration::from_millis(500));
    assert_eq!(reader.ids(), ["e1"]);
    reader.waker.look();
    reader.until_ids(&["e1", "e2", "e3"]);
    reader.until_settled();
    assert_eq!(reader.status, Some(Status::Unwatched));
    reader.waker.follow(true);
    reader.until("a look", |_| server.heads().len() == 3);
    reader.until("following", |reader| reader.status == Some(Status::Following));
    tell("e4");
    reader.until_ids(&["e1", "e2", "e3", "e4"]);
}

#[test]
fn an_answer_that_goes_on_is_read_once_where_it_is_never_followed() {
    let server = Server::new(|_, _, stream| {
        let _ = stream.write_all(&[HEAD, line("e1", "Words.").as_bytes()].concat());
        thread::sleep(Duration::from_secs(60));
    });
    let mut reader = Reader::new(&server.location(), &options(false));
    reader.until("over", |reader| reader.is_over);
    assert_eq!((reader.ids(), reader.status.clone()), (vec!["e1"], Some(Status::Ended)));
}

#[test]
fn an_answer_that_goes_on_may_be_of_any_length() {
    let (sender, begun) = mpsc::channel::<()>();
    let begun = Mutex::new(begun);
    let server = Server::new(move |_, _, stream| {
        let _ = stream.write_all(&[HEAD, line("e1", "Words.").as_bytes()].concat());
        if begun.lock().unwrap().recv().is_ok() {
            say_nothing(stream, 40, b'\n');
            let _ = stream.write_all(line("e2", "Words.").as_bytes());
            let _ = begun.lock().unwrap().recv();
        }
    });
    let mut reader = server.read();
    reader.until_ids(&["e1"]);
    sender.send(()).unwrap();
    reader.until_ids(&["e1", "e2"]);
    assert_eq!((server.heads().len(), reader.status.clone()), (1, Some(Status::Following)));
}

#[test]
fn an_answer_that_goes_on_and_never_rests_is_read_as_it_comes() {
    let server = Server::new(|_, _, stream| {
        let _ = stream.write_all(&[HEAD, line("e1", "Words.").as_bytes()].concat());
        say_nothing(stream, usize::MAX, b'\n');
    });
    let mut reader = server.read();
    reader.until_ids(&["e1"]);
    reader.until("following", |reader| reader.status == Some(Status::Following));
}

#[test]
fn a_line_without_end_is_given_up_and_the_next_answer_is_read() {
    let (sender, begun) = mpsc::channel::<()>();
    let begun = Mutex::new(begun);
    let server = Server::new(move |number, _, stream| {
        let first = if number == 0 { line("e1", "Words.") } else { line("e2", "Words.") };
        let _ = stream.write_all(&[HEAD, first.as_bytes()].concat());
        if begun.lock().unwrap().recv().is_ok() {
            say_nothing(stream, usize::MAX, b' ');
        }
    });
    let mut reader = server.read();
    reader.until_ids(&["e1"]);
    sender.send(()).unwrap();
    reader
        .until("lost", |reader| matches!(&reader.status, Some(Status::Lost(why)) if why.contains("32 MiB")));
    reader.until_ids(&["e1", "e2"]);
}

#[test]
fn an_answer_that_begins_again_tells_its_history_without_changing_anything() {
    let server = Server::new(|number, _, stream| {
        let _ = stream.write_all(&[HEAD, line("e1", "First words.").as_bytes()].concat());
        // What follows comes as a reading of its own.
        thread::sleep(Duration::from_secs(1));
        let _ = stream.write_all(line("e1", "Last words.").as_bytes());
        thread::sleep(Duration::from_millis(300));
        if number > 0 {
            let _ = stream.write_all(line("e2", "Words.").as_bytes());
        }
    });
    let mut reader = server.read();
    reader.until_ids(&["e1", "e2"]);
    reader.until("a third look", |_| server.heads().len() > 2);
    assert_eq!(reader.revised, ["e1"]);
    assert!(reader.removed.is_empty());
}

#[test]
fn an_answer_that_goes_on_is_of_the_letters_that_its_server_says() {
    let (sender, pieces) = mpsc::channel::<Vec<u8>>();
    let pieces = Mutex::new(pieces);
    let server = Server::new(move |_, _, stream| {
        let _ = stream.write_all(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=koi8-r\r\nConnection: close\r\n\r\n",
        );
        for piece in pieces.lock().unwrap().iter() {
            let _ = stream.write_all(&piece);
        }
    });
    let line = |id: &str, body: &[u8]| {
        [format!("{{\"type\":\"entry\",\"id\":\"{id}\",\"body\":\"").as_bytes(), body, b"\"}\n"].concat()
    };
    let cut = line("e2", b"\xed\xc9\xd2");
    let (before, after) = cut.split_at(cut.len() - 5);
    sender.send([&line("e1", b"\xee\xc5\xd4"), before].concat()).unwrap();
    let mut reader = server.read();
    reader.until_ids(&["e1"]);
    reader.until("following", |reader| reader.status == Some(Status::Following));
    sender.send([after, &line("e3", "Да".as_bytes())].concat()).unwrap();
    reader.until_ids(&["e1", "e2", "e3"]);
    let bodies: Vec<&str> = ["e1", "e2", "e3"]
        .map(|id| reader.timeline.entry(reader.timeline.row_of(0, id).unwrap()).unwrap().body().text())
        .to_vec();
    assert_eq!(bodies, ["Нет", "Мир", "Да"]);
}

#[test]
fn an_answer_that_brought_something_before_it_broke_is_asked_for_as_soon_as_after_the_first_fault() {
    let server = Server::new(|number, _, stream| {
        let told: String = (0..=number).map(timed).collect();
        let _ = stream.write_all(&[CHUNKED, &chunk(&told)].concat());
        thread::sleep(Duration::from_millis(700));
    });
    let mut reader = server.read();
    // When the pauses grow, this takes longer than the reader's patience.
    reader.until("four looks", |_| server.heads().len() > 3);
    reader.until_ids(&["e0", "e1", "e2", "e3"]);
}

#[test]
fn a_page_that_comes_slowly_tells_what_was_taken_down_when_it_shows_its_end() {
    let page = |number: usize| -> String {
        let ids: &[usize] = if number == 0 { &[1, 2, 3] } else { &[1, 3] };
        ids.iter().copied().map(timed).collect()
    };
    let slowly = |stream: &mut TcpStream, first: &[u8], pause: u64, rest: &[u8]| {
        let _ = stream.write_all(first);
        thread::sleep(Duration::from_millis(pause));
        let _ = stream.write_all(rest);
    };
    let sized = Server::new(move |number, _, stream| {
        let page = page(number);
        let (first, rest) = page.split_at(page.len() - 5);
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", page.len());
        // Longer than what goes on may rest.
        slowly(stream, format!("{head}{first}").as_bytes(), 2_500, rest.as_bytes());
    });
    let chunked = Server::new(move |number, _, stream| {
        let first = [CHUNKED, &chunk(&page(number))].concat();
        slowly(stream, &first, 700, &chunk(""));
    });
    let mut readers = [sized.read(), chunked.read()];
    for reader in &mut readers {
        reader.until("taken down", |reader| !reader.removed.is_empty());
        assert_eq!(
            (reader.removed.as_slice(), reader.ids()),
            (["e2".to_owned()].as_slice(), vec!["e1", "e3"])
        );
    }
}

#[test]
fn a_pause_within_the_history_of_an_answer_that_began_again_makes_nothing_new_of_the_rest() {
    let server = Server::new(|number, _, stream| {
        let _ = stream.write_all(&[HEAD, line("e1", "First words.").as_bytes()].concat());
        // Longer than what goes on may rest.
        thread::sleep(Duration::from_millis(if number == 0 { 700 } else { 2_500 }));
        let news = if number == 0 { String::new() } else { line("e2", "Words.") };
        let _ = stream.write_all((line("e1", "Last words.") + &news).as_bytes());
    });
    let mut reader = server.read();
    reader.until_ids(&["e1", "e2"]);
    assert_eq!(reader.revised, ["e1"], "in the first answer");
}
