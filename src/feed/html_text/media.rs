//! Pictures, videos, sounds and embeds of a page, as labelled media.

use url::Url;

use crate::{
    model::{Media, MediaKind},
    text::{line::Line, link::Link},
};

use super::{Arena, elements::Traits};

/// Pictures this wide or less, in pixels, are ornaments.
const ORNAMENT: u32 = 80;
/// The longest text that stands for a pictured sign, in characters.
const SIGN: usize = 4;

/// What an element is as a medium.
pub(super) enum Found {
    Medium(Media),
    /// A pictured sign such as an emoji, by the text that stands for it.
    Sign(String),
    /// It is a medium not worth showing: an ornament, a counter of visits.
    Nothing,
}

/// The element `node` as a medium; `None` when it is none. What is below it belongs to it.
pub(super) fn find(arena: &Arena, node: u32, base: Option<&Url>) -> Option<Found> {
    if !arena.traits(node).has(Traits::MEDIUM) {
        return None;
    }
    let (kind, label) = kind(arena.name(node))?;
    if kind == MediaKind::Image && label.is_empty() {
        if let Some(sign) = sign(arena, node) {
            return Some(Found::Sign(sign));
        }
        if is_ornament(arena, node) {
            return Some(Found::Nothing);
        }
    }
    let link = address(arena, node, base);
    let text = ["alt", "title", "aria-label"]
        .iter()
        .filter_map(|name| arena.attribute(node, name))
        .map(Line::new)
        .find(|text| !text.is_empty());
    let text = text.unwrap_or_else(|| Line::new(label));
    if link.is_none() && text.is_empty() {
        return Some(Found::Nothing);
    }
    Some(Found::Medium(Media { kind, link, text, credit: Line::default() }))
}

/// Whether elements called `name` are media.
pub(super) fn is_medium(name: &str) -> bool {
    kind(name).is_some()
}

/// What elements called `name` are as media, and what they are called when nothing is written on them.
fn kind(name: &str) -> Option<(MediaKind, &'static str)> {
    Some(match name {
        "img" | "amp-img" | "amp-anim" => (MediaKind::Image, ""),
        "video" | "amp-video" | "amp-youtube" | "amp-vimeo" | "amp-brightcove" | "amp-jwplayer"
        | "amp-dailymotion" | "amp-video-iframe" => (MediaKind::Video, "video"),
        "audio" | "amp-audio" | "amp-soundcloud" => (MediaKind::Audio, "audio"),
        "iframe" | "embed" | "object" | "amp-iframe" | "amp-instagram" | "amp-facebook" | "amp-twitter"
        | "amp-tiktok" | "amp-reddit" | "amp-pinterest" | "amp-gist" => (MediaKind::Embed, ""),
        _ => return None,
    })
}

/// The text of a pictured sign: an alternative text of a few characters of which none is a letter or a figure.
fn sign(arena: &Arena, node: u32) -> Option<String> {
    let text = arena.attribute(node, "alt")?.trim();
    let is_sign =
        !text.is_empty() && text.chars().count() <= SIGN && !text.chars().any(char::is_alphanumeric);
    (is_sign && !text.is_ascii()).then(|| text.to_owned())
}

/// Whether a picture only adorns the page: it is tiny, or says that it is an avatar, an icon or a logo.
fn is_ornament(arena: &Arena, node: u32) -> bool {
    let is_small = |name: &str| {
        arena
            .attribute(node, name)
            .and_then(|size| size.trim_end_matches("px").parse::<u32>().ok())
            .is_some_and(|size| size <= ORNAMENT)
    };
    let says = |node: u32| {
        let class = arena.attribute(node, "class").unwrap_or_default();
        class.split(['-', '_', ' ']).any(|word| {
            ["avatar", "icon", "logo", "emoji", "gravatar"]
                .iter()
                .any(|known| word.eq_ignore_ascii_case(known))
        })
    };
    is_small("width") || is_small("height") || says(node) || says(arena.parent(node))
}

/// Where a medium stands: its own address, that of its source, or the one that scripts would put there.
fn address(arena: &Arena, node: u32, base: Option<&Url>) -> Option<Link> {
    const NAMES: [&str; 7] =
        ["src", "data-src", "data-original", "data-lazy-src", "data", "srcset", "data-srcset"];
    let own = |node: u32| {
        NAMES.iter().find_map(|name| {
            let value = arena.attribute(node, name)?;
            // A set lists addresses with the sizes they are for.
            let is_set = name.ends_with("srcset");
            let value = if is_set { value.split_whitespace().next()?.trim_end_matches(',') } else { value };
            link(value, base)
        })
    };
    let below = || arena.subtree(node).filter(|node| arena.name(*node) == "source").find_map(own);
    own(node).or_else(below).or_else(|| link(arena.attribute(node, "poster")?, base))
}

/// The address written as `address` on a page at `base`. A place within the page is none.
pub(in crate::feed) fn link(address: &str, base: Option<&Url>) -> Option<Link> {
    let address = address.trim();
    if address.is_empty() || address.starts_with('#') || address.starts_with("data:") {
        return None;
    }
    Link::parse(address).or_else(|| {
        let has_scheme = address.split(['/', '?', '#']).next().is_some_and(|start| start.contains(':'));
        let joined = base.filter(|_| !has_scheme)?.join(address).ok()?;
        Link::parse(joined.as_str())
    })
}
