//! When an address is looked at next: as often as asked for, less often when the server wants that or fails.
//!
//! Nothing makes the next look come before the server's `Retry-After` is over, not even a key.

use std::{
    hash::{BuildHasher, RandomState},
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use url::{Host, Url};

/// The shortest time between two looks at a server that is not this machine.
const LEAST: Duration = Duration::from_secs(5);
/// The shortest time between two looks at this machine.
const LEAST_NEAR: Duration = Duration::from_secs(1);
/// What a server asks for is heeded up to this: a liveblog that is kept for an hour is none.
const MOST_ASKED: Duration = Duration::from_secs(10 * 60);
/// The longest pause that failures alone lead to.
const MOST_FAILED: Duration = Duration::from_secs(5 * 60);
/// And the longest one for what is not there any more, but may come back.
const MOST_MISSING: Duration = Duration::from_secs(30 * 60);
/// The longest `Retry-After` that is believed.
const MOST_BANNED: Duration = Duration::from_secs(24 * 60 * 60);

/// See the module's description.
#[derive(Debug)]
pub(super) struct Pace {
    every: Duration,
    least: Duration,
    /// When the last look at the address itself began.
    looked: Instant,
    /// How long after that the next one is due.
    pause: Duration,
    /// Before this, it is not polite to ask for anything.
    polite_from: Instant,
    /// Whether a further part was asked for after the last look.
    was_part: bool,
    /// Before this, the server wants no look.
    banned_until: Instant,
    /// Looks in a row that failed.
    failures: u32,
    /// And further parts in a row.
    failed_parts: u32,
}

impl Pace {
    /// Looks every `every`; `is_near` when the server is this machine. The first look is due at `now`.
    pub(super) fn new(every: Duration, is_near: bool, now: Instant) -> Self {
        let least = if is_near { LEAST_NEAR } else { LEAST };
        let every = every.max(least);
        Self {
            every,
            least,
            looked: now,
            pause: Duration::ZERO,
            polite_from: now,
            was_part: false,
            banned_until: now,
            failures: 0,
            failed_parts: 0,
        }
    }

    /// A look begins.
    pub(super) fn begin_look(&mut self, now: Instant) {
        (self.looked, self.polite_from, self.was_part) = (now, now + self.least, false);
    }

    /// A further part is asked for. The next look is due as it was.
    pub(super) fn begin_part(&mut self, now: Instant) {
        (self.polite_from, self.was_part) = (now + self.least, true);
    }

    /// The look went well; the server `asked` for a pause, perhaps.
    pub(super) fn went_well(&mut self, asked: Option<Duration>) {
        self.delivered();
        self.pause = self.every.max(asked.unwrap_or_default().min(MOST_ASKED));
    }

    /// The look brought something, however it ends: the failures before it are forgotten.
    pub(super) fn delivered(&mut self) {
        self.failures = 0;
    }

    /// The look failed at `now`; the server wants none for as long as `ban`, perhaps.
    pub(super) fn failed(&mut self, ban: Option<Duration>, now: Instant) {
        self.back_off(MOST_FAILED, ban, now);
    }

    /// The look at `now` found nothing where something was; the server wants no look for as long as `ban`, perhaps.
    pub(super) fn found_nothing(&mut self, ban: Option<Duration>, now: Instant) {
        self.back_off(MOST_MISSING, ban, now);
    }

    /// Pauses longer after each look in a row that failed, but for `most` at most.
    fn back_off(&mut self, most: Duration, ban: Option<Duration>, now: Instant) {
        self.failures = self.failures.saturating_add(1);
        self.pause = self.pause_after(self.failures, most);
        self.ban(ban, now);
    }

    /// How long to pause after so many failures in a row.
    fn pause_after(&self, failures: u32, most: Duration) -> Duration {
        let growth = 2_u32.saturating_pow(failures.min(16));
        let pause = self.every.saturating_mul(growth).min(most.max(self.every));
        // Readers that failed together must not come back together.
        pause + pause.mul_f64(0.2 * random())
    }

    /// A further part came.
    pub(super) fn part_came(&mut self) {
        self.failed_parts = 0;
    }

    /// A further part failed at `now`; the server wants no look for as long as `ban`, perhaps. Gives how long it is sensible
    /// not to ask for that part again.
    pub(super) fn part_failed(&mut self, ban: Option<Duration>, now: Instant) -> Duration {
        self.failed_parts = self.failed_parts.saturating_add(1);
        self.ban(ban, now);
        self.pause_after(self.failed_parts, MOST_FAILED).max(self.ban_left(now))
    }

    /// How long the server wants no look from `now` on.
    pub(super) fn ban_left(&self, now: Instant) -> Duration {
        self.banned_until.saturating_duration_since(now)
    }

    /// The server wants no look for as long as `ban`, if that is told.
    fn ban(&mut self, ban: Option<Duration>, now: Instant) {
        self.banned_until = self.banned_until.max(now + ban.unwrap_or_default().min(MOST_BANNED));
    }

    /// When the next look is due by itself.
    pub(super) fn due(&self) -> Instant {
        (self.looked + self.pause).max(self.soonest())
    }

    /// Whether it is the turn of a look that is due, though a further part is wanted as well.
    pub(super) fn is_turn_of_look(&self, now: Instant) -> bool {
        self.was_part && self.due() <= now
    }

    /// When something may be asked for if someone wants it.
    pub(super) fn soonest(&self) -> Instant {
        self.polite_from.max(self.banned_until)
    }
}

/// Whether `url` leads to this machine.
pub(super) fn is_near(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// A number from 0 to 1 that no one can foretell.
fn random() -> f64 {
    RandomState::new().hash_one(0) as f64 / u64::MAX as f64
}

/// How long a `Retry-After` of `value` asks to wait: a number of seconds, or a date.
pub(super) fn retry_after(value: &str, now: DateTime<Utc>) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number too large to be one is longer than anything that is believed.
        return Some(value.parse().map_or(MOST_BANNED, Duration::from_secs));
    }
    let date = DateTime::parse_from_rfc2822(value).ok()?;
    date.to_utc().signed_duration_since(now).to_std().ok()
}

/// How long a `Cache-Control` of `value` lets an answer be kept.
pub(super) fn max_age(value: &str) -> Option<Duration> {
    let mut ages = value.split(',').filter_map(|part| {
        let (name, age) = part.split_once('=')?;
        let is_age = name.trim().eq_ignore_ascii_case("max-age");
        is_age.then(|| age.trim().trim_matches('"').parse().ok().map(Duration::from_secs)).flatten()
    });
    ages.next()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn pace(every: u64, is_near: bool) -> (Pace, Instant) {
        let now = Instant::now();
        (Pace::new(SECOND * every as u32, is_near, now), now)
    }

    #[test]
    fn nothing_is_looked_at_more_often_than_is_polite() {
        for (every, is_near, seconds) in [(15, false, 15), (1, false, 5), (1, true, 1), (0, true, 1)] {
            let (mut pace, now) = pace(every, is_near);
            assert_eq!(pace.due(), now, "the first look is at once");
            pace.went_well(None);
            assert_eq!(pace.due(), now + SECOND * seconds);
        }
    }

    #[test]
    fn a_further_part_holds_up_no_look_and_is_no_less_polite() {
        let (mut pace, now) = pace(15, false);
        pace.went_well(None);
        pace.begin_part(now + SECOND * 7);
        assert_eq!((pace.soonest(), pace.due()), (now + SECOND * 12, now + SECOND * 15));
        pace.begin_part(now + SECOND * 14);
        assert_eq!(pace.due(), now + SECOND * 19, "nothing is asked sooner than is polite");
        assert!(!pace.is_turn_of_look(now + SECOND * 18) && pace.is_turn_of_look(now + SECOND * 19));
        pace.begin_look(now + SECOND * 19);
        assert!(!pace.is_turn_of_look(now + SECOND * 99), "parts and looks take turns");
    }

    #[test]
    fn a_server_may_ask_for_longer_pauses_and_not_for_shorter_ones() {
        let (mut pace, now) = pace(15, false);
        for (asked, seconds) in [(60, 60), (2, 15), (86_400, 600)] {
            pace.went_well(Some(SECOND * asked));
            assert_eq!(pace.due(), now + SECOND * seconds);
        }
    }

    #[test]
    fn pauses_grow_while_it_fails_and_are_forgotten_when_it_goes_well() {
        let (mut pace, now) = pace(15, false);
        let mut before = Duration::ZERO;
        for _ in 0..4 {
            pace.failed(None, now);
            let pause = pace.due() - now;
            assert!(pause > before && pause >= SECOND * 30, "{pause:?}");
            before = pause;
        }
        (0..100).for_each(|_| pace.failed(None, now));
        assert!(pace.due() <= now + SECOND * 360);
        pace.went_well(None);
        assert_eq!(pace.due(), now + SECOND * 15);
    }

    #[test]
    fn parts_that_fail_hold_up_no_look_but_those_that_the_server_wants_to_be_asked_later() {
        let (mut pace, now) = pace(15, false);
        pace.went_well(None);
        let first = pace.part_failed(None, now);
        assert!(first >= SECOND * 30 && pace.part_failed(None, now) > first);
        assert_eq!(pace.due(), now + SECOND * 15);
        assert!(pace.part_failed(Some(SECOND * 3_000), now) >= SECOND * 3_000);
        assert_eq!(pace.due(), now + SECOND * 3_000);
        pace.part_came();
        assert!(pace.part_failed(None, now + SECOND * 3_000) < SECOND * 60);
    }

    #[test]
    fn what_is_missing_is_looked_at_less_and_less() {
        let (mut pace, now) = pace(15, false);
        pace.found_nothing(None, now);
        assert!(pace.due() >= now + SECOND * 30);
        (0..100).for_each(|_| pace.found_nothing(None, now));
        assert!((1800..=2160).contains(&(pace.due() - now).as_secs()), "{:?}", pace.due() - now);
        pace.went_well(None);
        assert_eq!(pace.due(), now + SECOND * 15);
    }

    #[test]
    fn a_ban_holds_for_keys_too_and_for_a_day_at_most() {
        let (mut pace, now) = pace(15, false);
        pace.begin_look(now);
        assert_eq!(pace.soonest(), now + SECOND * 5);
        pace.failed(Some(SECOND * 100), now);
        assert_eq!(pace.soonest(), now + SECOND * 100);
        pace.failed(Some(SECOND * 99_999_999), now);
        assert_eq!(pace.due(), now + SECOND * 86_400);
    }

    #[test]
    fn what_servers_write_is_understood() {
        let now = DateTime::parse_from_rfc3339("2025-04-28T04:39:00Z").unwrap().to_utc();
        for (value, seconds) in [
            ("4", Some(4)),
            (" 120 ", Some(120)),
            ("Mon, 28 Apr 2025 04:39:05 GMT", Some(5)),
            ("Mon, 28 Apr 2025 04:38:00 GMT", None),
            (&"9".repeat(400), Some(86_400)),
            ("-5", None),
            ("1e9", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(retry_after(value, now), seconds.map(Duration::from_secs), "{value}");
        }
        assert_eq!(max_age("public, Max-Age=60"), Some(SECOND * 60));
        assert_eq!(max_age("s-maxage=9, no-cache"), None);
        assert_eq!(max_age("max-age=soon"), None);
    }
}
