//! The two shapes in which this server says no: `refused` by a rule, `errors` for everything else.
//! Codes are stable and public (docs/WIRE.md); no text in here names a person, a token or an address.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde_json::json;

use crate::meeting::refusal::{Code, Refusal};

/// The stable code of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorCode {
    BadToken,
    Revoked,
    NotAllowed,
    NotFound,
    NoCode,
    NoScreen,
    BadRequest,
    TooBig,
    TooMany,
    Busy,
    WrongOrigin,
    GoingDown,
    DiskFull,
    Unwritable,
    Corrupt,
    Internal,
}

impl ErrorCode {
    /// Its name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.parts().1
    }

    fn parts(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::BadToken => (
                StatusCode::UNAUTHORIZED,
                "bad_token",
                "this needs a token of this meeting",
            ),
            Self::Revoked => (
                StatusCode::UNAUTHORIZED,
                "revoked",
                "the link or seat behind this is no longer good",
            ),
            Self::NotAllowed => (
                StatusCode::FORBIDDEN,
                "not_allowed",
                "this token does not open that",
            ),
            Self::NotFound => (StatusCode::NOT_FOUND, "not_found", "there is no such thing"),
            Self::NoCode => (
                StatusCode::NOT_FOUND,
                "no_code",
                "no meeting can be joined with this code",
            ),
            Self::NoScreen => (
                StatusCode::NOT_FOUND,
                "no_screen",
                "no screen shows these digits",
            ),
            Self::BadRequest => (
                StatusCode::BAD_REQUEST,
                "bad_request",
                "the request was not understood",
            ),
            Self::TooBig => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "too_big",
                "the request is larger than 64 KiB",
            ),
            Self::TooMany => (
                StatusCode::TOO_MANY_REQUESTS,
                "too_many",
                "too many tries: wait a little",
            ),
            Self::Busy => (
                StatusCode::SERVICE_UNAVAILABLE,
                "busy",
                "the server is busy: try again",
            ),
            Self::WrongOrigin => (
                StatusCode::FORBIDDEN,
                "wrong_origin",
                "pages of that origin may not speak to this server",
            ),
            Self::GoingDown => (
                StatusCode::SERVICE_UNAVAILABLE,
                "going_down",
                "the server is stopping: try again",
            ),
            Self::DiskFull => (
                StatusCode::SERVICE_UNAVAILABLE,
                "disk_full",
                "the server's disk is full: nothing new can be kept until there is room",
            ),
            Self::Unwritable => (
                StatusCode::SERVICE_UNAVAILABLE,
                "unwritable",
                "the server cannot write to its data folder",
            ),
            Self::Corrupt => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "corrupt",
                "this meeting's journal is damaged: it can be read but not written",
            ),
            Self::Internal => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
                "something went wrong on the server",
            ),
        }
    }
}

/// Why a request was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// A rule of the meeting said no.
    Refused(Refusal),
    /// Everything else.
    Failed {
        code: ErrorCode,
        /// More than the code's own sentence, for developers.
        detail: Option<String>,
        /// Milliseconds after which the same may be asked again.
        retry: Option<u32>,
    },
}

impl Error {
    /// An error that says more than its code's own sentence.
    #[must_use]
    pub fn because(code: ErrorCode, detail: impl Into<String>) -> Self {
        Self::Failed {
            code,
            detail: Some(detail.into()),
            retry: None,
        }
    }

    /// An error that passes: the same may be asked again after `retry` milliseconds.
    #[must_use]
    pub fn later(code: ErrorCode, retry: u32) -> Self {
        Self::Failed {
            code,
            detail: None,
            retry: Some(retry),
        }
    }
}

impl From<ErrorCode> for Error {
    fn from(code: ErrorCode) -> Self {
        Self::Failed {
            code,
            detail: None,
            retry: None,
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        match self {
            Self::Refused(refusal) => {
                let status = status_of(refusal.code);
                let retry = refusal.retry;
                answer(status, json!({ "refused": refusal }), retry)
            }
            Self::Failed {
                code,
                detail,
                retry,
            } => {
                let (status, name, sentence) = code.parts();
                let mut error = json!({ "code": name, "detail": sentence });
                if let Some(detail) = detail {
                    error["detail"] = detail.into();
                }
                if let Some(retry) = retry {
                    error["retry"] = retry.into();
                }
                answer(status, json!({ "errors": [error] }), retry)
            }
        }
    }
}

fn status_of(code: Code) -> StatusCode {
    match code {
        Code::NotUnderstood => StatusCode::UNPROCESSABLE_ENTITY,
        Code::SlowDown | Code::Busy | Code::ReadOnly => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::CONFLICT,
    }
}

fn answer(status: StatusCode, body: serde_json::Value, retry: Option<u32>) -> Response {
    let mut response = (status, Json(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(ms) = retry {
        headers.insert(header::RETRY_AFTER, ms.div_ceil(1000).into());
    }
    response
}
