//! Drives printing: what sources say, one after the other, on the calling thread.
//!
//! No terminal is taken and no signal is caught: Ctrl-C and SIGTERM end the program as they end any other.

use std::{
    ops::ControlFlow,
    sync::Arc,
    time::{Duration, Instant},
};

use crate::model::News;

use super::{
    Error, Source, Waker, faults,
    lanes::{Control, Lanes},
    source, watchdog,
};

/// What is heard of sources.
#[derive(Debug)]
pub enum Heard {
    /// What one of them says.
    News(News),
    /// It has been as long as they were to be waited for. Heard once.
    Enough,
}

/// Hands what `sources`, numbered from 0, say to `each`, until all have said all or `each` breaks; and once, after
/// `patience`, that so much time has passed.
///
/// Also ends when whoever reads standard output is gone, as `head` is when it has enough: nothing would be written for
/// a long time, and nobody would notice.
pub fn stream<S: Source, B>(
    sources: impl IntoIterator<Item = S>,
    patience: Option<Duration>,
    mut each: impl FnMut(Heard) -> ControlFlow<B>,
) -> Result<ControlFlow<B>, Error> {
    let enough_at = patience.map(|patience| Instant::now() + patience);
    faults::install();
    let lanes = Arc::new(Lanes::new());
    watchdog::start(&lanes)?;
    let mut wakers = Vec::new();
    for (source, id) in sources.into_iter().zip(0..) {
        wakers.push(source.waker());
        source::start(source, id, &lanes);
    }
    let outcome = drive(&lanes, wakers.len(), enough_at, &mut each);
    lanes.close();
    wakers.iter().for_each(Waker::stop);
    outcome
}

fn drive<B>(
    lanes: &Lanes,
    sources: usize,
    mut enough_at: Option<Instant>,
    each: &mut impl FnMut(Heard) -> ControlFlow<B>,
) -> Result<ControlFlow<B>, Error> {
    let mut over = 0;
    loop {
        for control in lanes.take_control() {
            match control {
                Control::Over => over += 1,
                Control::Quit(_) => return Ok(ControlFlow::Continue(())),
                Control::Failed(error) => return Err(error),
                Control::Event(_) | Control::Background(_) | Control::Stop(_) | Control::Continued(_) => {}
            }
        }
        let is_enough = enough_at.is_some_and(|at| at <= Instant::now());
        let heard = if is_enough {
            enough_at = None;
            Some(Heard::Enough)
        } else {
            lanes.take_news().map(Heard::News)
        };
        match heard {
            Some(heard) => {
                if let ControlFlow::Break(value) = each(heard) {
                    return Ok(ControlFlow::Break(value));
                }
            }
            // A source sends its last news before it is over.
            None if over == sources && !lanes.has_control() => return Ok(ControlFlow::Continue(())),
            None => lanes.wait(enough_at),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Condvar, Mutex};

    use crate::{
        model::{Readiness, Status},
        text::link::Link,
    };

    use super::*;

    /// Says so many numbers, then ends or breaks.
    struct Counting {
        left: u64,
        breaks: bool,
    }

    struct Sleeper;

    impl Source for Counting {
        type Waker = Sleeper;

        fn waker(&self) -> Sleeper {
            Sleeper
        }

        fn next(&mut self) -> Option<News> {
            assert!(self.left > 0 || !self.breaks, "it broke");
            self.left = self.left.checked_sub(1)?;
            Some(News::Status(0, Status::Reading { read: self.left, total: None }))
        }
    }

    impl Waker for Sleeper {
        fn look(&self) {}

        fn fetch(&self, _: &Link) {}

        fn follow(&self, _: bool) {}

        fn stop(&self) {}
    }

    fn counting(left: u64) -> Counting {
        Counting { left, breaks: false }
    }

    #[test]
    fn it_ends_when_all_is_said() {
        let mut count = 0;
        let ended = stream([counting(1000), counting(0), counting(20)], None, |_| {
            count += 1;
            ControlFlow::<()>::Continue(())
        });
        assert!(ended.unwrap().is_continue());
        assert_eq!(count, 1020);
    }

    #[test]
    fn without_sources_there_is_nothing_to_wait_for() {
        assert!(stream::<Counting, ()>([], None, |_| ControlFlow::Break(())).unwrap().is_continue());
    }

    #[test]
    fn it_ends_when_it_is_told_to() {
        let mut count = 0;
        let ended = stream([counting(1000)], None, |_| {
            count += 1;
            if count == 3 { ControlFlow::Break("enough") } else { ControlFlow::Continue(()) }
        });
        assert_eq!(ended.unwrap(), ControlFlow::Break("enough"));
    }

    #[test]
    fn a_source_that_breaks_has_failed_and_the_others_go_on() {
        let (mut count, mut failed, mut is_over) = (0, String::new(), false);
        let ended = stream([counting(50), Counting { left: 1, breaks: true }], None, |heard| {
            match heard {
                Heard::News(News::Status(1, Status::Failed(failure))) => failed = failure.message.to_string(),
                Heard::News(News::Readiness(1, Readiness::Over)) => is_over = true,
                _ => count += 1,
            }
            ControlFlow::<()>::Continue(())
        });
        assert!(ended.unwrap().is_continue());
        assert_eq!(count, 51);
        assert!(failed.contains("it broke") && is_over, "{failed}");
    }

    /// Says nothing until it is told to stop.
    struct Silent(Arc<(Mutex<bool>, Condvar)>);

    struct Stop(Arc<(Mutex<bool>, Condvar)>);

    impl Source for Silent {
        type Waker = Stop;

        fn waker(&self) -> Stop {
            Stop(Arc::clone(&self.0))
        }

        fn next(&mut self) -> Option<News> {
            let (is_stopped, rung) = &*self.0;
            drop(rung.wait_while(is_stopped.lock().unwrap(), |is_stopped| !*is_stopped));
            None
        }
    }

    impl Waker for Stop {
        fn look(&self) {}

        fn fetch(&self, _: &Link) {}

        fn follow(&self, _: bool) {}

        fn stop(&self) {
            *self.0.0.lock().unwrap() = true;
            self.0.1.notify_all();
        }
    }

    #[test]
    fn a_source_that_says_nothing_is_waited_for_as_long_as_was_said() {
        let silent = Silent(Arc::default());
        let ended = stream([silent], Some(Duration::ZERO), |heard| match heard {
            Heard::News(_) => ControlFlow::Continue(()),
            Heard::Enough => ControlFlow::Break("enough"),
        });
        assert_eq!(ended.unwrap(), ControlFlow::Break("enough"));
    }
}
