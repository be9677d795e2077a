//! The ids of entries, made where there is none, and the bounds of what an entry holds.
//!
//! An id that is made depends on nothing but the entry and on what was told before it with the same words.

use std::{
    borrow::Cow,
    hash::{BuildHasher, RandomState},
    sync::OnceLock,
};

use xxhash_rust::xxh3::{Xxh3, xxh3_64_with_seed};

use crate::{
    model::{Draft, SourceId, limits},
    text::line::Line,
};

use super::Packer;

/// How much of a body an id is made of when there is no headline, in characters.
const ID_CHARACTERS: usize = 80;

impl Packer {
    pub(super) fn bound(&mut self, draft: &mut Draft) {
        let mut cut = Vec::new();
        if bound_id(&mut draft.id) {
            cut.push("its id");
        }
        if draft.headline.cut(limits::HEADLINE) {
            cut.push("its headline");
        }
        if draft.authors.len() > limits::AUTHORS {
            draft.authors.truncate(limits::AUTHORS);
            cut.push("its authors");
        }
        let names =
            draft.authors.iter_mut().filter_map(|author| author.cut(limits::AUTHOR).then_some(())).count();
        if names > 0 {
            cut.push("an author's name");
        }
        draft.authors.retain(|author| !author.is_empty());
        if draft.media.len() > limits::MEDIA {
            draft.media.truncate(limits::MEDIA);
            cut.push("its media");
        }
        if draft.body.bound_links(limits::LINKS) {
            cut.push("its links");
        }
        if !cut.is_empty() {
            let name = draft.id.chars().take(40).collect::<String>();
            self.problem(None, &format!("entry {name} is larger than allowed: {} cut", cut.join(", ")));
        }
    }

    /// The draft's id, or one made of its stamp as written and its headline, or of its first characters. The same made
    /// twice is numbered.
    pub(super) fn id_of<'a>(&mut self, draft: &'a Draft) -> Cow<'a, str> {
        if !draft.id.is_empty() {
            return Cow::Borrowed(&draft.id);
        }
        if let Some(id) = self.cut_short.id_of(draft) {
            self.leans = true;
            return Cow::Owned(id.as_str().to_owned());
        }
        let mut hasher = Xxh3::new();
        hasher.update(draft.written.as_bytes());
        hasher.update(b"\n");
        if draft.headline.is_empty() || draft.written.is_empty() {
            hasher.update(draft.headline.as_bytes());
            let body = draft.body.text();
            let end = body.char_indices().nth(ID_CHARACTERS).map_or(body.len(), |(at, _)| at);
            hasher.update(body.get(..end).unwrap_or(body).as_bytes());
        } else {
            hasher.update(draft.headline.as_bytes());
        }
        let hash = hasher.digest();
        self.leans = true;
        let (count, last) = self.repeats.entry(hash).or_default();
        // An entry that grew at its end after it was closed stands where it stood.
        let is_again = *count > 0 && *last == draft.position.unsigned_abs();
        let number = if is_again { *count } else { *count + 1 };
        if !draft.is_open {
            (*count, *last) = (number, draft.position.unsigned_abs());
        }
        Cow::Owned(if number == 1 { format!("{hash:016x}") } else { format!("{hash:016x}-{number}") })
    }
}

/// The hash of source and id that the timeline knows an entry by. Seeded anew in every run, so that no feed can choose
/// ids that fall together.
pub(in crate::model) fn key(source: SourceId, id: &str) -> u64 {
    static SEED: OnceLock<u64> = OnceLock::new();
    let seed = SEED.get_or_init(|| RandomState::new().hash_one(0));
    xxh3_64_with_seed(id.as_bytes(), seed.wrapping_add(u64::from(source)))
}

/// Cuts an id to its bound and puts a hash of all of it in place of the rest.
pub(super) fn bound_id(id: &mut Line) -> bool {
    if id.len() <= limits::ID {
        return false;
    }
    let hash = xxh3_64_with_seed(id.as_bytes(), 0);
    id.cut(limits::ID - 17);
    *id = Line::new(&format!("{id}~{hash:016x}"));
    true
}
