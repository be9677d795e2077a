//! ninjs, the IPTC's news in JSON: one item, or a list of them, each an entry.
//!
//! Version 3 tells headlines and bodies in lists by role, version 1 in keys of their own. Of several bodies, the one
//! with markup is taken.

use serde_json::Value;

use crate::{
    feed::{Context, Format, Likeness, Reader},
    model::{MediaKind, Packer},
};

use super::vendor::{self, Body, Fate, Filling, Node, Pass, Text, link, names, text};

/// The row of this format.
pub const FORMAT: Format = Format {
    name: "ninjs",
    about: "ninjs, the IPTC's news in JSON: an item, or a list of them",
    looks_for: "the JSON of a system for liveblogs",
    sample: "ninjs.json",
    rate,
    reader: Reader::Document(read),
};

fn rate(head: &str, is_all: bool) -> Likeness {
    let telling: &[&[&str]] = &[&["\"uri\""], &["\"versionCreated\"", "\"versioncreated\""]];
    vendor::rate(head, is_all, telling, |root| items(root).into_iter().any(is_item))
}

fn items(root: Node<'_>) -> Vec<Node<'_>> {
    if root.is_array() {
        return root.items();
    }
    let lists = ["items", "_items", "results"].map(|key| root.list(&[key]));
    let items = lists.into_iter().find(|items| !items.is_empty());
    items.unwrap_or_else(|| if is_item(root) { vec![root] } else { Vec::new() })
}

fn is_item(node: Node<'_>) -> bool {
    node.has(&["uri", "versionCreated"]) || node.has(&["uri", "versioncreated"])
}

fn read(bytes: &[u8], context: &Context, packer: &mut Packer) {
    let Some(document) = Text::new(bytes, packer) else { return };
    let Some(root) = document.root() else { return };
    let items = items(root);
    vendor::expect(&items, "items", packer);
    Pass::new(&document, context).pack(&items, packer, entry);
}

fn entry(item: &Value, filling: &mut Filling<'_>) -> Fate {
    filling.id(&item["uri"]);
    if matches!(text(&item["pubstatus"]), "canceled" | "cancelled" | "withheld") {
        return Fate::Removed;
    }
    let version = first(item, &["versionCreated", "versioncreated"]);
    let created = first(item, &["firstCreated", "firstcreated", "contentCreated", "contentcreated"]);
    filling.published(&[created, version]);
    filling.revised(version);
    filling.link(link(first(item, &["url", "altUrl"])));
    let headlines = &item["headlines"];
    filling.headline(if headlines.is_array() { &main(headlines)["value"] } else { &item["headline"] });
    names(text(first(item, &["by", "byline"]))).iter().for_each(|name| filling.author(name));
    let mut body = Body::default();
    words(item, &mut body);
    associations(&item["associations"], &mut body);
    filling.body(body)
}

/// The first of `keys` that is told.
fn first<'a>(item: &'a Value, keys: &[&str]) -> &'a Value {
    keys.iter().map(|key| &item[*key]).find(|value| !value.is_null()).unwrap_or(&Value::Null)
}

/// Of values by role, the main one, or the first.
fn main(list: &Value) -> &Value {
    let values = || list.as_array().into_iter().flatten();
    let main = values().find(|value| value["role"] == "main");
    main.or_else(|| values().next()).unwrap_or(&Value::Null)
}

fn words(item: &Value, body: &mut Body) {
    let bodies = || item["bodies"].as_array().into_iter().flatten();
    let marked_up = bodies().find(|body| text(&body["contentType"]).contains("html"));
    let html = marked_up.map_or_else(|| first(item, &["body_xhtml", "body_html"]), |body| &body["value"]);
    if !text(html).is_empty() {
        body.html(text(html));
        return;
    }
    let plain = if item["bodies"].is_array() { &main(&item["bodies"])["value"] } else { &item["body_text"] };
    body.paragraphs(text(plain));
}

/// Adds the media beside an item, told by name or in a list.
fn associations(associations: &Value, body: &mut Body) {
    let named = associations.as_object().into_iter().flat_map(|named| named.values());
    for medium in named.chain(associations.as_array().into_iter().flatten()) {
        let kind = match text(&medium["type"]) {
            "picture" | "graphic" => MediaKind::Image,
            "video" => MediaKind::Video,
            "audio" => MediaKind::Audio,
            _ => continue,
        };
        let renditions = &medium["renditions"];
        let mut all = renditions.as_object().into_iter().flat_map(|named| named.values());
        let listed = renditions.as_array().into_iter().flatten().next();
        let address = all.next().or(listed).map_or(&Value::Null, |rendition| &rendition["href"]);
        let headline = if medium["headlines"].is_array() {
            &main(&medium["headlines"])["value"]
        } else {
            &medium["headline"]
        };
        let caption = first(medium, &["description_text", "body_text"]);
        let label = if text(caption).is_empty() { headline } else { caption };
        body.medium(vendor::media(kind, address, label, first(medium, &["by", "byline"])));
    }
}
