//! Invented entries written as a feed of every format.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{
    entries::{self, Told},
    pages::{self, Kind},
    vendors,
};

/// Two rows that are no format of their own: RSS's sister, and a page as sites serve them.
pub(crate) const ATOM: &str = "rss: atom";
pub(crate) const SERVED: &str = "html: served";

/// What all feeds are called.
pub(super) const TITLE: &str = "The ladder on the bay – live";

/// A feed: the name of its format, and its text.
#[derive(Debug)]
pub(crate) struct Feed {
    pub(crate) format: &'static str,
    pub(crate) text: String,
}

/// A feed of `count` entries, newest first as publishers have them, as the row called `name`.
///
/// # Panics
///
/// When no feed is written for that name: a new format needs its arm here.
pub(crate) fn feed(name: &str, count: usize) -> Feed {
    let newest = entries::newest_first(count);
    let (format, text) = match name {
        "jsonl" => ("jsonl", json_lines(&entries::oldest_first(count))),
        "json" => ("json", json_document(&newest)),
        "rss" => ("rss", rss(&newest)),
        ATOM => ("rss", atom(&newest)),
        "html" => ("html", pages::page(Kind::Bare, &newest)),
        SERVED => ("html", pages::page(Kind::Served, &newest)),
        "markdown" => ("markdown", markdown(&newest)),
        "plain" => ("plain", plain(&newest)),
        vendor => match vendors::feed(vendor, &newest) {
            Some((format, value)) => (format, value.to_string()),
            None => panic!("no feed is written for the format {vendor}"),
        },
    };
    Feed { format, text }
}

/// The entries as JSON Lines.
pub(crate) fn json_lines(entries: &[Told]) -> String {
    let mut out = String::new();
    for entry in entries {
        let _ = writeln!(out, "{}", json_line(entry));
    }
    out
}

/// The entry as a line of JSON.
pub(crate) fn json_line(entry: &Told) -> Value {
    json!({
        "type": "entry", "id": entry.id(), "published": entry.stamp(), "headline": entry.headline,
        "authors": [entry.author], "body": entry.text(),
    })
}

fn json_document(entries: &[Told]) -> String {
    let update = |entry: &Told| {
        json!({
            "uuid": entry.id(), "created_at": entry.stamp(), "title": entry.headline, "text": entry.text(),
            "author": {"name": entry.author},
        })
    };
    json!({"title": TITLE, "status": "open", "updates": entries.iter().map(update).collect::<Vec<_>>()})
        .to_string()
}

fn rss(entries: &[Told]) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
         <channel><title>{TITLE}</title><link>https://bay.example/ladder</link><description>Live</description>"
    );
    for entry in entries {
        let _ = writeln!(
            out,
            "<item><title>{}</title><link>https://bay.example/ladder#{}</link><guid isPermaLink=\"false\">{}</guid>\
             <dc:creator>{}</dc:creator><category>key event</category><pubDate>{}</pubDate>\
             <description><![CDATA[{}]]></description></item>",
            entry.headline,
            entry.number,
            entry.id(),
            entry.author,
            entry.time.to_rfc2822(),
            entry.html()
        );
    }
    out + "</channel></rss>\n"
}

/// Atom, with its HTML escaped.
fn atom(entries: &[Told]) -> String {
    let mut out = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>{TITLE}</title><id>ladder</id>\
         <link href=\"https://bay.example/ladder\"/>"
    );
    for entry in entries {
        let words = entry.html().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let _ = writeln!(
            out,
            "<entry><id>{}</id><title>{}</title><link href=\"https://bay.example/ladder#{}\"/><author><name>{}</name>\
             </author><published>{}</published><content type=\"html\">{words}</content></entry>",
            entry.id(),
            entry.headline,
            entry.number,
            entry.author,
            entry.stamp(),
        );
    }
    out + "</feed>\n"
}

fn markdown(entries: &[Told]) -> String {
    let mut out = format!("# {TITLE}\n\n*The Bay Bell*\n");
    let mut day = String::new();
    for entry in entries {
        let its_day = entry.time.format("%A %-d %B %Y · UTC").to_string();
        if its_day != day {
            let _ = writeln!(out, "\n## {its_day}");
            day = its_day;
        }
        let [first, second] = &entry.paragraphs;
        let _ = writeln!(
            out,
            "\n### {} · {}\n\n*{}* · **key event**\n\n{first}\n[Boats](<https://bay.example/boats>)\n\n> {second}",
            entry.time.format("%H:%M"),
            entry.headline,
            entry.author,
        );
    }
    out
}

/// Plain text as it is copied from a page: each entry ends with its author and time.
fn plain(entries: &[Told]) -> String {
    let mut out = format!("{TITLE}\n");
    for entry in entries {
        let [first, second] = &entry.paragraphs;
        let stamp = entry.time.format("%-d %B %Y %H:%M");
        let _ = writeln!(out, "{}\n{first}\n{second}\n{}{stamp}", entry.headline, entry.author);
    }
    out
}
