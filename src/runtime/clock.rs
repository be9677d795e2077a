//! The only place that asks what time it is, and where we are.

use std::env;

use chrono::{DateTime, Local, Offset, Utc};

use crate::model::Zone;

/// The time it is.
#[expect(clippy::disallowed_methods, reason = "the one place that asks the clock")]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}

/// The local zone: what `TZ` names, else what the system is set to, else the offset that holds today.
pub fn local_zone() -> Zone {
    let told = env::var("TZ").ok();
    let zone = match told.as_deref() {
        Some(told) => told_zone(told),
        None => iana_time_zone::get_timezone().ok().and_then(|name| Zone::parse(&name)),
    };
    zone.unwrap_or_else(offset_today)
}

/// The zone that a value of `TZ` names: `Europe/London`, `:Europe/London`, or the path of its file; an empty one is UTC.
/// Rules that are spelt out, such as `CET-1CEST`, name none.
fn told_zone(told: &str) -> Option<Zone> {
    let name = told.strip_prefix(':').unwrap_or(told);
    let name = name.rsplit_once("zoneinfo/").map_or(name, |(_, name)| name);
    if name.is_empty() { Some(Zone::UTC) } else { Zone::parse(name) }
}

/// The offset that holds now; chrono knows the rules that are spelt out in `TZ`.
#[expect(clippy::disallowed_methods, reason = "the one place that asks the clock")]
fn offset_today() -> Zone {
    Zone::Fixed(Local::now().offset().fix())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_names_a_zone_in_many_ways() {
        let london = Zone::parse("Europe/London");
        for told in ["Europe/London", ":Europe/London", "/usr/share/zoneinfo/Europe/London"] {
            assert_eq!(told_zone(told), london, "{told}");
        }
        assert_eq!(told_zone(""), Some(Zone::UTC));
        assert_eq!(told_zone("CET-1CEST,M3.5.0,M10.5.0/3"), None);
        assert_eq!(told_zone("/etc/localtime"), None);
    }
}
