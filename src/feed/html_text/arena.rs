//! A page as a flat arena: its elements and texts in document order, made in one pass over html5ever's tokens.
//!
//! There is no tree to walk: a node knows its parent and where its subtree ends, so a subtree is a slice and its text is
//! one range. End tags that HTML lets writers leave out are supplied; elements nested deeper than [`DEPTH`] are
//! dissolved and their text is kept. Time and memory are linear in the page, whatever is in it.

use std::{cell::RefCell, mem};

use html5ever::{
    Attribute, LocalName,
    tendril::StrTendril,
    tokenizer::{
        BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
        states::RawKind,
    },
};

/// The deepest nesting that is kept, as in browsers.
pub const DEPTH: usize = 512;
const ROOT: u32 = 0;

/// One element or text. A text has no name.
#[derive(Debug)]
struct Node {
    name: LocalName,
    parent: u32,
    /// The node after the last of its subtree.
    end: u32,
    /// Where its text begins; it ends where that of the node at `end` begins.
    text: u32,
    /// Where its attributes begin; they end where those of the next node begin.
    attributes: u32,
}

/// A page, or a fragment of one. Node 0 is the page itself.
#[derive(Debug, Default)]
pub struct Arena {
    nodes: Vec<Node>,
    text: String,
    attributes: Vec<Attribute>,
    /// Whether elements were nested deeper than is kept.
    pub is_too_deep: bool,
}

impl Arena {
    /// Reads `html`.
    pub fn parse(html: &str) -> Self {
        let sink = Sink(RefCell::new(Builder::new(html.len())));
        let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
        let queue = BufferQueue::default();
        // A tendril is at most 4 GiB long.
        let mut rest = html;
        while !rest.is_empty() {
            let mut at = rest.len().min(1 << 30);
            while !rest.is_char_boundary(at) {
                at -= 1;
            }
            let (part, after) = rest.split_at(at);
            queue.push_back(StrTendril::from_slice(part));
            // A sink that runs no scripts never stops the tokenizer.
            let _ = tokenizer.feed(&queue);
            rest = after;
        }
        tokenizer.end();
        tokenizer.sink.0.into_inner().finish()
    }

    /// How many nodes there are.
    pub fn len(&self) -> u32 {
        self.nodes.len() as u32
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.nodes.len() <= 1
    }

    /// The name of an element, in lower case; empty for a text and for the page.
    pub fn name(&self, node: u32) -> &str {
        self.nodes.get(node as usize).map_or("", |node| &node.name)
    }

    /// Whether `node` is a text.
    pub fn is_text(&self, node: u32) -> bool {
        node != ROOT && self.name(node).is_empty()
    }

    /// The element that holds `node`; the page holds itself.
    pub fn parent(&self, node: u32) -> u32 {
        self.nodes.get(node as usize).map_or(ROOT, |node| node.parent)
    }

    /// The node after the last of `node`'s subtree.
    pub fn end(&self, node: u32) -> u32 {
        self.nodes.get(node as usize).map_or(self.len(), |node| node.end)
    }

    /// All text below `node`, scripts included.
    pub fn text(&self, node: u32) -> &str {
        let start =
            |node: u32| self.nodes.get(node as usize).map_or(self.text.len(), |node| node.text as usize);
        self.text.get(start(node)..start(self.end(node))).unwrap_or_default()
    }

    /// Where the text of `node` begins in the text of the page.
    pub fn offset(&self, node: u32) -> u32 {
        self.nodes.get(node as usize).map_or(0, |node| node.text)
    }

    /// The attributes of `node`, with names in lower case.
    pub fn attributes(&self, node: u32) -> impl Iterator<Item = (&str, &str)> {
        let start = |node: u32| {
            self.nodes.get(node as usize).map_or(self.attributes.len(), |node| node.attributes as usize)
        };
        let attributes = self.attributes.get(start(node)..start(node + 1)).unwrap_or_default();
        attributes.iter().map(|attribute| (&*attribute.name.local, &*attribute.value))
    }

    /// The value of the attribute called `name`.
    pub fn attribute(&self, node: u32, name: &str) -> Option<&str> {
        self.attributes(node).find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// The subtree of `node` in document order, `node` first.
    pub fn subtree(&self, node: u32) -> std::ops::Range<u32> {
        node..self.end(node)
    }

    /// The elements and texts directly below `node`.
    pub fn children(&self, node: u32) -> impl Iterator<Item = u32> {
        let end = self.end(node);
        let first = (node + 1 < end).then_some(node + 1);
        std::iter::successors(first, move |child| Some(self.end(*child)).filter(|next| *next < end))
    }

    /// Whether `node` is `root` or below it.
    pub fn is_within(&self, node: u32, root: u32) -> bool {
        self.subtree(root).contains(&node)
    }
}

/// The sink of the tokens; html5ever hands it out shared.
struct Sink(RefCell<Builder>);

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

/// Builds an arena as tokens come.
struct Builder {
    arena: Arena,
    /// The open elements, the page first.
    open: Vec<u32>,
    /// How many elements are open that were nested too deep.
    dissolved: usize,
    /// How many paragraphs are open.
    paragraphs: usize,
    /// How many drawings are open.
    foreign: usize,
}

impl Builder {
    fn new(length: usize) -> Self {
        let mut arena = Arena { text: String::with_capacity(length / 2), ..Arena::default() };
        arena.nodes.push(Node { name: LocalName::default(), parent: ROOT, end: 0, text: 0, attributes: 0 });
        Self { arena, open: vec![ROOT], dissolved: 0, paragraphs: 0, foreign: 0 }
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
                self.paragraphs += usize::from(&*name == "p");
                self.foreign += usize::from(matches!(&*name, "svg" | "math"));
                self.open.push(node);
            }
        } else {
            self.dissolved += 1;
            self.arena.is_too_deep = true;
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
        if self.paragraphs > 0 && ends_paragraph(name) {
            self.close(&["p"], &["table", "td", "th", "caption", "button", "object", "template"]);
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
                self.close_mark(name)
            }
            name => self.close(&[name], &[]),
        }
    }

    /// Closes the innermost element that is one of `names` and all in it, unless one of `bounds` is nearer.
    fn close(&mut self, names: &[&str], bounds: &[&str]) {
        for depth in (1..self.open.len()).rev() {
            let Some(node) = self.open.get(depth) else { return };
            let name = self.arena.name(*node);
            if names.contains(&name) {
                return self.close_from(depth);
            }
            if bounds.contains(&name) {
                return;
            }
        }
    }

    fn close_mark(&mut self, name: &str) {
        for depth in (1..self.open.len()).rev() {
            let Some(node) = self.open.get(depth) else { return };
            let found = self.arena.name(*node);
            if found == name {
                return self.close_from(depth);
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
                self.paragraphs -= usize::from(&*node.name == "p");
                self.foreign -= usize::from(matches!(&*node.name, "svg" | "math"));
            }
        }
    }

    fn finish(mut self) -> Arena {
        self.close_from(0);
        mem::take(&mut self.arena)
    }
}

/// Whether elements called `name` have no content.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Whether elements called `name` stand apart from the text around them.
pub fn is_block(name: &str) -> bool {
    ends_paragraph(name)
        || matches!(
            name,
            "body" | "html" | "tr" | "tbody" | "thead" | "tfoot" | "td" | "th" | "caption" | "legend" | "video" | "audio"
        )
        // Elements of a page's own making hold blocks more often than words.
        || name.contains('-')
}

/// Whether the start of `name` ends a paragraph that was not ended.
fn ends_paragraph(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "center"
            | "details"
            | "dialog"
            | "dd"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "ul"
    )
}

/// How the content of elements that hold no elements is read.
fn raw_kind(name: &str) -> Option<RawKind> {
    match name {
        "script" => Some(RawKind::ScriptData),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
        "textarea" | "title" => Some(RawKind::Rcdata),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names and texts of a page, indented by depth.
    fn outline(html: &str) -> String {
        let arena = Arena::parse(html);
        let depth = |node: u32| {
            std::iter::successors(Some(node), |node| Some(arena.parent(*node)))
                .take_while(|node| *node != ROOT)
                .count()
        };
        let shown = |node: u32| {
            if arena.is_text(node) {
                format!("“{}”", arena.text(node))
            } else {
                arena.name(node).to_owned()
            }
        };
        (1..arena.len())
            .map(|node| format!("{}{}", ".".repeat(depth(node) - 1), shown(node)))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn ends_that_writers_leave_out_are_supplied() {
        assert_eq!(outline("<p>a<p>b<div>c</div>"), "p .“a” p .“b” div .“c”");
        assert_eq!(
            outline("<ul><li>a<ul><li>b</ul><li>c</ul>d"),
            "ul .li ..“a” ..ul ...li ....“b” .li ..“c” “d”"
        );
        assert_eq!(outline("<p>a<b>b</p>c</b>d"), "p .“a” .b ..“b” “cd”");
    }

    #[test]
    fn scripts_are_one_text_and_entities_are_read_once() {
        assert_eq!(
            outline("<script>if (a<b) '</p>'</script>x &amp;amp; y"),
            "script .“if (a<b) '</p>'” “x &amp; y”"
        );
    }

    #[test]
    fn what_is_nested_too_deep_is_dissolved_and_its_text_kept() {
        let html = format!("{}deep{}<p>after", "<div>".repeat(5000), "</div>".repeat(5000));
        let arena = Arena::parse(&html);
        assert!(arena.is_too_deep);
        assert_eq!(arena.text(ROOT), "deepafter");
        assert_eq!(arena.parent(arena.len() - 2), ROOT);
    }

    #[test]
    fn a_subtree_is_a_range() {
        let arena = Arena::parse("<div id=a><p>one</p><p>two</p></div><p>three");
        let names =
            |node: u32| arena.children(node).map(|child| arena.name(child).to_owned()).collect::<Vec<_>>();
        assert_eq!(names(ROOT), ["div", "p"]);
        assert_eq!(names(1), ["p", "p"]);
        assert_eq!((arena.text(1), arena.attribute(1, "id")), ("onetwo", Some("a")));
    }
}
