//! Where the entries stand in a page.
//!
//! Structured data that lies in the page says so itself, as do the lists that AMP polls. Else what structured data tells
//! is looked up in the page (`anchors`); and where nothing is told, elements that stand side by side with a time each
//! are the entries (`timed`). No rule knows a page by the names of its classes.

use std::ops::Range;

use super::{anchors, keys::Keys, page::Page, sites::Site, timed, told::Told};

/// A part of the page that shows an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub nodes: Range<u32>,
    /// Which of the told entries it shows.
    pub told: Option<usize>,
}

/// The parts of `page` that show entries, in order.
pub(super) fn find(page: &Page, sites: &[Site], told: &[Told]) -> Vec<Place> {
    let marked = marked(page, told);
    if !marked.is_empty() {
        return marked;
    }
    let keys = Keys::new(told);
    let mut places = polled(page);
    if places.is_empty() {
        places = anchors::find(page, sites, told, &keys);
    }
    if places.is_empty() {
        places = timed::find(page, sites, told.len());
    }
    recognise(page, &keys, &mut places);
    places
}

/// The elements that are the entries of structured data themselves, when they show what they tell.
fn marked(page: &Page, told: &[Told]) -> Vec<Place> {
    let places: Vec<Place> = told
        .iter()
        .enumerate()
        .filter_map(|(index, entry)| {
            Some(Place { nodes: page.arena.subtree(entry.node?), told: Some(index) })
        })
        .collect();
    let shown = places.iter().filter(|place| page.length(&place.nodes) > 0).count();
    if 2 * shown >= places.len() { places } else { Vec::new() }
}

/// The items of the lists that AMP polls for changes. What was taken down leaves a stone.
fn polled(page: &Page) -> Vec<Place> {
    let lists = page
        .elements("amp-live-list")
        .flat_map(|list| page.arena.subtree(list))
        .filter(|node| page.arena.attribute(*node, "items").is_some());
    let mut places: Vec<Place> = lists
        .flat_map(|list| page.arena.children(list))
        .filter(|item| !page.arena.is_text(*item) && page.arena.attribute(*item, "data-tombstone").is_none())
        .map(|item| Place { nodes: page.arena.subtree(item), told: None })
        // A template that was not filled in holds no entries.
        .filter(|place| !page.arena.text(place.nodes.start).contains("[["))
        .collect();
    places.dedup();
    places
}

/// Finds the told entries that `places` show by their keys.
fn recognise(page: &Page, keys: &Keys, places: &mut [Place]) {
    for place in places.iter_mut().filter(|place| place.told.is_none()) {
        // The key stands on the element or on one of the first in it.
        let nodes = place.nodes.start..place.nodes.end.min(place.nodes.start + 12);
        place.told = nodes.into_iter().find_map(|node| keys.of_node(page, node));
    }
}
