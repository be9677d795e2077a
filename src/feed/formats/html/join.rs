//! One entry from two: what structured data tells of it and what the page shows.
//!
//! Neither is right everywhere. Sites give every told entry one time, one headline, one list of authors or one picture;
//! they cut told bodies short and lose their paragraphs; they write local times with a `Z`. What many told entries have
//! in common is therefore not believed, and what the page shows goes before what is told unless it is plainly wrong.

use std::{collections::HashMap, hash::Hash};

use crate::{
    feed::formats::plain::scan,
    model::{Draft, Media, Stamp},
    text::{line::Line, prose::Prose},
};

use super::{
    page::{folded, head},
    shown::Shown,
    sites::Trust,
    told::{Body, Told, ToldBlog},
};

/// What quarter of an hour clocks may be apart by a zone that is told wrongly.
const QUARTER: i64 = 15 * 60_000;
const MINUTE: i64 = 60_000;

/// How much of the beginning of a told body is looked for in the one that is shown, in characters.
const ALIKE: usize = 30;
/// How much of the one that is shown is looked through for it, in characters.
const LOOKED: usize = 600;

/// The headline of an entry and the beginning of its body, longer than that, both folded.
fn words(entry: &Told) -> (String, String) {
    let most = 2 * entry.headline.len() + ALIKE;
    (folded(&entry.headline), folded(&entry.body.beginning(most)))
}

/// Leaves out of `blog`'s entries what they have in common though it cannot be true of each.
pub(super) fn distrust(blog: &mut ToldBlog) {
    let title = folded(&blog.title);
    let entries = &mut blog.entries;
    let total = entries.len();
    for entry in entries.iter_mut() {
        entry.headline = without_clock(&entry.headline);
    }
    let mut titled: Vec<(&mut Told, String, String)> = entries
        .iter_mut()
        .filter(|entry| !entry.headline.is_empty())
        .map(|entry| {
            let (headline, beginning) = words(entry);
            (entry, headline, beginning)
        })
        .collect();
    let headlines = titled.iter().map(|(_, headline, _)| headline).filter(|line| !line.is_empty());
    let topic = common(headlines, total).cloned();
    // A body that only repeats its headline says nothing against it, unless most do: then it is made of the body.
    let repeated = titled.iter().filter(|(_, headline, beginning)| headline == beginning).count();
    for (entry, headline, beginning) in &mut titled {
        let is_cut = entry.headline.ends_with('…') || entry.headline.ends_with("...");
        // Nor are the first words of the body a headline.
        let is_beginning = headline.len() >= 12
            && (2 * repeated > total || beginning.len() > headline.len())
            && beginning.starts_with(&*headline);
        let is_topic = *headline == title || Some(&*headline) == topic.as_ref();
        if is_topic || is_beginning || (is_cut && headline.is_empty()) {
            entry.headline.clear();
        }
    }
    if let Some(time) = common(entries.iter().filter_map(|entry| entry.published), entries.len()) {
        entries
            .iter_mut()
            .filter(|entry| entry.published == Some(time))
            .for_each(|entry| entry.published = None);
    }
    if let Some(time) = common(entries.iter().filter_map(|entry| entry.revised), entries.len()) {
        entries.iter_mut().filter(|entry| entry.revised == Some(time)).for_each(|entry| entry.revised = None);
    }
    let links = |entry: &Told| entry.media.iter().map(|medium| medium.link.clone()).collect::<Vec<_>>();
    let mut counts: HashMap<_, usize> = HashMap::new();
    entries.iter().flat_map(links).for_each(|link| *counts.entry(link).or_default() += 1);
    for entry in entries.iter_mut() {
        entry.media.retain(|medium| counts.get(&medium.link).is_none_or(|count| *count < 2));
    }
}

/// The value that more than two, and more than half, of `total` entries share.
fn common<T: Hash + Eq>(values: impl Iterator<Item = T>, total: usize) -> Option<T> {
    let mut counts: HashMap<T, usize> = HashMap::new();
    values.for_each(|value| *counts.entry(value).or_default() += 1);
    counts.into_iter().find(|(_, count)| *count > 2 && 2 * count > total).map(|(value, _)| value)
}

/// A headline without the time that it begins with.
fn without_clock(headline: &Line) -> Line {
    if !headline.starts_with(|char: char| char.is_ascii_digit()) {
        return headline.clone();
    }
    match scan::times(headline) {
        Some((times, rest)) if times.clock.is_some_and(|clock| !clock.is_numeral) => {
            let rest = rest.trim_start_matches(|char: char| char.is_whitespace() || "|:–—-•·".contains(char));
            if rest.is_empty() { headline.clone() } else { Line::new(rest) }
        }
        _ => headline.clone(),
    }
}

/// What holds for the two sides as a whole.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    /// The page writes its times in another zone than it says.
    are_clocks_off: bool,
    /// Told entries all name the same people, and the page names others: those told are the blog's.
    are_bylines_shown: bool,
    /// Most shown entries have this headline.
    topic: Option<String>,
}

/// Compares all pairs of a page.
pub(super) fn judge(pairs: &[(Option<&Told>, Option<&Shown>)]) -> Verdict {
    let minutes = |stamp: Stamp| stamp.millis().div_euclid(MINUTE);
    let apart: Vec<i64> = pairs
        .iter()
        .filter_map(|(told, shown)| Some(minutes((*shown)?.published?) - minutes((*told)?.published?)))
        .collect();
    let first = apart.first().copied().unwrap_or_default();
    let are_clocks_off = apart.len() >= 2
        && first != 0
        && first * MINUTE % QUARTER == 0
        && apart.iter().all(|apart| *apart == first);
    let told: Vec<&Told> = pairs.iter().filter_map(|(told, _)| *told).collect();
    let has_byline = pairs.iter().filter_map(|(_, shown)| *shown).any(|shown| !shown.authors.is_empty());
    let are_bylines_shown = has_byline
        && told.len() > 2
        && told.iter().all(|entry| Some(&entry.authors) == told.first().map(|first| &first.authors));
    let headlines = pairs
        .iter()
        .filter_map(|(_, shown)| *shown)
        .map(|shown| folded(&shown.headline))
        .filter(|headline| !headline.is_empty());
    Verdict { are_clocks_off, are_bylines_shown, topic: common(headlines, pairs.len()) }
}

/// Fills `draft` with what the two sides say.
pub(super) fn join(told: Option<Told>, shown: Option<Shown>, verdict: &Verdict, draft: &mut Draft) {
    let told = told.unwrap_or_default();
    let mut shown = shown.unwrap_or_default();
    if verdict.topic.as_ref().is_some_and(|topic| *topic == folded(&shown.headline)) {
        shown.headline.clear();
    }
    let id = if told.key.is_empty() { &shown.id } else { &told.key };
    draft.id = Line::new(id);
    draft.link = told.link.or(shown.link.take());
    draft.published = published(told.published, &shown, verdict);
    if draft.id.is_empty() {
        draft.written = if shown.written.is_empty() {
            draft.published.map(Stamp::to_rfc3339).unwrap_or_default()
        } else {
            shown.written
        };
    }
    draft.revised = shown.revised.or(told.revised).filter(|revised| {
        draft.published.is_some_and(|published| revised.millis() - published.millis() >= MINUTE)
    });
    draft.headline = if shown.headline.is_empty() { told.headline } else { shown.headline };
    draft.authors = match (shown.authors.is_empty(), verdict.are_bylines_shown) {
        (false, _) => shown.authors,
        (true, true) => Vec::new(),
        (true, false) => told.authors,
    };
    draft.kinds = shown.kinds;
    let (body, media) = read(told.body, told.media, &shown.body);
    let is_told = is_told_better(&body, &shown.body, shown.media.is_empty());
    (draft.body, draft.media) = if is_told { (body, media) } else { (shown.body, shown.media) };
}

/// When an entry was published.
fn published(told: Option<Stamp>, shown: &Shown, verdict: &Verdict) -> Option<Stamp> {
    let (Some(told), Some(page)) = (told, shown.published) else { return told.or(shown.published) };
    let is_same_minute = (told.millis() - page.millis()).abs() < MINUTE;
    // The order in which a page sorts its entries says when they were begun, as what is told does.
    let is_weak =
        matches!(shown.trust, Some(Trust::Order)) || (shown.trust == Some(Trust::Words) && page.is_assumed());
    Some(if verdict.are_clocks_off || is_same_minute || is_weak { told } else { page })
}

/// A told body with its media; nothing where `shown` is sure to be taken, as it mostly is, so that it need not be read.
fn read(body: Body, others: Vec<Media>, shown: &Prose) -> (Prose, Vec<Media>) {
    let length = shown.text().len();
    let most = body.most_length();
    if length > 0 && (most <= length || most * 4 <= length * 5 && is_alike(&body.beginning(ALIKE), shown)) {
        return Default::default();
    }
    let (prose, mut media) = body.read();
    media.extend(others);
    (prose, media)
}

/// Whether `shown` has the beginning of a told body, `start`, near its own.
fn is_alike(start: &str, shown: &Prose) -> bool {
    folded(head(shown.text(), LOOKED)).contains(&folded(start))
}

/// Whether the body that is told says more than the one that is shown.
fn is_told_better(told: &Prose, shown: &Prose, has_no_media: bool) -> bool {
    if shown.text().is_empty() {
        return !told.text().is_empty() || has_no_media;
    }
    let is_shorter = shown.text().len() * 5 < told.text().len() * 4;
    let start = head(told.text(), ALIKE);
    let says_nothing = !start.contains(char::is_alphanumeric);
    !says_nothing && (is_shorter || shown.text().len() < told.text().len() && !is_alike(start, shown))
}
