//! Liveblogs in microdata and `RDFa` Lite: properties of elements that are part of the page.
//!
//! The two differ in the names of their attributes alone. A property of a thing within the thing is not its own.

use crate::{
    feed::{Context, formats::plain::name, html_text, time},
    model::Stamp,
    text::{line::Line, link::Link},
};

use super::{
    page::Page,
    told::{self, Body, Told, ToldBlog},
};

/// The liveblog whose entries are marked in `page`.
pub(super) fn blog(page: &Page, context: &Context) -> Option<ToldBlog> {
    let reader = Reader { page, context };
    let all = 1..page.arena.len();
    let mut entries: Vec<u32> =
        all.clone().filter(|node| reader.is_property(*node, "liveBlogUpdate")).collect();
    // An entry is not part of another.
    let mut end = 0;
    entries.retain(|node| {
        *node >= end && {
            end = page.arena.end(*node);
            true
        }
    });
    let blog = all.clone().find(|node| reader.is_thing(*node) && reader.is_type(*node, "LiveBlogPosting"));
    if entries.is_empty() {
        return None;
    }
    // The properties of the blog may stand beside the element that is said to be it.
    let blog = blog.unwrap_or(0);
    let address =
        reader.value(blog, "url").or_else(|| page.arena.attribute(blog, "itemid").map(str::to_owned));
    let address = address.or_else(|| page.base.as_ref().map(ToString::to_string)).unwrap_or_default();
    Some(ToldBlog {
        title: reader.line(blog, &["headline", "name"]),
        url: Link::parse(&address),
        publisher: reader.person(blog, "publisher"),
        authors: name::authors(&reader.person(blog, "author")),
        description: reader.value(blog, "description").unwrap_or_default(),
        start: reader.moment(blog, "coverageStartTime"),
        end: reader.moment(blog, "coverageEndTime"),
        modified: reader.moment(blog, "dateModified"),
        entries: entries.into_iter().map(|node| reader.entry(node, &address)).collect(),
    })
}

struct Reader<'a> {
    page: &'a Page,
    context: &'a Context,
}

impl Reader<'_> {
    fn attribute(&self, node: u32, names: [&str; 2]) -> Option<&str> {
        names.iter().find_map(|name| self.page.arena.attribute(node, name))
    }

    fn is_property(&self, node: u32, wanted: &str) -> bool {
        let names = self.attribute(node, ["itemprop", "property"]);
        names.is_some_and(|names| {
            names.split_ascii_whitespace().any(|name| name.rsplit([':', '/']).next() == Some(wanted))
        })
    }

    /// Whether `node` is a thing with properties of its own.
    fn is_thing(&self, node: u32) -> bool {
        self.attribute(node, ["itemscope", "typeof"]).is_some()
    }

    fn is_type(&self, node: u32, wanted: &str) -> bool {
        let kinds = self.attribute(node, ["itemtype", "typeof"]);
        kinds.is_some_and(|kinds| {
            kinds.split_ascii_whitespace().any(|kind| kind.rsplit([':', '/']).next() == Some(wanted))
        })
    }

    fn entry(&self, node: u32, page: &str) -> Told {
        let url = self.value(node, "url").or_else(|| self.value(node, "mainEntityOfPage"));
        let id = url.as_deref().map(|url| told::key(url, page)).filter(|key| !key.is_empty());
        let id = id.or_else(|| {
            ["id", "itemid", "resource"]
                .iter()
                .find_map(|name| self.page.arena.attribute(node, name).map(str::to_owned))
        });
        let body = self.property(node, "articleBody").map(|body| self.body(body)).unwrap_or_default();
        let publisher = self.person(node, "publisher");
        let mut authors = name::authors(&self.person(node, "author"));
        authors.retain(|author| !author.eq_ignore_ascii_case(&publisher));
        Told {
            key: id.unwrap_or_default(),
            link: url.as_deref().and_then(Link::parse),
            published: self.moment(node, "datePublished").or_else(|| self.moment(node, "dateCreated")),
            revised: self.moment(node, "dateModified"),
            headline: self.line(node, &["headline"]),
            authors,
            body,
            media: Vec::new(),
            node: Some(node),
        }
    }

    /// The body that `node` holds or tells.
    fn body(&self, node: u32) -> Body {
        let arena = &self.page.arena;
        if let Some(text) = arena.attribute(node, "content") {
            return Body::Written(text.to_owned());
        }
        let (prose, media) = html_text::part(arena, arena.subtree(node), self.page.base.as_ref(), &|_| false);
        Body::Read(prose, media)
    }

    /// The element that holds the property of `node` called `name`.
    fn property(&self, node: u32, name: &str) -> Option<u32> {
        let end = self.page.arena.end(node);
        let mut at = node + 1;
        while at < end {
            if self.is_property(at, name) {
                return Some(at);
            }
            // What is within another thing is a property of that.
            let is_other = self.is_thing(at) || self.is_property(at, "liveBlogUpdate");
            at = if is_other { self.page.arena.end(at) } else { at + 1 };
        }
        None
    }

    fn value(&self, node: u32, name: &str) -> Option<String> {
        let property = self.property(node, name)?;
        let told = ["content", "datetime", "href", "src", "itemid"]
            .iter()
            .find_map(|name| self.page.arena.attribute(property, name));
        let value = told.map_or_else(|| self.page.line(property), str::to_owned);
        (!value.trim().is_empty()).then_some(value)
    }

    fn line(&self, node: u32, names: &[&str]) -> Line {
        let texts = names.iter().filter_map(|name| {
            let property = self.property(node, name)?;
            let told = self.page.arena.attribute(property, "content");
            Some(told.map_or_else(|| Line::new(&self.page.line(property)), html_text::line))
        });
        texts.into_iter().find(|line| !line.is_empty()).unwrap_or_default()
    }

    /// The name of the person or organisation that is the property `name`.
    fn person(&self, node: u32, name: &str) -> Line {
        let Some(property) = self.property(node, name) else { return Line::default() };
        if self.is_thing(property) && self.property(property, "name").is_some() {
            return self.line(property, &["name"]);
        }
        self.line(node, &[name])
    }

    fn moment(&self, node: u32, name: &str) -> Option<Stamp> {
        time::parse(html_text::line(&self.value(node, name)?).as_str(), self.context)
    }
}
