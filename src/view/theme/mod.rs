//! What everything is drawn with: inks, and the table of themes that say how an ink looks.
//!
//! Attributes belong to the ink and are the same in every theme; colours belong to the theme. So whatever is told apart
//! by colour is told apart without it too, by weight, slant, underline, reverse, or a glyph beside it. The background is
//! the terminal's own, except under what is selected and what matches. To add a theme: a row of [`THEMES`].

mod table;

use ratatui::style::{Modifier, Style};

use crate::text::span::{Role, Roles};

use table::Palette;
pub use table::THEMES;

/// How many colours there are to draw with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colours {
    /// None: `NO_COLOR`, or told so.
    None,
    /// The sixteen of the terminal's own palette.
    Sixteen,
    True,
}

/// Whether the terminal is light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Background {
    Dark,
    Light,
    #[default]
    Unknown,
}

/// What something is drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// What is read.
    Text,
    /// Titles, headlines, headings, and labels of what is unread.
    Strong,
    /// Times, authors, labels made of a first sentence.
    Dim,
    Rule,
    Number,
    Quote,
    /// In quotation marks, yet nobody's words.
    Aside,
    Speaker,
    KeyEvent,
    /// What is new or live.
    Fresh,
    Edited,
    Removed,
    Link,
    Match,
    /// The quote or number under the cursor.
    Current,
    Italic,
    /// The row that is selected.
    Selection,
    /// The bar at the left of the selected row.
    Bar,
    Strip,
    /// Cells of the strip that hold a match.
    Hit,
    /// The cell of the strip that holds the selection.
    Here,
    /// What is wrong.
    Fault,
}

impl Ink {
    /// Every ink.
    pub const ALL: [Self; 22] = [
        Self::Text,
        Self::Strong,
        Self::Dim,
        Self::Rule,
        Self::Number,
        Self::Quote,
        Self::Aside,
        Self::Speaker,
        Self::KeyEvent,
        Self::Fresh,
        Self::Edited,
        Self::Removed,
        Self::Link,
        Self::Match,
        Self::Current,
        Self::Italic,
        Self::Selection,
        Self::Bar,
        Self::Strip,
        Self::Hit,
        Self::Here,
        Self::Fault,
    ];

    /// The ink for a role that text plays.
    fn of(role: Role) -> Self {
        match role {
            Role::Quote => Self::Quote,
            Role::Aside => Self::Aside,
            Role::Speaker => Self::Speaker,
            Role::Number => Self::Number,
            Role::Match => Self::Match,
            Role::Current => Self::Current,
            Role::Bold => Self::Strong,
            Role::Italic => Self::Italic,
            Role::Link => Self::Link,
        }
    }

    /// The attributes it has in every theme.
    fn attributes(self) -> Modifier {
        match self {
            Self::Strong
            | Self::Number
            | Self::KeyEvent
            | Self::Fresh
            | Self::Bar
            | Self::Here
            | Self::Fault => Modifier::BOLD,
            Self::Quote | Self::Italic => Modifier::ITALIC,
            Self::Speaker | Self::Link => Modifier::UNDERLINED,
            Self::Hit => Modifier::BOLD.union(Modifier::UNDERLINED),
            Self::Removed => Modifier::CROSSED_OUT,
            Self::Current => Modifier::REVERSED.union(Modifier::UNDERLINED),
            Self::Text
            | Self::Dim
            | Self::Rule
            | Self::Aside
            | Self::Edited
            | Self::Match
            | Self::Selection
            | Self::Strip => Modifier::empty(),
        }
    }

    /// The attributes that take the place of a colour where there is none.
    fn attributes_without_colour(self) -> Modifier {
        match self {
            Self::Dim | Self::Rule | Self::Removed | Self::Strip => Modifier::DIM,
            Self::Match | Self::Selection => Modifier::REVERSED,
            _ => Modifier::empty(),
        }
    }
}

/// A theme: one row of [`THEMES`].
#[derive(Debug)]
pub struct Theme {
    /// The name that `--theme` takes.
    pub name: &'static str,
    /// How many colours it needs.
    pub colours: Colours,
    palette: Palette,
}

/// The number of the theme called `name`.
pub fn by_name(name: &str) -> Option<usize> {
    THEMES.iter().position(|theme| theme.name.eq_ignore_ascii_case(name))
}

/// The number of the theme that suits a terminal. Where the ground is not known, the terminal's own sixteen colours are
/// safest: they were chosen for it.
pub fn choose(background: Background, colours: Colours) -> usize {
    let name = match (colours, background) {
        (Colours::None, _) => "mono",
        (Colours::Sixteen, Background::Light) => "light16",
        (Colours::Sixteen, _) | (Colours::True, Background::Unknown) => "dark16",
        (Colours::True, Background::Dark) => "dark",
        (Colours::True, Background::Light) => "light",
    };
    by_name(name).unwrap_or_default()
}

/// The theme that a count leads to, where `colours` are to be had. Counting on leads through all that can be drawn; a
/// theme that cannot leads to the one that is next to it in kind.
pub fn counted(count: usize, colours: Colours) -> &'static Theme {
    let first = THEMES.iter().position(|theme| theme.colours <= colours).unwrap_or_default();
    let drawable = THEMES.get(first..).unwrap_or(&THEMES);
    let index = count.checked_sub(first).unwrap_or(count) % drawable.len();
    drawable.get(index).unwrap_or(&THEMES[0])
}

impl Theme {
    /// How `ink` looks.
    pub fn style(&self, ink: Ink) -> Style {
        let palette = &self.palette;
        let letters = match ink {
            Ink::Text | Ink::Strong | Ink::Aside | Ink::Italic | Ink::Current | Ink::Selection => None,
            Ink::Dim | Ink::Removed => palette.dim,
            Ink::Rule => palette.rule,
            Ink::Number | Ink::Bar | Ink::Here => palette.number,
            Ink::Quote => palette.quote,
            Ink::Speaker => palette.speaker,
            Ink::KeyEvent => palette.key_event,
            Ink::Fresh => palette.fresh,
            Ink::Edited | Ink::Fault => palette.edited,
            Ink::Link => palette.link,
            Ink::Match => palette.matched.map(|(letters, _)| letters),
            Ink::Strip => palette.strip,
            Ink::Hit => palette.hit,
        };
        let ground = match ink {
            Ink::Match => palette.matched.map(|(_, ground)| ground),
            Ink::Selection => palette.selection,
            _ => None,
        };
        let mut style = Style { fg: letters, bg: ground, ..Style::new() }.add_modifier(ink.attributes());
        if letters.or(ground).is_none() {
            style = style.add_modifier(ink.attributes_without_colour());
        }
        // Where there is colour, a slant tells asides from plain text; without, it would make them quotes.
        if ink == Ink::Aside && self.colours != Colours::None {
            style = style.add_modifier(Modifier::ITALIC);
        }
        style
    }

    /// `base` with the inks of all `roles` over it, always in the same order: what is rarer and smaller comes later.
    pub fn compose(&self, base: Style, roles: Roles) -> Style {
        const ORDER: [Role; 8] = [
            Role::Link,
            Role::Aside,
            Role::Quote,
            Role::Speaker,
            Role::Bold,
            Role::Italic,
            Role::Number,
            Role::Match,
        ];
        let is_reversed = base.add_modifier.contains(Modifier::REVERSED);
        let mut style = base;
        for role in ORDER.into_iter().filter(|role| roles.contains(*role)) {
            let ink = self.style(Ink::of(role));
            style = match role {
                // In a row that is reversed, a match is what is not.
                Role::Match if is_reversed => {
                    let ink = Style { add_modifier: Modifier::UNDERLINED, ..ink };
                    without(style, Modifier::REVERSED).patch(ink)
                }
                // Colours would turn a reversed row into patches.
                _ if is_reversed => style.add_modifier(ink.add_modifier),
                _ => style.patch(ink),
            };
        }
        if roles.contains(Role::Current) { style.patch(self.style(Ink::Current)) } else { style }
    }
}

/// `style` without an attribute.
pub(super) fn without(style: Style, attribute: Modifier) -> Style {
    Style { add_modifier: style.add_modifier.difference(attribute), ..style }
}

#[cfg(test)]
mod tests {
    use ratatui::style::Color;

    use super::*;

    /// How bright a colour is, as WCAG counts it.
    fn luminance(color: Color) -> f64 {
        let Color::Rgb(red, green, blue) = color else { panic!("{color:?} is not a true colour") };
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
    }

    fn contrast(one: Color, other: Color) -> f64 {
        let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
        one.max(other) / one.min(other)
    }

    #[test]
    fn what_is_read_stands_out_from_the_ground() {
        let dark = [Color::Rgb(0, 0, 0), Color::Rgb(0x1d, 0x1f, 0x21), Color::Rgb(0x28, 0x2c, 0x34)];
        let light = [Color::Rgb(0xff, 0xff, 0xff), Color::Rgb(0xfd, 0xf6, 0xe3)];
        for (name, grounds) in [("dark", dark.as_slice()), ("light", &light)] {
            let theme = &THEMES[by_name(name).unwrap()];
            let unread = [Ink::Rule, Ink::Strip, Ink::Match, Ink::Bar];
            for ink in Ink::ALL.into_iter().filter(|ink| !unread.contains(ink)) {
                let Some(letters) = theme.style(ink).fg else { continue };
                for ground in grounds.iter().copied() {
                    let found = contrast(letters, ground);
                    assert!(found >= 4.5, "{name} {ink:?} on {ground:?}: {found:.2}");
                }
            }
            let style = theme.style(Ink::Match);
            assert!(contrast(style.fg.unwrap(), style.bg.unwrap()) >= 4.5);
        }
    }

    #[test]
    fn without_colours_no_colour_is_used_and_what_is_read_is_not_faint() {
        let mono = counted(0, Colours::None);
        for ink in Ink::ALL {
            let style = mono.style(ink);
            assert_eq!((style.fg, style.bg), (None, None), "{ink:?}");
        }
        for ink in [Ink::Quote, Ink::Number, Ink::Speaker, Ink::KeyEvent, Ink::Strong, Ink::Link] {
            assert!(!mono.style(ink).add_modifier.contains(Modifier::DIM), "{ink:?}");
        }
    }

    #[test]
    fn a_number_in_a_quote_is_both_and_so_is_a_match_in_it() {
        for theme in &THEMES {
            let roles = |roles: &[Role]| roles.iter().copied().collect::<Roles>();
            let both = theme.compose(Style::new(), roles(&[Role::Quote, Role::Number]));
            assert!(both.add_modifier.contains(Modifier::BOLD | Modifier::ITALIC), "{}", theme.name);
            assert_eq!(both.fg, theme.style(Ink::Number).fg, "{}", theme.name);
            let hit = theme.compose(Style::new(), roles(&[Role::Quote, Role::Number, Role::Match]));
            assert!(hit.add_modifier.contains(both.add_modifier), "{}", theme.name);
            assert_ne!(hit, both, "{}", theme.name);
        }
    }

    #[test]
    fn a_match_shows_in_a_selected_row() {
        for theme in &THEMES {
            let row = theme.style(Ink::Selection);
            let hit = theme.compose(row, Role::Match.into());
            assert_ne!((hit.bg, hit.add_modifier), (row.bg, row.add_modifier), "{}", theme.name);
        }
    }

    #[test]
    fn counting_on_leads_through_the_themes_that_can_be_drawn() {
        let names = |colours, from: usize| -> Vec<&str> {
            (from..from + 5).map(|count| counted(count, colours).name).collect()
        };
        assert_eq!(names(Colours::True, 0), ["dark", "light", "dark16", "light16", "mono"]);
        assert_eq!(names(Colours::Sixteen, 2), ["dark16", "light16", "mono", "dark16", "light16"]);
        assert_eq!(names(Colours::None, 4), ["mono"; 5]);
        assert_eq!(counted(by_name("light").unwrap(), Colours::Sixteen).name, "light16");
        for (index, theme) in THEMES.iter().enumerate() {
            assert_eq!(by_name(theme.name), Some(index));
            assert_eq!(counted(index, Colours::True).name, theme.name);
        }
        assert_eq!(counted(usize::MAX, Colours::None).name, "mono");
    }

    #[test]
    fn a_terminal_gets_the_theme_that_suits_it() {
        for (background, colours, name) in [
            (Background::Dark, Colours::True, "dark"),
            (Background::Light, Colours::True, "light"),
            (Background::Unknown, Colours::True, "dark16"),
            (Background::Light, Colours::Sixteen, "light16"),
            (Background::Unknown, Colours::Sixteen, "dark16"),
            (Background::Light, Colours::None, "mono"),
        ] {
            assert_eq!(THEMES[choose(background, colours)].name, name);
        }
    }
}
