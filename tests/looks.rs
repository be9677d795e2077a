//! What is told apart stays so in every theme, without colours, and in ASCII.

#![expect(clippy::expect_used, reason = "a helper that fails is a test that fails")]

mod support;

use liveblog::{
    app::Options,
    view::{
        THEMES,
        theme::{self, Colours, Ink},
    },
};
use ratatui::style::{Color, Modifier};
use support::{Looks, STORM, Screen, Session, entry, options, script};

/// A session in the theme called `name`.
fn in_theme(name: &str, feed: &str) -> Session {
    let index = theme::by_name(name).expect("a theme");
    Session::open_with(feed, Options { theme: index, ..options() }).colours(THEMES[index].colours)
}

/// What makes an entry's row: its mark and the looks of mark and label.
fn row(screen: &Screen, label: &str) -> (String, Looks, Looks) {
    let (x, y) = screen.place(label, 0).unwrap_or_else(|| panic!("“{label}” is not there:\n{screen}"));
    let mark = screen.symbol(x - 2, y);
    (mark.clone(), screen.looks_of(x - 2, y), screen.looks(label))
}

#[test]
fn every_theme_tells_selected_unread_key_edited_and_removed_rows_apart() {
    for theme in &THEMES {
        let fresh = entry("n1", "2025-10-14T19:00:00Z", "Ferry reopens", "It sails.");
        let gone = r#"{"type":"removed","id":"e3"}"#;
        let screen = in_theme(theme.name, STORM).keys("jj").arrive(&fresh).arrive(gone).screen();
        let rows = [
            ("selected", row(&screen, "The wind dropped")),
            ("unread", row(&screen, "Ferry reopens")),
            ("key event", row(&screen, "Storm surge passes")),
            ("edited", row(&screen, "Number of homes")),
            ("removed", row(&screen, "Insurers expect")),
            ("plain", row(&screen, "We are pausing")),
        ];
        for (index, (one, looks)) in rows.iter().enumerate() {
            for (other, others) in rows.iter().skip(index + 1) {
                assert_ne!(looks, others, "{}: {one} and {other} look alike", theme.name);
            }
        }
    }
}

#[test]
fn every_theme_tells_quotes_numbers_speakers_links_matches_and_the_cursor_apart() {
    for theme in &THEMES {
        let mut session = in_theme(theme.name, STORM);
        let plain = session.screen();
        let hits = in_theme(theme.name, STORM).keys("/normal<enter>").screen();
        let cursor = in_theme(theme.name, STORM).keys(")").screen();
        let number_cursor = in_theme(theme.name, STORM).keys(">>").screen();
        let looks = [
            ("text", plain.looks("The storm surge has")),
            ("quote", plain.looks("“The gates held")),
            ("number", plain.looks("2.6 metres")),
            ("speaker", plain.looks("Ines Calloway")),
            ("match", hits.looks("normal for")),
            ("quote under the cursor", cursor.looks("“The gates held")),
            ("number under the cursor", number_cursor.looks("2.6 metres")),
            ("dim", plain.looks("Rosa Lindqvist")),
        ];
        for (index, (one, look)) in looks.iter().enumerate() {
            for (other, others) in looks.iter().skip(index + 1) {
                assert_ne!(look, others, "{}: {one} and {other} look alike", theme.name);
            }
        }
    }
}

#[test]
fn a_match_in_the_selected_row_shows_in_every_theme() {
    for theme in &THEMES {
        let screen = in_theme(theme.name, STORM).keys("/surge<enter>").screen();
        let row = screen.looks("Storm surge passes");
        let hit = screen.looks("surge passes");
        assert_ne!(row, hit, "{}", theme.name);
    }
}

#[test]
fn without_colours_nothing_is_coloured() {
    let mut session = Session::open(STORM).colours(Colours::None);
    for keys in ["", "/homes<enter>", "))", "?", "TTT"] {
        session = session.keys(keys);
        let screen = session.screen();
        let is_coloured = |looks: Looks| looks.letters != Color::Reset || looks.ground != Color::Reset;
        assert_eq!(screen.cells_with(is_coloured), [], "coloured after {keys}:\n{screen}");
    }
    let screen = Session::open(STORM).colours(Colours::None).screen();
    assert!(screen.looks("Storm surge passes").has(Modifier::REVERSED), "the selection is reversed");
    assert!(screen.contains("◆ KEY EVENT"), "a key event has its words");
}

#[test]
fn the_ground_is_the_terminals_but_for_selection_and_matches() {
    for theme in &THEMES {
        let screen = in_theme(theme.name, STORM).keys("G/homes<enter>").screen();
        let (_, selected) = screen.place("Harbour gates", 0).or_else(|| screen.place("▌", 0)).expect("a row");
        let hit = screen.looks("homes without power revised").ground;
        for (x, y) in screen.cells_with(|looks| looks.ground != Color::Reset) {
            let is_hit = screen.looks_of(x, y).ground == hit;
            assert!(y == selected || is_hit, "{}: the ground is painted at {x},{y}", theme.name);
        }
    }
}

#[test]
fn t_leads_through_the_themes_and_back() {
    let mut session = Session::open(STORM);
    let number = |session: &mut Session| session.screen().looks("2.6 metres");
    let first = number(&mut session);
    let mut seen = vec![first];
    for _ in 1..THEMES.len() {
        session = session.keys("T");
        seen.push(number(&mut session));
    }
    seen.dedup();
    assert!(seen.len() >= 4, "themes look different: {seen:?}");
    session = session.keys("T");
    assert_eq!(number(&mut session), first, "after the last comes the first");
}

#[test]
fn an_ascii_screen_is_ascii_around_an_ascii_feed() {
    let plain: String = STORM
        .replace(['“', '”'], "'")
        .replace('–', "-")
        .replace('£', "GBP ")
        .chars()
        .filter(char::is_ascii)
        .collect();
    let picture = r#"{"type":"entry","id":"p","published":"2025-10-14T19:00:00Z","body":"","media":[{"kind":"image","text":"the pier"}]}"#;
    for (columns, rows) in [(120, 36), (80, 30), (40, 10), (19, 4)] {
        for keys in [
            "",
            "jj",
            "/homes autor:",
            "/nato<enter>",
            "?",
            "?/zz",
            "2",
            ")",
            ">>",
            "=t",
            "F",
            "y",
            "\u{7}",
            "G<space>",
        ] {
            let options = Options { is_ascii: true, ..options() };
            let session = Session::open_with(&plain, options).size(columns, rows);
            let mut session = session.arrive(picture).keys(keys);
            session = session.arrive(&entry("n", "2025-10-14T19:10:00Z", "News", "Of 4,000 people."));
            let screen = session.screen();
            let odd = screen.text().chars().find(|char| !char.is_ascii() && *char != '\u{7}');
            assert_eq!(odd, None, "{columns}×{rows} after {keys:?}:\n{screen}");
        }
    }
    for keys in ["", "?"] {
        for found in [0, 1, 30] {
            let feeds =
                (0..found).map(|number| support::found("a.jsonl", "A", number, support::NOW)).collect();
            let screen =
                Session::library_with(feeds, Options { is_ascii: true, ..options() }).keys(keys).screen();
            assert!(screen.text().is_ascii(), "{screen}");
        }
    }
    assert_eq!(script("<esc>").len(), 1);
}

#[test]
fn wide_letters_and_joined_ones_keep_the_columns() {
    let feed =
        STORM.replace("Storm surge passes its peak, harbour office says", "高潮が通過 👩‍👩‍👧‍👦 港湾局が発表 café");
    for columns in 20..130 {
        let mut session = Session::open(&feed).size(columns, 20);
        let screen = session.screen();
        if let Some(divider) = session.app().layout().divider {
            for y in divider.y..divider.y + divider.height {
                assert_eq!(screen.symbol(divider.x, y), "│", "row {y} at {columns} columns:\n{screen}");
            }
        }
    }
}

/// The strip's cells: what stands in each, and how it looks.
fn strip(screen: &Screen) -> Vec<(String, Looks)> {
    (1..119).map(|x| (screen.symbol(x, 1), screen.looks_of(x, 1))).collect()
}

#[test]
fn the_strips_selection_is_a_solid_cell_like_no_other_in_it() {
    // Once with a few key events, once with so many that bars take their colour.
    let crowded = STORM.replace("\"headline\"", "\"kinds\":[\"key\"],\"headline\"");
    let fresh = entry("n1", "2025-10-14T18:40:00Z", "Gates of 12 homes reopen", "It sails.");
    for (index, theme) in THEMES.iter().enumerate() {
        let accent = theme.style(Ink::Here).fg;
        for (feed, is_ascii) in [(STORM, false), (STORM, true), (&crowded, false), (&crowded, true)] {
            for keys in ["", "/homes<enter>", "/gates<enter>"] {
                // The oldest entry is under a label, the newest beside the one that arrived.
                for (arrivals, at) in [("", "gg"), ("", "j"), ("", "G"), (&*fresh, "ggj"), (&*fresh, "G")] {
                    let options = Options { theme: index, is_ascii, ..options() };
                    let mut session = Session::open_with(feed, options).colours(theme.colours).keys("j");
                    if !arrivals.is_empty() {
                        session = session.arrive(arrivals);
                    }
                    let mut session = session.keys(keys).keys(at);
                    let screen = session.screen();
                    let place = format!("{} {is_ascii} {keys:?} {at:?}:\n{screen}", theme.name);
                    let is_solid = |(symbol, looks): &&(String, Looks)| match accent {
                        Some(accent) => {
                            (symbol == "█" || looks.has(Modifier::REVERSED)) && looks.letters == accent
                        }
                        None => looks.has(Modifier::REVERSED),
                    };
                    let cells = strip(&screen);
                    let solid: Vec<_> = cells.iter().filter(is_solid).collect();
                    let expected = usize::from(session.selected().as_deref() != Some("about"));
                    assert_eq!(solid.len(), expected, "the cells that look selected in {place}");
                    for cell in solid {
                        let alike = cells.iter().filter(|other| *other == cell).count();
                        assert_eq!(alike, 1, "no other cell looks like it in {place}");
                    }
                }
            }
        }
    }
}

#[test]
fn the_strips_selection_stands_where_the_entry_does() {
    let mono = || in_theme("mono", STORM);
    let column = |screen: &Screen| strip(screen).iter().position(|(_, looks)| looks.has(Modifier::REVERSED));
    assert_eq!(column(&mono().screen()), Some(117), "the newest entry is at the end");
    assert_eq!(column(&mono().keys("j").screen()), Some(116), "the one before, 11 minutes ago, beside it");
    assert_eq!(column(&mono().keys("G").screen()), Some(0), "the oldest at the beginning");
    assert_eq!(column(&mono().keys("gg").screen()), None, "the standfirst has no place in time");
}

#[test]
fn hits_key_events_news_and_the_selection_have_colours_of_their_own_in_the_strip() {
    let inks = [Ink::Hit, Ink::KeyEvent, Ink::Fresh, Ink::Strip, Ink::Here];
    let distance = |one: Color, other: Color| match (one, other) {
        (Color::Rgb(red, green, blue), Color::Rgb(other_red, other_green, other_blue)) => {
            let parts = [(red, other_red), (green, other_green), (blue, other_blue)];
            parts.map(|(one, other)| f64::from(one.abs_diff(other)).powi(2)).iter().sum::<f64>().sqrt()
        }
        _ if one == other => 0.0,
        _ => f64::INFINITY,
    };
    for theme in THEMES.iter().filter(|theme| theme.colours != Colours::None) {
        for (index, one) in inks.into_iter().enumerate() {
            for other in inks.into_iter().skip(index + 1) {
                let colour = |ink| theme.style(ink).fg.expect("a colour");
                let distance = distance(colour(one), colour(other));
                assert!(distance > 80.0, "{}: {one:?} and {other:?} are alike: {distance:.0}", theme.name);
            }
        }
    }
}
