//! The log: a file when one is asked for, and never the terminal.
//!
//! What is logged comes from feeds and servers, too, so each message is cleaned into one line.

use std::{
    fs::{File, OpenOptions},
    io::{self, Write},
    path::Path,
};

use chrono::{DateTime, SecondsFormat, Utc};
use log::{Level, LevelFilter, Log, Metadata, Record};

use crate::text::line::Line;

use super::clock;

/// The crate whose messages are all kept; of others only what is worth a warning.
const OURS: &str = env!("CARGO_CRATE_NAME");

/// Logs to the end of the file at `path` from here on. The first call counts.
pub fn install(path: &Path) -> io::Result<()> {
    let file = OpenOptions::new().create(true).append(true).open(path)?;
    if log::set_boxed_logger(Box::new(FileLog { file })).is_ok() {
        log::set_max_level(LevelFilter::Debug);
    }
    Ok(())
}

struct FileLog {
    file: File,
}

impl Log for FileLog {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with(OURS) || metadata.level() <= Level::Warn
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            let line = format_line(clock::now(), record.level(), record.target(), &record.args().to_string());
            // One write to the end of the file needs no lock, which a panic that is being logged might hold.
            // A log that cannot be written is no reason to stop reading.
            let _ = (&self.file).write_all(line.as_bytes());
        }
    }

    fn flush(&self) {}
}

fn format_line(time: DateTime<Utc>, level: Level, target: &str, message: &str) -> String {
    let time = time.to_rfc3339_opts(SecondsFormat::Millis, true);
    format!("{time} {level:<5} {target}: {}\n", Line::new(message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_one_clean_line() {
        let line = format_line(DateTime::UNIX_EPOCH, Level::Warn, "liveblog::source", "no\n\u{1b}[31m luck");
        assert_eq!(line, "1970-01-01T00:00:00.000Z WARN  liveblog::source: no luck\n");
    }
}
