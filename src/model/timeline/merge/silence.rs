//! What a look's silence about entries means, at its end: they were taken down, or they fell away with a file that was cut
//! or rotated.

use crate::model::{Coverage, Entry, Kinds, Row, SourceId};

use super::{
    super::{
        listing::{Listing, is_newest_first},
        look::Look,
    },
    Change, Flags, Timeline,
};

impl Timeline {
    /// Takes down what a complete look should have shown and did not, and marks what is no longer in its file.
    pub(super) fn settle_the_unseen(&mut self, source: SourceId, coverage: Coverage, change: &mut Change) {
        let Some(look) = self.source(source).look.take() else { return };
        match coverage {
            Coverage::Delta => {}
            Coverage::Window | Coverage::Whole => self.settle_document(source, look, coverage, change),
            Coverage::Rewritten | Coverage::Cut => self.settle_file(source, look, coverage, change),
        }
    }

    /// What a document lacks was taken down; where it is a window, what stands above its oldest entry alone.
    fn settle_document(&mut self, source: SourceId, look: Look, coverage: Coverage, change: &mut Change) {
        let seen = self.shown(look);
        let is_listed = |entry: &Entry<'_>| !entry.kinds().contains(Kinds::PINNED);
        let oldest = seen.iter().filter_map(|row| self.entry(*row)).filter(is_listed).map(Entry::place).min();
        let is_missing = |row: &Row| {
            let place = self.entry(*row).map(Entry::place);
            coverage == Coverage::Whole || oldest.is_some_and(|oldest| place > Some(oldest))
        };
        let missing: Vec<Row> = self.unseen(source, seen).into_iter().filter(is_missing).collect();
        missing.into_iter().for_each(|row| self.remove(row, change));
    }

    /// What a file lacks that was read anew fell away at its old end, which was cut, and was taken down elsewhere: the
    /// order of the file tells, for an entry may be written down long after its time. A file that was cut tells nothing of
    /// what was taken down.
    fn settle_file(&mut self, source: SourceId, look: Look, coverage: Coverage, change: &mut Change) {
        let (before, next) = (look.first(), self.flags.len() as Row);
        let seen = self.shown(look);
        if seen.is_empty() {
            self.source(source).listing.empty(next);
            return;
        }
        let listing = Listing::new(seen.clone(), next);
        let mut former = std::mem::replace(&mut self.source(source).listing, listing);
        former.hold(&seen, self, before);
        let is_falling = {
            let rank = former.ranks(self, before);
            let is_newest_first = is_newest_first(seen.iter().filter_map(|row| self.entry(*row)));
            let mut held = seen.iter().filter_map(|row| rank(*row));
            let oldest = if is_newest_first { held.next_back() } else { held.next() };
            let is_missing = |row: Row| {
                let stood = rank(row).zip(oldest);
                stood.is_some_and(|(row, oldest)| if is_newest_first { row < oldest } else { row > oldest })
            };
            let unseen = self.unseen(source, seen);
            unseen
                .into_iter()
                .map(|row| (row, coverage == Coverage::Cut || !is_missing(row)))
                .collect::<Vec<_>>()
        };
        for (row, falls) in is_falling {
            if self.is_removed(row) {
                // It was taken down before.
            } else if falls {
                self.set_flag(row, Flags::FALLEN, true);
                change.fell_away = true;
            } else {
                self.remove(row, change);
            }
        }
    }

    /// The rows that `look` has shown, as they are now.
    fn shown(&self, look: Look) -> Vec<Row> {
        let mut seen = look.seen();
        seen.iter_mut().for_each(|row| *row = self.current(*row));
        seen
    }

    /// What is known of `source` and not among `seen`: without what fell away before, which stands in no file, and without
    /// what only a further part told, which may be newer than all that a look shows.
    fn unseen(&self, source: SourceId, mut seen: Vec<Row>) -> Vec<Row> {
        seen.sort_unstable();
        let is_unseen = |row: &Row| {
            let is_of_source = self.entry(*row).is_some_and(|entry| entry.source() == source);
            let may_miss = self.flag(*row, Flags::LISTED) && !self.has_fallen_away(*row);
            is_of_source && may_miss && seen.binary_search(row).is_err()
        };
        self.order.rows().iter().copied().filter(is_unseen).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::tests::{Said, reading},
        *,
    };
    use crate::model::{Packer, Reading};

    /// The ids of what is no longer in its file.
    fn fallen(timeline: &Timeline) -> Vec<&str> {
        let rows = timeline.order().iter().filter(|row| timeline.has_fallen_away(**row));
        rows.filter_map(|row| timeline.entry(*row)).map(Entry::id).collect()
    }

    /// The ids of what `change` took down.
    fn removed<'a>(timeline: &'a Timeline, change: &Change) -> Vec<&'a str> {
        change.removed.iter().filter_map(|row| timeline.entry(*row)).map(Entry::id).collect()
    }

    /// A file that was written anew and says so much: the ids of all that is no longer in it, and of what it takes down.
    fn rewritten(timeline: &mut Timeline, packer: &mut Packer, held: &[Said]) -> [Vec<String>; 2] {
        let change = timeline.merge(reading(packer, held, Coverage::Rewritten));
        [fallen(timeline), removed(timeline, &change)].map(|ids| ids.into_iter().map(str::to_owned).collect())
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

    #[test]
    fn where_a_log_was_cut_its_own_order_tells_and_not_the_clock() {
        // The third is a report that came late.
        let all = [(1, 10, "a", None), (2, 20, "b", None), (3, 5, "late", None), (4, 30, "d", None)];
        for (held, gone, taken) in [
            (&[all[2], all[3]][..], &["e1", "e2"][..], &[][..]),
            (&[all[0], all[1], all[3]], &[], &["e3"]),
            (&[all[3]], &["e3", "e1", "e2"], &[]),
            (&[all[2], all[3], (1, 10, "a again", None)], &["e2"], &[]),
        ] {
            let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
            timeline.merge(reading(&mut packer, &all, Coverage::Delta));
            assert_eq!(rewritten(&mut timeline, &mut packer, held), [gone, taken], "{held:?}");
        }
    }

    #[test]
    fn a_log_whose_newest_stands_first_loses_its_last() {
        let all = [(4, 40, "d", None), (3, 30, "c", None), (2, 20, "b", None), (1, 10, "a", None)];
        let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
        timeline.merge(reading(&mut packer, &all, Coverage::Delta));
        let held = [(5, 50, "e", None), all[1], all[2]];
        assert_eq!(rewritten(&mut timeline, &mut packer, &held), [&["e1"], &["e4"]]);
    }

    #[test]
    fn what_fell_away_is_taken_down_by_no_file_that_follows() {
        let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
        let old = [(1, 10, "a", None), (2, 20, "b", None)];
        timeline.merge(reading(&mut packer, &old, Coverage::Delta));
        let new = [(3, 5, "late", None), (4, 30, "d", None)];
        timeline.merge(reading(&mut packer, &new, Coverage::Cut));
        let edited = [new[0], (4, 30, "d, mended", None)];
        assert_eq!(rewritten(&mut timeline, &mut packer, &edited), [&["e1", "e2"][..], &[]]);
        // What a file that is read anew again has, is where that file has it.
        assert_eq!(rewritten(&mut timeline, &mut packer, &new[1..]), [&["e3", "e1", "e2"][..], &[]]);
    }

    #[test]
    fn a_file_that_is_empty_at_first_is_another_than_the_one_before() {
        let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
        let old = [(1, 10, "a", None), (2, 20, "b", None)];
        timeline.merge(reading(&mut packer, &old, Coverage::Delta));
        timeline.merge(reading(&mut packer, &[], Coverage::Cut));
        let new = [(3, 5, "late", None), (4, 30, "d", None)];
        let added = reading(&mut packer, &new, Coverage::Delta);
        timeline.merge(Reading { begins: false, ..added });
        assert_eq!(rewritten(&mut timeline, &mut packer, &new[..1]), [&["e1", "e2"][..], &["e4"]]);
    }

    #[test]
    fn what_a_file_revised_stands_where_it_stood() {
        let ascending = [(1, 10, "a", None), (2, 20, "b", None), (3, 30, "c", None)];
        let descending = [(3, 30, "c", None), (2, 20, "b", None), (1, 10, "a", None)];
        for (all, revised, held, gone, taken) in [
            (ascending, (1, 10, "a, mended", None), &ascending[2..], &["e1", "e2"][..], &[][..]),
            (descending, (3, 30, "c, mended", None), &descending[1..], &[], &["e3"]),
        ] {
            let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
            timeline.merge(reading(&mut packer, &all, Coverage::Delta));
            let change =
                timeline.merge(reading(&mut packer, &[revised, all[1], all[2]], Coverage::Rewritten));
            assert_eq!(change.revised.len(), 1);
            assert_eq!(rewritten(&mut timeline, &mut packer, held), [gone, taken], "{held:?}");
        }
    }

    #[test]
    fn what_a_file_revises_does_not_tell_where_its_end_is() {
        let all = [(4, 40, "d", None), (3, 30, "c", None), (2, 20, "b", None), (1, 10, "a", None)];
        let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
        timeline.merge(reading(&mut packer, &all, Coverage::Delta));
        let held = [(4, 40, "d, mended", None), all[2], all[3]];
        assert_eq!(rewritten(&mut timeline, &mut packer, &held), [&[][..], &["e3"]]);
    }
}
