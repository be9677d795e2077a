//! An event log: what an editor did, in the order it was done. It is replayed.
//!
//! A message is made, edited and deleted under one id; an edit keeps the time of the message it changes. What is said of
//! the blog comes when it was saved.

use std::collections::HashMap;

use serde_json::Value;

use crate::{
    feed::{Context, Format, Likeness, Reader},
    model::{Blog, Packer},
    text::line::Line,
};

use super::vendor::{self, Body, Fate, Filling, Node, Pass, Text, line, link, text};

/// The row of this format.
pub const FORMAT: Format = Format {
    name: "eventlog",
    about: "a log of messages made, edited and deleted, which is replayed (by its description)",
    looks_for: "the JSON of a system for liveblogs",
    sample: "eventlog.json",
    rate,
    reader: Reader::Document(read),
};

fn rate(head: &str, is_all: bool) -> Likeness {
    let telling: &[&[&str]] = &[&["\"event\""], &["\"data\""], &["\"msg\"", "\"editmsg\""]];
    vendor::rate(head, is_all, telling, |root| events(root).into_iter().any(is_event))
}

fn events(root: Node<'_>) -> Vec<Node<'_>> {
    if root.is_array() { root.items() } else { root.list(&["events"]) }
}

fn is_event(node: Node<'_>) -> bool {
    matches!(text(&node.value_at(&["event"])), "msg" | "editmsg") && node.at(&["data"]).is_some()
}

fn read(bytes: &[u8], context: &Context, packer: &mut Packer) {
    let Some(document) = Text::new(bytes, packer) else { return };
    let mut events = document.root().map(events).unwrap_or_default();
    events.retain(|node| !text(&node.value_at(&["event"])).is_empty());
    vendor::expect(&events, "events", packer);
    let mut made: HashMap<Line, Value> = HashMap::new();
    let mut messages = Vec::new();
    for node in events {
        let event = node.value_at(&["event"]);
        let data = node.value_at(&["data"]);
        match text(&event) {
            "msg" | "editmsg" => {
                made.entry(id(&data)).or_insert_with(|| data["emb"].clone());
                messages.push(node);
            }
            "delete" => messages.push(node),
            "postSaved" => packer.blog(Blog {
                title: line(&data["title"]),
                url: link(&data["url"]),
                standfirst: vendor::standfirst(text(&data["excerpt"])),
                ..Blog::default()
            }),
            // Who came and went, and the like.
            _ => {}
        }
    }
    let last = vendor::last_words(messages, |event| (id(&event["data"]), 0.0, 0));
    Pass::new(&document, context).pack(&last, packer, |event, filling| {
        let data = &event["data"];
        filling.draft.id = id(data);
        if text(&event["event"]) == "delete" {
            return Fate::Removed;
        }
        let time = made.get(&filling.draft.id).unwrap_or(&Value::Null);
        entry(data, time, filling)
    });
}

/// The id that a message is made, edited and deleted under.
fn id(data: &Value) -> Line {
    vendor::id(if data["mid"].is_null() { &data["messageid"] } else { &data["mid"] })
}

fn entry(data: &Value, made: &Value, filling: &mut Filling<'_>) -> Fate {
    filling.published(&[made, &data["emb"]]);
    filling.revised(&data["emb"]);
    filling.author(text(&data["authordisplayname"]));
    filling.headline(&data["title"]);
    let mut body = Body::default();
    body.html(text(if data["textrendered"].is_null() { &data["text"] } else { &data["textrendered"] }));
    filling.body(body)
}
