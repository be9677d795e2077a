//! Where a source is: how the user named it, and how it is shown.

use std::path::{Path, PathBuf};

use crate::text::line::Line;

/// How the user named a source.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Location {
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// The built-in feed.
    Demo,
}

impl Location {
    /// The location as people read it, clean.
    pub fn label(&self) -> Line {
        match self {
            Self::File(path) => shown(path),
            Self::Stdin => Line::new("standard input"),
            Self::Demo => Line::new("the demo"),
        }
    }

    /// What stands for a title when the blog has none: a file's name without its folder.
    pub fn name(&self) -> Line {
        match self {
            Self::File(path) => path.file_name().map_or_else(|| shown(path), |name| shown(Path::new(name))),
            Self::Stdin | Self::Demo => self.label(),
        }
    }

    /// What printed feeds call it.
    pub fn printed(&self) -> Line {
        match self {
            Self::File(path) => shown(path),
            Self::Stdin => Line::new("-"),
            Self::Demo => Line::new("demo"),
        }
    }
}

/// A path as people read it: what a terminal would obey is gone, and a name that is nothing else stays visible.
fn shown(path: &Path) -> Line {
    let line = Line::new(&path.to_string_lossy());
    if line.is_empty() { Line::new("(a name that cannot be shown)") } else { line }
}
