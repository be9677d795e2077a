//! Two threads that read a long file of lines: each takes the next block as soon as it is free, and what they packed is
//! handed over in order.
//!
//! What depends on what stands before it (offsets, numbers of lines) goes from block to block under one lock, which is held
//! while a block is read and not while it is packed. Few blocks are under way, for there are few buffers to read into.

use std::{
    any::Any,
    fs::File,
    io, mem,
    panic::{self, AssertUnwindSafe},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{self, Receiver, Sender},
    },
    thread::{self, JoinHandle},
};

use crate::{feed::Stream, model::Packer};

use super::print;

/// How many threads there are.
const THREADS: usize = 2;
/// How many blocks are under way: each thread has one in hand and has packed one that waits for its turn.
const BUFFERS: usize = 2 * THREADS;

/// A part of a file whose lines stand alone: whole lines of it make a block.
pub(super) struct Part {
    pub(super) file: File,
    /// Where the next block begins, which is where a line does.
    pub(super) at: u64,
    pub(super) until: u64,
    /// The most bytes of a block.
    pub(super) block: usize,
}

/// The threads at work. Dropping it ends them with the block they are at.
pub(super) struct Pair {
    done: Receiver<(usize, thread::Result<Packed>)>,
    buffers: Sender<Vec<u8>>,
    /// What came before its turn.
    early: Vec<(usize, thread::Result<Packed>)>,
    /// The number of the block whose turn it is.
    turn: usize,
    threads: Vec<JoinHandle<()>>,
}

/// A block that was packed.
struct Packed {
    bytes: Vec<u8>,
    /// What has read it.
    stream: Box<dyn Stream>,
    packer: Packer,
}

/// The blocks that nobody has taken yet.
struct Blocks {
    part: Part,
    number: usize,
    /// What is to read the next one.
    stream: Box<dyn Stream>,
    buffers: Receiver<Vec<u8>>,
}

impl Blocks {
    /// The next block: its number, its bytes and what is to read it. `None` when the rest is less than a block, or cannot be
    /// read, or no block of whole lines.
    fn next(&mut self) -> Option<(usize, Vec<u8>, Box<dyn Stream>)> {
        let block = self.read();
        if block.is_none() {
            self.part.until = self.part.at;
        }
        block
    }

    fn read(&mut self) -> Option<(usize, Vec<u8>, Box<dyn Stream>)> {
        let Part { file, at, until, block } = &mut self.part;
        if until.saturating_sub(*at) < *block as u64 {
            return None;
        }
        let mut bytes = self.buffers.recv().ok()?;
        print::read(file, *at, *block, &mut bytes).ok()?;
        bytes.truncate(memchr::memrchr(b'\n', &bytes)? + 1);
        let behind = self.stream.behind(&bytes)?;
        *at += bytes.len() as u64;
        self.number += 1;
        Some((self.number, bytes, mem::replace(&mut self.stream, behind)))
    }
}

impl Pair {
    /// Begins to read `part`, at whose start `stream` and `packer` are. `None` where that has to be read in one pass.
    pub(super) fn start(part: Part, stream: &dyn Stream, packer: &Packer) -> io::Result<Option<Self>> {
        let (Some(stream), Some(beside)) = (stream.behind(&[]), packer.beside()) else { return Ok(None) };
        let (give_buffer, buffers) = mpsc::channel();
        for _ in 0..BUFFERS {
            // Whom they go to is here.
            let _ = give_buffer.send(Vec::new());
        }
        let blocks = Arc::new(Mutex::new(Blocks { part, number: 0, stream, buffers }));
        let (give_block, done) = mpsc::channel();
        let mut threads = Vec::new();
        for _ in 0..THREADS {
            let Some(beside) = beside.beside() else { break };
            let (blocks, give) = (Arc::clone(&blocks), give_block.clone());
            let work = move || work(&blocks, &beside, &give);
            threads.push(thread::Builder::new().name("blocks".to_owned()).spawn(work)?);
        }
        Ok(Some(Self { done, buffers: give_buffer, early: Vec::new(), turn: 1, threads }))
    }

    /// Waits for the next block, and gives `note` its bytes when `stream` and `packer` have read it. Tells whether there was
    /// one: what is left of the part has to be read in one pass.
    pub(super) fn next(
        &mut self,
        stream: &mut Box<dyn Stream>,
        packer: &mut Packer,
        note: impl FnOnce(&[u8]),
    ) -> bool {
        let Some(block) = self.take_turn() else { return false };
        let Packed { mut bytes, stream: behind, packer: beside } =
            block.unwrap_or_else(|panic| panic::resume_unwind(panic));
        if packer.go_on_with(beside) {
            *stream = behind;
        } else {
            stream.push(&bytes, packer);
        }
        note(&bytes);
        bytes.clear();
        // Nobody takes it when no block is left.
        let _ = self.buffers.send(bytes);
        true
    }

    fn take_turn(&mut self) -> Option<thread::Result<Packed>> {
        loop {
            if let Some(at) = self.early.iter().position(|(number, _)| *number == self.turn) {
                self.turn += 1;
                return Some(self.early.swap_remove(at).1);
            }
            self.early.push(self.done.recv().ok()?);
        }
    }
}

impl Drop for Pair {
    fn drop(&mut self) {
        // Who finds nobody to give to, or nothing to read into, ends.
        (_, self.done) = mpsc::channel();
        (self.buffers, _) = mpsc::channel();
        for thread in self.threads.drain(..) {
            // A panic of theirs was told, or nobody waits for it any more.
            let _: Result<(), Box<dyn Any + Send>> = thread.join();
        }
    }
}

/// Packs blocks until none is left, or nobody takes them.
fn work(blocks: &Mutex<Blocks>, beside: &Packer, give: &Sender<(usize, thread::Result<Packed>)>) {
    loop {
        let next = blocks.lock().unwrap_or_else(PoisonError::into_inner).next();
        let (Some((number, bytes, mut stream)), Some(mut packer)) = (next, beside.beside()) else { return };
        let block = panic::catch_unwind(AssertUnwindSafe(|| {
            stream.push(&bytes, &mut packer);
            Packed { bytes, stream, packer }
        }));
        if give.send((number, block)).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{fmt::Write as _, io::Write as _};

    use crate::{
        feed::{Context, Reader, named},
        model::{Coverage, Entry, Reading},
    };

    use super::*;

    fn opened() -> Box<dyn Stream> {
        let context = Context::bare(chrono::DateTime::default());
        let Some(Reader::Stream { open, .. }) = named("jsonl").map(|format| format.reader) else {
            panic!("JSON Lines is a stream");
        };
        open(&context, 0)
    }

    /// What entries and problems say: ids, places, positions; lines and messages.
    fn told(readings: &[Reading]) -> Vec<String> {
        let mut told = Vec::new();
        for reading in readings {
            let entries = (0..reading.segment.len()).filter_map(|at| Entry::new(&reading.segment, at));
            told.extend(
                entries.map(|entry| format!("{} {} {}", entry.id(), entry.place(), entry.position())),
            );
        }
        let problems = readings.iter().flat_map(|reading| &reading.problems);
        told.extend(problems.map(|problem| format!("{problem:?}")));
        told
    }

    fn in_one(blocks: &[&[u8]]) -> Vec<String> {
        let (mut stream, mut packer) = (opened(), Packer::new(0));
        blocks.iter().for_each(|block| stream.push(block, &mut packer));
        stream.finish(&mut packer);
        told(&[packer.take(Coverage::Delta, true)])
    }

    /// Reads `feed` from its second line on by two threads, and what they leave by this one.
    fn in_blocks(feed: &[u8], block: usize) -> Vec<String> {
        let (mut stream, mut packer, mut readings) = (opened(), Packer::new(0), Vec::new());
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(feed).unwrap();
        let mut at = memchr::memchr(b'\n', feed).map_or(0, |line_end| line_end + 1);
        stream.push(&feed[..at], &mut packer);
        readings.push(packer.take(Coverage::Delta, false));
        let part = Part { file, at: at as u64, until: feed.len() as u64, block };
        if let Some(mut pair) = Pair::start(part, stream.as_ref(), &packer).unwrap() {
            while packer.beside().is_some()
                && pair.next(&mut stream, &mut packer, |bytes| {
                    assert_eq!(bytes, &feed[at..at + bytes.len()]);
                    at += bytes.len();
                })
            {
                readings.push(packer.take(Coverage::Delta, false));
            }
        }
        stream.push(&feed[at..], &mut packer);
        stream.finish(&mut packer);
        readings.push(packer.take(Coverage::Delta, true));
        told(&readings)
    }

    fn feed(entry: impl Fn(usize) -> String) -> String {
        (0..40).fold(String::new(), |mut feed, number| {
            let _ = writeln!(feed, "{}", entry(number));
            feed
        })
    }

    #[test]
    fn blocks_say_what_the_whole_says() {
        let named = feed(|number| match number % 7 {
            6 => "{oops".to_owned(),
            _ => format!(
                "{{\"id\":\"e{number}\",\"time\":{},\"text\":\"é {number}\"}}",
                1_700_000_000 + number
            ),
        });
        let nameless = feed(|number| format!("{{\"time\":1700000000,\"text\":\"{}\"}}", number % 3));
        let timeless = feed(|number| format!("{{\"id\":\"e{number}\",\"text\":\"x\"}}"));
        let early = feed(|number| match number {
            0 => "{\"id\":\"e0\",\"time\":1700000000,\"text\":\"x\"}".to_owned(),
            _ => format!("{{\"id\":\"e{number}\",\"text\":\"x\"}}"),
        });
        let turning = feed(|number| match number {
            0..30 => format!("{{\"id\":\"e{number}\",\"time\":1700000000,\"text\":\"x\"}}"),
            _ => format!("{{\"time\":1700000000,\"text\":\"{}\"}}", number % 3),
        });
        let faulty = feed(|number| "{oops\n".repeat(number));
        let long = feed(|number| {
            format!("{{\"id\":\"e{number}\",\"time\":1700000000,\"text\":\"{}\"}}", "x".repeat(9 * number))
        });
        for feed in
            [named, nameless, timeless, early, turning, faulty, long, "no line end".to_owned(), String::new()]
        {
            for block in (1..900).step_by(37) {
                let feed = feed.as_bytes();
                assert_eq!(in_blocks(feed, block), in_one(&[feed]), "blocks of {block}");
            }
        }
    }

    /// A stream that shows whether anyone still has one.
    struct Held(Arc<()>);

    impl Stream for Held {
        fn push(&mut self, _: &[u8], _: &mut Packer) {}

        fn behind(&self, _: &[u8]) -> Option<Box<dyn Stream>> {
            Some(Box::new(Self(Arc::clone(&self.0))))
        }

        fn pause(&mut self, _: &mut Packer) {}

        fn finish(&mut self, _: &mut Packer) {}
    }

    #[test]
    fn nothing_is_held_by_a_pair_that_is_left_midway() {
        let held = Arc::new(());
        let (mut stream, mut packer): (Box<dyn Stream>, _) =
            (Box::new(Held(Arc::clone(&held))), Packer::new(0));
        let mut file = tempfile::tempfile().unwrap();
        file.write_all("line\n".repeat(1000).as_bytes()).unwrap();
        let part = Part { file, at: 0, until: 5000, block: 10 };
        let mut pair = Pair::start(part, stream.as_ref(), &packer).unwrap().unwrap();
        assert!(pair.next(&mut stream, &mut packer, |bytes| assert_eq!(bytes, b"line\nline\n")));
        drop(pair);
        assert_eq!(Arc::strong_count(&held), 2, "the test's own, and that of its stream");
    }
}
