//! BBC live pages as their data files tell them: a stream of posts beside what is said of the page.
//!
//! Words are a tree of blocks. A paragraph repeats its own words flattened in `text`, which is left alone; white space
//! stands as fragments between paragraphs. What a tree holds that is not known is walked through.

use serde_json::Value;

use crate::{
    feed::{Context, Format, Likeness, Reader},
    model::{Blog, Kinds, Media, MediaKind, Packer, State},
    text::{
        line::Line,
        prose::{BlockKind, MarkKind, Markup},
    },
};

use super::vendor::{self, Body, Fate, Filling, Node, Pass, Text, flag, line, link, text};

/// The row of this format.
pub const FORMAT: Format = Format {
    name: "bbc",
    about: "BBC live: the data file of a page with its stream of posts",
    looks_for: "the JSON of a system for liveblogs",
    sample: "bbc.json",
    rate,
    reader: Reader::Document(read),
};

/// Where a page stands in a text.
const PAGES: [&[&str]; 5] =
    [&[], &["data"], &["pageData"], &["props", "pageProps", "pageData"], &["props", "pageProps"]];

/// Where a stream stands in a page.
const STREAMS: [&[&str]; 4] = [&["liveTextStream", "content", "data"], &["content", "data"], &["data"], &[]];

fn rate(head: &str, is_all: bool) -> Likeness {
    let telling: &[&[&str]] = &[&["\"liveTextStream\"", "\"firstPublished\""]];
    vendor::rate(head, is_all, telling, |root| find(root).is_some())
}

/// The page in a text, and its stream.
fn find(root: Node<'_>) -> Option<(Node<'_>, Node<'_>)> {
    let pages = PAGES.iter().filter_map(|path| root.at(path));
    let mut streams =
        pages.flat_map(|page| STREAMS.iter().filter_map(move |path| Some((page, page.at(path)?))));
    streams.find(|(page, stream)| {
        let posts = posts(*stream);
        let is_quiet = posts.is_empty() && page.has(&["liveTextStream"]) && stream.has(&["results", "page"]);
        is_quiet || posts.into_iter().any(is_post)
    })
}

/// The posts of a stream, which may be nothing else.
fn posts(stream: Node<'_>) -> Vec<Node<'_>> {
    if stream.is_array() { stream.items() } else { stream.list(&["results"]) }
}

fn is_post(node: Node<'_>) -> bool {
    node.has(&["header", "dates"]) || node.has(&["content", "dates"])
}

fn read(bytes: &[u8], context: &Context, packer: &mut Packer) {
    let Some(document) = Text::new(bytes, packer) else { return };
    let Some((page, stream)) = document.root().and_then(find) else {
        packer.problem(None, "no stream of posts in this JSON");
        return;
    };
    packer.blog(blog(page, stream, context));
    Pass::new(&document, context).pack(&posts(stream), packer, entry);
}

fn blog(page: Node<'_>, stream: Node<'_>, context: &Context) -> Blog {
    let fields = page.fields();
    let at = |path: &[&str]| fields.value_at(path);
    let mut standfirst = Body::default();
    standfirst.html(text(&at(&["description"])));
    let points = at(&["summaryPoints", "content"]);
    blocks(&points["model"]["blocks"], BlockKind::Paragraph, &mut standfirst);
    let moment = |path: &[&str]| vendor::moment(&at(path), context);
    Blog {
        id: line(&at(&["metadata", "atiAnalytics", "contentId"])),
        title: line(&at(&["title"])),
        url: link(&at(&["metadata", "locators", "canonicalUrl"])).or_else(|| link(&at(&["url"]))),
        language: line(&at(&["language"])),
        state: match at(&["isLive"]) {
            Value::Bool(true) => State::Live,
            Value::Bool(false) => State::Ended,
            _ => State::Unknown,
        },
        start: moment(&["startDateTime"]).or_else(|| moment(&["seo", "datePublished"])),
        end: moment(&["endDateTime"]),
        standfirst: standfirst.into_prose(),
        partial: vendor::page(
            stream.value_at(&["page", "index"]).as_u64(),
            stream.value_at(&["page", "total"]).as_u64(),
        ),
        ..Blog::default()
    }
}

fn entry(post: &Value, filling: &mut Filling<'_>) -> Fate {
    filling.id(&post["urn"]);
    let kind = text(&post["type"]);
    if !matches!(kind, "" | "POST") {
        return Fate::Left;
    }
    let dates = &post["dates"];
    filling.published(&[
        &dates["firstPublished"],
        &dates["time"],
        &dates["curated"],
        &dates["lastPublished"],
    ]);
    filling.revised(&dates["lastPublished"]);
    filling.link(link(&post["link"]));
    filling.kind(Kinds::BREAKING, flag(&post["options"]["isBreakingNews"]));
    filling.kind(Kinds::PINNED, flag(&post["options"]["isPinned"]));
    let mut body = Body::default();
    for block in post["header"]["model"]["blocks"].as_array().into_iter().flatten() {
        match text(&block["type"]) {
            "headline" => filling.draft.headline = flat(block),
            "subheadline" => body.block(&flat(block), BlockKind::Heading(3)),
            "contributor" => filling.author(text(&block["model"]["name"])),
            _ => {}
        }
    }
    blocks(&post["content"]["model"]["blocks"], BlockKind::Paragraph, &mut body);
    filling.body(body)
}

/// Adds the blocks of a tree; paragraphs become blocks of `kind`.
fn blocks(list: &Value, kind: BlockKind, body: &mut Body) {
    list.as_array().into_iter().flatten().for_each(|each| block(each, kind, body));
}

fn block(block: &Value, kind: BlockKind, body: &mut Body) {
    let model = &block["model"];
    let medium = |kind, body: &mut Body| body.medium(medium(kind, model));
    match text(&block["type"]) {
        "paragraph" | "fragment" | "urlLink" => inline(block, kind, body),
        "headline" | "subheadline" | "heading" | "subheading" => {
            body.block(&flat(block), BlockKind::Heading(3));
        }
        "listItem" => blocks(&model["blocks"], BlockKind::ListItem, body),
        "quote" | "blockquote" | "pullQuote" => {
            if model["blocks"].is_array() {
                blocks(&model["blocks"], BlockKind::Quote, body);
            } else {
                body.block(text(&model["text"]), BlockKind::Quote);
            }
            let speaker =
                [&model["author"], &model["attribution"]].into_iter().map(text).find(|name| !name.is_empty());
            speaker.into_iter().for_each(|name| body.block(&format!("— {name}"), BlockKind::Paragraph));
        }
        "image" => medium(MediaKind::Image, body),
        "video" | "aresMedia" | "media" => medium(MediaKind::Video, body),
        "audio" => medium(MediaKind::Audio, body),
        "social" | "oEmbed" | "embed" | "include" => {
            let posts = found(model, "oembed");
            body.embedded_html(posts.map_or("", |post| text(&post["html"])), false);
            medium(MediaKind::Embed, body);
        }
        _ => blocks(&model["blocks"], kind, body),
    }
}

/// Adds the words of a paragraph.
fn inline(block: &Value, kind: BlockKind, body: &mut Body) {
    let (mut words, mut markup) = (String::new(), Markup::default());
    run(block, &mut words, &mut markup);
    body.marked_block(&words, markup, kind);
}

/// Adds the words of a block and of what it holds to one run of text.
fn run(block: &Value, words: &mut String, markup: &mut Markup) {
    let (start, model) = (words.len(), &block["model"]);
    if block["type"] == "fragment" {
        words.push_str(text(&model["text"]));
        let attributes = model["attributes"].as_array().into_iter().flatten();
        markup.marks.extend(attributes.filter_map(|attribute| match text(attribute) {
            "bold" => Some((start..words.len(), MarkKind::Bold)),
            "italic" => Some((start..words.len(), MarkKind::Italic)),
            _ => None,
        }));
        return;
    }
    model["blocks"].as_array().into_iter().flatten().for_each(|inner| run(inner, words, markup));
    if block["type"] == "urlLink"
        && let Some(link) = link(&model["locator"])
    {
        if start == words.len() {
            words.push_str(text(&model["text"]));
        }
        markup.marks.push((start..words.len(), MarkKind::Link(markup.links.len() as u32)));
        markup.links.push(link);
    }
}

/// The words of a tree as one line.
fn flat(block: &Value) -> Line {
    let mut words = String::new();
    run(block, &mut words, &mut Markup::default());
    if words.is_empty() { line(&block["model"]["text"]) } else { Line::new(&words) }
}

/// The medium that a model describes somewhere in it.
fn medium(kind: MediaKind, model: &Value) -> Media {
    let part = |name: &str| {
        let blocks = model["blocks"].as_array().into_iter().flatten();
        blocks.into_iter().find(|block| block["type"] == name).map(flat).filter(|line| !line.is_empty())
    };
    let words = |key: &str| found(model, key).map(line).filter(|line| !line.is_empty());
    let label = part("caption").or_else(|| part("altText")).or_else(|| words("primaryHeadline"));
    let label =
        label.or_else(|| words("title")).or_else(|| words("provider_name")).or_else(|| words("source"));
    // Of what moves, the addresses that are told are those of its pictures.
    let addresses: &[&str] = match kind {
        MediaKind::Image | MediaKind::Embed => &["url", "locator", "originalUrl", "href", "source", "id"],
        MediaKind::Video | MediaKind::Audio => &["externalLink"],
    };
    Media {
        kind,
        link: addresses.iter().find_map(|key| link(found(model, key)?)),
        text: label.unwrap_or_default(),
        credit: words("copyrightHolder").unwrap_or_default(),
    }
}

/// What stands under `key` somewhere in a tree.
fn found<'a>(tree: &'a Value, key: &str) -> Option<&'a Value> {
    match tree {
        Value::Object(object) => object
            .get(key)
            .filter(|value| !value.is_null())
            .or_else(|| object.values().find_map(|value| found(value, key))),
        Value::Array(array) => array.iter().find_map(|value| found(value, key)),
        _ => None,
    }
}
