//! Asks the terminal whether its background is light or dark, before the thread of keys starts.
//!
//! One question (OSC 11) and one fence (DA1) that every terminal answers, and after the question: when the fence is answered,
//! nothing more is to come. The first frame waits for that at most 80 ms, or 100 where an answer has begun; a later answer
//! is taken out of the keys by `late`. What is typed meanwhile is kept.

use crate::app::Key;

use super::{Background, background};

/// What asking gave.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pub(super) background: Background,
    /// What was typed meanwhile.
    pub(super) typed: Vec<Key>,
    /// Whether the terminal was asked, and has not answered all.
    pub(super) is_open: bool,
    /// An answer that was cut off in the middle, without its introducer.
    pub(super) half: Option<String>,
}

/// Asks the terminal, which is held, and gives up soon.
pub(super) fn ask() -> Answer {
    let mut answer = asking::ask();
    if answer.background == Background::Unknown {
        answer.background =
            std::env::var("COLORFGBG").map_or(Background::Unknown, |colours| background::of_hint(&colours));
    }
    answer
}

#[cfg(not(unix))]
mod asking {
    pub(super) fn ask() -> super::Answer {
        super::Answer::default()
    }
}

#[cfg(unix)]
mod asking {
    use std::{
        env,
        io::{self, IsTerminal},
        time::{Duration, Instant},
    };

    use rustix::{
        event::{PollFd, PollFlags, Timespec, poll},
        io::Errno,
    };

    use super::{Answer, Background};
    use crate::runtime::{background, keys, screen};

    /// The longest the first frame waits for an answer.
    const LIMIT: Duration = Duration::from_millis(80);
    /// How much longer when an answer has begun.
    const GRACE: Duration = Duration::from_millis(20);
    /// OSC 11, ended by BEL, for rxvt-unicode ends its answer as the question was ended and gets ST wrong; and DA1.
    const QUESTION: &[u8] = b"\x1b]11;?\x07\x1b[c";
    /// More than this is no answer.
    const MOST: usize = 4 << 10;

    pub(super) fn ask() -> Answer {
        let is_asked = is_known_to_answer(env::var("TERM").ok().as_deref())
            && io::stdin().is_terminal()
            && io::stdout().is_terminal();
        if !is_asked || screen::write(QUESTION).is_err() {
            return Answer::default();
        }
        let asked = Instant::now();
        let mut bytes = Vec::new();
        loop {
            let read = scan(&bytes);
            let limit = if read.is_cut { LIMIT + GRACE } else { LIMIT };
            let left = limit.saturating_sub(asked.elapsed());
            if read.is_fenced || left.is_zero() || bytes.len() > MOST || !read_more(&mut bytes, left) {
                return read.into_answer();
            }
        }
    }

    /// Whether a terminal of this kind answers, and obeys a question as a question.
    fn is_known_to_answer(term: Option<&str>) -> bool {
        match term {
            // Eterm answers no fence; the console of older Linux kernels shows the question as text.
            None | Some("" | "dumb" | "linux" | "Eterm") => false,
            // GNU screen hands on the question and answers the fence itself, before.
            Some(term) => term != "screen" && !term.starts_with("screen."),
        }
    }

    /// Reads what is there within `limit`; `false` when the terminal is gone. Having waited is no failure.
    fn read_more(bytes: &mut Vec<u8>, limit: Duration) -> bool {
        let stdin = io::stdin();
        let mut watched = [PollFd::new(&stdin, PollFlags::IN)];
        let Ok(limit) = Timespec::try_from(limit) else { return false };
        match poll(&mut watched, Some(&limit)) {
            Ok(0) | Err(Errno::INTR) => return true,
            Ok(_) => {}
            Err(_) => return false,
        }
        let mut buffer = [0; 256];
        match rustix::io::read(&stdin, &mut buffer) {
            Ok(0) => false,
            Ok(count) => {
                bytes.extend(buffer.iter().take(count));
                true
            }
            Err(error) => matches!(error, Errno::INTR | Errno::AGAIN),
        }
    }

    /// What the bytes read so far hold.
    #[derive(Debug, Default)]
    struct Read {
        background: Option<Background>,
        is_fenced: bool,
        /// Whether the bytes end within a sequence.
        is_cut: bool,
        half: Option<String>,
        typed: Vec<u8>,
    }

    impl Read {
        fn into_answer(self) -> Answer {
            Answer {
                is_open: !self.is_fenced,
                background: self.background.unwrap_or_default(),
                typed: keys::typed(&self.typed),
                half: self.half,
            }
        }
    }

    /// Parts answers from what was typed.
    fn scan(bytes: &[u8]) -> Read {
        let mut read = Read::default();
        let mut rest = bytes;
        while let Some((first, after)) = rest.split_first() {
            rest = match after.split_first() {
                Some((b']', text)) if *first == 0x1b => read.take_colour(text),
                Some((b'[', text)) if *first == 0x1b && (text.is_empty() || text.starts_with(b"?")) => {
                    read.take_fence(text)
                }
                _ => {
                    read.typed.push(*first);
                    read.is_cut |= *first == 0x1b && after.is_empty();
                    after
                }
            };
        }
        read
    }

    impl Read {
        /// Takes `text` up to the end of an operating system command, and gives the rest.
        fn take_colour<'a>(&mut self, text: &'a [u8]) -> &'a [u8] {
            let end = text.iter().position(|byte| matches!(byte, 0x07 | 0x1b));
            let told = String::from_utf8_lossy(text.get(..end.unwrap_or(text.len())).unwrap_or_default());
            let Some(end) = end else {
                self.is_cut = true;
                self.half = Some(told.into_owned());
                return &[];
            };
            self.background = Some(background::of_answer(&told));
            let rest = text.get(end..).unwrap_or_default();
            rest.strip_prefix(b"\x07").or_else(|| rest.strip_prefix(b"\x1b\\")).unwrap_or_else(|| {
                self.is_cut |= rest == b"\x1b";
                rest.get(1..).unwrap_or_default()
            })
        }

        /// Takes `text` up to the end of the answer to the fence, and gives the rest.
        fn take_fence<'a>(&mut self, text: &'a [u8]) -> &'a [u8] {
            let Some(end) = text.iter().position(u8::is_ascii_alphabetic) else {
                self.is_cut = true;
                return &[];
            };
            self.is_fenced |= text.get(end) == Some(&b'c');
            text.get(end + 1..).unwrap_or_default()
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn answers_are_parted_from_what_was_typed() {
            for end in ["\x07", "\x1b\\"] {
                let bytes = format!("/fl\x1b]11;rgb:ffff/fafa/f0f0{end}o\x1b[?62;4co\x1b[Ad");
                let read = scan(bytes.as_bytes());
                assert_eq!(read.background, Some(Background::Light));
                assert!(read.is_fenced && !read.is_cut);
                assert_eq!(read.typed, b"/floo\x1b[Ad");
            }
        }

        #[test]
        fn an_answer_cut_anywhere_is_never_typing() {
            let whole = b"\x1b]11;rgb:0000/0000/0000\x1b\\\x1b[?62c";
            for length in 2..whole.len() {
                let read = scan(&whole[..length]);
                assert!(read.typed.is_empty() || read.typed == [0x1b], "{length}");
                assert!(!read.is_fenced);
            }
            assert_eq!(scan(&whole[..12]).half.as_deref(), Some("11;rgb:000"));
            assert!(scan(whole).is_fenced);
        }

        #[test]
        fn a_fence_alone_is_an_answer() {
            let read = scan(b"\x1b[?6c");
            assert!(read.background.is_none());
            assert!(!read.into_answer().is_open);
            assert!(scan(b"\x1b]11;rgb:0000/0000/0000\x07").into_answer().is_open);
        }

        #[test]
        fn some_terminals_are_not_asked() {
            for term in [None, Some("dumb"), Some("linux"), Some("screen.xterm-256color")] {
                assert!(!is_known_to_answer(term));
            }
            assert!(is_known_to_answer(Some("screen-256color")), "tmux calls itself that, too");
        }
    }
}
