//! A large block, read by two threads: each takes a half, and the halves are handed over in order.

use std::{panic, thread};

use crate::{
    feed::Stream,
    model::{Coverage, Packer, Reading},
};

/// Pushes `bytes` into `stream`. Where they can be halved, gives the reading of the first half, and `stream` and `packer`
/// are those that have read the second.
pub(super) fn push(
    bytes: &[u8],
    stream: &mut Box<dyn Stream>,
    packer: &mut Packer,
    coverage: Coverage,
) -> Option<Reading> {
    let middle = bytes.get(..bytes.len() / 2).and_then(|half| memchr::memrchr(b'\n', half));
    let halves = middle.and_then(|line_end| bytes.split_at_checked(line_end + 1));
    let behind =
        halves.and_then(|(first, second)| Some((first, second, stream.behind(first)?, packer.beside()?)));
    let Some((first, second, mut behind, mut beside)) = behind else {
        stream.push(bytes, packer);
        return None;
    };
    thread::scope(|scope| {
        let other = scope.spawn(|| behind.push(second, &mut beside));
        stream.push(first, packer);
        if let Err(panic) = other.join() {
            panic::resume_unwind(panic);
        }
    });
    let reading = packer.take(coverage, false);
    if packer.go_on_with(beside) {
        *stream = behind;
    } else {
        stream.push(second, packer);
    }
    Some(reading)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use crate::{
        feed::{Context, Reader, named},
        model::Entry,
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

    fn in_one(blocks: &[&str]) -> Vec<String> {
        let (mut stream, mut packer) = (opened(), Packer::new(0));
        blocks.iter().for_each(|block| stream.push(block.as_bytes(), &mut packer));
        stream.finish(&mut packer);
        told(&[packer.take(Coverage::Delta, true)])
    }

    fn in_halves(blocks: &[&str]) -> Vec<String> {
        let (mut stream, mut packer, mut readings) = (opened(), Packer::new(0), Vec::new());
        for block in blocks {
            readings.extend(push(block.as_bytes(), &mut stream, &mut packer, Coverage::Delta));
            readings.push(packer.take(Coverage::Delta, false));
        }
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
    fn halves_say_what_the_whole_says() {
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
        for feed in [named, nameless, timeless, early, "no line end".to_owned(), String::new()] {
            for cut in (0..=feed.len()).filter(|cut| feed.is_char_boundary(*cut)).step_by(13) {
                let (before, after) = feed.split_at(cut);
                assert_eq!(in_halves(&[before, after]), in_one(&[before, after]), "cut at {cut} of {feed}");
            }
        }
    }
}
