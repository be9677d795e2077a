//! JSON Feed: telling it from other JSON, and mending one whose values are of other types than they should be.

use feed_rs::model::Link;
use serde::{Deserialize, de::IgnoredAny};
use serde_json::{Map, Value, json};

use crate::feed::formats::jsonl::repair;

/// What every version of it is called by.
const VERSION: &str = "://jsonfeed.org/version/";
/// The version that is read; all of them are alike.
const READ_VERSION: &str = "https://jsonfeed.org/version/1.1";

/// Keys of an item whose values are texts.
const TEXTS: [&str; 9] = [
    "url",
    "external_url",
    "title",
    "content_html",
    "content_text",
    "summary",
    "date_published",
    "date_modified",
    "id",
];

/// Whether the JSON that begins with `head` is a JSON Feed; with items, when it is all of it.
pub(super) fn is_feed(head: &str, is_all: bool) -> bool {
    #[derive(Deserialize)]
    struct Outline {
        #[serde(default)]
        items: Vec<IgnoredAny>,
    }
    let start: String = head.chars().take(4 << 10).collect();
    if !start.replace("\\/", "/").contains(VERSION) {
        return false;
    }
    // One that is not quite JSON is told by its beginning alone.
    !is_all || serde_json::from_str::<Outline>(head).map_or(true, |outline| !outline.items.is_empty())
}

/// The link to the older items of the JSON Feed `text`.
pub(super) fn next(text: &str) -> Option<Link> {
    #[derive(Deserialize)]
    struct Outline {
        next_url: Option<String>,
    }
    let href = serde_json::from_str::<Outline>(text).ok()?.next_url?;
    let rel = Some("next".to_owned());
    Some(Link { href, rel, media_type: None, href_lang: None, title: None, length: None, target: None })
}

/// `text` with the types that the format asks for; what is of another type, and means nothing, is left out.
pub(super) fn mend(text: &str) -> Option<String> {
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(_) => serde_json::from_str(&repair::repair(text)).ok()?,
    };
    let Value::Object(feed) = value else { return None };
    let mut mended = Map::new();
    mended.insert("version".to_owned(), json!(READ_VERSION));
    mended.insert("title".to_owned(), Value::String(feed.get("title").and_then(as_text).unwrap_or_default()));
    for key in ["home_page_url", "feed_url", "description", "language"] {
        copy_text(&feed, key, &mut mended);
    }
    copy_authors(&feed, &mut mended);
    let items = feed.get("items").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    mended.insert("items".to_owned(), items.iter().filter_map(Value::as_object).map(item).collect());
    Some(Value::Object(mended).to_string())
}

fn item(item: &Map<String, Value>) -> Value {
    let mut mended = Map::new();
    TEXTS.iter().for_each(|key| copy_text(item, key, &mut mended));
    copy_authors(item, &mut mended);
    let list = |key: &str| item.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let tags: Vec<Value> = list("tags").iter().filter_map(as_text).map(Value::String).collect();
    mended.insert("tags".to_owned(), Value::Array(tags));
    let attachments = list("attachments").iter().filter_map(Value::as_object).filter_map(|attachment| {
        let text = |key: &str| attachment.get(key).and_then(as_text);
        Some(json!({ "url": text("url")?, "mime_type": text("mime_type")?, "title": text("title") }))
    });
    mended.insert("attachments".to_owned(), attachments.collect());
    Value::Object(mended)
}

fn copy_text(from: &Map<String, Value>, key: &str, to: &mut Map<String, Value>) {
    if let Some(text) = from.get(key).and_then(as_text) {
        to.insert(key.to_owned(), Value::String(text));
    }
}

/// Authors are objects; a bare name names one too.
fn copy_authors(from: &Map<String, Value>, to: &mut Map<String, Value>) {
    let one = from.get("author").into_iter();
    let many = from.get("authors").and_then(Value::as_array).into_iter().flatten();
    let name = |author: &Value| as_text(author.get("name").unwrap_or(author));
    let names = one.chain(many).filter_map(name).map(|name| json!({ "name": name }));
    to.insert("authors".to_owned(), names.collect());
}

fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
