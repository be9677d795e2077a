//! The table of themes: one row each, which names its colours.
//!
//! Colours are chosen so that what is read stands out from the usual grounds with a contrast of 4.5 at least.

use ratatui::style::Color;

use super::{Colours, Theme};

/// The colours of a theme. What has none gets an attribute in its place.
#[derive(Debug)]
pub(super) struct Palette {
    pub(super) dim: Option<Color>,
    pub(super) rule: Option<Color>,
    pub(super) number: Option<Color>,
    pub(super) quote: Option<Color>,
    pub(super) speaker: Option<Color>,
    pub(super) key_event: Option<Color>,
    pub(super) fresh: Option<Color>,
    pub(super) edited: Option<Color>,
    pub(super) link: Option<Color>,
    /// Letters and ground of a match.
    pub(super) matched: Option<(Color, Color)>,
    /// The ground of what is selected.
    pub(super) selection: Option<Color>,
    pub(super) strip: Option<Color>,
    pub(super) hit: Option<Color>,
}

/// The colour written as three hexadecimal pairs.
const fn rgb(hex: u32) -> Color {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color::Rgb(red, green, blue)
}

/// All themes: those that need the most colours first; of each two, the one for a dark ground first.
pub static THEMES: [Theme; 5] = [
    Theme {
        name: "dark",
        colours: Colours::True,
        palette: Palette {
            dim: Some(rgb(0x8b_93a1)),
            rule: Some(rgb(0x4a_505c)),
            number: Some(rgb(0x6c_b6e8)),
            quote: Some(rgb(0xc3_b37a)),
            speaker: Some(rgb(0xd3_9bd8)),
            key_event: Some(rgb(0xe5_a84b)),
            fresh: Some(rgb(0x7f_c97f)),
            edited: Some(rgb(0xd0_8a6a)),
            link: Some(rgb(0x8b_b8d0)),
            matched: Some((rgb(0x1d_1f21), rgb(0xf0_d060))),
            selection: Some(rgb(0x2c_3340)),
            strip: Some(rgb(0x6b_7484)),
            hit: Some(rgb(0xf2_8fc0)),
        },
    },
    Theme {
        name: "light",
        colours: Colours::True,
        palette: Palette {
            dim: Some(rgb(0x5e_6670)),
            rule: Some(rgb(0xb8_bec6)),
            number: Some(rgb(0x0b_5c9e)),
            quote: Some(rgb(0x6a_5800)),
            speaker: Some(rgb(0x86_358f)),
            key_event: Some(rgb(0x96_5a00)),
            fresh: Some(rgb(0x1f_7a33)),
            edited: Some(rgb(0x9c_421e)),
            link: Some(rgb(0x1f_5f7f)),
            matched: Some((rgb(0x1d_1f21), rgb(0xff_dd57))),
            selection: Some(rgb(0xe2_e9f3)),
            strip: Some(rgb(0x9a_a2ad)),
            hit: Some(rgb(0xb0_247a)),
        },
    },
    Theme {
        name: "dark16",
        colours: Colours::Sixteen,
        palette: Palette {
            dim: Some(Color::DarkGray),
            rule: Some(Color::DarkGray),
            number: Some(Color::Cyan),
            quote: Some(Color::Yellow),
            speaker: Some(Color::Magenta),
            key_event: Some(Color::Yellow),
            fresh: Some(Color::Green),
            edited: Some(Color::Red),
            link: Some(Color::Cyan),
            matched: Some((Color::Black, Color::Yellow)),
            selection: None,
            strip: Some(Color::DarkGray),
            hit: Some(Color::LightMagenta),
        },
    },
    Theme {
        name: "light16",
        colours: Colours::Sixteen,
        palette: Palette {
            dim: Some(Color::DarkGray),
            rule: Some(Color::DarkGray),
            number: Some(Color::Blue),
            quote: Some(Color::Yellow),
            speaker: Some(Color::Magenta),
            key_event: Some(Color::Yellow),
            fresh: Some(Color::Green),
            edited: Some(Color::Red),
            link: Some(Color::Cyan),
            matched: Some((Color::Black, Color::Yellow)),
            selection: None,
            strip: Some(Color::DarkGray),
            hit: Some(Color::Magenta),
        },
    },
    Theme {
        name: "mono",
        colours: Colours::None,
        palette: Palette {
            dim: None,
            rule: None,
            number: None,
            quote: None,
            speaker: None,
            key_event: None,
            fresh: None,
            edited: None,
            link: None,
            matched: None,
            selection: None,
            strip: None,
            hit: None,
        },
    },
];
