//! Problems that are told on standard error while a source is followed: each as it appears, and no more than is read.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    process::{Command, Stdio},
};

#[test]
fn each_problem_is_told_when_it_appears_and_not_again_while_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("feed.jsonl");
    // What is known is revised at the end of a look.
    let write = |version: usize, rest: &str| {
        let entry = format!(
            "{{\"id\":\"a\",\"published\":1750000000,\"body\":\"version {version}{}\"}}\n",
            " more".repeat(version)
        );
        let aside = path.with_extension("aside");
        fs::write(&aside, entry + rest).unwrap();
        fs::rename(aside, &path).unwrap();
    };
    write(1, "half\n");
    let mut child = Command::new(env!("CARGO_BIN_EXE_liveblog"))
        .arg(&path)
        .args(["-f", "-o", "text"])
        .env_clear()
        .env("TZ", "UTC")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut await_version = |version: usize| {
        let words = format!("version {version}");
        assert!(output.any(|line| line.contains(&words)), "{words} is printed");
    };
    await_version(1);
    for (version, rest) in [(2, "half\n"), (3, "half\nhalf\n"), (4, "\n\n\n\n"), (5, "half\n")] {
        write(version, rest);
        await_version(version);
    }
    let many = "half\n".repeat(40);
    write(6, &many);
    await_version(6);
    child.kill().unwrap();
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    child.wait().unwrap();
    let lines: Vec<&str> = told.lines().filter_map(|line| line.split("feed.jsonl:").nth(1)).collect();
    let places: Vec<&str> = lines.iter().filter_map(|line| line.split(':').next()).map(str::trim).collect();
    assert_eq!(places.get(..4), Some(["2", "3", "2", "3"].as_slice()), "{told}");
    assert_eq!(places.len(), 3 + 19 + 1, "{told}");
    assert_eq!(places.last(), Some(&"and 20 more problems"), "{told}");
}
