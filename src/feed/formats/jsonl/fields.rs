//! The keys of one JSON object, and the draft they make.
//!
//! A key of the program's own schema goes before its aliases; of several aliases, the one that stands first in its list.
//! A value of an unexpected type says nothing.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer as _,
    de::{self, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::value::RawValue;

use crate::feed::Likeness;

use super::words::Words;

/// Keys for the time of publication, best first.
const TIMES: [&str; 13] = [
    "published",
    "datePublished",
    "published_at",
    "publishedAt",
    "firstPublished",
    "created_at",
    "createdAt",
    "time",
    "timestamp",
    "date",
    "pubDate",
    "date_published",
    "updated",
];

/// Keys for the time of revision, best first.
const REVISIONS: [&str; 5] = ["revised", "dateModified", "date_modified", "updated_at", "updatedAt"];

/// Keys for the words, best first.
const TEXTS: [&str; 9] =
    ["body", "text", "content", "content_text", "content_html", "bodyHtml", "articleBody", "html", "message"];

/// Of these, the keys under which HTML stands. The program's own body never is.
const HTML: [&str; 5] = ["content", "content_html", "bodyHtml", "articleBody", "html"];

/// Keys for the headline, best first.
const HEADLINES: [&str; 3] = ["headline", "title", "heading"];

/// Keys for the authors, best first.
const AUTHORS: [&str; 6] = ["authors", "author", "byline", "by", "user", "creator"];

/// Keys for the id, best first.
const IDS: [&str; 7] = ["id", "_id", "guid", "urn", "uuid", "block_id", "slug"];

/// Keys for the address, best first.
const LINKS: [&str; 4] = ["url", "link", "permalink", "webUrl"];

/// A value of any type, of which scalars are kept.
#[derive(Debug, Default, Clone)]
pub(super) enum Scalar<'a> {
    #[default]
    Nothing,
    Bool(bool),
    Number(f64),
    Text(Cow<'a, str>),
}

impl Scalar<'_> {
    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn is_true(&self) -> bool {
        matches!(self, Self::Bool(true))
    }
}

impl<'de> Deserialize<'de> for Scalar<'de> {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Scalar::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Scalar::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_bool<E>(self, bool: bool) -> Result<Self::Value, E> {
        Ok(Scalar::Bool(bool))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Scalar::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Scalar::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Scalar::Number(number))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Scalar::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar::Nothing)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::Nothing)
    }
}

/// A value under the best key met so far.
#[derive(Debug, Default)]
pub(super) struct Best<T> {
    pub(super) value: T,
    rank: Option<usize>,
}

impl<T> Best<T> {
    fn offer(&mut self, rank: usize, value: T) {
        if self.rank.is_none_or(|held| rank <= held) {
            self.rank = Some(rank);
            self.value = value;
        }
    }

    pub(super) fn is_given(&self) -> bool {
        self.rank.is_some()
    }
}

/// The keys of one object that mean something here.
#[derive(Debug, Default)]
pub(super) struct Fields<'a> {
    pub(super) kind: Option<Scalar<'a>>,
    pub(super) id: Best<Scalar<'a>>,
    pub(super) published: Best<Scalar<'a>>,
    pub(super) revised: Best<Scalar<'a>>,
    pub(super) headline: Best<Scalar<'a>>,
    pub(super) body: Best<Words<'a>>,
    pub(super) link: Best<Scalar<'a>>,
    pub(super) authors: Best<Option<&'a RawValue>>,
    pub(super) precision: Scalar<'a>,
    pub(super) zone_assumed: Scalar<'a>,
    pub(super) date_assumed: Scalar<'a>,
    pub(super) publisher: Scalar<'a>,
    pub(super) language: Scalar<'a>,
    pub(super) state: Scalar<'a>,
    pub(super) start: Scalar<'a>,
    pub(super) end: Scalar<'a>,
    pub(super) summary: Scalar<'a>,
    pub(super) partial: Scalar<'a>,
    pub(super) key_event: Scalar<'a>,
    pub(super) deleted: Scalar<'a>,
    pub(super) kinds: Option<&'a RawValue>,
    pub(super) blocks: Option<&'a RawValue>,
    pub(super) marks: Option<&'a RawValue>,
    pub(super) links: Option<&'a RawValue>,
    pub(super) media: Option<&'a RawValue>,
}

impl<'a> Fields<'a> {
    /// The keys of the object that `text` is.
    pub(super) fn read(text: &'a str) -> serde_json::Result<Self> {
        // They are filled where they stand: they are many, and moved by whoever hands them on.
        let mut fields = Self::default();
        let mut deserializer = serde_json::Deserializer::from_str(text);
        deserializer.deserialize_map(FieldsVisitor(&mut fields))?;
        deserializer.end()?;
        Ok(fields)
    }

    /// Takes the value of `key`, which is one that others use, or none.
    fn take_alias<'de: 'a, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        let rank = |keys: &[&str]| keys.iter().position(|known| *known == key);
        if let Some(rank) = rank(&TEXTS) {
            self.body.offer(rank, map.next_value()?);
        } else if let Some(rank) = rank(&TIMES) {
            self.published.offer(rank, map.next_value()?);
        } else if let Some(rank) = rank(&IDS) {
            self.id.offer(rank, map.next_value()?);
        } else if let Some(rank) = rank(&HEADLINES) {
            self.headline.offer(rank, map.next_value()?);
        } else if let Some(rank) = rank(&AUTHORS) {
            self.authors.offer(rank, Some(map.next_value()?));
        } else if let Some(rank) = rank(&REVISIONS) {
            self.revised.offer(rank, map.next_value()?);
        } else if let Some(rank) = rank(&LINKS) {
            self.link.offer(rank, map.next_value()?);
        } else {
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

struct FieldsVisitor<'f, 'a>(&'f mut Fields<'a>);

impl<'de: 'a, 'a> Visitor<'de> for FieldsVisitor<'_, 'a> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let fields = self.0;
        while let Some(Key(key)) = map.next_key::<Key<'de>>()? {
            match key.as_ref() {
                "type" => fields.kind = Some(map.next_value()?),
                // The program's own keys, which are the best of their lists, need no looking up.
                "id" => fields.id.offer(0, map.next_value()?),
                "published" => fields.published.offer(0, map.next_value()?),
                "headline" => fields.headline.offer(0, map.next_value()?),
                "authors" => fields.authors.offer(0, Some(map.next_value()?)),
                "body" => fields.body.offer(0, map.next_value()?),
                "url" => fields.link.offer(0, map.next_value()?),
                "revised" => fields.revised.offer(0, map.next_value()?),
                "precision" => fields.precision = map.next_value()?,
                "zone_assumed" => fields.zone_assumed = map.next_value()?,
                "date_assumed" => fields.date_assumed = map.next_value()?,
                "publisher" => fields.publisher = map.next_value()?,
                "language" => fields.language = map.next_value()?,
                "state" => fields.state = map.next_value()?,
                "start" => fields.start = map.next_value()?,
                "end" => fields.end = map.next_value()?,
                "summary" => fields.summary = map.next_value()?,
                "partial" => fields.partial = map.next_value()?,
                "key_event" | "keyEvent" => fields.key_event = map.next_value()?,
                "deleted" | "isDeleted" => fields.deleted = map.next_value()?,
                "kinds" => fields.kinds = Some(map.next_value()?),
                "blocks" | "summary_blocks" => fields.blocks = Some(map.next_value()?),
                "marks" | "summary_marks" => fields.marks = Some(map.next_value()?),
                "links" | "summary_links" => fields.links = Some(map.next_value()?),
                "media" => fields.media = Some(map.next_value()?),
                alias => fields.take_alias(alias, &mut map)?,
            }
        }
        Ok(())
    }
}

struct Key<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Scalar::deserialize(deserializer)? {
            Scalar::Text(text) => Ok(Self(text)),
            _ => Ok(Self(Cow::Borrowed(""))),
        }
    }
}

impl Fields<'_> {
    /// Whether the words stand under a key whose values are HTML where others write it.
    pub(super) fn body_is_html(&self) -> bool {
        let key = self.body.rank.and_then(|rank| TEXTS.get(rank));
        key.is_some_and(|key| HTML.contains(key))
    }

    /// Whether an object without `type` can be taken for an entry.
    pub(super) fn is_entry(&self) -> bool {
        let has_words = self.body.value.are_given() || self.headline.value.as_text().is_some();
        has_words && (self.body.is_given() || self.published.is_given() || self.id.is_given())
    }
}

/// Whether an object with the keys that `has` tells may say something.
pub(super) fn names_words(has: impl Fn(&str) -> bool) -> bool {
    TEXTS.iter().chain(&HEADLINES).any(|key| has(key)) && TEXTS.iter().chain(&TIMES).any(|key| has(key))
}

/// How much `line` looks like a line of JSON Lines. A single line is surer the more it says of itself.
pub(super) fn rate(line: &str, is_single: bool) -> Likeness {
    let Ok(fields) = Fields::read(line) else { return Likeness::No };
    let is_own = fields.kind.as_ref().and_then(Scalar::as_text);
    match is_own {
        Some("blog" | "entry" | "removed") => Likeness::Sure,
        _ if fields.is_entry() && fields.published.is_given() && !is_single => Likeness::Sure,
        _ if fields.is_entry() && (fields.published.is_given() || fields.body.is_given() && !is_single) => {
            Likeness::Likely
        }
        _ => Likeness::No,
    }
}
