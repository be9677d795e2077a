//! The thread of keys: blocks in crossterm until something is typed, and hands on what came together in one piece.
//!
//! It also hears of new sizes and of text that is pasted. crossterm reads `/dev/tty` when standard input is a pipe.
//! Its feature `use-dev-tty` is needed for more than that: without it, a key that comes together with a new size, or the
//! size, is not seen before the next key (crossterm 0.29 drops what its edge-triggered poll tells only once).
//! A panic of crossterm, which some answers of terminals cause, costs what was being read and no more.

use std::{io, sync::Arc, time::Duration};

use crossterm::event::{self, Event as Input};

use crate::app::{Event, Size};

use super::{
    Error, faults, keys,
    lanes::{Control, Lanes},
    late::{Late, Sorted},
};

/// How long keys are held that may be the beginning of an answer.
const PATIENCE: Duration = Duration::from_millis(100);
/// So many panics are borne.
const MOST_PANICS: u8 = 16;
/// How long is looked for more that was typed: not at all, but with `use-dev-tty` that alone finds nothing.
const MOMENT: Duration = Duration::from_micros(10);
/// So much is handed on at once, so that a flood is drawn, too.
const MOST_INPUT: usize = 1024;

/// Starts reading keys. `half` is what has been read of an answer of the terminal.
pub(super) fn start(lanes: &Arc<Lanes>, half: Option<String>) -> Result<(), Error> {
    let failed = Arc::clone(lanes);
    let lanes = Arc::clone(lanes);
    let work = move || read(&lanes, &mut Late::resume(half));
    let on_fault = move |fault| failed.send(Control::Failed(Error::Fault(fault)));
    faults::spawn("input", work, on_fault).map(drop).map_err(Error::Thread)
}

/// Reads keys until that fails for good.
fn read(lanes: &Lanes, late: &mut Late) {
    let mut panics = 0;
    loop {
        match faults::catch(|| read_batch(late)) {
            Ok(Ok(batch)) if batch.is_empty() => {}
            Ok(Ok(batch)) => lanes.send_input(batch),
            Ok(Err(error)) => return lanes.send(Control::Failed(Error::Keys(error))),
            Err(fault) if panics < MOST_PANICS => {
                panics += 1;
                lanes.send(Control::Event(Event::Fault(fault.line().clone())));
            }
            Err(fault) => return lanes.send(Control::Failed(Error::Fault(fault))),
        }
    }
}

/// Waits until something is typed, and gives it with all that has been typed behind it.
fn read_batch(late: &mut Late) -> io::Result<Vec<Control>> {
    let mut batch = Vec::new();
    if late.is_holding() && !event::poll(PATIENCE)? {
        batch.extend(late.give_up().into_iter().map(|key| Control::Event(Event::Key(key))));
        return Ok(batch);
    }
    loop {
        push(event::read()?, late, &mut batch);
        if batch.len() >= MOST_INPUT || !event::poll(MOMENT)? {
            return Ok(batch);
        }
    }
}

/// Turns one input into what the loop takes.
fn push(input: Input, late: &mut Late, batch: &mut Vec<Control>) {
    match input {
        Input::Key(event) => match keys::key(event).map(|key| late.sort(key)) {
            Some(Sorted::Typed(typed)) => {
                batch.extend(typed.into_iter().map(|key| Control::Event(Event::Key(key))));
            }
            Some(Sorted::Answer(background)) => batch.push(Control::Background(background)),
            Some(Sorted::Held) | None => {}
        },
        Input::Paste(text) => batch.push(Control::Event(Event::Paste(text))),
        Input::Resize(columns, rows) => {
            batch.push(Control::Event(Event::Resized(Size { columns, rows })));
        }
        _ => {}
    }
}
