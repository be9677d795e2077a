//! Whole texts, read in one piece, in many, and with pauses.

use proptest::prelude::*;

use super::*;
use crate::{
    feed::{Context, Stream},
    model::{Coverage, Entry, Packer, Precision, Stamp, Timeline, Zone},
};

mod midline;

const FOOTERS: &str = "\
The storm reached the coast in the night.
Trains are stopped, the railway said.
Harbour wall gives way
The wall has given way in two places, the harbour master said.
“Stay away from the quay,” she said.
(Kit Low/Tide Pictures)
Ana Bell28 April 2025 21:04
1745870400
Schools stay closed
All schools stay closed tomorrow, the council said.
Per Dahl28 April 2025 20:41
Read more about the storm";

const HEADERS: &str = "\
Storm reaches the coast: follow it live

21:04 BST
Harbour wall gives way
The wall has given way in two places, the harbour master said.
Updated at 21.15 BST

20:41 BST
Schools stay closed, the council said on Monday evening.

23:55 BST
Good evening, and welcome to our live coverage of the storm.
";

fn context() -> Context {
    Context {
        assumed_zone: Zone::parse("Europe/London"),
        local_zone: Zone::UTC,
        date: chrono::NaiveDate::from_ymd_opt(2025, 4, 28),
        modified: None,
        now: chrono::DateTime::default(),
    }
}

/// An entry in words: when, who, headline, body.
fn told(entry: Entry<'_>) -> String {
    let time = entry.published().map_or_else(|| "-".to_owned(), Stamp::to_rfc3339);
    let authors: Vec<&str> = entry.authors().collect();
    let body = entry.body().text().replace("\n\n", " / ");
    format!("{time} | {} | {} | {body}", authors.join(", "), entry.headline().unwrap_or("-"))
}

fn open() -> (Box<dyn Stream>, Packer) {
    let Reader::Stream { open, .. } = FORMAT.reader else { unreachable!("plain text is a stream") };
    (open(&context(), 0), Packer::new(0))
}

/// The entries of `text`, oldest first, read in `pieces` and, if told, with a pause after each.
fn read(pieces: &[&[u8]], with_pauses: bool) -> Vec<String> {
    let (mut stream, mut packer) = open();
    let mut timeline = Timeline::default();
    for piece in pieces {
        stream.push(piece, &mut packer);
        if with_pauses {
            stream.pause(&mut packer);
            timeline.merge(packer.take(Coverage::Delta, false));
        }
    }
    stream.finish(&mut packer);
    timeline.merge(packer.take(Coverage::Delta, true));
    timeline.order().iter().filter_map(|row| timeline.entry(*row)).map(told).collect()
}

fn read_all(text: &str) -> Vec<String> {
    read(&[text.as_bytes()], false)
}

#[test]
fn a_signature_closes_its_entry_and_what_stands_above_the_first_is_the_standfirst() {
    let (mut stream, mut packer) = open();
    stream.push(FOOTERS.as_bytes(), &mut packer);
    stream.finish(&mut packer);
    let blog = packer.told_blog().unwrap();
    assert_eq!(
        blog.standfirst.text(),
        "The storm reached the coast in the night.\n\nTrains are stopped, the railway said."
    );
    assert_eq!(blog.title.as_str(), "");
    assert_eq!(
        read_all(FOOTERS),
        [
            "2025-04-28T20:41:00+01:00 | Per Dahl | Schools stay closed | All schools stay closed tomorrow, the council said.",
            "2025-04-28T21:04:00+01:00 | Ana Bell | Harbour wall gives way | The wall has given way in two places, the \
             harbour master said. / “Stay away from the quay,” she said.",
        ]
    );
}

#[test]
fn a_clock_heads_its_entry_and_one_that_runs_up_is_of_the_day_before() {
    assert_eq!(
        read_all(HEADERS),
        [
            "2025-04-27T23:55:00+01:00 | - | Good evening, and welcome to our live coverage of the storm.".replace("| -", "|  | -"),
            "2025-04-28T20:41:00+01:00 |  | - | Schools stay closed, the council said on Monday evening.".to_owned(),
            "2025-04-28T21:04:00+01:00 |  | Harbour wall gives way | The wall has given way in two places, the harbour \
             master said."
                .to_owned(),
        ]
    );
}

#[test]
fn an_updated_line_revises_the_entry_above_it() {
    let (mut stream, mut packer) = open();
    stream.push(HEADERS.as_bytes(), &mut packer);
    stream.finish(&mut packer);
    let reading = packer.take(Coverage::Delta, true);
    let entry = Entry::new(&reading.segment, 0).unwrap();
    assert_eq!(entry.revised().unwrap().to_rfc3339(), "2025-04-28T21:15:00+01:00");
    let published = entry.published().unwrap();
    assert!(published.date_assumed && !published.zone_assumed);
    assert_eq!(published.precision(), Precision::Minute);
    assert!(entry.position() < 0, "the newest stand first");
}

#[test]
fn a_log_kept_by_hand_goes_on_behind_its_times() {
    let log = "Monday 28 April 2025\n\n9:05 – Doors open.\n9:40 – The first speaker begins; the sound\nfails twice.\n\n\
               Tuesday 29 April\n\n8:15 – Ana Bell opens the day.\nShe thanks all who came.\n8:40 – A vote.\n";
    assert_eq!(
        read_all(log),
        [
            "2025-04-28T09:05:00+01:00 |  | - | Doors open.",
            "2025-04-28T09:40:00+01:00 |  | - | The first speaker begins; the sound fails twice.",
            "2025-04-29T08:15:00+01:00 |  | - | Ana Bell opens the day. / She thanks all who came.",
            "2025-04-29T08:40:00+01:00 |  | - | A vote.",
        ]
    );
}

#[test]
fn a_list_of_key_events_above_the_entries_is_no_entry() {
    let page = "Harbour live\n\n21:04\nWall gives way\n20:41\nSchools closed\n18:05\nTrains stopped\n\
                21:30\nBuses stop\nBuses have stopped, the company said.\n\
                21:04\nWall gives way\nThe wall has given way in two places.\n\
                20:41\nSchools closed\nThe schools are closed tomorrow.\n18:05\nTrains stopped\nTrains are stopped.\n";
    let entries = read_all(page);
    assert_eq!(entries.len(), 4, "{entries:#?}");
    assert!(entries.iter().all(|entry| !entry.ends_with("| ")));
}

#[test]
fn dash_bylines_close_entries_where_there_are_no_times() {
    let page = "Markets today\nShares rose on Monday, a calm day on the exchange.\n— Ana Bell\n\
                The bank keeps its rate\nThe bank has kept its rate, as was expected.\n— Per Dahl and Kit Low\nAbout us\n";
    let entries = read_all(page);
    assert_eq!(entries.len(), 2, "{entries:#?}");
    assert!(
        entries.iter().any(|entry| entry.starts_with("- | Per Dahl, Kit Low | The bank keeps its rate |"))
    );
}

#[test]
fn what_ends_every_entry_ends_none() {
    let entry = |hour: u32| {
        format!("{hour}:00\nHeadline {hour}\nThe storm goes on, they said at {hour}.\nSend to a friend\n")
    };
    let page: String = (10..16).rev().map(entry).collect();
    let entries = read_all(&page);
    assert_eq!(entries.len(), 6);
    assert!(entries.iter().all(|entry| !entry.contains("friend")), "{entries:#?}");
}

#[test]
fn line_ends_of_every_system_are_line_ends() {
    for end in ["\r\n", "\r"] {
        assert_eq!(read_all(&HEADERS.replace('\n', end)), read_all(HEADERS));
    }
}

#[test]
fn a_pause_shows_the_open_entry_and_no_entry_twice() {
    for text in [FOOTERS, HEADERS] {
        let lines: Vec<&[u8]> = text.split_inclusive('\n').map(str::as_bytes).collect();
        assert_eq!(read(&lines, true), read_all(text));
    }
    let (mut stream, mut packer) = open();
    stream.push("Harbour live\n\n21:04\nWall gives way\nThe wall has given".as_bytes(), &mut packer);
    stream.pause(&mut packer);
    let reading = packer.take(Coverage::Delta, false);
    let entry = Entry::new(&reading.segment, 0).unwrap();
    assert!(entry.is_open());
    assert_eq!(entry.body().text(), "The wall has given");
}

#[test]
fn entries_under_relative_times_have_no_time() {
    let page = "Storm live\n\n7 min ago\nWall gives way\nFrom Ana Bell\nThe wall has given way in two places.\n\
                25 min ago\nSchools closed\nThe schools are closed tomorrow, the council said.\n\
                2 hours ago\nTrains stopped\n3 hours ago\nGood evening, and welcome to our coverage of the storm.\n";
    let entries = read_all(page);
    assert_eq!(entries.len(), 3, "{entries:#?}");
    assert!(
        entries.contains(&"- | Ana Bell | Wall gives way | The wall has given way in two places.".to_owned())
    );
}

#[test]
fn what_stands_above_every_stamp_is_of_the_entry_below() {
    let titled = "Storm live\nWall gives way\nPosted at 21:34 BST 12 May21:34 BST 12 May\nThe wall has given way in two places.\nSchools closed\n\
                  Posted at 20:10 BST 12 May20:10 BST 12 May\nThe schools are closed tomorrow.\n";
    let entries = read_all(titled);
    assert_eq!(entries.len(), 2, "{entries:#?}");
    assert!(entries[0].ends_with("|  | Schools closed | The schools are closed tomorrow."), "{entries:#?}");
    assert!(
        entries[1].ends_with("|  | Wall gives way | The wall has given way in two places."),
        "{entries:#?}"
    );
    let signed = "Storm live\nAna Bell\n21:34\nWall gives way\nThe wall has given way in two places.\nPer Dahl\n20:10\n\
                  Schools closed\nThe schools are closed tomorrow.\n";
    let entries = read_all(signed);
    assert!(
        entries[0].ends_with("| Per Dahl | Schools closed | The schools are closed tomorrow."),
        "{entries:#?}"
    );
    assert!(entries[1].ends_with("| Ana Bell | Wall gives way | The wall has given way in two places."));
}

#[test]
fn the_samples_are_read() {
    for (sample, count) in [
        (include_str!("../../../../../sample_feeds/harbour.txt"), 4),
        (include_str!("../../../../../sample_feeds/regatta.txt"), 5),
        (include_str!("../../../../../sample_feeds/comet.txt"), 7),
    ] {
        assert_eq!(rate(sample, true), Likeness::Sure);
        let entries = read_all(sample);
        assert_eq!(entries.len(), count, "{entries:#?}");
        assert!(entries.iter().all(|entry| !entry.starts_with('-')));
    }
}

#[test]
fn liveblogs_are_told_from_other_texts() {
    let rate = |text: &str| rate(text, true);
    assert_eq!(rate(FOOTERS), Likeness::Sure);
    assert_eq!(rate(HEADERS), Likeness::Sure);
    assert_eq!(rate("16:56\nThe wall has given way in two places.\n"), Likeness::Likely);
    assert_eq!(super::rate("The storm reached the coast.\n", false), Likeness::Unsure);
    for other in [
        "",
        "The storm reached the coast at 12:30, and the trains stopped.\nThey ran again at 18:00.\n",
        "12:30,4.5,7\n12:35,4.6,8\n12:40,4.7,8\n",
        "2025-04-28 04:39:12,123 INFO main: server started\n2025-04-28 04:39:13,001 WARN main: slow\n",
        "2025-04-28T04:39:12Z INFO server started\n2025-04-28T04:39:13Z WARN slow\n2025-04-28T04:39:13Z INFO x y\n",
        "1\n00:00:01,000 --> 00:00:04,000\nGood evening.\n\n2\n00:00:05,000 --> 00:00:07,000\nWelcome.\n",
        "Date: Mon, 28 Apr 2025 04:39:00 +0100\nSubject: the storm\n\nThe storm reached the coast in the night.\n",
        "Timetable\n06:10\n06:40\n07:10\n07:40\n",
        "[12:30] <ana> hello\n[12:31] <per> hello\n",
        "{\"time\": \"12:30\"}\n",
        "<p>12:30</p>\n",
        "# Log\n\n## 12:30 A headline\n\nText.\n",
        "fn main() {\n    let time = \"12:30\";\n}\n",
        "12:30\0\nThe wall has given way in two places.\n",
    ] {
        assert_eq!(rate(other), Likeness::No, "{other}");
    }
}

proptest! {
    #[test]
    fn it_does_not_matter_where_bytes_are_cut(first in 0..700_usize, second in 0..700_usize) {
        for text in [FOOTERS, HEADERS] {
            let bytes = text.as_bytes();
            let (first, second) = (first.min(second).min(bytes.len()), first.max(second).min(bytes.len()));
            let pieces = [&bytes[..first], &bytes[first..second], &bytes[second..]];
            prop_assert_eq!(read(&pieces, false), read_all(text));
        }
    }

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&[&bytes], true);
    }

    #[test]
    fn anything_like_a_stamp_is_read(lines in proptest::collection::vec("(1?[0-9][:.h][0-9]{2}|[A-Z][a-z]{2} |[0-9]{1,2} (May|Oct) |20[0-9]{2}| ago|[—(:T ]|BST|\\PC){0,6}", 0..20)) {
        let text = lines.join("\n");
        let _ = rate(&text, true);
        let whole = read_all(&text);
        let halves = text.as_bytes().split_at(text.len() / 2);
        prop_assert_eq!(read(&[halves.0, halves.1], false), whole);
    }
}

#[test]
fn a_text_without_a_time_is_told_once_however_often_it_is_quiet() {
    let (mut stream, mut packer) = open();
    for _ in 0..3 {
        stream.push(b"words and more words\n", &mut packer);
        stream.finish(&mut packer);
    }
    assert_eq!(packer.take(Coverage::Delta, true).problems.len(), 1);
}
