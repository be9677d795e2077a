//! A thread for each source: it blocks in the source and sends on what the source says.

use std::sync::Arc;

use crate::{
    model::{Failure, FailureKind, News, Readiness, SourceId, Status},
    source,
    text::link::Link,
};

use super::{
    Error,
    faults::{self, Fault},
    lanes::{Control, Lanes},
};

/// Where readings come from. Blocks.
pub trait Source: Send + 'static {
    /// What wakes it.
    type Waker: Waker;

    /// A way to wake it from elsewhere.
    fn waker(&self) -> Self::Waker;

    /// Waits for what it says next; `None` when it has said all.
    fn next(&mut self) -> Option<News>;
}

/// Wakes a source that waits. Never blocks.
pub trait Waker {
    /// Please look now.
    fn look(&self);
    /// Please read a further part of the blog, which stands at this address.
    fn fetch(&self, address: &Link);
    /// Please keep looking, or stop.
    fn follow(&self, is_followed: bool);
    /// Please end.
    fn stop(&self);
}

impl Source for source::Source {
    type Waker = source::Waker;

    fn waker(&self) -> Self::Waker {
        source::Source::waker(self)
    }

    fn next(&mut self) -> Option<News> {
        source::Source::next(self)
    }
}

impl Waker for source::Waker {
    fn look(&self) {
        source::Waker::look(self);
    }

    fn fetch(&self, address: &Link) {
        source::Waker::fetch(self, address);
    }

    fn follow(&self, is_followed: bool) {
        source::Waker::follow(self, is_followed);
    }

    fn stop(&self) {
        source::Waker::stop(self);
    }
}

/// How the sources that are open are woken. Sources are numbered in the order they are opened, whatever was closed since.
#[derive(Debug)]
pub(super) struct Wakers<W> {
    /// How many were closed.
    closed: usize,
    open: Vec<W>,
}

impl<W> Default for Wakers<W> {
    fn default() -> Self {
        Self { closed: 0, open: Vec::new() }
    }
}

impl<W: Waker> Wakers<W> {
    /// What the source is called that is opened next, while there are numbers.
    pub(super) fn next_id(&self) -> Option<SourceId> {
        SourceId::try_from(self.closed + self.open.len()).ok()
    }

    /// Takes the waker of the source that was opened next.
    pub(super) fn push(&mut self, waker: W) {
        self.open.push(waker);
    }

    /// The waker of the source called `id`, while it is open.
    pub(super) fn get(&self, id: SourceId) -> Option<&W> {
        self.open.get(usize::from(id).checked_sub(self.closed)?)
    }

    /// Those of the sources that are open.
    pub(super) fn open(&self) -> &[W] {
        &self.open
    }

    /// Asks the sources that are open to end, and lets go of them.
    pub(super) fn close(&mut self) {
        self.closed += self.open.len();
        self.open.drain(..).for_each(|waker| waker.stop());
    }
}

/// Lets `source` speak on a thread of its own until it has said all or nobody listens.
pub(super) fn start(source: impl Source, id: SourceId, lanes: &Arc<Lanes>) {
    let name = format!("source {id}");
    let (failed, unstarted) = (Arc::clone(lanes), Arc::clone(lanes));
    let lanes = Arc::clone(lanes);
    let work = move || {
        speak(source, &lanes);
        lanes.send(Control::Over);
    };
    let on_fault = move |fault: Fault| {
        // Nobody listening is no fault.
        let _ = failure(id, &Error::Fault(fault)).into_iter().all(|news| failed.send_news(news));
        failed.send(Control::Over);
    };
    if let Err(error) = faults::spawn(&name, work, on_fault) {
        // This is the thread that takes news: waiting for room, it would wait for itself.
        failure(id, &Error::Thread(error)).into_iter().for_each(|news| unstarted.push_news(news));
        unstarted.send(Control::Over);
    }
}

fn speak(mut source: impl Source, lanes: &Lanes) {
    while let Some(news) = source.next() {
        if !lanes.send_news(news) {
            return;
        }
    }
}

/// What is said for a source that cannot speak any more.
fn failure(id: SourceId, error: &Error) -> [News; 2] {
    let failure = Failure { kind: FailureKind::Unreadable, message: error.to_string().into() };
    [News::Status(id, Status::Failed(failure)), News::Readiness(id, Readiness::Over)]
}

#[cfg(test)]
mod tests {
    use std::{cell::Cell, rc::Rc};

    use super::*;

    /// Whether the source was asked to end.
    #[derive(Default, Clone)]
    struct Stopped(Rc<Cell<bool>>);

    impl Waker for Stopped {
        fn look(&self) {}

        fn fetch(&self, _: &Link) {}

        fn follow(&self, _: bool) {}

        fn stop(&self) {
            self.0.set(true);
        }
    }

    #[test]
    fn sources_that_are_closed_are_let_go_and_the_numbers_go_on() {
        let mut wakers = Wakers::default();
        let (first, second) = (Stopped::default(), Stopped::default());
        assert_eq!(wakers.next_id(), Some(0));
        wakers.push(first.clone());
        wakers.close();
        assert!(first.0.get() && Rc::strong_count(&first.0) == 1);
        assert_eq!(wakers.next_id(), Some(1));
        wakers.push(second.clone());
        assert!(wakers.get(0).is_none() && wakers.get(1).is_some() && wakers.get(2).is_none());
        assert!(!second.0.get());
    }
}
