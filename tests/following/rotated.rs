//! Logs that are rotated away, and what their writers write meanwhile.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    thread,
    time::Duration,
};

use liveblog::model::Status;

use crate::reader::{Reader, append, begun, line, lines, options, place, write};

#[test]
fn a_rotated_log_goes_on_in_the_next_file() {
    let (place, mut reader) = begun();
    for number in 4..7 {
        fs::rename(&place.path, place.path.with_extension(number.to_string())).unwrap();
        write(&place.path, &line(number, "words"));
        reader.until("there", |reader| reader.ids().len() == number);
    }
    reader.until_settled();
    assert!(reader.removed.is_empty());
}

/// In order of their numbers, all from 1 to `last`, and nothing was taken down.
fn assert_all(reader: &Reader, last: usize) {
    let wanted: Vec<String> = (1..=last).map(|number| format!("e{number}")).collect();
    assert_eq!(reader.ids(), wanted);
    assert_eq!(reader.added, wanted, "in order");
    assert!(reader.removed.is_empty());
}

#[cfg(unix)]
#[test]
fn what_was_written_right_before_a_log_is_rotated_is_read() {
    let (place, mut reader) = begun();
    for round in 1..=20 {
        let old = place.path.with_extension(round.to_string());
        append(&place.path, &line(3 * round + 1, "words"));
        append(&place.path, &line(3 * round + 2, "words"));
        fs::rename(&place.path, &old).unwrap();
        write(&place.path, &line(3 * round + 3, "words"));
        reader.until("there", |reader| reader.ids().contains(&format!("e{}", 3 * round + 3).as_str()));
        append(&old, &line(1000 + round, "words of who writes on behind"));
    }
    reader.take_for(Duration::from_millis(200));
    assert_all(&reader, 63);
}

#[cfg(unix)]
#[test]
fn what_a_rotated_log_is_given_before_the_next_file_begins_is_read() {
    let (place, mut reader) = begun();
    let mut last = 3;
    for round in 0..8 {
        let old = place.path.with_extension(round.to_string());
        let mut writer = OpenOptions::new().append(true).open(&place.path).unwrap();
        let mut write_on = |count: u64, pause: u64| {
            for _ in 0..count {
                last += 1;
                writer.write_all(line(last, "words").as_bytes()).unwrap();
                thread::sleep(Duration::from_millis(pause));
            }
        };
        write_on(1, 0);
        fs::rename(&place.path, &old).unwrap();
        write_on(round, 10);
        if round % 2 == 0 {
            write(&place.path, "");
            write_on(1, 0);
        }
        // By then, a writer that knew of the next file would write to that.
        thread::sleep(Duration::from_millis(30));
        last += 1;
        write(&place.path, &line(last, "words"));
        reader.until("there", |reader| reader.ids().contains(&format!("e{last}").as_str()));
    }
    assert_all(&reader, last);
}

#[cfg(unix)]
#[test]
fn of_a_writer_that_never_pauses_only_the_last_moment_before_the_next_file_is_not_read() {
    let (place, mut reader) = begun();
    let old = place.path.with_extension("1");
    fs::rename(&place.path, &old).unwrap();
    for number in 4..64 {
        append(&old, &line(number, "words"));
        thread::sleep(Duration::from_millis(2));
    }
    write(&place.path, &line(64, "words"));
    reader.until("there", |reader| reader.ids().contains(&"e64"));
    let ids = reader.ids();
    assert!(ids.contains(&"e24"), "{ids:?}");
}

#[cfg(unix)]
#[test]
fn a_large_rotated_log_is_stopped_where_it_is_and_goes_on_when_asked() {
    let (place, mut reader) = begun();
    reader.waker.follow(false);
    reader.until("unwatched", |reader| reader.status == Some(Status::Unwatched));
    append(&place.path, &(4..80_000).map(|number| line(number, "words")).collect::<String>());
    fs::rename(&place.path, place.path.with_extension("1")).unwrap();
    thread::sleep(Duration::from_millis(30));
    write(&place.path, &line(80_000, "words"));
    reader.waker.follow(true);
    reader.until("on the way", |reader| reader.timeline.row_count() > 3);
    reader.waker.follow(false);
    reader.until("stopped", |reader| reader.status == Some(Status::Unwatched));
    let so_far = reader.timeline.len();
    assert!(so_far < 79_999, "{so_far}");
    reader.take_for(Duration::from_millis(300));
    assert_eq!(reader.timeline.len(), so_far);
    reader.waker.follow(true);
    reader.until("all", |reader| reader.timeline.len() == 80_000);
    reader.until("following", |reader| reader.status == Some(Status::Following));
    assert!(reader.removed.is_empty());
}

#[cfg(target_os = "linux")]
#[test]
fn every_file_of_a_log_is_read_that_was_rotated_several_times_while_nobody_looked() {
    let place = place();
    write(&place.path, &line(1, "words"));
    let mut reader = Reader::of_file_in_step(&place.path, &options(true));
    reader.until("following", |reader| reader.status == Some(Status::Following));
    append(&place.path, &line(2, "words"));
    reader.until("watched", |reader| reader.ids().len() == 2);
    for round in 1..7 {
        append(&place.path, &line(2 * round + 1, "words"));
        fs::rename(&place.path, place.path.with_extension(round.to_string())).unwrap();
        write(&place.path, &line(2 * round + 2, "words"));
    }
    reader.until("all", |reader| reader.ids().len() == 14);
    append(&place.path, &line(15, "words"));
    reader.until("followed", |reader| reader.ids().len() == 15);
    assert_all(&reader, 15);
    assert_eq!(reader.timeline.problems().count(), 0);
}

#[cfg(unix)]
#[test]
fn what_a_rotated_log_is_still_given_comes_before_the_next_file() {
    let (place, mut reader) = begun();
    let old = place.path.with_extension("1");
    fs::rename(&place.path, &old).unwrap();
    append(&old, &line(4, "words"));
    reader.until("read while no file has its name", |reader| reader.ids().len() == 4);
    write(&place.path, "");
    append(&old, &line(5, "words"));
    reader.until("read while the next one is empty", |reader| reader.ids().len() == 5);
    append(&old, line(6, "words").trim_end());
    append(&place.path, &lines(&[7, 8, 9, 10, 11, 12, 13]));
    reader.until("all", |reader| reader.ids().len() == 13);
    reader.until_settled();
    assert_eq!(reader.added.last().map(String::as_str), Some("e13"));
    assert!(reader.added.is_sorted_by_key(|id| id.trim_start_matches('e').parse::<u32>().unwrap()));
    assert!(reader.removed.is_empty(), "what stands in the old file was taken down by nobody");
    reader.until("following", |reader| reader.status == Some(Status::Following));
}

#[test]
fn an_entry_that_is_still_open_stands_beside_what_a_log_written_anew_begins_with() {
    let entry = |number: u32| {
        format!("Headline {number}\nBody of entry {number}.\nAda Marsh28 April 2025 0{number}:00\n\n")
    };
    for is_rotated in [false, true] {
        let place = place();
        write(&place.path, &format!("Followed\n\n{}{}", entry(1), entry(2)));
        let mut reader = Reader::of_file(&place.path, &options(true));
        reader.until("following", |reader| reader.status == Some(Status::Following));
        append(&place.path, &entry(3));
        reader.until("open", |reader| reader.ids().len() == 3);
        if is_rotated {
            fs::rename(&place.path, place.path.with_extension("1")).unwrap();
        }
        write(&place.path, &format!("Followed\n\n{}", entry(4)));
        reader.until("the next", |reader| reader.ids().len() == 4);
        reader.until_settled();
        reader.take_for(Duration::from_secs(1));
        let told = |row: &u32| reader.timeline.entry(*row).unwrap().body().text().to_owned();
        let told: Vec<String> = reader.timeline.order().iter().map(told).collect();
        let wanted = [1, 2, 3, 4].map(|number| format!("Body of entry {number}."));
        assert_eq!(told, wanted, "is rotated: {is_rotated}");
        let is_open = |row: &u32| reader.timeline.entry(*row).unwrap().is_open();
        assert!(!reader.timeline.order().iter().any(is_open), "is rotated: {is_rotated}");
        assert!(reader.removed.is_empty());
    }
}
