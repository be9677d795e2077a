//! Finding: quotes with their speakers, and numbers, beside the `regex` crate that only counts runs of digits and quotation
//! marks in the same text.
//!
//! `cargo bench --bench finding`. Compare figures of one run with each other only: all finders together stay below eight
//! times `regex`.

use std::fmt::Write as _;

use divan::{Bencher, counter::BytesCount};
use liveblog::text::{numbers, quotes};
use regex::Regex;

fn main() {
    divan::main();
}

/// The sentences that the text is made of. In one of three stands a number, in one of four a quotation, as in live copy.
const SENTENCES: &[&str] = &[
    "The lower road along the estuary was still closed this morning, and the bus that runs there turned back at the mill.",
    "Residents who spent the night in the school hall began to go home before dawn.",
    "“We need boats, not promises,” Ines Calloway, who runs the ferry, told reporters outside the town hall.",
    "About 340 homes were without power at 6.40am, down from 1,200 on Tuesday, according to the network operator.",
    "The council has set aside £4.5m for the walls, 12 per cent more than last year.",
    "Nobody was hurt when the roof of the old market came down, the fire service said.",
    "The minister said the plan was “dead in the water” and promised another by the end of June.",
    "Forecasters expect the wind to turn to the north, which would push the water away from the harbour.",
    "Two of the three pumps at the lock failed during the storm and have not been replaced since.",
    "She thanked volunteers for what she called “a long night’s work”.",
    "There is no sign yet of the trawler that sent its last call from beyond the bar.",
    "Trains between the coast and the capital run again, though later than they should.",
];

/// An invented text of about a megabyte: paragraphs of a few sentences, no two the same.
fn prose() -> String {
    let mut text = String::new();
    for paragraph in 0..3500 {
        for place in 0..3 {
            text.push_str(SENTENCES[(paragraph * 5 + place * (1 + paragraph % 7)) % SENTENCES.len()]);
            text.push(' ');
        }
        let _ = write!(text, "This is note {paragraph} of the day.\n\n");
    }
    text
}

#[divan::bench]
fn quotes_and_speakers(bencher: Bencher<'_, '_>) {
    let text = prose();
    bencher.counter(BytesCount::of_str(&text)).bench(|| quotes::find(&text).len());
}

#[divan::bench]
fn all_numbers(bencher: Bencher<'_, '_>) {
    let text = prose();
    bencher.counter(BytesCount::of_str(&text)).bench(|| numbers::find(&text).len());
}

#[divan::bench]
fn all_finders(bencher: Bencher<'_, '_>) {
    let text = prose();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| quotes::find(&text).len() + numbers::find(&text).len());
}

#[divan::bench]
fn regex_counts_digits_and_marks(bencher: Bencher<'_, '_>) {
    let text = prose();
    let Ok(wanted) = Regex::new("[0-9]+|[\"'“”‘’«»„]") else { return };
    bencher.counter(BytesCount::of_str(&text)).bench(|| wanted.find_iter(&text).count());
}
