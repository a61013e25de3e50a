//! Commands over plain HTTP, for clients without a socket, and the look for similar questions while somebody types.

use std::num::NonZeroU32;
use std::time::Duration;

use axum::Json as Answer;
use axum::extract::State;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use crate::live::Sent;
use crate::meeting::ids::DeviceId;
use crate::meeting::refusal::{Code, Refusal};

use crate::wire::SAFE;
use crate::wire::body::{Done, SimilarFound, Typed};

use super::access::Visitor;
use super::body::Json;
use super::error::{Error, ErrorCode};
use super::shared::Shared;

/// `wire::body::Numbered` with a command that may not be one: that is a refusal, a missing number a bad request.
#[derive(Debug, Deserialize)]
pub struct Numbered {
    n: u64,
    #[serde(default)]
    device: Option<Uuid>,
    #[serde(default, rename = "as")]
    acting_for: Option<Uuid>,
    #[serde(rename = "do")]
    command: Value,
}

/// `POST /api/meetings/{meeting}/commands`
///
/// # Errors
/// Every refusal of the core; `bad_request` when it carries no number.
pub async fn command(visitor: Visitor, Json(sent): Json<Numbered>) -> Result<Answer<Done>, Error> {
    let by = visitor.actor()?;
    if sent.n >= SAFE {
        return Err(Error::because(
            ErrorCode::BadRequest,
            "n must be below 2^53",
        ));
    }
    let command = crate::wire::read_command(sent.command)
        .map_err(|detail| Refusal::because(Code::NotUnderstood, detail))?;
    let n = visitor
        .handle
        .command(Sent {
            by,
            generation: visitor.bearer.generation,
            as_: sent.acting_for,
            device: sent.device.map(DeviceId),
            n: sent.n,
            command,
        })
        .await?;
    Ok(Answer(Done { ok: n }))
}

/// How often somebody may ask for similar questions: once in 500 ms.
#[derive(Debug)]
pub struct Typing(DefaultKeyedRateLimiter<Uuid>);

/// Once in this time.
const PAUSE: Duration = Duration::from_millis(500);
/// Above this many people the ones who stopped typing are forgotten.
const REMEMBERED: usize = 4096;

impl Default for Typing {
    fn default() -> Self {
        let quota = Quota::with_period(PAUSE).unwrap_or(Quota::per_second(NonZeroU32::MIN));
        Self(RateLimiter::keyed(quota))
    }
}

impl Typing {
    fn may(&self, who: Uuid) -> bool {
        if self.0.len() > REMEMBERED {
            self.0.retain_recent();
        }
        self.0.check_key(&who).is_ok()
    }
}

/// `POST /api/meetings/{meeting}/similar`. What was typed is neither kept nor logged.
///
/// # Errors
/// `too_many` more often than once in 500 ms.
pub async fn similar(
    State(shared): State<Shared>,
    visitor: Visitor,
    Json(typed): Json<Typed>,
) -> Result<Answer<SimilarFound>, Error> {
    visitor.must_be_admitted()?;
    if !shared.typing.may(visitor.bearer.holder.id()) {
        return Err(Error::later(ErrorCode::TooMany, 500));
    }
    let questions = visitor
        .handle
        .ask(move |meeting| crate::meeting::similar(meeting, typed.activity, &typed.text))
        .await?;
    Ok(Answer(SimilarFound { questions }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_may_ask_twice_a_second_and_others_at_the_same_time() {
        let typing = Typing::default();
        let (one, two) = (Uuid::new_v4(), Uuid::new_v4());
        assert!(typing.may(one));
        assert!(!typing.may(one));
        assert!(typing.may(two));
    }
}
