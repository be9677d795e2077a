//! The README's tables of keys and formats are those of the program, and its pictures are there.
//!
//! To bring them up to date: `UPDATE_README=1 cargo test --test readme`.

use std::{env, fs, path::PathBuf};

use liveblog::{
    app::{
        command::{Command, Group},
        keymap::{Keymap, shown},
    },
    feed::FORMATS,
};

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("README.md")
}

fn keys() -> String {
    let row = |command: &Command| {
        let keys: Vec<String> =
            command.keys.iter().map(|name| format!("`{}`", shown(name).replace('|', "\\|"))).collect();
        format!("| {} | {}{} |", keys.join(" "), command.about, command.place())
    };
    let mut rows = vec!["| keys | what they do |".to_owned(), "| --- | --- |".to_owned()];
    for group in Group::ALL {
        rows.push(format!("| **{}** | |", group.title()));
        rows.extend(Keymap::group(group).map(row));
    }
    rows.join("\n")
}

fn formats() -> String {
    let mut rows = vec!["| name | what it is | a small one |".to_owned(), "| --- | --- | --- |".to_owned()];
    rows.extend(FORMATS.iter().map(|format| {
        format!("| `{}` | {} | `sample_feeds/{}` |", format.name, format.about, format.sample)
    }));
    rows.join("\n")
}

/// `text` with what stands between the marks of `name` replaced.
fn replaced(text: &str, name: &str, table: &str) -> String {
    let (begin, end) = (format!("<!-- {name}: begin -->"), format!("<!-- {name}: end -->"));
    let (before, rest) = text.split_once(&begin).unwrap_or_else(|| panic!("the README has no {begin}"));
    let (_, after) = rest.split_once(&end).unwrap_or_else(|| panic!("the README has no {end}"));
    format!("{before}{begin}\n\n{table}\n\n{end}{after}")
}

#[test]
fn the_tables_of_keys_and_formats_are_true() {
    let text = fs::read_to_string(path()).unwrap_or_default();
    let wanted = replaced(&replaced(&text, "keys", &keys()), "formats", &formats());
    if env::var_os("UPDATE_README").is_some() {
        fs::write(path(), &wanted).unwrap_or_else(|error| panic!("{error}"));
        return;
    }
    assert_eq!(text, wanted, "run UPDATE_README=1 cargo test --test readme");
}

#[test]
fn the_readme_begins_with_the_two_commands() {
    let text = fs::read_to_string(path()).unwrap_or_default();
    let commands: Vec<&str> = text.lines().filter(|line| line.starts_with("    cargo ")).take(2).collect();
    assert!(commands[0].starts_with("    cargo run --release -- --demo"));
    assert!(commands[1].starts_with("    cargo test"));
}

/// The pictures that `text` shows, by their paths.
fn pictures(text: &str) -> Vec<&str> {
    let behind = text.split("![").skip(1).filter_map(|rest| rest.split_once("]("));
    behind.filter_map(|(_, rest)| rest.split_once(')')).map(|(path, _)| path).collect()
}

#[test]
fn the_readmes_pictures_are_there() {
    let text = fs::read_to_string(path()).unwrap_or_default();
    let pictures = pictures(&text);
    assert!(pictures.contains(&"docs/reader.png"), "the reader is shown: {pictures:?}");
    for picture in pictures.into_iter().filter(|picture| !picture.contains("://")) {
        let bytes = fs::read(path().with_file_name(picture)).unwrap_or_default();
        assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"), "{picture} is missing, or no picture");
    }
}
