//! A look: what it has shown so far, and what it says of entries that were known before.
//!
//! What is read again from its start tells old versions first, and the newest after them, perhaps some readings later. So
//! what was known before a look is revised by all that the look says of it, at its end.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use crate::model::{Coverage, Entry, Reading, Row, Segment, Stamp};

/// See the module's description.
#[derive(Debug)]
pub(super) struct Look {
    /// The first row that came with it or after it began.
    first: Row,
    /// The rows it has shown so far, where its silence about others means something.
    seen: Vec<Row>,
    is_silence_told: bool,
    /// Whether what it says is entered that waited for its end: that was shown when it was said.
    has_ended: bool,
    is_further: bool,
    /// Rows from before that it told again as they were.
    back: BTreeSet<Row>,
    /// What it says of rows from before, since it last said what they say.
    words: HashMap<Row, Words>,
    said: usize,
}

/// What a look says of one row.
#[derive(Debug, Default)]
struct Words {
    said: Vec<Word>,
    /// When the newest of all that was said was revised, in milliseconds since 1970.
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
    pub(super) fn new(first: Row, reading: &Reading) -> Self {
        Self {
            first,
            seen: Vec::new(),
            is_silence_told: reading.coverage != Coverage::Delta,
            has_ended: false,
            is_further: reading.is_further,
            back: BTreeSet::new(),
            words: HashMap::new(),
            said: 0,
        }
    }

    /// Notes that it has shown `row`; tells whether it looks at a further part.
    pub(super) fn see(&mut self, row: Row) -> bool {
        if self.is_silence_told && !self.has_ended {
            self.seen.push(row);
        }
        self.is_further
    }

    /// The first row that came with it or after it began.
    pub(super) fn first(&self) -> Row {
        self.first
    }

    /// The rows it has shown, in the order it showed them.
    pub(super) fn seen(self) -> Vec<Row> {
        self.seen
    }

    /// Whether `row` was known before it began.
    pub(super) fn found(&self, row: Row) -> bool {
        row < self.first
    }

    /// Keeps what entry `index` of `segment` says of `row` for the end, unless it is older than what was said already.
    pub(super) fn keep(&mut self, row: Row, segment: &Arc<Segment>, index: usize) {
        let words = self.words.entry(row).or_default();
        let told = revised(Entry::new(segment, index));
        if told.zip(words.newest).is_none_or(|(told, newest)| newest <= told) {
            words.said.push(Word { number: self.said, segment: Arc::clone(segment), index });
            words.newest = words.newest.max(told);
            self.said += 1;
        }
    }

    /// Notes that it told `row` again as it was.
    pub(super) fn keep_back(&mut self, row: Row) {
        self.back.insert(row);
    }

    /// Takes the rows that it told again as they were.
    pub(super) fn take_back(&mut self) -> BTreeSet<Row> {
        std::mem::take(&mut self.back)
    }

    /// Forgets what was kept of `row`.
    pub(super) fn forget(&mut self, row: Row) {
        self.words.remove(&row);
        self.back.remove(&row);
    }

    /// `entry` has said again what `row` says: what was kept of it is history, unless it is newer.
    pub(super) fn settle(&mut self, row: Row, entry: Option<Entry<'_>>) {
        let Some(words) = self.words.get_mut(&row) else { return };
        if words.newest.zip(revised(entry)).is_none_or(|(newest, again)| newest <= again) {
            words.said.clear();
        }
    }

    /// Forgets what it said of a row that is history of that row, as the judge tells that `of` gives for it.
    pub(super) fn forget_history<J: Fn(Entry<'_>) -> bool>(&mut self, of: impl Fn(Row) -> J) {
        for (row, words) in self.words.iter_mut().filter(|(_, words)| !words.said.is_empty()) {
            let is_history = of(*row);
            words
                .said
                .retain(|word| Entry::new(&word.segment, word.index).is_some_and(|entry| !is_history(entry)));
        }
    }

    /// Takes what was kept, in the order it was said: the look has ended.
    pub(super) fn take_words(&mut self) -> Segment {
        self.has_ended = true;
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
