//! What entries are known by in different parts of a page: `#liveblogPost1288914` there, `id="post-1288914"` here.

use std::collections::HashMap;

use super::{page::Page, told::Told};

/// The fewest figures that make a number a key by itself.
const FIGURES: usize = 5;
/// The longest value that is looked at as a key, in bytes.
const LONGEST: usize = 200;

/// Which entry a key belongs to.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// `None` for a key of several entries.
    entries: HashMap<String, Option<usize>>,
}

impl Keys {
    /// The keys of `told`.
    pub(super) fn new(told: &[Told]) -> Self {
        let mut keys = Self::default();
        for (index, entry) in told.iter().enumerate() {
            keys.add(&entry.key, index);
        }
        keys
    }

    /// Notes that `key` belongs to the entry `index`.
    pub(super) fn add(&mut self, key: &str, index: usize) {
        for form in forms(key) {
            let known = self.entries.entry(form.to_owned()).or_insert(Some(index));
            if *known != Some(index) {
                *known = None;
            }
        }
    }

    /// The entry that `key` belongs to.
    pub(super) fn get(&self, key: &str) -> Option<usize> {
        forms(key).find_map(|form| self.entries.get(form).copied().flatten())
    }

    /// The entry that an attribute of `node` belongs to.
    pub(super) fn of_node(&self, page: &Page, node: u32) -> Option<usize> {
        if self.entries.is_empty() {
            return None;
        }
        own_keys(page, node).find_map(|key| self.get(key))
    }
}

/// The attributes of `node` that may tell what it or its entry is called.
fn own_keys(page: &Page, node: u32) -> impl Iterator<Item = &str> {
    page.arena.attributes(node).filter_map(|(name, value)| {
        let key = match name {
            "id" | "name" | "itemid" => value,
            "href" => value.rsplit_once('#')?.1,
            _ if name.starts_with("data-")
                && (name.ends_with("id") || name.ends_with("key") || name.ends_with("slug")) =>
            {
                value
            }
            _ => return None,
        };
        Some(key.trim()).filter(|key| !key.is_empty() && key.len() <= LONGEST)
    })
}

/// What `node` calls itself, for an entry that nothing else names.
pub(super) fn own_id(page: &Page, node: u32) -> Option<&str> {
    let id = page.arena.attribute(node, "id").map(str::trim).filter(|id| !id.is_empty());
    let data = || {
        page.arena.attributes(node).find_map(|(name, value)| {
            (name.starts_with("data-")
                && name.ends_with("id")
                && !name.ends_with("testid")
                && !name.ends_with("test-id"))
            .then(|| value.trim())
            .filter(|value| !value.is_empty() && value.len() <= LONGEST)
        })
    };
    id.or_else(data)
}

/// The forms in which a key is compared: whole, its last part, and the figures at its end.
fn forms(key: &str) -> impl Iterator<Item = &str> {
    let key = key.trim();
    let last = key.rsplit(['-', '_', ':', '/', '#', '=', '.']).next().unwrap_or(key);
    let has_figure = last.bytes().any(|byte| byte.is_ascii_digit());
    let last = (last.len() >= FIGURES && has_figure && last.len() < key.len()).then_some(last);
    let letters = key.trim_end_matches(|char: char| char.is_ascii_digit()).len();
    let figures = key.get(letters..).filter(|figures| figures.len() >= FIGURES && letters > 0);
    [Some(key).filter(|key| !key.is_empty()), last, figures].into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_known_in_its_other_forms() {
        let mut keys = Keys::default();
        keys.add("liveblogPost1288914", 0);
        keys.add("block-64620ea98f08e408b758af03", 1);
        keys.add("post1", 2);
        assert_eq!(keys.get("post-1288914"), Some(0));
        assert_eq!(keys.get("64620ea98f08e408b758af03"), Some(1));
        assert_eq!(keys.get("post1"), Some(2));
        assert_eq!(keys.get("post-2"), None);
        keys.add("other-1288914", 3);
        assert_eq!(keys.get("1288914"), None, "two entries claim it");
    }
}
