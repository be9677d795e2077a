//! The two lanes into the main thread: control (keys and the like), taken first, and news, of which few may wait.
//!
//! Control is never held up, for a key must not wait for a source. News is: whoever sends more than [`MOST_NEWS`] waits
//! until the reader has taken some, so a slow reader never grows a queue. Nor does a flood of keys: the thread of keys
//! reads on when the main thread has done what it read before, so what is typed after a key that leaves is never read.
//! One mutex guards both; one condition variable is the main thread's, one that of the sources, one that of the thread of
//! keys. Nobody wakes while nothing is sent.

use std::{
    collections::VecDeque,
    mem,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use crate::{app::Event, model::News};

use super::{Background, End, Error};

/// The most news that waits.
pub(super) const MOST_NEWS: usize = 4;

/// What comes before news.
#[derive(Debug)]
pub(super) enum Control {
    /// A key, a size, the result of an effect.
    Event(Event),
    /// The terminal told its background late.
    Background(Background),
    /// Please stop until we are continued; so often we had been when that was asked.
    Stop(u64),
    /// We were continued, for the how-manieth time.
    Continued(u64),
    /// A source has said all it will say.
    Over,
    /// Please leave.
    Quit(End),
    /// It cannot go on.
    Failed(Error),
}

/// The lanes. Shared by whoever sends and the one that takes.
#[derive(Debug, Default)]
pub(super) struct Lanes {
    queues: Mutex<Queues>,
    arrived: Condvar,
    room: Condvar,
    done: Condvar,
}

#[derive(Debug, Default)]
struct Queues {
    control: VecDeque<Control>,
    news: VecDeque<News>,
    input: Input,
    is_closed: bool,
}

/// What became of what the thread of keys read last.
#[derive(Debug, Default, PartialEq, Eq)]
enum Input {
    #[default]
    Done,
    Sent,
    Taken,
}

impl Lanes {
    /// Empty lanes.
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Sends one thing on the control lane.
    pub(super) fn send(&self, control: Control) {
        self.send_all([control]);
    }

    /// Sends what came together, so that the main thread wakes once.
    pub(super) fn send_all(&self, batch: impl IntoIterator<Item = Control>) {
        self.lock().control.extend(batch);
        self.arrived.notify_one();
    }

    /// Sends what was typed, and waits until that is [done](Self::let_input_on).
    pub(super) fn send_input(&self, batch: impl IntoIterator<Item = Control>) {
        let mut queues = self.lock();
        queues.control.extend(batch);
        queues.input = Input::Sent;
        self.arrived.notify_one();
        drop(
            self.done
                .wait_while(queues, |queues| queues.input != Input::Done)
                .unwrap_or_else(PoisonError::into_inner),
        );
    }

    /// Tells that what was taken is done: more of what was typed may be read.
    pub(super) fn let_input_on(&self) {
        let mut queues = self.lock();
        // What was sent since is still to be taken.
        if queues.input == Input::Taken {
            queues.input = Input::Done;
            drop(queues);
            self.done.notify_one();
        }
    }

    /// Sends news, waiting for room; `false` when nobody takes news any more.
    #[must_use]
    pub(super) fn send_news(&self, news: News) -> bool {
        let queues = self.lock();
        let mut queues = self
            .room
            .wait_while(queues, |queues| queues.news.len() >= MOST_NEWS && !queues.is_closed)
            .unwrap_or_else(PoisonError::into_inner);
        if queues.is_closed {
            return false;
        }
        queues.news.push_back(news);
        drop(queues);
        self.arrived.notify_one();
        true
    }

    /// Sends news without waiting for room, for the thread that takes it.
    pub(super) fn push_news(&self, news: News) {
        self.lock().news.push_back(news);
        self.arrived.notify_one();
    }

    /// Sleeps until something waits on a lane, or until `deadline`.
    pub(super) fn wait(&self, deadline: Option<Instant>) {
        let mut queues = self.lock();
        while queues.control.is_empty() && queues.news.is_empty() {
            let Some(deadline) = deadline else {
                queues = self.arrived.wait(queues).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            queues = self.arrived.wait_timeout(queues, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Takes all that waits on the control lane.
    pub(super) fn take_control(&self) -> VecDeque<Control> {
        let mut queues = self.lock();
        if queues.input == Input::Sent {
            queues.input = Input::Taken;
        }
        mem::take(&mut queues.control)
    }

    /// Takes the next news. Whoever takes control first takes it before news that came earlier.
    pub(super) fn take_news(&self) -> Option<News> {
        let news = self.lock().news.pop_front();
        if news.is_some() {
            // One place became free, so one of those that wait may go on.
            self.room.notify_one();
        }
        news
    }

    /// Whether something waits on the control lane.
    pub(super) fn has_control(&self) -> bool {
        !self.lock().control.is_empty()
    }

    /// Tells all that wait for room, now and later, that nobody takes news any more.
    pub(super) fn close(&self) {
        self.lock().is_closed = true;
        self.room.notify_all();
    }

    /// The queues are valid between any two statements, so a panic while they were held is no reason to stop.
    fn lock(&self) -> MutexGuard<'_, Queues> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::{
            Arc,
            atomic::{AtomicUsize, Ordering},
        },
        thread::{self, Scope},
        time::Duration,
    };

    use crate::{app::Key, model::Status};

    use super::*;

    fn news(read: u64) -> News {
        News::Status(0, Status::Reading { read, total: None })
    }

    fn key() -> Control {
        Control::Event(Event::Key(Key::parse("j").unwrap()))
    }

    fn soon() -> Instant {
        Instant::now() + Duration::from_secs(10)
    }

    /// A thread that sends `count` news and counts them.
    fn sender<'scope>(
        scope: &'scope Scope<'scope, '_>,
        lanes: &'scope Lanes,
        sent: &'scope AtomicUsize,
        count: u64,
    ) {
        let work = move || {
            for number in 0..count {
                if !lanes.send_news(news(number)) {
                    return;
                }
                sent.fetch_add(1, Ordering::SeqCst);
            }
        };
        thread::Builder::new().name("sender".to_owned()).spawn_scoped(scope, work).unwrap();
    }

    #[test]
    fn news_waits_for_room_and_is_freed_by_closing() {
        let lanes = Lanes::new();
        let sent = AtomicUsize::new(0);
        thread::scope(|scope| {
            sender(scope, &lanes, &sent, 100);
            sender(scope, &lanes, &sent, 100);
            let started = Instant::now();
            while sent.load(Ordering::SeqCst) < MOST_NEWS && started.elapsed() < Duration::from_secs(10) {
                thread::yield_now();
            }
            thread::sleep(Duration::from_millis(20));
            assert_eq!(sent.load(Ordering::SeqCst), MOST_NEWS);
            lanes.close();
        });
        assert_eq!(sent.load(Ordering::SeqCst), MOST_NEWS);
    }

    #[test]
    fn what_is_typed_is_read_when_what_was_typed_before_is_done() {
        let lanes = Lanes::new();
        thread::scope(|scope| {
            let type_twice = || (0..2).for_each(|_| lanes.send_input([key()]));
            thread::Builder::new().name("keys".to_owned()).spawn_scoped(scope, type_twice).unwrap();
            // What was not taken is not done.
            lanes.let_input_on();
            for _ in 0..2 {
                lanes.wait(Some(soon()));
                assert_eq!(lanes.take_control().len(), 1);
                thread::sleep(Duration::from_millis(20));
                assert!(!lanes.has_control());
                lanes.let_input_on();
            }
        });
    }

    #[test]
    fn keys_are_never_held_up_by_a_full_lane_of_news() {
        let lanes = Lanes::new();
        for number in 0..MOST_NEWS {
            assert!(lanes.send_news(news(number as u64)));
        }
        lanes.send_all((0..1000).map(|_| key()));
        assert_eq!(lanes.take_control().len(), 1000);
    }

    #[test]
    fn no_wake_up_is_lost_among_many_senders() {
        let lanes = Arc::new(Lanes::new());
        let sent = AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..4 {
                sender(scope, &lanes, &sent, 5_000);
            }
            let keys = || (0..5_000).for_each(|_| lanes.send(key()));
            thread::Builder::new().name("keys".to_owned()).spawn_scoped(scope, keys).unwrap();
            let (mut keys, mut news) = (0, 0);
            while keys < 5_000 || news < 20_000 {
                let deadline = soon();
                lanes.wait(Some(deadline));
                assert!(Instant::now() < deadline, "slept with {keys} keys and {news} news taken");
                keys += lanes.take_control().len();
                news += usize::from(lanes.take_news().is_some());
            }
        });
    }

    #[test]
    fn waiting_ends_at_the_deadline() {
        let started = Instant::now();
        Lanes::new().wait(Some(started + Duration::from_millis(15)));
        assert!(started.elapsed() >= Duration::from_millis(15));
    }
}
