//! How soon what changed has to be on the screen.

/// How soon the screen has to follow; the later variant is the more urgent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Redraw {
    /// What is on the screen is still true.
    #[default]
    None,
    /// A first reading goes on and only counts changed.
    Counts,
    /// News came in.
    Soon,
    /// A key was pressed, the first news came, a reading ended.
    Now,
}
