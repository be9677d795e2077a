//! What waits for the end of a look: what it says of entries that were known before it, and which of those came back.

use std::sync::Arc;

use crate::model::{Entry, Reading, Row, Segment, SourceId};

use super::{
    super::{history::Course, look::Look},
    Change, Fresh, Timeline,
    fate::Fate,
};

impl Timeline {
    /// A look begins. One that was left before its end removes nothing and brings nothing back; what it said
    /// that was new stands.
    pub(super) fn begin_look(&mut self, reading: &Reading, fresh: &mut Fresh, change: &mut Change) {
        let source = reading.source;
        if let Some(mut left) = self.source(source).look.take() {
            // It may have come to the older versions only of what it was to tell again.
            left.forget_history(|row| {
                let history = self.history(row);
                move |entry| history.alike(entry).iter().any(|older| older.says_the_same(entry))
            });
            self.enter_what_waited(source, left.take_words(), fresh, change);
        }
        let first = self.flags.len() as Row;
        let state = self.source(source);
        state.course = Course::new(first, reading.coverage);
        state.look = Some(Look::new(first, reading));
    }

    /// Lets entries of `segment` wait that revise what was known before the look that goes on.
    pub(super) fn postpone(&mut self, source: SourceId, segment: &Arc<Segment>, fates: &mut [Fate]) {
        let Some(look) = &mut self.source(source).look else { return };
        for (index, fate) in fates.iter_mut().enumerate() {
            match *fate {
                // What is open goes on with the next reading.
                Fate::Revises(row)
                    if look.found(row)
                        && Entry::new(segment, index).is_some_and(|entry| !entry.is_open()) =>
                {
                    look.keep(row, segment, index);
                    *fate = Fate::Waits(row);
                }
                Fate::Revises(row) | Fate::Known(row) => look.settle(row, Entry::new(segment, index)),
                Fate::New
                | Fate::Outdated(_)
                | Fate::Earlier(_)
                | Fate::ToldAgain(_)
                | Fate::Waits(_)
                | Fate::Gone => {}
            }
        }
    }

    /// Enters `segment`, which waited for the end of a look.
    pub(super) fn enter_what_waited(
        &mut self,
        source: SourceId,
        segment: Segment,
        fresh: &mut Fresh,
        change: &mut Change,
    ) {
        if !segment.is_empty() {
            let segment = Arc::new(segment);
            let mut fates = self.fates(&segment);
            self.settle_repeats(&segment, &mut fates);
            self.enter(source, &segment, &fates, false, fresh, change);
        }
    }

    /// The entry in `row` was told again as it was: it comes back, at the end of the look that goes on where it was known
    /// before. Until then it may be taken down again.
    pub(super) fn come_back(&mut self, source: SourceId, row: Row, change: &mut Change) {
        let look = self.source(source).look.as_mut();
        if let Some(look) = look.filter(|look| look.found(row)) {
            look.keep_back(row);
        } else {
            self.restore(row, change);
        }
    }

    /// A look ends: what waited for that is entered, and what it told again comes back.
    pub(super) fn end_waiting(&mut self, source: SourceId, fresh: &mut Fresh, change: &mut Change) {
        let waited = self.source(source).look.as_mut().map(Look::take_words).unwrap_or_default();
        self.enter_what_waited(source, waited, fresh, change);
        let back = self.source(source).look.as_mut().map(Look::take_back).unwrap_or_default();
        back.into_iter().for_each(|row| self.restore(self.current(row), change));
    }
}
