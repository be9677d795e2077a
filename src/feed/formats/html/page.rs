//! A page: its arena, what its head says of it, and how much readable text stands before each node.

use std::borrow::Cow;

use url::Url;

use crate::feed::html_text::{Arena, part};

/// How many nodes of an element are looked at for its heading.
const LOOKED: usize = 400;

/// The longest value that is looked through for words, in bytes.
const LONGEST_WORDS: usize = 400;

/// A page and what can be asked of it cheaply.
#[derive(Debug)]
pub(super) struct Page {
    pub arena: Arena,
    /// The address of the page, for links within it.
    pub base: Option<Url>,
    /// The elements that tell of the page.
    metas: Vec<u32>,
    /// How much readable text stands before each node, in bytes: all, and that outside links.
    before: Vec<(u32, u32)>,
}

impl Page {
    pub(super) fn new(html: &str) -> Self {
        let arena = Arena::parse(html);
        let before = measure(&arena);
        let metas = arena.elements("meta").collect();
        let mut page = Self { arena, base: None, metas, before };
        page.base = page
            .linked("canonical")
            .or_else(|| page.meta(&["og:url"]))
            .and_then(|address| Url::parse(address).ok())
            .filter(|address| matches!(address.scheme(), "http" | "https"));
        page
    }

    /// How much readable text is in `nodes`, in bytes.
    pub(super) fn length(&self, nodes: &std::ops::Range<u32>) -> u32 {
        self.measured(nodes.end).0 - self.measured(nodes.start).0
    }

    /// How much readable text is in `nodes` that leads nowhere, in bytes.
    pub(super) fn plain_length(&self, nodes: &std::ops::Range<u32>) -> u32 {
        self.measured(nodes.end).1 - self.measured(nodes.start).1
    }

    fn measured(&self, node: u32) -> (u32, u32) {
        self.before.get(node as usize).copied().unwrap_or_default()
    }

    /// The content of the first `meta` element that is called one of `names`, in their order.
    pub(super) fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|wanted| {
            self.metas.iter().find_map(|node| {
                let is_it = self.arena.attributes(*node).any(|(name, value)| {
                    matches!(name, "name" | "property" | "itemprop") && value.eq_ignore_ascii_case(wanted)
                });
                let content = self.arena.attribute(*node, "content").filter(|_| is_it)?.trim();
                (!content.is_empty()).then_some(content)
            })
        })
    }

    /// The address of the first `link` element whose relation is `relation`.
    pub(super) fn linked(&self, relation: &str) -> Option<&str> {
        self.elements("link").find_map(|node| {
            let is_it =
                self.arena.attribute(node, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case(relation));
            self.arena.attribute(node, "href").filter(|_| is_it)
        })
    }

    /// The elements called `name`, in order.
    pub(super) fn elements(&self, name: &str) -> impl Iterator<Item = u32> + use<'_> {
        self.arena.elements(name)
    }

    /// The readable text of `node` in one line.
    pub(super) fn line(&self, node: u32) -> String {
        let (prose, _) = part(&self.arena, self.arena.subtree(node), None, &|_| false);
        spaced(prose.text()).into_owned()
    }

    /// The text of `node`, folded, when it is at most `most` bytes long.
    pub(super) fn short(&self, node: u32, most: u32) -> Option<Cow<'_, str>> {
        let length = self.length(&self.arena.subtree(node));
        let text = (1..=most).contains(&length).then(|| self.arena.text(node))?;
        // Pages pad their text with more white space than text.
        (text.len() <= 1024).then(|| spaced(text)).filter(|text| !text.is_empty())
    }

    /// The first heading in `node`, among its first elements.
    pub(super) fn heading_in(&self, node: u32) -> Option<u32> {
        self.arena
            .subtree(node)
            .take(LOOKED)
            .find(|node| matches!(self.arena.name(*node), "h1" | "h2" | "h3" | "h4" | "h5" | "h6"))
    }

    /// The elements that hold `node`, nearest first, the page not among them.
    pub(super) fn ancestors(&self, node: u32) -> impl Iterator<Item = u32> {
        std::iter::successors(Some(node), |node| Some(self.arena.parent(*node)))
            .skip(1)
            .take_while(|node| *node != 0)
    }

    /// Whether an attribute of `node` that says what it is holds one of `words`, hyphens and case set aside.
    pub(super) fn says(&self, node: u32, words: &[&str]) -> bool {
        self.arena.attributes(node).any(|(name, value)| {
            let tells =
                matches!(name, "class" | "id" | "role" | "rel" | "itemprop" | "property" | "aria-label")
                    || name.starts_with("data-") && value.len() <= 60;
            tells && has_word(value, words)
        })
    }
}

/// `text` with one space between each two words.
fn spaced(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    let mut last = b'.';
    let is_spaced = text.bytes().all(|byte| {
        let before = std::mem::replace(&mut last, byte);
        match byte {
            b' ' => before != b' ',
            // What white space of other kinds begins with; the spaces of general punctuation end with less than dashes.
            b'\t'..=b'\r' | 0xc2 | 0xe1 | 0xe3 => false,
            0x80..=0x8f | 0xa8..=0xaf if before == 0x80 => false,
            0x81 if before == 0xe2 => false,
            _ => true,
        }
    });
    if is_spaced {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.into()
}

/// Whether `value` holds one of `words`, its case and hyphens set aside.
pub(super) fn has_word(value: &str, words: &[&str]) -> bool {
    // Which letters words begin with, so that most places need no looking at.
    let bit = |letter: u8| 1_u32.checked_shl(u32::from(letter.wrapping_sub(b'a'))).unwrap_or(0);
    let firsts =
        words.iter().filter_map(|word| word.bytes().next()).fold(0, |bits, letter| bits | bit(letter));
    let mut letters = [0; LONGEST_WORDS];
    let mut length = 0;
    for byte in value.bytes().filter(|byte| !matches!(byte, b'-' | b'_')) {
        let Some(letter) = letters.get_mut(length) else { return false };
        *letter = byte.to_ascii_lowercase();
        length += 1;
    }
    let letters = letters.get(..length).unwrap_or_default();
    letters.iter().enumerate().filter(|(_, letter)| firsts & bit(**letter) != 0).any(|(at, _)| {
        let rest = letters.get(at..).unwrap_or_default();
        words.iter().any(|word| rest.starts_with(word.as_bytes()))
    })
}

/// How much readable text stands before each node, and the end.
fn measure(arena: &Arena) -> Vec<(u32, u32)> {
    let mut before = Vec::with_capacity(arena.len() as usize + 1);
    let (mut all, mut plain) = (0, 0);
    // Where the script and the link end that are open.
    let (mut code, mut link) = (0, 0);
    for node in 0..arena.len() {
        before.push((all, plain));
        match arena.name(node) {
            "" if node > 0 && node >= code => {
                let length = arena.text(node).trim().len() as u32;
                all += length;
                if node >= link {
                    plain += length;
                }
            }
            "script" | "style" | "noscript" | "template" | "title" | "head" | "textarea" | "svg" => {
                code = code.max(arena.end(node));
            }
            "a" => link = link.max(arena.end(node)),
            _ => {}
        }
    }
    before.push((all, plain));
    before
}

/// `text` for comparing: letters and figures in lower case, one space between words.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_apart = false;
    for char in text.chars() {
        let is_word = if char.is_ascii() { char.is_ascii_alphanumeric() } else { char.is_alphanumeric() };
        if !is_word {
            is_apart |= !matches!(char, '\'' | '’' | '\u{200b}' | '\u{ad}');
            continue;
        }
        if std::mem::take(&mut is_apart) && !out.is_empty() {
            out.push(' ');
        }
        if char.is_ascii() {
            out.push(char.to_ascii_lowercase());
        } else {
            out.extend(char.to_lowercase());
        }
    }
    out
}

/// The start of `text`, `most` characters at most, for comparing beginnings.
pub(super) fn head(text: &str, most: usize) -> &str {
    let text = text.trim_start();
    text.char_indices().nth(most).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}
