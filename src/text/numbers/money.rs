//! Money: the signs and codes before a figure, the words and codes after it.

use super::cursor::{
    Key, Lower, byte, char_at, ends_word, gap, holds, hyphen, is_digit, lower_key, next_word, parted, starts,
    word,
};
use super::figure::{Figure, Form};
use super::unit::{Family, Unit};

/// Codes that stand before or after a figure; those that are words or names as well (TRY, COP) are left out.
const CODES: &[Key] = &parted::<47>(
    "\
    AED ARS AUD BDT BGN BRL BTC CAD CHF CLP CNY CZK DKK EGP EUR GBP HKD HUF IDR \
    ILS INR JPY KES KRW KWD LBP MNT MXN MYR NGN NOK NZD PHP PKR PLN QAR RMB RUB SAR \
    SEK SGD THB TWD UAH USD VND ZAR",
);

/// Letters that stand before a figure only.
const LETTERS: &[Key] = &parted::<8>(
    "\
    KSh Ksh Kr RM Rp Rs Sh Tk",
);

/// Letters that may stand before a dollar sign.
const DOLLARS: &[Key] = &parted::<17>(
    "\
    A AU Aus B C CA Can HK J Mex NT NZ R S TT US Z",
);

/// Currency words in the singular.
const WORDS: &[Key] = &parted::<37>(
    "\
    baht bitcoin buck dinar dirham dollar euro forint franc guilder hryvnia koruna \
    krona krone kroner kronor lira naira peseta peso quid rand reai renminbi rial \
    ringgit riyal rouble ruble rupee rupiah shekel shilling tugrik yen yuan zloty",
);

/// Their hundredths.
const CENTS: &[Key] = &parted::<8>(
    "\
    cent dime kopek nickel pence pennie penny sen",
);

/// Words that are money only after a scale or a nationality: pound is a weight, won a verb, mark a spot.
const DOUBTFUL: &[Key] = &parted::<7>(
    "\
    pound won real mark markka crown dong",
);

/// A currency before a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Prefix {
    pub(super) start: usize,
    /// Where the currency ends, before any gap.
    pub(super) end: usize,
    /// Where the figure has to start.
    pub(super) figure: usize,
    /// Whether a minus stands between the currency and the figure.
    pub(super) is_minus: bool,
    /// A letter that could begin a name needs a figure that looks like an amount.
    pub(super) is_weak: bool,
}

fn is_sign(c: char) -> bool {
    matches!(c, '$' | '£' | '¥' | '\u{20a0}'..='\u{20bf}' | '฿' | '＄' | '￡' | '￥')
}

/// The currency at a position when a figure follows it.
pub(super) fn before(text: &str, at: usize) -> Option<Prefix> {
    let first = char_at(text, at)?;
    if is_sign(first) {
        return prefix(text, at, at + first.len_utf8());
    }
    if !first.is_ascii_alphabetic() {
        return None;
    }
    let length = (0..4).take_while(|n| byte(text, at + n).is_ascii_alphabetic()).count();
    let end = at + length;
    // Most words are followed by another word: look there before looking anything up.
    let dot = usize::from(byte(text, end) == b'.');
    let ahead = byte(text, gap(text, end + dot).unwrap_or(end + dot));
    if !ahead.is_ascii_digit() && !matches!(ahead, b'$' | b'.' | b'-' | 0x80..) {
        return None;
    }
    let letters = text.get(at..end).unwrap_or("");
    // "A $5 rise": one letter has to touch its sign.
    let sign = if length > 1 { gap(text, end).unwrap_or(end) } else { end };
    if byte(text, sign) == b'$' && holds(DOLLARS, letters) {
        return prefix(text, at, sign + 1);
    }
    if holds(LETTERS, letters) || holds(CODES, letters) {
        return prefix(text, at, end + dot);
    }
    let is_weak = matches!(letters, "R" | "N") && is_digit(text, end);
    is_weak.then_some(Prefix { start: at, end, figure: end, is_minus: false, is_weak })
}

/// A sure currency, when a figure follows it.
fn prefix(text: &str, start: usize, end: usize) -> Option<Prefix> {
    let from = gap(text, end).unwrap_or(end);
    let minus = usize::from(byte(text, from) == b'-');
    let figure = from + minus;
    let digit = is_digit(text, figure) || (byte(text, figure) == b'.' && is_digit(text, figure + 1));
    digit.then_some(Prefix { start, end, figure, is_minus: minus > 0, is_weak: false })
}

/// Whether the figure after a weak letter is an amount and not part of a name such as R2.
pub(super) fn is_amount(figure: &Figure) -> bool {
    figure.scale > 1.0 || !matches!(figure.form, Form::Digits { plain: 1 })
}

/// A sign or letter glued to the end of a figure: 20€, 50p, 43c.
pub(super) fn glued(text: &str, figure: &Figure) -> Option<Unit> {
    let start = figure.end;
    let c = char_at(text, start).filter(|c| !c.is_whitespace())?;
    let make = |end, rank| Some(Unit::new(start, end, Family::Money, rank));
    if is_sign(c) && !is_digit(text, start + c.len_utf8()) || c == '¢' {
        return make(start + c.len_utf8(), 2);
    }
    if starts(text, start, "US$") {
        return make(start + 3, 2);
    }
    let letters = word(text, start);
    match letters {
        "p" | "c" if figure.value() < 100_000.0 => make(start + 1, 1),
        "Rs" | "RM" => make(start + 2, 2),
        _ => holds(CODES, letters).then_some(()).and_then(|()| make(start + letters.len(), 2)),
    }
}

/// A currency sign, word or code that starts at a position behind the figure, with the nationality before it.
pub(super) fn after(text: &str, start: usize, figure: &Figure) -> Option<Unit> {
    let first = word(text, start);
    let make = |end, rank| Some(Unit::new(start, end, Family::Money, rank));
    if let Some(sign) = char_at(text, start).filter(|c| is_sign(*c)) {
        let end = start + sign.len_utf8();
        return (figure.is_digits() && ends_word(text, end) && prefix(text, start, end).is_none())
            .then(|| make(end, 2))
            .flatten();
    }
    // Codes are capitals, and most words are not.
    if first.starts_with(|c: char| c.is_ascii_uppercase()) && holds(CODES, first) {
        return make(start + first.len(), 2);
    }
    if let Some(rank) =
        currency(first, figure.scale >= 1e3 && hyphen(text, figure.end).is_none() || figure.scale >= 1e6)
    {
        return make(start + first.len(), rank);
    }
    let (from, noun) = behind_nationality(text, start, first)?;
    let rank = currency(noun, true)?;
    make(from + noun.len(), rank)
}

/// The word behind *Swiss*, *US*, *U.S.* or *Hong Kong*.
fn behind_nationality<'t>(text: &'t str, start: usize, first: &str) -> Option<(usize, &'t str)> {
    if starts(text, start, "U.S.") {
        return next_word(text, start + 4);
    }
    let lower = Lower::new(first);
    let end = start + first.len();
    if matches!(lower.as_str(), "hong" | "new") {
        let (second, word) = next_word(text, end)?;
        return next_word(text, second + word.len());
    }
    let national = lower.as_str().len() > 3
        && ["an", "ish", "ese", "iss", "tch", "nch", "ni", "li", "qi", "ti"]
            .iter()
            .any(|ending| lower.as_str().ends_with(ending));
    (national || lower.as_str() == "us").then(|| next_word(text, end)).flatten()
}

/// The rank of a currency word, in the singular or plural.
fn currency(word: &str, is_certain: bool) -> Option<u8> {
    let rank = |name: Key| match name {
        0 => None,
        _ if WORDS.contains(&name) || is_certain && DOUBTFUL.contains(&name) => Some(2),
        _ => CENTS.contains(&name).then_some(1),
    };
    rank(lower_key(word)).or_else(|| rank(lower_key(word.strip_suffix(['s', 'S'])?)))
}

#[cfg(test)]
mod tests {
    use super::super::cursor::gap_or_hyphen;
    use super::super::figure::figure;
    use super::*;

    fn read(text: &str) -> Option<&str> {
        let figure = figure(text, 0, false)?;
        after(text, gap_or_hyphen(text, figure.end)?, &figure).map(|unit| &text[unit.start..unit.end])
    }

    #[test]
    fn signs_letters_and_codes_open_an_amount() {
        for text in ["£5", "US$5", "NZ $ 5", "R50", "RM3", "EUR 20", "Rs. 20", "$-5", "₹5"] {
            assert!(before(text, 0).is_some(), "{text}");
        }
        for text in ["Results 5", "a 5", "$x", "U2", "EURO 5"] {
            assert!(before(text, 0).is_none(), "{text}");
        }
    }

    #[test]
    fn currency_words_close_an_amount() {
        assert_eq!(read("50 cents"), Some("cents"));
        assert_eq!(read("10,000 Swiss francs"), Some("Swiss francs"));
        assert_eq!(read("3 million pounds"), Some("pounds"));
        assert_eq!(read("3 pounds"), None);
        assert_eq!(read("3 won"), None);
    }
}
