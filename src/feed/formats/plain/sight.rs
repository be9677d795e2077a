//! What a line is, judged by itself: text, or the stamp of an entry, or another of the lines that carry a time.
//!
//! A stamp is a line of its own, with a name or a label at most, or it starts the line of a log. A clock within a
//! sentence is none. Only the head of a line is looked at, so a line of any length costs the same.

use crate::{feed::zones, text::clean};

use super::{
    calendar::Day,
    name,
    scan::{self, Clock, Times},
};

/// How much of a line is looked at, in bytes.
const HEAD: usize = 400;
/// The longest line whose time may stand at its end, in bytes.
const LONGEST_FOOTER: usize = 160;
/// The longest label beside a stamp, in bytes.
const LONGEST_LABEL: usize = 24;

/// What a line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::feed::formats) enum Sight {
    Text,
    /// The stamp of an entry, if others bear it out.
    Stamp(Box<Found>),
    /// `Updated at 12:08`: when the entry above was revised, or when the page was, above the first entry.
    Updated(Box<Found>),
    /// A day and no clock: it heads what follows.
    Day(Day),
    /// `4m ago` alone, of a list of key events. With `From` before it, what follows is a copy of an entry.
    Relative {
        is_copy: bool,
    },
    /// `— Name`: the end of an entry where there are no stamps.
    Dash,
}

/// How a stamp is built; stamps of one page are built alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::feed::formats) struct Shape {
    /// Whether the time starts the line; else a name does.
    pub leads: bool,
    pub has_day: bool,
    pub has_year: bool,
}

/// How surely a line is a stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::feed::formats) enum Strength {
    /// It could be an ordinary line: a number such as `12.50`, or text after a clock.
    Weak,
    /// A clock, or a clock with a name.
    Fair,
    /// Nobody writes this but as a stamp.
    Strong,
}

/// A stamp as found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::feed::formats) struct Found {
    pub clock: Option<Clock>,
    pub day: Option<Day>,
    pub zone: String,
    /// The byline beside it.
    pub byline: String,
    /// A label beside it, such as `KEY EVENT`.
    pub label: String,
    /// Where the text after it begins, in a line that goes on with text; else the length of the line.
    pub text_at: usize,
    /// Whether text follows on the same line.
    pub is_inline: bool,
    /// Whether the name could as well be text: it stands apart, after a clock.
    pub is_name_loose: bool,
    pub shape: Shape,
    pub strength: Strength,
}

/// Words before a time, and what they make of it.
const LEADS: &[(&str, Lead)] = &[
    ("posted", Lead::Posted),
    ("published", Lead::Posted),
    ("first published", Lead::Posted),
    ("publié", Lead::Posted),
    ("updated", Lead::Updated),
    ("last updated", Lead::Updated),
    ("modified", Lead::Updated),
    ("edited", Lead::Updated),
    ("aktualisiert", Lead::Updated),
    ("mis à jour", Lead::Updated),
    ("from", Lead::From),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lead {
    None,
    Posted,
    Updated,
    From,
}

/// What `line` is.
pub(in crate::feed::formats) fn sight(line: &str) -> Sight {
    let head = head(line);
    if is_dash_byline(head) && head.len() == line.len() {
        return Sight::Dash;
    }
    if !head.bytes().any(|byte| byte.is_ascii_digit()) && !head.contains("ago") {
        return Sight::Text;
    }
    let (lead, start) = lead(head);
    match scan::times(start) {
        Some((times, rest)) => {
            leading(line, head, lead, times, after_repeat(times, rest)).unwrap_or(Sight::Text)
        }
        None if head.len() == line.len() => trailing(line).unwrap_or(Sight::Text),
        None => Sight::Text,
    }
}

fn head(line: &str) -> &str {
    let end = (0..=HEAD.min(line.len())).rev().find(|end| line.is_char_boundary(*end)).unwrap_or(0);
    line.get(..end).unwrap_or(line)
}

fn lead(text: &str) -> (Lead, &str) {
    let found = LEADS.iter().find_map(|(word, lead)| Some((*lead, scan::strip_word(text, word)?)));
    found.map_or((Lead::None, text), |(lead, rest)| (lead, scan::after_joints(rest)))
}

/// Whether `text` says that the page was updated, without saying when.
pub(in crate::feed::formats) fn is_page_lead(text: &str) -> bool {
    let (lead, rest) = lead(text);
    lead == Lead::Updated && rest.is_empty()
}

/// `— Name`, `– Name and Name`. With a handle in parentheses it is the end of a post that was embedded.
fn is_dash_byline(text: &str) -> bool {
    let name = text.strip_prefix(['—', '–', '―']).or_else(|| text.strip_prefix("-- "));
    name.is_some_and(|name| !name.contains('(') && name::is_name(name) && name.trim().contains(' '))
}

/// A line that starts with `times`, and what follows them.
fn leading(line: &str, head: &str, lead: Lead, times: Times<'_>, rest: &str) -> Option<Sight> {
    let after = rest.trim_matches(|char: char| char.is_whitespace() || ",|·•:–—-".contains(char));
    let is_line = after.is_empty() && head.len() == line.len();
    let Some(clock) = times.clock else {
        return match (times.day, is_line) {
            (Some(day), true) if lead == Lead::None => Some(Sight::Day(day)),
            (None, true) if times.is_relative => Some(Sight::Relative { is_copy: lead == Lead::From }),
            _ => None,
        };
    };
    let mut found = Found::new(times, line.len());
    if lead == Lead::Updated {
        return is_line.then(|| Sight::Updated(Box::new(found)));
    }
    let is_certain = lead == Lead::Posted
        || times.is_relative
        || (times.day.is_some() && !times.zone.is_empty())
        || is_glued(head);
    found.strength = match (is_certain, clock.is_numeral && times.zone.is_empty() && times.day.is_none()) {
        (true, _) => Strength::Strong,
        (false, true) => Strength::Weak,
        (false, false) => Strength::Fair,
    };
    if is_line {
        return Some(Sight::Stamp(Box::new(found)));
    }
    if self::lead(after).0 != Lead::None && head.len() == line.len() {
        // `… First published …`: both times are the page's.
        return Some(Sight::Updated(Box::new(found)));
    }
    let is_apart = rest.starts_with(|char: char| !char.is_alphabetic());
    if head.len() == line.len() && is_label(after) {
        after.clone_into(&mut found.label);
    } else if head.len() == line.len() && name::is_name(after) && (!is_apart || name::is_full_name(after)) {
        after.clone_into(&mut found.byline);
        found.is_name_loose = is_apart;
        found.text_at = line.len() - rest.len();
    } else {
        found.text_at = text_after(head, rest, clock, is_certain)?;
        found.is_inline = true;
        let has_separator = rest.trim_start().starts_with(['–', '—', '-', ':', '|', '•', '·']);
        found.strength = if has_separator || times.day.is_some() { Strength::Fair } else { Strength::Weak };
    }
    Some(Sight::Stamp(Box::new(found)))
}

/// `rest` without the same clock again, which pages write for readers that do not see and for those that do.
fn after_repeat<'a>(times: Times<'a>, rest: &'a str) -> &'a str {
    match scan::times(scan::after_joints(rest)) {
        Some((again, after)) if times.clock.is_some() && again.clock == times.clock => after,
        _ => rest,
    }
}

/// Whether figures run into a month's name at the start, as only a page whose layout is lost has it.
fn is_glued(head: &str) -> bool {
    head.starts_with(char::is_alphabetic)
        && head.bytes().position(|byte| byte.is_ascii_digit()).is_some_and(|at| {
            head.as_bytes().get(at - 1).is_some_and(u8::is_ascii_alphabetic)
                && head.bytes().skip(at).take_while(u8::is_ascii_digit).count() > 4
        })
}

/// Where the text of a log's line begins, `rest` being what follows its time.
fn text_after(head: &str, rest: &str, clock: Clock, is_certain: bool) -> Option<usize> {
    let text = rest.trim_start();
    let is_apart = text.len() < rest.len() || is_certain;
    // `-->` is of subtitles, the rest of tables and programs' records.
    let is_other = text.starts_with("->")
        || text.starts_with("--")
        || text.starts_with([',', ';', '\t', '/', '%', '[', '<']);
    let is_table = rest.contains('\t');
    let text = text.trim_start_matches(|char: char| char.is_whitespace() || ":–—-|•·)".contains(char));
    let has_separator = rest.trim_start().len() > text.len();
    let first = text.chars().next()?;
    let is_sentence = first.is_uppercase()
        || "“‘\"'«„¿¡".contains(first)
        || (first.is_alphabetic() && !first.is_lowercase());
    let is_text = is_sentence || (has_separator && first.is_alphabetic());
    let is_record = clock.second.is_some() && !has_separator || is_level(text);
    let is_taken =
        (is_apart || has_separator) && !is_other && !is_table && is_text && !is_record && text.contains(' ');
    is_taken.then(|| head.len() - text.len())
}

/// Whether a line of a program's log goes on with `text`: a word for how grave it is, in capitals.
fn is_level(text: &str) -> bool {
    const LEVELS: &[&str] =
        &["INFO", "DEBUG", "WARN", "WARNING", "ERROR", "TRACE", "FATAL", "NOTICE", "CRITICAL"];
    LEVELS
        .iter()
        .any(|level| text.strip_prefix(level).is_some_and(|rest| !rest.starts_with(char::is_alphabetic)))
}

/// A word or two in capitals, such as `KEY EVENT`.
fn is_label(text: &str) -> bool {
    text.len() <= LONGEST_LABEL
        && text.split_whitespace().count() <= 3
        && text.chars().all(|char| char.is_uppercase() || char == ' ')
}

/// A short line that ends with a time, after a name.
fn trailing(line: &str) -> Option<Sight> {
    if line.len() > LONGEST_FOOTER || !ends_in_clock(line) {
        return None;
    }
    let (before, times) = line.char_indices().skip(1).find_map(|(at, char)| {
        let (before, rest) = line.split_at_checked(at)?;
        if !may_begin(char, before) {
            return None;
        }
        let (times, after) = scan::times(rest)?;
        let is_end = after.trim_matches([' ', ')', '.', '|']).is_empty();
        (is_end && times.clock.is_some()).then_some((before, times))
    })?;
    let byline = before.trim_matches(|char: char| char.is_whitespace() || ",|·•:–—-(".contains(char));
    let byline = name_before(byline);
    let mut found = Found::new(times, line.len());
    found.shape.leads = false;
    // `Date: …` is a field of a record.
    let is_field = before.trim_end().ends_with(':');
    if !is_field && name::is_name(byline) && (times.day.is_some() || name::is_full_name(byline)) {
        byline.clone_into(&mut found.byline);
        found.strength = if times.day.is_some() { Strength::Strong } else { Strength::Weak };
        return Some(Sight::Stamp(Box::new(found)));
    }
    // A line that ends with a whole date is a page's dateline: `Location | Oct 02, 2025, 19:02 IST`.
    found.shape.has_year.then(|| Sight::Updated(Box::new(found)))
}

/// Whether a time may begin with `char` behind `before`: at a figure, or at a word, which may be glued to a name.
fn may_begin(char: char, before: &str) -> bool {
    let last = before.chars().next_back().unwrap_or(' ');
    if char.is_ascii_digit() {
        !last.is_ascii_digit()
    } else {
        char.is_alphabetic() && (!last.is_alphabetic() || (last.is_lowercase() && char.is_uppercase()))
    }
}

/// Whether a clock may stand near the end of `line`: a figure, and what parts hours from the rest.
fn ends_in_clock(line: &str) -> bool {
    let start = line.len().saturating_sub(30);
    let end = line.as_bytes().get(start..).unwrap_or_default();
    end.windows(3).any(|bytes| match bytes {
        [b'0'..=b'9', b':' | b'.' | b'h', b'0'..=b'9'] => true,
        [b'0'..=b'9', b' ', half] | [b'0'..=b'9', half, _] => {
            matches!(half, b'a' | b'A' | b'p' | b'P' | b'u' | b'U')
        }
        _ => false,
    })
}

/// A byline without the little words that part it from the time.
fn name_before(text: &str) -> &str {
    let cut = [" at", " on", " um", " am", " à", " le"].iter().find_map(|word| text.strip_suffix(word));
    cut.unwrap_or(text).trim_end_matches([' ', ','])
}

impl Found {
    fn new(times: Times<'_>, length: usize) -> Self {
        Self {
            clock: times.clock,
            day: times.day,
            zone: times.zone.to_owned(),
            byline: String::new(),
            label: String::new(),
            text_at: length,
            is_inline: false,
            is_name_loose: false,
            shape: Shape {
                leads: true,
                has_day: times.day.is_some(),
                has_year: times.day.is_some_and(|day| day.year.is_some()),
            },
            strength: Strength::Fair,
        }
    }

    /// A stamp that tells no time, above an entry.
    pub(in crate::feed::formats) fn undated() -> Self {
        Self::new(Times::default(), 0)
    }

    /// A byline behind a dash, in place of a stamp.
    pub(in crate::feed::formats) fn signed(byline: &str) -> Self {
        let mut found = Self::new(Times::default(), byline.len());
        byline.trim_start_matches(['—', '–', '―', '-', ' ']).clone_into(&mut found.byline);
        found.shape.leads = false;
        found
    }

    /// Whether nothing but the time stands in the line.
    pub(in crate::feed::formats) fn is_bare(&self) -> bool {
        self.byline.is_empty() && self.label.is_empty() && !self.is_inline
    }

    /// Whether the label may be the first letters of a zone, in a line that is not over.
    pub(in crate::feed::formats) fn may_have_half_a_zone(&self) -> bool {
        !self.label.is_empty() && self.zone.is_empty() && zones::may_become_known(&self.label)
    }
}

/// `line` as it is looked at: clean, in one line.
pub(in crate::feed::formats) fn cleaned(line: &str) -> std::borrow::Cow<'_, str> {
    let is_plain = line.bytes().all(|byte| byte == b'\t' || (b' '..0x7f).contains(&byte));
    if is_plain { line.trim().into() } else { clean::line(line).into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(line: &str) -> Found {
        match sight(line) {
            Sight::Stamp(found) => *found,
            other => panic!("{line} is {other:?}"),
        }
    }

    #[test]
    fn stamps_carry_a_name_a_label_or_text() {
        assert_eq!(stamp("Ana Bell28 April 2025 04:39").byline, "Ana Bell");
        assert_eq!(stamp("By Ana Bell, 28 Apr 2025 at 04:39").byline, "By Ana Bell");
        assert_eq!(stamp("21:00Ana Bell-Carr").byline, "Ana Bell-Carr");
        assert_eq!(stamp("20:42KEY EVENT").label, "KEY EVENT");
        assert!(stamp("4m ago12.50 BST").is_bare());
        let line = "2025-04-28 04:39 Rain at last";
        assert_eq!(line.get(stamp(line).text_at..), Some("Rain at last"));
    }

    #[test]
    fn other_lines_with_times_are_told_apart() {
        assert!(matches!(sight("Updated at 12.08 BST"), Sight::Updated(_)));
        assert!(matches!(
            sight("Mon 15 May 2023 12.50 BSTFirst published on Mon 15 May 2023 05.38 BST"),
            Sight::Updated(_)
        ));
        assert!(matches!(sight("Tuesday 29 April"), Sight::Day(_)));
        assert_eq!(sight("49m ago"), Sight::Relative { is_copy: false });
        assert_eq!(sight("From 49m ago"), Sight::Relative { is_copy: true });
        assert_eq!(sight("— Ana Bell and Per Dahl"), Sight::Dash);
        for text in [
            "— Avelin Buses (@avelinbuses) May 5, 2024",
            "One boat and 432 new crates18:28",
            "The wall gave way at 12:30.",
            "12:30 on Monday the wall gave way",
            "Monday",
        ] {
            assert_eq!(sight(text), Sight::Text, "{text}");
        }
    }
}
