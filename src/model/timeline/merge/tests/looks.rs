//! What merging promises of looks that go on over several readings, and of versions that are told late.

use super::*;

#[test]
fn what_is_known_is_revised_at_the_end_of_a_look_by_what_was_said_last() {
    let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
    timeline.merge(reading(&mut packer, &[(1, 10, "a", None), (2, 20, "a", None)], Coverage::Delta));
    let mut look = |said: &[Said], (begins, complete)| {
        let reading = Reading { begins, complete, ..reading(&mut packer, said, Coverage::Window) };
        timeline.merge(reading).revised.len()
    };
    assert_eq!(look(&[(1, 10, "b", None), (2, 20, "b", None)], (true, false)), 0);
    let is_again = "what is known may be history told again";
    assert_eq!(look(&[(1, 10, "a", None), (2, 20, "c", None)], (false, false)), 0, "{is_again}");
    assert_eq!(look(&[], (false, true)), 1, "however often, it is told once");
    assert_eq!(shown(&timeline), pairs(&[("e1", "a"), ("e2", "c")]));
    assert_eq!(timeline.row_count(), 4);
}

#[test]
fn what_waits_for_the_end_of_a_look_does_not_outlive_a_removal() {
    let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
    timeline.merge(reading(&mut packer, &[(1, 10, "a", None)], Coverage::Delta));
    let begun = reading(&mut packer, &[(1, 10, "b", None)], Coverage::Window);
    timeline.merge(Reading { complete: false, ..begun });
    packer.removed("e1");
    timeline.merge(packer.take(Coverage::Window, false));
    timeline.merge(packer.take(Coverage::Window, true));
    assert_eq!(timeline.len(), 0);
}

#[test]
fn the_newest_revision_stays_though_its_reading_says_an_older_one_after_it() {
    let said = |revised: i64| (1, 10, ["first", "second", "third"][revised as usize], Some(revised));
    for known in 0..2 {
        let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
        timeline.merge(reading(&mut packer, &[said(known)], Coverage::Delta));
        let again = reading(&mut packer, &[said(2), said(0), said(known)], Coverage::Delta);
        timeline.merge(again.clone());
        assert_eq!(shown(&timeline), pairs(&[("e1", "third")]), "known: {known}");
        assert!(timeline.merge(again).is_empty(), "known: {known}");
    }
}

#[test]
fn the_newest_revision_stays_though_its_look_says_an_older_one_after_it() {
    let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
    timeline.merge(reading(&mut packer, &[(1, 10, "older", Some(1))], Coverage::Delta));
    let newer = reading(&mut packer, &[(1, 10, "newer", Some(2))], Coverage::Window);
    timeline.merge(Reading { complete: false, ..newer });
    let older = reading(&mut packer, &[(1, 10, "older", Some(1))], Coverage::Window);
    timeline.merge(Reading { begins: false, ..older });
    assert_eq!(shown(&timeline), pairs(&[("e1", "newer")]));
}

#[test]
fn a_log_whose_end_is_read_first_has_each_version_once() {
    let log: [Said; 6] = [
        (1, 10, "a", None),
        (2, 10, "x", Some(1)),
        (1, 10, "b", None),
        (1, 10, "c", None),
        (2, 10, "y", Some(2)),
        (1, 10, "d", None),
    ];
    for end in 0..=log.len() {
        for cut in 0..=end {
            let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
            let mut merge = |from: usize, to: usize, begins, complete| {
                let said = reading_at(&mut packer, from as i64, &log[from..to], Coverage::Delta);
                timeline.merge(Reading { begins, complete, ..said })
            };
            merge(end, log.len(), true, false);
            merge(0, cut, false, false);
            merge(cut, end, false, false);
            let change = merge(end, log.len(), false, true);
            assert!(change.revised.is_empty(), "what is shown does not change, {cut} {end}");
            assert_eq!(history(&timeline, "e1"), ["a", "b", "c", "d"], "{cut} {end}");
            assert_eq!(history(&timeline, "e2"), ["x", "y"], "{cut} {end}");
            let is_edited = |id| timeline.row_of(0, id).is_some_and(|row| timeline.is_edited(row));
            assert!(is_edited("e1") && is_edited("e2"), "{cut} {end}");
            assert_eq!(timeline.len(), 2);
        }
    }
}

#[test]
fn what_stands_first_and_is_newer_by_its_own_word_is_what_an_entry_says() {
    let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
    let end = reading_at(&mut packer, 1, &[(1, 10, "old", Some(1))], Coverage::Delta);
    timeline.merge(Reading { complete: false, ..end });
    let start = reading_at(&mut packer, 0, &[(1, 10, "new", Some(2))], Coverage::Delta);
    timeline.merge(Reading { begins: false, ..start });
    assert_eq!(shown(&timeline), pairs(&[("e1", "new")]));
}

#[test]
fn what_was_taken_down_comes_back_at_the_end_of_a_look_unless_that_takes_it_down_again() {
    for takes_down_again in [true, false] {
        let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
        let told = reading(&mut packer, &[(1, 10, "a", None), (2, 20, "b", None)], Coverage::Delta);
        timeline.merge(Reading { removed: vec![Line::new("e1")], ..told.clone() });
        let change = timeline.merge(Reading { complete: false, ..told.clone() });
        assert!(change.is_empty(), "it may be taken down again: {change:?}");
        if takes_down_again {
            packer.removed("e1");
        }
        let change = timeline.merge(packer.take(Coverage::Delta, false));
        assert!(change.is_empty(), "{change:?}");
        let change = timeline.merge(packer.take(Coverage::Delta, true));
        assert_eq!(change.restored.len(), usize::from(!takes_down_again));
        assert_eq!(timeline.len(), 2 - usize::from(takes_down_again));
        // A look that is left before its end may have come to history alone.
        packer.removed("e1");
        timeline.merge(packer.take(Coverage::Delta, true));
        timeline.merge(Reading { complete: false, ..told.clone() });
        let change = timeline.merge(Reading { complete: false, ..told });
        assert!(change.is_empty(), "{change:?}");
    }
}

#[test]
fn what_a_look_listed_that_came_with_a_further_part_can_be_missed() {
    let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
    let page = [(1, 10, "a", None), (2, 20, "b", None), (3, 30, "c", None)];
    timeline.merge(reading(&mut packer, &page[..1], Coverage::Window));
    let further = reading(&mut packer, &page[1..], Coverage::Delta);
    timeline.merge(Reading { is_further: true, ..further.clone() });
    timeline.merge(reading(&mut packer, &page[..2], Coverage::Window));
    // A further part that tells it again, changed or not, makes no difference.
    timeline.merge(Reading { is_further: true, ..further });
    let again = reading(&mut packer, &[(2, 20, "b, mended", None)], Coverage::Delta);
    timeline.merge(Reading { is_further: true, ..again });
    let change = timeline.merge(reading(&mut packer, &page[..1], Coverage::Window));
    assert_eq!(change.removed, [timeline.row_of(0, "e2").unwrap()]);
    assert_eq!(shown(&timeline), pairs(&[("e1", "a"), ("e3", "c")]));
    assert!(timeline.is_further(1), "it came with a further part nevertheless");
}
