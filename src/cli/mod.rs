//! What was asked for: arguments, printing, the one place that reports an error and picks the exit code.

mod args;
mod moment;
mod options;
mod print;
mod reader;

use std::{io::Write as _, process::ExitCode};

use clap::Parser;

use crate::{
    model::{Failure, FailureKind},
    text::line::Line,
};

use args::Args;
use options::Run;

/// Printed nothing, for no entry matched.
const NO_MATCH: u8 = 1;
/// Wrong usage.
const USAGE: u8 = 2;
/// A source could not be read.
const UNREADABLE: u8 = 3;
/// It was read, and there is no liveblog in it.
const NO_LIVEBLOG: u8 = 4;
/// With `--strict`: some entries were unreadable.
const STRICT: u8 = 5;
/// A part of the program failed.
const FAULT: u8 = 70;

/// Why the program ends, in one line, and with which exit code.
#[derive(Debug)]
pub(crate) struct Error {
    code: u8,
    message: Line,
}

impl Error {
    fn new(code: u8, message: &str) -> Self {
        Self { code, message: Line::new(message) }
    }

    fn usage(message: &str) -> Self {
        Self::new(USAGE, message)
    }
}

impl From<&Failure> for Error {
    fn from(failure: &Failure) -> Self {
        let code = match failure.kind {
            FailureKind::Unreadable => UNREADABLE,
            FailureKind::Unrecognized => NO_LIVEBLOG,
        };
        Self { code, message: failure.message.clone() }
    }
}

/// Runs the program that the command line asks for.
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return wrong_usage(&error),
    };
    let performed = crate::runtime::faults::catch(|| perform(&args));
    match performed
        .unwrap_or_else(|fault| Err(Error::new(FAULT, &crate::runtime::Error::Fault(fault).to_string())))
    {
        Ok(code) => code.into(),
        Err(error) => {
            report(&error.message);
            error.code.into()
        }
    }
}

fn perform(args: &Args) -> Result<u8, Error> {
    if let Some(path) = &args.log {
        crate::runtime::log::install(path).map_err(|error| {
            Error::new(UNREADABLE, &format!("cannot write the log '{}': {error}", path.display()))
        })?;
    }
    match options::run(args)? {
        Run::Show(text) => {
            show(&text);
            Ok(0)
        }
        Run::Reader(reader) => reader::run(reader),
        Run::Print(print) => print::run(&print),
    }
}

/// Prints `text`; a reader of it that has gone away is no fault.
fn show(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// What clap has to say: help and version on standard output, a fault in one line.
fn wrong_usage(error: &clap::Error) -> ExitCode {
    let text = error.render().to_string();
    if !error.use_stderr() {
        show(&text);
        return ExitCode::SUCCESS;
    }
    let said = text.lines().take_while(|line| !line.starts_with("Usage:"));
    let said: Vec<&str> = said.map(str::trim).filter(|line| !line.is_empty()).collect();
    let said = said.join("; ");
    let said = said.strip_prefix("error: ").unwrap_or(&said);
    let said = said.replace(";;", ";").replace(":; ", ": ");
    report(&Line::new(&format!(
        "{}; see --help",
        said.trim_end_matches(['.', ';']).replace("; For more information, try '--help'", "")
    )));
    USAGE.into()
}

/// Says why, in one line on standard error. The only place that does.
fn report(message: &Line) {
    let _ = writeln!(std::io::stderr().lock(), "liveblog: {message}");
}
