//! Liveblogs in JSON-LD: `LiveBlogPosting` in the scripts of a page, wherever in them it stands.
//!
//! Scripts are read one by one, so that a broken one spoils nothing but itself. Types may be lists, lists may be single
//! objects, people may be names, and names may point elsewhere by `@id`: all of it as found on real pages.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use crate::{
    feed::{Context, formats::plain::name, html_text, time},
    model::{Media, MediaKind, Stamp},
    text::{line::Line, link::Link},
};

use super::{
    lenient,
    page::Page,
    told::{self, Body, Told, ToldBlog},
};

/// How deep lists and graphs may be nested.
const DEPTH: usize = 16;

type Object = Map<String, Value>;

/// The liveblog that the scripts of `page` tell, all its variants in one.
pub(super) fn blog(page: &Page, context: &Context) -> Option<ToldBlog> {
    let arena = &page.arena;
    let scripts = page.elements("script").filter(|node| {
        arena.attribute(*node, "type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"))
    });
    let values: Vec<Value> = scripts.filter_map(|node| lenient::parse(arena.text(node))).collect();
    from_values(&values, context)
}

/// Whether the scripts of `html` tell entries of a liveblog, without reading the page around them.
pub(super) fn tells(html: &str, context: &Context) -> bool {
    if memchr::memmem::find(html.as_bytes(), b"LiveBlogPosting").is_none() {
        return false;
    }
    let mut rest = html;
    let scripts = std::iter::from_fn(|| {
        let start = memchr::memmem::find(rest.as_bytes(), b"<script")?;
        let (tag, after) = rest.get(start..)?.split_once('>')?;
        let end = memchr::memmem::find(after.as_bytes(), b"</script").unwrap_or(after.len());
        let (script, after) = after.split_at_checked(end)?;
        rest = after;
        Some((tag, script))
    });
    let told = scripts.filter(|(tag, _)| tag.contains("ld+json"));
    let values: Vec<Value> = told.filter_map(|(_, script)| lenient::parse(script)).collect();
    from_values(&values, context).is_some_and(|blog| !blog.entries.is_empty())
}

/// The liveblog that `values` tell.
pub(super) fn from_values(values: &[Value], context: &Context) -> Option<ToldBlog> {
    let mut objects = Vec::new();
    values.iter().for_each(|value| collect(value, DEPTH, &mut objects));
    let named: HashMap<&str, &Object> = objects
        .iter()
        .filter(|object| object.len() > 1)
        .filter_map(|object| Some((object.get("@id")?.as_str()?, *object)))
        .collect();
    let reader = Reader { named, context };
    let blogs = objects.iter().filter(|object| is_type(object, "LiveBlogPosting"));
    let mut told: Option<ToldBlog> = None;
    for blog in blogs.map(|object| reader.blog(object)) {
        match &mut told {
            None => told = Some(blog),
            Some(known) => known.entries.extend(blog.entries),
        }
    }
    let mut told = told?;
    let mut seen = HashSet::new();
    let are_kept = told.entries.iter().map(|entry| {
        let is_said = !entry.key.is_empty() || !entry.is_empty();
        is_said && seen.insert((&entry.key, entry.published, &entry.headline, entry.body.raw()))
    });
    let mut are_kept = are_kept.collect::<Vec<bool>>().into_iter();
    told.entries.retain(|_| are_kept.next().unwrap_or_default());
    Some(told)
}

/// All objects in `value` that may be a thing of their own: those in lists and graphs.
fn collect<'a>(value: &'a Value, depth: usize, objects: &mut Vec<&'a Object>) {
    match value {
        Value::Array(values) if depth > 0 => {
            values.iter().for_each(|value| collect(value, depth - 1, objects));
        }
        Value::Object(object) => {
            objects.push(object);
            for key in
                ["@graph", "mainEntity", "mainEntityOfPage", "hasPart", "publisher", "isPartOf", "about"]
            {
                if let Some(value) = object.get(key).filter(|_| depth > 0) {
                    collect(value, depth - 1, objects);
                }
            }
        }
        _ => {}
    }
}

/// Whether `object` is of the type `wanted`, whatever else it is.
fn is_type(object: &Object, wanted: &str) -> bool {
    let is_it = |value: &Value| {
        value
            .as_str()
            .is_some_and(|kind| kind.rsplit(['/', '#', ':']).next().is_some_and(|kind| kind == wanted))
    };
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is_it),
        Some(kind) => is_it(kind),
        None => false,
    }
}

/// The items of a list, or the one item that stands for a list.
fn items(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::Array(values)) => values,
        Some(Value::Null) | None => &[],
        Some(value) => std::slice::from_ref(value),
    }
}

struct Reader<'a> {
    /// Things by their `@id`.
    named: HashMap<&'a str, &'a Object>,
    context: &'a Context,
}

impl Reader<'_> {
    fn blog(&self, object: &Object) -> ToldBlog {
        let address = ["url", "mainEntityOfPage", "@id"].iter().find_map(|key| address(object.get(*key)?));
        let url = address.unwrap_or_default();
        let title = text(object, &["headline", "name"]);
        let mut entries: Vec<Told> = items(object.get("liveBlogUpdate"))
            .iter()
            .filter_map(Value::as_object)
            .map(|entry| self.entry(entry, url))
            .collect();
        drop_constant_keys(&mut entries);
        ToldBlog {
            title: html_text::line(title),
            url: Link::parse(url),
            publisher: self.publisher(object),
            authors: self.authors(object.get("author"), ""),
            description: text(object, &["description"]).to_owned(),
            start: self.moment(object, "coverageStartTime").or_else(|| self.moment(object, "datePublished")),
            end: self.moment(object, "coverageEndTime"),
            modified: self.moment(object, "dateModified"),
            entries,
        }
    }

    fn entry(&self, object: &Object, page: &str) -> Told {
        let id = ["@id", "url", "identifier", "mainEntityOfPage"]
            .iter()
            .find_map(|key| Some(told::key(address(object.get(*key)?)?, page)).filter(|key| !key.is_empty()));
        let link = ["url", "@id"].iter().find_map(|key| Link::parse(address(object.get(*key)?)?));
        let body = Body::Written(text(object, &["articleBody", "text", "description"]).to_owned());
        let videos = items(object.get("video")).iter();
        let mut media: Vec<Media> = videos.filter_map(|value| medium(value, MediaKind::Video)).collect();
        let images = items(object.get("image"));
        // One picture on every entry is that of the page: `join` drops it.
        media.extend(images.iter().take(1).filter_map(|value| medium(value, MediaKind::Image)));
        let published =
            ["datePublished", "dateCreated", "uploadDate"].iter().find_map(|key| self.moment(object, key));
        Told {
            key: id.unwrap_or_default(),
            link,
            published,
            revised: self.moment(object, "dateModified"),
            headline: html_text::line(text(object, &["headline", "name", "alternativeHeadline"])),
            authors: self.authors(object.get("author"), &self.publisher(object)),
            body,
            media,
            node: None,
        }
    }

    /// The thing that `value` is or points to.
    fn resolve<'b>(&'b self, value: &'b Value) -> Option<&'b Object> {
        let object = value.as_object()?;
        let points = object.len() <= 2 && !object.contains_key("name");
        let target = || self.named.get(object.get("@id")?.as_str()?).copied();
        Some(if points { target().unwrap_or(object) } else { object })
    }

    fn publisher(&self, object: &Object) -> Line {
        let publisher = items(object.get("publisher")).first();
        publisher.map_or_else(Line::default, |value| match value {
            Value::String(name) if !name.starts_with("http") => html_text::line(name),
            value => {
                self.resolve(value).map(|object| html_text::line(text(object, &["name"]))).unwrap_or_default()
            }
        })
    }

    /// The people that `value` names; the publisher itself is nobody.
    fn authors(&self, value: Option<&Value>, publisher: &str) -> Vec<Line> {
        let mut authors: Vec<Line> = Vec::new();
        for value in items(value) {
            let names = match value {
                Value::String(name) => vec![name.as_str()],
                value => self
                    .resolve(value)
                    .map(|object| items(object.get("name")).iter().filter_map(Value::as_str).collect())
                    .unwrap_or_default(),
            };
            for name in names.into_iter().filter(|name| !name.starts_with("http")) {
                for author in name::authors(html_text::line(name).as_str()) {
                    if !author.eq_ignore_ascii_case(publisher) && !authors.contains(&author) {
                        authors.push(author);
                    }
                }
            }
        }
        authors
    }

    fn moment(&self, object: &Object, key: &str) -> Option<Stamp> {
        match object.get(key)? {
            Value::String(text) => time::parse(html_text::line(text).as_str(), self.context),
            Value::Number(number) => time::from_count(number.as_f64()?),
            _ => None,
        }
    }
}

/// A key that several entries share is none.
fn drop_constant_keys(entries: &mut [Told]) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    entries.iter().for_each(|entry| *counts.entry(entry.key.clone()).or_default() += 1);
    entries
        .iter_mut()
        .filter(|entry| counts.get(&entry.key).is_some_and(|count| *count > 2))
        .for_each(|entry| entry.key.clear());
}

/// The first text under one of `keys`.
fn text<'a>(object: &'a Object, keys: &[&str]) -> &'a str {
    let texts = keys.iter().filter_map(|key| match object.get(*key)? {
        Value::String(text) => Some(text.as_str()),
        Value::Array(values) => values.first()?.as_str(),
        Value::Object(inner) => ["@value", "text"].iter().find_map(|key| inner.get(*key)?.as_str()),
        _ => None,
    });
    texts.map(str::trim).find(|text| !text.is_empty()).unwrap_or_default()
}

/// The address that `value` is, or that the thing it is has.
fn address(value: &Value) -> Option<&str> {
    let address = match value {
        Value::String(text) => text.as_str(),
        Value::Object(object) => ["@id", "url", "value"].iter().find_map(|key| object.get(*key)?.as_str())?,
        _ => return None,
    };
    Some(address.trim()).filter(|address| !address.is_empty())
}

fn medium(value: &Value, kind: MediaKind) -> Option<Media> {
    let link = |text: &str| Link::parse(text);
    match value {
        Value::String(text) => {
            Some(Media { kind, link: Some(link(text)?), text: Line::default(), credit: Line::default() })
        }
        Value::Object(object) => {
            let keys = ["contentUrl", "embedUrl", "url", "@id", "thumbnail", "thumbnailUrl"];
            let address =
                keys.iter().find_map(|key| link(items(object.get(*key)).first().and_then(address)?));
            let label = html_text::line(text(object, &["caption", "name", "headline", "description"]));
            (address.is_some() || !label.is_empty()).then(|| Media {
                kind,
                link: address,
                text: label,
                credit: html_text::line(text(object, &["creditText", "copyrightHolder"])),
            })
        }
        _ => None,
    }
}
