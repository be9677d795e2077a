//! Putting list, detail, labels and strip in order for the screen, right before it is drawn.

use std::collections::HashMap;

use chrono::DateTime;

use crate::{
    model::{Row, entry::Label},
    story::{
        facts::Findings,
        strip::{Shown, Strip},
    },
};

use super::{App, Area, Item, Screen};

/// How many bytes of a body are looked through beyond its label, which may end before a quote does.
const BEYOND: usize = 400;

/// What a strip was made for, beside the rows of the timeline.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct StripIsFor {
    width: u16,
    selected: Option<Row>,
    /// The stamp of the filter: as many may be found by another.
    filter: u64,
    /// How many were found so far.
    hits: usize,
    arrivals: usize,
}

impl App {
    /// Puts list, detail and strip in order for the screen.
    pub fn settle(&mut self) {
        self.is_shown = true;
        self.begin_search();
        if self.problems.is_some() {
            self.settle_problems();
        }
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
                let entry = self.timeline.entry(row)?;
                let findings = match entry.label() {
                    Label::Headline(text) => Findings::new(text),
                    Label::Beginning(text) => {
                        Findings::of(entry.body().beginning(text.len() + BEYOND).as_ref())
                    }
                    Label::Media(_) => return None,
                };
                Some(findings.spans().into())
            });
            labels.extend(spans.map(|spans| (row, spans)));
        }
        self.labels = labels;
    }

    fn settle_strip(&mut self, area: Option<Area>) {
        let width = area.map_or(0, |area| area.width.saturating_sub(2));
        let selected = self.list.selected.and_then(Item::row);
        let made_for = StripIsFor {
            width,
            selected,
            filter: self.filter_stamp(),
            hits: self.search().map_or(0, |search| search.rows().len()),
            arrivals: self.arrivals.count(),
        };
        if !self.strip_is_stale && made_for == self.strip_is_for {
            return;
        }
        let shown = Shown {
            rows: self.rows_in_tab(),
            key_events: self.key_events_in_tab(),
            new: self.arrivals_in_tab(),
            hits: self.search().map_or(&[], |search| search.rows()),
            selected,
        };
        let zone = self.options.zone;
        let local =
            |millis: i64| zone.at(DateTime::from_timestamp_millis(millis).unwrap_or_default()).naive_local();
        self.strip = Strip::new(&self.timeline, shown, width.into(), local);
        self.strip_is_stale = false;
        self.strip_is_for = made_for;
    }
}
