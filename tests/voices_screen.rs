//! The indexes on the screen: who said what, and the numbers and how they moved; from there to the entries and back.

mod support;

use liveblog::app::{Effect, Options, View};
use support::{Session, entry, options};

/// An invented blog: three speakers, one of them under two names, and a count that moves.
fn blog() -> String {
    [
        r#"{"type":"blog","title":"Flood at Osby","publisher":"Osby Post","url":"https://post.example/flood","summary":"“We were warned,” Ada Lind said."}"#.to_owned(),
        entry("one", "2025-10-14T09:00:00Z", "Gates shut", "“The gates held,” Ivo Orr said. At least 12 people were hurt."),
        entry("two", "2025-10-14T10:00:00Z", "Quay closed", "“Stay away,” Mr Orr said. 17 people were hurt."),
        entry("three", "2025-10-14T11:00:00Z", "Nothing moves", "The film “The Tide” was shown."),
        entry("four", "2025-10-14T12:00:00Z", "Power back", "“It is over,” Bo Norris said. 19 people were hurt."),
    ]
    .join("\n")
        + "\n"
}

fn copied(session: &mut Session) -> Vec<String> {
    let effects = session.effects().into_iter();
    effects.filter_map(|effect| if let Effect::Copy(text) = effect { Some(text) } else { None }).collect()
}

#[test]
fn speakers_stand_by_how_much_they_say_with_their_quotes_beside_them() {
    let mut session = Session::open(&blog()).keys("5");
    let screen = session.screen();
    for words in ["Ivo Orr", "Ada Lind", "Bo Norris", "“Stay away,”", "Quay closed", "3 speakers, 4 quotes"]
    {
        assert!(screen.contains(words), "{words}\n{screen}");
    }
    assert!(!screen.contains("The Tide"), "a title is nobody's words\n{screen}");
}

#[test]
fn a_number_that_moved_tells_how() {
    let mut session = Session::open(&blog()).keys("6");
    let screen = session.screen();
    assert!(screen.contains("12 → 17 → 19"), "{screen}");
    assert!(screen.contains("▁▆█"), "{screen}");
    assert!(screen.contains("At least 12 people were hurt."), "{screen}");
}

#[test]
fn a_quote_leads_to_its_entry_and_esc_comes_back_to_it() {
    let session = Session::open(&blog()).keys("5<enter>j<enter>");
    assert_eq!(session.selected().as_deref(), Some("one"));
    assert_eq!(session.app().view(), View::Entries);
    let words = session.app().cursor_words().unwrap_or_default();
    assert_eq!(words, "quote · direct · Ivo Orr");
    let mut session = session.keys("<esc>");
    assert_eq!(session.app().view(), View::Quotes);
    assert_eq!(session.app().mention_place(), 1);
    assert!(session.screen().contains("2/2"));
    let session = session.keys("<esc><esc>");
    assert_eq!(session.app().view(), View::Entries);
}

#[test]
fn a_standfirst_is_text_like_any_entry() {
    let session = Session::open(&blog()).keys("5j<enter><enter>");
    assert_eq!(session.selected().as_deref(), Some("about"));
}

#[test]
fn a_star_keeps_what_the_speaker_says_under_any_name() {
    let mut session = Session::open(&blog()).keys("5*");
    assert_eq!(session.app().filter().typed(), "said:\"Orr\"");
    let screen = session.screen();
    assert!(screen.contains("1 speaker, 2 quotes"), "{screen}");
    let session = session.keys("1");
    assert_eq!(session.app().rows().len(), 2);
}

#[test]
fn the_filter_narrows_an_index_and_says_when_nothing_is_left() {
    let mut session = Session::open(&blog()).keys("6/power<enter>");
    assert!(!session.screen().contains("12 → 17"), "{}", session.screen());
    let mut session = session.keys("5/nowhere<enter>");
    let screen = session.screen();
    assert!(screen.contains("no quote in what matches “") && screen.contains("Esc clears"), "{screen}");
    let mut session = session.keys("<esc>");
    assert!(session.screen().contains("Ivo Orr"));
}

#[test]
fn a_citation_names_speaker_outlet_time_and_link() {
    let mut session = Session::open(&blog()).keys("5Y6Y");
    assert_eq!(
        copied(&mut session),
        [
            "“Stay away,” — Ivo Orr, Osby Post, 14 October 2025, 10:00 UTC, https://post.example/flood",
            "“19 people were hurt.” — Osby Post, 14 October 2025, 12:00 UTC, https://post.example/flood",
        ]
    );
    let mut session = Session::open(&blog()).keys("g)Y");
    assert!(copied(&mut session)[0].contains(" — "), "the cursor's quote is cited too");
}

#[test]
fn what_arrives_is_heard_and_the_selection_stays() {
    let blog = blog();
    let session = Session::open(&blog).keys("5j");
    let late = ["five", "six", "seven"]
        .map(|id| entry(id, "2025-10-14T13:00:00Z", "Late", "“We go home,” Bo Norris said."));
    let mut session = session.arrive(&late.join("\n"));
    let screen = session.screen();
    assert!(screen.contains("3 speakers, 7 quotes"), "{screen}");
    assert_eq!(session.app().index().row().and_then(liveblog::app::IndexRow::name), Some("Ada Lind"));
    assert_eq!(session.app().index().selected(), 2, "others say more now");
}

#[test]
fn what_arrives_while_quotes_are_read_waits_until_the_keys_leave_them() {
    let mut session = Session::open(&blog()).keys("5<enter>j");
    let before = session.screen();
    let late = entry("five", "2025-10-14T13:00:00Z", "Late", "“We go home,” Ivo Orr said.");
    let mut session = session.arrive(&late);
    while !session.is_idle() {}
    let screen = session.screen();
    let quotes = |screen: &support::Screen| screen.lines()[3..34].to_vec();
    assert_eq!(quotes(&screen), quotes(&before), "nothing under the eye moves");
    assert_eq!(session.app().mention_place(), 1);
    assert!(screen.contains("1 new"), "and it is told\n{screen}");
    let mut session = session.keys("h");
    let screen = session.screen();
    assert!(screen.contains("3 quotes · 1 above") && screen.contains("5 quotes"), "{screen}");
    assert_eq!(session.app().mention_place(), 2, "the cursor stays on its quote");
    assert!(session.keys("lg").screen().contains("We go home"));
}

#[test]
fn what_arrives_above_the_quotes_in_sight_moves_none_of_them() {
    let mut session = Session::open(&blog()).keys("5");
    let line = |screen: &support::Screen| screen.place("“Stay away,”", 0);
    let before = line(&session.screen());
    let late = ["five", "six"].map(|id| entry(id, "2025-10-14T13:00:00Z", "Late", "“Away,” Bo Norris said."));
    let of_him = entry("seven", "2025-10-14T13:01:00Z", "Late", "“We go home,” Ivo Orr said.");
    let mut session = session.arrive(&of_him).arrive(&late.join("\n"));
    let screen = session.screen();
    assert_eq!(line(&screen), before, "{screen}");
    let name = session.app().index().row().and_then(liveblog::app::IndexRow::name);
    assert_eq!(name, Some("Ivo Orr"), "though another says as much, and no key was pressed");
}

#[test]
fn a_row_that_is_shown_stays_selected_while_the_index_is_built() {
    // The newest six hundred count one thing, and twice as many before them another.
    let number = |number: usize| {
        let (day, minute) = (14 - number / 1440, 1439 - number % 1440);
        let time = format!("2025-10-{day:02}T{:02}:{:02}:00Z", minute / 60, minute % 60);
        let what = if number < 600 { "people were hurt" } else { "homes were flooded" };
        entry(&number.to_string(), &time, "Count", &format!("At least {} {what}.", 40 + number % 700))
    };
    let feed: Vec<String> = (0..1800).rev().map(number).collect();
    let mut session = Session::open(&feed.join("\n"));
    session.press("6");
    let (mut names, mut is_left) = (Vec::new(), true);
    while is_left {
        is_left = session.work();
        let name = session.app().index().row().and_then(|row| row.name().map(str::to_owned));
        names.extend(name.map(|name| (name, session.app().mention_place())));
    }
    names.dedup();
    assert_eq!(names.len(), 1, "{names:?}");
    assert_eq!(session.app().index().row_count(), 2);
}

#[test]
fn a_row_and_a_mention_that_keys_chose_stay_selected_while_the_index_is_built() {
    // Who says most, and what is counted most, is another in the newest six hundred than in those before them.
    let said = |number: usize| {
        let (day, minute) = (14 - number / 1440, 1439 - number % 1440);
        let time = format!("2025-10-{day:02}T{:02}:{:02}:00Z", minute / 60, minute % 60);
        let of = if number < 600 { [0, 0, 0, 1, 1, 2] } else { [2, 2, 2, 2, 1, 0] }[number % 6];
        // One of them is called by the full name only in the oldest entries.
        let lind = if number < 1500 { "Ms Lind" } else { "Ada Lind" };
        let name = ["Ivo Orr", lind, "Bo Norris"][of];
        let what = ["people were hurt", "homes were flooded", "arrests were made"][of];
        let body = format!("“It is over now,” {name} said. At least {} {what}.", 40 + number % 700);
        entry(&number.to_string(), &time, "Late", &body)
    };
    let feed: Vec<String> = (0..1800).rev().map(said).collect();
    for (view, name, last) in [("5", "Ms Lind", "Ada Lind"), ("6", "homes flooded", "homes flooded")] {
        let mut session = Session::open(&feed.join("\n"));
        session.press(view);
        while session.app().index().row_count() < 3 {
            assert!(session.work(), "rows are shown before all is read");
        }
        session.press("j");
        session.press("<enter>jj<esc>");
        let told = |session: &Session| {
            let app = session.app();
            let name = app.index().row().and_then(|row| row.name().map(str::to_owned)).unwrap_or_default();
            (name, app.mention(app.mention_place()).map(|mention| mention.spot))
        };
        let before = told(&session);
        assert_eq!((before.0.as_str(), session.app().index().selected()), (name, 1));
        let (mut slices, mut is_left) = (0, true);
        while is_left {
            is_left = session.work();
            slices += 1;
            let (name, spot) = told(&session);
            assert_eq!(spot, before.1, "after {slices} slices");
            assert!(name == before.0 || name == last, "{name} after {slices} slices");
        }
        assert!(slices > 3, "it was built bit by bit");
        assert_eq!((told(&session).0.as_str(), session.app().index().selected()), (last, 2));
    }
}

#[test]
fn no_day_of_the_entries_stands_above_an_index() {
    let lines: Vec<String> = (10..50)
        .map(|minute| entry(&minute.to_string(), &format!("2025-10-14T09:{minute}:00Z"), "Gates", "Shut."))
        .collect();
    let mut session = Session::open(&lines.join("\n")).keys("G");
    let rule = |screen: &support::Screen| screen.lines().into_iter().find(|line| line.contains('┬'));
    let before = rule(&session.screen()).unwrap_or_default();
    assert!(before.contains("14 October"), "{before}");
    let after = rule(&session.keys("6").screen()).unwrap_or_default();
    assert!(after.starts_with("─────"), "{after}");
}

#[test]
fn a_reader_may_open_in_an_index() {
    let mut session = Session::open_with(&blog(), Options { view: View::Quotes, ..options() });
    assert!(session.screen().contains("Ivo Orr"));
}

#[test]
fn an_index_of_nothing_says_so() {
    let mut session = Session::open(&entry("one", "2025-10-14T09:00:00Z", "Calm", "All is calm.")).keys("5");
    assert!(session.screen().contains("nobody is quoted here"), "{}", session.screen());
    assert!(session.keys("6").screen().contains("nothing is counted here"));
}

/// An invented blog: words that only a block sets off, in the middle of one entry and at the beginning of another.
fn set_off() -> String {
    let blocks = r#"[{"start":0,"end":12,"kind":"paragraph"},{"start":14,"end":24,"kind":"quote"}]"#;
    let reversed = r#"[{"start":0,"end":10,"kind":"quote"},{"start":12,"end":24,"kind":"paragraph"}]"#;
    [
        r#"{"type":"blog","title":"Flood at Osby"}"#.to_owned(),
        entry("one", "2025-10-14T11:00:00Z", "Gates", "It rained."),
        format!(
            r#"{{"type":"entry","id":"two","published":"2025-10-14T10:00:00Z","headline":"Quay","body":"Orr said so:\n\nWe go now.","blocks":{blocks}}}"#
        ),
        format!(
            r#"{{"type":"entry","id":"three","published":"2025-10-14T09:00:00Z","body":"Stay here.\n\nSo says Orr.","blocks":{reversed}}}"#
        ),
    ]
    .join("\n")
        + "\n"
}

#[test]
fn words_that_are_only_set_off_are_stepped_to_counted_found_and_cited() {
    let session = Session::open(&set_off()).keys("g)");
    assert_eq!(session.selected().as_deref(), Some("two"));
    assert_eq!(session.app().cursor_words().as_deref(), Some("quote · direct · Orr"));
    let mut cited = session.keys("y");
    assert_eq!(copied(&mut cited), ["We go now."]);
    let session = cited.keys("/said:orr<enter>");
    assert_eq!(session.app().rows().len(), 1);
    let mut session = session.keys("<esc>5");
    let screen = session.screen();
    assert!(screen.contains("Orr") && screen.contains("We go now."), "{screen}");
}

#[test]
fn a_label_looks_like_the_words_that_it_begins_in_the_entry() {
    let mut session = Session::open(&set_off()).keys("G");
    let screen = session.screen();
    let (entry, list) = (screen.looks_at("Stay here.", 0), screen.looks_at("Stay here.", 1));
    assert_eq!(list.letters, entry.letters, "{screen}");
    let unfinished = "“It is far too late for the gates now. We go home,” Orr said.";
    let mut session = Session::open(&format!(
        r#"{{"type":"entry","id":"one","published":"2025-10-14T09:00:00Z","body":"{unfinished}"}}"#
    ));
    let screen = session.screen();
    let (list, entry) = (screen.looks_at("It is far", 0), screen.looks_at("It is far", 1));
    assert_eq!(list.letters, entry.letters, "{screen}");
}

#[test]
fn an_index_fits_any_screen() {
    support::also_small(support::STORM, "5jl<enter><esc>6jjl<enter><esc>*Y/x<enter>");
}

#[test]
fn how_the_indexes_look() {
    insta::assert_snapshot!("quotes", Session::open(support::STORM).keys("5").screen());
    insta::assert_snapshot!("numbers", Session::open(support::STORM).keys("6").screen());
    insta::assert_snapshot!(
        "quotes_in_small",
        Session::open(support::STORM).size(40, 12).keys("5<enter>").screen()
    );
}

#[test]
fn quotes_and_numbers_can_be_plain() {
    let looks = |keys: &str| Session::open(support::STORM).keys(keys).screen().looks("41,000");
    assert_ne!(looks(""), looks("#"), "numbers are plain");
    assert_eq!(looks(""), looks("##"), "and marked again");
    let looks = |keys: &str| Session::open(support::STORM).keys(keys).screen().looks("The gates held");
    assert_ne!(looks(""), looks("\""));
}

#[test]
fn the_legend_shows_what_marks_mean_as_they_look() {
    let mut session = Session::open(support::STORM).keys("L");
    let screen = session.screen();
    assert!(screen.contains("what somebody said") && screen.contains("who said it"), "{screen}");
    assert!(!screen.contains("next row"), "the keys are in the help\n{screen}");
    for word in [
        "LIVE",
        "QUIET",
        "STALLED",
        "LOST",
        "ENDED",
        "NOT FOLLOWED",
        "HELD",
        "late",
        "taken down",
        "quiet 3 h",
    ] {
        assert!(screen.contains(&format!("  {word}  ")), "{word}\n{screen}");
    }
    assert!(!session.keys("<esc>").screen().contains("who said it"));
}

#[test]
fn what_came_while_an_entry_was_read_is_among_the_quotes_that_esc_comes_back_to() {
    let late = |id: &str, words: &str| entry(id, "2025-10-14T13:00:00Z", "Late", words);
    for (view, word) in [("5", "“We go home,”"), ("6", "20 people were hurt")] {
        let session = Session::open(&blog()).keys(&format!("{view}<enter>j<enter>"));
        let before = session.selected();
        let mut session = session
            .arrive(&late("five", "“We go home,” Ivo Orr said. 20 people were hurt."))
            .arrive(&late("six", "Nothing new."));
        assert_eq!(session.selected(), before);
        session = session.keys("<esc>");
        let screen = session.screen();
        assert_eq!(session.app().focus(), liveblog::app::Focus::Detail);
        assert!(session.keys("g").screen().contains(word), "{screen}");
        assert!(!screen.contains("new once"), "it is there:\n{screen}");
    }
}

#[test]
fn what_waits_for_an_index_is_counted_as_the_view_lists_it() {
    let told = |session: &mut Session| {
        let status = session.screen().status();
        let words = status.split(", ").find(|words| words.contains(" new once")).map(str::to_owned);
        words.and_then(|words| words.split(' ').next()?.parse::<usize>().ok()).unwrap_or(0)
    };
    let late = |id: &str, words: &str| entry(id, "2025-10-14T13:00:00Z", "Late", words);
    let one = late("five", "“We go home,” Ivo Orr said. “Now,” Bo Norris said. 20 people were hurt.");
    for (keys, counts) in [
        ("5<enter>", [2, 2, 3, 1]),
        ("6<enter>", [1, 1, 1, 0]),
        ("5/said:norris<enter><enter>", [1, 1, 1, 0]),
    ] {
        let mut session = Session::open(&blog()).keys(keys);
        for (line, count) in [
            one.clone(),
            late("six", "Nothing to tell."),
            late("seven", "“Home,” Ivo Orr said."),
            r#"{"type":"removed","id":"five"}"#.to_owned(),
        ]
        .iter()
        .zip(counts)
        {
            session = session.arrive(line);
            assert_eq!(told(&mut session), count, "{keys} {line}\n{}", session.screen());
        }
        session = session.keys("h");
        assert_eq!(told(&mut session), 0);
    }
}

#[test]
fn esc_comes_back_to_the_quotes_though_their_entry_was_edited_meanwhile() {
    let edit =
        entry("one", "2025-10-14T09:00:00Z", "Gates shut", "“The gates held,” Ivo Orr said. It rains.");
    let session = Session::open(&blog()).keys("5<enter>j<enter>").arrive(&edit);
    assert_eq!((session.selected().as_deref(), session.app().view()), (Some("one"), View::Entries));
    let session = session.keys("<esc>");
    assert_eq!((session.app().view(), session.app().mention_place()), (View::Quotes, 1));
}

#[test]
fn what_a_standfirst_says_stays_while_it_is_read_among_quotes_or_numbers() {
    let told = blog().replace("Ada Lind said.", "Ada Lind said. It took 12 trees.");
    let now = r#"{"type":"blog","title":"Flood at Osby","summary":"Nobody knows anything about the 3 gates of Osby yet."}"#;
    for (view, words) in [("5j", "“We were warned,”"), ("6j", "It took 12 trees.")] {
        let mut session = Session::open(&told).keys(view).keys("<enter>");
        let before = session.screen();
        let mut session = session.arrive(now).keys("y");
        assert_eq!(copied(&mut session), [words]);
        let screen = session.screen();
        assert_eq!(screen.lines()[2..34], before.lines()[2..34], "{screen}");
        let mut session = session.keys("h");
        assert!(!session.screen().contains(words), "then it goes\n{}", session.screen());
    }
}

/// So many figures of one thing, a minute apart.
fn counts(count: usize) -> String {
    let line = |number: usize| {
        let time = format!("2025-10-{:02}T{:02}:{:02}:00Z", 1 + number / 1440, number / 60 % 24, number % 60);
        entry(
            &number.to_string(),
            &time,
            "Count",
            &format!("At least {} people were hurt.", 40 + number % 900),
        )
    };
    (0..count).map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_index_whose_rows_wait_before_all_are_there_says_so() {
    let mut session = Session::open(&counts(1800));
    session.press("6");
    while session.app().index().row_count() == 0 {
        assert!(session.work(), "rows are shown before all is read");
    }
    session.press("<enter>");
    let screen = session.screen();
    assert!(screen.status().contains(" values of 1 thing so far, all once the keys leave them"), "{screen}");
    let mut session = session.keys("h");
    let screen = session.screen();
    assert!(screen.status().contains("1800 values of 1 thing") && !screen.contains("so far"), "{screen}");
}

#[test]
fn the_cursor_stays_on_its_mention_when_that_is_told_anew_among_earlier_ones() {
    let session = Session::open(&blog()).keys("5<enter>");
    let words = |session: &Session| {
        let app = session.app();
        app.mention(app.mention_place()).map(|mention| mention.text.into_owned())
    };
    assert_eq!(words(&session).as_deref(), Some("“Stay away,”"));
    let news = [
        entry("early", "2025-10-14T08:00:00Z", "Early", "“Be careful,” Ivo Orr said."),
        entry("two", "2025-10-14T10:00:00Z", "Quay closed", "He was firm. “Stay away,” Mr Orr said."),
        entry("late", "2025-10-14T13:00:00Z", "Late", "“We go home,” Ivo Orr said."),
    ];
    let session = session.arrive(&news.join("\n")).keys("h");
    assert_eq!(words(&session).as_deref(), Some("“Stay away,”"));
}
