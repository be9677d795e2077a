//! Performs the effects that reach out of the program: clipboard, browser, looking through the folder.
//!
//! What takes time is done on a thread of its own; what came of it is told in one line.

use std::{io, sync::Arc};

use crate::{
    app::Event,
    model::limits,
    text::{line::Line, link::Link},
};

use super::{
    faults::{self, Fault},
    lanes::{Control, Lanes},
    run::Scan,
    terminal::Terminal,
};

/// Sends `text` to the clipboard of the terminal, and tells what came of it.
pub(super) fn copy(terminal: &mut Terminal, text: &str) -> Line {
    let (text, is_cut) = cut(text, limits::CLIPBOARD);
    match terminal.copy(text) {
        Ok(()) if is_cut => {
            let kept = text.len() >> 10;
            Line::new(&format!("sent the first {kept} KB to the terminal's clipboard; more it may refuse"))
        }
        Ok(()) => Line::new("sent to the terminal's clipboard"),
        Err(error) => Line::new(&format!("cannot copy: {error}")),
    }
}

/// The start of `text` of at most `most` bytes, and whether that is less than all.
fn cut(text: &str, most: usize) -> (&str, bool) {
    let end = (0..=most.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    (text.get(..end).unwrap_or_default(), end < text.len())
}

/// Opens `link` in the browser. That looks for one, and waits whether it fails at once.
pub(super) fn browse(link: Link, lanes: &Arc<Lanes>) {
    in_background("browser", lanes, move |lanes| {
        let told = match open::that_detached(link.as_str()) {
            Ok(()) => format!("opened {}", link.label()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                format!("no browser found; the address is {link}")
            }
            Err(error) => format!("cannot open {link}: {error}"),
        };
        lanes.send(Control::Event(Event::Notice(told.into())));
    });
}

/// Looks through the folder for feeds.
pub(super) fn scan(scan: Scan, lanes: &Arc<Lanes>) {
    in_background("scan", lanes, move |lanes| {
        scan(&mut |found, is_all| lanes.send(Control::Event(Event::Found(found, is_all))));
    });
}

/// Does `work` on a thread called `name`; its fault is told in one line.
fn in_background(name: &str, lanes: &Arc<Lanes>, work: impl FnOnce(&Lanes) + Send + 'static) {
    let (failed, unstarted) = (Arc::clone(lanes), Arc::clone(lanes));
    let lanes = Arc::clone(lanes);
    let on_fault = move |fault: Fault| failed.send(Control::Event(Event::Fault(fault.line().clone())));
    if let Err(error) = faults::spawn(name, move || work(&lanes), on_fault) {
        let line = Line::new(&format!("a thread cannot be started: {error}"));
        unstarted.send(Control::Event(Event::Notice(line)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_between_characters() {
        assert_eq!(cut("aéb", 2), ("a", true));
        assert_eq!(cut("aéb", 3), ("aé", true));
        assert_eq!(cut("aéb", 4), ("aéb", false));
        assert_eq!(cut("", 4), ("", false));
    }
}
