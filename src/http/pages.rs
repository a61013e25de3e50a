//! The three pages, at the addresses people type or scan. Which meeting it is, the page finds out by itself.

use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, Method, Uri};

use crate::identity::code;

use super::assets::Page;
use super::error::{Error, ErrorCode};
use super::shared::Shared;
use axum::response::IntoResponse;

/// `/`, `/{code}`: the phone.
pub async fn phone(State(shared): State<Shared>, headers: HeaderMap) -> Response {
    shared.assets.page(Page::Phone, &headers)
}

/// `/desk`, `/desk/{meeting}`.
pub async fn desk(State(shared): State<Shared>, headers: HeaderMap) -> Response {
    shared.assets.page(Page::Desk, &headers)
}

/// `/stage`, `/stage/{meeting}`.
pub async fn stage(State(shared): State<Shared>, headers: HeaderMap) -> Response {
    shared.assets.page(Page::Stage, &headers)
}

/// A code, or a file of the web part.
pub async fn other(
    State(shared): State<Shared>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    if !matches!(method, Method::GET | Method::HEAD) {
        return Error::from(ErrorCode::NotFound).into_response();
    }
    let path = uri.path().trim_matches('/');
    if is_code(path) {
        return shared.assets.page(Page::Phone, &headers);
    }
    shared.assets.file(path, &headers)
}

/// Whether somebody typed a code behind the address: `/473096`, `/47%2030%2096`.
fn is_code(path: &str) -> bool {
    code::normalise(&path.replace("%20", " ")).is_some()
}
