//! Looking through a folder for feeds.
//!
//! This folder only, and the first bytes of each file only. Nothing is opened that could block.

use std::{
    collections::HashSet,
    fs,
    io::Read,
    path::{Path, PathBuf},
    time::SystemTime,
};

use crate::{
    feed::{Context, Format, Reader, Recognition, decode, detect, recognize},
    model::{Coverage, Entry, Found, Location, Packer},
    source::opening,
};

/// How many files are looked into.
const FILES: usize = 200;
/// How many names are looked at.
const NAMES: usize = 10_000;

/// The feeds in `folder`, those changed last first, and whether all of its files were looked into. Hidden files are left
/// out.
pub fn scan(folder: &Path, context: &Context) -> (Vec<Found>, bool) {
    let Ok(entries) = fs::read_dir(folder) else { return (Vec::new(), true) };
    let mut names = entries.flatten();
    let mut files: Vec<(PathBuf, Option<SystemTime>)> = names
        .by_ref()
        .take(NAMES)
        .filter(|entry| !entry.file_name().as_encoded_bytes().starts_with(b"."))
        .filter_map(|entry| {
            let path = if folder == Path::new(".") { entry.file_name().into() } else { entry.path() };
            // Opening a named pipe would wait for its writer.
            let metadata = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?;
            Some((path, metadata.modified().ok()))
        })
        .collect();
    let is_all = files.len() <= FILES && names.next().is_none();
    files.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    files.truncate(FILES);
    let found = files.into_iter().filter_map(|(path, modified)| look(path, modified, context));
    (found.collect(), is_all)
}

/// What the first bytes of a file tell, when they are those of a feed.
fn look(path: PathBuf, modified: Option<SystemTime>, context: &Context) -> Option<Found> {
    let mut head = Vec::new();
    // One byte more tells whether the head is all of it.
    opening::file(&path).ok()?.take(detect::HEAD as u64 + 1).read_to_end(&mut head).ok()?;
    let is_all = head.len() <= detect::HEAD;
    head.truncate(detect::HEAD);
    let Recognition::Known(format) = recognize(&head, is_all) else { return None };
    let modified = modified.map(Into::into);
    let mut packer = read(format, &head, is_all, &Context { modified, ..*context });
    let title = packer.told_blog().map(|blog| blog.title.clone()).unwrap_or_default();
    let segment = packer.take(Coverage::Delta, is_all).segment;
    // What is told again is one entry.
    let ids = (0..segment.len()).filter_map(|index| Some(Entry::new(&segment, index)?.id()));
    let entries = ids.collect::<HashSet<&str>>().len();
    Some(Found { location: Location::File(path), format: format.name, title, entries, is_all, modified })
}

fn read(format: &Format, head: &[u8], is_all: bool, context: &Context) -> Packer {
    let mut packer = Packer::new(0);
    let (head, _) = decode::head(head, is_all);
    match format.reader {
        Reader::Stream { open, .. } if !is_all => open(context, 0).push(head.as_bytes(), &mut packer),
        _ => format.read_whole(head.as_bytes(), context, &mut packer),
    }
    packer
}
