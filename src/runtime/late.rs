//! Takes an answer that the terminal gives late out of the keys.
//!
//! A terminal far away may tell its background after the reader began. crossterm knows no such answer and reads it as
//! keys: `alt-]`, `1`, `1`, `;`, the colour letter by letter, `ctrl-g` or `alt-\`. Keys that begin like it are held until
//! it is clear what they are; what turns out to be typed is given on.

use crate::app::{Code, Key};

use super::{Background, background};

/// How every answer goes on after `alt-]`.
const KIND: &str = "11;";
/// No answer is longer than this, in characters.
const LONGEST: usize = 64;

/// What became of a key.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sorted {
    /// It may belong to an answer.
    Held,
    /// It was the end of an answer.
    Answer(Background),
    /// These were typed.
    Typed(Vec<Key>),
}

/// What may be an answer so far.
#[derive(Debug, Default)]
pub(super) struct Late {
    /// The answer so far, without its introducer; `None` outside of one.
    text: Option<String>,
    /// The keys it came as.
    held: Vec<Key>,
}

impl Late {
    /// Goes on with an answer of which `text` has been read as bytes.
    pub(super) fn resume(text: Option<String>) -> Self {
        Self { text, held: Vec::new() }
    }

    /// Whether keys are held.
    pub(super) fn is_holding(&self) -> bool {
        self.text.is_some()
    }

    /// Gives up waiting for the rest of an answer: what was held was typed.
    pub(super) fn give_up(&mut self) -> Vec<Key> {
        self.text = None;
        std::mem::take(&mut self.held)
    }

    /// Sorts one key.
    pub(super) fn sort(&mut self, key: Key) -> Sorted {
        let Some(text) = &mut self.text else {
            if key != (Key { alt: true, ..Key::new(Code::Char(']')) }) {
                return Sorted::Typed(vec![key]);
            }
            self.text = Some(String::new());
            self.held.push(key);
            return Sorted::Held;
        };
        self.held.push(key);
        let is_answer = text.starts_with(KIND);
        let is_end = key == Key { ctrl: true, ..Key::new(Code::Char('g')) }
            || key == Key { alt: true, ..Key::new(Code::Char('\\')) };
        if is_end && is_answer {
            let background = background::of_answer(text);
            self.give_up();
            return Sorted::Answer(background);
        }
        text.extend(key.typed());
        let may_be = text.starts_with(KIND) || KIND.starts_with(text.as_str());
        if key.typed().is_some() && may_be && text.len() <= LONGEST {
            Sorted::Held
        } else {
            Sorted::Typed(self.give_up())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(names: &str) -> Vec<Key> {
        names.split(' ').map(|name| Key::parse(name).unwrap()).collect()
    }

    /// What is typed and what is answered by these keys.
    fn sort(late: &mut Late, names: &str) -> (Vec<Key>, Option<Background>) {
        let (mut typed, mut answer) = (Vec::new(), None);
        for key in keys(names) {
            match late.sort(key) {
                Sorted::Held => {}
                Sorted::Answer(background) => answer = Some(background),
                Sorted::Typed(keys) => typed.extend(keys),
            }
        }
        (typed, answer)
    }

    #[test]
    fn a_late_answer_is_no_typing() {
        let answer = "j alt-] 1 1 ; r g b : f f f f / f f f f / f f f f alt-\\ k";
        assert_eq!(sort(&mut Late::default(), answer), (keys("j k"), Some(Background::Light)));
    }

    #[test]
    fn an_answer_half_read_is_read_on() {
        let mut late = Late::resume(Some("11;rgb:00".to_owned()));
        assert_eq!(sort(&mut late, "0 0 / 0 0 / 0 0 ctrl-g q"), (keys("q"), Some(Background::Dark)));
    }

    #[test]
    fn what_only_begins_like_an_answer_was_typed() {
        for names in ["alt-] x", "alt-] 1 enter", "alt-] 1 1 ; a up", "alt-] alt-]", "alt-] ctrl-g"] {
            assert_eq!(sort(&mut Late::default(), names), (keys(names), None), "{names}");
        }
        let mut late = Late::default();
        assert_eq!(sort(&mut late, "alt-] 1"), (vec![], None));
        assert_eq!(late.give_up(), keys("alt-] 1"));
        assert!(!late.is_holding());
    }

    #[test]
    fn an_endless_answer_is_not_held_for_ever() {
        let names = format!("alt-] 1 1 ;{}", " x".repeat(LONGEST));
        assert_eq!(sort(&mut Late::default(), &names).0.len(), LONGEST + 4);
    }
}
