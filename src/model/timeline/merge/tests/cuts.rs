//! Where a source is cut into readings, and which of them come first, does not matter.

use super::*;

/// What a timeline holds: its entries in order, with all their versions, and whether they were edited.
fn told(timeline: &Timeline) -> Vec<(String, Vec<String>, bool)> {
    let rows = timeline.order().iter().filter_map(|row| Some((*row, timeline.entry(*row)?.id())));
    rows.map(|(row, id)| (id.to_owned(), history(timeline, id), timeline.is_edited(row))).collect()
}

/// Merges `log`, from `from` up to `to`, as a part of a look.
fn merge(timeline: &mut Timeline, log: &[Said], (from, to): (usize, usize), begins: bool, complete: bool) {
    let part = reading_at(&mut Packer::new(0), from as i64, &log[from..to], Coverage::Delta);
    timeline.merge(Reading { begins, complete, ..part });
}

proptest! {
    #[test]
    fn a_reading_that_says_what_changed_may_be_cut_anywhere(
        known in said(),
        log in said(),
        cuts in prop::collection::btree_set(0usize..12, 0..4),
        begins in any::<bool>(),
    ) {
        let timeline = || {
            let mut timeline = Timeline::default();
            merge(&mut timeline, &known, (0, known.len()), true, true);
            timeline
        };
        let (mut whole, mut parts) = (timeline(), timeline());
        // What is appended stands behind what is known.
        let log: Vec<Said> = if begins { log } else { known.iter().chain(&log).copied().collect() };
        let start = if begins { 0 } else { known.len() };
        merge(&mut whole, &log, (start, log.len()), begins, true);
        let mut ends: Vec<usize> = cuts.into_iter().map(|cut| (start + cut).min(log.len())).collect();
        ends.push(log.len());
        let mut from = start;
        for (index, to) in ends.iter().copied().enumerate() {
            merge(&mut parts, &log, (from, to), begins && index == 0, index + 1 == ends.len());
            from = to;
        }
        prop_assert_eq!(told(&whole), told(&parts));
    }

    #[test]
    fn a_log_whose_end_is_read_first_has_the_versions_it_has_in_order(log in said(), end in 0usize..12, cut in 0usize..12) {
        let log: Vec<Said> = log.into_iter().map(|(id, minute, words, _)| (id, minute, words, None)).collect();
        let end = end.min(log.len());
        let cut = cut.min(end);
        let (mut ordered, mut end_first) = (Timeline::default(), Timeline::default());
        merge(&mut ordered, &log, (0, log.len()), true, true);
        merge(&mut end_first, &log, (end, log.len()), true, false);
        merge(&mut end_first, &log, (0, cut), false, false);
        merge(&mut end_first, &log, (cut, end), false, false);
        merge(&mut end_first, &log, (end, log.len()), false, true);
        let sorted = |timeline: &Timeline| { let mut told = told(timeline); told.sort(); told };
        prop_assert_eq!(sorted(&ordered), sorted(&end_first));
    }
}

#[test]
fn what_a_look_said_that_was_left_before_its_end_is_told_when_the_next_begins() {
    let mut timeline = Timeline::default();
    let mut packer = Packer::new(0);
    let mut look = |said: &[Said], begins, complete| {
        let reading = reading(&mut packer, said, Coverage::Window);
        timeline.merge(Reading { begins, complete, ..reading })
    };
    look(&[(1, 10, "a", None), (2, 20, "a", None), (3, 30, "a", None)], true, true);
    let change = look(&[(1, 10, "b", None), (3, 30, "b", None)], true, false);
    assert!(change.is_empty(), "more may be said of it");
    let change = look(&[(3, 30, "c", None)], true, false);
    assert_eq!((change.revised.len(), change.added.len(), change.removed.len()), (2, 0, 0));
    let change = look(&[], false, true);
    assert_eq!((change.revised.len(), change.removed.len()), (1, 0), "nothing is taken down by half a look");
    assert_eq!(history(&timeline, "e1"), ["a", "b"]);
    assert_eq!(history(&timeline, "e3"), ["a", "b", "c"]);
}

#[test]
fn a_look_that_is_left_while_it_tells_history_again_changes_nothing() {
    let mut timeline = Timeline::default();
    let versions = [(1, 10, "a", None), (1, 10, "b", None), (1, 10, "c", None)];
    let mut packer = Packer::new(0);
    let whole = reading(&mut packer, &versions, Coverage::Window);
    timeline.merge(whole.clone());
    for told in 1..3 {
        let half = reading(&mut packer, &versions[..told], Coverage::Window);
        assert!(timeline.merge(Reading { complete: false, ..half }).is_empty());
        assert!(timeline.merge(whole.clone()).is_empty());
    }
    assert_eq!(history(&timeline, "e1"), ["a", "b", "c"]);
}
