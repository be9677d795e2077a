//! Edits of what is open: they wait until a key shows them, and then their first change is brought into sight.
//!
//! An edit is whatever sets the page otherwise, be it words, markup or media; one that is taken back is none.
//! An entry that is open is held by its row. A standfirst has none, so the detail holds the blog it is of: that is the one
//! to ask for what stands on the screen.

use std::sync::Arc;

use crate::{
    model::{Blog, Row},
    text::width,
};

use super::{
    App, Item,
    detail::{Change, Detail},
};

/// The most cells that what changed takes where it is told.
const TOLD: usize = 40;

impl App {
    /// The blog whose standfirst is shown: while it is open that which is read, else as the blog tells it now.
    pub(super) fn standfirst(&self) -> Option<&Arc<Blog>> {
        let is_open = self.list.selected == Some(Item::Standfirst);
        self.detail.standfirst.as_ref().filter(|_| is_open).or_else(|| self.blog())
    }

    /// Whether what is open is a standfirst that its blog does not tell any more.
    pub(super) fn shows_old_standfirst(&self) -> bool {
        self.detail.item == Some(Item::Standfirst) && self.detail.has_edit
    }

    /// A blog tells something else of itself: of a standfirst that is open, that waits. Before anything was read, nothing
    /// does.
    pub(super) fn note_standfirst(&mut self) {
        let is_read = self.has_moved || self.opened().is_some();
        match &self.detail.standfirst {
            Some(shown) if is_read => {
                self.detail.has_edit = self.blog().is_none_or(|blog| !is_set_alike(blog, shown));
            }
            _ => self.forget_standfirst(),
        }
    }

    /// Shows what the blog says of itself now, wherever its standfirst is shown.
    pub(super) fn forget_standfirst(&mut self) {
        self.pages.forget(Item::Standfirst);
        if self.detail.item == Some(Item::Standfirst) {
            self.detail.standfirst = self.blog().cloned();
            self.detail.forget();
        }
    }

    /// The entry in `old` is revised by `new`: where that is open, what would set its page otherwise waits. What grows at an
    /// end that was not certain does not, nor does what changed its flags alone, or is again as it stands on the screen.
    pub(super) fn note_edit(&mut self, old: Row, new: Row) {
        let timeline = &self.timeline;
        let is_of_it = |shown: &Row| *shown == old || timeline.current(*shown) == new;
        let Some(shown) = self.detail.row().filter(is_of_it) else { return };
        let versions = timeline.entry(shown).zip(timeline.entry(new));
        self.detail.has_edit = versions
            .is_some_and(|(shown, new)| !new.is_set_like(shown) && !new.goes_on_from(shown))
            && !timeline.is_dropped(shown);
        if !self.detail.has_edit {
            self.detail.item = Some(Item::Entry(new));
            self.detail.forget();
        }
    }

    /// Opens `item` in the detail, as it is told now.
    pub(super) fn put_in_detail(&mut self, item: Option<Item>) {
        if self.shows_old_standfirst() {
            self.pages.forget(Item::Standfirst);
        }
        let standfirst = self.blog().filter(|_| item == Some(Item::Standfirst)).cloned();
        self.detail = Detail::of(item, standfirst);
    }

    /// Shows the newest version of what is open, and of that the first change.
    pub(super) fn show_edit(&mut self) {
        let before =
            (self.detail_headline().unwrap_or_default().to_owned(), self.detail_prose().text().to_owned());
        let top = self.detail.top;
        self.put_in_detail(self.selected());
        let now = (self.detail_headline().unwrap_or_default(), self.detail_prose().text());
        let change = match first_change(&before.0, now.0) {
            Some(change) => Some((true, change, now.0)),
            None => first_change(&before.1, now.1).map(|change| (false, change, now.1)),
        };
        let words = change.map(|(_, (start, end), text)| told(text, start, end));
        let change = change.map(|(in_headline, (offset, _), _)| Change { in_headline, offset });
        self.detail.return_to(top, change);
        self.say(words.as_deref().unwrap_or("edited: the words are the same"));
    }
}

/// Whether both give the same page.
fn is_set_alike(blog: &Blog, other: &Blog) -> bool {
    (&blog.standfirst, &blog.authors) == (&other.standfirst, &other.authors)
}

/// The first word of `now` that is another than in `before`, up to the end of what changed.
fn first_change(before: &str, now: &str) -> Option<(usize, usize)> {
    if before == now {
        return None;
    }
    let same = before.bytes().zip(now.bytes()).take_while(|(one, other)| one == other).count();
    let start = word_start(now, same);
    let most = before.len().min(now.len()) - same;
    let behind = before.bytes().rev().zip(now.bytes().rev()).take(most);
    let behind = behind.take_while(|(one, other)| one == other).count();
    Some((start, (now.len() - behind).max(start)))
}

/// Where the word begins that `offset` stands in, or stands behind at the end of the text.
fn word_start(text: &str, offset: usize) -> usize {
    let before = (0..=offset).rev().find_map(|end| text.get(..end)).unwrap_or_default();
    let before = if offset >= text.len() { before.trim_end() } else { before };
    before
        .char_indices()
        .rev()
        .find(|(_, char)| char.is_whitespace())
        .map_or(0, |(at, char)| at + char.len_utf8())
}

/// What changed, in words: what stands from `start` to the end of the word at `end`.
fn told(text: &str, start: usize, end: usize) -> String {
    let rest = (end..text.len()).find_map(|start| text.get(start..)).unwrap_or_default();
    let end = text.len() - rest.trim_start_matches(|char: char| !char.is_whitespace()).len();
    let changed = text.get(start..end).unwrap_or_default().lines().next().unwrap_or_default().trim();
    match changed {
        "" => "edited: words were taken out".to_owned(),
        changed => format!("edited at: {}", width::cut(changed, TOLD, "…")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_change_begins_with_a_word_and_is_told_in_words() {
        for (before, now, expected) in [
            ("Calm seas today", "Wild seas today", "edited at: Wild"),
            ("It rose to 12 m at noon", "It rose to 14 m at noon", "edited at: 14"),
            ("It rose", "It rose and fell", "edited at: rose and fell"),
            ("It rose and fell", "It rose", "edited at: rose"),
            ("It rose and fell", "It fell", "edited at: fell"),
            ("It rose", "", "edited: words were taken out"),
            ("", "It rose", "edited at: It rose"),
            ("Das Straßenfest", "Das Straßenbahnfest", "edited at: Straßenbahnfest"),
            ("ä", "ö", "edited at: ö"),
            ("One.\n\nTwo.", "One.\n\nThree.\n\nTwo.", "edited at: Three."),
        ] {
            let (start, end) = first_change(before, now).unwrap_or_default();
            assert_eq!(told(now, start, end), expected, "{before} → {now}");
        }
        assert_eq!(first_change("It rose", "It rose"), None);
    }
}
