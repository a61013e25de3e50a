//! Why a rule said no. Codes are stable and public; texts for people live in the catalogues of the web part.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The stable code of a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    #[error("your role may not do this")]
    NotAllowed,
    #[error("the facilitator has not let you in yet")]
    NotAdmitted,
    #[error("there is no such thing in this meeting")]
    NotFound,
    #[error("something else has this id")]
    Exists,
    #[error("the activity is not open")]
    Closed,
    #[error("the meeting has ended")]
    Ended,
    #[error("the text is empty")]
    Empty,
    #[error("the text is too long")]
    TooLong,
    #[error("the value is outside its range")]
    OutOfRange,
    #[error("this is not possible in the present state")]
    WrongState,
    #[error("it has votes already, so it can be withdrawn but not changed")]
    HasVotes,
    #[error("voting is switched off here")]
    VotesOff,
    #[error("the last facilitator cannot leave that role")]
    LastFacilitator,
    #[error("there is nothing to take back, or ten seconds have passed")]
    TooLate,
    #[error("there are too many of these already")]
    TooMany,
    #[error("slower, please: try again after `retry` milliseconds")]
    SlowDown,
    #[error("the server is busy: try again after `retry` milliseconds")]
    Busy,
    #[error("the meeting can be read but not written now: try again after `retry` milliseconds")]
    ReadOnly,
    #[error("a higher number was already applied: send it under a new number")]
    Superseded,
    #[error("this number already belongs to another command")]
    NumberReused,
    #[error("the command was not understood")]
    NotUnderstood,
    #[error("the command cannot be carried out; it was set aside")]
    Quarantined,
}

/// A rule said no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct Refusal {
    pub code: Code,
    /// For developers, in English.
    pub detail: String,
    /// Milliseconds after which the same command may be sent again; only on codes that are not final.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry: Option<u32>,
}

impl Refusal {
    /// A refusal with the code's own sentence.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self {
            code,
            detail: code.to_string(),
            retry: None,
        }
    }

    /// A refusal that names what was wrong.
    #[must_use]
    pub fn because(code: Code, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            retry: None,
        }
    }

    /// A refusal that is not final: the number stays free.
    #[must_use]
    pub fn later(code: Code, retry: u32) -> Self {
        Self {
            code,
            detail: code.to_string(),
            retry: Some(retry),
        }
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}
