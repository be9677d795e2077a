//! Feeds of every kind, whole and with faults.

use crate::{
    model::{Coverage, Entry, Kinds, MediaKind, Reading},
    text::{link::Link, prose::BlockKind},
};

use super::*;

fn read_text(text: &str) -> Reading {
    let context = Context::bare(chrono::DateTime::default());
    let mut packer = Packer::new(0);
    read(text.as_bytes(), &context, &mut packer);
    packer.take(Coverage::Window, true)
}

fn entries(reading: &Reading) -> Vec<Entry<'_>> {
    (0..reading.segment.len()).filter_map(|index| Entry::new(&reading.segment, index)).collect()
}

fn rss(items: &str) -> String {
    format!(
        "<rss version=\"2.0\"><channel><title>T</title><link>https://x.example/</link>{items}</channel></rss>"
    )
}

fn headlines(text: &str) -> Vec<String> {
    entries(&read_text(text)).iter().map(|entry| entry.headline().unwrap_or("none").to_owned()).collect()
}

#[test]
fn a_feed_tells_the_addresses_of_further_pages() {
    let reading = read_text(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title>\
         <link rel='next' href='https://x.example/feed?page=3'/>\
         <link rel='prev' href='https://x.example/feed?page=1'/>\
         <entry><id>a</id><title>One</title></entry></feed>",
    );
    let blog = reading.blog.expect("a blog");
    let address = |link: &Option<Link>| link.as_ref().map(|link| link.as_str().to_owned());
    assert_eq!(address(&blog.older).as_deref(), Some("https://x.example/feed?page=3"));
    assert_eq!(address(&blog.newer).as_deref(), Some("https://x.example/feed?page=1"));
    let reading = read_text(
        "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\",\"next_url\":\"https://x.example/2.json\",\
         \"items\":[{\"id\":\"a\",\"content_text\":\"One\"}]}",
    );
    assert_eq!(address(&reading.blog.expect("a blog").older).as_deref(), Some("https://x.example/2.json"));
}

#[test]
fn atom_is_read_with_its_marks_and_its_links() {
    let reading = read_text(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title type='html'>Storm &amp;ndash; live</title>\
         <link rel='self' href='https://x.example/feed'/><link href='https://x.example/storm'/>\
         <entry><id>urn:a</id><title>Warning</title><link href='https://x.example/storm#a'/>\
         <published>2025-04-28T04:39:00+01:00</published><updated>2025-04-28T05:00:00+01:00</updated>\
         <author><name>Ana Bell</name><email>ana@x.example</email></author><category term='breaking-news'/>\
         <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>One <b>red</b> warning.</p></div></content>\
         </entry></feed>",
    );
    let blog = reading.blog.as_ref().unwrap();
    assert_eq!((blog.title.as_str(), blog.language.as_str()), ("Storm – live", "en"));
    assert_eq!(blog.url.as_ref().unwrap().as_str(), "https://x.example/storm");
    let entry = entries(&reading)[0];
    assert_eq!((entry.id(), entry.headline()), ("urn:a", Some("Warning")));
    assert_eq!(entry.published().unwrap().to_rfc3339(), "2025-04-28T04:39:00+01:00");
    assert_eq!(entry.revised().unwrap().to_rfc3339(), "2025-04-28T05:00:00+01:00");
    assert_eq!(entry.authors().collect::<Vec<_>>(), ["Ana Bell"]);
    assert_eq!(entry.kinds(), Kinds::BREAKING);
    assert_eq!(entry.body().text(), "One red warning.");
    assert_eq!(entry.body().marks().len(), 1);
}

#[test]
fn json_feed_is_read_with_its_attachments() {
    let reading = read_text(
        r#"{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[
           {"id":"1","content_text":"Plain <b> words","date_published":"2025-04-28T04:39:00Z",
            "attachments":[{"url":"https://x.example/a.mp3","mime_type":"audio/mpeg","title":"Sirens"}]},
           {"id":"2","content_html":"<p>One.</p><blockquote>Said.</blockquote>","authors":[{"name":"Ana Bell"}]}]}"#,
    );
    let found = entries(&reading);
    assert_eq!(found[0].body().text(), "Plain <b> words");
    assert_eq!((found[0].headline(), found[0].media()[0].kind), (None, MediaKind::Audio));
    assert_eq!(found[1].body().blocks()[1].kind, BlockKind::Quote);
    assert!(reading.problems.is_empty());
}

#[test]
fn a_json_feed_with_odd_types_is_mended() {
    let reading = read_text(
        r#"{"version":"https://jsonfeed.org/version/1","items":[null,{"id":7,"title":["x"],"content_text":"words","authors":["Ana Bell"]}]}"#,
    );
    let found = entries(&reading);
    assert_eq!((found[0].id(), found[0].body().text()), ("7", "words"));
    assert_eq!(found[0].authors().collect::<Vec<_>>(), ["Ana Bell"]);
    assert!(reading.problems[0].message.contains("1 item recovered"));
}

#[test]
fn faults_cost_no_more_than_themselves() {
    let item = |title: &str| format!("<item><guid>{title}</guid><title>{title}</title></item>");
    let whole = rss(&[item("one"), item("two"), item("three")].concat());
    let cut = whole.split("<title>three").next().unwrap();
    for (fault, wanted) in [
        (cut.to_owned(), &["one", "two"][..]),
        (whole.replace("two", "Smith & Sons"), &["one", "Smith & Sons", "three"]),
        (whole.replace("two", "2 < 3"), &["one", "2 < 3", "three"]),
        (whole.replace("two</title>", "two</titel>"), &["one", "two", "three"]),
        (whole.replace("two</title>", "two<br></title>"), &["one", "two", "three"]),
        (whole.replacen("</item>", "", 1), &["one", "two", "three"]),
        (
            whole.replace("<guid>two", &format!("<guid x='{}'>two", "long ".repeat(2000))),
            &["one", "two", "three"],
        ),
        (whole.replace(" version=\"2.0\"", ""), &["one", "two", "three"]),
        (whole.replace("2.0", "0.94"), &["one", "two", "three"]),
        (
            whole.replace("<item>", "<?xml version='1.0' encoding='koi8-r'?>\n<item>"),
            &["one", "two", "three"],
        ),
    ] {
        assert_eq!(headlines(&fault), wanted, "{fault}");
        let problems = read_text(&fault).problems;
        assert!(problems[0].message.contains("recovered"), "{fault}: {problems:?}");
    }
}

#[test]
fn what_is_written_with_nulls_between_is_read_without_them() {
    let item = "<item><guid>1</guid><title>one</title></item>";
    let declared = "<?xml version='1.0' encoding='utf-8'?>                                        ";
    let spread: String = declared.chars().flat_map(|char| [char, '\0']).chain(rss(item).chars()).collect();
    assert_eq!(headlines(&spread), ["one"]);
}

#[test]
fn an_empty_title_or_an_unknown_type_costs_no_other_entry() {
    let feed = "<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title><entry><id>1</id><title></title><summary>one</summary></entry>\
                <entry><id>2</id><title>two</title><content type='no type'>x</content></entry>\
                <entry><id>3</id><title>three</title></entry></feed>";
    let reading = read_text(feed);
    assert_eq!(entries(&reading).iter().map(|entry| entry.id()).collect::<Vec<_>>(), ["1", "3"]);
    assert_eq!(reading.unreadable, 1);
}

#[test]
fn html_that_nobody_escaped_is_kept_whole() {
    let reading = read_text(&rss(
        "<item><guid>1</guid><description><p>One <b>bold</b><br>line</p><p>two</p></description></item>",
    ));
    assert_eq!(entries(&reading)[0].body().text(), "One bold\nline\n\ntwo");
}

#[test]
fn html_that_was_escaped_twice_is_read_as_html() {
    let read = |words: &str| {
        entries(&read_text(&rss(&format!("<item><guid>1</guid><description>{words}</description></item>"))))
            [0]
        .body()
        .text()
        .to_owned()
    };
    assert_eq!(read("&amp;lt;p&amp;gt;One &amp;amp;amp; two&amp;lt;/p&amp;gt;"), "One & two");
    assert_eq!(read("&amp;lt;3 you &amp;amp; me"), "<3 you & me");
}

#[test]
fn items_that_share_an_address_or_a_guid_stay_apart() {
    let item = |guid: &str, minute: u32, words: &str| {
        format!(
            "<item>{guid}<link>https://x.example/live</link><pubDate>Mon, 28 Apr 2025 04:{minute:02}:00 GMT</pubDate><description>{words}</description></item>"
        )
    };
    for guid in ["", "<guid>https://x.example/live</guid>"] {
        let reading = read_text(&rss(&[item(guid, 1, "one"), item(guid, 2, "two")].concat()));
        let ids: Vec<&str> = entries(&reading).iter().map(|entry| entry.id()).collect();
        assert!(ids.len() == 2 && ids[0] != ids[1], "{ids:?}");
    }
    let reading = read_text(&rss("<item><link>https://x.example/a</link><title>a</title></item>"));
    assert_eq!(entries(&reading)[0].id(), "https://x.example/a");
}

#[test]
fn a_title_that_is_the_cut_beginning_of_the_words_is_no_headline() {
    let item = |title: &str| {
        rss(&format!(
            "<item><title>{title}</title><description>One two three four five.</description></item>"
        ))
    };
    assert_eq!(headlines(&item("One two thr…")), ["none"]);
    assert_eq!(headlines(&item("One two three")), ["One two three"]);
    assert_eq!(headlines(&item("Something else…")), ["Something else…"]);
}

#[test]
fn what_holds_no_items_is_no_feed() {
    let rate = |text: &str| rate(text, true);
    assert_eq!(rate(&rss("")), Likeness::No);
    assert_eq!(
        rate("<?xml version='1.0'?><!-- x --><!DOCTYPE rss [<!ENTITY a 'b'>]><rss><item>"),
        Likeness::Sure
    );
    assert_eq!(rate("<html><item>"), Likeness::No);
    assert_eq!(
        rate(r#"{"version":"https:\/\/jsonfeed.org\/version\/1","title":"T","items":[]}"#),
        Likeness::No
    );
    assert_eq!(
        rate(r#"{"version":"https:\/\/jsonfeed.org\/version\/1","title":"T","items":[{}]}"#),
        Likeness::Sure
    );
    assert_eq!(super::rate("<rss version='2.0'><channel><title>long", false), Likeness::Sure);
}

#[test]
fn entities_are_not_expanded() {
    let bomb = "<!DOCTYPE l [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;\">]>".to_owned()
        + &rss("<item><title>&b;</title></item>");
    assert_eq!(headlines(&bomb), ["&b;"]);
}
