//! The shared notes of a group over socket and plain HTTP: an update goes in and is answered when it is durable; whoever says
//! what they know gets what they lack. What is written is neither looked at nor logged here.

use axum::Json as Answer;
use axum::extract::Path;
use uuid::Uuid;

use crate::live::{Bearer, Handle};
use crate::meeting::ids::GroupId;
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::role::Actor;
use crate::meeting::wish::Wish;
use crate::view::Audience;
use crate::wire::body::{NotesSaid, NotesSent};
use crate::wire::{Sync, sync};

use super::access::Visitor;
use super::body::Json;
use super::error::{Error, ErrorCode};

/// What `busy` says when nothing better is known, in milliseconds.
const RETRY: u32 = 1_000;

/// What became of a message.
#[derive(Debug)]
pub(super) enum Exchanged {
    /// It is durable; what the server knows (a state vector, base64).
    Noted(String),
    /// What was lacking (y-sync, base64).
    Difference(String),
}

/// Carries one message to the group's notes, for the first of `bearers` that may.
///
/// # Errors
/// The refusals of [`crate::meeting::groups::writing::write`]; `slow_down`, `busy`, `read_only` may be sent again.
pub(super) async fn exchange(
    meeting: &Handle,
    bearers: &[Bearer],
    group: GroupId,
    message: Sync,
) -> Result<Exchanged, Refusal> {
    let actor = writer(meeting, bearers, group).await?;
    match message {
        Sync::Update(update) => {
            meeting.wish(actor, Wish::Note { group, update }).await?;
            let vector = of_notes(meeting, group, |notes| notes.state_vector()).await?;
            Ok(Exchanged::Noted(sync::vector(&vector)))
        }
        Sync::Knows(vector) => {
            let since = of_notes(meeting, group, move |notes| notes.since(&vector)).await?;
            let update = since
                .ok_or_else(|| Refusal::because(Code::NotUnderstood, "this is no state vector"))?;
            Ok(Exchanged::Difference(sync::difference(&update)))
        }
    }
}

async fn of_notes<T: Send + 'static>(
    meeting: &Handle,
    group: GroupId,
    look: impl FnOnce(&crate::notes::Notes) -> T + Send + 'static,
) -> Result<T, Refusal> {
    let found = meeting
        .ask(move |meeting| meeting.groups.get(&group).map(|group| look(&group.notes)))
        .await;
    found
        .map_err(|_| Refusal::later(Code::Busy, RETRY))?
        .ok_or_else(|| Code::NotFound.into())
}

/// Who of these may read the group's notes, and so write them.
async fn writer(meeting: &Handle, bearers: &[Bearer], group: GroupId) -> Result<Actor, Refusal> {
    let audience = Audience::Group(group.0);
    for bearer in bearers {
        let Some(actor @ Actor::Seat(_)) = bearer.holder.actor() else {
            continue;
        };
        match meeting.may_read(*bearer, &audience).await {
            Ok(true) => return Ok(actor),
            Ok(false) => {}
            Err(crate::live::JoinError::Denied(_)) => {
                return Err(Refusal::because(Code::NotAllowed, "the token was revoked"));
            }
            Err(crate::live::JoinError::Failure(_)) => {
                return Err(Refusal::later(Code::Busy, RETRY));
            }
        }
    }
    Err(Refusal::because(
        Code::NotAllowed,
        "you sit at another table",
    ))
}

/// `POST /api/meetings/{meeting}/groups/{group}/notes`
///
/// # Errors
/// `bad_request`: no message of y-sync in base64; the refusals of [`exchange`].
pub async fn notes(
    visitor: Visitor,
    Path((_, group)): Path<(Uuid, Uuid)>,
    Json(sent): Json<NotesSent>,
) -> Result<Answer<NotesSaid>, Error> {
    let message = Sync::read_text(&sent.notes).ok_or_else(|| {
        Error::because(
            ErrorCode::BadRequest,
            "`notes` is a y-sync message in base64",
        )
    })?;
    let bearers = [visitor.bearer];
    let exchanged = exchange(&visitor.handle, &bearers, GroupId(group), message).await?;
    Ok(Answer(match exchanged {
        Exchanged::Noted(noted) => NotesSaid {
            noted: Some(noted),
            notes: None,
        },
        Exchanged::Difference(notes) => NotesSaid {
            noted: None,
            notes: Some(notes),
        },
    }))
}
