//! Entries by the page's own structure: elements that stand side by side, each with a time and a text of its own.
//!
//! A list of teasers has times too, but its headlines lead elsewhere; comments are no entries. Where the times stand
//! between the texts instead of around them, an entry goes from one to the next.

use std::collections::{BTreeMap, HashSet};

use super::{anchors::kinship, list::Place, page::Page, sites::Site};

/// The fewest elements that make a list.
const FEWEST: usize = 3;
/// The shortest text of an entry that leads nowhere, in bytes.
const SHORTEST: u32 = 40;
/// How much of an entry's text counts, in bytes, so that one long text does not make a list.
const COUNTED: u32 = 800;

/// The entries of `page`; `told` of them are told elsewhere.
pub(super) fn find(page: &Page, sites: &[Site], told: usize) -> Vec<Place> {
    let fewest = if told > 0 { FEWEST.min(told).max(1) } else { FEWEST };
    let mut lists: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    let mut holders: HashSet<u32> = HashSet::new();
    // The innermost lists first: what holds a list is no entry.
    for (parent, children) in timed_children(page, sites).into_iter().rev() {
        let is_entry = |child: &u32| !holders.contains(child) && is_entry(page, *child);
        let entries: Vec<u32> = children.iter().copied().filter(is_entry).collect();
        let places = if entries.len() >= fewest {
            entries.iter().map(|child| Place { nodes: page.arena.subtree(*child), told: None }).collect()
        } else if children.len() >= fewest {
            flat(page, parent, &children)
        } else {
            // One day of several may hold one entry.
            entries.iter().map(|child| Place { nodes: page.arena.subtree(*child), told: None }).collect()
        };
        if places.is_empty() || is_comments(page, parent) {
            continue;
        }
        if places.len() >= fewest {
            holders.insert(parent);
            holders.extend(page.ancestors(parent));
        }
        let first = places.first().map_or(parent, |place| place.nodes.start);
        lists.entry(kinship(page, first)).or_default().extend(places);
    }
    let weight = |places: &Vec<Place>| -> u32 {
        places.iter().map(|place| page.plain_length(&place.nodes).min(COUNTED)).sum()
    };
    let best = lists.into_values().filter(|places| places.len() >= fewest).max_by_key(weight);
    let mut places = best.unwrap_or_default();
    places.sort_by_key(|place| place.nodes.start);
    // Lists of one look may stand in one another.
    let mut end = 0;
    places.retain(|place| {
        let is_free = place.nodes.start >= end;
        end = end.max(place.nodes.end);
        is_free
    });
    places
}

/// The elements that hold a time, by their parent.
fn timed_children(page: &Page, sites: &[Site]) -> BTreeMap<u32, Vec<u32>> {
    let mut children: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let mut seen = HashSet::new();
    for site in sites {
        let mut node = site.node;
        while node != 0 && seen.insert(node) {
            let parent = page.arena.parent(node);
            children.entry(parent).or_default().push(node);
            node = parent;
        }
    }
    children.values_mut().for_each(|children| children.sort_unstable());
    children
}

/// Whether `node` may be an entry: it has a text of its own, and its headline leads nowhere else.
fn is_entry(page: &Page, node: u32) -> bool {
    let nodes = page.arena.subtree(node);
    if matches!(page.arena.name(node), "header" | "footer" | "nav" | "aside" | "main" | "body" | "p" | "time")
    {
        return false;
    }
    page.plain_length(&nodes) >= SHORTEST && !leads_elsewhere(page, node)
}

/// Whether the heading of `node` is a link to another page.
fn leads_elsewhere(page: &Page, node: u32) -> bool {
    let Some(heading) = page.heading_in(node) else { return false };
    let within = page.arena.subtree(heading).find(|node| page.arena.name(*node) == "a");
    let around = || {
        page.ancestors(heading).take_while(|above| *above >= node).find(|node| page.arena.name(*node) == "a")
    };
    let Some(address) = within.or_else(around).and_then(|link| page.arena.attribute(link, "href")) else {
        return false;
    };
    let path =
        page.base.as_ref().map(|base| base.path().trim_end_matches('/')).filter(|path| !path.is_empty());
    let is_own = address.contains('#') || path.is_some_and(|path| address.contains(path));
    !is_own
}

/// Whether `node` is where readers comment.
fn is_comments(page: &Page, node: u32) -> bool {
    std::iter::once(node).chain(page.ancestors(node)).take(6).any(|node| {
        !matches!(page.arena.name(node), "body" | "html" | "main" | "article")
            && page.says(node, &["comment", "relatedart", "mostread", "mostpopular"])
    })
}

/// The entries of `parent` whose times, `children`, stand between their texts.
fn flat(page: &Page, parent: u32, children: &[u32]) -> Vec<Place> {
    let elements: Vec<u32> =
        page.arena.children(parent).filter(|node| page.length(&page.arena.subtree(*node)) > 0).collect();
    let is_stamp = |node: &u32| page.length(&page.arena.subtree(*node)) <= super::sites::LONGEST;
    let stamps: Vec<usize> = children
        .iter()
        .filter(|node| is_stamp(node))
        .filter_map(|node| elements.binary_search(node).ok())
        .collect();
    let (Some(first), Some(last)) = (stamps.first().copied(), stamps.last().copied()) else {
        return Vec::new();
    };
    if stamps.len() < FEWEST {
        return Vec::new();
    }
    let node = |index: usize| elements.get(index).copied().unwrap_or(page.arena.end(parent));
    let is_heading = |index: usize| matches!(page.arena.name(node(index)), "h2" | "h3" | "h4" | "h5" | "h6");
    let headed = stamps.iter().filter(|stamp| stamp.checked_sub(1).is_some_and(is_heading)).count();
    let closes = last + 1 == elements.len() && first > 0 && headed == 0;
    let starts: Vec<usize> =
        if closes {
            let mut start = 0;
            stamps.iter().map(|stamp| std::mem::replace(&mut start, stamp + 1)).collect()
        } else {
            let back = usize::from(2 * headed > stamps.len());
            stamps
                .iter()
                .map(|stamp| {
                    if back == 1 && stamp.checked_sub(1).is_some_and(is_heading) { stamp - 1 } else { *stamp }
                })
                .collect()
        };
    let ends = starts.iter().skip(1).copied().chain([elements.len()]);
    let places: Vec<Place> = starts
        .iter()
        .zip(ends)
        .map(|(start, end)| Place { nodes: node(*start)..node(end), told: None })
        .collect();
    let texts = places
        .iter()
        .filter(|place| page.length(&place.nodes) > SHORTEST + super::sites::LONGEST / 3)
        .count();
    if 2 * texts >= places.len() { places } else { Vec::new() }
}
