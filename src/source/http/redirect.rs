//! Where a redirect leads, and whether one goes there.
//!
//! Only to `http` and `https`, never from the safe one to the other, and with the password only where it belongs.

use url::Url;

use super::failed_look::{ADDRESS, FailedLook};

/// The most redirects in a row that are gone after.
pub(super) const MOST: usize = 5;
/// What to try when one does not go where it leads.
pub(super) const BROWSER: &str = "open it in a browser, and name the address that this leads to";

/// The address that `location`, told by `from`, leads to.
pub(super) fn target(from: &Url, location: Option<&str>) -> Result<Url, FailedLook> {
    let location = location.map(str::trim).filter(|location| !location.is_empty());
    let location = location.ok_or_else(|| FailedLook::new("it redirects without saying where", ADDRESS))?;
    let mut to = from.join(location).map_err(|error| {
        FailedLook::new(&format!("it redirects to no address ('{location}'): {error}"), ADDRESS)
    })?;
    match (from.scheme(), to.scheme()) {
        (_, "https") | ("http", "http") => {}
        (_, "http") => {
            return Err(FailedLook::new("it redirects from https to http, which is not safe", BROWSER));
        }
        (_, scheme) => {
            return Err(FailedLook::new(
                &format!("it redirects to '{scheme}:', which is not gone after"),
                ADDRESS,
            ));
        }
    }
    lend_password(from, &mut to);
    Ok(to)
}

/// Gives `to` the name and the password of `from` when both are on one server, and takes away any other.
pub(super) fn lend_password(from: &Url, to: &mut Url) {
    let (name, password) =
        if to.origin() == from.origin() { (from.username(), from.password()) } else { ("", None) };
    // Addresses of these schemes can carry both.
    let _ = to.set_username(name);
    let _ = to.set_password(password);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lead(from: &str, location: &str) -> Option<String> {
        target(&Url::parse(from).unwrap(), Some(location)).ok().map(|url| url.to_string())
    }

    #[test]
    fn redirects_are_read_as_browsers_read_them() {
        for (location, to) in [
            ("next", "http://a.example/dir/next"),
            ("../next", "http://a.example/next"),
            ("?page=2", "http://a.example/dir/live?page=2"),
            ("//b.example/x", "http://b.example/x"),
            ("https://a.example/live", "https://a.example/live"),
            ("/\u{e9}?q=a b", "http://a.example/%C3%A9?q=a%20b"),
        ] {
            assert_eq!(lead("http://a.example/dir/live", location).as_deref(), Some(to));
        }
    }

    #[test]
    fn no_redirect_leads_to_another_kind_of_place_or_to_an_unsafe_one() {
        for location in
            ["file:///etc/passwd", "ftp://a.example/", "data:text/plain,x", "javascript:x", "http://", ""]
        {
            assert_eq!(lead("http://a.example/", location), None, "{location}");
        }
        assert_eq!(lead("https://a.example/", "http://a.example/"), None);
        assert!(target(&Url::parse("http://a.example/").unwrap(), None).is_err());
    }

    #[test]
    fn a_password_stays_where_it_belongs_and_none_is_taken_from_a_server() {
        let from = "http://ada:secret@a.example/live";
        assert_eq!(lead(from, "/next").as_deref(), Some("http://ada:secret@a.example/next"));
        assert_eq!(lead(from, "http://b.example/next").as_deref(), Some("http://b.example/next"));
        assert_eq!(lead(from, "http://eve:x@b.example/").as_deref(), Some("http://b.example/"));
    }
}
