//! How the ids of entries were made that were told while their last line had no end: under the same ids they are told again
//! when it went on.
//!
//! Ids that are made of an entry's words would change with them.

use std::collections::HashMap;

use crate::{model::Draft, text::line::Line};

use super::identity::Made;

/// What of one source was cut short, by its place in the source: what was told under the id of other words than it has, and
/// what may still go on.
#[derive(Debug, Clone, Default)]
pub struct CutShort(HashMap<u64, Cut>);

/// An entry as it was when it was cut short.
#[derive(Debug, Clone)]
struct Cut {
    made: Made,
    written: String,
    words: String,
    /// The authors, and then the words.
    signed: String,
    /// Whether that was in this look, in which nothing else comes to stand in its place.
    is_of_this_look: bool,
    /// Whether it went on, so that another id would be made of it now.
    has_gone_on: bool,
}

impl CutShort {
    /// The same for another look, in which anything may have come to stand anywhere.
    pub(super) fn in_another_look(mut self) -> Self {
        self.0.values_mut().for_each(|cut| cut.is_of_this_look = false);
        self
    }

    /// How the id was made of the entry that `draft` goes on with; of what it says now, it would be made with `hash`.
    /// `is_taken` tells whether another entry of this look has that id.
    pub(super) fn made(&mut self, draft: &Draft, hash: u64, is_taken: impl Fn(Made) -> bool) -> Option<Made> {
        if self.0.is_empty() {
            return None;
        }
        let cut = self.0.get_mut(&place(draft))?;
        let stamp = draft.written.trim();
        // What is taken for a part of the stamp before more words come may be the first of those.
        let is_stamp =
            || stamp.starts_with(&cut.written) || !stamp.is_empty() && cut.written.starts_with(stamp);
        // A name is a headline until the words of whose it is follow.
        let is_signed = || signed(draft, &words(draft)).starts_with(&cut.signed);
        let goes_on = || is_stamp() && (words(draft).starts_with(&cut.words) || is_signed());
        if !cut.is_of_this_look && (is_taken(cut.made) || !goes_on()) {
            return None;
        }
        cut.has_gone_on |= cut.made.hash != hash;
        Some(cut.made)
    }

    /// Remembers `draft`, which is cut short and was told with an id that was `made` so. What stands before it in the source
    /// goes on no more.
    pub(super) fn note(&mut self, draft: &Draft, made: Made) {
        let place = place(draft);
        let has_gone_on = self.0.get(&place).is_some_and(|cut| cut.made == made && cut.has_gone_on);
        self.0.retain(|at, cut| *at > place || cut.has_gone_on);
        let (written, words) = (draft.written.trim().to_owned(), words(draft));
        let signed = signed(draft, &words);
        self.0.insert(place, Cut { made, written, words, signed, is_of_this_look: true, has_gone_on });
    }
}

fn place(draft: &Draft) -> u64 {
    draft.position.unsigned_abs()
}

fn words(draft: &Draft) -> String {
    format!("{}{}", draft.headline, draft.body.text())
}

fn signed(draft: &Draft, words: &str) -> String {
    let mut signed: String = draft.authors.iter().map(Line::as_str).collect();
    signed.push_str(words);
    signed
}

#[cfg(test)]
mod tests {
    use super::super::Packer;
    use crate::model::{Coverage, Draft, Entry};

    /// The ids of what is told at these places with these words; the last of it is cut short.
    fn tell(packer: &mut Packer, said: &[(i64, &str)]) -> Vec<String> {
        let mut draft = Draft::default();
        for (index, (position, words)) in said.iter().enumerate() {
            draft.clear();
            draft.written.push_str("12:00");
            draft.body.set(words);
            draft.position = *position;
            draft.is_cut_short = index + 1 == said.len();
            packer.entry(&mut draft);
        }
        packer.take(Coverage::Window, true).entries().map(Entry::id).map(str::to_owned).collect()
    }

    /// The same in another look.
    fn look(packer: &mut Packer, said: &[(i64, &str)]) -> Vec<String> {
        packer.begin();
        tell(packer, said)
    }

    #[test]
    fn the_id_of_what_was_cut_short_is_that_of_no_other_entry() {
        let mut packer = Packer::new(0);
        let first = look(&mut packer, &[(0, "Goal!")]);
        let both = look(&mut packer, &[(0, "Goal!"), (50, "Goal!")]);
        assert!(both[0] == first[0] && both[1] != first[0], "{both:?}");
        let all = look(&mut packer, &[(0, "Goal!"), (50, "Goal!"), (100, "Goal!")]);
        assert!(all[..2] == both && !both.contains(&all[2]), "{all:?}");
    }

    #[test]
    fn entries_that_say_the_same_keep_their_ids_when_they_are_read_again() {
        let mut packer = Packer::new(0);
        let mut ids = tell(&mut packer, &[(0, "Goal!")]);
        ids.extend(tell(&mut packer, &[(50, "Goal!"), (100, "Over.")]));
        assert_eq!(look(&mut packer, &[(0, "Goal!"), (50, "Goal!"), (100, "Over.")]), ids);
        let before = look(&mut packer, &[(0, "Kick-off"), (50, "Goal!"), (60, "Goal!"), (100, "Over.")]);
        assert!(before[1] != before[2], "{before:?}");
    }

    #[test]
    fn what_went_on_keeps_its_id_and_what_did_not_is_forgotten() {
        let mut packer = Packer::new(0);
        let cut = tell(&mut packer, &[(0, "Go")]);
        assert_eq!(tell(&mut packer, &[(0, "Goal!")]), cut);
        for place in 1..100 {
            tell(&mut packer, &[(50 * place, "words that will not go on")]);
        }
        assert_eq!(packer.cut_short.0.len(), 2);
        let again = look(&mut packer, &[(0, "Goal!"), (50, "words that will not go on")]);
        assert_eq!(again[0], cut[0]);
    }
}
