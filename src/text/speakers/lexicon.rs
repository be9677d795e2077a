//! The words that attributions are made of, each with the roles it can play.
//!
//! No list holds a proper name. A word may stand in several lists; its roles are then joined.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
    sync::LazyLock,
};

/// What a word can be in an attribution: a set of roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Role(u32);

impl Role {
    /// Verbs that bring in somebody's words, in every form that does.
    pub(super) const VERB: Self = Self(1 << 0);
    /// Verbs that are nouns as often: `the Russian claim`.
    pub(super) const NOUN: Self = Self(1 << 1);
    /// Verbs whose passive makes the subject the hearer: `was told`.
    pub(super) const HEARD: Self = Self(1 << 2);
    /// Verbs after which the speaker is named: `quoting Ms Lee`.
    pub(super) const CITING: Self = Self(1 << 3);
    /// Nouns for what is said: `Ms Lee’s claim that “…”`.
    pub(super) const SAYING: Self = Self(1 << 4);
    /// Titles that stay with a surname, since that is how it is used.
    pub(super) const COURTESY: Self = Self(1 << 5);
    /// Offices and ranks, dropped from before a name.
    pub(super) const OFFICE: Self = Self(1 << 6);
    /// Letters after a name.
    pub(super) const LETTERS: Self = Self(1 << 7);
    pub(super) const PRONOUN: Self = Self(1 << 8);
    pub(super) const RELATIVE: Self = Self(1 << 9);
    pub(super) const DETERMINER: Self = Self(1 << 10);
    /// Prepositions that hang a phrase on the noun before: `a spokesman for the mayor`.
    pub(super) const PREPOSITION: Self = Self(1 << 11);
    /// Words that no noun phrase runs over.
    pub(super) const BOUNDARY: Self = Self(1 << 12);
    /// Auxiliaries and adverbs between a subject and its verb.
    pub(super) const HELPER: Self = Self(1 << 13);
    /// Auxiliaries of the passive and of what goes on.
    pub(super) const BEING: Self = Self(1 << 14);
    /// Auxiliaries of what is over.
    pub(super) const HAVING: Self = Self(1 << 15);
    /// Days and months, which stand beside names without being part of them.
    pub(super) const DAY: Self = Self(1 << 16);
    /// Words with a capital at the start of a sentence that are no part of a name.
    pub(super) const OPENER: Self = Self(1 << 17);
    /// Parts of names in lower case.
    pub(super) const PARTICLE: Self = Self(1 << 18);
    /// Words that stand for a noun before `of`.
    pub(super) const COUNT: Self = Self(1 << 19);

    /// Whether any of the roles of `other` is among these.
    pub(super) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// These roles and those of `other`.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The words of each role.
const LISTS: &[(Role, &str)] = &[
    (Role::VERB,
     "accuse accused accuses accusing acknowledge acknowledged acknowledges acknowledging add added adding adds
     admit admits admitted admitting advise advised advises agree agreed agreeing agrees allege alleged alleges
     alleging announce announced announces announcing answer answered answering answers argue argued argues
     arguing ask asked asking asks assailed assert asserted asserting asserts assured attacked attacking
     attacks bemoaned blamed blames blaming blast blasted blasting blasts boasted boasting boasts branded
     branding brands call called calling calls caution cautioned cautions challenged chant chanted chanting
     chants characterised characterises characterized characterizes characterizing chided cited cites citing
     claim claimed claiming claims commented commenting comments compared complain complained complaining
     complains conceded concedes conceding conclude concluded concludes concluding condemn condemned condemning
     condemns confessed confided confirm confirmed confirms considers contend contended contending contends
     continue continued continues countered countering counters cried cries criticised criticising criticized
     criticizing declare declared declares declaring decried decries decrying deemed defended defending
     demanded demanding demands denied denies denounce denounced denounces denouncing deny denying deride
     derided derides deriding describe described describes describing detailed disclosed dismissed dismisses
     dismissing dubbed dubbing emphasised emphasized emphasizing encouraged encouraging estimated exclaimed
     exclaims exhorted explain explained explaining explains expressed expresses expressing feared find finds
     hailed hailing hails hinted implored insist insisted insisting insists instructed interjected invoked
     issued joked jokes joking labeled labeling labelled labels lambasted lamented lamenting laments lauded
     likened maintain maintained maintains mention mentioned mentions mocked mocking mused muttered note noted
     notes noting observed observes offered opined pleaded pledge pledged pledges pledging pointed posted
     posting posts praised praises praising predict predicted predicting predicts proclaimed proclaiming
     proclaims promise promised promises promising proposed protested quipped quips quoted quotes quoting
     railed ranted read reads recall recalled recalling recalls recommended recounted referred referring refers
     reflected reiterated reiterates remarked reminded repeated repeating repeats replied replies reply
     replying report reported reporting reports respond responded responding responds retorted retweeted reveal
     revealed reveals ridiculed ridiculing ruled said sang say saying says scoffed screamed screaming shout
     shouted shouting shouts shrugged sing singing sings slam slammed slamming slams spoke state stated states
     stating stress stressed stresses stressing suggest suggested suggesting suggests sums surmised swore tell
     telling tells testified testifies texted thundered told touted touting tweet tweeted tweeting tweets urge
     urged urges urging uttered vow vowed vowing vows warn warned warning warns whispered wondered wonders
     write writes writing wrote yelled yelling yells"),
    (Role::NOUN,
     "answer answers attack attacks blast blasts call calls claim claims comment comments cries demand demands
     find finds jokes labels mention mentions note notes offered pledge pledges post posts promise promises
     quips quote quotes read reads replies reply report reports reveal reveals state states stress sums tweet
     tweets urge urges vow vows warning writing"),
    (Role::HEARD,
     "advised asked assured informed reminded told urged warned"),
    (Role::CITING,
     "cite cited cites citing quote quoted quotes quoting"),
    (Role::SAYING,
     "accusation accusations allegation allegations answer apology argument assertion assertions assessment
     boast call calls characterization claim claims comment comments complaint criticism declaration demand
     denial description email explanation insistence letter line mantra memo message motto observation opinion
     phrase plea pledge post prediction promise proposal question refrain remark remarks reply response retort
     rhetoric slogan speech statement statements suggestion testimony threat tweet tweets view vow warning
     warnings words"),
    (Role::COURTESY,
     "baroness dame dr dr. lady lord miss mr mr. mrs mrs. ms ms. prof prof. sir"),
    (Role::OFFICE,
     "adm. admiral ambassador archbishop assemblyman assemblywoman attorney bishop brigadier candidate capt.
     captain cardinal chairman chairwoman chancellor chief cllr coach col. colonel commander commissioner
     comptroller congressman congresswoman constable correspondent councillor councilman councilwoman del.
     delegate deputy director editor envoy father gen gen. general gov gov. governor inspector judge justice
     king leader lieutenant lt lt. maj. major manager marshal mayor minister mp nominee officer pastor pollster
     pope premier president prime prince princess producer professor prosecutor queen rabbi rep rep. reporter
     representative reps. rev. reverend secretary sen sen. senator sens. sergeant sgt. sheriff speaker
     spokesman spokesperson spokeswoman superintendent treasurer undersecretary vice"),
    (Role::LETTERS,
     "cbe gbe jp kbe kc mbe md mep mp ms msp obe phd qc"),
    (Role::PRONOUN,
     "he i it she they we you"),
    (Role::RELATIVE,
     "which who"),
    (Role::DETERMINER,
     "a all an another both each every few her his its many most my one other our several some the their these
     this those three two"),
    (Role::PREPOSITION,
     "about across against alongside around at behind between by for from in inside near of on outside over
     through to with within"),
    (Role::BOUNDARY,
     "after afterwards also although am amid and are as be because been before being believes brought but came
     can comes could did do does during earlier even ever feels found gave give given gives goes had has have
     he he's held he’s how however i if is it it's it’s just kept known later led left like lost made makes may
     met might nor not now once only or out over per seen sent she she's she’s should shown since so taken than
     that then there they thinks though took under until up upon used via want wanted wants was we went were
     what when where whereas whether which while who whom whose why will without won would yet you"),
    (Role::HELPER,
     "actually additionally again already also always angrily apparently are basically be been began begin
     begins being bluntly can clearly consistently continually correctly could currently did didn't didn’t
     directly do does doesn't doesn’t earlier effectively essentially even eventually explicitly falsely
     famously finally first flatly formally frequently further generally goes had has have herself himself
     humorously immediately infamously initially instead is itself jokingly just kept later loudly may merely
     might must never not notably now officially often once only openly personally pointedly previously
     privately proudly publicly quickly quietly really recently regularly repeatedly reportedly rightly
     routinely should similarly simply simultaneously since sometimes soon specifically started starts still
     strongly subsequently themselves then today tonight ultimately usually was went were will would wrongly
     yesterday"),
    (Role::BEING,
     "are be been being is was were"),
    (Role::HAVING,
     "had has have having"),
    (Role::DAY,
     "april august december february friday january july june march monday november october saturday september
     sunday thursday today tonight tuesday wednesday yesterday"),
    (Role::OPENER,
     "according after also although amid and are as asked at because before but by can despite did do does
     during earlier even finally for from had here how however if in indeed instead is last later lest like
     meanwhile next no nor not now of on once or q since so speaking still that then there though to today told
     unlike until update was were what when where whether while why will with would yes yesterday yet"),
    (Role::PARTICLE,
     "al ben bin da de den der di dos du el ibn la le van von"),
    (Role::COUNT,
     "all each many most one several some three two"),
];

/// A word as one number: its bytes, of which it has no more than fit.
type Key = u128;

/// Spreads the bytes of a key; the lists are ours, so nobody can choose words that clash.
#[derive(Debug, Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0.rotate_left(5) ^ u64::from(*byte)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        }
    }

    fn write_u128(&mut self, key: u128) {
        let folded = (key >> 64) as u64 ^ (key as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = folded.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}

static ROLES: LazyLock<HashMap<Key, Role, BuildHasherDefault<Spread>>> = LazyLock::new(|| {
    let mut roles: HashMap<Key, Role, BuildHasherDefault<Spread>> = HashMap::default();
    for (role, words) in LISTS {
        for key in words.split_whitespace().filter_map(key) {
            let known = roles.entry(key).or_default();
            *known = known.or(*role);
        }
    }
    roles
});

/// The key of `word` in lower case, if it is no longer than the words of the lists.
fn key(word: &str) -> Option<Key> {
    let mut bytes = [0; size_of::<Key>()];
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    bytes.make_ascii_lowercase();
    Some(Key::from_le_bytes(bytes))
}

/// The roles that `word` can play, in whatever case it is written.
pub(super) fn role(word: &str) -> Role {
    let known = key(word).and_then(|key| ROLES.get(&key)).copied();
    known.unwrap_or_else(|| adverb(word))
}

/// `angrily`, `repeatedly`: adverbs beside a verb are too many to list.
fn adverb(word: &str) -> Role {
    if word.len() > 5 && word.ends_with("ly") && word.starts_with(char::is_lowercase) {
        Role::HELPER
    } else {
        Role::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_plays_its_roles_in_any_case() {
        assert!(
            role("said").has(Role::VERB) && role("Says").has(Role::VERB) && role("TOLD").has(Role::HEARD)
        );
        assert!(!role("sat").has(Role::VERB) && !role("").has(Role::VERB));
    }

    #[test]
    fn a_word_may_play_several_roles() {
        let claim = role("claim");
        assert!(
            claim.has(Role::VERB)
                && claim.has(Role::NOUN)
                && claim.has(Role::SAYING)
                && !claim.has(Role::PRONOUN)
        );
    }

    #[test]
    fn no_listed_word_is_too_long_or_in_capitals() {
        let words = LISTS.iter().flat_map(|(_, words)| words.split_whitespace());
        assert!(words.into_iter().all(|word| key(word).is_some() && word.to_lowercase() == word));
    }

    #[test]
    fn an_adverb_in_ly_helps_a_verb() {
        assert!(
            role("grudgingly").has(Role::HELPER)
                && role("uncharacteristically").has(Role::HELPER)
                && !role("Emily").has(Role::HELPER)
        );
    }
}
