//! Bodies: read within a size and a time, and understood as JSON or refused with a stable code.
//! Knows no shape itself; texts of people are never repeated in an error.

use std::time::Duration;

use axum::extract::{FromRequest, Request};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::de::DeserializeOwned;

use super::error::{Error, ErrorCode};

/// The largest body, in bytes.
pub const LARGEST: usize = 64 * 1024;
/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(15);

/// A JSON body. An empty one is `{}`. The content type is not asked for: browsers of other origins are held off
/// by their `Origin`, and simple clients forget it.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self, Error> {
        let bytes = read(request).await?;
        let bytes: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
        serde_json::from_slice(bytes)
            .map(Self)
            .map_err(|error| not_understood(&error))
    }
}

/// The whole body.
///
/// # Errors
/// `too_big` above 64 KiB, `bad_request` when it breaks off or takes longer than 15 s.
pub async fn read(request: Request) -> Result<bytes::Bytes, Error> {
    let limited = Limited::new(request.into_body(), LARGEST);
    match tokio::time::timeout(PATIENCE, limited.collect()).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(ErrorCode::TooBig.into()),
        Ok(Err(_)) => Err(Error::because(ErrorCode::BadRequest, "the body broke off")),
        Err(_) => Err(Error::because(
            ErrorCode::BadRequest,
            "the body took too long",
        )),
    }
}

/// Where it was not understood, without repeating what was sent.
fn not_understood(error: &serde_json::Error) -> Error {
    let what = match error.classify() {
        serde_json::error::Category::Data => "a member is missing or of another kind",
        _ => "this is not JSON",
    };
    let detail = format!("{what} (line {}, column {})", error.line(), error.column());
    Error::because(ErrorCode::BadRequest, detail)
}
