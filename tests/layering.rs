//! Imports point down only, and the pure floors name nothing that acts.

use std::{fs, path::Path};

/// Each floor, and the floors it may name.
const FLOORS: [(&str, &[&str]); 9] = [
    ("text", &["text"]),
    ("model", &["model", "text"]),
    ("feed", &["feed", "model", "text"]),
    ("source", &["source", "feed", "model", "text"]),
    ("story", &["story", "model", "text"]),
    ("app", &["app", "story", "model", "text"]),
    ("view", &["view", "app", "story", "model", "text"]),
    ("runtime", &["runtime", "source", "feed", "view", "app", "story", "model", "text"]),
    ("cli", &["cli", "runtime", "source", "feed", "view", "app", "story", "model", "text"]),
];

/// What a floor must not name, besides the floors above it.
const FORBIDDEN: [(&str, &[&str]); 7] = [
    (
        "text",
        &[
            "std::fs",
            "std::io",
            "std::thread",
            "std::net",
            "ratatui",
            "crossterm",
            "Instant::now",
            "Utc::now",
        ],
    ),
    (
        "model",
        &["std::fs", "std::io", "std::thread", "std::net", "ratatui", "crossterm", "serde", "Instant::now"],
    ),
    ("feed", &["std::fs", "std::thread", "std::net", "ratatui", "crossterm", "Instant::now", "Utc::now"]),
    ("source", &["ratatui", "crossterm"]),
    (
        "story",
        &[
            "std::fs",
            "std::io",
            "std::thread",
            "std::net",
            "ratatui",
            "crossterm",
            "Instant::now",
            "Utc::now",
        ],
    ),
    (
        "app",
        &[
            "std::fs",
            "std::io",
            "std::thread",
            "std::net",
            "ratatui",
            "crossterm",
            "Instant::now",
            "Utc::now",
        ],
    ),
    ("view", &["std::fs", "std::thread", "std::net", "Instant::now", "Utc::now"]),
];

/// The Rust files below `folder`, with their text.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return found };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push((path.display().to_string(), fs::read_to_string(&path).unwrap_or_default()));
        }
    }
    found
}

/// The faults of one file of `floor`, one line each.
fn faults(floor: &str, allowed: &[&str], path: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut is_test = false;
    for (index, line) in text.lines().enumerate() {
        // What stands in tests may look around.
        is_test |= line.trim() == "#[cfg(test)]";
        let code = line.split("//").next().unwrap_or_default();
        let place = format!("{path}:{}", index + 1);
        for (other, _) in FLOORS.iter().filter(|(other, _)| !allowed.contains(other)) {
            if !is_test && code.contains(&format!("crate::{other}")) {
                faults.push(format!("{place}: {floor} must not name crate::{other}"));
            }
        }
        let forbidden = FORBIDDEN.iter().filter(|(name, _)| *name == floor).flat_map(|(_, words)| *words);
        for word in forbidden {
            if !is_test && code.contains(word) {
                faults.push(format!("{place}: {floor} must not name {word}"));
            }
        }
    }
    faults
}

#[test]
fn imports_point_down() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for (floor, allowed) in FLOORS {
        for (path, text) in files(&source.join(floor)) {
            found.extend(faults(floor, allowed, &path, &text));
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn an_import_that_points_up_is_caught() {
    let text = "use crate::view::theme;\nuse ratatui::text::Line;\n";
    assert_eq!(faults("app", &["app", "story", "model", "text"], "x.rs", text).len(), 2);
}

#[test]
fn every_file_opens_with_what_it_owns() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (path, text) in files(&source) {
        assert!(text.starts_with("//! "), "{path} does not open with a //! line");
    }
}
