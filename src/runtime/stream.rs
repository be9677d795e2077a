//! Drives printing: what sources say, one after the other, on the calling thread.
//!
//! No terminal is taken and no signal is caught: Ctrl-C and SIGTERM end the program as they end any other.

use std::{ops::ControlFlow, sync::Arc};

use crate::model::News;

use super::{
    Error, Source, Waker, faults,
    lanes::{Control, Lanes},
    source, watchdog,
};

/// Hands what `sources`, numbered from 0, say to `each`, until all have said all or `each` breaks.
///
/// Also ends when whoever reads standard output is gone, as `head` is when it has enough: nothing would be written for
/// a long time, and nobody would notice.
pub fn stream<S: Source, B>(
    sources: impl IntoIterator<Item = S>,
    mut each: impl FnMut(News) -> ControlFlow<B>,
) -> Result<ControlFlow<B>, Error> {
    faults::install();
    let lanes = Arc::new(Lanes::new());
    watchdog::start(&lanes)?;
    let mut wakers = Vec::new();
    for (source, id) in sources.into_iter().zip(0..) {
        wakers.push(source.waker());
        source::start(source, id, &lanes);
    }
    let outcome = drive(&lanes, wakers.len(), &mut each);
    lanes.close();
    wakers.iter().for_each(Waker::stop);
    outcome
}

fn drive<B>(
    lanes: &Lanes,
    sources: usize,
    each: &mut impl FnMut(News) -> ControlFlow<B>,
) -> Result<ControlFlow<B>, Error> {
    let mut over = 0;
    loop {
        for control in lanes.take_control() {
            match control {
                Control::Over => over += 1,
                Control::Quit(_) => return Ok(ControlFlow::Continue(())),
                Control::Failed(error) => return Err(error),
                Control::Event(_) | Control::Background(_) | Control::Continued(_) => {}
            }
        }
        match lanes.take_news() {
            Some(news) => {
                if let ControlFlow::Break(value) = each(news) {
                    return Ok(ControlFlow::Break(value));
                }
            }
            // A source sends its last news before it is over.
            None if over == sources && !lanes.has_control() => return Ok(ControlFlow::Continue(())),
            None => lanes.wait(None),
        }
    }
}
