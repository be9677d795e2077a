//! Invented entries as a web page: as sites serve them, most of which is no entry, and one that is nothing but entries.

use std::fmt::Write as _;

use serde_json::json;

use super::{entries::Told, feeds::TITLE};

/// What a page is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// As sites serve it: scripts with data, styles, menus, and buttons and drawings around each entry.
    Served,
    /// Nothing but entries.
    Bare,
}

/// A page of `entries`, told to machines and shown to people.
pub(super) fn page(kind: Kind, entries: &[Told]) -> String {
    let is_served = kind == Kind::Served;
    let frame = if is_served { frame() } else { String::new() };
    let told: Vec<_> = entries.iter().map(told).collect();
    let told = json!({"@type": "LiveBlogPosting", "headline": TITLE, "liveBlogUpdate": told});
    let mut shown = String::new();
    for entry in entries {
        let furniture = if is_served { furniture(entry.number) } else { String::new() };
        let _ = write!(
            shown,
            "<article class=\"entry entry--plain\" id=\"{}\"><header><time datetime=\"{}\">{}</time>\
             <div class=\"byline\"><span>{}</span></div><h2>{}</h2></header>\n{}{furniture}</article>\n",
            entry.id(),
            entry.stamp(),
            entry.time.format("%H:%M"),
            entry.author,
            entry.headline,
            entry.html(),
        );
    }
    format!(
        "<!doctype html><html lang=\"en\"><head><title>{TITLE}</title><script type=\"application/ld+json\">{told}</script>\
         </head><body>{frame}<main><h1>{TITLE}</h1><div>{shown}</div></main></body></html>"
    )
}

/// An entry as the page tells it to machines.
fn told(entry: &Told) -> serde_json::Value {
    json!({
        "@type": "BlogPosting", "@id": entry.id(), "datePublished": entry.stamp(), "headline": entry.headline,
        "articleBody": entry.paragraphs[0],
    })
}

/// What stands around an entry: buttons to share it, each with a drawing, and a place for an advertisement.
fn furniture(number: usize) -> String {
    let button = |name: &str| {
        format!(
            "<li class=\"share__item share__item--{name}\"><a class=\"share__link js-share\" role=\"button\" \
             data-link-name=\"share : {name} : {number}\" data-component=\"share-{name}\" \
             href=\"https://share.example/{name}?u=https%3A%2F%2Fbay.example%2Flive%23rung{number}&amp;t=Ladder\">\
             <span class=\"inline-icon\"><svg width=\"32\" height=\"32\" viewBox=\"-2 -2 32 32\"><path \
             d=\"M17.9 14h-3v8H12v-8h-2v-2.9h2V8.7C12 6.8 13.1 5 16 5c1.2 0 2 .1 2 .1v3h-1.8c-1 0-1.2.5-1.2 1.3v1.8h3\" \
             fill-rule=\"evenodd\"></path></svg></span><span class=\"u-h\">{name}</span></a></li>"
        )
    };
    let buttons: String = ["post", "mail", "message", "copy"].map(button).concat();
    format!(
        "<ul class=\"share share--entry u-unstyled\">{buttons}</ul><div class=\"slot slot--inline{number}\" \
         data-slot=\"inline{number}\" data-mobile=\"1,1|2,2|300,250\" data-desktop=\"1,1|2,2|300,250|620,1\" \
         aria-hidden=\"true\"></div>\n"
    )
}

/// What stands around all entries: data for scripts, styles and menus.
fn frame() -> String {
    let data = "{\"id\":\"tracking/consent\",\"isOn\":true,\"weights\":[0.25,0.5],\"path\":\"/assets/app.4f2a.js\"},"
        .repeat(900);
    let styles =
        ".share__item{display:inline-block;margin:0 .25rem}.u-h{position:absolute;clip:rect(0 0 0 0)}"
            .repeat(500);
    let menu = "<li class=\"menu__item\"><a class=\"menu__link\" href=\"/region\" data-link-name=\"nav : region\">Region</a></li>"
        .repeat(250);
    format!(
        "<script>window.app={{\"list\":[{data}null]}};</script><style>{styles}</style><nav><ul class=\"menu\">{menu}</ul></nav>"
    )
}
