//! A server on this machine, which is good and bad as the tests want it.
#![allow(dead_code, reason = "each test file uses a part of this")]
#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use liveblog::model::Location;
use url::Url;

use crate::source::{Reader, options};

/// What the server does with a request: gets its number, from 0, and its head, and writes what it likes.
type Answer = dyn Fn(usize, &str, &mut TcpStream) + Send + Sync;

/// A server that answers one request a connection.
pub(crate) struct Server {
    pub(crate) port: u16,
    /// The heads of the requests so far.
    heads: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(crate) fn new(answer: impl Fn(usize, &str, &mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let heads = Arc::new(Mutex::new(Vec::new()));
        let (told, answer): (_, Arc<Answer>) = (Arc::clone(&heads), Arc::new(answer));
        let serve = move || {
            for stream in listener.incoming() {
                let (told, answer) = (Arc::clone(&told), Arc::clone(&answer));
                let talk = move || talk(stream.unwrap(), &told, &*answer);
                thread::Builder::new().name("connection".to_owned()).spawn(talk).unwrap();
            }
        };
        thread::Builder::new().name("server".to_owned()).spawn(serve).unwrap();
        Self { port, heads }
    }

    /// A server whose n-th answer is the n-th of `answers`, and the last again and again.
    pub(crate) fn telling(answers: Vec<Vec<u8>>) -> Self {
        Self::new(move |number, _, stream| {
            let answer = answers.get(number).or(answers.last()).unwrap();
            let _ = stream.write_all(answer);
        })
    }

    pub(crate) fn location(&self) -> Location {
        Location::Address(Url::parse(&format!("http://127.0.0.1:{}/live", self.port)).unwrap())
    }

    pub(crate) fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }

    pub(crate) fn read(&self) -> Reader {
        Reader::new(&self.location(), &options(true))
    }
}

fn talk(mut stream: TcpStream, told: &Mutex<Vec<String>>, answer: &Answer) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if !matches!(stream.read(&mut byte), Ok(1)) {
            return;
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap().to_ascii_lowercase();
    let number = {
        let mut told = told.lock().unwrap();
        told.push(head.clone());
        told.len() - 1
    };
    answer(number, &head, &mut stream);
}

/// An answer with `status`, `headers` that each end their line, and a body.
pub(crate) fn answer(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}
