//! An entry as the page shows it: its stamp, byline, headline and labels are found and set apart, the rest is its body.

use std::{collections::HashSet, ops::Range};

use crate::{
    feed::{
        formats::plain::{
            days::{Days, Direction},
            name, noise,
            scan::Clock,
            sight::{Found, Sight, sight},
        },
        html_text,
    },
    model::{Kinds, Media, Stamp},
    text::{line::Line, link::Link, prose::Prose},
};

use super::{
    keys,
    page::{Page, folded, has_word},
    sites::{self, Site, Trust},
};

/// The longest text that may be something else than body, in bytes.
const LONGEST: u32 = 160;
/// The shortest text that surely is body, in bytes.
const BODY: usize = 60;

/// An entry as the page shows it.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub id: String,
    pub link: Option<Link>,
    pub published: Option<Stamp>,
    pub trust: Option<Trust>,
    pub revised: Option<Stamp>,
    /// The stamp in words.
    pub written: String,
    pub headline: Line,
    pub authors: Vec<Line>,
    pub kinds: Kinds,
    pub body: Prose,
    pub media: Vec<Media>,
}

/// What is known before an entry is read.
pub(super) struct Hints<'a> {
    /// The headline that is told elsewhere.
    pub headline: &'a str,
    /// People who write on this page, folded.
    pub authors: &'a HashSet<String>,
}

/// Reads entries in the order of the page.
pub(super) struct Reader<'a> {
    pub page: &'a Page,
    pub sites: &'a [Site],
    pub days: Days,
    pub direction: Direction,
}

impl Reader<'_> {
    /// The entry that stands in `nodes`; `is_first_of_day` tells that its day was entered just before.
    pub(super) fn read(&mut self, nodes: Range<u32>, hints: &Hints<'_>, is_first_of_day: bool) -> Shown {
        let mut sorter = Sorter {
            page: self.page,
            hints,
            shown: Shown::default(),
            skip: Vec::new(),
            has_body: false,
            header: None,
            stamp: None,
            change: None,
        };
        sorter.sort(nodes.clone());
        let Sorter { mut shown, skip, stamp, change, .. } = sorter;
        self.date(&mut shown, &nodes, (stamp, change), is_first_of_day);
        let (body, media) =
            html_text::part(&self.page.arena, nodes.clone(), self.page.base.as_ref(), &|node| {
                skip.binary_search(&node).is_ok()
            });
        (shown.body, shown.media) = (body, media);
        shown.kinds |= kinds(self.page, nodes.start);
        let near = nodes.start..nodes.end.min(nodes.start + 4);
        shown.id = near
            .into_iter()
            .find_map(|node| keys::own_id(self.page, node))
            .map(str::to_owned)
            .unwrap_or_default();
        shown
    }

    /// Settles when the entry was published and changed, by the most trusted of its times; `stamp` and `change` are those
    /// written in words.
    fn date(
        &mut self,
        shown: &mut Shown,
        nodes: &Range<u32>,
        (stamp, change): (Option<Box<Found>>, Option<Box<Found>>),
        is_first_of_day: bool,
    ) {
        let sites = sites::within(self.sites, nodes);
        let best = |is_revision: bool| {
            let of_kind =
                sites.iter().filter(move |site| site.is_revision == is_revision && site.moment.is_some());
            // Of equals the first: what follows belongs to what is quoted.
            of_kind.rev().max_by_key(|site| site.trust)
        };
        let words = stamp
            .or_else(|| sites.iter().filter(|site| !site.is_revision).find_map(|site| site.found.clone()));
        // Where a page tells only when entries were changed, that is when they are from.
        let is_changed_only = best(false).is_none() && words.is_none();
        let told = best(is_changed_only);
        let words = words.or_else(|| change.clone().filter(|_| is_changed_only));
        let in_words =
            words.as_deref().and_then(|found| self.days.resolve(found, self.direction, is_first_of_day));
        let is_better = told.is_none_or(|site| site.trust == Trust::Order);
        (shown.published, shown.trust) = match (told, in_words) {
            (_, Some(stamp)) if is_better => (Some(stamp), Some(Trust::Words)),
            (Some(site), _) => (site.moment, Some(site.trust)),
            (None, stamp) => (stamp, stamp.map(|_| Trust::Words)),
        };
        let changed = best(true).filter(|site| site.trust > Trust::Order).and_then(|site| site.moment);
        shown.revised = changed.or_else(|| self.days.revised(change.as_deref()?, shown.published));
        if let Some(found) = &words {
            shown.written = format!("{:?} {:?} {}", found.day, found.clock.map(Clock::minutes), found.zone);
        }
    }
}

/// Sorts the parts of one entry.
struct Sorter<'a> {
    page: &'a Page,
    hints: &'a Hints<'a>,
    shown: Shown,
    /// What is not body, in order.
    skip: Vec<u32>,
    /// Whether body has been seen.
    has_body: bool,
    /// Where the header ends that is being read.
    header: Option<u32>,
    stamp: Option<Box<Found>>,
    change: Option<Box<Found>>,
}

impl Sorter<'_> {
    fn sort(&mut self, nodes: Range<u32>) {
        let mut node = nodes.start;
        while node < nodes.end {
            if self.page.arena.is_text(node) {
                self.has_body |= self.page.arena.text(node).trim().len() >= BODY;
                node += 1;
            } else if self.is_apart(node, nodes.start) {
                self.skip.push(node);
                node = self.page.arena.end(node);
            } else if self.is_whole(node) {
                self.has_body = true;
                node = self.page.arena.end(node);
            } else {
                self.enter_header(node);
                node += 1;
            }
        }
    }

    /// Whether `node` is a part of the body that needs no looking into.
    fn is_whole(&self, node: u32) -> bool {
        match self.page.arena.name(node) {
            "blockquote" | "figure" | "table" | "iframe" | "video" => true,
            "p" => self.page.length(&self.page.arena.subtree(node)) as usize >= BODY,
            _ => false,
        }
    }

    /// Whether `node` is not body; what it is instead is noted.
    fn is_apart(&mut self, node: u32, root: u32) -> bool {
        let page = self.page;
        let name = page.arena.name(node);
        if is_furniture(page, node) {
            return true;
        }
        let Some(text) = page.short(node, LONGEST) else { return false };
        if self.is_headline(node, name, &text, root) {
            self.shown.headline = Line::new(&page.line(node));
            return true;
        }
        if node == root || matches!(name, "figure" | "blockquote") || self.page.heading_in(node).is_some() {
            return false;
        }
        let is_time = text.len() <= sites::LONGEST as usize;
        if is_time && self.is_stamp(node, &text) {
            return true;
        }
        if let Some(kind) = label(&text) {
            self.shown.kinds |= kind;
            return true;
        }
        if noise::is_furniture(&text) || self.is_byline(node, name, &text) {
            return true;
        }
        // Beside its headline, the header of an entry holds what the entry is not: roles, portraits, labels.
        self.header.is_some_and(|end| node < end) && self.page.arena.is_text(node + 1)
    }

    /// Notes where the header ends that `node` begins, when a heading is in it.
    fn enter_header(&mut self, node: u32) {
        if self.page.arena.name(node) == "header" && self.page.heading_in(node).is_some() {
            self.header = Some(self.page.arena.end(node));
        }
    }

    fn is_headline(&self, node: u32, name: &str, text: &str, root: u32) -> bool {
        if self.has_body || !self.shown.headline.is_empty() {
            return false;
        }
        let is_heading = matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        let is_told = || !self.hints.headline.is_empty() && folded(text) == folded(self.hints.headline);
        let is_marked = || {
            matches!(self.page.arena.name(node), "div" | "span" | "p" | "strong" | "a" | "header")
                && self.page.arena.attribute(node, "itemprop") == Some("headline")
        };
        // Bold words that stand for themselves above the text are a heading by another name.
        let stands_bold = || {
            matches!(name, "strong" | "b")
                && !self
                    .page
                    .ancestors(node)
                    .take_while(|above| *above > root)
                    .any(|above| self.page.arena.name(above) == "p")
                && text.contains(' ')
                && noise::is_headline(text)
                && !name::is_full_name(text)
        };
        (is_heading && !is_key_label(text) && !is_stamp_text(text))
            || is_told()
            || is_marked()
            || (stands_bold() && label(text).is_none() && !is_stamp_text(text))
    }

    /// Whether `text` is a time with what belongs to it.
    fn is_stamp(&mut self, node: u32, text: &str) -> bool {
        let is_time = self.page.arena.name(node) == "time" || self.page.arena.name(node) == "amp-timeago";
        match sight(text) {
            Sight::Stamp(found) if !found.is_inline => {
                if !found.byline.is_empty() && self.shown.authors.is_empty() {
                    self.shown.authors = name::authors(&found.byline);
                }
                self.shown.kinds |= label(&found.label).unwrap_or(Kinds::NONE);
                self.stamp.get_or_insert(found);
                true
            }
            Sight::Updated(found) => {
                self.change.get_or_insert(found);
                true
            }
            Sight::Relative { .. } | Sight::Day(_) => !self.has_body || is_time,
            Sight::Dash => {
                let authors = name::authors(text.trim_start_matches(['—', '–', '―', '-', ' ']));
                if self.shown.authors.is_empty() {
                    self.shown.authors = authors;
                }
                true
            }
            // What scripts make a time of when the page is open: a count of seconds, or nothing yet.
            _ => is_time,
        }
    }

    /// Whether `text` names who wrote the entry.
    fn is_byline(&mut self, node: u32, element: &str, text: &str) -> bool {
        let bare = text.trim_start_matches(['—', '–', '―', '-', ' ']);
        let is_marked = element == "address"
            || self.page.arena.attributes(node).any(|(name, value)| {
                matches!(name, "itemprop" | "rel" | "class" | "data-testid" | "property")
                    && has_word(value, &["author", "byline", "contributor"])
            });
        let is_known = || self.hints.authors.contains(&folded(name::without_lead(bare).0));
        let is_leaf = || {
            self.page.arena.is_text(node + 1)
                && matches!(element, "span" | "div" | "a" | "mark" | "cite" | "small" | "strong" | "b" | "p")
        };
        let (named, has_lead) = name::without_lead(bare);
        let is_apart = || element != "p" || has_lead || self.header.is_some_and(|end| node < end);
        let is_loose = || !self.has_body && is_leaf() && is_apart() && name::is_full_name(bare);
        let is_byline = (is_marked && name::is_name(bare)) || (is_leaf() && is_known()) || is_loose();
        if is_byline && self.shown.authors.is_empty() {
            self.shown.authors = name::authors(without_house(named));
        }
        is_byline
    }
}

fn is_stamp_text(text: &str) -> bool {
    matches!(sight(text), Sight::Stamp(found) if !found.is_inline)
}

/// A byline without the house that its people work for: `From The Bay’s Ana Bell`.
fn without_house(byline: &str) -> &str {
    let after = byline.split_once("’s ").or_else(|| byline.split_once("'s ")).map(|(_, after)| after);
    after.filter(|after| name::is_full_name(after)).unwrap_or(byline)
}

/// Whether `node` is furniture by what it says it is: buttons and what serves sharing, selling and signing up.
fn is_furniture(page: &Page, node: u32) -> bool {
    let is_button = page.arena.attribute(node, "role").is_some_and(|role| role == "button");
    let is_apart = matches!(page.arena.name(node), "button" | "aside" | "nav");
    is_button
        || is_apart
        || matches!(page.arena.name(node), "div" | "ul" | "section" | "footer" | "a" | "span")
            && page.says(
                node,
                &[
                    "sharebar",
                    "sharelink",
                    "sharebutton",
                    "sharetool",
                    "socialshare",
                    "sharing",
                    "newsletter",
                    "advert",
                    "relatedarticle",
                    "relatedlink",
                ],
            )
}

/// What a label beside an entry makes of it.
fn label(text: &str) -> Option<Kinds> {
    if text.len() > 30 {
        return None;
    }
    let text = folded(text);
    Some(match text.as_str() {
        "key event" | "key moment" | "key update" | "key post" | "highlight" => Kinds::KEY,
        "breaking" | "breaking news" | "eilmeldung" => Kinds::BREAKING,
        "pinned" | "pinned post" | "sticky" | "angepinnt" => Kinds::PINNED,
        "summary" => Kinds::SUMMARY,
        _ => return None,
    })
}

/// Whether `text` is a label and not a headline; a summary may be called just that.
fn is_key_label(text: &str) -> bool {
    label(text).is_some_and(|kind| kind != Kinds::SUMMARY)
}

/// What the element of an entry says that it is.
fn kinds(page: &Page, root: u32) -> Kinds {
    let mut kinds = Kinds::NONE;
    let first = page.arena.children(root).find(|node| !page.arena.is_text(*node));
    for node in [Some(root), first].into_iter().flatten() {
        for (words, kind) in [
            (&["keyevent", "keymoment", "iskey", "typekey"][..], Kinds::KEY),
            (&["pinned", "stickypost", "issticky"][..], Kinds::PINNED),
            (&["breaking"][..], Kinds::BREAKING),
            (&["issummary", "blocksummary", "summaryblock"][..], Kinds::SUMMARY),
        ] {
            if page.says(node, words) {
                kinds |= kind;
            }
        }
    }
    kinds
}
