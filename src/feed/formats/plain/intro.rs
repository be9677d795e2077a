//! What stands above the first entry: the page's title, its standfirst, and menus.

use crate::model::Blog;

use super::{entry, noise, row::Row, sight::Sight};

/// The shortest title, in characters; what is shorter is as likely a menu's.
const SHORTEST_TITLE: usize = 12;
/// The most paragraphs of a standfirst.
const MOST_PARAGRAPHS: usize = 40;

/// What `rows`, which stand above the first entry, tell of the blog.
pub(super) fn blog(rows: &[Row]) -> Blog {
    let has_menu = noise::has_menu(rows);
    let (title, after) = title(rows, has_menu);
    let below = rows.get(after..).unwrap_or_default();
    let is_told = |row: &&Row| {
        let is_text = matches!(row.sight, Sight::Text | Sight::Dash);
        let is_prose = noise::is_ended(&row.text) || noise::is_sentence(&row.text);
        let is_of_page = has_menu && (row.text.len() < 40 || noise::is_pitch(&row.text));
        is_text && is_prose && !is_of_page && !noise::is_furniture(&row.text)
    };
    let mut told: Vec<Row> = below.iter().filter(is_told).take(MOST_PARAGRAPHS).cloned().collect();
    told.dedup_by(|after, before| after.text == before.text);
    let mut blog = Blog::default();
    blog.title.set(title);
    blog.standfirst.set(&entry::paragraphs(&entry::joined(&told, false)));
    blog
}

/// The title, and where what follows it begins.
///
/// A page copied whole begins with the title of its window, which is its headline with the publisher's name after it: the
/// line that the first one begins with is the title. Else the first line is, if it reads as one.
fn title(rows: &[Row], has_menu: bool) -> (&str, usize) {
    let Some(first) = rows.first() else { return ("", 0) };
    let again = rows
        .iter()
        .enumerate()
        .skip(1)
        .filter(|(_, row)| row.text.chars().take(SHORTEST_TITLE).count() == SHORTEST_TITLE)
        .filter(|(_, row)| first.text.starts_with(&row.text))
        .max_by_key(|(at, row)| (row.text.len(), *at));
    if let Some((at, row)) = again {
        return (&row.text, at + 1);
    }
    // A line set apart by an empty one is a title at any length.
    let is_apart = rows.get(1).is_none_or(|row| row.gap);
    let is_title = noise::is_headline(&first.text)
        && first.sight == Sight::Text
        && (is_apart || first.text.chars().take(SHORTEST_TITLE).count() == SHORTEST_TITLE);
    if is_title && !has_menu { (&first.text, 1) } else { ("", 0) }
}

/// Where the first entry begins in `rows`, which end where the stamp stands that closes it: at the last headline that
/// only sentences follow. What stands above is of the page.
///
/// A page that lists its headlines on top has the first of them again above its entry, which then tells the same.
pub(super) fn first_entry(rows: &[Row]) -> usize {
    let listed = rows.iter().enumerate().rev().find(|(at, row)| {
        let is_again = row.text.chars().take(SHORTEST_TITLE).count() == SHORTEST_TITLE
            && rows.iter().take(*at).any(|before| before.text == row.text);
        is_again && rows.iter().skip(at + 1).any(|row| noise::is_sentence(&row.text))
    });
    headline_above_sentences(rows).max(listed.map_or(0, |(at, _)| at))
}

fn headline_above_sentences(rows: &[Row]) -> usize {
    let end = rows.len();
    let mut sentences = 0;
    for (at, row) in rows.iter().enumerate().rev() {
        let is_noise =
            noise::is_furniture(&row.text) || noise::is_credit(&row.text) || row.sight != Sight::Text;
        if noise::is_sentence(&row.text) {
            sentences += 1;
        } else if sentences > 0 && !is_noise && noise::is_headline(&row.text) {
            return at;
        }
        // A card or a byline may stand between the last sentence and the stamp; more than that is no entry.
        if sentences == 0 && end - at > 4 {
            break;
        }
    }
    rows.iter().rposition(|row| row.gap).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(lines: &[&str]) -> Vec<Row> {
        lines.iter().map(|line| Row::new(line, 0, false)).collect()
    }

    #[test]
    fn the_title_is_what_the_window_was_called_without_the_publisher() {
        let rows = rows(&[
            "Harbour fire live: ferries stopped | The Quay",
            "News",
            "Harbour fire live: ferries stopped",
            "The fire began at noon.",
        ]);
        let blog = blog(&rows);
        assert_eq!(blog.title.as_str(), "Harbour fire live: ferries stopped");
        assert_eq!(blog.standfirst.text(), "The fire began at noon.");
    }

    #[test]
    fn a_text_without_a_title_gets_none() {
        assert!(blog(&rows(&["The fire began at noon in the old harbour."])).title.is_empty());
    }

    #[test]
    fn the_first_entry_begins_at_the_last_headline_above_its_sentences() {
        let rows = rows(&[
            "The fire began at noon in the old harbour.",
            "Ferries have stopped, the harbour master said.",
            "Ferries stop for the day",
            "No ferry leaves before tomorrow, the harbour master said.",
            "Visitors are asked to stay away from the quay.",
        ]);
        assert_eq!(first_entry(&rows), 2);
    }
}
