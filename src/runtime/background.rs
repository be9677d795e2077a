//! Light or dark: what a terminal's own colour, or a hint in the environment, says about its background.

use crate::view::theme::Background;

/// The background that a colour as terminals tell it stands for: `11;rgb:ffff/ffff/ffff`, also with alpha, or `#ffffff`.
pub(super) fn of_answer(answer: &str) -> Background {
    let colour = answer.strip_prefix("11;").unwrap_or(answer);
    let parts = match colour.split_once(':') {
        Some(("rgb" | "rgba", parts)) => parts.split('/').map(part).collect::<Option<Vec<f32>>>(),
        _ => colour.strip_prefix('#').and_then(|digits| {
            let width = digits.len() / 3;
            (0..3).map(|index| part(digits.get(index * width..(index + 1) * width)?)).collect()
        }),
    };
    match parts.as_deref() {
        Some([red, green, blue, ..]) => {
            // Half of the lightness that people see is at 18 % of the light.
            let light = [(red, 0.2126), (green, 0.7152), (blue, 0.0722)];
            let light: f32 = light.iter().map(|(part, weight)| part.powf(2.2) * weight).sum();
            if light > 0.184 { Background::Light } else { Background::Dark }
        }
        _ => Background::Unknown,
    }
}

/// One part of a colour, of one to four hexadecimal digits, from 0 to 1.
fn part(digits: &str) -> Option<f32> {
    let value = u16::from_str_radix(digits, 16).ok()?;
    let most = 16_u32.checked_pow(u32::try_from(digits.len()).ok()?)? - 1;
    Some(f32::from(value) / most as f32)
}

/// What `COLORFGBG` (rxvt, Konsole) tells: `foreground;background`, as numbers of the sixteen colours.
pub(super) fn of_hint(colours: &str) -> Background {
    match colours.rsplit(';').next().and_then(|background| background.parse().ok()) {
        Some(0..=6 | 8) => Background::Dark,
        Some(7 | 9..=15) => Background::Light,
        _ => Background::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_light_or_dark() {
        for (colour, background) in [
            ("11;rgb:ffff/ffff/ffff", Background::Light),
            ("11;rgb:fd/f6/e3", Background::Light),
            ("rgba:0000/2b2b/3636/ffff", Background::Dark),
            ("#1e1e2e", Background::Dark),
            ("rgb:f/f/f", Background::Light),
            ("rgb:8080/8080/8080", Background::Light),
            ("rgb:4040/4040/4040", Background::Dark),
            ("11;rgb:ff/zz/00", Background::Unknown),
            ("rgb:fffff/0/0", Background::Unknown),
            ("#", Background::Unknown),
            ("", Background::Unknown),
        ] {
            assert_eq!(of_answer(colour), background, "{colour}");
        }
    }

    #[test]
    fn the_variable_of_rxvt_is_a_hint() {
        for (colours, background) in [
            ("15;0", Background::Dark),
            ("0;15", Background::Light),
            ("0;default;7", Background::Light),
            ("15;default", Background::Unknown),
        ] {
            assert_eq!(of_hint(colours), background);
        }
    }
}
