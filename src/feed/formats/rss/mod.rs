//! Web feeds: RSS of every version, Atom and JSON Feed.
//!
//! The parser is a library's, which gives a whole feed up for one fault; so a feed that fails is mended and read again, and
//! at last item by item. Ids and times are made here: items of a liveblog often share one address, and zones are written as
//! `BST`. A feed of articles reads as a liveblog too.

mod fill;
mod json;
mod mend;
mod moments;
mod tag;

use std::borrow::Cow;

use feed_rs::{
    model::Feed,
    parser::{Builder, ParseFeedError, ParseFeedResult},
};

use crate::{
    feed::{Context, Format, Likeness, Reader, decode},
    model::Packer,
};

use self::{mend::Root, moments::Moments};

/// RSS, Atom and JSON Feed.
pub const FORMAT: Format = Format {
    name: "rss",
    about: "RSS 0.9 to 2.0, Atom and JSON Feed",
    looks_for: "an RSS, Atom or JSON feed",
    sample: "harbour.rss",
    rate,
    reader: Reader::Document(read),
};

fn rate(head: &str, is_all: bool) -> Likeness {
    let is_feed = if head.trim_start().starts_with('{') {
        json::is_feed(head, is_all)
    } else {
        // A feed that broke off before its first item is none, but one whose channel is long may be.
        mend::root(head).is_some_and(|root| mend::has_item(head) || (!is_all && root != Root::Rdf))
    };
    if is_feed { Likeness::Sure } else { Likeness::No }
}

fn read(bytes: &[u8], context: &Context, packer: &mut Packer) {
    let text = decode::text(bytes);
    // No XML holds one, and the parser would take it for half of a letter of UTF-16.
    let text = if text.contains('\0') { Cow::Owned(text.replace('\0', "")) } else { text };
    let text = text.trim_start_matches(|char: char| char.is_whitespace() || char == '\u{feff}');
    let moments = Moments::new(context);
    // The declaration names a character set that it no longer is in.
    let declared = text.starts_with("<?xml").then(|| text.find("?>")).flatten();
    let text = declared.and_then(|end| text.get(end + 2..)).unwrap_or(text);
    let feed = if text.starts_with('{') { json(text, &moments, packer) } else { xml(text, &moments, packer) };
    match feed {
        Some(feed) => fill::feed(&feed, &moments, packer),
        None => packer.unreadable(None, "neither RSS, Atom nor JSON Feed, even when mended"),
    }
}

/// Parses `text`, which must have no fault. A parser that has failed once cannot be used again.
fn parse(text: &str, moments: &Moments) -> ParseFeedResult<Feed> {
    let moments = moments.clone();
    let parser = Builder::new()
        .timestamp_parser(move |text| moments.note(text))
        // What has no id says so, and gets one when its words are known.
        .id_generator(|_, _, _| String::new())
        .sanitize_content(false)
        .build();
    parser.parse(text.as_bytes())
}

/// The feed in `text`, mended where it has to be.
fn xml(text: &str, moments: &Moments, packer: &mut Packer) -> Option<Feed> {
    let why = match mend::oddity(text) {
        Some(oddity) => oddity.to_owned(),
        None => match parse(text, moments) {
            Ok(feed) => return Some(feed),
            Err(error) => fault(&error),
        },
    };
    let mended = mend::mend(text);
    if let Ok(feed) = parse(&mended.text, moments) {
        tell_recovered(&feed, "XML", &why, packer);
        return Some(feed);
    }
    // Some item is more than odd: each is read by itself, so that it costs no other.
    let mut feed = parse(&mended.without_items(), moments).ok()?;
    let mut lost = 0;
    for item in mended.items() {
        match parse(&item, moments) {
            Ok(one) => feed.entries.extend(one.entries),
            Err(_) => lost += 1,
        }
    }
    tell_recovered(&feed, "XML", &why, packer);
    (0..lost).for_each(|_| packer.unreadable(None, "an item that cannot be mended; left out"));
    Some(feed)
}

/// The JSON Feed in `text`, mended where it has to be.
fn json(text: &str, moments: &Moments, packer: &mut Packer) -> Option<Feed> {
    let mut feed = match parse(text, moments) {
        Ok(feed) => feed,
        Err(error) => {
            let feed = parse(&json::mend(text)?, moments).ok()?;
            tell_recovered(&feed, "JSON Feed", &fault(&error), packer);
            feed
        }
    };
    // The parser leaves it out.
    feed.links.extend(json::next(text));
    Some(feed)
}

fn tell_recovered(feed: &Feed, what: &str, why: &str, packer: &mut Packer) {
    let count = feed.entries.len();
    let items = if count == 1 { "1 item".to_owned() } else { format!("{count} items") };
    packer.problem(None, &format!("not quite {what} ({why}); mended, and {items} recovered"));
}

/// What the parser says, as it stands within a sentence.
fn fault(error: &ParseFeedError) -> String {
    let text = error.to_string();
    let text =
        ["unable to parse XML: ", "unable to parse JSON: ", "unable to parse feed: ", "Parser error: "]
            .iter()
            .fold(text.as_str(), |text, lead| text.strip_prefix(lead).unwrap_or(text));
    text.chars().take(200).collect()
}

#[cfg(test)]
mod tests;
