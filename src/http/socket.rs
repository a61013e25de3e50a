//! `GET /ws`: who may open a socket, and with which limits. What is said on it is in `socket/`.

mod end;
mod enter;
mod follow;
mod hear;
mod talk;
mod tell;

use axum::Extension;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, header};

use super::error::{Error, ErrorCode};
use super::listen::Line;
use super::shared::Shared;

/// The contract's version.
const PROTOCOL: HeaderValue = HeaderValue::from_static("openfloor.1");
/// Tungstenite's own default is 128 KiB, allocated and zeroed for each connection.
const READ_BUFFER: usize = 4 << 10;
/// Frames of one tick gather here and leave in one write.
const WRITE_BUFFER: usize = 32 << 10;
/// What may wait to be written to a phone that does not read.
const MAX_WRITE_BUFFER: usize = 256 << 10;
/// The largest thing a client may say.
const LARGEST: usize = 64 << 10;

/// Opens a socket.
///
/// # Errors
/// `wrong_origin`; `bad_request` when only other subprotocols are offered, or it is no upgrade; `going_down`.
pub async fn upgrade(
    State(shared): State<Shared>,
    line: Option<Extension<Line>>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Error> {
    if !shared.may_speak(&headers) {
        return Err(ErrorCode::WrongOrigin.into());
    }
    let mut upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(no) => return Ok(not_an_upgrade(&no)),
    };
    if shared.live.is_going_down() {
        return Err(ErrorCode::GoingDown.into());
    }
    if upgrade.requested_protocols().next().is_some() {
        if !upgrade
            .requested_protocols()
            .any(|offered| *offered == PROTOCOL)
        {
            return Err(Error::because(
                ErrorCode::BadRequest,
                "this server speaks openfloor.1",
            ));
        }
        upgrade.set_selected_protocol(PROTOCOL);
    }
    // Counted from here on, so that going down waits for a socket that is still being opened.
    let going = shared.live.socket();
    let upgraded = upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        .max_write_buffer_size(MAX_WRITE_BUFFER)
        .max_message_size(LARGEST)
        .max_frame_size(LARGEST)
        .on_upgrade(move |socket| async move {
            // The connection counts as long as somebody talks on it.
            let _line = line;
            talk::talk(shared, socket, going).await;
        });
    Ok(upgraded)
}

fn not_an_upgrade(no: &WebSocketUpgradeRejection) -> Response {
    let mut response = Error::because(ErrorCode::BadRequest, "this address takes websockets alone")
        .into_response();
    *response.status_mut() = match no.status().as_u16() {
        426 => http::StatusCode::UPGRADE_REQUIRED,
        _ => http::StatusCode::BAD_REQUEST,
    };
    response
        .headers_mut()
        .insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    response
}
