//! Any keys, in any place, on any screen, while anything arrives: nothing panics, and nothing moves by itself.

#![expect(clippy::expect_used, reason = "a helper that fails is a test that fails")]

mod support;

use liveblog::app::{DetailLine, Item, Key, Tier, command::COMMANDS};
use proptest::prelude::*;
use support::{Looks, STORM, Screen, Session, entry};

/// The names of all keys that mean something, and of some that do not.
fn names() -> Vec<&'static str> {
    let bound = COMMANDS.iter().flat_map(|commands| commands.iter()).flat_map(|command| command.keys);
    // Suspending and quitting are effects; here they are keys like any other.
    bound
        .copied()
        .chain(["a", "é", "日", ":", "\"", "-", "backspace", "delete", "ctrl-w", "alt-x", "f9"])
        .collect()
}

/// Something that happens.
#[derive(Debug, Clone)]
enum Happening {
    Key(&'static str),
    Resize(u16, u16),
    /// An entry comes, or another version of one, which may be one of those that were there: its number, and its minute.
    Arrival(u8, u8),
    Removal(u8),
    Wait(u8),
    Paste(String),
}

fn happening() -> impl Strategy<Value = Happening> {
    let size = prop_oneof![Just((120, 36)), Just((80, 30)), (0..160_u16, 0..50_u16), (0..24_u16, 0..8_u16)];
    prop_oneof![
        12 => prop::sample::select(names()).prop_map(Happening::Key),
        2 => size.prop_map(|(columns, rows)| Happening::Resize(columns, rows)),
        3 => (0..18_u8, 0..60_u8).prop_map(|(number, minute)| Happening::Arrival(number, minute)),
        1 => (0..18_u8).prop_map(Happening::Removal),
        1 => any::<u8>().prop_map(Happening::Wait),
        1 => "[a-z:\" -]{0,6}".prop_map(Happening::Paste),
    ]
}

/// The id of entry `number`: those of the feed, and such as come later.
fn id(number: u8) -> String {
    match number.checked_sub(12) {
        Some(number) => format!("e{}", number + 1),
        None => format!("n{number}"),
    }
}

/// The line that takes an entry down.
fn removal(id: &str) -> String {
    format!("{{\"type\":\"removed\",\"id\":\"{id}\"}}")
}

/// Lets it happen.
fn happen(session: Session, happening: &Happening) -> Session {
    match happening {
        Happening::Key(name) => {
            let mut session = session;
            session.key(Key::parse(name).expect("a key"));
            session
        }
        Happening::Resize(columns, rows) => session.size(*columns, *rows),
        Happening::Arrival(number, minute) => {
            let time = format!("2025-10-14T19:{minute:02}:00Z");
            session.arrive(&entry(&id(*number), &time, "Arrival", &format!("“It is {minute}.”")))
        }
        Happening::Removal(number) => session.arrive(&removal(&id(*number))),
        Happening::Wait(minutes) => session.wait(i64::from(*minutes)),
        Happening::Paste(text) => session.paste(text),
    }
}

/// What nothing that comes by itself may change.
#[derive(Debug, PartialEq, Eq)]
struct Held {
    /// The id of the selected entry.
    selected: Option<String>,
    /// The id of what the detail shows.
    shown: Option<String>,
    /// What is read, and how far it is scrolled, while it is in sight: what is not need not wait.
    read: Option<(String, usize)>,
    /// The cells of the detail as they are drawn, row by row: what stands in each, and how it looks. The first line of
    /// an entry, which tells how long ago it was and whether it has changed, is left out.
    drawn: Vec<Vec<(String, Looks)>>,
}

fn held(session: &Session, screen: &Screen) -> Held {
    let app = session.app();
    let detail = app.detail();
    let area = app.layout().detail.filter(|_| app.help().is_none() && !app.shows_index()).unwrap_or_default();
    let hidden_by_prompt = u16::from(app.prompt().is_some() && app.layout().rules.is_empty());
    let rows = area.y..(area.y + area.height).saturating_sub(hidden_by_prompt);
    let drawn = rows
        .zip(detail.lines().iter().skip(detail.top()))
        .filter(|(_, line)| **line != DetailLine::Meta)
        .map(|(y, _)| {
            (area.x..area.x + area.width).map(|x| (screen.symbol(x, y), screen.looks_of(x, y))).collect()
        })
        .collect();
    Held {
        selected: session.selected(),
        shown: detail.row().and_then(|row| Some(app.timeline().entry(row)?.id().to_owned())),
        read: app.layout().detail.map(|_| (app.detail_prose().text().to_owned(), detail.top())),
        drawn,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, max_shrink_iters: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics_and_arrivals_move_nothing(happenings in prop::collection::vec(happening(), 1..200)) {
        let mut session = Session::open(STORM);
        let mut screen = session.screen();
        for happening in &happenings {
            let before = held(&session, &screen);
            let is_shown = session.app().selected().is_some_and(|item| session.app().index_of(item).is_some());
            let is_taken = session.app().is_riding();
            session = happen(session, happening);
            screen = session.screen();
            prop_assert_eq!(screen.lines().len(), usize::from(session.app().size().rows));
            let app = session.app();
            if let Some(Item::Entry(row)) = app.selected() {
                prop_assert!(app.timeline().is_current(row), "an old version is selected");
            }
            prop_assert!(app.item_count() == 0 || app.selected_index().is_some() || app.screen() == liveblog::app::Screen::Library, "the selection is not in the list");
            let comes_by_itself = matches!(happening, Happening::Arrival(..) | Happening::Removal(_) | Happening::Wait(_));
            if comes_by_itself && is_shown && !is_taken {
                prop_assert_eq!(held(&session, &screen), before, "{:?} moved something", happening);
            }
        }
    }
}

#[test]
fn every_key_of_the_keymap_may_be_pressed_everywhere() {
    // The list, the detail, the help, an empty view, an empty list, a filter, and the prompt.
    for lead in ["", "<enter>", "?", "?/", "2", "/nato<enter>", "/the<enter>", "/x"] {
        for name in names() {
            for (columns, rows) in [(120, 36), (40, 10), (1, 1), (0, 0)] {
                let mut session = Session::open(STORM).size(columns, rows).keys(lead);
                session.key(Key::parse(name).expect("a key"));
                session.screen();
            }
        }
    }
}

#[test]
fn nothing_that_comes_moves_selection_scroll_or_text_in_any_tier_and_filter() {
    let later = |id: &str, words: &str| entry(id, "2025-10-14T19:30:00Z", "Homes again", words);
    let open = STORM.lines().last().unwrap_or_default();
    let another_kind = open.replace(r#""kinds":["key"]"#, r#""kinds":["key","pinned"]"#);
    assert_ne!(another_kind, open);
    let comings = [
        ("an arrival", later("n2", "More water, and 12 homes.")),
        ("an older arrival", entry("n3", "2025-10-13T23:00:00Z", "Homes", "Water.")),
        ("an edit of another entry", entry("e4", "2025-10-14T17:40:00Z", "Homes", "Other water.")),
        ("another kind of what is open", another_kind),
        ("an edit of what is open", entry("e6", "2025-10-14T18:31:00Z", "Homes", "Other words, no more.")),
        ("a removal of another entry", removal("e4")),
        ("a removal of what is open", removal("e6")),
        ("the return of what is open", open.to_owned()),
    ];
    let sizes =
        [(120, 14, Tier::Wide), (80, 18, Tier::Stacked), (60, 14, Tier::Single), (38, 10, Tier::Bare)];
    for (columns, rows, tier) in sizes {
        for filter in ["", "/homes<enter>", "/homes"] {
            for scroll in 0..6 {
                let mut session = Session::open(STORM).size(columns, rows).keys("Ggj<enter>");
                session = session.keys(&"J".repeat(scroll)).keys(filter);
                let mut screen = session.screen();
                assert_eq!(session.app().layout().tier, tier, "{columns}×{rows}");
                assert_eq!(session.selected().as_deref(), Some("e6"), "the long entry is open");
                assert_eq!(session.app().detail().top(), scroll, "and scrolled");
                let mut before = held(&session, &screen);
                assert!(!before.drawn.is_empty(), "its text is drawn at {columns}×{rows}:\n{screen}");
                for (what, lines) in &comings {
                    session = session.arrive(lines);
                    screen = session.screen();
                    let after = held(&session, &screen);
                    let place = format!("{what} at {columns}×{rows}, {scroll} lines down, after {filter:?}");
                    assert_eq!(after, before, "{place}:\n{screen}");
                    before = after;
                }
            }
        }
    }
}
