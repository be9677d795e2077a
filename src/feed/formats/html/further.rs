//! The other pages of a blog that is spread over several: where they are, and which of them this is.

use crate::{
    feed::{formats::vendor, further},
    text::{line::Line, link::Link},
};

use super::page::Page;

/// The longest text of a page's own page numbers, in bytes.
const LONGEST: u32 = 120;
/// The most pages that a blog is thought to have.
const MOST: u64 = 9_999;

/// The pages before and after this one, as the page itself links them. Sites relate their articles the same way, so a page
/// whose own address is unknown tells nothing.
pub(super) fn neighbours(page: &Page) -> (Option<Link>, Option<Link>) {
    let Some(own) = page.base.as_ref().and_then(|base| Link::parse(base.as_str())) else {
        return (None, None);
    };
    let linked = |relations: &[&str]| {
        let links = (1..page.arena.len()).filter(|node| matches!(page.arena.name(*node), "link" | "a"));
        let mut links = links.filter(|node| {
            let related = page.arena.attribute(*node, "rel").unwrap_or_default();
            related
                .split_ascii_whitespace()
                .any(|word| relations.iter().any(|name| word.eq_ignore_ascii_case(name)))
        });
        links.find_map(|node| {
            further::page(page.arena.attribute(node, "href")?, Some(&own))
                .filter(|address| further::is_of_one_blog(address, &own))
        })
    };
    (linked(&["prev", "previous"]), linked(&["next"]))
}

/// Which page of how many this is, such as “page 1 of 4”, where the page tells it beside its page numbers.
pub(super) fn part(page: &Page) -> Line {
    let numbered = (1..page.arena.len()).filter(|node| {
        matches!(page.arena.name(*node), "nav" | "div" | "ul" | "ol" | "p" | "span" | "section")
            && page.says(*node, &["pagination", "pager", "paginator", "pagenumber", "pagecount"])
    });
    let told = numbered.filter_map(|node| page.short(node, LONGEST)).find_map(|text| numbers(&text));
    told.map_or_else(Line::default, |(number, total)| vendor::page(Some(number), Some(total)))
}

/// A number and how many there are of them, as in “Page 2 of 4”, “2 / 4”, “Seite 2 von 4”.
fn numbers(text: &str) -> Option<(u64, u64)> {
    let spaced = text.replace('/', " / ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    words.windows(3).find_map(|words| {
        let [number, between, total] = words else { return None };
        let is_between =
            ["of", "/", "von", "de", "sur", "di"].iter().any(|word| between.eq_ignore_ascii_case(word));
        let (number, total) = (number.parse().ok()?, total.parse().ok()?);
        (is_between && (1..=total).contains(&number) && total <= MOST).then_some((number, total))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_read_and_other_numbers_are_not() {
        let cases = [
            ("Page 2 of 4", Some((2, 4))),
            ("‹ Newer 1/12 Older ›", Some((1, 12))),
            ("Seite 3 von 7", Some((3, 7))),
            ("1 2 3 4 Next", None),
            ("5 of 4", None),
            ("two of four", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(numbers(text), wanted, "{text}");
        }
    }
}
