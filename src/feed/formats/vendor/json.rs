//! A JSON text that is walked without being built, and how much the beginning of one looks like a format.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use memchr::memmem;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Value, value::RawValue};

use crate::{feed::Likeness, feed::formats::jsonl::repair, model::Packer};

/// The most objects and arrays of one entry: each costs far more memory than text.
const PARTS: usize = 100_000;

/// Bytes between two counts of lines.
const STEP: usize = 4096;

/// A whole JSON text, mended where it was nearly right.
#[derive(Debug)]
pub(crate) struct Text<'a> {
    text: Cow<'a, str>,
    /// Line ends before every 4096th byte.
    steps: Vec<u64>,
}

impl<'a> Text<'a> {
    /// The JSON in `bytes`; what was wrong with it is told to `packer`.
    pub(crate) fn new(bytes: &'a [u8], packer: &mut Packer) -> Option<Self> {
        let text = String::from_utf8_lossy(bytes);
        let Err(error) = serde_json::from_str::<IgnoredAny>(without_mark(&text)) else {
            return Some(Self::counted(text));
        };
        if let Some(array) = array_of_lines(&text) {
            return Some(Self::counted(Cow::Owned(array)));
        }
        let line = Some(error.line() as u64);
        let mended = repair::repair(&text);
        if serde_json::from_str::<IgnoredAny>(without_mark(&mended)).is_err() {
            packer.unreadable(line, &format!("not JSON: {error}"));
            return None;
        }
        packer.problem(line, "not quite JSON; mended");
        Some(Self::counted(Cow::Owned(mended)))
    }

    fn counted(text: Cow<'a, str>) -> Self {
        let mut count = 0;
        let counts = text.as_bytes().chunks(STEP).map(|chunk| {
            let before = count;
            count += line_ends(chunk);
            before
        });
        Self { steps: counts.collect(), text }
    }

    /// What the text consists of.
    pub(crate) fn root(&self) -> Option<Node<'_>> {
        Node::parse(&self.text)
    }

    /// The byte offset of `node`, which must be of this text.
    pub(crate) fn offset(&self, node: Node<'_>) -> usize {
        (node.0.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)
    }

    /// The line that the byte at `offset` is in, from 1.
    pub(crate) fn line(&self, offset: usize) -> u64 {
        let step = offset / STEP;
        let rest = self.text.as_bytes().get(step * STEP..offset).unwrap_or_default();
        self.steps.get(step).copied().unwrap_or_default() + line_ends(rest) + 1
    }
}

fn line_ends(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

/// A value within a JSON text, as it is written there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node<'a>(&'a RawValue);

impl<'a> Node<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        serde_json::from_str(without_mark(text)).ok().map(Self)
    }

    /// The values of an object by their keys; of a key that is told twice, the last.
    pub(crate) fn object(self) -> BTreeMap<Cow<'a, str>, Node<'a>> {
        let object = serde_json::from_str::<BTreeMap<Cow<'a, str>, &'a RawValue>>(self.0.get());
        object.unwrap_or_default().into_iter().map(|(key, raw)| (key, Node(raw))).collect()
    }

    /// The values of an object, of which several will be asked for.
    pub(crate) fn fields(self) -> Fields<'a> {
        Fields(self.object())
    }

    /// The items of an array; none when it is no array.
    pub(crate) fn items(self) -> Vec<Node<'a>> {
        let items = serde_json::from_str::<Vec<&'a RawValue>>(self.0.get()).unwrap_or_default();
        items.into_iter().map(Node).collect()
    }

    /// Whether this is an array.
    pub(crate) fn is_array(self) -> bool {
        self.0.get().starts_with('[')
    }

    /// What stands at the end of a path of keys, unless that is null.
    pub(crate) fn at(self, path: &[&str]) -> Option<Node<'a>> {
        let found = path.iter().try_fold(self, |node, key| node.find(key));
        found.filter(|node| node.0.get() != "null")
    }

    /// The value of one key of an object; of several under it, the last.
    fn find(self, key: &str) -> Option<Node<'a>> {
        let mut deserializer = serde_json::Deserializer::from_str(self.0.get());
        deserializer.deserialize_map(Find(key)).ok().flatten().map(Node)
    }

    /// The items of the array at the end of a path of keys.
    pub(crate) fn list(self, path: &[&str]) -> Vec<Node<'a>> {
        self.at(path).map(Node::items).unwrap_or_default()
    }

    /// Whether this is an object that has all of `keys`.
    pub(crate) fn has(self, keys: &[&str]) -> bool {
        keys.iter().all(|key| self.find(key).is_some())
    }

    /// This as a value, or why it cannot be one: it is nested too deeply, or consists of too many parts.
    pub(crate) fn value(self) -> Result<Value, String> {
        let text = self.0.get();
        if memchr::memchr2_iter(b'{', b'[', text.as_bytes()).nth(PARTS).is_some() {
            return Err(format!("more than {PARTS} parts"));
        }
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    /// The value at the end of a path of keys; null when nothing stands there.
    pub(crate) fn value_at(self, path: &[&str]) -> Value {
        self.at(path).and_then(|node| node.value().ok()).unwrap_or_default()
    }
}

/// The values of an object, found in one pass. For what is told beside a list of entries: every look at a [`Node`] reads
/// past that list again.
#[derive(Debug)]
pub(crate) struct Fields<'a>(BTreeMap<Cow<'a, str>, Node<'a>>);

impl Fields<'_> {
    /// The value at the end of a path of keys; null when nothing stands there.
    pub(crate) fn value_at(&self, path: &[&str]) -> Value {
        let Some((key, rest)) = path.split_first() else { return Value::Null };
        self.0.get(*key).map(|node| node.value_at(rest)).unwrap_or_default()
    }
}

/// Looks for the value of one key without keeping the others.
struct Find<'k>(&'k str);

impl<'de> Visitor<'de> for Find<'_> {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(is_it) = map.next_key_seed(Is(self.0))? {
            if is_it {
                found = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

/// Whether a key is the one that is looked for.
struct Is<'k>(&'k str);

impl<'de> DeserializeSeed<'de> for Is<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Is<'_> {
    type Value = bool;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<bool, E> {
        Ok(key == self.0)
    }
}

/// Rates a text whose keys are `telling`, one of each row, wherever they stand in it: likely when all of them are seen,
/// and sure when `is_it` agrees about the whole.
pub(crate) fn rate(
    head: &str,
    is_all: bool,
    telling: &[&[&str]],
    is_it: impl Fn(Node<'_>) -> bool,
) -> Likeness {
    if !head.trim_start().starts_with(['{', '[']) {
        return Likeness::No;
    }
    let is_seen = |key: &&str| memmem::find(head.as_bytes(), key.as_bytes()).is_some();
    let is_told = telling.iter().all(|row| row.iter().any(is_seen));
    match (is_told, is_all) {
        (true, true) if is_whole(head, is_it) => Likeness::Sure,
        (_, true) => Likeness::No,
        (true, false) => Likeness::Likely,
        (false, false) => Likeness::Unsure,
    }
}

fn is_whole(text: &str, is_it: impl Fn(Node<'_>) -> bool) -> bool {
    if let Some(root) = Node::parse(text) {
        return is_it(root);
    }
    let mended = array_of_lines(text).unwrap_or_else(|| repair::repair(text));
    Node::parse(&mended).is_some_and(is_it)
}

/// Several values, one after the other, as one array of them; every line stays the line it was.
fn array_of_lines(text: &str) -> Option<String> {
    let text = without_mark(text);
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    let (mut array, mut taken) = (String::from("["), 0);
    while let Some(value) = values.next() {
        value.ok()?;
        let end = values.byte_offset();
        if taken > 0 {
            array.push(',');
        }
        array.push_str(text.get(taken..end)?);
        taken = end;
    }
    array.push(']');
    (taken > 0).then_some(array)
}

fn without_mark(text: &str) -> &str {
    text.trim_start_matches('\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_walked_by_key() {
        let text = "\u{feff}{\"a\": {\"b\": [1, {\"c\": null}]}, \"d\": 5}";
        let root = Node::parse(text).unwrap();
        assert_eq!(root.list(&["a", "b"]).len(), 2);
        assert!(root.list(&["a", "b"])[1].at(&["c"]).is_none());
        assert!(root.at(&["a", "x", "y"]).is_none());
        assert!(root.at(&["d", "e"]).is_none());
        assert!(root.has(&["a", "d"]) && !root.has(&["b"]));
        assert_eq!(root.value_at(&["d"]), 5);
    }

    #[test]
    fn fields_are_what_is_found_one_by_one() {
        let text = "{\"a\": {\"b\": 1}, \"c\": null, \"d\": 5, \"\\u0064\": 6}";
        let root = Node::parse(text).unwrap();
        let fields = root.fields();
        for path in [&["a", "b"][..], &["a"], &["a", "x"], &["c"], &["d"], &["x"]] {
            assert_eq!(fields.value_at(path), root.value_at(path), "{path:?}");
        }
        assert_eq!(fields.value_at(&["a", "b"]), 1);
    }

    #[test]
    fn a_key_told_twice_tells_what_it_told_last() {
        let root = Node::parse("{\"a\": 1, \"\\u0061\": 2}").unwrap();
        assert_eq!(root.value_at(&["a"]), 2);
    }

    #[test]
    fn what_consists_of_too_many_parts_is_no_value() {
        let text = format!("[{}0]", "[],".repeat(PARTS));
        assert!(Node::parse(&text).unwrap().value().unwrap_err().starts_with("more than"));
    }

    #[test]
    fn lines_are_counted_from_one() {
        let text = format!("[{}{{}}]", "\n".repeat(5000));
        let text = Text::new(text.as_bytes(), &mut Packer::new(0)).unwrap();
        let node = text.root().unwrap().items()[0];
        assert_eq!(text.line(text.offset(node)), 5001);
        assert_eq!(text.line(0), 1);
    }

    #[test]
    fn values_one_after_the_other_are_an_array() {
        let lines = "{\"a\": 1}\n\n{\"a\": 2}\n";
        let text = Text::new(lines.as_bytes(), &mut Packer::new(0)).unwrap();
        let items = text.root().unwrap().items();
        assert_eq!(items.len(), 2);
        assert_eq!(text.line(text.offset(items[1])), 3);
        assert_eq!(array_of_lines("{} {"), None);
        assert_eq!(array_of_lines(""), None);
    }

    #[test]
    fn the_beginning_is_likely_and_the_whole_is_sure() {
        let telling: &[&[&str]] = &[&["\"a\"", "\"b\""], &["\"c\""]];
        let rate = |head: &str, is_all| rate(head, is_all, telling, |root| root.has(&["b"]));
        assert_eq!(rate("{\"b\": {\"c\": [", false), Likeness::Likely);
        assert_eq!(rate("{\"b\": {\"c\": []}}", true), Likeness::Sure);
        assert_eq!(rate("{\"b\": {\"c\": [\"a\u{1}\"]}}", true), Likeness::Sure);
        assert_eq!(rate("{\"a\": {\"c\": []}}", true), Likeness::No);
        assert_eq!(rate("{\"b\": {\"c\": [", true), Likeness::No);
        assert_eq!(rate("{\"b\": ", false), Likeness::Unsure);
        assert_eq!(rate("b c", false), Likeness::No);
    }
}
