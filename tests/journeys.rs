//! Journeys of a reader: keys in, screens out.

mod support;

use support::{STORM, Session};

#[test]
fn look() {
    let demo = std::fs::read_to_string("sample_feeds/demo.jsonl").unwrap();
    for (c, r) in [(120, 36), (80, 30), (60, 24), (40, 10), (30, 8)] {
        println!("{}\n{}", Session::open(STORM).size(c, r).screen(), "=".repeat(c.into()));
    }
    println!("{}", Session::open(&demo).size(140, 38).keys("jj").screen());
    println!("{}", Session::open(STORM).size(120, 36).keys("?").screen());
}
