//! Putting list, detail, labels and strip in order for the screen, right before it is drawn.

use std::collections::HashMap;

use chrono::DateTime;

use crate::{
    model::entry::Label,
    story::{
        facts::Findings,
        strip::{Shown, Strip},
    },
};

use super::{App, Area, Item, Screen};

impl App {
    /// Puts list, detail and strip in order for the screen.
    pub fn settle(&mut self) {
        self.is_shown = true;
        self.begin_search();
        if self.screen == Screen::Library {
            return;
        }
        let layout = self.layout();
        // Where one pane hides the other, the list keeps its place behind the detail.
        let list = layout.list.or(layout.detail).map_or(0, |area| usize::from(area.height));
        self.settle_list(list.max(1));
        self.count_waiting();
        self.settle_strip(layout.strip);
        if self.shows_index() {
            self.settle_index();
            return;
        }
        let detail = layout.detail.map_or(0, |area| usize::from(area.height));
        self.settle_detail(layout.measure(), detail);
        self.settle_labels();
    }

    /// Finds what is in the labels in sight.
    fn settle_labels(&mut self) {
        let mut labels = HashMap::new();
        for index in self.list.in_sight() {
            let Some(Item::Entry(row)) = self.item(index) else { continue };
            let spans = self.labels.remove(&row).or_else(|| {
                let label = self.timeline.entry(row)?.label();
                let (Label::Headline(text) | Label::Beginning(text)) = label else { return None };
                Some(Findings::new(text).spans().into())
            });
            labels.extend(spans.map(|spans| (row, spans)));
        }
        self.labels = labels;
    }

    fn settle_strip(&mut self, area: Option<Area>) {
        let width = area.map_or(0, |area| area.width.saturating_sub(2));
        let selected = match self.list.selected {
            Some(Item::Entry(row)) => Some(row),
            _ => None,
        };
        let hits = self.search().map_or(0, |search| search.rows().len());
        let made_for = (width, selected, hits, self.arrivals.count());
        if !self.strip_is_stale && made_for == self.strip_made_for {
            return;
        }
        let shown = Shown {
            rows: self.rows_in_tab(),
            key_events: &self.of_tab(self.arrivals.key_events()),
            new: &self.of_tab(self.arrivals.rows()),
            hits: self.search().map_or(&[], |search| search.rows()),
            selected,
        };
        let zone = self.options.zone;
        let local =
            |millis: i64| zone.at(DateTime::from_timestamp_millis(millis).unwrap_or_default()).naive_local();
        self.strip = Strip::new(&self.timeline, shown, width.into(), local);
        self.strip_is_stale = false;
        self.strip_made_for = made_for;
    }
}
