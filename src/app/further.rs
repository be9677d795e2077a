//! Further parts of the blogs: asked for when the selection reaches the end that they lie beyond, once until an answer comes.
//!
//! One that could not be read is asked for again when that end is reached after a while, or at once when somebody wants a
//! look; until then, the end says why.

use crate::{
    model::{Readiness, Row, SourceId, Unfetched},
    text::{link::Link, width::width},
};

use super::{App, Effect, Effects, Item, Redraw, Screen};

/// The columns of a row that a message cannot have.
const BESIDE: usize = 4;

/// What became of a further part.
#[derive(Debug)]
pub(super) enum Part {
    /// It was asked for, or it was said why it is not.
    Asked,
    Failed(Unfetched),
}

impl App {
    /// Asks for the parts of the blogs beyond an end that the selection has reached. What is no address has no further
    /// parts, so it is said where they are.
    pub(super) fn fetch_at_the_ends(&mut self) -> Effects {
        let is_looking = self.screen == Screen::Reader && self.search().is_none();
        let Some(Item::Entry(row)) = self.selected().filter(|_| is_looking) else { return Effects::new() };
        let (mut effects, mut words) = (Effects::new(), None);
        for (source, age, link) in self.parts_beyond(row) {
            match self.parts.get(&link) {
                Some(Part::Asked) => continue,
                Some(Part::Failed(failed)) if failed.again.is_none_or(|again| self.now < again) => {
                    words =
                        words.or_else(|| Some(failed_words(age, failed)).filter(|_| self.message.is_none()));
                    continue;
                }
                Some(Part::Failed(_)) | None => {}
            }
            let Some(info) = self.sources.get(usize::from(source)) else { continue };
            if !info.is_address() {
                words = Some(self.words_for_elsewhere(age, &link));
            } else if info.readiness == Readiness::Over {
                words = Some(format!("{age} entries cannot be read: {}", info.words_for_the_end()));
            } else {
                words = Some(match info.rests_until(self.now) {
                    Some(until) => format!(
                        "the server asks to wait {}; the next part of the blog is read then",
                        self.wait_in_words(until)
                    ),
                    None => "reading the next part of the blog".to_owned(),
                });
                effects.push(Effect::Fetch(source, link.clone()));
            }
            self.parts.insert(link, Part::Asked);
        }
        words.iter().for_each(|words| self.say(words));
        effects
    }

    /// The parts beyond the ends at which `row` stands, each with its source and what its entries are.
    fn parts_beyond(&self, row: Row) -> Vec<(SourceId, &'static str, Link)> {
        let rows = self.rows_in_tab();
        let (is_oldest, is_newest) = (rows.first() == Some(&row), rows.last() == Some(&row));
        let blogs = self.in_tab().filter_map(|source| Some((source, self.timeline.blog(source)?)));
        let parts = blogs.flat_map(|(source, blog)| {
            let ends = [("older", &blog.older, is_oldest), ("newer", &blog.newer, is_newest)];
            let reached = ends.into_iter().filter(|(_, _, is_reached)| *is_reached);
            reached.filter_map(move |(age, link, _)| Some((source, age, link.clone()?)))
        });
        parts.collect()
    }

    /// A further part could not be read.
    pub(super) fn could_not_fetch(&mut self, source: SourceId, failed: Unfetched) {
        if self.in_tab().contains(&source) {
            let blog = self.timeline.blog(source);
            let is_newer = blog.is_some_and(|blog| blog.newer.as_ref() == Some(&failed.link));
            self.say(&failed_words(if is_newer { "newer" } else { "older" }, &failed));
            self.redraw(Redraw::Now);
        }
        self.parts.insert(failed.link.clone(), Part::Failed(failed));
    }

    /// What could not be read may be asked for again.
    pub(super) fn forgive_failed_parts(&mut self) {
        let is_forgiven = |part: &Part| matches!(part, Part::Failed(failed) if failed.again.is_some());
        self.parts.retain(|_, part| !is_forgiven(part));
    }

    /// That entries of this age are at `link`, which is told where a row holds it.
    fn words_for_elsewhere(&self, age: &str, link: &Link) -> String {
        let named = format!("{age} entries are on the web: {}", link.label());
        if width(&named) + BESIDE <= self.size.columns.into() {
            named
        } else {
            format!("{age} entries are on the web, and not in what is read here")
        }
    }
}

/// That entries of this age are missing: what to press, where that helps, comes before why, which may be long.
fn failed_words(age: &str, failed: &Unfetched) -> String {
    let key = if failed.again.is_some() { ", r asks again" } else { "" };
    format!("{age} entries cannot be read{key}: {}", failed.why)
}
