//! Files that are not there, cannot be read or are no liveblog, and sources that end.

use std::{fs, path::Path, time::Duration};

use liveblog::{
    model::{FailureKind, Location, News, Status},
    source::{Follow, Options, Source, folder},
};

use crate::reader::{Reader, append, begun, context, document, line, lines, options, place, write};

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
    let mut reader = Reader::of_file(&path, &options(true));
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
    let mut reader = Reader::of_file(&place.path, &options(true));
    reader.until("waiting", |reader| matches!(reader.status, Some(Status::Waiting(_))));
    let text = lines(&[1, 2]);
    append(&place.path, &text[..20]);
    reader.waker.look();
    append(&place.path, &text[20..]);
    reader.until_ids(&["e1", "e2"]);
    assert_eq!(reader.timeline.problems().count(), 0);
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
    let mut reader = Reader::of_file(&place.path, &options(true));
    reader.until("waiting", |reader| matches!(reader.status, Some(Status::Waiting(_))));
    allow(0o600);
    reader.until_ids(&["e1", "e2"]);
}

#[cfg(unix)]
#[test]
fn a_device_without_bytes_is_no_liveblog() {
    let mut reader = Reader::of_file(Path::new("/dev/null"), &options(true));
    reader.until("over", |reader| reader.is_over);
    assert!(
        matches!(&reader.status, Some(Status::Failed(failure)) if failure.kind == FailureKind::Unrecognized)
    );
}

#[test]
fn without_following_a_source_ends_when_it_is_read() {
    let place = place();
    write(&place.path, lines(&[1, 2, 3]).trim_end());
    let mut reader = Reader::of_file(&place.path, &options(false));
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
fn a_lost_file_stays_lost_whether_it_is_followed_or_not() {
    let (place, mut reader) = begun();
    fs::remove_file(&place.path).unwrap();
    let is_lost = |reader: &Reader| matches!(reader.status, Some(Status::Lost(_)));
    reader.until("lost", is_lost);
    reader.waker.follow(false);
    reader.waker.follow(true);
    reader.take_for(Duration::from_millis(300));
    assert!(is_lost(&reader), "{:?}", reader.status);
    reader.waker.follow(false);
    reader.take_for(Duration::from_millis(300));
    assert!(is_lost(&reader), "{:?}", reader.status);
    write(&place.path, &lines(&[1, 2, 3, 4]));
    reader.waker.look();
    reader.until("unwatched", |reader| reader.status == Some(Status::Unwatched));
    assert_eq!(reader.ids(), ["e1", "e2", "e3", "e4"]);
}

#[test]
fn what_is_not_followed_from_the_beginning_is_read_once_and_followed_when_asked() {
    let place = place();
    write(&place.path, &(1..20_000).map(|number| line(number, "words")).collect::<String>());
    let options = Options { follow: Follow::WhenAsked, ..options(true) };
    let mut source = Source::open(&Location::File(place.path.clone()), 0, &options);
    let waker = source.waker();
    let mut count = 0;
    let unwatched = loop {
        match source.next() {
            Some(News::Reading(reading)) => count += reading.segment.len(),
            Some(News::Status(_, status)) if !matches!(status, Status::Reading { .. }) => break status,
            Some(_) => {}
            None => panic!("it is over"),
        }
    };
    assert_eq!((unwatched, count), (Status::Unwatched, 19_999));
    append(&place.path, &line(20_000, "words"));
    waker.follow(true);
    while !matches!(source.next(), Some(News::Reading(reading)) if reading.segment.len() == 1) {}
}

#[test]
fn what_cannot_be_read_says_what_and_why() {
    let place = place();
    let failure = |path: &Path, follow: bool| {
        let mut reader = Reader::of_file(path, &options(follow));
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
fn a_long_file_that_is_no_liveblog_ends_the_source_as_a_short_one_does() {
    let place = place();
    for packages in [1, 10_000] {
        let packages = "{\"name\":\"weir\",\"licence\":\"MIT\"},".repeat(packages);
        write(&place.path, &format!("{{\"version\":3,\"packages\":[{packages}{{}}]}}"));
        let mut reader = Reader::of_file(&place.path, &Options { waits: false, ..options(true) });
        reader.until("over", |reader| reader.is_over);
        assert!(
            matches!(&reader.status, Some(Status::Failed(failure)) if failure.kind == FailureKind::Unrecognized),
            "{:?}",
            reader.status
        );
    }
}

#[test]
fn a_folder_is_looked_through_for_feeds_changed_last_first() {
    let place = place();
    write(&place.path, &("{\"type\":\"blog\",\"title\":\"Old\"}\n".to_owned() + &lines(&[1, 2, 2])));
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
