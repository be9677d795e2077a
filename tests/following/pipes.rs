//! Named pipes, written by one writer or by several in turn.

use std::{
    fs::{File, OpenOptions},
    io::{ErrorKind, Write},
    time::Duration,
};

use liveblog::{
    model::Status,
    source::{Follow, Options, folder},
};
use rustix::fs::{CWD, Mode, mkfifoat};

use crate::reader::{Place, Reader, context, document, line, lines, options, place};

fn pipe() -> Place {
    let place = place();
    mkfifoat(CWD, &place.path, Mode::RUSR | Mode::WUSR).unwrap();
    place
}

/// A writer of the pipe. Opening one waits for its reader. One that opens it before the reader has noticed that the last
/// one went is the same to it.
fn writer(place: &Place) -> File {
    OpenOptions::new().write(true).open(&place.path).unwrap()
}

fn write(mut writer: &File, text: &str) {
    writer.write_all(text.as_bytes()).unwrap();
}

#[test]
fn a_named_pipe_is_read_as_it_is_written() {
    let place = pipe();
    assert_eq!(folder::scan(place.folder.path(), &context()), (Vec::new(), true), "looking must not wait");
    let mut reader = Reader::of_file(&place.path, &options(false));
    let writer = writer(&place);
    write(&writer, &lines(&[1, 2]));
    reader.until_ids(&["e1", "e2"]);
    write(&writer, line(3, "words").trim_end());
    drop(writer);
    reader.until_ids(&["e1", "e2", "e3"]);
    reader.until("over", |reader| reader.is_over);
    assert_eq!(reader.status, Some(Status::Ended));
}

#[test]
fn each_writer_of_a_pipe_brings_a_document_of_its_own() {
    let place = pipe();
    let mut reader = Reader::of_file(&place.path, &options(true));
    write(&writer(&place), &document(&[(1, "one"), (2, "two")]));
    reader.until_ids(&["e1", "e2"]);
    write(&writer(&place), &document(&[(1, "one"), (2, "two, revised"), (3, "three")]));
    reader.until_ids(&["e1", "e2", "e3"]);
    assert_eq!(reader.revised, ["e2"]);
    let whole = document(&[(1, "one"), (4, "four")]);
    for bad in [&whole[..whole.len() - 9], "no liveblog"] {
        write(&writer(&place), bad);
        reader.until_settled();
        assert!(reader.timeline.problems().count() > 0);
    }
    assert!(reader.removed.is_empty(), "what was cut short takes nothing down");
    write(&writer(&place), &whole);
    reader.until_ids(&["e1", "e4"]);
    assert!(!reader.is_over);
}

#[test]
fn lines_of_several_writers_of_a_pipe_are_one_log() {
    let place = pipe();
    let mut reader = Reader::of_file(&place.path, &options(true));
    write(&writer(&place), &(lines(&[1, 2]) + &line(3, "words")[..20]));
    reader.until("told", |reader| reader.timeline.problems().count() > 0);
    write(&writer(&place), &line(4, "words"));
    reader.until_ids(&["e1", "e2", "e4"]);
    assert_eq!((reader.timeline.problems().count(), reader.timeline.unreadable()), (1, 1));
}

#[test]
fn a_writer_that_brings_no_liveblog_is_let_pass_or_ends_the_source() {
    for waits in [false, true] {
        let place = pipe();
        let mut reader = Reader::of_file(&place.path, &Options { waits, ..options(true) });
        write(&writer(&place), "no liveblog");
        if waits {
            reader.until("waiting", |reader| matches!(reader.status, Some(Status::Waiting(_))));
            write(&writer(&place), &lines(&[1, 2]));
            reader.until_ids(&["e1", "e2"]);
        } else {
            reader.until("over", |reader| reader.is_over);
            assert!(matches!(reader.status, Some(Status::Failed(_))), "{:?}", reader.status);
        }
    }
}

#[test]
fn a_document_without_end_is_given_up_and_the_next_one_is_read() {
    let without_end = || {
        let item = "<item><title>Words.</title></item>\n".repeat(32 << 10);
        let head = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>T</title>".to_owned();
        std::iter::once(head).chain(std::iter::repeat_n(item, 256))
    };
    let place = pipe();
    let mut reader = Reader::of_file(&place.path, &options(true));
    let endless = writer(&place);
    without_end().for_each(|piece| write(&endless, &piece));
    drop(endless);
    reader.until("told", |reader| {
        reader.timeline.problems().any(|(_, problem)| problem.message.contains("256 MiB"))
    });
    while reader.ids() != ["e1"] {
        // It may be the same writer to it still.
        write(&writer(&place), &document(&[(1, "one")]));
        reader.take_for(Duration::from_millis(200));
    }
    let place = pipe();
    let mut reader = Reader::of_file(&place.path, &options(false));
    let mut writer = writer(&place);
    let is_heard_out = without_end().all(|piece| writer.write_all(piece.as_bytes()).is_ok());
    reader.until("over", |reader| reader.is_over);
    assert!(
        !is_heard_out
            && matches!(&reader.status, Some(Status::Failed(why)) if why.message.contains("256 MiB"))
    );
}

#[test]
fn what_comes_piece_by_piece_is_one_look_until_it_is_quiet() {
    let place = pipe();
    let mut reader = Reader::of_file(&place.path, &options(true));
    let writer = writer(&place);
    // One line might be anything yet.
    write(&writer, &lines(&[1, 2]));
    for number in 3..7 {
        write(&writer, &line(number, "words"));
        reader.until("there", |reader| reader.ids().len() == number);
        assert!(matches!(reader.status, Some(Status::Reading { .. })), "{:?}", reader.status);
        assert_eq!(reader.looks, 0);
    }
    reader.until("following", |reader| reader.status == Some(Status::Following));
    assert_eq!(reader.looks, 1);
}

#[test]
fn a_pipe_that_is_never_quiet_is_followed_all_the_same() {
    let place = pipe();
    let mut reader = Reader::of_file(&place.path, &options(true));
    let writer = writer(&place);
    write(&writer, &lines(&[1, 2]));
    let mut number = 2;
    while reader.status != Some(Status::Following) {
        number += 1;
        write(&writer, &line(number, "words"));
        reader.until("there", |reader| reader.ids().len() == number);
        std::thread::sleep(Duration::from_millis(100));
    }
    assert!((4..30).contains(&number), "its first look was over soon: {number}");
}

#[test]
fn what_comes_while_a_pipe_is_not_followed_waits_for_a_look_or_for_following() {
    let place = pipe();
    let mut reader = Reader::of_file(&place.path, &options(true));
    let writer = writer(&place);
    write(&writer, &lines(&[1, 2]));
    reader.until("following", |reader| reader.status == Some(Status::Following));
    reader.waker.follow(false);
    reader.until("unwatched", |reader| reader.status == Some(Status::Unwatched));
    write(&writer, &line(3, "words"));
    reader.take_for(Duration::from_millis(200));
    assert_eq!(reader.ids(), ["e1", "e2"]);
    let looks = reader.looks;
    reader.waker.look();
    reader.until("looked", |reader| reader.looks > looks);
    assert_eq!((reader.ids().len(), reader.status.clone()), (3, Some(Status::Unwatched)));
    write(&writer, &line(4, "words"));
    reader.take_for(Duration::from_millis(200));
    assert_eq!(reader.ids(), ["e1", "e2", "e3"]);
    reader.waker.follow(true);
    reader.until_ids(&["e1", "e2", "e3", "e4"]);
    assert_eq!(reader.status, Some(Status::Following));
    reader.waker.follow(false);
    reader.until("unwatched", |reader| reader.status == Some(Status::Unwatched));
    drop(writer);
    reader.waker.stop();
    reader.until("over", |reader| reader.is_over);
}

#[test]
fn a_pipe_that_is_not_followed_is_left_alone_before_its_first_writer_too() {
    let asked = |reader: &mut Reader| reader.waker.follow(false);
    let from_the_start = |_: &mut Reader| ();
    for (follow, stop) in
        [(Follow::Now, &asked as &dyn Fn(&mut Reader)), (Follow::WhenAsked, &from_the_start)]
    {
        let place = pipe();
        let mut reader = Reader::of_file(&place.path, &Options { follow, ..options(true) });
        stop(&mut reader);
        reader.until("unwatched", |reader| reader.status == Some(Status::Unwatched));
        let writer = writer(&place);
        write(&writer, &lines(&[1, 2]));
        reader.take_for(Duration::from_millis(200));
        assert!(reader.ids().is_empty(), "{:?}", reader.ids());
        reader.waker.look();
        reader.until_ids(&["e1", "e2"]);
        reader.waker.follow(true);
        reader.until("following", |reader| reader.status == Some(Status::Following));
    }
}

#[test]
fn a_look_at_half_a_document_ends_and_what_comes_later_waits_for_the_next() {
    let place = pipe();
    let mut reader = Reader::of_file(&place.path, &options(true));
    write(&writer(&place), &document(&[(1, "one"), (2, "two")]));
    reader.until("following", |reader| reader.status == Some(Status::Following));
    reader.waker.follow(false);
    reader.until("unwatched", |reader| reader.status == Some(Status::Unwatched));
    let whole = document(&[(1, "one"), (2, "two"), (3, "three")]);
    let (half, rest) = whole.split_at(whole.len() / 2);
    let writer = writer(&place);
    write(&writer, half);
    reader.waker.look();
    // Only that nothing comes tells that the look is over.
    reader.take_for(Duration::from_secs(3));
    write(&writer, rest);
    drop(writer);
    reader.take_for(Duration::from_millis(500));
    assert_eq!(reader.ids(), ["e1", "e2"]);
    reader.waker.look();
    reader.until_ids(&["e1", "e2", "e3"]);
    assert_eq!(reader.status, Some(Status::Unwatched));
}

#[test]
fn nobody_reads_for_a_source_that_is_over() {
    let place = pipe();
    let mut reader = Reader::of_file(&place.path, &options(false));
    let mut writer = writer(&place);
    // The source needs the first pages only; were the rest taken and kept, the writer would wait for ever.
    let written = writer.write_all("no liveblog ".repeat(1 << 20).as_bytes());
    assert_eq!(written.map_err(|error| error.kind()), Err(ErrorKind::BrokenPipe));
    reader.until("over", |reader| reader.is_over);
    assert!(matches!(reader.status, Some(Status::Failed(_))), "{:?}", reader.status);
}

#[test]
fn a_file_that_came_to_have_the_name_of_a_pipe_is_read_once() {
    let place = pipe();
    let mut reader = Reader::of_file(&place.path, &options(true));
    let writer = writer(&place);
    write(&writer, &lines(&[1, 2]));
    reader.until_ids(&["e1", "e2"]);
    let aside = place.folder.path().join("aside");
    std::fs::write(&aside, lines(&[3])).unwrap();
    std::fs::rename(&aside, &place.path).unwrap();
    drop(writer);
    reader.until("over", |reader| reader.is_over);
    assert_eq!((reader.ids(), reader.status.clone()), (vec!["e1", "e2", "e3"], Some(Status::Ended)));
}
