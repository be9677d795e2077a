//! The ids of entries that were told while their last line had no end, under which they are told again when it went on.
//!
//! Ids that are made of an entry's words would change with them.

use std::collections::HashMap;

use crate::{model::Draft, text::line::Line};

/// What of one source was cut short, by its place in the source.
#[derive(Debug, Clone, Default)]
pub struct CutShort(HashMap<u64, Cut>);

/// An entry as it was when it was cut short.
#[derive(Debug, Clone)]
struct Cut {
    id: Line,
    written: String,
    words: String,
    /// Whether that was in this look, in which nothing else comes to stand in its place.
    is_of_this_look: bool,
}

impl CutShort {
    /// The same for another look, in which anything may have come to stand anywhere.
    pub(super) fn in_another_look(mut self) -> Self {
        self.0.values_mut().for_each(|cut| cut.is_of_this_look = false);
        self
    }

    /// The id of the entry that `draft` goes on with.
    pub(super) fn id_of(&self, draft: &Draft) -> Option<&Line> {
        if self.0.is_empty() {
            return None;
        }
        let cut = self.0.get(&place(draft))?;
        let goes_on =
            || draft.written.trim().starts_with(&cut.written) && words(draft).starts_with(&cut.words);
        (cut.is_of_this_look || goes_on()).then_some(&cut.id)
    }

    /// Remembers `draft`, which was told with `id`, if it is cut short.
    pub(super) fn note(&mut self, draft: &Draft, id: &str) {
        if draft.is_cut_short {
            self.0.insert(
                place(draft),
                Cut {
                    id: Line::new(id),
                    written: draft.written.trim().to_owned(),
                    words: words(draft),
                    is_of_this_look: true,
                },
            );
        }
    }
}

fn place(draft: &Draft) -> u64 {
    draft.position.unsigned_abs()
}

fn words(draft: &Draft) -> String {
    format!("{}{}", draft.headline, draft.body.text())
}
