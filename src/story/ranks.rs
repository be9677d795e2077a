//! Things in their order, each told by its rank.
//!
//! Kept in chunks of bounded length, so that putting one in, taking one out and finding one cost little however many there
//! are. Invariant: all chunks are sorted, none is empty, and nothing is in twice.

/// How many things a chunk holds at most.
const MOST: usize = 512;

/// Things in order. See the module's description.
#[derive(Debug, Clone)]
pub(super) struct Ranks<T> {
    chunks: Vec<Vec<T>>,
    count: usize,
}

impl<T> Default for Ranks<T> {
    fn default() -> Self {
        Self { chunks: Vec::new(), count: 0 }
    }
}

impl<T: Ord> Ranks<T> {
    pub(super) fn len(&self) -> usize {
        self.count
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub(super) fn first(&self) -> Option<&T> {
        self.chunks.first()?.first()
    }

    pub(super) fn last(&self) -> Option<&T> {
        self.chunks.last()?.last()
    }

    /// Puts `item` in, unless it is there.
    pub(super) fn insert(&mut self, item: T) {
        let place = self.chunks.partition_point(|chunk| chunk.last().is_some_and(|last| *last < item));
        let place = place.min(self.chunks.len().saturating_sub(1));
        let Some(chunk) = self.chunks.get_mut(place) else {
            self.chunks.push(vec![item]);
            self.count = 1;
            return;
        };
        let Err(index) = chunk.binary_search(&item) else { return };
        chunk.insert(index, item);
        self.count += 1;
        if chunk.len() > MOST {
            // What is put in at an end goes on there.
            let cut = match index {
                0 => 1,
                MOST => MOST,
                _ => MOST / 2,
            };
            let behind = chunk.split_off(cut);
            self.chunks.insert(place + 1, behind);
        }
    }

    /// Takes `item` out; tells whether it was there.
    pub(super) fn remove(&mut self, item: &T) -> bool {
        let place = self.chunks.partition_point(|chunk| chunk.last().is_some_and(|last| last < item));
        let Some(chunk) = self.chunks.get_mut(place) else { return false };
        let Ok(index) = chunk.binary_search(item) else { return false };
        chunk.remove(index);
        self.count -= 1;
        if chunk.is_empty() {
            self.chunks.remove(place);
        }
        true
    }

    /// The thing of rank `index`.
    pub(super) fn get(&self, index: usize) -> Option<&T> {
        self.from(index).next()
    }

    /// Those of rank `index` and on.
    pub(super) fn from(&self, index: usize) -> impl Iterator<Item = &T> {
        let (mut place, mut left) = (0, index);
        while let Some(chunk) = self.chunks.get(place).filter(|chunk| chunk.len() <= left) {
            left -= chunk.len();
            place += 1;
        }
        self.chunks.get(place..).unwrap_or_default().iter().flatten().skip(left)
    }

    /// How many there are before the first that is not `before`.
    pub(super) fn count(&self, before: impl Fn(&T) -> bool) -> usize {
        let place = self.chunks.partition_point(|chunk| chunk.last().is_some_and(&before));
        let ahead: usize = self.chunks.iter().take(place).map(Vec::len).sum();
        ahead + self.chunks.get(place).map_or(0, |chunk| chunk.partition_point(before))
    }

    /// The first that is not `before`.
    pub(super) fn find(&self, before: impl Fn(&T) -> bool) -> Option<&T> {
        let place = self.chunks.partition_point(|chunk| chunk.last().is_some_and(&before));
        let chunk = self.chunks.get(place)?;
        chunk.get(chunk.partition_point(before))
    }

    /// The last that is `before`.
    pub(super) fn find_last(&self, before: impl Fn(&T) -> bool) -> Option<&T> {
        let place = self.chunks.partition_point(|chunk| chunk.first().is_some_and(&before));
        let chunk = self.chunks.get(place.checked_sub(1)?)?;
        chunk.get(chunk.partition_point(before).checked_sub(1)?)
    }

    /// Gives one chunk back; tells whether more are left. What is very much is not given back at once.
    pub(super) fn give_back(&mut self) -> bool {
        self.count -= self.chunks.pop().map_or(0, |chunk| chunk.len());
        !self.chunks.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_put_in_and_taken_out_stands_in_order(
            runs in prop::collection::vec((0..6000_u32, 1..900_u32, any::<bool>(), any::<bool>()), 0..24),
        ) {
            let (mut ranks, mut set) = (Ranks::default(), BTreeSet::new());
            for (first, count, is_in, is_down) in runs {
                for step in 0..count {
                    let item = if is_down { first + count - step } else { first + step };
                    if is_in {
                        ranks.insert(item);
                        set.insert(item);
                    } else {
                        prop_assert_eq!(ranks.remove(&item), set.remove(&item));
                    }
                }
                prop_assert_eq!(ranks.len(), set.len());
                let rank = ranks.count(|item| *item < first);
                prop_assert_eq!(rank, set.range(..first).count());
                prop_assert_eq!(ranks.get(rank), set.range(first..).next());
                prop_assert_eq!(ranks.find(|item| *item < first), set.range(first..).next());
                prop_assert_eq!(ranks.find_last(|item| *item < first), set.range(..first).next_back());
            }
            prop_assert!(ranks.from(0).eq(set.iter()));
            prop_assert_eq!((ranks.first(), ranks.last()), (set.first(), set.last()));
        }
    }
}
