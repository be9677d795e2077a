//! The blog as a whole: its name, its publisher, its standfirst, and whether it goes on.

use chrono::{DateTime, Utc};

use crate::{
    feed::{Context, formats::plain::name, html_text, time},
    model::{Blog, Draft, Stamp, State},
    text::{line::Line, link::Link, prose::Prose},
};

use super::{list::Place, page::Page, told::ToldBlog};

/// The shortest paragraph of an introduction, in bytes.
const INTRODUCTION: u32 = 40;
/// The most paragraphs of an introduction.
const PARAGRAPHS: usize = 6;

/// What the head of a page may call its date, the latest first.
pub(super) const DATES: [&str; 5] =
    ["article:modified_time", "article:published_time", "og:updated_time", "dateModified", "datePublished"];

/// The blog of `page`, of which `told` is told, and `drafts` were read at `places`.
pub(super) fn blog(
    page: &Page,
    told: &ToldBlog,
    places: &[Place],
    drafts: &[Draft],
    context: &Context,
) -> Blog {
    let title = title(page, told);
    let end = told.end;
    Blog {
        url: told.url.clone().or_else(|| page.base.as_ref().and_then(|base| Link::parse(base.as_str()))),
        publisher: publisher(page, told),
        authors: if told.authors.is_empty() {
            page.meta(&["author"]).filter(|name| name::is_name(name)).map(name::authors).unwrap_or_default()
        } else {
            told.authors.clone()
        },
        language: language(page),
        state: state(&title, end, drafts, context.now),
        start: told.start.or_else(|| moment(page, &["article:published_time", "datePublished"], context)),
        end,
        standfirst: standfirst(page, told, places),
        title,
        ..Blog::default()
    }
}

/// A moment that the head of `page` tells.
pub(super) fn moment(page: &Page, names: &[&str], context: &Context) -> Option<Stamp> {
    time::parse(page.meta(names)?, context)
}

fn title(page: &Page, told: &ToldBlog) -> Line {
    if !told.title.is_empty() {
        return told.title.clone();
    }
    let heading = || {
        let headings: Vec<u32> = page.elements("h1").collect();
        headings.into_iter().map(|node| Line::new(&page.line(node))).find(|line| !line.is_empty())
    };
    let meta = || page.meta(&["og:title", "twitter:title"]).map(Line::new);
    let head = || page.elements("title").next().map(|node| Line::new(page.arena.text(node)));
    heading().or_else(meta).or_else(head).unwrap_or_default()
}

fn publisher(page: &Page, told: &ToldBlog) -> Line {
    if told.publisher.is_empty() {
        page.meta(&["og:site_name", "application-name"]).map(Line::new).unwrap_or_default()
    } else {
        told.publisher.clone()
    }
}

fn language(page: &Page) -> Line {
    let html = page.elements("html").next();
    html.and_then(|node| page.arena.attribute(node, "lang")).map(Line::new).unwrap_or_default()
}

/// Whether the blog goes on, by its title, or by an end that lies between its last entry and now. An end that is that
/// of the last entry only says when the page was made.
fn state(title: &str, end: Option<Stamp>, drafts: &[Draft], now: DateTime<Utc>) -> State {
    let title = title.to_lowercase();
    let last = drafts.iter().filter_map(|draft| draft.published).map(Stamp::millis).max();
    let is_over = end.is_some_and(|end| {
        end.millis() < now.timestamp_millis() && last.is_some_and(|last| end.millis() > last + 60_000)
    });
    let words = || title.split(|char: char| !char.is_alphanumeric());
    if title.contains("as it happened") || is_over {
        State::Ended
    } else if words().any(|word| matches!(word, "live" | "liveblog" | "liveticker" | "live-ticker")) {
        State::Live
    } else {
        State::Unknown
    }
}

/// The introduction of the blog: as told, as marked in the page, as the head describes it, or what follows its title.
fn standfirst(page: &Page, told: &ToldBlog, places: &[Place]) -> Prose {
    let base = page.base.as_ref();
    if !told.description.is_empty() {
        return html_text::prose_at(&told.description, base).0;
    }
    let first = places.iter().map(|place| place.nodes.start).min().unwrap_or(page.arena.len());
    let marked = (1..first).find(|node| {
        matches!(page.arena.name(*node), "div" | "section" | "p" | "h2")
            && page.arena.end(*node) <= first
            && page.length(&page.arena.subtree(*node)) >= INTRODUCTION
            && page.says(
                *node,
                &["standfirst", "subtitle", "articleintro", "articlelead", "articlesummary", "subheadline"],
            )
    });
    if let Some(node) = marked {
        return html_text::part(&page.arena, page.arena.subtree(node), base, &|_| false).0;
    }
    if let Some(text) = page.meta(&["description", "og:description"]) {
        return html_text::prose(text).0;
    }
    let Some(heading) = page.elements("h1").find(|node| *node < first) else { return Prose::default() };
    let paragraphs = (heading..first).filter(|node| {
        page.arena.name(*node) == "p"
            && page.arena.end(*node) <= first
            && page.plain_length(&page.arena.subtree(*node)) >= INTRODUCTION
    });
    let texts: Vec<String> = paragraphs.take(PARAGRAPHS).map(|node| page.line(node)).collect();
    Prose::new(&texts.join("\n\n"))
}
