//! Folds text for searching: case, diacritics, curly marks, dashes and no-break spaces make no difference afterwards.
//!
//! Folding is a function of single characters, so that a fold of two joined texts is the join of their folds, and a
//! place in a folded text belongs to one character of the original.

use std::{array, ops::Range, sync::LazyLock};

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Whether letters keep their case while folding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    Folded,
    Kept,
}

/// Appends `text`, folded with its case, to `out`.
pub fn fold_into(text: &str, out: &mut String) {
    let start = out.len();
    let mut rest = text;
    loop {
        let ascii = ascii_run(rest.as_bytes());
        let (run, after) = rest.split_at_checked(ascii).unwrap_or((rest, ""));
        out.push_str(run);
        let mut chars = after.chars();
        let Some(char) = chars.next() else { break };
        match common_fold(char) {
            Some(folded) => out.push(folded),
            None => fold_char(char, Case::Folded, |folded| out.push(folded)),
        }
        rest = chars.as_str();
    }
    // All at once, for that is quick; what other letters became is in lower case already.
    if let Some(pushed) = out.get_mut(start..) {
        pushed.make_ascii_lowercase();
    }
}

/// `text` folded; see [`fold_into`].
pub fn folded(text: &str, case: Case) -> String {
    let mut out = String::with_capacity(text.len());
    match case {
        Case::Folded => fold_into(text, &mut out),
        Case::Kept => text.chars().for_each(|char| fold_char(char, case, |folded| out.push(folded))),
    }
    out
}

/// A folded text that knows where each of its bytes came from.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    text: String,
    /// For every byte of `text`, and its end, the byte offset of the original character.
    origins: Vec<u32>,
}

impl Folded {
    /// Folds `text`, which must be shorter than 4 GB, and remembers the origins.
    pub fn new(text: &str, case: Case) -> Self {
        let mut folded =
            Self { text: String::with_capacity(text.len()), origins: Vec::with_capacity(text.len() + 1) };
        for (at, char) in text.char_indices() {
            fold_char(char, case, |piece| folded.text.push(piece));
            folded.origins.resize(folded.text.len(), at as u32);
        }
        folded.origins.push(text.len() as u32);
        folded
    }

    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The byte range of the original that gave `range` of the folded text.
    pub fn origin(&self, range: Range<usize>) -> Range<usize> {
        let place = |at: usize| self.origins.get(at).copied().unwrap_or_default() as usize;
        let start = place(range.start);
        // Marks dropped while folding belong to the letter before them.
        let mut end = place(range.end);
        if end <= start {
            end = self
                .origins
                .get(range.end..)
                .and_then(|after| after.iter().map(|at| *at as usize).find(|at| *at > start))
                .unwrap_or(start);
        }
        start..end
    }
}

/// The length of the ASCII run that `bytes` begin with.
fn ascii_run(bytes: &[u8]) -> usize {
    let mut length = bytes.chunks_exact(32).take_while(|chunk| chunk.is_ascii()).count() * 32;
    while let Some(word) = bytes.get(length..).and_then(|rest| rest.first_chunk()) {
        // The highest bit of a byte is set where it is no ASCII.
        let others = u64::from_le_bytes(*word) & 0x8080_8080_8080_8080;
        if others != 0 {
            return length + others.trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    length + bytes.get(length..).map_or(0, |rest| rest.iter().take_while(|byte| byte.is_ascii()).count())
}

/// The first of the characters behind ASCII that fold to one character, which are worked out once: the Latin letters.
const FIRST_COMMON: u32 = 0x80;
/// How many they are.
const COMMON: usize = 0x180;

/// What `char` folds to, where it is a common letter and that is one character.
fn common_fold(char: char) -> Option<char> {
    static FOLDS: LazyLock<[Option<char>; COMMON]> = LazyLock::new(|| {
        array::from_fn(|index| {
            let mut folds = Vec::new();
            let char = char::from_u32(FIRST_COMMON + index as u32)?;
            fold_char(char, Case::Folded, |folded| folds.push(folded));
            (folds.len() == 1).then(|| folds.pop())?
        })
    });
    let index = u32::from(char).checked_sub(FIRST_COMMON)?;
    FOLDS.get(index as usize).copied().flatten()
}

/// Gives the pieces that `char` folds to.
fn fold_char(char: char, case: Case, mut push: impl FnMut(char)) {
    match char {
        '\0'..='\u{7f}' => push(if case == Case::Folded { char.to_ascii_lowercase() } else { char }),
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2b9}' | '\u{2bc}' => push('\''),
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '«' | '»' | '‹' | '›' => push('"'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => push('-'),
        '\u{a0}' => push(' '),
        // A sign of which the tables below say nothing, told here because it is common.
        '€' => push(char),
        'ı' => push('i'),
        'ł' => push('l'),
        'Ł' => push(if case == Case::Folded { 'l' } else { 'L' }),
        'ø' => push('o'),
        'Ø' => push(if case == Case::Folded { 'o' } else { 'O' }),
        'đ' => push('d'),
        'Đ' => push(if case == Case::Folded { 'd' } else { 'D' }),
        'ß' => "ss".chars().for_each(push),
        'æ' => "ae".chars().for_each(push),
        'œ' => "oe".chars().for_each(push),
        _ if is_combining_mark(char) || matches!(char, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}') => {
        }
        _ => decompose_compatible(char, |piece| {
            if is_combining_mark(piece) {
            } else if case == Case::Folded {
                piece.to_lowercase().filter(|lower| !is_combining_mark(*lower)).for_each(&mut push);
            } else {
                push(piece);
            }
        }),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_diacritics_marks_and_dashes_fold() {
        assert_eq!(
            folded("Société “Générale” – ŁÓDŹ’s straße", Case::Folded),
            "societe \"generale\" - lodz's strasse"
        );
        assert_eq!(folded("São Élan", Case::Kept), "Sao Elan");
    }

    #[test]
    fn common_signs_fold_to_themselves_as_the_tables_say() {
        for char in "¡¢£¤¥¦§©¬®°±¶·¿€".chars() {
            let mut pieces = Vec::new();
            decompose_compatible(char, |piece| pieces.extend(piece.to_lowercase()));
            assert_eq!(pieces, [char]);
            assert_eq!(folded(&char.to_string(), Case::Folded), char.to_string());
        }
    }

    #[test]
    fn a_place_in_the_fold_leads_back() {
        let text = "the Café’s";
        let folded = Folded::new(text, Case::Folded);
        let at = folded.as_str().find("cafe").unwrap();
        assert_eq!(&text[folded.origin(at..at + 4)], "Café");
        let decomposed = "cafe\u{301} bar";
        let folded = Folded::new(decomposed, Case::Folded);
        assert_eq!(&decomposed[folded.origin(0..4)], "cafe\u{301}");
    }

    #[test]
    fn every_character_folds_alike_in_a_text_and_alone() {
        for char in ('\0'..='\u{30ff}').chain(['日', '𝔄', 'ﬁ']) {
            let mut alone = String::new();
            fold_char(char, Case::Folded, |folded| alone.push(folded));
            let text = format!("Some Words {char} and more of them{char}{char}");
            let mut out = "Before ".to_owned();
            fold_into(&text, &mut out);
            assert_eq!(out, format!("Before some words {alone} and more of them{alone}{alone}"), "{char:?}");
        }
    }

    proptest! {
        #[test]
        fn both_ways_of_folding_agree(text in any::<String>(), other in any::<String>()) {
            let whole = folded(&format!("{text}{other}"), Case::Folded);
            prop_assert_eq!(&whole, &format!("{}{}", folded(&text, Case::Folded), folded(&other, Case::Folded)));
            let mapped = Folded::new(&text, Case::Folded);
            let plain = folded(&text, Case::Folded);
            prop_assert_eq!(mapped.as_str(), plain.as_str());
            for at in mapped.as_str().char_indices().map(|(at, _)| at) {
                let origin = mapped.origin(at..at + 1);
                prop_assert!(text.get(origin).is_some());
            }
        }
    }
}
