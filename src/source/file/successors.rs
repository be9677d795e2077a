//! The logs between the one that is being read and the one that has the name now: each was rotated away in its turn before
//! anyone had looked.
//!
//! A source that waits for whoever takes what it read sees only the last of several rotations. The watch sees each of them,
//! and opens here what the name came to lead to, since later nobody knows where it stands. Only what was renamed away is
//! kept: what was renamed over or deleted is an older version, which the next one tells anew. No file is here twice, and
//! the one that is being read is not here, so at most [`MOST`] and the newest are open.

use std::{
    collections::{BTreeSet, VecDeque},
    fs::File,
    path::{Path, PathBuf},
    time::SystemTime,
};

use notify::{
    Event, EventKind,
    event::{ModifyKind, RenameMode},
};

use crate::source::opening;

use super::print::{self, Stat};

/// How many are kept open at once.
pub(super) const MOST: usize = 16;

/// Device and inode.
type Identity = (u64, u64);

#[derive(Debug)]
struct Opened {
    file: File,
    identity: Identity,
}

impl Opened {
    /// Opens what is at `path`, if it is a file that can be told from others.
    fn at(path: &Path) -> Option<Self> {
        let file = opening::file(path).ok()?;
        let identity = Stat::new(&file.metadata().ok()?).identity?;
        Some(Self { file, identity })
    }
}

/// See the module's description.
#[derive(Debug, Default)]
pub(super) struct Successors {
    /// Where what has the name is opened.
    path: PathBuf,
    /// The same, and where each link on the way to it stands, as events tell it.
    places: BTreeSet<PathBuf>,
    /// The log that is being read. `None`: nothing is kept.
    reading: Option<Identity>,
    /// The one that was read before, until the events tell of the one that came after it.
    former: Option<Identity>,
    /// What came to have the name last.
    newest: Option<Opened>,
    /// What was rotated away, in order.
    passed: VecDeque<Opened>,
    /// What was moved away last, before it is known whereto.
    leaving: Option<Identity>,
    has_missed: bool,
}

impl Successors {
    /// Aims at `path`, which events may tell as one of `places`.
    pub(super) fn aim(&mut self, path: &Path, places: BTreeSet<PathBuf>) {
        self.path = path.to_path_buf();
        self.places = places;
    }

    /// The log that is read from now on. `None`: it is none, or it cannot be told from others.
    pub(super) fn reads(&mut self, log: Option<Identity>) {
        if log == self.reading {
            return;
        }
        self.former = self.reading;
        self.reading = log;
        self.newest.take_if(|newest| log.is_none_or(|log| log == newest.identity));
        self.passed.retain(|passed| log.is_some_and(|log| log != passed.identity));
    }

    /// Notes what `event` says of the name.
    pub(super) fn note(&mut self, event: &Event) {
        let is_ours = |at: usize| event.paths.get(at).is_some_and(|path| self.places.contains(path));
        if self.reading.is_none() || !is_ours(0) {
            return;
        }
        match (event.kind, event.paths.get(1)) {
            (EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(RenameMode::To)), _) => self.arrives(),
            (EventKind::Modify(ModifyKind::Name(RenameMode::From)), _) => self.leaves(),
            (EventKind::Modify(ModifyKind::Name(RenameMode::Both)), Some(to)) => self.has_gone(to),
            (EventKind::Remove(_), _) => self.newest = None,
            _ => {}
        }
    }

    /// Something came to have the name.
    fn arrives(&mut self) {
        self.former = None;
        let now = Opened::at(&self.path);
        self.newest = now.filter(|now| !self.is_known(now.identity));
    }

    /// What had the name was moved away.
    fn leaves(&mut self) {
        self.leaving = None;
        if let Some(left) = self.newest.take() {
            self.leaving = Some(left.identity);
            self.pass(left);
        }
    }

    /// What had the name is at `to`. Events come late: it may be another than the one that was found when it was opened.
    fn has_gone(&mut self, to: &Path) {
        let leaving = self.leaving.take();
        let Some(gone) = Opened::at(to).filter(|gone| !self.is_known(gone.identity)) else { return };
        if self.passed.back().is_some_and(|last| Some(last.identity) == leaving) {
            self.newest = self.passed.pop_back();
        }
        self.pass(gone);
    }

    fn pass(&mut self, gone: Opened) {
        if self.passed.len() < MOST {
            self.passed.push_back(gone);
        } else {
            self.has_missed = true;
        }
    }

    fn is_known(&self, identity: Identity) -> bool {
        [self.reading, self.former].contains(&Some(identity))
            || self.passed.iter().any(|passed| passed.identity == identity)
    }

    /// Whether a log follows on the one that is being read, and has not the name any more.
    pub(super) fn has_next(&self) -> bool {
        !self.passed.is_empty()
    }

    /// How the first of them that has anything looks, and when it was changed last.
    pub(super) fn begun(&self) -> Option<(Stat, Option<SystemTime>)> {
        let seen = self.passed.iter().filter_map(|passed| passed.file.metadata().ok());
        let mut seen = seen.map(|metadata| (Stat::new(&metadata), print::changed(&metadata)));
        seen.find(|(stat, _)| stat.length > 0)
    }

    /// The next log.
    pub(super) fn next(&mut self) -> Option<File> {
        self.passed.pop_front().map(|next| next.file)
    }

    /// Whether more were rotated away than are kept, since this was asked last.
    pub(super) fn has_missed(&mut self) -> bool {
        std::mem::take(&mut self.has_missed)
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::{fs, io::Read};

    use notify::event::{CreateKind, RemoveKind};
    use tempfile::TempDir;

    use super::*;

    struct Place {
        folder: TempDir,
        successors: Successors,
    }

    impl Place {
        /// A log named `feed` that is being read and holds `0`.
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("feed");
            fs::write(&path, "0").unwrap();
            let mut successors = Successors::default();
            successors.aim(&path, BTreeSet::from([path.clone()]));
            successors.reads(Some(Opened::at(&path).unwrap().identity));
            Self { folder, successors }
        }

        fn at(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }

        fn tell(&mut self, kind: EventKind, names: &[&str]) {
            let event = names.iter().fold(Event::new(kind), |event, name| event.add_path(self.at(name)));
            self.successors.note(&event);
        }

        fn tell_moved(&mut self, to: &str) {
            self.tell(EventKind::Modify(ModifyKind::Name(RenameMode::From)), &["feed"]);
            self.tell(EventKind::Modify(ModifyKind::Name(RenameMode::Both)), &["feed", to]);
        }

        fn tell_made(&mut self) {
            self.tell(EventKind::Create(CreateKind::File), &["feed"]);
        }

        fn kept(&mut self) -> String {
            let mut kept = String::new();
            while let Some(mut file) = self.successors.next() {
                file.read_to_string(&mut kept).unwrap();
            }
            kept
        }
    }

    #[test]
    fn what_was_moved_away_is_kept_in_order_wherever_it_is_by_now() {
        for is_told_late in [false, true] {
            let mut place = Place::new();
            for round in 1..6 {
                let aside = format!("feed.{round}");
                fs::rename(place.at("feed"), place.at(&aside)).unwrap();
                fs::write(place.at("feed"), round.to_string()).unwrap();
                let told = if is_told_late { 1..round + 1 } else { round..round + 1 };
                for round in told.filter(|_| !is_told_late || round == 5) {
                    place.tell_moved(&format!("feed.{round}"));
                    place.tell_made();
                }
            }
            assert_eq!(
                place.kept(),
                "1234",
                "the first is being read, the last has the name; late: {is_told_late}"
            );
        }
    }

    #[test]
    fn what_left_the_folder_is_kept_and_what_was_renamed_over_or_deleted_is_not() {
        let mut place = Place::new();
        let elsewhere = tempfile::tempdir().unwrap();
        fs::rename(place.at("feed"), elsewhere.path().join("0")).unwrap();
        place.tell(EventKind::Modify(ModifyKind::Name(RenameMode::From)), &["feed"]);
        fs::write(place.at("feed"), "1").unwrap();
        place.tell_made();
        fs::rename(place.at("feed"), elsewhere.path().join("1")).unwrap();
        place.tell(EventKind::Modify(ModifyKind::Name(RenameMode::From)), &["feed"]);
        for version in ["2", "3"] {
            fs::write(place.at("aside"), version).unwrap();
            fs::rename(place.at("aside"), place.at("feed")).unwrap();
            place.tell(EventKind::Modify(ModifyKind::Name(RenameMode::To)), &["feed"]);
            place.tell(EventKind::Modify(ModifyKind::Name(RenameMode::Both)), &["aside", "feed"]);
        }
        fs::remove_file(place.at("feed")).unwrap();
        place.tell(EventKind::Remove(RemoveKind::File), &["feed"]);
        fs::write(place.at("feed"), "4").unwrap();
        place.tell_made();
        assert_eq!(place.kept(), "1");
    }

    #[test]
    fn no_more_are_open_than_that_and_none_once_a_document_is_read() {
        let mut place = Place::new();
        for round in 0..MOST + 2 {
            let aside = format!("feed.{round}");
            fs::rename(place.at("feed"), place.at(&aside)).unwrap();
            place.tell_moved(&aside);
            fs::write(place.at("feed"), "x").unwrap();
            place.tell_made();
        }
        assert_eq!(place.successors.passed.len(), MOST);
        assert!(place.successors.has_missed() && !place.successors.has_missed());
        place.successors.reads(None);
        assert!(place.successors.newest.is_none() && !place.successors.has_next());
        place.tell_moved("feed.0");
        place.tell_made();
        assert!(place.successors.newest.is_none() && !place.successors.has_next());
    }
}
