//! The two shapes in which this server says no: `refused` by a rule, `errors` for everything else.
//! Codes are stable and public (docs/WIRE.md); no text in here names a person, a token or an address.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;

use crate::meeting::refusal::{Code, Refusal};
use crate::wire::error::OneError;
use crate::wire::{ErrorBody, Refused};

pub use crate::wire::ErrorCode;

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
            Self::Refused(refused) => {
                let (status, retry) = (status_of_refusal(refused.code), refused.retry);
                answer(status, &Refused { refused }, retry)
            }
            Self::Failed {
                code,
                detail,
                retry,
            } => {
                let error = OneError {
                    code,
                    detail: detail.unwrap_or_else(|| code.to_string()),
                    retry,
                };
                let body = ErrorBody {
                    errors: vec![error],
                };
                answer(status_of(code), &body, retry)
            }
        }
    }
}

fn status_of(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::BadToken | ErrorCode::Revoked => StatusCode::UNAUTHORIZED,
        ErrorCode::NotAllowed | ErrorCode::WrongOrigin => StatusCode::FORBIDDEN,
        ErrorCode::NotFound | ErrorCode::NoCode | ErrorCode::NoScreen => StatusCode::NOT_FOUND,
        ErrorCode::BadRequest => StatusCode::BAD_REQUEST,
        ErrorCode::TooBig => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorCode::TooMany => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::Busy
        | ErrorCode::GoingDown
        | ErrorCode::DiskFull
        | ErrorCode::Unwritable
        | ErrorCode::PortInUse => StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::Corrupt | ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn status_of_refusal(code: Code) -> StatusCode {
    match code {
        Code::NotUnderstood => StatusCode::UNPROCESSABLE_ENTITY,
        Code::SlowDown | Code::Busy | Code::ReadOnly => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::CONFLICT,
    }
}

fn answer(status: StatusCode, body: &impl Serialize, retry: Option<u32>) -> Response {
    let mut response = (status, Json(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(ms) = retry {
        headers.insert(header::RETRY_AFTER, ms.div_ceil(1000).into());
    }
    response
}
