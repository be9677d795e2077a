//! What is wrong with a source, as its looks tell it.
//!
//! A look tells its problems anew. What the looks before it told stands until it is complete, and is no news when it is told
//! again. That there are too many entries is told once and stays: what went does not come back.

use crate::model::{Problem, limits};

/// See the module's description.
#[derive(Debug, Default)]
pub(super) struct Problems {
    /// Those of the looks before that the one that goes on has not told again.
    before: Vec<Problem>,
    told: Vec<Problem>,
    bound: Option<Problem>,
}

impl Problems {
    /// All of them; the newest comes last.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.before.iter().chain(&self.told).chain(&self.bound)
    }

    /// A look begins.
    pub(super) fn begin(&mut self) {
        self.before.append(&mut self.told);
        self.before.truncate(limits::PROBLEMS);
    }

    /// Notes `problem`; tells whether it is kept, and new.
    pub(super) fn note(&mut self, problem: &Problem) -> bool {
        if self.told.len() >= limits::PROBLEMS {
            return false;
        }
        self.told.push(problem.clone());
        let before = self.before.iter().position(|before| before == problem);
        before.map(|before| self.before.remove(before)).is_none()
    }

    /// The look is complete; tells whether problems are gone that were told before it.
    pub(super) fn end(&mut self) -> bool {
        !std::mem::take(&mut self.before).is_empty()
    }

    /// Notes that a bound cut something; gives the problem when that is new.
    pub(super) fn cut(&mut self, message: &str) -> Option<Problem> {
        if self.bound.is_some() {
            return None;
        }
        self.bound = Some(Problem::new(None, message));
        self.bound.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Change, Timeline, merge::tests::reading};
    use crate::model::{Coverage, Packer, Reading};

    /// A look that finds `faults`, each in a line.
    fn look(faults: &[u64]) -> Reading {
        let mut packer = Packer::new(0);
        faults.iter().for_each(|line| packer.unreadable(Some(*line), "it has no id"));
        packer.take(Coverage::Window, true)
    }

    /// The lines of the problems that are new, and whether some are gone.
    fn news(change: &Change) -> (Vec<u64>, bool) {
        (change.problems.iter().filter_map(|problem| problem.line).collect(), change.mended)
    }

    #[test]
    fn a_problem_is_news_when_it_appears_and_when_it_goes() {
        let mut timeline = Timeline::default();
        for (faults, new, mended) in [
            (&[3, 5, 5][..], &[3, 5, 5][..], false),
            (&[3, 5, 5], &[], false),
            (&[5, 5, 5, 9], &[5, 9], true),
            (&[5], &[], true),
            (&[], &[], true),
            (&[], &[], false),
            (&[5], &[5], false),
        ] {
            let change = timeline.merge(look(faults));
            assert_eq!(news(&change), (new.to_vec(), mended), "{faults:?}");
            assert_eq!(change.is_empty(), new.is_empty() && !mended, "{faults:?}");
            assert_eq!(timeline.problems().count(), faults.len(), "{faults:?}");
        }
    }

    #[test]
    fn what_was_told_stands_until_the_look_is_complete_that_does_not_tell_it_again() {
        let mut timeline = Timeline::default();
        timeline.merge(look(&[1, 2]));
        // A look that is left before its end says nothing of what it did not come to.
        for _ in 0..2 {
            let change = timeline.merge(Reading { complete: false, ..look(&[2]) });
            assert_eq!((news(&change), timeline.problems().count()), ((vec![], false), 2));
        }
        let change = timeline.merge(Reading { begins: false, ..look(&[4]) });
        assert_eq!((news(&change), timeline.problems().count()), ((vec![4], true), 2));
    }

    #[test]
    fn problems_are_those_of_the_last_look_and_of_further_parts() {
        let mut timeline = Timeline::default();
        timeline.merge(look(&[1]));
        timeline.merge(look(&[1]));
        assert_eq!((timeline.problems().count(), timeline.unreadable()), (1, 1), "the same is told once");
        let change = timeline.merge(Reading { is_further: true, ..look(&[1]) });
        assert_eq!(news(&change), (vec![1], false), "a part is no new look");
        assert_eq!((timeline.problems().count(), timeline.unreadable()), (2, 2));
        timeline.merge(look(&[]));
        assert_eq!((timeline.problems().count(), timeline.unreadable()), (0, 0));
    }

    #[test]
    fn what_is_not_kept_is_not_told() {
        let mut timeline = Timeline::default();
        let many: Vec<u64> = (0..crate::model::limits::PROBLEMS as u64).collect();
        timeline.merge(look(&many));
        let change = timeline.merge(Reading { begins: false, ..look(&[7]) });
        assert!(change.problems.is_empty());
        assert_eq!(timeline.problems().count(), many.len());
    }

    #[test]
    fn that_there_are_too_many_entries_is_told_once_and_stays() {
        let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
        let all = [(1, 10, "one", None), (2, 20, "two", None), (3, 30, "three", None)];
        for (most, is_news) in [(2, true), (2, false), (1, false)] {
            timeline.merge(reading(&mut packer, &all, Coverage::Window));
            let mut change = Change::default();
            timeline.keep_newest(0, most, &mut change);
            assert_eq!(change.problems.len(), usize::from(is_news), "{most}");
            assert_eq!(timeline.problems().count(), 1, "{most}");
        }
    }
}
