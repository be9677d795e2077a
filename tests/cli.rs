//! The binary as other programs meet it: output, exit codes, messages.

#[path = "support/program.rs"]
mod program;

use std::{
    fs::{self, OpenOptions},
    io::{BufRead as _, BufReader, Write as _},
    process::{Command, Output, Stdio},
};

use program::{Printing, code, feed, ids, lines, liveblog, run, run_with, shown, stderr, stdout};
use serde_json::Value;

const NEWS: &str = r#"{"type":"blog","title":"Ferry","state":"live","summary":"The ferry is back.\n\n“At last,” Ana Ruiv said."}
{"type":"entry","id":"a","published":"2025-03-01T10:00:00Z","headline":"Ferry leaves","kinds":["key"],"body":"About 120 people were aboard."}
{"type":"entry","id":"b","published":"2025-03-01T11:00:00Z","body":"Police were not needed."}
{"type":"entry","id":"c","published":"2025-03-01T12:00:00Z","headline":"Ferry arrives","body":"“We are dry,” the captain said."}
"#;

#[test]
fn an_address_that_is_not_read_says_what_to_try() {
    for (source, words) in [
        ("ftp://ada:secret@example.org/live.jsonl", "'example.org/live.jsonl' is no address that is read"),
        ("gopher://example.org/1", "download it and name the file"),
        ("file:///news/live.jsonl", "leave 'file://' out"),
        ("https://", "write it as https://"),
    ] {
        let output = run(&["-o", "text", source]);
        assert_eq!(code(&output), 2, "{}", stderr(&output));
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
    }
    let output = run(&["-o", "text", "no/such:file"]);
    assert_eq!((code(&output), stderr(&output).contains("no such file")), (3, true), "{}", stderr(&output));
}

#[test]
fn text_is_printed_when_nobody_is_looking() {
    let (_folder, path) = feed(NEWS);
    let output = run(&[shown(&path)]);
    assert_eq!(code(&output), 0);
    let text = stdout(&output);
    assert!(text.contains("10:00  Ferry leaves"), "{text}");
    assert!(text.contains("KEY EVENT"));
    assert!(!text.contains('\u{1b}'), "no colour goes into a pipe");
}

#[test]
fn colour_is_printed_when_it_is_asked_for_and_text_stays_the_same() {
    let (_folder, path) = feed(NEWS);
    let plain = stdout(&run(&[shown(&path)]));
    let coloured = stdout(&run(&[shown(&path), "--color", "always", "--theme", "dark"]));
    assert!(coloured.contains("\u{1b}["));
    let mut bare = String::new();
    for (index, piece) in coloured.split('\u{1b}').enumerate() {
        bare.push_str(if index == 0 { piece } else { piece.split_once('m').map_or("", |(_, rest)| rest) });
    }
    assert_eq!(bare, plain);
}

#[test]
fn what_jsonl_writes_reads_back_as_the_same() {
    for arguments in [vec!["--demo"], vec!["sample_feeds/harbour.jsonl"], vec!["sample_feeds/harbour.json"]] {
        let first = run(&[&arguments[..], &["-o", "jsonl", "--order", "oldest"]].concat());
        assert_eq!(code(&first), 0);
        let (_folder, path) = feed(&stdout(&first));
        let second = run(&[shown(&path), "-o", "jsonl", "--order", "oldest"]);
        let strip = |output: &Output| -> Vec<Value> {
            let mut all = lines(output);
            for line in &mut all {
                let Some(line) = line.as_object_mut() else { continue };
                for key in ["location", "format", "problems"] {
                    line.remove(key);
                }
            }
            all
        };
        assert_eq!(strip(&first), strip(&second), "{arguments:?}");
    }
}

#[test]
fn json_is_one_object() {
    let (_folder, path) = feed(NEWS);
    let value: Value =
        serde_json::from_str(&stdout(&run(&[shown(&path), "-o", "json"]))).expect("one JSON object");
    assert_eq!(value["blogs"][0]["title"], "Ferry");
    assert_eq!(value["entries"].as_array().map(Vec::len), Some(3));
    let output = run(&[shown(&path), "-o", "json", "-f"]);
    assert_eq!(code(&output), 2, "one whole object cannot follow");
}

#[test]
fn offsets_count_code_points() {
    let (_folder, path) =
        feed("{\"type\":\"entry\",\"id\":\"a\",\"body\":\"é “né 😀,” Ana said of 12 boats.\"}\n");
    let entry = lines(&run(&[shown(&path), "-o", "jsonl"])).into_iter().find(|line| line["type"] == "entry");
    let entry = entry.expect("an entry");
    let body: Vec<char> = entry["body"].as_str().expect("a body").chars().collect();
    let cut = |span: &Value| -> String {
        let at = |key: &str| usize::try_from(span[key].as_u64().expect("an offset")).expect("a small one");
        body[at("start")..at("end")].iter().collect()
    };
    assert_eq!(cut(&entry["quotes"][0]), "“né 😀,”");
    assert_eq!(cut(&entry["numbers"][0]), "12");
    assert_eq!(entry["quotes"][0]["speaker"], "Ana");
    assert_eq!(entry["numbers"][0]["unit"], "boats");
}

#[test]
fn order_limit_filter_and_times_choose_the_entries() {
    let (_folder, path) = feed(NEWS);
    let print = |more: &[&str]| ids(&run(&[&[shown(&path), "-o", "jsonl"], more].concat()));
    assert_eq!(print(&[]), ["a", "b", "c"], "as the source orders them");
    assert_eq!(print(&["--order", "newest"]), ["c", "b", "a"]);
    assert_eq!(print(&["--limit", "2"]), ["b", "c"], "the newest two");
    assert_eq!(print(&["--limit", "2", "--order", "newest"]), ["c", "b"]);
    assert_eq!(print(&["--filter", "ferry -leaves"]), ["c"]);
    assert_eq!(print(&["--since", "2025-03-01T11:00:00Z"]), ["b", "c"]);
    assert_eq!(print(&["--until", "2025-03-01T11:00:00Z"]), ["a"]);
    assert_eq!(print(&["--view", "key"]), ["a"]);
}

#[test]
fn times_are_shown_in_the_zone_asked_for() {
    let (_folder, path) = feed(NEWS);
    let text = stdout(&run(&[shown(&path), "--tz", "Asia/Tokyo"]));
    assert!(text.contains("19:00  Ferry leaves"), "{text}");
}

#[test]
fn exit_codes_say_what_happened() {
    let (folder, path) = feed(NEWS);
    let other = folder.path().join("other.txt");
    fs::write(&other, "fn main() {}\n").expect("written");
    let empty = folder.path().join("empty.jsonl");
    fs::write(&empty, "").expect("written");
    let blog = folder.path().join("blog.jsonl");
    fs::write(&blog, "{\"type\":\"blog\",\"title\":\"Soon\"}\n").expect("written");
    let bad = folder.path().join("bad.jsonl");
    fs::write(&bad, format!("{NEWS}not json\n")).expect("written");
    let missing = folder.path().join("missing.jsonl");
    let cases: [(&[&str], i32); 12] = [
        (&[shown(&path)], 0),
        (&[shown(&blog)], 0),
        (&[shown(&path), "--filter", "zeppelin"], 1),
        (&[shown(&path), "--frobnicate"], 2),
        (&[shown(&path), "--filter", "author:kim"], 2),
        (&[shown(&path), "--since", "soon"], 2),
        (&[], 2),
        (&[shown(&missing)], 3),
        (&[shown(folder.path())], 3),
        (&[shown(&other)], 4),
        (&[shown(&empty)], 4),
        (&[shown(&bad), "--strict"], 5),
    ];
    for (arguments, expected) in cases {
        let output = run(arguments);
        assert_eq!(code(&output), expected, "{arguments:?}: {}", stderr(&output));
        for line in stderr(&output).lines() {
            assert!(line.starts_with("liveblog: "), "{arguments:?}: {line}");
        }
        assert_eq!(expected >= 2, !output.stderr.is_empty(), "{arguments:?} says why, and only then");
    }
}

#[test]
fn messages_name_the_place_and_what_to_try() {
    let (_folder, path) = feed(&format!("{NEWS}not json\n"));
    let output = run(&[shown(&path)]);
    assert_eq!(code(&output), 0, "a bad line costs no good one");
    assert!(stderr(&output).contains("news.jsonl:5: "), "{}", stderr(&output));
    assert!(stderr(&run(&[])).contains("--demo"));
    assert!(stderr(&run(&[shown(&path), "--filter", "é author:kim"])).contains("column 3"));
    assert!(stderr(&run(&[shown(&path), "--theme", "neon"])).contains("mono"));
}

#[test]
fn names_and_arguments_reach_the_terminal_clean() {
    let output = run(&["no\u{1b}[31m\u{202e}such\u{9b}file"]);
    let said = stderr(&output);
    assert_eq!(code(&output), 3);
    assert!(said.chars().all(|char| char == '\n' || !char.is_control() && char != '\u{202e}'), "{said:?}");
    let output = run(&["--\u{1b}]0;x\u{7}"]);
    assert!(stderr(&output).chars().all(|char| char == '\n' || !char.is_control()));
}

#[test]
fn a_reader_of_the_output_that_goes_away_is_success() {
    let mut child = liveblog(&["--demo", "-o", "jsonl"]).stdout(Stdio::piped()).spawn().expect("it starts");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn standard_input_is_a_source() {
    let output = run_with(NEWS, &["-o", "jsonl"]);
    assert_eq!(ids(&output), ["a", "b", "c"]);
    assert_eq!(lines(&output)[0]["location"], "-");
}

#[test]
fn following_standard_input_ends_with_it() {
    let mut command = liveblog(&["-", "-f", "-o", "jsonl"]);
    command.stdin(Stdio::piped());
    let mut printing = Printing::new(command);
    let mut stdin = printing.child.stdin.take().expect("a pipe");
    for line in NEWS.lines() {
        stdin.write_all(line.as_bytes()).and_then(|()| stdin.write_all(b"\n")).expect("it is taken");
    }
    let mut told: Vec<Value> = (0..4).map(|_| printing.next()).collect();
    let removal = b"{\"type\":\"removed\",\"id\":\"b\"}\n";
    stdin.write_all(removal).expect("it is taken");
    drop(stdin);
    let (rest, code) = printing.rest();
    assert_eq!(code, Some(0));
    told.extend(rest);
    let kinds: Vec<Value> = told.iter().map(|line| line["type"].clone()).collect();
    assert_eq!(kinds, ["blog", "entry", "entry", "entry", "removed"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_cannot_be_watched_is_followed_all_the_same_and_that_is_told() {
    let (_folder, path) = feed("{\"id\":\"e1\",\"published\":1745830000,\"body\":\"words\"}\n");
    // Room for the file, and for no watch beside it.
    let mut command = Command::new("sh");
    command
        .args(["-c", "ulimit -n 6; exec 3>&- 4>&- 5>&-; exec \"$0\" -o jsonl --follow --no-state \"$1\""])
        .args([env!("CARGO_BIN_EXE_liveblog"), shown(&path)])
        .stderr(Stdio::piped());
    let mut printing = Printing::new(command);
    let mut told = BufReader::new(printing.child.stderr.take().expect("piped")).lines();
    let told = told.next().expect("told").expect("a line");
    assert!(
        told.ends_with("so changes are not noticed at once: it is looked at every two seconds"),
        "{told}"
    );
    let mut file = OpenOptions::new().append(true).open(&path).expect("there");
    file.write_all(b"{\"id\":\"e2\",\"published\":1745830060,\"body\":\"words\"}\n").expect("written");
    while printing.next()["id"] != "e2" {}
}

#[test]
fn following_what_ends_is_success_though_nothing_matched() {
    let output = run_with(NEWS, &["-", "-f", "-o", "jsonl", "--filter", "zeppelin"]);
    assert_eq!((code(&output), ids(&output).len()), (0, 0));
    let output = run_with(format!("{NEWS}not json\n"), &["-", "-f", "-o", "jsonl", "--strict"]);
    assert_eq!(code(&output), 5);
}

#[test]
fn the_demo_is_printed_whole() {
    let output = run(&["--demo", "-o", "jsonl"]);
    assert_eq!(ids(&output).len(), 299);
    assert!(output.stderr.is_empty());
}

#[test]
fn help_version_keys_and_formats_go_to_standard_output() {
    for (argument, expected) in
        [("--help", "Usage:"), ("-V", "liveblog "), ("--keys", "read on"), ("--formats", "jsonl")]
    {
        let output = run(&[argument]);
        assert_eq!(code(&output), 0);
        assert!(stdout(&output).contains(expected), "{argument}");
        assert!(output.stderr.is_empty());
    }
}

#[test]
fn markdown_has_a_heading_for_each_entry() {
    let (_folder, path) = feed(NEWS);
    let text = stdout(&run(&[shown(&path), "-o", "markdown"]));
    assert!(text.starts_with("# Ferry\n"));
    assert_eq!(text.matches("\n### ").count(), 3, "{text}");
}

#[test]
fn what_the_first_pages_of_a_document_do_not_tell_all_of_it_does() {
    let filler = "Words of no meaning. ".repeat(10_000);
    let block = r#"{"id": "b1", "bodyHtml": "<p>The ferry is back.</p>", "firstPublishedDate": "2025-03-01T10:00:00Z"}"#;
    // The beginning tells nothing, or looks like another format.
    for filler in [format!(r#"{{"body": "{filler}"}}"#), format!(r#"[{{"id": 1, "body": "{filler}"}}]"#)] {
        let document = format!(
            r#"{{"items": [{{}}], "response": {{"content": {{"fields": {filler}, "blocks": {{"body": [{block}]}}}}}}}}"#
        );
        let (_folder, path) = feed(&document);
        let output = run(&["-o", "jsonl", "--no-follow", "--no-state", shown(&path)]);
        assert_eq!(ids(&output), ["b1"], "{}", stderr(&output));
        assert_eq!(ids(&run_with(&document, &["-o", "jsonl", "--no-follow", "--no-state", "-"])), ["b1"]);
    }
}

#[test]
fn a_page_whose_entries_are_elsewhere_says_where_and_a_web_archive_what_to_save() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = "<!doctype html><html><body><h1>Ferry live</h1><script src=\"//v.24liveblog.com/24.js\"></script></body></html>";
    let archive = "bplist00 WebMainResource";
    for (name, bytes, wanted) in [("a.html", page, "24liveblog"), ("b.webarchive", archive, "Safari")] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("the file is written");
        let output = run(&[shown(&path), "-o", "text"]);
        assert_eq!(code(&output), 4, "{}", stderr(&output));
        assert!(stderr(&output).contains(wanted), "{}", stderr(&output));
    }
    let forced = run(&[shown(&folder.path().join("a.html")), "--format", "html", "-o", "jsonl"]);
    let problem = lines(&forced).remove(0)["problems"][0]["message"].to_string();
    assert!(problem.contains("no entries in this page; it embeds a liveblog of 24liveblog"), "{problem}");
}
