//! A page: an entry or a standfirst made ready to be read, with what was found in it, composed and cut into lines.
//!
//! A [`Manuscript`] is all that a page is made of. It owns what it needs, so that a page can be made anywhere and gives
//! the same lines there. Making one takes time in proportion to the text: about a tenth of a second for a megabyte.
//! What is short is made at once; of anything else the beginning is, whose lines are those the whole page begins with.

use std::{fmt, ops::Range, sync::Arc};

use crate::{
    model::{Blog, Entry, Segment},
    story::{Facts, Query},
    text::{line::Line, prose::ProseRef, wrap},
};

use super::{
    Item,
    body::Body,
    compose::{Composed, TextLine},
};

/// As much text as is made ready at once, in bytes of ordinary prose: it takes about 3 ms, and fills ten screens.
const AT_ONCE: usize = 32 << 10;

/// The most marks in what is made ready at once.
const MARKS_AT_ONCE: usize = 1 << 10;

/// One line of the detail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DetailLine {
    /// Time and kinds.
    Meta,
    Authors(String),
    Blank,
    Headline(Range<usize>),
    Text(TextLine),
    Media(String),
    /// The address of the link with this number.
    Link(usize, String),
    /// There is more, which is not ready yet.
    More,
}

/// What a page is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    pub(super) item: Item,
    /// The cells that a line may take.
    pub(super) measure: u16,
    /// The stamp of the filter whose matches are marked.
    pub(super) stamp: u64,
}

/// What a page tells of.
#[derive(Clone)]
pub(super) enum Subject {
    /// The entry of this number in a segment.
    Entry(Arc<Segment>, usize),
    /// The standfirst of a blog.
    Standfirst(Arc<Blog>),
}

/// What a page is made of. See the module's description.
#[derive(Clone)]
pub struct Manuscript {
    /// No other manuscript of this run has this number.
    pub(super) number: u64,
    pub(super) setting: Setting,
    pub(super) subject: Subject,
    /// What marks its matches.
    pub(super) query: Query,
    pub(super) is_ascii: bool,
    /// What was found in the text, if that is known.
    pub(super) facts: Option<Arc<Facts>>,
}

/// An entry made ready. See the module's description.
#[derive(Debug, Default)]
pub struct Page {
    pub(super) facts: Arc<Facts>,
    pub headline: Composed,
    pub body: Composed,
    pub lines: Vec<DetailLine>,
    /// Whether this is all of it, and not only its beginning.
    pub is_whole: bool,
}

/// As much of `text` as can be looked through, or made ready, at once.
pub(super) fn beginning(text: &str) -> &str {
    text.get(..wrap::affordable(text, AT_ONCE)).unwrap_or_default()
}

impl fmt::Debug for Manuscript {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Manuscript({}, {:?})", self.number, self.setting)
    }
}

impl PartialEq for Manuscript {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Eq for Manuscript {}

impl Manuscript {
    /// Its number, which its page is handed in with.
    pub fn number(&self) -> u64 {
        self.number
    }

    fn entry(&self) -> Option<Entry<'_>> {
        match &self.subject {
            Subject::Entry(segment, index) => Entry::new(segment, *index),
            Subject::Standfirst(_) => None,
        }
    }

    fn headline(&self) -> &str {
        self.entry().and_then(Entry::headline).unwrap_or_default()
    }

    fn prose(&self) -> ProseRef<'_> {
        match &self.subject {
            Subject::Entry(..) => self.entry().map(Entry::body).unwrap_or_default(),
            Subject::Standfirst(blog) => blog.standfirst.as_ref(),
        }
    }

    fn authors(&self) -> Vec<&str> {
        match &self.subject {
            Subject::Entry(..) => self.entry().into_iter().flat_map(Entry::authors).collect(),
            Subject::Standfirst(blog) => blog.authors.iter().map(Line::as_str).collect(),
        }
    }

    /// How many bytes of text it has.
    pub(super) fn size(&self) -> usize {
        self.prose().text().len()
    }

    /// Whether its page can be made between a key and the next frame.
    pub(super) fn is_short(&self) -> bool {
        let prose = self.prose();
        prose.marks().len() <= MARKS_AT_ONCE && beginning(prose.text()).len() == prose.text().len()
    }

    /// The whole page.
    pub fn page(&self) -> Page {
        let facts = self.facts.clone();
        let facts = facts.unwrap_or_else(|| Arc::new(Facts::new(self.headline(), self.prose())));
        self.set(self.prose(), facts, true)
    }

    /// The whole page, without anything found in its text.
    pub fn plain_page(&self) -> Page {
        self.set(self.prose(), Arc::default(), true)
    }

    /// The page of the beginning: as much as is made ready at once.
    pub(super) fn beginning(&self) -> Page {
        let prose = self.prose();
        let most = beginning(prose.text()).len();
        let mark = prose.marks().get(MARKS_AT_ONCE);
        let beginning = prose.beginning(mark.map_or(most, |mark| most.min(mark.range.start as usize)));
        let facts = Facts::new(self.headline(), beginning.as_ref());
        self.set(beginning.as_ref(), Arc::new(facts), false)
    }

    /// Composes `prose`, which is all of the text or its beginning, and cuts it into lines.
    fn set(&self, prose: ProseRef<'_>, facts: Arc<Facts>, is_whole: bool) -> Page {
        let measure = usize::from(self.setting.measure);
        let text = self.headline();
        let headline = Composed::line(text, &facts.headline, &self.query.hits(text));
        let composed = Composed::prose(prose, &facts.body, &self.query.hits(prose.text()));
        let mut lines = vec![DetailLine::Meta];
        let authors = self.authors();
        if !authors.is_empty() {
            lines.push(DetailLine::Authors(authors.join(", ")));
        }
        if !text.is_empty() {
            lines.push(DetailLine::Blank);
            lines.extend(wrap::wrap(text, measure, measure).into_iter().map(DetailLine::Headline));
        }
        let media = self.entry().map(Entry::media).unwrap_or_default();
        let body =
            Body { composed: &composed, findings: &facts.body, media, measure, is_ascii: self.is_ascii };
        if is_whole {
            body.push_whole(&mut lines);
        } else {
            body.push_beginning(&mut lines);
        }
        Page { facts, headline, body: composed, lines, is_whole }
    }
}
