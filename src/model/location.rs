//! Where a source is: how the user named it, and how it is shown.

use std::path::{Path, PathBuf};

use url::Url;

use crate::text::line::Line;

/// How the user named a source.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Location {
    File(PathBuf),
    /// A page or a feed on the web, by `http` or `https`.
    Address(Url),
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
            Self::Address(url) => bare(url),
            Self::Stdin => Line::new("standard input"),
            Self::Demo => Line::new("the demo"),
        }
    }

    /// What stands for a title when the blog has none: a file's name without its folder, an address without its scheme.
    pub fn name(&self) -> Line {
        match self {
            Self::File(path) => path.file_name().map_or_else(|| shown(path), |name| shown(Path::new(name))),
            Self::Address(url) => {
                let address = bare(url);
                let name = address.split_once("://").map_or(address.as_str(), |(_, name)| name);
                Line::new(name.strip_suffix('/').unwrap_or(name))
            }
            Self::Stdin | Self::Demo => self.label(),
        }
    }

    /// What tells it from others in little room: a file's name without its ending, the host of an address.
    pub fn short(&self) -> Line {
        match self {
            Self::File(path) => path.file_stem().map_or_else(|| shown(path), |stem| shown(Path::new(stem))),
            Self::Address(url) => {
                let host = url.host_str().unwrap_or_default();
                Line::new(host.strip_prefix("www.").unwrap_or(host))
            }
            Self::Stdin => Line::new("input"),
            Self::Demo => Line::new("demo"),
        }
    }

    /// What printed feeds call it.
    pub fn printed(&self) -> Line {
        match self {
            Self::File(path) => shown(path),
            Self::Address(url) => bare(url),
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

/// An address as people read it: without the name and the password that it may carry.
fn bare(url: &Url) -> Line {
    let mut url = url.clone();
    // An address that cannot carry them carries none.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    Line::new(url.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_its_password() {
        let location = Location::Address(Url::parse("https://ada:secret@example.org/live/?page=1").unwrap());
        assert_eq!(location.label().as_str(), "https://example.org/live/?page=1");
        assert_eq!(location.printed(), location.label());
        assert_eq!(location.name().as_str(), "example.org/live/?page=1");
        assert_eq!(location.short().as_str(), "example.org");
    }
}
