//! Edits of what is open: they wait, and Enter brings what changed into sight.

mod support;

use liveblog::app::Effect;
use support::{STORM, Session, entry};

/// What the storm's blog tells of itself later.
fn blog(summary: &str) -> String {
    format!(
        "{{\"type\":\"blog\",\"title\":\"Storm on the coast\",\"state\":\"live\",\"summary\":\"{summary}\"}}"
    )
}

#[test]
fn an_edit_of_the_entry_that_is_open_waits_behind_enter() {
    let edit = entry("e6", "2025-10-14T18:31:00Z", "Storm surge is over", "The water has gone.");
    let mut session = Session::open(STORM).keys("jk").arrive(&edit);
    let screen = session.screen();
    assert!(screen.contains("The storm surge has passed its highest point"), "the text that is read stays");
    assert!(screen.contains("edited · Enter shows it"), "the edit is announced");
    let mut session = session.keys("<enter>");
    let screen = session.screen();
    assert!(screen.contains("The water has gone."), "Enter shows it");
    assert!(!screen.contains("Enter shows it") && screen.contains("edited"), "and it is marked as edited");
}

#[test]
fn an_edit_of_the_standfirst_that_is_open_waits_behind_enter() {
    let said = "“It is over,” said Ada Holm. All 12 boats are back.";
    for (columns, rows) in [(120, 36), (80, 24), (60, 20), (40, 12)] {
        let session = Session::open(STORM).size(columns, rows).keys("g<enter>").arrive(&blog(said));
        let mut session = session.size(columns - 1, rows).size(columns, rows);
        let screen = session.screen();
        assert!(screen.contains("edited") && screen.contains("Enter shows it"), "it is announced:\n{screen}");
        assert!(
            !screen.contains("boats are back"),
            "the words that are read stay, whatever the screen:\n{screen}"
        );
        session = session.keys("<enter>");
        let screen = session.screen();
        assert!(
            screen.contains("boats are back") && !screen.contains("Enter shows it"),
            "Enter shows it:\n{screen}"
        );
        assert_eq!(session.selected().as_deref(), Some("about"));
    }
    let mut session = Session::open(STORM).keys("g").arrive(&blog(said)).keys("jk");
    assert!(
        session.screen().contains("boats are back"),
        "who leaves it and comes back sees it: {}",
        session.screen()
    );
}

#[test]
fn a_standfirst_that_is_told_again_or_taken_back_is_no_edit() {
    let again = STORM.lines().next().unwrap_or_default();
    let mut session = Session::open(STORM).keys("g").arrive(&again.replace("\"live\"", "\"ended\""));
    assert!(!session.screen().contains("Enter shows it"), "its words are the same:\n{}", session.screen());
    assert!(session.screen().line(0).contains("ENDED"), "and the rest is told at once");
    session = session.arrive(&blog("All 12 boats are back.")).arrive(again);
    assert!(!session.screen().contains("Enter shows it"), "it is as it was:\n{}", session.screen());
}

#[test]
fn a_standfirst_that_goes_stays_while_it_is_read() {
    let mut session = Session::open(STORM).keys("g").arrive(&blog(""));
    let screen = session.screen();
    assert_eq!(session.selected().as_deref(), Some("about"));
    assert!(screen.contains("About this blog") && screen.contains("Enter shows it"), "{screen}");
    session = session.keys("<enter>");
    assert_eq!(session.selected().as_deref(), Some("e6"), "then its neighbour is next");
    assert!(!session.screen().contains("About this blog"), "{}", session.screen());
    let mut session = Session::open(STORM).keys("g").arrive(&blog("")).keys("j");
    assert_eq!(session.selected().as_deref(), Some("e6"), "as for who goes on");
    assert!(!session.screen().contains("About this blog"), "{}", session.screen());
}

#[test]
fn what_is_copied_of_a_standfirst_is_what_stands_on_the_screen() {
    let told = STORM.replace("\"summary\":\"", "\"summary\":\"“Stay away,” said Ada Holm. ");
    let mut session =
        Session::open(&told).keys("g)").arrive(&blog("All 12 boats are back, and so are all others."));
    session.effects();
    session = session.keys("y");
    assert!(
        matches!(session.effects().last(), Some(Effect::Copy(words)) if words.contains("Stay away")),
        "the words under the cursor"
    );
    session = session.keys("Y");
    assert_eq!(session.effects(), [], "which the blog does not say any more");
}

/// An entry that opens with `first`, and of whose many paragraphs number 30 is `changed`.
fn tides(headline: &str, first: &str, changed: &str) -> String {
    let mut paragraphs = ["The water rises and falls again."; 60];
    (paragraphs[0], paragraphs[30]) = (first, changed);
    entry("a", "2025-10-14T18:00:00Z", headline, &paragraphs.join("\\n\\n"))
}

#[test]
fn an_edit_that_is_shown_brings_its_first_change_into_sight_from_anywhere() {
    let was = tides("Tides", "Calm seas.", "Nothing stirs.");
    for (edit, words, told) in [
        (tides("Tides", "Calm seas.", "A wave comes."), "A wave comes.", "edited at: A wave comes."),
        (tides("Tides", "Wild seas.", "A wave comes."), "Wild seas.", "edited at: Wild"),
        (tides("Storm tides", "Wild seas.", "Nothing stirs."), "Storm tides", "edited at: Storm tides"),
    ] {
        for (columns, rows) in [(120, 36), (80, 24), (60, 12), (40, 10)] {
            for keys in ["", "<space><space>", "G"] {
                let session = Session::open(&format!("{was}\n")).size(columns, rows);
                let mut session = session.keys("<enter>").keys(keys).arrive(&edit);
                assert!(session.app().detail().has_edit(), "it waits");
                session = session.keys("<enter>");
                let screen = session.screen();
                assert!(screen.contains(words), "{columns}×{rows} {keys} {words}:\n{screen}");
                assert!(screen.status().contains(told), "the status line says it: {}", screen.status());
            }
        }
    }
}

#[test]
fn an_edit_in_sight_moves_nothing() {
    let was = tides("Tides", "Calm seas.", "Nothing stirs.");
    let edit = tides("Tides", "Calm seas.", "A wave comes.");
    let session = Session::open(&format!("{was}\n")).size(80, 24).keys("<enter>");
    let mut session = session.keys("/stirs<enter>n<esc>");
    let top = session.app().detail().top();
    assert!(top > 0 && session.screen().contains("Nothing stirs."), "{}", session.screen());
    let mut session = session.arrive(&edit).keys("<enter>");
    assert!(session.screen().contains("A wave comes."), "{}", session.screen());
    assert_eq!(session.app().detail().top(), top);
}

#[test]
fn an_edit_of_a_long_entry_brings_its_change_into_sight_when_all_of_it_is_ready() {
    let text = |words: &str| "The water rises and falls again. ".repeat(4000) + words;
    let was = entry("a", "2025-10-14T18:00:00Z", "Tides", &text("Calm at last."));
    let edit = entry("a", "2025-10-14T18:00:00Z", "Tides", &text("Wild at last."));
    let session = Session::open(&format!("{was}\n")).keys("<enter>").arrive(&edit);
    let mut session = session.hold_pages().keys("<enter>");
    assert!(session.screen().contains("The water rises"), "its beginning is there at once");
    let mut session = session.make_pages();
    assert!(session.screen().contains("Wild at last."), "{}", session.screen());
}

#[test]
fn an_edit_of_markup_or_media_waits_as_well_and_is_no_edit_of_words() {
    let page = |html: &str| {
        let body = html.replace('"', "\\\"");
        format!(
            "{{\"id\":\"a\",\"published\":\"2025-10-14T18:00:00Z\",\"headline\":\"Tides\",\"content_html\":\"{body}\"}}"
        )
    };
    let was = page("<p>Calm seas.</p><p>Nothing stirs.</p>");
    for edit in [
        "<figure><img src=\"https://example.org/a.jpg\" alt=\"A pier\"></figure><p>Calm seas.</p><p>Nothing stirs.</p>",
        "<blockquote><p>Calm seas.</p></blockquote><p>Nothing stirs.</p>",
        "<p><b>Calm</b> seas.</p><p>Nothing stirs.</p>",
        "<p><a href=\"https://example.org\">Calm</a> seas.</p><p>Nothing stirs.</p>",
    ] {
        let mut session = Session::open(&format!("{was}\n")).keys("<enter>");
        let lines = session.app().detail().lines().to_vec();
        session = session.arrive(&page(edit));
        assert_eq!(session.app().detail().lines(), lines, "{edit}: what is read stands still");
        assert!(session.app().detail().has_edit(), "{edit}: it waits");
        session = session.keys("<enter>");
        let status = session.screen().status();
        assert!(status.contains("edited: the words are the same"), "{edit}: {status}");
        assert!(!session.app().detail().has_edit());
        let row = session.app().rows()[0];
        assert!(!session.app().timeline().is_edited(row), "{edit}: the list marks edits of words alone");
    }
}

#[test]
fn an_edit_of_flags_alone_is_taken_at_once_and_moves_nothing() {
    let was = entry("e6", "2025-10-14T18:31:00Z", "Storm surge", "It has passed.");
    let key = was.replace("\"body\"", "\"kinds\":[\"key\"],\"body\"");
    let mut session = Session::open(&format!("{was}\n")).keys("<enter>");
    let lines = session.app().detail().lines().to_vec();
    session = session.arrive(&key);
    assert!(!session.app().detail().has_edit());
    assert_eq!(session.app().detail().lines(), lines);
    assert!(session.screen().contains("KEY EVENT"), "{}", session.screen());
}

#[test]
fn an_edit_that_is_taken_back_is_none() {
    let said = |words: &str| entry("e6", "2025-10-14T18:31:00Z", "Storm surge", words);
    let mut session =
        Session::open(&format!("{}\n", said("It rises."))).keys("<enter>").arrive(&said("It falls."));
    assert!(session.screen().contains("Enter shows it"));
    session = session.arrive(&said("It stands."));
    assert!(session.screen().contains("Enter shows it"), "another edit waits in its place");
    session = session.arrive(&said("It rises."));
    let screen = session.screen();
    assert!(!screen.contains("Enter shows it") && screen.contains("It rises."), "{screen}");
    session = session.arrive(&said("It falls."));
    assert!(session.app().detail().has_edit(), "and the next edit waits again");
}
