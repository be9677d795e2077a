//! Reading: JSON Lines into a timeline, beside `serde_json` alone into owned strings; a page, beside html5ever's tokenizer
//! alone; and what is done with the text.
//!
//! `cargo bench --bench reading`. Compare figures of one run with each other only.

use std::{cell::Cell, fmt::Write as _};

use chrono::DateTime;
use divan::{Bencher, counter::BytesCount};
use html5ever::{
    tendril::StrTendril,
    tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts},
};
use liveblog::{
    feed::{Context, FORMATS, Reader, named},
    model::{Coverage, Packer, Timeline, Zone},
    text::{clean, fold, wrap},
};

fn main() {
    divan::main();
}

/// An invented feed of some thousand entries, as JSON Lines.
fn feed() -> String {
    let mut out = String::new();
    for number in 0..5000 {
        let _ = writeln!(
            out,
            "{{\"type\":\"entry\",\"id\":\"b{number}\",\"published\":\"2025-03-{:02}T{:02}:{:02}:00+00:00\",\
             \"headline\":\"Rung {number} of the ladder is mended\",\"authors\":[\"Ana Ruiv\"],\"body\":\"About {} people \
             were near the river crossing, the mayor said. “We need boats, not promises,” a witness said.\\n\\nThe water \
             stood at {}.{} metres, {} per cent above the mark of 1987, and £{}m has been set aside for the walls.\"}}",
            1 + number / 1440 % 28,
            number / 60 % 24,
            number % 60,
            number % 9000 + 10,
            number % 7,
            number % 10,
            number % 90,
            number % 40 + 1
        );
    }
    out
}

/// The bodies of the feed, as one text.
fn prose() -> String {
    let lines = feed();
    let bodies = lines.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    bodies.filter_map(|value| value["body"].as_str().map(str::to_owned)).collect::<Vec<_>>().join("\n\n")
}

/// What is assumed of the feeds.
fn context() -> Context {
    Context {
        assumed_zone: None,
        local_zone: Zone::UTC,
        date: None,
        modified: None,
        now: DateTime::default(),
    }
}

#[divan::bench]
fn json_lines_into_a_timeline(bencher: Bencher<'_, '_>) {
    let feed = feed();
    let context = context();
    let Some(Reader::Stream { open, .. }) = FORMATS.iter().map(|format| format.reader).next() else { return };
    bencher.counter(BytesCount::of_str(&feed)).bench(|| {
        let (mut timeline, mut packer) = (Timeline::with_capacity(5000), Packer::new(0));
        let mut stream = open(&context, 0);
        stream.push(feed.as_bytes(), &mut packer);
        stream.finish(&mut packer);
        timeline.merge(packer.take(Coverage::Delta, true));
        timeline.len()
    });
}

#[divan::bench]
fn serde_json_alone(bencher: Bencher<'_, '_>) {
    #[derive(serde::Deserialize)]
    struct Owned {
        id: String,
        published: String,
        headline: String,
        authors: Vec<String>,
        body: String,
    }
    let feed = feed();
    bencher.counter(BytesCount::of_str(&feed)).bench(|| {
        let lines = feed.lines().filter_map(|line| serde_json::from_str::<Owned>(line).ok());
        lines
            .map(|line| {
                line.id.len()
                    + line.published.len()
                    + line.headline.len()
                    + line.authors.len()
                    + line.body.len()
            })
            .sum::<usize>()
    });
}

/// An invented page of a thousand entries, told and shown.
fn page() -> String {
    let body = "About 12 people were near the river crossing, the mayor said. <a href=\"https://bay.example/boats\">“We need \
                boats,</a> not promises,” a witness said.";
    let (mut told, mut shown) = (String::new(), String::new());
    for number in 0..1000 {
        let (hour, minute) = (23 - number / 60 % 24, 59 - number % 60);
        let time = format!("2025-03-{:02}T{hour:02}:{minute:02}:00Z", 28 - number / 1440);
        let _ = write!(
            told,
            "{}{{\"@type\":\"BlogPosting\",\"@id\":\"rung{number}\",\"datePublished\":\"{time}\",\"articleBody\":{}}}",
            if number > 0 { "," } else { "" },
            serde_json::Value::from(body)
        );
        let _ = write!(
            shown,
            "<article class=\"entry entry--plain\" id=\"rung{number}\"><header><time datetime=\"{time}\">{hour:02}:{minute:02}</time>\
             <div class=\"byline\"><span>Ana Ruiv</span></div><h2>Rung {number} of the ladder is mended</h2></header>\n<p>{body}</p>\n\
             <blockquote><p>The water stood at 4.5 metres &amp; rising.</p></blockquote><p>{body}</p></article>\n"
        );
    }
    format!(
        "<!doctype html><html lang=\"en\"><head><title>Ladder</title><script type=\"application/ld+json\">{{\"@type\":\"LiveBlogPosting\",\
         \"headline\":\"Ladder\",\"liveBlogUpdate\":[{told}]}}</script></head><body><main><h1>Ladder</h1><div>{shown}</div></main></body></html>"
    )
}

#[divan::bench]
fn page_into_a_timeline(bencher: Bencher<'_, '_>) {
    let page = page();
    let context = context();
    let Some(Reader::Document(read)) = named("html").map(|format| format.reader) else { return };
    bencher.counter(BytesCount::of_str(&page)).bench(|| {
        let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
        read(page.as_bytes(), &context, &mut packer);
        timeline.merge(packer.take(Coverage::Window, true));
        timeline.len()
    });
}

#[divan::bench]
fn html5ever_tokenizer_alone(bencher: Bencher<'_, '_>) {
    /// Counts tokens.
    struct Count(Cell<usize>);
    impl TokenSink for Count {
        type Handle = ();
        fn process_token(&self, _: Token, _: u64) -> TokenSinkResult<()> {
            self.0.set(self.0.get() + 1);
            TokenSinkResult::Continue
        }
    }
    let page = page();
    bencher.counter(BytesCount::of_str(&page)).bench(|| {
        let tokenizer = Tokenizer::new(Count(Cell::new(0)), TokenizerOpts::default());
        let queue = BufferQueue::default();
        queue.push_back(StrTendril::from_slice(&page));
        let _ = tokenizer.feed(&queue);
        tokenizer.end();
        tokenizer.sink.0.get()
    });
}

#[divan::bench]
fn cleaning(bencher: Bencher<'_, '_>) {
    let prose = prose();
    bencher.counter(BytesCount::of_str(&prose)).bench(|| clean::paragraphs(&prose));
}

#[divan::bench]
fn folding(bencher: Bencher<'_, '_>) {
    let prose = prose();
    bencher.counter(BytesCount::of_str(&prose)).bench(|| fold::folded(&prose, fold::Case::Folded));
}

#[divan::bench]
fn wrapping(bencher: Bencher<'_, '_>) {
    let prose = prose();
    bencher
        .counter(BytesCount::of_str(&prose))
        .bench(|| prose.split("\n\n").map(|block| wrap::wrap(block, 76, 76).len()).sum::<usize>());
}
