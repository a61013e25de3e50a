//! Screens that pair themselves: a stage shows four digits, a desk types them, the stage gets a token.

use std::time::{Duration, Instant};

use axum::Json as Answer;
use axum::extract::{Path, Query, State};
use http::StatusCode;
use serde::Deserialize;

use crate::identity::{Credential, Holder, Secret};
use crate::meeting::ids::LinkId;
use crate::meeting::role::Role;
use crate::meeting::wish::Wish;

use crate::wire::body::{Pair, Paired, ScreenMade, ScreenPaired};

use super::access::{Asker, Visitor};
use super::body::Json;
use super::error::{Error, ErrorCode};
use super::meetings::wrong;
use super::shared::{Shared, id};

/// How long a screen's question waits for its answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// `POST /api/screens`
///
/// # Errors
/// `busy`: too many screens wait already.
pub async fn ask(State(shared): State<Shared>) -> Result<(StatusCode, Answer<ScreenMade>), Error> {
    let ticket = shared
        .screens
        .ask(Instant::now())
        .ok_or(Error::later(ErrorCode::Busy, 10_000))?;
    let made = ScreenMade {
        screen: ticket.screen.to_string(),
        digits: ticket.digits,
        key: ticket.key,
    };
    Ok((StatusCode::CREATED, Answer(made)))
}

/// `?key=…`
#[derive(Debug, Deserialize)]
pub struct Proof {
    #[serde(default)]
    key: String,
}

/// `GET /api/screens/{screen}`: waits up to 20 s.
///
/// # Errors
/// `not_found`: it ran out, or the key is another's.
pub async fn wait(
    State(shared): State<Shared>,
    Path(screen): Path<String>,
    Query(proof): Query<Proof>,
) -> Result<Answer<ScreenPaired>, Error> {
    let screen = id(&screen)?;
    let mut given = shared
        .screens
        .watch(screen, &proof.key, Instant::now())
        .ok_or(ErrorCode::NotFound)?;
    let gift = tokio::time::timeout(PATIENCE, given.wait_for(Option::is_some)).await;
    match gift {
        Err(_) => Ok(Answer(ScreenPaired::default())),
        Ok(Err(_)) => Err(ErrorCode::NotFound.into()),
        Ok(Ok(gift)) => Ok(Answer(gift.clone().unwrap_or_default())),
    }
}

/// `POST /api/meetings/{meeting}/screens`
///
/// # Errors
/// `no_screen`: no waiting screen shows these digits; wrong ones are limited as codes are.
pub async fn pair(
    State(shared): State<Shared>,
    visitor: Visitor,
    asker: Asker,
    Json(typed): Json<Pair>,
) -> Result<Answer<Paired>, Error> {
    visitor.must_be(&[Role::Facilitator])?;
    let digits: String = typed.digits.chars().filter(char::is_ascii_digit).collect();
    let Some(screen) = shared.screens.showing(&digits, Instant::now()) else {
        return Err(wrong(&shared, &asker, ErrorCode::NoScreen).await);
    };
    let secret = Secret::fresh().map_err(|_| ErrorCode::Internal)?;
    let link = LinkId(uuid::Uuid::new_v4());
    let wish = Wish::AddLink {
        link,
        role: Role::Stage,
        hash: secret.hash(),
        label: digits,
    };
    visitor.handle.wish(visitor.actor()?, wish).await?;
    let credential = Credential {
        meeting: visitor.meeting.0,
        holder: Holder::Stage(link.0),
        generation: 0,
    };
    let title = visitor.handle.ask(|meeting| meeting.title.clone()).await?;
    let gift = ScreenPaired {
        meeting: Some(visitor.meeting),
        token: Some(credential.seal(&shared.key)),
        title: Some(title),
    };
    if !shared.screens.give(screen, gift) {
        return Err(ErrorCode::NoScreen.into());
    }
    let screen = screen.to_string();
    Ok(Answer(Paired { screen }))
}
