//! Turns what crossterm calls a key into what the reader calls one.
//!
//! Shift is settled here, once: it is part of a character, `shift-tab` is a key of its own, and elsewhere it is dropped.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::app::{Code, Key};

/// The key that was pressed; `None` for a key let go and for keys the reader has no name for.
pub(super) fn key(event: KeyEvent) -> Option<Key> {
    // Windows tells of every key when it is let go, too.
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let has = |modifiers| event.modifiers.intersects(modifiers);
    let (ctrl, shift) = (has(KeyModifiers::CONTROL), has(KeyModifiers::SHIFT));
    let code = match event.code {
        KeyCode::Char(char) => Code::Char(if ctrl { controlled(char) } else { shifted(char, shift) }),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Escape,
        KeyCode::Tab if !shift => Code::Tab,
        KeyCode::Tab | KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(number) => Code::Function(number),
        _ => return None,
    };
    Some(Key { code, ctrl, alt: has(KeyModifiers::ALT | KeyModifiers::META) })
}

/// What a letter is with Shift; most terminals have settled that themselves.
fn shifted(char: char, shift: bool) -> char {
    if shift { char.to_ascii_uppercase() } else { char }
}

/// What a character is with Ctrl: a small letter, and the signs that crossterm calls 4 to 7 after their codes.
fn controlled(char: char) -> char {
    match char {
        '4' => '\\',
        '5' => ']',
        '6' => '^',
        '7' => '_',
        other => other.to_ascii_lowercase(),
    }
}

/// The keys that `bytes` stand for, as terminals send them; sequences that are no key the reader knows are left out.
///
/// For what was typed while the terminal was asked something: by then the bytes are ours, and crossterm takes none back.
#[cfg(unix)]
pub(super) fn typed(bytes: &[u8]) -> Vec<Key> {
    let text = String::from_utf8_lossy(bytes);
    let mut rest = text.as_ref();
    let mut keys = Vec::new();
    while let Some(char) = rest.chars().next() {
        let (key, length) = sequence(rest).unwrap_or_else(|| (plain(char), char.len_utf8()));
        keys.extend(key);
        rest = rest.get(length..).unwrap_or_default();
    }
    keys
}

/// The key that the escape sequence at the start of `text` stands for, if there is one, and its length.
#[cfg(unix)]
fn sequence(text: &str) -> Option<(Option<Key>, usize)> {
    let after = text.strip_prefix('\u{1b}')?;
    if let Some(csi) = after.strip_prefix(['[', 'O']) {
        let end = csi.find(|char: char| ('@'..='~').contains(&char))?;
        let code = match &csi[..=end] {
            "A" => Some(Code::Up),
            "B" => Some(Code::Down),
            "C" => Some(Code::Right),
            "D" => Some(Code::Left),
            "H" | "1~" | "7~" => Some(Code::Home),
            "F" | "4~" | "8~" => Some(Code::End),
            "Z" => Some(Code::BackTab),
            "3~" => Some(Code::Delete),
            "5~" => Some(Code::PageUp),
            "6~" => Some(Code::PageDown),
            _ => None,
        };
        return Some((code.map(Key::new), 2 + end + 1));
    }
    let char = after.chars().next().filter(|char| *char != '\u{1b}')?;
    Some((plain(char).map(|key| Key { alt: true, ..key }), 1 + char.len_utf8()))
}

/// The key that sends `char` alone.
#[cfg(unix)]
fn plain(char: char) -> Option<Key> {
    let ctrl = |char| Key { ctrl: true, ..Key::new(Code::Char(char)) };
    Some(match char {
        '\0' => ctrl(' '),
        '\t' => Key::new(Code::Tab),
        '\r' => Key::new(Code::Enter),
        '\u{1b}' => Key::new(Code::Escape),
        '\u{7f}' => Key::new(Code::Backspace),
        '\u{1}'..='\u{1f}' => ctrl(char::from(char as u8 | 0x40).to_ascii_lowercase()),
        char::REPLACEMENT_CHARACTER => return None,
        _ => Key::new(Code::Char(char)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(code: KeyCode, modifiers: KeyModifiers) -> String {
        key(KeyEvent::new(code, modifiers)).map(|key| key.to_string()).unwrap_or_default()
    }

    #[test]
    fn shift_is_part_of_the_character() {
        for (code, modifiers, name) in [
            (KeyCode::Char('G'), KeyModifiers::SHIFT, "G"),
            (KeyCode::Char('g'), KeyModifiers::SHIFT, "G"),
            (KeyCode::Char('?'), KeyModifiers::SHIFT, "?"),
            (KeyCode::Char('d'), KeyModifiers::CONTROL, "ctrl-d"),
            (KeyCode::Char('D'), KeyModifiers::CONTROL | KeyModifiers::SHIFT, "ctrl-d"),
            (KeyCode::Char('5'), KeyModifiers::CONTROL, "ctrl-]"),
            (KeyCode::Char(' '), KeyModifiers::NONE, "space"),
            (KeyCode::Char('x'), KeyModifiers::ALT, "alt-x"),
            (KeyCode::BackTab, KeyModifiers::SHIFT, "shift-tab"),
            (KeyCode::Tab, KeyModifiers::SHIFT, "shift-tab"),
            (KeyCode::Up, KeyModifiers::SHIFT, "up"),
            (KeyCode::F(1), KeyModifiers::NONE, "f1"),
            (KeyCode::Insert, KeyModifiers::NONE, ""),
        ] {
            assert_eq!(named(code, modifiers), name);
        }
    }

    #[test]
    fn a_key_let_go_is_no_key() {
        let press = KeyEvent::new(KeyCode::Char('q'), KeyModifiers::NONE);
        assert_eq!(key(KeyEvent { kind: KeyEventKind::Release, ..press }), None);
        assert_eq!(key(KeyEvent { kind: KeyEventKind::Repeat, ..press }), key(press));
    }

    #[cfg(unix)]
    #[test]
    fn bytes_are_read_as_the_keys_that_send_them() {
        let keys = typed("/é\u{1b}[A\u{1b}[6~\u{1b}OB\u{1b}x\u{4}\r\u{7f}\u{1b}[200~\u{1b}".as_bytes());
        let names: Vec<String> = keys.iter().map(Key::to_string).collect();
        assert_eq!(names, ["/", "é", "up", "pgdn", "down", "alt-x", "ctrl-d", "enter", "backspace", "esc"]);
    }
}
