//! Making a meeting and finding one by its code. A repeated `try` finds the meeting it made: every id and secret of the
//! answer comes again from the server's key, so nothing is stored for it.

use std::num::NonZeroU32;
use std::time::Duration;

use axum::Json as Answer;
use axum::extract::{Path, State};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use http::StatusCode;
use uuid::Uuid;

use crate::identity::tries::Wrong;
use crate::identity::{Credential, Holder, Secret, ServerKey, secret};
use crate::meeting::ids::{LinkId, MeetingId, SeatId};
use crate::meeting::role::{Actor, Role};
use crate::meeting::state::{Meeting, Phase};
use crate::meeting::wish::Wish;
use crate::office;

use crate::wire::body::{CodeFound, MeetingLinks, MeetingMade, NewMeeting};

use super::access::Asker;
use super::body::Json;
use super::error::{Error, ErrorCode};
use super::links::{address, join_secret};
use super::register::Writing;
use super::shared::Shared;

/// Meetings that may be made at once, and then in each second.
const AT_ONCE: NonZeroU32 = NonZeroU32::new(100).expect("above 0");
/// How long a wrong code beyond the limit waits for its answer.
const SLOW_ANSWER: Duration = Duration::from_secs(1);

/// How fast meetings may be made on this server.
#[derive(Debug)]
pub struct Openings(DefaultDirectRateLimiter);

impl Default for Openings {
    fn default() -> Self {
        let quota = Quota::per_second(NonZeroU32::MIN).allow_burst(AT_ONCE);
        Self(RateLimiter::direct(quota))
    }
}

/// `POST /api/meetings`
///
/// # Errors
/// Refusals of the core (an empty or too long title, an unknown template); `busy` when too many are made at once.
pub async fn create(
    State(shared): State<Shared>,
    asker: Asker,
    Json(new): Json<NewMeeting>,
) -> Result<(StatusCode, Answer<MeetingMade>), Error> {
    let attempt = Attempt::of(new.attempt.clone())?;
    let mut writing = shared.register.writing().await;
    let now = shared.live.now();
    let (meeting, status) = match writing.opening(attempt.hash().as_deref(), now)? {
        office::Opening::Same(meeting) => (meeting, StatusCode::OK),
        office::Opening::New { code } => {
            if shared.openings.0.check().is_err() {
                return Err(Error::later(ErrorCode::Busy, 1000));
            }
            let opening = Opening::of(&shared.key, Uuid::now_v7(), &attempt);
            opening
                .make(&shared, &mut writing, code, new, &attempt)
                .await?;
            (opening.meeting.0, StatusCode::CREATED)
        }
        office::Opening::Full => return Err(Error::later(ErrorCode::Busy, 60_000)),
    };
    drop(writing);
    let opening = Opening::of(&shared.key, meeting, &attempt);
    let made = opening.answer(&shared, &asker).await?;
    Ok((status, Answer(made)))
}

/// 128 random bits of the client that make a repeat recognisable.
#[derive(Debug, Clone)]
pub struct Attempt {
    text: String,
    /// The client sent none: it cannot be repeated.
    pub is_fresh: bool,
}

impl Attempt {
    /// The client's, or one of our own.
    ///
    /// # Errors
    /// `bad_request`: too short to be 128 random bits, or far too long.
    pub fn of(sent: Option<String>) -> Result<Self, Error> {
        match sent {
            None => Ok(Self {
                text: Uuid::new_v4().to_string(),
                is_fresh: true,
            }),
            Some(text) if (22..=128).contains(&text.len()) => Ok(Self {
                text,
                is_fresh: false,
            }),
            Some(_) => Err(Error::because(
                ErrorCode::BadRequest,
                "try must be 128 random bits, as 22 to 128 characters",
            )),
        }
    }

    /// For derivation.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// What the office remembers it by; nothing for one that cannot be repeated.
    #[must_use]
    pub fn hash(&self) -> Option<String> {
        (!self.is_fresh).then(|| secret::hash(self.bytes()))
    }
}

/// Everything about a meeting to be made that its `try` determines.
#[derive(Debug)]
pub struct Opening {
    pub meeting: MeetingId,
    /// The seat of the one who makes it.
    pub seat: SeatId,
    desk: (LinkId, Secret),
    stage: (LinkId, Secret),
    join: (LinkId, Secret),
}

impl Opening {
    /// What this `try` determines of that meeting.
    #[must_use]
    pub fn of(key: &ServerKey, meeting: Uuid, attempt: &Attempt) -> Self {
        let attempt = attempt.bytes();
        let id = |what| key.derive_id(what, &[meeting.as_bytes()]);
        let secret = |what| Secret::derive(key, what, &[meeting.as_bytes(), attempt]);
        let join = LinkId(id("join link"));
        Self {
            meeting: MeetingId(meeting),
            seat: SeatId(key.derive_id("first seat", &[meeting.as_bytes(), attempt])),
            desk: (LinkId(id("desk link")), secret("desk secret")),
            stage: (LinkId(id("stage link")), secret("stage secret")),
            join: (join, join_secret(key, MeetingId(meeting), join)),
        }
    }

    /// Makes it under a free code, and enters it in the office.
    ///
    /// # Errors
    /// Refusals of the core; the journal cannot be written.
    pub async fn make(
        &self,
        shared: &Shared,
        writing: &mut Writing<'_>,
        code: String,
        new: NewMeeting,
        attempt: &Attempt,
    ) -> Result<(), Error> {
        let link = |(link, secret): &(LinkId, Secret), role| (*link, role, secret.hash());
        let wish = Wish::Create {
            meeting: self.meeting,
            code: code.clone(),
            title: new.title.clone(),
            language: new.language.unwrap_or_default(),
            links: vec![
                link(&self.desk, Role::Facilitator),
                link(&self.stage, Role::Stage),
                link(&self.join, Role::Participant),
            ],
            template: new.template,
        };
        shared.live.create(self.meeting, wish).await?;
        let enter = office::Wish::Enter {
            meeting: self.meeting.0,
            code,
            title: new.title,
            tried: attempt.hash(),
        };
        writing.grant(&enter, shared.live.now()).await
    }

    /// Its code, its links, and a token for its facilitator.
    ///
    /// # Errors
    /// The meeting cannot be reached.
    pub async fn answer(&self, shared: &Shared, asker: &Asker) -> Result<MeetingMade, Error> {
        let handle = shared.live.meeting(self.meeting).await?;
        let sit = Wish::Sit {
            seat: self.seat,
            link: Some(self.desk.0),
            name: None,
            language: None,
            tags: None,
        };
        let granted = handle.wish(Actor::Server, sit).await?;
        let code = handle.ask(|meeting| meeting.code.clone()).await?;
        let token = Credential {
            meeting: self.meeting.0,
            holder: Holder::Seat(self.seat.0),
            generation: granted.standing.generation,
        };
        let url = |base, role, secret| address(base, self.meeting, &code, role, secret);
        let links = MeetingLinks {
            desk: url(&asker.base, Role::Facilitator, &self.desk.1),
            stage: url(&asker.base, Role::Stage, &self.stage.1),
            join: url(&asker.base_for_others, Role::Participant, &self.join.1),
        };
        Ok(MeetingMade {
            meeting: self.meeting,
            token: token.seal(&shared.key),
            links,
            code,
        })
    }
}

/// `GET /api/codes/{code}`
///
/// # Errors
/// `no_code`: nothing can be joined with it; `too_many` after too many wrong ones.
pub async fn look_up(
    State(shared): State<Shared>,
    asker: Asker,
    Path(typed): Path<String>,
) -> Result<Answer<CodeFound>, Error> {
    let Some(meeting) = find(&shared, &typed).await? else {
        return Err(wrong(&shared, &asker, ErrorCode::NoCode).await);
    };
    let handle = shared.live.meeting(meeting).await?;
    let found = handle
        .ask(move |found| CodeFound {
            meeting,
            title: found.title.clone(),
            languages: languages(found),
            ask: found.ask.clone(),
            ask_first: found.ask_first.then_some(true),
        })
        .await?;
    Ok(Answer(found))
}

/// Those people may choose among; the meeting's own where nothing was set.
fn languages(meeting: &Meeting) -> Vec<String> {
    let own = Some(&meeting.language).filter(|own| !own.is_empty());
    let languages = meeting.languages.iter();
    languages
        .chain(own.filter(|_| meeting.languages.is_empty()))
        .cloned()
        .collect()
}

/// The meeting that can be joined with what was typed. An ended one cannot, and looks like one that never was.
///
/// # Errors
/// Only those of the server; a wrong code is `None`.
pub async fn find(shared: &Shared, typed: &str) -> Result<Option<MeetingId>, Error> {
    let Some(meeting) = shared.register.find(typed) else {
        return Ok(None);
    };
    let handle = shared.live.meeting(meeting).await?;
    let ended = handle.ask(|meeting| meeting.phase == Phase::Ended).await?;
    Ok((!ended).then_some(meeting))
}

/// What a wrong code or wrong digits are answered. Right ones never come here, so nobody in a hall is held up by
/// another's guessing; beyond the limit the answer takes a second.
pub async fn wrong(shared: &Shared, asker: &Asker, code: ErrorCode) -> Error {
    metrics::counter!("openfloor_wrong_codes_total").increment(1);
    match shared.tries.charge(asker.address) {
        Wrong::Unknown => code.into(),
        Wrong::TooMany => {
            tokio::time::sleep(SLOW_ANSWER).await;
            Error::later(ErrorCode::TooMany, 3000)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_try_finds_the_same_secrets_in_the_same_meeting_alone() {
        let key = ServerKey::fresh().unwrap();
        let attempt = Attempt::of(Some("0123456789abcdef012345".into())).unwrap();
        let id = Uuid::now_v7();
        let (one, two) = (
            Opening::of(&key, id, &attempt),
            Opening::of(&key, id, &attempt),
        );
        assert_eq!((one.meeting, one.seat), (two.meeting, two.seat));
        assert_eq!(one.desk, two.desk);
        let other = Opening::of(&key, Uuid::now_v7(), &attempt);
        assert_ne!(one.desk.1, other.desk.1);
        assert_ne!(one.desk.1, one.stage.1);
    }

    #[test]
    fn a_short_try_is_refused() {
        assert!(Attempt::of(Some("short".into())).is_err());
        assert!(Attempt::of(Some("x".repeat(129))).is_err());
        assert!(Attempt::of(None).unwrap().is_fresh);
    }
}
