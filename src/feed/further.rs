//! Where further pages of a blog stand, as its formats write it.

use url::Url;

use crate::text::link::Link;

use super::html_text;

/// The page of a blog at `own` that is written as `address`; none where that is the page itself, or no web page.
pub(super) fn page(address: &str, own: Option<&Link>) -> Option<Link> {
    let base = own.and_then(|own| Url::parse(own.as_str()).ok());
    html_text::link(address, base.as_ref())
        .filter(|page| page.as_str().starts_with("http") && own.is_none_or(|own| own != page))
}

/// Whether `address` is a page of the same blog as `own`, and not of another: they differ only in what asks for a page.
pub(super) fn is_of_one_blog(address: &Link, own: &Link) -> bool {
    let parse = |link: &Link| Url::parse(link.as_str()).ok();
    let (Some(address), Some(own)) = (parse(address), parse(own)) else { return false };
    address.host_str() == own.host_str() && stem(address.path()) == stem(own.path())
}

/// A path without the number of the page it ends on.
fn stem(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    let is_number = |part: &str| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    match path.rsplit_once('/') {
        Some((stem, last)) if !last.is_empty() && is_number(last) => {
            stem.strip_suffix("/page").unwrap_or(stem)
        }
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(address: &str) -> Link {
        Link::parse(address).unwrap()
    }

    #[test]
    fn a_relative_address_is_that_of_the_page_it_stands_on() {
        let own = link("https://example.org/live/kites");
        assert_eq!(page("?page=2", Some(&own)), Some(link("https://example.org/live/kites?page=2")));
        assert_eq!(page("?page=2", None), None);
        assert_eq!(page("https://example.org/live/kites", Some(&own)), None);
        assert_eq!(page("mailto:desk@example.org", Some(&own)), None);
    }

    #[test]
    fn only_pages_of_one_blog_are_further_pages() {
        let own = link("https://example.org/live/kites/");
        for page in ["https://example.org/live/kites?page=2", "https://example.org/live/kites/page/2/"] {
            assert!(is_of_one_blog(&link(page), &own), "{page}");
        }
        for other in ["https://example.org/live/regatta", "https://example.net/live/kites?page=2"] {
            assert!(!is_of_one_blog(&link(other), &own), "{other}");
        }
    }
}
