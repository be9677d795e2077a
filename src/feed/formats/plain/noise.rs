//! What a page has beside its entries, told by shape, place and repetition: menus, share labels, numbers of machines,
//! photo credits, cards that lead to other pages.
//!
//! The two tables here hold words that any publisher may use; no rule knows a page by name.

use std::collections::{HashMap, VecDeque};

use super::{row::Row, sight::Sight};

/// Lines that are furniture wherever they stand: labels of buttons and boxes. The first three are of advertisements.
const LABELS: &[&str] = &[
    "advertisement",
    "anzeige",
    "publicité",
    "share",
    "share link",
    "share this",
    "copy link",
    "link copied",
    "facebook",
    "twitter",
    "whatsapp",
    "reddit",
    "linkedin",
    "share this post",
    "email",
    "e-mail",
    "recommended",
    "read more",
    "comments",
    "close",
    "✕",
    "key events",
];

/// Words that make a line speak to visitors of the page, not to readers of the story.
const PITCHES: &[&str] =
    &["newsletter", "unsubscribe", "your email", "cookies", "javascript", "notifications", "our app"];

/// The longest headline, in characters.
const LONGEST_HEADLINE: usize = 160;
/// The longest label of a menu, in characters.
const LONGEST_LABEL: usize = 45;
/// The longest line that is furniture when many entries end with it, in bytes.
const LONGEST_ENDING: usize = 30;
/// How many lines at the end of an entry are counted.
const MOST_ENDING_LINES: usize = 6;
/// How many entries must end with a line to make it furniture.
const ENOUGH_ENDINGS: u32 = 3;
/// The most different ends of entries that are counted.
const MOST_ENDINGS: usize = 1_000;
/// How many lines of a menu, among this many and one, make one.
const MENU: usize = 4;

/// Whether `text` is furniture wherever it stands.
pub(in crate::feed::formats) fn is_furniture(text: &str) -> bool {
    let is_short = text.len() <= LONGEST_ENDING;
    (is_short && LABELS.contains(&text.to_lowercase().as_str()))
        || is_machine_number(text)
        || is_embedded_rule(text)
}

/// A count of seconds since 1970 or an id, as scripts leave it between entries.
fn is_machine_number(text: &str) -> bool {
    (9..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A line without a letter or figure, such as `* * *` or `-----`.
fn is_embedded_rule(text: &str) -> bool {
    !text.chars().any(|char| char.is_alphanumeric() || !char.is_ascii())
}

/// Whether `text` is the label of an advertisement, which parts entries where nothing else does.
pub(super) fn is_advertisement(text: &str) -> bool {
    LABELS.iter().take(3).any(|label| text.eq_ignore_ascii_case(label))
}

/// Drops the short lines that stand in `rows` three times or more, as what stands beside every advertisement does.
pub(super) fn drop_repeated(rows: &mut VecDeque<Row>) {
    let is_short = |row: &Row| {
        row.text.len() <= LONGEST_LABEL && row.sight == Sight::Text && !is_advertisement(&row.text)
    };
    let mut counts: HashMap<String, u32> = HashMap::new();
    for row in rows.iter().filter(|row| is_short(row)) {
        *counts.entry(row.text.clone()).or_insert(0) += 1;
    }
    rows.retain(|row| !is_short(row) || counts.get(&row.text).is_none_or(|count| *count < ENOUGH_ENDINGS));
}

/// Whether `text` speaks to visitors of the page.
pub(super) fn is_pitch(text: &str) -> bool {
    let text: String = text.chars().take(300).flat_map(char::to_lowercase).collect();
    PITCHES.iter().any(|pitch| text.contains(pitch))
}

/// Whether `text` ends as a sentence does, a quotation mark or bracket after it set aside.
pub(super) fn is_ended(text: &str) -> bool {
    text.trim_end_matches(['”', '"', '’', '\'', '»', '“', ')'])
        .ends_with(['.', '!', '?', '…', '。', '！', '？', '।'])
}

/// Whether `text` reads as a headline: short, and not ended as a sentence is. A short question or cry may be one.
pub(in crate::feed::formats) fn is_headline(text: &str) -> bool {
    let text = text.trim_end();
    let length = text.chars().take(LONGEST_HEADLINE + 1).count();
    let is_cry = text.ends_with(['!', '?']) && length <= 100;
    let is_open = text.ends_with([':', ',', ';']);
    let is_said = text.starts_with(['“', '"', '«']) && text.ends_with(['”', '"', '»']);
    let goes_on = text.ends_with('…') && !text.contains(". ");
    let is_item = text.starts_with(['•', '*', '-', '–', '—', '·']) || text.starts_with("http");
    length <= LONGEST_HEADLINE && !is_open && !is_said && !is_item && (is_cry || goes_on || !is_ended(text))
}

/// Whether `text` reads as part of a paragraph: it ends as a sentence, or is too long for anything else.
pub(super) fn is_sentence(text: &str) -> bool {
    let is_long = text.len() > 200;
    is_long || (is_ended(text) && text.len() >= 25 && text.contains(' ')) || text.ends_with([':', ','])
}

/// Whether `text` could be a label of a menu, a tag or a cell of a table.
pub(super) fn is_menu_label(text: &str) -> bool {
    !is_ended(text) && !text.ends_with(':') && text.chars().take(LONGEST_LABEL + 1).count() <= LONGEST_LABEL
}

/// A line in parentheses that credits a picture: `(Ana Bell/Harbour Pictures)`.
pub(super) fn is_credit(text: &str) -> bool {
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    inner.is_some_and(|inner| inner.len() <= 80 && !inner.contains(['(', ')']) && !is_ended(inner))
}

/// Takes the lines of credits that were broken over several: `(`, `Image:`, `Harbour Pictures)`.
pub(super) fn drop_broken_credits(rows: &mut Vec<Row>) {
    while let Some(start) = rows.iter().position(|row| row.text == "(") {
        let end = rows.iter().skip(start).take(4).position(|row| row.text.ends_with(')'));
        rows.drain(start..=start + end.unwrap_or(0));
    }
}

/// Takes off the end of an entry a card that leads to another page: a headline and a teaser, neither ended as a sentence
/// is. As found where a page closes its entries with “related” boxes.
pub(super) fn drop_card(rows: &mut Vec<Row>) {
    let [before @ .., title, teaser] = rows.as_slice() else { return };
    let is_line = |row: &Row, least: usize| {
        let length = row.text.chars().take(250).count();
        (least..250).contains(&length) && !is_ended(&row.text) && !row.text.ends_with(':') && !row.gap
    };
    let has_body = before.iter().any(|row| is_sentence(&row.text));
    if has_body && is_headline(&title.text) && is_line(title, 25) && is_line(teaser, 50) {
        rows.truncate(rows.len() - 2);
    }
}

/// The short lines that entries end with. Where many entries end alike, as with the labels of buttons below each, it is
/// furniture.
#[derive(Debug, Clone, Default)]
pub(super) struct Endings(HashMap<String, u32>);

impl Endings {
    /// Counts what the entry of `rows` ends with.
    pub(super) fn count(&mut self, rows: &[Row]) {
        let is_short = |row: &&Row| row.text.len() <= LONGEST_ENDING && !is_ended(&row.text);
        let mut seen: Vec<&str> = Vec::new();
        for row in rows.iter().skip(1).rev().take(MOST_ENDING_LINES).take_while(is_short) {
            let text = row.text.as_str();
            if seen.contains(&text) || (self.0.len() >= MOST_ENDINGS && !self.0.contains_key(text)) {
                continue;
            }
            seen.push(text);
            *self.0.entry(text.to_owned()).or_insert(0) += 1;
        }
    }

    /// Whether many entries end with `text`.
    pub(super) fn has(&self, text: &str) -> bool {
        text.len() <= LONGEST_ENDING && self.0.get(text).is_some_and(|count| *count >= ENOUGH_ENDINGS)
    }
}

/// Where the menus at the foot of a page begin in `rows`, the first of which is not looked at: where most lines of a
/// stretch are labels. A page that `has_menu` at its head has one there; else the stretch must be longer.
pub(super) fn foot(rows: &[Row], has_menu: bool) -> Option<usize> {
    let length = if has_menu { MENU + 1 } else { 2 * MENU };
    let labels: Vec<bool> = rows.iter().map(|row| is_menu_label(&row.text)).collect();
    let start = labels.windows(length).skip(1).position(|stretch| {
        stretch.first() == Some(&true) && stretch.iter().filter(|is_label| **is_label).count() + 1 >= length
    })?;
    Some(start + 1)
}

/// Whether `rows` hold a menu: many labels.
pub(super) fn has_menu(rows: &[Row]) -> bool {
    rows.iter().filter(|row| is_menu_label(&row.text)).count() >= 10
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(texts: &[&str]) -> Vec<Row> {
        texts.iter().map(|text| Row::new(text, 0, false)).collect()
    }

    #[test]
    fn headlines_are_told_from_sentences() {
        for headline in
            ["Ferry back in harbour", "Lunch?", "‘We will stay’ – harbour master", "Summary of the day …"]
        {
            assert!(is_headline(headline), "{headline}");
        }
        for other in
            ["The ferry is back.", "She said:", "“We will stay,” he said.", "“We will stay”", "• a point"]
        {
            assert!(!is_headline(other), "{other}");
        }
    }

    #[test]
    fn furniture_is_known_by_shape() {
        for text in ["1745811540", "Share", "FACEBOOK", "* * *", "✕"] {
            assert!(is_furniture(text), "{text}");
        }
        assert!(!is_furniture("42") && !is_furniture("नमस्ते") && !is_furniture("Share prices fall"));
        assert!(is_credit("(Ana Bell/Harbour Pictures)") && !is_credit("(It went on.)"));
    }

    #[test]
    fn a_card_goes_and_a_list_stays() {
        let body = "The ferry is back in the harbour today.";
        let mut card = rows(&[
            body,
            "How the old ferry came to the harbour",
            "The captain tells how she found the boat in a shed far from the sea",
        ]);
        drop_card(&mut card);
        assert_eq!(card.len(), 1);
        let mut list = rows(&[body, "two boats", "three nets"]);
        drop_card(&mut list);
        assert_eq!(list.len(), 3);
    }

    #[test]
    fn the_foot_of_a_page_is_where_the_menus_begin() {
        let page = rows(&[
            "Head",
            "A sentence.",
            "Score 3",
            "More",
            "News",
            "Sport",
            "About us",
            "Contact",
            "Terms",
        ]);
        assert_eq!(foot(&page, true), Some(2));
        assert_eq!(foot(&rows(&["Head", "One.", "Two.", "Three"]), true), None);
    }
}
