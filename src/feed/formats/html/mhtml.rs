//! Pages as browsers save them in one file: MHTML, of which the first part that is HTML is read (RFC 2557, RFC 2045).

use std::borrow::Cow;

/// How many bytes are looked through for the headers.
const HEAD: usize = 4096;

/// Whether `text` begins as such a file does.
pub(super) fn is_mhtml(text: &str) -> bool {
    let mut end = HEAD.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text.get(..end).unwrap_or_default().trim_start();
    let starts = ["from: ", "mime-version:", "content-type: multipart/related", "snapshot-content-location:"];
    let begins = starts
        .iter()
        .any(|start| head.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)));
    begins && head.to_ascii_lowercase().contains("multipart/related")
}

/// The HTML in `text`; `None` when there is none.
pub(super) fn html(text: &str) -> Option<String> {
    let (head, body) = split_head(text)?;
    let kind = header(head, "content-type")?;
    let boundary =
        kind.split(';').find_map(|part| part.trim().strip_prefix("boundary="))?.trim_matches('"').to_owned();
    let mark = format!("--{boundary}");
    body.split(mark.as_str()).skip(1).find_map(|part| {
        let (head, body) = split_head(part.trim_start_matches(['\r', '\n']))?;
        let is_html = header(head, "content-type")
            .is_some_and(|kind| kind.trim().to_ascii_lowercase().starts_with("text/html"));
        let encoding =
            header(head, "content-transfer-encoding").unwrap_or_default().trim().to_ascii_lowercase();
        is_html.then(|| match encoding.as_str() {
            "quoted-printable" => String::from_utf8_lossy(&quoted_printable(body)).into_owned(),
            "base64" => String::from_utf8_lossy(&base64(body)).into_owned(),
            _ => body.to_owned(),
        })
    })
}

/// The headers of `text`, and what follows the first empty line.
fn split_head(text: &str) -> Option<(&str, &str)> {
    text.split_once("\r\n\r\n").or_else(|| text.split_once("\n\n"))
}

/// The value of the header called `name`, its lines joined.
fn header<'a>(head: &'a str, name: &str) -> Option<Cow<'a, str>> {
    let mut lines = head.lines().skip_while(|line| {
        !line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
            || !line.get(name.len()..).is_some_and(|rest| rest.starts_with(':'))
    });
    let mut value = Cow::Borrowed(lines.next()?.get(name.len() + 1..)?.trim());
    for line in lines.take_while(|line| line.starts_with([' ', '\t'])) {
        value.to_mut().push_str(line);
    }
    Some(value)
}

fn quoted_printable(text: &str) -> Vec<u8> {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if *byte != b'=' {
            out.push(*byte);
            at += 1;
        } else if let (Some(high), Some(low)) = (digit(bytes.get(at + 1)), digit(bytes.get(at + 2))) {
            out.push((high * 16 + low) as u8);
            at += 3;
        } else {
            // The end of a line that was only broken to be short.
            at += 1;
            at += usize::from(bytes.get(at) == Some(&b'\r'));
            at += usize::from(bytes.get(at) == Some(&b'\n'));
        }
    }
    out
}

fn base64(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for byte in text.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_taken_out_of_what_it_was_saved_in() {
        let saved = |encoding: &str, body: &str| {
            format!(
                "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--x\"\r\n\r\n----x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}\r\n----x\r\nContent-Type: image/png\r\n\r\nzzz\r\n----x--\r\n"
            )
        };
        let page = saved("quoted-printable", "<p class=3D\"a\">Caf=C3=A9 is=\r\n open</p>");
        assert!(is_mhtml(&page));
        assert_eq!(html(&page).unwrap().trim(), "<p class=\"a\">Café is open</p>");
        assert_eq!(html(&saved("base64", "PHA+SGk8L3A+")).unwrap(), "<p>Hi</p>");
        assert!(!is_mhtml("From: Ana\n\nHello"));
    }
}
