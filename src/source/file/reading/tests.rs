//! Beginning to read a file, and to read the next.

use std::{fs, path::Path};

use crate::{
    model::{Problem, Timeline},
    source::{Brief, bell::Bell},
};

use super::*;

fn line(number: u32) -> String {
    format!("{{\"id\":\"e{number}\",\"published\":\"2025-04-01T10:00:00Z\",\"body\":\"words\"}}\n")
}

fn followed(path: &Path, newest_first: bool) -> Followed {
    Followed::new(path, Brief::followed(newest_first), Arc::new(Bell::default()))
}

#[test]
fn what_was_wrong_with_the_watch_before_a_file_came_is_wrong_still() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("feed.jsonl");
    for (count, newest_first) in [(3, false), (9_000, true)] {
        let _ = fs::remove_file(&path);
        let mut followed = followed(&path, newest_first);
        let mut outbox = Outbox::empty();
        let mut timeline = Timeline::default();
        // No look was begun when the watch failed: the file was not there.
        followed.unwatched = Some(Problem::new(None, "no watches are left"));
        followed.tell_problem(followed.unwatched.clone(), &mut outbox);
        fs::write(&path, (0..count).map(line).collect::<String>()).unwrap();
        assert!(matches!(followed.begin(true, &mut outbox), Step::On));
        while matches!(&followed.body, Some(Body::Log(log)) if log.has_more()) {
            followed.read_block(&mut outbox);
        }
        let told = outbox.merge_into(&mut timeline);
        assert_eq!((told, timeline.problems().count(), timeline.len()), (1, 1, count as usize));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_log_that_was_waited_for_is_watched_for_rotation_from_its_first_look_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("feed.jsonl");
    let mut followed = followed(&path, false);
    let mut outbox = Outbox::empty();
    followed.aim(&mut outbox);
    fs::write(&path, line(1)).unwrap();
    assert!(matches!(followed.begin(true, &mut outbox), Step::On) && followed.body.is_some());
    for round in 2..4 {
        fs::rename(&path, folder.path().join(round.to_string())).unwrap();
        fs::write(&path, line(round)).unwrap();
    }
    followed.watch.catch_up();
    assert!(followed.watch.has_successor(), "the second file has the name no more");
}

#[test]
fn that_files_may_have_been_missed_is_told_when_a_log_was_rotated_while_events_were_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("feed.jsonl");
    for has_gap in [true, false] {
        fs::write(&path, line(1)).unwrap();
        let (mut followed, mut outbox) = (followed(&path, false), Outbox::empty());
        assert!(matches!(followed.begin(true, &mut outbox), Step::On));
        fs::rename(&path, folder.path().join("1")).unwrap();
        fs::write(&path, line(2)).unwrap();
        followed.seen.has_gap = has_gap;
        let metadata = fs::metadata(&path).unwrap();
        followed.leave(Some((Stat::new(&metadata), print::changed(&metadata))), &mut outbox);
        followed.read_block(&mut outbox);
        assert_eq!(outbox.merge_into(&mut Timeline::default()), usize::from(has_gap));
    }
}
