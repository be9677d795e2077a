//! A style as the terminal is told it: one SGR sequence before the text and one after it.

use ratatui::style::{Color, Modifier, Style};

/// `text` in `style`; as it is when the style says nothing.
pub(super) fn styled(text: &str, style: Style) -> String {
    let codes = codes(style);
    if codes.is_empty() || text.is_empty() {
        return text.to_owned();
    }
    format!("\u{1b}[{}m{text}\u{1b}[0m", codes.join(";"))
}

fn codes(style: Style) -> Vec<String> {
    const MODIFIERS: [(Modifier, &str); 6] = [
        (Modifier::BOLD, "1"),
        (Modifier::DIM, "2"),
        (Modifier::ITALIC, "3"),
        (Modifier::UNDERLINED, "4"),
        (Modifier::REVERSED, "7"),
        (Modifier::CROSSED_OUT, "9"),
    ];
    let modifiers = MODIFIERS.iter().filter(|(modifier, _)| style.add_modifier.contains(*modifier));
    let mut codes: Vec<String> = modifiers.map(|(_, code)| (*code).to_owned()).collect();
    codes.extend(style.fg.and_then(|color| colour(color, 30)));
    codes.extend(style.bg.and_then(|color| colour(color, 40)));
    codes
}

/// The code of a colour; `base` is 30 for letters and 40 for the ground.
fn colour(color: Color, base: u8) -> Option<String> {
    let plain = |number: u8| Some((base + number).to_string());
    let bright = |number: u8| Some((base + 60 + number).to_string());
    match color {
        Color::Reset => None,
        Color::Black => plain(0),
        Color::Red => plain(1),
        Color::Green => plain(2),
        Color::Yellow => plain(3),
        Color::Blue => plain(4),
        Color::Magenta => plain(5),
        Color::Cyan => plain(6),
        Color::Gray => plain(7),
        Color::DarkGray => bright(0),
        Color::LightRed => bright(1),
        Color::LightGreen => bright(2),
        Color::LightYellow => bright(3),
        Color::LightBlue => bright(4),
        Color::LightMagenta => bright(5),
        Color::LightCyan => bright(6),
        Color::White => bright(7),
        Color::Rgb(red, green, blue) => Some(format!("{};2;{red};{green};{blue}", base + 8)),
        Color::Indexed(number) => Some(format!("{};5;{number}", base + 8)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_is_opened_and_closed() {
        let style = Style::new().bold().fg(Color::Rgb(1, 2, 3));
        assert_eq!(styled("x", style), "\u{1b}[1;38;2;1;2;3mx\u{1b}[0m");
        assert_eq!(styled("x", Style::new()), "x");
    }
}
