//! Saved web pages of liveblogs.
//!
//! A page is read into a flat arena once (`html_text`). What it tells machines is taken from JSON-LD, microdata and `RDFa`
//! (`jsonld`, `microdata`); where it shows its entries is found by those, by the lists that AMP polls, or by its own
//! structure (`list`, `anchors`, `timed`); each shown entry is parted into stamp, byline, headline, labels and body
//! (`shown`). One join decides what is believed of both sides (`join`). No rule knows a publisher.

mod anchors;
mod blog;
mod copies;
mod embeds;
mod further;
mod join;
mod jsonld;
mod keys;
mod lenient;
mod list;
mod mhtml;
mod microdata;
mod page;
mod shown;
mod sites;
mod timed;
mod told;

#[cfg(test)]
mod tests;

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use chrono::{DateTime, Datelike};

use crate::{
    feed::{
        Context, Format, Likeness, Reader,
        formats::plain::{
            calendar::Day,
            days::{Days, Direction},
            sight::{Sight, sight},
        },
    },
    model::{Blog, Draft, Kinds, Packer, Stamp},
    text::line::Line,
};

use list::Place;
use page::{Page, folded};
use shown::{Hints, Shown};
use sites::Site;
use told::{Told, ToldBlog};

/// A saved web page.
pub const FORMAT: Format = Format {
    name: "html",
    about: "a saved web page: JSON-LD, microdata, AMP, or entries with a time each",
    looks_for: "a web page with the entries of a liveblog",
    sample: "kites.html",
    rate,
    reader: Reader::Document(read),
};

/// How many entries with a time make a page a liveblog that does not say so.
const FEWEST: usize = 3;

/// How many nodes before an entry are looked through for its day.
const MOST_BETWEEN: u32 = 2_000;

fn rate(head: &str, is_all: bool) -> Likeness {
    let is_saved = mhtml::is_mhtml(head);
    if !is_saved && !is_html(head) {
        return Likeness::No;
    }
    if !is_all {
        // Most pages begin with more than is known of this one.
        return if is_saved { Likeness::Sure } else { Likeness::Likely };
    }
    let context = Context::bare(DateTime::default());
    let html = text(head);
    let is_blog = jsonld::tells(&html, &context) || {
        let Found { told, places, .. } = find(&html, &context);
        !told.entries.is_empty() || places.len() >= FEWEST
    };
    if is_blog { Likeness::Sure } else { Likeness::No }
}

/// Whether `text` begins as HTML does, and not as a feed or a drawing.
fn is_html(text: &str) -> bool {
    let text = text.trim_start_matches(|char: char| char.is_whitespace() || char == '\u{feff}');
    let mut end = text.len().min(2048);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let start = text.get(..end).unwrap_or_default();
    let lower = start.to_ascii_lowercase();
    let has = |word: &str| lower.contains(word);
    if has("<!doctype html") || has("<html") {
        return true;
    }
    let is_tag = start
        .strip_prefix('<')
        .is_some_and(|rest| rest.starts_with(|char: char| char.is_ascii_alphabetic() || char == '!'));
    is_tag
        && !["<rss", "<feed", "<rdf", "<svg", "<opml", "<urlset", "<plist", "<?xml"]
            .iter()
            .any(|tag| has(tag))
}

/// Whose liveblog a page embeds, when `head` is a page and embeds one.
pub(in crate::feed) fn embedded(head: &str) -> Option<&'static str> {
    let is_page = mhtml::is_mhtml(head) || is_html(head);
    is_page.then(|| text(head)).and_then(|html| embeds::vendor(&html))
}

/// The page itself, taken out of what it was saved in.
fn text(text: &str) -> Cow<'_, str> {
    if mhtml::is_mhtml(text) {
        Cow::Owned(mhtml::html(text).unwrap_or_default())
    } else {
        Cow::Borrowed(text)
    }
}

/// What was found in a page.
struct Found {
    page: Page,
    told: ToldBlog,
    sites: Vec<Site>,
    places: Vec<Place>,
}

/// Reads a page: what it tells, and where it shows entries.
fn find(html: &str, context: &Context) -> Found {
    let page = Page::new(html);
    let mut told = jsonld::blog(&page, context).unwrap_or_default();
    if told.entries.is_empty()
        && let Some(marked) = microdata::blog(&page, context)
    {
        let told_before = std::mem::replace(&mut told, marked);
        if !told_before.title.is_empty() {
            told = ToldBlog { entries: std::mem::take(&mut told.entries), ..told_before };
        }
    }
    join::distrust(&mut told);
    let sites = sites::find(&page, context);
    let places = list::find(&page, &sites, &told.entries);
    Found { page, told, sites, places }
}

fn read(bytes: &[u8], context: &Context, packer: &mut Packer) {
    let whole = std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed);
    let html = text(&whole);
    let mut found = find(&html, context);
    if found.page.arena.is_cut {
        packer.problem(
            None,
            "elements nested deeper than 4,096 levels, or with more than 1,000 attributes: cut to that",
        );
    }
    let mut drafts = drafts(&mut found, context);
    if drafts.is_empty() {
        let vendor = embeds::vendor(&html).map(|vendor| format!("; it embeds a liveblog of {vendor}"));
        packer.problem(None, &format!("no entries in this page{}", vendor.unwrap_or_default()));
    }
    let is_newest_first = descends(drafts.iter().filter_map(|draft| draft.published));
    let blog = blog::blog(&found.page, &found.told, &found.places, &drafts, context);
    let (before, after) = further::neighbours(&found.page);
    let (newer, older) = if is_newest_first { (before, after) } else { (after, before) };
    packer.blog(Blog { older, newer, partial: further::part(&found.page), ..blog });
    for (index, draft) in drafts.iter_mut().enumerate() {
        draft.position = if is_newest_first { -(index as i64) } else { index as i64 };
        packer.entry(draft);
    }
}

/// The entries of `page` in order, each joined from what is told and what is shown.
fn drafts(found: &mut Found, context: &Context) -> Vec<Draft> {
    let (shown, pinned) = show(found, context);
    let Found { told, places, .. } = found;
    places.extend(pinned);
    let order = order(told.entries.len(), places);
    let keys: Vec<String> = told.entries.iter().map(|entry| entry.key.clone()).collect();
    let mut entries: Vec<Option<Told>> = std::mem::take(&mut told.entries).into_iter().map(Some).collect();
    let mut shown: Vec<Option<Shown>> = shown.into_iter().map(Some).collect();
    let pairs: Vec<(Option<&Told>, Option<&Shown>)> = order
        .iter()
        .map(|(told, place)| {
            let told = told.and_then(|index| entries.get(index)).and_then(Option::as_ref);
            (told, place.and_then(|index| shown.get(index)).and_then(Option::as_ref))
        })
        .collect();
    let verdict = join::judge(&pairs);
    let mut drafts: Vec<Draft> = Vec::with_capacity(order.len());
    let mut known: HashMap<String, usize> = HashMap::new();
    for (index, place) in order {
        let told = index.and_then(|index| entries.get_mut(index)).and_then(Option::take);
        let shown = place.and_then(|index| shown.get_mut(index)).and_then(Option::take);
        let mut draft = Draft::default();
        join::join(told, shown, &verdict, &mut draft);
        let copied = place
            .filter(|_| index.is_none())
            .and_then(|place| places.get(place))
            .and_then(|place| keys.get(place.told?));
        if let Some(key) = copied {
            draft.id = Line::new(key);
        }
        let is_empty = draft.headline.is_empty() && draft.body.as_ref().is_empty() && draft.media.is_empty();
        if is_empty && draft.published.is_none() {
            continue;
        }
        // A copy gives what it is marked with to its entry.
        match known.get(draft.id.as_str()).and_then(|index| drafts.get_mut(*index)) {
            Some(entry) if !draft.id.is_empty() => entry.kinds |= draft.kinds,
            _ => {
                known.insert(draft.id.to_string(), drafts.len());
                drafts.push(draft);
            }
        }
    }
    drafts
}

/// The entries as the page shows them at its places, and behind them the pinned ones that stand at none of these, with
/// their places.
fn show(found: &Found, context: &Context) -> (Vec<Shown>, Vec<Place>) {
    let Found { page, told, sites, places } = found;
    let people = told.entries.iter().flat_map(|entry| &entry.authors).chain(&told.authors);
    let authors: HashSet<String> = people.map(|name| folded(name)).collect();
    let moments = places
        .iter()
        .filter_map(|place| sites::within(sites, &place.nodes).iter().find_map(|site| site.moment));
    let direction = if descends(moments) { Direction::NewestFirst } else { Direction::OldestFirst };
    let reader = shown::Reader { page, sites, days: Days::new(context), direction };
    let mut dated = Dated { reader, at: page.elements("h1").next().unwrap_or(0) };
    let changed = told.modified.or(told.start).or_else(|| blog::moment(page, &blog::DATES, context));
    if let Some(stamp) = changed {
        let date = stamp.date();
        let day = Day { number: date.day(), month: date.month(), year: Some(date.year()) };
        dated.reader.days.note_page(Some(day), "");
    }
    let mut shown = Vec::with_capacity(places.len());
    for place in places {
        let headline =
            place.told.and_then(|index| told.entries.get(index)).map_or("", |entry| entry.headline.as_str());
        shown.push(dated.read(place, &Hints { headline, authors: &authors }));
    }
    let ids: Vec<String> = places
        .iter()
        .zip(&shown)
        .map(|(place, shown)| {
            let told = place.told.and_then(|index| told.entries.get(index)).map(|entry| entry.key.clone());
            told.filter(|key| !key.is_empty()).unwrap_or_else(|| shown.id.clone())
        })
        .collect();
    let mut pinned = copies::mark(page, places, &mut shown, &ids);
    // Without a time, it may be anything that is kept on top.
    pinned.retain(|place| places.len() >= FEWEST && !sites::within(sites, &place.nodes).is_empty());
    for place in &pinned {
        let mut entry =
            dated.reader.read(place.nodes.clone(), &Hints { headline: "", authors: &authors }, false);
        entry.kinds |= Kinds::PINNED;
        shown.push(entry);
    }
    (shown, pinned)
}

/// Reads entries, and the days that stand between them.
struct Dated<'a> {
    reader: shown::Reader<'a>,
    /// Up to where the page has been read.
    at: u32,
}

impl Dated<'_> {
    fn read(&mut self, place: &Place, hints: &Hints<'_>) -> Shown {
        let page = self.reader.page;
        let is_first = self.reader.days.is_fresh();
        let gap = self.at.max(place.nodes.start.saturating_sub(MOST_BETWEEN))..place.nodes.start;
        let mut has_entered = false;
        for node in gap.filter(|node| page.arena.is_text(*node + 1) && !page.arena.is_text(*node)) {
            let is_heading = matches!(page.arena.name(node), "h2" | "h3" | "h4" | "h5" | "h6");
            match page.short(node, sites::LONGEST).map(|text| sight(&text)) {
                // A day above the first entry may be that of the page; a heading is of what follows.
                Some(Sight::Day(day)) if is_first && !is_heading => self.reader.days.note_page(Some(day), ""),
                Some(Sight::Day(day)) => {
                    self.reader.days.enter(day);
                    has_entered = true;
                }
                Some(Sight::Updated(found) | Sight::Stamp(found)) if is_first && found.day.is_some() => {
                    self.reader.days.note_page(found.day, &found.zone);
                }
                _ => {}
            }
        }
        self.at = place.nodes.end;
        self.reader.read(place.nodes.clone(), hints, has_entered)
    }
}

/// The entries in order: those that are told as they are told, each with its place; those that are only shown behind the
/// one that is shown before them.
fn order(told: usize, places: &[Place]) -> Vec<(Option<usize>, Option<usize>)> {
    let mut place_of: HashMap<usize, usize> = HashMap::new();
    let mut after: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
    let mut last = None;
    for (index, place) in places.iter().enumerate() {
        match place.told {
            Some(told) if !place_of.contains_key(&told) => {
                place_of.insert(told, index);
                last = Some(told);
            }
            _ => after.entry(last).or_default().push(index),
        }
    }
    let mut order: Vec<(Option<usize>, Option<usize>)> = Vec::with_capacity(told + places.len());
    let loners =
        |told: Option<usize>| after.get(&told).into_iter().flatten().map(|index| (None, Some(*index)));
    order.extend(loners(None));
    for index in 0..told {
        order.push((Some(index), place_of.get(&index).copied()));
        order.extend(loners(Some(index)));
    }
    order
}

/// Whether moments run from the newest to the oldest, by most of their steps.
fn descends(stamps: impl Iterator<Item = Stamp>) -> bool {
    let millis: Vec<i64> = stamps.map(Stamp::millis).collect();
    let steps = |is_step: fn(i64, i64) -> bool| {
        millis.windows(2).filter(|pair| matches!(pair, [first, second] if is_step(*first, *second))).count()
    };
    steps(|first, second| first > second) >= steps(|first, second| first < second)
}
