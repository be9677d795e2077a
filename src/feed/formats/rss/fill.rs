//! From items to drafts.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use chrono::{DateTime, Utc};
use feed_rs::model::{Content, Entry, Feed, Link as WireLink, MediaObject, Person, Text};
use url::Url;

use crate::{
    feed::{decode, formats::plain::name, html_text},
    model::{Blog, Draft, Kinds, Media, MediaKind, Packer},
    text::{line::Line, link::Link, prose::Prose},
};

use super::moments::Moments;

/// How much later than its publication an item must have been changed to be a revised one, in milliseconds.
const REVISED_AFTER: i64 = 60_000;

/// Categories that say what an item is, in lower case.
const KINDS: [(&str, Kinds); 10] = [
    ("key event", Kinds::KEY),
    ("key events", Kinds::KEY),
    ("key moment", Kinds::KEY),
    ("key moments", Kinds::KEY),
    ("key development", Kinds::KEY),
    ("major development", Kinds::KEY),
    ("breaking", Kinds::BREAKING),
    ("breaking news", Kinds::BREAKING),
    ("pinned", Kinds::PINNED),
    ("summary", Kinds::SUMMARY),
];

/// Packs what `feed` tells.
pub(super) fn feed(feed: &Feed, moments: &Moments, packer: &mut Packer) {
    let base = page(&feed.links).and_then(|link| Url::parse(&link.href).ok());
    packer.blog(blog(feed, base.as_ref()));
    if let Some(minutes) = feed.ttl {
        packer.asks_rest(Duration::from_secs(u64::from(minutes) * 60));
    }
    let ids = Ids::new(&feed.entries);
    let is_newest_first = is_newest_first(&feed.entries);
    let mut draft = Draft::default();
    let mut bylines = Bylines::default();
    for (index, item) in feed.entries.iter().enumerate() {
        draft.clear();
        entry(item, moments, base.as_ref(), &mut draft);
        draft.authors.clone_from(bylines.of(&item.authors));
        ids.set(item, &mut draft);
        draft.position = if is_newest_first { -(index as i64) } else { index as i64 };
        if draft.headline.is_empty() && draft.body.as_ref().is_empty() && draft.media.is_empty() {
            packer.unreadable(None, &format!("item {} has no words; left out", index + 1));
        } else {
            packer.entry(&mut draft);
        }
    }
}

fn blog(feed: &Feed, base: Option<&Url>) -> Blog {
    let title = feed.title.as_ref().map(line).unwrap_or_default();
    let description = feed.description.as_ref().map(|text| prose(text, base).0).unwrap_or_default();
    let is_repeated = description.text() == title.as_str();
    Blog {
        url: page(&feed.links).and_then(|link| Link::parse(&link.href)),
        authors: authors(&feed.authors),
        language: Line::new(feed.language.as_deref().unwrap_or_default()),
        standfirst: if is_repeated { Prose::default() } else { description },
        older: further(&feed.links, &["next", "prev-archive"], base),
        newer: further(&feed.links, &["prev", "previous", "next-archive"], base),
        title,
        ..Blog::default()
    }
}

/// The address of another page of the feed, whose relation is one of `names`.
fn further(links: &[feed_rs::model::Link], names: &[&str], base: Option<&Url>) -> Option<Link> {
    let is_named = |rel: &str| names.contains(&rel);
    links
        .iter()
        .find(|link| link.rel.as_deref().is_some_and(is_named))
        .and_then(|link| resolved(&link.href, base))
}

fn entry(item: &Entry, moments: &Moments, base: Option<&Url>, draft: &mut Draft) {
    let stamp = |time: Option<DateTime<Utc>>| time.and_then(|time| moments.stamp(time));
    let (published, updated) = (stamp(item.published), stamp(item.updated));
    draft.published = published.or(updated);
    let is_later = |time: i64| published.is_some_and(|published| time - published.millis() >= REVISED_AFTER);
    draft.revised = updated.filter(|updated| is_later(updated.millis()));
    draft.kinds = kinds(item);
    draft.link = page(&item.links).and_then(|link| resolved(&link.href, base));
    draft.headline = item.title.as_ref().map(line).unwrap_or_default();
    let own_base = item.base.as_deref().and_then(|base| Url::parse(base).ok());
    (draft.body, draft.media) = body(item, own_base.as_ref().or(base));
    if is_excerpt(&draft.headline, draft.body.text()) {
        draft.headline.clear();
    }
    attached(item, base, &mut draft.media);
}

/// Whether a headline is no more than the beginning of the words, as software makes one of an item that has none.
fn is_excerpt(headline: &str, body: &str) -> bool {
    let start = headline.strip_suffix('…').or_else(|| headline.strip_suffix("...")).map(str::trim_end);
    start.is_some_and(|start| {
        let mut words = body.split_whitespace();
        !start.is_empty()
            && start.split_whitespace().all(|word| words.next().is_some_and(|next| next.starts_with(word)))
    })
}

/// The words of an item, whole rather than summed up, and the media in them.
fn body(item: &Entry, base: Option<&Url>) -> (Prose, Vec<Media>) {
    let content = item.content.as_ref().and_then(|content| content_of(content, base));
    let summary = || item.summary.as_ref().map(|text| prose(text, base));
    content.or_else(summary).unwrap_or_default()
}

fn content_of(content: &Content, base: Option<&Url>) -> Option<(Prose, Vec<Media>)> {
    let body = content.body.as_deref().filter(|body| !body.trim().is_empty())?;
    // What is neither text nor markup is packed, and cannot be read.
    let kind = content.content_type.as_str();
    let is_text = kind.starts_with("text/") || kind.contains("xml") || kind.contains("html");
    is_text.then(|| words(body, kind == "text/plain", base))
}

fn prose(text: &Text, base: Option<&Url>) -> (Prose, Vec<Media>) {
    words(&text.content, text.content_type.as_str() == "text/plain", base)
}

fn words(text: &str, is_plain: bool, base: Option<&Url>) -> (Prose, Vec<Media>) {
    if is_plain && !has_tags(text) {
        return (Prose::new(text), Vec::new());
    }
    // HTML that was escaped twice has no tags, but is full of their names.
    if !text.contains('<') && text.contains("&lt;") {
        let once =
            text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
        if has_tags(&once) {
            return html_text::prose_at(&once, base);
        }
    }
    html_text::prose_at(text, base)
}

/// Whether tags that only HTML has stand in `text`.
fn has_tags(text: &str) -> bool {
    const TAGS: [&str; 12] =
        ["p>", "p ", "/p>", "br>", "br/", "br ", "/a>", "div", "img ", "strong>", "em>", "blockquote"];
    text.split('<').skip(1).any(|rest| TAGS.iter().any(|tag| rest.starts_with(tag)))
}

/// A title in one line. Most are HTML whatever they say, and some are mojibake.
fn line(text: &Text) -> Line {
    html_text::line(&decode::mended(&text.content))
}

/// The authors of one item after the other, who are mostly those of the item before.
#[derive(Default)]
struct Bylines<'a> {
    people: &'a [Person],
    authors: Vec<Line>,
}

impl<'a> Bylines<'a> {
    fn of(&mut self, people: &'a [Person]) -> &Vec<Line> {
        if self.people != people {
            *self = Self { people, authors: authors(people) };
        }
        &self.authors
    }
}

/// The names of `people`; addresses for letters are nobody's business.
fn authors(people: &[Person]) -> Vec<Line> {
    let is_name = |name: &&str| !name.contains('@') || name.contains(' ');
    let mut lines = Vec::new();
    for person in people.iter().filter_map(|person| person.name.as_deref()).map(str::trim).filter(is_name) {
        for line in name::authors(person) {
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    lines
}

fn kinds(item: &Entry) -> Kinds {
    let mut kinds = Kinds::NONE;
    for category in &item.categories {
        for name in [Some(&category.term), category.label.as_ref()].into_iter().flatten() {
            let is_named = |(known, _): &&(&str, Kinds)| is_called(name.trim(), known);
            KINDS.iter().filter(is_named).for_each(|(_, kind)| kinds |= *kind);
        }
    }
    kinds
}

/// Whether a category is called `known`, in whatever case, and with a dash or a line between its words.
fn is_called(name: &str, known: &str) -> bool {
    let is_same = |(byte, known): (u8, u8)| match known {
        b' ' => matches!(byte, b' ' | b'-' | b'_'),
        _ => byte.eq_ignore_ascii_case(&known),
    };
    name.len() == known.len() && name.bytes().zip(known.bytes()).all(is_same)
}

/// The link to the page of a feed or an item.
fn page(links: &[WireLink]) -> Option<&WireLink> {
    let is_page = |link: &&WireLink| {
        link.target.is_none()
            && !is_attachment(link)
            && link.rel.as_deref().is_none_or(|rel| rel.eq_ignore_ascii_case("alternate"))
    };
    links.iter().find(is_page)
}

/// Whether `link` leads to something that belongs to an item: JSON Feed tells its type alone.
fn is_attachment(link: &WireLink) -> bool {
    let is_enclosed = link.rel.as_deref() == Some("enclosure");
    let is_typed =
        link.rel.is_none() && link.media_type.as_deref().is_some_and(|kind| medium(kind).is_some());
    is_enclosed || is_typed
}

fn resolved(address: &str, base: Option<&Url>) -> Option<Link> {
    Link::parse(address).or_else(|| Link::parse(base?.join(address).ok()?.as_str()))
}

/// Adds what is attached to an item and does not stand in its words.
fn attached(item: &Entry, base: Option<&Url>, media: &mut Vec<Media>) {
    for object in &item.media {
        if let Some(medium) = of_object(object) {
            add(medium, media);
        }
    }
    for link in item.links.iter().filter(|link| is_attachment(link)) {
        let kind = link.media_type.as_deref().and_then(medium).unwrap_or(MediaKind::Embed);
        let text = Line::new(link.title.as_deref().unwrap_or_default());
        add(Media { kind, link: resolved(&link.href, base), text, credit: Line::default() }, media);
    }
}

fn add(medium: Media, media: &mut Vec<Media>) {
    let is_new = medium.link.is_some() && media.iter().all(|known| known.link != medium.link);
    if is_new {
        media.push(medium);
    }
}

fn of_object(object: &MediaObject) -> Option<Media> {
    let content = object.content.iter().find(|content| content.url.is_some());
    let address = content.and_then(|content| content.url.as_ref().map(Url::as_str));
    let kind =
        content.and_then(|content| content.content_type.as_ref()).and_then(|kind| medium(kind.as_str()));
    let thumbnail = object.thumbnails.first().map(|thumbnail| thumbnail.image.uri.as_str());
    let text = object.description.as_ref().or(object.title.as_ref());
    let credits: Vec<&str> = object.credits.iter().map(|credit| credit.entity.as_str()).collect();
    Some(Media {
        kind: kind.unwrap_or(MediaKind::Image),
        link: Some(Link::parse(address.or(thumbnail)?)?),
        text: text.map(line).unwrap_or_default(),
        credit: Line::new(&credits.join(", ")),
    })
}

/// The medium that a media type names.
fn medium(kind: &str) -> Option<MediaKind> {
    match kind.split('/').next()? {
        "image" => Some(MediaKind::Image),
        "video" => Some(MediaKind::Video),
        "audio" => Some(MediaKind::Audio),
        _ => None,
    }
}

/// The ids of a feed's items. One that several items bear is none: items of a liveblog may share their page's.
struct Ids<'a> {
    /// Of each id, when the first item that bears it was published.
    shared: HashSet<&'a str>,
    links: HashMap<&'a str, usize>,
}

impl<'a> Ids<'a> {
    fn new(items: &'a [Entry]) -> Self {
        let (mut first, mut shared, mut links) = (HashMap::new(), HashSet::new(), HashMap::new());
        for item in items {
            let published = first.entry(item.id.as_str()).or_insert(item.published);
            if *published != item.published {
                shared.insert(item.id.as_str());
            }
            if let Some(link) = page(&item.links) {
                *links.entry(link.href.as_str()).or_default() += 1;
            }
        }
        Self { shared, links }
    }

    /// Gives `draft` the id of `item`, its link when no other item has it, or what to make one of.
    fn set(&self, item: &Entry, draft: &mut Draft) {
        let link = page(&item.links).map(|link| link.href.as_str());
        let own_link = link.filter(|link| self.links.get(link) == Some(&1));
        if !item.id.is_empty() && !self.shared.contains(item.id.as_str()) {
            draft.id.set(&item.id);
        } else if let Some(link) = own_link {
            draft.id.set(link);
        }
        if draft.id.is_empty() {
            let published = item.published.map(|time| time.to_rfc3339()).unwrap_or_default();
            draft.written = format!("{}{}{published}", item.id, link.unwrap_or_default());
        }
    }
}

/// Whether the newest items come first, as they do in most feeds.
fn is_newest_first(items: &[Entry]) -> bool {
    let mut times = items.iter().filter_map(|item| item.published.or(item.updated));
    let first = times.next();
    let last = times.next_back();
    last.is_none() || last <= first
}
