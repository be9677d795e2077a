//! The ids of entries, made where there is none, and the bounds of what an entry holds.
//!
//! An id that is made depends on nothing but the entry and on what was told before it with the same words.

use std::{
    borrow::Cow,
    collections::HashMap,
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
        self.leans = true;
        let hash = hash(draft);
        let place = draft.position.unsigned_abs();
        let is_taken = |made| self.repeats.is_taken(made, place);
        let made = self.cut_short.made(draft, hash, is_taken);
        let made = made.unwrap_or_else(|| self.repeats.next(hash, place));
        if !draft.is_open {
            self.repeats.note(made, place);
        }
        if draft.is_cut_short {
            self.cut_short.note(draft, made);
        }
        Cow::Owned(made.id())
    }
}

/// What an id is made of where there is none.
fn hash(draft: &Draft) -> u64 {
    let mut hasher = Xxh3::new();
    hasher.update(draft.written.as_bytes());
    hasher.update(b"\n");
    hasher.update(draft.headline.as_bytes());
    if draft.headline.is_empty() || draft.written.is_empty() {
        let body = draft.body.text();
        let end = body.char_indices().nth(ID_CHARACTERS).map_or(body.len(), |(at, _)| at);
        hasher.update(body.get(..end).unwrap_or(body).as_bytes());
    }
    hasher.digest()
}

/// How an id was made: of what, and how often the same had been made by then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Made {
    pub(super) hash: u64,
    number: u32,
}

impl Made {
    fn id(self) -> String {
        let Self { hash, number } = self;
        if number == 1 { format!("{hash:016x}") } else { format!("{hash:016x}-{number}") }
    }
}

/// How often each id has been made in a look, and where the last of its entries stands in the source: whichever part of the
/// source is read first, no two entries of a look are called the same.
#[derive(Debug, Default)]
pub(super) struct Repeats(HashMap<u64, (u32, u64)>);

impl Repeats {
    /// How the next id is made of `hash`, for an entry at `place`. One that grew at its end after it was closed stands where
    /// it stood.
    fn next(&self, hash: u64, place: u64) -> Made {
        let (count, last) = self.0.get(&hash).copied().unwrap_or_default();
        let is_again = count > 0 && last == place;
        Made { hash, number: if is_again { count } else { count + 1 } }
    }

    /// Whether another entry than the one at `place` has the id that was `made` so.
    fn is_taken(&self, made: Made, place: u64) -> bool {
        self.0.get(&made.hash).is_some_and(|(count, last)| made.number <= *count && place != *last)
    }

    /// Notes that the entry at `place` has the id that was `made` so.
    fn note(&mut self, made: Made, place: u64) {
        let known = self.0.entry(made.hash).or_default();
        if known.0 <= made.number {
            *known = (made.number, place);
        }
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
