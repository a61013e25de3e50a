//! What every answer carries: the headers that keep pages to this server and secrets out of other sites' logs.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::header::{self, HeaderName};
use http::{HeaderValue, Uri};

/// Where the built files are.
const BUILT: &str = "/assets/";

/// On every answer.
const EVERYWHERE: [(HeaderName, &str); 3] = [
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// On every answer but built files: those are governed by the page that asked for them, and a first visit on a poor
/// network carries half a kilobyte less with each.
const BUT_BUILT_FILES: [(HeaderName, &str); 3] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
         connect-src 'self' ws: wss:; object-src 'none'; base-uri 'none'; frame-ancestors 'self'; \
         form-action 'self'; require-trusted-types-for 'script'; trusted-types svelte-trusted-html",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(self), microphone=(), geolocation=(), payment=(), usb=()",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
];

/// Adds the headers to every answer.
pub async fn protect(request: Request, next: Next) -> Response {
    let built = request.uri().path().starts_with(BUILT);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let more = if built { &[] } else { &BUT_BUILT_FILES[..] };
    for (name, value) in EVERYWHERE.iter().chain(more) {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Paths ignore case, for QR codes in capitals are smaller and people type as they like. Built files keep theirs.
pub fn ignore_case<B>(mut request: http::Request<B>) -> http::Request<B> {
    let path = request.uri().path();
    if path.starts_with(BUILT) || !path.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return request;
    }
    let mut lower = path.to_ascii_lowercase();
    if let Some(query) = request.uri().query() {
        lower.push('?');
        lower.push_str(query);
    }
    if let Ok(uri) = lower.parse::<Uri>() {
        *request.uri_mut() = uri;
    }
    request
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_small_and_queries_and_built_files_are_left_alone() {
        let seen = |path: &str| {
            let request = http::Request::builder().uri(path).body(()).unwrap();
            ignore_case(request).uri().to_string()
        };
        assert_eq!(seen("/DESK/AB-C?key=AbC"), "/desk/ab-c?key=AbC");
        assert_eq!(seen("/assets/App-XyZ.js"), "/assets/App-XyZ.js");
        assert_eq!(seen("/473096"), "/473096");
    }
}
