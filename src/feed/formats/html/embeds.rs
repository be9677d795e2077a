//! Liveblogs that are embedded in a page from elsewhere: their entries come by a script, so that a saved page has none.

use crate::feed::html_text::Arena;

/// Whose liveblogs are embedded, and what the address, the class or the name of such an embed holds.
const VENDORS: [(&str, &[&str]); 6] = [
    ("24liveblog", &["24liveblog.com"]),
    ("Arena", &["arena.im/", "arena-im", "arena-liveblog"]),
    ("Norkon Live Center", &["livecenter.norkon.net", "live-center-embed"]),
    ("ScribbleLive", &["scribblelive.com", "scrbbl-embed"]),
    ("Sourcefabric Live Blog", &["liveblog.pro/"]),
    ("Tickaroo", &["tickaroo.com/", "tickaroo-liveblog"]),
];

/// Elements that bring something from elsewhere. A link to it brings nothing.
const BRINGING: [&str; 8] = ["script", "iframe", "embed", "object", "div", "section", "amp-iframe", "figure"];

/// Attributes that say what is brought.
const TELLING: [&str; 7] = ["src", "data-src", "data-url", "data", "class", "id", "data-embed-url"];

/// Whose liveblog the page `html` embeds, when it embeds one.
pub(super) fn vendor(html: &str) -> Option<&'static str> {
    let arena = Arena::parse(html);
    let brings = (1..arena.len()).filter(|node| BRINGING.contains(&arena.name(*node)));
    brings.flat_map(|node| arena.attributes(node)).find_map(|(name, value)| {
        let value = TELLING.contains(&name).then(|| value.to_ascii_lowercase())?;
        let is_of = |words: &[&str]| words.iter().any(|word| value.contains(word));
        VENDORS.iter().find(|(_, words)| is_of(words)).map(|(vendor, _)| *vendor)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vendor_of_an_embedded_blog_is_named_and_a_link_to_it_is_none() {
        let cases = [
            ("<script src=\"https://v.24liveblog.com/24.js\"></script>", Some("24liveblog")),
            ("<iframe data-src='//v.24LiveBlog.com/iframe/?id=7'></iframe>", Some("24liveblog")),
            (
                "<div class=\"x live-center-embed\" data-src=\"//a.example\"></div>",
                Some("Norkon Live Center"),
            ),
            ("<div class=\"scrbbl-embed\" data-src=\"/event/1\"></div>", Some("ScribbleLive")),
            ("<div id=arena-liveblog></div><script src=a.js></script>", Some("Arena")),
            (
                "<iframe src=\"https://bay.liveblog.pro/lb/index.html\"></iframe>",
                Some("Sourcefabric Live Blog"),
            ),
            ("<script src=https://www.tickaroo.com/api/embed.js></script>", Some("Tickaroo")),
            ("<p><a href=\"https://www.24liveblog.com/\">A tool</a></p>", None),
            ("<p>Made with tickaroo.com/ and words.</p>", None),
        ];
        for (page, named) in cases {
            assert_eq!(vendor(page), named, "{page}");
        }
    }
}
