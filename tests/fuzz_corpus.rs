//! What the fuzzer ever found stays found: its corpus is replayed.

#[path = "../fuzz/checks.rs"]
mod checks;

use std::{fs, path::Path};

fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files.filter_map(|file| fs::read(file.path()).ok()).collect()
}

#[test]
fn every_feed_of_the_corpus_is_read() {
    let all = corpus("read_feed");
    assert!(all.len() >= 5, "the corpus is not there");
    all.iter().for_each(|bytes| checks::read_feed(bytes));
}

#[test]
fn every_text_of_the_corpus_is_looked_through() {
    let all = corpus("prose");
    assert!(!all.is_empty(), "the corpus is not there");
    all.iter().for_each(|bytes| checks::prose(&String::from_utf8_lossy(bytes)));
}
