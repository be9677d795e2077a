//! Journeys of a reader: keys in, screens out. Each also on screens that are too small for it.

mod support;

use liveblog::app::{Effect, Item, Options, View};
use ratatui::style::Modifier;
use support::{STORM, Session, also_small, options};

#[test]
fn a_live_blog_opens_at_its_newest_entry_with_its_text_beside_it() {
    let screen = Session::open(STORM).screen();
    insta::assert_snapshot!("opening", screen);
    let narrow = Session::open(STORM).size(64, 28).screen();
    insta::assert_snapshot!("opening-narrow", narrow);
}

#[test]
fn quotes_numbers_and_speakers_are_told_apart_at_a_glance() {
    let screen = Session::open(STORM).screen();
    let quote = screen.looks("“The gates held");
    assert!(quote.has(Modifier::ITALIC), "a quote is slanted");
    let number = screen.looks("2.6 metres");
    assert!(number.has(Modifier::BOLD), "a number is bold");
    assert_ne!(number.letters, quote.letters, "a number and a quote have colours of their own");
    let speaker = screen.looks("Ines Calloway");
    assert!(speaker.has(Modifier::UNDERLINED), "a speaker is underlined");
    assert!(screen.contains("▎ “The gates held"), "direct speech has a bar at its left");
    assert!(!screen.contains("▎ damage"), "a quote inside a sentence has none");
    let heading = screen.looks_at("Storm surge passes its peak, harbour office says", 0);
    assert!(heading.has(Modifier::BOLD), "the headline is bold");
    assert!(screen.looks("£40m to £60m").has(Modifier::BOLD), "numbers show in the list too");
}

#[test]
fn space_reads_on_page_by_page_and_then_to_the_next_entry() {
    let mut session = Session::open(STORM).size(120, 14);
    let first = session.screen();
    assert!(first.contains("Storm surge passes its peak"), "the newest entry is open");
    session = session.keys("<space>");
    assert_eq!(session.selected().as_deref(), Some("e6"), "the entry is longer than a page");
    assert!(session.app().detail().top() > 0, "the first Space scrolls");
    while session.selected().as_deref() == Some("e6") {
        session = session.keys("<space>");
    }
    assert_eq!(session.selected().as_deref(), Some("e5"), "at its end Space goes on to the next entry");
    assert_eq!(session.app().detail().top(), 0, "which is read from its beginning");
    session = session.keys("b");
    assert_eq!(session.selected().as_deref(), Some("e6"), "b goes back");
    assert!(session.app().detail().is_at_end(), "to the end of the entry before");
    let mut session = session.keys(&"<space>".repeat(20));
    assert!(session.screen().contains("this is the last row"), "at the end of the blog it says so");
    also_small(STORM, "<space><space><space>bbb");
}

#[test]
fn the_list_narrows_with_every_letter_and_esc_puts_everything_back() {
    let mut session = Session::open(STORM).keys("jj/");
    let before = session.selected();
    assert!(session.screen().cursor.is_some(), "the terminal's cursor stands in the prompt");
    session = session.keys("homes");
    let screen = session.screen();
    assert!(screen.prompt().starts_with(" /homes"), "the prompt shows what is typed: {}", screen.prompt());
    assert!(screen.contains("3 of 6"), "and how many entries match");
    assert_eq!(screen.cursor.map(|cursor| cursor.x), Some(7), "the cursor stands behind it");
    let hit = screen.looks_at("homes", 0);
    assert_ne!(hit.ground, ratatui::style::Color::Reset, "matches have a ground of their own");
    session = session.keys(" water");
    assert!(session.screen().contains("1 of 6"), "a second word narrows further");
    session = session.keys("<esc>");
    let screen = session.screen();
    assert_eq!(session.selected(), before, "Esc brings back the selection");
    assert!(!screen.contains("of 6") && screen.contains("3/6"), "and all entries: {}", screen.status());
    also_small(STORM, "/homes<enter>nnN<esc>");
}

#[test]
fn leaving_and_suspending_work_while_something_is_typed() {
    for typing in ["/homes", "?/new"] {
        for (key, effect) in
            [("<ctrl-c>", Effect::Quit), ("<ctrl-z>", Effect::Suspend), ("<ctrl-l>", Effect::Repaint)]
        {
            let mut session = Session::open(STORM).keys(typing);
            session.effects();
            session = session.keys(key);
            assert_eq!(session.effects(), [effect], "{key} after {typing}");
            assert!(
                session.screen().contains(&typing[1..]) || typing.starts_with('?'),
                "what was typed stays"
            );
        }
    }
}

#[test]
fn a_filter_that_is_kept_is_walked_with_n_and_cleared_with_esc() {
    let mut session = Session::open(STORM).keys("/water<enter>");
    let screen = session.screen();
    assert!(screen.status().contains("/water · 1 of 6"), "the filter stays in sight: {}", screen.status());
    assert!(screen.status().contains("n next match"), "and the key that walks it");
    session = session.keys("n");
    assert!(session.screen().contains("match 1 of 2 here"), "n goes to the first match");
    session = session.keys("nn");
    assert!(session.screen().contains("no more matches that way"), "and says when there are no more");
    session = session.keys("<esc><esc>");
    assert!(!session.app().filter().is_active(), "Esc takes the cursor away, then the filter");
}

#[test]
fn a_fault_in_the_query_is_shown_where_it_is_and_keeps_the_last_good_filter() {
    let mut session = Session::open(STORM).keys("/homes ").paste("autor:kim");
    let screen = session.screen();
    let under = screen.line(35);
    assert!(under.contains("there is no field “autor:”"), "the row under it says what is wrong: {under}");
    let (fault, _) = screen.place("^", 0).expect("a caret points to the fault");
    let (field, _) = screen.place("autor:kim", 0).expect("the prompt shows the query");
    assert_eq!(fault, field, "it stands under the field");
    assert!(screen.contains("3 of 6"), "the filter that was good goes on");
    session = session.keys("<enter>");
    assert!(session.app().prompt().is_some(), "Enter does not keep a query with a fault");
    session = session.keys("<c-w><c-w><enter>");
    let screen = session.screen();
    assert!(!screen.contains("there is no field"), "the message goes with the fault");
    also_small(STORM, "/autor:<enter><esc>");
}

#[test]
fn a_paste_is_typed_on_one_line() {
    let mut session = Session::open(STORM).keys("/").paste("41,000\nhomes\u{1b}[31m");
    let screen = session.screen();
    assert!(screen.prompt().starts_with(" /41,000 homes"), "{}", screen.prompt());
}

#[test]
fn views_show_a_part_and_say_when_it_is_empty() {
    let mut session = Session::open(STORM).keys("2");
    let screen = session.screen();
    assert!(screen.contains("nothing new since you opened this"), "an empty view says why");
    assert!(screen.contains("1 shows all entries"), "and names the next key");
    let mut session = session.keys("3");
    let screen = session.screen();
    assert!(screen.contains("key events") && screen.contains("2"), "the view is named: {}", screen.status());
    assert_eq!(session.app().item_count(), 2, "only key events are shown");
    let mut session = session.keys("1");
    assert_eq!(session.app().item_count(), 7, "1 shows all, with the standfirst");
    assert!(!session.screen().status().contains("all entries"), "which needs no words");
    also_small(STORM, "231");
}

#[test]
fn times_are_told_by_the_clock_by_how_long_ago_and_as_written() {
    let feed = STORM.replace("18:31:00+00:00", "20:31:00+02:00");
    let mut session = Session::open(&feed);
    assert!(session.screen().contains("▌18:31"), "times are those of the reader's clock");
    session = session.keys("t");
    let screen = session.screen();
    assert!(screen.contains("▌11 min ago"), "t tells how long ago:\n{screen}");
    session = session.wait(2);
    assert!(session.screen().contains("▌13 min ago"), "which goes on with the clock");
    session = session.keys("t");
    let screen = session.screen();
    assert!(screen.contains("▌20:31") && screen.contains("20:31 +02:00"), "and again as written:\n{screen}");
}

#[test]
fn quotes_and_numbers_are_stepped_through_by_key() {
    let mut session = Session::open(STORM).keys(")");
    let screen = session.screen();
    assert!(
        screen.status().contains("quote · direct · Ines Calloway"),
        "the status line tells kind and speaker: {}",
        screen.status()
    );
    assert!(screen.looks("“The gates held").has(Modifier::REVERSED), "the quote is marked");
    session = session.keys(")");
    let screen = session.screen();
    assert!(screen.looks("“worse than in").has(Modifier::REVERSED), "the next one follows");
    assert!(!screen.looks("“The gates held").has(Modifier::REVERSED), "and the first is left");
    session = session.keys("<esc>>>");
    let status = session.screen().status();
    assert!(status.contains("2.6 met"), "a number is told with its value and unit: {status}");
    session = session.keys("y");
    let effects = session.effects();
    assert!(effects.contains(&Effect::Copy("2.6 metres".to_owned())), "y copies it: {effects:?}");
    also_small(STORM, "))((>><<y");
}

#[test]
fn the_standfirst_is_the_first_row_and_is_read_like_an_entry() {
    let mut session = Session::open(STORM).keys("k");
    let screen = session.screen();
    assert_eq!(session.app().selected(), Some(Item::Standfirst), "it stands above the newest entry");
    assert!(screen.contains("About this blog · Harbour Courier"), "the detail says what it is:\n{screen}");
    assert!(screen.looks("41,000").has(Modifier::BOLD), "numbers are found in it too");
    assert!(screen.status().contains("6 entries"), "{}", screen.status());
    let mut key_events = Session::open_with(STORM, Options { view: View::KeyEvents, ..options() });
    key_events.screen();
    assert_eq!(key_events.app().item_count(), 2, "other views leave it out");
}
