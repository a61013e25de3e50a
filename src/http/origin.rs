//! Which pages may speak to this server: its own, and those that `--origin` names.
//! A request without `Origin` comes from no page and is let in: tokens are never ambient.

use http::{HeaderMap, header};

/// Whether the page that sends `headers` may speak to this server. `null` may not, nor may anything unreadable.
#[must_use]
pub fn may_speak(headers: &HeaderMap, public: Option<&str>, listed: &[String]) -> bool {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let Some(origin) = origins.next() else {
        return true;
    };
    if origins.next().is_some() {
        return false;
    }
    let Ok(origin) = origin.to_str() else {
        return false;
    };
    let origin = origin.to_ascii_lowercase();
    if Some(origin.as_str()) == public || listed.contains(&origin) {
        return true;
    }
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    match (origin.split_once("://"), host) {
        (Some(("http" | "https", from)), Some(host)) => from.eq_ignore_ascii_case(host),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(origin: Option<&str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, "10.0.0.5:8080".parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        headers
    }

    #[test]
    fn own_pages_and_listed_ones_may_speak_and_nobody_else() {
        let listed = ["https://example.org".to_owned()];
        let may = |origin| may_speak(&headers(origin), Some("https://meet.example"), &listed);
        for origin in [
            None,
            Some("http://10.0.0.5:8080"),
            Some("https://10.0.0.5:8080"),
            Some("HTTPS://Example.org"),
            Some("https://meet.example"),
        ] {
            assert!(may(origin), "{origin:?}");
        }
        for origin in [
            "null",
            "",
            "10.0.0.5:8080",
            "http://10.0.0.5",
            "http://10.0.0.5:8081",
            "https://evil.example",
            "https://example.org.evil.example",
            "ftp://10.0.0.5:8080",
            "http://evil@10.0.0.5:8080",
        ] {
            assert!(!may(Some(origin)), "{origin}");
        }
    }

    #[test]
    fn two_origins_are_none() {
        let mut two = headers(Some("http://10.0.0.5:8080"));
        two.append(header::ORIGIN, "http://10.0.0.5:8080".parse().unwrap());
        assert!(!may_speak(&two, None, &[]));
    }
}
