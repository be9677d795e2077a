//! A look that goes on over several readings: what it has shown so far, and what it says of entries that were known before.
//!
//! A log that is read again from its start tells old versions first, and the newest some readings later. So what was known
//! before a look is revised by all that the look says of it, at its end.

use std::{collections::HashMap, sync::Arc};

use crate::model::{Entry, Row, Segment, Stamp};

/// See the module's description.
#[derive(Debug)]
pub(super) struct Look {
    /// The first row that came with it or after it began.
    first: Row,
    /// The rows it has shown so far.
    pub(super) seen: Vec<Row>,
    /// What it says of rows from before, since it last said what they say.
    words: HashMap<Row, Words>,
    said: usize,
}

/// What a look says of one row.
#[derive(Debug, Default)]
struct Words {
    said: Vec<Word>,
    /// When the newest of them was revised, in milliseconds since 1970.
    newest: Option<i64>,
}

/// An entry whose merging waits.
#[derive(Debug)]
struct Word {
    /// Its number among all that waited.
    number: usize,
    segment: Arc<Segment>,
    index: usize,
}

impl Look {
    /// A look that begins when the next row is `first`.
    pub(super) fn new(first: Row) -> Self {
        Self { first, seen: Vec::new(), words: HashMap::new(), said: 0 }
    }

    /// Whether `row` was known before it began.
    pub(super) fn found(&self, row: Row) -> bool {
        row < self.first
    }

    /// Keeps what entry `index` of `segment` says of `row` for the end.
    pub(super) fn keep(&mut self, row: Row, segment: &Arc<Segment>, index: usize) {
        let word = Word { number: self.said, segment: Arc::clone(segment), index };
        self.said += 1;
        let words = self.words.entry(row).or_default();
        words.said.push(word);
        words.newest = words.newest.max(revised(Entry::new(segment, index)));
    }

    /// Forgets what was kept of `row`.
    pub(super) fn forget(&mut self, row: Row) {
        self.words.remove(&row);
    }

    /// `entry` has said again what `row` says: what was kept of it is history, unless it is newer.
    pub(super) fn settle(&mut self, row: Row, entry: Option<Entry<'_>>) {
        let newest = self.words.get(&row).and_then(|words| words.newest);
        if newest.zip(revised(entry)).is_none_or(|(newest, again)| newest <= again) {
            self.words.remove(&row);
        }
    }

    /// Takes what was kept, in the order it was said.
    pub(super) fn take_words(&mut self) -> Segment {
        let mut words: Vec<Word> = self.words.drain().flat_map(|(_, words)| words.said).collect();
        words.sort_unstable_by_key(|word| word.number);
        let mut segment = Segment::default();
        words.iter().for_each(|word| segment.push_from(&word.segment, word.index));
        segment.seal()
    }
}

fn revised(entry: Option<Entry<'_>>) -> Option<i64> {
    entry.and_then(Entry::revised).map(Stamp::millis)
}
