//! The web part, built into the program: pages and files, compressed at build time. Knows no meeting.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::{self, HeaderMap};
use http::{HeaderValue, StatusCode};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use super::error::ErrorCode;

#[derive(RustEmbed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Built;

/// Where the web part comes from.
#[derive(Debug, Clone, Default)]
pub enum Assets {
    /// Out of the program itself.
    #[default]
    Built,
    /// From a folder (`--web`), read anew each time.
    Folder(PathBuf),
}

/// The three pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    Phone,
    Desk,
    Stage,
}

impl Page {
    fn files(self) -> [&'static str; 2] {
        match self {
            Self::Phone => ["phone.html", "index.html"],
            Self::Desk => ["desk.html", "desk/index.html"],
            Self::Stage => ["stage.html", "stage/index.html"],
        }
    }
}

type Content = (Cow<'static, [u8]>, [u8; 32]);

impl Assets {
    /// One of the three pages. Where the web part was not built, a page that says so.
    #[must_use]
    pub fn page(&self, page: Page, headers: &HeaderMap) -> Response {
        page.files()
            .iter()
            .find_map(|file| self.answer(file, headers, "no-cache"))
            .unwrap_or_else(not_built)
    }

    /// Another file: hashed ones under `assets/` for ever, the rest asked about each time.
    #[must_use]
    pub fn file(&self, path: &str, headers: &HeaderMap) -> Response {
        let is_safe = path
            .split('/')
            .all(|part| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', '\0']));
        let caching = if path.starts_with("assets/") {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        };
        Some(path)
            .filter(|_| is_safe)
            .and_then(|path| self.answer(path, headers, caching))
            .unwrap_or_else(|| super::error::Error::from(ErrorCode::NotFound).into_response())
    }

    fn answer(&self, path: &str, asked: &HeaderMap, caching: &'static str) -> Option<Response> {
        let accepted = Accepted::of(asked);
        let (encoding, content) = [
            (accepted.brotli, "br", ".br"),
            (accepted.gzip, "gzip", ".gz"),
        ]
        .into_iter()
        .filter(|(accepted, ..)| *accepted)
        .find_map(|(_, name, ending)| Some((Some(name), self.read(&format!("{path}{ending}"))?)))
        .or_else(|| Some((None, self.read(path)?)))?;
        let (bytes, hash) = content;
        let tag = tag(&hash);
        let mut response = if matches(asked, &tag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            Body::from(bytes).into_response()
        };
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind(path)));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        // What is kept for ever is never asked for again: its tag would only weigh.
        if let (false, Ok(tag)) = (caching.contains("immutable"), HeaderValue::from_str(&tag)) {
            headers.insert(header::ETAG, tag);
        }
        if let Some(encoding) = encoding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        Some(response)
    }

    fn read(&self, path: &str) -> Option<Content> {
        match self {
            Self::Built => Built::get(path).map(|file| (file.data, file.metadata.sha256_hash())),
            Self::Folder(folder) => {
                let bytes = std::fs::read(folder.join(path)).ok()?;
                let hash = Sha256::digest(&bytes).into();
                Some((bytes.into(), hash))
            }
        }
    }
}

/// Which compressions a client takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Accepted {
    pub brotli: bool,
    pub gzip: bool,
}

impl Accepted {
    /// Reads `Accept-Encoding`; what has `q=0` is not taken.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        let mut accepted = Self::default();
        let values = headers.get_all(header::ACCEPT_ENCODING).iter();
        for part in values
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
        {
            let mut words = part.split(';').map(str::trim);
            let name = words.next().unwrap_or_default();
            let refused = words.any(|word| matches!(word, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
            match name {
                "br" => accepted.brotli = !refused,
                "gzip" => accepted.gzip = !refused,
                _ => {}
            }
        }
        accepted
    }
}

/// Whether `If-None-Match` names this tag; weak ones compare alike.
#[must_use]
pub fn matches(headers: &HeaderMap, tag: &str) -> bool {
    let plain = |text: &str| text.trim().trim_start_matches("W/").to_owned();
    let tag = plain(tag);
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|one| plain(one) == tag || one.trim() == "*")
}

fn tag(hash: &[u8; 32]) -> String {
    use std::fmt::Write;
    let mut tag = String::from("\"");
    for byte in &hash[..12] {
        // Writing to a String cannot fail.
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    tag
}

fn kind(path: &str) -> &'static str {
    match Path::new(path)
        .extension()
        .and_then(|ending| ending.to_str())
    {
        Some("html") => "text/html; charset=utf-8",
        // Modules are read as UTF-8 whatever is said, and what is no module is ASCII.
        Some("js" | "mjs") => "text/javascript",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("mp3") => "audio/mpeg",
        Some("wav") => "audio/wav",
        Some("mp4") => "video/mp4",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn not_built() -> Response {
    let page = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
        <meta name=\"viewport\" content=\"width=device-width\"><title>Openfloor</title>\
        <h1>Openfloor</h1><p>The server runs, but its web part was not built. Run <code>make web</code>, then build again.</p>";
    let mut response = (StatusCode::OK, page).into_response();
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(encodings: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, encodings.parse().unwrap());
        headers
    }

    fn folder() -> (tempfile::TempDir, Assets) {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("assets")).unwrap();
        std::fs::write(dir.path().join("phone.html"), "plain").unwrap();
        std::fs::write(dir.path().join("phone.html.br"), "small").unwrap();
        std::fs::write(dir.path().join("assets/a.js"), "js").unwrap();
        let assets = Assets::Folder(dir.path().to_owned());
        (dir, assets)
    }

    #[test]
    fn the_smallest_accepted_form_is_sent() {
        let (_dir, assets) = folder();
        let small = assets.page(Page::Phone, &asked("gzip, br"));
        assert_eq!(small.headers()[header::CONTENT_ENCODING], "br");
        assert_eq!(
            small.headers()[header::CONTENT_TYPE],
            "text/html; charset=utf-8"
        );
        for plain in ["", "gzip", "br;q=0"] {
            let plain = assets.page(Page::Phone, &asked(plain));
            assert!(!plain.headers().contains_key(header::CONTENT_ENCODING));
        }
    }

    #[test]
    fn a_page_that_did_not_change_is_not_sent_again() {
        let (_dir, assets) = folder();
        let first = assets.page(Page::Phone, &HeaderMap::new());
        let mut again = HeaderMap::new();
        again.insert(header::IF_NONE_MATCH, first.headers()[header::ETAG].clone());
        assert_eq!(
            assets.page(Page::Phone, &again).status(),
            StatusCode::NOT_MODIFIED
        );
    }

    #[test]
    fn only_hashed_files_are_kept_for_ever_and_none_from_outside_is_served() {
        let (_dir, assets) = folder();
        let file = |path: &str| assets.file(path, &HeaderMap::new());
        assert!(
            file("assets/a.js").headers()[header::CACHE_CONTROL]
                .to_str()
                .unwrap()
                .contains("immutable")
        );
        for path in [
            "../etc/passwd",
            "assets/../../x",
            "/etc/passwd",
            ".built",
            "nothing",
        ] {
            assert_eq!(file(path).status(), StatusCode::NOT_FOUND, "{path}");
        }
    }

    #[test]
    fn tags_are_compared_weakly() {
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_NONE_MATCH, "\"x\", W/\"1.2\"".parse().unwrap());
        assert!(matches(&headers, "\"1.2\""));
        assert!(!matches(&headers, "\"1.3\""));
    }
}
