//! Finds told entries in a page: by key, headline, first words or moment, and from there the element that shows each.
//!
//! What names one entry lies in it. The largest element that names one entry alone is the entry; where several lists
//! name the same entries, as a menu of headlines does, the one with the most text shows them.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    keys::Keys,
    list::Place,
    page::{Page, folded, head},
    sites::Site,
    told::Told,
};

/// The shortest headline that is looked for, folded.
const SHORTEST: usize = 8;
/// How much of the beginning of a body is looked for, folded.
const BEGINNING: usize = 40;

/// A node that names a told entry.
type Anchor = (u32, usize);

/// The places of `told` in `page`; empty when too few are found.
pub(super) fn find(page: &Page, sites: &[Site], told: &[Told], keys: &Keys) -> Vec<Place> {
    if told.is_empty() {
        return Vec::new();
    }
    let anchors = anchors(page, sites, told, keys);
    if told.len() == 1 {
        return alone(page, &anchors);
    }
    let mut lists: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    let mut end = 0;
    let mut last = usize::MAX;
    for index in 0..anchors.len() {
        let Some((node, entry)) = anchors.get(index).copied() else { break };
        if entry == last && node < end {
            continue;
        }
        let root = climb(page, &anchors, index);
        (last, end) = (entry, page.arena.end(root));
        let place = Place { nodes: page.arena.subtree(root), told: Some(entry) };
        lists.entry(kinship(page, root)).or_default().push(place);
    }
    let Some(mut places) = lists.into_values().max_by_key(|places| weight(page, places)) else {
        return Vec::new();
    };
    if distinct(&places) < 2 {
        return Vec::new();
    }
    let is_flat = merge(page, &mut places);
    drop_copies(page, &mut places);
    stretch(page, &mut places, is_flat);
    add_siblings(page, sites, &mut places);
    places
}

/// The nodes that name told entries, in order.
fn anchors(page: &Page, sites: &[Site], told: &[Told], keys: &Keys) -> Vec<Anchor> {
    let moments = unique(told.iter().map(|entry| entry.published.map(crate::model::Stamp::millis)));
    let mut anchors: Vec<Anchor> = sites
        .iter()
        .filter(|site| !site.is_revision)
        .filter_map(|site| Some((site.node, moments.get(&site.moment?.millis()).copied().flatten()?)))
        .collect();
    let elements = || (1..page.arena.len()).filter(|node| !page.arena.is_text(*node));
    anchors.extend(elements().filter_map(|node| Some((node, keys.of_node(page, node)?))));
    let named: HashSet<usize> = anchors.iter().map(|(_, entry)| *entry).collect();
    // Words are looked for where keys and moments do not name nearly all entries.
    if named.len() * 5 < told.len() * 4 {
        let headlines = told.iter().map(|entry| folded(&entry.headline));
        let headlines = unique(headlines.map(|text| (text.len() >= SHORTEST).then_some(text)));
        let beginnings = told.iter().map(|entry| folded(&entry.body.beginning(3 * BEGINNING)));
        let beginnings = unique(beginnings.map(|text| beginning(&text)));
        let by_words = elements().filter_map(|node| {
            let entry = match page.arena.name(node) {
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "a" | "strong" | "b" | "span" | "div" => {
                    headlines.get(&folded(&page.short(node, 400)?)).copied().flatten()?
                }
                "p" | "li" => {
                    let text = folded(head(page.arena.text(node), 3 * BEGINNING));
                    let by_headline = headlines.get(&text).copied().flatten();
                    by_headline.or_else(|| beginnings.get(&beginning(&text)?).copied().flatten())?
                }
                _ => return None,
            };
            Some((node, entry))
        });
        anchors.extend(by_words);
    }
    anchors.sort_unstable();
    anchors.dedup();
    anchors
}

fn beginning(text: &str) -> Option<String> {
    let end = text.char_indices().nth(BEGINNING)?.0;
    text.get(..end).map(str::to_owned)
}

/// Which entry each value belongs to; `None` for a value of several.
fn unique<T: std::hash::Hash + Eq>(values: impl Iterator<Item = Option<T>>) -> HashMap<T, Option<usize>> {
    let mut entries = HashMap::new();
    for (index, value) in values.enumerate() {
        if let Some(value) = value {
            entries.entry(value).and_modify(|known| *known = None).or_insert(Some(index));
        }
    }
    entries
}

/// The one told entry of a page, where its element says so itself.
fn alone(page: &Page, anchors: &[Anchor]) -> Vec<Place> {
    let has_text = |node: u32| page.length(&page.arena.subtree(node)) > 40;
    let is_part = |node: &u32| {
        matches!(page.arena.name(*node), "article" | "section" | "div" | "li") && has_text(*node)
    };
    let root = anchors.iter().map(|(node, _)| *node).find(is_part);
    root.map(|root| Place { nodes: page.arena.subtree(root), told: Some(0) }).into_iter().collect()
}

/// The largest element around the anchor `index` that names no other entry.
fn climb(page: &Page, anchors: &[Anchor], index: usize) -> u32 {
    let Some((mut node, entry)) = anchors.get(index).copied() else { return 0 };
    let (mut low, mut high) = (index, index);
    loop {
        let parent = page.arena.parent(node);
        if matches!(page.arena.name(parent), "" | "body" | "html" | "main") {
            return node;
        }
        let nodes = page.arena.subtree(parent);
        while let Some((before, other)) = low.checked_sub(1).and_then(|low| anchors.get(low))
            && nodes.contains(before)
        {
            if *other != entry {
                return node;
            }
            low -= 1;
        }
        while let Some((after, other)) = anchors.get(high + 1)
            && nodes.contains(after)
        {
            if *other != entry {
                return node;
            }
            high += 1;
        }
        node = parent;
    }
}

/// What nodes have in common that stand in one list: their parent, or parents that look alike.
pub(super) fn kinship(page: &Page, node: u32) -> String {
    let parent = page.arena.parent(node);
    let class = page.arena.attribute(parent, "class").unwrap_or_default().trim();
    if class.is_empty() || class.len() > 200 {
        parent.to_string()
    } else {
        format!("{} {class}", page.arena.name(parent))
    }
}

/// How many entries a list names, and how much text it has.
fn weight(page: &Page, places: &[Place]) -> (usize, u32) {
    (distinct(places), places.iter().map(|place| page.length(&place.nodes)).sum())
}

fn distinct(places: &[Place]) -> usize {
    let told: HashSet<Option<usize>> = places.iter().map(|place| place.told).collect();
    told.len()
}

/// Joins neighbours that name one entry; tells whether there were any: then entries have no element of their own.
fn merge(page: &Page, places: &mut Vec<Place>) -> bool {
    let before = places.len();
    let mut merged: Vec<Place> = Vec::with_capacity(before);
    for place in places.drain(..) {
        match merged.last_mut() {
            Some(last)
                if last.told == place.told
                    && page.arena.parent(last.nodes.start) == page.arena.parent(place.nodes.start) =>
            {
                last.nodes.end = place.nodes.end;
            }
            _ => merged.push(place),
        }
    }
    *places = merged;
    places.len() < before
}

/// Keeps the longest place of each entry, and of equals the last: what is pinned on top is a copy.
fn drop_copies(page: &Page, places: &mut Vec<Place>) {
    let mut best: HashMap<Option<usize>, (u32, u32)> = HashMap::new();
    for place in places.iter() {
        let rank = (page.length(&place.nodes), place.nodes.start);
        best.entry(place.told).and_modify(|known| *known = rank.max(*known)).or_insert(rank);
    }
    places.retain(|place| best.get(&place.told).is_some_and(|(_, start)| *start == place.nodes.start));
}

/// Where entries have no element of their own, they go on until the next begins.
fn stretch(page: &Page, places: &mut [Place], is_flat: bool) {
    let Some(first) = places.first() else { return };
    let parent = page.arena.parent(first.nodes.start);
    let own: u32 = places.iter().map(|place| page.length(&place.nodes)).sum();
    let end = page.arena.end(parent);
    let is_one_list = places.iter().all(|place| page.arena.parent(place.nodes.start) == parent);
    if !is_one_list || !is_flat && own >= page.length(&(first.nodes.start..end)) * 2 / 5 {
        return;
    }
    for index in 0..places.len() {
        let next = places.get(index + 1).map_or(end, |place| place.nodes.start);
        if let Some(place) = places.get_mut(index) {
            place.nodes.end = next;
        }
    }
}

/// Adds the entries of the list that nothing told: elements like the others, with a time if those have one.
fn add_siblings(page: &Page, sites: &[Site], places: &mut Vec<Place>) {
    let Some(first) = places.first().map(|place| place.nodes.clone()) else { return };
    let has_time = |nodes: &std::ops::Range<u32>| !super::sites::within(sites, nodes).is_empty();
    if !has_time(&first) || first.end != page.arena.end(first.start) {
        return;
    }
    let parent = page.arena.parent(first.start);
    let look = |node: u32| {
        (page.arena.name(node).to_owned(), page.arena.attribute(node, "class").map(str::to_owned))
    };
    let wanted = look(first.start);
    let known: HashSet<u32> = places.iter().map(|place| place.nodes.start).collect();
    let others = page.arena.children(parent).filter(|node| !known.contains(node) && look(*node) == wanted);
    let others: Vec<Place> = others
        .map(|node| Place { nodes: page.arena.subtree(node), told: None })
        .filter(|place| has_time(&place.nodes))
        .collect();
    places.extend(others);
    places.sort_by_key(|place| place.nodes.start);
}
