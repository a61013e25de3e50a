//! The server as others reach it: addresses, answers, pages. Turns requests into commands and wishes, and nothing more:
//! no rule of a meeting stands here, and no text, token or address of a person is written to a log.

mod access;
mod assets;
mod awake;
mod body;
pub mod caretaker;
mod commands;
mod error;
mod formats;
mod hall;
mod headers;
mod health;
mod links;
pub mod listen;
mod meetings;
mod moves;
mod notes;
pub mod origin;
mod pages;
pub mod place;
mod plans;
pub mod practice;
pub mod qr;
mod register;
mod screens;
mod seats;
pub mod shared;
mod socket;
mod views;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use http::Method;

pub use assets::Assets;
pub use awake::Awake;
pub use links::address;
pub use register::Register;
pub use shared::Shared;

use error::{Error, ErrorCode};

/// Everything this server answers.
pub fn router(shared: Shared) -> Router {
    let meeting = Router::new()
        .route("/seats", post(seats::join).get(seats::list))
        .route("/seats/{seat}/move", post(links::offer_move))
        .route("/views/{*audience}", get(views::view))
        .route("/mine", get(views::mine))
        .route("/commands", post(commands::command))
        .route("/similar", post(commands::similar))
        .route("/links", post(links::add))
        .route("/screens", post(screens::pair))
        .route("/practice", post(practice::begin))
        .route("/practice/{practice}", delete(practice::end))
        .route("/qr", get(hall::qr))
        .route("/check", get(hall::check))
        .route("/activities/{activity}/plan", post(plans::plan))
        .route("/groups/{group}/notes", post(notes::notes));
    let api = Router::new()
        .route("/meetings", post(meetings::create))
        .nest("/meetings/{meeting}", meeting)
        .route("/codes/{code}", get(meetings::look_up))
        .route("/screens", post(screens::ask))
        .route("/screens/{screen}", get(screens::wait))
        .route("/hall", get(hall::hall))
        .route("/formats", get(formats::list))
        .route("/formats/read", post(formats::read))
        .route("/formats/write", post(formats::write))
        .route("/scoring", get(formats::scoring))
        .fallback(nothing)
        .layer(from_fn_with_state(shared.clone(), own_pages_only));
    Router::new()
        .nest("/api", api)
        .route("/ws", get(socket::upgrade))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
        .route("/", get(pages::phone))
        .route("/desk", get(pages::desk))
        .route("/desk/{meeting}", get(pages::desk))
        .route("/stage", get(pages::stage))
        .route("/stage/{meeting}", get(pages::stage))
        .fallback(pages::other)
        .method_not_allowed_fallback(not_so)
        .layer(from_fn(headers::protect))
        .with_state(shared)
}

/// Pages of other origins change nothing here, even where no token is asked for.
async fn own_pages_only(
    axum::extract::State(shared): axum::extract::State<Shared>,
    request: Request,
    next: Next,
) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reads && !shared.may_speak(request.headers()) {
        return Error::from(ErrorCode::WrongOrigin).into_response();
    }
    next.run(request).await
}

async fn nothing() -> Error {
    ErrorCode::NotFound.into()
}

async fn not_so() -> Response {
    let mut response =
        Error::because(ErrorCode::BadRequest, "not with this method").into_response();
    *response.status_mut() = http::StatusCode::METHOD_NOT_ALLOWED;
    response
}
