//! One mention as the detail of an index tells it: when, under which headline, and the words.

use std::{borrow::Cow, ops::Range};

use crate::{
    app::{App, Item},
    model::{Entry, Stamp},
    story::{Holder, Part, Spot, spot::sentence},
    text::wrap,
};

use super::IndexRow;

/// The lines above the first mention: what the row is, and an empty one.
pub(super) const HEAD: usize = 2;

/// The cells of the column of times.
const TIMES: usize = 7;

/// A quote, or a figure in its sentence. Ranges are byte offsets into `text`.
#[derive(Debug)]
pub struct Mention<'a> {
    pub spot: Spot,
    pub text: Cow<'a, str>,
    /// The figure in its sentence; all of a quote.
    pub range: Range<usize>,
    /// What its entry is called, unless it stands there itself.
    pub headline: Option<&'a str>,
    pub published: Option<Stamp>,
    /// Whether it is words within somebody else's sentence.
    pub is_mixed: bool,
}

impl Mention<'_> {
    /// Its lines, as cut for a detail that is `measure` cells wide.
    pub fn lines(&self, measure: usize) -> Vec<Range<usize>> {
        let width = measure.saturating_sub(TIMES).max(1);
        wrap::wrap(&self.text, width, width)
    }
}

impl App {
    /// The mention at `place` of the selected row, as the order of the list has it.
    pub fn mention(&self, place: usize) -> Option<Mention<'_>> {
        let row = self.index.row()?;
        let index = self.mention_at(place)?;
        let mention = self.mention_of(row.spot(index)?, matches!(row, IndexRow::Series(_)))?;
        Some(Mention { is_mixed: row.is_mixed(index), ..mention })
    }

    /// The text that `spot` is in: of a standfirst, that which the index was made of where one is shown.
    fn text_around(&self, spot: Spot) -> Option<&str> {
        match spot.holder {
            Holder::Standfirst(source) if self.shows_index() => {
                self.index.building.blog(source).map(|blog| blog.standfirst.as_ref().text())
            }
            holder => holder.text(self.timeline(), spot.part),
        }
    }

    /// The words at `spot`.
    pub fn words_at(&self, spot: Spot) -> Option<&str> {
        self.text_around(spot)?.get(spot.range())
    }

    /// What stands at `spot`: by itself, or in its sentence.
    pub(in crate::app) fn mention_of(&self, spot: Spot, in_sentence: bool) -> Option<Mention<'_>> {
        let timeline = self.timeline();
        let whole = self.text_around(spot)?;
        let cut = if in_sentence { sentence(whole, &spot.range()) } else { spot.range() };
        let text = whole.get(cut.clone())?;
        let range = spot.range().start.saturating_sub(cut.start)..spot.range().end.saturating_sub(cut.start);
        // Speech over several paragraphs goes on in one.
        let text = if text.contains('\n') { text.replace('\n', " ").into() } else { Cow::Borrowed(text) };
        let entry = match spot.holder {
            Holder::Entry(row) => timeline.entry(row),
            Holder::Standfirst(_) => None,
        };
        let headline = match spot.holder {
            Holder::Standfirst(_) => Some("About this blog"),
            Holder::Entry(_) => entry.and_then(Entry::headline).filter(|_| spot.part == Part::Body),
        };
        let published = entry.and_then(Entry::published);
        Some(Mention { spot, text, range, headline, published, is_mixed: false })
    }

    /// The day heading above the mention at `place`: where it is the first in sight, and where the day differs from that of
    /// the one before.
    pub fn mention_day(&self, place: usize) -> Option<chrono::NaiveDate> {
        let day = |place: usize| {
            let spot = self.index.row()?.spot(self.mention_at(place)?)?;
            self.day_of(self.item_of(spot.holder))
        };
        let own = day(place)?;
        let before = place.checked_sub(1).filter(|before| *before >= self.mention_top());
        (before.and_then(day) != Some(own)).then_some(own)
    }

    /// How many lines the mention at `place` takes, with the heading above and the empty line below.
    pub(super) fn mention_height(&self, place: usize, measure: usize) -> usize {
        self.mention(place).map_or(0, |mention| {
            let day = usize::from(self.mention_day(place).is_some());
            mention.lines(measure).len() + usize::from(mention.headline.is_some()) + day + 1
        })
    }

    /// The item of the list that `holder` is.
    pub(super) fn item_of(&self, holder: Holder) -> Item {
        match holder {
            Holder::Standfirst(_) => Item::Standfirst,
            Holder::Entry(row) => self.current_item(Item::Entry(row)),
        }
    }
}
