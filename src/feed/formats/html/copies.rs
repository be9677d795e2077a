//! Copies of entries that stand outside their list: the pinned one on top, and the list of key events.

use crate::model::Kinds;

use super::{
    keys::Keys,
    list::Place,
    page::{Page, folded, head},
    shown::Shown,
};

/// How much of an entry's text tells it, folded.
const BEGINNING: usize = 60;

/// The most pinned copies that are looked at.
const COPIES: usize = 8;

/// Marks the entries in `shown` of which `page` has a pinned copy, and those in its list of key events. `ids` tells
/// what each of them is called. Gives the places of pinned entries that are no copy.
pub(super) fn mark(page: &Page, places: &[Place], shown: &mut [Shown], ids: &[String]) -> Vec<Place> {
    let mut keys = Keys::default();
    ids.iter().enumerate().for_each(|(index, id)| keys.add(id, index));
    for key in key_events(page, places) {
        if let Some(entry) = keys.get(&key).and_then(|index| shown.get_mut(index)) {
            entry.kinds |= Kinds::KEY;
        }
    }
    let is_in_list = |node: u32| {
        let before = places.partition_point(|place| place.nodes.start <= node);
        before
            .checked_sub(1)
            .and_then(|last| places.get(last))
            .is_some_and(|place| place.nodes.contains(&node))
    };
    let (mut end, mut copies, mut lone) = (0, 0, Vec::new());
    for node in 1..page.arena.len() {
        if copies == COPIES {
            break;
        }
        let holds_list =
            || places.first().is_some_and(|place| page.arena.subtree(node).contains(&place.nodes.start));
        if node < end
            || page.arena.is_text(node)
            || !page.says(node, &["pinnedpost", "pinnedblock", "pinnedentry", "stickypost"])
            || is_in_list(node)
            || holds_list()
        {
            continue;
        }
        end = page.arena.end(node);
        copies += 1;
        let text = folded(&page.line(node));
        let mut is_copy = false;
        for entry in shown.iter_mut() {
            let beginning = folded(head(entry.body.text(), BEGINNING));
            if beginning.len() >= BEGINNING / 2 && text.contains(&beginning) {
                entry.kinds |= Kinds::PINNED;
                is_copy = true;
            }
        }
        if !is_copy && text.len() >= BEGINNING / 2 {
            lone.push(Place { nodes: page.arena.subtree(node), told: None });
        }
    }
    lone
}

/// The keys of the entries that the page lists as key events.
fn key_events(page: &Page, places: &[Place]) -> Vec<String> {
    let mut keys = Vec::new();
    let first = places.first().map_or(0, |place| place.nodes.start);
    for node in 1..page.arena.len() {
        if page.arena.is_text(node) {
            continue;
        }
        // What scripts are to make a list of: `{"keyEvents":[{"id":…}]}`.
        for (_, value) in page.arena.attributes(node).filter(|(_, value)| value.starts_with('{')) {
            keys.extend(ids_in(value));
        }
        let is_title = matches!(page.arena.name(node), "h2" | "h3" | "h4" | "strong" | "div" | "span" | "p")
            && page.short(node, 24).is_some_and(|text| {
                matches!(folded(&text).as_str(), "key events" | "key moments" | "key updates" | "key points")
            });
        if !is_title {
            continue;
        }
        let list = page.arena.parent(node);
        if page.arena.subtree(list).contains(&first) {
            continue;
        }
        for link in page.arena.subtree(list).filter(|node| page.arena.name(*node) == "a") {
            let fragment =
                page.arena.attribute(link, "href").and_then(|address| Some(address.rsplit_once('#')?.1));
            keys.extend(fragment.or_else(|| page.arena.attribute(link, "data-id")).map(str::to_owned));
        }
    }
    keys
}

/// The ids of the objects in the list of key events within `json`.
fn ids_in(json: &str) -> Vec<String> {
    if memchr::memmem::find(json.as_bytes(), b"\"keyEvents\"").is_none() {
        return Vec::new();
    }
    let Ok(value) = serde_json::from_str::<serde_json::Value>(json) else { return Vec::new() };
    let events = value.get("keyEvents").and_then(serde_json::Value::as_array);
    let ids = events.into_iter().flatten().filter_map(|event| event.get("id")?.as_str());
    ids.map(str::to_owned).collect()
}
