//! Going on to the next entry that holds a quote, a number or a match, in slices: entries may be long, and many hold none.
//!
//! The first slice is looked through at the key. If nothing is found in it, [`App::work`] goes on until another key comes.
//! Meanwhile the selection stays where it is.

use crate::text::{numbers, prose::ProseRef, quotes};

use super::{App, Item, Redraw, detail::Target, page};

/// How many entries are looked through in all.
const FAR: usize = 2000;

/// How many bytes of text are looked through in one slice: about a thousandth of a second.
const SLICE: usize = 64 << 10;

/// What an entry costs beside its text, in bytes.
const COST: usize = 128;

/// What is looked for. See the module's description.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pursuit {
    target: Target,
    forward: bool,
    /// The last item that was looked at.
    at: Item,
    /// How many were.
    count: usize,
}

impl App {
    /// Looks for the next item after the one that is selected, or the one before, that holds a thing of this sort.
    pub(super) fn begin_pursuit(&mut self, target: Target, forward: bool) {
        self.pursuit = self.selected().map(|at| Pursuit { target, forward, at, count: 0 });
        if self.pursuit.is_none() {
            self.end_of_pursuit(target, None);
        }
        self.work_on_pursuit();
    }

    /// Looks through one slice; tells whether more are left.
    pub(super) fn work_on_pursuit(&mut self) -> bool {
        let Some(mut pursuit) = self.pursuit.take() else { return false };
        let Pursuit { target, forward, .. } = pursuit;
        let mut left = SLICE;
        while left > 0 {
            if pursuit.count == FAR {
                self.end_of_pursuit(target, Some(FAR));
                return false;
            }
            let Some(next) = self.neighbour(pursuit.at, forward) else {
                self.end_of_pursuit(target, None);
                return false;
            };
            (pursuit.at, pursuit.count) = (next, pursuit.count + 1);
            let (headline, body) = self.texts_of(next);
            left = left.saturating_sub(headline.len() + body.text().len() + COST);
            if self.holds(headline, body, target) {
                self.end_at(next, target, forward);
                return false;
            }
        }
        self.pursuit = Some(pursuit);
        true
    }

    /// What was looked for is in `item`.
    fn end_at(&mut self, item: Item, target: Target, forward: bool) {
        self.list.selected = Some(item);
        self.take_hold();
        self.settle();
        self.detail.step_to_end(target, forward);
        self.say_if_waiting();
        self.note_opened();
        self.redraw(Redraw::Now);
    }

    /// Nothing was found in so many items, or up to the last.
    fn end_of_pursuit(&mut self, target: Target, count: Option<usize>) {
        let what = match target {
            Target::Quote => "quotes",
            Target::Number => "numbers",
            Target::Hit => "matches",
        };
        self.say(&match count {
            None => format!("no more {what} that way"),
            Some(count) => format!("no {what} in the next {count} entries that way"),
        });
        self.redraw(Redraw::Now);
    }

    /// The texts of `item`: headline and body.
    fn texts_of(&self, item: Item) -> (&str, ProseRef<'_>) {
        match item {
            Item::Entry(row) => self
                .timeline
                .entry(row)
                .map_or_else(Default::default, |entry| (entry.headline().unwrap_or_default(), entry.body())),
            Item::Standfirst => {
                ("", self.standfirst().map(|blog| blog.standfirst.as_ref()).unwrap_or_default())
            }
        }
    }

    /// Whether one of these texts holds a thing of this sort.
    fn holds(&self, headline: &str, body: ProseRef<'_>, target: Target) -> bool {
        let holds = |prose: ProseRef<'_>| match target {
            Target::Quote => !quotes::find(prose).is_empty(),
            Target::Number => !numbers::find(prose.text()).is_empty(),
            Target::Hit => self.search().is_some_and(|search| !search.query().hits(prose.text()).is_empty()),
        };
        // Most of what is long need not be looked through.
        let most = page::beginning(body.text()).len();
        let is_long = most < body.text().len();
        holds(ProseRef::plain(headline)) || is_long && holds(body.beginning(most).as_ref()) || holds(body)
    }
}
