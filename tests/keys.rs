//! Any keys, in any place, on any screen, while anything arrives: nothing panics, and nothing moves by itself.

#![expect(clippy::expect_used, reason = "a helper that fails is a test that fails")]

mod support;

use liveblog::app::{Item, Key, command::COMMANDS};
use proptest::prelude::*;
use support::{STORM, Session, entry};

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
    /// An entry comes, or another version of one: its number, and its minute.
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
        3 => (0..12_u8, 0..60_u8).prop_map(|(number, minute)| Happening::Arrival(number, minute)),
        1 => (0..12_u8).prop_map(Happening::Removal),
        1 => any::<u8>().prop_map(Happening::Wait),
        1 => "[a-z:\" -]{0,6}".prop_map(Happening::Paste),
    ]
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
            session.arrive(&entry(&format!("n{number}"), &time, "Arrival", &format!("“It is {minute}.”")))
        }
        Happening::Removal(number) => {
            session.arrive(&format!("{{\"type\":\"removed\",\"id\":\"n{number}\"}}"))
        }
        Happening::Wait(minutes) => session.wait(i64::from(*minutes)),
        Happening::Paste(text) => session.paste(text),
    }
}

/// What an arrival must leave alone: the id of the selected entry, and the detail with its scroll.
fn held(session: &Session) -> (Option<String>, Option<String>, usize) {
    let detail = session.app().detail();
    let words = session.app().detail_prose().text().to_owned();
    (session.selected(), detail.row().map(|_| words), detail.top())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics_and_arrivals_move_nothing(happenings in prop::collection::vec(happening(), 1..200)) {
        let mut session = Session::open(STORM);
        session.screen();
        for happening in &happenings {
            let before = held(&session);
            let is_shown = session.app().selected().is_some_and(|item| session.app().index_of(item).is_some());
            let is_taken = session.app().is_riding();
            session = happen(session, happening);
            let screen = session.screen();
            prop_assert_eq!(screen.lines().len(), usize::from(session.app().size().rows));
            let app = session.app();
            if let Some(Item::Entry(row)) = app.selected() {
                prop_assert!(app.timeline().is_current(row), "an old version is selected");
            }
            prop_assert!(app.item_count() == 0 || app.selected_index().is_some() || app.screen() == liveblog::app::Screen::Library, "the selection is not in the list");
            let comes_by_itself = matches!(happening, Happening::Arrival(..) | Happening::Removal(_) | Happening::Wait(_));
            if comes_by_itself && is_shown && !is_taken {
                let after = held(&session);
                prop_assert_eq!(&after.0, &before.0, "{:?} moved the selection", happening);
                if before.1.is_some() {
                    prop_assert_eq!(&after.1, &before.1, "{:?} changed the text that is read", happening);
                }
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
