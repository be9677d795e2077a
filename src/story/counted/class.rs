//! The words by which it is told what a number counts, by class. No class holds a name.

/// Between a noun and what it is.
pub(super) const BEING: &[&str] = &[
    "are", "be", "been", "being", "had", "has", "have", "is", "remain", "remained", "was", "were",
];
/// Between them too, and no matter.
pub(super) const FILLING: &[&str] = &[
    "already", "also", "confirmed", "currently", "far", "known", "made", "now", "so", "still", "there", "who",
];
/// Before a number, and no part of it.
pub(super) const HEDGES: &[&str] = &[
    "a", "about", "almost", "an", "another", "approximately", "around", "as", "at", "exactly", "estimated",
    "least", "many", "more", "most", "nearly", "only", "over", "roughly", "some", "than", "the", "up",
];
/// Beside a number that is added to another.
pub(super) const ADDING: &[&str] = &["additional", "another", "extra", "further", "more", "other", "others"];
/// Words that tell nothing of what they follow.
pub(super) const EMPTY: &[&str] = &[
    "a", "after", "all", "also", "an", "and", "as", "at", "be", "because", "been", "before", "being", "but",
    "by", "during", "following", "for", "from", "had", "has", "have", "here", "his", "her", "if", "in",
    "inside", "into", "is", "it", "its", "near", "not", "of", "off", "on", "or", "out", "outside", "over",
    "said", "say", "says", "since", "so", "than", "that", "the", "their", "then", "there", "they", "this",
    "to", "under", "until", "up", "was", "were", "when", "where", "which", "while", "who", "will", "with",
    "within",
];
/// Participles that do not end in *ed*, and words that stand like one.
pub(super) const PARTICIPLES: &[&str] = &[
    "built", "burnt", "caught", "cut", "dead", "hit", "homeless", "hurt", "lost", "missing", "sent", "shot",
    "shut", "sold", "sunk", "taken", "torn", "unaccounted",
];
/// Verbs that a headline sets in the present.
pub(super) const PRESENT: &[&str] = &[
    "arrest", "arrests", "evacuate", "evacuates", "injure", "injures", "kill", "kills", "rescue", "rescues",
    "wound", "wounds",
];
/// Verbs that say that there is a number, and nothing of what it counts.
pub(super) const SAYING: &[&str] = &[
    "added", "announced", "being", "bringing", "confirmed", "counted", "estimated", "expected", "including",
    "involved", "leaving", "listed", "recorded", "reported", "showed", "totalled", "totaled", "warned",
    "followed", "included", "needed", "according", "during", "following",
];
/// What happens to people, so that they go unnamed.
pub(super) const PEOPLE: &[&str] = &[
    "arrest", "dead", "detain", "displac", "evacuat", "hospitalis", "hospitaliz", "hurt", "injur", "kil",
    "miss", "rescu", "trap", "wound",
];
/// Nouns that are a tally by themselves.
pub(super) const TALLIES: &[&str] = &[
    "arrest", "case", "casualty", "complaint", "death", "evacuation", "fatality", "infection", "injury",
    "outage", "rescue", "seat", "signature", "victim", "vote",
];
/// Verbs of a level that goes to a number, or stands at one.
pub(super) const MOVES: &[&str] = &[
    "climbed", "climbs", "cut", "dropped", "drops", "fallen", "falls", "fell", "grew", "grown", "grows",
    "increased", "increases", "jumped", "jumps", "lowered", "put", "raised", "remained", "remains", "revised",
    "rise", "risen", "rises", "rising", "rose", "soared", "stands", "stood", "up", "updated",
];
/// Verbs of a level that is a number.
pub(super) const LEVELS: &[&str] =
    &[
    "are", "hit", "hits", "is", "nears", "passed", "passes", "reached", "reaches", "tops", "was", "were",
];
/// Before a named place or day.
pub(super) const WHERE: &[&str] =
    &[
    "across", "around", "at", "from", "in", "inside", "near", "on", "outside", "over", "through",
];
/// Plurals that do not end in s, with their singular.
pub(super) const PLURALS: &[(&str, &str)] = &[
    ("children", "child"), ("men", "man"), ("people", "person"), ("persons", "person"), ("policemen",
    "policeman"), ("firemen", "fireman"), ("women", "woman"),
];
/// Ways to write one currency or measure.
pub(super) const UNITS: &[(&str, &str)] = &[
    ("pounds", "£"), ("pound", "£"), ("gbp", "£"), ("dollars", "$"), ("dollar", "$"), ("us$", "$"), ("usd",
    "$"), ("euros", "€"), ("euro", "€"), ("eur", "€"), ("kilometres", "km"), ("kilometers", "km"), ("metres",
    "m"), ("meters", "m"),
];
/// What one thing is called in several ways.
pub(super) const SAME: &[(&str, &str)] =
    &[
    ("di", "dead"), ("death", "dead"), ("death toll", "dead"), ("fatality", "dead"), ("toll", "dead"),
];
