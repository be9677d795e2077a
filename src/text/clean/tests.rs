//! What cleaning promises.

use proptest::prelude::*;

use super::*;

#[test]
fn escape_sequences_go_whole() {
    assert_eq!(line("a\u{1b}[31mred\u{1b}[0m b"), "ared b");
    assert_eq!(line("t\u{1b}]0;owned\u{7}itle"), "title");
    assert_eq!(line("t\u{1b}]8;;http://x\u{1b}\\link"), "tlink");
    assert_eq!(line("c1 \u{9b}31mred\u{9d}0;x\u{9c} end"), "c1 red end");
}

#[test]
fn an_unterminated_string_ends_with_its_line() {
    assert_eq!(paragraphs("one\u{1b}]52;c;aGk=\ntwo"), "one\ntwo");
    assert_eq!(paragraphs("one\u{1b}[12;\ntwo"), "one\ntwo");
}

#[test]
fn an_escape_written_as_text_stays() {
    assert_eq!(line("^[[31m \\x1b %1b &#27; <b>"), "^[[31m \\x1b %1b &#27; <b>");
}

#[test]
fn spaces_settle_and_no_break_spaces_stay() {
    assert_eq!(line("  a \t b\u{2009}c\u{a0}d  \u{a0}e "), "a b c\u{a0}d e");
    assert_eq!(paragraphs("a  \r\n\r\n\r\n b\rc"), "a\n\nb\nc");
    assert_eq!(line("two\nlines"), "two lines");
}

#[test]
fn joiners_stay_only_where_they_join() {
    let family = "👨\u{200d}👩\u{200d}👧";
    assert_eq!(line(family), family);
    assert_eq!(line("❤\u{fe0f}\u{200d}🔥"), "❤\u{fe0f}\u{200d}🔥");
    assert_eq!(line("می\u{200c}خواهم"), "می\u{200c}خواهم");
    assert_eq!(line("क\u{94d}\u{200d}ष"), "क\u{94d}\u{200d}ष");
    assert_eq!(line("pass\u{200d}word\u{200b}s"), "passwords");
}

#[test]
fn floods_of_marks_are_cut_and_orphans_dropped() {
    let flood = format!("a{}b", "\u{301}".repeat(200));
    assert_eq!(line(&flood).chars().count(), 32);
    assert_eq!(line("\u{301}x \u{302}y"), "x y");
    assert_eq!(line("x\u{fe0f}\u{fe0e}\u{fe0f}"), "x\u{fe0f}");
}

#[test]
fn tags_stay_in_flags_alone() {
    let scotland = "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}";
    assert_eq!(line(scotland), scotland);
    assert_eq!(line("🏴\u{e0067}\u{e0062} x\u{e0041}"), "🏴 x");
}

#[test]
fn offsets_follow_their_places() {
    let text = "a\u{200b}b  \u{1b}[1mcd";
    let mut offsets = [0, text.find('b').unwrap(), text.find("cd").unwrap(), text.len()];
    let mut out = String::from("kept:");
    paragraphs_with_offsets(text, &mut out, &mut offsets);
    assert_eq!(out, "kept:ab cd");
    assert_eq!(offsets, [0, 1, 2, 5]);
}

fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "a",
        " ",
        "\n",
        "\r\n",
        "\t",
        "\u{1b}[",
        "\u{1b}]",
        "\u{7}",
        "\u{9b}",
        "31m",
        "\u{200d}",
        "\u{200c}",
        "\u{fe0f}",
        "\u{301}",
        "👩",
        "🏽",
        "🏴",
        "\u{e0067}",
        "\u{e007f}",
        "ش",
        "क",
        "\u{94d}",
        "\u{202e}",
        "\u{a0}",
        "é",
        "\u{2028}",
        "\\",
        "0",
        "x\u{303}",
    ]);
    prop_oneof![any::<String>(), prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())]
}

proptest! {
    #[test]
    fn cleaning_is_idempotent_and_leaves_no_control(text in hostile()) {
        let once = paragraphs(&text);
        prop_assert_eq!(paragraphs(&once), once.clone());
        let clean = once.chars().all(|char| char == '\n' || !is_dropped(char));
        prop_assert!(clean);
        prop_assert!(once.len() <= text.len());
        let single = line(&text);
        prop_assert_eq!(line(&single), single.clone());
        prop_assert!(!single.contains('\n'));
    }
}

/// `text` cleaned character by character: a place that is asked for ends a run, and here every place is.
fn slowly(text: &str, shape: Shape) -> String {
    let mut out = String::new();
    Cleaner::new(shape, &mut out).run(text, &mut (0..=text.len()).collect::<Vec<_>>());
    out
}

#[test]
fn every_character_is_cleaned_alike_in_a_run_and_alone() {
    for char in ('\0'..='\u{30ff}').chain(['日', '本', '👩', '\u{fe0f}', '\u{feff}', '\u{ffff}']) {
        let text = format!("{char}two{char} three\n\n{char}{char}\nfour {char}");
        assert_eq!(paragraphs(&text), slowly(&text, Shape::Paragraphs), "{char:?}");
    }
}

#[test]
fn what_a_run_holds_is_seen() {
    for char in '\0'..=char::MAX {
        let is_plain = plain_run::<true>(char.encode_utf8(&mut [0; 4])) > 0;
        assert!(
            !is_plain || !(is_dropped(char) || is_combining_mark(char) || char.is_whitespace()),
            "{char:?}"
        );
    }
}

proptest! {
    #[test]
    fn runs_are_cleaned_as_their_characters_are(
        text in "([a-z“”’–é日Ж\u{a0}\u{ad}\u{7}👩\u{301}]|[a-z]{1,40}| |\n|\n\n|\r\n){0,60}",
        hostile in hostile(),
    ) {
        for text in [text, hostile] {
            prop_assert_eq!(paragraphs(&text), slowly(&text, Shape::Paragraphs));
            prop_assert_eq!(line(&text), slowly(&text, Shape::Line));
        }
    }
}
