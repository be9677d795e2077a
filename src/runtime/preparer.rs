//! The thread that makes long pages, so that a key need not wait for one.
//!
//! It starts with the first page and makes one after the other, always the one that was wanted last; it sleeps while
//! there is nothing to make. It ends when its [`Preparer`] is dropped, and nobody waits for that.

use std::{
    io,
    sync::{
        Arc,
        mpsc::{self, Receiver, Sender},
    },
};

use crate::{
    app::{Event, Manuscript, Page},
    text::line::Line,
};

use super::{
    faults::{self, Fault},
    lanes::{Control, Lanes},
};

/// The way to the thread.
#[derive(Debug, Default)]
pub(super) struct Preparer {
    wanted: Option<Sender<Manuscript>>,
}

impl Preparer {
    /// Has the page of `manuscript` made in place of those that are not begun yet, and sent to `lanes`.
    pub(super) fn prepare(&mut self, manuscript: Manuscript, lanes: &Arc<Lanes>) {
        if self.wanted.is_none() {
            match start(lanes) {
                Ok(wanted) => self.wanted = Some(wanted),
                Err(error) => {
                    let line = Line::new(&format!("a thread cannot be started: {error}"));
                    lanes.send(Control::Event(Event::Notice(line)));
                }
            }
        }
        let unsent = match &self.wanted {
            Some(wanted) => wanted.send(manuscript).err().map(|error| error.0),
            None => Some(manuscript),
        };
        // A late key is better than half an entry.
        unsent.iter().for_each(|manuscript| make(manuscript, lanes));
    }
}

/// Starts the thread.
fn start(lanes: &Arc<Lanes>) -> io::Result<Sender<Manuscript>> {
    let (sender, receiver) = mpsc::channel();
    let (failed, lanes) = (Arc::clone(lanes), Arc::clone(lanes));
    faults::spawn("pages", move || work(&receiver, &lanes), move |fault| tell(&fault, &failed))?;
    Ok(sender)
}

fn work(wanted: &Receiver<Manuscript>, lanes: &Lanes) {
    while let Ok(first) = wanted.recv() {
        make(&wanted.try_iter().last().unwrap_or(first), lanes);
    }
}

/// Makes a page. Where looking for something in the text fails, the text is shown as it is.
fn make(manuscript: &Manuscript, lanes: &Lanes) {
    let send = |page: Page| {
        lanes.send(Control::Event(Event::Prepared(manuscript.number(), Arc::new(page))));
    };
    match faults::catch(|| manuscript.page()) {
        Ok(page) => send(page),
        Err(fault) => {
            tell(&fault, lanes);
            faults::catch(|| manuscript.plain_page()).into_iter().for_each(send);
        }
    }
}

fn tell(fault: &Fault, lanes: &Lanes) {
    lanes.send(Control::Event(Event::Fault(fault.line().clone())));
}
