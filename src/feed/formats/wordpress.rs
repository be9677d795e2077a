//! The WordPress Liveblog plugin: a page of entries, or the answer to a poll.
//!
//! A poll tells `new`, `update` and `delete` of one entry in any order; the last word counts. `entry_time` is when an
//! entry was made, `timestamp` when it was told last. There is no headline but what the words begin with.

use serde_json::Value;

use crate::{
    feed::{Context, Format, Likeness, Reader},
    model::{Blog, Kinds, Packer},
    text::line::Line,
};

use super::vendor::{self, Body, Fate, Filling, Node, Pass, Text, flag, link, text};

/// The row of this format.
pub const FORMAT: Format = Format {
    name: "wordpress",
    about: "the WordPress Liveblog plugin: entries, or what a poll answers",
    looks_for: "the JSON of a system for liveblogs",
    sample: "wordpress.json",
    rate,
    reader: Reader::Document(read),
};

fn rate(head: &str, is_all: bool) -> Likeness {
    let telling: &[&[&str]] = &[&[
        "\"css_classes\"",
        "\"entry_time\"",
        "\"latest_timestamp\"",
        "\"update\"",
        "\"delete\"",
        "\"new\"",
    ]];
    let likeness = vendor::rate(head, is_all, telling, is_it);
    // Words such as “new” tell nothing before all is known.
    let is_telling = ["\"css_classes\"", "\"entry_time\""].iter().any(|key| head.contains(key));
    if likeness == Likeness::Likely && !is_telling { Likeness::Unsure } else { likeness }
}

fn entries(root: Node<'_>) -> Vec<Node<'_>> {
    if root.is_array() { root.items() } else { root.list(&["entries"]) }
}

fn is_it(root: Node<'_>) -> bool {
    let entries = entries(root);
    let is_entry = |node: &Node<'_>| {
        node.has(&["id", "render", "css_classes"])
            || node.has(&["id", "content"]) && is_change(&node.value_at(&["type"]))
    };
    let is_quiet = || root.has(&["latest_timestamp", "refresh_interval"]);
    entries.iter().take(20).any(is_entry) || is_quiet()
}

/// Whether `kind` is what a poll says of an entry.
fn is_change(kind: &Value) -> bool {
    matches!(text(kind), "new" | "update" | "delete")
}

fn read(bytes: &[u8], context: &Context, packer: &mut Packer) {
    let Some(document) = Text::new(bytes, packer) else { return };
    let Some(root) = document.root() else { return };
    let (number, total) = (root.value_at(&["page"]), root.value_at(&["pages"]));
    let partial = vendor::page(number.as_u64().or(Some(1)), total.as_u64());
    packer.blog(Blog { partial, ..Blog::default() });
    let entries = entries(root);
    if !root.has(&["latest_timestamp"]) {
        vendor::expect(&entries, "entries", packer);
    }
    // A page of entries has a number; the answer to a poll says how far it reaches.
    let is_later = |entry: &Node<'_>| matches!(text(&entry.value_at(&["type"])), "update" | "delete");
    if root.has(&["latest_timestamp"]) && !root.has(&["page"]) || entries.iter().any(is_later) {
        packer.tells_changes();
    }
    let entries = vendor::last_words(entries, |entry| {
        let told = entry["timestamp"].as_f64().unwrap_or_default();
        (vendor::id(&entry["id"]), told, 0)
    });
    Pass::new(&document, context).pack(&entries, packer, entry);
}

fn entry(entry: &Value, filling: &mut Filling<'_>) -> Fate {
    filling.id(&entry["id"]);
    if text(&entry["type"]) == "delete" {
        return Fate::Removed;
    }
    filling.published(&[&entry["entry_time"], &entry["timestamp"]]);
    filling.revised(&entry["timestamp"]);
    filling.link(link(&entry["share_link"]));
    let is_marked = text(&entry["css_classes"]).split_whitespace().any(|class| class == "type-key");
    filling.kind(Kinds::KEY, flag(&entry["key_event"]) || is_marked);
    let authors = entry["authors"].as_array().into_iter().flatten();
    authors.for_each(|author| filling.author(text(&author["name"])));
    if filling.draft.authors.is_empty() {
        // Older answers tell one author, as a name or as a link around it.
        filling.author(&vendor::html_line(text(&entry["author_link"])));
    }
    let words = if text(&entry["render"]).is_empty() { &entry["content"] } else { &entry["render"] };
    let words = without_commands(text(words));
    let (headline, rest) = split_headline(&words);
    filling.draft.headline = headline;
    let mut body = Body::default();
    body.html(rest);
    filling.body(body)
}

/// `html` without the words by which its author marked the entry: `/key`, and what the plugin made of it.
fn without_commands(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, span)) = rest.split_once("<span") {
        out.push_str(before);
        let tag = span.split_once('>').map_or("", |(tag, _)| tag);
        match span.split_once("</span>") {
            Some((_, after)) if tag.contains("liveblog-command") => rest = after,
            _ => {
                out.push_str("<span");
                rest = span;
            }
        }
    }
    out.push_str(rest);
    match out.trim_start().trim_start_matches("<p>").strip_prefix("/key") {
        Some(after) if after.starts_with([' ', '<', '\n']) => out.replacen("/key", "", 1),
        _ => out,
    }
}

/// The heading, or the paragraph all in bold, that `html` begins with, and the rest; no headline where nothing follows.
fn split_headline(html: &str) -> (Line, &str) {
    let start = html.trim_start();
    let ends = [
        ("<h1", "</h1>"),
        ("<h2", "</h2>"),
        ("<h3", "</h3>"),
        ("<h4", "</h4>"),
        ("<p><strong>", "</strong></p>"),
        ("<p><b>", "</b></p>"),
    ];
    let parts = ends.iter().find_map(|(begin, end)| {
        let (first, rest) = start.starts_with(begin).then(|| start.split_once(end))??;
        let is_one = !first.contains("</p>") && !first.contains("</strong>") && !first.contains("</b>");
        (is_one && !rest.trim().is_empty()).then(|| (vendor::html_line(first), rest))
    });
    parts.unwrap_or((Line::default(), html))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Coverage;

    #[test]
    fn a_poll_removes_only_what_it_says() {
        let zone = crate::model::Zone::UTC;
        let now = chrono::DateTime::default();
        let context = Context { assumed_zone: None, local_zone: zone, date: None, modified: None, now };
        let told = |text: &str| {
            let mut packer = Packer::new(0);
            read(text.as_bytes(), &context, &mut packer);
            packer.take(Coverage::Window, true)
        };
        let page =
            told(r#"{"entries": [{"id": "1", "type": "new", "render": "a", "css_classes": ""}], "page": 1}"#);
        assert_eq!((page.coverage, page.removed.len()), (Coverage::Window, 0));
        let poll =
            told(r#"{"entries": [{"id": "1", "type": "delete", "content": ""}], "latest_timestamp": 5}"#);
        assert_eq!((poll.coverage, poll.removed.len()), (Coverage::Delta, 1));
    }

    #[test]
    fn commands_are_no_words() {
        let span = "<p><span class=\"liveblog-command type-key\">key</span> Gates open</p>";
        assert_eq!(without_commands(span), "<p> Gates open</p>");
        assert_eq!(without_commands("<p>/key Gates open</p>"), "<p> Gates open</p>");
        assert_eq!(
            without_commands("<p>The /keynote <span>b</span></p>"),
            "<p>The /keynote <span>b</span></p>"
        );
        assert_eq!(without_commands("<span <span"), "<span <span");
    }

    #[test]
    fn a_headline_is_what_stands_alone_in_bold_above_words() {
        let split = |html| {
            let (headline, rest) = split_headline(html);
            (headline.to_string(), rest.to_owned())
        };
        assert_eq!(
            split("<p><strong>Gates</strong></p><p>Open.</p>"),
            ("Gates".into(), "<p>Open.</p>".into())
        );
        assert_eq!(split("<h3 id=a>Gates</h3> Open."), ("Gates".into(), " Open.".into()));
        for html in ["<p><strong>Gates</strong></p>", "<p><strong>Ana</strong> says</p><p>Yes</p>", "Open"] {
            assert_eq!(split(html), (String::new(), html.to_owned()));
        }
    }
}
