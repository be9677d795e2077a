//! What is held stands, when it is let in, as if nothing had been held.

use chrono::DateTime;
use proptest::prelude::*;

use super::*;
use crate::model::{Draft, Kinds, Packer, Precision, Stamp};

/// What a look says at a minute.
#[derive(Debug, Clone, Copy)]
struct Told {
    minute: u8,
    word: u8,
    revised: Option<u8>,
    is_pinned: bool,
}

/// A look at what says these words at these minutes.
fn look(told: &[(u8, u8)], coverage: Coverage) -> Reading {
    let told = told.iter().map(|(minute, word)| Told {
        minute: *minute,
        word: *word,
        revised: None,
        is_pinned: false,
    });
    look_at(0, &told.collect::<Vec<_>>(), &[], coverage)
}

/// A look at what was told, with the first of it at `position`, after which what is of the minutes `gone` was taken down.
fn look_at(position: i64, told: &[Told], gone: &[u8], coverage: Coverage) -> Reading {
    let (mut packer, mut draft) = (Packer::new(0), Draft::default());
    let time = |minute: u8| DateTime::from_timestamp(60 * i64::from(minute), 0).unwrap().fixed_offset();
    for (position, told) in (position..).zip(told) {
        draft.clear();
        draft.id.set(&format!("e{}", told.minute));
        draft.published = Stamp::new(time(told.minute), Precision::Minute);
        draft.revised = told.revised.and_then(|minute| Stamp::new(time(minute), Precision::Minute));
        draft.kinds = if told.is_pinned { Kinds::PINNED } else { Kinds::NONE };
        draft.headline.set(&format!("Word {}", told.word));
        draft.position = position;
        packer.entry(&mut draft);
    }
    gone.iter().for_each(|minute| packer.removed(&format!("e{minute}")));
    packer.take(coverage, true)
}

/// Each entry with its words, unless it was taken down.
fn state(timeline: &Timeline) -> Vec<(String, Option<String>)> {
    let row = |row: &u32| {
        let entry = timeline.entry(*row).unwrap();
        let told = (entry.headline(), entry.kinds(), timeline.has_fallen_away(*row));
        (entry.id().to_owned(), (!timeline.is_removed(*row)).then(|| format!("{told:?}")))
    };
    timeline.order().iter().map(row).collect()
}

fn after(known: &Reading, readings: impl Iterator<Item = Reading>) -> Timeline {
    let mut timeline = Timeline::default();
    timeline.merge(known.clone());
    readings.for_each(|reading| drop(timeline.merge(reading)));
    timeline
}

fn readings(held: Held) -> impl Iterator<Item = Reading> {
    held.into_readings().map(|(reading, _)| reading)
}

/// How many entries of it are not known yet.
fn count(held: &Held) -> usize {
    held.count(0..1).new
}

fn push(held: &mut Held, reading: Reading, timeline: &Timeline) {
    held.push(reading, timeline, DateTime::UNIX_EPOCH);
}

fn told() -> impl Strategy<Value = Vec<Told>> {
    let said = (0..3_u8, proptest::option::weighted(0.4, 0..5_u8), proptest::bool::weighted(0.15));
    let told = proptest::collection::btree_map(0..12_u8, said, 0..9);
    let told = told.prop_map(|told| told.into_iter().rev());
    told.prop_map(|told| {
        told.map(|(minute, (word, revised, is_pinned))| Told { minute, word, revised, is_pinned }).collect()
    })
}

#[test]
fn a_document_that_is_read_again_and_again_is_held_once() {
    let known = look(&[(1, 0)], Coverage::Window);
    let timeline = after(&known, std::iter::empty());
    let mut held = Held::default();
    for newest in 2..60 {
        let told: Vec<(u8, u8)> = (1..=newest).rev().map(|minute| (minute, newest)).collect();
        look(&told, Coverage::Window)
            .in_pieces(40)
            .into_iter()
            .for_each(|piece| push(&mut held, piece, &timeline));
    }
    assert_eq!(count(&held), 58, "the one that is known is not new");
    assert_eq!(readings(held).map(|reading| reading.segment.len()).sum::<usize>(), 59);
}

#[test]
fn what_has_left_a_window_is_held_and_what_was_taken_down_in_it_is_not() {
    let timeline = Timeline::default();
    let mut held = Held::default();
    for told in [&[(3, 0), (2, 0), (1, 0)][..], &[(5, 0), (4, 0), (2, 0)], &[(6, 0), (4, 0)]] {
        push(&mut held, look(told, Coverage::Window), &timeline);
    }
    assert_eq!(count(&held), 4);
    let timeline = after(&look(&[], Coverage::Delta), readings(held));
    let ids: Vec<String> = state(&timeline).into_iter().map(|(id, ..)| id).collect();
    assert_eq!(ids, ["e1", "e2", "e4", "e6"]);
}

#[test]
fn what_a_log_adds_is_all_kept() {
    let mut held = Held::default();
    for word in 0..3 {
        let reading = Reading { begins: false, ..look(&[(1, word)], Coverage::Delta) };
        push(&mut held, reading, &Timeline::default());
    }
    assert_eq!(count(&held), 1);
    assert_eq!(readings(held).count(), 3);
}

proptest! {
    #[test]
    fn letting_in_what_is_kept_leaves_what_letting_in_everything_would(
        known in told(),
        is_log in any::<bool>(),
        looks in proptest::collection::vec(
            (told(), proptest::collection::vec(0..12_u8, 0..2), 0..9_u8, 20..200_usize, any::<bool>()),
            0..7,
        ),
    ) {
        let known = look_at(0, &known, &[], Coverage::Delta);
        let timeline = after(&known, std::iter::empty());
        let (mut held, mut all) = (Held::default(), Vec::new());
        for (number, (told, gone, coverage, size, begins)) in looks.into_iter().enumerate() {
            let coverage = match (is_log, coverage) {
                (_, 0) | (true, 4..) => Coverage::Delta,
                (true, 3) => Coverage::Cut,
                (true, _) => Coverage::Rewritten,
                (false, 1) => Coverage::Whole,
                (false, _) => Coverage::Window,
            };
            // What a log tells of changes alone goes on from what it told before.
            let begins = begins && !is_log || coverage != Coverage::Delta;
            // What a log adds stands behind what it told before.
            let first = if begins { 0 } else { 100 * (1 + number as i64) };
            let reading = look_at(first, &told, &gone, coverage);
            all.extend(Reading { begins, ..reading }.in_pieces(size));
        }
        all.iter().for_each(|reading| push(&mut held, reading.clone(), &timeline));
        let new = count(&held);
        let (kept, whole) = (after(&known, readings(held)), after(&known, all.into_iter()));
        // What came and went meanwhile may never have come.
        let is_known = |id: &str| timeline.row_of(0, id).is_some();
        let stands = |(id, words): &(String, Option<String>)| is_known(id) || words.is_some();
        let expected: Vec<_> = state(&whole).into_iter().filter(stands).collect();
        let found: Vec<_> = state(&kept).into_iter().filter(stands).collect();
        prop_assert_eq!(found, expected);
        let stand = state(&whole).into_iter().filter(|(id, words)| words.is_some() && !is_known(id));
        let stand = stand.count();
        prop_assert!(stand == new || is_log && stand < new, "{stand} stand, {new} are counted");
    }
}

#[test]
fn what_is_held_of_an_entry_that_becomes_known_otherwise_meanwhile_is_an_edit() {
    for (word, revised, edits) in
        [(1, None, 1), (0, None, 0), (1, Some(5), 1), (0, Some(5), 0), (1, Some(2), 0)]
    {
        let told = Told { minute: 9, word, revised, is_pinned: false };
        let mut held = Held::default();
        push(&mut held, look_at(0, &[told], &[], Coverage::Window), &Timeline::default());
        assert_eq!(held.count(0..1), HeldCount { new: 1, edits: 0 });
        let known = Told { word: 0, revised: revised.map(|_| 3), ..told };
        let known = look_at(0, &[known], &[], Coverage::Delta);
        known.entries().for_each(|entry| held.know(entry));
        assert_eq!(held.count(0..1), HeldCount { new: 0, edits }, "{word} of {revised:?}");
        let timeline = after(&known, readings(held));
        let is_edited = timeline.row_of(0, "e9").is_some_and(|row| timeline.is_edited(row));
        assert_eq!(usize::from(is_edited), edits, "as it will be");
    }
}

#[test]
fn an_older_copy_that_comes_later_does_not_replace_what_is_held() {
    let copy = |word, revised| {
        look_at(
            0,
            &[Told { minute: 9, word, revised: Some(revised), is_pinned: false }],
            &[],
            Coverage::Window,
        )
    };
    let mut held = Held::default();
    for (word, revised) in [(1, 20), (2, 30), (1, 20), (1, 20)] {
        push(&mut held, copy(word, revised), &Timeline::default());
    }
    let held: Vec<Reading> = readings(held).collect();
    assert_eq!(held.iter().map(|reading| reading.segment.len()).sum::<usize>(), 2, "the newest and the last");
    let timeline = after(&look(&[], Coverage::Delta), held.into_iter());
    assert_eq!(timeline.entry(timeline.current(0)).and_then(Entry::headline), Some("Word 2"));
}

#[test]
fn what_is_gone_since_is_counted_no_more() {
    for (coverage, expected) in [(Coverage::Window, 1), (Coverage::Whole, 1), (Coverage::Cut, 3)] {
        let mut held = Held::default();
        for told in [&[(3, 0), (2, 0), (1, 0)][..], &[(1, 0)]] {
            push(&mut held, look(told, coverage), &Timeline::default());
        }
        assert_eq!(count(&held), expected, "{coverage:?}: what fell away stands");
    }
}
