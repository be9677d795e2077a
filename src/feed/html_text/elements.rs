//! What HTML says of elements by their names: which are empty, which are blocks, which hold raw text.

use html5ever::tokenizer::states::RawKind;

use super::media;

/// What elements of one name are; a set. It is worked out once for each name of a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Traits(u16);

impl Traits {
    pub(super) const VOID: Self = Self(1);
    pub(super) const BLOCK: Self = Self(2);
    pub(super) const ENDS_PARAGRAPH: Self = Self(4);
    /// It ends others of its kind that were not ended.
    pub(super) const ENDS_SIBLINGS: Self = Self(8);
    pub(super) const HEADING: Self = Self(16);
    /// It marks words; its end does not reach out of the block that it stands in.
    pub(super) const MARK: Self = Self(32);
    /// A drawing or a formula, with elements of its own.
    pub(super) const FOREIGN: Self = Self(64);
    pub(super) const RAW: Self = Self(128);
    pub(super) const SILENT: Self = Self(256);
    pub(super) const MEDIUM: Self = Self(512);
    pub(super) const LINE_BREAK: Self = Self(1024);

    /// The traits of elements called `name`.
    pub(super) fn of(name: &str) -> Self {
        let traits = [
            (Self::VOID, is_void(name)),
            (Self::BLOCK, is_block(name)),
            (Self::ENDS_PARAGRAPH, ends_paragraph(name)),
            (Self::ENDS_SIBLINGS, !ended_siblings(name).0.is_empty()),
            (Self::HEADING, HEADINGS.contains(&name)),
            (Self::MARK, is_mark(name)),
            (Self::FOREIGN, matches!(name, "svg" | "math")),
            (Self::RAW, raw_kind(name).is_some()),
            (Self::SILENT, is_silent(name)),
            (Self::MEDIUM, media::is_medium(name)),
            (Self::LINE_BREAK, name == "br"),
        ];
        Self(traits.iter().filter(|(_, is_it)| *is_it).map(|(one, _)| one.0).sum())
    }

    /// Both sets in one.
    pub(super) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether one of `others` is in this set.
    pub(super) fn has(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }
}

pub(super) const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// Which open elements the start of `name` ends unsaid, and in which elements those that are open stay so.
pub(super) fn ended_siblings(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match name {
        "li" => (&["li"], &["ul", "ol", "menu"]),
        "dt" | "dd" => (&["dt", "dd"], &["dl"]),
        "option" | "optgroup" => (&["option"], &["select"]),
        "td" | "th" => (&["td", "th"], &["tr", "table"]),
        "tr" => (&["tr"], &["table", "tbody", "thead", "tfoot"]),
        "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot"], &["table"]),
        "body" => (&["head"], &[]),
        _ => (&[], &[]),
    }
}

fn is_mark(name: &str) -> bool {
    matches!(name, "a" | "b" | "i" | "em" | "strong" | "span" | "u" | "small" | "font" | "code")
}

/// Whether elements called `name` are never read as text: code, controls, and what is made by scripts.
fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "template"
            | "noscript"
            | "svg"
            | "math"
            | "button"
            | "select"
            | "textarea"
            | "canvas"
            | "map"
            | "head"
            | "title"
            | "form"
            | "dialog"
            | "nav"
            | "amp-ad"
            | "amp-analytics"
            | "amp-pixel"
            | "amp-social-share"
            | "amp-sticky-ad"
            | "amp-consent"
    )
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
fn is_block(name: &str) -> bool {
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
pub(super) fn raw_kind(name: &str) -> Option<RawKind> {
    match name {
        "script" => Some(RawKind::ScriptData),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
        "textarea" | "title" => Some(RawKind::Rcdata),
        _ => None,
    }
}
