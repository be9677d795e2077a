//! Every format has a sample, the sample is recognised as that format, and gives what its dump says.

use std::{fmt::Write as _, fs, path::Path};

use chrono::{DateTime, Utc};
use liveblog::{
    feed::{Context, FORMATS, Format, Recognition, recognize},
    model::{Coverage, Entry, Packer, Timeline, Zone},
    text::prose::BlockKind,
};

fn context() -> Context {
    let now: DateTime<Utc> = "2025-06-01T12:00:00Z".parse().unwrap_or_default();
    Context { assumed_zone: None, local_zone: Zone::UTC, date: None, modified: Some(now), now }
}

fn read(format: &'static Format, bytes: &[u8]) -> Timeline {
    let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
    packer.reads(format.name);
    format.read_whole(bytes, &context(), &mut packer);
    timeline.merge(packer.take(Coverage::Delta, true));
    timeline
}

fn sample(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_feeds").join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A timeline as people read it.
fn dump(timeline: &Timeline) -> String {
    let mut out = String::new();
    if let Some(blog) = timeline.blog(0) {
        let _ = writeln!(out, "blog: {} | {} | {}", blog.title, blog.publisher, blog.state.name());
        for paragraph in blog.standfirst.text().split("\n\n") {
            let _ = writeln!(out, "  standfirst: {paragraph}");
        }
    }
    for row in timeline.order() {
        let Some(entry) = timeline.entry(*row) else { continue };
        out.push_str(&dump_entry(entry, timeline.is_removed(*row)));
    }
    for (_, problem) in timeline.problems() {
        let line = problem.line.map(|line| format!(" line {line}")).unwrap_or_default();
        let _ = writeln!(out, "problem{line}: {}", problem.message);
    }
    out
}

fn dump_entry(entry: Entry<'_>, is_removed: bool) -> String {
    let mut out = String::from("\n");
    let time = entry.published().map_or("no time".to_owned(), |stamp| {
        let assumed = match (stamp.zone_assumed, stamp.date_assumed) {
            (true, true) => " (zone and day assumed)",
            (true, false) => " (zone assumed)",
            (false, true) => " (day assumed)",
            (false, false) => "",
        };
        format!("{} to the {}{assumed}", stamp.to_rfc3339(), stamp.precision().name())
    });
    let revised =
        entry.revised().map(|stamp| format!(", revised {}", stamp.to_rfc3339())).unwrap_or_default();
    let removed = if is_removed { ", taken down" } else { "" };
    let _ = writeln!(out, "{time}{revised}{removed}");
    let _ = writeln!(out, "  headline: {}", entry.headline().unwrap_or("none"));
    let authors: Vec<&str> = entry.authors().collect();
    let kinds: Vec<&str> = entry.kinds().names().collect();
    let _ = writeln!(out, "  authors: {authors:?}, kinds: {kinds:?}");
    let body = entry.body();
    for block in body.blocks() {
        let text = body.text().get(block.range.start as usize..block.range.end as usize).unwrap_or_default();
        let kind = match block.kind {
            BlockKind::Paragraph => "paragraph".to_owned(),
            kind => format!("{kind:?}").to_lowercase(),
        };
        let _ = writeln!(out, "  {kind}: {text}");
    }
    for medium in entry.media() {
        let _ = writeln!(out, "  {}: {} ({})", medium.kind.name(), medium.text, medium.credit);
    }
    out
}

#[test]
fn every_sample_is_recognised_as_its_format() {
    for format in FORMATS {
        let bytes = sample(format.sample);
        match recognize(&bytes, true) {
            Recognition::Known(found) => assert_eq!(found.name, format.name, "{}", format.sample),
            other => panic!("{} was taken for {other:?}", format.sample),
        }
    }
}

#[test]
fn every_sample_gives_what_its_dump_says() {
    for format in FORMATS {
        let timeline = read(format, &sample(format.sample));
        assert!(!timeline.is_empty(), "{} has no entries", format.sample);
        insta::assert_snapshot!(format!("sample_{}", format.name), dump(&timeline));
    }
}

#[test]
fn every_file_in_the_samples_is_a_liveblog() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_feeds");
    for file in fs::read_dir(folder).into_iter().flatten().flatten() {
        let bytes = fs::read(file.path()).unwrap_or_default();
        assert!(matches!(recognize(&bytes, true), Recognition::Known(_)), "{}", file.path().display());
    }
}

#[test]
fn the_demo_is_a_story_of_three_hundred_entries_without_a_problem() {
    let timeline = read(&FORMATS[0], &sample("demo.jsonl"));
    assert_eq!(timeline.len(), 299, "three hundred, of which one is taken down");
    assert_eq!(timeline.problems().count(), 0);
    assert!(timeline.order().iter().any(|row| timeline.is_edited(*row)));
}

#[test]
fn any_sample_forced_on_any_format_is_read_without_a_panic() {
    let samples: Vec<Vec<u8>> =
        FORMATS.iter().map(|format| sample(format.sample)).filter(|bytes| bytes.len() < 100_000).collect();
    for (format, bytes) in FORMATS.iter().flat_map(|format| samples.iter().map(move |bytes| (format, bytes)))
    {
        read(format, bytes);
        read(format, &bytes[..bytes.len() / 2]);
    }
}

#[test]
fn what_is_private_or_not_published_is_not_shown() {
    for format in FORMATS {
        let shown = dump(&read(format, &sample(format.sample)));
        for private in
            ["desk@example.org", "ines@example.org", "Nobody has seen this yet", "Noch nicht freigegeben"]
        {
            assert!(!shown.contains(private), "{} shows {private}", format.sample);
        }
    }
}

#[test]
fn a_format_that_is_told_and_does_not_fit_says_so() {
    for sample_of in FORMATS {
        let bytes = sample(sample_of.sample);
        for format in FORMATS.iter().filter(|format| format.name != sample_of.name) {
            let timeline = read(format, &bytes);
            let is_told = timeline.problems().next().is_some();
            assert!(!timeline.is_empty() || is_told, "{} read as {}", sample_of.sample, format.name);
        }
    }
}
