//! The names of measures and spans of time, in full and abbreviated, with the rank that tells which may follow which.
//!
//! Names are kept in the singular and parted by spaces. A row shares one rank; zero continues nothing.

use super::cursor::{Key, Lower, key, lower_key, parted};

/// Spans of time in the singular, each row with its rank.
pub(super) const TIMES: &[(&[Key], u8)] = &[
    (&parted::<1>("millisecond"), 5),
    (&parted::<2>("sec second"), 10),
    (&parted::<2>("min minute"), 20),
    (&parted::<2>("hour hr"), 30),
    (&parted::<1>("day"), 40),
    (&parted::<1>("week"), 50),
    (&parted::<1>("fortnight"), 55),
    (&parted::<1>("month"), 60),
    (&parted::<2>("year yr"), 70),
    (&parted::<1>("decade"), 80),
    (&parted::<1>("century"), 90),
    (&parted::<1>("millennium"), 95),
];

/// Measures in full, in the singular. A rank is shared by a unit's names; see `unit::continues`.
pub(super) const MEASURES: &[(&[Key], u8)] = &[
    (
        &parted::<57>(
            "acre amp byte calorie carat celsius centigrade decibel deg degree exabyte \
        fahrenheit fathom gallon gigabyte gigawatt gram gramme hectare hertz horsepower joule \
        kelvin kilo kilobyte kilogram kilogramme kilohertz kilojoule kiloton kilowatt \
        knot liter litre megabit megabyte megahertz megaton megawatt microgram micron \
        milligram milliliter millilitre mph nanometer nanometre petabyte pint tablespoon \
        teaspoon terabyte terawatt ton tonne volt watt",
        ),
        0,
    ),
    (&parted::<2>("kilometer kilometre"), 11),
    (&parted::<2>("meter metre"), 12),
    (&parted::<2>("centimeter centimetre"), 13),
    (&parted::<2>("millimeter millimetre"), 14),
    (&parted::<1>("mile"), 20),
    (&parted::<1>("yard"), 21),
    (&parted::<2>("feet foot"), 22),
    (&parted::<1>("inch"), 23),
    (&parted::<1>("pound"), 32),
    (&parted::<1>("ounce"), 33),
];

/// Abbreviations, in the case they are written in. Those marked false must touch the digits.
pub(super) const SHORT: &[(&[Key], bool, u8)] = &[
    (&parted::<8>("C F cc g hp kt l t"), false, 0),
    (&parted::<1>("in"), false, 23),
    (&parted::<1>("st"), false, 31),
    (
        &parted::<41>(
            "GB GHz GW GWh Gbps Hz KB KG MB MHz MPH MW MWh Mbps TB TW TWh cl dB gb ha kHz kW \
        kWh kcal kg kgs kJ kmh kph kw mb mcg mg ml mpg mw nm ppm tbsp tsp",
        ),
        true,
        0,
    ),
    (&parted::<3>("KM km kms"), true, 11),
    (&parted::<1>("m"), true, 12),
    (&parted::<1>("cm"), true, 13),
    (&parted::<1>("mm"), true, 14),
    (&parted::<1>("mi"), true, 20),
    (&parted::<2>("yd yds"), true, 21),
    (&parted::<1>("ft"), true, 22),
    (&parted::<2>("lb lbs"), true, 32),
    (&parted::<1>("oz"), true, 33),
];

fn singular(lower: &str) -> Option<&str> {
    match lower {
        "centuries" => Some("century"),
        "millennia" => Some("millennium"),
        "inches" => Some("inch"),
        _ => lower.strip_suffix('s'),
    }
}

/// The rank of a word in a table of singulars, whatever its case and number.
pub(super) fn rank(table: &[(&[Key], u8)], word: &str) -> Option<u8> {
    // No name is longer, and none shorter.
    if !(2..=13).contains(&word.len()) {
        return None;
    }
    let find = |name: Key| table.iter().find(|row| row.0.contains(&name)).map(|row| row.1);
    find(lower_key(word)).or_else(|| singular(Lower::new(word).as_str()).map(key).and_then(find))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_in_any_case_and_number() {
        assert_eq!(rank(TIMES, "Centuries"), rank(TIMES, "century"));
        assert_eq!(rank(MEASURES, "Inches"), Some(23));
        assert_eq!(rank(MEASURES, "troops"), None);
    }
}
