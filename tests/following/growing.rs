//! Files that only grow: lines come once each, whole, whatever they are cut into.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    time::Duration,
};

use liveblog::{model::Status, source::Options};

use crate::reader::{Reader, append, begun, line, lines, options, place, write};

#[test]
fn lines_come_as_they_are_appended() {
    let (place, mut reader) = begun();
    for number in 4..9 {
        append(&place.path, &line(number, "words"));
        reader.until("there", |reader| reader.ids().len() == number);
    }
    assert!(reader.revised.is_empty() && reader.removed.is_empty());
}

#[test]
fn a_half_written_line_waits_for_its_rest() {
    let (place, mut reader) = begun();
    let text = line(4, "größer");
    let cut = text.find('ß').unwrap() + 1;
    let mut file = OpenOptions::new().append(true).open(&place.path).unwrap();
    file.write_all(&text.as_bytes()[..cut]).unwrap();
    reader.waker.look();
    file.write_all(&text.as_bytes()[cut..]).unwrap();
    reader.until_ids(&["e1", "e2", "e3", "e4"]);
    assert_eq!(reader.timeline.problems().count(), 0);
}

#[test]
fn a_whole_line_without_its_end_is_read_once_it_has_been_quiet() {
    let (place, mut reader) = begun();
    append(&place.path, line(4, "words").trim_end());
    reader.until_ids(&["e1", "e2", "e3", "e4"]);
    append(&place.path, &format!("\n{}", line(5, "words")));
    reader.until_ids(&["e1", "e2", "e3", "e4", "e5"]);
    assert!(reader.revised.is_empty());
}

#[test]
fn half_a_line_is_a_problem_of_a_source_that_is_over_only() {
    let (place, mut reader) = begun();
    let text = line(4, "words");
    append(&place.path, &text[..20]);
    reader.take_for(Duration::from_millis(2_500));
    assert_eq!(reader.timeline.problems().count(), 0);
    let mut over = Reader::of_file(&place.path, &options(false));
    over.until("over", |reader| reader.is_over);
    assert_eq!((over.timeline.problems().count(), over.timeline.unreadable()), (1, 1));
    append(&place.path, &text[20..]);
    reader.until_ids(&["e1", "e2", "e3", "e4"]);
    assert_eq!((reader.timeline.problems().count(), reader.timeline.unreadable()), (0, 0));
}

#[test]
fn a_log_in_utf16_is_followed() {
    let place = place();
    let units = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let bytes = units(&format!("\u{feff}{}", lines(&[1, 2])));
    fs::write(&place.path, bytes).unwrap();
    let mut reader = Reader::of_file(&place.path, &options(true));
    reader.until_ids(&["e1", "e2"]);
    let mut file = OpenOptions::new().append(true).open(&place.path).unwrap();
    file.write_all(&units(&line(3, "café 😀"))).unwrap();
    reader.until_ids(&["e1", "e2", "e3"]);
    let last = *reader.timeline.order().last().unwrap();
    assert_eq!(reader.timeline.entry(last).unwrap().body().text(), "café 😀");
}

#[test]
fn a_log_read_from_its_end_is_whole_in_order_and_has_the_last_word() {
    let place = place();
    let mut text = line(7, "the first word on seven");
    text.extend((1..4000).map(|number| line(number, &"words ".repeat(20))));
    text += &line(7, "the last but one");
    text += &line(7, "the last word on seven");
    text += "{\"type\":\"removed\",\"id\":\"e9\"}\n";
    write(&place.path, &text);
    let mut reader = Reader::of_file(&place.path, &Options { newest_first: true, ..options(true) });
    reader.until("following", |reader| reader.status == Some(Status::Following));
    assert!(reader.first.contains(&"e3999".to_owned()) && !reader.first.contains(&"e1".to_owned()));
    let wanted: Vec<String> =
        (1..4000).filter(|number| *number != 9).map(|number| format!("e{number}")).collect();
    assert_eq!(reader.ids().len(), wanted.len());
    let row = reader.timeline.row_of(0, "e7").unwrap();
    let versions = std::iter::successors(Some(row), |row| reader.timeline.older(*row));
    let said: Vec<&str> = versions.map(|row| reader.timeline.entry(row).unwrap().body().text()).collect();
    let words = "words ".repeat(20);
    assert_eq!(
        said,
        ["the last word on seven", "the last but one", words.trim_end(), "the first word on seven"]
    );
    assert!(reader.timeline.order().is_sorted_by_key(|row| reader.timeline.place(*row)));
    append(&place.path, &line(4000, "words"));
    reader.until("there", |reader| reader.ids().contains(&"e4000"));
}

#[test]
fn an_entry_that_came_back_at_the_end_is_there_whichever_end_is_read_first() {
    let place = place();
    let many: String = (1..4000).map(|number| line(number, &"words ".repeat(20))).collect();
    write(&place.path, &format!("{{\"type\":\"removed\",\"id\":\"e4000\"}}\n{many}{}", line(4000, "words")));
    for newest_first in [false, true] {
        let mut reader = Reader::of_file(&place.path, &Options { newest_first, ..options(true) });
        reader.until("following", |reader| reader.status == Some(Status::Following));
        assert!(reader.ids().contains(&"e4000"), "newest first: {newest_first}");
    }
}

#[test]
fn a_long_reading_is_stopped_where_it_is_and_goes_on_when_asked() {
    let place = place();
    write(&place.path, &(0..120_000).map(|number| line(number % 40_000, "words")).collect::<String>());
    for newest_first in [false, true] {
        let mut reader = Reader::of_file(&place.path, &Options { newest_first, ..options(true) });
        reader.until("on the way", |reader| reader.timeline.row_count() > 0);
        reader.waker.follow(false);
        reader.until("stopped", |reader| reader.status == Some(Status::Unwatched));
        let so_far = reader.timeline.len();
        assert!(so_far < 40_000 && reader.looks == 0, "{so_far}");
        reader.take_for(Duration::from_millis(400));
        assert_eq!(reader.timeline.len(), so_far);
        if newest_first {
            reader.waker.follow(true);
            reader.until("all", |reader| reader.status == Some(Status::Following));
        } else {
            reader.waker.look();
            reader.until("reading on", |reader| matches!(reader.status, Some(Status::Reading { .. })));
            reader.until("all", |reader| reader.status == Some(Status::Unwatched));
        }
        assert_eq!((reader.timeline.len(), reader.looks), (40_000, 1));
    }
}

#[cfg(unix)]
#[test]
fn a_deleted_log_is_read_as_long_as_it_is_written_to() {
    let (place, mut reader) = begun();
    let mut writer = OpenOptions::new().append(true).open(&place.path).unwrap();
    fs::remove_file(&place.path).unwrap();
    reader.until("lost", |reader| matches!(reader.status, Some(Status::Lost(_))));
    writer.write_all(line(4, "words").as_bytes()).unwrap();
    reader.until_ids(&["e1", "e2", "e3", "e4"]);
    assert!(matches!(reader.status, Some(Status::Lost(_))));
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_to_where_it_leads() {
    let place = place();
    let far = place.folder.path().join("far");
    fs::create_dir(&far).unwrap();
    let (one, other) = (far.join("one"), far.join("other"));
    write(&one, &lines(&[1]));
    write(&other, &lines(&[1, 2, 3]));
    std::os::unix::fs::symlink(&one, &place.path).unwrap();
    let mut reader = Reader::of_file(&place.path, &options(true));
    reader.until_ids(&["e1"]);
    append(&one, &line(2, "words"));
    reader.until_ids(&["e1", "e2"]);
    let aside = place.folder.path().join("aside");
    std::os::unix::fs::symlink(&other, &aside).unwrap();
    fs::rename(aside, &place.path).unwrap();
    reader.until_ids(&["e1", "e2", "e3"]);
    append(&other, &line(4, "words"));
    reader.until_ids(&["e1", "e2", "e3", "e4"]);
}

/// The entries of a log in words, with their ids, oldest first.
fn told(reader: &Reader) -> Vec<(String, String)> {
    let entries = reader.timeline.order().iter().filter_map(|row| reader.timeline.entry(*row));
    entries
        .map(|entry| {
            let words = format!("{} {}", entry.headline().unwrap_or_default(), entry.body().text());
            (entry.id().to_owned(), words.trim().to_owned())
        })
        .collect()
}

fn words(reader: &Reader) -> Vec<String> {
    told(reader).into_iter().map(|(_, words)| words).collect()
}

#[test]
fn a_log_that_was_left_in_the_middle_of_a_line_goes_on_with_it() {
    for (before, stamp) in [
        (
            "Mill log\n\n12:00 First thing went well.\n12:01 Again it did.\n12:02 And so it goes on.\n12:03 Second thing went well.\n",
            "12:07 ",
        ),
        ("# Mill\n\n- 12:00 First thing went well.\n- 12:02 Second.\n- 12:03 Third.\n", "- 12:07 "),
        (
            "# Mill\n\n## 12:00 First thing\n\nIt went well.\n\n## 12:03 Second thing\n\nIt did.\n\n",
            "## 12:07 ",
        ),
    ] {
        let place = place();
        write(&place.path, &format!("{before}{stamp}Later th"));
        let mut reader = Reader::of_file(&place.path, &options(true));
        reader.until("the half", |reader| words(reader).last().is_some_and(|words| words == "Later th"));
        let (count, id) = (reader.timeline.len(), told(&reader).pop().unwrap().0);
        reader.until("following", |reader| reader.status == Some(Status::Following));
        for (piece, wanted) in [("ing grows", "Later thing grows"), (" well.\n", "Later thing grows well.")] {
            append(&place.path, piece);
            reader.until(wanted, |reader| words(reader).last().is_some_and(|words| words == wanted));
            reader.take_for(Duration::from_millis(2_500));
            assert_eq!((reader.timeline.len(), told(&reader).pop().unwrap().0), (count, id.clone()));
        }
        assert!(reader.removed.is_empty());
    }
}

#[test]
fn a_log_without_a_line_end_at_its_end_is_told_once_when_another_entry_follows() {
    for (before, after) in [
        (
            "Mill log\n\n12:00 First thing went well.\n12:01 Again it did.\n12:02 And so it goes on.\n12:03 Second thing went well.",
            "\n12:10 Fourth thing",
        ),
        ("# Mill\n\n- 12:00 First thing.\n- 12:02 Second.\n- 12:03 Third.", "\n- 12:10 Fourth thing"),
    ] {
        let place = place();
        write(&place.path, before);
        let mut reader = Reader::of_file(&place.path, &options(true));
        reader.until("following", |reader| reader.status == Some(Status::Following));
        // Until then, its last entry is open.
        reader.take_for(Duration::from_secs(3));
        let known = told(&reader);
        reader.revised.clear();
        append(&place.path, after);
        reader.until("the next", |reader| words(reader).last().is_some_and(|words| words == "Fourth thing"));
        assert_eq!(told(&reader)[..known.len()], known);
        let is_known = |id: &String| known.iter().any(|(known, _)| known == id);
        assert!(!reader.revised.iter().any(is_known) && reader.removed.is_empty(), "{:?}", reader.revised);
    }
}
