//! Further parts of a blog: pages that it names, fetched one at a time, when the reader has reached that end.
//!
//! Only those are asked for that are on the server that the blog was read from; like any page, they may be redirected
//! elsewhere. A part tells where the next one is, so the blog as it is told names, at each end, the first part that was
//! not read yet, whatever its first page goes on to say.

use std::{collections::VecDeque, sync::Arc};

use url::Url;

use crate::{
    feed::{Format, decode},
    model::{Blog, Coverage, Packer, Reading},
    source::Brief,
    text::link::Link,
};

use super::{answer::Answer, failed_look::FailedLook, redirect};

/// What lies beyond one end of what was read.
#[derive(Debug, Default)]
enum Beyond {
    /// What the first page says.
    #[default]
    AsTold,
    /// What the last part that was read at this end said.
    Known(Option<Link>),
}

/// See the module's description.
#[derive(Debug, Default)]
pub(super) struct Further {
    /// As the blog names them, and as they are asked for.
    wanted: VecDeque<(Link, Url)>,
    older: Beyond,
    newer: Beyond,
    /// The blog as told last.
    blog: Option<Arc<Blog>>,
}

impl Further {
    /// Notes that the part at `link` is wanted. The error tells why it is not asked for: it is on another server than `home`.
    pub(super) fn want(&mut self, link: &Link, home: &Url) -> Result<(), &'static str> {
        if self.wanted.iter().any(|(wanted, _)| wanted == link) {
            return Ok(());
        }
        let mut url = Url::parse(link.as_str())
            .ok()
            .filter(|url| url.origin() == home.origin())
            .ok_or("they are on another server, which is not asked")?;
        redirect::lend_password(home, &mut url);
        self.wanted.push_back((link.clone(), url));
        Ok(())
    }

    /// Whether a part is wanted.
    pub(super) fn is_wanted(&self) -> bool {
        !self.wanted.is_empty()
    }

    /// The next part to fetch, and where.
    pub(super) fn next(&mut self) -> Option<(Link, Url)> {
        self.wanted.pop_front()
    }

    /// Makes the blog that a reading of the first page tells name the parts that were not read yet.
    pub(super) fn amend(&mut self, reading: &mut Reading) {
        if let Some(blog) = &mut reading.blog {
            let blog = Arc::make_mut(blog);
            for (beyond, end) in [(&self.older, &mut blog.older), (&self.newer, &mut blog.newer)] {
                if let Beyond::Known(link) = beyond {
                    end.clone_from(link);
                }
            }
            self.blog.clone_from(&reading.blog);
        }
    }

    /// What the part at `link` says, all of which is in `body`; the error tells why it says nothing.
    pub(super) fn read(
        &mut self,
        link: &Link,
        body: &[u8],
        answer: &Answer,
        format: &Format,
        brief: &Brief,
    ) -> Result<Reading, FailedLook> {
        let mut packer = Packer::new(brief.id);
        packer.reads(format.name);
        let told = decode::told(body, answer.charset.as_deref());
        let whole = decode::unpack(&told).map_err(|why| FailedLook::new(why, ""))?;
        format.read_whole(&whole.bytes, &brief.context(answer.modified), &mut packer);
        let reading = packer.take(Coverage::Delta, true);
        if reading.segment.is_empty() && reading.blog.is_none() {
            return Err(FailedLook::new("no liveblog is in the answer", ""));
        }
        let blog = self.goes_beyond(link, reading.blog.as_deref());
        Ok(Reading { blog, is_further: true, ..reading })
    }

    /// The blog as told last, with what lies beyond the part at `link`, which tells `part` of itself.
    fn goes_beyond(&mut self, link: &Link, part: Option<&Blog>) -> Option<Arc<Blog>> {
        let blog = Arc::make_mut(self.blog.as_mut()?);
        let (older, newer) = part.map(|part| (part.older.clone(), part.newer.clone())).unwrap_or_default();
        for (beyond, end, next) in
            [(&mut self.older, &mut blog.older, older), (&mut self.newer, &mut blog.newer, newer)]
        {
            if end.as_ref() == Some(link) {
                // A part that names itself leads nowhere.
                *end = next.filter(|next| next != link);
                *beyond = Beyond::Known(end.clone());
            }
        }
        self.blog.clone()
    }
}
