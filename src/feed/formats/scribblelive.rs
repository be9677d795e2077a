//! ScribbleLive: an event with its posts, a list of them, or one.
//!
//! Times are written `/Date(milliseconds+zone)/`. What was deleted is still told; what waits for approval is not shown.

use serde_json::Value;

use crate::{
    feed::{Context, Format, Likeness, Reader},
    model::{Blog, Kinds, MediaKind, Packer, State},
};

use super::vendor::{self, Body, Fate, Filling, Node, Pass, Text, flag, line, link, text};

/// The row of this format.
pub const FORMAT: Format = Format {
    name: "scribblelive",
    about: "ScribbleLive: an event with its posts, or posts alone",
    looks_for: "the JSON of a system for liveblogs",
    sample: "scribblelive.json",
    rate,
    reader: Reader::Document(read),
};

fn rate(head: &str, is_all: bool) -> Likeness {
    let telling: &[&[&str]] = &[&["\"Content\""], &["\"IsDeleted\"", "\"IsStuck\"", "\"IsApproved\""]];
    vendor::rate(head, is_all, telling, |root| posts(root).into_iter().any(is_post))
}

fn posts(root: Node<'_>) -> Vec<Node<'_>> {
    if root.is_array() {
        return root.items();
    }
    let posts = root.list(&["Posts"]);
    if posts.is_empty() && is_post(root) { vec![root] } else { posts }
}

fn is_post(node: Node<'_>) -> bool {
    let object = node.object();
    object.contains_key("Content")
        && ["IsDeleted", "IsStuck", "IsApproved"].iter().any(|key| object.contains_key(*key))
}

fn read(bytes: &[u8], context: &Context, packer: &mut Packer) {
    let Some(document) = Text::new(bytes, packer) else { return };
    let Some(root) = document.root() else { return };
    if root.at(&["Posts"]).is_some() {
        packer.blog(blog(root, context));
    }
    let posts = posts(root);
    vendor::expect(&posts, "posts", packer);
    Pass::new(&document, context).pack(&posts, packer, entry);
}

fn blog(event: Node<'_>, context: &Context) -> Blog {
    let fields = event.fields();
    let at = |key: &str| fields.value_at(&[key]);
    let is_live = at("IsLive");
    Blog {
        id: vendor::id(&at("Id")),
        title: line(&at("Title")),
        url: link(&at("Url")),
        language: line(&at("Language")),
        state: match (is_live.is_null(), flag(&is_live)) {
            (true, _) => State::Unknown,
            (_, true) => State::Live,
            (_, false) => State::Ended,
        },
        start: vendor::moment(&at("Start"), context),
        end: vendor::moment(&at("End"), context),
        standfirst: vendor::standfirst(text(&at("Description"))),
        // The page that is told when none is asked for is the first.
        partial: vendor::page(
            at("Page").as_u64().map_or(Some(1), |page| Some(page + 1)),
            at("Pages").as_u64(),
        ),
        ..Blog::default()
    }
}

fn entry(post: &Value, filling: &mut Filling<'_>) -> Fate {
    filling.id(&post["Id"]);
    if flag(&post["IsDeleted"]) {
        return Fate::Removed;
    }
    if !post["IsApproved"].is_null() && !flag(&post["IsApproved"]) {
        return Fate::Left;
    }
    filling.published(&[&post["Created"], &post["PostMeta"]["CreationDate"]]);
    filling.revised(&post["LastModified"]);
    filling.kind(Kinds::PINNED, flag(&post["IsStuck"]));
    filling.author(text(&post["Creator"]["Name"]));
    let mut body = Body::default();
    let content = text(&post["Content"]);
    let kind = match text(&post["Type"]) {
        "IMAGE" => MediaKind::Image,
        "VIDEO" => MediaKind::Video,
        "AUDIO" => MediaKind::Audio,
        _ => MediaKind::Embed,
    };
    if link(&post["Content"]).is_some() && kind != MediaKind::Embed {
        // Of a picture, all that is told may be its address.
        body.medium(vendor::media(kind, &post["Content"], &post["Caption"], &Value::Null));
    } else {
        body.html(content);
    }
    for medium in post["Media"].as_array().into_iter().flatten() {
        body.medium(vendor::media(kind, &medium["Url"], &post["Caption"], &Value::Null));
    }
    filling.body(body)
}
