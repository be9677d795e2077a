//! What a server answers, but for the body: what a look needs to know of status and headers.

use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use ureq::{
    Body,
    http::{
        HeaderMap, HeaderName, HeaderValue, Response, StatusCode,
        header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, LAST_MODIFIED, RETRY_AFTER},
    },
};
use url::Url;

use super::pace;

/// What tells a server which version of a page is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Validators {
    /// The address that told them: another one has others.
    pub(super) url: Url,
    pub(super) tag: Option<HeaderValue>,
    pub(super) modified: Option<HeaderValue>,
}

/// An answer without its body.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) validators: Validators,
    /// How long the answer may be kept.
    pub(super) max_age: Option<Duration>,
    /// How long the server wants no look.
    pub(super) ban: Option<Duration>,
    /// The character set that the server names.
    pub(super) charset: Option<String>,
    /// An encoding of the body that was not undone.
    pub(super) encoding: Option<String>,
    /// When it was changed last.
    pub(super) modified: Option<SystemTime>,
    /// How long the body is, where that is told.
    pub(super) length: Option<u64>,
    /// Whether a body that is cut short shows: it says how long it is, or comes in chunks.
    pub(super) shows_cuts: bool,
}

impl Answer {
    /// What `response` to a request for `url` says at `now`.
    pub(super) fn new(response: &Response<Body>, url: &Url, now: DateTime<Utc>) -> Self {
        let headers = response.headers();
        let modified = text(headers, LAST_MODIFIED);
        let is_chunked = headers.contains_key("transfer-encoding");
        let length = response.body().content_length();
        Self {
            status: response.status(),
            validators: Validators {
                url: url.clone(),
                tag: headers.get(ETAG).cloned(),
                modified: headers.get(LAST_MODIFIED).cloned(),
            },
            max_age: text(headers, CACHE_CONTROL).and_then(|value| pace::max_age(&value)),
            ban: text(headers, RETRY_AFTER).and_then(|value| pace::retry_after(&value, now)),
            charset: text(headers, CONTENT_TYPE).and_then(|value| charset(&value)),
            encoding: text(headers, CONTENT_ENCODING).filter(|value| !value.eq_ignore_ascii_case("identity")),
            modified: modified.and_then(|date| DateTime::parse_from_rfc2822(&date).ok()).map(Into::into),
            length,
            shows_cuts: is_chunked || length.is_some(),
        }
    }
}

/// A header as text, whatever its bytes are.
pub(super) fn text(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    let bytes = headers.get(name)?.as_bytes();
    let text = std::str::from_utf8(bytes).map(str::to_owned);
    // Headers were in Latin-1 once.
    Some(text.unwrap_or_else(|_| bytes.iter().map(|byte| char::from(*byte)).collect()))
}

/// The character set that a `Content-Type` names.
fn charset(value: &str) -> Option<String> {
    let mut parameters = value.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let (_, label) = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    let label = label.trim().trim_matches(['"', '\'']);
    (!label.is_empty()).then(|| label.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_content_type_names_a_character_set() {
        for (value, label) in [
            ("text/html; charset=utf-8", Some("utf-8")),
            ("text/html;level=1; Charset=\"koi8-r\"", Some("koi8-r")),
            ("text/html", None),
            ("text/html; charset=", None),
        ] {
            assert_eq!(charset(value).as_deref(), label, "{value}");
        }
    }
}
