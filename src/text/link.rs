//! Addresses that may be shown, opened and handed to the terminal.
//!
//! A [`Link`]'s only constructor parses it, allows `http`, `https` and `mailto` alone, and leaves no control, space, quote
//! or backslash in it. Addresses are never handed to a shell.

use std::fmt::{self, Write as _};

/// The longest address handed on, in bytes: what browsers and terminals accept.
const LONGEST: usize = 2083;

/// A checked address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Link(Box<str>);

impl Link {
    /// Checks `address`; `None` when it must not be offered to a reader.
    pub fn parse(address: &str) -> Option<Self> {
        let address = address.trim();
        if address.len() > LONGEST {
            return None;
        }
        if is_plainly_safe(address) {
            return Some(Self(address.into()));
        }
        let parsed = url::Url::parse(address).ok()?;
        let is_allowed = match parsed.scheme() {
            "http" | "https" => parsed.host_str().is_some_and(|host| !host.is_empty()),
            "mailto" => {
                !parsed.path().is_empty() && !parsed.cannot_be_a_base() || parsed.path().contains('@')
            }
            _ => false,
        };
        let escaped = escape(parsed.as_str());
        (is_allowed && escaped.len() <= LONGEST).then(|| Self(escaped.into()))
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address as people read it: without the scheme and a last slash.
    pub fn label(&self) -> &str {
        let bare = ["https://", "http://", "mailto:"].iter().find_map(|scheme| self.0.strip_prefix(scheme));
        let bare = bare.unwrap_or(&self.0);
        bare.strip_suffix('/').unwrap_or(bare)
    }
}

impl fmt::Display for Link {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Most addresses need no parsing: a lower-case host of letters and digits, and a path that holds nothing odd.
fn is_plainly_safe(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")) else {
        return false;
    };
    let host_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(host_end);
    let is_host = host.len() > 1
        && host.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-'))
        && host.bytes().any(|byte| byte.is_ascii_lowercase())
        && !host.contains("xn--");
    let is_path = path.bytes().all(
        |byte| matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b'?' | b'#' | b'&' | b'=' | b'%' | b'+' | b',' | b':' | b'@' | b';' | b'!'),
    );
    is_host && is_path && !path.contains("/.")
}

/// Percent-encodes what parsing leaves as it is and a terminal or a shell could take for something else.
fn escape(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for char in address.chars() {
        match char {
            '"' | '<' | '>' | '`' | '\\' | '\'' | ' ' | '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => {
                let mut bytes = [0; 4];
                for byte in char.encode_utf8(&mut bytes).bytes() {
                    // Writing to a string cannot fail.
                    let _ = write!(out, "%{byte:02X}");
                }
            }
            _ if char.is_ascii() || !super::clean::is_dropped(char) => out.push(char),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_for_readers_pass() {
        for bad in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,x",
            "-oProxyCommand=x",
            "https://",
            "ftp://a.b/",
            "exec:ls",
            "",
            "mailto:",
        ] {
            assert_eq!(Link::parse(bad), None, "{bad}");
        }
        assert_eq!(
            Link::parse(" https://example.org/a?b=c#d ").unwrap().as_str(),
            "https://example.org/a?b=c#d"
        );
        assert_eq!(Link::parse("mailto:desk@example.org").unwrap().label(), "desk@example.org");
    }

    #[test]
    fn odd_characters_are_encoded_and_checking_again_changes_nothing() {
        for odd in [
            "https://example.org/a b\"c`d\\e",
            "HTTPS://EXAMPLE.org/é?q=\"x\"&y=`z`\\",
            "https://exämple.org/\u{202e}x",
            "http://a.org/\u{1b}[31m",
            "https://example.org",
        ] {
            let link = Link::parse(odd).unwrap();
            assert!(!link.as_str().contains(['"', '`', '\\', ' ', '\u{1b}']), "{link}");
            assert_eq!(Link::parse(link.as_str()), Some(link.clone()));
        }
    }

    #[test]
    fn an_endless_address_is_no_link() {
        assert_eq!(Link::parse(&format!("https://example.org/{}", "a".repeat(3000))), None);
    }
}
