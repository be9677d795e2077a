//! Tickaroo: a ticker with its events, or one event.
//!
//! Of its two editors, the elder keeps words and spans in `attributes_json`, which is JSON in a string, and the younger
//! in a list of contents. Offsets of spans count UTF-16 units. `title` repeats the words: it is no headline.

use serde_json::Value;

use crate::{
    feed::{Context, Format, Likeness, Reader},
    model::{Blog, Kinds, MediaKind, Packer},
    text::prose::{MarkKind, Markup, Prose},
};

use super::vendor::{self, Body, Fate, Filling, Node, Pass, Text, line, link, text};

/// The row of this format.
pub const FORMAT: Format = Format {
    name: "tickaroo",
    about: "Tickaroo: a ticker with its events, or one event",
    looks_for: "the JSON of a system for liveblogs",
    sample: "tickaroo.json",
    rate,
    reader: Reader::Document(read),
};

/// An event that waits, or waits again, to be published.
const UNPUBLISHED: f64 = 60.0;

fn rate(head: &str, is_all: bool) -> Likeness {
    vendor::rate(head, is_all, &[&["Tik::Model", "Tik::ApiModel"]], |root| {
        events(root).into_iter().any(is_event)
    })
}

fn events(root: Node<'_>) -> Vec<Node<'_>> {
    if root.is_array() {
        return root.items();
    }
    // Those beside the game are whole, those in it are cut short.
    let lists = [&["events"] as &[&str], &["game", "events"]];
    let events = lists.iter().map(|path| root.list(path)).find(|events| !events.is_empty());
    events.unwrap_or_else(|| if is_event(root) { vec![root] } else { Vec::new() })
}

fn is_event(node: Node<'_>) -> bool {
    text(&node.value_at(&["_type"])).starts_with("Tik::Model")
        && (node.has(&["local_id"]) || node.has(&["event_info"]))
}

fn read(bytes: &[u8], context: &Context, packer: &mut Packer) {
    let Some(document) = Text::new(bytes, packer) else { return };
    let Some(root) = document.root() else { return };
    let game = root.value_at(&["game", "meta_info"]);
    if game.is_object() {
        let start = vendor::moment(&root.value_at(&["game", "starts_at"]), context);
        packer.blog(Blog {
            id: vendor::id(&root.value_at(&["game", "_id"])),
            title: line(&game["title"]),
            url: link(&game["web_url"]),
            start: start.or_else(|| vendor::moment(&game["starts_at"], context)),
            standfirst: vendor::standfirst(text(&game["description"])),
            ..Blog::default()
        });
    }
    let events = events(root);
    vendor::expect(&events, "events", packer);
    Pass::new(&document, context).pack(&events, packer, entry);
}

fn entry(event: &Value, filling: &mut Filling<'_>) -> Fate {
    filling.id(if event["local_id"].is_null() { &event["_id"] } else { &event["local_id"] });
    if event["local_status"].as_f64().is_some_and(|status| status >= UNPUBLISHED) {
        return Fate::Removed;
    }
    filling.published(&[&event["created_at"], &event["publish_at"]]);
    filling.revised(&event["updated_at"]);
    filling.headline(&event["headline"]);
    filling.link(link(&event["web_url"]));
    let highlight = text(&event["highlight"]);
    filling.kind(Kinds::PINNED, highlight.starts_with("sticky"));
    filling.kind(Kinds::KEY, highlight == "milestone");
    [&event["user"], &event["author"]].into_iter().for_each(|person| filling.author(text(&person["name"])));
    let mut body = Body::default();
    let info = &event["event_info"];
    words(info, &mut body);
    if body.is_empty() {
        body.paragraphs(text(&info["title"]));
    }
    for content in event["contents"].as_array().into_iter().flatten() {
        words(content, &mut body);
        media(content, &mut body);
    }
    media(event, &mut body);
    let embeds = info["web_embed_urls"].as_array().into_iter().flatten();
    embeds.for_each(|url| body.medium(vendor::media(MediaKind::Embed, url, &Value::Null, &Value::Null)));
    filling.body(body)
}

/// Adds the words of `holder`, whichever way it has them.
fn words(holder: &Value, body: &mut Body) {
    let inner = text(&holder["attributes_json"]);
    let attributed: Value = serde_json::from_str(inner).unwrap_or_default();
    if attributed["text"].is_string() {
        body.prose(&prose(&attributed), Vec::new());
    } else if holder["text"].is_object() {
        body.prose(&prose(&holder["text"]), Vec::new());
    } else if !text(&holder["text"]).is_empty() {
        body.prose(&prose(holder), Vec::new());
    } else {
        body.html(text(&holder["html"]));
    }
}

/// A text with its spans.
fn prose(attributed: &Value) -> Prose {
    let words = text(&attributed["text"]);
    let mut markup = Markup::default();
    let places = places(words);
    for span in attributed["attrs"].as_array().into_iter().flatten() {
        let place = |key: &str| places.get(usize::try_from(span[key].as_u64()?).ok()?).copied();
        let Some(range) = place("start").zip(place("end")).map(|(start, end)| start..end) else { continue };
        let kind = text(&span["_type"]).rsplit("::").next().unwrap_or_default();
        match (kind, link(&span["ref"]["url"])) {
            ("BoldSpan", _) => markup.marks.push((range, MarkKind::Bold)),
            ("ItalicSpan", _) => markup.marks.push((range, MarkKind::Italic)),
            ("RefSpan", Some(link)) => {
                markup.marks.push((range, MarkKind::Link(markup.links.len() as u32)));
                markup.links.push(link);
            }
            _ => {}
        }
    }
    Prose::with_markup(words, markup)
}

/// The byte offset of every UTF-16 unit of `words`, and of its end.
fn places(words: &str) -> Vec<usize> {
    let units = words.char_indices().flat_map(|(at, char)| std::iter::repeat_n(at, char.len_utf16()));
    units.chain([words.len()]).collect()
}

/// Adds the media of `holder`.
fn media(holder: &Value, body: &mut Body) {
    for medium in holder["media"].as_array().into_iter().flatten() {
        let kind = match text(&medium["subtype"]) {
            "v" => MediaKind::Video,
            "a" => MediaKind::Audio,
            _ => MediaKind::Image,
        };
        body.medium(vendor::media(kind, &medium["url"], &medium["title"], &medium["credit"]));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn spans_count_utf16_units() {
        let attributed = json!({
            "text": "😀 Tor für uns",
            "attrs": [
                {"_type": "Tik::ApiModel::Text::BoldSpan", "start": 3, "end": 6},
                {"_type": "Tik::ApiModel::Text::ItalicSpan", "start": 9, "end": 99},
                {"_type": "Tik::ApiModel::Text::RefSpan", "start": 7, "end": 10, "ref": {"url": "javascript:x"}},
            ],
        });
        let prose = prose(&attributed);
        let marked: Vec<&str> = prose
            .as_ref()
            .marks()
            .iter()
            .map(|mark| &prose.text()[mark.range.start as usize..mark.range.end as usize])
            .collect();
        assert_eq!(marked, ["Tor"]);
    }
}
