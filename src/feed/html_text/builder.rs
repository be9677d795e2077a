//! Builds an arena from html5ever's tokens, and bounds what the tokenizer is given.

use std::{
    borrow::Cow,
    cell::RefCell,
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
    mem,
};

use html5ever::{
    LocalName, local_name,
    tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult},
};

use super::{
    arena::{Arena, DEPTH, NAMELESS, Name, Node, ROOT},
    elements::{HEADINGS, Traits, ended_siblings, raw_kind},
};

/// The most attributes of an element that are kept.
pub(super) const ATTRIBUTES: usize = 1000;

/// `html` without what is more than [`ATTRIBUTES`] in a tag: the tokenizer compares each attribute with all before it.
pub(super) fn bounded(html: &str) -> Cow<'_, str> {
    let bytes = html.as_bytes();
    let mut out = Cow::Borrowed("");
    // Up to where `html` was looked at, and up to where it was taken over.
    let (mut at, mut taken) = (0, 0);
    while let Some(tag) = memchr::memchr(b'<', bytes.get(at..).unwrap_or_default()) {
        let start = at + tag + 1;
        let (cut, end) = tag_end(bytes, start);
        if let Some(cut) = cut {
            out.to_mut().push_str(html.get(taken..cut).unwrap_or_default());
            taken = end;
        }
        at = end;
        // What looks like a tag in a script is none.
        for name in ["script", "style"] {
            if bytes
                .get(start..start + name.len())
                .is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
            {
                at = raw_end(bytes, end, name);
            }
        }
    }
    if out.is_empty() {
        return Cow::Borrowed(html);
    }
    out.to_mut().push_str(html.get(taken..).unwrap_or_default());
    out
}

/// Where what may be the start tag of a script or a style sheet ends, the next in `html`.
pub(super) fn raw_start(html: &str) -> Option<usize> {
    let bytes = html.as_bytes();
    let starts = memchr::memmem::find_iter(bytes, b"<s");
    let is_raw = |at: &usize| {
        let name = bytes.get(at + 1..).unwrap_or_default();
        name.starts_with(b"script") || name.starts_with(b"style")
    };
    starts.into_iter().find(is_raw).map(|at| (tag_end(bytes, at + 1).1 + 1).min(bytes.len()))
}

/// The raw text at the start of `html` that ends before the end tag called `name`; nothing when it is not plain: when
/// line ends, controls or comments in it are more than what they are.
pub(super) fn raw_text<'a>(html: &'a str, name: &str) -> &'a str {
    let raw = html.get(..raw_end(html.as_bytes(), 0, name)).unwrap_or_default();
    let is_plain = memchr::memchr2(b'\r', b'\0', raw.as_bytes()).is_none()
        && memchr::memmem::find(raw.as_bytes(), b"<!--").is_none();
    if is_plain { raw } else { "" }
}

/// Where the raw text that begins at `start` ends: before the end tag called `name`.
fn raw_end(bytes: &[u8], start: usize, name: &str) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    let is_end = |at: &usize| {
        rest.get(at + 2..at + 2 + name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
    };
    let end = memchr::memmem::find_iter(rest, b"</").find(is_end);
    end.map_or(bytes.len(), |end| start + end)
}

/// Where the tag that begins at `start` has as many attributes as are kept, if it has more, and where it ends.
fn tag_end(bytes: &[u8], start: usize) -> (Option<usize>, usize) {
    if let Some(comment) = bytes.get(start..).and_then(|rest| rest.strip_prefix(b"!--")) {
        let end = memchr::memmem::find(comment, b"-->").unwrap_or(comment.len());
        return (None, bytes.len() - comment.len() + end);
    }
    if !bytes.get(start).is_some_and(u8::is_ascii_alphabetic) {
        return (None, start);
    }
    let (mut quote, mut attributes, mut cut) = (None, 0, None);
    for (at, byte) in bytes.iter().enumerate().skip(start) {
        match (quote, byte) {
            (Some(mark), byte) => quote = Some(mark).filter(|mark| mark != byte),
            // A mark begins a value, and is part of a name elsewhere.
            (None, b'"' | b'\'') if bytes.get(at - 1) == Some(&b'=') => quote = Some(*byte),
            (None, b'>') => return (cut, at),
            (None, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c' | b'/' | b'"' | b'\'') => {
                attributes += 1;
                if attributes == ATTRIBUTES {
                    cut = Some(at);
                }
            }
            _ => {}
        }
    }
    (cut, bytes.len())
}

/// The sink of the tokens; html5ever hands it out shared.
pub(super) struct Sink(RefCell<Builder>);

impl Sink {
    /// A sink for a page of `length` bytes.
    pub(super) fn new(length: usize) -> Self {
        Self(RefCell::new(Builder::new(length)))
    }

    /// The name of the element whose raw text comes next, when it is a script or a style sheet that was just begun.
    pub(super) fn awaited_raw(&self) -> Option<&'static str> {
        let builder = self.0.borrow();
        let last = builder.arena.nodes.len() as u32 - 1;
        let is_begun = builder.is_raw && builder.open.last() == Some(&last);
        ["script", "style"].into_iter().find(|name| is_begun && builder.arena.name(last) == *name)
    }

    /// Takes raw text beside the tokenizer.
    pub(super) fn raw(&self, text: &str) {
        if !text.is_empty() {
            self.0.borrow_mut().text(text);
        }
    }

    /// The arena of all tokens.
    pub(super) fn finish(self) -> Arena {
        self.0.into_inner().finish()
    }
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut builder = self.0.borrow_mut();
        builder.is_raw = false;
        match token {
            Token::CharacterTokens(text) => builder.text(&text),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return builder.start(tag),
            Token::TagToken(tag) => builder.end(&tag.name),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Takes the hash that a name has already, and spreads it.
#[derive(Default)]
struct NameHasher(u64);

impl Hasher for NameHasher {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u32(u32::from(*byte)));
    }

    fn write_u32(&mut self, hash: u32) {
        self.0 = (self.0 ^ u64::from(hash)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Builds an arena as tokens come.
struct Builder {
    arena: Arena,
    /// The open elements, the page first.
    open: Vec<u32>,
    /// How many elements are open that were nested too deep.
    dissolved: usize,
    /// The numbers of the names so far.
    numbers: HashMap<LocalName, u32, BuildHasherDefault<NameHasher>>,
    /// How many elements of each name are open, so that an end without a start costs nothing.
    counts: Vec<u32>,
    /// How many headings are open.
    headings: usize,
    /// How many drawings are open.
    foreign: usize,
    /// Whether the last token began raw text.
    is_raw: bool,
}

impl Builder {
    fn new(length: usize) -> Self {
        let arena = Arena {
            text: String::with_capacity(length / 2),
            nodes: Vec::with_capacity(length / 64 + 1),
            ..Arena::default()
        };
        let mut builder = Self {
            arena,
            open: vec![ROOT],
            dissolved: 0,
            numbers: HashMap::default(),
            counts: Vec::new(),
            headings: 0,
            foreign: 0,
            is_raw: false,
        };
        let nameless = builder.number(&LocalName::default());
        builder.push(nameless);
        builder
    }

    /// The number of `name`, from now on.
    fn number(&mut self, name: &LocalName) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.arena.names.len() as u32;
        self.arena.names.push(Name { text: Box::from(&**name), traits: Traits::of(name) });
        self.counts.push(0);
        self.numbers.insert(name.clone(), number);
        number
    }

    fn traits(&self, number: u32) -> Traits {
        self.arena.names.get(number as usize).map(|name| name.traits).unwrap_or_default()
    }

    fn push(&mut self, name: u32) -> u32 {
        let node = self.arena.nodes.len() as u32;
        self.arena.nodes.push(Node {
            name,
            parent: self.open.last().copied().unwrap_or(ROOT),
            end: node + 1,
            text: self.arena.text.len() as u32,
            attributes: self.arena.attributes.len() as u32,
        });
        node
    }

    fn text(&mut self, text: &str) {
        let top = self.open.last().copied().unwrap_or(ROOT);
        let last = self.arena.nodes.len() as u32 - 1;
        let goes_on = self.arena.is_text(last) && self.arena.parent(last) == top;
        if !goes_on {
            self.push(NAMELESS);
        }
        self.arena.text.push_str(text);
    }

    fn start(&mut self, tag: Tag) -> TokenSinkResult<()> {
        let Tag { name, self_closing, attrs, .. } = tag;
        let number = self.number(&name);
        let traits = self.traits(number);
        self.supply_ends(&name, traits);
        let is_foreign = self.foreign > 0 || traits.has(Traits::FOREIGN);
        let is_void = traits.has(Traits::VOID) || (self_closing && is_foreign);
        if self.open.len() < DEPTH || is_void {
            let node = self.push(number);
            self.arena.attributes.extend(attrs);
            if !is_void {
                if let Some(count) = self.counts.get_mut(number as usize) {
                    *count += 1;
                }
                self.foreign += usize::from(traits.has(Traits::FOREIGN));
                self.headings += usize::from(traits.has(Traits::HEADING));
                self.open.push(node);
            }
        } else {
            self.dissolved += 1;
            self.arena.is_cut = true;
        }
        let raw = if traits.has(Traits::RAW) && !is_foreign { raw_kind(&name) } else { None };
        self.is_raw = raw.is_some();
        raw.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData)
    }

    /// Ends what the start of `name` ends unsaid: a paragraph before a block, an item before the next one.
    fn supply_ends(&mut self, name: &str, traits: Traits) {
        if self.dissolved > 0 {
            return;
        }
        if traits.has(Traits::ENDS_SIBLINGS) {
            let (ended, bounds) = ended_siblings(name);
            if ended.iter().any(|name| self.is_open(&LocalName::from(*name))) {
                self.close_nearest(ended, bounds);
            }
        }
        if traits.has(Traits::ENDS_PARAGRAPH) && self.is_open(&local_name!("p")) {
            self.close_nearest(&["p"], &["table", "td", "th", "caption", "button", "object", "template"]);
        }
    }

    fn end(&mut self, name: &LocalName) {
        // An end that nothing began is of no name.
        let number = self.numbers.get(name).copied();
        let traits = number.map_or_else(|| Traits::of(name), |number| self.traits(number));
        if self.dissolved > 0 {
            if !traits.has(Traits::VOID) {
                self.dissolved -= 1;
            }
        } else if traits.has(Traits::HEADING) {
            if self.headings > 0 {
                self.close_nearest(&HEADINGS, &[]);
            }
        } else if let Some(number) = number.filter(|number| self.is_numbered_open(*number)) {
            self.close_named(number, traits.has(Traits::MARK));
        }
    }

    fn is_open(&self, name: &LocalName) -> bool {
        self.numbers.get(name).is_some_and(|number| self.is_numbered_open(*number))
    }

    fn is_numbered_open(&self, number: u32) -> bool {
        self.counts.get(number as usize).is_some_and(|count| *count > 0)
    }

    /// Closes the innermost element that is one of `names` and all in it, unless one of `bounds` is nearer. One of
    /// `names` is known to be open.
    fn close_nearest(&mut self, names: &[&str], bounds: &[&str]) {
        for depth in (1..self.open.len()).rev() {
            let Some(node) = self.open.get(depth) else { return };
            let name = self.arena.name(*node);
            if names.contains(&name) {
                self.close_from(depth);
                return;
            }
            if bounds.contains(&name) {
                return;
            }
        }
    }

    /// Closes the innermost element of the name `number` and all in it. The end of a mark does not reach out of the block
    /// that it stands in.
    fn close_named(&mut self, number: u32, is_mark: bool) {
        for depth in (1..self.open.len()).rev() {
            let found = self.open.get(depth).and_then(|node| self.arena.nodes.get(*node as usize));
            let Some(found) = found.map(|node| node.name) else { return };
            if found == number {
                self.close_from(depth);
                return;
            }
            if is_mark && self.traits(found).has(Traits::BLOCK) {
                return;
            }
        }
    }

    fn close_from(&mut self, depth: usize) {
        let end = self.arena.nodes.len() as u32;
        for node in self.open.drain(depth..) {
            let Some(node) = self.arena.nodes.get_mut(node as usize) else { continue };
            node.end = end;
            let traits = self.arena.names.get(node.name as usize).map(|name| name.traits).unwrap_or_default();
            if let Some(count) = self.counts.get_mut(node.name as usize) {
                *count = count.saturating_sub(1);
            }
            self.foreign -= usize::from(traits.has(Traits::FOREIGN));
            self.headings -= usize::from(traits.has(Traits::HEADING));
        }
    }

    fn finish(mut self) -> Arena {
        self.close_from(0);
        mem::take(&mut self.arena)
    }
}
