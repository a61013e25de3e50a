//! Why and how a socket ends: the close codes of WIRE.md, and the last words.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use futures_util::{SinkExt, StreamExt};

use crate::live::{Denied, Failure, JoinError};

use super::tell;

/// How long a farewell may take.
pub(super) const FAREWELL: Duration = Duration::from_secs(2);
/// When the server goes down its clients come back spread over this time, in milliseconds.
const COME_BACK: u32 = 3_000;

/// Why a socket ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The other side closed, or the connection broke.
    Gone,
    BadToken,
    Revoked,
    Replaced,
    Malformed,
    TooBig,
    /// The server, or the meeting, is not there for a while.
    Away {
        retry: u32,
    },
}

impl End {
    fn close(self) -> Option<CloseFrame> {
        let (code, reason) = match self {
            Self::Gone => return None,
            Self::BadToken => (4001, "bad token"),
            Self::Revoked => (4003, "revoked"),
            Self::Replaced => (4009, "replaced by a newer connection of the same device"),
            Self::Malformed => (1008, "ten malformed messages"),
            Self::TooBig => (1009, "too big"),
            Self::Away { .. } => (1012, "come back"),
        };
        Some(CloseFrame {
            code,
            reason: reason.into(),
        })
    }
}

impl From<JoinError> for End {
    fn from(error: JoinError) -> Self {
        match error {
            JoinError::Denied(Denied::BadToken) | JoinError::Failure(Failure::NotFound) => {
                Self::BadToken
            }
            JoinError::Denied(Denied::Revoked) => Self::Revoked,
            JoinError::Failure(Failure::Corrupt) => Self::Away { retry: 60_000 },
            JoinError::Failure(_) => come_back(),
        }
    }
}

/// The server goes down, or the meeting cannot be reached: come back, each at its own moment.
pub(super) fn come_back() -> End {
    End::Away {
        retry: 100 + below(COME_BACK),
    }
}

/// A random number below `bound`.
pub(super) fn below(bound: u32) -> u32 {
    getrandom::u32().unwrap_or(bound / 2) % bound.max(1)
}

/// Says why it ends, and gives the other side a moment to hear it.
pub(super) async fn farewell(mut socket: WebSocket, end: End) {
    let Some(close) = end.close() else { return };
    let last_words = async {
        if let End::Away { retry } = end {
            socket.feed(Message::Text(tell::away(retry))).await?;
        }
        socket.send(Message::Close(Some(close))).await?;
        // Dropped with unread bytes in it, the connection would be reset and the close frame lost.
        while let Some(Ok(_)) = socket.next().await {}
        Ok::<_, axum::Error>(())
    };
    let _heard_or_not = tokio::time::timeout(FAREWELL, last_words).await;
}
