//! Files that are written again: what changed is revised, what is gone is taken down, what fell away stays.

use std::{
    fs::{self, OpenOptions},
    io::Write,
};

use flate2::{Compression, write::GzEncoder};
use liveblog::model::Status;

use crate::reader::{Reader, append, begun, document, line, lines, options, place, replace, write};

#[test]
fn a_file_renamed_over_is_read_and_followed() {
    let (place, mut reader) = begun();
    replace(&place.path, &lines(&[1, 2, 3, 4]));
    reader.until_ids(&["e1", "e2", "e3", "e4"]);
    append(&place.path, &line(5, "words"));
    reader.until_ids(&["e1", "e2", "e3", "e4", "e5"]);
}

#[test]
fn an_entry_edited_in_place_is_revised() {
    let (place, mut reader) = begun();
    write(&place.path, &(line(1, "words") + &line(2, "other words than before") + &line(3, "words")));
    reader.until("revised", |reader| reader.revised == ["e2"]);
    assert_eq!(reader.ids(), ["e1", "e2", "e3"]);
}

#[test]
fn other_words_of_the_same_length_are_seen() {
    let (place, mut reader) = begun();
    write(&place.path, &(line(1, "words") + &line(2, "WORDS") + &line(3, "words")));
    reader.until("revised", |reader| reader.revised == ["e2"]);
}

#[test]
fn an_entry_that_a_rewritten_file_lacks_is_taken_down() {
    let (place, mut reader) = begun();
    write(&place.path, &lines(&[1, 3]));
    reader.until_ids(&["e1", "e3"]);
    replace(&place.path, &lines(&[1, 2, 3]));
    reader.until_ids(&["e1", "e2", "e3"]);
}

#[test]
fn what_fell_away_with_a_cut_file_stays() {
    let (place, mut reader) = begun();
    OpenOptions::new().write(true).open(&place.path).unwrap().set_len(lines(&[1, 2]).len() as u64).unwrap();
    reader.until_settled();
    append(&place.path, &line(4, "words"));
    reader.until_ids(&["e1", "e2", "e3", "e4"]);
    assert!(reader.removed.is_empty());
    assert_eq!(reader.fallen_away(), ["e3"], "it is told that it is in the file no longer");
    append(&place.path, &line(3, "words"));
    reader.until("it came again", |reader| reader.fallen_away().is_empty());
}

#[test]
fn an_emptied_file_loses_nothing_and_is_followed() {
    let (place, mut reader) = begun();
    write(&place.path, "");
    reader.until("lost", |reader| matches!(reader.status, Some(Status::Lost(_))));
    append(&place.path, &line(4, "words"));
    reader.until_ids(&["e1", "e2", "e3", "e4"]);
    reader.until("following", |reader| reader.status == Some(Status::Following));
    assert!(reader.removed.is_empty());
}

#[test]
fn an_emptied_file_that_is_written_again_is_compared_with_what_was_there_before() {
    let (place, mut reader) = begun();
    write(&place.path, "");
    reader.until("lost", |reader| matches!(reader.status, Some(Status::Lost(_))));
    write(&place.path, &lines(&[1, 3]));
    reader.until_ids(&["e1", "e3"]);
}

#[test]
fn a_burst_of_versions_ends_with_the_last() {
    let (place, mut reader) = begun();
    for version in 0..50 {
        let text = line(1, "words") + &line(2, &format!("version {version}")) + &line(3, "words");
        if version % 2 == 0 { write(&place.path, &text) } else { replace(&place.path, &text) }
    }
    let last = |reader: &Reader| {
        let row = reader.timeline.row_of(0, "e2").unwrap();
        reader.timeline.entry(row).unwrap().body().text() == "version 49"
    };
    reader.until("the last version", last);
    assert_eq!(reader.ids(), ["e1", "e2", "e3"]);
    assert!(reader.removed.is_empty());
}

#[test]
fn a_packed_log_is_read_again_when_it_changed() {
    let place = place();
    let packed = |text: &str| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    fs::write(&place.path, packed(&lines(&[1, 2]))).unwrap();
    let mut reader = Reader::of_file(&place.path, &options(true));
    reader.until_ids(&["e1", "e2"]);
    let whole = packed(&lines(&[1, 2, 3, 4]));
    fs::write(&place.path, &whole[..whole.len() / 2]).unwrap();
    reader.waker.look();
    fs::write(&place.path, &whole).unwrap();
    reader.until_ids(&["e1", "e2", "e3", "e4"]);
    assert!(reader.removed.is_empty() && reader.revised.is_empty());
}

#[test]
fn a_document_is_read_again_when_it_changed_and_half_of_one_removes_nothing() {
    let place = place();
    write(&place.path, &document(&[(1, "one"), (2, "two"), (3, "three")]));
    let mut reader = Reader::of_file(&place.path, &options(true));
    reader.until_ids(&["e1", "e2", "e3"]);
    replace(&place.path, &document(&[(1, "one"), (3, "three, mended")]));
    reader.until_ids(&["e1", "e3"]);
    assert_eq!(
        (reader.revised.as_slice(), reader.removed.as_slice()),
        (&["e3".to_owned()][..], &["e2".to_owned()][..])
    );
    let whole = document(&[(1, "one"), (3, "three, mended"), (4, "four")]);
    write(&place.path, &whole[..whole.len() / 2]);
    reader.waker.look();
    write(&place.path, &whole);
    reader.until_ids(&["e1", "e3", "e4"]);
    assert_eq!(reader.removed, ["e2"]);
    assert_eq!(reader.timeline.problems().count(), 0);
}

#[test]
fn a_log_that_revises_itself_tells_nothing_new_when_it_is_read_again_over_several_blocks() {
    let place = place();
    let many: Vec<usize> = (2..2000).collect();
    let log = line(1, "words") + &lines(&many) + &line(1, "mended words");
    write(&place.path, &log);
    let mut reader = Reader::of_file(&place.path, &options(true));
    reader.until("following", |reader| reader.status == Some(Status::Following));
    assert_eq!(reader.revised, ["e1"]);
    let rows = reader.timeline.row_count();
    replace(&place.path, &(log.clone() + &line(2000, "words")));
    reader.until("the new entry", |reader| reader.timeline.row_of(0, "e2000").is_some());
    reader.until_settled();
    assert_eq!(reader.revised, ["e1"], "its history was told again");
    assert_eq!(reader.timeline.row_count(), rows + 1);
    replace(&place.path, &(log + &line(2000, "words") + &line(1, "words mended twice")));
    reader.until("the newest version", |reader| reader.revised == ["e1", "e1"]);
    assert_eq!(reader.timeline.row_count(), rows + 2);
    assert!(reader.removed.is_empty());
}

#[test]
fn a_log_that_lost_its_beginning_lost_it_by_its_own_order_whatever_the_clock_says() {
    let (place, mut reader) = begun();
    let late = "{\"id\":\"late\",\"published\":\"2025-04-01T00:00:00Z\",\"body\":\"words\"}\n";
    append(&place.path, &format!("{late}{}", line(4, "words")));
    reader.until("all", |reader| reader.ids().len() == 5);
    write(&place.path, &format!("{late}{}", line(4, "words")));
    reader.until_settled();
    assert!(reader.removed.is_empty(), "{:?}", reader.removed);
    // The next file has a late report too, and is written anew.
    fs::rename(&place.path, place.path.with_extension("1")).unwrap();
    let later = late.replace("\"late\"", "\"later\"");
    write(&place.path, &format!("{later}{}", line(5, "words")));
    reader.until("the next file", |reader| reader.ids().contains(&"e5"));
    replace(&place.path, &format!("{later}{}", line(5, "other words")));
    reader.until("the edit", |reader| reader.revised == ["e5"]);
    assert!(reader.removed.is_empty(), "{:?}", reader.removed);
    assert_eq!(reader.ids().len(), 7);
}

#[test]
fn what_a_text_of_headlines_lost_is_taken_down_though_nothing_is_sure_before_its_end() {
    let place = place();
    let entry = |time: &str, headline: &str| format!("{time}\n{headline}\n\n");
    let all =
        [entry("20:10", "Schools stay closed"), entry("20:20", "Bridge shut"), entry("20:30", "Trains run")];
    write(&place.path, &all.concat());
    let mut reader = Reader::of_file(&place.path, &options(true));
    reader.until("all of it", |reader| reader.ids().len() == 3);
    write(&place.path, &[&*all[0], &*all[2], &*entry("20:40", "Harbour wall gives way")].concat());
    reader.until("the new one", |reader| reader.ids().len() == 3 && reader.added.len() == 4);
    assert_eq!(reader.removed.len(), 1);
    write(&place.path, &[&*all[0], &*entry("20:40", "Harbour wall gives way")].concat());
    reader.until("taken down, since the last stands there still", |reader| reader.removed.len() == 2);
    assert!(reader.fallen_away().is_empty());
}
