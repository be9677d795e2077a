//! Rows that are filled and changed bit by bit, and those of all at once.

use proptest::prelude::*;

use super::{
    super::{rows::Mention, samples},
    *,
};

/// What a blog may say: names that are one person's or not, depending on others, and things in several places.
const BODIES: &[&str] = &[
    "“The gates held,” Mr Orr said. 12 people were killed in Osby.",
    "“It was close,” Ivo Orr said. 17 people were killed.",
    "“Nobody came,” Mrs Orr said. 17 people were killed in Osby.",
    "“We go now,” Orr said. 3 people were killed in Lund, and 4 people were hurt.",
    "“No,” Ada Orr said. “Yes,” said Kim. 12 people were killed.",
    "“Now,” Kim Jong-un said. “Never,” Kim Jong Un said. 5 people were hurt.",
    "“Later,” Kim Yo Jong said. Another 12 people were killed.",
    "Bo Norris came. “Stay,” Norris said.\n\n“Away.” 12 boats, 17 boats.",
    "“Away,” the mayor said. 17 people were killed in Lund. 5 people were hurt.",
    "Nothing was said, and nothing counted.",
];

#[derive(Debug, Clone)]
enum Step {
    Take(usize),
    Forget(usize),
    Work(usize),
    Show,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => (0..40_usize).prop_map(Step::Take),
        2 => (0..40_usize).prop_map(Step::Forget),
        3 => (1..6_usize).prop_map(Step::Work),
        1 => Just(Step::Show),
    ];
    prop::collection::vec(step, 0..60)
}

/// What a stock can do beside.
struct Acts<S> {
    take: fn(&mut S, &Timeline, Holder),
    forget: fn(&mut S, Holder),
}

/// What comes of `steps`, and what is taken at their end.
fn done<S: Stock + Default>(
    timeline: &Timeline,
    steps: &[Step],
    acts: &Acts<S>,
    admits: fn(Holder) -> bool,
) -> (S, Filling<S>, S) {
    let mut stock = S::default();
    let mut filling = Filling::new(&mut stock);
    let mut held = std::collections::BTreeSet::new();
    let is_asked = |mention: &S::Mention| admits(mention.anchor().spot.holder);
    for step in steps {
        match step {
            Step::Take(number) => {
                held.insert(*number);
                (acts.take)(&mut stock, timeline, Holder::Entry(*number as u32));
            }
            Step::Forget(number) => {
                held.remove(number);
                (acts.forget)(&mut stock, Holder::Entry(*number as u32));
            }
            Step::Work(most) => _ = filling.work(&mut stock, *most, is_asked),
            Step::Show => filling = Filling::new(&mut stock),
        }
    }
    while filling.work(&mut stock, 1, is_asked) {}
    let mut all_at_once = S::default();
    for number in held {
        (acts.take)(&mut all_at_once, timeline, Holder::Entry(number as u32));
    }
    (stock, filling, all_at_once)
}

fn timeline() -> Timeline {
    let bodies: Vec<&str> = BODIES.iter().copied().cycle().take(40).collect();
    samples::timeline(&bodies)
}

#[test]
fn what_one_entry_says_is_put_in_place_bit_by_bit() {
    let body = "“We go home,” Ivo Orr said.\n\n".repeat(40);
    let timeline = samples::timeline(&[&body]);
    let mut voices = Voices::default();
    voices.take(&timeline, Holder::Entry(0));
    let mut filling = Filling::new(&mut voices);
    let mut counts = vec![0];
    let mut is_left = true;
    while is_left {
        is_left = filling.work(&mut voices, 10, |_| true);
        counts.push(filling.rows.mentions());
    }
    assert!(counts.windows(2).all(|pair| pair[1] <= pair[0] + 10), "{counts:?}");
    assert_eq!(counts.last(), Some(&40));
}

/// Half of all.
fn half(holder: Holder) -> bool {
    matches!(holder, Holder::Entry(row) if row % 3 != 1)
}

proptest! {
    #[test]
    fn when_nothing_is_left_speakers_are_those_of_all_that_is_taken_at_once(steps in steps()) {
        let acts = Acts { take: Voices::take, forget: Voices::forget };
        let (_, filling, all) = done(&timeline(), &steps, &acts, half);
        let rows: Vec<_> = filling.rows.from(0).map(|told| {
            let row = VoiceRow { told };
            (row.name().map(str::to_owned), row.quotes().copied().collect::<Vec<_>>())
        }).collect();
        let expected = all.only(|words| half(words.spot.holder));
        let expected: Vec<_> = expected.into_iter().map(|voice| (voice.name, voice.quotes)).collect();
        prop_assert_eq!(filling.rows.mentions(), expected.iter().map(|(_, quotes)| quotes.len()).sum::<usize>());
        prop_assert_eq!(rows, expected);
    }

    #[test]
    fn when_nothing_is_left_series_are_those_of_all_that_is_taken_at_once(steps in steps()) {
        let acts = Acts { take: Ledger::take, forget: Ledger::forget };
        let (ledger, filling, all) = done(&timeline(), &steps, &acts, half);
        let rows: Vec<_> = filling.rows.from(0).map(|told| {
            let row = SeriesRow { told, ledger: &ledger };
            let figures = (0..told.count()).filter_map(|index| told.get(index)).map(|kept| kept.figure);
            (row.label().to_owned(), figures.collect::<Vec<_>>(), row.steps(0).copied().collect::<Vec<_>>())
        }).collect();
        let expected: Vec<_> = all.only(half).into_iter().map(|series| {
            let steps = series.steps().copied().collect::<Vec<_>>();
            (series.label, series.figures, steps)
        }).collect();
        prop_assert_eq!(rows, expected);
    }
}
