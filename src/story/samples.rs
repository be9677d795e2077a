//! Small timelines for the tests of this floor.

use chrono::{DateTime, Utc};

use crate::model::{Coverage, Draft, Packer, Precision, Row, Stamp, Timeline};

use super::Holder;

/// A timeline whose entries say `bodies`, a minute apart, oldest first.
pub(super) fn timeline(bodies: &[&str]) -> Timeline {
    let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
    packer.begin();
    let mut draft = Draft::default();
    for (index, body) in bodies.iter().enumerate() {
        draft.clear();
        draft.id.set(&format!("e{index}"));
        let time = DateTime::<Utc>::from_timestamp(1_700_000_000 + 60 * index as i64, 0);
        draft.published = time.and_then(|time| Stamp::new(time.fixed_offset(), Precision::Minute));
        draft.body.set(body);
        draft.position = index as i64;
        packer.entry(&mut draft);
    }
    timeline.merge(packer.take(Coverage::Delta, true));
    timeline
}

/// The entries of `timeline`, newest first: the order of taking must not matter.
pub(super) fn holders(timeline: &Timeline) -> impl Iterator<Item = Holder> {
    (0..timeline.row_count() as Row).rev().map(Holder::Entry)
}
