//! Lines to blocks: headings, paragraphs, quotes, list items, code. Comments and front matter say nothing.

/// A block of Markdown; what stands within its lines is not read yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    Heading {
        level: u8,
        text: String,
    },
    Paragraph(String),
    Quote(String),
    /// An item of a list, and whether it stands within another.
    Item {
        depth: usize,
        text: String,
    },
    Code(String),
}

/// A block and the line it begins in, from 0.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub block: Block,
    pub line: usize,
}

/// The blocks of `text`.
pub(super) fn split(text: &str) -> Vec<Block> {
    placed(text).into_iter().map(|placed| placed.block).collect()
}

/// The blocks of `text`, each with its line.
pub(super) fn placed(text: &str) -> Vec<Placed> {
    let mut blocks = Blocks::default();
    let mut lines =
        text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).enumerate().peekable();
    // Front matter, when it has an end within the first lines.
    if lines.peek().is_some_and(|(_, line)| line.trim_end() == "---") {
        let end = lines.clone().skip(1).take(100).find(|(_, line)| line.trim_end() == "---");
        if let Some((end, _)) = end {
            while lines.next_if(|(at, _)| *at <= end).is_some() {}
        }
    }
    for (at, line) in lines {
        blocks.line(at, line);
    }
    blocks.end();
    blocks.done
}

#[derive(Debug, Default)]
struct Blocks {
    done: Vec<Placed>,
    /// The block that goes on.
    open: Option<Placed>,
    /// What ends the code that is open.
    fence: Option<String>,
    is_comment: bool,
    /// Whether an empty line stands before this one.
    is_apart: bool,
}

impl Blocks {
    fn line(&mut self, at: usize, line: &str) {
        let trimmed = line.trim_start();
        if self.takes_code(line) || self.takes_comment(at, line) {
            return;
        }
        let is_apart = std::mem::replace(&mut self.is_apart, trimmed.is_empty());
        if trimmed.is_empty() {
            if !matches!(&self.open, Some(Placed { block: Block::Item { .. }, .. })) {
                self.end();
            }
            return;
        }
        let indent = line.len() - trimmed.len();
        let fence: String = trimmed.chars().take_while(|char| matches!(char, '`' | '~')).collect();
        if fence.len() >= 3 {
            self.begin(at, Block::Code(String::new()));
            self.fence = Some(fence);
        } else if let Some((level, text)) = heading(trimmed) {
            self.begin(at, Block::Heading { level, text: text.to_owned() });
            self.end();
        } else if is_rule(trimmed) {
            self.end();
        } else if let Some(text) = item(trimmed) {
            let depth = usize::from(indent >= 2 && self.has_item());
            self.begin(at, Block::Item { depth, text: text.to_owned() });
        } else if let Some(quoted) = trimmed.strip_prefix('>') {
            self.quoted(at, quoted.strip_prefix(' ').unwrap_or(quoted));
        } else {
            self.words(at, trimmed, is_apart, indent >= 2);
        }
    }

    /// Takes `line` when it stands in code, or ends it; tells whether it did.
    fn takes_code(&mut self, line: &str) -> bool {
        let Some(fence) = &self.fence else { return false };
        if line.trim_start().starts_with(fence.as_str()) {
            self.fence = None;
            self.end();
        } else {
            self.append(line);
        }
        true
    }

    /// Takes `line` when a comment stands in it; tells whether one did.
    fn takes_comment(&mut self, at: usize, line: &str) -> bool {
        if self.is_comment {
            self.is_comment = !line.contains("-->");
            return true;
        }
        let trimmed = line.trim();
        let begins = trimmed.starts_with("<!--");
        if begins {
            self.is_comment = !trimmed.contains("-->");
            self.end();
            // What a paragraph below a comment says, it says for itself.
            if trimmed == super::GUARD {
                self.done.push(Placed { block: Block::Paragraph(String::new()), line: at });
            }
        }
        begins
    }

    /// A line of a quote, without its mark.
    fn quoted(&mut self, at: usize, quoted: &str) {
        match &self.open {
            Some(Placed { block: Block::Quote(_), .. }) if quoted.trim().is_empty() => self.append(""),
            Some(Placed { block: Block::Quote(_), .. }) => self.append(quoted),
            _ => self.begin(at, Block::Quote(quoted.to_owned())),
        }
    }

    /// A line of plain words, which stands apart from what is above it or not.
    fn words(&mut self, at: usize, words: &str, is_apart: bool, is_indented: bool) {
        match &self.open {
            // What is indented below an item belongs to it.
            Some(Placed { block: Block::Item { .. }, .. }) if is_apart && !is_indented => {
                self.begin(at, Block::Paragraph(words.to_owned()));
            }
            Some(Placed { block: Block::Item { .. }, .. }) if is_apart => self.append(&format!("\n{words}")),
            Some(_) => self.append(words),
            None => self.begin(at, Block::Paragraph(words.to_owned())),
        }
    }

    fn has_item(&self) -> bool {
        matches!(self.open.as_ref().or(self.done.last()), Some(Placed { block: Block::Item { .. }, .. }))
    }

    fn begin(&mut self, line: usize, block: Block) {
        self.end();
        self.open = Some(Placed { block, line });
    }

    fn append(&mut self, line: &str) {
        let Some(open) = &mut self.open else { return };
        match &mut open.block {
            Block::Paragraph(text) | Block::Quote(text) | Block::Code(text) | Block::Item { text, .. } => {
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(line);
            }
            Block::Heading { .. } => {}
        }
    }

    fn end(&mut self) {
        self.done.extend(self.open.take());
    }
}

/// Level and text of a heading.
fn heading(line: &str) -> Option<(u8, &str)> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    if !(1..=6).contains(&level) || !(text.is_empty() || text.starts_with([' ', '\t'])) {
        return None;
    }
    let text = text.trim();
    let closed = text.trim_end_matches('#');
    let is_closed = closed.is_empty() || closed.ends_with([' ', '\t']);
    Some((level as u8, if is_closed { closed.trim_end() } else { text }))
}

/// What follows the mark of a list item.
fn item(line: &str) -> Option<&str> {
    let after = line.strip_prefix(['-', '*', '+']).or_else(|| {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        (1..=9).contains(&digits).then(|| line.get(digits..)?.strip_prefix(['.', ')'])).flatten()
    })?;
    after.starts_with([' ', '\t']).then(|| after.trim())
}

/// Whether `line` is a rule across the page.
fn is_rule(line: &str) -> bool {
    let bare: String = line.chars().filter(|char| !char.is_whitespace()).collect();
    bare.len() >= 3 && ["-", "*", "_", "="].iter().any(|mark| bare.replace(mark, "").is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_blocks() {
        let text = "---\ntitle: x\n---\n# One #\n\npara\r\ngoes on\n> said\n> so\n>\n> again\n\n- a\n  more\n  - b\n- c\n\n  still c\nnot\n\n---\n<!-- no -->\n```\n# code\n```\n#no heading\n";
        let item = |depth, text: &str| Block::Item { depth, text: text.to_owned() };
        let wanted = vec![
            Block::Heading { level: 1, text: "One".to_owned() },
            Block::Paragraph("para\ngoes on".to_owned()),
            Block::Quote("said\nso\n\nagain".to_owned()),
            item(0, "a\nmore"),
            item(1, "b"),
            item(0, "c\n\nstill c\nnot"),
            Block::Code("# code".to_owned()),
            Block::Paragraph("#no heading".to_owned()),
        ];
        assert_eq!(split(text), wanted);
    }
}
