//! Cookies, left out of what a server sends before anything reads it.
//!
//! Nothing here keeps a cookie, and the parser takes so many headers and no more: a server that sets its cookies by the
//! hundred would not be heard. So a connection waits until the head of an answer is whole, and drops those lines.

use std::time::Instant;

use ureq::{
    Error, Timeout,
    unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport},
};

/// Header lines that begin so are dropped, in lower case.
const COOKIE: &[u8] = b"set-cookie:";

/// Makes connections that drop cookies.
#[derive(Debug)]
pub(super) struct WithoutCookies;

impl<In: Transport> Connector<In> for WithoutCookies {
    type Out = Filtered<In>;

    fn connect(&self, _: &ConnectionDetails<'_>, chained: Option<In>) -> Result<Option<Self::Out>, Error> {
        Ok(chained.map(|inner| Filtered { inner, is_in_head: true }))
    }
}

/// A connection that drops cookies.
#[derive(Debug)]
pub(super) struct Filtered<T> {
    inner: T,
    /// Whether the head of an answer comes next.
    is_in_head: bool,
}

impl<T: Transport> Transport for Filtered<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.is_in_head = true;
        self.inner.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        let started = Instant::now();
        loop {
            let has_more = self.inner.await_input(timeout)?;
            if !self.is_in_head {
                return Ok(has_more);
            }
            let input = self.inner.buffers().input();
            let end = end_of_head(input);
            if end.is_none() && has_more && input.len() <= super::request::HEADERS {
                // Each wait has all of the time, so that a head that drips has to be cut off here.
                if started.elapsed() > super::request::WHOLE {
                    return Err(Error::Timeout(Timeout::RecvResponse));
                }
                continue;
            }
            self.is_in_head = false;
            if let Some(end) = end {
                self.drop_cookies(end);
            }
            return Ok(has_more);
        }
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}

impl<T: Transport> Filtered<T> {
    /// Drops cookies from the head, which is whole and ends at `end`.
    fn drop_cookies(&mut self, end: usize) {
        let buffers = self.inner.buffers();
        let input = buffers.input();
        let (head, rest) = input.split_at(end.min(input.len()));
        let is_kept = |line: &&[u8]| {
            let name = line.get(..COOKIE.len()).unwrap_or_default();
            !name.eq_ignore_ascii_case(COOKIE)
        };
        let lines = head.split_inclusive(|byte| *byte == b'\n').filter(is_kept);
        let kept: Vec<u8> = lines.chain([rest]).flatten().copied().collect();
        let length = input.len();
        if kept.len() == length {
            return;
        }
        buffers.input_consume(length);
        let room = buffers.input_append_buf();
        if let Some(room) = room.get_mut(..kept.len()) {
            room.copy_from_slice(&kept);
            buffers.input_appended(kept.len());
        }
    }
}

/// Where the body begins: behind the first line without anything in it.
fn end_of_head(input: &[u8]) -> Option<usize> {
    let mut at = 0;
    for line in input.split_inclusive(|byte| *byte == b'\n') {
        at += line.len();
        if matches!(line, b"\r\n" | b"\n") {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use ureq::unversioned::transport::LazyBuffers;

    use super::*;

    /// Sends a text in pieces.
    #[derive(Debug)]
    struct Script {
        pieces: Vec<&'static str>,
        buffers: LazyBuffers,
    }

    impl Transport for Script {
        fn buffers(&mut self) -> &mut dyn Buffers {
            &mut self.buffers
        }

        fn transmit_output(&mut self, _: usize, _: NextTimeout) -> Result<(), Error> {
            Ok(())
        }

        fn await_input(&mut self, _: NextTimeout) -> Result<bool, Error> {
            let Some(piece) = (!self.pieces.is_empty()).then(|| self.pieces.remove(0)) else {
                return Ok(false);
            };
            self.buffers.input_append_buf()[..piece.len()].copy_from_slice(piece.as_bytes());
            self.buffers.input_appended(piece.len());
            Ok(true)
        }

        fn is_open(&mut self) -> bool {
            true
        }
    }

    #[test]
    fn cookies_are_dropped_from_heads_and_from_nothing_else() {
        let pieces = vec![
            "HTTP/1.1 200 OK\r\nSet-Coo",
            "kie: a=1\r\nX: y\r\nSET-COOKIE: b=2\r\n\r\nset-cookie: body\n",
            "set-cookie: more\n",
            "HTTP/1.1 304 Not Modified\r\nset-cookie: c=3\r\n\r\n",
        ];
        let script = Script { pieces, buffers: LazyBuffers::new(1 << 10, 1 << 10) };
        let mut connection = Filtered { inner: script, is_in_head: true };
        let mut read = || {
            assert!(connection.await_input(NextTimeout::default()).unwrap());
            let input = connection.buffers().input().to_vec();
            connection.buffers().input_consume(input.len());
            String::from_utf8(input).unwrap()
        };
        assert_eq!(read(), "HTTP/1.1 200 OK\r\nX: y\r\n\r\nset-cookie: body\n");
        assert_eq!(read(), "set-cookie: more\n");
        connection.transmit_output(0, NextTimeout::default()).unwrap();
        connection.await_input(NextTimeout::default()).unwrap();
        assert_eq!(connection.buffers().input(), b"HTTP/1.1 304 Not Modified\r\n\r\n");
    }
}
