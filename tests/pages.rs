//! The pages beside the blog: help, library, problems. Each also on screens that are too small for it.

mod support;

use liveblog::{
    app::{Effect, Keymap, Options, command::Group},
    model::{Coverage, Location, Packer, Status},
    text::line::Line,
};
use support::{STORM, Screen, Session, also_small, found, options};

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
        assert!(screen.contains("under the"), "it ends with the marks at {columns}×{rows}:\n{screen}");
    }
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
    let screen = Session::open(STORM).size(120, 90).keys("?").screen();
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
fn the_problems_page_tells_what_was_wrong_and_where() {
    let feed = format!("{STORM}{{\"id\": oops\n");
    let mut session = Session::open(&feed);
    assert!(session.screen().contains("1 problem"), "the header counts it");
    session = session.keys("!");
    let screen = session.screen();
    assert!(screen.contains("line ") && screen.contains("not a JSON object"), "the page tells it:\n{screen}");
    assert!(
        !screen.status().contains("/6"),
        "the place in a list out of sight is told nowhere: {}",
        screen.status()
    );
    session = session.keys("<esc>");
    assert!(!session.screen().contains("not a JSON object"), "Esc leaves it");
    session = Session::open(STORM).keys("!");
    assert!(session.screen().contains("all of the feed could be read"), "and says when nothing was wrong");
    also_small(&feed, "!jGq!!");
}

#[test]
fn a_problem_is_said_when_it_appears_and_not_at_every_look() {
    let mut session = Session::open(&faulty(1));
    for (faults, said) in [(1, ""), (2, "2 problems, the last: line "), (2, ""), (1, ""), (0, "")] {
        session = session.keys("jk").told_by(0, &faulty(faults));
        let screen = session.screen();
        assert_eq!(screen.status().contains("problem"), !said.is_empty(), "{faults}: {}", screen.status());
        assert!(screen.status().contains(said), "{faults}: {}", screen.status());
        assert_eq!(session.app().problems_in_tab().count(), faults, "what stands is counted");
    }
}

/// A feed in which so many lines are no JSON.
fn faulty(count: usize) -> String {
    format!("{STORM}{}", "{\"id\": oops\n".repeat(count))
}

/// The lines of a page, between its rules.
fn body(screen: &Screen) -> Vec<String> {
    let lines = screen.lines();
    lines[2..lines.len() - 2].to_vec()
}

#[test]
fn the_problems_page_is_paged_to_both_its_ends_on_every_screen() {
    let last = STORM.lines().count() + 60;
    for (columns, rows) in [(120, 36), (80, 24), (60, 12), (40, 9), (30, 7), (20, 5)] {
        let mut session = Session::open(&faulty(60)).size(columns, rows).keys("!");
        let first = session.screen();
        let mut session = session.keys("G");
        let end = session.screen();
        assert!(end.contains(&format!("line {last}")) || rows < 9, "{columns}×{rows}:\n{end}");
        assert!(!end.lines().iter().any(String::is_empty), "the page is full at {columns}×{rows}:\n{end}");
        session = session.keys("<pgdn>j");
        assert_eq!(session.screen().lines(), end.lines(), "there is no more at {columns}×{rows}");
        session = session.keys("k");
        assert_ne!(session.screen().lines(), end.lines(), "a key up is seen at {columns}×{rows}");
        session = session.keys("<home>");
        assert_eq!(session.screen().lines(), first.lines(), "and back at {columns}×{rows}");
        for _ in 0..400 {
            session = session.keys("<pgdn>");
        }
        assert_eq!(session.screen().lines(), end.lines(), "page by page at {columns}×{rows}");
    }
}

#[test]
fn pages_are_full_when_the_screen_grows() {
    for key in ["!", "?"] {
        let mut session = Session::open(&faulty(60)).size(120, 12).keys(key).keys("G").size(120, 36);
        let screen = session.screen();
        let body = body(&screen);
        let empty = body.iter().rev().take_while(|line| line.is_empty()).count();
        assert!(empty < 3, "{key}: no room is left below the last line:\n{screen}");
        session = session.keys("k");
        assert_ne!(session.screen().lines(), screen.lines(), "{key}: and a key up is seen");
    }
}

#[test]
fn the_problems_page_tells_which_of_them_are_in_sight() {
    let status = |count: usize, keys: &str| {
        Session::open(&faulty(count)).size(120, 24).keys("!").keys(keys).screen().status()
    };
    assert!(status(60, "").ends_with("1–20 of 60"), "{}", status(60, ""));
    assert!(status(60, "G").ends_with("41–60 of 60"), "{}", status(60, "G"));
    assert!(!status(2, "").contains(" of "), "{}", status(2, ""));
}

#[test]
fn a_problems_page_without_a_problem_says_so_on_every_screen() {
    for (columns, rows) in [(120, 36), (40, 12), (40, 6), (24, 5)] {
        let screen = Session::open(STORM).size(columns, rows).keys("!").screen();
        assert!(screen.contains("none: all of the feed"), "{columns}×{rows}:\n{screen}");
    }
}

#[test]
fn that_there_are_no_problems_is_said_once() {
    for (columns, rows) in [(120, 36), (60, 20), (24, 5)] {
        let screen = Session::open(STORM).size(columns, rows).keys("!").screen();
        assert_eq!(screen.to_string().matches("none: ").count(), 1, "{columns}×{rows}:\n{screen}");
    }
}

#[test]
fn a_narrow_problems_page_has_words_below_their_place() {
    let screen = Session::open(&faulty(2)).size(40, 12).keys("!").screen();
    let lines = body(&screen);
    assert!(lines[0].starts_with(" line 8") && lines[0].len() < 10, "{screen}");
    assert!(lines[1].starts_with("   "), "{screen}");
    let screen = two_sources(2).size(60, 12).keys("!").screen();
    let lines = body(&screen);
    assert_eq!(lines[0], " beta, line 8", "names would leave half of the screen to the words:\n{screen}");
    assert!(lines[1].starts_with("   "), "{screen}");
}

#[test]
fn the_problems_page_is_made_anew_only_when_what_it_shows_changes() {
    let news = |id: &str| support::entry(id, "2025-10-14T18:40:00Z", "Ferry", "It sails.");
    let lost = || Status::Lost(Line::new("the file is gone"));
    let mut session = Session::open(&faulty(60)).keys("!");
    session.screen();
    let first = session.app().problem_lines().as_ptr();
    let mut session = session.arrive(&news("n1")).keys("jk").wait(1);
    session.screen();
    session.app().wake_at();
    assert_eq!(session.app().problem_lines().as_ptr(), first, "an arrival and a minute change nothing on it");
    let mut session = session.arrive("{\"id\": oops");
    session.screen();
    assert_eq!(session.app().problem_lines().len(), 61, "a new problem does");
    let mut session = session.status(lost());
    session.screen();
    let first = &session.app().problem_lines()[0];
    assert!(first.words.starts_with("the file is gone"), "so does what becomes of a source: {first:?}");
    let mut session = session.status(Status::Following).size(40, 20);
    session.screen();
    assert_eq!(session.app().problem_lines().len(), 61 * 3, "and the width");
}

/// A reader of two sources, of which the second has so many problems.
fn two_sources(faults: usize) -> Session {
    let locations = ["alpha.jsonl", "beta.jsonl"].map(|name| Location::File(name.into())).into();
    Session::opening(Options { locations, ..options() }).told_by(0, STORM).told_by(1, &faulty(faults))
}

#[test]
fn the_problems_page_stays_where_it_is_read_when_a_source_is_lost_and_when_it_comes_back() {
    let lost = || Status::Lost(Line::new(&"it cannot be read for a reason that is long, ".repeat(5)));
    for (columns, keys) in [(120, ""), (120, "jjjjj"), (40, "jjjj"), (80, "G")] {
        let mut session = two_sources(60).size(columns, 16).keys("!").keys(keys);
        let before = body(&session.screen());
        session = session.status_of(0, lost());
        let screen = session.screen();
        assert_eq!(body(&screen), before, "at {columns} after {keys:?}:\n{screen}");
        assert!(screen.line(0).contains("1 of 2 sources cannot") || columns < 80, "{screen}");
        let mut session = session.keys("k");
        assert_ne!(body(&session.screen()), before, "a key leads up to it");
        session = session.keys("j").status_of(0, Status::Following);
        assert_eq!(body(&session.screen()), before, "and it goes as it came");
    }
}

#[test]
fn the_problems_page_tells_what_is_awaited_from_what_cannot_be_read() {
    let waiting = || Status::Waiting(Line::new("the file is not there yet"));
    let about = |session: Session| session.size(120, 30).keys("!").screen().line(0);
    let header = about(Session::opening(options()).status(waiting()));
    assert!(header.contains("the source is waited for"), "{header}");
    let lost = || Status::Lost(Line::new("the file is gone"));
    let header = about(two_sources(2).status_of(0, waiting()).status_of(1, lost()));
    let words = "1 of 2 sources cannot be read, 1 of 2 sources is waited for, and 2 more in the feeds";
    assert!(header.contains(words), "{header}");
    let header = about(two_sources(2).status_of(0, waiting()).status_of(1, waiting()));
    assert!(header.contains("2 of 2 sources are waited for, and 2 more in the feeds"), "{header}");
}

#[test]
fn the_problems_page_gives_names_no_more_room_than_they_take() {
    let screen = two_sources(2).size(80, 24).keys("!").screen();
    let lines = body(&screen);
    let (place, words) = lines[0].split_at(20);
    assert!(place.starts_with(" beta, line 8 ") && !words.starts_with(' '), "{screen}");
}

#[test]
fn problems_that_are_too_many_to_keep_are_counted_wherever_problems_are() {
    let mut packer = Packer::new(0);
    (1..=1200).for_each(|line| packer.unreadable(Some(line), "it has no id"));
    let mut session = Session::open(STORM).size(170, 36).reading(packer.take(Coverage::Delta, true));
    let screen = session.screen();
    assert!(screen.line(0).contains("1200 problems"), "{}", screen.line(0));
    assert!(screen.status().contains("1200 problems, one of them: line 1000: "), "{}", screen.status());
    let page = session.keys("!").screen();
    assert!(page.line(0).contains("1200 things were wrong in the feed, of which 1000"), "{}", page.line(0));
}
