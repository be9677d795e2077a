//! The Guardian's page model, as its rendering layer gets it: a page of a blog, a bare array of blocks, or one block.
//!
//! Times are counts of milliseconds; their `…Display` twins are for people. Key events and the pinned entry may belong to
//! other pages: they are entries too, and one that stands in the list as well is told once, with all its kinds.

use std::collections::HashSet;

use serde_json::Value;

use crate::{
    feed::{Context, Format, Likeness, Reader, further},
    model::{Blog, Kinds, Media, MediaKind, Packer, State},
    text::{link::Link, prose::BlockKind},
};

use super::vendor::{self, Body, Fate, Filling, Node, Pass, Text, flag, line, link, text};

/// The row of this format.
pub const FORMAT: Format = Format {
    name: "guardian-dcr",
    about: "the Guardian's page model: a page of a blog, or its blocks",
    looks_for: "the JSON of a system for liveblogs",
    sample: "guardian_dcr.json",
    rate,
    reader: Reader::Document(read),
};

/// Begins the name of every kind of element.
const ELEMENT: &str = "model.dotcomrendering.pageElements.";

fn rate(head: &str, is_all: bool) -> Likeness {
    let telling: &[&[&str]] =
        &[&["\"blockCreatedOn\"", "\"blockFirstPublished\"", "\"model.dotcomrendering."]];
    vendor::rate(head, is_all, telling, |root| blocks(root).into_iter().any(is_block))
}

/// The page in a text, which may be all of it.
fn page(root: Node<'_>) -> Node<'_> {
    root.at(&["frontendData"]).unwrap_or(root)
}

fn blocks(root: Node<'_>) -> Vec<Node<'_>> {
    if root.is_array() {
        return root.items();
    }
    let page = page(root);
    let blocks = page.list(&["blocks"]);
    if blocks.is_empty() && is_block(page) { vec![page] } else { blocks }
}

fn is_block(node: Node<'_>) -> bool {
    let is_typed = || {
        let elements = node.list(&["elements"]);
        elements
            .first()
            .is_some_and(|element| text(&element.value_at(&["_type"])).starts_with("model.dotcomrendering"))
    };
    node.has(&["id", "elements"])
        && (node.has(&["blockCreatedOn"]) || node.has(&["blockFirstPublished"]) || is_typed())
}

fn read(bytes: &[u8], context: &Context, packer: &mut Packer) {
    let Some(document) = Text::new(bytes, packer) else { return };
    let Some(root) = document.root() else { return };
    let page = page(root);
    packer.blog(blog(page, context));
    let key_events = page.list(&["keyEvents"]);
    let id = |node: &Node<'_>| text(&node.value_at(&["id"])).to_owned();
    let keys: HashSet<String> = key_events.iter().map(id).collect();
    let pinned_entry = page.at(&["pinnedPost"]);
    let pinned = pinned_entry.as_ref().map(id);
    let address = address(page);
    let mut pass = Pass::new(&document, context);
    let blocks = blocks(root);
    vendor::expect(&blocks, "blocks", packer);
    let lists = [blocks, pinned_entry.into_iter().collect(), key_events];
    for list in lists {
        pass.pack(&list, packer, |block, filling| {
            let id = text(&block["id"]);
            let is_summary = flag(&block["attributes"]["summary"]);
            filling.kind(Kinds::KEY, keys.contains(id) && !is_summary);
            filling.kind(Kinds::PINNED, pinned.as_deref() == Some(id));
            filling.link(address.as_ref().and_then(|page| Link::parse(&format!("{page}#block-{id}"))));
            entry(block, filling)
        });
    }
}

/// Where the page stands on the web.
fn address(page: Node<'_>) -> Option<Link> {
    link(&page.value_at(&["webURL"])).or_else(|| link(&page.value_at(&["canonicalUrl"])))
}

fn blog(page: Node<'_>, context: &Context) -> Blog {
    let fields = page.fields();
    let at = |path: &[&str]| fields.value_at(path);
    let titles = [at(&["headline"]), at(&["webTitle"])];
    let title = titles.iter().find(|title| !text(title).is_empty()).map(line).unwrap_or_default();
    let (number, total) = (at(&["pagination", "currentPage"]), at(&["pagination", "totalPages"]));
    let own = address(page);
    let further = |name: &str| further::page(text(&at(&["pagination", name])), own.as_ref());
    Blog {
        id: line(&at(&["pageId"])),
        state: match text(&at(&["format", "design"])) {
            "DeadBlogDesign" => State::Ended,
            "LiveBlogDesign" => State::Live,
            _ => State::Unknown,
        },
        title,
        url: own.clone(),
        publisher: line(&at(&["publication"])),
        authors: vendor::names(text(&at(&["byline"]))),
        language: line(&at(&["lang"])),
        start: vendor::moment(&at(&["webPublicationDate"]), context),
        standfirst: vendor::standfirst(text(&at(&["standfirst"]))),
        partial: vendor::page(number.as_u64(), total.as_u64()),
        older: further("older"),
        newer: further("newer"),
        ..Blog::default()
    }
}

fn entry(block: &Value, filling: &mut Filling<'_>) -> Fate {
    filling.id(&block["id"]);
    filling.published(&[&block["blockFirstPublished"], &block["blockCreatedOn"]]);
    filling.revised(&block["blockLastUpdated"]);
    filling.headline(&block["title"]);
    let attributes = &block["attributes"];
    filling.kind(Kinds::KEY, flag(&attributes["keyEvent"]));
    filling.kind(Kinds::SUMMARY, flag(&attributes["summary"]));
    filling.kind(Kinds::PINNED, flag(&attributes["pinned"]));
    block["contributors"]
        .as_array()
        .into_iter()
        .flatten()
        .for_each(|person| filling.author(text(&person["name"])));
    let mut body = Body::default();
    elements(&block["elements"], &mut body);
    filling.body(body)
}

fn elements(list: &Value, body: &mut Body) {
    list.as_array().into_iter().flatten().for_each(|each| element(each, body));
}

/// Adds what one element of a block tells.
fn element(element: &Value, body: &mut Body) {
    let kind = text(&element["_type"]);
    let html = text(&element["html"]);
    match kind.strip_prefix(ELEMENT).unwrap_or(kind).trim_end_matches("BlockElement") {
        "Image" => image(element, body),
        "Pullquote" => {
            let words = vendor::standfirst(html);
            body.block(words.text(), BlockKind::Quote);
            let speaker = text(&element["attribution"]);
            body.block(
                &if speaker.is_empty() { String::new() } else { format!("— {speaker}") },
                BlockKind::Paragraph,
            );
        }
        "Youtube" => {
            let address = format!("https://www.youtube.com/watch?v={}", text(&element["assetId"]));
            let title = &element["mediaTitle"];
            body.medium(vendor::media(MediaKind::Video, &address.into(), title, &Value::Null));
        }
        "Tweet" => {
            body.html(html);
            if !body.has_media() {
                body.medium(embed(MediaKind::Embed, element));
            }
        }
        // Cards that lead to other pages, and what asks readers for something.
        "RichLink" | "Disclaimer" | "NewsletterSignup" | "AdPlaceholder" | "Callout" | "Reporter" => {}
        name if name.contains("Video") => body.medium(embed(MediaKind::Video, element)),
        name if name.contains("Audio") || name.contains("Soundcloud") || name.contains("Spotify") => {
            body.medium(embed(MediaKind::Audio, element));
        }
        name if is_embed(name) => {
            body.embedded_html(html, false);
            body.medium(embed(MediaKind::Embed, element));
        }
        _ => {
            body.html(html);
            // Lists, timelines and the like hold elements themselves.
            elements(&element["elements"], body);
            element["items"].as_array().into_iter().flatten().for_each(|item| {
                body.block(text(&item["title"]), BlockKind::Heading(3));
                elements(&item["elements"], body);
            });
        }
    }
}

fn is_embed(name: &str) -> bool {
    ["Embed", "Instagram", "Interactive", "Map", "Document", "Vine", "Form", "Chart"]
        .iter()
        .any(|part| name.contains(part))
}

/// The medium of an element that stands for something elsewhere.
fn embed(kind: MediaKind, element: &Value) -> Media {
    let first = |keys: &[&str]| {
        let values = keys.iter().map(|key| &element[*key]);
        values.into_iter().find(|value| !text(value).is_empty()).cloned().unwrap_or_default()
    };
    let address = first(&["originalUrl", "url", "canonicalUrl", "embedUrl", "iframeUrl"]);
    vendor::media(kind, &address, &first(&["title", "caption", "alt", "source"]), &Value::Null)
}

fn image(element: &Value, body: &mut Body) {
    let data = &element["data"];
    let caption = if text(&data["caption"]).is_empty() { &data["alt"] } else { &data["caption"] };
    let images = element["media"]["allImages"].as_array().into_iter().flatten();
    let width = |image: &&Value| text(&image["fields"]["width"]).parse::<u32>().unwrap_or_default();
    let address = images.max_by_key(width).map_or(&Value::Null, |image| &image["url"]);
    let mut medium = vendor::media(MediaKind::Image, address, caption, &data["credit"]);
    // A caption is HTML.
    medium.text = vendor::html_line(text(caption));
    body.medium(medium);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(kind: &str) -> String {
        let value = serde_json::json!({
            "_type": format!("{ELEMENT}{kind}BlockElement"),
            "html": "<p>The ferry is <b>late</b>.</p>",
        });
        let (mut body, mut draft) = (Body::default(), crate::model::Draft::default());
        element(&value, &mut body);
        body.finish(&mut draft);
        draft.body.text().to_owned()
    }

    #[test]
    fn an_element_that_is_not_known_says_what_its_html_says() {
        assert_eq!(told("Text"), "The ferry is late.");
        assert_eq!(told("Anything"), "The ferry is late.");
    }

    #[test]
    fn a_card_that_leads_elsewhere_is_no_part_of_the_entry() {
        assert_eq!(told("RichLink"), "");
    }

    #[test]
    fn of_an_embed_only_what_it_quotes_is_words() {
        assert_eq!(told("Instagram"), "");
    }
}
