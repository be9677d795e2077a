//! From the lines of an entry to its byline, headline and body.

use crate::model::{Draft, Kinds};

use super::{
    calendar::Day,
    name, noise,
    row::Row,
    sight::{Found, Sight},
};

/// The longest headline that ends as a sentence does, in bytes.
const LONGEST_ENDED: usize = 130;

/// An entry whose lines are known.
#[derive(Debug, Clone)]
pub(super) struct Pending {
    pub found: Found,
    /// Its lines without the stamp.
    pub rows: Vec<Row>,
    /// The stamp as written.
    pub written: String,
    /// The byte offset of its first line.
    pub offset: u64,
    pub revised: Option<Found>,
    /// A day that stands above it.
    pub day: Option<Day>,
    /// Whether it is said to be a copy of an entry further down.
    pub is_copy: bool,
    /// Whether a line has closed it before the next stamp.
    pub is_over: bool,
}

impl Pending {
    /// Whether it is an entry: under a time that is only relative, one line is an item of a list.
    pub(super) fn is_told(&self) -> bool {
        let is_relative = self.found.clock.is_none() && self.found.shape.leads;
        !is_relative || self.rows.iter().any(|row| noise::is_sentence(&row.text))
    }

    pub(super) fn first_line(&self) -> Option<&str> {
        self.rows.first().map(|row| row.text.as_str())
    }
}

/// What is known of the text that entries stand in.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    /// Whether stamps close entries; else they head them.
    pub is_footer: bool,
    /// Whether menus stand above the first entry.
    pub has_menu: bool,
    /// Whether the page's headlines end as sentences do.
    pub has_ended_headlines: bool,
    /// Headlines that end so, known for such because the page lists them at its head.
    pub listed: Vec<String>,
    /// What many entries end with.
    pub endings: noise::Endings,
}

/// Fills headline, authors, kinds and body of `draft`. After the last entry, nothing follows that is known to be one.
pub(super) fn fill(pending: &Pending, facts: &Facts, is_last: bool, draft: &mut Draft) {
    let mut rows = kept(pending, facts, is_last);
    let found = &pending.found;
    draft.kinds = kinds(&found.label);
    if !found.label.is_empty() && draft.kinds.is_empty() {
        rows.insert(0, Row::new(&found.label, pending.offset, false).into_text());
    }
    if pending.is_copy {
        draft.kinds |= Kinds::PINNED;
    }
    let byline = take_byline(&mut rows, found, facts.is_footer);
    draft.authors = name::authors(&byline);
    let is_about_author =
        draft.authors.first().zip(rows.first()).is_some_and(|(author, row)| {
            row.text.starts_with(author.as_str()) && row.text.len() > author.len()
        });
    rows = joined(&rows, found.is_inline);
    if !is_about_author && has_headline(&rows, found, facts) {
        let headline = rows.remove(0);
        draft.headline.set(&headline.text);
        // Pictures and posts from elsewhere leave their caption, which is often the headline again.
        rows.retain(|row| row.text != headline.text);
        if draft.authors.is_empty() && !facts.is_footer {
            draft.authors = name::authors(&take_byline(&mut rows, found, false));
        }
    }
    draft.body.set(&paragraphs(&rows));
}

/// Whether the first of `rows` is a headline.
fn has_headline(rows: &[Row], found: &Found, facts: &Facts) -> bool {
    let Some((first, rest)) = rows.split_first() else { return false };
    let is_ended_headline = || {
        let is_one = !first.text.trim_end_matches('.').contains(". ") && first.text.len() <= LONGEST_ENDED;
        facts.listed.contains(&first.text) || (facts.has_ended_headlines && is_one)
    };
    match rest {
        [] => noise::is_headline(&first.text) && !found.is_inline,
        _ => noise::is_headline(&first.text) || is_ended_headline(),
    }
}

/// The lines of an entry without what the page put among them.
fn kept(pending: &Pending, facts: &Facts, is_last: bool) -> Vec<Row> {
    let rows = &pending.rows;
    let is_unsigned = pending.found.clock.is_none() && pending.found.byline.is_empty();
    let may_have_foot = is_last && (!facts.is_footer || is_unsigned);
    let foot = may_have_foot.then(|| foot(rows, facts)).flatten();
    let is_kept = |row: &&Row| {
        let is_noise = noise::is_furniture(&row.text)
            || matches!(row.sight, Sight::Relative { .. })
            || (facts.has_menu && noise::is_pitch(&row.text))
            || facts.endings.has(&row.text);
        !is_noise
    };
    let mut kept: Vec<Row> = rows.iter().take(foot.unwrap_or(rows.len())).filter(is_kept).cloned().collect();
    noise::drop_broken_credits(&mut kept);
    kept.retain(|row| !noise::is_credit(&row.text));
    if facts.is_footer {
        noise::drop_card(&mut kept);
    }
    kept
}

/// Where the foot of the page begins in the lines of the last entry, which no stamp closes: at what the entries
/// before it ended with, else at the first menu.
fn foot(rows: &[Row], facts: &Facts) -> Option<usize> {
    let ending = rows.iter().skip(1).position(|row| facts.endings.has(&row.text)).map(|at| at + 1);
    ending.or_else(|| noise::foot(rows, facts.has_menu))
}

/// Takes the byline from the stamp, or from a line of its own at the start of the entry or, where stamps close entries,
/// before the stamp.
fn take_byline(rows: &mut Vec<Row>, found: &Found, is_footer: bool) -> String {
    if !found.byline.is_empty() {
        return found.byline.clone();
    }
    let is_byline = |row: &Row| {
        let (name, has_lead) = name::without_lead(&row.text);
        name::is_full_name(name) && (has_lead || found.label.is_empty())
    };
    let at = if is_footer { rows.len().checked_sub(1) } else { Some(0) };
    let has_more = rows.len() >= 2 && rows.iter().any(|row| noise::is_sentence(&row.text));
    match at.and_then(|at| rows.get(at).map(|row| (at, row))) {
        Some((at, row)) if has_more && is_byline(row) => rows.remove(at).text,
        _ => String::new(),
    }
}

fn kinds(label: &str) -> Kinds {
    const LABELS: &[(&str, Kinds)] = &[
        ("KEY", Kinds::KEY),
        ("BREAKING", Kinds::BREAKING),
        ("PINNED", Kinds::PINNED),
        ("SUMMARY", Kinds::SUMMARY),
    ];
    let word = label.split_whitespace().next().unwrap_or_default();
    LABELS.iter().find(|(known, _)| *known == word).map_or(Kinds::NONE, |(_, kinds)| *kinds)
}

/// The text of `rows`, a paragraph each.
pub(super) fn paragraphs(rows: &[Row]) -> String {
    let texts: Vec<&str> = rows.iter().map(|row| row.text.as_str()).collect();
    texts.join("\n\n")
}

/// `rows` with the lines joined that were one paragraph before the text was wrapped to a width. The first line of a log's
/// entry is shorter than the others by its time.
pub(super) fn joined(rows: &[Row], is_inline: bool) -> Vec<Row> {
    let mut joined = Vec::with_capacity(rows.len());
    for (index, run) in rows.chunk_by(|_, after| !after.gap).enumerate() {
        match run {
            [first, rest @ ..] if is_wrapped(run, is_inline && index == 0) => {
                let mut paragraph = first.clone();
                for row in rest {
                    paragraph.text.push(' ');
                    paragraph.text.push_str(&row.text);
                }
                joined.push(paragraph);
            }
            _ => joined.extend_from_slice(run),
        }
    }
    joined
}

/// Whether neighbouring lines are one paragraph that was wrapped: all but the last are about as wide, and a word without
/// a capital goes on where a line without a full stop ends.
fn is_wrapped(run: &[Row], has_short_start: bool) -> bool {
    const WIDTHS: std::ops::RangeInclusive<usize> = 40..=100;
    let Some((_, full)) = run.split_last() else { return false };
    let is_full = |row: &Row| WIDTHS.contains(&row.text.chars().take(101).count());
    let goes_on = |pair: &[Row]| match pair {
        [before, after] => {
            let has_word = after.text.starts_with(char::is_lowercase) && !after.text.starts_with("http");
            has_word && !noise::is_ended(&before.text)
        }
        _ => false,
    };
    let full = full.get(usize::from(has_short_start)..).unwrap_or_default();
    run.len() > 1 && full.iter().all(is_full) && run.windows(2).any(goes_on)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(lines: &[&str]) -> Vec<Row> {
        lines.iter().filter(|line| !line.is_empty()).map(|line| Row::new(line, 0, false)).collect()
    }

    #[test]
    fn wrapped_lines_are_joined_and_others_are_not() {
        let wrapped =
            rows(&["The ferry left the harbour at noon with forty people on", "board and came back at six."]);
        assert_eq!(joined(&wrapped, false).len(), 1);
        let lines = rows(&["The ferry left the harbour at noon.", "It came back at six.", "in the rain"]);
        assert_eq!(joined(&lines, false).len(), 3);
    }
}
