//! When a line that has no end yet is looked at again: a line may be endless, and come in any number of pieces.

/// Lines up to this length are looked at whenever they grew, in bytes.
const SHORT: usize = 64 << 10;

/// How long the line was when it was looked at last.
#[derive(Debug, Default)]
pub(super) struct Looks(usize);

impl Looks {
    /// Whether a line of `length` bytes is to be looked at, as is noted then: a long one when it grew by a quarter, so that all
    /// looks together cost a few times what one look at the whole does.
    pub(super) fn is_due(&mut self, length: usize) -> bool {
        let is_due = length <= SHORT || length >= self.0 + self.0 / 4;
        if is_due {
            self.0 = length;
        }
        is_due
    }

    /// Another line begins.
    pub(super) fn begin(&mut self) {
        self.0 = 0;
    }

    /// How long the line was when it was looked at last.
    #[cfg(test)]
    pub(super) fn last(&self) -> usize {
        self.0
    }
}

/// How many bytes are looked at in all when `grow` lets a line grow by one of many pieces and gives what [`Looks::last`] says.
#[cfg(test)]
pub(super) fn looked_at(mut grow: impl FnMut() -> usize) -> usize {
    let (mut before, mut all) = (0, 0);
    for _ in 0..2_000 {
        let last = grow();
        all += if last > before { last } else { 0 };
        before = last;
    }
    all
}
