//! Invented pages, read.

use super::*;
use crate::{
    model::{Coverage, Entry, Reading, Zone},
    text::{link::Link, prose::BlockKind},
};

fn reading(page: &str) -> Reading {
    let now: DateTime<chrono::Utc> = "2025-06-10T12:00:00Z".parse().unwrap();
    let zone = Zone::parse("Europe/London").unwrap();
    let context = Context { assumed_zone: None, local_zone: zone, date: None, modified: Some(now), now };
    let mut packer = Packer::new(0);
    read(page.as_bytes(), &context, &mut packer);
    packer.take(Coverage::Window, true)
}

/// The entries of `page`, a line each: id, time, headline, authors, kinds, paragraphs.
fn entries(page: &str) -> Vec<String> {
    let reading = reading(page);
    let row = |row: usize| {
        let entry = Entry::new(&reading.segment, row).unwrap();
        let authors: Vec<&str> = entry.authors().collect();
        let kinds: Vec<&str> = entry.kinds().names().collect();
        format!(
            "{} | {} | {} | {} | {} | {}",
            entry.id(),
            entry.published().map(Stamp::to_rfc3339).unwrap_or_default(),
            entry.headline().unwrap_or_default(),
            authors.join(", "),
            kinds.join(" "),
            entry.body().text().replace("\n\n", " / ")
        )
    };
    (0..reading.segment.len()).map(row).collect()
}

/// A page with `told` as its JSON-LD and `shown` in its body.
fn page(told: &str, shown: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><script type='application/ld+json'>{told}</script></head><body><h1>Bay live</h1>{shown}</body></html>"
    )
}

/// A told entry.
fn told(key: &str, time: &str, headline: &str, body: &str) -> String {
    format!(
        "{{\"@type\":\"BlogPosting\",\"url\":\"https://bay.example/live#{key}\",\"datePublished\":\"2025-06-07T{time}Z\",\"headline\":\"{headline}\",\"articleBody\":\"{body}\"}}"
    )
}

fn blog(entries: &[String]) -> String {
    format!(
        "{{\"@type\":\"LiveBlogPosting\",\"url\":\"https://bay.example/live\",\"headline\":\"Bay live\",\"liveBlogUpdate\":[{}]}}",
        entries.join(",")
    )
}

const SENTENCES: [&str; 3] = [
    "The harbour office expects the swell to go down by noon.",
    "Two boats came back with the crew of a yacht, all well.",
    "The sports hall is open for those who cannot get home.",
];

#[test]
fn what_is_only_told_is_read_as_it_is_told() {
    let told = blog(&[
        told("a1", "10:00:00", "Swell &amp; wind", "One.<br><br>Two."),
        told("a2", "09:00:00", "", "Three"),
    ]);
    assert_eq!(
        entries(&page(&told, "")),
        [
            "a1 | 2025-06-07T10:00:00+00:00 | Swell & wind |  |  | One. / Two.",
            "a2 | 2025-06-07T09:00:00+00:00 |  |  |  | Three"
        ]
    );
}

#[test]
fn lists_graphs_and_single_objects_are_alike() {
    let entry = told("a1", "10:00:00", "Swell", "One.");
    for told in [
        format!("{{\"@graph\":[{{\"@type\":\"WebPage\"}},{}]}}", blog(std::slice::from_ref(&entry))),
        format!(
            "[{}]",
            blog(std::slice::from_ref(&entry))
                .replace("\"LiveBlogPosting\"", "[\"Article\",\"LiveBlogPosting\"]")
        ),
        format!(
            "{{\"@type\":\"LiveBlogPosting\",\"url\":\"https://bay.example/live\",\"liveBlogUpdate\":{entry},}}"
        ),
    ] {
        assert_eq!(
            entries(&page(&told, "")),
            ["a1 | 2025-06-07T10:00:00+00:00 | Swell |  |  | One."],
            "{told}"
        );
    }
}

#[test]
fn the_time_that_is_shown_goes_before_the_one_that_is_told() {
    let [one, two, three] = SENTENCES;
    let told = blog(&[
        told("p-10001", "08:01:00", "", &one[..30]),
        told("p-10002", "08:02:00", "", two),
        told("p-10003", "08:03:00", "", three),
    ]);
    let shown = [("10001", "10:31", one), ("10002", "09:17", two), ("10003", "08:44", three)]
        .map(|(id, time, text)| {
            format!("<div id='post-{id}'><time datetime='2025-06-07T{time}:00Z'>x</time><p>{text}</p></div>")
        })
        .concat();
    let times: Vec<String> = entries(&page(&told, &format!("<div>{shown}</div>")))
        .iter()
        .map(|row| row[10..35].to_owned())
        .collect();
    assert_eq!(
        times,
        ["2025-06-07T10:31:00+00:00", "2025-06-07T09:17:00+00:00", "2025-06-07T08:44:00+00:00"]
    );
}

#[test]
fn local_times_that_wear_a_z_are_not_believed() {
    let told = blog(&[0, 1, 2].map(|index| {
        told("", &format!("{}:10:20", 10 - index), &format!("Headline number {index}"), SENTENCES[index])
    }));
    let shown = [0, 1, 2]
        .map(|index| format!("<section id='x_event{index}'><time datetime='2025-06-07T{:02}:10Z'>12:10</time><h2>Headline number {index}</h2><p>{}</p></section>", 12 - index, SENTENCES[index]))
        .concat();
    let found = entries(&page(&told, &format!("<div>{shown}</div>")));
    assert!(found[0].starts_with("x_event0 | 2025-06-07T10:10:20+00:00 | Headline number 0 |"), "{found:?}");
    assert!(found[2].starts_with("x_event2 | 2025-06-07T08:10:20+00:00"), "{found:?}");
}

#[test]
fn what_all_told_entries_share_is_true_of_none() {
    let told =
        blog(&[0, 1, 2].map(|index| told(&format!("k{index}"), "10:00:00", "Topic", SENTENCES[index])));
    for row in entries(&page(&told, "")) {
        assert!(row.contains(" |  |  |  |  | "), "{row}");
    }
}

#[test]
fn entries_are_found_by_the_times_they_carry() {
    let shown = [0, 1, 2]
        .map(|index| format!("<li><article><header><span>{}:05</span><h3>Headline {index}</h3><p>Ana Bell</p><p>Reporter</p></header><p>{}</p></article></li>", 12 - index, SENTENCES[index]))
        .concat();
    let page = format!("<html><body><h1>Bay live</h1><p>7 June 2025</p><ol>{shown}</ol></body></html>");
    let found = entries(&page);
    assert_eq!(found.len(), 3);
    assert!(found[0].ends_with("| 2025-06-07T12:05:00+01:00 | Headline 0 | Ana Bell |  | The harbour office expects the swell to go down by noon."), "{found:?}");
    assert_eq!(rate(&page, true), Likeness::Sure);
}

#[test]
fn an_article_with_comments_and_a_page_of_teasers_are_no_liveblogs() {
    let comments: String = SENTENCES
        .map(|text| {
            format!("<div class=comment><time datetime=2025-06-07T10:00:00Z>x</time><p>{text}</p></div>")
        })
        .concat();
    let article = format!(
        "<html><body><article><h1>Bay</h1><p>{}</p></article><section class=comments>{comments}</section></body></html>",
        SENTENCES[0]
    );
    let teasers: String = SENTENCES.map(|text| format!("<article><h3><a href='/news/1'>Bay</a></h3><p>{text}</p><time datetime=2025-06-07T10:00:00Z>x</time></article>")).concat();
    for page in [
        article,
        format!("<html><body><main>{teasers}</main></body></html>"),
        "<html></html>".to_owned(),
        "<html>".to_owned() + &page("{\"@type\":\"LiveBlogPosting\"}", ""),
    ] {
        assert_eq!(rate(&page, true), Likeness::No, "{page}");
        assert!(reading(&page).segment.is_empty());
    }
}

#[test]
fn feeds_and_drawings_are_no_pages() {
    for text in [
        "<?xml version='1.0'?><rss><channel/></rss>",
        "<feed xmlns='x'>",
        "<svg></svg>",
        "plain text",
        "{\"a\":1}",
    ] {
        assert_eq!(rate(text, false), Likeness::No, "{text}");
    }
    assert_eq!(rate("\u{feff}\n<!DOCTYPE html><html>", false), Likeness::Likely);
}

#[test]
fn microdata_and_rdfa_are_alike() {
    for (thing, property) in
        [("itemscope itemtype=\"https://schema.org/", "itemprop"), ("typeof=\"", "property")]
    {
        let entry = |id: u32| {
            format!(
                "<div {property}=\"liveBlogUpdate\" {thing}BlogPosting\"><meta {property}=\"url\" content=https://bay.example/live#{id}><meta {property}=\"datePublished\" content=\"2025-06-07T10:0{id}:00&#x2B;01:00\"><h2 {property}=headline>Head {id}</h2><p {property}=\"articleBody\">It is said.</p></div>"
            )
        };
        let page = format!(
            "<div {thing}LiveBlogPosting\"><h1 {property}=\"headline\">Bay</h1>{}{}</div>",
            entry(2),
            entry(1)
        );
        assert_eq!(
            entries(&page),
            [
                "2 | 2025-06-07T10:02:00+01:00 | Head 2 |  |  | It is said.",
                "1 | 2025-06-07T10:01:00+01:00 | Head 1 |  |  | It is said."
            ]
        );
    }
}

#[test]
fn what_amp_took_down_is_no_entry() {
    let page = "<html amp><amp-live-list id=x><div items><div id=post-2 data-sort-time=1749290400000><h3>Two</h3><p>Text of two.</p></div><div id=post-1 data-tombstone data-sort-time=1749290000000></div></div></amp-live-list></html>";
    assert_eq!(entries(page), ["post-2 | 2025-06-07T10:00:00+00:00 | Two |  |  | Text of two."]);
}

#[test]
fn blocks_links_and_media_of_the_sample_are_kept() {
    let reading = reading(include_str!("../../../../sample_feeds/kites.html"));
    let kinds: Vec<BlockKind> =
        Entry::new(&reading.segment, 0).unwrap().body().blocks().iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [BlockKind::Paragraph, BlockKind::Quote, BlockKind::Image(0)]);
    assert_eq!(
        Entry::new(&reading.segment, 0).unwrap().body().links()[0].as_str(),
        "https://echo.example/guide/knots"
    );
    assert_eq!(Entry::new(&reading.segment, 1).unwrap().body().blocks().len(), 5);
}

#[test]
fn any_bytes_are_read() {
    for text in [
        "",
        "<",
        "<html",
        "<html><time>",
        "<html><time datetime=9999-99-99>",
        "<script type='application/ld+json'>{",
        "MIME-Version: 1.0\nContent-Type: multipart/related\n\n",
    ] {
        reading(text);
        rate(text, true);
    }
}

#[test]
fn a_pinned_entry_that_stands_nowhere_else_is_an_entry() {
    let item = |time: &str, words: &str| {
        format!("<li><time datetime='2025-06-07T{time}Z'>{time}</time><p>{words}</p></li>")
    };
    let list: String = SENTENCES
        .iter()
        .zip(["11:03:00", "11:02:00", "11:01:00"])
        .map(|(words, time)| item(time, words))
        .collect();
    let pinned = |words: &str| {
        format!(
            "<div class='pinned-post'><time datetime='2025-06-07T09:00:00Z'>09:00</time><p>{words}</p></div>"
        )
    };
    let alone = entries(&page(
        "{}",
        &format!("{}<ul>{list}</ul>", pinned("All that is known of the swell so far, in one place.")),
    ));
    assert_eq!(alone.len(), 4, "{alone:#?}");
    assert!(alone.iter().any(|entry| entry.contains("T09:00") && entry.contains("| pinned |")), "{alone:#?}");
    let copied = entries(&page("{}", &format!("{}<ul>{list}</ul>", pinned(SENTENCES[1]))));
    assert_eq!(copied.len(), 3, "a copy is none: {copied:#?}");
    assert!(copied.iter().any(|entry| entry.contains("| pinned |")), "{copied:#?}");
}

#[test]
fn a_page_tells_where_the_other_pages_are_and_which_it_is() {
    let item = |(words, hour): (&&str, u32)| {
        format!("<li><time datetime='2025-06-07T{hour}:00:00Z'>{hour}:00</time><p>{words}</p></li>")
    };
    let items: String = SENTENCES.iter().zip([19, 18, 17]).map(item).collect();
    let shown = format!(
        "<link rel=canonical href='https://bay.example/live?page=2'><a rel='next nofollow' href='?page=3'>Older</a>\
         <a rel=prev href='/live'>Newer</a><nav class='pagination'>Page 2 of 5</nav><ul>{items}</ul>"
    );
    let blog = reading(&page("{}", &shown)).blog.unwrap();
    let address = |link: &Option<Link>| link.as_ref().map(|link| link.as_str().to_owned());
    assert_eq!(address(&blog.older).as_deref(), Some("https://bay.example/live?page=3"));
    assert_eq!(address(&blog.newer).as_deref(), Some("https://bay.example/live"));
    assert_eq!(blog.partial.as_str(), "page 2 of 5");
}
