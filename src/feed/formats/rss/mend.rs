//! Mending XML that is none: bare `&` and `<`, tags that do not match, an end that is missing.
//!
//! One pass over the text, linear in any input, without a tree: it keeps the stack of what is open and writes every tag
//! anew. What comes out is well-formed, and holds no declarations, comments, or elements nested deeper than a bound.

use memchr::memmem;

use super::tag::Tag;

/// How deep elements may be nested; what is deeper loses its tags.
const DEPTH: usize = 512;
/// Within how many bytes the root must begin.
const ROOT_WITHIN: usize = 64 << 10;

/// How long a tag may be to be read as it is, in bytes.
const LONG_TAG: usize = 8 << 10;

/// Elements of which an empty one says nothing, and makes the parser of Atom give up.
const NEVER_EMPTY: [&str; 5] = ["title", "subtitle", "summary", "content", "rights"];
/// Elements of RSS in which HTML stands escaped, or should.
const ESCAPED: [&str; 2] = ["description", "content:encoded"];
/// Elements that hold items.
const OUTER: [&str; 4] = ["rss", "channel", "feed", "rdf:RDF"];
/// Versions that the parser knows.
const VERSIONS: [&str; 3] = ["2.0", "0.91", "0.92"];

/// The root of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Root {
    Rss,
    Rdf,
    Atom,
}

/// The root of the XML that `text` begins with, when it is one of a feed.
pub(super) fn root(text: &str) -> Option<Root> {
    let start = text.get(..ROOT_WITHIN).unwrap_or(text);
    let mut rest = start.trim_start();
    while let Some(after) = rest.strip_prefix("<?").or_else(|| rest.strip_prefix("<!")) {
        let end = if after.starts_with("--") {
            after.find("-->")? + 3
        } else {
            // The end of a document type is behind what it declares.
            let end = after.find('>')?;
            let declared = after.get(..end).is_some_and(|head| head.contains('['));
            if declared { after.find("]>")? + 2 } else { end + 1 }
        };
        rest = after.get(end..)?.trim_start();
    }
    let name = rest.strip_prefix('<')?;
    let name = name.get(..name.find([' ', '\t', '\r', '\n', '>', '/'])?)?;
    match name.rsplit(':').next()? {
        "rss" => Some(Root::Rss),
        "RDF" => Some(Root::Rdf),
        "feed" => Some(Root::Atom),
        _ => None,
    }
}

/// Whether there is an item in `text`.
pub(super) fn has_item(text: &str) -> bool {
    let bytes = text.as_bytes();
    ["<item", "<entry", ":entry", ":item"].iter().any(|tag| {
        let ends =
            |byte: Option<&u8>| byte.is_some_and(|byte| matches!(byte, b'>' | b' ' | b'\t' | b'\r' | b'\n'));
        memmem::find_iter(bytes, tag.as_bytes()).any(|at| ends(bytes.get(at + tag.len())))
    })
}

/// What the parser would make a mess of, take very long for, or not bear at all, if there is such: HTML in a description
/// that is neither escaped nor marked as text, a tag that may hold so many attributes that comparing each with all others
/// takes long, and a declaration that comes too late to say anything of the character set.
pub(super) fn oddity(text: &str) -> Option<&'static str> {
    let bytes = text.as_bytes();
    let mut open = None;
    for at in memchr::memchr2_iter(b'<', b'>', bytes) {
        if bytes.get(at) == Some(&b'<') {
            if bytes.get(at..).is_some_and(|rest| rest.starts_with(b"<?xml")) {
                return Some("a declaration stands in the midst of it");
            }
            open = open.or(Some(at));
        } else if open.take().is_some_and(|start| at - start > LONG_TAG) {
            return Some("a tag in it is very long");
        } else if is_html_after(bytes, at) {
            return Some("HTML stands in it as if it were XML");
        }
    }
    None
}

/// Whether the tag that ends at `end` opens a description, and a tag of HTML follows at once.
fn is_html_after(bytes: &[u8], end: usize) -> bool {
    let is_tag = bytes.get(end + 1) == Some(&b'<') && bytes.get(end + 2).is_some_and(u8::is_ascii_alphabetic);
    let before = bytes.get(..end).unwrap_or_default();
    is_tag && (before.ends_with(b"<description") || before.ends_with(b"<content:encoded"))
}

/// A feed that has been mended.
#[derive(Debug, Default)]
pub(super) struct Mended {
    pub(super) text: String,
    /// Where its items stand in the text.
    items: Vec<std::ops::Range<usize>>,
    /// What opens and closes around an item.
    around: (String, String),
}

impl Mended {
    /// The feed without its items.
    pub(super) fn without_items(&self) -> String {
        let mut out = String::new();
        let mut from = 0;
        for item in &self.items {
            out.push_str(self.text.get(from..item.start).unwrap_or_default());
            from = item.end;
        }
        out.push_str(self.text.get(from..).unwrap_or_default());
        out
    }

    /// A feed of each item alone.
    pub(super) fn items(&self) -> impl Iterator<Item = String> {
        let (before, after) = &self.around;
        self.items
            .iter()
            .map(move |item| format!("{before}{}{after}", self.text.get(item.clone()).unwrap_or_default()))
    }
}

/// Mends the feed in `text`; what stands behind its last whole item is cut when it breaks off.
pub(super) fn mend(text: &str) -> Mended {
    Mender { rest: text, ..Mender::default() }.run()
}

/// An element that is open.
#[derive(Debug)]
struct Open<'a> {
    name: &'a str,
    /// Where its start tag begins in what is written.
    start: usize,
    /// Where its content begins.
    content: usize,
}

#[derive(Debug, Default)]
struct Mender<'a> {
    rest: &'a str,
    out: Mended,
    open: Vec<Open<'a>>,
    /// How many elements are open beyond the bound.
    too_deep: usize,
    /// The name of the element whose tags are written as text.
    escaping: Option<&'a str>,
}

impl<'a> Mender<'a> {
    fn run(mut self) -> Mended {
        let mut is_cut = true;
        loop {
            let Some(at) = memchr::memchr(b'<', self.rest.as_bytes()) else {
                self.text(self.rest);
                break;
            };
            let (text, tag) = self.rest.split_at(at);
            self.text(text);
            let Some(after) = self.markup(tag) else { break };
            self.rest = after;
            if self.open.is_empty() && !self.out.text.is_empty() {
                is_cut = false;
                break;
            }
        }
        if is_cut {
            self.cut();
        }
        while self.close() {}
        self.out
    }

    /// Cuts what is written behind the last whole item.
    fn cut(&mut self) {
        let Some(end) = self.out.items.last().map(|item| item.end) else { return };
        self.out.text.truncate(end);
        self.open.retain(|open| open.content <= end);
    }

    /// Takes the markup that `text` begins with, and tells what follows it. `None`: it has no end.
    fn markup(&mut self, text: &'a str) -> Option<&'a str> {
        if let Some(after) = text.strip_prefix("<![CDATA[") {
            let end = after.find("]]>")?;
            let (content, _) = after.split_at(end);
            push_escaped(content, &mut self.out.text);
            return after.get(end + 3..);
        }
        if let Some(after) = text.strip_prefix("<!--") {
            return after.get(after.find("-->")? + 3..);
        }
        if text.starts_with("<!") || text.starts_with("<?") {
            let end = text.find('>')?;
            let has_subset = text.get(..end).is_some_and(|head| head.contains('['));
            return text.get(if has_subset { text.find("]>")? + 2 } else { end + 1 }..);
        }
        let Some(tag) = Tag::read(text) else {
            self.out.text.push_str("&lt;");
            return text.get(1..);
        };
        let after = text.get(tag.length..);
        match self.escaping {
            Some(name) if tag.is_end && tag.name == name => {
                self.escaping = None;
                self.close();
            }
            Some(_) => push_escaped(text.get(..tag.length)?, &mut self.out.text),
            None if tag.is_end => self.end(tag.name),
            None => self.start(&tag),
        }
        after
    }

    /// Writes text, and escapes each `&` that begins no reference.
    fn text(&mut self, text: &str) {
        if self.open.is_empty() {
            return;
        }
        push_references(text, &mut self.out.text);
    }

    fn start(&mut self, tag: &Tag<'a>) {
        // No item stands within another: the one that is open has lost its end.
        if is_item(tag.name)
            && let Some(count) = self.open.iter().rev().position(|open| open.name == tag.name)
        {
            (0..=count).for_each(|_| _ = self.close());
        }
        if self.open.len() >= DEPTH {
            self.too_deep += usize::from(!tag.is_empty);
            return;
        }
        let start = self.out.text.len();
        self.out.text.push('<');
        self.out.text.push_str(tag.name);
        let is_root = self.open.is_empty();
        tag.attributes(|name, value| {
            if is_root && tag.name == "rss" && name == "version" {
                return;
            }
            let out = &mut self.out.text;
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            push_references(&value.replace('"', "&quot;").replace('<', "&lt;"), out);
            out.push('"');
        });
        if is_root && tag.name == "rss" {
            let version = tag.version().filter(|version| VERSIONS.contains(version)).unwrap_or("2.0");
            self.out.text.push_str(" version=\"");
            self.out.text.push_str(version);
            self.out.text.push('"');
        }
        self.out.text.push('>');
        let content = self.out.text.len();
        self.open.push(Open { name: tag.name, start, content });
        if is_item(tag.name) && self.out.items.is_empty() {
            self.note_around();
        }
        if tag.is_empty {
            self.close();
        } else if ESCAPED.contains(&tag.name) {
            self.escaping = Some(tag.name);
        }
    }

    /// Notes what opens around an item, the first of which has just begun.
    fn note_around(&mut self) {
        let parents = self.open.get(..self.open.len() - 1).unwrap_or_default();
        let tag =
            |open: &Open<'_>| self.out.text.get(open.start..open.content).unwrap_or_default().to_owned();
        let before = parents.iter().map(tag).collect();
        let after: Vec<String> = parents.iter().rev().map(|open| format!("</{}>", open.name)).collect();
        self.out.around = (before, after.concat());
    }

    /// Takes an end tag: what is open within its element ends with it; one that ends nothing is left out.
    fn end(&mut self, name: &str) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        // An item is not ended by what stands within it.
        let is_outer = is_item(name) || OUTER.contains(&name);
        let within = self.open.iter().rev().take_while(|open| !is_item(open.name)).count();
        let reach = if is_outer { self.open.len() } else { within };
        if let Some(count) = self.open.iter().rev().take(reach).position(|open| open.name == name) {
            (0..=count).for_each(|_| _ = self.close());
        }
    }

    /// Closes the innermost element that is open.
    fn close(&mut self) -> bool {
        let Some(open) = self.open.pop() else { return false };
        let content = self.out.text.get(open.content..).unwrap_or_default();
        if content.trim().is_empty() && NEVER_EMPTY.contains(&open.name) {
            self.out.text.truncate(open.start);
            return true;
        }
        self.out.text.push_str("</");
        self.out.text.push_str(open.name);
        self.out.text.push('>');
        if is_item(open.name) {
            self.out.items.push(open.start..self.out.text.len());
        }
        true
    }
}

fn is_item(name: &str) -> bool {
    matches!(name, "item" | "entry")
}

fn push_escaped(text: &str, out: &mut String) {
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ => out.push(char),
        }
    }
}

/// Writes `text`, in which references stay.
fn push_references(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        let (before, reference) = rest.split_at(at);
        out.push_str(before);
        out.push_str(if is_reference(reference) { "&" } else { "&amp;" });
        rest = reference.get(1..).unwrap_or_default();
    }
    out.push_str(rest);
}

/// Whether `text` begins with a reference to a character that XML can hold, or to an entity.
fn is_reference(text: &str) -> bool {
    let Some(end) = text.bytes().take(34).position(|byte| byte == b';') else { return false };
    let Some(name) = text.get(1..end) else { return false };
    let number = match (name.strip_prefix("#x").or_else(|| name.strip_prefix("#X")), name.strip_prefix('#')) {
        (Some(digits), _) => Some(u32::from_str_radix(digits, 16).ok()),
        (None, Some(digits)) => Some(digits.parse().ok()),
        (None, None) => None,
    };
    match number {
        Some(number) => number.and_then(char::from_u32).is_some_and(|char| char != '\0'),
        None => {
            name.starts_with(|char: char| char.is_ascii_alphabetic())
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        }
    }
}
