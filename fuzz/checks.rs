//! What must hold for any bytes. The fuzz targets and the test that replays their corpus share it.

use chrono::DateTime;
use liveblog::{
    feed::{Context, FORMATS, Reader, recognize},
    model::{Coverage, Packer, Timeline},
    story::{Facts, Query},
    text::{clean, numbers, prose::Prose, quotes, wrap},
};

/// Reads `bytes` in every format, cut in two at a place they choose themselves, and looks at all that came of it.
pub(crate) fn read_feed(bytes: &[u8]) {
    let _ = recognize(bytes, true);
    let _ = recognize(bytes, false);
    let cut = bytes.first().map_or(0, |byte| usize::from(*byte) * bytes.len() / 256);
    let (head, tail) = bytes.split_at(cut);
    let now = DateTime::from_timestamp(1_750_000_000, 0).unwrap_or_default();
    let context = Context::bare(now);
    for format in FORMATS {
        let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
        match format.reader {
            Reader::Document(read) => read(bytes, &context, &mut packer),
            Reader::Stream { open, .. } => {
                let mut stream = open(&context, 0);
                stream.push(head, &mut packer);
                stream.pause(&mut packer);
                timeline.merge(packer.take(Coverage::Delta, false));
                stream.push(tail, &mut packer);
                stream.finish(&mut packer);
            }
        }
        timeline.merge(packer.take(Coverage::Delta, true));
        assert!(timeline.order().is_sorted_by_key(|row| timeline.place(*row)), "rows out of order");
        for entry in timeline.order().iter().filter_map(|row| timeline.entry(*row)) {
            for text in [entry.id(), entry.headline().unwrap_or_default(), entry.body().text()] {
                assert_clean(text);
            }
            let facts = Facts::new(entry.headline().unwrap_or_default(), entry.body());
            for quote in &facts.body.quotes {
                assert!(entry.body().text().get(quote.range.clone()).is_some(), "a quote off its text");
            }
        }
    }
}

/// Cleans, wraps, searches and looks through `text`.
pub(crate) fn prose(text: &str) {
    let cleaned = clean::paragraphs(text);
    assert_eq!(clean::paragraphs(&cleaned), cleaned, "cleaning again changes something");
    assert_clean(&cleaned);
    for number in numbers::find(&cleaned) {
        let _ = numbers::value(&cleaned, &number);
    }
    for quote in quotes::find(Prose::new(text).as_ref()) {
        assert!(cleaned.get(quote.range).is_some(), "a quote off its text");
    }
    for width in [1, 7, 40] {
        for line in wrap::wrap(&cleaned, width, width) {
            assert!(cleaned.get(line).is_some(), "a line off its text");
        }
    }
    let typed: String = text.chars().take(40).collect();
    if let Ok(query) = Query::parse(&typed) {
        for hit in query.hits(&cleaned) {
            assert!(cleaned.get(hit).is_some(), "a match off its text");
        }
    }
}

fn assert_clean(text: &str) {
    let is_shown = |char: char| char == '\n' || !clean::is_dropped(char);
    assert!(text.chars().all(is_shown), "{text:?} holds what must not be shown");
}
