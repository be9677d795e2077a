//! Where things are on the screen, from its size, and whether there are tabs.
//!
//! ```text
//! tabs                                     where there are several sources
//! header                                   state, pulse, new
//! strip
//! ─────────────────────────┬─────────────────────────────────
//! list                     │ detail                        side by side from 110 columns,
//!                          │                               one above the other from 70, one alone below
//! ─────────────────────────┴─────────────────────────────────
//! status                                                hints
//! ```

use super::{Focus, Size};

/// The widest that text is set, in cells.
pub const MEASURE: u16 = 76;

/// A rectangle of cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Area {
    pub x: u16,
    pub y: u16,
    pub width: u16,
    pub height: u16,
}

/// How much there is room for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tier {
    /// Not even a list.
    #[default]
    OneLine,
    /// One pane, no rules.
    Bare,
    /// One pane.
    Single,
    /// List above detail.
    Stacked,
    /// List beside detail.
    Wide,
}

/// Where things are. What is not shown has no area.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    pub tier: Tier,
    pub tabs: Option<Area>,
    pub header: Option<Area>,
    pub strip: Option<Area>,
    /// The rules that part header, panes and status, from the top.
    pub rules: Vec<Area>,
    /// The rule between list and detail when they are side by side.
    pub divider: Option<Area>,
    pub list: Option<Area>,
    pub detail: Option<Area>,
    pub status: Area,
}

impl Layout {
    /// Where things are on a screen of `size` while `focus` has the keys.
    pub fn new(size: Size, focus: Focus, has_tabs: bool) -> Self {
        let Size { columns: width, rows } = size;
        let line = |y: u16| Area { x: 0, y, width, height: 1 };
        if width < 20 || rows < 5 {
            return Self { status: line(0), ..Self::default() };
        }
        let has_rules = width >= 40 && rows >= 10;
        let has_strip = width >= 40 && rows >= 14;
        let has_header = rows >= 7;
        let mut layout = Self { status: line(rows - 1), ..Self::default() };
        let mut top = 0;
        if has_tabs && rows >= 10 {
            layout.tabs = Some(line(top));
            top += 1;
        }
        if has_header {
            layout.header = Some(line(top));
            top += 1;
        }
        if has_strip {
            layout.strip = Some(line(top));
            top += 1;
        }
        let mut bottom = rows - 1;
        if has_rules {
            layout.rules = vec![line(top), line(bottom - 1)];
            top += 1;
            bottom -= 1;
        }
        let body = Area { x: 0, y: top, width, height: bottom - top };
        layout.tier = match width {
            110.. if rows >= 8 => Tier::Wide,
            70.. if body.height >= 13 => Tier::Stacked,
            40.. => Tier::Single,
            _ => Tier::Bare,
        };
        layout.place_panes(body, focus);
        layout
    }

    fn place_panes(&mut self, body: Area, focus: Focus) {
        match self.tier {
            Tier::Wide => {
                let list = (u32::from(body.width) * 42 / 100) as u16;
                self.list = Some(Area { width: list, ..body });
                self.divider = Some(Area { x: list, width: 1, ..body });
                self.detail = Some(Area { x: list + 1, width: body.width - list - 1, ..body });
            }
            Tier::Stacked => {
                let list = (body.height * 2).div_ceil(5).max(4);
                self.list = Some(Area { height: list, ..body });
                self.rules.insert(1, Area { y: body.y + list, height: 1, ..body });
                self.detail = Some(Area { y: body.y + list + 1, height: body.height - list - 1, ..body });
            }
            Tier::Single | Tier::Bare => match focus {
                Focus::List => self.list = Some(body),
                Focus::Detail => self.detail = Some(body),
            },
            Tier::OneLine => {}
        }
    }

    /// The area of a page that fills the screen, such as the help: below the header, between two rules where there are any.
    pub fn page(&self) -> Area {
        let rule = u16::from(!self.rules.is_empty());
        let top = u16::from(self.header.is_some()) + rule;
        Area { y: top, height: self.status.y.saturating_sub(top + rule), ..self.status }
    }

    /// The widest a line of the detail may be, in cells.
    pub fn measure(&self) -> u16 {
        self.detail.map_or(0, |area| area.width.saturating_sub(2).clamp(1, MEASURE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_placed_outside_the_screen_at_any_size() {
        for columns in 0..150 {
            for rows in 0..60 {
                for (focus, has_tabs) in [(Focus::List, false), (Focus::Detail, false), (Focus::List, true)] {
                    let layout = Layout::new(Size { columns, rows }, focus, has_tabs);
                    let above = [layout.tabs, layout.header, layout.strip];
                    let panes = [layout.divider, layout.list, layout.detail];
                    let page = Some(layout.page()).filter(|_| layout.tier != Tier::OneLine);
                    let areas = above.into_iter().chain(panes).chain([page]).flatten();
                    for area in areas.chain(layout.rules.iter().copied()) {
                        assert!(
                            area.x + area.width <= columns && area.y + area.height <= rows,
                            "{columns}×{rows}: {area:?}"
                        );
                        assert!(
                            area.y + area.height < rows,
                            "{columns}×{rows}: {area:?} stands on the status line"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn the_tiers_are_where_they_are_said_to_be() {
        let tier = |columns, rows| Layout::new(Size { columns, rows }, Focus::List, false).tier;
        assert_eq!(tier(120, 36), Tier::Wide);
        assert_eq!(tier(109, 36), Tier::Stacked);
        assert_eq!(tier(69, 36), Tier::Single);
        assert_eq!(tier(39, 36), Tier::Bare);
        assert_eq!(tier(19, 36), Tier::OneLine);
        assert_eq!(tier(80, 4), Tier::OneLine);
    }
}
