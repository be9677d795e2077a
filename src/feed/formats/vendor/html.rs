//! A stand-in for `feed::html_text` until it is merged: tags become paragraph ends or nothing.

use crate::{
    model::Media,
    text::{line::Line, prose::Prose},
};

/// The prose of a fragment of HTML, and its media.
pub(crate) fn prose(fragment: &str) -> (Prose, Vec<Media>) {
    let mut text = String::new();
    let mut rest = fragment;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        let name: String =
            tag.chars().take_while(|char| char.is_ascii_alphanumeric() || *char == '/').collect();
        rest = after;
        match name.as_str() {
            "script" | "style" => {
                rest = after
                    .split_once("</")
                    .and_then(|(_, rest)| rest.split_once('>'))
                    .map_or("", |(_, rest)| rest)
            }
            "p" | "/p" | "li" | "/li" | "h2" | "/h2" | "blockquote" | "/blockquote" | "div" | "/div" => {
                text.push_str("\n\n")
            }
            "br" => text.push('\n'),
            _ => {}
        }
    }
    text.push_str(rest);
    let text = text.replace("&amp;", "&").replace("&nbsp;", " ").replace("&#039;", "'");
    (Prose::new(&text), Vec::new())
}

/// The text of a fragment of HTML as one line.
pub(crate) fn line(fragment: &str) -> Line {
    Line::new(prose(fragment).0.text())
}
