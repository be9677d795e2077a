//! Which of the lines that look like stamps are stamps, and whether a stamp heads its entry or closes it.
//!
//! Decided once a text, from its first stamps: those of one page are built alike, so a whole date that stands once above
//! many stamps of another build is the page's own. A name before the time closes an entry, as a signature does; a time
//! before the name, or alone, heads it, unless the empty lines around it say otherwise.

use super::{
    name, noise,
    row::Row,
    sight::{self, Found, Shape, Sight, Strength},
};

/// How many lines settle it, once there is a stamp among them.
const MOST_ROWS: usize = 4_000;

/// What is known of the rest of a text when its stamps are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// More comes.
    Reading,
    /// Nothing comes for the moment.
    Paused,
    /// Nothing comes.
    Ended,
}

impl When {
    /// How many stamps built alike are enough.
    fn enough(self) -> usize {
        match self {
            Self::Reading => 4,
            Self::Paused => 2,
            Self::Ended => 1,
        }
    }
}

/// Where the lines stand that part entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Stamps head entries.
    Headers,
    /// Stamps close entries.
    Footers,
    /// Dash bylines close entries, for want of stamps.
    Dashes,
}

/// What the line above a stamp is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Above {
    /// The last of the entry before.
    Other,
    /// The headline of the entry that the stamp heads.
    Headline,
    /// Its byline.
    Byline,
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Choice {
    pub style: Style,
    /// Whether `4m ago` heads an entry too: the youngest of a page have no other time.
    pub has_relatives: bool,
    /// What the line above a stamp, that heads an entry, is to it.
    pub above: Above,
    /// Whether text goes on behind most stamps, as in a log.
    pub is_log: bool,
    shape: Shape,
    strength: Strength,
}

/// Stamps built alike.
#[derive(Debug, Clone, Copy)]
struct Kin {
    shape: Shape,
    strength: Strength,
    count: usize,
    last: usize,
}

impl Choice {
    /// Decides from the first `rows` of a text, if they are enough. Datelines among them are marked as such.
    pub(super) fn make(rows: &mut [Row], when: When) -> Option<Self> {
        mark_page_times(rows);
        let is_end = when == When::Ended;
        let Some(best) = best(rows) else { return is_end.then(|| untimed(rows)).flatten() };
        let enough = if best.strength == Strength::Weak { 2 * when.enough() } else { when.enough() };
        if !is_end && best.count < enough && rows.len() < MOST_ROWS {
            return None;
        }
        mark_datelines(rows, best);
        let mut choice = Self {
            style: Style::Headers,
            has_relatives: best.shape.leads && has_relatives(rows),
            above: Above::Other,
            is_log: false,
            shape: best.shape,
            strength: best.strength,
        };
        let taken: Vec<(usize, &Found)> =
            stamps(rows).filter(|(_, found)| found.shape.leads == best.shape.leads).collect();
        choice.is_log = 2 * taken.iter().filter(|(_, found)| found.is_inline).count() > taken.len();
        let places: Vec<usize> = taken.iter().map(|(at, _)| *at).collect();
        let may_close = taken.iter().all(|(_, found)| found.is_bare());
        let is_footer = if best.shape.leads {
            may_close && closes(rows, &places, when != When::Reading)
        } else {
            !heads(rows, &places)
        };
        if is_footer {
            choice.style = Style::Footers;
        } else if may_close {
            choice.above = above(rows, &places);
        }
        Some(choice)
    }

    /// Whether `found` is a stamp of this text.
    pub(super) fn takes(self, found: &Found) -> bool {
        let is_alike = found.shape.leads == self.shape.leads;
        let is_unsigned = !self.shape.leads && found.shape.has_year && found.is_bare();
        let is_sure = found.strength > Strength::Weak
            || self.strength == Strength::Weak
            || (found.is_inline && self.is_log);
        (is_alike || is_unsigned) && is_sure
    }
}

fn stamps(rows: &[Row]) -> impl Iterator<Item = (usize, &Found)> {
    rows.iter().enumerate().filter_map(|(at, row)| match &row.sight {
        Sight::Stamp(found) => Some((at, &**found)),
        _ => None,
    })
}

/// The stamps that there are most of; of as many, the surer ones, and of as sure, the later.
fn best(rows: &[Row]) -> Option<Kin> {
    let mut kin: Vec<Kin> = Vec::new();
    for (at, found) in stamps(rows) {
        match kin.iter_mut().find(|kin| kin.shape == found.shape) {
            Some(kin) => {
                kin.count += 1;
                kin.strength = kin.strength.max(found.strength);
                kin.last = at;
            }
            None => kin.push(Kin { shape: found.shape, strength: found.strength, count: 1, last: at }),
        }
    }
    kin.into_iter().max_by_key(|kin| (kin.strength > Strength::Weak, kin.count, kin.strength, kin.last))
}

/// Marks as the page's own the times under a line that says `Last updated` and nothing else, and their copies for readers
/// that do not see.
fn mark_page_times(rows: &mut [Row]) {
    for at in 1..rows.len() {
        let [.., before, row] = rows.get_mut(..=at).unwrap_or_default() else { continue };
        let is_copy = matches!(before.sight, Sight::Updated(_)) && before.text == row.text;
        if let Sight::Stamp(found) = &row.sight
            && (is_copy || sight::is_page_lead(&before.text))
        {
            row.sight = Sight::Updated(found.clone());
        }
    }
}

/// Marks whole dates of another build above the first stamp as the page's own.
fn mark_datelines(rows: &mut [Row], best: Kin) {
    let first = stamps(rows).find(|(_, found)| found.shape == best.shape).map_or(0, |(at, _)| at);
    let odd = stamps(rows).filter(|(_, found)| found.shape != best.shape).map(|(_, found)| found.shape);
    let counts: Vec<Shape> = odd.collect();
    for row in rows.iter_mut().take(first) {
        if let Sight::Stamp(found) = &row.sight
            && found.shape.has_year
            && counts.iter().filter(|shape| **shape == found.shape).count() <= 2
        {
            row.sight = Sight::Updated(found.clone());
        }
    }
}

/// Whether bare times close entries: text before the first, an empty line after each and none before; or the whole text
/// ends with its only one.
fn closes(rows: &[Row], stamps: &[usize], is_end: bool) -> bool {
    let Some(first) = stamps.first().copied().filter(|first| *first > 0) else { return false };
    let is_tight_before = |at: &usize| rows.get(*at).is_some_and(|row| !row.gap);
    let is_apart_after = |at: &usize| rows.get(*at + 1).map_or(is_end, |row| row.gap);
    let has_prose = rows.iter().take(first).any(|row| noise::is_sentence(&row.text));
    let ends_text = is_end && stamps.last().is_some_and(|last| last + 1 == rows.len());
    let is_signed = stamps.iter().all(|at| is_tight_before(at) && is_apart_after(at));
    has_prose
        && (is_signed || (ends_text && !stamps.iter().any(|at| rows.get(at + 1).is_some_and(|row| !row.gap))))
}

/// What stands above the stamps of `rows`, bare ones at `stamps`, without an empty line between: all names, or all
/// headlines, when what stands below most is none.
fn above(rows: &[Row], stamps: &[usize]) -> Above {
    let pairs =
        stamps.iter().map(|at| (at.checked_sub(1).and_then(|before| rows.get(before)), rows.get(at + 1)));
    let is_text = |row: &&Row| row.sight == Sight::Text;
    let all = |is_it: fn(&str) -> bool| {
        let mut above = pairs.clone().map(|(before, _)| before.filter(is_text));
        stamps.len() >= 2 && above.all(|before| before.is_some_and(|row| is_it(&row.text)))
    };
    if all(name::is_full_name) {
        return Above::Byline;
    }
    let is_body = |row: &Row| noise::is_sentence(&row.text) || name::is_full_name(&row.text);
    let bodies = pairs.clone().filter(|(_, after)| after.is_some_and(is_body)).count();
    let is_title = |text: &str| noise::is_headline(text) && !noise::is_furniture(text);
    if all(is_title) && 2 * bodies > stamps.len() { Above::Headline } else { Above::Other }
}

/// Whether names with times head entries: the text begins with one, or there is no sentence above the first and one
/// below it, with an empty line before each and none after.
fn heads(rows: &[Row], stamps: &[usize]) -> bool {
    let first = stamps.first().copied().unwrap_or(0);
    if first == 0 {
        return rows.len() > 1;
    }
    let has_prose = rows.iter().take(first).any(|row| noise::is_sentence(&row.text));
    let is_headed = stamps
        .iter()
        .all(|at| rows.get(*at).is_some_and(|row| row.gap) && rows.get(at + 1).is_none_or(|row| !row.gap));
    is_headed && (!has_prose || stamps.len() > 1)
}

/// Whether entries stand under times such as `4m ago`: most of those that there are have a sentence below them. In a list
/// of key events they have a headline only.
fn has_relatives(rows: &[Row]) -> bool {
    let is_relative = |row: &Row| row.sight == (Sight::Relative { is_copy: false });
    let parts = rows.chunk_by(|_, after| !is_relative(after) && !matches!(after.sight, Sight::Stamp(_)));
    let parts: Vec<&[Row]> = parts.filter(|part| part.first().is_some_and(is_relative)).collect();
    let told = parts.iter().filter(|part| part.iter().any(|row| noise::is_sentence(&row.text))).count();
    told >= 2 && 2 * told > parts.len()
}

/// Entries without a time: under `4m ago`, or above dash bylines, of which there are two at least, among sentences.
fn untimed(rows: &[Row]) -> Option<Choice> {
    let dashes = rows.iter().filter(|row| row.sight == Sight::Dash).count();
    let has_prose = rows.iter().any(|row| noise::is_sentence(&row.text));
    let has_relatives = has_relatives(rows);
    let style = if has_relatives { Style::Headers } else { Style::Dashes };
    let shape = Shape { leads: has_relatives, has_day: false, has_year: false };
    (has_relatives || (dashes >= 2 && has_prose)).then_some(Choice {
        style,
        has_relatives,
        above: Above::Other,
        is_log: false,
        shape,
        strength: Strength::Strong,
    })
}
