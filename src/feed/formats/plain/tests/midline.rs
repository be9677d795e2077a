//! Sources that were left in the middle of a line, and went on with it.

use super::*;

const LOG: &str = "\
Mill log

12:00 First thing went well.
12:03 Second thing, which was long,
and went on in a line of its own.
12:07 Third thing grows well.
12:10 Fourth thing began.

The fourth has another paragraph.
12:15 Fifth thing is the last.
";

/// What comes before a source is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rest {
    Pause,
    Quiet,
}

/// The timeline of `text` cut at `cuts`, with what rests come there.
fn left(text: &str, cuts: &[(usize, Rest)]) -> Timeline {
    let (mut stream, mut packer) = open();
    let mut timeline = Timeline::default();
    let mut from = 0;
    for (to, rest) in cuts.iter().copied() {
        stream.push(&text.as_bytes()[from..to], &mut packer);
        stream.pause(&mut packer);
        timeline.merge(packer.take(Coverage::Delta, false));
        if rest == Rest::Quiet {
            stream.finish(&mut packer);
            timeline.merge(packer.take(Coverage::Delta, true));
        }
        from = to;
    }
    stream.push(&text.as_bytes()[from..], &mut packer);
    stream.finish(&mut packer);
    timeline.merge(packer.take(Coverage::Delta, true));
    timeline
}

fn entries(timeline: &Timeline) -> Vec<String> {
    timeline.order().iter().filter_map(|row| timeline.entry(*row)).map(told).collect()
}

#[test]
fn a_line_that_was_left_goes_on_wherever_it_was_left() {
    // Where one stamp is all there is, it is taken for what it looks like.
    let from = LOG.find("12:03").unwrap();
    for text in [LOG, LOG.trim_end()] {
        for cut in from..text.len() {
            for rest in [Rest::Pause, Rest::Quiet] {
                assert_eq!(
                    entries(&left(text, &[(cut, rest)])),
                    read_all(LOG),
                    "{rest:?} behind {:?}",
                    &text[..cut]
                );
            }
        }
    }
}

#[test]
fn an_entry_that_goes_on_in_the_middle_of_a_line_is_told_at_once_and_keeps_its_id() {
    let (mut stream, mut packer) = open();
    let mut said = Vec::new();
    for piece in
        ["12:00 First thing.\n12:07 Third th", "ing", " grows well.", "\n", "12:1", "0 Fourth", " thing"]
    {
        stream.push(piece.as_bytes(), &mut packer);
        stream.finish(&mut packer);
        let reading = packer.take(Coverage::Delta, true);
        let entries = (0..reading.segment.len()).filter_map(|index| Entry::new(&reading.segment, index));
        said.push(
            entries
                .map(|entry| (entry.id().to_owned(), entry.body().text().to_owned(), entry.is_open()))
                .collect::<Vec<_>>(),
        );
    }
    let id = said[0][1].0.clone();
    let third = |words: &str| vec![(id.clone(), words.to_owned(), false)];
    assert_eq!(said[0][1..], third("Third th"));
    assert_eq!(said[1], third("Third thing"));
    assert_eq!(said[2], third("Third thing grows well."));
    assert!(said[3].is_empty() || said[3] == third("Third thing grows well."));
    assert!(said[4].is_empty() && said[5].is_empty(), "half a time is no text: {said:?}");
    assert_eq!((said[6].len(), said[6][0].1.as_str()), (1, "Fourth thing"), "{:?}", said[6]);
}

#[test]
fn a_file_without_a_line_end_at_its_end_is_told_once_when_another_line_follows() {
    let text = LOG.trim_end().to_owned() + "\n12:20 Sixth thing.";
    let timeline = left(&text, &[(LOG.trim_end().len(), Rest::Quiet)]);
    assert_eq!(entries(&timeline).len(), 6);
    assert!(timeline.order().iter().all(|row| !timeline.is_edited(*row) && timeline.older(*row).is_none()));
}

#[test]
fn a_line_whose_writer_has_gone_is_over() {
    let (mut stream, mut packer) = open();
    stream.push(b"12:00 First thing.\n12:07 Third th", &mut packer);
    stream.finish(&mut packer);
    stream.end(&mut packer);
    stream.push(b"12:10 Fourth thing.\n", &mut packer);
    stream.end(&mut packer);
    let mut timeline = Timeline::default();
    timeline.merge(packer.take(Coverage::Delta, true));
    assert_eq!(entries(&timeline).len(), 3, "{:#?}", entries(&timeline));
}

proptest! {
    #[test]
    fn a_text_may_rest_anywhere(mut cuts in proptest::collection::vec((0..LOG.len(), any::<bool>()), 0..6), has_end in any::<bool>()) {
        cuts.sort_unstable();
        let text = if has_end { LOG } else { LOG.trim_end() };
        let from = LOG.find("12:03").unwrap();
        let rests: Vec<(usize, Rest)> = cuts
            .into_iter()
            .map(|(at, is_pause)| (at.clamp(from, text.len()), if is_pause { Rest::Pause } else { Rest::Quiet }))
            .collect();
        prop_assert_eq!(entries(&left(text, &rests)), read_all(LOG));
    }
}

/// What was left at `cut` and then read on is read again from its start: how many entries were lost, and how many are new.
fn lost_and_new(text: &str, cut: usize) -> (usize, usize) {
    let (mut stream, mut packer) = open();
    let mut timeline = Timeline::default();
    for piece in [&text.as_bytes()[..cut], &text.as_bytes()[cut..]] {
        stream.push(piece, &mut packer);
        stream.finish(&mut packer);
        timeline.merge(packer.take(Coverage::Delta, true));
    }
    packer.begin();
    let (mut stream, _) = open();
    stream.push(text.as_bytes(), &mut packer);
    stream.finish(&mut packer);
    let change = timeline.merge(packer.take(Coverage::Whole, true));
    (change.removed.len(), change.added.len())
}

#[test]
fn what_was_left_in_its_middle_is_known_again_when_all_is_read_again() {
    let goals = "12:00 The match begins.\n12:03 GOAL! City lead.\n12:03 GOAL! City lead.\n12:03 GOAL! City lead.\n12:07 Half past.\n";
    let headers = "21:04 BST\nHarbour wall gives way\nThe wall has given way in two places, the harbour master said.\n\n\
        20:41 BST\nTove Aldous\n\nThree boats are close to each other, and the crowd on the pier has gone quiet.\n\n\
        20:10 BST\nSchools stay closed, the council said on Monday evening.\n";
    let zones = "12:00 BST Match begins.\n12:03 BST City lead.\n12:07 BST Half past.\n";
    let worded = headers.replace(" BST", " British Summer Time");
    for (text, from) in [(goals, "12:03"), (headers, "20:41"), (&worded, "20:41"), (zones, "12:03")] {
        for cut in text.find(from).unwrap()..text.len() {
            assert_eq!(lost_and_new(text, cut), (0, 0), "behind {:?}", &text[..cut]);
        }
    }
}

#[test]
fn half_a_line_that_could_be_a_time_alone_is_none_yet() {
    let text = "12:00 First thing went well.\n12:03 Second thing, which cost\n12.50 pounds and was\n12:100 long.\n\
        12:07 Third thing grows.\n";
    let from = text.find("12.50").unwrap();
    for cut in from..text.len() {
        assert_eq!(entries(&left(text, &[(cut, Rest::Quiet)])), read_all(text), "behind {:?}", &text[..cut]);
    }
}
