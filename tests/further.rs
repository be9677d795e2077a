//! Further parts of a blog: asked for at its ends, and no news.

mod support;

use chrono::TimeDelta;
use liveblog::{
    app::{Effect, Options},
    model::{Blog, Coverage, Draft, Location, News, Packer, Precision, Reading, Stamp, Status, Unfetched},
    text::{line::Line, link::Link},
};
use support::{Session, options, time};

fn link(page: usize) -> Option<Link> {
    Link::parse(&format!("https://example.org/live?page={page}"))
}

/// Entries of these minutes, of a blog that has more.
fn part(minutes: impl IntoIterator<Item = u32>, older: Option<Link>, is_further: bool) -> Reading {
    let mut packer = Packer::new(0);
    packer.blog(Blog { title: Line::new("Storm"), older, ..Blog::default() });
    for minute in minutes {
        let then = time(&format!("2025-10-14T18:{minute:02}:00Z"));
        let mut draft = Draft { headline: Line::new(&format!("At {minute}")), ..Draft::default() };
        draft.id = Line::new(&format!("e{minute}"));
        draft.published = Stamp::new(then.fixed_offset(), Precision::Minute);
        packer.entry(&mut draft);
    }
    Reading { is_further, ..packer.take(Coverage::Delta, true) }
}

/// The same with words; the oldest holds a quote.
fn long_part(minutes: std::ops::Range<u32>, older: Option<Link>) -> Reading {
    let mut packer = Packer::new(0);
    packer.blog(Blog { title: Line::new("Storm"), older, ..Blog::default() });
    for minute in minutes.clone() {
        let then = time(&format!("2025-10-14T18:{minute:02}:00Z"));
        let published = Stamp::new(then.fixed_offset(), Precision::Minute);
        let mut draft = Draft { id: Line::new(&format!("e{minute}")), published, ..Draft::default() };
        draft.body.set(&"it rains ".repeat(1000));
        if minute == minutes.start {
            draft.body.set("“It rains,” Ivo Orr said.");
        }
        packer.entry(&mut draft);
    }
    packer.take(Coverage::Delta, true)
}

/// A reader of an address, which may be asked for further parts.
fn on_the_web() -> Session {
    let locations = url::Url::parse("https://example.org/live").into_iter().map(Location::Address).collect();
    Session::opening(Options { locations, ..options() })
}

/// The pages that were asked for since the last time.
fn asked(session: &mut Session) -> Vec<Option<Link>> {
    let effects = session.effects().into_iter();
    effects
        .filter_map(|effect| if let Effect::Fetch(0, link) = effect { Some(Some(link)) } else { None })
        .collect()
}

#[test]
fn the_end_asks_for_the_next_part_once_and_what_comes_is_no_news() {
    let mut session = on_the_web().reading(part(20..40, link(2), false)).status(Status::Following);
    session.effects();
    let mut session = session.keys("jj");
    assert_eq!(asked(&mut session), [], "nobody is at the end");
    let mut session = session.keys("Gkj");
    assert_eq!(asked(&mut session), [link(2)], "the end was reached, twice");
    let mut session = session.reading(part(10..20, link(3), true));
    session.screen();
    assert_eq!(session.selected().as_deref(), Some("e20"), "the selection stays on its entry");
    assert_eq!(session.app().arrivals().count(), 0, "what was asked for is no arrival");
    let mut session = session.keys("j");
    assert_eq!(session.selected().as_deref(), Some("e19"), "and reading goes on");
    assert_eq!(asked(&mut session), [], "the next part is asked for at its own end");
    let mut session = session.keys("G");
    assert_eq!(asked(&mut session), [link(3)]);
    let mut session = session.keys("2");
    assert!(session.screen().contains("nothing new since you opened this"), "{}", session.screen());
}

#[test]
fn a_part_that_failed_is_asked_for_again_by_r_or_when_the_end_is_reached_after_a_while() {
    let failed = |minutes: i64, session: Session| {
        let again = session.app().now() + TimeDelta::minutes(minutes);
        let why = Line::new("the server answered 503 Service Unavailable");
        session.told(News::Unfetched(0, Unfetched { link: link(2).unwrap(), why, again: Some(again) }))
    };
    let words = "older entries cannot be read, r asks again: the server answered 503";
    let mut session = on_the_web().reading(part(20..40, link(2), false)).status(Status::Following).keys("G");
    assert_eq!(asked(&mut session), [link(2)]);
    let mut session = failed(2, session);
    assert!(session.screen().status().contains(words), "{}", session.screen().status());
    let mut session = session.keys("k");
    assert!(!session.screen().status().contains(words), "elsewhere there is more to say");
    let mut session = session.keys("j");
    assert!(
        session.screen().status().contains(words),
        "at the end it is said: {}",
        session.screen().status()
    );
    assert_eq!(asked(&mut session), [], "it is too early");
    let mut session = session.wait(3).keys("kj");
    assert_eq!(asked(&mut session), [link(2)], "after a while it is asked for again");
    let mut session = failed(60, session).keys("r");
    assert_eq!(asked(&mut session), [link(2)], "or at once, by key");
    let mut session = session.keys("rr");
    assert_eq!(asked(&mut session), [], "but once, while the answer is awaited");
}

#[test]
fn a_part_that_is_never_read_says_why_and_is_not_asked_for_again() {
    let mut session = on_the_web().reading(part(20..40, link(2), false)).status(Status::Following).keys("G");
    assert_eq!(asked(&mut session), [link(2)]);
    let why = Line::new("they are on another server");
    let failed = Unfetched { link: link(2).unwrap(), why, again: None };
    let mut session = session.told(News::Unfetched(0, failed));
    let words = "older entries cannot be read: they are on another server";
    assert!(session.screen().status().contains(words), "{}", session.screen().status());
    let mut session = session.keys("rkj");
    assert_eq!(asked(&mut session), []);
}

#[test]
fn the_newest_end_and_a_filter_ask_for_nothing_older() {
    let mut session =
        on_the_web().reading(part(20..40, link(2), false)).status(Status::Following).keys("gg/at<enter>G");
    assert_eq!(asked(&mut session), []);
}

#[test]
fn a_saved_page_says_once_that_its_further_parts_are_on_the_web() {
    let long = Link::parse(&format!("https://example.org/{}", "live/".repeat(40)));
    for (further, words) in [
        (link(2), "older entries are on the web: example.org/live?page=2"),
        (long, "older entries are on the web, and not in what is read here"),
    ] {
        let mut session = Session::opening(options())
            .reading(part(20..40, further, false))
            .status(Status::Following)
            .keys("G");
        assert!(session.screen().contains(words), "{}", session.screen());
        assert_eq!(asked(&mut session), []);
        let mut session = session.keys("kj");
        assert!(!session.screen().contains("on the web"), "it is said once\n{}", session.screen());
        assert_eq!(session.selected().as_deref(), Some("e20"));
    }
}

#[test]
fn a_part_that_comes_while_a_look_that_was_held_is_let_in_does_not_end_that_look() {
    for holds_again in [false, true] {
        let first = Reading { coverage: Coverage::Window, ..part(20..40, link(2), false) };
        let mut session = on_the_web().reading(first).status(Status::Following).keys("G=");
        let without = part((20..40).filter(|minute| *minute != 38), link(2), false);
        let missing = Reading { coverage: Coverage::Window, ..without }.in_pieces(1);
        assert!(missing.len() > 3, "{}", missing.len());
        for piece in missing {
            session = session.reading(piece);
        }
        session.press("=");
        session.work();
        session.work();
        if holds_again {
            session.press("=");
        }
        let mut session = session.reading(part(10..20, link(3), true));
        session.screen();
        assert_eq!(session.app().rows().len(), 30, "what was asked for is there, held again: {holds_again}");
        let session = if holds_again { session.keys("=") } else { session };
        assert_eq!(session.app().removed_count(), 1, "what the look lacks was taken down");
    }
}

#[test]
fn a_quote_that_was_looked_for_up_to_the_end_asks_for_the_next_part() {
    let mut session = on_the_web().reading(long_part(20..40, link(2))).status(Status::Following);
    session.screen();
    session.effects();
    session.press(")");
    assert_eq!(asked(&mut session), [], "it is looked for");
    session.screen();
    assert_eq!(session.selected().as_deref(), Some("e20"));
    assert_eq!(asked(&mut session), [link(2)]);
}
