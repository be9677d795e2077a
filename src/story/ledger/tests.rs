//! Blogs of a few words, and the series their figures form.

use super::{super::samples, *};

/// Each series with its figures as written.
fn series(bodies: &[&str]) -> Vec<String> {
    let timeline = samples::timeline(bodies);
    let mut ledger = Ledger::default();
    samples::holders(&timeline).for_each(|holder| ledger.take(&timeline, holder));
    let told = |series: &Series| {
        let figures = series.figures.iter().map(|figure| figure.spot.text(&timeline).unwrap());
        format!("{}: {}", series.label, figures.collect::<Vec<_>>().join(" → "))
    };
    ledger.rows().iter().map(told).collect()
}

#[test]
fn figures_of_the_same_thing_are_one_series() {
    for (bodies, wanted) in [
        (
            &["At least 12 people were killed.", "17 killed", "The blast killed 19 people"][..],
            "killed: 12 → 17 → 19",
        ),
        (&["Police made 12 arrests.", "There were 17 arrests so far."], "arrests: 12 → 17"),
        (
            &["41,000 homes are without power.", "Some 30,000 homes without power"],
            "homes without power: 41,000 → 30,000",
        ),
        (&["The death toll rose to 17.", "19 people are dead."], "dead: 17 → 19"),
        (&["Turnout stood at 45%.", "Turnout is 51 per cent."], "turnout: 45% → 51 per cent"),
        (&["30% of ferries are late.", "40% of the ferries are late."], "of ferries: 30% → 40%"),
        (&["12 men were arrested in Osby.", "17 men have been arrested."], "men arrested: 12 → 17"),
    ] {
        assert_eq!(series(bodies), [wanted]);
    }
}

#[test]
fn figures_that_may_be_of_two_things_stand_apart() {
    for bodies in [
        &["12 people were killed in Osby.", "17 people were killed in Lund."][..],
        &["12 people were killed in Osby and 17 people were killed in Lund."],
        &["12 people were killed.", "17 officers were killed."],
        &["12 people were killed.", "17 people were injured."],
        &["12 people were killed.", "Another 17 people were killed."],
        &["12 people were killed.", "17 more people were killed."],
        &["12 people were killed, and later 17 people were killed."],
        &["12 people lost power.", "17 people lost money."],
        &["£5m fund", "£7m fine"],
        &["12 boats left", "17 boats"],
    ] {
        assert!(series(bodies).iter().all(|series| !series.contains('→')), "{bodies:?}");
        assert_eq!(series(bodies).len(), 2, "{bodies:?}");
    }
}

#[test]
fn a_figure_without_a_place_is_in_doubt_when_the_blog_has_two() {
    let bodies = ["12 killed in Osby.", "17 killed.", "19 killed in Osby.", "3 killed in Lund."];
    assert_eq!(series(&bodies), ["killed: 12 → 19", "killed: 17", "killed: 3"]);
}

#[test]
fn what_is_no_level_forms_no_series() {
    let bodies = [
        "On 12 June at 10:30 the second boat won 3-1.",
        "It took two hours in 2024; Ada, 45, is 11 years old.",
    ];
    assert_eq!(series(&bodies), [""; 0]);
    assert_eq!(series(&["She is 19.", "Nine were missing; two of eight are found."]), ["missing: Nine"]);
}

#[test]
fn what_moved_comes_first_and_the_rest_by_time() {
    let bodies = ["3 ships sank", "12 killed", "5 injured", "17 killed", "19 killed", "8 injured"];
    assert_eq!(series(&bodies), ["killed: 12 → 17 → 19", "injured: 5 → 8", "ships: 3"]);
}

#[test]
fn a_series_knows_how_it_moved() {
    let timeline = samples::timeline(&["12 killed", "17 killed", "17 killed"]);
    let mut ledger = Ledger::default();
    samples::holders(&timeline).for_each(|holder| ledger.take(&timeline, holder));
    let series = &ledger.rows()[0];
    assert_eq!((series.change(), series.steps().count(), series.figures.len()), (Some(5.0), 2, 3));
    ledger.forget(Holder::Entry(0));
    assert!(!ledger.rows()[0].has_moved());
    assert_eq!(ledger.rows()[0].change(), None);
}
