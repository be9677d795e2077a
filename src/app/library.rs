//! The library: the screen without a source. The demo, and the feeds found in this folder.

use crate::model::Location;

use super::{App, Effects, Found, Screen};

/// The library's list.
#[derive(Debug, Default)]
pub struct Library {
    found: Vec<Found>,
    /// Whether the folder has been looked through.
    is_done: bool,
    /// Whether there were more files than are looked at.
    is_cut: bool,
    selected: usize,
}

impl Library {
    /// The feeds found in this folder.
    pub fn found(&self) -> &[Found] {
        &self.found
    }

    /// Whether the folder has been looked through.
    pub fn is_done(&self) -> bool {
        self.is_done
    }

    /// Whether there were more files than are looked at.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// The selected row; the demo is row 0.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// Moves the selection by `steps` rows.
    pub(super) fn move_selection(&mut self, steps: isize) {
        self.selected = self.selected.saturating_add_signed(steps).min(self.found.len());
    }

    pub(super) fn take(&mut self, found: Vec<Found>, is_all: bool) {
        // The first feed found is what most people came for, unless they chose already.
        if !self.is_done && self.selected == 0 && !found.is_empty() {
            self.selected = 1;
        }
        self.found = found;
        self.is_done = true;
        self.is_cut = !is_all;
        self.selected = self.selected.min(self.found.len());
    }
}

impl App {
    /// The library.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// Opens what is selected in the library.
    pub(super) fn open_selected(&mut self) -> Effects {
        let location = match self.library.selected.checked_sub(1) {
            None => Location::Demo,
            Some(index) => match self.library.found.get(index) {
                Some(found) => found.location.clone(),
                None => return Effects::new(),
            },
        };
        self.came_from_library = true;
        self.open(vec![location])
    }

    /// Leaves the blog for the library.
    pub(super) fn back_to_library(&mut self) {
        self.close();
        self.screen = Screen::Library;
    }
}
