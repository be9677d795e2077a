//! Invented entries, as live copy has them: in one of three sentences stands a number, in one of four a quotation.

use chrono::{DateTime, TimeDelta, Utc};

/// The sentences that all texts are made of.
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

/// How many sentences a paragraph has.
const SENTENCES_IN_A_PARAGRAPH: usize = 2;

/// One invented entry.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub(crate) number: usize,
    pub(crate) time: DateTime<Utc>,
    pub(crate) headline: String,
    pub(crate) author: &'static str,
    pub(crate) paragraphs: [String; 2],
}

impl Told {
    /// Entry number `number`, a minute after the one before. No two have the same words.
    pub(crate) fn new(number: usize) -> Self {
        let author = ["Ana Ruiv", "Tove Aldous", "Piet Larkin"][number % 3];
        let first = paragraph(2 * number);
        let second = format!("{} This is note {number} of the day.", paragraph(2 * number + 1));
        Self {
            number,
            time: DateTime::<Utc>::default() + TimeDelta::minutes(29_000_000 + number as i64),
            headline: format!("Rung {number} of the ladder is mended"),
            author,
            paragraphs: [first, second],
        }
    }

    /// What identifies it.
    pub(crate) fn id(&self) -> String {
        format!("rung-{}", self.number)
    }

    /// When it was published, as most feeds write it.
    pub(crate) fn stamp(&self) -> String {
        self.time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    /// Its text, a blank line between paragraphs.
    pub(crate) fn text(&self) -> String {
        self.paragraphs.join("\n\n")
    }

    /// Its text as HTML, with a link, a character told by its name, and the second paragraph quoted.
    pub(crate) fn html(&self) -> String {
        let [first, second] = &self.paragraphs;
        format!(
            "<p>{first} <a href=\"https://bay.example/boats\">Boats &amp; ferries</a></p>\n<blockquote><p>{second}</p></blockquote>"
        )
    }
}

/// Paragraph number `number`.
fn paragraph(number: usize) -> String {
    let pick = |place: usize| SENTENCES[(number * 5 + place * (1 + number % 7)) % SENTENCES.len()];
    (0..SENTENCES_IN_A_PARAGRAPH).map(pick).collect::<Vec<_>>().join(" ")
}

/// The first `count` entries.
pub(crate) fn oldest_first(count: usize) -> Vec<Told> {
    (0..count).map(Told::new).collect()
}

/// The first `count` entries, the newest of them first.
pub(crate) fn newest_first(count: usize) -> Vec<Told> {
    (0..count).rev().map(Told::new).collect()
}

/// The first `count` entries in an order that says nothing, the same each time.
pub(crate) fn shuffled(count: usize) -> Vec<Told> {
    let mut entries = oldest_first(count);
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for place in (1..entries.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        entries.swap(place, (state % (place as u64 + 1)) as usize);
    }
    entries
}

/// The texts of so many entries, as one text.
pub(crate) fn prose(count: usize) -> String {
    (0..count).map(|number| Told::new(number).text()).collect::<Vec<_>>().join("\n\n")
}
