//! Reads frames until the hello, and what a frame says.

use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use futures_util::StreamExt;
use tokio::time::Instant;

use crate::wire::{Hello, Malformed, Said, understand, understand_binary};

use super::end::End;

/// How long the first word may take.
const HELLO: Duration = Duration::from_secs(10);
/// So many malformed messages end a socket.
pub(super) const MALFORMED: u32 = 10;

/// Waits for the first word.
pub(super) async fn listen_for_hello(socket: &mut WebSocket) -> Result<Hello, End> {
    let deadline = Instant::now() + HELLO;
    let mut malformed = 0;
    loop {
        let heard = tokio::time::timeout_at(deadline, socket.next()).await;
        let said = match heard {
            Err(_) => return Err(End::Malformed),
            Ok(heard) => hear(heard)?,
        };
        match said {
            Some(Ok(Said::Hello(hello))) => return Ok(*hello),
            None => {}
            Some(_) => malformed += 1,
        }
        if malformed >= MALFORMED {
            return Err(End::Malformed);
        }
    }
}

/// What a frame says; `None` for pings and pongs.
pub(super) fn hear(
    heard: Option<Result<Message, axum::Error>>,
) -> Result<Option<Result<Said, Malformed>>, End> {
    match heard {
        Some(Ok(Message::Text(text))) => Ok(Some(understand(&text))),
        Some(Ok(Message::Binary(frame))) => Ok(Some(understand_binary(&frame))),
        Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(None),
        Some(Ok(Message::Close(_))) | None => Err(End::Gone),
        Some(Err(error)) => Err(if is_too_big(&error) {
            End::TooBig
        } else {
            End::Gone
        }),
    }
}

fn is_too_big(error: &axum::Error) -> bool {
    use tokio_tungstenite::tungstenite::Error;
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(inner) = source {
        if let Some(Error::Capacity(_)) = inner.downcast_ref::<Error>() {
            return true;
        }
        source = inner.source();
    }
    false
}
