//! What HTML says of elements by their names: which are empty, which are blocks, which hold raw text.

use html5ever::tokenizer::states::RawKind;

/// Whether elements called `name` have no content.
pub(super) fn is_void(name: &str) -> bool {
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
pub(super) fn is_block(name: &str) -> bool {
    ends_paragraph(name)
        || matches!(
            name,
            "body" | "html" | "tr" | "tbody" | "thead" | "tfoot" | "td" | "th" | "caption" | "legend" | "video" | "audio"
        )
        // Elements of a page's own making hold blocks more often than words.
        || name.contains('-')
}

/// Whether the start of `name` ends a paragraph that was not ended.
pub(super) fn ends_paragraph(name: &str) -> bool {
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
