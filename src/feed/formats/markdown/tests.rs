//! Markdown logs kept by hand, what is written and read back, and what is no liveblog.

use chrono::DateTime;

use crate::{
    model::{Blog, Coverage, Entry, Reading, Stamp, Zone},
    text::prose::BlockKind,
};

use super::*;
use crate::feed::Context;

fn read_text(text: &str) -> Reading {
    let context = Context {
        assumed_zone: None,
        local_zone: Zone::UTC,
        date: None,
        modified: None,
        now: DateTime::from_timestamp(1_750_000_000, 0).unwrap(),
    };
    let mut packer = crate::model::Packer::new(0);
    read::read(text.as_bytes(), &context, &mut packer);
    packer.take(Coverage::Window, true)
}

fn entries(reading: &Reading) -> Vec<Entry<'_>> {
    (0..reading.segment.len()).filter_map(|index| Entry::new(&reading.segment, index)).collect()
}

fn told(text: &str) -> Vec<(String, String, String)> {
    let time = |entry: &Entry<'_>| entry.published().map_or("none".to_owned(), Stamp::to_rfc3339);
    let words = |entry: &Entry<'_>| entry.body().text().to_owned();
    let headline = |entry: &Entry<'_>| entry.headline().unwrap_or("none").to_owned();
    entries(&read_text(text)).iter().map(|entry| (time(entry), headline(entry), words(entry))).collect()
}

fn own(parts: [(&str, &str, &str); 3]) -> Vec<(String, String, String)> {
    parts.map(|(time, headline, words)| (time.to_owned(), headline.to_owned(), words.to_owned())).to_vec()
}

/// What is written of `reading`, each entry on the clock of its own time.
fn written(reading: &Reading) -> String {
    let (mut out, mut writer) = (Vec::new(), write::Writer::default());
    let blog = reading.blog.as_deref().cloned().unwrap_or_default();
    writer.blog(&mut out, &blog, "name", true).unwrap();
    for entry in entries(reading) {
        writer.entry(&mut out, entry, entry.published().map(Stamp::time), false).unwrap();
    }
    String::from_utf8(out).unwrap()
}

#[test]
fn headings_kept_by_hand_are_entries() {
    let text =
        "# Match\n\n## 14:05 – Kick-off\nA grey day.\n\n## 14:20\n**Goal!** One–nil.\n\n## Half-time\nTea.\n";
    let wanted = own([
        ("2025-06-15T14:05:00+00:00", "Kick-off", "A grey day."),
        ("2025-06-15T14:20:00+00:00", "none", "Goal! One–nil."),
        ("none", "Half-time", "Tea."),
    ]);
    assert_eq!(told(text), wanted);
}

#[test]
fn items_kept_by_hand_are_entries_and_what_is_indented_is_theirs() {
    let text = "# Log\n\n## 2025-04-28\n\n- **23:50** Gate open\n- 00:10: First sight\n  of it\n  - low in the west\n\n  And more.\n- 00:30 Gone\n";
    let wanted = own([
        ("2025-04-28T23:50:00+00:00", "none", "Gate open"),
        ("2025-04-29T00:10:00+00:00", "none", "First sight of it\n\nlow in the west\n\nAnd more."),
        ("2025-04-29T00:30:00+00:00", "none", "Gone"),
    ]);
    assert_eq!(told(text), wanted);
}

#[test]
fn newest_first_goes_back_over_midnight() {
    let text = "# T\n\n### 2025-04-29\n\n### 01:00 c\n\n### 00:30 b\n\n### 23:40 a\n";
    let times: Vec<String> = told(text).into_iter().map(|(time, ..)| time).collect();
    assert_eq!(
        times,
        ["2025-04-29T01:00:00+00:00", "2025-04-29T00:30:00+00:00", "2025-04-28T23:40:00+00:00"]
    );
}

#[test]
fn what_is_written_reads_back_as_the_same() {
    let jsonl = r#"{"type":"blog","title":"A *star* – live #","publisher":"The Post","summary":"One.\n\n*Two*"}
{"id":"1","published":"2025-05-17T23:50:15+01:00","headline":"12 o'clock_","authors":["Ana *B*","Per"],"kinds":["key","pinned"],"body":"A bold, slanted and linked line\nwith two lines.\n\n# no heading\n\n1. no item","marks":[{"start":2,"end":15,"kind":"bold"},{"start":8,"end":15,"kind":"italic"}],"links":[{"start":2,"end":26,"url":"https://example.org/a_(b)"}],"url":"https://example.org/live#1"}
{"id":"2","published":"2025-05-18T00:05:00+01:00","zone_assumed":true,"body":"in between","marks":[{"start":0,"end":10,"kind":"italic"}]}
{"id":"3","published":"2025-05-18","precision":"day","headline":"Only a day","body":""}
{"id":"4","headline":"14:05 is no time","body":"Head\n\nsaid <b>\nso\n\na & b\n\n- c","blocks":[{"start":0,"end":4,"kind":"heading","level":2},{"start":6,"end":17,"kind":"quote"},{"start":19,"end":24,"kind":"list_item"},{"start":26,"end":29,"kind":"list_item"}]}
{"id":"5","published":"2025-05-18T09:00:00+01:00","body":"before\n\nafter","media":[{"kind":"image","url":"https://example.org/a.jpg","text":"A [boat]","credit":"Jo \"J\" Fell"},{"kind":"video","url":"https://example.org/v","text":"Clip","credit":"Ana"},{"kind":"embed","text":""}],"blocks":[{"start":0,"end":6,"kind":"paragraph"},{"start":8,"end":8,"kind":"image","media":0},{"start":8,"end":13,"kind":"paragraph"}]}"#;
    let context = Context::bare(DateTime::default());
    let mut packer = crate::model::Packer::new(0);
    crate::feed::FORMATS[0].read_whole(jsonl.as_bytes(), &context, &mut packer);
    let before = packer.take(Coverage::Delta, true);
    let text = written(&before);
    let after = read_text(&text);
    let told = |blog: &Blog| (blog.title.clone(), blog.publisher.clone(), blog.standfirst.text().to_owned());
    assert_eq!(told(after.blog.as_ref().unwrap()), told(before.blog.as_ref().unwrap()), "{text}");
    assert_eq!(after.segment.len(), before.segment.len(), "{text}");
    for (one, other) in entries(&before).into_iter().zip(entries(&after)) {
        let facts = |entry: Entry<'_>| {
            let authors: Vec<String> = entry.authors().map(str::to_owned).collect();
            let time = entry.published().map(|stamp| (stamp.to_rfc3339(), stamp.zone_assumed));
            (
                time,
                entry.headline().map(str::to_owned),
                authors,
                entry.kinds(),
                entry.link().map(|link| link.to_string()),
            )
        };
        assert_eq!(facts(other), facts(one), "{text}");
        assert_eq!(other.media(), one.media(), "{text}");
        assert_eq!(other.body().text(), one.body().text(), "{text}");
        assert_eq!(other.body().blocks(), one.body().blocks(), "{text}");
    }
    // Written again, it is the same text: marks and links included.
    assert_eq!(written(&after), text);
    let marks = entries(&after)[0].body().marks().len();
    assert!(marks >= 3, "{text}");
}

#[test]
fn readmes_changelogs_and_plain_text_are_none() {
    for text in [
        "# liveblog\n\nA reader.\n\n## Install\n\n    cargo install\n\n## Use at 14:05\n\n- one\n- two\n",
        "# Changelog\n\n## 1.2.0 - 2025-04-28\n\n- Added\n\n## 1.1.0 - 2025-03-28\n\n- Fixed\n",
        "# Changelog\n\n## 2025-04-28\n\n- Added\n\n## 2025-03-28\n\n- Fixed\n",
        "Comet night\n\n2025-10-17 19:05 Gate open.\n2025-10-17 19:50 Cloud.\n2025-10-17 20:31 First sight!\n",
        "## 2.10 Install\n\n## 2.11 Use\n\n## 2.12 More\n",
        "# Shops\n\n- 14:05 one\n- bread\n- milk\n- eggs\n",
        "",
    ] {
        assert_eq!(rate(text, true), Likeness::No, "{text}");
    }
    assert_eq!(rate("# T\n\n## 14:05 a\n\n## 14:10 b\n", true), Likeness::Sure);
    assert_eq!(rate("- 14:05 a\n- 14:10 b\n- 14:12 c\n", true), Likeness::Sure);
}

#[test]
fn a_line_about_an_entry_is_told_from_words() {
    let told = about("*Ana Bell* · **key event** · edited").unwrap();
    assert_eq!((told.0.len(), told.1), (1, Kinds::KEY));
    for text in ["*so* it goes", "**bold**", "plain", "*a* b*", "*two\nlines*", "_x_"] {
        assert!(about(text).is_none(), "{text}");
    }
}

#[test]
fn blocks_and_marks_within_an_entry_are_kept() {
    use BlockKind::{Heading, ListItem, Paragraph, Quote};
    let reading = read_text(
        "# T\n\n### 14:05 · a\n\n> said\n> so\n\n- one\n- two\n\n#### Part\n\n```\ncode *x*\n```\n\n### 14:06 · b\n",
    );
    let entry = entries(&reading)[0];
    let kinds: Vec<BlockKind> = entry.body().blocks().iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [Quote, ListItem, ListItem, Heading(1), Paragraph]);
    assert_eq!(entry.body().text(), "said so\n\none\n\ntwo\n\nPart\n\ncode *x*");
}
