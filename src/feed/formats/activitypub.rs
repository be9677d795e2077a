//! ActivityPub: a collection of what was posted, a thread, or one note; and Mastodon's own statuses.
//!
//! `Create`, `Update` and `Delete` are told of one object, and the last word counts. What was passed on belongs to
//! somebody else; what was not meant for everybody is not shown.

use serde_json::Value;

use crate::{
    feed::{Context, Format, Likeness, Reader, further},
    model::{Blog, Kinds, MediaKind, Packer, Stamp},
    text::line::Line,
};

use super::vendor::{self, Body, Fate, Filling, Node, Pass, Text, flag, line, link, text};

/// The row of this format.
pub const FORMAT: Format = Format {
    name: "activitypub",
    about: "ActivityPub and Mastodon: a collection, a thread, or one note (by its description)",
    looks_for: "the JSON of a system for liveblogs",
    sample: "activitypub.json",
    rate,
    reader: Reader::Document(read),
};

/// Where posts stand in a collection or a thread.
const LISTS: [&[&str]; 4] = [&["orderedItems"], &["items"], &["first", "orderedItems"], &["first", "items"]];

/// What names everybody.
const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";

fn rate(head: &str, is_all: bool) -> Likeness {
    let telling: &[&[&str]] =
        &[&["www.w3.org/ns/activitystreams", "\"spoiler_text\"", "\"media_attachments\""]];
    vendor::rate(head, is_all, telling, |root| {
        posts(root).into_iter().any(|post| is_object(post) || is_status(post))
    })
}

fn posts(root: Node<'_>) -> Vec<Node<'_>> {
    if root.is_array() {
        return root.items();
    }
    let listed = LISTS.iter().map(|path| root.list(path)).find(|posts| !posts.is_empty());
    if let Some(posts) = listed {
        return posts;
    }
    let thread: Vec<Node<'_>> =
        [root.list(&["ancestors"]), root.list(&["descendants"])].into_iter().flatten().collect();
    if thread.is_empty() { vec![root] } else { thread }
}

/// Whether a node is a note, or an activity about one.
fn is_object(node: Node<'_>) -> bool {
    let object = node.at(&["object"]).unwrap_or(node);
    node.has(&["type"]) && object.has(&["id", "content"]) || text(&node.value_at(&["type"])) == "Delete"
}

fn is_status(node: Node<'_>) -> bool {
    node.has(&["id", "content", "account", "created_at"])
}

fn read(bytes: &[u8], context: &Context, packer: &mut Packer) {
    let Some(document) = Text::new(bytes, packer) else { return };
    let Some(root) = document.root() else { return };
    if root.has(&["type"]) && LISTS.iter().any(|path| root.at(path).is_some()) {
        let fields = root.fields();
        let at = |key: &str| fields.value_at(&[key]);
        let own = link(&at("id")).or_else(|| link(&at("url")));
        packer.blog(Blog {
            id: line(&at("id")),
            older: further::page(text(&at("next")), own.as_ref()),
            newer: further::page(text(&at("prev")), own.as_ref()),
            title: line(&at("name")),
            url: link(&at("url")),
            authors: Some(name(&at("attributedTo"))).filter(|name| !name.is_empty()).into_iter().collect(),
            standfirst: vendor::standfirst(text(&at("summary"))),
            ..Blog::default()
        });
    }
    let posts = vendor::last_words(posts(root), |post| {
        let object = object(post);
        let times = [&object["updated"], &object["edited_at"], &post["published"], &object["published"]];
        let told = times.into_iter().find_map(|time| vendor::moment(time, context)).map(Stamp::millis);
        let rank = match text(&post["type"]) {
            "Delete" => 2,
            "Update" => 1,
            _ => 0,
        };
        // A removal tells no time of its own, and is the last that can be said.
        let told = if rank == 2 { f64::INFINITY } else { told.map_or(0.0, |millis| millis as f64) };
        (id(object), told, rank)
    });
    Pass::new(&document, context).pack(&posts, packer, |post, filling| {
        if post["account"].is_object() { status(post, filling) } else { entry(post, filling) }
    });
}

/// What an activity is about; a note is about itself.
fn object(post: &Value) -> &Value {
    if post["object"].is_null() { post } else { &post["object"] }
}

/// The id of an object that is told, or only named.
fn id(object: &Value) -> Line {
    if object.is_string() { line(object) } else { vendor::id(&object["id"]) }
}

fn entry(post: &Value, filling: &mut Filling<'_>) -> Fate {
    let object = object(post);
    filling.draft.id = id(object);
    let kinds = [text(&post["type"]), text(&object["type"])];
    if kinds.contains(&"Delete") || kinds.contains(&"Tombstone") {
        return Fate::Removed;
    }
    let is_open = |holder: &Value| holder["to"].is_null() && holder["cc"].is_null() || is_public(holder);
    if matches!(kinds[0], "Announce" | "Like" | "Follow" | "Undo") || !is_open(object) {
        return Fate::Left;
    }
    filling.published(&[&object["published"], &post["published"]]);
    filling.revised(&object["updated"]);
    filling.link(link(&object["url"]).or_else(|| link(&object["id"])));
    let authors = [&object["attributedTo"], &post["actor"]];
    let author = authors.into_iter().map(name).find(|name| !name.is_empty()).unwrap_or_default();
    filling.author(&author);
    filling.headline(if text(&object["name"]).is_empty() { &object["summary"] } else { &object["name"] });
    let mut body = Body::default();
    body.html(text(&object["content"]));
    for attachment in object["attachment"].as_array().into_iter().flatten() {
        let kind = media_kind(text(&attachment["mediaType"]), text(&attachment["type"]));
        body.medium(vendor::media(
            kind,
            first(attachment, &["url", "href"]),
            &attachment["name"],
            &Value::Null,
        ));
    }
    filling.body(body)
}

/// A status as Mastodon's own interface tells it.
fn status(status: &Value, filling: &mut Filling<'_>) -> Fate {
    filling.id(&status["id"]);
    if matches!(text(&status["visibility"]), "private" | "direct") || status["reblog"].is_object() {
        return Fate::Left;
    }
    filling.published(&[&status["created_at"]]);
    filling.revised(&status["edited_at"]);
    filling.link(link(&status["url"]).or_else(|| link(&status["uri"])));
    filling.headline(&status["spoiler_text"]);
    filling.kind(Kinds::PINNED, flag(&status["pinned"]));
    let account = &status["account"];
    filling.author(text(first(account, &["display_name", "username"])));
    let mut body = Body::default();
    body.html(text(&status["content"]));
    for medium in status["media_attachments"].as_array().into_iter().flatten() {
        let kind = media_kind("", text(&medium["type"]));
        body.medium(vendor::media(
            kind,
            first(medium, &["url", "remote_url"]),
            &medium["description"],
            &Value::Null,
        ));
    }
    filling.body(body)
}

/// Whether something was meant for everybody.
fn is_public(object: &Value) -> bool {
    let receivers = [&object["to"], &object["cc"]];
    let is_all = |receiver: &Value| matches!(text(receiver), PUBLIC | "as:Public" | "Public");
    receivers.iter().any(|list| is_all(list) || list.as_array().into_iter().flatten().any(is_all))
}

/// The name of a person who is told, or only named by an address: then the name at its end.
fn name(person: &Value) -> Line {
    if let Some(people) = person.as_array() {
        return people.first().map(name).unwrap_or_default();
    }
    if person.is_object() {
        return line(first(person, &["name", "preferredUsername"]));
    }
    let end = text(person).trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    Line::new(end.trim_start_matches('@'))
}

/// The first of `keys` that says something.
fn first<'a>(value: &'a Value, keys: &[&str]) -> &'a Value {
    keys.iter().map(|key| &value[*key]).find(|value| !text(value).is_empty()).unwrap_or(&Value::Null)
}

fn media_kind(media_type: &str, kind: &str) -> MediaKind {
    match (media_type.split('/').next(), kind.to_ascii_lowercase().as_str()) {
        (Some("image"), _) | (_, "image") => MediaKind::Image,
        (Some("video"), _) | (_, "video" | "gifv") => MediaKind::Video,
        (Some("audio"), _) | (_, "audio") => MediaKind::Audio,
        _ => MediaKind::Embed,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_person_named_by_an_address_has_the_name_at_its_end() {
        assert_eq!(name(&json!("https://example.org/users/ana")).as_str(), "ana");
        assert_eq!(name(&json!("https://example.org/@ana/")).as_str(), "ana");
        assert_eq!(name(&json!({"preferredUsername": "ana", "name": ""})).as_str(), "ana");
        assert_eq!(name(&json!(null)).as_str(), "");
    }

    #[test]
    fn what_was_meant_for_a_few_is_not_for_everybody() {
        assert!(is_public(&json!({"to": [PUBLIC]})));
        assert!(is_public(&json!({"to": "as:Public"})));
        assert!(!is_public(&json!({"to": ["https://example.org/users/ana"]})));
    }
}
