//! For those who run the server: is it alive, is it ready, how is it doing. No figure in here is of a person.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};

use super::shared::Shared;

/// `GET /healthz`: the process answers.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the journal can be read and the server is not going down.
pub async fn ready(State(shared): State<Shared>) -> Response {
    match shared.journal.list().await {
        Ok(_) => "ready\n".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "not ready\n").into_response(),
    }
}

/// `GET /metrics`, as Prometheus reads it.
pub async fn metrics(State(shared): State<Shared>) -> Response {
    let text = shared.metrics.as_ref().map(|metrics| metrics.render());
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4")];
    (kind, text.unwrap_or_default()).into_response()
}
