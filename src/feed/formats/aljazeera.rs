//! Al Jazeera's answers: the shell of a liveblog, which names its entries, and the entries, asked for one by one.
//!
//! A dump holds them in any number: one, an array, or one a line. An entry that was taken down is answered by null. The
//! shell tells the moments that the entries tell only as local clocks.

use std::collections::HashMap;

use serde_json::Value;

use crate::{
    feed::{Context, Format, Likeness, Reader},
    model::{Blog, Packer, State},
    text::line::Line,
};

use super::vendor::{self, Body, Fate, Filling, Node, Pass, Text, link, text};

/// The row of this format.
pub const FORMAT: Format = Format {
    name: "aljazeera",
    about: "Al Jazeera's answers: a liveblog's shell and its entries, in one array or one a line (by its description)",
    looks_for: "the JSON of a system for liveblogs",
    sample: "aljazeera.json",
    rate,
    reader: Reader::Document(read),
};

fn rate(head: &str, is_all: bool) -> Likeness {
    let telling: &[&[&str]] = &[&["\"childrenMeta\"", "\"shouldDisplayTitle\""]];
    vendor::rate(head, is_all, telling, |root| !articles(root).is_empty() || !posts(root).is_empty())
}

/// The answers in a text.
fn answers(root: Node<'_>) -> Vec<Node<'_>> {
    if root.is_array() { root.items() } else { vec![root] }
}

fn articles(root: Node<'_>) -> Vec<Node<'_>> {
    let articles = answers(root).into_iter().filter_map(|answer| answer.at(&["data", "article"]));
    articles.filter(|article| article.has(&["childrenMeta"]) || article.has(&["children"])).collect()
}

fn posts(root: Node<'_>) -> Vec<Node<'_>> {
    let posts = answers(root).into_iter().filter_map(|answer| answer.at(&["data", "posts"]).or(Some(answer)));
    let posts = posts.flat_map(|posts| if posts.is_array() { posts.items() } else { vec![posts] });
    posts.filter(|post| post.has(&["id", "content"])).collect()
}

fn read(bytes: &[u8], context: &Context, packer: &mut Packer) {
    let Some(document) = Text::new(bytes, packer) else { return };
    let Some(root) = document.root() else { return };
    let mut moments: HashMap<Line, Value> = HashMap::new();
    for article in articles(root) {
        packer.blog(blog(article, context));
        for child in article.list(&["childrenMeta"]) {
            moments.insert(vendor::id(&child.value_at(&["id"])), child.value_at(&["publishedTime"]));
        }
    }
    let posts = posts(root);
    if posts.is_empty() {
        packer.problem(
            None,
            &format!("only the shell of a liveblog, which names {} entries and holds none", moments.len()),
        );
    }
    Pass::new(&document, context).pack(&posts, packer, |post, filling| entry(post, &moments, filling));
}

fn blog(article: Node<'_>, context: &Context) -> Blog {
    let at = |key: &str| article.value_at(&[key]);
    Blog {
        id: vendor::id(&at("id")),
        title: vendor::html_line(text(&at("title"))),
        url: link(&at("link")),
        state: match at("isLive") {
            Value::Bool(true) => State::Live,
            Value::Bool(false) => State::Ended,
            _ => State::Unknown,
        },
        start: vendor::moment(&at("date"), context),
        standfirst: vendor::standfirst(text(&at("excerpt"))),
        ..Blog::default()
    }
}

fn entry(post: &Value, moments: &HashMap<Line, Value>, filling: &mut Filling<'_>) -> Fate {
    filling.id(&post["id"]);
    let told = moments.get(&filling.draft.id).unwrap_or(&Value::Null);
    filling.published(&[told, &post["publishedTime"], &post["date"]]);
    filling.link(link(&post["link"]));
    // Else the title is for the newsroom.
    if post["shouldDisplayTitle"] != false {
        filling.draft.headline = vendor::html_line(text(&post["title"]));
    }
    for author in post["author"].as_array().into_iter().flatten() {
        filling.author(text(&author["name"]));
    }
    let mut body = Body::default();
    body.html(text(&post["content"]));
    filling.body(body)
}
