//! Real files that grow, shrink, vanish and come back under a source that follows them.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

#[path = "support/source.rs"]
mod source;

use std::{
    fs::{self, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
    time::Duration,
};

use flate2::{Compression, write::GzEncoder};
use liveblog::{
    model::{FailureKind, Location, Status},
    source::{Options, folder},
};
use source::{Reader, context, options};
use tempfile::TempDir;

struct Place {
    folder: TempDir,
    path: PathBuf,
}

fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("feed.jsonl");
    Place { folder, path }
}

fn file(path: &Path) -> Location {
    Location::File(path.to_path_buf())
}

fn line(number: usize, words: &str) -> String {
    let (hour, minute) = (number / 60, number % 60);
    let time = format!("2025-04-{:02}T{:02}:{minute:02}:00Z", 1 + hour / 24, hour % 24);
    format!("{{\"id\":\"e{number}\",\"published\":\"{time}\",\"body\":\"{words}\"}}\n")
}

fn lines(numbers: &[usize]) -> String {
    numbers.iter().map(|number| line(*number, "words")).collect()
}

fn write(path: &Path, text: &str) {
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .open(path)
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
}

fn append(path: &Path, text: &str) {
    OpenOptions::new().append(true).open(path).unwrap().write_all(text.as_bytes()).unwrap();
}

/// Writes a file aside and renames it over the other.
fn replace(path: &Path, text: &str) {
    let aside = path.with_extension("aside");
    write(&aside, text);
    fs::rename(aside, path).unwrap();
}

/// A followed file with three entries that have been read.
fn begun() -> (Place, Reader) {
    let place = place();
    write(&place.path, &lines(&[1, 2, 3]));
    let mut reader = Reader::new(&file(&place.path), &options(true));
    reader.until("following", |reader| reader.status == Some(Status::Following));
    assert_eq!(reader.ids(), ["e1", "e2", "e3"]);
    (place, reader)
}

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
    reader.until_settled();
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

#[test]
fn a_deleted_file_is_lost_and_read_when_it_returns() {
    let (place, mut reader) = begun();
    fs::remove_file(&place.path).unwrap();
    reader.until("lost", |reader| matches!(reader.status, Some(Status::Lost(_))));
    assert_eq!(reader.ids(), ["e1", "e2", "e3"]);
    write(&place.path, &lines(&[1, 2, 3, 4]));
    reader.until_ids(&["e1", "e2", "e3", "e4"]);
    reader.until("following", |reader| reader.status == Some(Status::Following));
}

#[test]
fn a_missing_file_and_its_folder_are_waited_for() {
    let place = place();
    let path = place.folder.path().join("later/still/feed.jsonl");
    let mut reader = Reader::new(&file(&path), &options(true));
    reader.until("waiting", |reader| matches!(reader.status, Some(Status::Waiting(_))));
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    write(&path, &lines(&[1, 2]));
    reader.until_ids(&["e1", "e2"]);
    append(&path, &line(3, "words"));
    reader.until_ids(&["e1", "e2", "e3"]);
}

#[test]
fn a_file_that_is_no_liveblog_yet_is_waited_for() {
    let place = place();
    write(&place.path, "");
    let mut reader = Reader::new(&file(&place.path), &options(true));
    reader.until("waiting", |reader| matches!(reader.status, Some(Status::Waiting(_))));
    let text = lines(&[1, 2]);
    append(&place.path, &text[..20]);
    reader.waker.look();
    append(&place.path, &text[20..]);
    reader.until_ids(&["e1", "e2"]);
    assert_eq!(reader.timeline.problems().count(), 0);
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
    reader.until_settled();
    assert_eq!(reader.ids(), ["e1", "e2", "e3"]);
    assert!(reader.removed.is_empty());
}

#[cfg(unix)]
#[test]
fn permission_that_comes_later_is_enough() {
    use std::os::unix::fs::PermissionsExt;
    let place = place();
    write(&place.path, &lines(&[1, 2]));
    let allow = |mode| fs::set_permissions(&place.path, fs::Permissions::from_mode(mode)).unwrap();
    allow(0);
    if fs::File::open(&place.path).is_ok() {
        // The superuser may read anything.
        return;
    }
    let mut reader = Reader::new(&file(&place.path), &options(true));
    reader.until("waiting", |reader| matches!(reader.status, Some(Status::Waiting(_))));
    allow(0o600);
    reader.until_ids(&["e1", "e2"]);
}

#[cfg(unix)]
#[test]
fn a_device_without_bytes_is_no_liveblog() {
    let mut reader = Reader::new(&file(Path::new("/dev/null")), &options(true));
    reader.until("over", |reader| reader.is_over);
    assert!(
        matches!(&reader.status, Some(Status::Failed(failure)) if failure.kind == FailureKind::Unrecognized)
    );
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
    let mut reader = Reader::new(&file(&place.path), &options(true));
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

#[cfg(target_os = "linux")]
#[test]
fn a_named_pipe_is_read_as_it_is_written() {
    use rustix::fs::{CWD, Mode, mkfifoat};
    let place = place();
    mkfifoat(CWD, &place.path, Mode::RUSR | Mode::WUSR).unwrap();
    assert_eq!(folder::scan(place.folder.path(), &context()), (Vec::new(), true), "looking must not wait");
    let mut reader = Reader::new(&file(&place.path), &options(false));
    let mut pipe = OpenOptions::new().write(true).open(&place.path).unwrap();
    pipe.write_all(lines(&[1, 2]).as_bytes()).unwrap();
    reader.until_ids(&["e1", "e2"]);
    pipe.write_all(line(3, "words").trim_end().as_bytes()).unwrap();
    drop(pipe);
    reader.until_ids(&["e1", "e2", "e3"]);
    reader.until("over", |reader| reader.is_over);
    assert_eq!(reader.status, Some(Status::Ended));
}

#[test]
fn a_log_in_utf16_is_followed() {
    let place = place();
    let units = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let bytes = units(&format!("\u{feff}{}", lines(&[1, 2])));
    fs::write(&place.path, bytes).unwrap();
    let mut reader = Reader::new(&file(&place.path), &options(true));
    reader.until_ids(&["e1", "e2"]);
    let mut file = OpenOptions::new().append(true).open(&place.path).unwrap();
    file.write_all(&units(&line(3, "café 😀"))).unwrap();
    reader.until_ids(&["e1", "e2", "e3"]);
    let last = *reader.timeline.order().last().unwrap();
    assert_eq!(reader.timeline.entry(last).unwrap().body().text(), "café 😀");
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
    let mut reader = Reader::new(&file(&place.path), &options(true));
    reader.until_ids(&["e1", "e2"]);
    let whole = packed(&lines(&[1, 2, 3, 4]));
    fs::write(&place.path, &whole[..whole.len() / 2]).unwrap();
    reader.waker.look();
    fs::write(&place.path, &whole).unwrap();
    reader.until_ids(&["e1", "e2", "e3", "e4"]);
    assert!(reader.removed.is_empty() && reader.revised.is_empty());
}

fn document(entries: &[(usize, &str)]) -> String {
    let entries: Vec<String> =
        entries.iter().map(|(number, words)| line(*number, words).trim_end().to_owned()).collect();
    format!("{{\"title\":\"Followed\",\"entries\":[{}]}}", entries.join(","))
}

#[test]
fn a_document_is_read_again_when_it_changed_and_half_of_one_removes_nothing() {
    let place = place();
    write(&place.path, &document(&[(1, "one"), (2, "two"), (3, "three")]));
    let mut reader = Reader::new(&file(&place.path), &options(true));
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
fn a_log_read_from_its_end_is_whole_in_order_and_has_the_last_word() {
    let place = place();
    let mut text: String = (1..4000).map(|number| line(number, &"words ".repeat(20))).collect();
    text += &line(7, "the last word on seven");
    text += "{\"type\":\"removed\",\"id\":\"e9\"}\n";
    write(&place.path, &text);
    let mut reader = Reader::new(&file(&place.path), &Options { newest_first: true, ..options(true) });
    reader.until("following", |reader| reader.status == Some(Status::Following));
    assert!(reader.first.contains(&"e3999".to_owned()) && !reader.first.contains(&"e1".to_owned()));
    let wanted: Vec<String> =
        (1..4000).filter(|number| *number != 9).map(|number| format!("e{number}")).collect();
    assert_eq!(reader.ids().len(), wanted.len());
    let row = reader.timeline.row_of(0, "e7").unwrap();
    assert_eq!(reader.timeline.entry(row).unwrap().body().text(), "the last word on seven");
    assert!(reader.timeline.order().is_sorted_by_key(|row| reader.timeline.place(*row)));
    append(&place.path, &line(4000, "words"));
    reader.until("there", |reader| reader.ids().contains(&"e4000"));
}

#[test]
fn without_following_a_source_ends_when_it_is_read() {
    let place = place();
    write(&place.path, lines(&[1, 2, 3]).trim_end());
    let mut reader = Reader::new(&file(&place.path), &options(false));
    reader.until("over", |reader| reader.is_over);
    assert_eq!((reader.ids().len(), reader.status.clone()), (3, Some(Status::Ended)));
}

#[test]
fn a_source_that_was_asked_not_to_follow_still_looks_when_asked() {
    let (place, mut reader) = begun();
    reader.waker.follow(false);
    reader.until("unwatched", |reader| reader.status == Some(Status::Unwatched));
    append(&place.path, &line(4, "words"));
    reader.waker.look();
    reader.until_ids(&["e1", "e2", "e3", "e4"]);
    reader.waker.follow(true);
    append(&place.path, &line(5, "words"));
    reader.until_ids(&["e1", "e2", "e3", "e4", "e5"]);
    reader.waker.stop();
    reader.until("over", |reader| reader.is_over);
}

#[test]
fn what_cannot_be_read_says_what_and_why() {
    let place = place();
    let failure = |path: &Path, follow: bool| {
        let mut reader = Reader::new(&file(path), &options(follow));
        reader.until("over", |reader| reader.is_over);
        let Some(Status::Failed(failure)) = reader.status.clone() else { panic!("{:?}", reader.status) };
        (failure.kind, failure.message.as_str().to_owned())
    };
    let name = place.path.display().to_string();
    let missing = format!("cannot read '{name}': no such file; check the name");
    assert_eq!(failure(&place.path, false), (FailureKind::Unreadable, missing));
    let folder = place.folder.path().display().to_string();
    let is_folder = format!("cannot read '{folder}': it is a folder; name a file in it");
    assert_eq!(failure(place.folder.path(), true), (FailureKind::Unreadable, is_folder));
    write(&place.path, "");
    let (kind, message) = failure(&place.path, false);
    assert_eq!(kind, FailureKind::Unrecognized);
    assert!(
        message.starts_with(&format!("no liveblog found in '{name}': it is empty; looked for ")),
        "{message}"
    );
}

#[test]
fn a_folder_is_looked_through_for_feeds_changed_last_first() {
    let place = place();
    write(&place.path, &("{\"type\":\"blog\",\"title\":\"Old\"}\n".to_owned() + &lines(&[1, 2])));
    let before = std::time::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    fs::File::options().write(true).open(&place.path).unwrap().set_modified(before).unwrap();
    write(&place.folder.path().join("new.json"), &document(&[(1, "one"), (2, "two"), (3, "three")]));
    write(&place.folder.path().join("empty"), "");
    write(&place.folder.path().join(".hidden.jsonl"), &lines(&[1]));
    fs::create_dir(place.folder.path().join("deeper")).unwrap();
    let (found, is_all) = folder::scan(place.folder.path(), &context());
    let told: Vec<(&str, &str, usize, bool)> =
        found.iter().map(|found| (found.title.as_str(), found.format, found.entries, found.is_all)).collect();
    assert_eq!(told, [("Followed", "json", 3, true), ("Old", "jsonl", 2, true)]);
    assert!(is_all);
}
