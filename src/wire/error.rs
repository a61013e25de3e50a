//! The two shapes of a "no" over HTTP, and the stable codes of the second one.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::meeting::refusal::Refusal;

/// Why a request was not done, when it was no rule of the meeting that said no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    #[error("this needs a token of this meeting")]
    BadToken,
    #[error("the link or seat behind this is no longer good")]
    Revoked,
    #[error("this token does not open that")]
    NotAllowed,
    #[error("there is no such thing")]
    NotFound,
    #[error("no meeting can be joined with this code")]
    NoCode,
    #[error("no screen shows these digits")]
    NoScreen,
    #[error("the request was not understood")]
    BadRequest,
    #[error("the request is larger than 64 KiB")]
    TooBig,
    #[error("too many tries: wait a little")]
    TooMany,
    #[error("the server is busy: try again")]
    Busy,
    #[error("pages of that origin may not speak to this server")]
    WrongOrigin,
    #[error("the server is stopping: try again")]
    GoingDown,
    #[error("the server's disk is full: nothing new can be kept until there is room")]
    DiskFull,
    #[error("the server cannot write to its data folder")]
    Unwritable,
    #[error("the port is in use by another program")]
    PortInUse,
    #[error("this meeting's journal is damaged: it can be read but not written")]
    Corrupt,
    #[error("something went wrong on the server")]
    Internal,
}

/// `{"refused":{…}}`: a rule of the meeting said no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Refused {
    pub refused: Refusal,
}

/// `{"errors":[…]}`: everything else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "Errors")]
pub struct ErrorBody {
    pub errors: Vec<OneError>,
}

/// One error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "WireError", optional_fields)]
pub struct OneError {
    pub code: ErrorCode,
    /// For developers, in English.
    pub detail: String,
    /// Milliseconds after which the same may be asked again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry: Option<u32>,
}

impl From<ErrorCode> for ErrorBody {
    fn from(code: ErrorCode) -> Self {
        Self {
            errors: vec![OneError {
                code,
                detail: code.to_string(),
                retry: None,
            }],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::refusal::Code;
    use serde_json::json;

    #[test]
    fn both_shapes_are_as_the_contract_says() {
        let errors = serde_json::to_value(ErrorBody::from(ErrorCode::NoCode)).unwrap();
        assert_eq!(
            errors,
            json!({"errors": [{"code": "no_code", "detail": "no meeting can be joined with this code"}]})
        );
        let refused = serde_json::to_value(Refused {
            refused: Refusal::later(Code::SlowDown, 400),
        })
        .unwrap();
        assert_eq!(refused["refused"]["code"], "slow_down");
        assert_eq!(refused["refused"]["retry"], 400);
    }
}
