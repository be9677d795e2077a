//! A page as a flat arena: its elements and texts in document order, made in one pass over html5ever's tokens.
//!
//! There is no tree to walk: a node knows its parent and where its subtree ends, so a subtree is a slice and its text is
//! one range. End tags that HTML lets writers leave out are supplied; elements nested deeper than [`DEPTH`] are
//! dissolved and their text is kept. Time and memory are linear in the page, whatever is in it.

use html5ever::{
    Attribute,
    tendril::StrTendril,
    tokenizer::{BufferQueue, Tokenizer, TokenizerOpts},
};

use super::{
    builder::{Sink, bounded, raw_start, raw_text},
    elements::Traits,
};

/// The deepest nesting that is kept.
pub const DEPTH: usize = 4096;
/// The page itself.
pub(super) const ROOT: u32 = 0;

/// The number of the name that texts and the page have: none.
pub(super) const NAMELESS: u32 = 0;

/// A name of elements.
#[derive(Debug)]
pub(super) struct Name {
    pub(super) text: Box<str>,
    pub(super) traits: Traits,
}

/// One element or text.
#[derive(Debug)]
pub(super) struct Node {
    /// The number of its name.
    pub(super) name: u32,
    pub(super) parent: u32,
    /// The node after the last of its subtree.
    pub(super) end: u32,
    /// Where its text begins; it ends where that of the node at `end` begins.
    pub(super) text: u32,
    /// Where its attributes begin; they end where those of the next node begin.
    pub(super) attributes: u32,
}

/// A page, or a fragment of one. Node 0 is the page itself.
#[derive(Debug, Default)]
pub struct Arena {
    pub(super) nodes: Vec<Node>,
    /// The names of its elements, each once; the first is that of texts.
    pub(super) names: Vec<Name>,
    pub(super) text: String,
    pub(super) attributes: Vec<Attribute>,
    /// Whether elements were nested deeper, or had more attributes, than is kept.
    pub is_cut: bool,
}

impl Arena {
    /// Reads `html`.
    pub fn parse(html: &str) -> Self {
        let tokenizer = Tokenizer::new(Sink::new(html.len()), TokenizerOpts::default());
        let bounded = bounded(html);
        let mut rest: &str = &bounded;
        // What scripts and style sheets hold is most of many pages, and need not go through the tokenizer.
        while let Some(at) = raw_start(rest) {
            let (before, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
            feed(&tokenizer, before);
            let raw = tokenizer.sink.awaited_raw().map_or("", |name| raw_text(after, name));
            tokenizer.sink.raw(raw);
            rest = after.get(raw.len()..).unwrap_or_default();
        }
        feed(&tokenizer, rest);
        tokenizer.end();
        let mut arena = tokenizer.sink.finish();
        arena.is_cut |= bounded.len() < html.len();
        arena
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
        let number = self.nodes.get(node as usize).map_or(NAMELESS, |node| node.name);
        self.names.get(number as usize).map_or("", |name| &name.text)
    }

    /// What elements called like `node` are.
    pub(super) fn traits(&self, node: u32) -> Traits {
        let number = self.nodes.get(node as usize).map_or(NAMELESS, |node| node.name);
        self.names.get(number as usize).map(|name| name.traits).unwrap_or_default()
    }

    /// The elements called `name`, in order.
    pub fn elements(&self, name: &str) -> impl Iterator<Item = u32> + use<'_> {
        let number = self.names.iter().position(|known| *known.text == *name).unwrap_or(usize::MAX);
        let nodes = self.nodes.iter().enumerate().skip(1);
        nodes.filter(move |(_, node)| node.name as usize == number).map(|(index, _)| index as u32)
    }

    /// Whether `node` is a text.
    pub fn is_text(&self, node: u32) -> bool {
        node != ROOT && self.nodes.get(node as usize).is_none_or(|node| node.name == NAMELESS)
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

/// Gives `html` to the tokenizer.
fn feed(tokenizer: &Tokenizer<Sink>, html: &str) {
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
}

#[cfg(test)]
mod tests {
    use super::{super::builder::ATTRIBUTES, *};

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
    fn raw_text_is_the_same_beside_the_tokenizer_and_through_it() {
        assert_eq!(
            outline("<style>a<b</style>x<SCRIPT>c<d</script ><script>e</scripts></script>"),
            "style .“a<b” “x” script .“c<d” script .“e</scripts>”"
        );
        assert_eq!(outline("<script>a<!--<script>b</script>c--></script>d").matches("script").count(), 3);
        assert_eq!(outline("<!-- <script> -->a<p title='<script>'>b"), "“a” p .“b”");
        assert_eq!(outline("<title><script></title><script>\r\n</script>"), "title .“<script>” script .“\n”");
        assert_eq!(outline("a<script>b"), "“a” script .“b”");
        assert_eq!(outline("a<script"), "“a”");
    }

    #[test]
    fn what_is_nested_too_deep_is_dissolved_and_its_text_kept() {
        let html = format!("{}deep{}<p>after", "<div>".repeat(5000), "</div>".repeat(5000));
        let arena = Arena::parse(&html);
        assert!(arena.is_cut);
        assert_eq!(arena.text(ROOT), "deepafter");
        assert_eq!(arena.parent(arena.len() - 2), ROOT);
    }

    #[test]
    fn attributes_beyond_the_bound_are_left_out() {
        let many: Vec<String> = (0..5000).map(|number| format!(" a{number}=1")).collect();
        let many = many.concat();
        let arena = Arena::parse(&format!("<p{many} title='a > b'>text</p><p title='\"'>more"));
        assert!(arena.is_cut);
        assert!(arena.attributes(1).count() <= ATTRIBUTES);
        assert_eq!(arena.text(ROOT), "textmore");
        assert_eq!(bounded("<p a='1 2' b>x < y"), "<p a='1 2' b>x < y");
        let script = format!("<script>a<b {}</script>", "x ".repeat(5000));
        assert_eq!(bounded(&script), script);
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
