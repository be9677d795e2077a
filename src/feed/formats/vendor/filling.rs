//! Fills drafts from the entries of a list and packs them, each with its place, its line and what was wrong with it.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::{
    feed::Context,
    model::{Draft, Kinds, Packer, Stamp},
    text::{line::Line, link::Link},
};

use super::{Body, Node, Text, value};

/// What becomes of an entry as a vendor tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It is shown.
    Shown,
    /// It was taken down.
    Removed,
    /// It is not for readers: a draft, an advertisement.
    Left,
    /// It is no entry, which is a problem.
    Unreadable,
}

/// A draft while it is filled.
#[derive(Debug)]
pub(crate) struct Filling<'a> {
    pub(crate) draft: &'a mut Draft,
    pub(crate) context: &'a Context,
    /// What was wrong with values of this entry.
    faults: Vec<String>,
}

impl Filling<'_> {
    /// Sets the id.
    pub(crate) fn id(&mut self, value: &Value) {
        self.draft.id = value::id(value);
    }

    /// Sets the time of publication: the first of `values` that is one.
    pub(crate) fn published(&mut self, values: &[&Value]) {
        let told = values.iter().find(|value| !value.is_null() && value.as_str() != Some(""));
        if let Some(told) = told {
            self.draft.written = value::id(told).to_string();
        }
        self.draft.published = values.iter().find_map(|value| value::moment(value, self.context));
        if let (None, Some(told)) = (self.draft.published, told) {
            let told: String = told.to_string().chars().take(40).collect();
            self.faults.push(format!("{told} is no time; the entry has none"));
        }
    }

    /// Sets the time of revision, which is one only when it is later than publication.
    pub(crate) fn revised(&mut self, value: &Value) {
        let millis = self.draft.published.map(Stamp::millis);
        let revised = value::moment(value, self.context);
        self.draft.revised = revised.filter(|stamp| millis.is_some_and(|millis| stamp.millis() > millis));
    }

    /// Sets the headline.
    pub(crate) fn headline(&mut self, value: &Value) {
        self.draft.headline.set(value::text(value));
    }

    /// Adds an author, once.
    pub(crate) fn author(&mut self, name: &str) {
        let name = Line::new(name);
        if !name.is_empty() && !self.draft.authors.contains(&name) {
            self.draft.authors.push(name);
        }
    }

    /// Adds a kind when `is_set`.
    pub(crate) fn kind(&mut self, kind: Kinds, is_set: bool) {
        if is_set {
            self.draft.kinds |= kind;
        }
    }

    /// Sets the address of the entry.
    pub(crate) fn link(&mut self, link: Option<Link>) {
        self.draft.link = link;
    }

    /// Sets body and media. An entry that says nothing at all is told as such by its fate.
    pub(crate) fn body(&mut self, body: Body) -> Fate {
        body.finish(self.draft);
        let draft = &self.draft;
        let says_nothing =
            draft.body.as_ref().is_empty() && draft.headline.is_empty() && draft.media.is_empty();
        if says_nothing && draft.published.is_none() { Fate::Unreadable } else { Fate::Shown }
    }
}

/// One pass over the entries of a text. An entry that was packed already, by its id, is not packed again.
#[derive(Debug)]
pub(crate) struct Pass<'a> {
    text: &'a Text<'a>,
    context: &'a Context,
    packed: HashSet<Line>,
    /// How many entries were told: their place is the order they are told in, which need not be that of the text.
    told: i64,
}

impl<'a> Pass<'a> {
    /// A pass over the entries of `text`.
    pub(crate) fn new(text: &'a Text<'a>, context: &'a Context) -> Self {
        Self { text, context, packed: HashSet::new(), told: 0 }
    }

    /// Packs the entries of `list`, as `fill` fills them.
    pub(crate) fn pack(
        &mut self,
        list: &[Node<'_>],
        packer: &mut Packer,
        mut fill: impl FnMut(&Value, &mut Filling<'_>) -> Fate,
    ) {
        let mut draft = Draft::default();
        let is_newest_first = self.descends(list, &mut draft, &mut fill);
        for node in list {
            let offset = self.text.offset(*node);
            let line = self.text.line(offset);
            let value = match node.value() {
                Ok(value) => value,
                Err(error) => {
                    packer
                        .unreadable(Some(line), &format!("an entry that cannot be read ({error}); left out"));
                    continue;
                }
            };
            let (fate, faults) = self.fill(&value, &mut draft, &mut fill);
            self.told += 1;
            draft.position = if is_newest_first { -self.told } else { self.told };
            match fate {
                Fate::Shown => {
                    if draft.id.is_empty() || self.packed.insert(draft.id.clone()) {
                        packer.entry(&mut draft);
                        faults.iter().for_each(|fault| packer.problem(Some(line), fault));
                    }
                }
                Fate::Removed => packer.removed(&draft.id),
                Fate::Left => {}
                Fate::Unreadable => packer.unreadable(Some(line), "an entry that says nothing; left out"),
            }
        }
    }

    fn fill(
        &self,
        value: &Value,
        draft: &mut Draft,
        fill: &mut impl FnMut(&Value, &mut Filling<'_>) -> Fate,
    ) -> (Fate, Vec<String>) {
        draft.clear();
        let mut filling = Filling { draft, context: self.context, faults: Vec::new() };
        let fate = if value.is_object() { fill(value, &mut filling) } else { Fate::Unreadable };
        (fate, filling.faults)
    }

    /// Whether the entries stand newest first.
    fn descends(
        &self,
        list: &[Node<'_>],
        draft: &mut Draft,
        fill: &mut impl FnMut(&Value, &mut Filling<'_>) -> Fate,
    ) -> bool {
        let mut time = |node: &Node<'_>| {
            self.fill(&node.value().ok()?, draft, fill);
            draft.published.map(Stamp::millis)
        };
        let top = list.iter().find_map(&mut time);
        let bottom = list.iter().rev().find_map(&mut time);
        bottom < top
    }
}

/// Tells that nothing stands where the entries of a format stand.
pub(crate) fn expect(list: &[Node<'_>], what: &str, packer: &mut Packer) {
    if list.is_empty() {
        packer.problem(None, &format!("no {what} in this JSON"));
    }
}

/// Of the nodes that tell one entry several times, the one that tells it last; in their order. `word` gives the id, when
/// it was told, and what counts when the times are the same; else the later in the list is the later told.
pub(crate) fn last_words(nodes: Vec<Node<'_>>, word: impl Fn(&Value) -> (Line, f64, u8)) -> Vec<Node<'_>> {
    let mut last: HashMap<Line, (usize, f64, u8)> = HashMap::new();
    let words: Vec<(Line, f64, u8)> =
        nodes.iter().map(|node| word(&node.value().unwrap_or_default())).collect();
    for (index, (id, told, rank)) in words.iter().enumerate() {
        let held = last.entry(id.clone()).or_insert((index, *told, *rank));
        if (*told, *rank) >= (held.1, held.2) {
            *held = (index, *told, *rank);
        }
    }
    let is_last = |index: usize, id: &Line| id.is_empty() || last.get(id).is_some_and(|held| held.0 == index);
    let kept = nodes.into_iter().zip(&words).enumerate();
    kept.filter(|(index, (_, (id, ..)))| is_last(*index, id)).map(|(_, (node, _))| node).collect()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use serde_json::json;

    use super::*;
    use crate::model::{Coverage, Reading};

    fn read(text: &str) -> Reading {
        let context = Context::bare(DateTime::default());
        let mut packer = Packer::new(0);
        if let Some(text) = Text::new(text.as_bytes(), &mut packer) {
            let list = text.root().map(Node::items).unwrap_or_default();
            Pass::new(&text, &context).pack(&list, &mut packer, |value, filling| {
                filling.id(&value["id"]);
                filling.published(&[&value["time"]]);
                filling.headline(&value["words"]);
                filling.body(Body::default())
            });
        }
        packer.take(Coverage::Window, true)
    }

    #[test]
    fn a_fault_in_an_entry_is_a_problem_of_that_one_alone() {
        let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
        let text = format!(
            "[{{\"id\": 1, \"words\": \"a\"}},\n{{\"id\": 2, \"deep\": {deep}}},\n7,\n{{\"id\": 3, \"time\": \"soon\"}}]"
        );
        let reading = read(&text);
        assert_eq!(reading.segment.len(), 1);
        assert_eq!(reading.unreadable, 3);
        let lines: Vec<u64> = reading.problems.iter().filter_map(|problem| problem.line).collect();
        assert_eq!(lines, [2, 3, 4]);
    }

    #[test]
    fn an_entry_told_twice_is_packed_once() {
        assert_eq!(
            read("[{\"id\": 1, \"words\": \"a\"}, {\"id\": \"1\", \"words\": \"a\"}]").segment.len(),
            1
        );
    }

    #[test]
    fn what_is_not_json_is_told() {
        let reading = read("[{\"id\": 1");
        assert_eq!((reading.segment.len(), reading.unreadable), (0, 1));
    }

    #[test]
    fn the_last_word_on_an_entry_is_kept() {
        let text = json!([
            {"id": 1, "told": 5, "rank": 0, "says": "a"},
            {"id": 1, "told": 9, "rank": 0, "says": "b"},
            {"id": 1, "told": 7, "rank": 2, "says": "c"},
            {"id": 2, "told": 1, "rank": 1, "says": "d"},
            {"id": 2, "told": 1, "rank": 0, "says": "e"},
            {"says": "f"},
            {"says": "g"},
        ]);
        let text = text.to_string();
        let text = Text::new(text.as_bytes(), &mut Packer::new(0)).unwrap();
        let word = |value: &Value| {
            let rank = value["rank"].as_u64().unwrap_or_default() as u8;
            (value::id(&value["id"]), value["told"].as_f64().unwrap_or_default(), rank)
        };
        let kept = last_words(text.root().unwrap().items(), word);
        let says: Vec<Value> = kept.into_iter().map(|node| node.value_at(&["says"])).collect();
        assert_eq!(says, ["b", "d", "f", "g"]);
    }
}
