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
    arena::{Arena, DEPTH, Node, ROOT},
    elements::{ends_paragraph, is_block, is_void, raw_kind},
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

    /// The arena of all tokens.
    pub(super) fn finish(self) -> Arena {
        self.0.into_inner().finish()
    }
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut builder = self.0.borrow_mut();
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
    /// How many elements of each name are open, so that an end without a start costs nothing.
    counts: HashMap<LocalName, u32, BuildHasherDefault<NameHasher>>,
    /// How many drawings are open.
    foreign: usize,
}

impl Builder {
    fn new(length: usize) -> Self {
        let mut arena = Arena { text: String::with_capacity(length / 2), ..Arena::default() };
        arena.nodes.push(Node { name: LocalName::default(), parent: ROOT, end: 0, text: 0, attributes: 0 });
        Self { arena, open: vec![ROOT], dissolved: 0, counts: HashMap::default(), foreign: 0 }
    }

    fn push(&mut self, name: LocalName) -> u32 {
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
            self.push(LocalName::default());
        }
        self.arena.text.push_str(text);
    }

    fn start(&mut self, tag: Tag) -> TokenSinkResult<()> {
        let Tag { name, self_closing, attrs, .. } = tag;
        self.supply_ends(&name);
        let is_foreign = self.foreign > 0 || matches!(&*name, "svg" | "math");
        let is_void = is_void(&name) || (self_closing && is_foreign);
        if self.open.len() < DEPTH || is_void {
            let node = self.push(name.clone());
            self.arena.attributes.extend(attrs);
            if !is_void {
                *self.counts.entry(name.clone()).or_default() += 1;
                self.foreign += usize::from(matches!(&*name, "svg" | "math"));
                self.open.push(node);
            }
        } else {
            self.dissolved += 1;
            self.arena.is_cut = true;
        }
        raw_kind(&name).filter(|_| !is_foreign).map_or(TokenSinkResult::Continue, TokenSinkResult::RawData)
    }

    /// Ends what the start of `name` ends unsaid: a paragraph before a block, an item before the next one.
    fn supply_ends(&mut self, name: &str) {
        if self.dissolved > 0 {
            return;
        }
        let (ended, bounds): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "option" | "optgroup" => (&["option"], &["select"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr"], &["table", "tbody", "thead", "tfoot"]),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot"], &["table"]),
            "body" => (&["head"], &[]),
            _ => (&[], &[]),
        };
        if !ended.is_empty() {
            self.close(ended, bounds);
        }
        if ends_paragraph(name) && self.is_open(&local_name!("p")) {
            self.close_nearest(&["p"], &["table", "td", "th", "caption", "button", "object", "template"]);
        }
    }

    fn end(&mut self, name: &LocalName) {
        if self.dissolved > 0 {
            if !is_void(name) {
                self.dissolved -= 1;
            }
            return;
        }
        match &**name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.close(&["h1", "h2", "h3", "h4", "h5", "h6"], &[]),
            // The end of a mark does not reach out of the block that it stands in.
            "a" | "b" | "i" | "em" | "strong" | "span" | "u" | "small" | "font" | "code" => {
                self.close_mark(name);
            }
            _ if !self.is_open(name) => {}
            known => self.close_nearest(&[known], &[]),
        }
    }

    fn is_open(&self, name: &LocalName) -> bool {
        self.counts.get(name).is_some_and(|count| *count > 0)
    }

    /// Closes the innermost element that is one of `names` and all in it, unless one of `bounds` is nearer.
    fn close(&mut self, names: &[&str], bounds: &[&str]) {
        if names.iter().any(|name| self.is_open(&LocalName::from(*name))) {
            self.close_nearest(names, bounds);
        }
    }

    /// Like [`Self::close`], when one of `names` is known to be open.
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

    fn close_mark(&mut self, name: &LocalName) {
        if !self.is_open(name) {
            return;
        }
        for depth in (1..self.open.len()).rev() {
            let Some(node) = self.open.get(depth) else { return };
            let found = self.arena.name(*node);
            if *found == **name {
                self.close_from(depth);
                return;
            }
            if is_block(found) {
                return;
            }
        }
    }

    fn close_from(&mut self, depth: usize) {
        let end = self.arena.nodes.len() as u32;
        for node in self.open.drain(depth..) {
            if let Some(node) = self.arena.nodes.get_mut(node as usize) {
                node.end = end;
                if let Some(count) = self.counts.get_mut(&node.name) {
                    *count -= 1;
                }
                self.foreign -= usize::from(matches!(&*node.name, "svg" | "math"));
            }
        }
    }

    fn finish(mut self) -> Arena {
        self.close_from(0);
        mem::take(&mut self.arena)
    }
}
