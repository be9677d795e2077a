//! Whole documents of every format, saved again over themselves: what is new, revised or gone comes out once.

use std::{fs, path::Path, thread};

use liveblog::{
    feed::{FORMATS, Format, Reader as FormatReader, named},
    model::{Coverage, Kinds, Packer, Status, Timeline},
};
use serde_json::Value;

use crate::reader::{Reader, context, options, place, replace, write};

/// A feed of JSON Feed, which has no sample of its own.
const JSON_FEED: &str = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Weir","items":[
    {"id":"w2","content_text":"The second gate is opened halfway.","date_published":"2025-06-01T11:00:00Z"},
    {"id":"w1","content_text":"The river stands four metres high.","date_published":"2025-06-01T10:00:00Z"},
    {"id":"w0","content_text":"Good morning from the weir.","date_published":"2025-06-01T09:00:00Z"}]}"#;

/// A page that tells each entry once, as the sample of pages does not.
const PAGE: &str = "<html><head><title>Weir</title></head><body><h1>Weir</h1>\
    <article id=w3><time datetime='2025-06-01T12:00:00Z'>12:00</time>\
       <p>The third gate is opened, and the water leaves the meadows by the old mill, which was built in 1840.</p></article>\
    <article id=w2><time datetime='2025-06-01T11:00:00Z'>11:00</time>\
       <p>The second one follows at noon, when everybody who lives by the lower bank has been asked to leave.</p></article>\
    <article id=w1><time datetime='2025-06-01T10:00:00Z'>10:00</time>\
       <p>The river stands four metres high at the bridge, and the first gate is opened halfway by hand.</p></article>\
    <article id=w0><time datetime='2025-06-01T09:00:00Z'>09:00</time>\
       <p>Good morning from the weir, where it has rained since midnight and the keeper has not slept.</p></article></body></html>";

/// What an entry of a document that is no JSON begins with.
const OPENINGS: [&str; 3] = ["<item>", "<article", "### "];

/// What a server says that is out of order.
const FAULT: &str = "<html><head><title>502 Bad Gateway</title></head><body>error</body></html>";

#[test]
fn bytes_that_are_no_liveblog_change_nothing_and_are_told() {
    let place = place();
    for (name, text) in [("page", PAGE), ("feed", JSON_FEED)] {
        write(&place.path, text);
        let mut reader = Reader::of_file(&place.path, &options(true));
        reader.until("following", |reader| reader.status == Some(Status::Following));
        let (count, title) = (reader.ids().len(), reader.timeline.blog(0).unwrap().title.clone());
        write(&place.path, FAULT);
        reader.until("lost", |reader| matches!(reader.status, Some(Status::Lost(_))));
        assert_eq!((reader.ids().len(), &reader.timeline.blog(0).unwrap().title), (count, &title), "{name}");
        assert_eq!(reader.timeline.problems().count(), 0, "{name}");
        write(&place.path, &text.replacen("Weir", "Weirs", 1));
        reader.until("following", |reader| reader.status == Some(Status::Following));
    }
}

/// An entry as far as it matters here.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Told {
    id: String,
    words: String,
    /// Whether an older one in the document proper says that its absence means something.
    may_go: bool,
}

/// The entries in `text`, the oldest first.
fn entries(format: &'static Format, text: &str) -> Vec<Told> {
    let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
    format.read_whole(text.as_bytes(), &context(), &mut packer);
    let reading = packer.take(Coverage::Window, true);
    let is_window = reading.coverage == Coverage::Window;
    timeline.merge(reading);
    let rows = timeline.order().iter().filter(|row| !timeline.is_removed(**row));
    let mut may_go = false;
    let told = rows.map(|row| timeline.entry(*row).unwrap()).map(|entry| {
        let told = Told { id: entry.id().to_owned(), words: entry.body().text().to_owned(), may_go };
        may_go |= is_window && !entry.kinds().contains(Kinds::PINNED);
        told
    });
    told.collect()
}

/// Those of `one` that `other` lacks.
fn lacking<'a>(one: &'a [Told], other: &[Told]) -> Vec<&'a Told> {
    let is_in_other =
        |told: &&Told| other.iter().any(|other| (&other.id, &other.words) == (&told.id, &told.words));
    one.iter().filter(|told| !is_in_other(told)).collect()
}

/// `text` with one part left out, for each part that may be an entry.
fn shorter(text: &str) -> Vec<String> {
    if let Ok(value) = serde_json::from_str::<Value>(text) {
        let mut pointers = Vec::new();
        elements(&value, "", &mut pointers);
        return pointers
            .iter()
            .map(|(list, index)| {
                let mut value = value.clone();
                value.pointer_mut(list).and_then(Value::as_array_mut).unwrap().remove(*index);
                value.to_string()
            })
            .collect();
    }
    let between = |opening: &&str| {
        let starts: Vec<usize> = text.match_indices(*opening).map(|(at, _)| at).collect();
        starts.windows(2).map(|pair| [&text[..pair[0]], &text[pair[1]..]].concat()).collect::<Vec<_>>()
    };
    OPENINGS.iter().flat_map(between).collect()
}

/// Where the elements of all arrays in `value` stand.
fn elements(value: &Value, at: &str, found: &mut Vec<(String, usize)>) {
    match value {
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                found.push((at.to_owned(), index));
                elements(value, &format!("{at}/{index}"), found);
            }
        }
        Value::Object(map) => {
            map.iter().for_each(|(key, value)| elements(value, &format!("{at}/{key}"), found));
        }
        _ => {}
    }
}

/// The document with one entry less, and that entry.
fn without_one(format: &'static Format, text: &str) -> Option<(String, Told)> {
    let all = entries(format, text);
    let less = shorter(text).into_iter().filter_map(|shorter| {
        let rest = entries(format, &shorter);
        let missing = lacking(&all, &rest);
        (missing.len() == 1 && rest.len() + 1 == all.len()).then(|| (shorter, missing[0].clone()))
    });
    less.max_by_key(|(_, told)| told.may_go)
}

/// The document with a word of one entry changed, and the id of that entry.
fn with_other_words(format: &'static Format, text: &str) -> Option<(String, String)> {
    let all = entries(format, text);
    all.iter().find_map(|told| {
        let mut words =
            told.words.split(|char: char| !char.is_ascii_lowercase()).filter(|word| word.len() > 4);
        let word = words.find(|word| text.matches(word).count() == 1)?;
        let other = text.replace(word, "otherwise");
        let changed = entries(format, &other);
        let is_one = changed.len() == all.len() && lacking(&all, &changed).len() == 1;
        (is_one && changed.iter().any(|other| other.id == told.id)).then(|| (other, told.id.clone()))
    })
}

fn samples() -> Vec<(&'static Format, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_feeds");
    let documents = FORMATS.iter().filter(|format| matches!(format.reader, FormatReader::Document(_)));
    let mut samples: Vec<(&Format, String)> =
        documents.map(|format| (format, fs::read_to_string(folder.join(format.sample)).unwrap())).collect();
    samples.retain(|(format, _)| format.name != "html");
    samples.extend(
        [("rss", JSON_FEED), ("html", PAGE)].map(|(name, text)| (named(name).unwrap(), text.to_owned())),
    );
    samples
}

#[test]
fn in_documents_of_every_format_what_is_new_revised_or_gone_comes_out_once() {
    thread::scope(|scope| {
        for (format, whole) in samples() {
            scope.spawn(move || follow(format, &whole));
        }
    });
}

/// Follows a document that at first lacks an entry, then has it, then has other words, and may lose the entry again.
fn follow(format: &'static Format, whole: &str) {
    let name = format.name;
    let (less, told) =
        without_one(format, whole).unwrap_or_else(|| panic!("{name}: no entry can be left out"));
    let (other, revised) =
        with_other_words(format, whole).unwrap_or_else(|| panic!("{name}: no word can be changed"));
    let place = place();
    write(&place.path, &less);
    let mut reader = Reader::of_file(&place.path, &options(true));
    let count = entries(format, whole).len();
    reader.until("the first", |reader| reader.ids().len() == count - 1);
    write(&place.path, whole);
    reader.until("the new one", |reader| reader.ids().len() == count);
    replace(&place.path, &other);
    reader.until("the revision", |reader| !reader.revised.is_empty());
    if told.may_go {
        replace(&place.path, &less);
        reader.until("the end", |reader| reader.ids().len() == count - 1);
        assert_eq!(reader.removed, [told.id.as_str()], "{name}");
    }
    assert_eq!((reader.added.len(), reader.added.last()), (count, Some(&told.id)), "{name}");
    assert!(reader.revised.iter().all(|id| *id == revised), "{name}: {:?}", reader.revised);
}
