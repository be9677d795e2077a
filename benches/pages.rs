//! Reading a page into a timeline, beside html5ever's tokenizer alone.
//!
//! `cargo bench --bench pages`. Compare figures of one run with each other only. Two kinds of page: as sites serve them,
//! most of which is no entry, and one that is nothing but entries.

use std::{cell::Cell, fmt::Write as _};

use chrono::DateTime;
use divan::{Bencher, counter::BytesCount};
use html5ever::{
    tendril::StrTendril,
    tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts},
};
use liveblog::{
    feed::{Context, Reader, named},
    model::{Coverage, Packer, Timeline},
};

fn main() {
    divan::main();
}

/// What a page is made of.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// As sites serve it: scripts with data, styles, menus, and buttons and drawings around each entry.
    Served,
    /// Nothing but entries.
    Bare,
}

const KINDS: [Kind; 2] = [Kind::Served, Kind::Bare];

/// What stands around an entry: buttons to share it, each with a drawing, and a place for an advertisement.
fn furniture(number: usize) -> String {
    let button = |name: &str| {
        format!(
            "<li class=\"share__item share__item--{name}\"><a class=\"share__link js-share\" role=\"button\" data-link-name=\"share : \
             {name} : {number}\" data-component=\"share-{name}\" href=\"https://share.example/{name}?u=https%3A%2F%2Fbay.example%2Flive%23\
             rung{number}&amp;t=Ladder\"><span class=\"inline-icon\"><svg width=\"32\" height=\"32\" viewBox=\"-2 -2 32 32\"><path \
             d=\"M17.9 14h-3v8H12v-8h-2v-2.9h2V8.7C12 6.8 13.1 5 16 5c1.2 0 2 .1 2 .1v3h-1.8c-1 0-1.2.5-1.2 1.3v1.8h3l-.1 2.8z\" \
             fill-rule=\"evenodd\"></path></svg></span><span class=\"u-h\">{name}</span></a></li>"
        )
    };
    let buttons: String = ["post", "mail", "message", "copy"].map(button).concat();
    format!(
        "<ul class=\"share share--entry u-unstyled\">{buttons}</ul><div class=\"slot slot--inline{number}\" data-slot=\"inline{number}\" \
         data-mobile=\"1,1|2,2|300,250\" data-desktop=\"1,1|2,2|300,250|620,1\" aria-hidden=\"true\"></div>\n"
    )
}

/// What stands around all entries: data for scripts, styles and menus.
fn frame() -> String {
    let data = "{\"id\":\"tracking/consent\",\"isOn\":true,\"weights\":[0.25,0.5],\"path\":\"/assets/app.4f2a.js\"},".repeat(900);
    let styles =
        ".share__item{display:inline-block;margin:0 .25rem}.u-h{position:absolute;clip:rect(0 0 0 0)}"
            .repeat(500);
    let menu = "<li class=\"menu__item\"><a class=\"menu__link\" href=\"/region\" data-link-name=\"nav : region\">Region</a></li>".repeat(250);
    format!(
        "<script>window.app={{\"list\":[{data}null]}};</script><style>{styles}</style><nav><ul class=\"menu\">{menu}</ul></nav>"
    )
}

/// An invented page of entries, told and shown: `entries` of them.
fn page(kind: Kind, entries: usize) -> String {
    let is_served = matches!(kind, Kind::Served);
    let frame = if is_served { frame() } else { String::new() };
    let body = "About 12 people were near the river crossing, the mayor said. <a href=\"https://bay.example/boats\">“We need \
                boats,</a> not promises,” a witness said.";
    let (mut told, mut shown) = (String::new(), String::new());
    for number in 0..entries {
        let (hour, minute) = (23 - number / 60 % 24, 59 - number % 60);
        let time = format!("2025-03-{:02}T{hour:02}:{minute:02}:00Z", 28 - number / 1440);
        let _ = write!(
            told,
            "{}{{\"@type\":\"BlogPosting\",\"@id\":\"rung{number}\",\"datePublished\":\"{time}\",\"articleBody\":{}}}",
            if number > 0 { "," } else { "" },
            serde_json::Value::from(body)
        );
        let furniture = if is_served { furniture(number) } else { String::new() };
        let _ = write!(
            shown,
            "<article class=\"entry entry--plain\" id=\"rung{number}\"><header><time datetime=\"{time}\">{hour:02}:{minute:02}</time>\
             <div class=\"byline\"><span>Ana Ruiv</span></div><h2>Rung {number} of the ladder is mended</h2></header>\n<p>{body}</p>\n\
             <blockquote><p>The water stood at 4.5 metres &amp; rising.</p></blockquote><p>{body}</p>{furniture}</article>\n"
        );
    }
    format!(
        "<!doctype html><html lang=\"en\"><head><title>Ladder</title><script type=\"application/ld+json\">{{\"@type\":\"LiveBlogPosting\",\
         \"headline\":\"Ladder\",\"liveBlogUpdate\":[{told}]}}</script></head><body>{frame}<main><h1>Ladder</h1><div>{shown}</div></main></body></html>"
    )
}

#[divan::bench(args = KINDS)]
fn page_into_a_timeline(bencher: Bencher<'_, '_>, kind: Kind) {
    let page = page(kind, 300);
    let context = Context::bare(DateTime::default());
    let Some(Reader::Document(read)) = named("html").map(|format| format.reader) else { return };
    bencher.counter(BytesCount::of_str(&page)).bench(|| {
        let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
        read(page.as_bytes(), &context, &mut packer);
        timeline.merge(packer.take(Coverage::Window, true));
        timeline.len()
    });
}

#[divan::bench(args = KINDS)]
fn html5ever_tokenizer_alone(bencher: Bencher<'_, '_>, kind: Kind) {
    /// Counts tokens.
    struct Count(Cell<usize>);
    impl TokenSink for Count {
        type Handle = ();
        fn process_token(&self, _: Token, _: u64) -> TokenSinkResult<()> {
            self.0.set(self.0.get() + 1);
            TokenSinkResult::Continue
        }
    }
    let page = page(kind, 300);
    bencher.counter(BytesCount::of_str(&page)).bench(|| {
        let tokenizer = Tokenizer::new(Count(Cell::new(0)), TokenizerOpts::default());
        let queue = BufferQueue::default();
        queue.push_back(StrTendril::from_slice(&page));
        let _ = tokenizer.feed(&queue);
        tokenizer.end();
        tokenizer.sink.0.get()
    });
}
