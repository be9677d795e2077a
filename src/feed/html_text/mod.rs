//! HTML as text: a fragment, or a part of a page, becomes prose with its media.
//!
//! Entities are decoded once, after the tags are known; scripts, style sheets and controls never become text. Made for
//! any format whose bodies are HTML.

pub mod arena;
mod builder;
mod elements;
mod media;
mod spaces;
mod writer;

use url::Url;

use crate::{
    model::Media,
    text::{line::Line, prose::Prose},
};

pub use arena::Arena;
use elements::Traits;
pub(super) use media::link;
use writer::Writer;

/// The prose of an HTML fragment, and its media in order. A text without tags is taken as paragraphs.
pub fn prose(fragment: &str) -> (Prose, Vec<Media>) {
    prose_at(fragment, None)
}

/// Like [`prose`], with links relative to `base`.
pub fn prose_at(fragment: &str, base: Option<&Url>) -> (Prose, Vec<Media>) {
    if !has_markup(fragment) {
        return (Prose::new(fragment), Vec::new());
    }
    let arena = Arena::parse(fragment);
    // Where no element says where lines end, the text's own line ends do.
    let parts_lines = Traits::BLOCK.or(Traits::LINE_BREAK);
    let keeps_lines = !(1..arena.len()).any(|node| arena.traits(node).has(parts_lines));
    let mut writer = Writer::new(&arena, base, keeps_lines);
    writer.write(arena.subtree(0), &|_| false);
    writer.finish()
}

/// The prose of the part `nodes` of a page, and its media in order; `skip` tells what is left out with all below it.
pub fn part(
    arena: &Arena,
    nodes: std::ops::Range<u32>,
    base: Option<&Url>,
    skip: &dyn Fn(u32) -> bool,
) -> (Prose, Vec<Media>) {
    let mut writer = Writer::new(arena, base, false);
    writer.write(nodes, skip);
    writer.finish()
}

/// The text of an HTML fragment in one line, for headlines and names.
pub fn line(fragment: &str) -> Line {
    if has_markup(fragment) { Line::new(prose(fragment).0.text()) } else { Line::new(fragment) }
}

/// Whether there is a tag or an entity in `text`.
fn has_markup(text: &str) -> bool {
    let next = |at: usize| text.as_bytes().get(at + 1).copied().unwrap_or(b' ');
    memchr::memchr2_iter(b'<', b'&', text.as_bytes())
        .any(|at| next(at).is_ascii_alphabetic() || matches!(next(at), b'/' | b'!' | b'#'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::MediaKind,
        text::prose::{BlockKind, MarkKind},
    };

    fn blocks(fragment: &str) -> Vec<(BlockKind, String)> {
        let (prose, _) = prose(fragment);
        let text =
            |range: &std::ops::Range<u32>| prose.text()[range.start as usize..range.end as usize].to_owned();
        prose.as_ref().blocks().iter().map(|block| (block.kind, text(&block.range))).collect()
    }

    #[test]
    fn blocks_are_kept() {
        use BlockKind::{Heading, ListItem, Paragraph, Quote};
        let found = blocks(
            "<h2>Head</h2><p>One\n two</p><blockquote><p>Said.<p>Again.</blockquote><ul><li>a<li><p>b</ul>end",
        );
        let wanted = [
            (Heading(2), "Head"),
            (Paragraph, "One two"),
            (Quote, "Said."),
            (Quote, "Again."),
            (ListItem, "a"),
            (ListItem, "b"),
            (Paragraph, "end"),
        ];
        assert_eq!(found, wanted.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn a_line_break_parts_lines_and_two_part_paragraphs() {
        assert_eq!(prose("one<br>two<br/> <br/>three").0.text(), "one\ntwo\n\nthree");
    }

    #[test]
    fn marks_stand_over_their_words() {
        let (prose, _) = prose(
            "<p>A <b>bold</b> and <a href='https://x.example/a'>linked <i>word</i></a>, <a href='javascript:x'>no</a></p>",
        );
        let marks: Vec<(MarkKind, &str)> = prose
            .as_ref()
            .marks()
            .iter()
            .map(|mark| (mark.kind, &prose.text()[mark.range.start as usize..mark.range.end as usize]))
            .collect();
        assert_eq!(
            marks,
            [(MarkKind::Bold, "bold"), (MarkKind::Link(0), "linked word"), (MarkKind::Italic, "word")]
        );
    }

    #[test]
    fn entities_are_decoded_once_and_scripts_never_shown() {
        assert_eq!(
            prose("a &amp;lt;b&gt; <script>x()</script><style>p{}</style>&eacute;").0.text(),
            "a &lt;b> é"
        );
        assert_eq!(prose("Fish & chips < 3").0.text(), "Fish & chips < 3");
        assert_eq!(
            line("<b>Storm</b> warning&nbsp;&ndash;\n<i>live</i>").as_str(),
            "Storm warning\u{a0}– live"
        );
    }

    #[test]
    fn line_ends_count_where_no_element_says_where_lines_end() {
        assert_eq!(prose("one &quot;two&quot;\n\nthree <b>four</b>").0.text(), "one \"two\"\n\nthree four");
        assert_eq!(prose("<p>one\n\ntwo</p>").0.text(), "one two");
    }

    #[test]
    fn media_are_labelled_and_stand_where_they_stood() {
        let (prose, media) = prose(
            "<p>Before</p><figure><img src='https://x.example/a.jpg' alt='alt'><figcaption>A boat <span class='credit'>Ana Bell</span></figcaption></figure><p>After<iframe src='https://video.example/e/1' title='Clip'></iframe>",
        );
        let kinds: Vec<BlockKind> = prose.as_ref().blocks().iter().map(|block| block.kind).collect();
        assert_eq!(
            kinds,
            [BlockKind::Paragraph, BlockKind::Image(0), BlockKind::Paragraph, BlockKind::Embed(1)]
        );
        assert_eq!(prose.text(), "Before\n\nAfter");
        assert_eq!((media[0].text.as_str(), media[0].credit.as_str()), ("A boat", "Ana Bell"));
        assert_eq!((media[1].kind, media[1].text.as_str()), (MediaKind::Embed, "Clip"));
    }

    #[test]
    fn any_depth_is_read() {
        let deep = format!("{}x{}", "<blockquote><b>".repeat(20_000), "</b></blockquote>".repeat(20_000));
        assert_eq!(prose(&deep).0.text(), "x");
    }
}
