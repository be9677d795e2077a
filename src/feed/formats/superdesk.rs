//! Superdesk Live Blog, by Sourcefabric: a page of posts, alone or beside the blog, or one post.
//!
//! The words are in the items of every group but `root`. Half of an answer may be posts that were taken down. Authors
//! are user records, of which only the name is for readers.

use serde_json::Value;

use crate::{
    feed::{Context, Format, Likeness, Reader},
    model::{Blog, Kinds, MediaKind, Packer, State},
    text::prose::BlockKind,
};

use super::vendor::{self, Body, Fate, Filling, Node, Pass, Text, flag, line, link, text};

/// The row of this format.
pub const FORMAT: Format = Format {
    name: "superdesk",
    about: "Superdesk Live Blog by Sourcefabric: posts, or one of them",
    looks_for: "the JSON of a system for liveblogs",
    sample: "superdesk.json",
    rate,
    reader: Reader::Document(read),
};

fn rate(head: &str, is_all: bool) -> Likeness {
    let telling: &[&[&str]] =
        &[&["\"groups\""], &["\"refs\"", "\"post_status\"", "\"particular_type\"", "\"_items\""]];
    vendor::rate(head, is_all, telling, |root| posts(root).into_iter().any(is_post))
}

/// Where the posts stand: alone, in a page of them, or in the answer that a site is built from.
fn posts(root: Node<'_>) -> Vec<Node<'_>> {
    if root.is_array() {
        return root.items();
    }
    let found =
        [&["_items"] as &[&str], &["posts", "_items"], &["api_response", "posts", "_items"], &["posts"]];
    let posts = found.iter().map(|path| root.list(path)).find(|posts| !posts.is_empty());
    posts.unwrap_or_else(|| if is_post(root) { vec![root] } else { Vec::new() })
}

fn is_post(node: Node<'_>) -> bool {
    let has_items = || node.list(&["groups"]).iter().any(|group| group.has(&["refs"]));
    has_items() || text(&node.value_at(&["particular_type"])) == "post" && node.has(&["groups"])
}

fn read(bytes: &[u8], context: &Context, packer: &mut Packer) {
    let Some(document) = Text::new(bytes, packer) else { return };
    let Some(root) = document.root() else { return };
    packer.blog(blog(root, context));
    let posts = posts(root);
    vendor::expect(&posts, "posts", packer);
    Pass::new(&document, context).pack(&posts, packer, entry);
}

fn blog(root: Node<'_>, context: &Context) -> Blog {
    let blog = root.value_at(&["blog"]);
    let holders = [&[] as &[&str], &["posts"], &["api_response", "posts"]];
    let page = holders.iter().find_map(|path| root.at(path)?.at(&["_meta"])).map(|page| page.value_at(&[]));
    let page = page.unwrap_or_default();
    let count = |key: &str| page[key].as_u64();
    let pages = count("total").zip(count("max_results").filter(|most| *most > 0));
    let pages = pages.map(|(total, most)| total.div_ceil(most));
    Blog {
        id: vendor::id(&blog["_id"]),
        title: line(&blog["title"]),
        url: link(&blog["public_url"]),
        language: line(&blog["language"]),
        state: match text(&blog["blog_status"]) {
            "open" => State::Live,
            "closed" => State::Ended,
            _ => State::Unknown,
        },
        start: vendor::moment(&blog["start_date"], context),
        standfirst: vendor::standfirst(text(&blog["description"])),
        partial: vendor::page(count("page"), pages),
        ..Blog::default()
    }
}

fn entry(post: &Value, filling: &mut Filling<'_>) -> Fate {
    filling.id(if post["_id"].is_null() { &post["guid"] } else { &post["_id"] });
    if flag(&post["deleted"]) || text(&post["pubstatus"]) == "canceled" {
        return Fate::Removed;
    }
    if !matches!(text(&post["post_status"]), "" | "open") {
        return Fate::Left;
    }
    filling.published(&[&post["published_date"], &post["firstcreated"], &post["_created"]]);
    let changed = if post["content_updated_date"].is_null() {
        &post["_updated"]
    } else {
        &post["content_updated_date"]
    };
    filling.revised(changed);
    filling.kind(Kinds::PINNED, flag(&post["sticky"]));
    filling.kind(Kinds::KEY, flag(&post["lb_highlight"]) || flag(&post["highlight"]));
    let names = [&post["publisher"]["display_name"], &post["byline"], &post["syndicated_creator"]["name"]];
    if let Some(name) = names.into_iter().find(|name| !text(name).is_empty()) {
        filling.author(text(name));
    }
    let groups = post["groups"].as_array().into_iter().flatten().filter(|group| group["id"] != "root");
    let items =
        groups.flat_map(|group| group["refs"].as_array().into_iter().flatten()).map(|place| &place["item"]);
    let (mut body, mut notices) = (Body::default(), 0);
    for item in items {
        if text(&item["item_type"]).to_ascii_lowercase().starts_with("advert") {
            notices += 1;
        } else {
            add(item, &mut body);
        }
    }
    if body.is_empty() && notices > 0 {
        return Fate::Left;
    }
    filling.body(body)
}

/// Adds what one item of a post tells.
fn add(item: &Value, body: &mut Body) {
    let (html, meta) = (text(&item["text"]), &item["meta"]);
    match text(&item["item_type"]) {
        "image" if meta.is_object() => {
            let media = &meta["media"];
            let renditions = &media["renditions"];
            let addresses = [
                &renditions["viewImage"]["href"],
                &renditions["baseImage"]["href"],
                &renditions["original"]["href"],
                &media["_url"],
            ];
            let Some(address) = addresses.into_iter().find(|address| link(address).is_some()) else {
                return body.html(html);
            };
            let mut medium = vendor::media(MediaKind::Image, address, &Value::Null, &Value::Null);
            // Both are typed in an editor, and may hold markup.
            medium.text = vendor::html_line(text(&meta["caption"]));
            medium.credit = vendor::html_line(text(&meta["credit"]));
            body.medium(medium);
        }
        "embed" => {
            let machine = if text(&meta["html"]).is_empty() { html } else { text(&meta["html"]) };
            let label = if text(&meta["title"]).is_empty() { &meta["provider_name"] } else { &meta["title"] };
            let before = body.len();
            let is_known = link(&meta["original_url"]).is_some();
            body.embedded_html(machine, !is_known);
            if is_known {
                let kind = if text(&meta["type"]) == "video" { MediaKind::Video } else { MediaKind::Embed };
                body.medium(vendor::media(kind, &meta["original_url"], label, &Value::Null));
            }
            if body.len() == before {
                // A card: what is linked is told in words.
                body.html(html);
            }
        }
        "quote" if !text(&meta["quote"]).is_empty() => {
            body.block(&vendor::html_line(text(&meta["quote"])), BlockKind::Quote);
            said_by(text(&meta["credit"]), body);
        }
        "comment" => {
            body.block(vendor::standfirst(html).text(), BlockKind::Quote);
            let name =
                if text(&item["commenter"]).is_empty() { &meta["commenter"] } else { &item["commenter"] };
            said_by(text(name), body);
        }
        _ => body.html(html),
    }
}

/// Adds who said what stands above.
fn said_by(name: &str, body: &mut Body) {
    let name = vendor::html_line(name);
    if !name.is_empty() {
        body.block(&format!("— {name}"), BlockKind::Paragraph);
    }
}
