//! Text is measured as ratatui's buffer draws it.

use liveblog::text::width::{fit, width};
use proptest::prelude::*;
use ratatui::{buffer::Buffer, layout::Rect, style::Style};

/// The cells that a wide buffer fills with `text` when told to fill at most `columns`.
fn drawn(text: &str, columns: usize) -> usize {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 8000, 1));
    usize::from(buffer.set_stringn(0, 0, text, columns, Style::new()).0)
}

/// Characters that join, vanish, widen or narrow what stands beside them.
const TRICKY: &str = concat!(
    "[ -~\u{a0}\u{ad}\u{301}\u{3099}\u{200b}-\u{200f}\u{fe0e}\u{fe0f}\u{20e3}\u{600}\u{627}\u{644}",
    "\u{1100}\u{1161}\u{11a8}\u{915}\u{94d}\u{937}\u{e01}\u{e33}\u{ff76}\u{ff9e}\u{ff9f}",
    "\u{1f3fb}\u{1f1e6}-\u{1f1e9}\u{1f3f4}\u{e0067}\u{e007f}日각❤☎👩👧\0\t\r\n\u{9b}]{0,24}"
);

#[test]
fn tricky_texts_are_as_wide_as_drawn() {
    for text in [
        "",
        "plain",
        "“it’s” – 5 °C…",
        "日本語テキスト",
        "ｶﾞｷﾞ ﾊﾟ 紅ﾞ",
        "カ\u{3099}ハ\u{309a}",
        "👩‍👩‍👧‍👦 👍🏽 🏳️‍🌈 1️⃣ ❤️ ❤ ☎\u{fe0e}",
        "🇬🇧🇫🇷🇪",
        "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
        "cafe\u{301} Z\u{35c}algo",
        "क्षत्रिय สวัสดี ខ្មែរ မြန်မာ",
        "لا إله \u{600}12",
        "한국어 ᄀᄀᄀ각",
        "a\tb\r\nc\u{7}\u{9b}",
        "so\u{ad}ft\u{200b}zero\u{2060}",
    ] {
        assert_eq!(width(text), drawn(text, usize::MAX), "{text:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_as_wide_as_drawn(text in any::<String>(), tricky in TRICKY) {
        prop_assert_eq!(width(&text), drawn(&text, usize::MAX));
        prop_assert_eq!(width(&tricky), drawn(&tricky, usize::MAX));
    }

    #[test]
    fn what_fits_is_what_is_drawn(text in TRICKY, columns in 0..20_usize) {
        prop_assert_eq!(width(fit(&text, columns)), drawn(&text, columns));
    }
}
