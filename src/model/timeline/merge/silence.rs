//! What a look's silence about entries means, at its end: they were taken down, or they fell away with a file that was cut
//! or rotated.

use crate::model::{Coverage, Entry, Kinds, Row, SourceId};

use super::{Change, Flags, Timeline};

impl Timeline {
    /// Takes down what a complete look should have shown and did not, and marks what is no longer in its file.
    pub(super) fn settle_the_unseen(&mut self, source: SourceId, coverage: Coverage, change: &mut Change) {
        let Some(look) = self.source(source).look.take() else { return };
        let mut seen = look.seen();
        seen.iter_mut().for_each(|row| *row = self.current(*row));
        seen.sort_unstable();
        let is_listed = |entry: &Entry<'_>| !entry.kinds().contains(Kinds::PINNED);
        let oldest = seen.iter().filter_map(|row| self.entry(*row)).filter(is_listed).map(Entry::place).min();
        // What stands above is missing; what does not fell away, where a file was read again from its start.
        let (above, falls) = match coverage {
            Coverage::Delta => return,
            Coverage::Window => (oldest, false),
            Coverage::Rewritten => (oldest, true),
            Coverage::Cut => (oldest.map(|_| i64::MAX), true),
            Coverage::Whole => (Some(i64::MIN), false),
        };
        let Some(above) = above else { return };
        // A further part may be newer than all that the look shows; only what was listed can be missing.
        let is_unseen = |row: &Row| {
            let is_of_source = self.entry(*row).is_some_and(|entry| entry.source() == source);
            is_of_source && !self.is_further(*row) && seen.binary_search(row).is_err()
        };
        let is_missing = |row: &Row| {
            let place = self.entry(*row).map(Entry::place);
            coverage == Coverage::Whole || place.is_some_and(|place| place > above)
        };
        let unseen = self.order.rows().iter().copied().filter(is_unseen);
        let (missing, others): (Vec<Row>, Vec<Row>) = unseen.partition(is_missing);
        missing.into_iter().for_each(|row| self.remove(row, change));
        for row in others.into_iter().filter(|_| falls) {
            if !self.has_fallen_away(row) {
                self.set_flag(row, Flags::FALLEN, true);
                change.fell_away = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tests::reading, *};
    use crate::model::Packer;

    /// The ids of what is no longer in its file.
    fn fallen(timeline: &Timeline) -> Vec<&str> {
        let rows = timeline.order().iter().filter(|row| timeline.has_fallen_away(**row));
        rows.filter_map(|row| timeline.entry(*row)).map(Entry::id).collect()
    }

    #[test]
    fn what_falls_away_with_a_file_stays_and_is_marked_until_it_comes_again() {
        let all = [(1, 10, "a", None), (2, 20, "b", None), (3, 30, "c", None)];
        for (coverage, held, gone, taken) in [
            (Coverage::Cut, &all[2..], ["e1", "e2"].as_slice(), 0),
            (Coverage::Cut, &all[..1], ["e2", "e3"].as_slice(), 0),
            (Coverage::Rewritten, &all[1..2], ["e1"].as_slice(), 1),
            (Coverage::Window, &all[1..2], [].as_slice(), 1),
            (Coverage::Cut, &[], [].as_slice(), 0),
        ] {
            let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
            timeline.merge(reading(&mut packer, &all, Coverage::Delta));
            let change = timeline.merge(reading(&mut packer, held, coverage));
            assert_eq!((fallen(&timeline), change.removed.len()), (gone.to_vec(), taken), "{coverage:?}");
            assert_eq!(change.fell_away, !gone.is_empty(), "{coverage:?}");
            assert_eq!(timeline.len(), 3 - taken, "what fell away counts on");
            let change = timeline.merge(reading(&mut packer, &all, Coverage::Rewritten));
            assert!(fallen(&timeline).is_empty(), "{coverage:?}: it came again");
            assert_eq!(change.fell_away, !gone.is_empty(), "{coverage:?}");
        }
    }
}
