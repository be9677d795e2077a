//! Addresses read from a server on this machine, which is good and bad as the tests want it.
#![cfg(feature = "http")]

#[path = "support/server.rs"]
mod server;
#[path = "support/source.rs"]
mod source;

use std::{io::Write, thread, time::Duration};

use flate2::{Compression, write::GzEncoder};
use liveblog::{
    model::{FailureKind, Location, Readiness, Status},
    source::{Follow, Options},
};
use server::{Server, answer};
use source::{Reader, context, options};
use url::Url;

fn blog(numbers: &[usize]) -> String {
    let entry = |number: &usize| {
        format!(r#"{{"id":"e{number}","published":"2025-04-01T10:0{number}:00Z","body":"Words."}}"#)
    };
    let entries: Vec<String> = numbers.iter().map(entry).collect();
    format!(r#"{{"title":"Ferry","entries":[{}]}}"#, entries.join(","))
}

fn good(numbers: &[usize]) -> Vec<u8> {
    answer("200 OK", "Content-Type: application/json\r\n", blog(numbers))
}

/// How the first look at an address ends that cannot be read.
fn failure(answers: Vec<Vec<u8>>) -> (FailureKind, String) {
    let mut reader = Server::telling(answers).read();
    reader.until("over", |reader| reader.is_over);
    match &reader.status {
        Some(Status::Failed(failure)) => (failure.kind, failure.message.to_string()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_changed_is_read_and_what_did_not_is_not_sent_again() {
    let server = Server::new(|number, head, stream| {
        let (tag, numbers): (_, &[usize]) =
            if number < 3 { ("\"one\"", &[1, 2]) } else { ("\"two\"", &[1, 2, 3]) };
        let is_known = head.contains(&format!("if-none-match: {tag}"));
        let told = format!("ETag: {tag}\r\n");
        let sent = if is_known {
            answer("304 Not Modified", "", "")
        } else {
            answer("200 OK", &told, blog(numbers))
        };
        let _ = stream.write_all(&sent);
    });
    let mut reader = server.read();
    reader.until_ids(&["e1", "e2"]);
    reader.until_ids(&["e1", "e2", "e3"]);
    let heads = server.heads();
    assert!(!heads[0].contains("if-none-match"));
    assert!(heads[1..].iter().all(|head| head.contains("if-none-match: \"one\"")), "{heads:?}");
    assert!(reader.revised.is_empty() && reader.removed.is_empty());
}

#[test]
fn requests_say_who_asks_and_no_more() {
    let server = Server::telling(vec![answer("200 OK", "Set-Cookie: a=b\r\n", blog(&[1])), good(&[1, 2])]);
    let mut reader = server.read();
    reader.until_ids(&["e1", "e2"]);
    for head in server.heads() {
        assert!(
            head.starts_with("get /live http/1.1\r\n") && head.contains("\r\nuser-agent: liveblog/"),
            "{head}"
        );
        assert!(!head.contains("cookie") && !head.contains("referer") && !head.contains("authorization"));
    }
}

#[test]
fn an_entry_that_a_page_lacks_is_taken_down_and_one_beyond_its_end_is_not() {
    let server = Server::telling(vec![good(&[1, 2, 3, 4]), good(&[2, 4, 5])]);
    let mut reader = server.read();
    reader.until_ids(&["e1", "e2", "e4", "e5"]);
    assert_eq!(reader.removed, ["e3"]);
}

#[test]
fn a_bad_answer_between_two_good_ones_changes_nothing() {
    let bad = [
        answer("503 Service Unavailable", "", blog(&[9])),
        answer("200 OK", "", "<html><p>Please log in.</p></html>"),
        answer("200 OK", "", ""),
        answer("200 OK", "Content-Encoding: gzip\r\n", "no gzip"),
        b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{\"entries\":[]}".to_vec(),
        b"SSH-2.0-none\r\n".to_vec(),
    ];
    // All at once, for each waits longer after a fault.
    let read = |bad| Server::telling(vec![good(&[1, 2]), bad, good(&[1, 2, 3])]).read();
    let mut readers = bad.map(read);
    for reader in &mut readers {
        reader.until("lost", |reader| matches!(reader.status, Some(Status::Lost(_))));
        assert_eq!(reader.ids(), ["e1", "e2"]);
    }
    for reader in &mut readers {
        reader.until_ids(&["e1", "e2", "e3"]);
        reader.until("following", |reader| reader.status == Some(Status::Following));
        assert!(reader.removed.is_empty());
    }
}

/// Whether the blog is said to be gone, with these words among others.
fn is_gone(reader: &Reader, words: &[&str]) -> bool {
    matches!(&reader.status, Some(Status::Gone(why)) if words.iter().all(|words| why.contains(words)))
}

#[test]
fn what_is_gone_for_good_is_not_asked_for_again() {
    let server = Server::telling(vec![good(&[1]), answer("410 Gone", "", "")]);
    let mut reader = server.read();
    reader.until("over", |reader| reader.is_over);
    assert!(is_gone(&reader, &["410 Gone", "ended", "what was read stays"]), "{:?}", reader.status);
    assert_eq!((reader.ids(), server.heads().len()), (vec!["e1"], 2));
    assert_eq!(reader.readiness, Readiness::Over);
}

#[test]
fn what_is_not_found_any_more_is_gone_until_it_comes_back() {
    let server = Server::telling(vec![good(&[1]), answer("404 Not Found", "", ""), good(&[1, 2])]);
    let mut reader = server.read();
    reader.until("gone", |reader| is_gone(reader, &["404 Not Found", "ended", "what was read stays"]));
    assert_eq!(reader.ids(), ["e1"]);
    reader.until_ids(&["e1", "e2"]);
    reader.until("following", |reader| reader.status == Some(Status::Following));
    assert!(reader.removed.is_empty());
}

#[test]
fn a_first_look_that_fails_says_why() {
    for (bad, kind, words) in [
        (
            answer("404 Not Found", "", blog(&[1])),
            FailureKind::Unreadable,
            "404 Not Found; check the address",
        ),
        (answer("403 Forbidden", "", blog(&[1])), FailureKind::Unreadable, "403 Forbidden"),
        (answer("304 Not Modified", "", ""), FailureKind::Unreadable, "304"),
        (
            answer("302 Found", "Location: file:///etc/passwd\r\n", ""),
            FailureKind::Unreadable,
            "redirects to 'file:'",
        ),
        (
            answer("302 Found", "Location: /live\r\n", ""),
            FailureKind::Unreadable,
            "more than 5 times; open it in a browser",
        ),
        (
            answer("429 Too Many Requests", "", ""),
            FailureKind::Unreadable,
            "429 Too Many Requests; it is asked too often",
        ),
        (answer("302 Found", "", ""), FailureKind::Unreadable, "without saying where"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{".to_vec(),
            FailureKind::Unreadable,
            "ends too early",
        ),
        (
            answer("200 OK", "", "<html><p>No liveblog.</p></html>"),
            FailureKind::Unrecognized,
            "no liveblog found",
        ),
        (answer("200 OK", "Content-Encoding: x\u{1b}[31m\r\n", "x"), FailureKind::Unreadable, ""),
    ] {
        let (told, message) = failure(vec![bad]);
        assert_eq!(told, kind, "{message}");
        assert!(message.contains(words) && message.contains("127.0.0.1"), "{message}");
        assert!(!message.contains(char::is_control), "{message:?}");
        assert!(kind != FailureKind::Unreadable || message.contains("; "), "what to try: {message}");
    }
}

#[test]
fn a_server_that_says_when_to_come_back_is_waited_for_from_the_first_look_on() {
    let busy = answer("503 Service Unavailable", "Retry-After: 2\r\n", "");
    let server = Server::telling(vec![busy, good(&[1])]);
    let asked = context().now;
    let mut reader = server.read();
    let words =
        "the server answered 503 Service Unavailable and asks to wait 2 s; it is looked at again then";
    reader.until("waiting", |reader| reader.status == Some(Status::Waiting(words.into())));
    reader.until("told", |reader| reader.readiness != Readiness::Ready);
    let Readiness::NotBefore(until) = reader.readiness else { panic!("{:?}", reader.readiness) };
    assert!((1..=4).contains(&(until - asked).num_seconds()), "{until}");
    // Not even for a key.
    reader.waker.look();
    reader.until_ids(&["e1"]);
    assert_eq!(server.heads().len(), 2);
}

#[test]
fn a_first_look_that_is_not_followed_says_how_long_to_wait() {
    let busy = answer("429 Too Many Requests", "Retry-After: 120\r\n", "");
    let server = Server::telling(vec![busy]);
    let mut reader = Reader::new(&server.location(), &options(false));
    reader.until("over", |reader| reader.is_over);
    let Some(Status::Failed(failure)) = &reader.status else { panic!("{:?}", reader.status) };
    let words = "the server answered 429 Too Many Requests and asks to wait 2 min; try again after that";
    assert!(failure.message.contains(words), "{}", failure.message);
}

#[test]
fn a_body_without_end_is_given_up() {
    let server = Server::new(|_, _, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n{\"entries\":[");
        let spaces = vec![b' '; 1 << 20];
        while stream.write_all(&spaces).is_ok() {}
    });
    let mut reader = server.read();
    reader.until("over", |reader| reader.is_over);
    assert!(matches!(&reader.status, Some(Status::Failed(failure)) if failure.message.contains("32 MiB")));
}

#[test]
fn what_is_packed_is_unpacked_and_letters_are_what_the_server_says() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(blog(&[1]).as_bytes()).unwrap();
    let packed = encoder.finish().unwrap();
    let letters =
        blog(&[1, 2]).replace("Words", "W\u{f6}rter").chars().map(|char| char as u8).collect::<Vec<u8>>();
    let server = Server::telling(vec![
        answer("200 OK", "Content-Encoding: gzip\r\n", packed),
        answer("200 OK", "Content-Type: application/json; charset=iso-8859-2\r\n", letters),
    ]);
    let mut reader = server.read();
    reader.until_ids(&["e1", "e2"]);
    let row = reader.timeline.row_of(0, "e2").unwrap();
    assert_eq!(reader.timeline.entry(row).unwrap().body().text(), "Wörter.");
}

#[test]
fn a_password_stays_with_the_server_it_is_for() {
    let other = Server::telling(vec![good(&[1])]);
    let to = format!("Location: http://localhost:{}/live\r\n", other.port);
    let server = Server::telling(vec![answer("302 Found", &to, "")]);
    let address = format!("http://ada:secret@127.0.0.1:{}/live", server.port);
    let mut reader = Reader::new(&Location::Address(Url::parse(&address).unwrap()), &options(false));
    reader.until_ids(&["e1"]);
    reader.until("over", |reader| reader.is_over);
    assert_eq!(reader.status, Some(Status::Ended));
    assert!(server.heads()[0].contains("authorization: basic"));
    assert!(!other.heads()[0].contains("authorization"));
}

#[test]
fn a_source_ends_while_its_server_hangs() {
    let server = Server::new(|number, _, stream| {
        if number == 0 {
            let _ = stream.write_all(&good(&[1]));
        } else {
            thread::sleep(Duration::from_secs(60));
        }
    });
    let mut reader = server.read();
    reader.until_ids(&["e1"]);
    while server.heads().len() < 2 {
        thread::sleep(Duration::from_millis(5));
    }
    reader.waker.stop();
    reader.until("over", |reader| reader.is_over);
}

#[test]
fn a_look_that_is_asked_for_comes_though_nothing_is_followed() {
    let server = Server::telling(vec![good(&[1]), good(&[1, 2])]);
    let mut reader = server.read();
    reader.until_ids(&["e1"]);
    reader.waker.follow(false);
    reader.until("not followed", |reader| reader.status == Some(Status::Unwatched));
    reader.waker.look();
    reader.until_ids(&["e1", "e2"]);
}

#[test]
fn what_is_not_followed_from_the_start_says_so_and_is_followed_when_asked() {
    let server = Server::telling(vec![good(&[1]), good(&[1, 2]), good(&[1, 2, 3])]);
    let options = Options { follow: Follow::WhenAsked, ..options(true) };
    let mut reader = Reader::new(&server.location(), &options);
    reader.until_ids(&["e1"]);
    reader.until("not followed", |reader| reader.status == Some(Status::Unwatched));
    reader.waker.look();
    reader.until_ids(&["e1", "e2"]);
    reader.waker.follow(true);
    reader.until_ids(&["e1", "e2", "e3"]);
    assert_eq!(reader.status, Some(Status::Following));
}

#[test]
fn what_is_wrong_stays_told_though_nothing_is_followed() {
    let server = Server::telling(vec![good(&[1]), answer("404 Not Found", "", ""), good(&[1, 2])]);
    let mut reader = server.read();
    reader.until("gone", |reader| is_gone(reader, &["404"]));
    reader.waker.follow(false);
    reader.waker.look();
    reader.until_ids(&["e1", "e2"]);
    assert!(is_gone(&reader, &["404"]), "until it is well again: {:?}", reader.status);
    reader.until("not followed", |reader| reader.status == Some(Status::Unwatched));
}
