//! The marks that are drawn around the text, once with Unicode and once in ASCII alone.
//!
//! With the ASCII set nothing outside ASCII is drawn but what feeds say.

use std::borrow::Cow;

/// A set of marks.
#[derive(Debug)]
pub(super) struct Glyphs {
    is_ascii: bool,
    /// Of entries, by rank: new, key event, edited.
    pub(super) fresh: &'static str,
    pub(super) key_event: &'static str,
    pub(super) edited: &'static str,
    /// Of an entry that was taken down; only where it cannot be told by its struck letters.
    pub(super) removed: &'static str,
    pub(super) live: &'static str,
    pub(super) ended: &'static str,
    /// At the left of what is selected, and of what somebody says.
    pub(super) selected: &'static str,
    pub(super) speech: &'static str,
    pub(super) bullet: &'static str,
    pub(super) ellipsis: &'static str,
    /// From a value to the one after it.
    pub(super) arrow: &'static str,
    /// Between things on one line.
    pub(super) dot: &'static str,
    pub(super) up: &'static str,
    pub(super) down: &'static str,
    pub(super) rule: &'static str,
    pub(super) divider: &'static str,
    /// Where the divider meets the rule above and the one below.
    pub(super) meets: (&'static str, &'static str),
    /// Bars of the strip by height, from none to full.
    pub(super) bars: [&'static str; 9],
    /// The cell of the strip that holds the selection, where it has a colour of its own and where it is reversed: no
    /// bar and no key event looks like it.
    pub(super) here: (&'static str, &'static str),
}

const UNICODE: Glyphs = Glyphs {
    is_ascii: false,
    fresh: "●",
    key_event: "◆",
    edited: "✎",
    removed: " ",
    live: "●",
    ended: "○",
    selected: "▌",
    speech: "▎",
    bullet: "•",
    ellipsis: "…",
    arrow: " → ",
    dot: " · ",
    up: "↑",
    down: "↓",
    rule: "─",
    divider: "│",
    meets: ("┬", "┴"),
    bars: ["▁", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    here: ("█", "▼"),
};

const ASCII: Glyphs = Glyphs {
    is_ascii: true,
    fresh: "*",
    key_event: "!",
    edited: "~",
    removed: "x",
    live: "*",
    ended: "o",
    selected: ">",
    speech: "|",
    bullet: "-",
    ellipsis: "...",
    arrow: " > ",
    dot: " - ",
    up: "^",
    down: "v",
    rule: "-",
    divider: "|",
    meets: ("+", "+"),
    bars: [" ", ".", ".", ".", ":", ":", ":", "|", "|"],
    here: ("#", "#"),
};

impl Glyphs {
    /// The set to draw with.
    pub(super) fn of(is_ascii: bool) -> &'static Self {
        if is_ascii { &ASCII } else { &UNICODE }
    }

    /// The program's own words in this set: curly marks, dots and arrows in them become what ASCII has for them.
    pub(super) fn words<'a>(&self, words: &'a str) -> Cow<'a, str> {
        const PLAIN: [(&str, &str); 10] = [
            ("“", "\""),
            ("”", "\""),
            ("’", "'"),
            ("·", "-"),
            ("…", "..."),
            ("–", "-"),
            ("↑", "Up"),
            ("↓", "Down"),
            ("←", "Left"),
            ("→", "Right"),
        ];
        if !self.is_ascii || words.is_ascii() {
            return Cow::Borrowed(words);
        }
        let plain = PLAIN.iter().fold(words.to_owned(), |words, (mark, plain)| words.replace(mark, plain));
        Cow::Owned(plain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width::width;

    #[test]
    fn the_ascii_set_is_ascii_and_every_mark_is_a_cell_wide() {
        for set in [&UNICODE, &ASCII] {
            let marks = [
                set.fresh,
                set.key_event,
                set.edited,
                set.removed,
                set.live,
                set.ended,
                set.selected,
                set.speech,
                set.bullet,
                set.up,
                set.down,
                set.rule,
                set.divider,
                set.meets.0,
                set.meets.1,
                set.here.0,
                set.here.1,
            ];
            for mark in marks.into_iter().chain(set.bars) {
                assert_eq!(width(mark), 1, "{mark}");
                assert!(mark.is_ascii() || !set.is_ascii, "{mark}");
            }
            assert!([set.ellipsis, set.dot].iter().all(|mark| mark.is_ascii() || !set.is_ascii));
        }
    }

    #[test]
    fn own_words_become_ascii() {
        assert_eq!(ASCII.words("0 of 4 match “x” · ↑ …"), "0 of 4 match \"x\" - Up ...");
        assert_eq!(UNICODE.words("“x”"), "“x”");
    }
}
