//! What an error of SQLite means for those who wait: what is certain, and what is not.
//! Must never call an append failed that may be durable.

use rusqlite::ErrorCode;

use crate::journal::error::{AppendError, StoreError};

/// What an error means.
#[derive(Debug)]
pub(super) enum Failure {
    Full,
    Unwritable(String),
    Unknown(String),
    /// The file is damaged where the meeting at hand lies.
    Damaged,
}

impl Failure {
    /// Before the commit: whatever it is, nothing was appended.
    pub(super) fn before_commit(error: &rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            // A constraint can only fail where an index disagrees with its table.
            Some(
                ErrorCode::DatabaseCorrupt
                | ErrorCode::NotADatabase
                | ErrorCode::ConstraintViolation
                | ErrorCode::TypeMismatch,
            ) => Self::Damaged,
            Some(_) => Self::Unwritable(error.to_string()),
            // A value of the wrong type in a row.
            None => Self::Damaged,
        }
    }

    /// In the commit: the last frame may lie in the log already, and a restart might find it.
    pub(super) fn in_commit(error: &rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::ReadOnly) => {
                Self::Unwritable(error.to_string())
            }
            _ => Self::Unknown(error.to_string()),
        }
    }

    /// What an appender is told when the damage is not known to be in its own meeting.
    pub(super) fn as_append(&self) -> AppendError {
        match self {
            Self::Full => AppendError::Full,
            Self::Unwritable(reason) => AppendError::Unwritable(reason.clone()),
            Self::Unknown(reason) => AppendError::Unknown(reason.clone()),
            Self::Damaged => AppendError::Unwritable("the journal's file is damaged".to_owned()),
        }
    }

    pub(super) fn as_store(&self) -> StoreError {
        match self {
            Self::Full => StoreError::Full,
            Self::Unwritable(reason) | Self::Unknown(reason) => {
                StoreError::Unwritable(reason.clone())
            }
            Self::Damaged => StoreError::Damaged("the journal's file".to_owned()),
        }
    }
}
