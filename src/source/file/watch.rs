//! Being told by the system that a file may have changed.
//!
//! Folders are watched, never the file: a watch on a file dies with the first program that saves by renaming. A watch is
//! a hint that makes us quick. It may fail, be lost or never fire (network file systems), so the file is looked at every
//! two seconds whatever it says. Only of what came before a rename and what after it, the order of its events knows more
//! than any look does: the clock of files ticks too slowly for that.

use std::{
    collections::BTreeSet,
    ffi::OsString,
    fs::{self, File},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::SystemTime,
};

use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher, event::ModifyKind};

use crate::source::bell::Bell;

use super::{print::Stat, successors::Successors};

/// How many symbolic links in a row are gone after.
const LINKS: usize = 16;

/// What is waited for: names in folders.
#[derive(Debug, Default)]
struct Aim {
    names: BTreeSet<OsString>,
    folders: BTreeSet<PathBuf>,
    /// Whether a watched folder itself went away, and its watch with it.
    is_stale: bool,
    /// What was seen since that was asked last.
    departure: Departure,
    successors: Successors,
}

/// What was seen of a file going away, in the order in which it happened.
#[expect(clippy::struct_excessive_bools, reason = "each may be so without the others")]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Departure {
    /// Whether what has the name was written to, and has the name still.
    is_written: bool,
    /// Whether what had the name was written to before it lost it.
    pub(super) was_written: bool,
    /// Whether the name came to lead elsewhere.
    pub(super) has_left: bool,
    /// Whether events were lost, which may have told of other files that had the name meanwhile.
    pub(super) has_gap: bool,
}

impl Departure {
    /// What may have happened unseen.
    const ANYTHING: Self = Self { is_written: true, was_written: true, has_left: true, has_gap: false };

    /// What `event` says, which is about the name.
    fn of(event: &Event) -> Self {
        if event.need_rescan() {
            return Self { has_gap: true, ..Self::ANYTHING };
        }
        match event.kind {
            // The name leaves with one file, or another one comes over it.
            EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => {
                Self { has_left: true, ..Self::default() }
            }
            EventKind::Modify(ModifyKind::Any | ModifyKind::Data(_)) => {
                Self { is_written: true, ..Self::default() }
            }
            _ => Self::default(),
        }
    }

    /// This, and what was seen after it.
    pub(super) fn then(self, later: Self) -> Self {
        Self {
            is_written: later.is_written || self.is_written && !later.has_left,
            was_written: self.was_written || later.was_written || self.is_written && later.has_left,
            has_left: self.has_left || later.has_left,
            has_gap: self.has_gap || later.has_gap,
        }
    }
}

/// The watch on one file.
#[derive(Debug, Default)]
pub(super) struct Watch {
    watcher: Option<RecommendedWatcher>,
    aim: Arc<Mutex<Aim>>,
    has_failed: bool,
}

impl Watch {
    /// Aims at `path` and what it links to; rings `bell` when something of it may have changed. Tells whether anything
    /// is watched that was not before. An error is told once; after it, nothing is watched.
    pub(super) fn aim(&mut self, path: &Path, bell: &Arc<Bell>) -> Result<bool, notify::Error> {
        if self.has_failed {
            return Ok(false);
        }
        let wanted = places(path);
        let at = |(folder, name): &(PathBuf, OsString)| {
            std::path::absolute(folder).ok().map(|folder| folder.join(name))
        };
        let told = wanted.iter().filter_map(at).collect();
        let names = wanted.iter().map(|(_, name)| name.clone()).collect();
        let folders: BTreeSet<PathBuf> = wanted.into_iter().map(|(folder, _)| folder).collect();
        let (known, is_stale) = {
            let mut aim = lock(&self.aim);
            aim.names = names;
            aim.successors.aim(path, told);
            (std::mem::replace(&mut aim.folders, folders.clone()), std::mem::take(&mut aim.is_stale))
        };
        let result = self.watch(&known, &folders, is_stale, bell);
        match result {
            Err(_) => *self = Self { has_failed: true, ..Self::default() },
            Ok(true) => {
                let mut aim = lock(&self.aim);
                aim.departure = aim.departure.then(Departure::ANYTHING);
            }
            Ok(false) => {}
        }
        result
    }

    fn watch(
        &mut self,
        known: &BTreeSet<PathBuf>,
        wanted: &BTreeSet<PathBuf>,
        is_stale: bool,
        bell: &Arc<Bell>,
    ) -> Result<bool, notify::Error> {
        let watcher = match &mut self.watcher {
            Some(watcher) => watcher,
            none => none.insert(watcher(Arc::clone(&self.aim), Arc::clone(bell))?),
        };
        for folder in known.iter().filter(|folder| is_stale || !wanted.contains(*folder)) {
            // It may be gone already.
            let _ = watcher.unwatch(folder);
        }
        let mut is_new = false;
        for folder in wanted.iter().filter(|folder| is_stale || !known.contains(*folder)) {
            match watcher.watch(folder, RecursiveMode::NonRecursive) {
                Ok(()) => is_new = true,
                // It went away in this moment; it is aimed at anew at the next look.
                Err(_) if !folder.exists() => lock(&self.aim).is_stale = true,
                Err(error) => return Err(error),
            }
        }
        Ok(is_new)
    }

    /// What was seen since the last call. Whoever looks at the file asks before: what is seen while it is looked at is of
    /// the time after.
    pub(super) fn departure(&self) -> Departure {
        std::mem::take(&mut lock(&self.aim).departure)
    }

    /// The log that is read from now on, by its device and inode. `None`: what is read is no log.
    pub(super) fn reads(&self, log: Option<(u64, u64)>) {
        lock(&self.aim).successors.reads(log);
    }

    /// Waits until the events that are told by now were heeded. The thread that heeds them answers what it is asked between
    /// two rounds, but perhaps before the events of its round: by its second answer, that round is over.
    pub(super) fn catch_up(&mut self) {
        if let Some(watcher) = &mut self.watcher {
            for _ in 0..2 {
                // Where it gives no answer, what it has told so far has to do.
                let _ = watcher.configure(Config::default());
            }
        }
    }

    /// Whether a log that was rotated away comes before what has the name.
    pub(super) fn has_successor(&self) -> bool {
        lock(&self.aim).successors.has_next()
    }

    /// How the first of those logs that has anything looks, and when it was changed last.
    pub(super) fn begun_successor(&self) -> Option<(Stat, Option<SystemTime>)> {
        lock(&self.aim).successors.begun()
    }

    /// The log that comes before what has the name. Of it, as of any that went, it is not known what was written before.
    pub(super) fn successor(&self) -> Option<File> {
        let mut aim = lock(&self.aim);
        let next = aim.successors.next()?;
        aim.departure = aim.departure.then(Departure::ANYTHING);
        Some(next)
    }

    /// Whether more logs were rotated away than are kept for later, since the last call.
    pub(super) fn has_missed(&self) -> bool {
        lock(&self.aim).successors.has_missed()
    }

    /// Whether anything is watched.
    pub(super) fn is_on(&self) -> bool {
        self.watcher.is_some()
    }

    /// Stops watching.
    pub(super) fn rest(&mut self) {
        *self = Self { has_failed: self.has_failed, ..Self::default() };
    }
}

fn watcher(aim: Arc<Mutex<Aim>>, bell: Arc<Bell>) -> Result<RecommendedWatcher, notify::Error> {
    notify::recommended_watcher(move |event: Result<Event, notify::Error>| {
        if concerns(&mut lock(&aim), event) {
            bell.changed();
        }
    })
}

fn lock(aim: &Mutex<Aim>) -> MutexGuard<'_, Aim> {
    aim.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether `event` may mean that what is aimed at changed; notes what it says of that going away.
fn concerns(aim: &mut Aim, event: Result<Event, notify::Error>) -> bool {
    // What could not be told may have been anything, as where the system's queue overflowed.
    let event = event.unwrap_or_else(|_| Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan));
    // Opening and closing are told too, our own included: whoever reads on those reads for ever.
    if matches!(event.kind, EventKind::Access(_)) {
        return false;
    }
    let is_folder = event.paths.iter().any(|path| aim.folders.contains(path));
    let is_gone = matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
    if is_folder && is_gone {
        aim.is_stale = true;
    }
    let is_ours = event.need_rescan()
        || event.paths.is_empty()
        || is_folder && is_gone
        || event.paths.iter().filter_map(|path| path.file_name()).any(|name| aim.names.contains(name));
    if is_ours {
        aim.successors.note(&event);
        aim.departure = aim.departure.then(Departure::of(&event));
    }
    is_ours
}

/// The folder and the name in it of `path`, and of each file it links to. Where a folder does not exist, the nearest one
/// above that does, and the name of the way down.
fn places(path: &Path) -> Vec<(PathBuf, OsString)> {
    let mut places = Vec::new();
    let mut at = path.to_path_buf();
    for _ in 0..LINKS {
        let Some(name) = at.file_name() else { break };
        let folder = folder_of(&at);
        places.push(existing(&folder, name.to_owned()));
        match fs::read_link(&at) {
            Ok(target) => at = folder.join(target),
            Err(_) => break,
        }
    }
    places
}

/// The folder that `path` is in.
fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

fn existing(folder: &Path, name: OsString) -> (PathBuf, OsString) {
    let (mut folder, mut name) = (folder.to_path_buf(), name);
    while !folder.is_dir() {
        let Some(above) = folder.file_name().map(ToOwned::to_owned) else { break };
        folder = folder_of(&folder);
        name = above;
    }
    (folder, name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_folder_is_awaited_from_the_nearest_one_above() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b/feed.jsonl");
        assert_eq!(places(&path), [(folder.path().to_path_buf(), OsString::from("a"))]);
        fs::create_dir(folder.path().join("a")).unwrap();
        assert_eq!(places(&path), [(folder.path().join("a"), OsString::from("b"))]);
        assert_eq!(places(Path::new("feed.jsonl")), [(PathBuf::from("."), OsString::from("feed.jsonl"))]);
    }

    #[test]
    fn opening_a_file_is_no_change_and_an_overflow_is() {
        let mut aim = Aim { names: BTreeSet::from([OsString::from("feed")]), ..Aim::default() };
        let event = |kind| Ok(Event::new(kind).add_path(PathBuf::from("/x/feed")));
        assert!(!concerns(&mut aim, event(EventKind::Access(notify::event::AccessKind::Any))));
        assert!(concerns(&mut aim, event(EventKind::Create(notify::event::CreateKind::File))));
        let other = Event::new(EventKind::Any).add_path(PathBuf::from("/x/other"));
        assert!(!concerns(&mut aim, Ok(other)));
        assert!(!aim.departure.has_gap);
        assert!(concerns(&mut aim, Ok(Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan))));
        assert!(aim.departure.has_gap && aim.departure.has_left);
    }

    #[test]
    fn what_was_written_before_a_rename_is_told_from_what_came_after() {
        use notify::event::{CreateKind, DataChange, RenameMode};
        let written = (EventKind::Modify(ModifyKind::Data(DataChange::Any)), "feed");
        let elsewhere = (written.0, "feed.1");
        let away = (EventKind::Modify(ModifyKind::Name(RenameMode::From)), "feed");
        let made = (EventKind::Create(CreateKind::File), "feed");
        // Asked after the first `asked` of the events, and again at the end.
        let seen = |events: &[(EventKind, &str)], asked: usize| {
            let mut aim = Aim { names: BTreeSet::from([OsString::from("feed")]), ..Aim::default() };
            let mut first = Departure::default();
            for (index, (kind, name)) in events.iter().enumerate() {
                if index == asked {
                    first = std::mem::take(&mut aim.departure);
                }
                let _ = concerns(&mut aim, Ok(Event::new(*kind).add_path(Path::new("/x").join(name))));
            }
            let all = first.then(aim.departure);
            (all.was_written, all.has_left)
        };
        for asked in 0..4 {
            assert_eq!(seen(&[written, away, made, written], asked), (true, true));
            assert_eq!(seen(&[away, elsewhere, made, written], asked), (false, true));
            assert_eq!(seen(&[written, made, written, elsewhere], asked), (false, false));
        }
    }
}
