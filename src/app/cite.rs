//! What is under the cursor as a citation, and as a query: who said it, in which blog, when, and where.

use crate::{
    story::{Holder, Part, Spot},
    text::{line::Line, quotes},
};

use super::{App, IndexRow, Target};

/// How many quotes of a speaker are looked at for the forms of the name.
const FORMS: usize = 64;

impl App {
    /// The quote or number under the cursor as a citation, else the entry's headline or first sentence.
    pub(super) fn cursor_as_citation(&self) -> Option<String> {
        let detail = self.detail();
        let Some((spot, target)) = self.spot_under_cursor() else {
            let entry = detail.row().and_then(|row| self.timeline().entry(row))?;
            let (part, text) = match entry.headline() {
                Some(headline) => (Part::Headline, headline),
                None => (Part::Body, entry.body().text()),
            };
            let start = Spot { holder: Holder::Entry(detail.row()?), part, start: 0, end: 0 };
            let range =
                if part == Part::Headline { 0..text.len() } else { start.sentence_range(self.timeline())? };
            return self.citation(Spot::new(start.holder, part, &range), true, None);
        };
        let speaker = (target == Target::Quote).then(|| self.speaker_at(spot)).flatten();
        self.citation(spot, target != Target::Quote, speaker)
    }

    /// The selected mention of the index as a citation.
    pub(super) fn mention_as_citation(&self) -> Option<String> {
        let spot = self.mention(self.mention_place())?.spot;
        match self.index().row()? {
            IndexRow::Voice(voice) => self.citation(spot, false, voice.name().map(str::to_owned)),
            IndexRow::Series(_) => self.citation(spot, true, None),
        }
    }

    /// What stands at `spot`, by itself or in its sentence, with speaker, outlet, time and link.
    fn citation(&self, spot: Spot, in_sentence: bool, speaker: Option<String>) -> Option<String> {
        let mention = self.mention_of(spot, in_sentence)?;
        let is_marked = !in_sentence || mention.text.starts_with(['“', '"', '«', '„', '‘']);
        let words = if is_marked { mention.text.into_owned() } else { format!("“{}”", mention.text) };
        let entry = match spot.holder {
            Holder::Entry(row) => self.timeline().entry(row),
            Holder::Standfirst(_) => None,
        };
        let blog = self.timeline().blog(spot.holder.source(self.timeline())?);
        let outlet = blog.and_then(|blog| blog.publisher.as_option().or_else(|| blog.title.as_option()));
        let time = mention.published.map(|stamp| {
            let shown = self.clock().show(stamp);
            shown.format("%-d %B %Y, %H:%M %:z").to_string().replace(" +00:00", " UTC")
        });
        let link = entry.and_then(crate::model::Entry::link);
        let link = link.or_else(|| blog.and_then(|blog| blog.url.clone()));
        let parts = [speaker, outlet.map(str::to_owned), time, link.map(|link| link.to_string())];
        let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        Some(if parts.is_empty() { words } else { format!("{words} — {}", parts.join(", ")) })
    }

    /// Who is named for the quote at `spot`, as the text writes it.
    fn speaker_at(&self, spot: Spot) -> Option<String> {
        let prose = spot.holder.prose(self.timeline(), spot.part)?;
        let quote = quotes::find(prose).into_iter().find(|quote| quote.range == spot.range())?;
        prose.text().get(quote.speaker?).map(str::to_owned)
    }

    /// The query that keeps what is like the thing under the cursor: what its speaker says, or the number.
    pub(super) fn query_for_this(&self) -> Option<String> {
        if self.shows_index() {
            return match self.index().row()? {
                IndexRow::Voice(voice) => {
                    let speakers = voice.quotes().take(FORMS).filter_map(|words| words.speaker);
                    let forms: Vec<&str> = speakers.filter_map(|spot| self.words_at(spot)).collect();
                    said(voice.name()?, &forms)
                }
                IndexRow::Series(_) => {
                    let mention = self.mention(self.mention_place())?;
                    mention.text.get(mention.range).and_then(quoted)
                }
            };
        }
        let (spot, target) = self.spot_under_cursor()?;
        match target {
            Target::Quote => {
                let name = self.speaker_at(spot)?;
                said(&name, &[])
            }
            Target::Number | Target::Hit => quoted(spot.text(self.timeline())?),
        }
    }
}

/// The query for what somebody says who is called `name`, and by the other `forms` too.
fn said(name: &str, forms: &[&str]) -> Option<String> {
    let is_in_all = |word: &&str| forms.iter().all(|form| form.split_whitespace().any(|part| part == *word));
    if is_in_all(&name) || forms.iter().all(|form| form.contains(name)) {
        return Some(format!("said:{}", quoted(name)?));
    }
    let longest = name.split_whitespace().filter(is_in_all).max_by_key(|word| word.len());
    Some(format!("said:{}", quoted(longest.unwrap_or(name))?))
}

/// `words` as a phrase of a query; none when it holds the mark that would end it.
fn quoted(words: &str) -> Option<String> {
    let words = Line::new(words);
    let words = words.as_str().trim();
    (!words.is_empty() && !words.contains('"')).then(|| format!("\"{words}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_speaker_of_several_forms_is_asked_for_by_the_word_they_share() {
        assert_eq!(said("Ivo Orr", &[]).as_deref(), Some("said:\"Ivo Orr\""));
        assert_eq!(said("Ivo Orr", &["Mr Orr", "Ivo Orr"]).as_deref(), Some("said:\"Orr\""));
        assert_eq!(said("a \"b\"", &[]), None);
    }
}
