//! Web feeds: RSS and Atom into a timeline, beside feed-rs alone on the same bytes.
//!
//! `cargo bench --bench feeds`. Compare figures of one run with each other only.

use std::fmt::Write as _;

use chrono::DateTime;
use divan::{Bencher, counter::BytesCount};
use liveblog::{
    feed::{Context, Reader, named},
    model::{Coverage, Packer, Timeline},
};

/// How many items the feeds have.
const ITEMS: usize = 2000;

fn main() {
    divan::main();
}

/// The words of an item, as HTML.
fn body(number: usize) -> String {
    format!(
        "<p>About {} people were near the river crossing, the <a href=\"https://bay.example/office\">mayor</a> said. “We need \
         boats, not promises,” a witness said.</p>\n<p>The water stood at {}.{} metres &amp; rising, {} per cent above the \
         mark of 1987.</p><blockquote><p>£{}m has been set <b>aside</b> for the walls.</p></blockquote>",
        number % 9000 + 10,
        number % 7,
        number % 10,
        number % 90,
        number % 40 + 1
    )
}

/// An invented feed of RSS, the newest first.
fn rss() -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
                   <channel><title>Ladder</title><link>https://bay.example/ladder</link><description>Live</description>"
        .to_owned();
    for number in (0..ITEMS).rev() {
        let _ = writeln!(
            out,
            "<item><title>Rung {number} of the ladder is mended</title><link>https://bay.example/ladder#{number}</link>\
             <guid isPermaLink=\"false\">rung-{number}</guid><dc:creator>Ana Ruiv</dc:creator><category>key event</category>\
             <pubDate>{:02} Mar 2025 {:02}:{:02}:00 GMT</pubDate><description><![CDATA[{}]]></description></item>",
            1 + number / 1440 % 28,
            number / 60 % 24,
            number % 60,
            body(number)
        );
    }
    out + "</channel></rss>\n"
}

/// The same as Atom, with its HTML escaped.
fn atom() -> String {
    let mut out = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Ladder</title><id>ladder</id>\
                   <link href=\"https://bay.example/ladder\"/>"
        .to_owned();
    for number in (0..ITEMS).rev() {
        let words = body(number).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let _ = writeln!(
            out,
            "<entry><id>rung-{number}</id><title>Rung {number} of the ladder is mended</title>\
             <link href=\"https://bay.example/ladder#{number}\"/><author><name>Ana Ruiv</name></author>\
             <published>2025-03-{:02}T{:02}:{:02}:00Z</published><content type=\"html\">{words}</content></entry>",
            1 + number / 1440 % 28,
            number / 60 % 24,
            number % 60,
        );
    }
    out + "</feed>\n"
}

/// Reads `feed` into a timeline.
fn into_a_timeline(bencher: Bencher<'_, '_>, feed: &str) {
    let context = Context::bare(DateTime::default());
    let Some(Reader::Document(read)) = named("rss").map(|format| format.reader) else { return };
    bencher.counter(BytesCount::of_str(feed)).bench(|| {
        let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
        read(feed.as_bytes(), &context, &mut packer);
        timeline.merge(packer.take(Coverage::Window, true));
        assert_eq!(timeline.len(), ITEMS);
    });
}

/// Parses `feed` with feed-rs alone.
fn alone(bencher: Bencher<'_, '_>, feed: &str) {
    bencher
        .counter(BytesCount::of_str(feed))
        .bench(|| feed_rs::parser::parse(feed.as_bytes()).map(|feed| feed.entries.len()).ok());
}

#[divan::bench]
fn rss_into_a_timeline(bencher: Bencher<'_, '_>) {
    into_a_timeline(bencher, &rss());
}

#[divan::bench]
fn rss_with_feed_rs_alone(bencher: Bencher<'_, '_>) {
    alone(bencher, &rss());
}

#[divan::bench]
fn atom_into_a_timeline(bencher: Bencher<'_, '_>) {
    into_a_timeline(bencher, &atom());
}

#[divan::bench]
fn atom_with_feed_rs_alone(bencher: Bencher<'_, '_>) {
    alone(bencher, &atom());
}
