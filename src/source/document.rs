//! A source that means something as a whole only: read anew when it changed.
//!
//! What may be half-written is not told: it removes nothing, and what stands in it now is read when it has its end.

use crate::{
    feed::{Context, Format, Reader, decode::Unpacked, detect, recognize},
    model::{Coverage, CutShort, Packer, Reading, SourceId},
};

/// How long an end may be that is remembered.
const ENDING: usize = 32;

/// How sure it is that all of a document came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wholeness {
    /// Whoever brought it says so.
    Certain,
    /// It may be half-written, and there is time to wait for the rest.
    Awaited,
    /// It may be half-written, and no more is waited for.
    Doubtful,
}

/// What is known of a document.
pub(super) struct Document {
    format: &'static Format,
    /// How it ended when it was whole.
    ending: Vec<u8>,
    /// How what may be half of it ended, which was taken for what it is at last.
    doubtful_ending: Vec<u8>,
    /// Whether it is looked at for the first time.
    is_first: bool,
    cut_short: CutShort,
}

impl Document {
    pub(super) fn new(format: &'static Format) -> Self {
        Self {
            format,
            ending: Vec::new(),
            doubtful_ending: Vec::new(),
            is_first: true,
            cut_short: CutShort::default(),
        }
    }

    /// The format that it is read in.
    pub(super) fn format(&self) -> &'static Format {
        self.format
    }

    /// Whether it has not been read yet.
    pub(super) fn is_first(&self) -> bool {
        self.is_first
    }

    /// What `whole` says. `None`: it may be half-written, and its rest is awaited.
    pub(super) fn read(
        &mut self,
        whole: &Unpacked<'_>,
        context: &Context,
        source: SourceId,
        wholeness: Wholeness,
    ) -> Option<Reading> {
        let (bytes, fault) = (&*whole.bytes, whole.fault);
        // A fresh packer each time: what is not told leaves nothing behind.
        let mut packer = Packer::new(source);
        packer.remembers(self.cut_short.clone());
        packer.reads(self.format.name);
        self.format.read_whole(bytes, context, &mut packer);
        fault.into_iter().for_each(|fault| packer.problem(None, fault));
        let mut reading = packer.take(Coverage::Window, true);
        let ending = ending(bytes);
        let has_failed = (reading.segment.is_empty() && reading.unreadable > 0) || fault.is_some();
        let is_known = ending == self.ending || ending == self.doubtful_ending;
        let is_cut = wholeness != Wholeness::Certain && !is_known;
        let is_doubtful = !self.is_first && (bytes.is_empty() || has_failed || is_cut);
        if is_doubtful && wholeness == Wholeness::Awaited {
            return None;
        }
        if is_doubtful {
            reading.coverage = Coverage::Delta;
        }
        if is_doubtful && !has_failed {
            // It may end so from here on; or what follows is whole again, and ends as it did before.
            self.doubtful_ending = ending.to_vec();
        } else if !has_failed {
            self.ending = ending.to_vec();
            self.doubtful_ending.clear();
        }
        self.is_first = false;
        self.cut_short = packer.into_cut_short();
        Some(reading)
    }
}

/// The format of a document that began like `format`, told by all of it. `None`: it is no liveblog.
pub(super) fn settled(format: &'static Format, whole: &[u8]) -> Option<&'static Format> {
    if detect::holds(format, whole) {
        return Some(format);
    }
    recognize(whole, true).known().filter(|other| matches!(other.reader, Reader::Document(_)))
}

/// How a document ends: its last tag where it consists of tags, else its last byte. Comments behind it are no part of that:
/// servers write there how long they took.
fn ending(bytes: &[u8]) -> &[u8] {
    let mut bytes = bytes.trim_ascii();
    let is_tags = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).starts_with(b"<");
    while is_tags && let Some(before) = before_comment(bytes) {
        bytes = before.trim_ascii_end();
    }
    let tag = memchr::memrchr(b'<', bytes).filter(|_| is_tags);
    let start = tag.unwrap_or(bytes.len().saturating_sub(1)).max(bytes.len().saturating_sub(ENDING));
    bytes.get(start..).unwrap_or_default()
}

/// What stands before the comment that `bytes` end with.
fn before_comment(bytes: &[u8]) -> Option<&[u8]> {
    let open = bytes.strip_suffix(b"-->")?;
    open.get(..memchr::memmem::rfind(open, b"<!--")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_half_a_document_is_whole_when_it_ends_as_the_first_did() {
        let item = |id: u32| format!("<item><guid>w{id}</guid><title>Weir {id}</title></item>");
        let feed = |ids: &[u32]| {
            let items: String = ids.iter().map(|id| item(*id)).collect();
            format!("<rss version=\"2.0\"><channel><title>Weir</title>{items}</channel></rss>")
        };
        let mut document = Document::new(crate::feed::named("rss").unwrap());
        let mut read = |text: &str, wholeness| {
            let context = Context::bare(chrono::DateTime::UNIX_EPOCH);
            let whole = crate::feed::decode::unpack(text.as_bytes()).unwrap();
            document.read(&whole, &context, 0, wholeness).map(|reading| reading.coverage)
        };
        let whole = feed(&[3, 2, 1]);
        let half = &whole[..whole.find("w2").unwrap()];
        assert_eq!(read(&whole, Wholeness::Awaited), Some(Coverage::Window));
        assert_eq!(read(half, Wholeness::Awaited), None);
        assert_eq!(read(half, Wholeness::Doubtful), Some(Coverage::Delta));
        assert_eq!(read(&feed(&[4, 3, 2]), Wholeness::Awaited), Some(Coverage::Window));
        let half_again = whole.replace("w2", "w5");
        assert_eq!(read(&half_again[..whole.find("w1").unwrap()], Wholeness::Awaited), None);
    }

    #[test]
    fn a_document_cut_short_does_not_end_as_it_did() {
        assert_eq!(ending(b"<html><p>x</p></html>\n"), b"</html>");
        assert_eq!(ending(b"<html><p>x</p></htm"), b"</htm");
        assert_eq!(ending(b" {\"entries\":[]}\n"), b"}");
        assert_eq!(ending(b"words <b>"), b">");
        assert_eq!(ending(b""), b"");
        assert_eq!(ending(b"words -->"), b">");
    }

    #[test]
    fn what_a_server_says_behind_a_document_is_not_its_ending() {
        for comments in
            ["", "<!-- made in 0.2 s -->", "\n<!-- made <b>fast</b> -->\n<!-- cached -->\n", "<!---->"]
        {
            assert_eq!(ending(format!("<rss><item/></rss>{comments}").as_bytes()), b"</rss>", "{comments}");
        }
        assert_eq!(ending(b"<rss><item/></rss><!-- made in"), b"<!-- made in", "cut short");
        assert_eq!(ending(b"<!-- only -->"), b"");
    }
}
