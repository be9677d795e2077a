//! What a source is in which no liveblog was found, where that can be told: what to do is worth more than what was
//! looked for.

use super::{decode, formats::html};

/// What stands in a web archive as Safari saves it.
const ARCHIVE: &[u8] = b"WebMainResource";

/// Why no entries are in `bytes`, all of a source or its beginning, and what to try. `None` when that is not known.
pub fn why_not(bytes: &[u8]) -> Option<String> {
    let is_list = bytes.starts_with(b"bplist00") || memchr::memmem::find(bytes, b"<plist").is_some();
    if is_list && memchr::memmem::find(bytes, ARCHIVE).is_some() {
        return Some("it is a web archive of Safari; save the page as page source (HTML) instead".to_owned());
    }
    let vendor = html::embedded(&decode::text(bytes))?;
    Some(format!(
        "it is a web page that embeds a liveblog of {vendor}, whose entries come by a script and are not in the page; \
         try the address of the embedded liveblog itself"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_web_archive_and_an_embedded_blog_are_told_and_nothing_else() {
        let binary = b"bplist00\xd1\x01\x02_\x10\x0fWebMainResource\xd4";
        let listed =
            b"<?xml version=\"1.0\"?><plist version=\"1.0\"><dict><key>WebMainResource</key></dict></plist>";
        for archive in [&binary[..], &listed[..]] {
            assert!(why_not(archive).is_some_and(|why| why.contains("Safari")));
        }
        let page =
            b"<html><body><p>Words.</p><script src=\"//v.24liveblog.com/24.js\"></script></body></html>";
        assert!(why_not(page).is_some_and(|why| why.contains("24liveblog")));
        for other in ["", "bplist00", "<html><p>Words.</p></html>", "fn main() {}"] {
            assert_eq!(why_not(other.as_bytes()), None, "{other}");
        }
    }
}
