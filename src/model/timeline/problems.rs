//! What is wrong with a source, as its looks tell it.
//!
//! A look tells its problems anew. What the looks before it told stands until it is complete, and is no news when it is told
//! again, be it in another line: what stands above it may have grown. That there are too many entries is told once and stays:
//! what went does not come back.

use crate::model::{Problem, limits};

/// See the module's description.
#[derive(Debug, Default)]
pub(super) struct Problems {
    /// Those of the looks before that the one that goes on has not told again.
    before: Vec<Problem>,
    told: Vec<Problem>,
    /// How many there are beside those told.
    left_out: usize,
    /// How many of those came without their words.
    wordless: usize,
    /// How many of these were told as new, in this look or in those before.
    told_wordless: usize,
    bound: Option<Problem>,
}

impl Problems {
    /// All of them; the newest comes last.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.before.iter().chain(&self.told).chain(&self.bound)
    }

    /// How many there are beside those that are kept.
    pub(super) fn left_out(&self) -> usize {
        self.left_out
    }

    /// How many were left out since that was asked last, beyond those that the looks before left out.
    pub(super) fn new_left_out(&mut self) -> usize {
        let new = self.wordless.saturating_sub(self.told_wordless);
        self.told_wordless += new;
        new
    }

    /// A look begins.
    pub(super) fn begin(&mut self) {
        self.before.append(&mut self.told);
        self.before.truncate(limits::PROBLEMS);
        (self.left_out, self.wordless) = (0, 0);
    }

    /// Notes the problems of a reading; gives those that are new. Where there are too many, the oldest are left out.
    pub(super) fn note(&mut self, problems: &[Problem], left_out: usize) -> Vec<Problem> {
        let mut new: Vec<&Problem> =
            problems.iter().filter(|problem| !self.is_told_again(|before| before == *problem)).collect();
        // What is told again in its own line is no other one in a new line.
        new.retain(|problem| !self.is_told_again(|before| before.message == problem.message));
        let new = new.into_iter().cloned().collect();
        self.told.extend_from_slice(problems);
        let over = self.told.len().saturating_sub(limits::PROBLEMS);
        self.told.drain(..over);
        self.left_out += left_out + over;
        self.wordless += left_out;
        new
    }

    /// Whether one from before is told again, which is noted.
    fn is_told_again(&mut self, is_same: impl Fn(&Problem) -> bool) -> bool {
        let before = self.before.iter().position(is_same);
        before.map(|before| self.before.remove(before)).is_some()
    }

    /// The look is complete; tells whether problems are gone that were told before it.
    pub(super) fn end(&mut self) -> bool {
        let is_fewer = self.wordless < std::mem::replace(&mut self.told_wordless, self.wordless);
        !std::mem::take(&mut self.before).is_empty() || is_fewer
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
            (&[9, 5, 3, 5], &[9], false),
            (&[4, 6, 6, 10], &[], false),
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
        let change = timeline.merge(Reading { begins: false, ..look(&[4, 5]) });
        assert_eq!((news(&change), timeline.problems().count()), ((vec![5], false), 3));
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
    fn what_is_told_again_in_its_own_line_is_not_taken_for_another_one() {
        let mut timeline = Timeline::default();
        timeline.merge(look(&[3, 5]));
        assert_eq!(news(&timeline.merge(look(&[4, 3, 5]))), (vec![4], false));
        assert_eq!(
            news(&timeline.merge(look(&[5, 4, 6, 9]))),
            (vec![9], false),
            "lines were written above them"
        );
        let mut packer = Packer::new(0);
        packer.unreadable(Some(5), "it has no time");
        let change = timeline.merge(packer.take(Coverage::Window, true));
        assert_eq!(news(&change), (vec![5], true), "another problem is news in any line");
    }

    #[test]
    fn problems_beyond_the_bound_are_counted_and_what_comes_later_is_told() {
        let most = crate::model::limits::PROBLEMS;
        let (mut timeline, mut packer) = (Timeline::default(), Packer::new(0));
        let lines = 0..most as u64 + 500;
        lines.clone().for_each(|line| packer.unreadable(Some(line), "it has no id"));
        let change = timeline.merge(packer.take(Coverage::Delta, true));
        assert_eq!((change.problems.len(), change.problems_left_out), (most, 500));
        for line in [lines.end, lines.end + 1] {
            packer.unreadable(Some(line), "it has no id");
            let change = timeline.merge(packer.take(Coverage::Delta, true));
            assert_eq!(news(&change), (vec![line], false));
        }
        assert_eq!((timeline.problems().count(), timeline.problems_left_out(0)), (most, 502));
        // A look that tells the same again tells nothing new.
        packer.begin();
        lines.for_each(|line| packer.unreadable(Some(line), "it has no id"));
        let change = timeline.merge(packer.take(Coverage::Delta, true));
        assert_eq!((change.problems.len(), change.problems_left_out), (0, 0));
        assert_eq!((timeline.problems().count(), timeline.problems_left_out(0)), (most, 500));
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
