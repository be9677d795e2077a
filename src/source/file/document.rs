//! A file that means something as a whole only: read anew when it changed. So is what is packed as gzip, whatever is in it.

use std::{fs::File, io};

use crate::{feed::Format, model::limits, source::document::Document as Whole};

use super::print::{self, Stat};

/// What is known of a file that is read whole.
pub(super) struct Document {
    pub(super) whole: Whole,
    /// The file as it was when it was read last.
    pub(super) stat: Stat,
    /// Whether no liveblog was in it then, though there had been one.
    pub(super) is_strange: bool,
}

impl Document {
    pub(super) fn new(format: &'static Format, stat: Stat) -> Self {
        Self { whole: Whole::new(format), stat, is_strange: false }
    }
}

/// All of `file` and no more than shows that it is too much, its stat, and whether it did not change meanwhile.
pub(super) fn whole(file: &mut File) -> io::Result<(Vec<u8>, Stat, bool)> {
    let before = Stat::new(&file.metadata()?);
    let mut bytes = Vec::new();
    print::read(file, 0, limits::DOCUMENT + 1, &mut bytes)?;
    let after = Stat::new(&file.metadata()?);
    Ok((bytes, before, before == after))
}
