//! Journeys of a reader: keys in, screens out. Each also on screens that are too small for it.

mod support;

use liveblog::{
    app::{Effect, Item, Keymap, Options, View, command::Group},
    model::{Failure, FailureKind, Status},
    text::line::Line,
};
use ratatui::style::Modifier;
use support::{STORM, Session, found, options, script};

/// Runs a journey on screens of other sizes too; nothing may panic, and what was drawn has the size of the screen.
fn also_small(feed: &str, keys: &str) {
    for (columns, rows) in [(40, 10), (20, 5), (19, 4), (7, 3), (1, 1), (0, 0), (200, 1), (1, 60)] {
        let mut session = Session::open(feed).size(columns, rows);
        for key in script(keys) {
            session.key(key);
            let screen = session.screen();
            assert_eq!(screen.lines().len(), usize::from(rows), "{columns}×{rows}");
        }
        let mut session = session.size(120, 36);
        assert!(session.screen().contains("Storm"), "the screen grows back from {columns}×{rows}");
    }
}

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
        screen.status().contains("direct quote · Ines Calloway"),
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
fn the_help_lists_every_command_and_is_searched() {
    let mut session = Session::open(STORM).size(120, 40).keys("?");
    let mut shown = session.screen().text();
    for _ in 0..20 {
        session = session.keys("<pgdn>");
        shown.push_str(&session.screen().text());
    }
    for command in Group::ALL.into_iter().flat_map(Keymap::group) {
        assert!(shown.contains(command.about), "the help lists “{}”", command.about);
    }
    session = session.keys("/quote");
    let screen = session.screen();
    assert!(screen.cursor.is_some(), "the search has the cursor");
    assert!(screen.contains("next quote") && !screen.contains("next theme"), "it leaves what has the word");
    session = session.keys("xyz");
    assert!(session.screen().contains("no key does “quotexyz”"), "and says when nothing has");
    let mut session = session.keys("<esc><esc>");
    assert!(session.screen().contains("Storm surge"), "Esc leads back to the blog");
    also_small(STORM, "?jjG/quote<enter><esc>");
}

#[test]
fn the_help_scrolls_to_its_last_row_on_every_screen() {
    for (columns, rows) in [(120, 36), (120, 20), (80, 24), (60, 12), (40, 9), (30, 7)] {
        let mut session = Session::open(STORM).size(columns, rows).keys("?");
        assert!(session.screen().contains("read on"), "it begins with reading at {columns}×{rows}");
        let screen = session.keys("G").screen();
        assert!(screen.contains("FOLLOWING"), "it ends with the marks at {columns}×{rows}:\n{screen}");
    }
}

#[test]
fn the_library_offers_the_demo_and_what_was_found() {
    let feeds = vec![
        found("storm.jsonl", "Storm on the coast", 6, "2025-10-14T18:31:00Z"),
        found("untitled.jsonl", "", 1, "2025-10-12T10:00:00Z"),
    ];
    let mut session = Session::library(feeds, true);
    let screen = session.screen();
    insta::assert_snapshot!("library", screen);
    assert!(screen.contains("jsonl · 6 entries · 11 min ago · storm.jsonl"), "each with what is known of it");
    session = session.keys("<enter>");
    assert!(
        session.effects().iter().any(|effect| matches!(effect, Effect::Open(_))),
        "Enter opens the first that was found"
    );
    let mut session = session.keys("<esc>");
    assert!(session.screen().contains("The demo"), "Esc leads back to the library");
}

#[test]
fn the_library_says_when_it_looks_and_when_there_is_nothing() {
    let mut session = Session::opening(Options { locations: Vec::new(), ..options() });
    assert!(session.screen().contains("looking through this folder"), "while it looks");
    let screen = Session::library(Vec::new(), true).screen();
    assert!(screen.contains("no liveblog in this folder"), "when there is none:\n{screen}");
    let cut = vec![found("a.jsonl", "", 1, support::NOW), found("b.jsonl", "", 2, support::NOW)];
    let screen = Session::library(cut, false).screen();
    assert!(screen.contains("more files than were looked at"), "when it stopped looking:\n{screen}");
    for (columns, rows) in [(40, 10), (20, 5), (1, 1), (0, 0)] {
        let found =
            (0..30).map(|number| found(&format!("{number}.jsonl"), "", number, support::NOW)).collect();
        Session::library(found, true).size(columns, rows).keys("GgGjk?").screen();
    }
}

#[test]
fn a_list_without_rows_says_what_happened_and_the_next_key() {
    let mut session = Session::open(STORM).keys("/nato<enter>");
    let screen = session.screen();
    assert!(screen.contains("0 of 6 match: “nato”"), "the filter hides all:\n{screen}");
    assert!(screen.contains("Esc clears the filter"), "and Esc clears it");
    assert!(screen.status().contains("Esc clear"), "which the status line names too: {}", screen.status());
    let wait = Status::Waiting(Line::new("the file is not there yet"));
    let mut session = Session::opening(options()).status(wait);
    let screen = session.screen();
    assert!(screen.contains("WAITING"), "the header says that it waits");
    assert!(screen.contains("waiting for storm.jsonl: the file is not there"), "and the list why");
    assert!(screen.contains("yet"), "to its last word");
    assert!(screen.contains("r looks now · q quits"), "and what can be done");
    let blog = STORM.lines().next().expect("a blog");
    let screen = Session::open(blog).keys("j").screen();
    assert!(screen.contains("About this blog"), "a blog without entries has its standfirst");
    let screen = Session::opening(options()).status(Status::Following).screen();
    assert!(screen.contains("has no entries yet"), "recognised, and nothing in it:\n{screen}");
    let screen = Session::opening(options()).status(Status::Reading { read: 45, total: Some(100) }).screen();
    assert!(screen.contains("READING 45 %"), "the header tells how far a reading has come");
    also_small(STORM, "/nato<enter>");
}

#[test]
fn a_source_that_is_lost_or_fails_says_why() {
    let lost = Status::Lost(Line::new("the file is gone"));
    let screen = Session::open(STORM).status(lost).screen();
    assert!(screen.line(0).contains("LOST · the file is gone"), "{}", screen.line(0));
    assert!(screen.contains("Storm surge passes"), "what was read stays");
    let failure =
        Failure { kind: FailureKind::Unrecognized, message: Line::new("no liveblog found in 'storm.jsonl'") };
    let screen = Session::opening(options()).fail(failure).screen();
    assert!(screen.contains("no liveblog found in 'storm.jsonl'"), "the failure is told:\n{screen}");
}

#[test]
fn the_header_tells_live_ended_quiet_and_not_followed() {
    let state = |feed: &str, status: Status| Session::open(feed).status(status).screen().line(0);
    assert!(state(STORM, Status::Following).contains("● LIVE"));
    assert!(state(&STORM.replace("\"live\"", "\"ended\""), Status::Following).contains("○ ENDED"));
    assert!(state(STORM, Status::Ended).contains("○ ENDED"));
    let unknown = STORM.replace("\"state\":\"live\",", "");
    let mut session = Session::open(&unknown).wait(60 * 24);
    assert!(session.screen().line(0).contains("○ QUIET"), "nothing came for a day");
    let mut session = Session::open(STORM).keys("F");
    assert!(session.screen().line(0).contains("○ NOT FOLLOWED"), "F stops following");
}

#[test]
fn resizing_keeps_the_entry_and_the_words_that_are_read() {
    let mut session = Session::open(STORM).keys("jjj");
    for (columns, rows) in [(80, 30), (60, 12), (30, 8), (1, 1), (120, 36)] {
        session = session.size(columns, rows);
        session.screen();
        assert_eq!(session.selected().as_deref(), Some("e3"), "at {columns}×{rows}");
    }
    assert!(session.screen().contains("▌16:02"), "the entry is in sight again");
}

#[test]
fn a_terminal_that_has_just_become_smaller_or_larger_is_drawn_as_far_as_it_goes() {
    for keys in ["", "/homes autor:", "?", "<enter>"] {
        let mut session = Session::open(STORM).keys(keys);
        session.screen();
        for (columns, rows) in [(119, 35), (60, 36), (120, 5), (1, 1), (0, 0), (200, 60)] {
            let screen = session.drawn_on(columns, rows);
            assert_eq!(screen.lines().len(), usize::from(rows), "{columns}×{rows} after {keys:?}");
        }
    }
}

#[test]
fn one_line_shows_what_is_selected() {
    let screen = Session::open(STORM).size(30, 3).screen();
    assert_eq!(screen.line(0), "Storm surge passes its peak,…");
    let screen = Session::open(STORM).size(30, 3).keys("/ab").screen();
    assert!(screen.line(0).contains("/ab"), "or the prompt: {}", screen.line(0));
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

#[test]
fn why_a_source_is_lost_is_said_before_anything_else_and_cut_rather_than_left_out() {
    let long = STORM
        .replace("live\",\"url\"", "with all the day’s news, pictures and sounds from the coast\",\"url\"");
    assert_ne!(long, STORM);
    for (feed, columns) in [(STORM, 120), (STORM, 100), (STORM, 80), (&long, 120), (&long, 100), (&long, 80)]
    {
        let lost = Status::Lost(Line::new("the file is gone"));
        let line = Session::open(feed).status(lost).size(columns, 30).screen().line(0);
        assert!(line.contains("LOST · the file is gone"), "at {columns}: {line}");
        assert!(line.starts_with(" Storm on the coast"), "beside the title at {columns}: {line}");
        let lost = Status::Lost(Line::new(&"it cannot be read for a reason that is long, ".repeat(9)));
        let line = Session::open(feed).status(lost).size(columns, 30).screen().line(0);
        assert!(line.contains("LOST · it cannot be read") && line.ends_with('…'), "at {columns}: {line}");
    }
}

#[test]
fn one_entry_is_one_entry() {
    let one: Vec<&str> = STORM.lines().take(2).collect();
    let mut session = Session::open(&one.join("\n")).keys("k");
    let screen = session.screen();
    assert!(screen.status().ends_with("1 entry"), "the status line says so: {}", screen.status());
    assert_eq!(screen.lines().iter().filter(|line| line.ends_with("1 entry")).count(), 2, "and the detail");
    let mut session = session.status(Status::Reading { read: 1, total: None });
    assert!(session.screen().line(0).contains("READING 0 KB · 1 entry ·"), "{}", session.screen().line(0));
}

#[test]
fn without_a_stretch_of_time_the_strips_row_tells_who_writes_and_when() {
    let one: Vec<&str> = STORM.lines().take(2).collect();
    let screen = Session::open(&one.join("\n")).screen();
    assert_eq!(screen.line(1), " Harbour Courier · Monday 13 October");
    let by = one.join("\n").replace("\"url\"", "\"authors\":[\"Kim Ash\",\"Lee Oak\"],\"url\"");
    let screen = Session::open(&by).screen();
    assert_eq!(screen.line(1), " Harbour Courier · Kim Ash, Lee Oak · Monday 13 October");
    let bare = r#"{"type":"entry","id":"a","body":"Water."}"#;
    assert_eq!(Session::open(bare).screen().line(1), " storm.jsonl · 1 entry");
    assert!(Session::open(STORM).screen().line(1).starts_with(" Mon 13 "), "else the strip stands there");
    also_small(STORM, "k");
}

#[test]
fn how_far_apart_entries_usually_are_is_told_only_while_more_may_come() {
    let unknown = STORM.replace("\"state\":\"live\",", "");
    let ended = STORM.replace("\"live\"", "\"ended\"");
    let line = |feed: &str, minutes| Session::open(feed).wait(minutes).screen().line(0);
    assert!(line(&unknown, 0).contains("LIVE · last entry 11 min ago, usually every 1 h 28 min"));
    assert!(line(&unknown, 60 * 24).ends_with("QUIET · last entry yesterday"));
    assert!(line(&ended, 0).ends_with("ENDED · last entry 11 min ago"));
}

#[test]
fn an_empty_list_says_what_esc_does_where_it_is_pressed_and_counts_the_view() {
    let screen = Session::open(STORM).keys("/nato").screen();
    assert!(screen.contains("Esc restores the list"), "while it is typed:\n{screen}");
    assert!(screen.status().contains("Esc restores"), "as the row of keys says: {}", screen.status());
    assert!(!screen.contains("Esc clears"), "and nothing else");
    let screen = Session::open(STORM).keys("3/nato").screen();
    assert!(screen.contains("0 of 2 match: “nato”"), "of the two key events:\n{screen}");
    assert!(screen.prompt().ends_with("0 of 2"), "in both places: {}", screen.prompt());
    let screen = Session::open(STORM).keys("3/nato<enter>").screen();
    assert!(screen.contains("Esc clears the filter"), "once it is kept:\n{screen}");
    assert!(screen.status().contains("/nato · 0 of 2"), "{}", screen.status());
    let news = support::entry("n", "2025-10-14T18:40:00Z", "Ferry", "It sails.");
    let screen = Session::open(STORM).arrive(&news).keys("2/nato<enter>").screen();
    assert!(screen.contains("0 of 1 match"), "of the one that is new:\n{screen}");
}

#[test]
fn the_rule_above_the_list_tells_the_day_when_its_heading_is_out_of_sight() {
    for (columns, rows) in [(120, 10), (80, 20), (60, 10)] {
        let mut session = Session::open(STORM).size(columns, rows).keys("G");
        let screen = session.screen();
        let list = session.app().layout().list.unwrap_or_default();
        let first = screen.line(list.y);
        assert!(!first.starts_with("──"), "the list begins with an entry at {columns}×{rows}:\n{screen}");
        let rule = screen.line(list.y - 1);
        assert!(rule.starts_with("── Tuesday 14 October ──"), "at {columns}×{rows}:\n{screen}");
        assert_eq!(rule.chars().count(), usize::from(columns), "the rule goes on to the end");
        if let Some(divider) = session.app().layout().divider {
            assert_eq!(screen.symbol(divider.x, list.y - 1), "┬", "with the divider");
        }
        let mut session = session.keys("gg");
        let screen = session.screen();
        let rule = screen.line(list.y - 1);
        assert!(!rule.contains("October"), "where there is a heading, it is not repeated:\n{screen}");
    }
    let mut session = Session::open(STORM).size(120, 10).keys("Gk");
    while session.selected().as_deref() != Some("e1") {
        session = session.keys("j");
    }
    let screen = session.size(120, 8).screen();
    assert!(!screen.contains("── Tuesday"), "without rules there is no place for it:\n{screen}");
    also_small(STORM, "Ggg");
}

#[test]
fn the_help_tells_its_place_and_no_heading_stands_alone_at_the_end_of_a_column() {
    let all = Group::ALL.into_iter().flat_map(Keymap::group).count();
    let mut session = Session::open(STORM).size(120, 20).keys("?");
    let status = session.screen().status();
    assert!(status.contains(" · 1–"), "which lines are in sight: {status}");
    let count: usize = status.rsplit(' ').next().and_then(|word| word.parse().ok()).unwrap_or_default();
    assert!(count > all, "of all commands and marks: {status}");
    let status = session.keys("G").screen().status();
    assert!(status.ends_with(&format!("–{count} of {count}")), "to the last: {status}");
    let screen = Session::open(STORM).size(120, 70).keys("?").screen();
    assert!(!screen.status().contains(" of "), "nothing when all is in sight: {}", screen.status());
    for (columns, rows) in
        [120, 70].into_iter().flat_map(|columns| (8..56).step_by(3).map(move |rows| (columns, rows)))
    {
        let mut session = Session::open(STORM).size(columns, rows).keys("?");
        let bottom = if rows < 10 { rows - 2 } else { rows - 3 };
        for _ in 0..30 {
            let screen = session.screen();
            for (from, to) in [(0, columns / 2), (columns / 2, columns)] {
                let words: String = (from..to).map(|x| screen.symbol(x, bottom)).collect();
                let is_heading = Group::ALL.iter().any(|group| group.title() == words.trim());
                assert!(!is_heading, "{words} stands alone at {columns}×{rows}:\n{screen}");
            }
            session = session.keys("j");
        }
    }
}

#[test]
fn the_problems_page_tells_what_was_wrong_and_where() {
    let feed = format!("{STORM}{{\"id\": oops\n");
    let mut session = Session::open(&feed);
    assert!(session.screen().contains("1 problem"), "the header counts it");
    session = session.keys("!");
    let screen = session.screen();
    assert!(screen.contains("line ") && screen.contains("not a JSON object"), "the page tells it:\n{screen}");
    session = session.keys("<esc>");
    assert!(!session.screen().contains("not a JSON object"), "Esc leaves it");
    session = Session::open(STORM).keys("!");
    assert!(session.screen().contains("all of the feed could be read"), "and says when nothing was wrong");
    also_small(&feed, "!jGq!!");
}
