//! Imports point down only, and the pure floors name nothing that acts.
//!
//! Files are read as the compiler reads them: without comments, strings and what is only for tests; use-trees are taken
//! apart, `self` and `super` resolved, and renamed imports followed.

use std::{collections::HashMap, fs, path::Path};

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

const DRAWING: [&str; 2] = ["ratatui", "crossterm"];
const FILES: [&str; 3] = ["std::fs", "std::thread", "std::net"];
const CLOCKS: [&str; 4] = ["Instant::now", "SystemTime::now", "Utc::now", "Local::now"];

/// What a floor must not name, besides the floors above it.
const FORBIDDEN: [(&str, &[&[&str]]); 7] = [
    ("text", &[&["std::io"], &FILES, &DRAWING, &CLOCKS]),
    ("model", &[&["std::io", "serde", "serde_json"], &FILES, &DRAWING, &CLOCKS]),
    ("feed", &[&FILES, &DRAWING, &CLOCKS]),
    ("source", &[&DRAWING]),
    ("story", &[&["std::io"], &FILES, &DRAWING, &CLOCKS]),
    ("app", &[&["std::io"], &FILES, &DRAWING, &CLOCKS]),
    ("view", &[&FILES, &CLOCKS]),
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

/// A word or a mark of Rust, and the line it stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Token<'a> {
    text: &'a str,
    line: usize,
}

/// The bytes at the beginning of `rest` that say nothing: space, a comment, a string, a letter in quotes.
fn silent(rest: &str) -> Option<usize> {
    let up_to = |from: usize, end: &str| {
        Some(rest.get(from..)?.find(end).map_or(rest.len(), |at| from + at + end.len()))
    };
    let first = rest.chars().next()?;
    if first.is_whitespace() {
        return Some(first.len_utf8());
    }
    if rest.starts_with("//") {
        return up_to(0, "\n");
    }
    if rest.starts_with("/*") {
        return up_to(2, "*/");
    }
    let raw = rest.trim_start_matches('b').strip_prefix('r').filter(|_| !rest.starts_with("bb"));
    if let Some(raw) = raw {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let start = rest.len() - raw.len() + hashes + 1;
            return up_to(start, &format!("\"{}", "#".repeat(hashes)));
        }
    }
    let quote = rest.strip_prefix('b').unwrap_or(rest);
    let start = rest.len() - quote.len();
    let escaped = |end: char| {
        let mut is_escaped = false;
        let mut inside = quote.char_indices().skip(1);
        let end = inside.find(|(_, char)| {
            let is_end = *char == end && !is_escaped;
            is_escaped = *char == '\\' && !is_escaped;
            is_end
        });
        Some(start + end.map_or(quote.len(), |(at, _)| at + 1))
    };
    if quote.starts_with('"') {
        return escaped('"');
    }
    // A lifetime is no letter.
    let mut letters = quote.strip_prefix('\'')?.chars();
    let is_letter = letters.next()? == '\\' || letters.next()? == '\'';
    is_letter.then(|| escaped('\'')).flatten()
}

/// What `text` says, word by word.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut at, mut line) = (0, 1);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let length = if let Some(length) = silent(rest) {
            length
        } else {
            let is_word = |char: char| char.is_alphanumeric() || char == '_';
            let word = rest.find(|char| !is_word(char)).unwrap_or(rest.len());
            let length = match word {
                0 if rest.starts_with("::") => 2,
                0 => rest.chars().next().map_or(1, char::len_utf8),
                word => word,
            };
            tokens.push(Token { text: &rest[..length], line });
            length
        };
        line += rest[..length].matches('\n').count();
        at += length;
    }
    tokens
}

/// `tokens` without what is only there for tests.
fn without_tests<'a>(tokens: &[Token<'a>]) -> Vec<Token<'a>> {
    const MARK: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::new();
    let mut rest = tokens;
    while let Some((first, after)) = rest.split_first() {
        let is_mark =
            rest.len() >= MARK.len() && rest.iter().zip(MARK).all(|(token, mark)| token.text == mark);
        if !is_mark {
            kept.push(*first);
            rest = after;
            continue;
        }
        // The item behind it ends with its braces, or with a semicolon.
        let mut depth = 0_usize;
        let end = rest.iter().skip(MARK.len()).position(|token| {
            match token.text {
                "{" => depth += 1,
                "}" => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && matches!(token.text, "}" | ";")
        });
        rest = end.and_then(|end| rest.get(MARK.len() + end + 1..)).unwrap_or_default();
    }
    kept
}

/// A path as it is written, the line it stands on, and for an import what it is called here.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Named {
    path: Vec<String>,
    line: usize,
    alias: Option<String>,
}

/// Reads a use-tree from the beginning of `tokens`; gives how many it took.
fn use_tree(tokens: &[Token<'_>], before: &[String], found: &mut Vec<Named>) -> usize {
    let mut path = before.to_vec();
    let mut at = 0;
    let mut alias = None;
    while let Some(token) = tokens.get(at) {
        match token.text {
            "::" => at += 1,
            "{" => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token.text != "}") {
                    at += use_tree(&tokens[at..], &path, found);
                    at += usize::from(tokens.get(at).is_some_and(|token| token.text == ","));
                }
                return at + 1;
            }
            "as" => {
                alias = tokens.get(at + 1).map(|token| token.text.to_owned());
                at += 2;
            }
            "," | "}" | ";" => break,
            word => {
                path.push(word.to_owned());
                at += 1;
            }
        }
    }
    // `std::io::{self}` is `std::io`.
    if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
        path.pop();
    }
    let line = tokens.first().map_or(0, |token| token.line);
    let alias = alias.or_else(|| path.last().cloned());
    found.push(Named { path, line, alias });
    at.max(1)
}

/// Every path in `tokens`, in imports and elsewhere.
fn paths(tokens: &[Token<'_>]) -> Vec<Named> {
    let is_word =
        |token: &Token<'_>| token.text.starts_with(|char: char| char.is_alphabetic() || char == '_');
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if token.text == "use" {
            at += 1 + use_tree(&tokens[at + 1..], &[], &mut found);
        } else if is_word(token) {
            let mut path = vec![token.text.to_owned()];
            at += 1;
            while tokens.get(at).is_some_and(|token| token.text == "::") {
                let Some(next) = tokens.get(at + 1).filter(|token| is_word(token)) else { break };
                path.push(next.text.to_owned());
                at += 2;
            }
            found.push(Named { path, line: token.line, alias: None });
        } else {
            at += 1;
        }
    }
    found
}

/// The module that the file at `path` is, from the crate's root on: `["view", "theme"]`.
fn module(path: &str) -> Vec<String> {
    let inside = path.rsplit_once("src/").map_or(path, |(_, inside)| inside);
    let names = inside.trim_end_matches(".rs").split('/').filter(|name| *name != "mod");
    names.map(str::to_owned).collect()
}

/// `path` as it is written from the crate's root: `self` and `super` stand for modules, and first words for imports.
fn resolved(path: &[String], module: &[String], imports: &HashMap<String, Vec<String>>) -> Vec<String> {
    let first = path.first().map_or("", String::as_str);
    if let Some(import) = imports.get(first) {
        return import.iter().chain(&path[1..]).cloned().collect();
    }
    if first != "self" && first != "super" {
        return path.to_vec();
    }
    let ups = path.iter().take_while(|word| *word == "super" || *word == "self").count();
    let supers = path.iter().take(ups).filter(|word| *word == "super").count();
    let base = module.iter().take(module.len().saturating_sub(supers));
    ["crate".to_owned()].iter().chain(base).chain(&path[ups..]).cloned().collect()
}

/// The faults of one file of `floor`, one line each.
fn faults(floor: &str, allowed: &[&str], path: &str, text: &str) -> Vec<String> {
    let tokens = without_tests(&tokens(text));
    let module = module(path);
    let none = HashMap::new();
    let named = paths(&tokens);
    let imports: HashMap<String, Vec<String>> = named
        .iter()
        .filter_map(|named| Some((named.alias.clone()?, resolved(&named.path, &module, &none))))
        .filter(|(alias, path)| alias != "_" && alias != "*" && path.len() > 1)
        .collect();
    let forbidden: Vec<Vec<&str>> = FORBIDDEN
        .iter()
        .filter(|(name, _)| *name == floor)
        .flat_map(|(_, groups)| groups.iter().copied().flatten())
        .map(|word| word.split("::").collect())
        .collect();
    let mut faults = Vec::new();
    for Named { path: words, line, alias } in &named {
        let full = resolved(words, &module, if alias.is_some() { &none } else { &imports });
        let full: Vec<&str> = full.iter().map(String::as_str).collect();
        let place = format!("{path}:{line}");
        match full.as_slice() {
            ["crate", other, ..]
                if FLOORS.iter().any(|(floor, _)| floor == other) && !allowed.contains(other) =>
            {
                faults.push(format!("{place}: {floor} must not name crate::{other}"));
            }
            ["crate", "*"] => faults.push(format!("{place}: crate::* names every floor")),
            ["crate"] if alias.as_deref().is_some_and(|alias| alias != "crate") => {
                faults.push(format!("{place}: the crate has one name"));
            }
            _ => {}
        }
        let hit =
            forbidden.iter().find(|word| full.windows(word.len()).any(|window| window == word.as_slice()));
        if let Some(word) = hit {
            faults.push(format!("{place}: {floor} must not name {}", word.join("::")));
        }
    }
    faults
}

/// The faults of `text`, as a file of `floor`.
fn faults_in(floor: &str, text: &str) -> Vec<String> {
    let allowed = FLOORS.iter().find(|(name, _)| *name == floor).map_or(&[][..], |(_, allowed)| allowed);
    faults(floor, allowed, &format!("/somewhere/src/{floor}/x.rs"), text)
}

#[test]
fn imports_point_down() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut looked_at = 0;
    for (floor, allowed) in FLOORS {
        for (path, text) in files(&source.join(floor)) {
            looked_at += paths(&without_tests(&tokens(&text))).len();
            found.extend(faults(floor, allowed, &path, &text));
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
    assert!(looked_at > 10_000, "only {looked_at} paths were found in the source");
}

#[test]
fn an_import_that_points_up_is_caught_however_it_is_written() {
    for text in [
        "use crate::view::theme;",
        "use crate::{\n    app::{App, list},\n    view::{self},\n};",
        "use crate::{text::{width, wrap}, view};",
        "use crate::view as looks;",
        "pub(crate) use super::super::view::Theme;",
        "fn draw() { crate::view::draw() }",
        "fn draw() { super::super::view::draw() }",
        "use crate::*;",
        "use crate as all;",
        "#[cfg(test)]\nmod tests { use crate::text; }\nuse crate::view;",
        "const A: char = '\"'; use crate::view; const B: char = '\"';",
    ] {
        assert_eq!(faults_in("app", text).len(), 1, "{text}: {:?}", faults_in("app", text));
    }
}

#[test]
fn what_acts_is_caught_however_it_is_imported() {
    for text in [
        "use std::fs;",
        "use std::{collections::HashMap, fs, fmt};",
        "use std::{fmt, io::{self, Read as _}};",
        "use std::io::Write;",
        "use ::std::thread::spawn;",
        "fn read() { std::fs::read(\"x\") }",
        "use std::time; fn now() { time::Instant::now(); }",
        "use std::time::Instant as Moment; fn now() { Moment::now(); }",
        "use chrono::Utc; fn now() { Utc::now(); }",
        "use ratatui::{buffer::Buffer};",
    ] {
        assert!(!faults_in("story", text).is_empty(), "{text}");
    }
    let text = "use std::{fs, io};\nuse crate::{app::App, model::Row, view::{theme, Theme}};\n";
    let expected = [
        "/somewhere/src/story/x.rs:1: story must not name std::fs",
        "/somewhere/src/story/x.rs:1: story must not name std::io",
        "/somewhere/src/story/x.rs:2: story must not name crate::app",
        "/somewhere/src/story/x.rs:2: story must not name crate::view",
        "/somewhere/src/story/x.rs:2: story must not name crate::view",
    ];
    assert_eq!(faults_in("story", text), expected);
}

#[test]
fn what_only_looks_like_an_import_is_none() {
    for text in [
        "use crate::{model::Row, text::{width, wrap}};\nuse super::search;",
        "// use crate::view;\n/* std::fs */\n//! [`crate::view`]",
        "const A: &str = \"use crate::view; \\\" std::fs\"; const B: &str = r#\"std::\"fs\"#;",
        "#[cfg(test)]\nmod tests {\n    use std::fs;\n    fn a() { if true {} }\n}",
        "fn a<'a>(b: &'a str) -> &'a str { b }",
        "fn now(now: Instant) { now.view.app(); }",
    ] {
        assert_eq!(faults_in("story", text), [""; 0], "{text}");
    }
}

#[test]
fn every_file_opens_with_what_it_owns() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (path, text) in files(&source) {
        assert!(text.starts_with("//! "), "{path} does not open with a //! line");
    }
}
