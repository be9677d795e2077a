//! The Guardian's Content API: an item or a search with its blocks shown.
//!
//! `response.content.blocks.body` holds the entries; `blocks.main` is the blog's picture. Words come from `bodyHtml`,
//! for `bodyTextSummary` leaves out quotes and embeds. Contributors are ids of tags. Drafts carry `published: false`.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::{
    feed::{Context, Format, Likeness, Reader},
    model::{Blog, Kinds, MediaKind, Packer, State},
    text::{line::Line, link::Link},
};

use super::vendor::{self, Body, Fate, Filling, Node, Pass, Text, flag, line, link, text};

/// The row of this format.
pub const FORMAT: Format = Format {
    name: "guardian-capi",
    about: "the Guardian's Content API: an item or a search with its blocks",
    looks_for: "the JSON of a system for liveblogs",
    sample: "guardian_capi.json",
    rate,
    reader: Reader::Document(read),
};

fn rate(head: &str, is_all: bool) -> Likeness {
    let telling: &[&[&str]] = &[&["\"response\""], &["\"blocks\""], &["\"bodyHtml\"", "\"bodyTextSummary\""]];
    vendor::rate(head, is_all, telling, |root| !blogs(root).is_empty())
}

/// The blogs of an answer: the items that have blocks.
fn blogs(root: Node<'_>) -> Vec<Node<'_>> {
    let item = root.at(&["response", "content"]);
    let items = item.into_iter().chain(root.list(&["response", "results"]));
    items
        .filter(|item| item.at(&["blocks", "body"]).or(item.at(&["blocks", "requestedBodyBlocks"])).is_some())
        .collect()
}

fn read(bytes: &[u8], context: &Context, packer: &mut Packer) {
    let Some(document) = Text::new(bytes, packer) else { return };
    let blogs = document.root().map(blogs).unwrap_or_default();
    if blogs.is_empty() {
        packer.problem(None, "no blocks in this answer; ask for them with show-blocks=all");
    }
    if blogs.len() > 1 {
        packer.problem(None, &format!("{} blogs in this answer; read as one", blogs.len()));
    }
    let mut pass = Pass::new(&document, context);
    for (number, item) in blogs.into_iter().enumerate() {
        let blocks = blocks(item);
        if number == 0 {
            packer.blog(blog(item, blocks.len(), context));
        }
        let names = contributors(item);
        let address = link(&item.value_at(&["webUrl"]));
        pass.pack(&blocks, packer, |block, filling| {
            let id = text(&block["id"]);
            filling.link(address.as_ref().and_then(|page| Link::parse(&format!("{page}#block-{id}"))));
            entry(block, &names, filling)
        });
    }
}

/// The blocks of a blog, whichever way they were asked for.
fn blocks(item: Node<'_>) -> Vec<Node<'_>> {
    let body = item.list(&["blocks", "body"]);
    if !body.is_empty() {
        return body;
    }
    let requested = item.at(&["blocks", "requestedBodyBlocks"]).map(Node::object).unwrap_or_default();
    // One block may stand in several of the requested lists.
    let mut seen = HashSet::new();
    let all = requested.into_values().flat_map(Node::items);
    all.filter(|block| seen.insert(text(&block.value_at(&["id"])).to_owned())).collect()
}

fn blog(item: Node<'_>, count: usize, context: &Context) -> Blog {
    let fields = item.value_at(&["fields"]);
    let title = item.value_at(&["webTitle"]);
    let standfirst =
        [&fields["standfirst"], &fields["trailText"]].into_iter().find(|value| !text(value).is_empty());
    let total = item.value_at(&["blocks", "totalBodyBlocks"]).as_u64().unwrap_or_default();
    let byline = text(&fields["byline"]);
    let names = contributors(item);
    Blog {
        id: vendor::id(&item.value_at(&["id"])),
        title: if text(&fields["headline"]).is_empty() { line(&title) } else { line(&fields["headline"]) },
        url: link(&item.value_at(&["webUrl"])),
        publisher: line(&fields["publication"]),
        authors: if byline.is_empty() { names.into_values().collect() } else { vendor::names(byline) },
        language: line(&fields["lang"]),
        state: match text(&fields["liveBloggingNow"]) {
            "true" => State::Live,
            "false" => State::Ended,
            _ => State::Unknown,
        },
        start: vendor::moment(&fields["firstPublicationDate"], context)
            .or_else(|| vendor::moment(&item.value_at(&["webPublicationDate"]), context)),
        standfirst: standfirst.map(|html| vendor::standfirst(text(html))).unwrap_or_default(),
        partial: if total > count as u64 {
            Line::new(&format!("{count} of {total} entries"))
        } else {
            Line::default()
        },
        ..Blog::default()
    }
}

/// The names of the blog's contributors by the ids of their tags.
fn contributors(item: Node<'_>) -> HashMap<String, Line> {
    let tags = item.list(&["tags"]).into_iter().filter_map(|tag| tag.value().ok());
    let people = tags.filter(|tag| text(&tag["type"]) == "contributor");
    people.map(|tag| (text(&tag["id"]).to_owned(), line(&tag["webTitle"]))).collect()
}

fn entry(block: &Value, names: &HashMap<String, Line>, filling: &mut Filling<'_>) -> Fate {
    filling.id(&block["id"]);
    if block["published"] == false {
        return Fate::Left;
    }
    filling.published(&[&block["firstPublishedDate"], &block["publishedDate"], &block["createdDate"]]);
    filling.revised(&block["lastModifiedDate"]);
    let attributes = &block["attributes"];
    let titles = [&block["title"], &attributes["title"]];
    filling.headline(titles.into_iter().find(|title| !text(title).is_empty()).unwrap_or(&Value::Null));
    filling.kind(Kinds::KEY, flag(&attributes["keyEvent"]));
    filling.kind(Kinds::SUMMARY, flag(&attributes["summary"]));
    filling.kind(Kinds::PINNED, flag(&attributes["pinned"]));
    for contributor in block["contributors"].as_array().into_iter().flatten().map(text) {
        // An id that no tag explains is nobody's name.
        match names.get(contributor) {
            Some(name) => filling.author(name),
            None if contributor.contains('/') => {}
            None => filling.author(contributor),
        }
    }
    let mut body = Body::default();
    body.html(text(&block["bodyHtml"]));
    if !body.has_media() {
        block["elements"].as_array().into_iter().flatten().for_each(|element| medium(element, &mut body));
    }
    filling.body(body)
}

/// Adds the medium that an element tells.
fn medium(element: &Value, body: &mut Body) {
    let credited = |data: &Value| {
        let names = [&data["credit"], &data["photographer"], &data["source"]];
        names.into_iter().find(|name| !text(name).is_empty()).cloned().unwrap_or_default()
    };
    let (kind, data, title) = match text(&element["type"]) {
        "image" => (MediaKind::Image, &element["imageTypeData"], ["caption", "alt"]),
        "video" => (MediaKind::Video, &element["videoTypeData"], ["title", "description"]),
        "audio" => (MediaKind::Audio, &element["audioTypeData"], ["title", "caption"]),
        "embed" => (MediaKind::Embed, &element["embedTypeData"], ["alt", "source"]),
        "interactive" => (MediaKind::Embed, &element["interactiveTypeData"], ["alt", "source"]),
        "map" => (MediaKind::Embed, &element["mapTypeData"], ["title", "caption"]),
        "document" => (MediaKind::Embed, &element["documentTypeData"], ["title", "source"]),
        "tweet" => (MediaKind::Embed, &element["tweetTypeData"], ["originalUrl", "url"]),
        _ => return,
    };
    let label =
        title.iter().map(|key| &data[*key]).find(|label| !text(label).is_empty()).unwrap_or(&Value::Null);
    let file = element["assets"]
        .as_array()
        .into_iter()
        .flatten()
        .next()
        .map_or(&Value::Null, |asset| &asset["file"]);
    let addresses = [&data["originalUrl"], &data["url"], file];
    let address = addresses.into_iter().find(|address| link(address).is_some()).unwrap_or(&Value::Null);
    body.medium(vendor::media(kind, address, label, &credited(data)));
}
