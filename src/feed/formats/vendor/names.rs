//! Names as bylines join them.

use crate::text::line::Line;

/// What stands between two names.
const BETWEEN: [&str; 4] = [" and ", " & ", " und ", ", "];

/// The names that `byline` joins: “By A B, C D and E F” names three people. What does not part into names of two words
/// or more is one name.
pub(crate) fn names(byline: &str) -> Vec<Line> {
    let whole = Line::new(byline);
    let bare = whole.strip_prefix("By ").or_else(|| whole.strip_prefix("by ")).unwrap_or(&whole);
    let mut parts = vec![bare];
    for between in BETWEEN {
        parts = parts.into_iter().flat_map(|part| part.split(between)).collect();
    }
    let parts: Vec<&str> = parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect();
    let is_name =
        |part: &&str| part.split(' ').count() >= 2 && part.starts_with(|char: char| !char.is_lowercase());
    let parts = if parts.iter().all(is_name) { parts } else { vec![bare] };
    parts.into_iter().filter(|name| !name.is_empty()).map(|name| Line::new(&recase(name))).collect()
}

/// A name of several words that is written in capitals only, as names are written.
fn recase(name: &str) -> String {
    let is_shouted = name.contains(' ') && !name.chars().any(char::is_lowercase);
    if !is_shouted {
        return name.to_owned();
    }
    let mut is_first = true;
    let mut recased = String::with_capacity(name.len());
    for char in name.chars() {
        if is_first {
            recased.push(char);
        } else {
            recased.extend(char.to_lowercase());
        }
        is_first = !char.is_alphabetic();
    }
    recased
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byline_may_join_names() {
        let read = |byline: &str| names(byline).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(read("By Ana Bell, Per Holm and Ida O’Dea"), ["Ana Bell", "Per Holm", "Ida O’Dea"]);
        assert_eq!(read("ANA BELL and PER HOLM-LUND"), ["Ana Bell", "Per Holm-Lund"]);
        assert_eq!(read("Harbour and Coast"), ["Harbour and Coast"]);
        assert_eq!(read("Ana Bell, editor"), ["Ana Bell, editor"]);
        assert_eq!(read("admin"), ["admin"]);
        assert_eq!(read(""), [""; 0]);
    }
}
