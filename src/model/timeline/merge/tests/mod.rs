//! What merging promises.

use chrono::{DateTime, Utc};
use proptest::prelude::*;

use super::*;
use crate::{
    model::{Coverage, Draft, Packer, Precision, Stamp},
    text::line::Line,
};

mod cuts;
mod looks;
mod memory;

/// An entry of these tests: id, minute, words, minute of revision.
pub(in super::super::super) type Said = (u8, i64, &'static str, Option<i64>);

fn stamp(minute: i64) -> Option<Stamp> {
    let time = DateTime::<Utc>::from_timestamp(1_700_000_000 + 60 * minute, 0)?;
    Stamp::new(time.fixed_offset(), Precision::Minute)
}

pub(in super::super::super) fn reading(packer: &mut Packer, said: &[Said], coverage: Coverage) -> Reading {
    reading_at(packer, 0, said, coverage)
}

/// A reading of what stands at `position` and after it.
fn reading_at(packer: &mut Packer, position: i64, said: &[Said], coverage: Coverage) -> Reading {
    packer.begin();
    let mut draft = Draft::default();
    for (index, (id, minute, words, revised)) in said.iter().enumerate() {
        draft.clear();
        draft.id.set(&format!("e{id}"));
        draft.published = stamp(*minute);
        draft.revised = revised.and_then(stamp);
        draft.body.set(words);
        draft.position = position + index as i64;
        packer.entry(&mut draft);
    }
    packer.take(coverage, true)
}

fn shown(timeline: &Timeline) -> Vec<(String, String)> {
    let rows = timeline.order().iter().filter(|row| !timeline.is_removed(**row));
    let entries = rows.filter_map(|row| timeline.entry(*row));
    entries.map(|entry| (entry.id().to_owned(), entry.body().text().to_owned())).collect()
}

fn pairs(said: &[(&str, &str)]) -> Vec<(String, String)> {
    said.iter().map(|(id, words)| ((*id).to_owned(), (*words).to_owned())).collect()
}

/// What the versions of the entry called `id` say, the first one first.
fn history(timeline: &Timeline, id: &str) -> Vec<String> {
    let row = timeline.row_of(0, id).expect("it is known");
    let versions = std::iter::successors(Some(row), |row| timeline.older(*row));
    let said = versions.filter_map(|row| timeline.entry(row)).map(|entry| entry.body().text().to_owned());
    let mut said: Vec<String> = said.collect();
    said.reverse();
    said
}

#[test]
fn entries_stand_in_the_order_of_their_times() {
    let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
    let change = timeline.merge(reading(
        &mut packer,
        &[(1, 30, "late", None), (2, 10, "early", None)],
        Coverage::Delta,
    ));
    assert_eq!(change.added.len(), 2);
    timeline.merge(reading(&mut packer, &[(3, 20, "between", None)], Coverage::Delta));
    assert_eq!(shown(&timeline), pairs(&[("e2", "early"), ("e3", "between"), ("e1", "late")]));
}

#[test]
fn a_revision_takes_the_place_and_keeps_the_old_version() {
    let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
    timeline.merge(reading(&mut packer, &[(1, 10, "one", None), (2, 10, "two", None)], Coverage::Delta));
    let change = timeline.merge(reading(&mut packer, &[(1, 10, "one, mended", None)], Coverage::Delta));
    let [(old, new)] = change.revised.as_slice() else { panic!("one revision") };
    assert_eq!(timeline.older(*new), Some(*old));
    assert!(timeline.is_edited(*new));
    assert_eq!(timeline.current(*old), *new);
    assert_eq!(timeline.index_of(*old), Some(0));
    assert_eq!(shown(&timeline), pairs(&[("e1", "one, mended"), ("e2", "two")]));
}

#[test]
fn what_a_look_begins_with_takes_the_place_of_no_open_entry_and_what_goes_on_does() {
    for (begins, wanted) in [(true, ["half", "more"].as_slice()), (false, &["more"])] {
        let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
        for (id, words, is_open) in [("half", "words", true), ("more", "more words", false)] {
            let mut draft = Draft { is_open, published: stamp(1), ..Draft::default() };
            draft.id.set(id);
            draft.body.set(words);
            if begins {
                packer.begin();
            }
            packer.entry(&mut draft);
            timeline.merge(packer.take(Coverage::Delta, true));
        }
        let ids: Vec<String> = shown(&timeline).into_iter().map(|(id, _)| id).collect();
        assert_eq!(ids, wanted, "begins: {begins}");
    }
}

#[test]
fn an_entry_that_one_reading_revises_twice_is_told_once() {
    // The time stays, moves with the first version, with the second, with both.
    for (second, third) in [(10, 10), (12, 12), (10, 12), (12, 14)] {
        let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
        timeline.merge(reading(&mut packer, &[(1, 10, "one", None), (2, 20, "two", None)], Coverage::Delta));
        let again = [(1, second, "mended", None), (1, third, "mended again", None)];
        let change = timeline.merge(reading(&mut packer, &again, Coverage::Delta));
        assert_eq!(change.revised, [(0, timeline.current(0))], "{second} {third}");
        assert!(change.added.is_empty(), "{second} {third}: what is revised is nothing new");
        assert_eq!(shown(&timeline), pairs(&[("e1", "mended again"), ("e2", "two")]));
        assert_eq!(timeline.order().len(), 2);
    }
}

#[test]
fn an_entry_that_comes_and_is_revised_in_one_reading_is_new_and_nothing_else() {
    let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
    let twice = [(1, 10, "one", None), (1, 10, "mended", None), (1, 12, "mended again", None)];
    let change = timeline.merge(reading(&mut packer, &twice, Coverage::Delta));
    assert_eq!((change.added.len(), change.revised.as_slice()), (1, [].as_slice()));
    assert_eq!(shown(&timeline), pairs(&[("e1", "mended again")]));
}

#[test]
fn what_is_revised_while_its_end_is_not_certain_keeps_its_earlier_versions() {
    let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
    let mut draft = Draft::default();
    for (words, is_open) in
        [("one", false), ("one two", true), ("one two three", true), ("one two four", false)]
    {
        draft.clear();
        draft.id.set("e1");
        draft.published = stamp(10);
        draft.body.set(words);
        draft.is_open = is_open;
        packer.entry(&mut draft);
        timeline.merge(packer.take(Coverage::Delta, true));
    }
    assert_eq!(history(&timeline, "e1"), ["one", "one two four"]);
    assert!(timeline.is_edited(timeline.current(0)));
}

#[test]
fn a_window_does_not_miss_what_came_with_a_further_part() {
    let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
    let page = [(1, 10, "a", None), (2, 20, "b", None)];
    timeline.merge(reading(&mut packer, &page, Coverage::Window));
    let newer = reading(&mut packer, &[(3, 30, "c", None)], Coverage::Delta);
    timeline.merge(Reading { is_further: true, ..newer });
    let change = timeline.merge(reading(&mut packer, &page, Coverage::Window));
    assert!(change.removed.is_empty());
    assert_eq!(shown(&timeline), pairs(&[("e1", "a"), ("e2", "b"), ("e3", "c")]));
}

#[test]
fn an_older_revision_never_replaces_a_newer() {
    let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
    timeline.merge(reading(&mut packer, &[(1, 10, "new", Some(30))], Coverage::Delta));
    let change = timeline.merge(reading(&mut packer, &[(1, 10, "old", Some(20))], Coverage::Delta));
    assert!(change.is_empty());
    assert_eq!(shown(&timeline), pairs(&[("e1", "new")]));
}

#[test]
fn a_window_removes_what_it_lacks_and_not_what_fell_off_its_end() {
    let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
    let all = [(1, 10, "a", None), (2, 20, "b", None), (3, 30, "c", None)];
    timeline.merge(reading(&mut packer, &all, Coverage::Window));
    let change = timeline.merge(reading(&mut packer, &[(2, 20, "b", None)], Coverage::Window));
    assert_eq!(change.removed.len(), 1, "only the one above the oldest that is still there");
    assert_eq!(shown(&timeline), pairs(&[("e1", "a"), ("e2", "b")]));
    assert_eq!(timeline.len(), 2);
    let change = timeline.merge(reading(&mut packer, &all, Coverage::Window));
    assert_eq!(change.restored.len(), 1);
    assert_eq!(timeline.len(), 3);
}

#[test]
fn a_whole_removes_all_it_lacks() {
    let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
    timeline.merge(reading(&mut packer, &[(1, 10, "a", None), (2, 20, "b", None)], Coverage::Whole));
    timeline.merge(reading(&mut packer, &[(2, 20, "b", None)], Coverage::Whole));
    assert_eq!(shown(&timeline), pairs(&[("e2", "b")]));
}

#[test]
fn a_removed_line_takes_its_entry_down_and_telling_it_again_brings_it_back() {
    let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
    timeline.merge(reading(&mut packer, &[(1, 10, "a", None)], Coverage::Delta));
    packer.removed("e1");
    assert_eq!(timeline.merge(packer.take(Coverage::Delta, true)).removed.len(), 1);
    assert_eq!(timeline.len(), 0);
    let change = timeline.merge(reading(&mut packer, &[(1, 10, "a", None)], Coverage::Delta));
    assert_eq!(change.restored.len(), 1);
}

#[test]
fn what_comes_back_changed_is_revised_and_what_comes_back_as_it_was_is_restored() {
    let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
    let all = [(1, 10, "a", None), (2, 20, "b", None), (3, 30, "c", None)];
    timeline.merge(reading(&mut packer, &all, Coverage::Window));
    timeline.merge(reading(&mut packer, &all[..1], Coverage::Window));
    assert_eq!(timeline.len(), 1);
    let again = [all[0], (2, 20, "b, mended", None), all[2]];
    let change = timeline.merge(reading(&mut packer, &again, Coverage::Window));
    assert_eq!((change.revised, change.restored), (vec![(1, timeline.current(1))], vec![2]));
    assert_eq!(timeline.len(), 3);
}

#[test]
fn what_is_told_and_taken_down_again_in_one_reading_did_not_come_back() {
    let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
    let mut told_and_taken_down = |words| {
        let told = reading(&mut packer, &[(1, 10, words, None)], Coverage::Delta);
        timeline.merge(Reading { removed: vec![Line::new("e1")], ..told })
    };
    assert_eq!(told_and_taken_down("a").removed, [0]);
    assert!(told_and_taken_down("a").is_empty());
    let change = told_and_taken_down("b");
    assert_eq!((change.revised, change.restored, change.removed), (vec![(0, 1)], vec![], vec![]));
    assert_eq!(timeline.len(), 0);
}

#[test]
fn a_segment_of_repeats_is_dropped_and_tiny_ones_are_joined() {
    let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
    for minute in 0..100 {
        timeline.merge(reading(&mut packer, &[(minute as u8, minute, "words", None)], Coverage::Delta));
        timeline.merge(reading(&mut packer, &[(minute as u8, minute, "words", None)], Coverage::Delta));
    }
    assert_eq!(timeline.row_count(), 100);
    assert!(timeline.slots.len() < 10, "{} segments", timeline.slots.len());
    assert_eq!(shown(&timeline).len(), 100);
}

#[test]
fn an_entry_without_a_time_keeps_its_neighbours_place() {
    let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
    let mut draft = Draft::default();
    for (id, minute) in [("x", None), ("a", Some(10)), ("b", None), ("c", Some(20))] {
        draft.clear();
        draft.id.set(id);
        draft.published = minute.and_then(stamp);
        draft.position += 1;
        packer.entry(&mut draft);
    }
    timeline.merge(packer.take(Coverage::Delta, true));
    let ids: Vec<String> = shown(&timeline).into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids.len(), 4);
    assert_eq!(ids[3], "c");
}

fn said() -> impl Strategy<Value = Vec<Said>> {
    let words = prop::sample::select(vec!["a", "b", "c"]);
    prop::collection::vec((0u8..6, 0i64..5, words, prop::option::of(0i64..3)), 0..12)
}

proptest! {
    #[test]
    fn merging_twice_changes_nothing(first in said(), second in said()) {
        let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
        timeline.merge(reading(&mut packer, &first, Coverage::Delta));
        let again = reading(&mut packer, &second, Coverage::Window);
        timeline.merge(again.clone());
        let before = shown(&timeline);
        timeline.merge(again.clone());
        // A reading that contradicts itself settles on its last word, whatever was there.
        prop_assert_eq!(shown(&timeline), before);
        prop_assert!(timeline.order().is_sorted_by_key(|row| timeline.place(*row)));
    }

    #[test]
    fn a_reading_in_pieces_means_the_same(first in said(), second in said(), size in 1usize..40) {
        let (mut whole, mut pieces) = (Timeline::default(), Timeline::default());
        let mut packer = Packer::new(0);
        let unique = |said: Vec<Said>| {
            let mut unique: Vec<Said> = Vec::new();
            for said in said {
                if !unique.iter().any(|known| known.0 == said.0) {
                    unique.push(said);
                }
            }
            unique
        };
        for said in [unique(first), unique(second)] {
            let reading = reading(&mut packer, &said, Coverage::Window);
            whole.merge(reading.clone());
            for piece in reading.in_pieces(size) {
                pieces.merge(piece);
            }
            prop_assert_eq!(shown(&whole), shown(&pieces));
        }
    }

    #[test]
    fn deltas_may_be_cut_anywhere(all in said(), cut in 0usize..12) {
        let mut unique: Vec<Said> = Vec::new();
        for said in all {
            if !unique.iter().any(|known| known.0 == said.0) {
                unique.push(said);
            }
        }
        let (mut whole, mut pieces) = (Timeline::default(), Timeline::default());
        let mut packer = Packer::new(0);
        whole.merge(reading(&mut packer, &unique, Coverage::Delta));
        let cut = cut.min(unique.len());
        pieces.merge(reading(&mut packer, &unique[..cut], Coverage::Delta));
        pieces.merge(reading(&mut packer, &unique[cut..], Coverage::Delta));
        let sorted = |timeline: &Timeline| { let mut all = shown(timeline); all.sort(); all };
        prop_assert_eq!(sorted(&whole), sorted(&pieces));
    }

    #[test]
    fn what_was_revised_last_is_shown_however_it_is_told(
        told in prop::collection::vec(prop::collection::vec(0i64..5, 1..5), 1..5),
        cut in any::<bool>(),
    ) {
        let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
        let words = ["a", "b", "c", "d", "e"];
        let mut newest = 0;
        for said in told {
            newest = said.iter().fold(newest, |newest, revised| newest.max(*revised));
            let said: Vec<Said> =
                said.iter().map(|revised| (1, 10, words[*revised as usize], Some(*revised))).collect();
            let reading = reading(&mut packer, &said, if cut { Coverage::Window } else { Coverage::Delta });
            let pieces = if cut { reading.clone().in_pieces(1) } else { vec![reading.clone()] };
            pieces.into_iter().for_each(|piece| drop(timeline.merge(piece)));
            prop_assert_eq!(shown(&timeline), pairs(&[("e1", words[newest as usize])]));
            prop_assert!(timeline.merge(reading).is_empty());
        }
    }
}

#[test]
fn too_many_entries_lose_their_oldest_for_good() {
    let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
    let all = [(1, 10, "one", None), (2, 20, "two", None), (3, 30, "three", None)];
    timeline.merge(reading(&mut packer, &all, Coverage::Delta));
    let mut other = Packer::new(1);
    timeline.merge(reading(&mut other, &[(9, 5, "another blog's", None)], Coverage::Delta));
    let mut change = Change::default();
    timeline.keep_newest(0, 2, &mut change);
    let kept = pairs(&[("e9", "another blog's"), ("e2", "two"), ("e3", "three")]);
    assert_eq!(shown(&timeline), kept);
    timeline.merge(reading(&mut packer, &all, Coverage::Delta));
    timeline.merge(reading(&mut packer, &[(1, 10, "one, mended", None)], Coverage::Delta));
    assert_eq!(shown(&timeline), kept, "telling what went again does not bring it back");
    timeline.keep_newest(0, 1, &mut change);
    assert_eq!(timeline.len(), 2);
}
