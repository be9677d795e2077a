//! Blocks to entries.

use chrono::NaiveDate;

use crate::{
    feed::{
        Context,
        formats::plain::{
            calendar::{self, Day},
            days::{self, Days, Direction},
            sight::Found,
        },
        time,
    },
    model::{Blog, Draft, Packer, Precision, Stamp},
    text::{line::Line, link::Link, prose::BlockKind},
};

use super::{
    about,
    blocks::{self, Block, Placed},
    body::Body,
    inline,
    stamp::{self, DayLead, Lead},
};

/// What begins an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// A heading of this level.
    Heading(u8),
    /// An item of a list.
    Item,
}

/// An entry whose words are not read yet.
#[derive(Debug)]
struct Raw<'a> {
    found: Option<Found>,
    /// Whether zone or day of its time are said to be assumed.
    is_assumed: bool,
    /// The day that the heading above it tells, and whether it is the first below that.
    day: Option<DayLead<'a>>,
    is_first_of_day: bool,
    /// Its time as written.
    written: &'a str,
    headline: &'a str,
    /// The words on the line of its time.
    text: &'a str,
    blocks: Vec<&'a Block>,
    line: usize,
}

/// Reads a whole document.
pub(super) fn read(bytes: &[u8], context: &Context, packer: &mut Packer) {
    let text = String::from_utf8_lossy(bytes);
    let placed = blocks::placed(text.trim_start_matches('\u{feff}'));
    let Some(style) = style(&placed) else {
        packer.problem(None, "no heading and no list item begins with a time");
        return;
    };
    let mut page = Page {
        style,
        title: None,
        intro: Vec::new(),
        entries: Vec::new(),
        day: None,
        is_new_day: false,
        is_open: false,
    };
    for block in &placed {
        if !page.take(block) {
            packer
                .problem(Some(block.line as u64 + 1), "words between a heading and the next entry; left out");
        }
    }
    let mut days = Days::new(context);
    for (at, _) in page.title.unwrap_or_default().char_indices() {
        let rest = page.title.and_then(|title| title.get(at..)).unwrap_or_default();
        if let Some((day, _)) = calendar::day(rest).filter(|(day, _)| day.year.is_some()) {
            days.note_page(Some(day), "");
            break;
        }
    }
    packer.blog(blog(&page));
    let direction = direction(&page.entries);
    let mut draft = Draft::default();
    for (at, raw) in page.entries.iter().enumerate() {
        draft.clear();
        fill(raw, &mut draft);
        draft.published = published(raw, &mut days, direction, context);
        let line = raw.line as i64;
        draft.position = if direction == Direction::NewestFirst { -line } else { line };
        draft.is_cut_short = at + 1 == page.entries.len();
        packer.entry(&mut draft);
    }
}

/// What begins the entries: headings of the level that most headings with a time have, else items.
fn style(placed: &[Placed]) -> Option<Style> {
    let mut levels = [0; 7];
    let mut items = 0;
    for placed in placed {
        match &placed.block {
            Block::Heading { level, text } if is_stamp(text) => {
                levels.iter_mut().skip(usize::from(*level)).take(1).for_each(|count| *count += 1);
            }
            Block::Item { text, depth: 0 } => items += usize::from(is_stamp(text)),
            _ => {}
        }
    }
    let most = levels.iter().enumerate().rev().max_by_key(|(_, count)| **count)?;
    match most {
        (level, count) if *count > 0 => Some(Style::Heading(level as u8)),
        _ => (items > 0).then_some(Style::Item),
    }
}

fn is_stamp(text: &str) -> bool {
    matches!(stamp::lead(text), Some(Lead::Stamp(..)))
}

/// What is known while blocks are read in order.
#[derive(Debug)]
struct Page<'a> {
    style: Style,
    title: Option<&'a str>,
    intro: Vec<&'a Block>,
    entries: Vec<Raw<'a>>,
    day: Option<DayLead<'a>>,
    is_new_day: bool,
    /// Whether what comes belongs to the last entry.
    is_open: bool,
}

impl<'a> Page<'a> {
    /// Takes a block; tells whether it found its place.
    fn take(&mut self, placed: &'a Placed) -> bool {
        let block = &placed.block;
        match (block, self.style) {
            (Block::Heading { level: 1, text }, _)
                if self.title.is_none() && self.is_before() && !is_stamp(text) =>
            {
                self.title = Some(text);
            }
            (Block::Heading { text, level }, style) => {
                let is_outer =
                    style == Style::Item || matches!(style, Style::Heading(entry) if *level <= entry);
                match stamp::lead(text) {
                    Some(Lead::Day(day)) if is_outer => {
                        (self.day, self.is_new_day, self.is_open) = (Some(day), true, false);
                    }
                    Some(Lead::Stamp(found, is_assumed, rest)) if is_outer && style != Style::Item => {
                        self.begin(Some(*found), is_assumed, text, rest, placed.line);
                    }
                    _ if is_outer && style == Style::Heading(*level) && !self.is_before() => {
                        let headline = text.strip_prefix('·').map_or(text.as_str(), str::trim_start);
                        self.begin(None, false, "", headline, placed.line);
                    }
                    // A heading of a part of the page.
                    _ if is_outer && !self.is_before() => self.is_open = false,
                    _ => return self.append(block),
                }
            }
            (Block::Item { text, depth: 0 }, Style::Item) => match stamp::lead(text) {
                Some(Lead::Stamp(found, is_assumed, rest)) => {
                    self.begin(Some(*found), is_assumed, text, "", placed.line);
                    self.entries.iter_mut().last().into_iter().for_each(|raw| raw.text = rest);
                }
                _ => return self.append(block),
            },
            _ => return self.append(block),
        }
        true
    }

    /// Whether no entry and no day has been met.
    fn is_before(&self) -> bool {
        self.entries.is_empty() && self.day.is_none()
    }

    fn begin(
        &mut self,
        found: Option<Found>,
        is_assumed: bool,
        text: &'a str,
        headline: &'a str,
        line: usize,
    ) {
        let written = text.strip_suffix(headline).unwrap_or(text);
        let is_first_of_day = std::mem::take(&mut self.is_new_day);
        let (day, blocks) = (self.day, Vec::new());
        self.entries.push(Raw {
            found,
            is_assumed,
            day,
            is_first_of_day,
            written,
            headline,
            text: "",
            blocks,
            line,
        });
        self.is_open = true;
    }

    fn append(&mut self, block: &'a Block) -> bool {
        match self.entries.last_mut() {
            Some(entry) if self.is_open => entry.blocks.push(block),
            None if self.day.is_none() => self.intro.push(block),
            _ => return false,
        }
        true
    }
}

fn blog(page: &Page<'_>) -> Blog {
    let mut blog = Blog { title: inline::line(page.title.unwrap_or_default()), ..Blog::default() };
    let mut intro = page.intro.as_slice();
    if let Some((Block::Paragraph(first), rest)) = intro.split_first()
        && let Some((names, kinds)) = about(first)
        && let ([name], true) = (names.as_slice(), kinds.is_empty())
    {
        intro = rest;
        match name.strip_prefix("By ") {
            Some(author) => blog.authors = vec![Line::new(author)],
            None => blog.publisher = name.clone(),
        }
    }
    let mut body = Body::default();
    intro.iter().for_each(|block| body.block(block));
    blog.standfirst = body.finish().0;
    blog
}

fn fill(raw: &Raw<'_>, draft: &mut Draft) {
    draft.headline = inline::line(raw.headline);
    draft.written = match raw.day {
        Some(DayLead { day, .. }) if !raw.written.is_empty() => {
            format!("{} {}-{:?} {}", day.number, day.month, day.year, raw.written.trim())
        }
        _ => raw.written.trim().to_owned(),
    };
    let mut blocks = raw.blocks.as_slice();
    if let Some((Block::Paragraph(first), rest)) = blocks.split_first()
        && let Some((authors, kinds)) = about(first)
    {
        (draft.authors, draft.kinds) = (authors, kinds);
        blocks = rest;
    }
    if let Some((Block::Paragraph(last), rest)) = blocks.split_last()
        && let Some(address) = last.strip_prefix('<').and_then(|text| text.strip_suffix('>'))
        && let Some(link) = Link::parse(address)
    {
        draft.link = Some(link);
        blocks = rest;
    }
    let mut body = Body::default();
    body.parts(raw.text, BlockKind::Paragraph);
    blocks.iter().for_each(|block| body.block(block));
    (draft.body, draft.media) = body.finish();
}

/// Which way time runs by most steps from entry to entry.
fn direction(entries: &[Raw<'_>]) -> Direction {
    let ordinal = |day: Day| {
        (i64::from(day.year.unwrap_or(0)) * 12 + i64::from(day.month)) * 31 + i64::from(day.number)
    };
    let timed: Vec<(&Raw<'_>, &Found)> =
        entries.iter().filter_map(|raw| Some((raw, raw.found.as_ref()?))).collect();
    let step = |pair: &[(&Raw<'_>, &Found)]| match pair {
        [(first, before), (second, after)] => match (first.day, second.day) {
            (Some(first), Some(second)) if first.day != second.day => {
                ordinal(second.day) - ordinal(first.day)
            }
            _ => days::step(before, after),
        },
        _ => 0,
    };
    let sum: i64 = timed.windows(2).map(step).map(i64::signum).sum();
    if sum < 0 { Direction::NewestFirst } else { Direction::OldestFirst }
}

fn published(raw: &Raw<'_>, days: &mut Days, direction: Direction, context: &Context) -> Option<Stamp> {
    if let Some(DayLead { day, .. }) = raw.day.filter(|_| raw.is_first_of_day) {
        days.enter(day);
    }
    let mut found = raw.found.clone()?;
    let zone = raw.day.map_or("", |day| day.zone);
    if found.zone.is_empty() {
        zone.replace("UTC", "Z").clone_into(&mut found.zone);
    }
    let stamp = if found.clock.is_none() {
        let Day { number, month, year } = found.day?;
        let local = NaiveDate::from_ymd_opt(year?, month, number)?.and_hms_opt(0, 0, 0)?;
        time::with_zone(local, Precision::Day, &found.zone, context.zone())?
    } else {
        days.resolve(&found, direction, raw.is_first_of_day)?
    };
    Some(if raw.is_assumed { stamp.assuming(true, stamp.date_assumed) } else { stamp })
}
