//! What printing while following promises, through the real writer of JSON Lines.

use std::collections::HashMap;

use clap::Parser as _;
use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::{
    cli::{
        args::Args,
        options::{self, Run},
    },
    feed::{self, formats::jsonl::write::EntryLine},
    model::{Coverage, Draft, Packer, Precision, Stamp, Status},
};

/// What is printed of these many sources with these options.
fn printing(sources: usize, options: &[&str]) -> Print {
    let names = (0..sources).map(|source| format!("{source}.jsonl"));
    let fixed = ["liveblog", "-f", "-o", "jsonl"].into_iter().chain(options.iter().copied());
    let args = Args::try_parse_from(fixed.map(str::to_owned).chain(names)).expect("they are options");
    match options::run(&args) {
        Ok(Run::Print(print)) => print,
        other => panic!("{other:?}"),
    }
}

fn printer(print: &Print) -> Printer<'_, Vec<u8>> {
    Printer::new(print, Box::new(json::Lines), Vec::new())
}

/// An entry of these tests: id, minute, words.
type Said = (u8, i64, &'static str);

/// A look at `source` that shows `said` and takes down `removed`. An entry whose words end with dots is open.
fn look(source: SourceId, said: &[Said], removed: &[u8], coverage: Coverage) -> Reading {
    look_from(0, source, said, removed, coverage)
}

/// The same of what stands at `position` and behind it.
fn look_from(position: i64, source: SourceId, said: &[Said], removed: &[u8], coverage: Coverage) -> Reading {
    let (mut packer, mut draft) = (Packer::new(source), Draft::default());
    packer.begin();
    for (index, (id, minute, words)) in said.iter().enumerate() {
        draft.clear();
        draft.id.set(&format!("e{id}"));
        let time = chrono::DateTime::from_timestamp(1_700_000_000 + 60 * minute, 0);
        draft.published = time.and_then(|time| Stamp::new(time.fixed_offset(), Precision::Minute));
        draft.body.set(words);
        draft.is_open = words.ends_with("...");
        draft.position = position + index as i64;
        packer.entry(&mut draft);
    }
    let removed = removed.iter().map(|id| Line::new(&format!("e{id}"))).collect();
    Reading { removed, ..packer.take(coverage, true) }
}

impl Printer<'_, Vec<u8>> {
    fn hear(&mut self, heard: Heard) {
        assert!(self.heard(heard).is_continue());
    }

    fn read(&mut self, reading: Reading) {
        self.hear(Heard::News(News::Reading(reading)));
    }

    /// What came last of a log, which goes on.
    fn read_on(&mut self, said: &[Said]) {
        let position = self.timeline.row_count() as i64;
        let more = look_from(position, 0, said, &[], Coverage::Delta);
        self.read(Reading { begins: false, ..more });
    }

    fn waits(&mut self, source: SourceId) {
        self.hear(Heard::News(News::Status(source, Status::Waiting(Line::new("nothing is there")))));
    }

    /// The lines that were printed since they were asked for last.
    fn take(&mut self) -> Vec<Value> {
        let printed = String::from_utf8(std::mem::take(&mut self.out)).expect("it is text");
        printed.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
    }

    /// The same in short, without blogs: `e1 words`, `-e1`.
    fn told(&mut self) -> Vec<String> {
        let lines = self.take().into_iter().filter(|line| line["type"] != "blog");
        let short = |line: Value| {
            let id = line["id"].as_str().unwrap_or_default().to_owned();
            if line["type"] == "removed" {
                format!("-{id}")
            } else {
                format!("{id} {}", line["body"].as_str().unwrap_or_default())
            }
        };
        lines.map(short).collect()
    }
}

#[test]
fn what_comes_back_changed_is_printed_once_as_it_is_now() {
    let print = printing(1, &[]);
    let mut printer = printer(&print);
    let all = [(1, 10, "one"), (2, 20, "two"), (3, 30, "three")];
    printer.read(look(0, &all, &[], Coverage::Window));
    printer.read(look(0, &[all[0], all[2]], &[], Coverage::Window));
    assert_eq!(printer.told(), ["e1 one", "e2 two", "e3 three", "-e2"]);
    printer.read(look(0, &[all[0], (2, 20, "two, mended"), all[2]], &[], Coverage::Window));
    assert_eq!(printer.told(), ["e2 two, mended"]);
    printer.read(look(0, &[all[0], all[2]], &[], Coverage::Window));
    printer.read(look(0, &[all[0], (2, 20, "two, mended"), all[2]], &[], Coverage::Window));
    assert_eq!(printer.told(), ["-e2", "e2 two, mended"]);
}

#[test]
fn an_entry_that_ends_is_printed_before_those_that_follow_it() {
    let print = printing(1, &[]);
    let mut printer = printer(&print);
    printer.read(look(0, &[(1, 10, "one"), (2, 20, "two...")], &[], Coverage::Delta));
    assert_eq!(printer.told(), ["e1 one"]);
    printer.read_on(&[(2, 20, "two"), (3, 30, "three"), (4, 40, "four...")]);
    assert_eq!(printer.told(), ["e2 two", "e3 three"]);
    printer.read_on(&[(4, 40, "four"), (0, 5, "late"), (5, 50, "five...")]);
    assert_eq!(printer.told(), ["e0 late", "e4 four"]);
}

#[test]
fn what_is_read_again_up_to_an_end_that_is_not_certain_is_not_printed_again() {
    let print = printing(1, &[]);
    let mut printer = printer(&print);
    printer.read(look(0, &[(1, 10, "one"), (2, 20, "two")], &[], Coverage::Delta));
    assert_eq!(printer.told(), ["e1 one", "e2 two"]);
    for (words, told) in [("two", None), ("two and more", Some("e2 two and more"))] {
        printer.read(look(0, &[(1, 10, "one"), (2, 20, "two...")], &[], Coverage::Delta));
        assert!(printer.told().is_empty());
        printer.read_on(&[(2, 20, words)]);
        assert_eq!(printer.told(), Vec::from_iter(told));
    }
}

#[test]
fn what_comes_to_a_source_that_held_nothing_is_new() {
    let print = printing(2, &["--view", "new"]);
    let mut printer = printer(&print);
    printer.waits(0);
    printer.read(look(0, &[(1, 10, "one")], &[], Coverage::Window));
    printer.read(look(1, &[(1, 20, "what was there")], &[], Coverage::Window));
    assert_eq!(printer.told(), ["e1 one"]);
    printer.read(look(1, &[(1, 20, "what was there"), (2, 30, "two")], &[], Coverage::Window));
    assert_eq!(printer.told(), ["e2 two"]);
}

#[test]
fn what_a_source_held_at_first_is_not_new_however_late_it_comes() {
    let print = printing(2, &["--view", "new"]);
    let mut printer = printer(&print);
    printer.read(look(0, &[(1, 10, "there")], &[], Coverage::Window));
    printer.hear(Heard::Enough);
    printer.read(look(0, &[(1, 10, "there"), (2, 20, "new")], &[], Coverage::Window));
    assert_eq!(printer.told(), ["e2 new"], "it waits for the other no longer");
    printer.read(look(1, &[(1, 15, "there, too")], &[], Coverage::Window));
    printer.read(look(1, &[(1, 15, "there, too"), (2, 30, "new, too")], &[], Coverage::Window));
    assert_eq!(printer.told(), ["e2 new, too"]);
}

#[test]
fn what_was_left_out_for_the_limit_stays_out_and_what_is_new_does_not() {
    let print = printing(1, &["--limit", "2"]);
    let mut printer = printer(&print);
    let all = [(1, 10, "one"), (2, 20, "two"), (3, 30, "three"), (4, 40, "four")];
    printer.read(look(0, &all, &[], Coverage::Window));
    assert_eq!(printer.told(), ["e3 three", "e4 four"]);
    printer.read(look(0, &[(1, 10, "one, mended"), all[2], all[3]], &[], Coverage::Window));
    printer.read(look(0, &[(1, 10, "one, mended"), (2, 20, "back"), all[2], all[3]], &[], Coverage::Window));
    assert!(printer.told().is_empty(), "revised, taken down and brought back");
    let again = [(5, 12, "late"), (3, 30, "three, mended"), (4, 40, "four"), (6, 60, "six")];
    printer.read(look(0, &again, &[], Coverage::Delta));
    assert_eq!(printer.told(), ["e5 late", "e3 three, mended", "e6 six"]);
}

/// Something that is heard of sources.
#[derive(Debug, Clone)]
enum Step {
    Look { source: SourceId, said: Vec<Said>, removed: Vec<u8>, coverage: Coverage, size: usize },
    Waits(SourceId),
    Enough,
}

/// What is heard of so many sources.
fn steps(sources: SourceId) -> impl Strategy<Value = Vec<Step>> {
    let words = prop::sample::select(vec!["a", "b", "c"]);
    let said = prop::collection::vec((0u8..5, 0i64..4, words), 0..7);
    let removed = prop::collection::vec(0u8..5, 0..2);
    let coverage = prop::sample::select(vec![Coverage::Window, Coverage::Whole, Coverage::Delta]);
    let look = (0..sources, said, removed, coverage, 1usize..200).prop_map(
        |(source, said, removed, coverage, size)| Step::Look { source, said, removed, coverage, size },
    );
    let step = prop_oneof![12 => look, 1 => (0..sources).prop_map(Step::Waits), 1 => Just(Step::Enough)];
    prop::collection::vec(step, 1..12)
}

/// What was printed last of each entry, by source and id: it, or that it was taken down.
type Last = HashMap<(u64, String), Option<Value>>;

/// Takes in the lines that came of one merge; they are in order, and each has its reason.
fn take_in(last: &mut Last, printer: &mut Printer<'_, Vec<u8>>) -> Result<(), TestCaseError> {
    let mut indexes = Vec::new();
    for line in printer.take() {
        if line["type"] == "blog" {
            continue;
        }
        let source = line["source"].as_u64().unwrap_or_default();
        let id = line["id"].as_str().unwrap_or_default().to_owned();
        let row = printer.timeline.row_of(source as SourceId, &id);
        let before = last.get(&(source, id.clone())).cloned().flatten();
        let now = if line["type"] == "removed" {
            prop_assert!(before.is_some(), "{line}: what is taken down stood there");
            None
        } else {
            prop_assert!(before.as_ref() != Some(&line), "{line}: it stood there already");
            indexes.push(row.and_then(|row| printer.timeline.index_of(row)));
            Some(line)
        };
        last.insert((source, id), now);
    }
    prop_assert!(indexes.is_sorted(), "they are in the order of the timeline: {indexes:?}");
    Ok(())
}

/// Whether what was printed last of each entry is what the timeline says of it, as far as its source is printed.
fn is_as_told(last: &Last, printer: &Printer<'_, Vec<u8>>) -> Result<(), TestCaseError> {
    let timeline = &printer.timeline;
    let mut count = 0;
    for (row, entry) in timeline.order().iter().filter_map(|row| Some((*row, timeline.entry(*row)?))) {
        if !printer.sources.is_open(entry.source()) {
            continue;
        }
        let stands = last.get(&(u64::from(entry.source()), entry.id().to_owned())).cloned().flatten();
        let said = serde_json::to_value(EntryLine::new(entry)).expect("it is JSON");
        let said = (!timeline.is_removed(row)).then_some(said);
        count += usize::from(said.is_some());
        prop_assert_eq!(stands, said);
    }
    prop_assert_eq!(last.values().flatten().count(), count);
    Ok(())
}

impl Printer<'_, Vec<u8>> {
    /// Lets it hear `step`, with `heard` after each part of it.
    fn step(
        &mut self,
        step: Step,
        mut heard: impl FnMut(&mut Self) -> Result<(), TestCaseError>,
    ) -> Result<(), TestCaseError> {
        match step {
            Step::Look { source, said, removed, coverage, size } => {
                let pieces = look(source, &said, &removed, coverage).in_pieces(size);
                return pieces.into_iter().try_for_each(|piece| {
                    self.read(piece);
                    heard(self)
                });
            }
            Step::Waits(source) => self.waits(source),
            Step::Enough => self.hear(Heard::Enough),
        }
        heard(self)
    }
}

/// The entries that stand in `timeline`, in order.
fn standing(timeline: &Timeline) -> Vec<Value> {
    let rows = timeline.order().iter().filter(|row| !timeline.is_removed(**row));
    let entries = rows.filter_map(|row| timeline.entry(*row));
    entries.map(|entry| serde_json::to_value(EntryLine::new(entry)).expect("it is JSON")).collect()
}

proptest! {
    #[test]
    fn what_was_printed_last_of_each_entry_is_what_the_timeline_says(steps in steps(2)) {
        let print = printing(2, &[]);
        let mut printer = printer(&print);
        let mut last = Last::new();
        for step in steps {
            printer.step(step, |printer| {
                take_in(&mut last, printer)?;
                if printer.is_open { is_as_told(&last, printer) } else { Ok(()) }
            })?;
        }
    }

    #[test]
    fn what_was_printed_while_following_reads_back_as_what_the_timeline_says(steps in steps(1)) {
        let print = printing(1, &[]);
        let mut printer = printer(&print);
        for step in steps {
            printer.step(step, |_| Ok(()))?;
        }
        let (mut again, mut packer) = (Timeline::default(), Packer::new(0));
        let jsonl = feed::named("jsonl").expect("it is a format");
        jsonl.read_whole(&printer.out, &print.common.source.context, &mut packer);
        again.merge(packer.take(Coverage::Delta, true));
        // What stands at one moment stands in the order in which it came.
        let sorted = |timeline: &Timeline| {
            let mut entries = standing(timeline);
            entries.sort_by_key(|entry| entry["id"].to_string());
            entries
        };
        prop_assert_eq!(sorted(&again), sorted(&printer.timeline));
    }
}
