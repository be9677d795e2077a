//! Blogs in parts, of which an address is asked for the further ones.
#![cfg(feature = "http")]
#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

#[path = "support/server.rs"]
mod server;
#[path = "support/source.rs"]
mod source;

use std::{io::Write, sync::Mutex};

use liveblog::{model::Location, text::link::Link};
use server::{Server, answer};
use source::{Reader, context, options};
use url::Url;

/// A server of a blog in three parts, each of which names the next.
fn in_parts() -> Server {
    Server::new(|_, head, stream| {
        let port = head.split("host: 127.0.0.1:").nth(1).and_then(|rest| rest.split('\r').next()).unwrap();
        let (numbers, older) = match head.split(' ').nth(1).unwrap() {
            "/live" => (5..7, Some(2)),
            "/live?page=2" => (3..5, Some(3)),
            _ => (1..3, None),
        };
        let older =
            older.map(|page| format!("<link rel='next' href='http://127.0.0.1:{port}/live?page={page}'/>"));
        let entry = |number| {
            format!(
                "<entry><id>e{number}</id><title>T</title><published>2025-04-01T10:0{number}:00Z</published></entry>"
            )
        };
        let feed = format!(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title>{}{}</feed>",
            older.unwrap_or_default(),
            numbers.map(entry).collect::<String>()
        );
        let _ = stream.write_all(&answer("200 OK", "", feed));
    })
}

fn older_part(reader: &Reader) -> Option<Link> {
    reader.timeline.blog(0).unwrap().older.clone()
}

#[test]
fn further_parts_are_fetched_when_asked_for_and_only_from_the_same_server() {
    let server = in_parts();
    let mut reader = server.read();
    reader.until_ids(&["e5", "e6"]);
    reader.waker.fetch(&Link::parse("http://elsewhere.invalid/live?page=2").unwrap());
    reader.until("refused", |reader| !reader.unfetched.is_empty());
    let refused = &reader.unfetched[0];
    assert!(refused.why.contains("another server") && refused.again.is_none(), "{refused:?}");
    let second = older_part(&reader).unwrap();
    assert!(second.as_str().ends_with("page=2"));
    reader.waker.fetch(&second);
    reader.until_ids(&["e3", "e4", "e5", "e6"]);
    let third = older_part(&reader).unwrap();
    assert!(third.as_str().ends_with("page=3"));
    reader.waker.fetch(&third);
    reader.until_ids(&["e1", "e2", "e3", "e4", "e5", "e6"]);
    assert_eq!(older_part(&reader), None, "the first page may name the second again and again");
    assert!(reader.timeline.is_further(reader.timeline.row_of(0, "e1").unwrap()));
    assert!(reader.removed.is_empty());
    let pages = server.heads().iter().filter(|head| head.contains("page=")).count();
    assert_eq!(pages, 2);
}

#[test]
fn a_part_that_cannot_be_read_says_why_and_when_and_is_read_when_asked_for_again() {
    let page = |numbers: std::ops::Range<usize>, older: &str| {
        let entry = |number| {
            format!(r#"{{"id":"e{number}","published":"2025-04-01T10:0{number}:00Z","body":"Words."}}"#)
        };
        let entries: Vec<String> = numbers.map(entry).collect();
        let blog = format!(r#"{{"version":"https://jsonfeed.org/version/1.1","title":"T"{older},"items":["#);
        let items = entries.join(",").replace("published", "date_published").replace("body", "content_text");
        answer("200 OK", "", format!("{blog}{items}]}}"))
    };
    let bad = Mutex::new(vec![
        answer("200 OK", "", "<html><p>Please log in.</p></html>"),
        answer("503 Service Unavailable", "", ""),
    ]);
    let server = Server::new(move |_, head, stream| {
        let port = head.split("host: 127.0.0.1:").nth(1).and_then(|rest| rest.split('\r').next()).unwrap();
        let older = format!(r#","next_url":"http://127.0.0.1:{port}/live?page=2""#);
        let is_part = head.contains("page=2");
        let failed = if is_part { bad.lock().unwrap().pop() } else { None };
        let whole = if is_part { page(1..3, "") } else { page(3..5, &older) };
        let _ = stream.write_all(&failed.unwrap_or(whole));
    });
    let mut reader = server.read();
    reader.until_ids(&["e3", "e4"]);
    let link = older_part(&reader).unwrap();
    for (count, words) in [(1, "503 Service Unavailable"), (2, "no liveblog is in the answer")] {
        reader.waker.fetch(&link);
        reader.until("failed", |reader| reader.unfetched.len() == count);
        let failed = &reader.unfetched[count - 1];
        assert!(failed.link == link && failed.why.contains(words), "{failed:?}");
        assert!((failed.again.unwrap() - context().now).num_seconds() >= 2, "{failed:?}");
        assert_eq!(older_part(&reader), Some(link.clone()), "it is still known where it is");
    }
    reader.waker.fetch(&link);
    reader.until_ids(&["e1", "e2", "e3", "e4"]);
    assert_eq!((older_part(&reader), reader.timeline.problems().count()), (None, 0));
}

#[test]
fn further_parts_are_asked_for_with_the_password_of_the_first() {
    let server = in_parts();
    let address = format!("http://ada:secret@127.0.0.1:{}/live", server.port);
    let mut reader = Reader::new(&Location::Address(Url::parse(&address).unwrap()), &options(true));
    reader.until_ids(&["e5", "e6"]);
    reader.waker.fetch(&older_part(&reader).unwrap());
    reader.until_ids(&["e3", "e4", "e5", "e6"]);
    let heads = server.heads();
    assert!(heads.iter().all(|head| head.contains("authorization: basic")), "{heads:?}");
}

#[test]
fn the_blog_is_looked_at_between_further_parts() {
    let server = in_parts();
    let mut reader = server.read();
    reader.until_ids(&["e5", "e6"]);
    let second = older_part(&reader).unwrap();
    let third = Link::parse(&second.as_str().replace("page=2", "page=3")).unwrap();
    reader.waker.fetch(&second);
    reader.waker.fetch(&third);
    reader.until_ids(&["e1", "e2", "e3", "e4", "e5", "e6"]);
    let asked: Vec<String> =
        server.heads().iter().map(|head| head.split(' ').nth(1).unwrap().to_owned()).collect();
    let from = asked.iter().position(|path| path.ends_with("page=2")).unwrap();
    assert_eq!(asked[from..], ["/live?page=2", "/live", "/live?page=3"]);
}

#[test]
fn further_parts_are_those_of_the_server_that_a_redirect_led_to() {
    let server = in_parts();
    let to = format!("Location: http://127.0.0.1:{}/live\r\n", server.port);
    let mut reader = Server::telling(vec![answer("302 Found", &to, "")]).read();
    reader.until_ids(&["e5", "e6"]);
    reader.waker.fetch(&older_part(&reader).unwrap());
    reader.until_ids(&["e3", "e4", "e5", "e6"]);
}

#[test]
fn parts_that_are_wanted_when_the_blog_is_gone_for_good_are_told_as_not_read() {
    let is_read = Mutex::new(false);
    let server = Server::new(move |_, _, stream| {
        let was_read = std::mem::replace(&mut *is_read.lock().unwrap(), true);
        let feed =
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>e1</id><title>T</title></entry></feed>";
        let told = if was_read { answer("410 Gone", "", "") } else { answer("200 OK", "", feed) };
        let _ = stream.write_all(&told);
    });
    let mut reader = server.read();
    reader.until_ids(&["e1"]);
    for page in [2, 3, 4] {
        let link = format!("http://127.0.0.1:{}/live?page={page}", server.port);
        reader.waker.fetch(&Link::parse(&link).unwrap());
    }
    reader.until("over", |reader| reader.is_over);
    let failed: Vec<(&str, bool)> =
        reader.unfetched.iter().map(|failed| (&*failed.why, failed.again.is_some())).collect();
    let not_read = ("the blog that they belong to is not read any more", false);
    assert_eq!(failed, [("the server answered 410 Gone", true), not_read, not_read]);
}

#[test]
fn parts_of_a_blog_whose_answers_go_on_are_read_as_it_is() {
    let line = |id: &str| format!("{{\"type\":\"entry\",\"id\":\"{id}\",\"body\":\"Words.\"}}\n");
    let server = Server::new(move |_, head, stream| {
        if head.contains("page=2") {
            let _ = stream.write_all(&answer("200 OK", "", line("e1")));
            return;
        }
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        let _ = stream.write_all(line("e2").as_bytes());
        // Long enough to be one that goes on.
        std::thread::sleep(std::time::Duration::from_secs(1));
    });
    let mut reader = server.read();
    reader.until_ids(&["e2"]);
    reader.waker.fetch(&Link::parse(&format!("http://127.0.0.1:{}/live?page=2", server.port)).unwrap());
    reader.until("read", |reader| reader.ids().contains(&"e1"));
    assert!(reader.unfetched.is_empty(), "{:?}", reader.unfetched);
}
