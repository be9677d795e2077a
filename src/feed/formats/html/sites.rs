//! The places of a page that carry a time: `time` elements, attributes that hold a moment, and short texts that read as
//! the stamp of an entry.

use crate::{
    feed::{
        Context,
        formats::plain::sight::{Found, Sight, Strength, sight},
        time,
    },
    model::{Precision, Stamp},
};

use super::page::{Page, has_word};

/// The longest text that is looked at as a stamp, in bytes.
pub(super) const LONGEST: u32 = 90;

/// How far a time may be trusted, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trust {
    /// A number that entries are sorted by.
    Order,
    /// A time in words, of which zone or day may have to be assumed.
    Words,
    /// A moment in an attribute made for scripts.
    Data,
    /// A moment in an attribute made for it.
    Moment,
}

/// A place that carries a time.
#[derive(Debug)]
pub(super) struct Site {
    pub node: u32,
    /// The moment, when it is told whole.
    pub moment: Option<Stamp>,
    /// The time as written for people.
    pub found: Option<Box<Found>>,
    /// Whether it tells when something was changed.
    pub is_revision: bool,
    pub trust: Trust,
}

/// All places of `page` that carry a time, in order.
pub(super) fn find(page: &Page, context: &Context) -> Vec<Site> {
    let mut sites = Vec::new();
    for node in 1..page.arena.len() {
        if page.arena.is_text(node) || matches!(page.arena.name(node), "meta" | "script" | "style" | "link") {
            continue;
        }
        if let Some(site) = in_attributes(page, node, context).or_else(|| in_words(page, node)) {
            sites.push(site);
        }
    }
    sites
}

/// The time in the attributes of `node`, with what is written in it.
fn in_attributes(page: &Page, node: u32, context: &Context) -> Option<Site> {
    let is_time = page.arena.name(node) == "time";
    let (mut moment, mut trust, mut is_revision) = (None, Trust::Order, false);
    for (name, value) in page.arena.attributes(node) {
        let told = match name {
            "datetime" => Trust::Moment,
            "content"
                if page.arena.attribute(node, "itemprop").is_some_and(|name| name.starts_with("date")) =>
            {
                Trust::Moment
            }
            _ if name.starts_with("data-")
                && ["time", "date", "stamp"].iter().any(|word| name.contains(word)) =>
            {
                if name.contains("sort") { Trust::Order } else { Trust::Data }
            }
            _ => continue,
        };
        let revises = ["update", "modif", "edit"].iter().any(|word| name.contains(word));
        if value.len() > 40 || (moment.is_some() && (told <= trust || revises)) {
            continue;
        }
        let stamp = time::parse(value, context).filter(|stamp| stamp.precision() != Precision::Day);
        if stamp.is_some() {
            (moment, trust, is_revision) = (stamp, told, revises);
        }
    }
    let seen =
        if is_time || moment.is_some() { page.short(node, LONGEST).map(|text| sight(&text)) } else { None };
    let (found, revises) = match seen {
        Some(Sight::Stamp(found)) if !found.is_inline => (Some(found), false),
        Some(Sight::Updated(found)) => (Some(found), true),
        _ => (None, false),
    };
    if moment.is_none() {
        trust = Trust::Words;
        found.as_ref().filter(|_| is_time)?;
    }
    let names = ["itemprop", "class"].iter().filter_map(|name| page.arena.attribute(node, name));
    let is_revision =
        is_revision || revises || names.into_iter().any(|value| has_word(value, &["modified", "updated"]));
    Some(Site { node, moment, found, is_revision, trust })
}

/// The stamp that is all the text of `node`, when nothing else is in it.
fn in_words(page: &Page, node: u32) -> Option<Site> {
    if !page.arena.is_text(node + 1) || page.arena.parent(node + 1) != node {
        return None;
    }
    // Every time has a figure.
    page.arena.text(node).bytes().take(1024).find(u8::is_ascii_digit)?;
    let text = page.short(node, LONGEST)?;
    let (found, is_revision) = match sight(&text) {
        Sight::Stamp(found) if !found.is_inline && found.strength > Strength::Weak => (found, false),
        Sight::Updated(found) => (found, true),
        _ => return None,
    };
    Some(Site { node, moment: None, found: Some(found), is_revision, trust: Trust::Words })
}

/// The sites within `nodes`.
pub(super) fn within<'a>(sites: &'a [Site], nodes: &std::ops::Range<u32>) -> &'a [Site] {
    let start = sites.partition_point(|site| site.node < nodes.start);
    let end = sites.partition_point(|site| site.node < nodes.end);
    sites.get(start..end).unwrap_or_default()
}
