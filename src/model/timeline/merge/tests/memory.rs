//! What merging keeps in memory.

use super::*;

#[test]
fn an_endless_feed_takes_no_more_memory_than_what_is_kept_of_it() {
    let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
    let words: &'static str = "many words ".repeat(400).leak();
    for round in 0..60 {
        let said: Vec<Said> =
            (0..25).map(|number| (number, 100 * round + i64::from(number), words, None)).collect();
        let mut draft = Draft::default();
        packer.begin();
        for (id, minute, words, _) in &said {
            // Each is told as it comes, revised, and told again as it was first.
            for version in ["", "mended ", ""] {
                draft.clear();
                draft.id.set(&format!("e{round}-{id}"));
                draft.published = stamp(*minute);
                draft.revised = stamp(version.len() as i64);
                draft.body.set(&format!("{version}{words}"));
                draft.position += 1;
                packer.entry(&mut draft);
            }
        }
        let reading = packer.take(Coverage::Delta, true);
        timeline.merge(reading.clone());
        let mut change = Change::default();
        timeline.keep_newest(0, 50, &mut change);
        timeline.release();
        assert_eq!(change.dropped.len(), if round < 2 { 0 } else { 25 });
        assert!(timeline.merge(reading).is_empty());
    }
    assert_eq!((timeline.order().len(), timeline.rows.len(), timeline.older.len()), (50, 50, 50));
    assert!(timeline.places.len() <= 50);
    assert!(timeline.slots.len() <= 3, "{} segments", timeline.slots.len());
    assert_eq!(timeline.segment(0).map(|(first, _)| first > 0), Some(true), "what went is skipped");
    assert!(
        timeline.order().iter().all(|row| timeline.entry(*row).is_some() && timeline.older(*row).is_some())
    );
}

#[test]
fn what_grew_for_long_before_it_ended_leaves_nothing_behind() {
    let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
    let mut draft = Draft::default();
    let long = "many words ".repeat(8000);
    for length in 1..20 {
        draft.clear();
        draft.id.set("e1");
        draft.published = stamp(1);
        draft.body.set(&format!("{long}{length}"));
        draft.is_open = length < 19;
        packer.entry(&mut draft);
        timeline.merge(packer.take(Coverage::Delta, true));
    }
    assert_eq!(timeline.len(), 1);
    assert!(timeline.slots.len() <= 2, "{} segments", timeline.slots.len());
    assert!(timeline.order().is_sorted_by_key(|row| timeline.place(*row)));
}
