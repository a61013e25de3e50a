//! Views as documents: encoded once a revision, sent compressed, not sent again to who has them.

use axum::body::Body;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Deserialize;
use uuid::Uuid;

use crate::meeting::ids::DeviceId;
use crate::view::Audience;

use super::access::{Guest, Visitor};
use super::assets::{Accepted, matches};
use super::error::{Error, ErrorCode};

/// `?behind=1`: the last encoded one will do, the socket brings the rest.
#[derive(Debug, Deserialize)]
pub struct How {
    #[serde(default)]
    behind: Option<String>,
}

/// `GET /api/meetings/{meeting}/views/{audience}`
///
/// # Errors
/// `not_found`: no audience is called so; `not_allowed`: it is not for this token.
pub async fn view(
    guest: Guest,
    Path((_, audience)): Path<(String, String)>,
    Query(how): Query<How>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let audience: Audience = audience.parse().map_err(|_| ErrorCode::NotFound)?;
    if !guest.reads(&audience).await? {
        return Err(ErrorCode::NotAllowed.into());
    }
    let fresh = how.behind.is_none_or(|behind| behind != "1");
    let snapshot = guest.handle.snapshot(&audience, fresh).await?;
    let tag = format!("\"{}.{}\"", snapshot.epoch, snapshot.revision);
    if matches(&headers, &tag) {
        return Ok(dress(StatusCode::NOT_MODIFIED.into_response(), &tag, None));
    }
    let accepted = Accepted::of(&headers);
    let (body, encoding) = match (accepted.brotli, accepted.gzip) {
        (true, _) => (snapshot.brotli(), Some("br")),
        (_, true) => (snapshot.gzip(), Some("gzip")),
        _ => (snapshot.plain.clone(), None),
    };
    Ok(dress(Body::from(body).into_response(), &tag, encoding))
}

/// `?device=…`
#[derive(Debug, Deserialize)]
pub struct Whose {
    #[serde(default)]
    device: Option<Uuid>,
}

/// `GET /api/meetings/{meeting}/mine`
///
/// # Errors
/// `not_allowed`: a stage has nothing of its own.
pub async fn mine(
    visitor: Visitor,
    Query(whose): Query<Whose>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let actor = visitor.actor()?;
    let mine = visitor
        .handle
        .mine(actor, whose.device.map(DeviceId))
        .await?;
    let tag = format!("\"{}.{}.{}\"", mine.epoch, mine.revision, mine.n);
    if matches(&headers, &tag) {
        return Ok(dress(StatusCode::NOT_MODIFIED.into_response(), &tag, None));
    }
    let body: Bytes = mine.body();
    Ok(dress(Body::from(body).into_response(), &tag, None))
}

fn dress(mut response: Response, tag: &str, encoding: Option<&'static str>) -> Response {
    let headers = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, tag);
    }
    let fixed = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "private, no-cache"),
        (header::VARY, "authorization, accept-encoding"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}
