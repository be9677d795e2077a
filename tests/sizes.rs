//! Screens of every size, and sizes that change while somebody reads.

mod support;

use support::{STORM, Session, also_small};

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
fn what_is_held_and_the_key_that_lets_it_in_are_told_on_narrow_screens_too() {
    let news = support::entry("n", "2025-10-14T18:41:00Z", "Ferry", "It sails to the coast.");
    for columns in [60, 40] {
        let mut session = Session::open(STORM).size(columns, 12).keys("/coast<enter>=");
        let status = session.screen().status();
        assert!(status.contains("arrivals are held; = lets them in"), "at {columns}: {status}");
        let mut session = session.arrive(&news).keys("j");
        let status = session.screen().status();
        assert!(status.contains("/coast") && status.contains("HELD · 1"), "at {columns}: {status}");
        assert_eq!(status.contains("not shown yet"), columns == 60, "at {columns}: {status}");
    }
}
